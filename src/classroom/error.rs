//! Everything that can come back instead of what was asked for.
//!
//! Pure: takes the HTTP number and the body's text. Google's documented body is
//! `{"error":{"code","message","status"}}`; older answers add `errors[]`, infrastructure adds
//! `details[]`; a school's filter answers with an HTML page. Nothing is lost on the way, since the
//! administrator who reads the "Details for IT" needs it as it was.

use crate::json::{self, Json};

use super::{reason::Reason, status::Status};

/// Why a call gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApiError {
    /// No answer: offline, blocked, connection cut. The browser does not say which.
    Network,
    /// No answer within the time limit.
    Timeout,
    /// An answer that is not the API's: HTML, nothing, cut-off JSON, JSON of another shape.
    BadResponse {
        /// HTTP number.
        http: u16,
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
    /// The `@Name` before the message, else the `ErrorInfo` reason.
    pub reason: Option<Reason>,
    /// The message without the `@Name`, for IT.
    pub message: String,
}

impl ApiError {
    /// Reads the answer of a call that was not successful.
    ///
    /// Never panics, whatever `body` holds.
    ///
    /// ```
    /// use hallpass::classroom::{error::ApiError, reason::Reason};
    /// let body = r#"{"error":{"code":403,"message":"@ClassroomDisabled Not permitted.","status":"PERMISSION_DENIED"}}"#;
    /// let ApiError::Refused(refusal) = ApiError::from_answer(403, body) else { panic!() };
    /// assert_eq!(refusal.reason, Some(Reason::ClassroomDisabled));
    /// assert_eq!(refusal.message, "Not permitted.");
    /// ```
    pub fn from_answer(http: u16, body: &str) -> Self {
        let Ok(json) = json::read::<Json>(body) else {
            return Self::BadResponse { http };
        };
        match json.get("error") {
            Some(error @ Json::Object(_)) => Self::Refused(Refusal::from_error(http, error)),
            _ => Self::BadResponse { http },
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

    /// Whether this is the refusal with that status.
    pub fn is(&self, status: &Status) -> bool {
        matches!(self, Self::Refused(refusal) if refusal.status == *status)
    }
}

impl Refusal {
    fn from_error(http: u16, error: &Json) -> Self {
        let status = error
            .get("status")
            .and_then(Json::text)
            .map_or_else(|| Status::from_http(http), Status::from_name);
        let whole = error
            .get("message")
            .and_then(Json::text)
            .unwrap_or_default();
        let (named, message) = split_reason(whole);
        let reason = named
            .map(Reason::from_name)
            .or_else(|| error_info(error).map(Reason::from_name))
            .or_else(|| lacks_scope(error, whole).then_some(Reason::ScopeMissing));
        Self {
            http,
            status,
            reason,
            message: message.to_owned(),
        }
    }
}

/// `@Name rest` -> the name and the rest; any other message as it is.
fn split_reason(message: &str) -> (Option<&str>, &str) {
    let Some(rest) = message.strip_prefix('@') else {
        return (None, message);
    };
    let (name, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    if is_name {
        (Some(name), rest.trim_start())
    } else {
        (None, message)
    }
}

/// The reason of the first `google.rpc.ErrorInfo` among the details.
fn error_info(error: &Json) -> Option<&str> {
    error
        .get("details")?
        .items()
        .iter()
        .find(|detail| {
            detail
                .get("@type")
                .and_then(Json::text)
                .is_some_and(|kind| kind.ends_with("google.rpc.ErrorInfo"))
        })?
        .get("reason")?
        .text()
}

/// A token without the scope is told in the old `errors[]` or by the message alone, where no
/// `ErrorInfo` tells it.
fn lacks_scope(error: &Json, message: &str) -> bool {
    message.contains("insufficient authentication scopes")
        || error.get("errors").is_some_and(|errors| {
            errors.items().iter().any(|one| {
                one.get("reason").and_then(Json::text) == Some("insufficientPermissions")
            })
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A literal body from `tests/fixtures/errors/`, named `<http>_<what it is>`.
    macro_rules! fixture {
        ($name:literal) => {{
            let http = $name[..3].parse().unwrap();
            let body = include_str!(concat!("../../tests/fixtures/errors/", $name));
            ApiError::from_answer(http, body)
        }};
    }

    fn refused(http: u16, status: Status, reason: Option<Reason>, message: &str) -> ApiError {
        ApiError::Refused(Refusal {
            http,
            status,
            reason,
            message: message.to_owned(),
        })
    }

    #[test]
    fn todays_body_with_a_reason() {
        assert_eq!(
            fixture!("403_classroom_api_disabled.json"),
            refused(
                403,
                Status::PermissionDenied,
                Some(Reason::ClassroomApiDisabled),
                "The user is not permitted to access the Classroom API."
            )
        );
    }

    #[test]
    fn the_older_body_with_errors() {
        assert_eq!(
            fixture!("403_classroom_api_disabled_older.json"),
            refused(
                403,
                Status::PermissionDenied,
                Some(Reason::ClassroomApiDisabled),
                "The user is not permitted to access the Classroom API."
            )
        );
    }

    #[test]
    fn no_reason_at_all() {
        assert_eq!(
            fixture!("403_caller_does_not_have_permission.json"),
            refused(
                403,
                Status::PermissionDenied,
                None,
                "The caller does not have permission"
            )
        );
    }

    #[test]
    fn a_missing_scope_is_one_thing_in_any_form() {
        for error in [
            fixture!("403_scope_error_info.json"),
            fixture!("403_scope_errors_list.json"),
            fixture!("403_scope_message_alone.json"),
        ] {
            let ApiError::Refused(refusal) = error else {
                panic!("{error:?}")
            };
            assert_eq!(refusal.reason, Some(Reason::ScopeMissing));
        }
    }

    #[test]
    fn an_error_info_reason_is_taken_where_the_message_names_none() {
        let ApiError::Refused(refusal) = fixture!("403_service_disabled.json") else {
            panic!()
        };
        assert_eq!(refusal.reason, Some(Reason::ServiceDisabled));
    }

    #[test]
    fn the_status_of_a_401_is_read_off_its_body() {
        let ApiError::Refused(refusal) = fixture!("401_unauthenticated.json") else {
            panic!()
        };
        assert_eq!(
            (refusal.status, refusal.reason),
            (Status::Unauthenticated, None)
        );
    }

    #[test]
    fn already_exists_is_a_status_not_a_number() {
        assert_eq!(
            fixture!("409_already_exists.json"),
            refused(
                409,
                Status::AlreadyExists,
                None,
                "Requested entity already exists"
            )
        );
        assert_eq!(
            fixture!("409_aborted.json"),
            refused(409, Status::Aborted, None, "The operation was aborted.")
        );
        assert_eq!(
            fixture!("409_without_status.json"),
            refused(409, Status::Missing(409), None, "Conflict")
        );
    }

    #[test]
    fn two_kinds_of_400_are_told_apart() {
        assert!(fixture!("400_invalid_argument.json").is(&Status::InvalidArgument));
        assert!(fixture!("400_precondition_failed.json").is(&Status::FailedPrecondition));
    }

    #[test]
    fn an_unknown_reason_is_kept() {
        assert_eq!(
            fixture!("400_unknown_reason.json"),
            refused(
                400,
                Status::FailedPrecondition,
                Some(Reason::Other("MoonPhaseWrong".to_owned())),
                "Wait for the new moon."
            )
        );
    }

    #[test]
    fn what_is_not_the_apis_answer_is_a_bad_response() {
        assert_eq!(
            fixture!("502_proxy_page.html"),
            ApiError::BadResponse { http: 502 }
        );
        assert_eq!(
            fixture!("403_cut_off.json"),
            ApiError::BadResponse { http: 403 }
        );
        assert_eq!(
            fixture!("500_empty.txt"),
            ApiError::BadResponse { http: 500 }
        );
        assert_eq!(
            ApiError::from_answer(403, r#"{"error":"invalid_grant"}"#),
            ApiError::BadResponse { http: 403 }
        );
        assert_eq!(
            ApiError::from_answer(403, "[]"),
            ApiError::BadResponse { http: 403 }
        );
    }

    #[test]
    fn odd_types_beside_a_good_status_spoil_nothing() {
        let body = r#"{"error":{"code":"403","message":7,"status":"NOT_FOUND","errors":{},"details":[1,{"@type":3}]}}"#;
        assert_eq!(
            ApiError::from_answer(404, body),
            refused(404, Status::NotFound, None, "")
        );
    }

    #[test]
    fn an_at_sign_alone_is_no_reason() {
        assert_eq!(split_reason("@ hello"), (None, "@ hello"));
        assert_eq!(split_reason("@a-b hello"), (None, "@a-b hello"));
        assert_eq!(split_reason("@Name"), (Some("Name"), ""));
    }

    #[test]
    fn lost_answers_leave_doubt_and_refusals_do_not() {
        assert!(ApiError::Network.leaves_doubt());
        assert!(fixture!("504_deadline_exceeded.json").leaves_doubt());
        assert!(fixture!("409_without_status.json").leaves_doubt());
        assert!(!fixture!("409_already_exists.json").leaves_doubt());
        assert!(!fixture!("403_caller_does_not_have_permission.json").leaves_doubt());
    }
}
