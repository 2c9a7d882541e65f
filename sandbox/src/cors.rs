//! Which pages may read the answers: cross-origin resource sharing as Google's APIs do it.

use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
};

/// The methods Google names in a preflight's answer, whatever the path.
const METHODS: &str = "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT";

/// Request headers a page may send to the API. A browser refuses the request for any other.
const HEADERS: [&str; 7] = [
    "authorization",
    "content-type",
    "x-client-data",
    "x-goog-api-client",
    "x-goog-authuser",
    "x-goog-user-project",
    "x-requested-with",
];

/// Answer headers a page may read. Google does not expose `Retry-After`, as far as is known; the
/// sandbox does, so that a client's heed for it can be tried.
const EXPOSED: &str = "content-encoding,date,retry-after,server,vary,www-authenticate";

/// Answers a preflight. One that asks for a method or header outside the lists is answered
/// without the permission asked for, which makes the browser refuse the request itself.
pub fn preflight(asked: &HeaderMap) -> Response {
    let Some(origin) = asked.get(header::ORIGIN) else {
        return (StatusCode::BAD_REQUEST, "A preflight names its Origin.").into_response();
    };
    let method = asked
        .get(header::ACCESS_CONTROL_REQUEST_METHOD)
        .and_then(|value| Method::from_bytes(value.as_bytes()).ok());
    let Some(method) = method else {
        return (
            StatusCode::BAD_REQUEST,
            "A preflight names Access-Control-Request-Method.",
        )
            .into_response();
    };
    if !METHODS.split(',').any(|known| known == method.as_str()) {
        return StatusCode::FORBIDDEN.into_response();
    }
    let granted = granted_headers(asked);
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    insert(headers, header::ACCESS_CONTROL_ALLOW_METHODS, METHODS);
    if !granted.is_empty() {
        insert(headers, header::ACCESS_CONTROL_ALLOW_HEADERS, &granted);
    }
    insert(headers, header::ACCESS_CONTROL_MAX_AGE, "3600");
    vary(headers);
    response
}

/// The requested headers that are allowed, in the order asked for.
fn granted_headers(asked: &HeaderMap) -> String {
    asked
        .get_all(header::ACCESS_CONTROL_REQUEST_HEADERS)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|name| name.trim().to_ascii_lowercase())
        .filter(|name| HEADERS.contains(&name.as_str()))
        .collect::<Vec<_>>()
        .join(",")
}

/// Lets the asking page read an answer, an error too. A header that is there already (set by a
/// fault) stays.
pub fn allow_reading(answer: &mut HeaderMap, origin: Option<&HeaderValue>) {
    vary(answer);
    let Some(origin) = origin else { return };
    if !answer.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
        answer.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    }
    if !answer.contains_key(header::ACCESS_CONTROL_EXPOSE_HEADERS) {
        insert(answer, header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    }
}

fn vary(headers: &mut HeaderMap) {
    for name in ["Origin", "X-Origin", "Referer"] {
        headers.append(header::VARY, HeaderValue::from_static(name));
    }
}

/// Sets a header, or leaves it out where the value could not stand in one.
fn insert(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}
