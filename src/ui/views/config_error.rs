//! The page is not set up: nothing but a card that says what to change.

use leptos::prelude::*;

use crate::{
    config::ConfigError,
    flows::join::Entered,
    guidance::{Audience, Task, Trouble},
    ui::{
        notices::{LiveRegions, Notices},
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
    view! { <LiveRegions /> }
}
