//! From a page to the root component: reads the address, `config.json` and the words, then mounts.

use futures_util::future::join;
use gloo_net::http::Request;
use js_sys::Function;
use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::{JsValue, closure::Closure, prelude::wasm_bindgen};
use web_sys::{HtmlElement, RequestCache, UrlSearchParams, Window};

use crate::{
    app::App,
    config::{
        self, Config, ConfigError,
        params::{NAMES, PRIVATE, PageParams},
    },
    embed::frame::{Around, connect, is_framed},
    i18n::Language,
    ui::{later, marks, place::Place, tasks},
};

/// Mounts the widget into `place`, in the stead of what stands there meanwhile; gives the function
/// that takes it away again. `public/boot.js` and `public/hallpass.js` call it.
///
/// On the widget's own page `place` is all there is. Another page tells as `base` where the widget's
/// files lie, with a slash at its end, as `query` what would stand in the address of the widget's own
/// page, perhaps the text of its own `config.json`, and perhaps what supplies tokens.
///
/// # Errors
/// There are no words to show, or no way to speak to the page around.
#[wasm_bindgen]
pub async fn mount(
    place: HtmlElement,
    base: Option<String>,
    query: Option<String>,
    file: Option<String>,
    supplier: Option<Function>,
) -> Result<JsValue, JsValue> {
    let window = web_sys::window().ok_or("no window")?;
    let is_page = base.is_none();
    let base = base.unwrap_or_default();
    let params = match query {
        Some(query) => {
            let mut params = PageParams::default();
            read_params(&query, &mut params);
            params
        }
        None => take_params(&window),
    };

    let browser: Vec<_> = window
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect();
    let wanted = |fixed: Option<&str>| {
        let browser = browser.iter().map(String::as_str);
        Language::choose(fixed.into_iter().chain(browser))
    };
    // Both at once; only a language that the file asks for has to be fetched after it.
    let guess = wanted(params.language());
    let file = async {
        match file {
            Some(file) => Ok(file),
            None => fetch_config(&base).await,
        }
    };
    let (file, words) = join(file, guess.fetch(&base)).await;

    let config = file
        .as_deref()
        .map_err(Clone::clone)
        .and_then(|file| check(file, &params, &base));
    let around = match (supplier, file) {
        (Some(supplier), _) => Some(Around::Host(supplier)),
        (None, Ok(file)) if is_page && is_framed() => Some(Around::Frame { file, params }),
        (None, _) => None,
    };
    let (config, attach) = match (config, around) {
        (Ok(config), Some(around)) => connect(around, config).await.map_err(|_| "no module")?,
        (config, _) => (config, None),
    };
    let language = match &config {
        Ok(config) => wanted(config.locale.as_deref()),
        Err(_) => guess,
    };
    let words = if language == guess {
        words
    } else {
        // Words in another language are better than none.
        language.fetch(&base).await.or(words)
    };

    // Classes to choose from belong to the form; everything else can come later.
    let has_directory = matches!(&config, Ok(config) if !config.courses.is_empty());
    let later = match has_directory {
        // It is tried again where that fails.
        true => later::fetch().await.ok(),
        false => None,
    };
    let catalogue = words.ok_or("no words")?;
    place.set_text_content(None);
    let element = place.clone();
    let mounted = mount_to(
        place,
        move || view! { <App config catalogue attach later place=Place::new(element, is_page) /> },
    );
    marks::mark(marks::FORM);
    marks::mark(marks::READY);
    Ok(Closure::once_into_js(move || {
        tasks::afterwards(move || drop(mounted))
    }))
}

/// The configuration, or what is wrong with it.
fn check(file: &str, params: &PageParams, base: &str) -> Result<Config, ConfigError> {
    let mut checked = config::check(file, params)?;
    base.clone_into(&mut checked.config.base);
    for key in checked.unknown_keys {
        let warning = [
            "Hall Pass: config.json: unknown key \"",
            &key,
            "\" is ignored",
        ]
        .concat();
        web_sys::console::warn_1(&warning.into());
    }
    Ok(checked.config)
}

/// The text of `config.json` among the widget's files, never an old one.
async fn fetch_config(base: &str) -> Result<String, ConfigError> {
    let missing = |_| ConfigError::whole_file("missing");
    let response = Request::get(&[base, "config.json"].concat())
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
        let Some(pairs) = read_params(half.trim_start_matches(sign), &mut params) else {
            continue;
        };
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

/// Takes the parameters that stand in one half of an address, and gives all that stands there.
fn read_params(half: &str, params: &mut PageParams) -> Option<UrlSearchParams> {
    let pairs = UrlSearchParams::new_with_str(half).ok()?;
    for name in NAMES {
        if let Some(value) = pairs.get(name) {
            params.set(name, value);
        }
    }
    Some(pairs)
}
