//! `/_sandbox/`: faults, state, reset, and that every page may use it.

mod support;

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use support::{BIOLOGY, PAGE, SAM, Sandbox, TOM, raw, send, try_send};

fn me(sandbox: &Sandbox) -> support::Answer {
    sandbox.ask(
        "GET",
        "/v1/userProfiles/me",
        &sandbox.token(SAM, &["rosters"]),
    )
}

#[test]
fn a_status_replaces_the_answer_and_the_effect() {
    let sandbox = Sandbox::start();
    sandbox.control(
        "PUT",
        "faults",
        json!([{"method": "POST", "status": 503, "times": 1}]),
    );
    let answer = sandbox.join(SAM, BIOLOGY, "k5xq2ma");
    assert_eq!(
        answer.error(),
        (
            503,
            "UNAVAILABLE".into(),
            "The service is currently unavailable.".into()
        )
    );
    assert_eq!(answer.header("access-control-allow-origin"), PAGE);
    assert!(!sandbox.is_student(SAM, BIOLOGY));
    assert_eq!(
        sandbox.join(SAM, BIOLOGY, "k5xq2ma").status,
        200,
        "it is spent"
    );
    let statuses: Vec<Value> = sandbox
        .requests()
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["status"].clone())
        .collect();
    assert_eq!(statuses, [503, 200]);
}

#[test]
fn a_body_is_sent_as_it_is() {
    let sandbox = Sandbox::start();
    for (fault, text, kind) in [
        (json!({"status": 200, "body": ""}), "", "application/json"),
        (
            json!({"body": "<h1>Filter</h1>"}),
            "<h1>Filter</h1>",
            "text/html",
        ),
        (
            json!({"body": "plain", "headers": {"Content-Type": "text/css"}}),
            "plain",
            "text/css",
        ),
        (json!({"status": 200}), "", "application/json"),
    ] {
        sandbox.control("PUT", "faults", json!([fault]));
        let answer = me(&sandbox);
        assert_eq!(
            (answer.status, answer.text.as_str()),
            (200, text),
            "{fault}"
        );
        assert!(answer.header("content-type").starts_with(kind), "{fault}");
    }
    let body = json!({"error": {"code": 418, "status": "TEAPOT", "message": "x"}});
    sandbox.control("PUT", "faults", json!([{"status": 418, "body": body}]));
    assert_eq!(me(&sandbox).json(), body);
}

#[test]
fn headers_alone_are_added_to_the_true_answer() {
    let sandbox = Sandbox::start();
    sandbox.control("PUT", "faults", json!([{"headers": {"Access-Control-Allow-Origin": "http://other.example", "Retry-After": "7"}}]));
    let answer = me(&sandbox);
    assert_eq!(answer.json()["name"]["fullName"], "Sam Okafor");
    assert_eq!(
        answer.header("access-control-allow-origin"),
        "http://other.example"
    );
    assert_eq!(answer.header("retry-after"), "7");
}

#[test]
fn a_delay_holds_the_answer_back_but_not_the_effect() {
    let sandbox = Sandbox::start();
    sandbox.control("PUT", "faults", json!([{"method": "POST", "delayMs": 400}]));
    let begin = Instant::now();
    let answer = std::thread::scope(|scope| {
        let answer = scope.spawn(|| sandbox.join(SAM, BIOLOGY, "k5xq2ma"));
        std::thread::sleep(Duration::from_millis(200));
        assert!(
            sandbox.is_student(SAM, BIOLOGY),
            "joined while the answer waits"
        );
        answer.join().unwrap()
    });
    assert_eq!(answer.status, 200);
    assert!(begin.elapsed() >= Duration::from_millis(400));
}

