//! A line, taken apart as far as it can be without knowing what an address is.

/// A line's parts, as far as they can be told without knowing what an address is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    /// A tab, semicolon or comma outside of quotes and angle brackets.
    Break(char),
    Word(&'a str),
    /// What stands between two quotation marks on the same line.
    Quoted(&'a str),
    /// What stands between `<` and `>` on the same line.
    Angled(&'a str),
}

/// Takes a line apart, spaces and brackets dropped.
pub fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = line;
    loop {
        rest = rest.trim_start_matches(is_spacing);
        let Some(first) = rest.chars().next() else {
            return tokens;
        };
        let (token, length) = match first {
            '\t' | ';' | ',' => (Some(Token::Break(first)), 1),
            '"' => match closing_quote(rest) {
                Some(end) => (Some(Token::Quoted(&rest[1..end])), end + 1),
                None => (None, 1),
            },
            '<' => match rest[1..].find(['<', '>']).map(|at| at + 1) {
                Some(end) if rest[end..].starts_with('>') => {
                    (Some(Token::Angled(&rest[1..end])), end + 1)
                }
                _ => (None, 1),
            },
            _ => {
                let end = rest
                    .find(|c| is_spacing(c) || matches!(c, '\t' | ';' | ',' | '<'))
                    .unwrap_or(rest.len());
                (Some(Token::Word(&rest[..end])), end)
            }
        };
        tokens.extend(token);
        rest = &rest[length..];
    }
}

/// Where the quotation mark at the beginning of `text` is closed: at the next one that is not
/// doubled, as CSV (RFC 4180) doubles those within.
///
/// Nothing is found only where all marks that follow stand in pairs, of which the first is then
/// closed by the second: so a line is searched to its end for nothing once at most.
fn closing_quote(text: &str) -> Option<usize> {
    let mut from = 1;
    loop {
        let end = from + text[from..].find('"')?;
        if !text[end + 1..].starts_with('"') {
            return Some(end);
        }
        from = end + 2;
    }
}

/// What parts words and means no more than that. No Google account has brackets in its address.
fn is_spacing(c: char) -> bool {
    matches!(c, ' ' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '>')
}

/// The words of a text in which separators separate nothing greater.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| is_spacing(c) || matches!(c, '\t' | '\n' | ';' | ',' | '<' | '"'))
}

/// Without the punctuation of the sentence or list that the word stands in.
pub fn trimmed(word: &str) -> &str {
    word.trim_matches(|c: char| {
        matches!(
            c,
            '.' | ',' | ':' | '!' | '?' | '"' | '\'' | '`' | '*' | '…' | '·' | '•'
        )
    })
}
