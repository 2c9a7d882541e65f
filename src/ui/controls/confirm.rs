//! A question that is asked before something is done.

use leptos::{html::Section, prelude::*};

use super::press::Press;
use crate::{
    i18n::{I18n, Text},
    ui::part::{Part, live},
};

const TITLE_ID: &str = "question";
/// The id of the whole.
pub const CONFIRM_ID: &str = "confirm";

/// The question with its answers. It has the focus as soon as it is there.
#[component]
pub fn Confirm(
    /// What is asked.
    title: Text,
    /// What there is to know.
    what: Text,
    /// What stands in the places of both.
    values: Vec<(&'static str, String)>,
    /// What the button says that goes on.
    yes: Text,
    /// What may be done in place of it: what the button says, and what it does.
    #[prop(optional)]
    instead: Option<(Text, Callback<()>)>,
    /// What the button says that does not.
    no: Text,
    /// Goes on.
    on_yes: Callback<()>,
    /// Does not.
    on_no: Callback<()>,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let place = NodeRef::<Section>::new();
    Effect::new(move || {
        if let Some(place) = place.get() {
            // What cannot take the focus can still be read.
            let _ = place.focus();
        }
    });
    let words = move |text| {
        let values = values.clone();
        live(move || {
            let values: Vec<_> = values
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .collect();
            i18n.fill(text, &values)
        })
    };
    view! {
        <section class="card" role="group" id=CONFIRM_ID aria-labelledby=TITLE_ID tabindex="-1" node_ref=place>
            <h2 class="card-title" id=TITLE_ID>{words(title)}</h2>
            <p>{words(what)}</p>
            <p class="card-actions">
                <Press label=yes on_press=on_yes />
                {instead.map(|(label, on_press)| Part::new(view! { <Press label on_press /> }))}
                <Press label=no on_press=on_no />
            </p>
        </section>
    }
}
