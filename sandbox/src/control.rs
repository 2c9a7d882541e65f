//! `/_sandbox/`: what tests and curious people turn.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderValue, Method, Response, StatusCode, header},
    middleware::{self, Next},
    response::IntoResponse,
    routing::{get, post, put},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};

use crate::{
    api::paging::PageSize,
    app::App,
    faults::Faults,
    school::snapshot,
    served_config,
    signin::sessions::{Issue, LIFETIME_SECONDS, Lifetime},
};

/// Open questions about Google (`classroom/API.md` §8), answered one way or the other.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields, default)]
pub struct Behaviour {
    /// What a wrong class code is answered with.
    pub wrong_code: WrongCode,
    /// How `expires_in` is written in sign-in's answer.
    pub expires_in: ExpiresIn,
    /// How long the tokens last that sign-in gives.
    pub token_seconds: Lifetime,
    /// What comes of the window that sign-in opens.
    pub sign_in_window: SignInWindow,
    /// Whether somebody who is invited may read the class before accepting.
    pub invited_see_class: bool,
    /// How many people anyone may invite in one day; Google's numbers without one.
    pub invitations_a_day: Option<u32>,
    /// Most classes on one page of a list.
    pub courses_per_page: PageSize,
    /// Most students or teachers on one page of a list.
    pub members_per_page: PageSize,
    /// Most invitations on one page of a list.
    pub invitations_per_page: PageSize,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            wrong_code: WrongCode::default(),
            expires_in: ExpiresIn::default(),
            token_seconds: Lifetime::default(),
            sign_in_window: SignInWindow::default(),
            invited_see_class: true,
            invitations_a_day: None,
            courses_per_page: PageSize::COURSES,
            members_per_page: PageSize::MEMBERS,
            invitations_per_page: PageSize::INVITATIONS,
        }
    }
}

/// What a wrong class code is answered with.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(try_from = "u16", into = "u16")]
pub enum WrongCode {
    /// 403, the best guess.
    #[default]
    PermissionDenied,
    /// 404.
    NotFound,
    /// 400.
    InvalidArgument,
}

/// How a number of seconds is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ExpiresIn {
    /// As documented.
    #[default]
    Number,
    /// As the typings say.
    String,
}

/// What comes of the window that sign-in opens, wherever its script is loaded from now on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SignInWindow {
    /// It opens.
    #[default]
    Opens,
    /// It is blocked, as by a browser.
    Blocked,
}

impl TryFrom<u16> for WrongCode {
    type Error = String;

    fn try_from(status: u16) -> Result<Self, String> {
        match status {
            403 => Ok(Self::PermissionDenied),
            404 => Ok(Self::NotFound),
            400 => Ok(Self::InvalidArgument),
            other => Err(format!("{other} is none of 403, 404 and 400")),
        }
    }
}

impl From<WrongCode> for u16 {
    fn from(answer: WrongCode) -> Self {
        match answer {
            WrongCode::PermissionDenied => 403,
            WrongCode::NotFound => 404,
            WrongCode::InvalidArgument => 400,
        }
    }
}

/// A request that could not be carried out, with a sentence that says why.
pub struct Refused(String);

impl IntoResponse for Refused {
    fn into_response(self) -> Response<Body> {
        (StatusCode::BAD_REQUEST, Json(json!({"error": self.0}))).into_response()
    }
}

/// What a control answers.
pub type Answer = Result<Json<Value>, Refused>;

/// Largest body, in bytes: a school of many thousand people.
const LARGEST_BODY: usize = 64 << 20;

/// The controls.
pub fn router(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/health", get(|| async { Json(json!({"ready": true})) }))
        .route("/reset", post(reset))
        .route("/state", get(state).put(put_state))
        .route("/config", put(put_config))
        .route("/behaviour", get(behaviour).put(put_behaviour))
        .route("/token", post(token))
        .route("/tokens", get(tokens))
        .route("/requests", get(requests).delete(forget_requests))
        .route("/faults", put(put_faults))
        .route("/clock", put(put_clock))
        .fallback(|| async {
            let unknown = json!({"error": "there is no such control; docs/sandbox.md lists them"});
            (StatusCode::NOT_FOUND, Json(unknown))
        })
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .layer(middleware::from_fn(for_every_page))
        .with_state(Arc::clone(app))
}

