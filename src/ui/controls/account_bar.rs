//! Who acts, always in sight, and how to change that.

use std::sync::Arc;

use leptos::prelude::*;

use super::{google_button::GoogleButton, with_value::WithValue};
use crate::{
    flows::join::Entered,
    guidance::{Action, Audience, Task},
    i18n::{I18n, Text, text},
    session::{Session, account::Account, scopes::Scopes},
    ui::{
        focus,
        later::{Later, Piece},
        notices::Notices,
        part::{Part, handler, live},
        sign_in::follow,
        tasks::spawn_local,
    },
};

const ACCOUNT_ID: &str = "account";

/// The account with its buttons, or the button to sign in.
#[component]
pub fn AccountBar() -> impl IntoView {
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let later = expect_context::<Later>();
    let sign_in = Callback::new(move |()| sign_in(session, notices));
    let asking = move || session.is_asking();
    view! {
        <div class="account" id=ACCOUNT_ID tabindex="-1">
            {live(move || {
                let account = session.account();
                // The button that was pressed goes.
                focus::hold(notices.place, ACCOUNT_ID, ACCOUNT_ID);
                if account.is_none() {
                    // However it came: nobody is to find who it was.
                    notices.announce(String::new());
                }
                match account {
                    Some(account) => Part::new(later.show(Piece::Account(account))),
                    // The page around the widget signs people in.
                    None if session.is_hosted() => Part::new(()),
                    None => Part::new(view! { <GoogleButton busy=asking on_press=sign_in /> }),
                }
            })}
        </div>
    }
}

fn sign_in(session: Session, notices: Notices) {
    // Beside a card that asks for it, this is the card's own button.
    if let Some(act) = notices.after_sign_in() {
        return act.run(Action::SignIn);
    }
    let again = Callback::new(move |_| sign_in(session, notices));
    follow(notices, again, None, session.sign_in(Scopes::JOIN, notices));
}

fn switch(session: Session, notices: Notices) {
    let again = Callback::new(move |_| switch(session, notices));
    follow(notices, again, None, session.switch(Scopes::JOIN, notices));
}

/// The account with its buttons.
#[component]
pub fn SignedIn(
    /// Whose it is.
    account: Arc<Account>,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let sign_out = move |_| {
        session.forget();
        notices.say(text::SIGNED_OUT);
    };
    let remove_access = move |_| {
        let removed = session.remove_access();
        notices.say(text::SIGNED_OUT);
        spawn_local(async move {
            if let Err(trouble) = removed.await {
                let nothing = Callback::new(|_| ());
                let (task, audience) = (Task::SignIn, Audience::Student);
                notices.fail(task, audience, &trouble, nothing, Entered::default());
            }
        });
    };
    // Of an account that the embedding page has chosen, only the token here can be forgotten.
    let is_own = !session.is_hosted();
    if is_own {
        let values = [("account", &*account.email)];
        notices.announce(untrack(|| i18n.fill(text::SIGNED_IN_AS, &values)));
    }
    let named = account.name != account.email;
    view! {
        <div class="account-who">
            <Portrait account=Arc::clone(&account) />
            <p class="account-names">
                {named.then(|| view! { <bdi class="account-name">{account.name.clone()}</bdi> })}
                <bdi class="account-email">{account.email.clone()}</bdi>
            </p>
        </div>
        <p class="account-actions">
            {is_own.then(|| view! {
                <button type="button" class="button button-small" on:click:capture=handler(move |_| switch(session, notices))>
                    {i18n.show(text::SWITCH_ACCOUNT)}
                </button>
            })}
            <button type="button" class="button button-small" on:click:capture=handler(sign_out)>
                {i18n.show(text::SIGN_OUT)}
            </button>
            {is_own.then(|| view! {
                <button type="button" class="button button-quiet button-small" on:click:capture=handler(remove_access)>
                    {i18n.show(text::REMOVE_ACCESS)}
                </button>
            })}
        </p>
    }
}

/// The account's picture; its initials where there is none or it does not load.
#[component]
fn Portrait(account: Arc<Account>) -> impl IntoView {
    let broken = RwSignal::new(false);
    let initials = account.initials();
    let photo = account.photo.clone();
    live(move || match photo.clone().filter(|_| !broken.get()) {
        Some(photo) => Part::new(view! {
            <img
                class="portrait"
                src=photo
                alt=""
                width="40"
                height="40"
                referrerpolicy="no-referrer"
                on:error:capture=move |_| broken.set(true)
            />
        }),
        None => {
            Part::new(view! { <span class="portrait" aria-hidden="true">{initials.clone()}</span> })
        }
    })
}

/// "You join as …", for the description of the button that acts.
#[component]
pub fn ActingAs(
    /// What is said of the account.
    words: Text,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let i18n = expect_context::<I18n>();
    view! {
        <p>
            {live(move || match session.account() {
                Some(account) => Part::new(view! { <WithValue text=words value=account.email.clone() /> }),
                None if session.is_hosted() => Part::new(()),
                None => Part::new(i18n.show(text::SIGN_IN_FIRST)),
            })}
        </p>
    }
}
