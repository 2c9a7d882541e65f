//! From an error to what a person reads and may do.
//!
//! Pure: (task, audience, trouble) in, [`Guidance`] out. The words themselves stand in `locales/`;
//! here is decided which. The rules they follow: what happened, whose move it is, one next step;
//! never a raw message, a status name or a number; nothing is ever blank; a wrong code and an
//! unknown class read the same.

mod answers;
mod details;
mod trouble;

pub use details::Details;
pub use trouble::{SignInError, Trouble};

use crate::{
    entry::EntryError,
    i18n::{Message, message},
};

/// What the person was doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Signing in.
    SignIn,
    /// Joining a class.
    Join,
}

/// Who reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// A pupil, or anybody who joins.
    Student,
    /// A teacher.
    Teacher,
}

/// Something the person may do about it: a button or link in the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The same again, with what was typed.
    TryAgain,
    /// Sign in, and go on where it stopped.
    SignIn,
    /// Choose another account.
    SwitchAccount,
    /// Give the permission that is missing.
    Allow,
    /// Google's own join page, with the code copied.
    OpenClassroom,
    /// The person or page that the configuration names.
    AskSupport,
}

/// A field of the form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// "Class code or invite link".
    Code,
    /// "Class", the directory.
    Class,
}

/// What a person reads and may do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guidance {
    /// The name in `data-reason`.
    pub reason: String,
    /// Title, what happened, next step.
    pub message: Message,
    /// What stands in the message's `{…}`.
    pub values: Vec<(&'static str, String)>,
    /// What is offered, most helpful first.
    pub actions: Vec<Action>,
    /// The field that the text belongs to, which then is marked and has the focus.
    pub field: Option<Field>,
    /// Nothing went wrong: no error colour.
    pub calm: bool,
}

impl Guidance {
    fn new(message: Message, actions: &[Action]) -> Self {
        Self {
            reason: String::new(),
            message,
            values: Vec::new(),
            actions: actions.to_vec(),
            field: None,
            calm: false,
        }
    }

    fn about(mut self, field: Field) -> Self {
        self.field = Some(field);
        self
    }

    fn calm(mut self) -> Self {
        self.calm = true;
        self
    }
}

/// What `audience`, busy with `task`, reads and may do about `trouble`.
pub fn guide(task: Task, audience: Audience, trouble: &Trouble) -> Guidance {
    let guidance = match trouble {
        Trouble::Entry(error) => entry(*error),
        Trouble::ClassUnclear => Guidance::new(message::CLASS_UNCLEAR, &[]).about(Field::Class),
        Trouble::SignIn(error) => sign_in(error),
        Trouble::CodeRefused(_) => answers::code_refused(audience),
        Trouble::CourseUnknown(_) => answers::course_unknown(audience),
        Trouble::Api(error) => answers::answer(task, audience, error),
        Trouble::Config(error) => Guidance {
            values: vec![
                ("key", error.key.clone()),
                ("found", error.found.clone()),
                ("allowed", error.allowed.clone()),
            ],
            ..Guidance::new(message::CONFIG, &[])
        },
    };
    Guidance {
        reason: trouble.reason().to_owned(),
        ..guidance
    }
}

fn entry(error: EntryError) -> Guidance {
    let message = match error {
        EntryError::Empty => message::NOTHING_TYPED,
        EntryError::NoCode => message::NO_CODE,
        EntryError::MeetCode => message::MEET_CODE,
        EntryError::LinkWithoutCode => message::LINK_WITHOUT_CODE,
        EntryError::ForeignLink => message::FOREIGN_LINK,
    };
    Guidance::new(message, &[]).about(Field::Code)
}

fn sign_in(error: &SignInError) -> Guidance {
    match error {
        SignInError::PopupBlocked => Guidance::new(message::POPUP_BLOCKED, &[Action::SignIn]),
        SignInError::PopupClosed => Guidance::new(message::POPUP_CLOSED, &[Action::SignIn]).calm(),
        SignInError::AccessDenied => Guidance::new(message::ACCESS_DENIED, &[Action::SignIn]),
        SignInError::ScriptBlocked => Guidance::new(
            message::SCRIPT_BLOCKED,
            &[Action::SignIn, Action::AskSupport],
        ),
        SignInError::ScopeMissing => Guidance::new(message::SCOPE_MISSING, &[Action::Allow]),
        SignInError::WrongDomain { email, domain } => Guidance {
            values: vec![("account", email.clone()), ("domain", domain.clone())],
            ..Guidance::new(message::WRONG_DOMAIN, &[Action::SwitchAccount])
        },
        SignInError::Unknown(_) => Guidance::new(message::GENERAL, &[Action::SignIn]),
    }
}
