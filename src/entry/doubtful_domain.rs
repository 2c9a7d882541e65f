//! Domains that look like another one, by a slip or on purpose.
//!
//! A doubt is a question to the person ("did you mean …?"), never a refusal. Unicode's own tables
//! of confusable characters (UTS #39) hold thousands; the few here are those that pass for an ASCII
//! letter in the fonts that browsers show.

/// Providers whose names are often mistyped, and often imitated.
pub(super) const PROVIDERS: [&str; 9] = [
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "hotmail.co.uk",
    "yahoo.com",
    "yahoo.co.uk",
    "icloud.com",
    "proton.me",
];

/// Providers one letter off another one that exist all the same.
const ALSO_REAL: [&str; 3] = ["mail.com", "ymail.com", "email.com"];

/// Why an address should be looked at twice before it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The domain holds a label of letters from several alphabets, or one in the spelling (`xn--`)
    /// that hides which letters it shows.
    MixedScripts,
    /// The domain is one slip away from, or looks the same as, this one: an own domain of the
    /// school or a well-known provider.
    LookAlike(String),
}

impl Doubt {
    /// The doubt about `domain` (in small letters), if there is one, where `own_domains` are the
    /// school's; none about those themselves.
    ///
    /// ```
    /// use hallpass::entry::address_list::Doubt;
    /// let doubt = Doubt::about("schoo1.example", &["school.example"]);
    /// assert_eq!(doubt, Some(Doubt::LookAlike("school.example".to_owned())));
    /// ```
    pub fn about(domain: &str, own_domains: &[&str]) -> Option<Self> {
        let is_own = own_domains
            .iter()
            .any(|own| own.eq_ignore_ascii_case(domain));
        if is_own || PROVIDERS.contains(&domain) || ALSO_REAL.contains(&domain) {
            return None;
        }
        let seen = as_seen(domain);
        own_domains
            .iter()
            .chain(&PROVIDERS)
            .map(|meant| meant.to_ascii_lowercase())
            .find(|meant| is_one_slip(domain, meant) || seen == as_seen(meant))
            .map(Self::LookAlike)
            .or_else(|| {
                domain
                    .split('.')
                    .any(|label| label.starts_with("xn--") || mixes_alphabets(label))
                    .then_some(Self::MixedScripts)
            })
    }
}

