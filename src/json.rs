//! The one way JSON is read and written.
//!
//! In the browser its own parser does the work and `serde-wasm-bindgen` turns the result into
//! Rust values: a second parser inside the wasm would cost about 2 kB (measured). Natively, where
//! the pure parts are tested, `serde_json` stands in; the component tests read the same fixtures
//! through the browser, so that the two cannot drift apart unseen.

use core::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

/// Why a text gave no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JsonError {
    /// The text is no JSON: empty, cut off, an HTML page.
    NotJson,
    /// The text is JSON, but not of the shape asked for.
    OtherShape,
}

/// Reads `text` as a `T`. Fields that `T` does not know are passed over.
///
/// # Errors
/// [`JsonError::NotJson`] or [`JsonError::OtherShape`]; never a panic, whatever the text.
#[cfg(target_arch = "wasm32")]
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    let value = js_sys::JSON::parse(text).map_err(|_| JsonError::NotJson)?;
    serde_wasm_bindgen::from_value(value).map_err(|_| JsonError::OtherShape)
}

/// Reads `text` as a `T`. Fields that `T` does not know are passed over.
///
/// # Errors
/// [`JsonError::NotJson`] or [`JsonError::OtherShape`]; never a panic, whatever the text.
#[cfg(not(target_arch = "wasm32"))]
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    serde_json::from_str(text).map_err(|error| {
        if error.is_data() {
            JsonError::OtherShape
        } else {
            JsonError::NotJson
        }
    })
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
    /// By hand: through the serializer of `serde-wasm-bindgen` and the browser it would cost 2 kB
    /// for bodies of one to three texts. Numbers are written as whole numbers, all that is needed.
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

/// Reads a value that may still nest this deep.
struct Depth(usize);

impl Depth {
    fn inner(&self) -> Option<Self> {
        self.0.checked_sub(1).map(Self)
    }
}

impl<'de> DeserializeSeed<'de> for Depth {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Depth {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value))
    }

    // Whole numbers come as such from serde_json, and from the browser where they are "safe".
    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Number(value as f64))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Json, A::Error> {
        let mut list = Vec::new();
        loop {
            match self.inner() {
                Some(inner) => match items.next_element_seed(inner)? {
                    Some(item) => list.push(item),
                    None => return Ok(Json::List(list)),
                },
                None if items.next_element::<IgnoredAny>()?.is_none() => return Ok(Json::Null),
                None => {}
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Json, A::Error> {
        let mut object = Vec::new();
        loop {
            match self.inner() {
                Some(inner) => match fields.next_key::<String>()? {
                    Some(key) => object.push((key, fields.next_value_seed(inner)?)),
                    None => return Ok(Json::Object(object)),
                },
                None if fields.next_entry::<IgnoredAny, IgnoredAny>()?.is_none() => {
                    return Ok(Json::Null);
                }
                None => {}
            }
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Depth(Self::MAX_DEPTH).deserialize(deserializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_they_stand() {
        let json: Json = read(r#"{"a":[1,-2,0.5,true,null,"x"],"b":{}}"#).unwrap();
        assert_eq!(json.get("a").unwrap().items().len(), 6);
        assert_eq!(json.get("a").unwrap().items()[1], Json::Number(-2.0));
        assert_eq!(json.get("b"), Some(&Json::Object(Vec::new())));
        assert_eq!(json.get("c"), None);
    }

    #[test]
    fn what_is_written_reads_as_it_was() {
        let json: Json =
            read(r#"{"a":[1,-2,true,false,null,"x \"y\" \\ \n \u0000 é 🙂"],"b":{}}"#).unwrap();
        assert_eq!(read::<Json>(&json.write()).unwrap(), json);
        assert_eq!(
            json.write(),
            r#"{"a":[1,-2,true,false,null,"x \"y\" \\ \u000a \u0000 é 🙂"],"b":{}}"#
        );
    }

    #[test]
    fn deep_nesting_is_cut_off_and_endless_nesting_is_an_error() {
        let deep = format!("{}1{}", "[".repeat(40), "]".repeat(40));
        assert!(read::<Json>(&deep).is_ok());
        assert_eq!(
            read::<Json>(&"[".repeat(1_000_000)),
            Err(JsonError::NotJson)
        );
    }

    #[test]
    fn what_is_no_json_is_told_from_json_of_another_shape() {
        assert_eq!(read::<Vec<u8>>("<html>"), Err(JsonError::NotJson));
        assert_eq!(read::<Vec<u8>>("[1,"), Err(JsonError::NotJson));
        assert_eq!(read::<Vec<u8>>(""), Err(JsonError::NotJson));
        assert_eq!(read::<Vec<u8>>("{}"), Err(JsonError::OtherShape));
    }
}
