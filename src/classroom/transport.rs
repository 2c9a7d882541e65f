//! The only place that touches `fetch`.

use core::cell::Cell;
use std::rc::Rc;

use gloo_net::http::{Method as HttpMethod, RequestBuilder};
use gloo_timers::callback::Timeout;
use js_sys::Date;
use web_sys::{AbortController, ReferrerPolicy, RequestCache, RequestCredentials};

use super::{
    answer::Answer,
    error::ApiError,
    request::{Method, Request},
    wait,
};
use crate::session::token::AccessToken;

/// How long a call may take before it is given up, in milliseconds.
pub const TIME_LIMIT: u32 = 15_000;

/// A call that is given up with whoever waited for it.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        // Where the answer is there already, nothing happens.
        self.0.abort();
    }
}

/// Sends `request` to the API at `root` with `token` in the `Authorization` header.
///
/// No cookies, no cache, no referrer: the token alone says who acts.
///
/// # Errors
/// [`ApiError::Timeout`] after [`TIME_LIMIT`], [`ApiError::Network`] where no answer came. Any
/// answer, of whatever number, is given as it is.
pub async fn send(root: &str, request: &Request, token: &AccessToken) -> Result<Answer, ApiError> {
    let call = AbortOnDrop(AbortController::new().map_err(|_| ApiError::Network)?);
    let signal = call.0.signal();
    let ran_out = Rc::new(Cell::new(false));
    let timer = {
        let ran_out = Rc::clone(&ran_out);
        let controller = call.0.clone();
        Timeout::new(TIME_LIMIT, move || {
            ran_out.set(true);
            controller.abort();
        })
    };
    let lost = |_| {
        if ran_out.get() {
            ApiError::Timeout
        } else {
            ApiError::Network
        }
    };

    let builder = RequestBuilder::new(&[root, "/", &request.target].concat())
        .method(match request.method {
            Method::Get => HttpMethod::GET,
            Method::Post => HttpMethod::POST,
            Method::Delete => HttpMethod::DELETE,
        })
        .header("Authorization", &token.bearer())
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .referrer_policy(ReferrerPolicy::NoReferrer)
        .abort_signal(Some(&signal));
    let sent = match &request.body {
        Some(json) => builder
            .header("Content-Type", "application/json")
            .body(json.as_str()),
        None => builder.build(),
    };
    let response = sent.map_err(lost)?.send().await.map_err(lost)?;
    let http = response.status();
    let retry_after = response
        .headers()
        .get("Retry-After")
        .and_then(|value| asked_to_wait(&value));
    let body = response.text().await.map_err(lost)?;
    drop(timer);
    Ok(Answer {
        http,
        retry_after,
        body,
    })
}

/// The wait in milliseconds that a `Retry-After` header asks for, by seconds or by date (RFC 9110,
/// section 10.2.3). A date that is over asks for none.
fn asked_to_wait(value: &str) -> Option<u32> {
    wait::seconds(value).or_else(|| {
        // Every date of HTTP ends like this; the browser would read a date into much else.
        let at = value.ends_with(" GMT").then(|| Date::parse(value))?;
        // The conversion cuts off at 0, and a date that is none was told apart before.
        (!at.is_nan()).then(|| ((at - Date::now()) as u32).min(wait::LONGEST))
    })
}
