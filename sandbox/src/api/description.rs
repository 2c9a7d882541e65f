//! Google's description of the API, and whether a value fits it.
//!
//! `methods.json` is the discovery document "Google Classroom API" v1, revision 20261028, without
//! its prose and cut down to the methods of `classroom/API.md`.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use serde_json::Value;

const METHODS: &str = include_str!("../../methods.json");

/// What the API consists of.
#[derive(Debug)]
pub struct Description {
    methods: Vec<Method>,
    /// Query parameters every method takes.
    pub global_parameters: BTreeMap<String, Schema>,
    schemas: BTreeMap<String, Schema>,
    /// Full names of all scopes of the API.
    pub scopes: BTreeSet<String>,
}

/// One method of the API.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Method {
    /// Its name, such as `classroom.courses.get`.
    pub id: String,
    /// `GET`, `POST`, `DELETE`.
    pub http_method: String,
    /// Path template without leading slash, such as `v1/courses/{id}`.
    path: String,
    /// Its own parameters, of path and query.
    #[serde(default)]
    pub parameters: BTreeMap<String, Schema>,
    /// What its body is, where it takes one.
    pub request: Option<Schema>,
    /// Scopes any one of which suffices, by full name.
    #[serde(default)]
    pub scopes: Vec<String>,
}

/// The shape of a parameter or a value.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Schema {
    #[serde(rename = "$ref")]
    reference: Option<String>,
    #[serde(rename = "type")]
    kind: Option<String>,
    #[serde(rename = "enum")]
    values: Option<Vec<String>>,
    items: Option<Box<Schema>>,
    properties: BTreeMap<String, Schema>,
    /// Whether a query parameter may come more than once.
    pub repeated: bool,
    /// `path` or `query`, for a parameter.
    pub location: Option<String>,
}

/// Why a value does not fit.
#[derive(Debug, PartialEq, Eq)]
pub struct Violation {
    /// Where it is, in JSON names: `profile.name`, empty for the whole value.
    pub path: String,
    /// What is wrong with it.
    pub problem: Problem,
}

/// What is wrong with a value.
#[derive(Debug, PartialEq, Eq)]
pub enum Problem {
    /// There is no such field; the name alone.
    UnknownName(String),
    /// It is not of this type; what is expected in Google's words, what came as JSON.
    InvalidValue {
        /// `TYPE_STRING`, or an enum's full name.
        expected: String,
        /// The value that came.
        found: String,
    },
    /// An object was expected.
    NotAMessage,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::UnknownName(name) => write!(f, "unknown name {name:?}"),
            Self::InvalidValue { expected, found } => write!(f, "not a {expected}: {found}"),
            Self::NotAMessage => write!(f, "not an object"),
        }
    }
}

/// A method that a path leads to, with the path's parameters.
pub type Found<'d> = (&'d Method, BTreeMap<String, String>);

#[derive(Deserialize)]
struct Document {
    auth: Auth,
    parameters: BTreeMap<String, Schema>,
    resources: BTreeMap<String, Resource>,
    schemas: BTreeMap<String, Schema>,
}

#[derive(Deserialize)]
struct Auth {
    oauth2: OAuth2,
}

#[derive(Deserialize)]
struct OAuth2 {
    scopes: BTreeMap<String, Value>,
}

#[derive(Deserialize)]
struct Resource {
    #[serde(default)]
    methods: BTreeMap<String, Method>,
    #[serde(default)]
    resources: BTreeMap<String, Resource>,
}

impl Resource {
    fn collect(self, methods: &mut Vec<Method>) {
        methods.extend(self.methods.into_values());
        for resource in self.resources.into_values() {
            resource.collect(methods);
        }
    }
}

