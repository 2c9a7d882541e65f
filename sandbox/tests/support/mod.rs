//! A sandbox of its own for each test, and plain HTTP to speak to it with.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses a part of this, and a helper that fails fails the test"
)]

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
};

use serde_json::{Value, json};
use ureq::http::{HeaderMap, Request};

/// People of the seeded school.
pub const MAYA: &str = "maya@school.example";
pub const SAM: &str = "sam@school.example";
pub const TOM: &str = "tom@school.example";
pub const ADA: &str = "ada@school.example";
pub const NORA: &str = "nora@gmail.example";
pub const ERROL: &str = "errol@school.example";
pub const PRIYA: &str = "priya@school.example";
pub const INES: &str = "ines@other.example";
pub const IVY: &str = "ivy@school.example";
pub const IKE: &str = "ike@school.example";
pub const WANDA: &str = "wanda@school.example";
pub const OTTO: &str = "otto@partner.example";
pub const CARL: &str = "carl@school.example";
pub const KOFI: &str = "kofi@school.example";

/// Classes of the seeded school.
pub const BIOLOGY: &str = "741234567890";
pub const HOMEROOM: &str = "512251138243";
pub const CHESS: &str = "7412345678";

/// The origin a page of somebody else's would have.
pub const PAGE: &str = "http://page.example";

/// A running sandbox, ended when this is dropped.
pub struct Sandbox {
    child: Child,
    pub dist: PathBuf,
    pub widget: String,
    pub api: String,
    pub pages: String,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Sandbox {
    /// Starts one on free ports, over a small build of the widget.
    pub fn start() -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let dist = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join(format!("dist-{}-{number}", std::process::id()));
        fs::create_dir_all(&dist).unwrap();
        for (name, text) in [
            ("index.html", "<!doctype html><title>Widget</title>"),
            (
                "config.json",
                r#"{"clientId": "real", "hostedDomain": "school.example"}"#,
            ),
            ("boot.js", "let boot;"),
            ("hallpass-0123456789abcdef_bg.wasm", "\0asm"),
            ("hallpass-0123456789abcdef.js", "let hallpass;"),
            ("hallpass-0123456789abcdef.js.br", "as if brotli"),
            ("hallpass-0123456789abcdef.js.gz", "as if gzip"),
        ] {
            fs::write(dist.join(name), text).unwrap();
        }
        Self::over(dist)
    }

