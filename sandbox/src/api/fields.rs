//! Partial answers: the `fields` parameter.
//!
//! What is understood is Google's `a,b/c,d(e,f),*`.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Which fields to keep. An empty tree under a name keeps all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mask(BTreeMap<String, Mask>);

impl Mask {
    /// Reads a mask. Fails with a word on what cannot be read.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut rest = text;
        let mask = Self::list(&mut rest)?;
        if rest.is_empty() {
            Ok(mask)
        } else {
            Err(format!("{rest:?} is left over"))
        }
    }

    /// What of `value` is kept.
    pub fn apply(&self, value: Value) -> Value {
        if self.0.is_empty() {
            return value;
        }
        match value {
            Value::Array(items) => items.into_iter().map(|item| self.apply(item)).collect(),
            Value::Object(fields) => Value::Object(self.apply_to_fields(fields)),
            other => other,
        }
    }

    fn apply_to_fields(&self, fields: Map<String, Value>) -> Map<String, Value> {
        fields
            .into_iter()
            .filter_map(|(name, value)| {
                let inner = self.0.get(&name).or_else(|| self.0.get("*"))?;
                Some((name, inner.apply(value)))
            })
            .collect()
    }

    fn list(rest: &mut &str) -> Result<Self, String> {
        let mut mask = Self::default();
        loop {
            let (name, inner) = Self::item(rest)?;
            mask.0.entry(name).or_default().0.extend(inner.0);
            match rest.strip_prefix(',') {
                Some(after) => *rest = after,
                None => return Ok(mask),
            }
        }
    }

    fn item(rest: &mut &str) -> Result<(String, Self), String> {
        let end = rest.find([',', '/', '(', ')']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let name = name.trim();
        if name.is_empty() {
            return Err("a name is missing".to_owned());
        }
        *rest = after;
        if let Some(after) = rest.strip_prefix('/') {
            *rest = after;
            let (inner_name, inner) = Self::item(rest)?;
            return Ok((name.to_owned(), Self(BTreeMap::from([(inner_name, inner)]))));
        }
        let Some(after) = rest.strip_prefix('(') else {
            return Ok((name.to_owned(), Self::default()));
        };
        *rest = after;
        let inner = Self::list(rest)?;
        *rest = rest
            .strip_prefix(')')
            .ok_or("a closing parenthesis is missing")?;
        Ok((name.to_owned(), inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn kept(mask: &str) -> Value {
        Mask::parse(mask).unwrap().apply(json!({
            "students": [
                {"userId": "1", "profile": {"id": "1", "name": {"fullName": "A", "familyName": "B"}}},
                {"userId": "2"},
            ],
            "nextPageToken": "x",
        }))
    }

    #[test]
    fn only_the_named_fields_are_kept() {
        assert_eq!(kept("nextPageToken"), json!({"nextPageToken": "x"}));
        assert_eq!(
            kept("students(userId,profile/name/fullName)"),
            json!({"students": [
                {"userId": "1", "profile": {"name": {"fullName": "A"}}},
                {"userId": "2"},
            ]})
        );
        assert_eq!(
            kept("*/userId"),
            json!({"students": [{"userId": "1"}, {"userId": "2"}], "nextPageToken": "x"})
        );
    }

    #[test]
    fn what_is_no_mask_is_refused() {
        for text in ["", "a,", "a(b", "a)b", "a(/b)"] {
            assert!(Mask::parse(text).is_err(), "{text}");
        }
    }
}
