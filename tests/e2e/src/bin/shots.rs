//! Takes pictures of every state of every view: `shots FOLDER`. `cargo xtask shots` runs it, with all
//! that the scenarios' environment has to say.
//!
//! Every state is taken once, in light colours. What each view is mostly about is taken also in the
//! dark, from right to left, and on a phone.

use std::{env, fs, path::Path, process::ExitCode};

use anyhow::{Context, Result};
use futures_util::{StreamExt, stream};
use hallpass_e2e::{
    language::Language,
    play,
    states::{ALL, State, look::Theme},
};

/// What each view is mostly about.
const MAIN: [&str; 9] = [
    "join-joined",
    "received-list",
    "invite-review",
    "invite-class-chosen",
    "pending-withdrawn",
    "share-code-alone-on",
    "share-poster",
    "enroll-done-some-refused",
    "embedded-joined",
];

/// As wide as the widget with a little of the page around it.
const USUAL: u32 = 680;

/// As wide as a phone.
const PHONE: u32 = 320;

/// So many browsers at a time.
const AT_ONCE: usize = 2;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<ExitCode> {
    let folder = env::args_os().nth(1).context("shots FOLDER")?;
    let folder = Path::new(&folder);
    let failed = stream::iter(ALL)
        .map(|state| async move {
            match taken(state, folder).await {
                Ok(()) => 0,
                Err(error) => {
                    eprintln!("{}: {error:#}", state.name());
                    1
                }
            }
        })
        .buffer_unordered(AT_ONCE)
        .fold(0, |sum, failed| async move { sum + failed })
        .await;
    println!("{} of {} states", ALL.len() - failed, ALL.len());
    Ok(if failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// The pictures of a state.
async fn taken(state: &State, folder: &Path) -> Result<()> {
    play(async |stage| {
        state.reach(stage).await?;
        let browser = &stage.browser;
        let take = async |looks: &str, theme, width| -> Result<()> {
            let file = folder.join(format!("{}{looks}.png", state.name()));
            fs::write(&file, browser.picture(theme, width).await?)
                .with_context(|| file.display().to_string())
        };
        take("", Theme::Light, USUAL).await?;
        if !MAIN.contains(&&*state.name()) {
            return Ok(());
        }
        take("-dark", Theme::Dark, USUAL).await?;
        take("-narrow", Theme::Light, PHONE).await?;
        browser.speak(&Language::of("ar")?).await?;
        take("-arabic", Theme::Light, USUAL).await
    })
    .await
}
