//! Guidance for what the API answers.

use super::{Action, Audience, Field, Guidance, Task};
use crate::{
    classroom::{
        error::{ApiError, Refusal},
        reason::Reason,
        status::Status,
    },
    i18n::{Message, message},
};

/// The code was refused in a class that was known.
pub(super) fn code_refused(audience: Audience) -> Guidance {
    let message = for_audience(
        audience,
        message::CODE_REFUSED,
        message::CODE_REFUSED_TEACHER,
    );
    Guidance::new(message, &[Action::SwitchAccount]).about(Field::Code)
}

/// The code alone did not lead to a class.
pub(super) fn course_unknown(audience: Audience) -> Guidance {
    let message = for_audience(
        audience,
        message::COURSE_UNKNOWN,
        message::COURSE_UNKNOWN_TEACHER,
    );
    Guidance::new(message, &[Action::OpenClassroom]).about(Field::Code)
}

/// Any other answer, or none.
pub(super) fn answer(task: Task, audience: Audience, error: &ApiError) -> Guidance {
    match error {
        ApiError::Network => Guidance::new(message::NETWORK, &[Action::TryAgain]),
        ApiError::Timeout => Guidance::new(message::TIMEOUT, &[Action::TryAgain]),
        ApiError::BadResponse { .. } => Guidance::new(
            message::BAD_RESPONSE,
            &[Action::TryAgain, Action::AskSupport],
        ),
        ApiError::Refused(refusal) => match &refusal.reason {
            Some(reason) => by_reason(task, audience, reason, refusal),
            None => by_status(task, audience, refusal),
        },
    }
}

fn for_audience(audience: Audience, student: Message, teacher: Message) -> Message {
    match audience {
        Audience::Student => student,
        Audience::Teacher => teacher,
    }
}

fn by_reason(task: Task, audience: Audience, reason: &Reason, refusal: &Refusal) -> Guidance {
    use Action::{Allow, AskSupport, OpenClassroom, SignIn, SwitchAccount, TryAgain};
    let told = |student, teacher| for_audience(audience, student, teacher);
    match reason {
        Reason::CourseMemberLimitReached => {
            Guidance::new(told(message::CLASS_FULL, message::CLASS_FULL_TEACHER), &[])
        }
        Reason::CourseTeacherLimitReached => {
            Guidance::new(told(message::CLASS_FULL, message::TOO_MANY_TEACHERS), &[])
        }
        Reason::CourseNotModifiable => Guidance::new(
            told(message::CLASS_CLOSED, message::CLASS_CLOSED_TEACHER),
            &[],
        ),
        Reason::UserGroupsMembershipLimitReached => Guidance::new(
            told(message::TOO_MANY_GROUPS, message::TOO_MANY_GROUPS_TEACHER),
            &[TryAgain],
        ),
        Reason::UserCourseJoinRateLimitReached => Guidance::new(message::DAILY_JOINS, &[]),
        Reason::InactiveCourseOwner => Guidance::new(
            told(message::OWNER_GONE, message::OWNER_GONE_TEACHER),
            &[AskSupport],
        ),
        Reason::CannotInviteUserInUntrustedDomain => Guidance::new(
            told(message::OTHER_SCHOOL, message::OTHER_SCHOOL_TEACHER),
            &[SwitchAccount],
        ),
        Reason::ClassroomDisabled | Reason::NotGoogleAppsUser => {
            Guidance::new(message::CLASSROOM_OFF, &[SwitchAccount, AskSupport])
        }
        Reason::ClassroomApiDisabled => Guidance::new(
            told(message::API_OFF, message::API_OFF_TEACHER),
            &[OpenClassroom, AskSupport],
        ),
        Reason::ServiceDisabled
        | Reason::ConsumerInvalid
        | Reason::ConsumerSuspended
        | Reason::ProjectPermissionDenied
        | Reason::AccessTokenTypeUnsupported => {
            Guidance::new(message::NOT_SET_UP, &[OpenClassroom, AskSupport])
        }
        Reason::AccountStateInvalid | Reason::UserBlockedByAdmin => {
            Guidance::new(message::ACCOUNT_BLOCKED, &[SwitchAccount, AskSupport])
        }
        Reason::ScopeMissing => Guidance::new(message::SCOPE_MISSING, &[Allow]),
        Reason::AccessTokenExpired | Reason::CredentialsMissing => {
            Guidance::new(message::SIGNED_OUT, &[SignIn])
        }
        Reason::RateLimitExceeded => Guidance::new(message::BUSY, &[TryAgain]),
        Reason::CourseNotFound => match task {
            Task::Join => code_refused(audience),
            Task::SignIn => by_status(task, audience, refusal),
        },
        // Nothing that is asked for here can bring these; their status still says enough.
        Reason::AttachmentNotVisible
        | Reason::CannotDirectAddUser
        | Reason::CannotRemoveCourseFolderOwner
        | Reason::CannotRemoveCourseOwner
        | Reason::CannotRemoveCourseOwnerTransferIncomplete
        | Reason::CannotRemoveTeacherWithNoCourseOwner
        | Reason::CourseTitleCannotContainUrl
        | Reason::CourseTopicLimitReached
        | Reason::EmptyAssignees
        | Reason::ExpiredAddOnToken
        | Reason::IneligibleOwner
        | Reason::InvalidAddOnToken
        | Reason::ListCoursesStudentAndTeacherFilter
        | Reason::MissingGrant
        | Reason::PendingInvitationExists
        | Reason::UserAlreadyOwner
        | Reason::UserCannotOwnCourse
        | Reason::UserIneligibleToUpdateGradingPeriodSettings
        | Reason::UserInvitationQuotaExhausted
        | Reason::Other(_) => by_status(task, audience, refusal),
    }
}

fn by_status(task: Task, audience: Audience, refusal: &Refusal) -> Guidance {
    use Action::{AskSupport, SignIn, SwitchAccount, TryAgain};
    match &refusal.status {
        Status::Unauthenticated => Guidance::new(message::SIGNED_OUT, &[SignIn]),
        Status::PermissionDenied => {
            Guidance::new(message::NOT_ALLOWED, &[SwitchAccount, AskSupport])
        }
        Status::NotFound => match task {
            Task::Join => code_refused(audience),
            Task::SignIn => Guidance::new(message::GENERAL, &[TryAgain]),
        },
        Status::FailedPrecondition => match (task, &refusal.reason) {
            (Task::Join, None) => Guidance::new(
                for_audience(audience, message::ACCOUNT_OFF, message::ACCOUNT_OFF_TEACHER),
                &[SwitchAccount, AskSupport],
            ),
            _ => Guidance::new(message::NOT_POSSIBLE_NOW, &[AskSupport]),
        },
        Status::InvalidArgument | Status::OutOfRange => {
            Guidance::new(message::NOT_RIGHT, &[]).about(Field::Code)
        }
        Status::AlreadyExists => Guidance::new(message::NOT_POSSIBLE_NOW, &[]),
        Status::ResourceExhausted => Guidance::new(message::BUSY, &[TryAgain]),
        Status::Internal
        | Status::Unavailable
        | Status::DeadlineExceeded
        | Status::Unknown
        | Status::DataLoss => Guidance::new(message::GOOGLE_TROUBLE, &[TryAgain]),
        Status::Aborted | Status::Cancelled => Guidance::new(message::INTERRUPTED, &[TryAgain]),
        Status::Unimplemented => Guidance::new(message::NOT_SET_UP, &[AskSupport]),
        Status::Other(_) | Status::Missing(_) => {
            Guidance::new(message::GENERAL, &[TryAgain, AskSupport])
        }
    }
}
