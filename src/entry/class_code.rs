//! The class code that a teacher reads out.
//!
//! Google documents no alphabet. In 45 real codes every character is one of `a-z2-7` (lower-case
//! base32, RFC 4648) and the length is 6 to 8; `0 1 8 9` never occur, so that a typed one is a
//! misreading. Google's own dialog says "5-8 letters or numbers". Up to 12 are let through here,
//! since codes have grown before and a wrong one is told apart by the API anyway.

use core::fmt;

/// The fewest characters a code has.
pub const MIN_LENGTH: usize = 5;
/// The most characters that are let through.
pub const MAX_LENGTH: usize = 12;
/// The most suggestions that [`ClassCode::suggestions`] gives.
pub const MAX_SUGGESTIONS: usize = 4;

/// A class code: 5 to 12 lower-case letters and digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassCode(String);

impl ClassCode {
    /// Reads a code as people write it: surrounding and inner spaces and hyphens are dropped,
    /// capitals become small.
    ///
    /// Gives nothing where another character is left over or the length is not 5 to 12. The
    /// digits `0 1 8 9` are let through (see [`suggestions`](Self::suggestions)), since nothing
    /// says that Google will never use them.
    ///
    /// ```
    /// use hallpass::entry::class_code::ClassCode;
    /// assert_eq!(ClassCode::parse(" K5XQ-2ma ").unwrap().as_str(), "k5xq2ma");
    /// assert!(ClassCode::parse("k5x").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let code: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_lowercase())
            .collect();
        let fits = (MIN_LENGTH..=MAX_LENGTH).contains(&code.len())
            && code.bytes().all(|b| b.is_ascii_alphanumeric());
        fits.then_some(Self(code))
    }

    /// The code as it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the code probably is where it holds a digit that codes never have: `0` is an `o`,
    /// `1` an `l` or `i`, `8` a `b`, `9` a `g` or `q`. Empty where there is no such digit; at
    /// most [`MAX_SUGGESTIONS`], likeliest first.
    ///
    /// ```
    /// use hallpass::entry::class_code::ClassCode;
    /// let code = ClassCode::parse("k1xq2ma").unwrap();
    /// let shown: Vec<_> = code.suggestions().iter().map(|c| c.as_str().to_owned()).collect();
    /// assert_eq!(shown, ["klxq2ma", "kixq2ma"]);
    /// ```
    pub fn suggestions(&self) -> Vec<Self> {
        let mut readings = vec![String::with_capacity(self.0.len())];
        for c in self.0.chars() {
            let meant: &[char] = match c {
                '0' => &['o'],
                '1' => &['l', 'i'],
                '8' => &['b'],
                '9' => &['g', 'q'],
                _ => &[c],
            };
            // The second reading of a digit only while there is room: 2^12 of them help nobody.
            let both = readings.len() * meant.len() <= MAX_SUGGESTIONS;
            let meant = if both { meant } else { &meant[..1] };
            readings = readings
                .iter()
                .flat_map(|so_far| {
                    meant.iter().map(move |m| {
                        let mut longer = so_far.clone();
                        longer.push(*m);
                        longer
                    })
                })
                .collect();
        }
        readings
            .into_iter()
            .filter(|reading| *reading != self.0)
            .map(Self)
            .collect()
    }
}

impl fmt::Display for ClassCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggested(code: &str) -> Vec<String> {
        ClassCode::parse(code)
            .unwrap()
            .suggestions()
            .into_iter()
            .map(|c| c.0)
            .collect()
    }

    #[test]
    fn lengths_from_five_to_twelve_are_let_through() {
        assert!(ClassCode::parse("abcd").is_none());
        assert!(ClassCode::parse("abcde").is_some());
        assert!(ClassCode::parse("abcdefghijkl").is_some());
        assert!(ClassCode::parse("abcdefghijklm").is_none());
    }

    #[test]
    fn a_code_of_the_known_alphabet_leads_to_no_suggestion() {
        assert!(suggested("k5xq2ma").is_empty());
        assert!(suggested("234567").is_empty());
    }

    #[test]
    fn each_misread_digit_has_its_letters() {
        assert_eq!(suggested("k0xq2ma"), ["koxq2ma"]);
        assert_eq!(suggested("k1xq2ma"), ["klxq2ma", "kixq2ma"]);
        assert_eq!(suggested("k8xq2ma"), ["kbxq2ma"]);
        assert_eq!(suggested("k9xq2ma"), ["kgxq2ma", "kqxq2ma"]);
    }

    #[test]
    fn suggestions_never_grow_past_four() {
        assert_eq!(
            suggested("k19q2ma"),
            ["klgq2ma", "klqq2ma", "kigq2ma", "kiqq2ma"]
        );
        assert_eq!(suggested("111111111111").len(), MAX_SUGGESTIONS);
    }
}
