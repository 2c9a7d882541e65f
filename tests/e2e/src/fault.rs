//! Answers the sandbox gives instead of its own, to play networks, filters and Google's moods.

use std::{collections::BTreeMap, time::Duration};

use serde::Serialize;
use serde_json::{Value, json};

/// One rule of `PUT /_sandbox/faults`. Without restrictions it meets every request to the API.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Fault {
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
    #[serde(skip_serializing_if = "Option::is_none")]
    every: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    headers: BTreeMap<&'static str, &'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delay_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    drop: Option<Drop>,
}

/// Which of the sandbox's three origins a fault stands on.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// The Classroom API and sign-in.
    Api,
    /// The widget's files.
    Files,
    /// The embedding pages.
    Pages,
}

/// When a connection breaks.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Drop {
    /// Nothing happened at the other end.
    Before,
    /// It was done, only the answer got lost.
    After,
}

impl Fault {
    /// The connection breaks instead of an answer.
    pub fn dropped(when: Drop) -> Self {
        Self {
            drop: Some(when),
            ..Self::default()
        }
    }

    /// The answer comes late.
    pub fn delayed(by: Duration) -> Self {
        Self::default().after(by)
    }

    /// An answer with this HTTP status and an empty body.
    pub fn status(status: u16) -> Self {
        Self {
            status: Some(status),
            body: Some(json!("")),
            ..Self::default()
        }
    }

    /// A page of HTML, as a proxy or a school filter gives it.
    pub fn html(status: u16, page: &str) -> Self {
        Self {
            status: Some(status),
            headers: BTreeMap::from([("content-type", "text/html; charset=utf-8")]),
            body: Some(json!(page)),
            ..Self::default()
        }
    }

    /// An error in Google's form: `{"error": {"code", "message", "status"}}`.
    pub fn google(code: u16, status: &str, message: &str) -> Self {
        Self {
            status: Some(code),
            body: Some(json!({ "error": { "code": code, "message": message, "status": status } })),
            ..Self::default()
        }
    }

    /// An answer with this HTTP status and text, said to be JSON.
    pub fn json(status: u16, text: &str) -> Self {
        Self {
            status: Some(status),
            headers: BTreeMap::from([("content-type", "application/json; charset=utf-8")]),
            body: Some(json!(text)),
            ..Self::default()
        }
    }

    /// An error in Google's form with `details[]`.
    pub fn google_with(code: u16, status: &str, message: &str, details: Value) -> Self {
        Self {
            status: Some(code),
            body: Some(json!({ "error": {
                "code": code, "message": message, "status": status, "details": details,
            } })),
            ..Self::default()
        }
    }

    /// Asks with a header for so many seconds of patience.
    pub fn retry_after(mut self, seconds: &'static str) -> Self {
        self.headers.insert("Retry-After", seconds);
        self
    }

    /// The answer comes late; what the request does, it does at once.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay_ms = Some(u64::try_from(delay.as_millis()).unwrap_or(u64::MAX));
        self
    }

    /// Meets only this method on paths that begin like this.
    pub fn on(mut self, method: &'static str, path: impl Into<String>) -> Self {
        self.method = Some(method);
        self.path = Some(path.into());
        self
    }

    /// Meets every method on paths that begin like this.
    pub fn on_path(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Stands on another origin than the API's.
    pub fn at(mut self, origin: Origin) -> Self {
        self.origin = Some(origin);
        self
    }

    /// Of the requests that it would meet, only each so-manieth.
    pub fn every(mut self, every: u32) -> Self {
        self.every = Some(every);
        self
    }

    /// Spent after so many requests; else it stays.
    pub fn times(mut self, times: u32) -> Self {
        self.times = Some(times);
        self
    }
}
