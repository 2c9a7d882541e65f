//! Everything that can go wrong in a task, with the name it has in `data-reason`.

#[cfg(doc)]
use crate::classroom::request::Request;
use crate::{
    classroom::{courses, error::ApiError, reason::Reason, students},
    config::ConfigError,
    entry::EntryError,
    flows::{join::JoinError, share::ShareError},
};

/// What stands in the way of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// What was typed.
    Entry(EntryError),
    /// What was typed to choose a class fits none, or several.
    ClassUnclear,
    /// No address was typed.
    NoAddresses,
    /// Sign-in.
    SignIn(SignInError),
    /// The API refused the code in a class that was known.
    CodeRefused(ApiError),
    /// The code alone did not lead to a class.
    CourseUnknown(ApiError),
    /// The code of a class leads, alone, to another class of the same Cloud project.
    AliasTaken(ApiError),
    /// The browser says that there is no network.
    Offline,
    /// Any other answer of the API, or none.
    Api {
        /// The call's name in Google's reference, as in [`Request::name`].
        call: &'static str,
        /// What came back.
        error: ApiError,
    },
    /// The configuration.
    Config(ConfigError),
}

/// Why there is no token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignInError {
    /// The browser did not open Google's window.
    PopupBlocked,
    /// Google's window was closed. Everything Google refuses before it asks looks like this too.
    PopupClosed,
    /// It was closed for the second time: perhaps Google let this person go no further.
    PopupClosedAgain,
    /// No window can open from here: a frame without the permission, or of an opaque origin.
    PopupImpossible,
    /// The person said no.
    AccessDenied,
    /// Google's script did not load.
    ScriptBlocked,
    /// A permission that the task cannot do without was not given.
    ScopeMissing,
    /// The embedding page gave no token in time.
    HostToken,
    /// The grant could not be withdrawn.
    AccessKept,
    /// The account is outside the school's domains.
    WrongDomain {
        /// The account's address.
        email: String,
        /// The domain to use, the first where there are several.
        domain: String,
    },
    /// Google's script named something that nobody here knows: its name, for IT.
    Unknown(String),
}

impl SignInError {
    /// The name in `data-reason`, also for errors that Google's script names itself.
    pub fn reason(&self) -> &str {
        match self {
            Self::PopupBlocked => "POPUP_BLOCKED",
            Self::PopupClosed | Self::PopupClosedAgain => "POPUP_CLOSED",
            Self::PopupImpossible => "POPUP_IMPOSSIBLE",
            Self::AccessDenied => "ACCESS_DENIED",
            Self::ScriptBlocked => "SCRIPT_BLOCKED",
            Self::ScopeMissing => "SCOPE_MISSING",
            Self::HostToken => "HOST_TOKEN",
            Self::AccessKept => "NETWORK",
            Self::WrongDomain { .. } => "WRONG_DOMAIN",
            Self::Unknown(name) => name,
        }
    }
}

impl Trouble {
    /// The name in `data-reason`: the API's reason, else its status, else one of the widget's own.
    pub fn reason(&self) -> &str {
        match self {
            Self::Entry(error) => match error {
                EntryError::Empty | EntryError::NoCode => "INPUT_INVALID",
                EntryError::MeetCode => "MEET_CODE",
                EntryError::LinkWithoutCode => "LINK_WITHOUT_CODE",
                EntryError::ForeignLink => "FOREIGN_LINK",
            },
            Self::ClassUnclear | Self::NoAddresses => "INPUT_INVALID",
            Self::SignIn(error) => error.reason(),
            Self::CourseUnknown(_) => "COURSE_UNKNOWN",
            Self::Offline => "NETWORK",
            Self::CodeRefused(error) | Self::AliasTaken(error) | Self::Api { error, .. } => {
                match error {
                    ApiError::Network => "NETWORK",
                    ApiError::Timeout => "TIMEOUT",
                    ApiError::BadResponse { .. } => "BAD_RESPONSE",
                    ApiError::Refused(refusal) => match &refusal.reason {
                        Some(Reason::ScopeMissing) => "SCOPE_MISSING",
                        Some(reason) => reason.name(),
                        None => refusal.status.name().unwrap_or("BAD_RESPONSE"),
                    },
                }
            }
            Self::Config(_) => "CONFIG",
        }
    }

    /// The API's answer behind it, where there is one.
    pub fn api_error(&self) -> Option<&ApiError> {
        match self {
            Self::CodeRefused(error)
            | Self::CourseUnknown(error)
            | Self::AliasTaken(error)
            | Self::Api { error, .. } => Some(error),
            Self::Entry(_)
            | Self::ClassUnclear
            | Self::NoAddresses
            | Self::SignIn(_)
            | Self::Offline
            | Self::Config(_) => None,
        }
    }

    /// The call behind it, by its name in Google's reference, where there is one.
    pub fn call(&self) -> Option<&'static str> {
        match self {
            Self::CodeRefused(_) | Self::CourseUnknown(_) => Some(students::JOIN),
            Self::AliasTaken(_) => Some(courses::CREATE_ALIAS),
            Self::Api { call, .. } => Some(call),
            Self::Entry(_)
            | Self::ClassUnclear
            | Self::NoAddresses
            | Self::SignIn(_)
            | Self::Offline
            | Self::Config(_) => None,
        }
    }
}

impl From<EntryError> for Trouble {
    fn from(error: EntryError) -> Self {
        Self::Entry(error)
    }
}

impl From<SignInError> for Trouble {
    fn from(error: SignInError) -> Self {
        Self::SignIn(error)
    }
}

impl From<ShareError> for Trouble {
    fn from(error: ShareError) -> Self {
        match error {
            ShareError::Taken(error) => Self::AliasTaken(error),
            ShareError::Api(call, error) => Self::Api { call, error },
        }
    }
}

impl From<JoinError> for Trouble {
    fn from(error: JoinError) -> Self {
        match error {
            JoinError::CodeRefused(error) => Self::CodeRefused(error),
            JoinError::CourseUnknown(error) => Self::CourseUnknown(error),
            JoinError::Api(error) => Self::Api {
                call: students::JOIN,
                error,
            },
        }
    }
}
