//! Requests that are not as they should be, and the order in which that is noticed.

mod support;

use serde_json::{Value, json};
use support::{BIOLOGY, MAYA, PAGE, SAM, Sandbox, TOM, send};

const INVALID: &str = "INVALID_ARGUMENT";

#[test]
fn without_a_valid_token_nothing_is_answered() {
    let sandbox = Sandbox::start();
    let expected = "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.";
    let url = format!("{}/v1/userProfiles/me", sandbox.api);
    for headers in [
        &[("origin", PAGE)][..],
        &[("origin", PAGE), ("authorization", "Bearer made-up")],
        &[("origin", PAGE), ("authorization", "Basic eDp5")],
    ] {
        let answer = send("GET", &url, headers, "");
        assert_eq!(
            answer.error(),
            (401, "UNAUTHENTICATED".into(), expected.into())
        );
        assert!(answer.header("www-authenticate").starts_with("Bearer"));
        assert_eq!(answer.header("access-control-allow-origin"), PAGE);
    }
}

#[test]
fn a_token_runs_out_with_the_clock() {
    let sandbox = Sandbox::start();
    let token = sandbox.token(SAM, &["rosters"]);
    let me = || sandbox.ask("GET", "/v1/userProfiles/me", &token).status;
    assert_eq!(me(), 200);
    sandbox.control("PUT", "clock", json!({"offsetSeconds": 3600}));
    assert_eq!(me(), 401);
    sandbox.control("PUT", "clock", json!({"offsetSeconds": 0}));
    assert_eq!(me(), 200);

    let short = sandbox.control(
        "POST",
        "token",
        json!({"account": SAM, "scopes": "rosters", "expiresIn": -1}),
    );
    assert_eq!(short["expires_in"], -1);
    let answer = sandbox.ask(
        "GET",
        "/v1/userProfiles/me",
        short["access_token"].as_str().unwrap(),
    );
    assert_eq!(answer.status, 401);
}

#[test]
fn a_missing_scope_is_noticed_before_a_missing_class() {
    let sandbox = Sandbox::start();
    let token = sandbox.token(SAM, &["courses.readonly"]);
    let answer = sandbox.post("/v1/courses/foo/students", &token, &json!({"userId": "me"}));
    assert_eq!(
        answer.error(),
        (
            403,
            "PERMISSION_DENIED".into(),
            "Request had insufficient authentication scopes.".into()
        )
    );
    let info = &answer.json()["error"]["details"][0];
    assert_eq!(info["reason"], "ACCESS_TOKEN_SCOPE_INSUFFICIENT");

    let token = sandbox.token(SAM, &["rosters"]);
    let answer = sandbox.post("/v1/courses/foo/students", &token, &json!({"userId": "me"}));
    assert_eq!(answer.error().0, 404);
}

#[test]
fn a_body_that_does_not_fit_is_refused_by_the_name_of_what_does_not() {
    let sandbox = Sandbox::start();
    let token = sandbox.token(SAM, &["rosters"]);
    let path = format!("/v1/courses/{BIOLOGY}/students?enrollmentCode=k5xq2ma");
    for (body, message) in [
        (
            json!({"userId": "me", "email": "x"}),
            "Invalid JSON payload received. Unknown name \"email\" at 'student': Cannot find field.",
        ),
        (
            json!({"userId": 7}),
            "Invalid value at 'student.user_id' (TYPE_STRING), 7",
        ),
        (
            json!({"userId": "me", "profile": {"name": "Sam"}}),
            "Invalid JSON payload received. Unknown name \"\": Root element must be a message.",
        ),
        (
            json!([]),
            "Invalid JSON payload received. Unknown name \"\": Root element must be a message.",
        ),
        (json!({}), "Request contains an invalid argument."),
        (
            json!({"userId": ""}),
            "Request contains an invalid argument.",
        ),
    ] {
        let answer = sandbox.post(&path, &token, &body);
        assert_eq!(
            answer.error(),
            (400, INVALID.into(), message.into()),
            "{body}"
        );
    }
    // What Google fills in by itself may be sent along, and is not looked at.
    let answer = sandbox.post(
        &path,
        &token,
        &json!({"userId": "me", "courseId": "1", "profile": {"id": "2"}}),
    );
    assert_eq!(answer.json()["courseId"], BIOLOGY);
}

#[test]
fn a_body_has_to_be_json_and_stand_where_one_is_wanted() {
    let sandbox = Sandbox::start();
    let token = format!("Bearer {}", sandbox.token(TOM, &["rosters"]));
    let url = format!("{}/v1/courses/{BIOLOGY}/students", sandbox.api);
    let json = ("content-type", "application/json; charset=utf-8");
    let auth = ("authorization", token.as_str());
    for (method, url, headers, body) in [
        ("POST", url.clone(), &[auth, json][..], "{\"userId\""),
        ("POST", url.clone(), &[auth, json], ""),
        (
            "POST",
            url.clone(),
            &[auth, ("content-type", "text/plain")],
            "{\"userId\":\"me\"}",
        ),
        ("POST", url.clone(), &[auth], "{\"userId\":\"me\"}"),
    ] {
        let answer = send(method, &url, headers, body);
        assert_eq!(answer.error().1, INVALID, "{headers:?} {body}");
    }
}

