//! What did not work: what happened, whose move it is, the one next step.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    config::Support,
    guidance::{Action, Details, Guidance, Tone},
    i18n::{I18n, Text, text},
    session::{Session, scopes::Scopes},
    ui::{
        clipboard,
        controls::{press::Press, with_value::WithValue},
        notices::{FAILURE_ID, Failure, Notices},
        part::{Part, handler, live},
        sign_in::follow,
    },
};

/// Google's own page to join a class on.
const CLASSROOM_HOME: &str = "https://classroom.google.com/h";

/// The card of a failure.
#[component]
pub fn ErrorCard(
    /// What went wrong, made into words.
    failure: Arc<Failure>,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let support = use_context::<Session>().and_then(|session| session.config().support.clone());
    let Guidance {
        reason,
        message,
        actions,
        tone,
        ..
    } = failure.guidance.clone();
    let words = |part| {
        let failure = Arc::clone(&failure);
        live(move || i18n.with(|catalogue| failure.guidance.words(catalogue, part)))
    };
    let actions: Vec<_> = actions
        .into_iter()
        .map(|action| {
            Part::new(
                view! { <ActionButton action again=failure.again support=support.clone() code=failure.code.clone() /> },
            )
        })
        .collect();
    view! {
        <section class=if tone == Tone::Failure { "card card-bad" } else { "card" } data-reason=reason>
            <h2 class="card-title">{words(message.title())}</h2>
            <div id=FAILURE_ID>
                <p>{words(message.what())}</p>
                <p class="card-next">{words(message.next())}</p>
            </div>
            <p class="card-actions">{actions}</p>
            <DetailsForIt details=failure.details.clone() />
        </section>
    }
}

/// A button or link that does what `action` says; nothing where there is nobody to ask.
#[component]
fn ActionButton(
    action: Action,
    again: Callback<()>,
    support: Option<Support>,
    code: Option<String>,
) -> impl IntoView {
    let press = |label, on_press| Part::new(view! { <Press label on_press /> });
    let link = |label, href, name, copied| Part::new(view! { <Link label href name copied /> });
    match action {
        Action::TryAgain => press(text::TRY_AGAIN, again),
        Action::SignIn => press(text::SIGN_IN, again),
        Action::Allow => press(text::ALLOW, again),
        Action::SwitchAccount => {
            let session = expect_context::<Session>();
            let notices = expect_context::<Notices>();
            let switch = move |()| follow(notices, again, session.switch(Scopes::JOIN, notices));
            press(text::SWITCH_ACCOUNT, Callback::new(switch))
        }
        Action::OpenClassroom => link(
            text::OPEN_CLASSROOM,
            CLASSROOM_HOME.to_owned(),
            String::new(),
            code,
        ),
        Action::AskSupport => support.map_or_else(
            || Part::new(()),
            |support| link(text::ASK_SUPPORT, support.url, support.name, None),
        ),
        // The views of these tasks come later, and so do the windows that cannot open.
        Action::OpenClass
        | Action::OpenInNewTab
        | Action::HelpPage
        | Action::CopyClientId
        | Action::CopyLink
        | Action::Refresh
        | Action::Edit
        | Action::InviteInstead
        | Action::InviteAsCoTeacher
        | Action::Withdraw
        | Action::WithdrawAndSendAgain
        | Action::DownloadResults => Part::new(()),
    }
}

/// A link to another page; `name` stands in the label's place for one. `copied` is in the clipboard
/// when the person arrives there.
#[component]
fn Link(label: Text, href: String, name: String, copied: Option<String>) -> impl IntoView {
    let on_click = move |_| {
        if let Some(copied) = &copied {
            // Where the browser refuses, the code still stands in its field.
            drop(clipboard::write(copied));
        }
    };
    view! {
        <a class="button" href=href target="_blank" rel="noopener noreferrer" on:click=handler(on_click)>
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
        let written = clipboard::write(&plain);
        leptos::task::spawn_local(async move {
            // Where the browser refuses, the text is on the screen, to be selected.
            if written.await {
                notices.say_aside(text::COPIED);
            }
        });
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
            <button type="button" class="button button-small" on:click=handler(copy)>
                {i18n.show(text::COPY_DETAILS)}
            </button>
        </details>
    }
}
