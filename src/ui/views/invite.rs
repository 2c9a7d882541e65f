//! Invite co-teachers, students, a new owner: one or many at once.

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

static INVITING: Kind = Kind {
    task: Task::Invite,
    audience: Audience::Teacher,
    whose: Whose::Own,
    heading: text::INVITE_PEOPLE,
    class_hint: text::CLASS_HINT,
    words: Words {
        send: text::SEND_INVITATIONS,
        sending: text::SENDING,
    },
    acts_as: text::INVITE_AS,
    done: [text::SENT_COUNT, text::NOT_SENT_COUNT],
    outcome: "invited",
    ids: Ids {
        heading: "invite-heading",
        class: combobox::Ids {
            field: "invite-class",
            list: "invite-classes",
            hint: "invite-class-hint",
            active: "invite-class-active",
        },
        addresses: "invite-addresses",
        hint: "invite-addresses-hint",
        about: "about-to-invite",
        review: "invite-review",
    },
};

/// The view.
#[component]
pub fn InviteView() -> impl IntoView {
    view! { <Bulk kind=&INVITING /> }
}
