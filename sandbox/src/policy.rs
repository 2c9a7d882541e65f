//! The Content-Security-Policy of the widget's files, derived from the configuration as a
//! deployer's would be.

use serde_json::{Map, Value};
use url::Url;

/// Where Classroom is when the configuration does not say.
const GOOGLE_API: &str = "https://classroom.googleapis.com";
/// Where Google Identity Services are when the configuration does not say.
const GOOGLE_IDENTITY: &str = "https://accounts.google.com/gsi/client";

/// The policy for this configuration. A value that is no address gives no source.
pub fn content_security_policy(config: &Map<String, Value>) -> String {
    let script = address(config, "identityScript", GOOGLE_IDENTITY);
    let identity = script.as_ref().map(origin).unwrap_or_default();
    let api = address(config, "apiBase", GOOGLE_API)
        .as_ref()
        .map(origin)
        .unwrap_or_default();
    let google = identity == "https://accounts.google.com";
    let revoke = if google {
        "https://oauth2.googleapis.com/revoke".to_owned()
    } else {
        below(&identity, "/revoke")
    };
    // Pictures come from Google's hosts; the sandbox serves those of its own accounts.
    let photos = if api == GOOGLE_API { "" } else { &api };
    let script = script.map_or_else(String::new, |script| format!("{identity}{}", script.path()));
    [
        directive("default-src", &["'none'"]),
        directive("script-src", &["'self'", "'wasm-unsafe-eval'", &script]),
        directive("style-src", &["'self'", &below(&identity, "/gsi/style")]),
        directive(
            "img-src",
            &["'self'", "https://*.googleusercontent.com", photos],
        ),
        directive(
            "connect-src",
            &["'self'", &api, &below(&identity, "/gsi/"), &revoke],
        ),
        directive("frame-src", &[&below(&identity, "/gsi/")]),
        directive("base-uri", &["'none'"]),
        directive("object-src", &["'none'"]),
        directive("form-action", &["'none'"]),
        directive("frame-ancestors", &embedders(config)),
    ]
    .join("; ")
}

fn directive(name: &str, sources: &[&str]) -> String {
    let sources: Vec<_> = sources
        .iter()
        .copied()
        .filter(|source| !source.is_empty())
        .collect();
    if sources.is_empty() {
        format!("{name} 'none'")
    } else {
        format!("{name} {}", sources.join(" "))
    }
}

fn address(config: &Map<String, Value>, key: &str, default: &str) -> Option<Url> {
    let text = match config.get(key) {
        None => default,
        Some(value) => value.as_str()?,
    };
    Url::parse(text)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}

fn below(origin: &str, path: &str) -> String {
    if origin.is_empty() {
        String::new()
    } else {
        format!("{origin}{path}")
    }
}

/// The pages that may embed the widget; what could be no source of a policy is left out.
fn embedders(config: &Map<String, Value>) -> Vec<&str> {
    let listed: &[Value] = match config.get("embedders") {
        Some(Value::Array(origins)) => origins,
        Some(single) => std::slice::from_ref(single),
        None => &[],
    };
    listed
        .iter()
        .filter_map(Value::as_str)
        .filter(|source| {
            source
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b":/.*-[]".contains(&byte))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn policy(config: &Value) -> String {
        content_security_policy(config.as_object().unwrap())
    }

    #[test]
    fn without_a_word_in_the_configuration_it_is_googles() {
        assert_eq!(
            policy(&json!({})),
            "default-src 'none'; \
             script-src 'self' 'wasm-unsafe-eval' https://accounts.google.com/gsi/client; \
             style-src 'self' https://accounts.google.com/gsi/style; \
             img-src 'self' https://*.googleusercontent.com; \
             connect-src 'self' https://classroom.googleapis.com https://accounts.google.com/gsi/ \
             https://oauth2.googleapis.com/revoke; \
             frame-src https://accounts.google.com/gsi/; \
             base-uri 'none'; object-src 'none'; form-action 'none'; frame-ancestors 'none'"
        );
    }

    #[test]
    fn it_follows_the_configuration() {
        let policy = policy(&json!({
            "apiBase": "http://localhost:8401",
            "identityScript": "http://localhost:8401/gsi/client",
            "embedders": ["https://*.school.example", "https://lms.example; script-src *"],
        }));
        for part in [
            "script-src 'self' 'wasm-unsafe-eval' http://localhost:8401/gsi/client;",
            "img-src 'self' https://*.googleusercontent.com http://localhost:8401;",
            "http://localhost:8401/revoke;",
            "frame-ancestors https://*.school.example",
        ] {
            assert!(policy.contains(part), "{part} is not in {policy}");
        }
        assert!(!policy.contains("lms.example"));
    }

    #[test]
    fn what_is_no_address_gives_no_source() {
        let policy = policy(&json!({"apiBase": 7, "identityScript": "javascript:alert(1)"}));
        assert!(
            policy.contains("script-src 'self' 'wasm-unsafe-eval';"),
            "{policy}"
        );
        assert!(policy.contains("connect-src 'self';"), "{policy}");
        assert!(policy.contains("frame-src 'none';"), "{policy}");
    }
}
