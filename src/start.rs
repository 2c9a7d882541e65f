//! From the page to the root component: reads the address, `config.json` and the words, then mounts.

use futures_util::future::join;
use gloo_net::http::Request;
use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlElement, RequestCache, UrlSearchParams, Window};

use crate::{
    app::App,
    config::{
        self, Config, ConfigError,
        params::{NAMES, PRIVATE, PageParams},
    },
    i18n::{Catalogue, Language},
    ui::marks,
};

/// The id of the element on the page that the widget is mounted in.
const MOUNT_ID: &str = "hall-pass";
/// The event by which that element tells that the widget cannot start.
const START_FAILED: &str = "hallpass:startfailed";

/// Mounts the widget into the page, in the place of what stood there meanwhile.
pub fn start() {
    let Some(window) = web_sys::window() else {
        return;
    };
    let document = window.document();
    let place = document.and_then(|document| document.get_element_by_id(MOUNT_ID));
    let Some(Ok(place)) = place.map(JsCast::dyn_into::<HtmlElement>) else {
        return;
    };
    let params = take_params(&window);
    // Not Leptos' own: that one runs only once something is mounted.
    spawn_local(async move {
        let Some((config, catalogue)) = fetch_both(&window, &params).await else {
            // boot.js has the words for it, since there are none here.
            if let Ok(event) = Event::new(START_FAILED) {
                // Whether anybody listens is not for this to say.
                let _ = place.dispatch_event(&event);
            }
            return;
        };
        place.set_text_content(None);
        mount_to(place, move || view! { <App config catalogue /> }).forget();
        marks::mark(marks::FORM);
        marks::mark(marks::READY);
    });
}

/// The configuration, or what is wrong with it, and the words in the language that it, the address
/// or the browser asks for; nothing where there are no words.
async fn fetch_both(
    window: &Window,
    params: &PageParams,
) -> Option<(Result<Config, ConfigError>, Catalogue)> {
    let languages: Vec<_> = window
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect();
    let wanted = |fixed: Option<&str>| {
        let browser = languages.iter().map(String::as_str);
        Language::choose(fixed.into_iter().chain(browser))
    };
    // Both at once; only a language that the file asks for has to be fetched after it.
    let guess = wanted(params.language());
    let (file, words) = join(fetch_config(), guess.fetch()).await;
    let config = file
        .and_then(|file| config::check(&file, params))
        .map(|checked| {
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
        });
    let language = match &config {
        Ok(config) => wanted(config.locale.as_deref()),
        Err(_) => guess,
    };
    let words = if language == guess {
        words
    } else {
        // Words in another language are better than none.
        language.fetch().await.or(words)
    };
    Some((config, words?))
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

/// Reads the parameters off query and fragment, of which the fragment wins, and takes the private
/// ones off the address bar.
fn take_params(window: &Window) -> PageParams {
    let location = window.location();
    let mut params = PageParams::default();
    let mut address = location.pathname().unwrap_or_default();
    let mut is_private = false;
    let halves = [('?', location.search()), ('#', location.hash())];
    for (sign, half) in halves {
        let half = half.unwrap_or_default();
        let Ok(pairs) = UrlSearchParams::new_with_str(half.trim_start_matches(sign)) else {
            continue;
        };
        for name in NAMES {
            if let Some(value) = pairs.get(name) {
                params.set(name, value);
            }
        }
        let private = PRIVATE.iter().any(|name| pairs.has(name));
        for name in PRIVATE {
            pairs.delete(name);
        }
        is_private |= private;
        // What nothing was taken from stays letter by letter as it was.
        let rest = if private {
            String::from(pairs.to_string())
        } else {
            half
        };
        if private && !rest.is_empty() {
            address.push(sign);
        }
        address.push_str(&rest);
    }
    if let (true, Ok(history)) = (is_private, window.history()) {
        // A browser that refuses keeps the address; what was read stands all the same.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
    params
}
