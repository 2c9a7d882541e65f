//! Asking the page for tokens: right away, and again when one has run out, without anybody's press.

use leptos::prelude::*;

use super::frame::Widget;
use crate::{
    config::View,
    flows::join::Entered,
    guidance::{Action, Audience, SignInError, Task},
    session::{host::Host, scopes::Scopes, source::Source},
    ui::{quiet::Quiet, sign_in::follow, tasks::spawn_local},
};

/// How long after a token that ran out the next one may be asked for by itself, in milliseconds: a
/// page whose tokens are of no use must not be asked for ever.
const AT_MOST_EVERY: f64 = 60_000.0;

/// A widget that the page supplies with tokens.
#[derive(Clone, Copy)]
pub struct Supply(Widget);

impl Supply {
    /// For this widget.
    pub const fn new(widget: Widget) -> Self {
        Self(widget)
    }

    /// Takes tokens from `host` from now on.
    pub fn begin(self, mut host: Host<Quiet>) {
        let session = self.0.session;
        session.supply(Some(Box::new(move |ask| Box::pin(host.ask(ask)))));
        self.0.notices.configure(session.config());
        let last = StoredValue::new(f64::NEG_INFINITY);
        Effect::new(move |_| {
            let now = js_sys::Date::now();
            if session.has_run_out() && now - last.get_value() > AT_MOST_EVERY {
                last.set_value(now);
                let notices = self.0.notices;
                let asked = session.sign_in(self.scopes(), notices);
                match notices.after_sign_in() {
                    // What was refused for it goes on by itself.
                    Some(act) => follow(notices, act, Some(Action::TryAgain), asked),
                    // Whoever acts next asks again, and is told where there is none.
                    None => spawn_local(async move {
                        let _ = asked.await;
                    }),
                }
            }
        });
    }

    /// Asks for a token; a card says where there is none, and goes when there is one.
    pub fn ask(self) {
        let Widget {
            session, notices, ..
        } = self.0;
        let asked = session.sign_in(self.scopes(), notices);
        spawn_local(async move {
            match asked.await {
                Ok(_) if notices.shows_failure(SignInError::HostToken.reason()) => notices.clear(),
                Ok(_) => {}
                Err(trouble) => {
                    let again = Callback::new(move |_: Action| self.ask());
                    let (task, audience) = (Task::SignIn, Audience::Student);
                    notices.fail(task, audience, &trouble, again, Entered::default());
                }
            }
        });
    }

    /// What the view that is seen needs.
    fn scopes(self) -> Scopes {
        match self.0.current.get_untracked() {
            View::Join => Scopes::JOIN,
            View::Invite => Scopes::INVITE,
            View::Received => Scopes::RECEIVED,
            View::Enroll => Scopes::ENROLL,
        }
    }
}
