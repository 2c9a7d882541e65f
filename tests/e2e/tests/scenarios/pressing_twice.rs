//! A person in a hurry presses twice, or leaves a finger on the key: one call, one message.

use std::time::Duration;

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::Fault,
    pages::{Join, Widget},
    play,
    school::{BIOLOGY, SAM},
};
use thirtyfour::Key;

const STUDENTS: &str = "/v1/courses/741234567890/students";

/// The second press follows on the heels of the first.
const AT_ONCE: Duration = Duration::ZERO;

/// Still a double click, but Google may have answered in between.
const LEISURELY: Duration = Duration::from_millis(350);

/// Sam, signed in, with the right code in the field.
async fn sam_has_typed(stage: &Stage) -> Result<Widget<'_>> {
    let widget = stage.open("course=741234567890").await?;
    widget.sign_in(SAM).await?;
    widget.join().type_in(BIOLOGY.code).await?;
    Ok(widget)
}

/// Google takes its time over the join, so that the second press meets the first on its way.
async fn google_takes_its_time(stage: &Stage) -> Result<()> {
    let slow = Fault::delayed(Duration::from_millis(700)).on("POST", STUDENTS);
    stage.sandbox.faults(&[slow]).await
}

/// One call was made, one message shows, and it is that of the join.
async fn joined_once(stage: &Stage, widget: Widget<'_>) -> Result<()> {
    let card = widget.outcome("joined").await?;
    ensure!(card.text.contains(BIOLOGY.name), "{card:?}");
    assert_eq!(widget.cards().await?, ["joined"]);
    assert_eq!(stage.sandbox.posts().await?, [STUDENTS]);
    let school = stage.sandbox.school().await?;
    assert_eq!(school.times_student(SAM.email, BIOLOGY.id), 1);
    Ok(())
}

#[tokio::test]
async fn two_quick_clicks_are_one_join() -> Result<()> {
    play(async |stage| {
        let widget = sam_has_typed(stage).await?;
        google_takes_its_time(stage).await?;
        stage.browser.press_twice(&Join::button(), AT_ONCE).await?;
        joined_once(stage, widget).await
    })
    .await
}

#[tokio::test]
async fn a_double_click_whose_second_half_comes_after_the_answer_is_one_join() -> Result<()> {
    play(async |stage| {
        let widget = sam_has_typed(stage).await?;
        stage
            .browser
            .press_twice(&Join::button(), LEISURELY)
            .await?;
        joined_once(stage, widget).await
    })
    .await
}

#[tokio::test]
async fn enter_held_down_is_one_join() -> Result<()> {
    play(async |stage| {
        let widget = sam_has_typed(stage).await?;
        google_takes_its_time(stage).await?;
        stage.browser.hold_enter(8, false).await?;
        joined_once(stage, widget).await?;
        // The finger is still on the key, as fingers are.
        stage.browser.hold_enter(8, true).await?;
        stage.browser.let_go_enter().await?;
        joined_once(stage, widget).await
    })
    .await
}

#[tokio::test]
async fn a_button_and_the_enter_key_at_once_are_one_join() -> Result<()> {
    play(async |stage| {
        let widget = sam_has_typed(stage).await?;
        google_takes_its_time(stage).await?;
        widget.join().press().await?;
        stage.browser.strike(Key::Enter).await?;
        joined_once(stage, widget).await
    })
    .await
}

#[tokio::test]
async fn two_quick_clicks_while_signed_out_open_one_window_and_are_one_join() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.join().type_in(BIOLOGY.code).await?;
        let google = hallpass_e2e::pages::SigninPopup::opened_by(&stage.browser, async || {
            stage.browser.press_twice(&Join::button(), AT_ONCE).await
        })
        .await?;
        assert_eq!(stage.browser.windows().await?.len(), 2);
        google.sign_in(SAM).await?;
        joined_once(stage, widget).await
    })
    .await
}