/// Whether one character more, less or other, or two neighbours swapped, lie between the two; not
/// where they are equal.
fn is_one_slip(one: &str, other: &str) -> bool {
    let start: usize = one
        .chars()
        .zip(other.chars())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let (one, other) = (&one[start..], &other[start..]);
    let end: usize = one
        .chars()
        .rev()
        .zip(other.chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    let mut one = one[..one.len() - end].chars();
    let mut other = other[..other.len() - end].chars();
    match (
        [one.next(), one.next(), one.next()],
        [other.next(), other.next(), other.next()],
    ) {
        ([Some(a), Some(b), None], [Some(c), Some(d), None]) => a == d && b == c,
        ([one, None, None], [other, None, None]) => one.is_some() || other.is_some(),
        _ => false,
    }
}

/// The domain with everything that passes for another ASCII letter replaced by that letter, so that
/// two that look alike come out equal.
fn as_seen(domain: &str) -> String {
    let mut seen = String::with_capacity(domain.len());
    for c in domain.chars() {
        let c = match c {
            '0' | 'о' | 'ο' | 'օ' => 'o',
            '1' | 'i' | 'ı' | 'і' | 'ι' | 'ӏ' => 'l',
            '5' | 'ѕ' => 's',
            'а' | 'α' => 'a',
            'с' | 'ϲ' => 'c',
            'ԁ' => 'd',
            'е' => 'e',
            'ɡ' | 'ց' => 'g',
            'һ' => 'h',
            'ј' | 'ϳ' => 'j',
            'к' | 'κ' => 'k',
            'м' => 'm',
            'п' | 'η' => 'n',
            'р' | 'ρ' => 'p',
            'ԛ' => 'q',
            'т' | 'τ' => 't',
            'υ' | 'ս' => 'u',
            'ν' => 'v',
            'ԝ' => 'w',
            'х' | 'χ' => 'x',
            'у' | 'γ' => 'y',
            _ => c,
        };
        let joined = match (seen.as_bytes().last(), c) {
            (Some(b'r'), 'n') => Some('m'),
            (Some(b'v'), 'v') => Some('w'),
            (Some(b'c'), 'l') => Some('d'),
            _ => None,
        };
        match joined {
            Some(joined) => {
                seen.pop();
                seen.push(joined);
            }
            None => seen.push(c),
        }
    }
    seen
}

/// Whether letters of more than one alphabet stand in one label. Digits and hyphens belong to none;
/// nor do ideographs and syllabaries, beside which Latin letters are usual.
fn mixes_alphabets(label: &str) -> bool {
    let mut first = None;
    label
        .chars()
        .filter_map(alphabet)
        .any(|alphabet| *first.get_or_insert(alphabet) != alphabet)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Alphabet {
    Latin,
    Greek,
    Cyrillic,
    Other,
}

/// The alphabet of a letter, told by Unicode's blocks.
fn alphabet(c: char) -> Option<Alphabet> {
    match c {
        // Basic Latin to IPA Extensions, Latin Extended Additional.
        'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{2af}' | '\u{1e00}'..='\u{1eff}' => {
            Some(Alphabet::Latin)
        }
        // Combining marks go with every alphabet.
        '\u{300}'..='\u{36f}' => None,
        // Greek and Coptic, Greek Extended.
        '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => Some(Alphabet::Greek),
        // Cyrillic with its supplements.
        '\u{400}'..='\u{52f}' | '\u{1c80}'..='\u{1c8f}' => Some(Alphabet::Cyrillic),
        // Hangul's letters are a syllabary's parts.
        '\u{1100}'..='\u{11ff}' => None,
        // Armenian to Vedic, Hebrew, Arabic and the Indic ones among them.
        '\u{530}'..='\u{1dff}' => Some(Alphabet::Other),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const OWN: [&str; 2] = ["school.example", "Burnside.example"];

    fn meant(domain: &str) -> Option<String> {
        match Doubt::about(domain, &OWN) {
            Some(Doubt::LookAlike(meant)) => Some(meant),
            other => {
                assert_eq!(other, None, "{domain}");
                None
            }
        }
    }

    #[test]
    fn no_doubt_falls_on_own_domains_known_providers_and_quite_other_ones() {
        for domain in [
            "school.example",
            "burnside.example",
            "gmail.com",
            "mail.com",
            "email.com",
            "students.school.example",
            "gymnasium.example",
            "gmx.de",
            "",
        ] {
            assert_eq!(Doubt::about(domain, &OWN), None, "{domain}");
        }
        assert_eq!(Doubt::about("gmail.com", &[]), None);
    }

    #[test]
    fn one_slip_of_the_finger_is_seen() {
        for (typed, expected) in [
            ("gmial.com", "gmail.com"),
            ("gmal.com", "gmail.com"),
            ("gmail.con", "gmail.com"),
            ("gmail.co", "gmail.com"),
            ("gmaill.com", "gmail.com"),
            ("outlok.com", "outlook.com"),
            ("shcool.example", "school.example"),
            ("schöol.example", "school.example"),
            ("burnsid.example", "burnside.example"),
        ] {
            assert_eq!(meant(typed).as_deref(), Some(expected), "{typed}");
        }
    }

    #[test]
    fn two_slips_are_another_domain() {
        for typed in ["gmaal.cob", "scool.exampel", "gmx.com"] {
            assert_eq!(meant(typed), None, "{typed}");
        }
    }

    #[test]
    fn characters_that_pass_for_others_are_seen_through() {
        for (typed, expected) in [
            ("schoo1.example", "school.example"),
            ("sch00l.example", "school.example"),
            ("bumside.example", "burnside.example"),
            ("hotrnail.com", "hotmail.com"),
            ("gmaii.com", "gmail.com"),
            ("g00g1email.com", "googlemail.com"),
            // Cyrillic ѕ, с, о, о; Greek ο.
            ("ѕсhооl.example", "school.example"),
            ("yahοο.com", "yahoo.com"),
            ("ic1oud.com", "icloud.com"),
            ("idoud.com", "icloud.com"),
        ] {
            assert_eq!(meant(typed).as_deref(), Some(expected), "{typed}");
        }
    }

    #[test]
    fn letters_of_several_alphabets_in_one_label_are_doubted() {
        for domain in [
            "аcademy.example",
            "lycéе.example",
            "αcademia.example",
            "x.wіki.example",
            "xn--cademy-3of.example",
            "гоλ.example",
        ] {
            assert_eq!(
                Doubt::about(domain, &OWN),
                Some(Doubt::MixedScripts),
                "{domain}"
            );
        }
    }

    #[test]
    fn one_alphabet_to_a_label_is_usual() {
        for domain in [
            "лицей.example",
            "школа.бел",
            "lycée-7.example",
            "σχολείο.gr",
            "学校abc.example",
            "مدرسة.example",
            "학교7.example",
        ] {
            assert_eq!(Doubt::about(domain, &OWN), None, "{domain}");
        }
    }
}
