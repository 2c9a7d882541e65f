//! Turns the catalogues in `locales/` into Rust: one constant a text, one table a language.
//!
//! A key that one language lacks, or a placeholder that differs, fails the build here; a key that
//! nobody uses is a constant that nobody uses, which the compiler reports.

use std::{collections::BTreeMap, env, error::Error, fmt::Write as _, fs, path::Path};

use serde_json::Value;

/// The language that says which keys there are.
const REFERENCE: &str = "en";

type Outcome<T> = Result<T, Box<dyn Error>>;

/// A catalogue as it stands in its file, each text under its full key.
struct Catalogue {
    tag: String,
    name: String,
    dir: String,
    texts: BTreeMap<String, String>,
    messages: Vec<String>,
}

fn main() -> Outcome<()> {
    println!("cargo::rerun-if-changed=locales");
    let mut catalogues = Vec::new();
    for entry in fs::read_dir("locales")? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            catalogues.push(read(&path)?);
        }
    }
    // The reference first, the others by their tags.
    catalogues.sort_by_key(|catalogue| (catalogue.tag != REFERENCE, catalogue.tag.clone()));
    let reference = catalogues.first().ok_or("locales/ is empty")?;
    for catalogue in &catalogues {
        compare(reference, catalogue)?;
    }
    let out = Path::new(&env::var("OUT_DIR")?).join("catalogue.rs");
    fs::write(out, rust(&catalogues)?)?;
    Ok(())
}

fn read(path: &Path) -> Outcome<Catalogue> {
    let wrong = |what: &str| format!("{}: {what}", path.display());
    let json: Value =
        serde_json::from_str(&fs::read_to_string(path)?).map_err(|e| wrong(&e.to_string()))?;
    let text = |key: &str| {
        json[key]
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| wrong(&format!("no {key}")))
    };
    let section = |key: &str| {
        json[key]
            .as_object()
            .ok_or_else(|| wrong(&format!("no {key}")))
    };
    let mut texts = BTreeMap::new();
    for (key, value) in section("texts")? {
        let value = value
            .as_str()
            .ok_or_else(|| wrong(&format!("{key} is no text")))?;
        texts.insert(key.clone(), value.to_owned());
    }
    let mut messages = Vec::new();
    for (key, parts) in section("messages")? {
        messages.push(key.clone());
        let parts = parts
            .as_object()
            .ok_or_else(|| wrong(&format!("{key} is no message")))?;
        if parts.keys().ne(["next", "title", "what"]) {
            return Err(wrong(&format!(
                "{key} has to have title, what and next, and nothing else"
            ))
            .into());
        }
        for (part, value) in parts {
            let value = value
                .as_str()
                .ok_or_else(|| wrong(&format!("{key}.{part} is no text")))?;
            texts.insert(format!("{key}.{part}"), value.to_owned());
        }
    }
    if let Some((key, _)) = texts.iter().find(|(_, value)| value.trim().is_empty()) {
        return Err(wrong(&format!("{key} is empty")).into());
    }
    let tag = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .ok_or_else(|| wrong("no name"))?;
    Ok(Catalogue {
        tag: tag.to_owned(),
        name: text("name")?,
        dir: text("dir")?,
        texts,
        messages,
    })
}

/// Fails where the two have not the same keys and placeholders.
fn compare(reference: &Catalogue, other: &Catalogue) -> Outcome<()> {
    for key in reference.texts.keys().chain(other.texts.keys()) {
        if places(reference, key)? != places(other, key)? {
            return Err(format!(
                "locales/{}.json: the placeholders of {key} differ from {REFERENCE}'s",
                other.tag
            )
            .into());
        }
    }
    Ok(())
}

/// The placeholders of the text of that key.
fn places<'a>(catalogue: &'a Catalogue, key: &str) -> Outcome<Vec<&'a str>> {
    let text = catalogue.texts.get(key);
    Ok(placeholders(text.ok_or_else(|| {
        format!("locales/{}.json: {key} is missing", catalogue.tag)
    })?))
}

/// The names between braces, sorted, each once.
fn placeholders(text: &str) -> Vec<&str> {
    let mut names: Vec<_> = text
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

fn rust(catalogues: &[Catalogue]) -> Outcome<String> {
    let reference = &catalogues[0];
    let index: BTreeMap<_, _> = reference.texts.keys().zip(0u16..).collect();
    let mut out = String::new();
    writeln!(
        out,
        "/// The texts that stand alone, in the order of their keys.\npub(crate) mod text {{\n    use super::Text;"
    )?;
    for (key, at) in index.iter().filter(|(key, _)| !key.contains('.')) {
        writeln!(
            out,
            "    pub(crate) const {}: Text = Text({at});",
            key.to_uppercase()
        )?;
    }
    writeln!(
        out,
        "}}\n\n/// The messages of title, what happened and next step.\npub(crate) mod message {{\n    use super::{{Message, Text}};"
    )?;
    for message in &reference.messages {
        let part = |part: &str| index[&format!("{message}.{part}")];
        writeln!(
            out,
            "    pub(crate) const {}: Message = Message {{ title: Text({}), what: Text({}), next: Text({}) }};",
            message.to_uppercase(),
            part("title"),
            part("what"),
            part("next"),
        )?;
    }
    writeln!(
        out,
        "}}\n\n/// Every language there is, the reference first.\npub(super) static LANGUAGES: [Language; {}] = [",
        catalogues.len()
    )?;
    for catalogue in catalogues {
        writeln!(
            out,
            "    Language {{ tag: {:?}, name: {:?}, dir: {:?}, texts: &{:?} }},",
            catalogue.tag,
            catalogue.name,
            catalogue.dir,
            catalogue.texts.values().collect::<Vec<_>>(),
        )?;
    }
    writeln!(out, "];")?;
    Ok(out)
}
