//! What a method gives back, and how it goes out.

use std::time::Duration;

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use serde_json::Value;

use super::{
    call::Format,
    error::{ApiError, Status},
};
use crate::server::Cut;

/// What a method gives, or why it gives nothing.
pub type Reply = Result<Success, Failure>;

/// A method's success.
#[derive(Debug)]
pub struct Success {
    /// The answer's JSON.
    pub body: Value,
    /// How long it is held back; zero for nearly all.
    pub delay: Duration,
}

/// A method's failure.
#[derive(Debug)]
pub enum Failure {
    /// An error in Google's form.
    Error(Box<ApiError>),
    /// Something that is not of the API at all.
    Page(Page),
    /// The connection ends without an answer.
    Cut,
}

/// An answer that is no JSON.
#[derive(Debug)]
pub struct Page {
    status: StatusCode,
    content_type: &'static str,
    body: &'static str,
}

impl Page {
    /// What a proxy or a front end says instead of Google.
    pub fn proxy_error() -> Self {
        Self {
            status: StatusCode::BAD_GATEWAY,
            content_type: "text/html; charset=UTF-8",
            body: include_str!("bad_gateway.html"),
        }
    }

    /// 200 with nothing in it.
    pub fn empty() -> Self {
        Self {
            status: StatusCode::OK,
            content_type: "application/json; charset=UTF-8",
            body: "",
        }
    }
}

impl From<Value> for Success {
    fn from(body: Value) -> Self {
        Self {
            body,
            delay: Duration::ZERO,
        }
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Self {
        Self::Error(Box::new(error))
    }
}

/// The answer as it goes out, without the headers every answer has.
pub fn response(reply: Result<&Value, &Failure>, format: &Format) -> Response<Body> {
    match reply {
        Ok(body) => json_response(StatusCode::OK, body, format.pretty),
        Err(Failure::Error(error)) => error_response(error, error.status.http(), format),
        Err(Failure::Page(page)) => {
            let mut response = Response::new(Body::from(page.body));
            *response.status_mut() = page.status;
            response.headers_mut().insert(
                header::CONTENT_TYPE,
                HeaderValue::from_static(page.content_type),
            );
            response
        }
        Err(Failure::Cut) => Cut::response(),
    }
}

/// An error as it goes out, with an HTTP status of its own.
pub fn error_response(error: &ApiError, http: StatusCode, format: &Format) -> Response<Body> {
    let mut response = json_response(http, &error.body(http, format.with_errors), format.pretty);
    if error.status == Status::Unauthenticated {
        response.headers_mut().insert(
            header::WWW_AUTHENTICATE,
            HeaderValue::from_static(
                "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"",
            ),
        );
    }
    if let Some(seconds) = error.retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// JSON, indented unless the caller asked for it without.
pub fn json_response(status: StatusCode, body: &Value, pretty: bool) -> Response<Body> {
    let text = if pretty {
        format!("{body:#}\n")
    } else {
        body.to_string()
    };
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json; charset=UTF-8"),
    );
    response
}
