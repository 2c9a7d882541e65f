//! One email address, as far as it can be told from its letters alone.
//!
//! Taken are addresses that a Google account can have: one `@`; before it the characters that
//! RFC 5322 allows without quotes (Google's own accounts have fewer: letters, digits, `-`, `_`,
//! `'`, `.`, <https://support.google.com/a/answer/9193374>; accounts with another provider's
//! address may have all of them); behind it a domain with an ending. Whether somebody has the
//! address is for the API to say.

use core::fmt;

use super::plain_characters;

/// The most bytes before the `@` (RFC 5321, 4.5.3.1.1).
pub const LONGEST_LOCAL: usize = 64;
/// The most bytes of all of it (RFC 5321, 4.5.3.1.3, less the angle brackets counted there).
pub const LONGEST: usize = 254;
/// The most bytes between two dots of a domain (RFC 1035, 2.3.4).
const LONGEST_LABEL: usize = 63;

/// An email address: what stands before the `@` as it was typed, the domain in small letters.
///
/// Equal are two addresses of the same letters, capitals apart from small ones; whether they are
/// one and the same to Google, [`is_same`](Self::is_same) tells.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EmailAddress(String);

/// Why something is no email address; each can be said in one short sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressMistake {
    /// A number or `me`: the API would take it for a person, a teacher means an address.
    NotAnAddress,
    /// There is no `@`.
    NoAt,
    /// There is more than one `@`, as where two addresses have run together.
    SeveralAts,
    /// There is a space within.
    HasSpaces,
    /// Nothing stands before the `@`.
    NoName,
    /// Nothing stands behind the `@`.
    NoDomain,
    /// The domain has no ending such as `.org`, or one of a single character: it was cut off.
    NoEnding,
    /// Before the `@` stands a character that addresses do not have, such as an accented letter,
    /// or a dot at the edge or beside another dot.
    BadName,
    /// Behind the `@` stands a character that domains do not have, a dot beside another dot, or a
    /// hyphen at the edge.
    BadDomain,
    /// It is longer than any address may be.
    TooLong,
}

impl AddressMistake {
    /// Every mistake.
    pub const ALL: [Self; 10] = [
        Self::NotAnAddress,
        Self::NoAt,
        Self::SeveralAts,
        Self::HasSpaces,
        Self::NoName,
        Self::NoDomain,
        Self::NoEnding,
        Self::BadName,
        Self::BadDomain,
        Self::TooLong,
    ];
}

impl EmailAddress {
    /// Reads one address and nothing else; for more, and for what stands around one in a paste,
    /// there is [`address_list::read`](super::address_list::read).
    ///
    /// Full-width characters become plain, invisible ones and spaces around it are dropped. Of
    /// the domain, ASCII capitals become small (capitals of other alphabets stay).
    ///
    /// # Errors
    /// The first [`AddressMistake`] that a person would see.
    ///
    /// ```
    /// use hallpass::entry::email_address::{AddressMistake, EmailAddress};
    /// let address = EmailAddress::parse(" Maya.Chen@School.Example ").unwrap();
    /// assert_eq!(address.as_str(), "Maya.Chen@school.example");
    /// assert_eq!(EmailAddress::parse("maya@school"), Err(AddressMistake::NoEnding));
    /// ```
    pub fn parse(text: &str) -> Result<Self, AddressMistake> {
        let plain = plain_characters(text);
        let text = plain.trim();
        let Some((local, domain)) = text.split_once('@') else {
            let is_id = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            return Err(if is_id || text.eq_ignore_ascii_case("me") {
                AddressMistake::NotAnAddress
            } else {
                AddressMistake::NoAt
            });
        };
        if domain.contains('@') {
            return Err(AddressMistake::SeveralAts);
        }
        if text.contains(char::is_whitespace) {
            return Err(AddressMistake::HasSpaces);
        }
        if local.is_empty() {
            return Err(AddressMistake::NoName);
        }
        if domain.is_empty() {
            return Err(AddressMistake::NoDomain);
        }
        if local.len() > LONGEST_LOCAL || text.len() > LONGEST {
            return Err(AddressMistake::TooLong);
        }
        let is_name = local
            .split('.')
            .all(|part| !part.is_empty() && part.bytes().all(is_name_byte));
        if !is_name {
            return Err(AddressMistake::BadName);
        }
        check_domain(domain)?;
        Ok(Self([local, "@", &domain.to_ascii_lowercase()].concat()))
    }

    /// All of it, as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the `@`.
    pub fn local(&self) -> &str {
        self.halves().0
    }

    /// What stands behind the `@`.
    pub fn domain(&self) -> &str {
        self.halves().1
    }

    /// Whether Google takes both for one address: it tells no capitals from small letters.
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }

    /// What [`is_same`](Self::is_same) compares, for looking it up among many.
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }

    fn halves(&self) -> (&str, &str) {
        self.0.split_once('@').unwrap_or((&self.0, ""))
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// RFC 5322's `atext`.
fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
}

