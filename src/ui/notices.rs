//! How a task ended, shown in the two live regions that are on the page from the start: outcomes in
//! one `role="status"`, failures in one `role="alert"`.

use leptos::prelude::*;

use super::{
    controls::{error_card::ErrorCard, outcome_card::OutcomeCard},
    marks,
};
use crate::{
    flows::join::Joined,
    guidance::{Audience, Details, Guidance, Task, Trouble, guide},
    i18n::{I18n, Text},
    session::account::Account,
};

/// Something that went well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// In the class, with the account that is; none where it was signed out meanwhile.
    Joined(Joined, Option<Account>),
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
}

/// What the live regions show; shared by context.
#[derive(Clone, Copy)]
pub struct Notices {
    progress: RwSignal<Option<Text>>,
    outcome: RwSignal<Option<Outcome>>,
    failure: RwSignal<Option<Failure>>,
}

impl Notices {
    /// Empty regions.
    pub fn new() -> Self {
        Self {
            progress: RwSignal::new(None),
            outcome: RwSignal::new(None),
            failure: RwSignal::new(None),
        }
    }

    /// Takes everything away.
    pub fn clear(self) {
        self.progress.set(None);
        self.outcome.set(None);
        self.failure.set(None);
    }

    /// Something is under way; what was shown before is taken away.
    pub fn begin(self, text: Text) {
        self.clear();
        self.progress.set(Some(text));
    }

    /// Says something in passing; what is shown stays.
    pub fn say(self, text: Text) {
        self.progress.set(Some(text));
    }

    /// It went well.
    pub fn succeed(self, outcome: Outcome) {
        self.clear();
        self.outcome.set(Some(outcome));
        marks::mark(marks::SHOWN);
    }

    /// It did not: what `guidance` says about `trouble`. `again` is what its buttons do.
    pub fn fail(self, task: Task, audience: Audience, trouble: &Trouble, again: Callback<()>) {
        self.clear();
        let time = String::from(js_sys::Date::new_0().to_iso_string());
        self.failure.set(Some(Failure {
            guidance: guide(task, audience, trouble),
            details: Details::new(trouble, env!("CARGO_PKG_VERSION"), time),
            again,
        }));
        marks::mark(marks::SHOWN);
    }

    /// Whether the failure that is shown belongs to the field; tracked.
    pub fn is_about_the_field(self) -> bool {
        self.failure.with(|failure| {
            failure
                .as_ref()
                .is_some_and(|failure| failure.guidance.about_the_field)
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
    let notices = expect_context::<Notices>();
    view! {
        <div role="status" class="notices">
            {move || notices.progress.get().map(|text| view! { <p class="progress">{i18n.text(text)}</p> })}
            {move || notices.outcome.get().map(|outcome| view! { <OutcomeCard outcome /> })}
        </div>
        <div role="alert" class="notices">
            {move || notices.failure.get().map(|failure| view! { <ErrorCard failure /> })}
        </div>
    }
}
