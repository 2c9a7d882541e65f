//! Google's errors: the canonical statuses, the texts, and the shape on the wire
//! (`classroom/API.md` §2).

use axum::http::StatusCode;
use serde_json::{Value, json};

/// Google's canonical statuses, with the HTTP status of each (`google/rpc/code.proto`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 400
    InvalidArgument,
    /// 400
    FailedPrecondition,
    /// 401
    Unauthenticated,
    /// 403
    PermissionDenied,
    /// 404
    NotFound,
    /// 409
    AlreadyExists,
    /// 409
    Aborted,
    /// 429
    ResourceExhausted,
    /// 499
    Cancelled,
    /// 500
    Internal,
    /// 501
    Unimplemented,
    /// 502 has no canonical status; Google's front end says `UNKNOWN` for what it cannot name.
    Unknown,
    /// 503
    Unavailable,
    /// 504
    DeadlineExceeded,
}

impl Status {
    /// The name on the wire, the HTTP status, and the coarse reason of the older `errors[]`.
    fn parts(self) -> (&'static str, u16, &'static str) {
        match self {
            Self::InvalidArgument => ("INVALID_ARGUMENT", 400, "badRequest"),
            Self::FailedPrecondition => ("FAILED_PRECONDITION", 400, "failedPrecondition"),
            Self::Unauthenticated => ("UNAUTHENTICATED", 401, "authError"),
            Self::PermissionDenied => ("PERMISSION_DENIED", 403, "forbidden"),
            Self::NotFound => ("NOT_FOUND", 404, "notFound"),
            Self::AlreadyExists => ("ALREADY_EXISTS", 409, "alreadyExists"),
            Self::Aborted => ("ABORTED", 409, "aborted"),
            Self::ResourceExhausted => ("RESOURCE_EXHAUSTED", 429, "rateLimitExceeded"),
            Self::Cancelled => ("CANCELLED", 499, "cancelled"),
            Self::Internal => ("INTERNAL", 500, "backendError"),
            Self::Unimplemented => ("UNIMPLEMENTED", 501, "notImplemented"),
            Self::Unknown => ("UNKNOWN", 500, "backendError"),
            Self::Unavailable => ("UNAVAILABLE", 503, "backendError"),
            Self::DeadlineExceeded => ("DEADLINE_EXCEEDED", 504, "backendError"),
        }
    }

    /// The HTTP status it is sent with.
    pub fn http(self) -> StatusCode {
        StatusCode::from_u16(self.parts().1).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// An error as the API answers it.
#[derive(Clone, Debug)]
pub struct ApiError {
    /// Its canonical status.
    pub status: Status,
    /// The whole message, an `@Reason` in front included.
    pub message: String,
    /// `google.rpc` messages, empty for most.
    pub details: Vec<Value>,
    /// Seconds for `Retry-After`.
    pub retry_after: Option<u32>,
}

impl ApiError {
    /// An error without details.
    pub fn new(status: Status, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            details: Vec::new(),
            retry_after: None,
        }
    }

    /// With a `google.rpc.ErrorInfo`.
    pub fn with_info(mut self, reason: &str, metadata: &Value) -> Self {
        self.details.push(json!({
            "@type": "type.googleapis.com/google.rpc.ErrorInfo",
            "reason": reason,
            "domain": "googleapis.com",
            "metadata": metadata,
        }));
        self
    }

    /// With a `google.rpc.BadRequest` that names one field.
    fn with_field(mut self, field: &str) -> Self {
        let mut violation = json!({"description": self.message});
        if !field.is_empty() {
            violation["field"] = Value::from(field);
        }
        self.details.push(json!({
            "@type": "type.googleapis.com/google.rpc.BadRequest",
            "fieldViolations": [violation],
        }));
        self
    }

    /// With the time after which to try again, in the header and in the body.
    pub fn with_retry_after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
        self.details.push(json!({
            "@type": "type.googleapis.com/google.rpc.RetryInfo",
            "retryDelay": format!("{seconds}s"),
        }));
        self
    }

    /// 400, without a word about what was wrong.
    pub fn invalid_argument() -> Self {
        Self::new(
            Status::InvalidArgument,
            "Request contains an invalid argument.",
        )
    }

