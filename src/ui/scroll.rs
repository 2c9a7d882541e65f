//! Bringing what has changed into sight.

use leptos::task;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use super::{place::Place, tasks::spawn_local};

/// Scrolls as little as it takes to see the widget's element with that id, once it is on the page; nothing
/// where there is none.
pub fn into_view(place: Place, id: &'static str) {
    spawn_local(async move {
        task::tick().await;
        if let Some(element) = place.find(id) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
}
