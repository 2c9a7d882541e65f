//! Google Identity Services' token client: the only place that touches `google.accounts`.
//!
//! Source: Google's "Google Account Authorization JavaScript API reference". The script cannot be
//! hosted by oneself; tokens come by a pop-up only, which needs a person's press.

use core::{
    cell::{Cell, RefCell},
    future::Future,
};
use std::rc::Rc;

use futures_channel::oneshot;
use gloo_timers::future::TimeoutFuture;
use js_sys::{Object, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::HtmlScriptElement;

use super::{
    scopes::{Scope, Scopes},
    source::{Ask, Grant, Source},
    token::AccessToken,
};
use crate::{
    config::{Config, TokenSource},
    embed::frame::is_framed,
    guidance::SignInError,
    within::has,
};

/// How long Google's script may take to load, in milliseconds.
const SCRIPT_LIMIT_MS: u32 = 10_000;
/// How often it is looked for meanwhile, in milliseconds.
const SCRIPT_POLL_MS: u32 = 50;
/// How long a token is taken to live where Google does not say, in seconds: what it usually says.
const USUAL_LIFE: f64 = 3599.0;

#[wasm_bindgen]
extern "C" {
    type TokenClient;

    #[wasm_bindgen(catch, js_namespace = ["google", "accounts", "oauth2"], js_name = initTokenClient)]
    fn init_token_client(config: &Object) -> Result<TokenClient, JsValue>;

    #[wasm_bindgen(catch, method, js_name = requestAccessToken)]
    fn request_access_token(this: &TokenClient) -> Result<(), JsValue>;

    #[wasm_bindgen(catch, variadic, js_namespace = ["google", "accounts", "oauth2"], js_name = hasGrantedAllScopes)]
    fn has_granted_all_scopes(response: &JsValue, scopes: Vec<JsValue>) -> Result<bool, JsValue>;

    #[wasm_bindgen(catch, js_namespace = ["google", "accounts", "oauth2"], js_name = revoke)]
    fn revoke_token(token: &str, done: &JsValue) -> Result<(), JsValue>;
}

type Answer = Result<Grant, SignInError>;

/// The token client, with its script.
pub(super) struct Google {
    client_id: String,
    script: Script,
    /// What the open request keeps alive; a new one takes its place, since there is one window.
    request: Rc<RefCell<Option<Request>>>,
}

/// The callbacks of a request, alive as long as Google may call them.
struct Request {
    _callback: Closure<dyn FnMut(JsValue)>,
    _error_callback: Closure<dyn FnMut(JsValue)>,
}

impl Google {
    /// A token client for the configured client id. Begins to load the script, unless only the
    /// embedding page supplies tokens.
    pub fn new(config: &Config) -> Self {
        let mut google = Self {
            client_id: config.client_id.clone().unwrap_or_default(),
            script: Script {
                address: config.identity_script.clone(),
                loading: None,
            },
            request: Rc::default(),
        };
        if config.token_source != TokenSource::Host {
            google.load();
        }
        google
    }

    /// Begins to load the script, where it is not loaded yet.
    pub fn load(&mut self) {
        self.script.load();
    }
}

impl Source for Google {
    /// With the script there, which is the rule, Google's window opens before this returns; else the
    /// script is waited for first, and tried once more if it had failed.
    fn ask(&mut self, ask: Ask) -> impl Future<Output = Answer> + use<> {
        let client_id = self.client_id.clone();
        let slot = Rc::clone(&self.request);
        let opened = Script::is_there().then(|| open(&client_id, &ask, &slot));
        let script = opened.is_none().then(|| self.script.wait());
        async move {
            let answer = match opened {
                Some(opened) => opened?,
                None => {
                    if let Some(script) = script {
                        script.await?;
                    }
                    open(&client_id, &ask, &slot)?
                }
            };
            // A request that another one has replaced is a window that was left.
            answer.await.unwrap_or(Err(SignInError::PopupClosed))
        }
    }
}

/// Opens Google's window; the receiver gets its answer.
fn open(
    client_id: &str,
    ask: &Ask,
    slot: &Rc<RefCell<Option<Request>>>,
) -> Result<oneshot::Receiver<Answer>, SignInError> {
    if is_impossible() {
        return Err(SignInError::PopupImpossible);
    }
    let (sender, receiver) = oneshot::channel();
    let sender = Rc::new(RefCell::new(Some(sender)));
    let answer = {
        let sender = Rc::clone(&sender);
        move |answer: Answer| {
            if let Some(sender) = sender.borrow_mut().take() {
                // Nobody waits any more where the view has gone: then there is nothing to tell.
                let _ = sender.send(answer);
            }
        }
    };
    let scopes = ask.scopes;
    let callback = {
        let answer = answer.clone();
        Closure::<dyn FnMut(JsValue)>::new(move |response: JsValue| {
            answer(read_response(&response, scopes));
        })
    };
    let error_callback =
        Closure::<dyn FnMut(JsValue)>::new(move |error: JsValue| answer(Err(read_error(&error))));

    let scope = ask.scopes.request();
    let options = [
        ("client_id", Some(client_id)),
        ("scope", Some(scope.as_str())),
        ("hd", ask.hosted_domain.as_deref()),
        ("login_hint", ask.login_hint.as_deref()),
        // Chromebooks are shared: which account it is gets chosen every time. Only a hint skips the
        // chooser, which would come all the same if it were asked for in so many words.
        (
            "prompt",
            ask.login_hint
                .is_none()
                .then_some("select_account")
                .or(Some("")),
        ),
    ];
    let failed = |error: JsValue| SignInError::Unknown(name_of(&error));
    // Pairs and no struct: the serializer for structs would weigh another kilobyte.
    let given: Vec<(&str, &str)> = options
        .into_iter()
        .filter_map(|(key, value)| Some((key, value?)))
        .collect();
    let given = serde_wasm_bindgen::to_value(&given).map_err(|error| failed(error.into()))?;
    let config = Object::from_entries(&given).map_err(failed)?;
    for (key, function) in [("callback", &callback), ("error_callback", &error_callback)] {
        // Setting a field of a fresh plain object cannot fail.
        let _ = Reflect::set(&config, &key.into(), function.as_ref());
    }
    let client = init_token_client(&config).map_err(failed)?;
    slot.replace(Some(Request {
        _callback: callback,
        _error_callback: error_callback,
    }));
    client
        .request_access_token()
        .map_err(|error| match &*name_of(&error) {
            // Firefox throws in a frame that may open no windows.
            "InvalidAccessError" => SignInError::PopupImpossible,
            name => SignInError::Unknown(name.to_owned()),
        })?;
    Ok(receiver)
}

/// Withdraws the grant; tells whether it is withdrawn now. A token that Google no longer knows
/// counts as that.
pub(super) fn revoke(token: &AccessToken) -> impl Future<Output = bool> + use<> {
    let (sender, receiver) = oneshot::channel();
    let done = Closure::once_into_js(move |response: JsValue| {
        let successful = Reflect::get(&response, &"successful".into()).ok();
        let is_done = successful.is_some_and(|successful| successful.is_truthy())
            || text_of(&response, "error").as_deref() == Some("invalid_token");
        // Whoever does not wait any more needs no answer.
        let _ = sender.send(is_done);
    });
    let asked = revoke_token(token.secret(), &done);
    async move { asked.is_ok() && receiver.await == Ok(true) }
}

/// A token response, or an OAuth error in its place (RFC 6749, section 4.2.2).
fn read_response(response: &JsValue, asked: Scopes) -> Answer {
    match text_of(response, "error").as_deref() {
        None => {}
        Some("access_denied") => return Err(SignInError::AccessDenied),
        Some(other) => return Err(SignInError::Unknown(other.to_owned())),
    }
    let token = text_of(response, "access_token").ok_or(SignInError::PopupClosed)?;
    let is_granted = |scopes: &[Scope]| {
        let scopes = scopes.iter().map(|scope| scope.url().into()).collect();
        has_granted_all_scopes(response, scopes).unwrap_or(false)
    };
    if !is_granted(asked.required) {
        return Err(SignInError::ScopeMissing);
    }
    let all = asked.required.iter().chain(asked.wanted);
    Ok(Grant {
        token: AccessToken::new(token),
        expires_in: seconds_of(response).unwrap_or(USUAL_LIFE),
        scopes: all.copied().filter(|scope| is_granted(&[*scope])).collect(),
    })
}

/// `expires_in` is a number in the reference and a string in the published types.
fn seconds_of(response: &JsValue) -> Option<f64> {
    let value = Reflect::get(response, &"expires_in".into()).ok()?;
    // The browser's own parser: Rust's brings 10 kB of tables.
    let seconds = value
        .as_f64()
        .or_else(|| Some(js_sys::parse_float(&value.as_string()?)))?;
    (seconds.is_finite() && seconds > 0.0).then_some(seconds)
}

/// What went wrong outside of OAuth. Google asks to expect types that are not documented yet.
fn read_error(error: &JsValue) -> SignInError {
    match text_of(error, "type").as_deref() {
        // A frame that may not open windows cannot be told from a blocker; the way out is the same.
        Some("popup_failed_to_open") if is_framed() => SignInError::PopupImpossible,
        Some("popup_failed_to_open") => SignInError::PopupBlocked,
        Some("popup_closed") => SignInError::PopupClosed,
        Some(other) => SignInError::Unknown(other.to_owned()),
        None => SignInError::Unknown("unknown".to_owned()),
    }
}

/// What browsers inside of apps call themselves, in which Google refuses to sign anybody in
/// (`disallowed_useragent`).
const IN_APPS: [&str; 6] = ["FBAN", "FBAV", "Instagram", "; wv)", " Line/", "Snapchat"];

/// Whether no window of Google's could give an answer here: a frame of an opaque origin hears none,
/// and browsers inside of apps are refused.
fn is_impossible() -> bool {
    let Some(window) = web_sys::window() else {
        return true;
    };
    let name = window.navigator().user_agent().unwrap_or_default();
    window.origin() == "null" || IN_APPS.iter().any(|app| has(&name, app))
}

fn text_of(object: &JsValue, key: &str) -> Option<String> {
    Reflect::get(object, &key.into()).ok()?.as_string()
}

/// The name of what a call into Google's script threw, never its text: it could hold anything.
fn name_of(error: &JsValue) -> String {
    text_of(error, "name").unwrap_or_else(|| "unknown".to_owned())
}

/// Google's script on the page.
struct Script {
    address: String,
    loading: Option<Loading>,
}

/// The script's element, and what became of it.
struct Loading {
    element: HtmlScriptElement,
    failed: Rc<Cell<bool>>,
    /// Kept as long as the browser may call it.
    _on_error: Closure<dyn FnMut()>,
}

impl Script {
    /// Whether the script has run.
    fn is_there() -> bool {
        ["google", "accounts", "oauth2"]
            .iter()
            .try_fold(JsValue::from(js_sys::global()), |object, key| {
                Reflect::get(&object, &(*key).into())
                    .ok()
                    .filter(JsValue::is_object)
            })
            .is_some()
    }

    /// Puts the script on the page, unless it is on its way; one that failed is tried anew.
    fn load(&mut self) {
        if let Some(loading) = &self.loading {
            if !loading.failed.get() {
                return;
            }
            loading.element.remove();
        }
        self.loading = self.insert();
    }

    fn insert(&self) -> Option<Loading> {
        let document = web_sys::window()?.document()?;
        let element: HtmlScriptElement = document.create_element("script").ok()?.dyn_into().ok()?;
        let failed = Rc::new(Cell::new(false));
        let on_error = {
            let failed = Rc::clone(&failed);
            Closure::<dyn FnMut()>::new(move || failed.set(true))
        };
        element.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        element.set_src(&self.address);
        element.set_async(true);
        document.head()?.append_child(&element).ok()?;
        Some(Loading {
            element,
            failed,
            _on_error: on_error,
        })
    }

    /// Waits until the script has run, at most [`SCRIPT_LIMIT_MS`].
    fn wait(&mut self) -> impl Future<Output = Result<(), SignInError>> + use<> {
        self.load();
        let failed = self
            .loading
            .as_ref()
            .map(|loading| Rc::clone(&loading.failed));
        async move {
            let failed = failed.ok_or(SignInError::ScriptBlocked)?;
            for _ in 0..SCRIPT_LIMIT_MS / SCRIPT_POLL_MS {
                if Self::is_there() {
                    return Ok(());
                }
                if failed.get() {
                    break;
                }
                TimeoutFuture::new(SCRIPT_POLL_MS).await;
            }
            // Given up on: the next press begins anew.
            failed.set(true);
            Err(SignInError::ScriptBlocked)
        }
    }
}
