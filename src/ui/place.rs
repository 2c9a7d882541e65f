//! Where a widget stands on the page, and its parts by their ids.
//!
//! A page may have several widgets, each in a shadow root of its own: what one of them looks for must
//! be its own, and is nothing that the document would find.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The element that a widget is mounted in, shared by context.
#[derive(Clone, Copy)]
pub struct Place(StoredValue<HtmlElement, LocalStorage>);

impl Place {
    /// In this element.
    pub fn new(element: HtmlElement) -> Self {
        Self(StoredValue::new_local(element))
    }

    /// The widget's element with that id.
    pub fn find(self, id: &str) -> Option<HtmlElement> {
        self.first(&["#", id].concat())
    }

    /// Notes something about it for the styles.
    pub fn mark(self, attribute: &str) {
        if let Some(element) = self.0.try_get_value() {
            // A name that is none would be a mistake here; nothing is lost but a look.
            let _ = element.set_attribute(attribute, "");
        }
    }

    /// The first of its elements that `selector` fits.
    pub fn first(self, selector: &str) -> Option<HtmlElement> {
        let found = self.0.try_get_value()?.query_selector(selector).ok()??;
        found.dyn_into().ok()
    }
}
