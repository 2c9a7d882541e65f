//! The page is not set up: nothing but a card that says what to change.

use leptos::prelude::*;

use crate::{
    config::ConfigError,
    embed::frame::is_framed,
    flows::join::Entered,
    guidance::{Audience, Task, Trouble},
    i18n::{I18n, text},
    ui::{
        notices::{LiveRegions, Notices},
        part::Part,
        tasks::spawn_local,
    },
};

/// The card alone.
#[component]
pub fn ConfigErrorView(
    /// What is wrong with the configuration.
    error: ConfigError,
) -> impl IntoView {
    let notices = expect_context::<Notices>();
    let i18n = expect_context::<I18n>();
    // It is the page around it that is not allowed: on a page of its own nothing is in the way.
    let way_out = (error.key == "embedders" && is_framed()).then(|| {
        let address = web_sys::window().and_then(|window| window.location().href().ok());
        Part::new(view! {
            <p class="card-actions">
                <a class="button" href=address target="_blank" rel="noopener noreferrer">
                    {i18n.show(text::OPEN_IN_NEW_TAB)}
                </a>
            </p>
        })
    });
    // After the regions are on the page, so that a screen reader notices the change.
    spawn_local(async move {
        notices.fail(
            Task::SignIn,
            Audience::Student,
            &Trouble::Config(error),
            Callback::new(|_| ()),
            Entered::default(),
        );
    });
    view! {
        <LiveRegions />
        {way_out}
    }
}
