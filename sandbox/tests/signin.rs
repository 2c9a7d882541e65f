//! Sign-in, page by page, as the pop-up goes through it.

#![allow(clippy::unwrap_used, reason = "a helper that fails fails the test")]

mod support;

use serde_json::{Value, json};
use support::{Answer, BIOLOGY, MAYA, PAGE, SAM, Sandbox, send};

const PREFIX: &str = "https://www.googleapis.com/auth/classroom.";

/// The window of one request for a token.
struct Window<'s> {
    sandbox: &'s Sandbox,
    fields: Vec<(String, String)>,
}

impl<'s> Window<'s> {
    fn new(sandbox: &'s Sandbox, scopes: &[&str]) -> Self {
        let config = send("GET", &format!("{}/config.json", sandbox.widget), &[], "").json();
        let scope: Vec<_> = scopes
            .iter()
            .map(|scope| format!("{PREFIX}{scope}"))
            .collect();
        let window = Self {
            sandbox,
            fields: Vec::new(),
        };
        window
            .with("id", "1")
            .with("client_id", config["clientId"].as_str().unwrap())
            .with("origin", PAGE)
            .with("scope", &scope.join(" "))
    }

    fn with(mut self, name: &str, value: &str) -> Self {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.to_owned()));
        self
    }

    fn encoded(&self, more: &[(&str, &str)]) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(&self.fields);
        query.extend_pairs(more);
        query.finish()
    }

    fn open(&self) -> Answer {
        send(
            "GET",
            &format!("{}/signin?{}", self.sandbox.api, self.encoded(&[])),
            &[],
            "",
        )
    }

    fn form(&self, path: &str, more: &[(&str, &str)]) -> Answer {
        let headers = [("content-type", "application/x-www-form-urlencoded")];
        send(
            "POST",
            &format!("{}{path}", self.sandbox.api),
            &headers,
            &self.encoded(more),
        )
    }

    fn choose(&self, who: &str) -> Answer {
        self.form("/signin", &[("account", &self.sandbox.id(who))])
    }

    fn consent(&self, who: &str, decision: &str, scopes: &[&str]) -> Answer {
        let id = self.sandbox.id(who);
        let scopes: Vec<_> = scopes
            .iter()
            .map(|scope| format!("{PREFIX}{scope}"))
            .collect();
        let mut more = vec![("account", id.as_str()), ("decision", decision)];
        more.extend(scopes.iter().map(|scope| ("grant", scope.as_str())));
        self.form("/signin/consent", &more)
    }
}

/// What the last page sends to the opener, and to which origin.
fn message(page: &Answer) -> (Value, Value) {
    let (_, after) = page
        .text
        .split_once("id=\"answer\">")
        .unwrap_or_else(|| panic!("{}", page.text));
    let (json, _) = after.split_once("</script>").unwrap();
    let answer: Value = serde_json::from_str(json).unwrap();
    assert_eq!(answer["message"]["sandboxSignIn"], "1");
    (
        answer["origin"].clone(),
        answer["message"]["response"].clone(),
    )
}

#[test]
fn choosing_and_allowing_gives_a_token_that_works() {
    let sandbox = Sandbox::start();
    let window = Window::new(&sandbox, &["rosters", "profile.emails"]);
    let chooser = window.open();
    assert!(chooser.text.contains("<h1>Choose an account</h1>"));
    assert!(chooser.text.contains(MAYA) && chooser.text.contains("ines@other.example"));

    let consent = window.choose(SAM);
    assert!(consent.text.contains("Hall Pass wants access"));
    assert!(
        consent
            .text
            .contains("Manage your Google Classroom class rosters")
    );
    assert_eq!(consent.text.matches("type=\"checkbox\"").count(), 2);

    let (origin, response) = message(&window.consent(SAM, "allow", &["rosters", "profile.emails"]));
    assert_eq!(origin, PAGE, "nobody else hears it");
    assert_eq!(response["token_type"], "Bearer");
    assert_eq!(response["expires_in"], 3599);
    assert_eq!(response["hd"], "school.example");
    assert_eq!(
        response["scope"],
        format!("{PREFIX}rosters {PREFIX}profile.emails")
    );
    let token = response["access_token"].as_str().unwrap();
    let me = sandbox.ask("GET", "/v1/userProfiles/me", token);
    assert_eq!(me.json()["emailAddress"], SAM);
}

