//! What went well.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    classroom::course_link,
    flows::join::{Joined, Membership},
    i18n::{I18n, text},
    session::account::{Account, shown},
    ui::{
        controls::{press::Press, with_value::WithValue},
        notices::{InClass, Outcome, Sentence, Told},
        part::{Part, live},
    },
};

/// The card of an outcome.
#[component]
pub fn OutcomeCard(
    /// What went well.
    outcome: Arc<Outcome>,
) -> impl IntoView {
    match &*outcome {
        Outcome::Joined(joined, account) => {
            let in_class = joined_class(joined.clone(), account.clone());
            Part::new(view! { <InClassCard in_class /> })
        }
        Outcome::InClass(in_class) => {
            Part::new(view! { <InClassCard in_class=in_class.clone() /> })
        }
        Outcome::Told(told) => Part::new(view! { <ToldCard told=told.clone() /> }),
    }
}

/// What went well, what did not, and the way back where there is one.
#[component]
fn ToldCard(told: Told) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let Told {
        outcome,
        sentence,
        but,
        is_good,
        undo,
    } = told;
    let words = |sentence| match sentence {
        Sentence::Plain(text) => Part::new(i18n.show(text)),
        Sentence::About(text, value) => Part::new(view! { <WithValue text value /> }),
        Sentence::Count(text, count) => Part::new(live(move || i18n.count(text, count))),
    };
    let but = but.map(|but| Part::new(view! { <p>{words(but)}</p> }));
    let undo = undo.map(|(label, on_press)| {
        Part::new(view! { <p class="card-actions"><Press label on_press /></p> })
    });
    view! {
        <section class=if is_good { "card card-good" } else { "card" } data-outcome=outcome>
            <h2 class="card-title">{words(sentence)}</h2>
            {but}
            {undo}
        </section>
    }
}

/// In the class, now or already.
fn joined_class(joined: Joined, account: Option<Arc<Account>>) -> InClass {
    let (outcome, named, unnamed) = match joined.membership {
        Membership::New => ("joined", text::JOINED_NAMED, text::JOINED),
        Membership::Student => (
            "already-member",
            text::ALREADY_MEMBER_NAMED,
            text::ALREADY_MEMBER,
        ),
        Membership::Teacher => (
            "already-member",
            text::ALREADY_TEACHER_NAMED,
            text::ALREADY_TEACHER,
        ),
    };
    InClass {
        outcome,
        title: if joined.name.is_some() {
            named
        } else {
            unnamed
        },
        name: joined.name,
        course: joined.course,
        account,
    }
}

/// A class that somebody is in, and the way there.
#[component]
fn InClassCard(in_class: InClass) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let InClass {
        outcome,
        title,
        name,
        course,
        account,
    } = in_class;
    let title = match name {
        Some(name) => Part::new(view! { <WithValue text=title value=shown(&name) /> }),
        None => Part::new(i18n.show(title)),
    };
    view! {
        <section class="card card-good" data-outcome=outcome>
            <h2 class="card-title">{title}</h2>
            {course.map(|course| view! {
                <p class="card-actions">
                    <a class="button button-main" href=course_link::address(&course) target="_blank" rel="noopener noreferrer">
                        {i18n.show(text::OPEN_CLASS)}
                    </a>
                </p>
                {account.map(|account| view! {
                    <p class="card-hint"><WithValue text=text::OPEN_CLASS_ACCOUNT value=account.email.clone() /></p>
                })}
            })}
        </section>
    }
}