#[test]
fn a_dropped_connection_carries_not_one_byte() {
    let sandbox = Sandbox::start();
    let token = sandbox.token(SAM, &["rosters"]);
    for (drop, joined) in [("before", false), ("after", true)] {
        sandbox.control(
            "PUT",
            "faults",
            json!([{"method": "POST", "path": "/v1/", "drop": drop}]),
        );
        let body = r#"{"userId":"me"}"#;
        let request = format!(
            "POST /v1/courses/{BIOLOGY}/students?enrollmentCode=k5xq2ma HTTP/1.1\r\nHost: localhost\r\n\
             Authorization: Bearer {token}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        assert_eq!(raw(&sandbox.api, &request), b"", "{drop}");
        assert_eq!(sandbox.is_student(SAM, BIOLOGY), joined, "{drop}");
    }
    let statuses: Vec<Value> = sandbox
        .requests()
        .as_array()
        .unwrap()
        .iter()
        .map(|r| r["status"].clone())
        .collect();
    assert_eq!(statuses, [0, 0]);
}

#[test]
fn the_api_answers_each_request_on_a_connection_of_its_own() {
    let sandbox = Sandbox::start();
    let answer = raw(
        &sandbox.api,
        "GET /v1/userProfiles/me HTTP/1.1\r\nHost: localhost\r\n\r\n",
    );
    assert!(
        String::from_utf8_lossy(&answer)
            .to_lowercase()
            .contains("connection: close")
    );
}

#[test]
fn files_and_pages_have_faults_of_their_own() {
    let sandbox = Sandbox::start();
    sandbox.control(
        "PUT",
        "faults",
        json!([
            {"origin": "files", "path": "/boot.js", "status": 404},
            {"origin": "pages", "drop": "before"},
            {"path": "/gsi/client", "status": 500},
        ]),
    );
    assert_eq!(
        send("GET", &format!("{}/boot.js", sandbox.widget), &[], "").status,
        404
    );
    assert_eq!(
        send("GET", &format!("{}/", sandbox.widget), &[], "").status,
        200
    );
    assert!(try_send("GET", &format!("{}/portal", sandbox.pages), &[], "").is_err());
    assert_eq!(
        send("GET", &format!("{}/gsi/client", sandbox.api), &[], "").status,
        500
    );
    assert_eq!(me(&sandbox).status, 200, "the API has none");
    sandbox.control("PUT", "faults", json!([]));
    assert_eq!(
        send("GET", &format!("{}/portal", sandbox.pages), &[], "").status,
        200
    );
}

#[test]
fn a_fault_meets_a_share_of_the_requests() {
    let sandbox = Sandbox::start();
    sandbox.control("PUT", "faults", json!([{"every": 10, "status": 429}]));
    let statuses: Vec<u16> = (0..30).map(|_| me(&sandbox).status).collect();
    let refused: Vec<usize> = (0..30).filter(|call| statuses[*call] == 429).collect();
    assert_eq!(refused, [9, 19, 29]);
}

#[test]
fn a_fault_that_makes_no_sense_is_refused() {
    let sandbox = Sandbox::start();
    for (faults, named) in [
        (json!([{"status": 42}]), "status"),
        (json!([{"drop": "sometimes"}]), "drop"),
        (json!([{"every": 0}]), "every"),
        (json!([{"colour": "red"}]), "colour"),
        (json!({}), "sequence"),
    ] {
        let answer = sandbox.try_control("PUT", "faults", &faults);
        assert_eq!(answer.status, 400, "{faults}");
        assert!(answer.text.contains(named), "{}", answer.text);
    }
}

#[test]
fn reset_puts_everything_back() {
    let sandbox = Sandbox::start();
    let before = sandbox.state();
    let behaviour = sandbox.control("GET", "behaviour", Value::Null);
    let token = sandbox.token(SAM, &["rosters"]);
    sandbox.join(SAM, BIOLOGY, "k5xq2ma");
    sandbox.control("PUT", "config", json!({"locale": "fr"}));
    sandbox.control("PUT", "behaviour", json!({"wrongCode": 404}));
    sandbox.control("PUT", "clock", json!({"offsetSeconds": 9}));
    sandbox.control("PUT", "faults", json!([{"status": 500}]));
    sandbox.control("POST", "reset", Value::Null);

    assert_eq!(sandbox.state(), before);
    assert_eq!(sandbox.requests(), json!([]));
    assert_eq!(sandbox.control("GET", "behaviour", Value::Null), behaviour);
    let config = send("GET", &format!("{}/config.json", sandbox.widget), &[], "").json();
    assert_eq!(config["locale"], Value::Null);
    assert_eq!(
        sandbox.ask("GET", "/v1/userProfiles/me", &token).status,
        401
    );
}

#[test]
fn a_school_is_replaced_whole_or_not_at_all() {
    let sandbox = Sandbox::start();
    let school = json!({
        "accounts": [{"id": "1", "email": "a@one.example", "name": "Ann One"}],
        "courses": [{"id": "7", "name": "Only", "ownerId": "1", "enrollmentCode": "onlyone"}],
    });
    sandbox.control("PUT", "state", school.clone());
    let state = sandbox.state();
    assert_eq!(state["accounts"].as_array().unwrap().len(), 1);
    assert_eq!(state["teachers"], json!([{"courseId": "7", "userId": "1"}]));

    let mut wrong = school;
    wrong["students"] = json!([{"courseId": "8", "userId": "1"}]);
    let answer = sandbox.try_control("PUT", "state", &wrong);
    assert_eq!(answer.status, 400);
    assert_eq!(
        answer.json()["error"],
        "students[0].courseId: there is no course \"8\""
    );
    assert_eq!(sandbox.state(), state);
}

#[test]
fn a_token_names_what_is_wrong_with_the_wish_for_it() {
    let sandbox = Sandbox::start();
    for (wish, named) in [
        (
            json!({"account": "nobody@school.example", "scopes": []}),
            "nobody",
        ),
        (json!({"account": TOM, "scopes": ["drive"]}), "drive"),
        (json!({"account": TOM}), "scopes"),
    ] {
        let answer = sandbox.try_control("POST", "token", &wish);
        assert_eq!(answer.status, 400);
        assert!(answer.text.contains(named), "{}", answer.text);
    }
    let token = sandbox.control(
        "POST",
        "token",
        json!({"account": sandbox.id(TOM), "scopes": ["classroom.rosters"]}),
    );
    assert_eq!(token["expires_in"], 3599);
    assert!(
        token["access_token"]
            .as_str()
            .unwrap()
            .starts_with("ya29.sandbox-")
    );
}

#[test]
fn any_page_may_use_the_controls() {
    let sandbox = Sandbox::start();
    let url = format!("{}/_sandbox/state", sandbox.api);
    let answer = send(
        "OPTIONS",
        &url,
        &[("origin", PAGE), ("access-control-request-method", "PUT")],
        "",
    );
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert!(
        answer
            .header("access-control-allow-methods")
            .contains("PUT")
    );
    assert_eq!(
        send("GET", &url, &[("origin", PAGE)], "").header("access-control-allow-origin"),
        "*"
    );
    assert_eq!(
        send("GET", &format!("{}/_sandbox/health", sandbox.api), &[], "").status,
        200
    );
    assert_eq!(
        send("GET", &format!("{}/_sandbox/colour", sandbox.api), &[], "").status,
        404
    );
}
