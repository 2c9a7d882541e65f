//! The cells of a line and the words in each: which were meant as an address, which stand beside one.

use super::{
    link::is_link,
    tokens::{Token, trimmed, words},
};
use crate::entry::{doubtful_domain::PROVIDERS, email_address::EmailAddress};

/// What stands between two separators of the kind that the line is parted by.
#[derive(Default)]
pub struct Cell<'a> {
    pub words: Vec<Word<'a>>,
    /// How many of the words are addresses or meant as such.
    pub addresses: usize,
    /// Whether it is of the form `Name <address>`.
    pub has_marked_name: bool,
}

/// A word without the punctuation around it; never empty.
#[derive(Clone, Copy)]
pub struct Word<'a> {
    pub text: &'a str,
    /// An address, or something meant as one.
    pub is_address: bool,
    /// In angle brackets or a link, where the same address may stand before it as its own name.
    pub is_second_half: bool,
}

impl<'a> Cell<'a> {
    /// The cell of these tokens; an address without its `@` is known by one of `own_domains`.
    pub fn new(tokens: &[Token<'a>], own_domains: &[&str]) -> Self {
        let mut cell = Self::default();
        for (at, token) in tokens.iter().enumerate() {
            match *token {
                // Of the other kinds: within a cell they part words, as spaces do.
                Token::Break(_) => {}
                Token::Word(text) => cell.push(text, false, own_domains),
                Token::Quoted(text) => {
                    // Before an address it is a name, in which an `@` means nothing; unless it is
                    // an address of its own.
                    let is_name = tokens.get(at + 1).is_some_and(holds_marked_address);
                    words(text)
                        .filter(|word| !is_name || EmailAddress::parse(trimmed(word)).is_ok())
                        .for_each(|word| cell.push(word, false, own_domains));
                }
                Token::Angled(text) => {
                    cell.has_marked_name |= holds_marked_address(token);
                    words(text).for_each(|text| cell.push(text, true, own_domains));
                }
            }
        }
        cell
    }

    fn push(&mut self, text: &'a str, is_angled: bool, own_domains: &[&str]) {
        let text = trimmed(text);
        if text.is_empty() {
            return;
        }
        let is_link = is_link(text);
        let is_meant = || text.contains('@') || lacks_only_at(text, own_domains);
        let is_address = is_link || !text.contains("://") && is_meant();
        self.addresses += usize::from(is_address);
        self.words.push(Word {
            text,
            is_address,
            is_second_half: is_angled || is_link,
        });
    }

    /// Whether there is more in it than rules and dashes.
    pub fn is_visible(&self) -> bool {
        let says_something = |c: char| c.is_ascii_alphanumeric() || c == '@' || !c.is_ascii();
        self.words
            .iter()
            .any(|word| word.text.contains(says_something))
    }
}

fn holds_marked_address(token: &Token) -> bool {
    matches!(token, Token::Angled(text) if text.contains('@'))
}

/// Whether it ends like an address of the school or of a known provider, without an `@`:
/// `mayagmail.com`, `maya.school.example`.
fn lacks_only_at(text: &str, own_domains: &[&str]) -> bool {
    let has_end = |domain: &&str| {
        let start = text.len().checked_sub(domain.len()).filter(|at| *at > 0);
        let end = start.and_then(|start| text.get(start..));
        !domain.is_empty() && end.is_some_and(|end| end.eq_ignore_ascii_case(domain))
    };
    let is_host = text
        .get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("www."));
    !is_host && own_domains.iter().chain(&PROVIDERS).any(has_end)
}

/// How many of the first words are one address with spaces in it (`maya @ school.example`).
pub fn parts_of_one(words: &[Word]) -> usize {
    let lacks_at = |at: usize| words.get(at).is_some_and(|word| !word.text.contains('@'));
    let begins_with_at = |at: usize| words.get(at).is_some_and(|word| word.text.starts_with('@'));
    let mut parts = 1;
    if lacks_at(0) && begins_with_at(1) {
        parts = 2;
    }
    if words[parts - 1].text.ends_with('@') && lacks_at(parts) {
        parts += 1;
    }
    parts
}

/// The words with a space between each.
pub fn joined(words: &[Word]) -> String {
    let texts: Vec<&str> = words.iter().map(|word| word.text).collect();
    texts.join(" ")
}
