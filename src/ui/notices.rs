//! How a task ended, shown in the two live regions that are on the page from the start: outcomes in
//! one `role="status"`, failures in one `role="alert"`.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    controls::{error_card::ErrorCard, outcome_card::OutcomeCard},
    marks,
    part::{Part, live},
};
use crate::{
    flows::join::Joined,
    guidance::{Audience, Details, Field, Guidance, Task, Trouble, guide},
    i18n::{I18n, Text},
    session::account::Account,
};

/// Something that went well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// In the class, with the account that is; none where it was signed out meanwhile.
    Joined(Joined, Option<Arc<Account>>),
}

/// Something that did not.
#[derive(Clone)]
pub struct Failure {
    /// What the person reads and may do.
    pub guidance: Guidance,
    /// What IT reads.
    pub details: Details,
    /// The same again: trying, allowing and signing in all lead there.
    pub again: Callback<()>,
    /// The class code, which Google's own join page asks for.
    pub code: Option<String>,
}

/// What the live regions show.
#[derive(Clone)]
enum Notice {
    Nothing,
    /// Something is under way, or is said in passing.
    Progress(Text),
    Outcome(Arc<Outcome>),
    Failure(Arc<Failure>),
}

/// The live regions' contents, shared by context.
#[derive(Clone, Copy)]
pub struct Notices(RwSignal<Notice>);

impl Notices {
    /// Empty regions.
    pub fn new() -> Self {
        Self(RwSignal::new(Notice::Nothing))
    }

    /// Takes everything away.
    pub fn clear(self) {
        self.0.set(Notice::Nothing);
    }

    /// Says something in place of what was shown.
    pub fn say(self, text: Text) {
        self.0.set(Notice::Progress(text));
    }

    /// It went well.
    pub fn succeed(self, outcome: Outcome) {
        self.0.set(Notice::Outcome(Arc::new(outcome)));
        marks::mark(marks::SHOWN);
    }

    /// It did not: what `guidance` says about `trouble`. `again` is what its buttons do, `code` what
    /// the way to Google's own join page takes along.
    pub fn fail(
        self,
        task: Task,
        audience: Audience,
        trouble: &Trouble,
        again: Callback<()>,
        code: Option<String>,
    ) {
        let time = String::from(js_sys::Date::new_0().to_iso_string());
        self.0.set(Notice::Failure(Arc::new(Failure {
            guidance: guide(task, audience, trouble),
            details: Details::new(trouble, env!("CARGO_PKG_VERSION"), time),
            again,
            code,
        })));
        marks::mark(marks::SHOWN);
    }

    /// The field that the failure that is shown belongs to; tracked.
    pub fn field(self) -> Option<Field> {
        self.0.with(|notice| match notice {
            Notice::Failure(failure) => failure.guidance.field,
            Notice::Nothing | Notice::Progress(_) | Notice::Outcome(_) => None,
        })
    }
}

impl Default for Notices {
    fn default() -> Self {
        Self::new()
    }
}

/// The id of the failure's text, which a field names in `aria-describedby`.
pub const FAILURE_ID: &str = "failure";

/// The two live regions.
#[component]
pub fn LiveRegions() -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let Notices(notice) = expect_context::<Notices>();
    let status = live(move || match notice.get() {
        Notice::Progress(text) => Part::new(view! { <p class="progress">{i18n.show(text)}</p> }),
        Notice::Outcome(outcome) => Part::new(view! { <OutcomeCard outcome /> }),
        Notice::Nothing | Notice::Failure(_) => Part::new(()),
    });
    let alert = live(move || match notice.get() {
        Notice::Failure(failure) => Part::new(view! { <ErrorCard failure /> }),
        Notice::Nothing | Notice::Progress(_) | Notice::Outcome(_) => Part::new(()),
    });
    view! {
        <div class="notices">
            <div role="status">{status}</div>
            <div role="alert">{alert}</div>
        </div>
    }
}
