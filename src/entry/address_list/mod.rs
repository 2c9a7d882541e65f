//! Many addresses at once, out of whatever they were copied from: a mail's recipients, a
//! spreadsheet, a class list, a line typed by hand.
//!
//! A paste is read line by line. A line with an address in it is a row or a list: what has an `@`
//! is an address or a mistake, what has none is a name, a class, a number beside one, unless most
//! of the line's cells are addresses; then the odd one out was meant as one too. A line without any
//! address is the head of a table or a mistake. So nothing that looks like an address, even like one
//! without its `@`, is passed over in silence.
//!
//! Every step takes time in proportion to the text.

mod cells;
mod characters;
mod head;
mod link;
mod tokens;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::email_address::{self, AddressMistake, EmailAddress};
use cells::{Cell, Word, joined, parts_of_one};
use head::is_head;
use tokens::Token;

pub use super::doubtful_domain::Doubt;

/// The most pieces that are taken: as many as a class has members at most.
pub const MOST: usize = 1000;
/// The most characters of a piece that are shown; an address never has more.
pub const LONGEST_TEXT: usize = email_address::LONGEST;

/// One piece of the paste that is an address, or was meant as one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The piece as it stood, in plain characters, cut off with `…` where it is longer than
    /// [`LONGEST_TEXT`].
    pub text: String,
    /// The address, or why it is none.
    pub address: Result<EmailAddress, AddressMistake>,
    /// Why it should be looked at twice; never where it is no address.
    pub doubt: Option<Doubt>,
    /// Whether one further up is the same.
    pub is_duplicate: bool,
}

/// What was found in a paste.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AddressList {
    /// The pieces in their order, at most [`MOST`].
    pub listed: Vec<Listed>,
    /// How many more there were.
    pub left_out: usize,
}

/// Reads whatever was typed or pasted. `own_domains` are the school's: a domain that looks like one
/// of them is doubted, and so is one that looks like a well-known provider's.
///
/// Taken are commas, semicolons (full-width, ideographic and Arabic ones too), spaces, tabs and line
/// breaks between addresses; `Name <address>`, with the name in quotes or not; rows of a spreadsheet
/// or a CSV file with or without a head; `mailto:` links; brackets, quotes and full stops around an
/// address.
///
/// ```
/// use hallpass::entry::{address_list::read, email_address::AddressMistake};
/// let list = read("\"Chen, Maya\" <maya@school.example>; leo@SCHOOL.example; bob", &[]);
/// let addresses = list.listed.iter().map(|piece| piece.address.as_ref().map(|address| address.as_str()));
/// let [maya, leo, bob] = addresses.collect::<Vec<_>>()[..] else { panic!("{list:?}") };
/// assert_eq!((maya, leo), (Ok("maya@school.example"), Ok("leo@school.example")));
/// assert_eq!(bob, Err(&AddressMistake::NoAt));
/// ```
pub fn read(text: &str, own_domains: &[&str]) -> AddressList {
    let mut reading = Reading {
        own_domains,
        seen: BTreeSet::new(),
        is_table: false,
        list: AddressList::default(),
    };
    for line in characters::cleaned(text).split('\n') {
        reading.line(line);
    }
    reading.list
}

struct Reading<'a> {
    own_domains: &'a [&'a str],
    /// The keys of the addresses taken so far.
    seen: BTreeSet<String>,
    /// Whether a head with several columns has stood above.
    is_table: bool,
    list: AddressList,
}

impl Reading<'_> {
    fn line(&mut self, line: &str) {
        let tokens = tokens::tokens(line);
        let separator = ['\t', ';', ',']
            .map(Token::Break)
            .into_iter()
            .find(|separator| tokens.contains(separator));
        let cells: Vec<Cell> = tokens
            .split(|token| separator.is_some_and(|separator| *token == separator))
            .map(|tokens| Cell::new(tokens, self.own_domains))
            .filter(Cell::is_visible)
            .collect();
        let with_address = cells.iter().filter(|cell| cell.addresses > 0).count();
        if with_address == 0 {
            self.line_without_address(line, &cells);
            return;
        }
        let is_row = self.is_table || separator == Some(Token::Break('\t'));
        let is_list = !is_row && is_most(with_address, cells.len());
        for (at, cell) in cells.iter().enumerate() {
            // `Chen, Maya <maya@…>`: the comma stands within the name.
            let is_name = || cells.get(at + 1).is_some_and(|next| next.has_marked_name);
            if cell.addresses > 0 {
                self.cell_with_address(cell);
            } else if is_list && !is_name() && !is_head(&cell.words) {
                self.take(&joined(&cell.words));
            }
        }
    }

    /// The head of a table is no mistake. Ids and misspelt addresses are a mistake each; anything
    /// else is one together, since nobody knows what in it was meant as an address.
    fn line_without_address(&mut self, line: &str, cells: &[Cell]) {
        let words: Vec<Word> = cells.iter().flat_map(|cell| &cell.words).copied().collect();
        if words.is_empty() {
            return;
        }
        if is_head(&words) {
            self.is_table |= cells.len() > 1;
        } else if words.iter().all(|word| head::looks_meant(word.text)) {
            for word in words {
                self.take(word.text);
            }
        } else {
            self.take(line.trim_matches([' ', '\t', ',', ';']));
        }
    }

    fn cell_with_address(&mut self, cell: &Cell) {
        let is_list = !cell.has_marked_name && is_most(cell.addresses, cell.words.len());
        let mut before = String::new();
        let mut rest = cell.words.as_slice();
        while let Some(first) = rest.first() {
            let parts = parts_of_one(rest);
            if parts > 1 {
                self.take(&joined(&rest[..parts]));
            } else if first.is_address {
                link::for_each_address(first.text, |address| {
                    // `maya@… <maya@…>`, `maya@… <mailto:maya@…>`: mail programs write both.
                    let is_repeated = first.is_second_half && before.eq_ignore_ascii_case(address);
                    if !is_repeated {
                        self.take(address);
                    }
                    before = address.to_owned();
                });
            } else if is_list && is_more_than_and(first.text) && !is_head(&[*first]) {
                self.take(first.text);
            }
            rest = &rest[parts..];
        }
    }

    /// One more piece.
    fn take(&mut self, piece: &str) {
        if self.list.listed.len() == MOST {
            self.list.left_out += 1;
            return;
        }
        let address = EmailAddress::parse(piece);
        let (doubt, is_duplicate) = match &address {
            Ok(address) => (
                Doubt::about(address.domain(), self.own_domains),
                !self.seen.insert(address.key()),
            ),
            Err(_) => (None, false),
        };
        self.list.listed.push(Listed {
            text: shown(piece),
            address,
            doubt,
            is_duplicate,
        });
    }
}

/// Whether a word between addresses is longer than "and" is in the languages of the widget.
fn is_more_than_and(word: &str) -> bool {
    word.chars().count() > 3
}

/// Whether `some` of `all` are so many that the rest was meant to be the same.
fn is_most(some: usize, all: usize) -> bool {
    some >= 2 && 2 * some > all
}

/// A piece in one line, not too long to show.
fn shown(piece: &str) -> String {
    let mut characters = piece.trim().chars();
    let mut shown: String = characters
        .by_ref()
        .take(LONGEST_TEXT)
        .map(|c| if c == '\t' { ' ' } else { c })
        .collect();
    if characters.next().is_some() {
        shown.push('…');
    }
    shown
}
