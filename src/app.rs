//! The root component: what is shared by context, and which view is shown.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    config::{Config, ConfigError},
    i18n::{Catalogue, I18n},
    session::Session,
    ui::{
        controls::account_bar::AccountBar,
        notices::Notices,
        part::{Part, live_attribute},
        views::{config_error::ConfigErrorView, join::JoinView},
    },
};

/// The widget.
#[component]
pub fn App(
    /// The configuration, or what is wrong with it.
    config: Result<Config, ConfigError>,
    /// The words to begin with.
    catalogue: Catalogue,
) -> impl IntoView {
    let i18n = I18n::new(catalogue);
    provide_context(i18n);
    let notices = Notices::new();
    provide_context(notices);
    let theme = config
        .as_ref()
        .map(|config| config.theme.name())
        .unwrap_or_default();
    let content = match config {
        Ok(config) => {
            let config = Arc::new(config);
            notices.configure(Arc::clone(&config));
            // A page that the browser keeps for "Back" would tell the next person of this one.
            let left = window_event_listener_untyped("pagehide", move |_| notices.clear());
            on_cleanup(move || left.remove());
            provide_context(Session::new(config));
            Part::new(view! {
                <AccountBar />
                <JoinView />
            })
        }
        Err(error) => Part::new(view! { <ConfigErrorView error /> }),
    };
    view! {
        <div
            class="hall-pass"
            data-theme=theme
            lang=live_attribute(move || Some(i18n.language().tag))
            dir=live_attribute(move || Some(i18n.language().dir))
        >
            {content}
        </div>
    }
}
