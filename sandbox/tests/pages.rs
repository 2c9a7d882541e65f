//! The pages around the widget: that they are there, and as hostile as they say.

mod support;

use serde_json::json;
use support::{MAYA, Sandbox, send};

const PAGES: [&str; 16] = [
    "/",
    "/portal",
    "/lms",
    "/lms/moodle",
    "/hostile/no-popups",
    "/hostile/opaque",
    "/hostile/isolated",
    "/hostile/strict-policy",
    "/hostile/unlisted",
    "/hostile/unlisted-without-header",
    "/hostile/nested",
    "/hostile/nested-unlisted",
    "/hostile/nested-unlisted-without-header",
    "/hostile/plain",
    "/hostile/attacked",
    "/hostile/attacking",
];

fn page(sandbox: &Sandbox, path: &str) -> support::Answer {
    let answer = send("GET", &format!("{}{path}", sandbox.pages), &[], "");
    assert_eq!(answer.status, 200, "{path}");
    answer
}

/// The sandbox's addresses under this machine's other name.
fn elsewhere(address: &str) -> String {
    address.replace("localhost", "127.0.0.1")
}

#[test]
fn every_page_is_listed_and_has_its_addresses_filled_in() {
    let sandbox = Sandbox::start();
    let list = page(&sandbox, "/").text;
    for path in PAGES {
        let text = page(&sandbox, path).text;
        assert!(!text.contains("{{"), "{path}");
        assert!(
            path == "/" || list.contains(&format!("href=\"{path}\"")),
            "{path} is not listed"
        );
    }
}

#[test]
fn whatever_a_page_loads_from_its_own_origin_is_there() {
    let sandbox = Sandbox::start();
    for path in PAGES.into_iter().chain(["/hostile/attacker"]) {
        let text = page(&sandbox, path).text;
        for attribute in ["src=\"/", "href=\"/"] {
            for (at, _) in text.match_indices(attribute) {
                let rest = &text[at + attribute.len() - 1..];
                let address = rest.split(['"', '#', '?']).next().unwrap_or_default();
                page(&sandbox, address);
            }
        }
    }
}

#[test]
fn pages_that_are_not_listed_show_the_widget_that_does_not_list_them() {
    let sandbox = Sandbox::start();
    let stranger = elsewhere(&sandbox.widget);
    let config = send("GET", &format!("{stranger}/config.json"), &[], "").json();
    assert_eq!(config["embedders"], json!([elsewhere(&sandbox.pages)]));
    for path in [
        "/hostile/unlisted",
        "/hostile/unlisted-without-header",
        "/hostile/attacking",
    ] {
        let text = page(&sandbox, path).text;
        assert!(text.contains(&stranger), "{path}");
        assert!(!text.contains(&sandbox.widget), "{path}");
    }
    for path in [
        "/hostile/nested-unlisted",
        "/hostile/nested-unlisted-without-header",
    ] {
        let text = page(&sandbox, path).text;
        assert!(text.contains(&elsewhere(&sandbox.pages)), "{path}");
    }
}

#[test]
fn the_headers_of_hostile_pages_are_hostile() {
    let sandbox = Sandbox::start();
    let isolated = page(&sandbox, "/hostile/isolated");
    assert_eq!(isolated.header("cross-origin-opener-policy"), "same-origin");
    let policy = page(&sandbox, "/hostile/strict-policy").header("content-security-policy");
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    let script = format!("script-src {}/embed.js;", sandbox.widget);
    assert!(policy.contains(&script), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
}

#[test]
fn the_portals_server_gives_tokens_that_the_api_takes() {
    let sandbox = Sandbox::start();
    let asked = json!({"account": MAYA, "scopes": ["profile.emails"]}).to_string();
    let url = format!("{}/portal/token", sandbox.pages);
    let token = send("POST", &url, &[], &asked).json();
    let token = token["access_token"].as_str().unwrap().to_owned();
    let me = send(
        "GET",
        &format!("{}/v1/userProfiles/me", sandbox.api),
        &[("Authorization", &format!("Bearer {token}"))],
        "",
    );
    assert_eq!(me.json()["emailAddress"], MAYA);

    let nobody = json!({"account": "nobody@school.example", "scopes": []}).to_string();
    let refused = send("POST", &url, &[], &nobody);
    assert_eq!(refused.status, 400);
    assert!(refused.json()["error"].is_string());
}
