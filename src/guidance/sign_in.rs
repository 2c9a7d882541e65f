//! Guidance for everything that stands between a person and a token.
//!
//! Sources: Google's "Google Account Authorization JavaScript API reference" and its help on who may
//! sign in to apps ("Manage access to third-party apps", "Control which apps access your data").

use super::{
    Action::{AskSupport, CopyClientId, OpenInNewTab, SignIn, SwitchAccount, TryAgain},
    Actor::{PageOwner, School, You, YouOrSchool},
    SignInError, Task, Tone,
    by_reason::{NOT_SET_UP, scope_missing},
    row::Row,
};
use crate::i18n::message;

/// The embedding page has to sign people in, and has not.
pub(super) static HOST_TOKEN: Row = Row::new(message::HOST_TOKEN, PageOwner)
    .administrator(message::HOST_TOKEN_ADMIN, You)
    .offers(&[TryAgain, AskSupport]);

/// What is said about `error`, met on the way to `task`.
pub(super) fn row(task: Task, error: &SignInError) -> &'static Row {
    match error {
        SignInError::PopupBlocked => {
            const {
                &Row::new(message::POPUP_BLOCKED, You)
                    .administrator(message::POPUP_BLOCKED_ADMIN, You)
                    .offers(&[SignIn])
            }
        }
        SignInError::PopupClosed => {
            const {
                &Row::new(message::POPUP_CLOSED, You)
                    .offers(&[SignIn])
                    .tone(Tone::Calm)
            }
        }
        SignInError::PopupClosedAgain => {
            const {
                &Row::new(message::POPUP_CLOSED_AGAIN, School)
                    .teacher(message::POPUP_CLOSED_AGAIN_TEACHER, School)
                    .administrator(message::POPUP_CLOSED_AGAIN_ADMIN, You)
                    .offers(&[SignIn, CopyClientId, AskSupport])
                    .tone(Tone::Calm)
            }
        }
        SignInError::PopupImpossible => {
            const {
                &Row::new(message::POPUP_IMPOSSIBLE, You)
                    .administrator(message::POPUP_IMPOSSIBLE_ADMIN, You)
                    .offers(&[OpenInNewTab])
            }
        }
        SignInError::AccessDenied => match task {
            Task::Join => const { &Row::new(message::ACCESS_DENIED, You).offers(&[SignIn]) },
            Task::SignIn
            | Task::Received
            | Task::Invite
            | Task::Pending
            | Task::Enroll
            | Task::Share => {
                const { &Row::new(message::ACCESS_DENIED_ELSEWHERE, You).offers(&[SignIn]) }
            }
        },
        SignInError::ScriptBlocked => {
            const {
                &Row::new(message::SCRIPT_BLOCKED, YouOrSchool)
                    .administrator(message::SCRIPT_BLOCKED_ADMIN, You)
                    .offers(&[SignIn, AskSupport])
            }
        }
        SignInError::ScopeMissing => scope_missing(task),
        SignInError::AccessKept => const { &Row::new(message::ACCESS_KEPT, You) },
        SignInError::HostToken => &HOST_TOKEN,
        SignInError::WrongDomain { .. } => {
            const { &Row::new(message::WRONG_DOMAIN, You).offers(&[SwitchAccount]) }
        }
        // What Google says of a client id that it does not know (RFC 6749, section 4.1.2.1).
        SignInError::Unknown(name)
            if matches!(name.as_str(), "invalid_client" | "unauthorized_client") =>
        {
            &NOT_SET_UP
        }
        SignInError::Unknown(_) => {
            const { &Row::new(message::SIGN_IN_FAILED, YouOrSchool).offers(&[SignIn, AskSupport]) }
        }
    }
}
