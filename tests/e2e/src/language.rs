//! The languages that there is a catalogue of in `locales/`, and what the widget says in each.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use serde_json::Value;

/// A language, with its catalogue.
#[derive(Debug)]
pub struct Language {
    /// BCP 47 tag.
    pub tag: String,
    catalogue: Value,
}

impl Language {
    /// Every language there is, by their tags.
    pub fn all() -> Result<Vec<Self>> {
        let mut all = Vec::new();
        for file in fs::read_dir(folder())? {
            let file = file?.path();
            let tag = file.file_stem().and_then(|tag| tag.to_str());
            all.push(Self::of(tag.context("a catalogue without a name")?)?);
        }
        all.sort_by(|a, b| a.tag.cmp(&b.tag));
        Ok(all)
    }

    /// The language with this tag.
    pub fn of(tag: &str) -> Result<Self> {
        let file = Path::new(folder()).join(format!("{tag}.json"));
        let catalogue = fs::read_to_string(&file).with_context(|| format!("no {tag}"))?;
        Ok(Self {
            tag: tag.to_owned(),
            catalogue: serde_json::from_str(&catalogue)?,
        })
    }

    /// Its name in itself.
    pub fn name(&self) -> Result<&str> {
        self.catalogue["name"].as_str().context("no name")
    }

    /// `ltr` or `rtl`.
    pub fn direction(&self) -> Result<&str> {
        self.catalogue["dir"].as_str().context("no direction")
    }

    /// The text at this key.
    pub fn text(&self, key: &str) -> Result<&str> {
        self.found(key)
            .and_then(Value::as_str)
            .with_context(|| self.lacks(key))
    }

    /// The form of the plural text at this key for one of CLDR's categories.
    pub fn form(&self, key: &str, category: &str) -> Result<&str> {
        let form = self.found(key).and_then(|forms| forms[category].as_str());
        form.with_context(|| self.lacks(key))
    }

    fn found(&self, key: &str) -> Option<&Value> {
        let sections = ["texts", "staff"].into_iter();
        sections
            .filter_map(|section| self.catalogue[section].get(key))
            .next()
    }

    fn lacks(&self, key: &str) -> String {
        format!("no {key} in {}", self.tag)
    }
}

fn folder() -> &'static str {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../locales")
}
