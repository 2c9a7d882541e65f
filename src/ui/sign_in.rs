//! Signing in for its own sake, not on the way to a task.

use core::future::Future;

use leptos::prelude::*;

use super::{notices::Notices, tasks::spawn_local};
use crate::{
    classroom::client::Client,
    flows::join::Entered,
    guidance::{Action, Audience, Task, Trouble},
    i18n::text,
};

/// Waits for a sign-in that a press has begun and shows what becomes of it; `act` does what the
/// failure's buttons say, and `then` afterwards, where something waits for it.
pub fn follow(
    notices: Notices,
    act: Callback<Action>,
    then: Option<Action>,
    asked: impl Future<Output = Result<Client, Trouble>> + 'static,
) {
    notices.clear();
    spawn_local(async move {
        match notices.stoppable(asked).await {
            Some(Ok(_)) => {
                notices.clear();
                if let Some(then) = then {
                    act.run(then);
                }
            }
            None => notices.say(text::STOPPED),
            Some(Err(trouble)) => notices.fail(
                Task::SignIn,
                Audience::Student,
                &trouble,
                act,
                Entered::default(),
            ),
        }
    });
}
