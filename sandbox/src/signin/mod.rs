//! Sign-in: Google Identity Services' token client and the window it opens.

mod ask;
mod photos;
mod scopes;
pub mod sessions;
mod window;

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    Json, Router,
    body::{Body, Bytes},
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header},
    response::IntoResponse,
    routing::{get, post},
};
use serde_json::{Value, json};

use self::{
    ask::Ask,
    sessions::{Issue, Lifetime},
    window::Screen,
};
use crate::{
    app::{App, World},
    control::{ExpiresIn, SignInWindow},
    school::Account,
    template::{Fill, fill},
};

/// The one OAuth client that the sandbox's Google knows.
pub const CLIENT_ID: &str = "741234567890-hallpass.apps.sandbox.example";

/// The app's name on the consent page.
const APP_NAME: &str = "Hall Pass";

/// The sign-in pages' own policy. They are never shown in a frame, as at Google.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Sign-in and what it needs.
pub fn router(app: &Arc<App>) -> Router<Arc<App>> {
    Router::new()
        .route("/gsi/client", get(client_script))
        .route("/signin", get(open).post(choose))
        .route("/signin/consent", post(consent))
        .route("/signin/signin.css", get(style))
        .route("/signin/done.js", get(done_script))
        .route("/revoke", post(revoke))
        .route("/photos/{name}", get(photos::photo))
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
        .with_state(Arc::clone(app))
}

async fn client_script(State(app): State<Arc<App>>) -> Response<Body> {
    let blocked = app.world().behaviour.sign_in_window == SignInWindow::Blocked;
    let blocked = Fill::Text(if blocked { "true" } else { "false" });
    let mut response = script(fill(include_str!("gsi.js"), &[("blocked", blocked)]));
    response.headers_mut().insert(
        header::ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue::from_static("*"),
    );
    response
}

async fn done_script() -> Response<Body> {
    script(include_str!("done.js"))
}

async fn style() -> Response<Body> {
    asset("text/css; charset=utf-8", include_str!("signin.css"))
}

fn script(text: impl Into<Body>) -> Response<Body> {
    asset("text/javascript; charset=utf-8", text)
}

