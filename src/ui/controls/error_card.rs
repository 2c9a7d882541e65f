//! What did not work: what happened, whose move it is, the one next step.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    config::Support,
    guidance::{Action, Details},
    i18n::{I18n, Text, text},
    session::{Session, scopes::Scopes},
    ui::{
        controls::with_value::WithValue,
        notices::{FAILURE_ID, Failure, Notices},
        part::{Part, live},
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
    let support = use_context::<Session>().and_then(|session| session.config().support.clone());
    let Failure {
        guidance,
        details,
        again,
    } = failure;
    let message = guidance.message;
    let school = support.as_ref().map(|support| support.name.clone());
    let values = Arc::new(guidance.values);
    let words = |part| {
        let school = school.clone();
        let values = Arc::clone(&values);
        live(move || {
            let school = school
                .clone()
                .unwrap_or_else(|| i18n.text(text::YOUR_SCHOOL).to_owned());
            let values: Vec<_> = values
                .iter()
                .map(|(name, value)| (*name, value.as_str()))
                .chain([("school", school.as_str())])
                .collect();
            i18n.fill(part, &values)
        })
    };
    let actions: Vec<_> = guidance
        .actions
        .into_iter()
        .map(|action| Part::new(view! { <ActionButton action again support=support.clone() /> }))
        .collect();
    view! {
        <section class=if guidance.calm { "card" } else { "card card-bad" } data-reason=guidance.reason>
            <h2 class="card-title">{words(message.title)}</h2>
            <div id=FAILURE_ID>
                <p>{words(message.what)}</p>
                <p class="card-next">{words(message.next)}</p>
            </div>
            <p class="card-actions">{actions}</p>
            <DetailsForIt details />
        </section>
    }
}

/// A button or link that does what `action` says; nothing where there is nobody to ask.
#[component]
fn ActionButton(action: Action, again: Callback<()>, support: Option<Support>) -> impl IntoView {
    let press = |label, on_press| Part::new(view! { <Press label on_press /> });
    let link = |label, href, name| Part::new(view! { <Link label href name /> });
    match action {
        Action::TryAgain => press(text::TRY_AGAIN, again),
        Action::SignIn => press(text::SIGN_IN, again),
        Action::Allow => press(text::ALLOW, again),
        Action::SwitchAccount => {
            let session = expect_context::<Session>();
            let notices = expect_context::<Notices>();
            let switch = move |()| follow(notices, again, session.switch(Scopes::JOIN));
            press(text::SWITCH_ACCOUNT, Callback::new(switch))
        }
        Action::OpenClassroom => link(
            text::OPEN_CLASSROOM,
            CLASSROOM_HOME.to_owned(),
            String::new(),
        ),
        Action::AskSupport => support.map_or_else(
            || Part::new(()),
            |support| link(text::ASK_SUPPORT, support.url, support.name),
        ),
    }
}

#[component]
fn Press(label: Text, on_press: Callback<()>) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    view! {
        <button type="button" class="button" on:click=move |_| on_press.run(())>
            {i18n.show(label)}
        </button>
    }
}

/// A link to another page; `name` stands in the label's place for one.
#[component]
fn Link(label: Text, href: String, name: String) -> impl IntoView {
    view! {
        <a class="button" href=href target="_blank" rel="noopener noreferrer">
            <WithValue text=label value=name />
        </a>
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
    let lines: Vec<_> = details
        .lines()
        .iter()
        .map(|(name, value)| {
            Part::new(view! { <dt>{*name}</dt> <dd><bdi>{value.clone()}</bdi></dd> })
        })
        .collect();
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
