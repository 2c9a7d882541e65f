//! Turns the keys of the catalogues in `locales/` into Rust: one constant a text, its place in the
//! catalogue, and a table of the languages with what their files have to be.
//!
//! The texts themselves stay in their files, of which the page fetches the one it needs. A key that
//! one language lacks or has elsewhere, or a placeholder that differs, fails the build here; a key
//! that nobody uses is a constant that nobody uses, which the compiler reports.

use std::{env, error::Error, fmt::Write as _, fs, path::Path};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

#[path = "xtask/src/widget/words.rs"]
mod words;

/// The language that says which keys there are.
const REFERENCE: &str = "en";

type Outcome<T> = Result<T, Box<dyn Error>>;

/// What a file holds. What only the views of teachers and administrators say stands apart, so that
/// nobody else has to load it.
const SECTIONS: [&str; 6] = [
    "name",
    "dir",
    "texts",
    "messages",
    "staff",
    "staff_messages",
];

/// The categories that languages have plural forms for (Unicode CLDR); every language has the last.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// What every message is made of, in this order.
const PARTS: [&str; 3] = ["title", "what", "next"];

/// A catalogue as it stands in its file.
struct Catalogue {
    tag: String,
    name: String,
    dir: String,
    /// What the browser is to hold the fetched files against.
    integrity: Vec<String>,
    /// How many texts the first of them holds.
    first: usize,
    /// Each text with its full key, in the order of the file.
    texts: Vec<(String, Words)>,
    /// The keys of the messages.
    messages: Vec<String>,
}

/// What stands at a key.
enum Words {
    /// A text.
    One(String),
    /// A text about a number of things, in the forms that the language has, by their categories.
    Plural(Vec<(String, String)>),
}

