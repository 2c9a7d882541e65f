//! The canonical status of an API answer (`google/rpc/code.proto`).

use core::fmt;

/// What kind of failure an answer reports.
///
/// The HTTP number does not tell: 400 is `INVALID_ARGUMENT` or `FAILED_PRECONDITION` or
/// `OUT_OF_RANGE`, 409 is `ALREADY_EXISTS` or `ABORTED`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// `ABORTED` (409): another change came in between.
    Aborted,
    /// `ALREADY_EXISTS` (409): the person is in the class, the invitation is open.
    AlreadyExists,
    /// `CANCELLED` (499): the call was given up.
    Cancelled,
    /// `DATA_LOSS` (500).
    DataLoss,
    /// `DEADLINE_EXCEEDED` (504): a write may have been carried out all the same.
    DeadlineExceeded,
    /// `FAILED_PRECONDITION` (400): the state of class or account forbids it.
    FailedPrecondition,
    /// `INTERNAL` (500).
    Internal,
    /// `INVALID_ARGUMENT` (400): something in the call is not as it has to be.
    InvalidArgument,
    /// `NOT_FOUND` (404): class, person or invitation unknown.
    NotFound,
    /// `OUT_OF_RANGE` (400).
    OutOfRange,
    /// `PERMISSION_DENIED` (403).
    PermissionDenied,
    /// `RESOURCE_EXHAUSTED` (429): quota or limit.
    ResourceExhausted,
    /// `UNAUTHENTICATED` (401): the token ran out or was withdrawn.
    Unauthenticated,
    /// `UNAVAILABLE` (503).
    Unavailable,
    /// `UNIMPLEMENTED` (501).
    Unimplemented,
    /// `UNKNOWN` (500).
    Unknown,
    /// A name that is not in the list; kept as it came.
    Other(String),
    /// The answer names no status and its number does not tell: the number.
    Missing(u16),
}

impl Status {
    /// The sixteen canonical codes; all of `google/rpc/code.proto` but `OK`.
    pub const KNOWN: [Self; 16] = [
        Self::Aborted,
        Self::AlreadyExists,
        Self::Cancelled,
        Self::DataLoss,
        Self::DeadlineExceeded,
        Self::FailedPrecondition,
        Self::Internal,
        Self::InvalidArgument,
        Self::NotFound,
        Self::OutOfRange,
        Self::PermissionDenied,
        Self::ResourceExhausted,
        Self::Unauthenticated,
        Self::Unavailable,
        Self::Unimplemented,
        Self::Unknown,
    ];

    /// The status of this name; [`Status::Other`] where the name is not in the list.
    pub fn from_name(name: &str) -> Self {
        Self::KNOWN
            .into_iter()
            .find(|known| known.name() == Some(name))
            .unwrap_or_else(|| Self::Other(name.to_owned()))
    }

    /// The status that an HTTP number stands for where the body names none, as far as the number
    /// tells: 400 and 409 stay [`Status::Missing`].
    pub fn from_http(http: u16) -> Self {
        match http {
            401 => Self::Unauthenticated,
            403 => Self::PermissionDenied,
            404 => Self::NotFound,
            429 => Self::ResourceExhausted,
            499 => Self::Cancelled,
            500 => Self::Internal,
            501 => Self::Unimplemented,
            503 => Self::Unavailable,
            504 => Self::DeadlineExceeded,
            _ => Self::Missing(http),
        }
    }

    /// The name on the wire, or nothing where the answer gave none.
    pub fn name(&self) -> Option<&str> {
        Some(match self {
            Self::Aborted => "ABORTED",
            Self::AlreadyExists => "ALREADY_EXISTS",
            Self::Cancelled => "CANCELLED",
            Self::DataLoss => "DATA_LOSS",
            Self::DeadlineExceeded => "DEADLINE_EXCEEDED",
            Self::FailedPrecondition => "FAILED_PRECONDITION",
            Self::Internal => "INTERNAL",
            Self::InvalidArgument => "INVALID_ARGUMENT",
            Self::NotFound => "NOT_FOUND",
            Self::OutOfRange => "OUT_OF_RANGE",
            Self::PermissionDenied => "PERMISSION_DENIED",
            Self::ResourceExhausted => "RESOURCE_EXHAUSTED",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Unavailable => "UNAVAILABLE",
            Self::Unimplemented => "UNIMPLEMENTED",
            Self::Unknown => "UNKNOWN",
            Self::Other(name) => name,
            Self::Missing(_) => return None,
        })
    }
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name().unwrap_or("-"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_back_as_it_went_in() {
        for name in [
            "ABORTED",
            "ALREADY_EXISTS",
            "CANCELLED",
            "DATA_LOSS",
            "DEADLINE_EXCEEDED",
            "FAILED_PRECONDITION",
            "INTERNAL",
            "INVALID_ARGUMENT",
            "NOT_FOUND",
            "OUT_OF_RANGE",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "UNAUTHENTICATED",
            "UNAVAILABLE",
            "UNIMPLEMENTED",
            "UNKNOWN",
        ] {
            let status = Status::from_name(name);
            assert_eq!(status.name(), Some(name));
            assert!(!matches!(status, Status::Other(_)), "{name}");
        }
        assert_eq!(
            Status::from_name("NEW_ONE"),
            Status::Other("NEW_ONE".to_owned())
        );
    }

    #[test]
    fn ambiguous_numbers_are_not_guessed() {
        assert_eq!(Status::from_http(400), Status::Missing(400));
        assert_eq!(Status::from_http(409), Status::Missing(409));
        assert_eq!(Status::from_http(403), Status::PermissionDenied);
    }
}
