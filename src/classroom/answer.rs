//! An answer of the API as it came over the network, and what it says.

use super::error::ApiError;
use crate::json::{self, Json};

/// A JSON object that came with success and is not what Google's reference says: it lacks what
/// identifies what was made, or leads in a circle.
pub const NOT_AS_DOCUMENTED: ApiError = ApiError::BadResponse {
    http: 200,
    retry_after: None,
};

/// What was read of an answer, where everything that it cannot do without was there.
///
/// # Errors
/// [`NOT_AS_DOCUMENTED`].
pub fn needed<T>(read: Option<T>) -> Result<T, ApiError> {
    read.ok_or(NOT_AS_DOCUMENTED)
}

/// What came back, unread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// HTTP number; 0 where the browser shows nothing of the answer ("opaque").
    pub http: u16,
    /// How long the `Retry-After` header asks to wait, in milliseconds.
    pub retry_after: Option<u32>,
    /// The body as text.
    pub body: String,
}

impl Answer {
    /// The JSON object that was asked for, as all of the API's are.
    ///
    /// # Errors
    /// [`ApiError::Refused`] or [`ApiError::BadResponse`]. A number that means success proves
    /// nothing by itself: a school's filter answers 200 with a page of its own, and an object with
    /// an `error` is a refusal whatever its number.
    pub fn read(&self) -> Result<Json, ApiError> {
        if (200..300).contains(&self.http)
            && let Ok(object @ Json::Object(_)) = json::read(&self.body)
            && object.get("error").is_none()
        {
            return Ok(object);
        }
        Err(ApiError::from_answer(
            self.http,
            self.retry_after,
            &self.body,
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classroom::status::Status;

    fn read(http: u16, body: &str) -> Result<Json, ApiError> {
        let answer = Answer {
            http,
            retry_after: None,
            body: body.to_owned(),
        };
        answer.read()
    }

    #[test]
    fn an_object_is_what_was_asked_for() {
        let answer = read(200, r#"{"courseId":"741234567890"}"#).unwrap();
        assert_eq!(answer.text_of("courseId"), "741234567890");
        assert_eq!(read(200, "{}"), Ok(Json::Object(Vec::new())));
    }

    #[test]
    fn success_with_anything_else_is_no_answer_of_the_api() {
        for body in [
            "",
            "<!doctype html><title>Blocked</title>",
            r#"{"courseId":"7412"#,
            "null",
            "[{}]",
            r#""ok""#,
        ] {
            let bad = ApiError::BadResponse {
                http: 200,
                retry_after: None,
            };
            assert_eq!(read(200, body), Err(bad), "{body:?}");
        }
    }

    #[test]
    fn an_error_is_a_refusal_even_where_the_number_means_success() {
        let body = r#"{"error":{"code":403,"message":"No.","status":"PERMISSION_DENIED"}}"#;
        assert!(read(200, body).unwrap_err().is(&Status::PermissionDenied));
    }

    #[test]
    fn a_good_body_under_a_bad_number_is_no_success() {
        let body = r#"{"courseId":"741234567890"}"#;
        for http in [0, 199, 302, 403, 500] {
            assert!(read(http, body).is_err(), "{http}");
        }
    }
}