fn main() -> Outcome<()> {
    println!("cargo::rerun-if-changed=locales");
    println!("cargo::rerun-if-changed=xtask/src/widget/words.rs");
    let is_wasm = env::var("CARGO_CFG_TARGET_ARCH")? == "wasm32";
    if is_wasm && is_split() {
        // Has the linker write down what refers to what: by that the program is cut.
        println!("cargo::rustc-link-arg-bins=--emit-relocs");
    }
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

fn is_split() -> bool {
    env::var_os("CARGO_FEATURE_SPLIT").is_some()
}

fn read(path: &Path) -> Outcome<Catalogue> {
    let wrong = |what: &str| format!("{}: {what}", path.display());
    let file = fs::read(path)?;
    let json: Value = serde_json::from_slice(&file).map_err(|e| wrong(&e.to_string()))?;
    let text = |value: &Value, key: &str| match value.as_str() {
        Some(text) if !text.trim().is_empty() => Ok(text.to_owned()),
        _ => Err(wrong(&format!("{key} is no text, or empty"))),
    };
    let section = |key: &str| {
        json[key]
            .as_object()
            .ok_or_else(|| wrong(&format!("no {key}")))
    };
    // i18n reads the texts in the order of the file.
    let sections: Vec<_> = json
        .as_object()
        .into_iter()
        .flat_map(|json| json.keys())
        .collect();
    if sections != SECTIONS {
        return Err(wrong(&format!("it has to hold {SECTIONS:?}, in this order")).into());
    }
    let mut texts = Vec::new();
    let mut messages = Vec::new();
    let mut first = 0;
    for (_, [alone, of_three]) in words::PARTS {
        for (key, value) in section(alone)? {
            let words = match value.as_object() {
                Some(forms) => {
                    Words::Plural(plural(key, forms, text).map_err(|what| wrong(&what))?)
                }
                None => Words::One(text(value, key)?),
            };
            texts.push((key.clone(), words));
        }
        for (message, parts) in section(of_three)? {
            messages.push(message.clone());
            let parts = parts
                .as_object()
                .filter(|parts| parts.keys().eq(PARTS))
                .ok_or_else(|| {
                    wrong(&format!(
                        "{message} has to hold title, what and next, in this order"
                    ))
                })?;
            for (part, value) in parts {
                let key = format!("{message}.{part}");
                texts.push((key.clone(), Words::One(text(value, &key)?)));
            }
        }
        if first == 0 {
            first = texts.len();
        }
    }
    // Cut in two for the widget that is cut in two, see src/ui/views/staff.rs.
    let served = if is_split() {
        words::PARTS
            .map(|(_, sections)| words::served(&json, sections).into_bytes())
            .into()
    } else {
        vec![file]
    };
    let tag = path
        .file_stem()
        .and_then(|stem| stem.to_str())
        .ok_or_else(|| wrong("no name"))?;
    Ok(Catalogue {
        tag: tag.to_owned(),
        name: text(&json["name"], "name")?,
        dir: text(&json["dir"], "dir")?,
        integrity: served
            .iter()
            .map(|file| STANDARD.encode(Sha256::digest(file)))
            .collect(),
        first,
        texts,
        messages,
    })
}

/// The forms of a plural text.
fn plural(
    key: &str,
    forms: &Map<String, Value>,
    text: impl Fn(&Value, &str) -> Result<String, String>,
) -> Result<Vec<(String, String)>, String> {
    let known = |category: &&String| CATEGORIES.contains(&category.as_str());
    if !forms.keys().all(|category| known(&category)) || !forms.contains_key("other") {
        return Err(format!(
            "the forms of {key} have to be of {CATEGORIES:?}, other among them"
        ));
    }
    let form = |(category, value): (&String, &Value)| {
        let form = text(value, &format!("{key}.{category}"))?;
        Ok((category.clone(), form))
    };
    forms.iter().map(form).collect()
}

/// Fails where the two have not the same keys in the same order, or other placeholders.
fn compare(reference: &Catalogue, other: &Catalogue) -> Outcome<()> {
    let wrong = |what: String| format!("locales/{}.json: {what}", other.tag);
    for at in 0..reference.texts.len().max(other.texts.len()) {
        match (reference.texts.get(at), other.texts.get(at)) {
            (Some((key, words)), Some((own_key, own))) if key == own_key => {
                if !words.may_stand_for(own) {
                    let what = format!("the placeholders of {key} differ from {REFERENCE}'s");
                    return Err(wrong(what).into());
                }
            }
            (Some((key, _)), _) => return Err(wrong(format!("{key} is missing")).into()),
            (None, own) => {
                let key = own.map(|(key, _)| key.as_str()).unwrap_or_default();
                return Err(wrong(format!("{key} is in no other language")).into());
            }
        }
    }
    Ok(())
}

impl Words {
    /// Whether both have the same placeholders. Of a plural text that goes for the form that every
    /// language has; the others may do without the number ("one invitation").
    fn may_stand_for(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::One(text), Self::One(own)) => placeholders(text) == placeholders(own),
            (Self::Plural(_), Self::Plural(forms)) => forms.iter().all(|(category, form)| {
                let names = placeholders(form);
                names == ["count"] || (names.is_empty() && category != "other")
            }),
            _ => false,
        }
    }
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
    let place = |wanted: &str| {
        let found = reference.texts.iter().position(|(key, _)| key == wanted);
        found.ok_or_else(|| format!("no {wanted}"))
    };
    let mut out = String::new();
    writeln!(
        out,
        "/// The texts that stand alone.\npub(crate) mod text {{\n    use super::{{Plural, Text}};"
    )?;
    for (key, words) in reference.texts.iter().filter(|(key, _)| !key.contains('.')) {
        let kind = match words {
            Words::One(_) => "Text",
            Words::Plural(_) => "Plural",
        };
        writeln!(
            out,
            "    pub(crate) const {}: {kind} = {kind}({});",
            key.to_uppercase(),
            place(key)?
        )?;
    }
    writeln!(
        out,
        "}}\n\n/// The messages of title, what happened and next step.\npub(crate) mod message {{\n    use super::Message;"
    )?;
    for message in &reference.messages {
        writeln!(
            out,
            "    pub(crate) const {}: Message = Message({});",
            message.to_uppercase(),
            place(&format!("{message}.{}", PARTS[0]))?,
        )?;
    }
    writeln!(
        out,
        "}}\n\n/// How many texts a catalogue holds.\nconst TEXTS: usize = {};\n\n/// How many of them everybody meets; the others are those of staff.\nconst FIRST_TEXTS: usize = {};\n\n/// Every language there is, the reference first.\nstatic LANGUAGES: [Language; {}] = [",
        reference.texts.len(),
        reference.first,
        catalogues.len()
    )?;
    for Catalogue {
        tag,
        name,
        dir,
        integrity,
        ..
    } in catalogues
    {
        let integrity: Vec<_> = integrity
            .iter()
            .map(|hash| format!("sha256-{hash}"))
            .collect();
        writeln!(
            out,
            "    Language {{ tag: {tag:?}, name: {name:?}, dir: {dir:?}, integrity: &{integrity:?} }},",
        )?;
    }
    writeln!(out, "];")?;
    Ok(out)
}
