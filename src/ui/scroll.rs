//! Bringing what has changed into sight.

use leptos::{prelude::document, task};
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

/// Scrolls as little as it takes to see the element with that id, once it is on the page; nothing
/// where there is none.
pub fn into_view(id: &'static str) {
    task::spawn_local(async move {
        task::tick().await;
        if let Some(element) = document().get_element_by_id(id) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}