fn check_domain(domain: &str) -> Result<(), AddressMistake> {
    let mut ending = "";
    let mut labels = 0;
    for label in domain.split('.') {
        let fits = !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(is_domain_character);
        if !fits {
            return Err(AddressMistake::BadDomain);
        }
        if label.len() > LONGEST_LABEL {
            return Err(AddressMistake::TooLong);
        }
        ending = label;
        labels += 1;
    }
    if ending.bytes().all(|byte| byte.is_ascii_digit()) && labels > 1 {
        return Err(AddressMistake::BadDomain);
    }
    if labels < 2 || ending.len() < 2 {
        return Err(AddressMistake::NoEnding);
    }
    Ok(())
}

/// What a domain is written with: ASCII letters, digits and hyphens; beyond ASCII the blocks of
/// the alphabets, syllabaries and ideographs, told by their place in Unicode, since the exact
/// tables of what is a letter would weigh more than all of this file.
fn is_domain_character(c: char) -> bool {
    match c {
        '\u{0}'..='\u{7f}' => c.is_ascii_alphanumeric() || c == '-',
        '×' | '÷' => false,
        // Latin to Tagalog and on to Greek Extended; then kana, ideographs, Hangul.
        '\u{c0}'..='\u{1fff}' => true,
        '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{318f}' | '\u{3400}'..='\u{9fff}' => true,
        '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mistake(text: &str) -> AddressMistake {
        EmailAddress::parse(text).unwrap_err()
    }

    #[test]
    fn the_name_stays_as_typed_and_the_domain_becomes_small() {
        let address =
            EmailAddress::parse("\u{200b} Maya.O'Brien@STUDENTS.School.Example\n").unwrap();
        assert_eq!(address.local(), "Maya.O'Brien");
        assert_eq!(address.domain(), "students.school.example");
        assert_eq!(address.to_string(), "Maya.O'Brien@students.school.example");
    }

    #[test]
    fn capitals_make_no_other_person() {
        let [one, other, third] = [
            "Maya@school.example",
            "maya@School.example",
            "mia@school.example",
        ]
        .map(|text| EmailAddress::parse(text).unwrap());
        assert!(one.is_same(&other) && !one.is_same(&third));
        assert_eq!(one.key(), other.key());
        assert_ne!(one, other);
    }

    #[test]
    fn addresses_that_google_accounts_have_are_taken() {
        for text in [
            "k@school.example",
            "maya_chen-7b@school.example",
            "maya+biology@gmail.com",
            "1234567@students.school.example",
            "maya@a-b.c0.museum",
            "maya@xn--mnchen-3ya.example",
            "maya@münchen.example",
            "maya@学校.中国",
            "ｍａｙａ＠ｓｃｈｏｏｌ．ｅｘａｍｐｌｅ",
        ] {
            assert!(EmailAddress::parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn every_mistake_is_told_by_its_own_name() {
        let long_name = ["m".repeat(65), "@school.example".into()].concat();
        let long_label = ["maya@", &"s".repeat(64), ".example"].concat();
        let long_domain = ["maya@", &"school.".repeat(40), "example"].concat();
        let told: [(AddressMistake, &[&str]); 10] = [
            (
                AddressMistake::NotAnAddress,
                &["me", "ME", "103482937465019283746"],
            ),
            (
                AddressMistake::NoAt,
                &["", "maya", "maya.school.example", "Maya Chen"],
            ),
            (
                AddressMistake::SeveralAts,
                &["maya@@school.example", "a@x.org b@x.org", "@@"],
            ),
            (
                AddressMistake::HasSpaces,
                &["maya @school.example", "maya chen@school.example"],
            ),
            (AddressMistake::NoName, &["@school.example", "@"]),
            (AddressMistake::NoDomain, &["maya@"]),
            (
                AddressMistake::NoEnding,
                &["maya@school", "maya@school.e", "maya@localhost", "maya@7"],
            ),
            (
                AddressMistake::BadName,
                &[
                    "maya..chen@school.example",
                    ".m@school.example",
                    "m.@school.example",
                    "zoë@school.example",
                    "mаya@school.example",
                    "\"maya\"@school.example",
                    "a,b@school.example",
                ],
            ),
            (
                AddressMistake::BadDomain,
                &[
                    "maya@school..example",
                    "maya@.example",
                    "maya@school.example.",
                    "maya@-school.example",
                    "maya@school-.example",
                    "maya@school_b.example",
                    "maya@10.0.0.1",
                    "maya@[10.0.0.1]",
                    "maya@school.example…",
                    "maya@school.example/7b",
                    "maya@😀.example",
                ],
            ),
            (
                AddressMistake::TooLong,
                &[&long_name, &long_label, &long_domain],
            ),
        ];
        for (expected, texts) in told {
            for text in texts {
                assert_eq!(mistake(text), expected, "{text:?}");
            }
        }
        assert_eq!(told.map(|(mistake, _)| mistake), AddressMistake::ALL);
    }
}
