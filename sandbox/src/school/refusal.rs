//! Why something was not done.

use super::Answer;

/// Why something was not done. The names are those of Google's reasons where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The caller may not do this; Google says no more.
    NotPermitted,
    /// The code is not, or no longer, that of the class.
    WrongCode,
    /// No such class, person or invitation, or no such person in this class.
    NotFound,
    /// In the class already, or invited to it already.
    AlreadyExists,
    /// The account is disabled.
    AccountSwitchedOff,
    /// The invited person has this role in the class already, or a higher one.
    HasRoleAlready,
    /// The class has as many members as it may have.
    CourseMemberLimitReached,
    /// The class has as many teachers as it may have.
    CourseTeacherLimitReached,
    /// The class is archived, or otherwise not open.
    CourseNotModifiable,
    /// The person is in as many classes as they may be in.
    UserGroupsMembershipLimitReached,
    /// The owner's account is gone.
    InactiveCourseOwner,
    /// The person joined as many classes today as they may.
    UserCourseJoinRateLimitReached,
    /// The caller invited as many people today as they may.
    UserInvitationQuotaExhausted,
    /// An administrator's addition of somebody who is not to be found in the domain.
    CannotDirectAddUser,
    /// The person's school and the class's school do not trust each other.
    CannotInviteUserInUntrustedDomain,
    /// The class is offered to somebody who does not teach it.
    IneligibleOwner,
    /// The class is offered to somebody else already.
    PendingInvitationExists,
    /// The class is offered to its owner.
    UserAlreadyOwner,
    /// The owner is to be taken out of the class.
    CannotRemoveCourseOwner,
    /// A teacher is to be taken out of a class whose owner's account is gone.
    CannotRemoveTeacherWithNoCourseOwner,
    /// The class or the person is there for this answer.
    Answered(Answer),
}
