//! From an error to what a person reads and may do.
//!
//! Pure: (task, audience, trouble, configuration) in, [`Guidance`] out. The words themselves stand
//! in `locales/`; here is decided which, and `docs/errors.md` shows all of it. The rules they
//! follow: what happened, whose move it is, one next step; never a raw message, a status name or a
//! number; nothing is ever blank; what is already so is no failure; a wrong code and an unknown
//! class read the same.
//!
//! | Module | Says something about |
//! |---|---|
//! | `entry` | what was typed |
//! | `sign_in` | why there is no token |
//! | `connection` | why there is no answer |
//! | `by_reason` | the reason that the API names |
//! | `by_status` | the status, where it names none that is known |
//! | `passing` | what is waited for, before there is any trouble |

mod action;
mod by_reason;
mod by_status;
mod connection;
mod details;
mod entry;
mod passing;
mod row;
mod sign_in;
mod task;
mod trouble;

pub use action::Action;
pub use details::Details;
pub use passing::passing;
pub use task::{Audience, Task};
pub use trouble::{SignInError, Trouble};

use crate::{
    classroom::error::ApiError,
    config::{Config, TokenSource},
    i18n::{Catalogue, Message, Text, message, text},
};
use row::Row;

/// Whose move it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Whoever reads.
    You,
    /// Whoever reads, and the school where that does not help.
    YouOrSchool,
    /// The class's teacher, or whoever invited the reader.
    Teacher,
    /// The person who is to be invited or added.
    OtherPerson,
    /// The school: its administrator, or who the configuration names as `support`.
    School,
    /// Whoever looks after the page.
    PageOwner,
    /// Google: it passes.
    Google,
    /// Nobody: nothing is left to do.
    Nobody,
}

impl Actor {
    /// Whether the words that are said send to the school: a school knows who looks after its pages.
    const fn is_the_school(self) -> bool {
        match self {
            Self::YouOrSchool | Self::School | Self::PageOwner => true,
            Self::You | Self::Teacher | Self::OtherPerson | Self::Google | Self::Nobody => false,
        }
    }
}

/// A field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// "Class code or invite link".
    Code,
    /// "Class", the directory.
    Class,
    /// "Email addresses".
    Addresses,
}

/// How it is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// Something did not work.
    Failure,
    /// Nothing went wrong, and nothing happened: no error colour.
    Calm,
    /// It is so already: an outcome, to be shown as one.
    Done,
}

/// What a person reads and may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guidance {
    /// The name in `data-reason`.
    pub reason: String,
    /// Title, what happened, next step.
    pub message: Message,
    /// What stands in the message's `{…}`, but for a `school` that has no name.
    pub values: Vec<(&'static str, String)>,
    /// What is offered, most helpful first.
    pub actions: Vec<Action>,
    /// The field that the text belongs to, which then is marked and has the focus.
    pub field: Option<Field>,
    /// How it is meant.
    pub tone: Tone,
    /// Whose move it is.
    pub actor: Actor,
    /// Whether it goes on where it stopped once somebody has signed in.
    pub waits_for_sign_in: bool,
}

impl Guidance {
    /// A part of the message (or any text with the same places) in the words of `catalogue`.
    pub fn words(&self, catalogue: &Catalogue, part: Text) -> String {
        let values: Vec<_> = self
            .values
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .chain([("school", catalogue.text(text::YOUR_SCHOOL))])
            .collect();
        catalogue.fill(part, &values)
    }

    /// Whether the same again can help, at once or when somebody has done what the text says: signing
    /// in and allowing try again, too.
    pub fn trying_again_helps(&self) -> bool {
        let tries = [Action::TryAgain, Action::SignIn, Action::Allow];
        self.actions.iter().any(|action| tries.contains(action))
    }
}

/// What `audience`, busy with `task`, reads and may do about `trouble`. `config` is the page's
/// configuration, where there is a right one.
pub fn guide(
    task: Task,
    audience: Audience,
    trouble: &Trouble,
    config: Option<&Config>,
) -> Guidance {
    let row = row(task, trouble, config);
    let waits_for_sign_in = row.offers.contains(&Action::SignIn);
    let is_hosted = config.is_some_and(|config| config.token_source == TokenSource::Host);
    // Where the embedding page signs people in, it is the one that has not.
    let says = if is_hosted && waits_for_sign_in {
        sign_in::HOST_TOKEN.says(audience)
    } else {
        row.says(audience)
    };
    // Where the embedding page signs people in, there is nothing to press but the same again.
    let own = |action: &Action| match action {
        Action::SignIn if is_hosted => Action::TryAgain,
        action => *action,
    };
    let is_offered = |action: &Action| {
        action.is_possible(task, config)
            && (*action != Action::AskSupport || says.actor.is_the_school())
    };
    Guidance {
        reason: trouble.reason().to_owned(),
        message: says.message,
        values: values(trouble, config),
        actions: row.offers.iter().map(own).filter(is_offered).collect(),
        field: row.field,
        tone: row.tone,
        actor: says.actor,
        waits_for_sign_in,
    }
}

fn row(task: Task, trouble: &Trouble, config: Option<&Config>) -> &'static Row {
    match trouble {
        Trouble::Entry(error) => entry::row(*error),
        Trouble::ClassUnclear => &entry::CLASS_UNCLEAR,
        Trouble::NoAddresses => &entry::NO_ADDRESSES,
        Trouble::SignIn(error) => sign_in::row(task, error),
        Trouble::CodeRefused(_) => &by_status::CODE_REFUSED,
        Trouble::CourseUnknown(_) => {
            // A preset class or a choice would have been taken in place of the code alone.
            let has_list = config.is_some_and(|config| !config.courses.is_empty());
            if has_list {
                &by_status::COURSE_UNKNOWN_LIST
            } else {
                &by_status::COURSE_UNKNOWN
            }
        }
        Trouble::AliasTaken(_) => &by_status::ALIAS_TAKEN,
        Trouble::Offline => &connection::OFFLINE,
        Trouble::Api { call, error } => match error {
            ApiError::Network => &connection::NETWORK,
            ApiError::Timeout => &connection::TIMEOUT,
            ApiError::BadResponse { .. } => &connection::BAD_RESPONSE,
            ApiError::Refused(refusal) => match &refusal.reason {
                Some(reason) => by_reason::row(task, call, refusal, reason),
                None => by_status::row(task, call, refusal),
            },
        },
        Trouble::Config(_) => const { &Row::new(message::CONFIG, Actor::PageOwner) },
    }
}

/// What stands in the places of the message.
fn values(trouble: &Trouble, config: Option<&Config>) -> Vec<(&'static str, String)> {
    let mut values = Vec::new();
    if let Some(support) = config.and_then(|config| config.support.as_ref()) {
        values.push(("school", support.name.clone()));
    }
    match trouble {
        Trouble::SignIn(SignInError::WrongDomain { email, domain }) => {
            values.push(("account", email.clone()));
            values.push(("domain", domain.clone()));
        }
        Trouble::Config(error) => {
            values.push(("key", error.key.clone()));
            values.push(("found", error.found.clone()));
            values.push(("allowed", error.allowed.clone()));
        }
        Trouble::Entry(_)
        | Trouble::ClassUnclear
        | Trouble::NoAddresses
        | Trouble::SignIn(_)
        | Trouble::CodeRefused(_)
        | Trouble::CourseUnknown(_)
        | Trouble::AliasTaken(_)
        | Trouble::Offline
        | Trouble::Api { .. } => {}
    }
    values
}
