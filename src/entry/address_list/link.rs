//! `mailto:` links, as a web page or a contact list gives them.

use super::{
    characters::cleaned,
    tokens::{trimmed, words},
};

/// Hands out the address in a word, or the addresses in a link.
///
/// `mailto:` links (RFC 6068) hold any number before the `?`, and in `to`, `cc`, `bcc` behind it; a
/// link that a comma has cut in two has no `mailto:` in its second half. Of `Email:maya@…` the label
/// is dropped.
pub fn for_each_address(word: &str, mut each: impl FnMut(&str)) {
    let link = if is_link(word) {
        &word[LINK.len()..]
    } else {
        word
    };
    let is_link = link.len() < word.len();
    let (to, query) = match link.split_once('?') {
        Some((to, query)) if is_link || to.contains('@') && query.contains('=') => (to, query),
        _ if is_link => (link, ""),
        _ => return each(without_label(word)),
    };
    let copies = query.split('&').filter_map(|pair| {
        let (key, value) = pair.split_once('=')?;
        let is_address = ["to", "cc", "bcc"]
            .map(|of| key.eq_ignore_ascii_case(of))
            .contains(&true);
        is_address.then_some(value)
    });
    let mut none = true;
    for value in std::iter::once(to).chain(copies) {
        let value = percent_decoded(value);
        for address in words(&value).map(trimmed).filter(|text| !text.is_empty()) {
            none = false;
            each(address);
        }
    }
    if none {
        each(word);
    }
}

const LINK: &str = "mailto:";

pub fn is_link(word: &str) -> bool {
    word.get(..LINK.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(LINK))
}

fn without_label(word: &str) -> &str {
    let at = word.find('@').unwrap_or(0);
    word[..at]
        .rfind(':')
        .map_or(word, |colon| &word[colon + 1..])
}

/// `%40` as `@`; all of it as it stood where that gives no text.
fn percent_decoded(text: &str) -> String {
    let mut decoded = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, others)) = rest.split_first() {
        let digit = |at: usize| {
            others
                .get(at)
                .and_then(|byte| char::from(*byte).to_digit(16))
        };
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                decoded.extend(u8::try_from(16 * high + low));
                rest = &others[2..];
            }
            _ => {
                decoded.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8(decoded).map_or_else(|_| text.to_owned(), |decoded| cleaned(&decoded))
}