#[test]
fn what_was_unticked_is_not_granted() {
    let sandbox = Sandbox::start();
    let window = Window::new(&sandbox, &["rosters", "profile.emails"]);
    let (_, response) = message(&window.consent(SAM, "allow", &["profile.emails"]));
    assert_eq!(response["scope"], format!("{PREFIX}profile.emails"));
    let token = response["access_token"].as_str().unwrap();
    let answer = sandbox.ask("GET", &format!("/v1/courses/{BIOLOGY}/aliases"), token);
    assert_eq!(
        answer.error().2,
        "Request had insufficient authentication scopes."
    );
    let again = window.choose(SAM);
    assert_eq!(
        again.text.matches("type=\"checkbox\"").count(),
        1,
        "only what is missing is asked for"
    );

    let (_, nothing) = message(&Window::new(&sandbox, &["rosters"]).consent(MAYA, "allow", &[]));
    assert_eq!(nothing, json!({"error": "access_denied"}));
}

#[test]
fn a_scope_that_was_not_asked_for_cannot_be_ticked() {
    let sandbox = Sandbox::start();
    let window = Window::new(&sandbox, &["rosters"]);
    let (_, response) = message(&window.consent(SAM, "allow", &["rosters", "courses"]));
    assert_eq!(response["scope"], format!("{PREFIX}rosters"));
}

#[test]
fn no_consent_page_comes_when_everything_was_granted_before() {
    let sandbox = Sandbox::start();
    let window = Window::new(&sandbox, &["rosters", "profile.emails"]);
    window.consent(SAM, "allow", &["rosters", "profile.emails"]);

    let narrow = Window::new(&sandbox, &["profile.emails"]);
    let (_, response) = message(&narrow.choose(SAM));
    assert_eq!(
        response["scope"],
        format!("{PREFIX}profile.emails {PREFIX}rosters"),
        "earlier consent is included"
    );
    let only = Window::new(&sandbox, &["profile.emails"]).with("include_granted_scopes", "false");
    let (_, response) = message(&only.choose(SAM));
    assert_eq!(response["scope"], format!("{PREFIX}profile.emails"));
    let asked = Window::new(&sandbox, &["profile.emails"]).with("prompt", "consent");
    assert!(asked.choose(SAM).text.contains("wants access"));
}

#[test]
fn saying_no_is_access_denied() {
    let sandbox = Sandbox::start();
    let window = Window::new(&sandbox, &["rosters"]);
    let (_, response) = message(&window.consent(SAM, "cancel", &["rosters"]));
    assert_eq!(response, json!({"error": "access_denied"}));
}

#[test]
fn a_hint_skips_the_chooser_and_none_shows_nothing() {
    let sandbox = Sandbox::start();
    let hinted = Window::new(&sandbox, &["rosters"]).with("login_hint", SAM);
    assert!(hinted.open().text.contains("wants access"));
    let silent = Window::new(&sandbox, &["rosters"]).with("prompt", "none");
    assert_eq!(message(&silent.open()).1, json!({"error": "access_denied"}));
    hinted.consent(SAM, "allow", &["rosters"]);
    assert!(message(&hinted.open()).1["access_token"].is_string());
    let silent = silent.with("login_hint", SAM);
    assert!(message(&silent.open()).1["access_token"].is_string());
}

#[test]
fn the_domain_narrows_the_accounts_and_leaves_a_way_to_the_others() {
    let sandbox = Sandbox::start();
    let window = Window::new(&sandbox, &["rosters"]).with("hd", "school.example");
    let chooser = window.open().text;
    assert!(chooser.contains(SAM) && !chooser.contains("nora@gmail.example"));
    assert!(chooser.contains("Use another account"));
}

#[test]
fn a_minor_gets_no_further_than_googles_page() {
    let sandbox = Sandbox::start();
    let window = Window::new(&sandbox, &["rosters"]);
    let page = window.choose("uma@school.example");
    assert_eq!(page.status, 400);
    assert!(page.text.contains("Error 400: access_not_configured"));
    assert!(!page.text.contains("<button"), "there is no way on");
    let around = window.consent("uma@school.example", "allow", &["rosters"]);
    assert!(!around.text.contains("access_token"));
}

