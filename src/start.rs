//! From the page to the root component: reads the address and `config.json`, then mounts.

use gloo_net::http::Request;
use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlElement, RequestCache, UrlSearchParams, Window};

use crate::{
    app::App,
    config::{
        self, ConfigError,
        params::{PRIVATE, PageParams},
    },
};

/// The id of the element on the page that the widget is mounted in.
const MOUNT_ID: &str = "hall-pass";

/// Mounts the widget into the page, in the place of what stood there meanwhile.
pub fn start() {
    let Some(window) = web_sys::window() else {
        return;
    };
    let params = take_params(&window);
    // Not Leptos' own: that one runs only once something is mounted.
    spawn_local(async move {
        let config = match fetch_config().await {
            Ok(file) => config::check(&file, &params).map(|checked| {
                for key in checked.unknown_keys {
                    let warning = [
                        "Hall Pass: config.json: unknown key \"",
                        &key,
                        "\" is ignored",
                    ]
                    .concat();
                    web_sys::console::warn_1(&warning.into());
                }
                checked.config
            }),
            Err(error) => Err(error),
        };
        let languages = window
            .navigator()
            .languages()
            .iter()
            .filter_map(|tag| tag.as_string())
            .collect();
        let place = window
            .document()
            .and_then(|document| document.get_element_by_id(MOUNT_ID));
        if let Some(place) = place.and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
            place.set_text_content(None);
            mount_to(place, move || view! { <App config languages /> }).forget();
        }
    });
}

/// The text of `config.json` beside the page, never an old one.
async fn fetch_config() -> Result<String, ConfigError> {
    let missing = |_| ConfigError::whole_file("missing");
    let response = Request::get("config.json")
        .cache(RequestCache::NoStore)
        .send()
        .await
        .map_err(missing)?;
    if !response.ok() {
        return Err(ConfigError::whole_file("missing"));
    }
    response.text().await.map_err(missing)
}

/// Reads the parameters off query and fragment, the fragment last since it wins, and takes the
/// private ones off the address bar.
fn take_params(window: &Window) -> PageParams {
    let location = window.location();
    let query = location.search().unwrap_or_default();
    let fragment = location.hash().unwrap_or_default();
    let (query, query_is_clean) = take_private(&query, '?');
    let (fragment, fragment_is_clean) = take_private(&fragment, '#');
    if let (Ok(path), false) = (location.pathname(), query_is_clean && fragment_is_clean) {
        let address = [path, query.rest, fragment.rest].concat();
        if let Ok(history) = window.history() {
            // A browser that refuses keeps the address; what was read stands all the same.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
        }
    }
    PageParams::read(query.pairs.into_iter().chain(fragment.pairs))
}

/// One half of the address, read.
struct Half {
    /// Decoded names and values.
    pairs: Vec<(String, String)>,
    /// The half without its private parameters, with its sign where anything is left.
    rest: String,
}

/// Reads `half`, which begins with `sign`; says whether nothing private stood in it.
fn take_private(half: &str, sign: char) -> (Half, bool) {
    let text = half.strip_prefix(sign).unwrap_or(half);
    let Ok(params) = UrlSearchParams::new_with_str(text) else {
        return (
            Half {
                pairs: Vec::new(),
                rest: half.to_owned(),
            },
            true,
        );
    };
    let pairs: Vec<(String, String)> = js_sys::try_iter(&params)
        .ok()
        .flatten()
        .into_iter()
        .flatten()
        .filter_map(|pair| {
            let pair = js_sys::Array::from(&pair.ok()?);
            Some((pair.get(0).as_string()?, pair.get(1).as_string()?))
        })
        .collect();
    let is_clean = !pairs
        .iter()
        .any(|(name, _)| PRIVATE.contains(&name.as_str()));
    for name in PRIVATE {
        params.delete(name);
    }
    let left = String::from(params.to_string());
    let rest = match (is_clean, left.is_empty()) {
        (true, _) => half.to_owned(),
        (false, true) => String::new(),
        (false, false) => [sign.to_string(), left].concat(),
    };
    (Half { pairs, rest }, is_clean)
}
