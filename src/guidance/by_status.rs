//! Guidance for the status alone, where the API names no reason or one that nobody here knows.
//!
//! What a status means for a call stands in that method's page of the Classroom API reference.

use super::{
    Action::{
        AskSupport, Edit, MyInvitations, OpenClass, OpenClassroom, Refresh, SwitchAccount,
        TryAgain, WithdrawAndSendAgain,
    },
    Actor::{Google, Nobody, OtherPerson, PageOwner, School, You, YouOrSchool},
    Field, Task, Tone,
    by_reason::{BUSY, CLASS_GONE, SIGNED_OUT},
    row::Row,
};
use crate::{
    classroom::{error::Refusal, status::Status},
    i18n::message,
};

/// What is said about the status with which `call` of `task` was refused.
pub(super) fn row(task: Task, call: &str, refusal: &Refusal) -> &'static Row {
    match &refusal.status {
        Status::Unauthenticated => &SIGNED_OUT,
        Status::PermissionDenied => permission_denied(task),
        Status::NotFound => not_found(task, call),
        Status::FailedPrecondition if refusal.reason.is_none() => failed_precondition(task),
        Status::FailedPrecondition => &NOT_POSSIBLE_NOW,
        Status::InvalidArgument | Status::OutOfRange => invalid_argument(task),
        Status::AlreadyExists => already_exists(task),
        Status::ResourceExhausted => &BUSY,
        Status::Internal
        | Status::Unavailable
        | Status::DeadlineExceeded
        | Status::Unknown
        | Status::DataLoss => {
            const { &Row::new(message::GOOGLE_TROUBLE, Google).offers(&[TryAgain]) }
        }
        Status::Aborted | Status::Cancelled => {
            const { &Row::new(message::INTERRUPTED, You).offers(&[TryAgain]) }
        }
        Status::Unimplemented => {
            const { &Row::new(message::UNSUPPORTED, PageOwner).offers(&[AskSupport]) }
        }
        Status::Other(_) | Status::Missing(_) => &GENERAL,
    }
}

/// Nobody knows what it is.
static GENERAL: Row = Row::new(message::GENERAL, YouOrSchool).offers(&[TryAgain, AskSupport]);

/// The state of class or account forbids it.
static NOT_POSSIBLE_NOW: Row = Row::new(message::NOT_POSSIBLE_NOW, School).offers(&[AskSupport]);

/// The code does not open the class, or there is no such class: nobody learns which.
pub(super) static CODE_REFUSED: Row = Row::new(message::CODE_REFUSED, You)
    .teacher(message::CODE_REFUSED_TEACHER, You)
    .administrator(message::CODE_REFUSED_ADMIN, You)
    .offers(&[SwitchAccount, MyInvitations])
    .about(Field::Code);

/// The code alone did not lead to a class, and there is no list to choose one from.
pub(super) static COURSE_UNKNOWN: Row = Row::new(message::COURSE_UNKNOWN, You)
    .teacher(message::COURSE_UNKNOWN_TEACHER, You)
    .administrator(message::COURSE_UNKNOWN_ADMIN, You)
    .offers(&[OpenClassroom])
    .about(Field::Code);

/// The code alone did not lead to a class, which can be chosen in the school's directory.
pub(super) static COURSE_UNKNOWN_LIST: Row = Row::new(message::COURSE_UNKNOWN_LIST, You)
    .offers(&[OpenClassroom])
    .about(Field::Class);

/// The code of this class leads, alone, to another one.
pub(super) static ALIAS_TAKEN: Row = Row::new(message::ALIAS_TAKEN, You).offers(&[OpenClass]);

fn permission_denied(task: Task) -> &'static Row {
    match task {
        Task::SignIn | Task::Join | Task::Received => {
            const {
                &Row::new(message::NOT_ALLOWED, YouOrSchool)
                    .administrator(message::NOT_ALLOWED_ADMIN, You)
                    .offers(&[SwitchAccount, AskSupport])
            }
        }
        Task::Invite | Task::Pending | Task::Enroll | Task::Share => {
            const {
                &Row::new(message::NOT_ALLOWED, YouOrSchool)
                    .teacher(message::NOT_ALLOWED_TEACHER, YouOrSchool)
                    .administrator(message::NOT_ALLOWED_ADMIN, You)
                    .offers(&[SwitchAccount, AskSupport])
            }
        }
    }
}

