//! Google, or the network, asks for patience: the person sees how long it takes, and need not wait.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::{Drop, Fault},
    pages::Widget,
    play,
    school::{BIOLOGY, SAM},
};
use serde_json::json;

const STUDENTS: &str = "/v1/courses/741234567890/students";
const WHO: &str = "/v1/userProfiles/me";

/// What the page says of a join that was stopped.
const STOPPED: &str = "Stopped. You can try again: nothing happens twice.";

/// Nobody can have waited for a pause of twenty seconds by then.
const AT_ONCE: Duration = Duration::from_secs(10);

/// Long enough that nothing happens by itself any more that was going to.
const A_WHILE: Duration = Duration::from_secs(2);

/// Google is busy and says, in a header, when to come back.
fn busy_for(seconds: &'static str) -> Fault {
    Fault::google(429, "RESOURCE_EXHAUSTED", "Quota exceeded.").retry_after(seconds)
}

/// Google is busy and says, in the body, when to come back.
fn busy_with_retry_info(delay: &str) -> Fault {
    let details = json!([{
        "@type": "type.googleapis.com/google.rpc.RetryInfo",
        "retryDelay": delay,
    }]);
    Fault::google_with(429, "RESOURCE_EXHAUSTED", "Quota exceeded.", details)
}

/// Sam, signed in, has pressed "Join class" while these stand in the way.
async fn sam_joins_despite<'a>(stage: &'a Stage, faults: &[Fault]) -> Result<Widget<'a>> {
    let widget = stage.open("course=741234567890").await?;
    widget.sign_in(SAM).await?;
    stage.sandbox.faults(faults).await?;
    widget.join().with(BIOLOGY.code).await
}

/// The one message is that Sam is in the class, which has him once, after so many tries to join.
async fn joined_after(stage: &Stage, widget: Widget<'_>, posts: usize) -> Result<()> {
    let card = widget.outcome("joined").await?;
    ensure!(card.text.contains(BIOLOGY.name), "{card:?}");
    assert_eq!(widget.cards().await?, ["joined"]);
    assert_eq!(stage.sandbox.posts().await?.len(), posts);
    let school = stage.sandbox.school().await?;
    assert_eq!(school.times_student(SAM.email, BIOLOGY.id), 1);
    Ok(())
}

