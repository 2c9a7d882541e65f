//! Everything that can come back instead of what was asked for.
//!
//! Pure: takes the HTTP number, the wait asked for and the body's text. Google's documented body is
//! `{"error":{"code","message","status"}}`; older answers add `errors[]`, infrastructure adds
//! `details[]`; a school's filter answers with an HTML page. What helps the administrator who reads
//! the "Details for IT" is kept as it was; what could make them endless is bounded.
//!
//! `body` reads the error object, `details` the `google.rpc` messages in it.

mod body;
mod details;
#[cfg(test)]
mod tests;

use super::{reason::Reason, status::Status};
use crate::json::{self, Json};

/// Why a call gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// No answer: offline, blocked, connection cut. The browser does not say which.
    Network,
    /// No answer within the time limit.
    Timeout,
    /// An answer that is not the API's: HTML, nothing, cut-off JSON, JSON of another shape.
    BadResponse {
        /// HTTP number; 0 where the browser shows nothing of the answer ("opaque").
        http: u16,
        /// How long the `Retry-After` header asks to wait, in milliseconds.
        retry_after: Option<u32>,
    },
    /// The API said no.
    Refused(Refusal),
}

/// An error body, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// HTTP number.
    pub http: u16,
    /// The status named in the body, else the one that the number stands for.
    pub status: Status,
    /// The `@Name` before the message, else the `ErrorInfo` reason, else what the older parts of
    /// the body or the message's words stand for.
    pub reason: Option<Reason>,
    /// The message without the `@Name`, for IT; at most [`Refusal::LONGEST_MESSAGE`] characters
    /// and a `…` where it was longer.
    pub message: String,
    /// How long the answer asks to wait, in milliseconds: the longer of the `Retry-After` header
    /// and `RetryInfo`; at most [`LONGEST`](super::wait::LONGEST).
    pub retry_after: Option<u32>,
    /// What else the body says, for IT: what each note is about, and its text. At most
    /// [`Refusal::MOST_NOTES`] of at most [`Refusal::LONGEST_NOTE`] characters (and a `…`).
    pub notes: Vec<(&'static str, String)>,
}

impl ApiError {
    /// Reads the answer of a call that was not successful; `retry_after` is what its header of that
    /// name asks for, in milliseconds.
    ///
    /// Never panics, whatever `body` holds.
    ///
    /// ```
    /// use hallpass::classroom::{error::ApiError, reason::Reason};
    /// let body = r#"{"error":{"code":403,"message":"@ClassroomDisabled Not permitted.","status":"PERMISSION_DENIED"}}"#;
    /// let ApiError::Refused(refusal) = ApiError::from_answer(403, None, body) else { panic!() };
    /// assert_eq!(refusal.reason, Some(Reason::ClassroomDisabled));
    /// assert_eq!(refusal.message, "Not permitted.");
    /// ```
    pub fn from_answer(http: u16, retry_after: Option<u32>, body: &str) -> Self {
        let json = json::read(body).unwrap_or(Json::Null);
        // Some of Google's front ends send the object as the one item of an array.
        match json.items().first().unwrap_or(&json).get("error") {
            Some(error @ Json::Object(_)) => Self::Refused(body::refusal(http, retry_after, error)),
            _ => Self::BadResponse { http, retry_after },
        }
    }

    /// How long the answer asks to wait before the next try, in milliseconds.
    pub fn retry_after(&self) -> Option<u32> {
        match self {
            Self::Network | Self::Timeout => None,
            Self::BadResponse { retry_after, .. } => *retry_after,
            Self::Refused(refusal) => refusal.retry_after,
        }
    }

