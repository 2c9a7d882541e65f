//! The language of the page, for whoever reads another one better.

use leptos::prelude::*;
use web_sys::{Event, HtmlSelectElement};

use crate::{
    i18n::{I18n, Language, text},
    ui::{
        notices::Notices,
        part::{Part, handler},
        tasks::spawn_local,
    },
};

const SELECT_ID: &str = "language";

/// A choice of all languages, each by its own name: whoever cannot read the page finds theirs.
#[component]
pub fn Languages() -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let notices = expect_context::<Notices>();
    let choose = move |event: Event| {
        let select: HtmlSelectElement = event_target(&event);
        let tag = select.value();
        let Some(language) = Language::ALL.iter().find(|language| language.tag == tag) else {
            return;
        };
        spawn_local(async move {
            if !i18n.speak(language).await {
                select.set_value(i18n.language().tag);
                notices.say(text::LANGUAGE_FAILED);
            }
        });
    };
    let options: Vec<_> = Language::ALL
        .iter()
        .map(|language| {
            Part::new(view! {
                <option value=language.tag lang=language.tag>{language.name}</option>
            })
        })
        .collect();
    view! {
        <p class="language">
            <label for=SELECT_ID>{i18n.show(text::LANGUAGE)}</label>
            // The page around can change the language as well.
            <select id=SELECT_ID prop:value=move || i18n.language().tag on:change:capture=handler(choose)>
                {options}
            </select>
        </p>
    }
}
