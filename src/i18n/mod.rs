//! The words, in every language there is.
//!
//! The catalogues stand in `locales/`, one file a language, beside the page; it fetches the one it
//! shows. The build makes constants of their keys and fails where a language lacks one. Nothing
//! outside this module knows how texts are stored.

use std::sync::Arc;

use gloo_net::http::Request;
use leptos::prelude::*;

use crate::json::{self, Json};

pub mod numbers;

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// A text, in whatever language: its place in the catalogues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(u16);

impl Text {
    /// Whether it comes with the views of staff only.
    pub const fn is_of_staff(self) -> bool {
        self.0 as usize >= FIRST_TEXTS
    }
}

/// A text about a number of things: its place in the catalogues, where each language has it in all
/// the forms that it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plural(u16);

/// The form of a plural text that every language has.
const OTHER: &str = "other";
/// What stands between the forms of a plural text and their names in memory: no text holds it.
const BETWEEN: char = '\u{1f}';

/// What a person reads when something did not work: the place of the first of its three texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message(u16);

impl Message {
    /// What happened, in a few words.
    pub const fn title(self) -> Text {
        Text(self.0)
    }

    /// What happened, in a sentence.
    pub const fn what(self) -> Text {
        Text(self.0 + 1)
    }

    /// The one next step, and whose it is.
    pub const fn next(self) -> Text {
        Text(self.0 + 2)
    }
}

/// A language that there is a catalogue of.
#[derive(Debug, PartialEq, Eq)]
pub struct Language {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// Its name in itself.
    pub name: &'static str,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    /// What the catalogue's files have to be (Subresource Integrity): one of another version would
    /// put words into wrong places. The second one, where there is one, holds the words of staff.
    integrity: &'static [&'static str],
}

/// What the names of a catalogue's files end in.
const ENDINGS: [&str; 2] = [".json?", ".staff.json?"];

impl Language {
    /// Every language, the reference first.
    pub const ALL: &'static [Self] = &LANGUAGES;

    /// The language that fits the first of `wanted` that any fits: the same tag, else the same
    /// language and script, else the same language; else the reference language.
    pub fn choose<'a>(wanted: impl IntoIterator<Item = &'a str>) -> &'static Self {
        wanted
            .into_iter()
            .find_map(|tag| {
                // `zh-Hans-CN` -> `zh-Hans-CN`, `zh-Hans`, `zh`, and then anything that begins so.
                let mut part = Some(tag);
                while let Some(prefix) = part {
                    if let Some(found) = LANGUAGES
                        .iter()
                        .find(|l| l.tag.eq_ignore_ascii_case(prefix))
                    {
                        return Some(found);
                    }
                    part = prefix.rsplit_once('-').map(|(shorter, _)| shorter);
                }
                let language = tag.split('-').next()?;
                LANGUAGES.iter().find(|l| {
                    l.tag
                        .split('-')
                        .next()
                        .is_some_and(|own| own.eq_ignore_ascii_case(language))
                })
            })
            .unwrap_or(&LANGUAGES[0])
    }

    /// The words that everybody meets, or all of them. `base` is where the widget's files lie, empty
    /// on its own page.
    ///
    /// Gives nothing where they cannot be fetched as they have to be.
    pub async fn fetch(&'static self, base: &str) -> Option<Catalogue> {
        let mut words = Catalogue::read(self, &self.fetch_file(base, 0).await?)?;
        base.clone_into(&mut words.base);
        Some(words)
    }

    /// A catalogue's file, beside the widget's other ones. A new version has a new address, so that
    /// no cache keeps the old one.
    async fn fetch_file(&self, base: &str, number: usize) -> Option<String> {
        let integrity = self.integrity.get(number)?;
        let version: String = integrity
            .chars()
            .rev()
            .filter(char::is_ascii_alphanumeric)
            .take(8)
            .collect();
        let address = [base, "locales/", self.tag, ENDINGS.get(number)?, &version].concat();
        let request = Request::get(&address).integrity(integrity);
        request.send().await.ok()?.text().await.ok()
    }
}

/// A language with all its texts.
#[derive(Clone, Debug)]
pub struct Catalogue {
    /// The language.
    pub language: &'static Language,
    /// Where its files lie.
    base: String,
    texts: Vec<String>,
}

impl Catalogue {
    /// Reads the file of `language`: a list of the words that everybody meets, or the file that
    /// people wrote, with all of them.
    ///
    /// Gives nothing where it is not the one that this program was built with.
    pub fn read(language: &'static Language, file: &str) -> Option<Self> {
        let json = json::read(file).ok()?;
        let mut texts = Vec::with_capacity(FIRST_TEXTS);
        collect(&json, &mut texts);
        if json.items().is_empty() {
            // Its name and direction, which the program knows.
            texts.drain(..texts.len().min(2));
        }
        [FIRST_TEXTS, TEXTS].contains(&texts.len()).then(|| Self {
            language,
            base: String::new(),
            texts,
        })
    }

