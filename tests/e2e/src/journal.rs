//! What was asked of the sandbox's API, in order: the widget's calls as they arrived.

use std::fmt;

use serde::Deserialize;
use serde_json::{Map, Value};

/// One request that reached the API. Preflights are not among them.
#[derive(Clone, Debug, Deserialize)]
pub struct Call {
    /// The HTTP method.
    pub method: String,
    /// The path as it was sent, without query: `/v1/courses/741234567890/students`.
    pub path: String,
    /// The query parameters, decoded; one that was repeated is an array.
    pub query: Map<String, Value>,
    /// The body as JSON, null without one.
    pub body: Value,
    /// The address of the account whose token it carried.
    pub account: Option<String>,
    /// The HTTP status it was answered with, 0 where the connection was cut instead.
    pub status: u16,
}

impl Call {
    /// Whether this is `method` on `path`.
    pub fn is(&self, method: &str, path: &str) -> bool {
        self.method == method && self.path == path
    }

    /// Whether this tries to change something.
    pub fn is_write(&self) -> bool {
        !matches!(self.method.as_str(), "GET" | "OPTIONS")
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)?;
        if !self.query.is_empty() {
            write!(f, " {}", Value::Object(self.query.clone()))?;
        }
        if !self.body.is_null() {
            write!(f, " {}", self.body)?;
        }
        let account = self.account.as_deref().unwrap_or("nobody");
        write!(f, " by {account} -> {}", self.status)
    }
}
