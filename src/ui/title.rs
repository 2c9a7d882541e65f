//! What the page is called, in the browser's tab and by a screen reader that comes to it.

use leptos::prelude::*;

use super::{controls::navigation, place::Place};
use crate::{config::View, i18n::I18n};

/// Follows every page's title.
const PRODUCT: &str = " · Hall Pass";

/// Calls the page by the view that is seen, in the language that it speaks (WCAG 2.2, 2.4.2). A page
/// without views, whose configuration is wrong, keeps the title that it came with.
pub fn follow() {
    let place = expect_context::<Place>();
    let i18n = expect_context::<I18n>();
    if let Some(current) = use_context::<RwSignal<View>>() {
        Effect::new(move || {
            place.call(&(i18n.text(navigation::name(current.get())) + PRODUCT));
        });
    }
}
