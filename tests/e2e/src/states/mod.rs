//! Every state of every view, for checks that want to see all of them: axe's, of the accessibility
//! tree, of what is cut off, and for the pictures in `docs/shots/`.
//!
//! A state is a function in the file of its view, which brings a fresh stage's browser there by page
//! objects and returns when the page has come to rest, and an entry in
//! [`for_each_state!`](crate::for_each_state). Its name is made of both: `join::code_filled_in` is
//! `join-code-filled-in`.

pub mod embedded;
pub mod enroll;
pub mod invite;
pub mod join;
pub mod look;
pub mod pending;
pub mod received;
pub mod share;
pub mod start;

use std::{future::Future, pin::Pin};

use anyhow::Result;
use serde_json::json;

use crate::{fault::Fault, stage::Stage};

/// Names a macro that is given every state, by view, in the order in which people meet them.
#[macro_export]
macro_rules! for_each_state {
    ($with:ident) => {
        $with! {
            start { failed, misconfigured }
            join {
                empty, code_filled_in, directory_open, directory_chosen, suggestions, asking_google,
                signed_in, joining, waiting, stopped, joined, already_member, input_invalid,
                refused_wrong_code, refused_full_class, details_open, window_closed, access_denied,
                permission_missing, wrong_school
            }
            received {
                signed_out, list, none, decline_asked, ownership_asked, accepted, declined, refused
            }
            invite {
                signed_out, class_list_open, class_chosen, nothing_pasted, review, correcting,
                other_school_asked, sending, paused, busy, done, done_some_failed
            }
            pending { nobody, withdrawn, role_changed, lost }
            share { code_alone_on, new_code, no_code, poster }
            enroll { empty, review, done_some_refused }
            embedded { join, joined, host_token, no_windows, page_not_listed, mounted }
        }
    };
}

/// Brings the browser of a fresh stage into a state.
type Reach = for<'s> fn(&'s Stage) -> Pin<Box<dyn Future<Output = Result<()>> + 's>>;

/// A state of a view.
#[derive(Clone, Copy)]
pub struct State {
    /// The view, which is the module's name.
    pub view: &'static str,
    /// What it is like there, which is the function's name.
    what: &'static str,
    reach: Reach,
}

impl State {
    /// Its name, in lower case with hyphens.
    pub fn name(&self) -> String {
        format!("{}-{}", self.view, self.what).replace('_', "-")
    }

    /// Brings the browser of a fresh stage there.
    pub async fn reach(&self, stage: &Stage) -> Result<()> {
        (self.reach)(stage).await
    }

    /// Its place among all of them.
    pub fn number(&self) -> usize {
        ALL.iter()
            .position(|state| state.view == self.view && state.what == self.what)
            .unwrap_or_default()
    }

    /// The state of this view and this name in it.
    pub fn of(view: &str, what: &str) -> Option<&'static Self> {
        ALL.iter()
            .find(|state| state.view == view && state.what == what)
    }
}

macro_rules! list {
    ($($view:ident { $($what:ident),+ })+) => {
        /// Every state there is.
        pub const ALL: &[State] = &[$($(
            State {
                view: stringify!($view),
                what: stringify!($what),
                reach: |stage| Box::pin($view::$what(stage)),
            },
        )+)+];
    };
}
for_each_state!(list);

/// The school's help, as cards name it.
async fn name_support(stage: &Stage) -> Result<()> {
    let support = json!({ "name": "the office", "url": "https://school.example/help" });
    stage.sandbox.configure(json!({ "support": support })).await
}

/// Google is in trouble, and need not be waited for.
fn unavailable() -> Fault {
    Fault::google(503, "UNAVAILABLE", "The service is currently unavailable.").retry_after("0")
}

/// Google takes so long for this that it can be looked at: longer than any look.
fn endless() -> Fault {
    Fault::delayed(std::time::Duration::from_secs(600))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_state_has_a_name_of_its_own_and_is_found_by_it() {
        let names: BTreeSet<_> = ALL.iter().map(State::name).collect();
        assert_eq!(names.len(), ALL.len());
        assert!(names.contains("join-code-filled-in"));
        for (number, state) in ALL.iter().enumerate() {
            assert_eq!(state.number(), number);
            assert!(State::of(state.view, state.what).is_some());
        }
    }
}
