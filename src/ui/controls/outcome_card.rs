//! What went well.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    classroom::course_link,
    flows::join::{Joined, Membership},
    i18n::{I18n, text},
    session::account::{Account, shown},
    ui::{controls::with_value::WithValue, notices::Outcome, part::Part},
};

/// The card of an outcome.
#[component]
pub fn OutcomeCard(
    /// What went well.
    outcome: Arc<Outcome>,
) -> impl IntoView {
    match &*outcome {
        Outcome::Joined(joined, account) => {
            view! { <JoinedCard joined=joined.clone() account=account.clone() /> }
        }
    }
}

/// In the class, now or already.
#[component]
fn JoinedCard(joined: Joined, account: Option<Arc<Account>>) -> impl IntoView {
    let i18n = expect_context::<I18n>();
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
    let name = joined.name.map(|name| shown(&name));
    let title = match name {
        Some(name) => Part::new(view! { <WithValue text=named value=name /> }),
        None => Part::new(i18n.show(unnamed)),
    };
    view! {
        <section class="card card-good" data-outcome=outcome>
            <h2 class="card-title">{title}</h2>
            {joined.course.map(|course| view! {
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
