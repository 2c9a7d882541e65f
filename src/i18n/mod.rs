//! The words, in every language there is.
//!
//! The catalogues stand in `locales/`, one file a language; the build makes constants of their keys
//! and fails where a language lacks one. Nothing outside this module knows how texts are stored.

use leptos::prelude::*;

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// A text, in whatever language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text(u16);

/// What a person reads when something did not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// What happened, in a few words.
    pub title: Text,
    /// What happened, in a sentence.
    pub what: Text,
    /// The one next step, and whose it is.
    pub next: Text,
}

/// A language with all its texts.
#[derive(Debug)]
pub struct Language {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// Its name in itself.
    pub name: &'static str,
    /// `ltr` or `rtl`.
    pub dir: &'static str,
    texts: &'static [&'static str],
}

impl Language {
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

    fn text(&self, text: Text) -> &'static str {
        self.texts
            .get(usize::from(text.0))
            .copied()
            .unwrap_or_default()
    }
}

/// The language in use, shared by context.
#[derive(Clone, Copy)]
pub struct I18n {
    language: RwSignal<&'static Language>,
}

impl I18n {
    /// Begins with `language`.
    pub fn new(language: &'static Language) -> Self {
        Self {
            language: RwSignal::new(language),
        }
    }

    /// The language in use; tracked.
    pub fn language(self) -> &'static Language {
        self.language.get()
    }

    /// The text in the language in use; tracked.
    pub fn text(self, text: Text) -> &'static str {
        self.language().text(text)
    }

    /// The text for a view, where it follows the language.
    ///
    /// One closure type for all texts: a closure of its own for each would cost about 1 kB of wasm
    /// apiece, since the renderer is compiled anew for every type.
    pub fn show(self, text: Text) -> impl Fn() -> &'static str + Copy + Send + 'static {
        move || self.text(text)
    }

    /// What stands before and after the text's one placeholder; tracked.
    pub fn around(self, text: Text) -> (&'static str, &'static str) {
        let text = self.text(text);
        let (before, rest) = text.split_once('{').unwrap_or((text, ""));
        (
            before,
            rest.split_once('}').map_or(rest, |(_, after)| after),
        )
    }

    /// The text with each `{name}` replaced by its value; tracked.
    pub fn fill(self, text: Text, values: &[(&str, &str)]) -> String {
        fill(self.text(text), values)
    }
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
    fn values_are_put_in_as_they_are() {
        assert_eq!(
            fill("Ask {name}, {name}!", &[("name", "{name}")]),
            "Ask {name}, {name}!"
        );
        assert_eq!(fill("{a} and {b}", &[("b", "2")]), "{a} and 2");
        assert_eq!(fill("no place {", &[]), "no place {");
    }
}
