//! A plain button.

use leptos::prelude::*;

use crate::{
    i18n::{I18n, Text},
    ui::part::handler,
};

/// A button with a text, which does one thing.
#[component]
pub fn Press(
    /// What stands on it.
    label: Text,
    /// What it does.
    on_press: Callback<()>,
    /// The id of what describes it, where there are several of the kind.
    #[prop(optional, into)]
    described: Option<String>,
    /// Beside many others.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    view! {
        <button
            type="button"
            class=if small { "button button-small" } else { "button" }
            aria-describedby=described
            on:click:capture=handler(move |_| on_press.run(()))
        >
            {i18n.show(label)}
        </button>
    }
}
