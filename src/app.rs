//! The root component: what is shared by context, and which view is shown.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    config::{Config, ConfigError, View},
    embed::frame::{Attach, Widget},
    i18n::{Catalogue, I18n},
    session::Session,
    ui::{
        chosen::ChosenClass,
        controls::{account_bar::AccountBar, navigation::Navigation},
        later::{Build, Later, Piece},
        notices::{LiveRegions, Notices},
        part::{Part, live_attribute},
        place::Place,
        views::{config_error::ConfigErrorView, join::JoinView, staff::halves},
        waiting::Waiting,
    },
};

/// The widget.
#[component]
pub fn App(
    /// The configuration, or what is wrong with it.
    config: Result<Config, ConfigError>,
    /// The words to begin with.
    catalogue: Catalogue,
    /// Begins the conversation with the page around the widget, where there is one.
    attach: Option<Attach>,
    /// What builds the pieces that are seen later, where it is there already.
    later: Option<Build>,
    /// The element that it is in.
    place: Place,
) -> impl IntoView {
    let i18n = I18n::new(catalogue);
    provide_context(i18n);
    let later = Later::new(later);
    provide_context(later);
    provide_context(place);
    let notices = Notices::new(place);
    provide_context(notices);
    let theme = config
        .as_ref()
        .map(|config| config.theme.name())
        .unwrap_or_default();
    let theme = RwSignal::new(theme);
    let content = match config {
        Ok(config) => {
            let config = Arc::new(config);
            notices.configure(Arc::clone(&config));
            // A page that the browser keeps for "Back" would tell the next person of this one.
            let left = window_event_listener_untyped("pagehide", move |_| notices.clear());
            on_cleanup(move || left.remove());
            let session = Session::new(Arc::clone(&config));
            provide_context(session);
            let current = RwSignal::new(config.view);
            provide_context(current);
            if let Some(attach) = attach {
                attach(Widget {
                    session,
                    notices,
                    i18n,
                    current,
                    theme,
                    place,
                });
            }
            provide_context(ChosenClass::new());
            provide_context(Waiting::new());
            Part::new(view! {
                <AccountBar />
                <Views config current />
            })
        }
        Err(error) => Part::new(view! { <ConfigErrorView error /> }),
    };
    let lang = move || {
        let language = i18n.language();
        place.speak(language);
        Some(language.tag)
    };
    view! {
        <div
            class="hall-pass"
            data-theme=live_attribute(move || Some(theme.get()))
            lang=live_attribute(lang)
            dir=live_attribute(move || Some(i18n.language().dir))
        >
            {content}
            {later.show(Piece::Languages)}
        </div>
    }
}

/// The views that are offered, of which one is seen. One that was opened stays as it was left: what
/// was typed there, and what is under way.
#[component]
fn Views(config: Arc<Config>, current: RwSignal<View>) -> impl IntoView {
    let (tasks, more): (Vec<_>, Vec<_>) = config
        .views
        .iter()
        .map(|view| {
            let [task, more] = match view {
                // Everybody has this one.
                View::Join => [Part::new(view! { <JoinView /> }), Part::new(())],
                View::Invite | View::Received | View::Enroll => halves(*view, current),
            };
            let seen = |half: Part| {
                let view = *view;
                let hidden = move || (current.get() != view).then_some("");
                Part::new(view! { <div hidden=live_attribute(hidden)>{half}</div> })
            };
            (seen(task), seen(more))
        })
        .unzip();
    let navigation = (config.views.len() > 1)
        .then(|| Part::new(view! { <Navigation views=config.views.clone() current /> }));
    view! {
        {navigation}
        {tasks}
        <LiveRegions />
        {more}
    }
}
