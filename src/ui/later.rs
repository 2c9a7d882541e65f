//! What is seen only after something was done, or chosen: who is signed in, what a card offers, what a
//! mistyped code probably is, the classes of a directory, the other languages.
//!
//! A part of the program of its own, which is fetched as soon as the form can be used: nobody waits
//! for it to type or to join, and what a card says is there without it. `cargo xtask dist` builds
//! with the feature `split`, and cuts the program at `part`.

use std::sync::Arc;

use gloo_timers::future::TimeoutFuture;
#[cfg(feature = "split")]
use leptos::wasm_split::wasm_split;
use leptos::{prelude::*, task::spawn_local};

use super::{
    controls::{
        account_bar::SignedIn, combobox::Combobox, error_card::Offers, languages::Languages,
        suggestions::Suggestions,
    },
    notices::Failure,
    part::{Live, Part, live},
    title,
    views::join::ClassField,
};
use crate::{
    entry::class_code::ClassCode, i18n::text, session::account::Account, split::NotFetched,
};

/// The first wait for another try, in milliseconds; each is twice as long as the one before.
const FIRST_WAIT: u32 = 1_000;
/// The longest.
const LONGEST_WAIT: u32 = 60_000;

/// What there is to see.
#[derive(Clone)]
pub enum Piece {
    /// Who is signed in, and how to change that.
    Account(Arc<Account>),
    /// What can be done about a failure, and what IT reads of it.
    Offers(Arc<Failure>),
    /// What the code that is typed probably is, and what takes the reading that is picked.
    Suggestions(RwSignal<String>, Callback<ClassCode>),
    /// The field for a class of the directory.
    Directory(ClassField),
    /// The choice of languages, and the title of the page, which is in the one that is chosen.
    Languages,
}

/// Builds a piece.
pub type Build = fn(Piece) -> Part;

/// Where the pieces are shown as soon as they can be; shared by context.
#[derive(Clone, Copy)]
pub struct Later(RwSignal<Option<Build>>);

impl Later {
    /// With what builds them, if that is there already; else it is fetched, and again until it is
    /// there.
    pub fn new(build: Option<Build>) -> Self {
        let later = RwSignal::new(build);
        if build.is_none() {
            spawn_local(async move {
                let mut wait = FIRST_WAIT;
                // Until the widget has gone.
                while later.try_get_untracked().is_some() {
                    if let Ok(build) = fetch().await {
                        let _ = later.try_set(Some(build));
                        return;
                    }
                    TimeoutFuture::new(wait).await;
                    wait = LONGEST_WAIT.min(2 * wait);
                }
            });
        }
        Self(later)
    }

    /// Shows `piece`.
    pub fn show(self, piece: Piece) -> Live {
        live(move || self.0.get().map(|build| build(piece.clone())))
    }
}

/// Fetches what builds the pieces, unless it is there already.
///
/// # Errors
///
/// Fails when it cannot be fetched.
pub async fn fetch() -> Result<Build, NotFetched> {
    #[cfg(feature = "split")]
    let build = part().await?;
    #[cfg(not(feature = "split"))]
    let build = part()?;
    Ok(build)
}

/// The split point: asynchronous with `split`.
#[cfg_attr(
    feature = "split",
    wasm_split(later, fallible, wasm_split_path = leptos::wasm_split)
)]
fn part() -> Result<Build, NotFetched> {
    Ok(build)
}

fn build(piece: Piece) -> Part {
    match piece {
        Piece::Account(account) => Part::new(view! { <SignedIn account /> }),
        Piece::Offers(failure) => Part::new(view! { <Offers failure /> }),
        Piece::Suggestions(typed, on_pick) => Part::new(view! { <Suggestions typed on_pick /> }),
        Piece::Languages => {
            title::follow();
            Part::new(view! { <Languages /> })
        }
        Piece::Directory(ClassField {
            ids,
            choosing,
            field,
            failure,
        }) => Part::new(view! {
            <Combobox
                ids
                label=text::CLASS
                hint=Callback::new(|()| text::CLASS_HINT)
                none_fits=text::NO_CLASS_FITS
                choosing
                field
                failure
            />
        }),
    }
}
