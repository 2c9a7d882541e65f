//! Guidance for the reason that the API names: what each name means stands on Google's page "Common
//! Google Classroom API error messages" and in `google/api/error_reason.proto`.

use super::{
    Action::{
        Allow, AskSupport, CopyLink, DownloadResults, Edit, HelpPage, InviteAsCoTeacher,
        InviteInstead, OpenClass, OpenClassroom, Refresh, SignIn, SwitchAccount, TryAgain,
        Withdraw,
    },
    Actor::{Google, Nobody, OtherPerson, PageOwner, School, Teacher, You, YouOrSchool},
    Task, Tone, by_status,
    row::Row,
};
use crate::{
    classroom::{error::Refusal, reason::Reason},
    i18n::message,
};

/// What is said about `reason`, with which `call` of `task` was refused.
pub(super) fn row(task: Task, call: &str, refusal: &Refusal, reason: &Reason) -> &'static Row {
    match reason {
        Reason::CourseMemberLimitReached => {
            const {
                &Row::new(message::CLASS_FULL, Teacher)
                    .invited(message::CLASS_FULL_INVITED, Teacher)
                    .teacher(message::CLASS_FULL_TEACHER, You)
                    .offers(&[OpenClass])
            }
        }
        Reason::CourseTeacherLimitReached => {
            const {
                &Row::new(message::TEACHERS_FULL, Teacher)
                    .invited(message::TEACHERS_FULL_INVITED, Teacher)
                    .teacher(message::TOO_MANY_TEACHERS, You)
                    .offers(&[OpenClass])
            }
        }
        Reason::CourseNotModifiable => {
            const {
                &Row::new(message::CLASS_CLOSED, Teacher)
                    .invited(message::CLASS_CLOSED_INVITED, Teacher)
                    .teacher(message::CLASS_CLOSED_TEACHER, You)
                    .offers(&[OpenClass])
            }
        }
        Reason::UserGroupsMembershipLimitReached => match task {
            Task::SignIn | Task::Join | Task::Received | Task::Share => {
                const {
                    &Row::new(message::TOO_MANY_GROUPS, You)
                        .teacher(message::TOO_MANY_GROUPS_TEACHER, You)
                        .administrator(message::TOO_MANY_GROUPS_ADMIN, You)
                        .offers(&[TryAgain])
                }
            }
            Task::Invite | Task::Pending | Task::Enroll => {
                const {
                    &Row::new(message::TOO_MANY_GROUPS_TEACHER, OtherPerson)
                        .administrator(message::TOO_MANY_GROUPS_ADMIN, You)
                        .offers(&[TryAgain])
                }
            }
        },
        Reason::UserCourseJoinRateLimitReached => match task {
            Task::SignIn | Task::Join | Task::Received | Task::Share => {
                const { &Row::new(message::DAILY_JOINS, You) }
            }
            Task::Invite | Task::Pending | Task::Enroll => {
                const { &Row::new(message::DAILY_JOINS_PERSON, You) }
            }
        },
        Reason::InactiveCourseOwner => {
            const {
                &Row::new(message::OWNER_GONE, School)
                    .teacher(message::OWNER_GONE_TEACHER, School)
                    .administrator(message::OWNER_GONE_ADMIN, You)
                    .offers(&[AskSupport])
            }
        }
        // Only of use to whoever invites or adds; nobody else's call can bring these.
        Reason::CannotDirectAddUser
        | Reason::IneligibleOwner
        | Reason::PendingInvitationExists
        | Reason::UserAlreadyOwner
        | Reason::UserInvitationQuotaExhausted
            if matches!(task, Task::SignIn | Task::Join) =>
        {
            by_status::row(task, call, refusal)
        }
        Reason::IneligibleOwner => {
            const { &Row::new(message::OWNER_NOT_TEACHER, You).offers(&[InviteAsCoTeacher]) }
        }
        Reason::PendingInvitationExists => {
            const { &Row::new(message::OWNER_OFFER_OPEN, You).offers(&[Withdraw]) }
        }
        Reason::UserAlreadyOwner => {
            const { &Row::new(message::ALREADY_OWNER, Nobody).tone(Tone::Done) }
        }
        Reason::CannotDirectAddUser => {
            const { &Row::new(message::CANNOT_ADD, You).offers(&[InviteInstead, Edit]) }
        }
        Reason::UserInvitationQuotaExhausted => match task {
            Task::Pending => const { &Row::new(message::INVITATION_TOO_MANY, You) },
            Task::SignIn
            | Task::Join
            | Task::Received
            | Task::Invite
            | Task::Enroll
            | Task::Share => {
                const { &Row::new(message::INVITATIONS_USED_UP, You).offers(&[DownloadResults]) }
            }
        },
        Reason::CannotInviteUserInUntrustedDomain => match task {
            Task::SignIn | Task::Join | Task::Received | Task::Share => {
                const {
                    &Row::new(message::OTHER_SCHOOL, You)
                        .invited(message::OTHER_SCHOOL_INVITED, You)
                        .teacher(message::OTHER_SCHOOL_TEACHER, School)
                        .administrator(message::OTHER_SCHOOL_ADMIN, You)
                        .offers(&[SwitchAccount, AskSupport])
                }
            }
            Task::Invite | Task::Pending | Task::Enroll => {
                const {
                    &Row::new(message::OUTSIDER, You)
                        .administrator(message::OTHER_SCHOOL_ADMIN, You)
                        .offers(&[CopyLink])
                }
            }
        },
        Reason::ClassroomDisabled | Reason::NotGoogleAppsUser => {
            const {
                &Row::new(message::CLASSROOM_OFF, YouOrSchool)
                    .administrator(message::CLASSROOM_OFF_ADMIN, You)
                    .offers(&[SwitchAccount, AskSupport, HelpPage])
            }
        }
        Reason::ClassroomApiDisabled => match task {
            Task::SignIn | Task::Join => {
                const {
                    &Row::new(message::API_OFF, You)
                        .teacher(message::API_OFF_TEACHER, School)
                        .administrator(message::API_OFF_ADMIN, You)
                        .offers(&[OpenClassroom, AskSupport])
                }
            }
            Task::Received | Task::Invite | Task::Pending | Task::Enroll | Task::Share => {
                const {
                    &Row::new(message::API_OFF_ELSEWHERE, You)
                        .teacher(message::API_OFF_TEACHER, School)
                        .administrator(message::API_OFF_ADMIN, You)
                        .offers(&[OpenClassroom, AskSupport])
                }
            }
        },
        Reason::ServiceDisabled
        | Reason::ConsumerInvalid
        | Reason::ConsumerSuspended
        | Reason::ProjectPermissionDenied
        | Reason::AccessTokenTypeUnsupported => &NOT_SET_UP,
        Reason::AccountStateInvalid | Reason::UserBlockedByAdmin => {
            const {
                &Row::new(message::ACCOUNT_BLOCKED, School)
                    .administrator(message::ACCOUNT_BLOCKED_ADMIN, You)
                    .offers(&[SwitchAccount, AskSupport])
            }
        }
        Reason::ScopeMissing => scope_missing(task),
        Reason::AccessTokenExpired | Reason::CredentialsMissing => &SIGNED_OUT,
        Reason::RateLimitExceeded => &BUSY,
        // Seen as passing on classes made a moment ago, too.
        Reason::CourseNotFound => match task {
            Task::Join => &by_status::CODE_REFUSED,
            Task::Received | Task::Invite | Task::Pending | Task::Enroll | Task::Share => {
                &CLASS_GONE
            }
            Task::SignIn => by_status::row(task, call, refusal),
        },
        // Nothing that the widget asks for can bring these; their status still says enough.
        Reason::AttachmentNotVisible
        | Reason::CannotRemoveCourseFolderOwner
        | Reason::CannotRemoveCourseOwner
        | Reason::CannotRemoveCourseOwnerTransferIncomplete
        | Reason::CannotRemoveTeacherWithNoCourseOwner
        | Reason::CourseTitleCannotContainUrl
        | Reason::CourseTopicLimitReached
        | Reason::EmptyAssignees
        | Reason::ExpiredAddOnToken
        | Reason::InvalidAddOnToken
        | Reason::ListCoursesStudentAndTeacherFilter
        | Reason::MissingGrant
        | Reason::UserCannotOwnCourse
        | Reason::UserIneligibleToUpdateGradingPeriodSettings
        | Reason::Other(_) => by_status::row(task, call, refusal),
    }
}

