//! Leading the focus to where the eye goes next.

use leptos::task;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element};

use super::{place::Place, tasks::spawn_local};

/// Gives the focus to the widget's element with that id, once it is on the page; nothing where there
/// is none.
pub fn on(place: Place, id: &'static str) {
    spawn_local(async move {
        task::tick().await;
        if let Some(element) = place.find(id) {
            // What cannot take the focus can still be read.
            let _ = element.focus();
        }
    });
}

/// Gives the focus to the widget's element `to` where it is on something within `within`, which is
/// about to go: the focus would go with it, to the page as a whole (WCAG 2.2, 2.4.3).
pub fn hold(place: Place, within: &str, to: &str) {
    if is_within(place, within)
        && let Some(element) = place.find(to)
    {
        // What cannot take the focus can still be read.
        let _ = element.focus();
    }
}

/// Whether the focus is on something within the widget's element with that id.
pub fn is_within(place: Place, id: &str) -> bool {
    place.find(id).is_some_and(|element| is_in(&element))
}

/// Whether the focus is on something within this element. While Google's window is in front nothing
/// is `:focus` in Firefox, but the focus comes back to where it is then.
pub fn is_in(element: &Element) -> bool {
    // A document or the root of a shadow tree: both tell what of theirs has the focus.
    let root: Document = element.get_root_node().unchecked_into();
    element.contains(root.active_element().as_deref())
}
