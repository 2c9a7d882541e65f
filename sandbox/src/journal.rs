//! What was asked of the API, in order.

use serde::Serialize;
use serde_json::{Map, Value};

/// Every API request since the start or the last `DELETE requests`.
#[derive(Debug, Default)]
pub struct Journal {
    /// In the order of their answers' making.
    pub entries: Vec<Entry>,
}

/// One API request. It never holds a token.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// The HTTP method.
    pub method: String,
    /// The path as it was sent, percent-encoding included.
    pub path: String,
    /// The decoded parameters; one that was repeated is an array.
    pub query: Map<String, Value>,
    /// The body as JSON; a body that is no JSON as a string; null without one.
    pub body: Value,
    /// The address of the account whose token was sent, null without a valid one.
    pub account: Option<String>,
    /// The HTTP status that was sent, 0 where the connection was cut instead.
    pub status: u16,
}

/// Parameters that carry credentials at Google: their values are not written down.
const SECRET: [&str; 3] = ["access_token", "oauth_token", "key"];

/// The parameters as they are kept in an [`Entry`].
pub fn query_object(query: &[(String, String)]) -> Map<String, Value> {
    let mut object = Map::new();
    for (name, value) in query {
        let value = if SECRET.contains(&name.as_str()) {
            Value::from("(not kept)")
        } else {
            Value::from(value.clone())
        };
        match object.get_mut(name) {
            None => {
                object.insert(name.clone(), value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => {
                let both = vec![first.take(), value];
                *first = Value::from(both);
            }
        }
    }
    object
}

/// A request body as it is kept in an [`Entry`].
pub fn body_value(bytes: &[u8]) -> Value {
    if bytes.is_empty() {
        return Value::Null;
    }
    serde_json::from_slice(bytes)
        .unwrap_or_else(|_| Value::from(String::from_utf8_lossy(bytes).into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kept(pairs: &[(&str, &str)]) -> Value {
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Value::Object(query_object(&pairs))
    }

    #[test]
    fn a_repeated_parameter_is_kept_as_an_array() {
        assert_eq!(
            kept(&[("a", "1"), ("b", "x"), ("a", "2"), ("a", "3")]),
            json!({"a": ["1", "2", "3"], "b": "x"})
        );
    }

    #[test]
    fn a_token_in_the_address_is_not_written_down() {
        assert_eq!(
            kept(&[("access_token", "ya29.secret")]),
            json!({"access_token": "(not kept)"})
        );
    }
}
