//! A checked request: whose it is, what for, with which values.

use std::collections::{BTreeMap, BTreeSet};

use axum::http::{HeaderMap, header};
use serde_json::Value;

use super::{
    description::{Description, Method, Problem, Schema},
    error::ApiError,
    fields::Mask,
};
use crate::{addresses::Addresses, clock::Clock, school::Account};

/// A request as it came.
#[derive(Debug)]
pub struct Request<'r> {
    /// The HTTP method.
    pub method: &'r str,
    /// The path as sent, percent-encoded.
    pub path: &'r str,
    /// The decoded query parameters in their order.
    pub query: &'r [(String, String)],
    /// The headers.
    pub headers: &'r HeaderMap,
    /// The body.
    pub body: &'r [u8],
}

/// A request that fits the description and comes from somebody who may ask.
#[derive(Debug)]
pub struct Call<'r> {
    /// The method's name, such as `classroom.courses.get`.
    pub method: &'r str,
    /// The path's parameters, decoded.
    pub path: BTreeMap<String, String>,
    /// The query's parameters, decoded, in their order.
    pub query: &'r [(String, String)],
    /// The body, null where the method takes none.
    pub body: Value,
    /// Who asks.
    pub caller: Account,
    /// Full names of the scopes of the caller's token.
    pub scopes: BTreeSet<String>,
    /// The sandbox's addresses as the caller writes them.
    pub addresses: Addresses,
    /// The time.
    pub clock: Clock,
}

/// How an answer is written, which the global parameters choose.
#[derive(Debug)]
pub struct Format {
    /// The fields to keep, all without one.
    pub mask: Option<Mask>,
    /// Whether it is indented.
    pub pretty: bool,
    /// Whether errors carry the older `errors[]`.
    pub with_errors: bool,
}

impl Call<'_> {
    /// A path parameter, decoded; empty only if the description has none of this name.
    pub fn path(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// A query parameter; the empty text counts as none, as in protobuf.
    pub fn query<'s>(&'s self, name: &'s str) -> Option<&'s str> {
        self.query_all(name).next()
    }

    /// Every value of a query parameter.
    pub fn query_all<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.query
            .iter()
            .filter(move |(known, value)| known == name && !value.is_empty())
            .map(|(_, value)| value.as_str())
    }

    /// A text field of the body; the empty text counts as none.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.body[name].as_str().filter(|text| !text.is_empty())
    }

    /// Whether the token carries this scope, given without `…/auth/classroom.`.
    pub fn has_scope(&self, short: &str) -> bool {
        self.scopes.contains(&format!(
            "https://www.googleapis.com/auth/classroom.{short}"
        ))
    }

    /// What makes two calls of a list the same but for the page: method, caller and every other
    /// parameter.
    pub fn without_page(&self) -> String {
        let mut query: Vec<_> = self
            .query
            .iter()
            .filter(|(name, _)| name != "pageToken")
            .collect();
        query.sort();
        format!(
            "{} {} {:?} {query:?}",
            self.method, self.caller.id, self.path
        )
    }
}

/// Checks everything about a request that the description says, but for the scopes.
///
/// Gives the body, null where the method takes none.
pub fn check(
    description: &Description,
    method: &Method,
    path: &BTreeMap<String, String>,
    request: &Request<'_>,
) -> Result<Value, ApiError> {
    if path.values().any(String::is_empty) {
        return Err(ApiError::invalid_argument());
    }
    check_query(description, method, request.query)?;
    check_body(description, method, request)
}

/// Reads the parameters that shape the answer. Those of a request that is not well formed are
/// taken for what is well formed in them, so that its error can be written.
pub fn format(query: &[(String, String)]) -> Format {
    let last = |wanted: &str| {
        query
            .iter()
            .rev()
            .find(|(name, _)| name == wanted)
            .map(|(_, value)| value.as_str())
    };
    Format {
        mask: last("fields").and_then(|text| Mask::parse(text).ok()),
        pretty: last("prettyPrint") != Some("false"),
        with_errors: last("$.xgafv") != Some("2"),
    }
}

