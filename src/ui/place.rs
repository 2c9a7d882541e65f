//! Where a widget stands on the page, and its parts by their ids.
//!
//! A page may have several widgets, each in a shadow root of its own: what one of them looks for must
//! be its own, and is nothing that the document would find.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::i18n::Language;

/// The element that a widget is mounted in, shared by context.
#[derive(Clone, Copy)]
pub struct Place {
    element: StoredValue<HtmlElement, LocalStorage>,
    /// Whether there is nothing else on the page.
    is_page: bool,
}

impl Place {
    /// In this element, which may be all that there is on the page.
    pub fn new(element: HtmlElement, is_page: bool) -> Self {
        Self {
            element: StoredValue::new_local(element),
            is_page,
        }
    }

    /// Says in which language the page is, where it is the widget's own (WCAG 2.2, 3.1.1).
    pub fn speak(self, language: &Language) {
        let Some(page) = document().document_element().filter(|_| self.is_page) else {
            return;
        };
        for (name, value) in [("lang", language.tag), ("dir", language.dir)] {
            // Neither name nor value is one that a browser would refuse.
            let _ = page.set_attribute(name, value);
        }
    }

    /// Gives the page a title, where it is the widget's own (WCAG 2.2, 2.4.2).
    pub fn call(self, title: &str) {
        if self.is_page {
            document().set_title(title);
        }
    }

    /// The widget's element with that id.
    pub fn find(self, id: &str) -> Option<HtmlElement> {
        self.first(&["#", id].concat())
    }

    /// Notes something about it for the styles.
    pub fn mark(self, attribute: &str) {
        if let Some(element) = self.element.try_get_value() {
            // A name that is none would be a mistake here; nothing is lost but a look.
            let _ = element.set_attribute(attribute, "");
        }
    }

    /// The first of its elements that `selector` fits.
    pub fn first(self, selector: &str) -> Option<HtmlElement> {
        let found = self
            .element
            .try_get_value()?
            .query_selector(selector)
            .ok()??;
        found.dyn_into().ok()
    }
}
