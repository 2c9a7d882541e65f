//! The one way JSON is read and written.
//!
//! In the browser its own parser does the work: a second one inside the wasm would weigh 2 kB, and
//! reading the browser's values through serde another 7 kB (measured). Natively, where the pure
//! parts are tested, `serde_json` stands in; the component tests read the same fixtures through the
//! browser, so that the two cannot drift apart unseen.

/// A text that is no JSON: empty, cut off, an HTML page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotJson;

/// Reads `text`.
///
/// # Errors
/// [`NotJson`]; never a panic, whatever the text.
#[cfg(target_arch = "wasm32")]
pub fn read(text: &str) -> Result<Json, NotJson> {
    let value = js_sys::JSON::parse(text).map_err(|_| NotJson)?;
    Ok(in_browser::read(&value, Json::MAX_DEPTH))
}

/// Reads `text`.
///
/// # Errors
/// [`NotJson`]; never a panic, whatever the text.
#[cfg(not(target_arch = "wasm32"))]
pub fn read(text: &str) -> Result<Json, NotJson> {
    let value = serde_json::from_str(text).map_err(|_| NotJson)?;
    Ok(natively::read(value, Json::MAX_DEPTH))
}

#[cfg(target_arch = "wasm32")]
mod in_browser {
    use js_sys::{Array, Object};
    use wasm_bindgen::{JsCast, JsValue};

    use super::Json;

    /// The value, which may nest `depth` deep.
    pub fn read(value: &JsValue, depth: usize) -> Json {
        if let Some(text) = value.as_string() {
            Json::Text(text)
        } else if let Some(number) = value.as_f64() {
            Json::Number(number)
        } else if let Some(truth) = value.as_bool() {
            Json::Bool(truth)
        } else if depth == 0 {
            Json::Null
        } else if let Some(list) = value.dyn_ref::<Array>() {
            Json::List(list.iter().map(|item| read(&item, depth - 1)).collect())
        } else if let Some(object) = value.dyn_ref::<Object>() {
            let entries = Object::entries(object);
            let entries = entries.iter().map(|entry| {
                let entry: Array = entry.unchecked_into();
                let key = entry.get(0).as_string().unwrap_or_default();
                (key, read(&entry.get(1), depth - 1))
            });
            Json::Object(entries.collect())
        } else {
            Json::Null
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod natively {
    use serde_json::Value;

    use super::Json;

    /// The value, which may nest `depth` deep.
    pub fn read(value: Value, depth: usize) -> Json {
        match value {
            Value::String(text) => Json::Text(text),
            Value::Number(number) => Json::Number(number.as_f64().unwrap_or(f64::NAN)),
            Value::Bool(truth) => Json::Bool(truth),
            Value::Array(list) if depth > 0 => {
                Json::List(list.into_iter().map(|item| read(item, depth - 1)).collect())
            }
            Value::Object(object) if depth > 0 => {
                let entries = object.into_iter();
                Json::Object(
                    entries
                        .map(|(key, value)| (key, read(value, depth - 1)))
                        .collect(),
                )
            }
            Value::Null | Value::Array(_) | Value::Object(_) => Json::Null,
        }
    }
}

/// Any JSON value, for what others write and may have got wrong: the configuration, error bodies.
///
/// Looked at field by field, so that one value of an odd type spoils nothing beside it.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    /// `null`, and everything nested deeper than [`Json::MAX_DEPTH`].
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// Any number.
    Number(f64),
    /// A string.
    Text(String),
    /// An array.
    List(Vec<Json>),
    /// An object, in the order of its keys as they came.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// How deep values are read; a stranger's `[[[[…` must not use up the stack.
    pub const MAX_DEPTH: usize = 8;

    /// The value of `key`, where this is an object that has it.
    pub fn get(&self, key: &str) -> Option<&Json> {
        self.entries()
            .iter()
            .find(|(k, _)| k == key)
            .map(|(_, value)| value)
    }

    /// The text, where this is one.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The text of `key`; empty where there is none.
    pub fn text_of(&self, key: &str) -> String {
        self.get(key)
            .and_then(Self::text)
            .unwrap_or_default()
            .to_owned()
    }

    /// The value as JSON text.
    ///
    /// By hand: through serde and the browser it would cost 2 kB for bodies of one to three texts.
    /// Numbers are written as whole numbers, all that is needed.
    pub fn write(&self) -> String {
        let mut out = String::new();
        self.write_into(&mut out);
        out
    }

    fn write_into(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(true) => out.push_str("true"),
            Self::Bool(false) => out.push_str("false"),
            Self::Number(number) => out.push_str(&(*number as i64).to_string()),
            Self::Text(text) => write_text(text, out),
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    item.write_into(out);
                }
                out.push(']');
            }
            Self::Object(entries) => {
                out.push('{');
                for (at, (key, value)) in entries.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    write_text(key, out);
                    out.push(':');
                    value.write_into(out);
                }
                out.push('}');
            }
        }
    }

    /// The items, where this is an array; else none.
    pub fn items(&self) -> &[Json] {
        match self {
            Self::List(items) => items,
            _ => &[],
        }
    }

    /// Keys and values, where this is an object; else none.
    pub fn entries(&self) -> &[(String, Json)] {
        match self {
            Self::Object(entries) => entries,
            _ => &[],
        }
    }
}

/// Writes a string with its quotes; what RFC 8259, section 7, asks to be escaped is.
fn write_text(text: &str, out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\0'..='\u{1f}' => {
                let code = c as usize;
                out.push_str("\\u00");
                out.push(char::from(HEX[code >> 4]));
                out.push(char::from(HEX[code & 15]));
            }
            _ => out.push(c),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_they_stand() {
        let json = read(r#"{"a":[1,-2,0.5,true,null,"x"],"b":{}}"#).unwrap();
        assert_eq!(json.get("a").unwrap().items().len(), 6);
        assert_eq!(json.get("a").unwrap().items()[1], Json::Number(-2.0));
        assert_eq!(json.get("b"), Some(&Json::Object(Vec::new())));
        assert_eq!(json.get("c"), None);
    }

    #[test]
    fn what_is_written_reads_as_it_was() {
        let json: Json =
            read(r#"{"a":[1,-2,true,false,null,"x \"y\" \\ \n \u0000 é 🙂"],"b":{}}"#).unwrap();
        assert_eq!(read(&json.write()).unwrap(), json);
        assert_eq!(
            json.write(),
            r#"{"a":[1,-2,true,false,null,"x \"y\" \\ \u000a \u0000 é 🙂"],"b":{}}"#
        );
    }

    #[test]
    fn deep_nesting_is_cut_off_and_endless_nesting_is_an_error() {
        let deep = format!("{}1{}", "[".repeat(40), "]".repeat(40));
        assert!(read(&deep).is_ok());
        assert_eq!(read(&"[".repeat(1_000_000)), Err(NotJson));
    }

    #[test]
    fn what_is_no_json_is_an_error() {
        for text in ["<html>", "[1,", "", "{} {}"] {
            assert_eq!(read(text), Err(NotJson), "{text}");
        }
    }
}
