//! Google's window and the script that opens it: closed, blocked, late, or not to be had.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::{Drop, Fault},
    find::button,
    pages::{ErrorCard, Join, SigninPopup, Widget},
    play,
    school::{BIOLOGY, MAYA, UMA},
};
use serde_json::json;

const SIGN_IN: &str = "Sign in with Google";

/// The sandbox's one OAuth client.
const CLIENT_ID: &str = "741234567890-hallpass.apps.sandbox.example";

/// The form with the right code in it; nobody is signed in.
async fn code_typed(stage: &Stage) -> Result<Widget<'_>> {
    let widget = stage.open("course=741234567890").await?;
    widget.join().type_in(BIOLOGY.code).await?;
    Ok(widget)
}

/// Google's window opens, Maya signs in there, and the join goes on by itself.
async fn goes_on(google: SigninPopup<'_>, widget: Widget<'_>) -> Result<()> {
    google.sign_in(MAYA).await?;
    let card = widget.outcome("joined").await?;
    ensure!(card.text.contains(BIOLOGY.name), "{card:?}");
    assert_eq!(widget.cards().await?, ["joined"]);
    Ok(())
}

/// Nothing was lost, and nothing was asked of the API.
async fn nothing_happened(stage: &Stage, widget: Widget<'_>) -> Result<()> {
    assert_eq!(widget.join().typed().await?, BIOLOGY.code);
    let calls = stage.sandbox.calls().await?;
    ensure!(calls.is_empty(), "{calls:?}");
    Ok(())
}

#[tokio::test]
async fn a_window_that_is_closed_once_is_told_without_the_colours_of_an_error() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.join().with("").await?;
        widget.error("INPUT_INVALID").await?;
        let bad = ErrorCard::colours(&stage.browser).await?;

        widget.join().type_in(BIOLOGY.code).await?;
        widget.join().press_signed_out().await?.close().await?;
        let card = widget.error("POPUP_CLOSED").await?;
        let calm = ErrorCard::colours(&stage.browser).await?;
        assert_ne!(calm, bad);
        ensure!(card.offers(SIGN_IN), "{card:?}");
        ensure!(!card.offers("Copy client id"), "{card:?}");
        nothing_happened(stage, widget).await?;
        goes_on(widget.follow_signed_out(SIGN_IN).await?, widget).await
    })
    .await
}

#[tokio::test]
async fn a_window_that_is_closed_twice_leads_to_the_school_with_the_client_id() -> Result<()> {
    play(async |stage| {
        let support = json!({ "name": "the office", "url": "https://school.example/help" });
        stage
            .sandbox
            .configure(json!({ "support": support }))
            .await?;
        let widget = code_typed(stage).await?;
        widget.join().press_signed_out().await?.close().await?;
        widget.error("POPUP_CLOSED").await?;
        let again = widget.follow_signed_out(SIGN_IN).await?;
        again.close().await?;
        stage
            .browser
            .find(&button("Copy client id"))
            .await
            .context("nothing for IT after the second time")?;
        let card = widget.error("POPUP_CLOSED").await?;
        ensure!(card.text.contains("approve"), "{card:?}");
        ensure!(card.offers(SIGN_IN), "{card:?}");
        assert_eq!(card.link("Ask the office")?, "https://school.example/help");
        nothing_happened(stage, widget).await?;
        widget.follow("Copy client id").await?;
        stage.browser.wait_for_text("Copied").await?;
        let pasted = stage.browser.paste_into(&Join::field()).await?;
        assert_eq!(pasted, CLIENT_ID);

        widget.join().type_in(BIOLOGY.code).await?;
        goes_on(widget.follow_signed_out(SIGN_IN).await?, widget).await
    })
    .await
}