    /// 400 for a body or parameter that does not fit the description.
    pub fn invalid_payload(problem: &str, field: &str) -> Self {
        Self::new(
            Status::InvalidArgument,
            format!("Invalid JSON payload received. {problem}"),
        )
        .with_field(field)
    }

    /// 400 for a value of the wrong type; `field` in Google's snake case.
    pub fn invalid_value(field: &str, expected: &str, found: &str) -> Self {
        Self::new(
            Status::InvalidArgument,
            format!("Invalid value at '{field}' ({expected}), {found}"),
        )
        .with_field(field)
    }

    /// 401 for a token that is absent, expired, revoked or made up.
    pub fn unauthenticated() -> Self {
        Self::new(
            Status::Unauthenticated,
            "Request had invalid authentication credentials. Expected OAuth 2 access token, login \
             cookie or other valid authentication credential. See \
             https://developers.google.com/identity/sign-in/web/devconsole-project.",
        )
    }

    /// 403 for a token without the scope that the method wants.
    pub fn insufficient_scopes(method: &str) -> Self {
        Self::new(
            Status::PermissionDenied,
            "Request had insufficient authentication scopes.",
        )
        .with_info(
            "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
            &json!({"service": "classroom.googleapis.com", "method": method}),
        )
    }

    /// 403, Google's commonest answer, which says nothing more.
    pub fn not_permitted() -> Self {
        Self::new(
            Status::PermissionDenied,
            "The caller does not have permission",
        )
    }

    /// 404 for a class or a person.
    pub fn not_found() -> Self {
        Self::new(Status::NotFound, "Requested entity was not found.")
    }

    /// 409 for somebody who is there already.
    pub fn already_exists() -> Self {
        Self::new(Status::AlreadyExists, "Requested entity already exists")
    }

    /// 400 without a reason.
    pub fn precondition() -> Self {
        Self::new(Status::FailedPrecondition, "Precondition check failed.")
    }

    /// 501 for what the sandbox does not know.
    pub fn unimplemented(what: &str) -> Self {
        Self::new(
            Status::Unimplemented,
            format!("The sandbox does not answer {what}."),
        )
    }

    /// What Google says for this HTTP status when nothing more is known; for faults.
    pub fn for_http(status: u16) -> Self {
        let unnamed = |canonical, message: &str| Self::new(canonical, message);
        match status {
            401 => Self::unauthenticated(),
            403 => Self::not_permitted(),
            404 => Self::not_found(),
            409 => Self::already_exists(),
            429 => Self::rate_limited(),
            499 => unnamed(Status::Cancelled, "The operation was cancelled."),
            501 => unnamed(
                Status::Unimplemented,
                "Operation is not implemented, or supported, or enabled.",
            ),
            503 => unnamed(Status::Unavailable, "The service is currently unavailable."),
            504 => unnamed(
                Status::DeadlineExceeded,
                "Deadline expired before operation could complete.",
            ),
            500 => Self::internal(),
            400..=499 => Self::invalid_argument(),
            _ => unnamed(Status::Unknown, "Unknown Error."),
        }
    }

    /// 429 without a reason: the quota of requests per minute.
    pub fn rate_limited() -> Self {
        Self::new(
            Status::ResourceExhausted,
            "Quota exceeded for quota metric 'Requests' and limit 'Requests per minute per user' \
             of service 'classroom.googleapis.com'",
        )
    }

    /// 500.
    pub fn internal() -> Self {
        Self::new(Status::Internal, "Internal error encountered.")
    }

    /// The body. `http` is the status it is sent with, which a fault may choose. The older
    /// `errors[]` is there unless the caller asked for the newer form with `$.xgafv=2`.
    pub fn body(&self, http: StatusCode, with_errors: bool) -> Value {
        let (status, _, coarse) = self.status.parts();
        let mut error = json!({"code": http.as_u16(), "message": self.message});
        if with_errors {
            error["errors"] = if self.status == Status::Unauthenticated {
                json!([{
                    "message": "Invalid Credentials",
                    "domain": "global",
                    "reason": coarse,
                    "location": "Authorization",
                    "locationType": "header",
                }])
            } else {
                json!([{"message": self.message, "domain": "global", "reason": coarse}])
            };
        }
        error["status"] = Value::from(status);
        if !self.details.is_empty() {
            error["details"] = Value::from(self.details.clone());
        }
        json!({"error": error})
    }
}