/// The page, its client id or its Cloud project: the reader can do nothing.
pub(super) static NOT_SET_UP: Row = Row::new(message::NOT_SET_UP, PageOwner)
    .administrator(message::NOT_SET_UP_ADMIN, You)
    .offers(&[OpenClassroom, AskSupport]);

/// The token is of no use any more.
pub(super) static SIGNED_OUT: Row = Row::new(message::SIGNED_OUT, You).offers(&[SignIn]);

/// Too many calls in a short time.
pub(super) static BUSY: Row = Row::new(message::BUSY, Google)
    .administrator(message::BUSY_ADMIN, Google)
    .offers(&[TryAgain]);

/// The class is not there, or not for this account.
pub(super) static CLASS_GONE: Row =
    Row::new(message::CLASS_GONE, You).offers(&[SwitchAccount, Refresh]);

/// A permission is missing: says what for.
pub(super) fn scope_missing(task: Task) -> &'static Row {
    match task {
        Task::SignIn => const { &Row::new(message::SCOPE_MISSING_SIGN_IN, You).offers(&[Allow]) },
        Task::Join => const { &Row::new(message::SCOPE_MISSING, You).offers(&[Allow]) },
        Task::Received => {
            const { &Row::new(message::SCOPE_MISSING_RECEIVED, You).offers(&[Allow]) }
        }
        Task::Invite | Task::Pending => {
            const { &Row::new(message::SCOPE_MISSING_INVITE, You).offers(&[Allow]) }
        }
        Task::Enroll => const { &Row::new(message::SCOPE_MISSING_ENROLL, You).offers(&[Allow]) },
        Task::Share => const { &Row::new(message::SCOPE_MISSING_SHARE, You).offers(&[Allow]) },
    }
}