fn asset(kind: &'static str, text: impl Into<Body>) -> Response<Body> {
    (
        [
            (header::CONTENT_TYPE, kind),
            (header::CACHE_CONTROL, "no-cache"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        ],
        text.into(),
    )
        .into_response()
}

/// The window opens: with the chooser, or with the account that the page named.
async fn open(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> Response<Body> {
    let ask = Ask::read(&pairs(query.unwrap_or_default().as_bytes()));
    if let Err(fault) = ask.check(&app.description) {
        return page(&Screen::Refused(fault));
    }
    let mut world = app.world();
    let screen = match ask.hinted(&world.school).cloned() {
        Some(account) => chosen(&ask, &account, &mut world),
        None if ask.prompt == "none" => Screen::done(&ask, denied()),
        None => Screen::chooser(&ask, &world.school),
    };
    page(&screen)
}

/// An account was chosen.
async fn choose(State(app): State<Arc<App>>, body: Bytes) -> Response<Body> {
    let pairs = pairs(&body);
    let ask = Ask::read(&pairs);
    if let Err(fault) = ask.check(&app.description) {
        return page(&Screen::Refused(fault));
    }
    let mut world = app.world();
    let screen = match account(&pairs, &world) {
        Some(account) => chosen(&ask, &account, &mut world),
        None => Screen::chooser(&ask, &world.school),
    };
    page(&screen)
}

/// The consent page was answered.
async fn consent(State(app): State<Arc<App>>, body: Bytes) -> Response<Body> {
    let pairs = pairs(&body);
    let ask = Ask::read(&pairs);
    if let Err(fault) = ask.check(&app.description) {
        return page(&Screen::Refused(fault));
    }
    let mut world = app.world();
    let Some(account) = account(&pairs, &world).filter(|account| !account.under18) else {
        return page(&Screen::chooser(&ask, &world.school));
    };
    let allowed = pairs
        .iter()
        .any(|(name, value)| name == "decision" && value == "allow");
    let asked = ask.scopes();
    let ticked: BTreeSet<String> = pairs
        .iter()
        .filter(|(name, scope)| name == "grant" && asked.contains(scope))
        .map(|(_, scope)| scope.clone())
        .collect();
    let response = if allowed {
        world.sessions.grant(&account.id, &ticked);
        token_response(&ask, &account, &mut world)
    } else {
        denied()
    };
    page(&Screen::done(&ask, response))
}

/// What comes after an account is known: the gate for minors, consent, or at once the token.
fn chosen(ask: &Ask, account: &Account, world: &mut World) -> Screen {
    if account.under18 {
        return Screen::Blocked {
            email: account.email.clone(),
        };
    }
    let granted = world.sessions.granted(&account.id);
    let open: Vec<String> = ask
        .scopes()
        .into_iter()
        .filter(|scope| !scopes::is_sign_in(scope) && !granted.contains(scope))
        .collect();
    if ask.prompt == "none" && !open.is_empty() {
        return Screen::done(ask, denied());
    }
    if open.is_empty() && ask.prompt != "consent" {
        let response = token_response(ask, account, world);
        return Screen::done(ask, response);
    }
    Screen::Consent {
        ask: ask.clone(),
        account: account.clone(),
        granted: granted.into_iter().collect(),
        open,
    }
}

/// Google's `TokenResponse`, or the refusal when nothing of what was asked for is granted.
fn token_response(ask: &Ask, account: &Account, world: &mut World) -> Value {
    let granted = world.sessions.granted(&account.id);
    let asked = ask.scopes();
    let mut scopes: Vec<String> = asked
        .iter()
        .filter(|scope| scopes::is_sign_in(scope) || granted.contains(*scope))
        .cloned()
        .collect();
    if scopes.is_empty() {
        return denied();
    }
    if ask.includes_granted() {
        scopes.extend(granted.into_iter().filter(|scope| !asked.contains(scope)));
    }
    let Lifetime(seconds) = world.behaviour.token_seconds;
    let expires_at = world.clock.now().saturating_add(seconds);
    let issued = world.sessions.issue(Issue {
        account: account.id.clone(),
        scopes: scopes.iter().cloned().collect(),
        expires_at,
    });
    let token = match issued {
        Ok(token) => token,
        Err(error) => {
            return json!({"error": "server_error", "error_description": error.to_string()});
        }
    };
    let expires_in = match world.behaviour.expires_in {
        ExpiresIn::Number => json!(seconds),
        ExpiresIn::String => json!(seconds.to_string()),
    };
    let mut response = json!({
        "access_token": token,
        "token_type": "Bearer",
        "expires_in": expires_in,
        "scope": scopes.join(" "),
        "authuser": "0",
        "prompt": ask.prompt,
    });
    if !account.is_personal() {
        response["hd"] = json!(account.domain());
    }
    if !ask.state.is_empty() {
        response["state"] = json!(ask.state);
    }
    response
}

fn denied() -> Value {
    json!({"error": "access_denied"})
}

/// Withdraws a token's whole grant, as `https://oauth2.googleapis.com/revoke` does.
async fn revoke(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let pairs = pairs(&body);
    let token = pairs.iter().find(|(name, _)| name == "token");
    let mut response = match token {
        None => {
            let problem = json!({
                "error": "invalid_request",
                "error_description": "Bad Request",
            });
            (StatusCode::BAD_REQUEST, Json(problem)).into_response()
        }
        Some((_, token)) => {
            let mut world = app.world();
            let now = world.clock.now();
            if world.sessions.revoke(token, now) {
                Json(json!({})).into_response()
            } else {
                let problem = json!({
                    "error": "invalid_token",
                    "error_description": "Token expired or revoked",
                });
                (StatusCode::BAD_REQUEST, Json(problem)).into_response()
            }
        }
    };
    crate::cors::allow_reading(response.headers_mut(), headers.get(header::ORIGIN));
    response
}

fn account(pairs: &[(String, String)], world: &World) -> Option<Account> {
    let (_, id) = pairs.iter().find(|(name, _)| name == "account")?;
    world.school.account(id).cloned()
}

fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    url::form_urlencoded::parse(encoded).into_owned().collect()
}

fn page(screen: &Screen) -> Response<Body> {
    (
        screen.status(),
        [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CONTENT_SECURITY_POLICY, POLICY),
            (header::X_FRAME_OPTIONS, "DENY"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::CACHE_CONTROL, "no-store"),
            (HeaderName::from_static("referrer-policy"), "no-referrer"),
        ],
        screen.html(),
    )
        .into_response()
}
