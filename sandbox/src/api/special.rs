//! The answers that a few seeded classes and people are there for, in Google's words and
//! otherwise.
//!
//! Which texts are Google's own and which are made up (no sample was found) is listed in
//! `docs/sandbox.md`.

use std::time::Duration;

use serde_json::{Value, json};

use super::{
    error::{ApiError, Status},
    refusal,
    reply::{Failure, Page, Reply, Success},
};
use crate::school::Answer;

/// How late a slow answer is: later than a client's patience of 15 s.
const SLOW: Duration = Duration::from_secs(20);

/// What goes out after something took effect.
pub fn after_effect(answer: Option<Answer>, body: Value) -> Reply {
    match answer {
        Some(Answer::CutAfter) => Err(Failure::Cut),
        Some(Answer::Slow) => Ok(Success { body, delay: SLOW }),
        _ => Ok(body.into()),
    }
}

/// What goes out in place of an effect.
pub fn failure(answer: Answer) -> Failure {
    let consumer =
        json!({"service": "classroom.googleapis.com", "consumer": "projects/741234567890"});
    let denied = |message: &str| ApiError::new(Status::PermissionDenied, message);
    let error = match answer {
        Answer::TooManyGroups => refusal::groups_limit(),
        Answer::AccountSwitchedOff | Answer::HasRoleAlready => ApiError::precondition(),
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
        Answer::ClassroomDisabled => refusal::classroom_disabled(),
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
        Answer::DailyJoins => refusal::daily_joins(),
        Answer::InvitationQuota => refusal::invitation_quota(),
        Answer::RateLimit => ApiError::rate_limited()
            .with_info("RATE_LIMIT_EXCEEDED", &consumer)
            .with_retry_after(1),
        Answer::Internal => ApiError::internal(),
        Answer::Unavailable => ApiError::for_http(503),
        Answer::DeadlineExceeded => ApiError::for_http(504),
        Answer::NotPermitted => ApiError::not_permitted(),
        Answer::NotFound | Answer::AcceptedElsewhere | Answer::Withdrawn => ApiError::not_found(),
        Answer::InvalidArgument => ApiError::invalid_argument(),
        Answer::AlreadyExists => ApiError::already_exists(),
        Answer::IneligibleOwner => refusal::ineligible_owner(),
        Answer::OwnershipOffered => refusal::ownership_offered(),
        Answer::OwnsAlready => refusal::owns_already(),
        Answer::HtmlPage => return Failure::Page(Page::proxy_error()),
        Answer::Empty => return Failure::Page(Page::empty()),
        Answer::CutBefore | Answer::CutAfter => return Failure::Cut,
        // Takes effect first and is answered late: nothing to refuse with.
        Answer::Slow => ApiError::for_http(504),
    };
    error.into()
}
