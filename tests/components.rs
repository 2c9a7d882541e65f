//! Components in a real browser: what a person sees, without a server.
#![cfg(target_arch = "wasm32")]
#![allow(
    clippy::unwrap_used,
    reason = "all of it is tests, which clippy does not see here"
)]

use hallpass::{
    app::App,
    classroom::{error::ApiError, reason::Reason, status::Status},
    config::{self, ConfigError, params::PageParams},
    i18n::{Catalogue, Language, numbers},
    json::{self, Json},
    ui::place::Place,
};
use leptos::{mount::mount_to, prelude::*, task::tick};
use wasm_bindgen::JsCast;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{Element, HtmlElement};

wasm_bindgen_test_configure!(run_in_browser);

/// The widget on a page of its own, taken away again at the end of the test.
struct Widget {
    place: HtmlElement,
    _mounted: Box<dyn core::any::Any>,
}

impl Widget {
    async fn mounted(file: &str) -> Self {
        let config = config::check(file, &PageParams::default()).map(|checked| checked.config);
        Self::with(config).await
    }

    async fn with(config: Result<config::Config, ConfigError>) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let place: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        document.body().unwrap().append_child(&place).unwrap();
        let element = place.clone();
        let mounted = mount_to(place.clone(), move || {
            let english = Catalogue::read(&Language::ALL[0], include_str!("../locales/en.json"));
            view! { <App config catalogue=english.unwrap() attach=None later=None place=Place::new(element, false) /> }
        });
        tick().await;
        Self {
            place,
            _mounted: Box::new(mounted),
        }
    }

    fn find(&self, selector: &str) -> Option<Element> {
        self.place.query_selector(selector).unwrap()
    }

    fn text(&self, selector: &str) -> String {
        let found = self
            .find(selector)
            .unwrap_or_else(|| panic!("no {selector}"));
        found.text_content().unwrap_or_default()
    }

    async fn submit(&self) {
        let form: web_sys::HtmlFormElement = self.find("form").unwrap().unchecked_into();
        form.request_submit().unwrap();
        tick().await;
    }

    async fn type_in(&self, text: &str) {
        let field: web_sys::HtmlInputElement = self.find("input").unwrap().unchecked_into();
        field.set_value(text);
        let bubbling = web_sys::EventInit::new();
        // Leptos listens for it further up.
        bubbling.set_bubbles(true);
        let event = web_sys::Event::new_with_event_init_dict("input", &bubbling).unwrap();
        field.dispatch_event(&event).unwrap();
        tick().await;
    }
}

impl Drop for Widget {
    fn drop(&mut self) {
        self.place.remove();
    }
}

/// A configuration that asks for no sign-in script.
const HOST: &str = r#"{"tokenSource":"host"}"#;

#[wasm_bindgen_test]
async fn the_form_and_both_live_regions_are_there_from_the_start() {
    let widget = Widget::mounted(HOST).await;
    assert_eq!(widget.text("h1"), "Join a class");
    assert_eq!(widget.text("label[for=code]"), "Class code or invite link");
    assert_eq!(widget.text("button[type=submit]"), "Join class");
    assert_eq!(widget.text("[role=status]"), "");
    assert_eq!(widget.text("[role=alert]"), "");
}

#[wasm_bindgen_test]
async fn a_mistake_is_named_tied_to_the_field_and_keeps_what_was_typed() {
    let widget = Widget::mounted(HOST).await;
    widget.type_in("abc-defg-hij").await;
    widget.submit().await;
    let card = widget.find("[role=alert] [data-reason]").unwrap();
    assert_eq!(card.get_attribute("data-reason").unwrap(), "MEET_CODE");
    let field: web_sys::HtmlInputElement = widget.find("input").unwrap().unchecked_into();
    assert_eq!(field.value(), "abc-defg-hij");
    assert_eq!(field.get_attribute("aria-invalid").as_deref(), Some("true"));
    let described_by = field.get_attribute("aria-describedby").unwrap();
    assert!(
        widget
            .text(&format!("#{described_by}"))
            .contains("Meet code")
    );
    let focused = web_sys::window()
        .unwrap()
        .document()
        .unwrap()
        .active_element();
    assert_eq!(focused.map(|element| element.id()).as_deref(), Some("code"));
}

