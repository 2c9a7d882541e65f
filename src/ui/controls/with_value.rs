//! A sentence with somebody else's words in it.

use leptos::prelude::*;

use crate::{
    i18n::{I18n, Text},
    ui::part::live,
};

/// The text with `value` in the place of its one placeholder, set off by `<bdi>`, so that a name in
/// another script does not turn the sentence around.
#[component]
pub fn WithValue(
    /// A text with exactly one placeholder.
    text: Text,
    /// What stands in its place.
    #[prop(into)]
    value: String,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    live(move || {
        let (before, after) = i18n.around(text);
        view! { {before} <bdi>{value.clone()}</bdi> {after} }
    })
}
