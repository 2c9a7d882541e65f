//! What one can do here: a link a view.

use leptos::prelude::*;
use web_sys::MouseEvent;

use crate::{
    config::{View, params::fragment},
    i18n::{I18n, Text, text},
    ui::{
        part::{Part, handler, live, live_attribute},
        waiting::Waiting,
    },
};

/// The id of the text that tells how many invitations wait.
const COUNT_ID: &str = "waiting";
/// The id of the link to the view that is seen.
pub const CURRENT_ID: &str = "current";

/// What a view is called.
pub const fn name(view: View) -> Text {
    match view {
        View::Join => text::JOIN_A_CLASS,
        View::Received => text::MY_INVITATIONS,
        View::Invite => text::INVITE_PEOPLE,
        View::Enroll => text::ADD_STUDENTS,
    }
}

/// The links. In a tab of its own each opens the same page with that view; here it changes the view.
#[component]
pub fn Navigation(
    /// The views that are offered.
    views: Vec<View>,
    /// The one that is seen.
    current: RwSignal<View>,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let waiting = expect_context::<Waiting>();
    let links: Vec<_> = views
        .into_iter()
        .map(|view| {
            let is_current = move || (current.get() == view).then_some("page");
            let on_click = move |event: MouseEvent| {
                // A click that asks for another tab or window gets it.
                if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                    event.prevent_default();
                    current.set(view);
                }
            };
            let count = move || {
                let count = waiting.count().filter(|count| *count > 0);
                count.filter(|_| view == View::Received)
            };
            Part::new(view! {
                <li>
                    <a
                        href=fragment(view, None, None)
                        id=live_attribute(move || is_current().map(|_| CURRENT_ID))
                        aria-current=live_attribute(is_current)
                        aria-describedby=live_attribute(move || count().map(|_| COUNT_ID))
                        on:click:capture=handler(on_click)
                    >
                        {i18n.show(name(view))}
                        // Described and not named by it: the link's name stays the same.
                        {live(move || count().map(|count| Part::new(view! {
                            <span class="badge" aria-hidden="true">{i18n.number(count)}</span>
                        })))}
                    </a>
                    {live(move || count().map(|count| Part::new(view! {
                        <span id=COUNT_ID hidden>
                            {i18n.count(text::WAITING_COUNT, count)}
                        </span>
                    })))}
                </li>
            })
        })
        .collect();
    view! {
        <nav class="views" aria-label=i18n.show(text::VIEWS)>
            <ul>{links}</ul>
        </nav>
    }
}