#[test]
fn a_wrong_client_origin_or_scope_is_an_error_page() {
    let sandbox = Sandbox::start();
    let window = || Window::new(&sandbox, &["rosters"]);
    for (window, status, code) in [
        (window().with("client_id", "wrong"), 401, "invalid_client"),
        (window().with("origin", "null"), 400, "origin_mismatch"),
        (window().with("scope", "everything"), 400, "invalid_scope"),
        (window().with("scope", ""), 400, "invalid_scope"),
    ] {
        let page = window.open();
        assert_eq!(page.status, status, "{code}");
        assert!(page.text.contains(code), "{code}");
    }
}

#[test]
fn the_pages_cannot_be_framed_and_carry_a_strict_policy() {
    let sandbox = Sandbox::start();
    let page = Window::new(&sandbox, &["rosters"]).open();
    assert_eq!(page.header("x-frame-options"), "DENY");
    let policy = page.header("content-security-policy");
    assert!(
        policy.starts_with("default-src 'none'; script-src 'self';"),
        "{policy}"
    );
    assert!(policy.contains("frame-ancestors 'none'"));
    assert_eq!(page.header("cache-control"), "no-store");
}

#[test]
fn names_are_shown_as_text() {
    let sandbox = Sandbox::start();
    sandbox.change_state(|state| state["accounts"][0]["name"] = json!("<b>Maya</b>"));
    let page = Window::new(&sandbox, &["rosters"])
        .with("state", "\"><script>")
        .open()
        .text;
    assert!(page.contains("&lt;b&gt;Maya&lt;/b&gt;"));
    assert!(!page.contains("\"><script>"));
}

#[test]
fn seconds_are_written_as_the_behaviour_says() {
    let sandbox = Sandbox::start();
    sandbox.control("PUT", "behaviour", json!({"expiresIn": "string"}));
    let window = Window::new(&sandbox, &["rosters"]).with("state", "s1");
    let (_, response) = message(&window.consent(SAM, "allow", &["rosters"]));
    assert_eq!(response["expires_in"], "3599");
    assert_eq!(response["state"], "s1");
}

#[test]
fn revoking_withdraws_the_whole_grant() {
    let sandbox = Sandbox::start();
    let window = Window::new(&sandbox, &["rosters"]);
    let (_, response) = message(&window.consent(SAM, "allow", &["rosters"]));
    let token = response["access_token"].as_str().unwrap();
    let revoke = |body: &str| {
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("origin", PAGE),
        ];
        send("POST", &format!("{}/revoke", sandbox.api), &headers, body)
    };
    let answer = revoke(&format!("token={token}"));
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("access-control-allow-origin"), PAGE);
    assert_eq!(sandbox.ask("GET", "/v1/userProfiles/me", token).status, 401);
    assert!(
        window.choose(SAM).text.contains("wants access"),
        "consent is asked for anew"
    );

    assert_eq!(
        revoke(&format!("token={token}")).json()["error"],
        "invalid_token"
    );
    assert_eq!(revoke("x=y").json()["error"], "invalid_request");
}

#[test]
fn the_script_is_served_to_any_page() {
    let sandbox = Sandbox::start();
    let script = send("GET", &format!("{}/gsi/client", sandbox.api), &[], "");
    assert!(script.header("content-type").starts_with("text/javascript"));
    for name in [
        "initTokenClient",
        "hasGrantedAllScopes",
        "hasGrantedAnyScope",
        "revoke",
    ] {
        assert!(script.text.contains(name), "{name}");
    }
    assert_eq!(sandbox.requests(), json!([]), "sign-in is not written down");
}

#[test]
fn whoever_is_there_to_be_invited_only_is_not_in_the_way() {
    let sandbox = Sandbox::start();
    let offered = Window::new(&sandbox, &["rosters"]).open().text;
    for account in sandbox.state()["accounts"].as_array().unwrap() {
        let email = account["email"].as_str().unwrap();
        let in_the_way = account.get("sandbox").is_some();
        assert_eq!(offered.contains(email), !in_the_way, "{email}");
    }
}
