//! The school's refusals in Google's words.
//!
//! Which texts are Google's own and which are made up (no sample was found) is listed in
//! `docs/sandbox.md`.

use super::{
    error::{ApiError, Status},
    reply::Failure,
    special,
};
use crate::{
    control::{Behaviour, WrongCode},
    school::Refusal,
};

/// What the API answers for a refusal.
pub fn failure(refusal: Refusal, behaviour: &Behaviour) -> Failure {
    let denied = |message: &str| ApiError::new(Status::PermissionDenied, message);
    let error = match refusal {
        Refusal::NotPermitted => ApiError::not_permitted(),
        Refusal::WrongCode => match behaviour.wrong_code {
            WrongCode::PermissionDenied => ApiError::not_permitted(),
            WrongCode::NotFound => ApiError::not_found(),
            WrongCode::InvalidArgument => ApiError::invalid_argument(),
        },
        Refusal::NotFound => ApiError::not_found(),
        Refusal::AlreadyExists => ApiError::already_exists(),
        Refusal::AccountSwitchedOff | Refusal::HasRoleAlready => ApiError::precondition(),
        Refusal::CourseMemberLimitReached => {
            precondition("@CourseMemberLimitReached The course has reached its limit of members.")
        }
        Refusal::CourseTeacherLimitReached => {
            precondition("@CourseTeacherLimitReached The course has reached its limit of teachers.")
        }
        Refusal::CourseNotModifiable => precondition(
            "@CourseNotModifiable The course is in a state that does not allow modification.",
        ),
        Refusal::UserGroupsMembershipLimitReached => groups_limit(),
        Refusal::InactiveCourseOwner => {
            precondition("@InactiveCourseOwner The course owner's account has been deleted.")
        }
        Refusal::UserCourseJoinRateLimitReached => daily_joins(),
        Refusal::UserInvitationQuotaExhausted => invitation_quota(),
        Refusal::IneligibleOwner => ineligible_owner(),
        Refusal::PendingInvitationExists => ownership_offered(),
        Refusal::UserAlreadyOwner => owns_already(),
        Refusal::CannotRemoveCourseOwner => {
            precondition("@CannotRemoveCourseOwner The owner of a course cannot be removed.")
        }
        Refusal::CannotRemoveTeacherWithNoCourseOwner => precondition(
            "@CannotRemoveTeacherWithNoCourseOwner Teachers of a course without an owner cannot \
             be removed.",
        ),
        Refusal::CannotDirectAddUser => denied(
            "@CannotDirectAddUser Unable to directly add the user to the course. Please check \
             that the user account exists and is within the course admin's domain.",
        ),
        Refusal::CannotInviteUserInUntrustedDomain => denied(
            "@CannotInviteUserInUntrustedDomain The user is not in a domain that the course's \
             domain trusts.",
        ),
        Refusal::Answered(answer) => return special::failure(answer),
    };
    error.into()
}

/// 403: the caller's account has no Classroom.
pub fn classroom_disabled() -> ApiError {
    ApiError::new(
        Status::PermissionDenied,
        "@ClassroomDisabled The user is not permitted to access Classroom.",
    )
}

/// 400: the person is in too many groups and classes.
pub fn groups_limit() -> ApiError {
    precondition(
        "@UserGroupsMembershipLimitReached The user has reached the limit of groups they can be a \
         member of.",
    )
}

/// 429: enough classes joined for one day.
pub fn daily_joins() -> ApiError {
    ApiError::new(
        Status::ResourceExhausted,
        "@UserCourseJoinRateLimitReached The user has joined the maximum number of courses for \
         one day.",
    )
}

/// 429: enough people invited for one day.
pub fn invitation_quota() -> ApiError {
    ApiError::new(
        Status::ResourceExhausted,
        "@UserInvitationQuotaExhausted The user does not have enough quota to invite users to \
         this course.",
    )
}

/// 400: the class is offered to somebody who does not teach it.
pub fn ineligible_owner() -> ApiError {
    precondition("@IneligibleOwner Only a co-teacher can be invited as owner of the course")
}

/// 400: the class is offered to somebody else already.
pub fn ownership_offered() -> ApiError {
    precondition(
        "@PendingInvitationExists There is a pending invitation to transfer the ownership of the \
         course.",
    )
}

/// 400: the class is offered to its owner.
pub fn owns_already() -> ApiError {
    precondition("@UserAlreadyOwner Cannot transfer course to the user who is already the owner")
}

fn precondition(message: &str) -> ApiError {
    ApiError::new(Status::FailedPrecondition, message)
}