fn check_query(
    description: &Description,
    method: &Method,
    query: &[(String, String)],
) -> Result<(), ApiError> {
    let mut seen = BTreeSet::new();
    for (name, value) in query {
        let own = method
            .parameters
            .get(name)
            .filter(|schema| schema.location.as_deref() == Some("query"));
        let Some(schema) = own.or_else(|| description.global_parameters.get(name)) else {
            return Err(ApiError::invalid_payload(
                &format!(
                    "Unknown name \"{name}\": Cannot bind query parameter. Field '{name}' could \
                     not be found in request message."
                ),
                "",
            ));
        };
        if !seen.insert(name) && !schema.repeated {
            return Err(ApiError::invalid_payload(
                &format!(
                    "Unknown name \"{name}\": Proto field is not repeating, cannot start list."
                ),
                "",
            ));
        }
        check_parameter(schema, name, value)?;
    }
    Ok(())
}

fn check_parameter(schema: &Schema, name: &str, value: &str) -> Result<(), ApiError> {
    if let Err(Problem::InvalidValue { expected, found }) = schema.check_text(value) {
        return Err(ApiError::invalid_value(
            &snake_case(name),
            &expected,
            &found,
        ));
    }
    match (name, value) {
        ("fields", text) => Mask::parse(text)
            .map(drop)
            .map_err(|problem| ApiError::invalid_value("fields", "FieldMask", &problem)),
        ("alt", "json") => Ok(()),
        ("alt" | "callback", _) => Err(ApiError::invalid_value(
            name,
            "the sandbox answers JSON only",
            value,
        )),
        _ => Ok(()),
    }
}

fn check_body(
    description: &Description,
    method: &Method,
    request: &Request<'_>,
) -> Result<Value, ApiError> {
    let Some(message) = &method.request else {
        if request.body.is_empty() {
            return Ok(Value::Null);
        }
        return Err(ApiError::invalid_payload(
            "The request body must be empty.",
            "",
        ));
    };
    if !is_json(request.headers) {
        return Err(ApiError::invalid_payload(
            "Content-Type must be application/json.",
            "",
        ));
    }
    let body: Value = serde_json::from_slice(request.body)
        .map_err(|error| ApiError::invalid_payload(&format!("{error}."), ""))?;
    let root = snake_case(message.message());
    description.check_body(method, &body).map_err(|violation| {
        let field = if violation.path.is_empty() {
            root.clone()
        } else {
            format!("{root}.{}", snake_case(&violation.path))
        };
        match violation.problem {
            Problem::UnknownName(name) => ApiError::invalid_payload(
                &format!(
                    "Unknown name \"{name}\" at '{}': Cannot find field.",
                    parent(&field)
                ),
                parent(&field),
            ),
            Problem::InvalidValue { expected, found } => {
                ApiError::invalid_value(&field, &expected, &found)
            }
            Problem::NotAMessage => ApiError::invalid_payload(
                "Unknown name \"\": Root element must be a message.",
                &field,
            ),
        }
    })?;
    Ok(body)
}

fn is_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split(';').next())
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

fn parent(field: &str) -> &str {
    field.rsplit_once('.').map_or(field, |(parent, _)| parent)
}

/// `userId` as `user_id`: how Google's messages name fields.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for (index, letter) in name.char_indices() {
        if letter.is_ascii_uppercase() {
            let begins_word = index == 0 || name[..index].ends_with('.');
            if !begins_word {
                snake.push('_');
            }
            snake.push(letter.to_ascii_lowercase());
        } else {
            snake.push(letter);
        }
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_names_are_written_as_google_writes_them() {
        assert_eq!(snake_case("CourseAlias"), "course_alias");
        assert_eq!(
            snake_case("profile.name.fullName"),
            "profile.name.full_name"
        );
    }
}
