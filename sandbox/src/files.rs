//! The origin of the widget: its files, with the headers a real deployment sends.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Response, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Redirect},
    routing::get,
};
use serde_json::Value;
use tower_http::services::ServeDir;

use crate::{
    app::App,
    fault_layer::{self, Place},
    faults::Origin,
    policy, served_config,
};

/// Where the widget is served a second time, to show that it needs no place at the root.
const NESTED: &str = "/app/nested";

/// Where it is served a third time, as by a host of static files on which nobody can set headers.
const PLAIN: &str = "/app/plain";

/// Features no part of the widget uses; those it does use stay with it and its frames' hosts.
const PERMISSIONS: &str = "accelerometer=(), autoplay=(), camera=(), clipboard-write=(self), \
     display-capture=(), fullscreen=(self), geolocation=(), gyroscope=(), magnetometer=(), \
     microphone=(), midi=(), payment=(), usb=()";

/// Everything this origin answers.
pub fn router(app: &Arc<App>) -> Router {
    let folder = || {
        ServeDir::new(&app.dist)
            .precompressed_br()
            .precompressed_gzip()
    };
    let mut router = Router::new().route("/config.json", get(config));
    for place in [NESTED, PLAIN] {
        let root = format!("{place}/");
        router = router
            .route(&format!("{root}config.json"), get(config))
            .nest_service(&root, folder())
            .route(place, get(|| async move { Redirect::temporary(&root) }));
    }
    router
        .fallback_service(folder())
        .layer(middleware::from_fn_with_state(Arc::clone(app), headers))
        .layer(middleware::from_fn_with_state(
            Place {
                app: Arc::clone(app),
                origin: Origin::Files,
            },
            fault_layer::apply,
        ))
        .with_state(Arc::clone(app))
}

async fn config(State(app): State<Arc<App>>, asked: HeaderMap) -> Response<Body> {
    match configuration(&app, &asked) {
        Ok(config) => axum::Json(config).into_response(),
        Err(problem) => (StatusCode::INTERNAL_SERVER_ERROR, problem).into_response(),
    }
}

fn configuration(app: &App, asked: &HeaderMap) -> Result<Value, String> {
    let overrides = app.world().config.clone();
    served_config::served(&app.dist, &app.addresses(asked), &overrides).map(Value::Object)
}

async fn headers(State(app): State<Arc<App>>, request: Request, next: Next) -> Response<Body> {
    let path = request.uri().path().to_owned();
    let config = configuration(&app, request.headers()).unwrap_or_default();
    let policy =
        policy::content_security_policy(config.as_object().unwrap_or(&serde_json::Map::new()));

    let mut response = next.run(request).await;
    if response.status() == StatusCode::NOT_FOUND {
        response = not_found(&app);
    }
    let headers = response.headers_mut();
    if path.starts_with(PLAIN) {
        // Such hosts let scripts of any page read what they serve.
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_ORIGIN,
            HeaderValue::from_static("*"),
        );
        return response;
    }
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, policy.as_str()),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin-allow-popups",
        ),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::VARY, "Accept-Encoding"),
        (header::CACHE_CONTROL, caching(&path)),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    name_charset(headers);
    response
}

/// How long a file may be kept: one whose name holds its hash for ever, the configuration never,
/// the rest until it has been asked for again.
fn caching(path: &str) -> &'static str {
    if path.ends_with("/config.json") {
        "no-store"
    } else if is_hashed(path) {
        "public, max-age=31536000, immutable"
    } else {
        "no-cache"
    }
}

/// Whether a name holds a hash as Trunk writes it: `-` and sixteen hexadecimal digits.
fn is_hashed(path: &str) -> bool {
    path.split('-').skip(1).any(|part| {
        let digits = part
            .bytes()
            .take_while(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            .count();
        digits == 16
    })
}

fn name_charset(headers: &mut HeaderMap) {
    let kind = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .filter(|kind| kind.starts_with("text/") && !kind.contains("charset"));
    if let Some(kind) = kind
        && let Ok(value) = HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    {
        headers.insert(header::CONTENT_TYPE, value);
    }
}

fn not_found(app: &App) -> Response<Body> {
    let text = if app.dist.join("index.html").is_file() {
        "There is no such file in the widget's folder.\n".to_owned()
    } else {
        format!(
            "There is no built widget in {}.\n\nBuild it with `cargo xtask dist`, or start the \
             sandbox with --dist and the folder it is in.\n",
            app.dist.display()
        )
    };
    (StatusCode::NOT_FOUND, text).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_ever() {
        for path in [
            "/hallpass-0123456789abcdef.js",
            "/hallpass-0123456789abcdef_bg.wasm",
            "/app/nested/tokens-fedcba9876543210.css",
        ] {
            assert!(caching(path).contains("immutable"), "{path}");
        }
        for path in [
            "/",
            "/index.html",
            "/boot.js",
            "/a-0123456789abcde.js",
            "/zh-hans.json",
        ] {
            assert_eq!(caching(path), "no-cache", "{path}");
        }
        assert_eq!(caching("/app/nested/config.json"), "no-store");
    }
}
