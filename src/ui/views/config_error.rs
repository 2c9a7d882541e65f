//! The page is not set up: nothing but a card that says what to change.

use leptos::prelude::*;

use crate::{
    config::ConfigError,
    flows::join::Entered,
    guidance::{Audience, Task, Trouble},
    i18n::text,
    ui::{
        controls::error_card::Link,
        notices::{LiveRegions, Notices},
        part::Part,
        tasks::spawn_local,
    },
};

/// The card alone, with the way out that there may be.
#[component]
pub fn ConfigErrorView(
    /// What is wrong with the configuration.
    error: ConfigError,
) -> impl IntoView {
    let notices = expect_context::<Notices>();
    let mut parts = vec![Part::new(view! { <LiveRegions /> })];
    parts.extend(error.way_out.clone().map(|href| {
        Part::new(view! {
            <Link label=text::OPEN_IN_NEW_TAB href name=String::new() copied=None />
        })
    }));
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
    parts
}
