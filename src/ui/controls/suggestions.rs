//! What a mistyped class code probably is, one tap each.

use leptos::prelude::*;

use crate::{
    entry::{self, Typed},
    i18n::{I18n, text},
};

/// The readings of what is typed, where it is a code with digits that codes never have.
#[component]
pub fn Suggestions(
    /// What is typed.
    #[prop(into)]
    typed: Signal<String>,
    /// Takes the reading that was picked.
    #[prop(into)]
    on_pick: Callback<String>,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let readings = Memo::new(move |_| match entry::read(&typed.get()) {
        Ok(Typed::Code(code)) => code.suggestions().iter().map(ToString::to_string).collect(),
        Ok(Typed::Link(_)) | Err(_) => Vec::new(),
    });
    move || {
        let readings = readings.get();
        (!readings.is_empty()).then(|| {
            let buttons = readings
                .into_iter()
                .map(|reading| {
                    let picked = reading.clone();
                    view! {
                        <button type="button" class="button chip" on:click=move |_| on_pick.run(picked.clone())>
                            {reading}
                        </button>
                    }
                })
                .collect_view();
            view! {
                <div class="suggestions">
                    <span>{i18n.show(text::DID_YOU_MEAN)}</span>
                    {buttons}
                </div>
            }
        })
    }
}
