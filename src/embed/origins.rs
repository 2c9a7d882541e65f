//! Which pages may show the widget and speak to it. Pure.

/// Whether `origin`, as browsers name it, is one of the configured `embedders`. A page without an
/// origin of its own (`null`) never is: nothing could be sent to it alone.
pub fn is_listed(origin: &str, embedders: &[String]) -> bool {
    origin.contains("://") && embedders.iter().any(|embedder| fits(origin, embedder))
}

fn fits(origin: &str, embedder: &str) -> bool {
    match embedder.strip_prefix("https://*.") {
        Some(host) => origin
            .strip_prefix("https://")
            .and_then(|own| own.strip_suffix(host)?.strip_suffix('.'))
            .is_some_and(|name| !name.is_empty() && !name.contains([':', '/', '@'])),
        None => embedder == "*" || embedder.eq_ignore_ascii_case(origin),
    }
}

/// The origin of an address, as far as one can be seen in it.
pub fn origin_of(address: &str) -> Option<&str> {
    let (scheme, rest) = address.split_once("://")?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    Some(&address[..scheme.len() + 3 + end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(origin: &str, embedders: &[&str]) -> bool {
        let embedders: Vec<_> = embedders.iter().map(|one| (*one).to_owned()).collect();
        is_listed(origin, &embedders)
    }

    #[test]
    fn an_origin_is_compared_whole() {
        let portal = ["https://portal.school.example"];
        assert!(listed("https://portal.school.example", &portal));
        for other in [
            "",
            "null",
            "http://portal.school.example",
            "https://portal.school.example:8443",
            "https://portal.school.example.evil.example",
            "https://evil-portal.school.example",
            "https://school.example",
        ] {
            assert!(!listed(other, &portal), "{other}");
        }
        assert!(!listed("https://portal.school.example", &[]));
    }

    #[test]
    fn a_star_stands_for_one_name_or_several_but_not_for_none() {
        let school = ["https://*.school.example"];
        assert!(listed("https://portal.school.example", &school));
        assert!(listed("https://a.b.school.example", &school));
        for other in [
            "https://school.example",
            "https://.school.example",
            "http://portal.school.example",
            "https://portal.school.example:8443",
            "https://evilschool.example",
            "https://evil.example:1.school.example",
        ] {
            assert!(!listed(other, &school), "{other}");
        }
        assert!(listed(
            "https://a.school.example:8443",
            &["https://*.school.example:8443"]
        ));
    }

    #[test]
    fn a_star_alone_is_everybody_with_an_origin() {
        assert!(listed("https://anybody.example", &["*"]));
        assert!(!listed("null", &["*"]));
    }

    #[test]
    fn the_origin_of_an_address_ends_before_its_path() {
        assert_eq!(
            origin_of("https://portal.school.example:8443/a?b#c"),
            Some("https://portal.school.example:8443")
        );
        assert_eq!(origin_of("https://a.example?x"), Some("https://a.example"));
        assert_eq!(origin_of(""), None);
        assert_eq!(origin_of("about:blank"), None);
    }
}