#[test]
fn an_unknown_or_wrong_parameter_is_refused() {
    let sandbox = Sandbox::start();
    let token = sandbox.token(TOM, &["rosters", "courses"]);
    for (path, message) in [
        (
            "/v1/courses?colour=red",
            "Invalid JSON payload received. Unknown name \"colour\": Cannot bind query parameter. Field 'colour' could not be found in request message.",
        ),
        (
            "/v1/courses?pageSize=many",
            "Invalid value at 'page_size' (TYPE_INT32), \"many\"",
        ),
        (
            "/v1/courses?courseStates=OPEN",
            "Invalid value at 'course_states' (TYPE_ENUM), \"OPEN\"",
        ),
        (
            "/v1/courses?studentId=me&studentId=x",
            "Invalid JSON payload received. Unknown name \"studentId\": Proto field is not repeating, cannot start list.",
        ),
        (
            "/v1/courses?alt=media",
            "Invalid value at 'alt' (the sandbox answers JSON only), media",
        ),
        (
            "/v1/courses?fields=a(b",
            "Invalid value at 'fields' (FieldMask), a closing parenthesis is missing",
        ),
        (
            "/v1/courses//students",
            "Request contains an invalid argument.",
        ),
    ] {
        let answer = sandbox.ask("GET", path, &token);
        assert_eq!(
            answer.error(),
            (400, INVALID.into(), message.into()),
            "{path}"
        );
    }
    let known = "/v1/userProfiles/me?alt=json&key=x&quotaUser=y&$.xgafv=2&prettyPrint=true";
    assert_eq!(sandbox.ask("GET", known, &token).status, 200);
}

#[test]
fn what_the_sandbox_does_not_know_is_not_implemented() {
    let sandbox = Sandbox::start();
    let token = sandbox.token(TOM, &["rosters", "courses"]);
    for (method, path) in [
        ("GET", "/v1/courses/741234567890/announcements"),
        ("PATCH", "/v1/courses/741234567890"),
        ("GET", "/$discovery/rest"),
        ("GET", "/"),
    ] {
        let (status, canonical, _) = sandbox.ask(method, path, &token).error();
        assert_eq!(
            (status, canonical.as_str()),
            (501, "UNIMPLEMENTED"),
            "{method} {path}"
        );
    }
}

#[test]
fn the_older_errors_list_is_left_out_in_the_newer_form() {
    let sandbox = Sandbox::start();
    let old = sandbox.ask("GET", "/v1/userProfiles/me", "x").json();
    assert_eq!(old["error"]["errors"][0]["reason"], "authError");
    let new = sandbox
        .ask("GET", "/v1/userProfiles/me?$.xgafv=2", "x")
        .json();
    assert_eq!(new["error"]["errors"], Value::Null);
}

#[test]
fn a_preflight_is_granted_what_it_asks_for_if_that_is_known() {
    let sandbox = Sandbox::start();
    let url = format!("{}/v1/courses/{BIOLOGY}/students", sandbox.api);
    let ask = |method: &str, headers: &str| {
        send(
            "OPTIONS",
            &url,
            &[
                ("origin", PAGE),
                ("access-control-request-method", method),
                ("access-control-request-headers", headers),
            ],
            "",
        )
    };
    let granted = ask("POST", "authorization,content-type");
    assert_eq!(granted.status, 200);
    assert_eq!(granted.header("access-control-allow-origin"), PAGE);
    assert_eq!(
        granted.header("access-control-allow-headers"),
        "authorization,content-type"
    );
    assert!(
        granted
            .header("access-control-allow-methods")
            .contains("POST")
    );
    assert!(granted.header("vary").contains("Origin"));

    assert_eq!(
        ask("POST", "authorization, x-secret").header("access-control-allow-headers"),
        "authorization"
    );
    assert_eq!(ask("TRACE", "").status, 403);
    assert_eq!(send("OPTIONS", &url, &[("origin", PAGE)], "").status, 400);
    assert_eq!(
        sandbox.requests(),
        json!([]),
        "preflights are not written down"
    );
}

#[test]
fn the_journal_tells_what_was_asked_and_never_a_token() {
    let sandbox = Sandbox::start();
    sandbox.join(MAYA, "p%3Ak5xq2ma", "k5xq2ma");
    let url = format!(
        "{}/v1/courses?pageSize=5&access_token=ya29.secret",
        sandbox.api
    );
    send("GET", &url, &[], "");
    assert_eq!(
        sandbox.requests(),
        json!([
            {
                "method": "POST",
                "path": "/v1/courses/p%3Ak5xq2ma/students",
                "query": {"enrollmentCode": "k5xq2ma"},
                "body": {"userId": "me"},
                "account": MAYA,
                "status": 200,
            },
            {
                "method": "GET",
                "path": "/v1/courses",
                "query": {"pageSize": "5", "access_token": "(not kept)"},
                "body": null,
                "account": null,
                "status": 401,
            },
        ])
    );
    sandbox.control("DELETE", "requests", Value::Null);
    assert_eq!(sandbox.requests(), json!([]));
}
