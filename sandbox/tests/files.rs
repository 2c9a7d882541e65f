//! The widget's files: what is served, and with which headers.

mod support;

use serde_json::json;
use support::{Sandbox, send};

fn get(sandbox: &Sandbox, path: &str) -> support::Answer {
    send("GET", &format!("{}{path}", sandbox.widget), &[], "")
}

#[test]
fn the_configuration_points_at_the_sandbox_and_keeps_the_rest() {
    let sandbox = Sandbox::start();
    let answer = get(&sandbox, "/config.json");
    assert_eq!(answer.header("cache-control"), "no-store");
    let config = answer.json();
    assert_eq!(config["apiBase"], sandbox.api);
    assert_eq!(
        config["identityScript"],
        format!("{}/gsi/client", sandbox.api)
    );
    assert_eq!(config["embedders"], json!([sandbox.pages]));
    assert_ne!(config["clientId"], "real");
    assert_eq!(
        config["hostedDomain"], "school.example",
        "from the build's own file"
    );
}

#[test]
fn the_configuration_follows_the_host_that_was_asked() {
    let sandbox = Sandbox::start();
    let numeric = sandbox.widget.replace("localhost", "127.0.0.1");
    let config = send("GET", &format!("{numeric}/config.json"), &[], "").json();
    assert_eq!(
        config["apiBase"],
        sandbox.api.replace("localhost", "127.0.0.1")
    );
}

#[test]
fn keys_are_merged_in_and_taken_out_until_reset() {
    let sandbox = Sandbox::start();
    sandbox.control(
        "PUT",
        "config",
        json!({"locale": "fr", "clientId": "wrong"}),
    );
    sandbox.control("PUT", "config", json!({"hostedDomain": null}));
    let config = get(&sandbox, "/config.json").json();
    assert_eq!(
        (&config["locale"], &config["clientId"]),
        (&json!("fr"), &json!("wrong"))
    );
    assert!(config.get("hostedDomain").is_none());
}

#[test]
fn files_have_their_types() {
    let sandbox = Sandbox::start();
    for (path, kind) in [
        ("/", "text/html; charset=utf-8"),
        ("/boot.js", "text/javascript; charset=utf-8"),
        ("/hallpass-0123456789abcdef_bg.wasm", "application/wasm"),
        ("/config.json", "application/json"),
    ] {
        let answer = get(&sandbox, path);
        assert_eq!(
            (answer.status, answer.header("content-type").as_str()),
            (200, kind),
            "{path}"
        );
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
    }
}

#[test]
fn files_are_kept_for_as_long_as_they_may() {
    let sandbox = Sandbox::start();
    for (path, caching) in [
        ("/", "no-cache"),
        ("/boot.js", "no-cache"),
        (
            "/hallpass-0123456789abcdef.js",
            "public, max-age=31536000, immutable",
        ),
    ] {
        assert_eq!(
            get(&sandbox, path).header("cache-control"),
            caching,
            "{path}"
        );
    }
}

#[test]
fn a_compressed_neighbour_is_served_to_whoever_can_read_it() {
    let sandbox = Sandbox::start();
    let url = format!("{}/hallpass-0123456789abcdef.js", sandbox.widget);
    for (accepted, encoding) in [("gzip, br", "br"), ("gzip", "gzip"), ("identity", "")] {
        let answer = support::raw(
            &sandbox.widget,
            &format!(
                "HEAD {} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: {accepted}\r\nConnection: close\r\n\r\n",
                url.replace(&sandbox.widget, "")
            ),
        );
        let answer = String::from_utf8(answer).unwrap().to_lowercase();
        assert_eq!(
            answer.contains("content-encoding"),
            !encoding.is_empty(),
            "{accepted}: {answer}"
        );
        assert!(answer.contains(&format!("content-encoding: {encoding}")) || encoding.is_empty());
        assert!(answer.contains("content-type: text/javascript"), "{answer}");
        assert!(answer.contains("vary: accept-encoding"), "{answer}");
    }
}

#[test]
fn the_policy_is_the_configurations() {
    let sandbox = Sandbox::start();
    let policy = get(&sandbox, "/").header("content-security-policy");
    for part in [
        "default-src 'none';".to_owned(),
        format!(
            "script-src 'self' 'wasm-unsafe-eval' {}/gsi/client;",
            sandbox.api
        ),
        format!("connect-src 'self' {0} {0}/gsi/ {0}/revoke;", sandbox.api),
        format!("frame-ancestors {}", sandbox.pages),
    ] {
        assert!(policy.contains(&part), "{part} is not in {policy}");
    }
    sandbox.control("PUT", "config", json!({"embedders": ["*"]}));
    assert!(
        get(&sandbox, "/")
            .header("content-security-policy")
            .ends_with("frame-ancestors *")
    );
    sandbox.control("PUT", "config", json!({"embedders": []}));
    assert!(
        get(&sandbox, "/")
            .header("content-security-policy")
            .ends_with("frame-ancestors 'none'")
    );
}

#[test]
fn the_other_headers_are_those_of_a_deployment() {
    let sandbox = Sandbox::start();
    let answer = get(&sandbox, "/");
    assert_eq!(
        answer.header("referrer-policy"),
        "strict-origin-when-cross-origin"
    );
    assert_eq!(
        answer.header("cross-origin-opener-policy"),
        "same-origin-allow-popups"
    );
    let permissions = answer.header("permissions-policy");
    assert!(
        permissions.contains("camera=()") && permissions.contains("clipboard-write=(self)"),
        "{permissions}"
    );
}

#[test]
fn the_widget_is_served_from_a_folder_too() {
    let sandbox = Sandbox::start();
    assert_eq!(
        get(&sandbox, "/app/nested").header("location"),
        "/app/nested/"
    );
    assert!(get(&sandbox, "/app/nested/").text.contains("Widget"));
    assert_eq!(get(&sandbox, "/app/nested/boot.js").text, "let boot;");
    assert_eq!(
        get(&sandbox, "/app/nested/config.json").json()["apiBase"],
        sandbox.api
    );
}

#[test]
fn nothing_outside_the_folder_is_served() {
    let sandbox = Sandbox::start();
    for path in [
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "/..%2fCargo.toml",
        "/missing.js",
    ] {
        let answer = support::raw(
            &sandbox.widget,
            &format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
        );
        let answer = String::from_utf8(answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 404"), "{path}: {answer}");
    }
}

#[test]
fn without_a_build_it_says_how_to_make_one() {
    let sandbox = Sandbox::over(std::env::temp_dir().join("no-such-widget"));
    let answer = get(&sandbox, "/");
    assert_eq!(answer.status, 404);
    assert!(answer.text.contains("cargo xtask dist"), "{}", answer.text);
    assert_eq!(get(&sandbox, "/config.json").json()["apiBase"], sandbox.api);
}

#[test]
fn a_configuration_that_is_no_json_is_named() {
    let sandbox = Sandbox::start();
    std::fs::write(sandbox.dist.join("config.json"), "{oops").unwrap();
    let answer = get(&sandbox, "/config.json");
    assert_eq!(answer.status, 500);
    assert!(answer.text.contains("config.json"), "{}", answer.text);
}

#[test]
fn where_nobody_sets_headers_there_are_none_that_keep_pages_away() {
    let sandbox = Sandbox::start();
    for path in [
        "/app/plain/",
        "/app/plain/boot.js",
        "/app/plain/config.json",
    ] {
        let answer = get(&sandbox, path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-security-policy"), "", "{path}");
        assert_eq!(answer.header("cross-origin-opener-policy"), "", "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{path}");
    }
}