impl Description {
    /// Reads the embedded description. Fails only if the file was damaged.
    pub fn load() -> Result<Self, String> {
        let document: Document =
            serde_json::from_str(METHODS).map_err(|error| format!("methods.json: {error}"))?;
        let mut methods = Vec::new();
        for resource in document.resources.into_values() {
            resource.collect(&mut methods);
        }
        Ok(Self {
            methods,
            global_parameters: document.parameters,
            schemas: document.schemas,
            scopes: document.auth.oauth2.scopes.into_keys().collect(),
        })
    }

    /// The method that an HTTP method and a path (as sent, percent-encoded) lead to.
    pub fn find(&self, http_method: &str, path: &str) -> Option<Found<'_>> {
        self.methods
            .iter()
            .filter(|method| method.http_method == http_method)
            .find_map(|method| Some((method, match_path(&method.path, path)?)))
    }

    /// The scope a name stands for: its full name, what stands behind `…/auth/`, or that without
    /// `classroom.`.
    pub fn scope(&self, name: &str) -> Option<&str> {
        const PREFIX: &str = "https://www.googleapis.com/auth/";
        [
            name.to_owned(),
            format!("{PREFIX}{name}"),
            format!("{PREFIX}classroom.{name}"),
        ]
        .iter()
        .find_map(|full| self.scopes.get(full))
        .map(String::as_str)
    }

    /// Whether a value fits the schema of this name.
    pub fn check_schema(&self, name: &str, value: &Value) -> Result<(), Violation> {
        let Some(schema) = self.schemas.get(name) else {
            return Ok(());
        };
        self.check(schema, value, "")
    }

    /// Whether a body fits what a method takes.
    pub fn check_body(&self, method: &Method, body: &Value) -> Result<(), Violation> {
        match &method.request {
            Some(schema) => self.check(schema, body, ""),
            None => Ok(()),
        }
    }

    fn check(&self, schema: &Schema, value: &Value, path: &str) -> Result<(), Violation> {
        if let Some(name) = &schema.reference {
            return match self.schemas.get(name) {
                Some(schema) => self.check(schema, value, path),
                None => Ok(()),
            };
        }
        // In protobuf's JSON null stands for a field that was left out.
        if value.is_null() && !path.is_empty() {
            return Ok(());
        }
        let violation = |problem| Violation {
            path: path.to_owned(),
            problem,
        };
        match schema.kind.as_deref() {
            Some("object") => {
                let Value::Object(fields) = value else {
                    return Err(violation(Problem::NotAMessage));
                };
                for (name, value) in fields {
                    let at = join(path, name);
                    let Some(schema) = schema.properties.get(name) else {
                        return Err(Violation {
                            path: at,
                            problem: Problem::UnknownName(name.clone()),
                        });
                    };
                    self.check(schema, value, &at)?;
                }
                Ok(())
            }
            Some("array") => {
                let (Value::Array(items), Some(schema)) = (value, &schema.items) else {
                    return Err(violation(invalid("list", value)));
                };
                for (index, item) in items.iter().enumerate() {
                    self.check(schema, item, &format!("{path}[{index}]"))?;
                }
                Ok(())
            }
            _ => scalar(schema, value).map_err(violation),
        }
    }
}

impl Schema {
    /// Whether a query parameter's text fits.
    pub fn check_text(&self, text: &str) -> Result<(), Problem> {
        let value = match self.kind.as_deref() {
            Some("integer") => text.parse::<i32>().map_or(Value::from(text), Value::from),
            Some("boolean") => text.parse::<bool>().map_or(Value::from(text), Value::from),
            _ => Value::from(text),
        };
        scalar(self, &value)
    }

    /// The name of the message this refers to, such as `Student`.
    pub fn message(&self) -> &str {
        self.reference.as_deref().unwrap_or_default()
    }
}