    /// Whether the same call, made again after a while, may well succeed, so that it is worth
    /// making without being asked.
    ///
    /// Says nothing about whether it is safe to: a write that [leaves doubt](Self::leaves_doubt) is
    /// looked up first.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Network => true,
            // Whoever has waited so long already is asked.
            Self::Timeout => false,
            Self::BadResponse { http, .. } => number_is_transient(*http),
            Self::Refused(refusal) => refusal.is_transient(),
        }
    }

    /// Whether a write may have been carried out although this came back, so that it has to be
    /// looked up before anything is said (a 504 on a write proves nothing, `google/rpc/code.proto`).
    pub fn leaves_doubt(&self) -> bool {
        match self {
            Self::Network | Self::Timeout | Self::BadResponse { .. } => true,
            Self::Refused(refusal) => match refusal.status {
                Status::Aborted
                | Status::Cancelled
                | Status::DataLoss
                | Status::DeadlineExceeded
                | Status::Internal
                | Status::Unavailable
                | Status::Unknown
                | Status::Other(_)
                | Status::Missing(_) => true,
                Status::AlreadyExists
                | Status::FailedPrecondition
                | Status::InvalidArgument
                | Status::NotFound
                | Status::OutOfRange
                | Status::PermissionDenied
                | Status::ResourceExhausted
                | Status::Unauthenticated
                | Status::Unimplemented => false,
            },
        }
    }

    /// The reason, where the API refused and named one.
    pub fn reason(&self) -> Option<&Reason> {
        match self {
            Self::Refused(refusal) => refusal.reason.as_ref(),
            Self::Network | Self::Timeout | Self::BadResponse { .. } => None,
        }
    }

    /// Whether the API takes no token of this account, so that another one has to be chosen.
    pub fn bars_the_account(&self) -> bool {
        let barred = [Reason::AccountStateInvalid, Reason::UserBlockedByAdmin];
        self.reason().is_some_and(|reason| barred.contains(reason))
    }

    /// Whether the token does not allow the call, so that the permission has to be asked for.
    pub fn is_about_scopes(&self) -> bool {
        self.reason() == Some(&Reason::ScopeMissing)
    }

    /// Whether this is the refusal with that status.
    pub fn is(&self, status: &Status) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.status == *status)
    }
}

impl Refusal {
    /// The most characters that are kept of a message. Google's longest known has about 400.
    pub const LONGEST_MESSAGE: usize = 1000;
    /// The most characters that are kept of a note.
    pub const LONGEST_NOTE: usize = 300;
    /// The most notes that are kept.
    pub const MOST_NOTES: usize = 8;

    /// A refusal that says no more than this.
    pub fn new(http: u16, status: Status, reason: Option<Reason>) -> Self {
        Self {
            http,
            status,
            reason,
            message: String::new(),
            retry_after: None,
            notes: Vec::new(),
        }
    }

    /// See [`ApiError::is_transient`]. The reason tells, where it is a known one; else the status.
    ///
    /// `ABORTED` is to be retried "at a higher level", by restarting the read-modify-write sequence
    /// (`google/rpc/code.proto`). None of the widget's calls is part of one: the call alone is the
    /// whole sequence, so that calling again is that restart.
    fn is_transient(&self) -> bool {
        let by_reason = self.reason.as_ref().and_then(Reason::is_transient);
        by_reason.unwrap_or_else(|| match self.status {
            Status::Aborted
            | Status::DataLoss
            | Status::DeadlineExceeded
            | Status::Internal
            | Status::ResourceExhausted
            | Status::Unavailable
            | Status::Unknown => true,
            Status::AlreadyExists
            | Status::Cancelled
            | Status::FailedPrecondition
            | Status::InvalidArgument
            | Status::NotFound
            | Status::OutOfRange
            | Status::PermissionDenied
            | Status::Unauthenticated
            | Status::Unimplemented => false,
            Status::Other(_) | Status::Missing(_) => number_is_transient(self.http),
        })
    }
}

/// Whether an answer of which only the HTTP number is understood is likely to pass: any but a
/// refusal (4xx), of which 408 (time ran out) and 429 (too many) pass too. 200 is among them, since
/// only an answer that was none comes here.
fn number_is_transient(http: u16) -> bool {
    !(400..500).contains(&http) || http == 408 || http == 429
}