    fn has_staff(&self) -> bool {
        self.texts.len() == TEXTS
    }

    /// The catalogue with the words of staff.
    ///
    /// Gives nothing where they cannot be fetched as they have to be.
    async fn with_staff(mut self) -> Option<Self> {
        if !self.has_staff() {
            let file = self.language.fetch_file(&self.base, 1).await?;
            collect(&json::read(&file).ok()?, &mut self.texts);
        }
        self.has_staff().then_some(self)
    }

    /// A text.
    pub fn text(&self, text: Text) -> &str {
        self.texts
            .get(usize::from(text.0))
            .map(String::as_str)
            .unwrap_or_default()
    }

    /// The text with each `{name}` replaced by its value.
    pub fn fill(&self, text: Text, values: &[(&str, &str)]) -> String {
        fill(self.text(text), values)
    }

    /// The text in the form that the language has for `count`, with that in place of `{count}`.
    pub fn count(&self, text: Plural, count: usize) -> String {
        let category = numbers::category(u32_of(count), self.language.tag);
        let forms = self.text(Text(text.0));
        let form = |wanted: &str| {
            let mut parts = forms.split(BETWEEN);
            parts.find(|name| *name == wanted)?;
            parts.next()
        };
        let form = form(&category).or_else(|| form(OTHER)).unwrap_or_default();
        fill(form, &[("count", &self.number(count))])
    }

    /// A number as the language writes it.
    pub fn number(&self, number: usize) -> String {
        numbers::written(u32_of(number), self.language.tag)
    }
}

/// Nothing that is counted here comes near the end of `u32`.
fn u32_of(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Every text within `json`, in the order of the file; the forms of a plural text as one.
fn collect(json: &Json, texts: &mut Vec<String>) {
    texts.extend(json.text().map(str::to_owned));
    if json.entries().iter().any(|(name, _)| name == OTHER) {
        let mut forms = String::new();
        for (name, form) in json.entries() {
            for part in [name, form.text().unwrap_or_default()] {
                forms.push_str(part);
                forms.push(BETWEEN);
            }
        }
        return texts.push(forms);
    }
    for value in json.items() {
        collect(value, texts);
    }
    for (_, value) in json.entries() {
        collect(value, texts);
    }
}

/// The language in use, shared by context.
#[derive(Clone, Copy)]
pub struct I18n {
    words: RwSignal<Arc<Catalogue>>,
    /// The language that was asked for last; its words may be on their way.
    wanted: StoredValue<&'static Language>,
}

impl I18n {
    /// Begins with `catalogue`.
    pub fn new(catalogue: Catalogue) -> Self {
        Self {
            wanted: StoredValue::new(catalogue.language),
            words: RwSignal::new(Arc::new(catalogue)),
        }
    }

    /// Has the words of staff, too, from now on; tells whether it does.
    pub async fn fetch_staff(self) -> bool {
        loop {
            let catalogue = Catalogue::clone(&self.words.get_untracked());
            let Some(catalogue) = catalogue.with_staff().await else {
                return false;
            };
            // Another language may have been chosen meanwhile.
            let language = self.words.with_untracked(|catalogue| catalogue.language);
            if catalogue.language == language {
                self.words.set(Arc::new(catalogue));
                return true;
            }
        }
    }

    /// Speaks in `language` as soon as its words are there, unless another one is asked for meanwhile.
    ///
    /// Gives `false` where they could not be fetched: then everything stays in the language it was in.
    pub async fn speak(self, language: &'static Language) -> bool {
        self.wanted.set_value(language);
        let base = self.words.with_untracked(|words| words.base.clone());
        let mut words = language.fetch(&base).await;
        // The views of staff may have come meanwhile.
        let Some(has_staff) = self.words.try_with_untracked(|words| words.has_staff()) else {
            return true;
        };
        if let Some(first) = words.take_if(|_| has_staff) {
            words = first.with_staff().await;
        }
        let is_wanted = self.wanted.try_get_value() == Some(language);
        match words {
            Some(words) if is_wanted => self.words.set(Arc::new(words)),
            None if is_wanted => return false,
            _ => {}
        }
        true
    }

    /// The language in use; tracked.
    pub fn language(self) -> &'static Language {
        self.words.with(|catalogue| catalogue.language)
    }

    /// The text in the language in use; tracked.
    pub fn text(self, text: Text) -> String {
        self.words.with(|catalogue| catalogue.text(text).to_owned())
    }

    /// The text for a view, where it follows the language.
    ///
    /// One closure type for all texts: a closure of its own for each would cost about 1 kB of wasm
    /// apiece, since the renderer is compiled anew for every type.
    pub fn show(self, text: Text) -> impl Fn() -> String + Copy + Send + 'static {
        move || self.text(text)
    }

    /// The text in the form that the language in use has for `count`; tracked.
    pub fn count(self, text: Plural, count: usize) -> String {
        self.with(|words| words.count(text, count))
    }

    /// A number as the language in use writes it; tracked.
    pub fn number(self, number: usize) -> String {
        self.with(|words| words.number(number))
    }

    /// A text that holds a number of seconds; tracked.
    pub fn seconds(self, text: Text, seconds: u32) -> String {
        self.with(|words| {
            let number = numbers::written(seconds, words.language.tag);
            words.fill(text, &[("seconds", &number)])
        })
    }

    /// What stands before and after the text's one placeholder; tracked.
    pub fn around(self, text: Text) -> (String, String) {
        let text = self.text(text);
        let (before, rest) = text.split_once('{').unwrap_or((&text, ""));
        let after = rest.split_once('}').map_or(rest, |(_, after)| after);
        (before.to_owned(), after.to_owned())
    }

    /// What `read` finds in the language in use; tracked.
    pub fn with<T>(self, read: impl FnOnce(&Catalogue) -> T) -> T {
        self.words.with(|catalogue| read(catalogue))
    }

    /// The text with each `{name}` replaced by its value; tracked.
    pub fn fill(self, text: Text, values: &[(&str, &str)]) -> String {
        self.words.with(|catalogue| catalogue.fill(text, values))
    }
}