#[tokio::test]
async fn a_pause_is_told_and_try_now_ends_it() -> Result<()> {
    play(async |stage| {
        let busy = busy_for("20").on("POST", STUDENTS).times(1);
        let widget = sam_joins_despite(stage, &[busy]).await?;
        let pressed = Instant::now();
        let (text, length) = widget.progress().wait_for_countdown().await?;
        ensure!(text.contains("busy right now"), "what happened? {text:?}");
        // As long as Google asks, and up to as long again.
        ensure!(
            (20..=40).contains(&length.as_secs()),
            "not what Google asked for: {text:?}"
        );
        ensure!(widget.cards().await?.is_empty(), "said too much too early");
        widget.progress().try_now().await?;
        joined_after(stage, widget, 2).await?;
        ensure!(pressed.elapsed() < AT_ONCE, "{:?}", pressed.elapsed());
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_pause_that_google_asks_for_in_the_body_is_as_long() -> Result<()> {
    play(async |stage| {
        let busy = busy_with_retry_info("20.5s").on("POST", STUDENTS).times(1);
        let widget = sam_joins_despite(stage, &[busy]).await?;
        let (text, length) = widget.progress().wait_for_countdown().await?;
        ensure!(
            (21..=41).contains(&length.as_secs()),
            "not what Google asked for: {text:?}"
        );
        assert_eq!(stage.sandbox.posts().await?.len(), 1);
        widget.progress().try_now().await?;
        joined_after(stage, widget, 2).await
    })
    .await
}

#[tokio::test]
async fn a_pause_ends_by_itself_and_not_too_early() -> Result<()> {
    play(async |stage| {
        let busy = busy_for("2").on("POST", STUDENTS).times(1);
        let widget = sam_joins_despite(stage, &[busy]).await?;
        let pressed = Instant::now();
        widget.progress().wait_for_countdown().await?;
        joined_after(stage, widget, 2).await?;
        let waited = pressed.elapsed();
        ensure!(
            (Duration::from_millis(1_900)..AT_ONCE).contains(&waited),
            "{waited:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn stop_ends_a_pause_and_the_join_and_the_next_press_joins() -> Result<()> {
    play(async |stage| {
        let busy = busy_for("20").on("POST", STUDENTS).times(1);
        let widget = sam_joins_despite(stage, &[busy]).await?;
        widget.progress().wait_for_pause().await?;
        widget.progress().stop().await?;
        stage.browser.wait_for_text(STOPPED).await?;
        ensure!(widget.cards().await?.is_empty(), "not a failure");
        ensure!(
            !stage.browser.text().await?.contains("Trying again"),
            "goes on"
        );
        assert_eq!(widget.join().typed().await?, BIOLOGY.code);
        tokio::time::sleep(A_WHILE).await;
        assert_eq!(stage.sandbox.posts().await?, [STUDENTS], "one, before Stop");

        widget.join().press().await?;
        joined_after(stage, widget, 2).await
    })
    .await
}

#[tokio::test]
async fn stop_during_a_call_that_took_effect_finds_out_that_it_did() -> Result<()> {
    play(async |stage| {
        let slow = Fault::delayed(Duration::from_secs(12)).on("POST", STUDENTS);
        let widget = sam_joins_despite(stage, &[slow]).await?;
        let pressed = Instant::now();
        stage.browser.wait_for_text("Joining the class").await?;
        stage
            .browser
            .wait_until("the join arrives", async || {
                Ok(!stage.sandbox.posts().await?.is_empty())
            })
            .await?;
        widget.progress().stop().await?;
        let card = widget.outcome("joined").await?;
        card.link("Open class")?;
        ensure!(pressed.elapsed() < AT_ONCE, "{:?}", pressed.elapsed());
        assert_eq!(widget.cards().await?, ["joined"]);
        assert_eq!(stage.sandbox.posts().await?, [STUDENTS]);
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(SAM.email, BIOLOGY.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn stop_when_nobody_can_look_it_up_promises_no_more_than_is_known() -> Result<()> {
    play(async |stage| {
        let slow = Fault::delayed(Duration::from_secs(12)).on("POST", STUDENTS);
        let unseen = Fault::dropped(Drop::Before).on("GET", "/v1/courses/");
        let widget = sam_joins_despite(stage, &[slow, unseen]).await?;
        stage
            .browser
            .wait_until("the join arrives", async || {
                Ok(!stage.sandbox.posts().await?.is_empty())
            })
            .await?;
        widget.progress().stop().await?;
        stage.browser.wait_for_text(STOPPED).await?;
        assert_eq!(widget.join().typed().await?, BIOLOGY.code);

        // Nothing happens twice: the second press finds Sam in the class.
        stage.sandbox.faults(&[]).await?;
        widget.join().press().await?;
        widget.outcome("already-member").await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(SAM.email, BIOLOGY.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn nobody_is_made_to_wait_for_more_than_a_minute() -> Result<()> {
    play(async |stage| {
        let busy = busy_for("61").on("POST", STUDENTS);
        let widget = sam_joins_despite(stage, &[busy]).await?;
        let card = widget.error("RESOURCE_EXHAUSTED").await?;
        ensure!(card.text.contains("busy right now"), "{card:?}");
        assert_eq!(stage.sandbox.posts().await?, [STUDENTS], "tried in vain");
        assert_eq!(widget.join().typed().await?, BIOLOGY.code);

        stage.sandbox.faults(&[]).await?;
        widget.follow("Try again").await?;
        joined_after(stage, widget, 2).await
    })
    .await
}

#[tokio::test]
async fn nor_when_google_asks_for_it_in_the_body() -> Result<()> {
    play(async |stage| {
        let busy = busy_with_retry_info("3600s").on("POST", STUDENTS);
        let widget = sam_joins_despite(stage, &[busy]).await?;
        widget.error("RESOURCE_EXHAUSTED").await?;
        assert_eq!(stage.sandbox.posts().await?, [STUDENTS], "tried in vain");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_pause_on_the_way_to_the_account_can_be_skipped() -> Result<()> {
    play(async |stage| {
        let busy = busy_for("20").on("GET", WHO).times(1);
        stage.sandbox.faults(&[busy]).await?;
        let widget = stage.open("course=741234567890").await?;
        widget.join().type_in(BIOLOGY.code).await?;
        let google = widget.join().press_signed_out().await?;
        google.sign_in(SAM).await?;
        widget.progress().wait_for_countdown().await?;
        ensure!(stage.sandbox.writes().await?.is_empty(), "who acts?");
        widget.progress().try_now().await?;
        joined_after(stage, widget, 1).await?;
        widget.wait_signed_in(SAM).await
    })
    .await
}

#[tokio::test]
async fn a_join_that_was_stopped_on_the_way_to_the_account_goes_on_from_there() -> Result<()> {
    play(async |stage| {
        let busy = busy_for("20").on("GET", WHO).times(1);
        stage.sandbox.faults(&[busy]).await?;
        let widget = stage.open("course=741234567890").await?;
        widget.join().type_in(BIOLOGY.code).await?;
        let google = widget.join().press_signed_out().await?;
        google.sign_in(SAM).await?;
        widget.progress().wait_for_pause().await?;
        widget.progress().stop().await?;
        stage.browser.wait_for_text(STOPPED).await?;
        assert_eq!(widget.join().typed().await?, BIOLOGY.code);
        tokio::time::sleep(A_WHILE).await;
        ensure!(stage.sandbox.writes().await?.is_empty(), "went on");

        // Google's window has been answered: it does not come back.
        widget.join().press().await?;
        joined_after(stage, widget, 1).await?;
        widget.wait_signed_in(SAM).await
    })
    .await
}