/// Lets any page use the controls: there is nothing here to protect.
async fn for_every_page(request: Request, next: Next) -> Response<Body> {
    let mut response = if request.method() == Method::OPTIONS {
        StatusCode::NO_CONTENT.into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (
            header::ACCESS_CONTROL_ALLOW_METHODS,
            "GET, POST, PUT, DELETE",
        ),
        (header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

async fn reset(State(app): State<Arc<App>>) -> Json<Value> {
    app.reset();
    Json(json!({}))
}

async fn state(State(app): State<Arc<App>>) -> Answer {
    written(&app.world().school)
}

async fn put_state(State(app): State<Arc<App>>, body: Bytes) -> Answer {
    let school = snapshot::read(&body, &app.description).map_err(Refused)?;
    let answer = written(&school)?;
    app.world().school = school;
    Ok(answer)
}

async fn put_config(State(app): State<Arc<App>>, body: Bytes) -> Answer {
    let keys: Map<String, Value> = read(&body)?;
    let mut world = app.world();
    served_config::merge(&mut world.config, keys);
    Ok(Json(Value::Object(world.config.clone())))
}

async fn behaviour(State(app): State<Arc<App>>) -> Answer {
    written(&app.world().behaviour)
}

async fn put_behaviour(State(app): State<Arc<App>>, body: Bytes) -> Answer {
    let behaviour: Behaviour = read(&body)?;
    app.world().behaviour = behaviour;
    written(&behaviour)
}

/// A token for scripts, and for the portal that has its own sign-in.
pub async fn token(State(app): State<Arc<App>>, body: Bytes) -> Answer {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Wanted {
        account: String,
        scopes: Scopes,
        expires_in: Option<i64>,
    }
    #[derive(Deserialize)]
    #[serde(untagged, expecting = "a list of scopes, or a string of them")]
    enum Scopes {
        List(Vec<String>),
        Text(String),
    }

    let wanted: Wanted = read(&body)?;
    let names: Vec<&str> = match &wanted.scopes {
        Scopes::List(names) => names.iter().map(String::as_str).collect(),
        Scopes::Text(text) => text.split_whitespace().collect(),
    };
    let scopes = names
        .into_iter()
        .map(|name| {
            app.description
                .scope(name)
                .map(str::to_owned)
                .ok_or_else(|| Refused(format!("scopes: there is no scope {name:?}")))
        })
        .collect::<Result<_, _>>()?;
    let mut world = app.world();
    let account = world
        .school
        .account_by_name(&wanted.account)
        .map(|account| account.id.clone())
        .ok_or_else(|| Refused(format!("account: there is no account {:?}", wanted.account)))?;
    let expires_in = wanted.expires_in.unwrap_or(LIFETIME_SECONDS);
    let now = world.clock.now();
    let access_token = world
        .sessions
        .issue(Issue {
            account,
            scopes,
            expires_at: now.saturating_add(expires_in),
        })
        .map_err(|error| Refused(error.to_string()))?;
    Ok(Json(
        json!({"access_token": access_token, "expires_in": expires_in}),
    ))
}

/// Every token there ever was, for tests that look for traces of them.
async fn tokens(State(app): State<Arc<App>>) -> Json<Value> {
    let world = app.world();
    let tokens = world.sessions.issued().map(|(text, token)| {
        let email = world
            .school
            .account(&token.account)
            .map(|account| &account.email);
        json!({"token": text, "account": email, "revoked": token.revoked})
    });
    Json(tokens.collect())
}

async fn requests(State(app): State<Arc<App>>) -> Answer {
    written(&app.world().journal.entries)
}

async fn forget_requests(State(app): State<Arc<App>>) -> Json<Value> {
    app.world().journal.entries.clear();
    Json(json!({}))
}

async fn put_faults(State(app): State<Arc<App>>, body: Bytes) -> Answer {
    let faults: Faults = read(&body)?;
    faults.check().map_err(Refused)?;
    app.world().faults = faults;
    Ok(Json(json!({})))
}

async fn put_clock(State(app): State<Arc<App>>, body: Bytes) -> Answer {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Wanted {
        offset_seconds: i64,
    }
    let wanted: Wanted = read(&body)?;
    app.world().clock.offset_seconds = wanted.offset_seconds;
    Ok(Json(json!({"offsetSeconds": wanted.offset_seconds})))
}

/// Reads a body; a problem is told with the place where it is.
fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Refused> {
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    serde_path_to_error::deserialize(&mut deserializer).map_err(|error| Refused(error.to_string()))
}

fn written(value: &impl Serialize) -> Answer {
    serde_json::to_value(value)
        .map(Json)
        .map_err(|error| Refused(error.to_string()))
}
