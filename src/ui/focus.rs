//! Leading the focus to where the eye goes next.

use leptos::task;

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
