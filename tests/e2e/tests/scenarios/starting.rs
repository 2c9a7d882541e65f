//! The moment before the application runs: when it cannot, a person is told.

use std::{fs, time::Duration};

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    browser::Options,
    fault::{Fault, Origin},
    find::{Role, Shown, Target},
    play, play_with,
    sandbox::Sandbox,
};

/// Where Google lets people join.
const JOIN_PAGE: &str = "https://classroom.google.com/h";

/// What the page is called in browsers that are too old.
fn plain_heading() -> Target {
    Role::Heading.named("Join your class in Google Classroom")
}

/// The path of the WebAssembly file that the page begins with.
fn wasm_path(sandbox: &Sandbox) -> Result<String> {
    path_of(sandbox, |name| name.ends_with("_bg.wasm"))
}

/// The path of the part of the program that has this name.
fn part_path(sandbox: &Sandbox, part: &str) -> Result<String> {
    let start = format!("hallpass-{part}-");
    path_of(sandbox, |name| {
        name.starts_with(&start) && name.ends_with(".wasm")
    })
}

/// The path of the one file whose name is such.
fn path_of(sandbox: &Sandbox, is_it: impl Fn(&str) -> bool) -> Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(sandbox.dist())? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if is_it(&name) {
            names.push(name);
        }
    }
    ensure!(names.len() == 1, "one file was due, there are {names:?}");
    let name = names.pop().context("no such file")?;
    Ok(format!("/{name}"))
}

/// Instead of the part of this name the server answers that it is busy, so often.
async fn busy(stage: &Stage, part: &str, times: u32) -> Result<()> {
    let path = part_path(&stage.sandbox, part)?;
    let busy = Fault::status(503).on("GET", path).at(Origin::Files);
    stage.sandbox.faults(&[busy.times(times)]).await
}

#[tokio::test]
async fn an_application_that_cannot_be_loaded_says_so() -> Result<()> {
    play(async |stage| {
        let wasm = wasm_path(&stage.sandbox)?;
        let missing = Fault::status(404).on("GET", wasm).at(Origin::Files);
        stage.sandbox.faults(&[missing]).await?;
        let widget = stage.open("").await?;
        let card = widget.error("START_FAILED").await?;
        ensure!(!card.text.trim().is_empty(), "{card:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_application_that_is_not_what_it_should_be_says_so() -> Result<()> {
    play(async |stage| {
        let wasm = wasm_path(&stage.sandbox)?;
        let filtered = Fault::html(200, "<html>blocked</html>")
            .on("GET", wasm)
            .at(Origin::Files);
        stage.sandbox.faults(&[filtered]).await?;
        let widget = stage.open("").await?;
        widget.error("START_FAILED").await.map(drop)
    })
    .await
}

#[tokio::test]
async fn a_card_is_in_words_before_its_buttons_can_be_fetched_and_gets_them_then() -> Result<()> {
    play(async |stage| {
        busy(stage, "later", 1_000).await?;
        let widget = stage.open("").await?;
        widget.join().wait().await?;
        widget.join().with("ab").await?;
        let alert = stage.browser.find(&Role::Alert.any()).await?;
        stage
            .browser
            .wait_until("the words are there", async || {
                Ok(alert.shown_text().await?.contains("class code"))
            })
            .await?;
        ensure!(!alert.shown_text().await?.contains("Details for IT"));
        stage.sandbox.faults(&[]).await?;
        let card = widget.error("INPUT_INVALID").await?;
        ensure!(card.text.contains("Details for IT"), "{card:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn views_that_cannot_be_fetched_are_fetched_by_try_again() -> Result<()> {
    play(async |stage| {
        busy(stage, "staff", 1).await?;
        let widget = stage.open("view=invite").await?;
        let card = widget.error("NETWORK").await?;
        ensure!(card.offers("Try again"), "{card:?}");
        widget.follow("Try again").await?;
        let heading = Role::Heading.named("Invite people");
        stage.browser.find(&heading).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn the_application_says_when_it_runs_and_a_press_counts() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.join().wait().await?;
        stage
            .browser
            .wait_until("the mark hallpass:ready is set", async || {
                let marks = stage
                    .browser
                    .evaluate("return performance.getEntriesByType('mark').map(mark => mark.name)")
                    .await?;
                Ok(marks
                    .as_array()
                    .is_some_and(|marks| marks.iter().any(|mark| mark == "hallpass:ready")))
            })
            .await
    })
    .await
}

#[tokio::test]
async fn a_browser_whose_webassembly_is_switched_off_is_led_to_google_classroom() -> Result<()> {
    let options = Options {
        without_wasm: true,
        ..Options::default()
    };
    play_with(options, async |stage| {
        let widget = stage.open("").await?;
        let card = widget.error("START_FAILED").await?;
        let addresses: Vec<&str> = card.links.iter().map(|link| &*link.address).collect();
        assert_eq!(addresses, [JOIN_PAGE]);
        let plain = stage.browser.shows(&plain_heading()).await?;
        ensure!(!plain, "what is for older browsers shows");
        Ok(())
    })
    .await
}

/// A browser that knows no cascade layers takes nothing of the style sheets, and has no interface for
/// them. It is played without the style sheet, since no browser of today can be told to be so old.
#[tokio::test]
async fn a_browser_without_cascade_layers_shows_a_plain_page_that_leads_to_google_classroom()
-> Result<()> {
    play(async |stage| {
        let path = path_of(&stage.sandbox, |name| {
            name.ends_with(".css") && !name.contains("staff")
        })?;
        let no_styles = Fault::status(404).on("GET", path).at(Origin::Files);
        stage.sandbox.faults(&[no_styles]).await?;
        stage.browser.know_no_layers().await?;
        stage.open("").await?;
        stage.browser.find(&plain_heading()).await?;
        let link = Role::Link.named("Join in Google Classroom");
        let link = stage.browser.find(&link).await?;
        assert_eq!(link.attr("href").await?.as_deref(), Some(JOIN_PAGE));
        // The application has had time to start by then, were it to.
        tokio::time::sleep(Duration::from_secs(2)).await;
        let text = stage.browser.text().await?;
        ensure!(text.contains("your browser is too old"), "{text}");
        ensure!(!text.contains("Sign in"), "{text}");
        Ok(())
    })
    .await
}
