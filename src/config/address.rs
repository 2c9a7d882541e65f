//! Which addresses a configuration may name.
//!
//! Deliberately narrow: what passes here goes into `fetch`, a script's `src`, a link's `href` and
//! the comparison of message origins.

/// Whether `text` is an address that scripts and calls may go to: `https:`, or `http:` on this
/// machine (`localhost`, `127.0.0.1`, `[::1]`); with a host, perhaps a port and a path, without
/// user name, query or fragment.
pub fn is_service(text: &str) -> bool {
    let (secure, rest) = match (text.strip_prefix("https://"), text.strip_prefix("http://")) {
        (Some(rest), _) => (true, rest),
        (None, Some(rest)) => (false, rest),
        (None, None) => return false,
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let path_fits = path
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"/-._~%".contains(&b));
    is_authority(authority, secure) && path_fits
}

/// Whether `text` may stand in `embedders`: an origin as [`is_service`] would take it but without
/// any path, `https://*.host`, or `*`.
pub fn is_embedder(text: &str) -> bool {
    if text == "*" {
        return true;
    }
    if let Some(rest) = text.strip_prefix("https://*.") {
        return is_authority(rest, true);
    }
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.contains('/')) && is_service(text)
}

/// Whether `text` is an address that a person may be sent to for help.
pub fn is_contact(text: &str) -> bool {
    let clean = !text.contains(|c: char| c.is_control() || c.is_whitespace());
    let https = text.strip_prefix("https://").is_some_and(|rest| {
        is_authority(
            &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())],
            true,
        )
    });
    let mail = text
        .strip_prefix("mailto:")
        .is_some_and(|rest| rest.contains('@'));
    clean && (https || mail)
}

/// Whether `text` is a host's name: dotted labels of letters, digits and hyphens.
pub fn is_host(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 253
        && text.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        })
}

/// Host and perhaps port. Without TLS only this machine.
fn is_authority(text: &str, secure: bool) -> bool {
    let (host, port) = match text.strip_prefix("[::1]") {
        Some("") => ("[::1]", None),
        Some(rest) => match rest.strip_prefix(':') {
            Some(port) => ("[::1]", Some(port)),
            None => return false,
        },
        None => match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        },
    };
    let here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok_and(|n| n > 0));
    port_fits && (here || (secure && is_host(host)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn services_are_https_or_on_this_machine() {
        for text in [
            "https://classroom.googleapis.com",
            "https://a.example:8443/x/y",
            "http://localhost:8401",
            "http://127.0.0.1:1/gsi/client",
            "http://[::1]:9",
        ] {
            assert!(is_service(text), "{text}");
        }
        for text in [
            "http://a.example",
            "https://",
            "https://a b",
            "https://u@a.example",
            "https://a.example?x",
            "https://a.example/#x",
            "https://a.example:99999",
            "https://a.example:0",
            "//a.example",
            "data:x",
            "https://a..b",
            "https://a.example/\"><script>",
            "https://[::1]x",
        ] {
            assert!(!is_service(text), "{text}");
        }
    }

    #[test]
    fn embedders_are_origins_patterns_or_a_star() {
        for text in [
            "*",
            "https://a.example",
            "https://*.a.example",
            "https://*.a.example:8443",
            "http://localhost:8402",
        ] {
            assert!(is_embedder(text), "{text}");
        }
        for text in [
            "",
            "a.example",
            "https://a.example/",
            "https://*",
            "https://*.",
            "https://a.*.example",
            "http://*.a.example",
            "http://a.example",
            "null",
        ] {
            assert!(!is_embedder(text), "{text}");
        }
    }

    #[test]
    fn help_is_a_page_or_a_mailbox() {
        for text in [
            "https://help.school.example/a?b=c#d",
            "mailto:it@school.example",
        ] {
            assert!(is_contact(text), "{text}");
        }
        for text in [
            "http://help.school.example",
            "javascript:alert(1)",
            "mailto:",
            "https://a.example/ x",
            "tel:1",
            "java\tscript:x@y",
        ] {
            assert!(!is_contact(text), "{text}");
        }
    }
}
