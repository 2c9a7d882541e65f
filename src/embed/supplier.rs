//! Tokens from a page that has mounted the widget: by a function, without messages.

use gloo_timers::callback::Timeout;
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use super::{
    asking::Supply,
    frame::{Attach, Connected, Widget},
    protocol,
};
use crate::{
    config::{Config, TokenSource},
    guidance::SignInError,
    session::host::{Answers, Host, LIMIT, Supplied, TokenRequest},
    ui::{quiet::Quiet, tasks::spawn_local},
};

/// Lets `function` supply the tokens, unless they are to come from Google only.
pub fn attach(function: Function, mut config: Config) -> Connected {
    if config.token_source == TokenSource::Google {
        return (Ok(config), None);
    }
    config.token_source = TokenSource::Host;
    let attach: Attach = Box::new(move |widget: Widget| {
        let answers = Answers::default();
        let supply = Supply::new(widget);
        let send = {
            let answers = answers.clone();
            move |request: TokenRequest| {
                let (function, answers) = (function.clone(), answers.clone());
                spawn_local(async move {
                    let answer = call(&function, &request).await;
                    if answers.take(request.id, answer) {
                        supply.ask();
                    }
                });
            }
        };
        supply.begin(Host::new(Quiet, answers, send));
        supply.ask();
    });
    (Ok(config), Some(attach))
}

/// Asks the page's function: `({scopes, reason, signal}) => Promise<{accessToken, expiresIn}>`.
async fn call(function: &Function, request: &TokenRequest) -> Result<Supplied, SignInError> {
    let refused = |_: JsValue| SignInError::HostToken;
    let question = Object::new();
    let scopes: Array = request
        .scopes
        .iter()
        .map(|scope| JsValue::from_str(scope.url()))
        .collect();
    let reason = protocol::reason(request.reason);
    let controller = AbortController::new().map_err(refused)?;
    for (key, value) in [
        ("scopes", &scopes.into()),
        ("reason", &reason.into()),
        ("signal", &controller.signal().into()),
    ] {
        Reflect::set(&question, &key.into(), value).map_err(refused)?;
    }
    // A page that gives nothing in time may as well stop trying.
    let timer = Timeout::new(LIMIT, move || controller.abort());
    let asked = function
        .call1(&JsValue::UNDEFINED, &question)
        .map_err(refused)?;
    let answer = JsFuture::from(Promise::resolve(&asked)).await;
    drop(timer);
    let answer = answer.map_err(refused)?;
    protocol::read_supplied(serde_wasm_bindgen::Deserializer::from(answer))
        .ok_or(SignInError::HostToken)
}
