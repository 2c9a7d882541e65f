//! The account that acts, as it is shown. Pure.

use crate::classroom::profiles::Profile;

/// An account, made ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Full name; the address where the API gives none.
    pub name: String,
    /// Address.
    pub email: String,
    /// Address of the picture, if it lies where pictures may lie.
    pub photo: Option<String>,
    /// The domain has verified that this is a teacher.
    pub verified_teacher: bool,
}

impl Account {
    /// What is shown of `profile`; `api_base` is the API's root.
    pub fn new(profile: Profile, api_base: &str) -> Self {
        let email = shown(&profile.email_address);
        let name = shown(&profile.full_name);
        Self {
            name: if name.is_empty() { email.clone() } else { name },
            email,
            photo: photo(&profile.photo_url, api_base),
            verified_teacher: profile.verified_teacher,
        }
    }

    /// Whether the account belongs to one of `domains`; none means that any account may be used.
    pub fn is_in(&self, domains: &[String]) -> bool {
        let own = self.email.rsplit_once('@').map(|(_, domain)| domain);
        domains.is_empty()
            || own.is_some_and(|own| {
                domains
                    .iter()
                    .any(|domain| domain.eq_ignore_ascii_case(own))
            })
    }

    /// One or two letters in the place of a picture, as they are written; the stylesheet makes them
    /// capitals, since Rust's tables for that weigh 15 kB.
    pub fn initials(&self) -> String {
        let mut words = self
            .name
            .split_whitespace()
            .filter_map(|word| word.chars().next());
        let first = words.next();
        first.into_iter().chain(words.next_back()).collect()
    }
}

/// Text from the API as it may be shown: without control characters and without those that turn the
/// direction of what stands beside it.
pub fn shown(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'))
        .collect()
}

/// The address of a picture, if it lies with Google's pictures or beside the API. Classroom's can
/// begin with `//`.
fn photo(url: &str, api_base: &str) -> Option<String> {
    let url = match url.strip_prefix("//") {
        // The scheme that the API itself is reached by; `https:` everywhere but in a sandbox.
        Some(rest) => [api_base.split_once(':')?.0, "://", rest].concat(),
        None => url.to_owned(),
    };
    let google = url.strip_prefix("https://").is_some_and(|rest| {
        let host = rest.split('/').next().unwrap_or_default();
        host.ends_with(".googleusercontent.com")
    });
    let beside = url
        .strip_prefix(api_base)
        .is_some_and(|path| path.starts_with('/'));
    let clean = url.bytes().all(|b| b.is_ascii_graphic());
    (clean && (google || beside)).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    const API: &str = "https://classroom.googleapis.com";

    fn account(name: &str, email: &str) -> Account {
        let profile = Profile {
            full_name: name.to_owned(),
            email_address: email.to_owned(),
            ..Profile::default()
        };
        Account::new(profile, API)
    }

    #[test]
    fn an_account_without_a_name_is_called_by_its_address() {
        assert_eq!(
            account("", "maya@school.example").name,
            "maya@school.example"
        );
    }

    #[test]
    fn initials_are_of_the_first_and_the_last_name() {
        assert_eq!(account("Maya Chen", "m@x").initials(), "MC");
        assert_eq!(account("ana maría lópez", "m@x").initials(), "al");
        assert_eq!(account("Plato", "m@x").initials(), "P");
        assert_eq!(account("陈 美雅", "m@x").initials(), "陈美");
    }

    #[test]
    fn a_domain_is_compared_whole_and_without_case() {
        let domains = ["school.example".to_owned()];
        assert!(account("", "maya@School.example").is_in(&domains));
        assert!(!account("", "maya@evil-school.example").is_in(&domains));
        assert!(!account("", "maya@school.example.evil").is_in(&domains));
        assert!(!account("", "").is_in(&domains));
        assert!(account("", "nora@gmail.example").is_in(&[]));
    }

    #[test]
    fn marks_that_turn_the_direction_are_taken_out_of_names() {
        assert_eq!(shown("Ma\u{202e}ya\u{7}\u{2067}"), "Maya");
        assert_eq!(shown("مايا"), "مايا");
    }

    #[test]
    fn pictures_come_from_google_or_from_beside_the_api() {
        assert_eq!(
            photo("//lh3.googleusercontent.com/a/x", API).as_deref(),
            Some("https://lh3.googleusercontent.com/a/x")
        );
        assert_eq!(
            photo("http://localhost:8401/p.png", "http://localhost:8401").as_deref(),
            Some("http://localhost:8401/p.png")
        );
        assert_eq!(
            photo("//localhost:8401/p.png", "http://localhost:8401").as_deref(),
            Some("http://localhost:8401/p.png")
        );
        for url in [
            "",
            "https://evil.example/x.png",
            "https://googleusercontent.com.evil.example/x",
            "http://lh3.googleusercontent.com/x",
            "javascript:alert(1)",
            "https://classroom.googleapis.com.evil.example/",
            "https://lh3.googleusercontent.com/a b",
        ] {
            assert_eq!(photo(url, API), None, "{url}");
        }
    }
}