/// `text` in small letters and without accents, as the browser makes it: the tables for that would
/// weigh more in the wasm than everything that compares texts.
#[cfg(target_arch = "wasm32")]
pub fn fold(text: &str) -> String {
    let small = js_sys::JsString::from(text).to_lower_case();
    let apart = String::from(small.normalize("NFD"));
    // Combining Diacritical Marks, which the decomposition has set apart.
    apart
        .chars()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .collect()
}

/// `text` in small letters; only the browser takes accents off.
#[cfg(not(target_arch = "wasm32"))]
pub fn fold(text: &str) -> String {
    text.to_lowercase()
}

/// `template` with each `{name}` replaced by its value. Values are put in as they are, never read
/// for braces again; a name without a value stays as it stands, so that a test sees it.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let value = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(n, _)| *n == name)?;
            Some((value, after))
        });
        match value {
            Some((value, after)) => {
                out.push_str(value);
                rest = after;
            }
            None => {
                out.push('{');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_language_is_chosen() {
        assert_eq!(Language::choose(["en-GB"]).tag, "en");
        assert_eq!(Language::choose(["tlh", "EN"]).tag, "en");
        assert_eq!(Language::choose([]).tag, "en");
    }

    #[test]
    fn a_catalogue_is_read_whole_or_not_at_all() {
        for language in Language::ALL {
            let file = ["locales/", language.tag, ".json"].concat();
            let file = std::fs::read_to_string(file).unwrap();
            let catalogue = Catalogue::read(language, &file).unwrap();
            assert!(!catalogue.text(text::JOIN_CLASS).is_empty());
            assert!(!catalogue.text(message::WRONG_DOMAIN.next()).is_empty());
            assert!(Catalogue::read(language, "{}").is_none());
            let lacking = file.replacen("\"sign_in\": \"", "\"sign_in\": [\"", 1);
            assert!(Catalogue::read(language, &lacking).is_none(), "no JSON");
        }
    }

    #[test]
    fn the_texts_of_a_message_stand_in_the_order_that_is_relied_on() {
        let file = std::fs::read_to_string("locales/en.json").unwrap();
        let english = Catalogue::read(&LANGUAGES[0], &file).unwrap();
        assert_eq!(english.text(text::JOIN_CLASS), "Join class");
        assert_eq!(
            english.text(message::CLASS_FULL.title()),
            "This class is full"
        );
        assert_eq!(
            english.text(message::CLASS_FULL.next()),
            "Tell your teacher."
        );
    }

    #[test]
    fn values_are_put_in_as_they_are() {
        assert_eq!(
            fill("Ask {name}, {name}!", &[("name", "{name}")]),
            "Ask {name}, {name}!"
        );
        assert_eq!(fill("{a} and {b}", &[("b", "2")]), "{a} and 2");
        assert_eq!(fill("no place {", &[]), "no place {");
    }
}
