//! What a mistyped class code probably is, one tap each.

use leptos::prelude::*;

use crate::{
    entry::{self, Typed, class_code::ClassCode},
    i18n::{I18n, text},
    ui::{
        notices::Notices,
        part::{Part, handler, live},
    },
};

/// The readings of what is typed, where it is a code with digits that codes never have.
#[component]
pub fn Suggestions(
    /// What is typed.
    typed: RwSignal<String>,
    /// Takes the reading that was picked.
    #[prop(into)]
    on_pick: Callback<ClassCode>,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let notices = expect_context::<Notices>();
    let readings = Memo::new(move |_| match entry::read(&typed.get()) {
        Ok(Typed::Code(code)) => code.suggestions(),
        Ok(Typed::Link(_)) | Err(_) => Vec::new(),
    });
    live(move || {
        let readings = readings.get();
        if readings.is_empty() {
            return Part::new(());
        }
        let mut words = vec![untrack(|| i18n.text(text::DID_YOU_MEAN))];
        words.extend(readings.iter().map(|reading| reading.as_str().to_owned()));
        notices.announce(words.join(" "));
        let buttons: Vec<_> = readings
            .into_iter()
            .map(|reading| {
                let picked = reading.clone();
                Part::new(view! {
                    <button type="button" class="button chip" on:click:capture=handler(move |_| on_pick.run(picked.clone()))>
                        {reading.as_str().to_owned()}
                    </button>
                })
            })
            .collect();
        Part::new(view! {
            <div class="suggestions">
                <span>{i18n.show(text::DID_YOU_MEAN)}</span>
                {buttons}
            </div>
        })
    })
}
