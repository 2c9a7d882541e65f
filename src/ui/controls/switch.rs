//! A switch: something is so, or not.

use leptos::prelude::*;

use crate::{
    i18n::{I18n, Text},
    ui::part::{handler, live_attribute},
};

/// A switch with a text. It moves when what it stands for has changed, not when it is pressed.
#[component]
pub fn Switch(
    /// What stands beside it.
    label: Text,
    /// The id of what describes it.
    described: &'static str,
    /// Whether it is on; tracked.
    is_on: Callback<(), bool>,
    /// Whether it is being switched; tracked.
    is_busy: Callback<(), bool>,
    /// Asks for it to be switched.
    on_press: Callback<()>,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    view! {
        <button
            type="button"
            role="switch"
            class="switch"
            aria-checked=live_attribute(move || Some(if is_on.run(()) { "true" } else { "false" }))
            aria-busy=live_attribute(move || is_busy.run(()).then_some("true"))
            aria-describedby=described
            on:click=handler(move |_| on_press.run(()))
        >
            {i18n.show(label)}
        </button>
    }
}
