//! Leading the focus to where the eye goes next.

use leptos::{prelude::document, task};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Gives the focus to the element with that id, once it is on the page; nothing where there is none.
pub fn on(id: &'static str) {
    task::spawn_local(async move {
        task::tick().await;
        let element = document().get_element_by_id(id);
        if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // What cannot take the focus can still be read.
            let _ = element.focus();
        }
    });
}
