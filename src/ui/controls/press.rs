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
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    view! {
        <button type="button" class="button" on:click=handler(move |_| on_press.run(()))>
            {i18n.show(label)}
        </button>
    }
}