fn scalar(schema: &Schema, value: &Value) -> Result<(), Problem> {
    let (fits, expected) = match schema.kind.as_deref() {
        Some("string") => match &schema.values {
            Some(values) => (
                value
                    .as_str()
                    .is_some_and(|text| values.iter().any(|known| known == text)),
                "TYPE_ENUM",
            ),
            None => (value.is_string(), "TYPE_STRING"),
        },
        Some("integer") => (
            value
                .as_i64()
                .is_some_and(|number| i32::try_from(number).is_ok()),
            "TYPE_INT32",
        ),
        Some("boolean") => (value.is_boolean(), "TYPE_BOOL"),
        _ => (true, ""),
    };
    if fits {
        Ok(())
    } else {
        Err(invalid(expected, value))
    }
}

fn invalid(expected: &str, found: &Value) -> Problem {
    Problem::InvalidValue {
        expected: expected.to_owned(),
        found: found.to_string(),
    }
}

fn join(path: &str, name: &str) -> String {
    if path.is_empty() {
        name.to_owned()
    } else {
        format!("{path}.{name}")
    }
}

/// The parameters in `path` if it has the form of `template`. Values are percent-decoded, the
/// literal parts are not: `{id}:accept` wants its colon as it is.
fn match_path(template: &str, path: &str) -> Option<BTreeMap<String, String>> {
    let mut parameters = BTreeMap::new();
    let mut sent = path.strip_prefix('/')?.split('/');
    for part in template.split('/') {
        let sent = sent.next()?;
        let Some((name, verb)) = part
            .strip_prefix('{')
            .and_then(|parameter| parameter.split_once('}'))
        else {
            if part != sent {
                return None;
            }
            continue;
        };
        let value = sent.strip_suffix(verb)?;
        // Another method's verb is no part of an identifier.
        if verb.is_empty() && value.ends_with(":accept") {
            return None;
        }
        let value = percent_decode_str(value).decode_utf8().ok()?;
        parameters.insert(name.to_owned(), value.into_owned());
    }
    sent.next().is_none().then_some(parameters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn description() -> Description {
        Description::load().unwrap()
    }

    #[test]
    fn a_path_leads_to_its_method_with_decoded_parameters() {
        let description = description();
        let (method, parameters) = description
            .find("POST", "/v1/courses/p%3Ak5xq2ma/students")
            .unwrap();
        assert_eq!(method.id, "classroom.courses.students.create");
        assert_eq!(parameters["courseId"], "p:k5xq2ma");

        let (method, parameters) = description
            .find("POST", "/v1/invitations/i1:accept")
            .unwrap();
        assert_eq!(method.id, "classroom.invitations.accept");
        assert_eq!(parameters["id"], "i1");
    }

    #[test]
    fn a_path_of_another_form_leads_nowhere() {
        let description = description();
        for (method, path) in [
            ("PATCH", "/v1/courses/1"),
            ("GET", "/v1/courses/1/"),
            ("GET", "/v1/courses/1/announcements"),
            ("GET", "/v2/courses"),
            ("GET", "/v1/invitations/i1:accept"),
        ] {
            assert!(description.find(method, path).is_none(), "{method} {path}");
        }
    }

    #[test]
    fn a_scope_is_known_by_its_full_and_its_short_names() {
        let description = description();
        let full = "https://www.googleapis.com/auth/classroom.rosters";
        for name in [full, "classroom.rosters", "rosters"] {
            assert_eq!(description.scope(name), Some(full));
        }
        assert_eq!(description.scope("drive"), None);
    }

    #[test]
    fn a_body_is_checked_in_depth() {
        let description = description();
        let at = |value| {
            description
                .check_schema("Student", &value)
                .unwrap_err()
                .path
        };
        assert_eq!(at(json!({"userid": "me"})), "userid");
        assert_eq!(at(json!({"userId": 7})), "userId");
        assert_eq!(
            at(json!({"profile": {"name": {"full": "x"}}})),
            "profile.name.full"
        );
        assert_eq!(
            at(json!({"profile": {"permissions": [{"permission": "FLY"}]}})),
            "profile.permissions[0].permission"
        );
        assert_eq!(at(json!([])), "");
        assert_eq!(
            description.check_schema("Student", &json!({"userId": "me", "profile": null})),
            Ok(())
        );
    }
}
