//! Tokens that run out: before a call, during one, and how Google may write when.

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::{Drop, Fault},
    find::button,
    pages::Widget,
    play,
    sandbox::ExpiresIn,
    school::{BIOLOGY, MAYA},
};
use std::time::Duration;

const STUDENTS: &str = "/v1/courses/741234567890/students";

/// Shorter than a call may take.
const TOO_SHORT: Duration = Duration::from_secs(10);

/// As long as Google's.
const USUAL: Duration = Duration::from_secs(3599);

/// For Google, not for the page, every token has run out after that.
const LONG: Duration = Duration::from_secs(7200);

/// Maya, signed in, with the right code typed.
async fn maya_has_typed(stage: &Stage) -> Result<Widget<'_>> {
    let widget = stage.open("course=741234567890").await?;
    widget.sign_in(MAYA).await?;
    widget.join().type_in(BIOLOGY.code).await?;
    Ok(widget)
}

/// Maya is in, once, whatever it took; nothing but that is shown, and so many tokens were used.
async fn is_in(stage: &Stage, widget: Widget<'_>, tokens: usize) -> Result<()> {
    let card = widget.outcome("joined").await?;
    ensure!(card.text.contains(BIOLOGY.name), "{card:?}");
    assert_eq!(widget.cards().await?, ["joined"]);
    widget.wait_signed_in(MAYA).await?;
    let school = stage.sandbox.school().await?;
    assert_eq!(school.times_student(MAYA.email, BIOLOGY.id), 1);
    assert_eq!(stage.sandbox.tokens().await?.len(), tokens);
    Ok(())
}

/// The card of a sign-in that ran out, and its one way on. Google knows who it was: its window
/// closes by itself.
async fn ran_out_and_goes_on(stage: &Stage, widget: Widget<'_>) -> Result<()> {
    let card = widget.error("UNAUTHENTICATED").await?;
    ensure!(card.text.contains("ran out"), "{card:?}");
    assert_eq!(widget.join().typed().await?, BIOLOGY.code);
    ensure!(
        !stage.browser.shows(&button("Sign out")).await?,
        "who acts?"
    );
    stage.sandbox.faults(&[]).await?;
    widget.follow("Sign in with Google").await
}

/// No call but that for the account was made with the first token.
async fn nothing_was_refused(stage: &Stage) -> Result<()> {
    for call in stage.sandbox.calls().await? {
        ensure!(call.status != 401, "{call}");
    }
    Ok(())
}

/// A press with a token that is about to run out, which sign-in has told so.
async fn is_asked_for_before_the_call(written: ExpiresIn) -> Result<()> {
    play(async |stage| {
        stage.sandbox.tokens_last(TOO_SHORT, written).await?;
        let widget = maya_has_typed(stage).await?;
        stage.sandbox.tokens_last(USUAL, written).await?;
        widget.join().press().await?;
        is_in(stage, widget, 2).await?;
        nothing_was_refused(stage).await
    })
    .await
}

#[tokio::test]
async fn a_token_that_would_run_out_during_the_join_is_renewed_before_it() -> Result<()> {
    is_asked_for_before_the_call(ExpiresIn::Number).await
}

#[tokio::test]
async fn a_life_that_is_written_as_a_string_is_understood() -> Result<()> {
    is_asked_for_before_the_call(ExpiresIn::String).await
}

/// A token that lives long is not renewed.
async fn is_used_again(written: ExpiresIn) -> Result<()> {
    play(async |stage| {
        stage.sandbox.tokens_last(USUAL, written).await?;
        let widget = maya_has_typed(stage).await?;
        widget.join().press().await?;
        is_in(stage, widget, 1).await
    })
    .await
}

#[tokio::test]
async fn a_token_that_lasts_is_used_again() -> Result<()> {
    is_used_again(ExpiresIn::Number).await
}

#[tokio::test]
async fn a_token_that_lasts_is_used_again_where_its_life_is_a_string() -> Result<()> {
    is_used_again(ExpiresIn::String).await
}

#[tokio::test]
async fn a_token_that_has_run_out_unknown_to_the_page_is_renewed_and_the_join_goes_on() -> Result<()>
{
    play(async |stage| {
        let widget = maya_has_typed(stage).await?;
        stage.sandbox.clock(LONG).await?;
        widget.join().press().await?;
        ran_out_and_goes_on(stage, widget).await?;
        is_in(stage, widget, 2).await
    })
    .await
}

#[tokio::test]
async fn the_account_bar_signs_in_again_and_the_join_goes_on_as_well() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_typed(stage).await?;
        stage.sandbox.clock(LONG).await?;
        widget.join().press().await?;
        widget.error("UNAUTHENTICATED").await?;
        // Two buttons of the same name: the card's, and the one in the account's place.
        let buttons = stage
            .browser
            .find_all(&button("Sign in with Google"))
            .await?;
        assert_eq!(buttons.len(), 2);
        buttons[0].click().await?;
        is_in(stage, widget, 2).await
    })
    .await
}

#[tokio::test]
async fn a_token_that_runs_out_between_two_tries_is_renewed_and_the_join_goes_on() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_typed(stage).await?;
        let busy = Fault::google(503, "UNAVAILABLE", "The service is currently unavailable.");
        let busy = busy.retry_after("1").on("POST", STUDENTS).times(1);
        stage.sandbox.faults(&[busy]).await?;
        widget.join().press().await?;
        stage.browser.wait_for_text("Trying again in").await?;
        stage.sandbox.clock(LONG).await?;
        ran_out_and_goes_on(stage, widget).await?;
        is_in(stage, widget, 2).await
    })
    .await
}

#[tokio::test]
async fn a_token_that_runs_out_after_a_join_whose_answer_was_lost_ends_in_the_class() -> Result<()>
{
    play(async |stage| {
        let widget = maya_has_typed(stage).await?;
        // It was done, and its answer got lost a second later, by when the token had run out.
        let lost = Fault::dropped(Drop::After).after(Duration::from_millis(800));
        let lost = lost.on("POST", STUDENTS).times(1);
        stage.sandbox.faults(&[lost]).await?;
        widget.join().press().await?;
        stage
            .browser
            .wait_until("Maya is in the class", async || {
                let school = stage.sandbox.school().await?;
                Ok(school.times_student(MAYA.email, BIOLOGY.id) == 1)
            })
            .await?;
        stage.sandbox.clock(LONG).await?;
        ran_out_and_goes_on(stage, widget).await?;
        stage
            .browser
            .wait_until("the class is told as joined", async || {
                let cards = widget.cards().await?;
                Ok(cards == ["joined"] || cards == ["already-member"])
            })
            .await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(MAYA.email, BIOLOGY.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_token_that_runs_out_after_the_join_only_costs_the_name_of_the_class() -> Result<()> {
    play(async |stage| {
        let widget = maya_has_typed(stage).await?;
        let refused = Fault::google(401, "UNAUTHENTICATED", "Invalid credentials.");
        let refused = refused.on("GET", "/v1/courses/741234567890");
        stage.sandbox.faults(&[refused]).await?;
        widget.join().press().await?;
        let card = widget.outcome("joined").await?;
        card.link("Open class")?;
        assert_eq!(widget.cards().await?, ["joined"]);
        Ok(())
    })
    .await
}
