//! Answers to give instead of the real ones: networks, filters and Google's moods, on demand.

use std::{collections::BTreeMap, time::Duration};

use axum::{
    body::Body,
    http::{HeaderName, HeaderValue, Response, StatusCode, header},
};
use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::Value;

use crate::{
    api::{call::Format, error::ApiError, reply},
    server::Cut,
};

/// The faults in force, the first that matches wins.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Faults(Vec<Fault>);

/// One fault. Without restrictions it meets every API request.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Fault {
    /// Only this HTTP method. Without one every method but `OPTIONS`, which is a browser's
    /// preflight and no request of the client.
    method: Option<String>,
    /// Only paths that begin like this, percent-encoded or not.
    path: Option<String>,
    /// Where it stands.
    #[serde(default)]
    origin: Origin,
    /// Spent after so many requests; without a number it stays.
    times: Option<u32>,
    /// Only each request of this number among those it would meet; 1 and none are all of them.
    every: Option<u32>,
    /// How many requests it would have met. Only counted with `every`.
    #[serde(skip)]
    seen: u32,
    /// Answered with this HTTP status, and nothing takes effect.
    status: Option<u16>,
    /// Added to the answer, in place of what it has under the same name.
    #[serde(default)]
    headers: BTreeMap<String, String>,
    /// The answer's body: a string as it is, anything else as JSON. Nothing takes effect.
    body: Option<Value>,
    /// The answer waits so long. What the request does, it does at once.
    #[serde(default)]
    delay_ms: u64,
    /// The connection ends without an answer.
    drop: Option<Drop>,
}

/// One of the sandbox's three origins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The API and sign-in.
    #[default]
    Api,
    /// The widget's files.
    Files,
    /// The embedding pages.
    Pages,
}

/// When the connection ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Drop {
    /// Nothing took effect.
    Before,
    /// The request took effect.
    After,
}

/// A request, as far as faults look at it.
#[derive(Clone, Copy, Debug)]
pub struct Target<'r> {
    /// Where it was sent.
    pub origin: Origin,
    /// Whether it belongs to what a fault without `path` meets: on the API's origin the API
    /// itself and not sign-in, on the others everything.
    pub ordinary: bool,
    /// The HTTP method.
    pub method: &'r str,
    /// The path as sent.
    pub path: &'r str,
}

impl Faults {
    /// Whether every fault can be carried out. Fails with a sentence that names the wrong thing.
    pub fn check(&self) -> Result<(), String> {
        for (index, fault) in self.0.iter().enumerate() {
            if let Some(status) = fault.status
                && !(200..=599).contains(&status)
            {
                return Err(format!(
                    "[{index}].status: {status} does not lie in 200 to 599"
                ));
            }
            if fault.every == Some(0) {
                return Err(format!("[{index}].every: 0 is not 1 or more"));
            }
            for (name, value) in &fault.headers {
                if HeaderName::try_from(name).is_err() || HeaderValue::try_from(value).is_err() {
                    return Err(format!(
                        "[{index}].headers: {name:?}: {value:?} is no header"
                    ));
                }
            }
        }
        Ok(())
    }

    /// The fault that meets this request, one use of it spent.
    pub fn take(&mut self, target: Target<'_>) -> Option<Fault> {
        let fault = self
            .0
            .iter_mut()
            .filter(|fault| fault.meets(target))
            .find_map(Fault::in_its_turn)?;
        if let Some(times) = &mut fault.times {
            *times -= 1;
        }
        Some(fault.clone())
    }

    /// Whether a connection to this origin may have to be cut.
    pub fn may_cut(&self, origin: Origin) -> bool {
        self.0
            .iter()
            .any(|fault| fault.origin == origin && fault.drop.is_some() && fault.times != Some(0))
    }
}

impl Fault {
    fn meets(&self, target: Target<'_>) -> bool {
        let method = match &self.method {
            Some(method) => method.eq_ignore_ascii_case(target.method),
            None => target.method != "OPTIONS",
        };
        let path = match &self.path {
            Some(prefix) => {
                target.path.starts_with(prefix.as_str())
                    || percent_decode_str(target.path)
                        .decode_utf8_lossy()
                        .starts_with(prefix.as_str())
            }
            None => target.ordinary,
        };
        self.origin == target.origin && self.times != Some(0) && method && path
    }

    /// Counts a request that it would meet, and gives it back if that is one it has its turn at.
    fn in_its_turn(&mut self) -> Option<&mut Self> {
        let Some(every) = self.every else {
            return Some(self);
        };
        self.seen = self.seen.wrapping_add(1);
        self.seen.is_multiple_of(every).then_some(self)
    }