#[wasm_bindgen_test]
async fn a_misread_digit_is_corrected_by_one_tap() {
    let widget = Widget::mounted(HOST).await;
    widget.type_in("k1xq2ma").await;
    let first: HtmlElement = widget.find(".suggestions button").unwrap().unchecked_into();
    assert_eq!(first.text_content().unwrap(), "klxq2ma");
    first.click();
    tick().await;
    let field: web_sys::HtmlInputElement = widget.find("input").unwrap().unchecked_into();
    assert_eq!(field.value(), "klxq2ma");
    assert!(widget.find(".suggestions").is_none());
}

#[wasm_bindgen_test]
async fn a_wrong_configuration_is_named() {
    let widget = Widget::mounted(r#"{"clientId":"x","tokenSource":"both"}"#).await;
    tick().await;
    let card = widget.find("[role=alert] [data-reason=CONFIG]").unwrap();
    let text = card.text_content().unwrap();
    for part in ["tokenSource", "\"both\"", "google, host, either"] {
        assert!(text.contains(part), "{part} in {text}");
    }
}

/// The browser's parser and `serde_json`, with which the native tests read, agree.
#[wasm_bindgen_test]
fn json_reads_here_as_it_does_natively() {
    let text = r#"{"a":[1,-2,0.5,true,null,"x \"y\" \u0000 🙂"],"b":{"c":{}}}"#;
    let json = json::read(text).unwrap();
    assert_eq!(json.get("a").unwrap().items()[1], Json::Number(-2.0));
    assert_eq!(
        json.get("a").unwrap().items()[5],
        Json::Text("x \"y\" \0 🙂".to_owned())
    );
    assert_eq!(json::read("<html>"), Err(json::NotJson));
    assert_eq!(json::read(""), Err(json::NotJson));
    // Deeper than a stack bears, were it followed.
    let deep = format!("{}{}", "[".repeat(50_000), "]".repeat(50_000));
    assert!(json::read(&deep).is_ok());
}

/// Which forms of plural texts a language needs is known to the browser; more than a thousand people or
/// invitations are never counted.
#[wasm_bindgen_test]
fn every_plural_text_has_the_forms_of_its_language_and_no_others() {
    let catalogues = [
        ("ar", include_str!("../locales/ar.json")),
        ("en", include_str!("../locales/en.json")),
        ("es", include_str!("../locales/es.json")),
        ("fr", include_str!("../locales/fr.json")),
        ("zh-Hans", include_str!("../locales/zh-Hans.json")),
    ];
    assert_eq!(catalogues.len(), Language::ALL.len());
    for (tag, catalogue) in catalogues {
        let mut needed: Vec<_> = (0..=1000).map(|n| numbers::category(n, tag)).collect();
        // Every language has this one, for numbers that are not whole too.
        needed.push("other".to_owned());
        needed.sort();
        needed.dedup();
        let catalogue = json::read(catalogue).unwrap();
        let staff = catalogue.get("staff").unwrap();
        let plurals = staff
            .entries()
            .iter()
            .filter(|(_, text)| text.text().is_none());
        for (key, forms) in plurals {
            let mut has: Vec<_> = forms
                .entries()
                .iter()
                .map(|(form, _)| form.clone())
                .collect();
            has.sort();
            assert_eq!(has, needed, "{key} in {tag}");
        }
    }
}

#[wasm_bindgen_test]
fn an_error_body_reads_here_as_it_does_natively() {
    let body = include_str!("fixtures/errors/403_classroom_api_disabled_older.json");
    let ApiError::Refused(refusal) = ApiError::from_answer(403, None, body) else {
        panic!("not read")
    };
    assert_eq!(refusal.status, Status::PermissionDenied);
    assert_eq!(refusal.reason, Some(Reason::ClassroomApiDisabled));
    let cut = include_str!("fixtures/errors/403_cut_off.json");
    assert_eq!(
        ApiError::from_answer(403, None, cut),
        ApiError::BadResponse {
            http: 403,
            retry_after: None
        }
    );
}