fn not_found(task: Task, call: &str) -> &'static Row {
    // What was to be taken away is away. Google's names of such methods end like this.
    let takes_away = call.ends_with(".delete");
    match task {
        Task::Join => &CODE_REFUSED,
        Task::Received | Task::Pending if takes_away => {
            const {
                &Row::new(message::INVITATION_GONE_ALREADY, Nobody)
                    .offers(&[Refresh])
                    .tone(Tone::Done)
            }
        }
        Task::Received => const { &Row::new(message::INVITATION_GONE, You).offers(&[Refresh]) },
        // Nobody has typed an address.
        Task::Pending => const { &Row::new(message::ACCOUNT_GONE, You).offers(&[TryAgain]) },
        Task::Invite | Task::Enroll => {
            const {
                &Row::new(message::ACCOUNT_UNKNOWN, You)
                    .administrator(message::ACCOUNT_UNKNOWN_ADMIN, You)
                    .offers(&[Edit, TryAgain])
                    .about(Field::Addresses)
            }
        }
        Task::Share if takes_away => {
            const { &Row::new(message::CODE_ALONE_OFF, Nobody).tone(Tone::Done) }
        }
        Task::Share => &CLASS_GONE,
        Task::SignIn => &GENERAL,
    }
}

fn failed_precondition(task: Task) -> &'static Row {
    match task {
        Task::Join | Task::Received => {
            const {
                &Row::new(message::ACCOUNT_OFF, School)
                    .teacher(message::ACCOUNT_OFF_TEACHER, School)
                    .administrator(message::ACCOUNT_OFF_ADMIN, You)
                    .offers(&[SwitchAccount, AskSupport])
            }
        }
        Task::Enroll => {
            const {
                &Row::new(message::PERSON_OFF, School)
                    .administrator(message::PERSON_OFF_ADMIN, You)
                    .offers(&[AskSupport])
            }
        }
        Task::Invite | Task::Pending => {
            const {
                &Row::new(message::PERSON_REFUSED, YouOrSchool)
                    .administrator(message::PERSON_REFUSED_ADMIN, You)
                    .offers(&[AskSupport])
            }
        }
        Task::SignIn | Task::Share => &NOT_POSSIBLE_NOW,
    }
}

fn invalid_argument(task: Task) -> &'static Row {
    match task {
        Task::Join => const { &Row::new(message::NOT_RIGHT, You).about(Field::Code) },
        Task::Invite | Task::Enroll => {
            const {
                &Row::new(message::NOT_RIGHT_ADDRESS, You)
                    .offers(&[Edit])
                    .about(Field::Addresses)
            }
        }
        Task::SignIn | Task::Received | Task::Pending | Task::Share => {
            const { &Row::new(message::NOT_RIGHT_PAGE, YouOrSchool).offers(&[Refresh, AskSupport]) }
        }
    }
}

fn already_exists(task: Task) -> &'static Row {
    match task {
        Task::Join | Task::Received => {
            const {
                &Row::new(message::IN_CLASS, Nobody)
                    .teacher(message::IN_CLASS_TEACHER, Nobody)
                    .administrator(message::IN_CLASS_PERSON, Nobody)
                    .tone(Tone::Done)
            }
        }
        Task::Enroll => const { &Row::new(message::IN_CLASS_PERSON, Nobody).tone(Tone::Done) },
        Task::Invite | Task::Pending => {
            const {
                &Row::new(message::ALREADY_INVITED, OtherPerson)
                    .offers(&[WithdrawAndSendAgain])
                    .tone(Tone::Done)
            }
        }
        Task::Share => const { &Row::new(message::CODE_ALONE_ON, Nobody).tone(Tone::Done) },
        Task::SignIn => &GENERAL,
    }
}