#[tokio::test]
async fn a_window_that_is_closed_after_a_sign_in_went_well_counts_as_the_first() -> Result<()> {
    play(async |stage| {
        let widget = code_typed(stage).await?;
        widget.join().press_signed_out().await?.close().await?;
        widget.error("POPUP_CLOSED").await?;
        widget
            .follow_signed_out(SIGN_IN)
            .await?
            .sign_in(MAYA)
            .await?;
        widget.outcome("joined").await?;
        widget.open_switch_account().await?.close().await?;
        let card = widget.error("POPUP_CLOSED").await?;
        ensure!(!card.offers("Copy client id"), "{card:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_pupil_under_18_whom_google_stops_twice_is_led_to_the_schools_it() -> Result<()> {
    play(async |stage| {
        let widget = code_typed(stage).await?;
        let google = widget.join().press_signed_out().await?;
        google.choose(UMA).await?;
        stage.browser.wait_for_text("access_not_configured").await?;
        google.close().await?;
        let first = widget.error("POPUP_CLOSED").await?;
        ensure!(!first.offers("Copy client id"), "{first:?}");

        let google = widget.follow_signed_out(SIGN_IN).await?;
        google.choose(UMA).await?;
        stage.browser.wait_for_text("access_not_configured").await?;
        google.close().await?;
        widget.follow("Copy client id").await?;
        stage.browser.wait_for_text("Copied").await?;
        let card = widget.error("POPUP_CLOSED").await?;
        ensure!(card.text.contains("approve"), "{card:?}");
        nothing_happened(stage, widget).await?;
        let details = widget.details().await?;
        ensure!(details.contains("POPUP_CLOSED"), "{details}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_window_that_the_browser_blocked_opens_with_the_next_press_and_the_join_goes_on()
-> Result<()> {
    play(async |stage| {
        // Typing would count as a press: the browser lets a window through for some seconds.
        let widget = stage.open("course=741234567890&code=k5xq2ma").await?;
        widget.join().wait().await?;
        stage.browser.press_by_script(&Join::button()).await?;
        let card = widget.error("POPUP_BLOCKED").await?;
        ensure!(card.text.contains("Allow pop-ups"), "{card:?}");
        assert_eq!(stage.browser.windows().await?.len(), 1, "it is not blocked");
        nothing_happened(stage, widget).await?;
        goes_on(widget.follow_signed_out(SIGN_IN).await?, widget).await
    })
    .await
}

#[tokio::test]
async fn a_blocker_that_lets_nothing_through_is_told_each_time() -> Result<()> {
    play(async |stage| {
        stage.sandbox.block_windows().await?;
        let widget = code_typed(stage).await?;
        widget.join().press().await?;
        let card = widget.error("POPUP_BLOCKED").await?;
        ensure!(card.offers(SIGN_IN), "{card:?}");
        widget.follow(SIGN_IN).await?;
        widget.error("POPUP_BLOCKED").await?;
        assert_eq!(widget.cards().await?, ["POPUP_BLOCKED"]);
        nothing_happened(stage, widget).await
    })
    .await
}

#[tokio::test]
async fn two_presses_to_sign_in_open_one_window() -> Result<()> {
    play(async |stage| {
        let widget = code_typed(stage).await?;
        let google = SigninPopup::opened_by(&stage.browser, async || {
            let sign_in = button(SIGN_IN);
            stage.browser.press_twice(&sign_in, Duration::ZERO).await
        })
        .await?;
        google.leave_open().await?;
        assert_eq!(stage.browser.windows().await?.len(), 2);
        ensure!(widget.is_asking().await?, "does not say that it waits");
        google.come_back().await?;
        google.sign_in(MAYA).await?;
        widget.wait_signed_in(MAYA).await?;
        assert_eq!(widget.cards().await?, Vec::<String>::new());
        assert_eq!(stage.sandbox.tokens().await?.len(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_press_to_join_while_the_window_is_open_goes_on_when_somebody_has_signed_in() -> Result<()>
{
    play(async |stage| {
        let widget = code_typed(stage).await?;
        let google = widget.open_signin().await?;
        google.leave_open().await?;
        widget.join().press().await?;
        tokio::time::sleep(Duration::from_millis(800)).await;
        assert_eq!(
            widget.cards().await?,
            Vec::<String>::new(),
            "nothing was closed"
        );
        assert_eq!(stage.browser.windows().await?.len(), 2);
        google.come_back().await?;
        goes_on(google, widget).await
    })
    .await
}

#[tokio::test]
async fn an_answer_of_google_that_takes_its_time_is_waited_for() -> Result<()> {
    play(async |stage| {
        let late = Fault::delayed(Duration::from_millis(900)).on("POST", "/signin/consent");
        stage.sandbox.faults(&[late]).await?;
        let widget = code_typed(stage).await?;
        goes_on(widget.join().press_signed_out().await?, widget).await
    })
    .await
}

#[tokio::test]
async fn a_script_that_was_blocked_is_loaded_anew_by_the_next_press_and_the_join_goes_on()
-> Result<()> {
    play(async |stage| {
        let blocked = Fault::dropped(Drop::Before).on("GET", "/gsi/client");
        stage.sandbox.faults(&[blocked]).await?;
        let widget = code_typed(stage).await?;
        widget.join().press().await?;
        let card = widget.error("SCRIPT_BLOCKED").await?;
        ensure!(card.text.contains("didn't load"), "{card:?}");
        nothing_happened(stage, widget).await?;
        // Still blocked: told again.
        widget.follow(SIGN_IN).await?;
        widget.error("SCRIPT_BLOCKED").await?;
        stage.sandbox.faults(&[]).await?;
        goes_on(widget.follow_signed_out(SIGN_IN).await?, widget).await
    })
    .await
}

#[tokio::test]
async fn a_press_before_the_script_is_there_opens_the_window_when_it_is() -> Result<()> {
    play(async |stage| {
        let late = Fault::delayed(Duration::from_millis(1_500)).on("GET", "/gsi/client");
        stage.sandbox.faults(&[late]).await?;
        let widget = stage.open("course=741234567890&code=k5xq2ma").await?;
        goes_on(widget.join().press_signed_out().await?, widget).await
    })
    .await
}

#[tokio::test]
async fn a_script_that_does_not_come_is_given_up_and_used_when_it_is_there_after_all() -> Result<()>
{
    play(async |stage| {
        // The limit of ten seconds takes half a second.
        stage.browser.speed_up(20).await?;
        let late = Fault::delayed(Duration::from_millis(2_500)).on("GET", "/gsi/client");
        stage.sandbox.faults(&[late]).await?;
        let widget = code_typed(stage).await?;
        widget.join().press().await?;
        widget.error("SCRIPT_BLOCKED").await?;
        nothing_happened(stage, widget).await?;
        stage
            .browser
            .wait_until("the script is there after all", async || {
                let there = stage.browser.evaluate("return 'google' in window").await?;
                Ok(there == true)
            })
            .await?;
        goes_on(widget.follow_signed_out(SIGN_IN).await?, widget).await
    })
    .await
}