    /// Starts one on free ports over a folder.
    pub fn over(dist: PathBuf) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_sandbox"))
            .args(["--port", "0", "--dist"])
            .arg(&dist)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut address = |name: &str| {
            let line = lines.next().unwrap().unwrap();
            let (said, address) = line.split_once(' ').unwrap();
            assert_eq!(said, name);
            address.trim().trim_end_matches('/').to_owned()
        };
        let (widget, api, pages) = (address("widget"), address("api"), address("pages"));
        Self {
            child,
            dist,
            widget,
            api,
            pages,
        }
    }

    /// A token with these scopes, short names.
    pub fn token(&self, account: &str, scopes: &[&str]) -> String {
        let answer = self.control(
            "POST",
            "token",
            json!({"account": account, "scopes": scopes}),
        );
        answer["access_token"].as_str().unwrap().to_owned()
    }

    /// Uses a control and takes success for granted.
    pub fn control(&self, method: &str, path: &str, body: Value) -> Value {
        let answer = self.try_control(method, path, &body);
        assert_eq!(answer.status, 200, "{method} {path}: {}", answer.text);
        answer.json()
    }

    /// Uses a control.
    pub fn try_control(&self, method: &str, path: &str, body: &Value) -> Answer {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        send(method, &format!("{}/_sandbox/{path}", self.api), &[], &body)
    }

    /// The school.
    pub fn state(&self) -> Value {
        self.control("GET", "state", Value::Null)
    }

    /// Changes the school by hand.
    pub fn change_state(&self, change: impl FnOnce(&mut Value)) {
        let mut state = self.state();
        change(&mut state);
        self.control("PUT", "state", state);
    }

    /// What was asked of the API.
    pub fn requests(&self) -> Value {
        self.control("GET", "requests", Value::Null)
    }

    /// Asks the API without a body, as a page would.
    pub fn ask(&self, method: &str, path: &str, token: &str) -> Answer {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str()), ("origin", PAGE)];
        send(method, &format!("{}{path}", self.api), &headers, "")
    }

    /// Asks the API with a JSON body, as a page would.
    pub fn post(&self, path: &str, token: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {token}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
            ("origin", PAGE),
        ];
        send(
            "POST",
            &format!("{}{path}", self.api),
            &headers,
            &body.to_string(),
        )
    }

    /// Joins a class with a code.
    pub fn join(&self, who: &str, course: &str, code: &str) -> Answer {
        let token = self.token(who, &["rosters", "profile.emails"]);
        self.post(
            &format!("/v1/courses/{course}/students?enrollmentCode={code}"),
            &token,
            &json!({"userId": "me"}),
        )
    }

    /// Invites somebody to a class.
    pub fn invite(&self, who: &str, course: &str, invited: &str, role: &str) -> Answer {
        let token = self.token(who, &["rosters"]);
        let body = json!({"courseId": course, "userId": invited, "role": role});
        self.post("/v1/invitations", &token, &body)
    }

    /// The id of the open invitation of this person to this class.
    pub fn invitation(&self, course: &str, email: &str) -> String {
        let id = self.id(email);
        self.state()["invitations"]
            .as_array()
            .unwrap()
            .iter()
            .find(|open| open["courseId"] == course && open["userId"] == id.as_str())
            .map(|open| open["id"].as_str().unwrap().to_owned())
            .unwrap()
    }

    /// Whether somebody is a teacher of a class.
    pub fn is_teacher(&self, email: &str, course: &str) -> bool {
        let member = json!({"courseId": course, "userId": self.id(email)});
        self.state()["teachers"]
            .as_array()
            .unwrap()
            .contains(&member)
    }

    /// The id of an account.
    pub fn id(&self, email: &str) -> String {
        let state = self.state();
        let accounts = state["accounts"].as_array().unwrap();
        let account = accounts.iter().find(|a| a["email"] == email).unwrap();
        account["id"].as_str().unwrap().to_owned()
    }

    /// Whether somebody is a student of a class.
    pub fn is_student(&self, email: &str, course: &str) -> bool {
        let member = json!({"courseId": course, "userId": self.id(email)});
        self.state()["students"]
            .as_array()
            .unwrap()
            .contains(&member)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.dist);
    }
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    /// HTTP status, canonical status and message of an error.
    pub fn error(&self) -> (u16, String, String) {
        let error = &self.json()["error"];
        assert_eq!(error["code"], self.status, "{}", self.text);
        (
            self.status,
            error["status"].as_str().unwrap().to_owned(),
            error["message"].as_str().unwrap().to_owned(),
        )
    }

    /// The first word of an error's message, which is the reason where it begins with `@`.
    pub fn reason(&self) -> String {
        let message = self.error().2;
        message.split(' ').next().unwrap().to_owned()
    }

    /// A header, empty where there is none.
    pub fn header(&self, name: &str) -> String {
        let values: Vec<_> = self
            .headers
            .get_all(name)
            .iter()
            .map(|value| value.to_str().unwrap())
            .collect();
        values.join(", ")
    }
}

/// Sends a request and takes any answer; panics when there is none.
pub fn send(method: &str, url: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    try_send(method, url, headers, body).unwrap()
}

/// Sends a request.
pub fn try_send(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Result<Answer, ureq::Error> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .max_redirects(0)
        .build()
        .into();
    let mut request = Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut response = if body.is_empty() {
        agent.run(request.body(()).unwrap())?
    } else {
        let request = request.body(body.to_owned()).unwrap();
        let request = agent
            .configure_request(request)
            .allow_non_standard_methods(true)
            .build();
        agent.run(request)?
    };
    Ok(Answer {
        status: response.status().as_u16(),
        headers: response.headers().clone(),
        text: response.body_mut().read_to_string()?,
    })
}

/// Writes bytes to an origin and gives everything that comes back until the connection ends.
pub fn raw(origin: &str, request: &str) -> Vec<u8> {
    let authority = origin.strip_prefix("http://").unwrap();
    let mut stream = TcpStream::connect(authority).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = Vec::new();
    // A connection that is reset ends with an error, one that is closed without.
    let _ = stream.read_to_end(&mut answer);
    answer
}