    /// The answer in place of the real one, where this fault keeps the request from taking
    /// effect.
    pub fn instead(&self, format: &Format) -> Option<Response<Body>> {
        match self.drop {
            Some(Drop::Before) => return Some(Cut::response()),
            Some(Drop::After) => return None,
            None => {}
        }
        if self.status.is_none() && self.body.is_none() {
            return None;
        }
        let status = self
            .status
            .and_then(|status| StatusCode::from_u16(status).ok())
            .unwrap_or(StatusCode::OK);
        Some(match &self.body {
            None if status.is_success() || status.is_redirection() => with_status(status, ""),
            None => reply::error_response(&ApiError::for_http(status.as_u16()), status, format),
            Some(Value::String(text)) => with_status(status, text),
            Some(json) => reply::json_response(status, json, format.pretty),
        })
    }

    /// Whether the connection ends without an answer.
    pub fn cuts(&self) -> bool {
        self.drop.is_some()
    }

    /// How long the answer waits.
    pub fn delay(&self) -> Duration {
        Duration::from_millis(self.delay_ms)
    }

    /// The answer as this fault lets it out, which may be not at all.
    pub fn let_out(&self, mut response: Response<Body>) -> Response<Body> {
        if self.drop.is_some() {
            return Cut::response();
        }
        for (name, value) in &self.headers {
            if let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name), HeaderValue::try_from(value))
            {
                response.headers_mut().insert(name, value);
            }
        }
        response
    }
}

/// A body as it is, its type guessed from how it begins.
fn with_status(status: StatusCode, text: &str) -> Response<Body> {
    let guess = match text.trim_start().chars().next() {
        Some('<') => "text/html; charset=UTF-8",
        Some('{' | '[') | None => "application/json; charset=UTF-8",
        Some(_) => "text/plain; charset=UTF-8",
    };
    let mut response = Response::new(Body::from(text.to_owned()));
    *response.status_mut() = status;
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, HeaderValue::from_static(guess));
    response
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn faults(json: Value) -> Faults {
        serde_json::from_value(json).unwrap()
    }

    fn api<'r>(method: &'r str, path: &'r str) -> Target<'r> {
        Target {
            origin: Origin::Api,
            ordinary: path.starts_with("/v1/"),
            method,
            path,
        }
    }

    #[test]
    fn the_first_match_wins_until_it_is_spent() {
        let mut faults = faults(json!([
            {"path": "/v1/courses/p:abc", "status": 503, "times": 2},
            {"method": "post", "status": 500},
        ]));
        let mut status = |method, path| faults.take(api(method, path)).and_then(|f| f.status);
        assert_eq!(status("POST", "/v1/courses/p%3Aabc/students"), Some(503));
        assert_eq!(status("GET", "/v1/courses/p%3Aabc"), Some(503));
        assert_eq!(status("POST", "/v1/courses/p%3Aabc/students"), Some(500));
        assert_eq!(status("GET", "/v1/courses/p%3Aabc"), None);
    }

    #[test]
    fn a_share_of_the_requests_is_met_and_the_others_go_on_to_the_next_fault() {
        let mut faults = faults(json!([
            {"method": "POST", "every": 3, "times": 2, "status": 429},
            {"path": "/v1/invitations", "every": 2, "status": 503},
        ]));
        let statuses: Vec<_> = (0..10)
            .map(|_| faults.take(api("POST", "/v1/invitations")))
            .map(|fault| fault.and_then(|fault| fault.status))
            .collect();
        let (many, busy) = (Some(429), Some(503));
        let expected = [None, busy, many, None, busy, many, None, busy, None, busy];
        assert_eq!(statuses, expected);
    }

    #[test]
    fn preflights_and_sign_in_are_met_only_when_they_are_named() {
        let mut any = faults(json!([{"status": 500}]));
        assert!(any.take(api("OPTIONS", "/v1/courses")).is_none());
        assert!(any.take(api("GET", "/gsi/client")).is_none());
        assert!(any.take(api("GET", "/v1/courses")).is_some());

        let mut named = faults(json!([
            {"method": "OPTIONS", "drop": "before"},
            {"path": "/gsi/client", "status": 404},
        ]));
        assert!(named.take(api("OPTIONS", "/v1/courses")).is_some());
        assert!(named.take(api("GET", "/gsi/client")).is_some());
    }

    #[test]
    fn a_fault_that_cannot_be_carried_out_is_refused() {
        assert!(
            faults(json!([{"status": 42}]))
                .check()
                .unwrap_err()
                .contains("[0].status")
        );
        assert!(faults(json!([{"headers": {"a b": "c"}}])).check().is_err());
        assert!(faults(json!([{"every": 0}])).check().is_err());
        assert!(serde_json::from_value::<Faults>(json!([{"colour": "red"}])).is_err());
    }
}
