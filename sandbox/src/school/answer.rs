//! Answers that no state of a school brings about: a few seeded classes give them to whoever
//! joins with the right code or accepts an invitation, and a few seeded people to whoever invites
//! or adds them, so that a person can see each of them without any tool.

use serde::{Deserialize, Serialize};

use super::{Refusal, School};

/// What is answered in place of doing what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Answer {
    /// 400 `UserGroupsMembershipLimitReached`.
    TooManyGroups,
    /// 400 `FAILED_PRECONDITION` without a reason, as for an account that is switched off.
    AccountSwitchedOff,
    /// 400 `FAILED_PRECONDITION` with a reason nobody has heard of.
    UnknownReason,
    /// 401 once for each account, as if the sign-in had run out; then it works.
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
    /// The connection ends without an answer, after it took effect.
    CutAfter,
    /// Takes effect, but is answered only after twenty seconds.
    Slow,
    /// 403 without a reason.
    NotPermitted,
    /// 404 without a reason.
    NotFound,
    /// 400 `INVALID_ARGUMENT`.
    InvalidArgument,
    /// 409 `ALREADY_EXISTS`.
    AlreadyExists,
    /// 400 `FAILED_PRECONDITION` without a reason, as for somebody who has the role already.
    HasRoleAlready,
    /// 400 `IneligibleOwner`.
    IneligibleOwner,
    /// 400 `PendingInvitationExists`.
    OwnershipOffered,
    /// 400 `UserAlreadyOwner`.
    OwnsAlready,
    /// 429 `UserInvitationQuotaExhausted`.
    InvitationQuota,
    /// An invitation that turns out to have been accepted in another window. Only for classes.
    AcceptedElsewhere,
    /// An invitation that turns out to have been withdrawn. Only for classes.
    Withdrawn,
}

impl School {
    /// Meets the answer that a class or a person, `what` by its id, is there for: refuses with
    /// it, or gives it back where it comes after the effect.
    pub(super) fn meet(
        &mut self,
        answer: Option<Answer>,
        caller_id: &str,
        what: &str,
    ) -> Result<Option<Answer>, Refusal> {
        match answer {
            None | Some(Answer::AcceptedElsewhere | Answer::Withdrawn) => Ok(None),
            Some(Answer::Slow | Answer::CutAfter) => Ok(answer),
            Some(Answer::SignInRanOut) => {
                let first = self.ran_out.insert((caller_id.to_owned(), what.to_owned()));
                if first {
                    Err(Refusal::Answered(Answer::SignInRanOut))
                } else {
                    Ok(None)
                }
            }
            Some(answer) => Err(Refusal::Answered(answer)),
        }
    }
}
