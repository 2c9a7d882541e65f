//! The views of staff, and of whoever is invited: a module of their own, fetched when one of them is
//! first opened.
//!
//! Whoever joins a class never downloads them. `cargo xtask dist` builds with the feature `split`,
//! and cuts the program in two at `views`; built without it, they are simply part of the program.

use core::{future::Future, pin::Pin};

use leptos::prelude::*;
#[cfg(feature = "split")]
use leptos::wasm_split::wasm_split;

use super::{
    enroll::EnrollView, invite::InviteView, pending::PendingView, received::ReceivedView,
    share::ShareView,
};
use crate::{
    classroom::error::ApiError,
    config::View,
    flows::join::Entered,
    guidance::{Audience, Task, Trouble},
    i18n::{I18n, text},
    split::NotFetched,
    ui::{
        controls::{navigation::CURRENT_ID, press::Press},
        focus,
        notices::Notices,
        part::{Part, live},
        tasks::spawn_local,
    },
};

/// Builds a half of a view.
pub type Build = fn(View, Half) -> Part;

/// What a view has around the live regions, which tell how its task ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Half {
    /// What is done there.
    Task,
    /// What else belongs to it, to look at and look after.
    More,
}

/// Fetches the words of the views, which is for them to do: nobody else needs that either.
type Fetch = fn(I18n) -> Pin<Box<dyn Future<Output = Result<Build, NotFetched>>>>;

/// How far the views have come.
#[derive(Clone, Copy)]
enum Arrival {
    /// Nobody wanted to see them.
    NotWanted,
    UnderWay,
    Arrived(Build),
    Failed,
}

/// Fetches what builds the views, and their words, unless both are there already.
///
/// # Errors
///
/// Fails when one of them cannot be fetched.
async fn fetch(i18n: I18n) -> Result<Build, NotFetched> {
    #[cfg(feature = "split")]
    let fetch = views().await?;
    #[cfg(not(feature = "split"))]
    let fetch = views()?;
    fetch(i18n).await
}

/// The split point: asynchronous with `split`. What is reached from here alone, and from no other
/// place, becomes the second module. It gives a function and not a view, so that views are built
/// where they are shown, among the signals and contexts of that place.
#[cfg_attr(
    feature = "split",
    wasm_split(staff, fallible, wasm_split_path = leptos::wasm_split)
)]
fn views() -> Result<Fetch, NotFetched> {
    Ok(|i18n| {
        Box::pin(async move {
            let has_words = i18n.fetch_staff().await;
            has_words.then_some(build as Build).ok_or(NotFetched)
        })
    })
}

fn build(view: View, half: Half) -> Part {
    match (view, half) {
        (View::Invite, Half::Task) => Part::new(view! { <InviteView /> }),
        (View::Invite, Half::More) => Part::new(view! {
            <PendingView />
            <ShareView />
        }),
        (View::Enroll, Half::Task) => Part::new(view! { <EnrollView /> }),
        (View::Received, Half::Task) => Part::new(view! { <ReceivedView /> }),
        // Nobody fetches anything for the join.
        (View::Enroll | View::Received, Half::More) | (View::Join, _) => Part::new(()),
    }
}

/// The halves of `view`, as soon as it is the `current` one for the first time and has arrived.
pub fn halves(view: View, current: RwSignal<View>) -> [Part; 2] {
    let arrival = RwSignal::new(Arrival::NotWanted);
    let i18n = expect_context::<I18n>();
    let notices = expect_context::<Notices>();
    let again = Callback::new(move |()| {
        fetch_into(arrival, i18n, notices);
        // The button goes once they are there.
        focus::on(notices.place, CURRENT_ID);
    });
    [Half::Task, Half::More].map(|half| {
        Part::new(live(move || match (arrival.get(), half) {
            (Arrival::Arrived(build), _) => build(view, half),
            // Also when the card is gone.
            (Arrival::Failed, Half::Task) => {
                Part::new(view! { <Press label=text::TRY_AGAIN on_press=again /> })
            }
            (Arrival::NotWanted, Half::Task) if current.get() == view => {
                arrival.set(Arrival::UnderWay);
                fetch_into(arrival, i18n, notices);
                Part::new(())
            }
            _ => Part::new(()),
        }))
    })
}

/// Fetches, or says why not, with the way to try again.
fn fetch_into(arrival: RwSignal<Arrival>, i18n: I18n, notices: Notices) {
    notices.clear();
    spawn_local(async move {
        match fetch(i18n).await {
            Ok(build) => arrival.set(Arrival::Arrived(build)),
            Err(NotFetched) => {
                arrival.set(Arrival::Failed);
                let trouble = Trouble::Api {
                    call: "",
                    error: ApiError::Network,
                };
                let again = Callback::new(move |_| fetch_into(arrival, i18n, notices));
                // In words that are there without the ones that are not.
                let (task, audience) = (Task::SignIn, Audience::Student);
                notices.fail(task, audience, &trouble, again, Entered::default());
            }
        }
    });
}
