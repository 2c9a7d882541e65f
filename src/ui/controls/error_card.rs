//! What did not work: what happened, whose move it is, the one next step.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    config::{Config, Support},
    guidance::{Action, Details},
    i18n::{I18n, text},
    session::{Session, scopes::Scopes},
    ui::{
        notices::{FAILURE_ID, Failure, Notices},
        sign_in::follow,
    },
};

/// Google's own page to join a class on.
const CLASSROOM_HOME: &str = "https://classroom.google.com/h";

/// The card of a failure.
#[component]
pub fn ErrorCard(
    /// What went wrong, made into words.
    failure: Failure,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let support = use_context::<Arc<Config>>().and_then(|config| config.support.clone());
    let Failure {
        guidance,
        details,
        again,
    } = failure;
    let message = guidance.message;
    let values = StoredValue::new(guidance.values);
    let school = support.as_ref().map(|support| support.name.clone());
    let words = move |part| {
        let school = school
            .clone()
            .unwrap_or_else(|| i18n.text(text::YOUR_SCHOOL).to_owned());
        values.with_value(|values| {
            let values: Vec<_> = values
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .chain([("school", school.as_str())])
                .collect();
            i18n.fill(part, &values)
        })
    };
    let (what, next) = (words.clone(), words.clone());
    let actions: Vec<_> = guidance
        .actions
        .into_iter()
        .map(|action| view! { <ActionButton action again support=support.clone() /> })
        .collect();
    view! {
        <section class="card" class:card-bad=!guidance.calm data-reason=guidance.reason>
            <h2 class="card-title">{move || words(message.title)}</h2>
            <div id=FAILURE_ID>
                <p>{move || what(message.what)}</p>
                <p class="card-next">{move || next(message.next)}</p>
            </div>
            {(!actions.is_empty()).then(|| view! { <p class="card-actions">{actions}</p> })}
            <DetailsForIt details />
        </section>
    }
}

/// A button or link that does what `action` says.
#[component]
fn ActionButton(action: Action, again: Callback<()>, support: Option<Support>) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let press = |label, handler: Callback<()>| {
        view! {
            <button type="button" class="button" on:click=move |_| handler.run(())>
                {i18n.show(label)}
            </button>
        }
        .into_any()
    };
    match action {
        Action::TryAgain => press(text::TRY_AGAIN, again),
        Action::SignIn => press(text::SIGN_IN, again),
        Action::Allow => press(text::ALLOW, again),
        Action::SwitchAccount => {
            let session = expect_context::<Session>();
            let notices = expect_context::<Notices>();
            press(
                text::SWITCH_ACCOUNT,
                Callback::new(move |()| follow(notices, again, session.switch(Scopes::JOIN))),
            )
        }
        Action::OpenClassroom => view! {
            <a class="button" href=CLASSROOM_HOME target="_blank" rel="noopener noreferrer">
                {i18n.show(text::OPEN_CLASSROOM)}
            </a>
        }
        .into_any(),
        Action::AskSupport => support
            .map(|support| {
                view! {
                    <a class="button" href=support.url target="_blank" rel="noopener noreferrer">
                        {move || i18n.fill(text::ASK_SUPPORT, &[("name", &support.name)])}
                    </a>
                }
            })
            .into_any(),
    }
}

/// What the API said, as it said it, ready to be copied.
#[component]
fn DetailsForIt(details: Details) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let notices = expect_context::<Notices>();
    let plain = details.text();
    let copy = move |_| {
        if let Some(window) = web_sys::window() {
            // Where the browser refuses, the text is on the screen, to be selected.
            let written = window.navigator().clipboard().write_text(&plain);
            leptos::task::spawn_local(async move {
                if wasm_bindgen_futures::JsFuture::from(written).await.is_ok() {
                    notices.say(text::COPIED);
                }
            });
        }
    };
    let lines = details
        .lines()
        .iter()
        .map(|(name, value)| view! { <dt>{*name}</dt> <dd><bdi>{value.clone()}</bdi></dd> })
        .collect_view();
    view! {
        <details class="it">
            <summary>{i18n.show(text::DETAILS_FOR_IT)}</summary>
            <dl>{lines}</dl>
            <button type="button" class="button button-small" on:click=copy>
                {i18n.show(text::COPY_DETAILS)}
            </button>
        </details>
    }
}
