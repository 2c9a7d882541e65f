//! A call to the Classroom API before it is sent: method, path, query, body.
//!
//! Pure, so that what goes over the wire can be read off in a native test.

use crate::json::Json;

/// HTTP methods that the API uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates, or accepts.
    Post,
    /// Withdraws, or takes away.
    Delete,
}

impl Method {
    /// The name on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Delete => "DELETE",
        }
    }
}

/// A call: everything but the token and the API's root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// HTTP method.
    pub method: Method,
    /// What the call is named in Google's reference, for the "Details for IT".
    pub name: &'static str,
    /// Path and query from the root on, percent-encoded, without a leading slash.
    pub target: String,
    /// JSON body, if there is one.
    pub body: Option<String>,
}

impl Request {
    /// A GET of `segments`, each percent-encoded.
    pub fn get(name: &'static str, segments: &[&str]) -> Self {
        Self::new(Method::Get, name, segments)
    }

    /// A POST to `segments`, each percent-encoded.
    pub fn post(name: &'static str, segments: &[&str]) -> Self {
        Self::new(Method::Post, name, segments)
    }

    /// A DELETE of `segments`, each percent-encoded.
    pub fn delete(name: &'static str, segments: &[&str]) -> Self {
        Self::new(Method::Delete, name, segments)
    }

    fn new(method: Method, name: &'static str, segments: &[&str]) -> Self {
        let mut target = String::from("v1");
        for segment in segments {
            target.push('/');
            encode_into(&mut target, segment);
        }
        Self {
            method,
            name,
            target,
            body: None,
        }
    }

    /// The same call with one more query parameter. A repeated parameter is repeated, never joined
    /// with commas (the API takes a comma as part of the value).
    #[must_use]
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.target
            .push(if self.target.contains('?') { '&' } else { '?' });
        encode_into(&mut self.target, name);
        self.target.push('=');
        encode_into(&mut self.target, value);
        self
    }

    /// The same call of a method that has a name behind a colon, which is not percent-encoded
    /// (`google.api.http`, "custom verb"); to be called before [`query`](Self::query).
    #[must_use]
    pub fn verb(mut self, verb: &str) -> Self {
        self.target.push(':');
        self.target.push_str(verb);
        self
    }

    /// The same call for the page with this token; for the first page without one.
    #[must_use]
    pub fn page(self, token: Option<&str>) -> Self {
        match token {
            Some(token) => self.query("pageToken", token),
            None => self,
        }
    }

    /// The same call with a JSON body.
    #[must_use]
    pub fn body(mut self, json: &Json) -> Self {
        self.body = Some(json.write());
        self
    }
}

/// Appends `text` with everything but RFC 3986's unreserved characters percent-encoded: `p:math`
/// becomes `p%3Amath`, as Google's own clients send it.
pub(crate) fn encode_into(out: &mut String, text: &str) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_and_parameters_are_percent_encoded() {
        let request = Request::post("x", &["courses", "p:a/b é", "students"])
            .query("enrollmentCode", "a&b")
            .query("q", "1 2");
        assert_eq!(
            request.target,
            "v1/courses/p%3Aa%2Fb%20%C3%A9/students?enrollmentCode=a%26b&q=1%202"
        );
        assert_eq!(request.method, Method::Post);
        assert_eq!(request.body, None);
    }

    #[test]
    fn a_verb_follows_a_plain_colon_and_a_page_is_one_more_parameter() {
        let request = Request::delete("x", &["a:b"]).verb("undo");
        assert_eq!(request.method.as_str(), "DELETE");
        assert_eq!(request.target, "v1/a%3Ab:undo");
        assert_eq!(request.clone().page(None), request);
        assert_eq!(
            request.page(Some("t/=")).target,
            "v1/a%3Ab:undo?pageToken=t%2F%3D"
        );
    }
}
