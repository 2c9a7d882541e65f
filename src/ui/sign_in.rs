//! Signing in for its own sake, not on the way to a task.

use core::future::Future;

use leptos::{prelude::*, task::spawn_local};

use super::notices::Notices;
use crate::{
    classroom::client::Client,
    flows::join::Entered,
    guidance::{Audience, Task, Trouble},
    i18n::text,
};

/// Waits for a sign-in that a press has begun and shows what becomes of it; `again` is what the
/// failure's buttons do, `then` what waits for the sign-in.
pub fn follow(
    notices: Notices,
    again: Callback<()>,
    then: Option<Callback<()>>,
    asked: impl Future<Output = Result<Client, Trouble>> + 'static,
) {
    notices.clear();
    spawn_local(async move {
        match notices.stoppable(asked).await {
            Some(Ok(_)) => {
                notices.clear();
                if let Some(then) = then {
                    then.run(());
                }
            }
            None => notices.say(text::STOPPED),
            Some(Err(trouble)) => notices.fail(
                Task::SignIn,
                Audience::Student,
                &trouble,
                again,
                Entered::default(),
            ),
        }
    });
}
