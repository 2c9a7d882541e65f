//! Accounts with something the matter: what the person who signs in with one is told.

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::Fault,
    pages::ErrorCard,
    play,
    school::{CLEO, INES, MAYA, OLI, Person, UMA},
};
use serde_json::json;

/// This person presses "Join class" with the right code of the preset class, signs in, and is told
/// this, with a way to another account; the code stays in the field.
async fn is_told(stage: &Stage, person: Person, reason: &str) -> Result<ErrorCard> {
    let widget = stage.open("course=741234567890").await?;
    widget.join().type_in("k5xq2ma").await?;
    let google = widget.join().press_signed_out().await?;
    google.sign_in(person).await?;
    let card = widget.error(reason).await?;
    ensure!(
        card.offers("Switch account"),
        "no way to another account: {card:?}"
    );
    assert_eq!(widget.join().typed().await?, "k5xq2ma");
    assert_eq!(widget.cards().await?, [reason]);
    Ok(card)
}

#[tokio::test]
async fn an_account_that_is_switched_off_is_told_to_ask_the_school() -> Result<()> {
    play(async |stage| {
        let card = is_told(stage, OLI, "FAILED_PRECONDITION").await?;
        ensure!(
            card.text.contains("seems to be switched off") && card.text.contains("your school"),
            "{card:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_account_without_classroom_is_told_to_use_the_schools_account() -> Result<()> {
    play(async |stage| {
        let card = is_told(stage, CLEO, "ClassroomDisabled").await?;
        ensure!(
            card.text.contains("can't use Classroom") && card.text.contains("school account"),
            "{card:?}"
        );
        ensure!(stage.sandbox.writes().await?.is_empty(), "tried it anyway");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn an_account_of_another_school_is_told_that_the_class_is_not_for_it() -> Result<()> {
    play(async |stage| {
        let card = is_told(stage, INES, "CannotInviteUserInUntrustedDomain").await?;
        ensure!(card.text.contains("another school"), "{card:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_person_whom_google_lets_no_further_closes_its_window_and_finds_everything_as_it_was()
-> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.join().type_in("k5xq2ma").await?;
        let google = widget.join().press_signed_out().await?;
        google.choose(UMA).await?;
        stage.browser.wait_for_text("access_not_configured").await?;
        google.close().await?;
        widget.error("POPUP_CLOSED").await?;
        assert_eq!(widget.join().typed().await?, "k5xq2ma");
        ensure!(stage.sandbox.writes().await?.is_empty());
        Ok(())
    })
    .await
}

/// Maya signs in, the school having this address for her picture.
async fn maya_with_picture(stage: &Stage, address: &str) -> Result<()> {
    let mut state = stage.sandbox.state().await?;
    let accounts = state["accounts"].as_array_mut();
    let maya = accounts
        .into_iter()
        .flatten()
        .find(|account| account["email"] == MAYA.email)
        .context("Maya has left the school")?;
    maya["photoUrl"] = json!(address);
    stage.sandbox.put_state(&state).await?;
    stage.open("").await?.sign_in(MAYA).await
}

#[tokio::test]
async fn a_picture_from_elsewhere_is_not_fetched_and_the_initials_stand_in_its_place() -> Result<()>
{
    play(async |stage| {
        let elsewhere = stage.sandbox.pages.join("maya.png")?;
        maya_with_picture(stage, elsewhere.as_str()).await?;
        stage.browser.wait_for_text("MC").await?;
        for sent in stage.browser.traffic().await? {
            ensure!(sent.url != elsewhere.as_str(), "it was fetched");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn initials_stand_in_the_place_of_a_picture_that_does_not_load() -> Result<()> {
    play(async |stage| {
        let lost = Fault::status(404).on("GET", "/photos/");
        stage.sandbox.faults(&[lost]).await?;
        let picture = stage.sandbox.api.join("photos/maya.svg")?;
        maya_with_picture(stage, picture.as_str()).await?;
        stage.browser.wait_for_text("MC").await
    })
    .await
}
