//! Add students directly, as an administrator.

use leptos::prelude::*;

use crate::{
    classroom::courses::Whose,
    guidance::{Audience, Task},
    i18n::text,
    ui::{
        bulk::{Bulk, Ids, Kind},
        controls::{combobox, sending::Words},
    },
};

static ADDING: Kind = Kind {
    task: Task::Enroll,
    audience: Audience::Administrator,
    whose: Whose::Everybodys,
    heading: text::ADD_STUDENTS,
    class_hint: text::CLASS_HINT_ENROLL,
    words: Words {
        send: text::ADD_STUDENTS,
        sending: text::ADDING,
    },
    acts_as: text::ADD_AS,
    done: [text::ADDED_COUNT, text::NOT_ADDED_COUNT],
    outcome: "enrolled",
    ids: Ids {
        heading: "enroll-heading",
        class: combobox::Ids {
            field: "enroll-class",
            list: "enroll-classes",
            hint: "enroll-class-hint",
            active: "enroll-class-active",
        },
        addresses: "enroll-addresses",
        hint: "enroll-addresses-hint",
        about: "about-to-add",
        review: "enroll-review",
    },
};

/// The view.
#[component]
pub fn EnrollView() -> impl IntoView {
    view! { <Bulk kind=&ADDING /> }
}
