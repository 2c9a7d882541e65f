//! The school's refusals in Google's words.
//!
//! Which texts are Google's own and which are made up (no sample was found) is listed in
//! `docs/sandbox.md`.

use serde_json::json;

use super::{
    error::{ApiError, Status},
    reply::{Failure, Page},
};
use crate::{
    control::{Behaviour, WrongCode},
    school::{Answer, joining::Refusal},
};

/// What the API answers for a refusal.
pub fn failure(refusal: Refusal, behaviour: &Behaviour) -> Failure {
    let precondition = |message: &str| ApiError::new(Status::FailedPrecondition, message);
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
        Refusal::AccountSwitchedOff => ApiError::precondition(),
        Refusal::CourseMemberLimitReached => {
            precondition("@CourseMemberLimitReached The course has reached its limit of members.")
        }
        Refusal::CourseNotModifiable => precondition(
            "@CourseNotModifiable The course is in a state that does not allow modification.",
        ),
        Refusal::UserGroupsMembershipLimitReached => groups_limit(),
        Refusal::InactiveCourseOwner => {
            precondition("@InactiveCourseOwner The course owner's account has been deleted.")
        }
        Refusal::UserCourseJoinRateLimitReached => daily_joins(),
        Refusal::CannotDirectAddUser => denied(
            "@CannotDirectAddUser Unable to directly add the user to the course. Please check \
             that the user account exists and is within the course admin's domain.",
        ),
        Refusal::CannotInviteUserInUntrustedDomain => denied(
            "@CannotInviteUserInUntrustedDomain The user is not in a domain that the course's \
             domain trusts.",
        ),
        Refusal::Answered(answer) => return special(answer),
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

fn groups_limit() -> ApiError {
    ApiError::new(
        Status::FailedPrecondition,
        "@UserGroupsMembershipLimitReached The user has reached the limit of groups they can be a \
         member of.",
    )
}

fn daily_joins() -> ApiError {
    ApiError::new(
        Status::ResourceExhausted,
        "@UserCourseJoinRateLimitReached The user has joined the maximum number of courses for \
         one day.",
    )
}

/// What a class that is there for an answer gives.
pub fn special(answer: Answer) -> Failure {
    let consumer =
        json!({"service": "classroom.googleapis.com", "consumer": "projects/741234567890"});
    let denied = |message: &str| ApiError::new(Status::PermissionDenied, message);
    let error = match answer {
        Answer::TooManyGroups => groups_limit(),
        Answer::AccountSwitchedOff => ApiError::precondition(),
        Answer::UnknownReason => ApiError::new(
            Status::FailedPrecondition,
            "@CourseOnFieldTrip The course is out on a field trip and back on Monday.",
        ),
        Answer::SignInRanOut => ApiError::unauthenticated(),
        Answer::AccountStateInvalid => ApiError::new(
            Status::Unauthenticated,
            "The account is in an invalid state: it may be deleted or disabled.",
        )
        .with_info(
            "ACCOUNT_STATE_INVALID",
            &json!({"service": "classroom.googleapis.com"}),
        ),
        Answer::ClassroomDisabled => classroom_disabled(),
        Answer::ClassroomApiDisabled => {
            denied("@ClassroomApiDisabled The user is not permitted to access the Classroom API.")
        }
        Answer::ServiceDisabled => denied(
            "Google Classroom API has not been used in project 741234567890 before or it is \
             disabled. Enable it by visiting \
             https://console.developers.google.com/apis/api/classroom.googleapis.com/overview?project=741234567890 \
             then retry. If you enabled this API recently, wait a few minutes for the action to \
             propagate to our systems and retry.",
        )
        .with_info("SERVICE_DISABLED", &consumer),
        Answer::BlockedByAdmin => denied("The service is blocked for this user by their administrator.")
            .with_info("USER_BLOCKED_BY_ADMIN", &consumer),
        Answer::CourseNotFound => {
            ApiError::new(Status::NotFound, "@CourseNotFound The course was not found.")
        }
        Answer::Aborted => ApiError::new(Status::Aborted, "The operation was aborted."),
        Answer::DailyJoins => daily_joins(),
        Answer::RateLimit => ApiError::rate_limited()
            .with_info("RATE_LIMIT_EXCEEDED", &consumer)
            .with_retry_after(1),
        Answer::Internal => ApiError::internal(),
        Answer::Unavailable => ApiError::for_http(503),
        Answer::DeadlineExceeded => ApiError::for_http(504),
        Answer::HtmlPage => return Failure::Page(Page::proxy_error()),
        Answer::Empty => return Failure::Page(Page::empty()),
        Answer::CutBefore | Answer::CutAfter => return Failure::Cut,
        // Takes effect first and is answered late: nothing to refuse with.
        Answer::Slow => ApiError::for_http(504),
    };
    error.into()
}
