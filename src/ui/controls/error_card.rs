//! What did not work: what happened, whose move it is, the one next step.

use std::sync::Arc;

use leptos::{attr::custom::custom_attribute, prelude::*};

use crate::{
    config::{View, params::fragment},
    guidance::{Action, Details, Guidance, Tone, Trouble},
    i18n::{I18n, Text, text},
    session::{Session, scopes::Scopes},
    ui::{
        clipboard,
        controls::{press::Press, with_value::WithValue},
        later::{Later, Piece},
        notices::{FAILURE_ID, Failure, Notices},
        part::{Part, handler, live},
        sign_in::follow,
    },
};

/// Google's own page to join a class on.
const CLASSROOM_HOME: &str = "https://classroom.google.com/h";

/// Google's help on who can use Classroom ("Turn Classroom on or off for users").
const HELP_PAGE: &str = "https://support.google.com/edu/classroom/answer/6023715";

/// The card of a failure.
#[component]
pub fn ErrorCard(
    /// What went wrong, made into words.
    failure: Arc<Failure>,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let later = expect_context::<Later>();
    let Guidance {
        reason,
        message,
        tone,
        ..
    } = failure.guidance.clone();
    let words = |part| {
        let failure = Arc::clone(&failure);
        live(move || i18n.with(|catalogue| failure.guidance.words(catalogue, part)))
    };
    // A page that is not set up has no other heading.
    let level = matches!(failure.trouble, Trouble::Config(_)).then_some("1");
    let level = custom_attribute("aria-level", level);
    view! {
        <section class=if tone == Tone::Failure { "card card-bad" } else { "card" } data-reason=reason>
            <h2 class="card-title" {..level}>{words(message.title())}</h2>
            <div id=FAILURE_ID>
                <p>{words(message.what())}</p>
                <p class="card-next">{words(message.next())}</p>
            </div>
            {later.show(Piece::Offers(failure))}
        </section>
    }
}

/// What can be done about a failure, and what IT reads of it.
#[component]
pub fn Offers(
    /// What went wrong.
    failure: Arc<Failure>,
) -> impl IntoView {
    let actions: Vec<_> = failure
        .guidance
        .actions
        .iter()
        .map(|action| {
            let (action, failure) = (*action, Arc::clone(&failure));
            Part::new(view! { <ActionButton action failure /> })
        })
        .collect();
    let details = Details::new(
        &failure.trouble,
        env!("CARGO_PKG_VERSION"),
        failure.time.clone(),
    );
    view! {
        <p class="card-actions">{actions}</p>
        <DetailsForIt details />
    }
}

/// A button or link that does what `action` says.
///
/// Whatever it is, `guidance` offers it only where the task and the page can do it.
#[component]
fn ActionButton(action: Action, failure: Arc<Failure>) -> impl IntoView {
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let current = expect_context::<RwSignal<View>>();
    let config = session.config();
    let Failure { act, entered, .. } = &*failure;
    let act = *act;
    let own = Callback::new(move |()| act.run(action));
    let label = action.label();
    let press = |on_press| Part::new(view! { <Press label on_press /> });
    let link = |href, name, copied| Part::new(view! { <Link label href name copied /> });
    match action {
        Action::TryAgain
        | Action::SignIn
        | Action::Allow
        | Action::OpenClass
        | Action::CopyLink
        | Action::Refresh
        | Action::Edit
        | Action::InviteInstead
        | Action::InviteAsCoTeacher
        | Action::Withdraw
        | Action::WithdrawAndSendAgain
        | Action::DownloadResults => press(own),
        Action::SwitchAccount => press(Callback::new(move |()| {
            let then = Some(Action::SwitchAccount);
            follow(notices, act, then, session.switch(Scopes::JOIN, notices));
        })),
        Action::MyInvitations => press(Callback::new(move |()| {
            notices.clear();
            current.set(View::Received);
        })),
        Action::CopyClientId => press(Callback::new(move |()| {
            copy(
                notices,
                session.config().client_id.as_deref().unwrap_or_default(),
            );
        })),
        Action::OpenClassroom => {
            let code = entered.code.as_ref().map(|code| code.as_str().to_owned());
            link(CLASSROOM_HOME.to_owned(), String::new(), code)
        }
        Action::OpenInNewTab => {
            let fragment = fragment(config.view, entered.course.as_ref(), entered.code.as_ref());
            link([page(&config.base), fragment].concat(), String::new(), None)
        }
        Action::AskSupport => match config.support.clone() {
            Some(support) => link(support.url, support.name, None),
            None => Part::new(()),
        },
        Action::HelpPage => link(HELP_PAGE.to_owned(), String::new(), None),
    }
}

/// Where the widget's page lies on its server, without query and fragment.
fn page(base: &str) -> String {
    if !base.is_empty() {
        return base.to_owned();
    }
    let location = web_sys::window().map(|window| window.location());
    location
        .and_then(|location| location.pathname().ok())
        .unwrap_or_default()
}

/// Puts `text` into the clipboard and says so.
fn copy(notices: Notices, text: &str) {
    let written = clipboard::write(text);
    leptos::task::spawn_local(async move {
        // Where the browser refuses, what IT needs is on the screen, to be selected.
        if written.await {
            notices.say_aside(text::COPIED);
        }
    });
}

/// A link to another page; `name` stands in the label's place for one. `copied` is in the clipboard
/// when the person arrives there.
#[component]
pub fn Link(
    /// What stands on it, with a place for the name.
    label: Text,
    /// Where it leads.
    href: String,
    /// Whose page it is.
    name: String,
    /// What is copied.
    copied: Option<String>,
) -> impl IntoView {
    let on_click = move |_| {
        if let Some(copied) = &copied {
            // Where the browser refuses, the code still stands in its field.
            drop(clipboard::write(copied));
        }
    };
    view! {
        <a class="button" href=href target="_blank" rel="noopener noreferrer" on:click:capture=handler(on_click)>
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
    let on_copy = move |_| copy(notices, &plain);
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
            <button type="button" class="button button-small" on:click:capture=handler(on_copy)>
                {i18n.show(text::COPY_DETAILS)}
            </button>
        </details>
    }
}
