//! What people type, made sense of.
//!
//! Pure: knows neither the DOM nor the network. Every parser gives a value or a named mistake,
//! for any text at all.

pub mod address_list;
pub mod class_code;
mod doubtful_domain;
pub mod email_address;
pub mod invite_link;

use crate::{classroom::course_ref::CourseRef, within::position};
use class_code::ClassCode;
use invite_link::InviteLink;

/// What was found in the field "Class code or invite link".
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Typed {
    /// A class code alone: it does not tell which class it belongs to.
    Code(ClassCode),
    /// An invite link, which carries the class and its code.
    Link(InviteLink),
}

impl Typed {
    /// The class code, alone or out of the link.
    pub fn code(&self) -> &ClassCode {
        match self {
            Self::Code(code) => code,
            Self::Link(link) => &link.code,
        }
    }
}

/// Why what was typed is neither a class code nor an invite link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryError {
    /// Nothing was typed, or only spaces.
    Empty,
    /// Too short, too long, or with characters no class code has.
    NoCode,
    /// A Google Meet code (`abc-defg-hij`) or link.
    MeetCode,
    /// A link into Google Classroom that carries no class code.
    LinkWithoutCode,
    /// A link to another site.
    ForeignLink,
}

/// The class that was typed: a link to it, with or without a code, its number, or an alias.
///
/// ```
/// use hallpass::entry::course;
/// let of = |typed| course(typed).map(|course| course.to_string());
/// assert_eq!(of("https://classroom.google.com/c/NzQxMjM0NTY3ODkw"), Some("741234567890".to_owned()));
/// assert_eq!(of(" d:biology-7b "), Some("d:biology-7b".to_owned()));
/// assert_eq!(of("Biology 7b"), None);
/// ```
pub fn course(typed: &str) -> Option<CourseRef> {
    let plain = plain_characters(typed);
    let text = plain.trim();
    match invite_link::find(text) {
        Some(address) => invite_link::course(address).map(CourseRef::Id),
        None => CourseRef::parse(text),
    }
}

/// Reads what was typed or pasted: a class code, or an invite link anywhere in the text.
///
/// # Errors
/// An [`EntryError`] that names the mistake; nothing is guessed.
///
/// ```
/// use hallpass::entry::{read, Typed, EntryError};
/// assert!(matches!(read(" K5XQ-2MA "), Ok(Typed::Code(_))));
/// assert!(matches!(read("https://classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma"), Ok(Typed::Link(_))));
/// assert_eq!(read("abc-defg-hij"), Err(EntryError::MeetCode));
/// ```
pub fn read(typed: &str) -> Result<Typed, EntryError> {
    let plain = plain_characters(typed);
    let text = plain.trim();
    if text.is_empty() {
        return Err(EntryError::Empty);
    }
    if let Some(address) = invite_link::find(text) {
        return invite_link::read(address).map(Typed::Link);
    }
    if is_meet_code(text) {
        return Err(EntryError::MeetCode);
    }
    if let Some(host) = foreign_host(text) {
        return Err(if host.eq_ignore_ascii_case("meet.google.com") {
            EntryError::MeetCode
        } else {
            EntryError::ForeignLink
        });
    }
    ClassCode::parse(text)
        .map(Typed::Code)
        .ok_or(EntryError::NoCode)
}

/// The same text with full-width letters and digits (as Chinese and Japanese input methods give
/// them) made plain, and without characters that cannot be seen.
fn plain_characters(text: &str) -> String {
    text.chars()
        .filter(|c| !is_invisible(*c))
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xff01 + 0x21).unwrap_or(c),
            '\u{3000}' | '\u{a0}' => ' ',
            '\u{2010}'..='\u{2015}' => '-',
            _ => c,
        })
        .collect()
}

/// Zero-width and direction marks, which come along with pasted text.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// Google Meet's codes are three groups of 3, 4 and 3 letters with hyphens between them.
fn is_meet_code(text: &str) -> bool {
    let mut groups = text.split('-');
    let mut next_has = |len: usize| {
        groups
            .next()
            .is_some_and(|g| g.len() == len && g.bytes().all(|b| b.is_ascii_alphabetic()))
    };
    next_has(3) && next_has(4) && next_has(3) && groups.next().is_none()
}

/// The host of the first web address in `text`, if there is one: with a scheme, or a dotted name
/// followed by a path (`example.org/x`), or beginning with `www.`.
fn foreign_host(text: &str) -> Option<&str> {
    let host_of = |rest: &'_ str| rest.find(['/', '?', '#', ':']).unwrap_or(rest.len());
    text.split_whitespace().find_map(|word| {
        if let Some(at) = position(word, "://") {
            let rest = &word[at + 3..];
            return Some(&rest[..host_of(rest)]);
        }
        let host = &word[..host_of(word)];
        let dotted = host.contains('.') && !host.starts_with('.') && !host.ends_with('.');
        (dotted && (word.len() > host.len() || host.starts_with("www."))).then_some(host)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Typed {
        Typed::Code(ClassCode::parse(text).unwrap())
    }

    #[test]
    fn a_code_is_found_through_spaces_hyphens_case_and_full_width_letters() {
        for typed in [
            "k5xq2ma",
            " K5XQ2MA\n",
            "k5xq-2ma",
            "k5x q2m a",
            "ｋ５ｘｑ２ｍａ",
            "k5xq\u{200b}2ma",
            "k5xq\u{2011}2ma",
        ] {
            assert_eq!(read(typed), Ok(code("k5xq2ma")), "{typed:?}");
        }
    }

    #[test]
    fn nothing_typed_is_named_as_such() {
        for typed in ["", "   ", "\u{200b}"] {
            assert_eq!(read(typed), Err(EntryError::Empty), "{typed:?}");
        }
    }

    #[test]
    fn a_meet_code_or_link_is_told_apart_from_a_class_code() {
        for typed in [
            "abc-defg-hij",
            "ABC-DEFG-HIJ",
            "https://meet.google.com/abc-defg-hij",
            "meet.google.com/abc-defg-hij",
        ] {
            assert_eq!(read(typed), Err(EntryError::MeetCode), "{typed:?}");
        }
        assert_eq!(read("abcd-efg-hij"), Ok(code("abcdefghij")));
    }

    #[test]
    fn another_sites_link_is_named_as_such() {
        for typed in [
            "https://example.org/join/k5xq2ma",
            "www.example.org",
            "kahoot.it/k5xq2ma",
            "see http://example.org",
        ] {
            assert_eq!(read(typed), Err(EntryError::ForeignLink), "{typed:?}");
        }
    }

    #[test]
    fn what_no_class_code_can_be_is_refused() {
        for typed in ["k5xq", "k5xq2mak5xq2ma", "k5xq2m!", "código", "my class"] {
            let expected = if typed == "my class" {
                Ok(code("myclass"))
            } else {
                Err(EntryError::NoCode)
            };
            assert_eq!(read(typed), expected, "{typed:?}");
        }
    }
}
