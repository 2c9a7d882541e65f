//! Answers that no state of a class brings about: a few seeded classes give them to whoever
//! joins with the right code, so that a person can see each of them without any tool.

use serde::{Deserialize, Serialize};

/// What joining a class is answered with, in place of joining.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Answer {
    /// 400 `UserGroupsMembershipLimitReached`.
    TooManyGroups,
    /// 400 `FAILED_PRECONDITION` without a reason, as for an account that is switched off.
    AccountSwitchedOff,
    /// 400 `FAILED_PRECONDITION` with a reason nobody has heard of.
    UnknownReason,
    /// 401 once for each account, as if the sign-in had run out; then joining works.
    SignInRanOut,
    /// 401 with ErrorInfo `ACCOUNT_STATE_INVALID`.
    AccountStateInvalid,
    /// 403 `ClassroomDisabled`.
    ClassroomDisabled,
    /// 403 `ClassroomApiDisabled`.
    ClassroomApiDisabled,
    /// 403 with ErrorInfo `SERVICE_DISABLED`.
    ServiceDisabled,
    /// 403 with ErrorInfo `USER_BLOCKED_BY_ADMIN`.
    BlockedByAdmin,
    /// 404 `CourseNotFound`.
    CourseNotFound,
    /// 409 `ABORTED`, which is no `ALREADY_EXISTS`.
    Aborted,
    /// 429 `UserCourseJoinRateLimitReached`.
    DailyJoins,
    /// 429 without a reason, with `Retry-After` and `RetryInfo`.
    RateLimit,
    /// 500 `INTERNAL`.
    Internal,
    /// 503 `UNAVAILABLE`.
    Unavailable,
    /// 504 `DEADLINE_EXCEEDED`.
    DeadlineExceeded,
    /// A 502 page in HTML.
    HtmlPage,
    /// 200 with nothing in it.
    Empty,
    /// The connection ends without an answer, before anything took effect.
    CutBefore,
    /// The connection ends without an answer, after the person joined.
    CutAfter,
    /// Joins, but answers only after twenty seconds.
    Slow,
}
