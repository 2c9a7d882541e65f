//! No network: nothing is sent in vain, the person is told, and the join goes on by itself when the
//! network is back.

use std::time::Duration;

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::{Drop, Fault},
    pages::{Progress, Widget},
    play,
    school::{BIOLOGY, SAM},
};

const STUDENTS: &str = "/v1/courses/741234567890/students";

const WHO: &str = "/v1/userProfiles/me";

const OFFLINE: &str = "You're offline.";
const GOES_ON: &str = "We'll go on when you're back.";

/// Long enough that a widget that does not wait for the network would have tried.
const A_WHILE: Duration = Duration::from_secs(2);

/// Sam, signed in, with the right code in the field.
async fn sam_has_typed(stage: &Stage) -> Result<Widget<'_>> {
    let widget = stage.open("course=741234567890").await?;
    widget.sign_in(SAM).await?;
    widget.join().type_in(BIOLOGY.code).await?;
    stage.sandbox.forget_calls().await?;
    Ok(widget)
}

/// The page says that there is no network, that it will go on, and has a way not to wait for that.
async fn told_offline(widget: Widget<'_>) -> Result<()> {
    let text = widget.progress().wait_for_pause().await?;
    ensure!(text.contains(OFFLINE) && text.contains(GOES_ON), "{text:?}");
    ensure!(widget.cards().await?.is_empty(), "not a failure yet");
    Ok(())
}

/// The one message is that Sam is in the class, which has him once, after so many tries to join
/// that arrived.
async fn joined_after(stage: &Stage, widget: Widget<'_>, posts: usize) -> Result<()> {
    let card = widget.outcome("joined").await?;
    ensure!(card.text.contains(BIOLOGY.name), "{card:?}");
    assert_eq!(widget.cards().await?, ["joined"]);
    assert_eq!(stage.sandbox.posts().await?.len(), posts);
    let school = stage.sandbox.school().await?;
    assert_eq!(school.times_student(SAM.email, BIOLOGY.id), 1);
    Ok(())
}

/// What the page has tried to send to the API since the last time it was asked, whether or not it
/// came through.
async fn tried_to_send(stage: &Stage) -> Result<Vec<String>> {
    let mut sent = stage.browser.traffic().await?;
    sent.retain(|request| request.url.contains("/v1/"));
    Ok(sent
        .into_iter()
        .map(|request| format!("{} {}", request.method, request.url))
        .collect())
}

#[tokio::test]
async fn a_join_without_a_network_waits_for_it_and_goes_on_by_itself() -> Result<()> {
    play(async |stage| {
        let widget = sam_has_typed(stage).await?;
        stage.browser.go_offline().await?;
        tried_to_send(stage).await?;
        widget.join().press().await?;
        told_offline(widget).await?;
        tokio::time::sleep(A_WHILE).await;
        assert_eq!(tried_to_send(stage).await?, [""; 0], "sent in vain");

        stage.browser.come_online().await?;
        // Nothing is pressed any more.
        joined_after(stage, widget, 1).await
    })
    .await
}

#[tokio::test]
async fn a_network_that_goes_while_the_join_waits_is_waited_for_too() -> Result<()> {
    play(async |stage| {
        let widget = sam_has_typed(stage).await?;
        let busy = Fault::google(429, "RESOURCE_EXHAUSTED", "Quota exceeded.")
            .retry_after("20")
            .on("POST", STUDENTS)
            .times(1);
        stage.sandbox.faults(&[busy]).await?;
        widget.join().press().await?;
        widget.progress().wait_for_countdown().await?;
        stage.browser.go_offline().await?;
        widget.progress().try_now().await?;
        stage.browser.wait_for_text(OFFLINE).await?;
        told_offline(widget).await?;
        tokio::time::sleep(A_WHILE).await;
        assert_eq!(stage.sandbox.posts().await?, [STUDENTS]);

        stage.browser.come_online().await?;
        joined_after(stage, widget, 2).await
    })
    .await
}

#[tokio::test]
async fn a_network_that_goes_before_the_answer_is_waited_for_and_the_join_looked_up() -> Result<()>
{
    play(async |stage| {
        let widget = sam_has_typed(stage).await?;
        let lost = Fault::dropped(Drop::After)
            .after(Duration::from_millis(1_500))
            .on("POST", STUDENTS)
            .times(1);
        stage.sandbox.faults(&[lost]).await?;
        widget.join().press().await?;
        stage
            .browser
            .wait_until("the join arrives", async || {
                Ok(!stage.sandbox.posts().await?.is_empty())
            })
            .await?;
        stage.browser.go_offline().await?;
        told_offline(widget).await?;
        stage.browser.come_online().await?;
        let card = widget.outcome("joined").await?;
        ensure!(card.text.contains(BIOLOGY.name), "{card:?}");
        assert_eq!(widget.cards().await?, ["joined"]);
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(SAM.email, BIOLOGY.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_network_that_goes_while_the_account_is_asked_for_is_waited_for() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.join().type_in(BIOLOGY.code).await?;
        let late = Fault::delayed(Duration::from_millis(1_500))
            .on("GET", WHO)
            .times(1);
        stage.sandbox.faults(&[late]).await?;
        let google = widget.join().press_signed_out().await?;
        google.sign_in(SAM).await?;
        stage.browser.go_offline().await?;
        told_offline(widget).await?;
        tokio::time::sleep(A_WHILE).await;
        ensure!(stage.sandbox.writes().await?.is_empty(), "who acts?");
        stage.browser.come_online().await?;
        joined_after(stage, widget, 1).await?;
        widget.wait_signed_in(SAM).await
    })
    .await
}

#[tokio::test]
async fn stop_ends_the_wait_for_the_network_for_good() -> Result<()> {
    play(async |stage| {
        let widget = sam_has_typed(stage).await?;
        stage.browser.go_offline().await?;
        widget.join().press().await?;
        told_offline(widget).await?;
        widget.progress().stop().await?;
        stage.browser.wait_for_text("Stopped.").await?;
        assert_eq!(widget.join().typed().await?, BIOLOGY.code);
        stage.browser.come_online().await?;
        tokio::time::sleep(A_WHILE).await;
        ensure!(stage.sandbox.writes().await?.is_empty(), "went on");

        widget.join().press().await?;
        joined_after(stage, widget, 1).await
    })
    .await
}

#[tokio::test]
async fn a_browser_that_wrongly_says_it_is_offline_keeps_nobody_from_joining() -> Result<()> {
    play(async |stage| {
        let widget = sam_has_typed(stage).await?;
        stage.browser.seem_offline(true).await?;
        let says = stage.browser.evaluate("return navigator.onLine").await?;
        assert_eq!(says, false, "the browser is to be wrong");
        widget.join().press().await?;
        told_offline(widget).await?;
        ensure!(stage.sandbox.writes().await?.is_empty());
        widget.progress().try_now().await?;
        joined_after(stage, widget, 1).await
    })
    .await
}

#[tokio::test]
async fn try_now_without_a_network_says_the_same_again() -> Result<()> {
    play(async |stage| {
        let widget = sam_has_typed(stage).await?;
        stage.browser.go_offline().await?;
        widget.join().press().await?;
        told_offline(widget).await?;
        widget.progress().try_now().await?;
        told_offline(widget).await?;
        stage.browser.come_online().await?;
        joined_after(stage, widget, 1).await?;
        stage.browser.wait_gone(&Progress::try_now_button()).await
    })
    .await
}
