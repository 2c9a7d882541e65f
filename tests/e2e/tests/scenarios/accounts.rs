//! Accounts with something the matter: what the person who signs in with one is told.

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    pages::ErrorCard,
    play,
    school::{CLEO, INES, OLI, Person, UMA},
};

/// This person presses "Join class" with the right code of the preset class, signs in, and is told
/// this, with a way to another account; the code stays in the field.
async fn is_told(stage: &Stage, person: Person, reason: &str) -> Result<ErrorCard> {
    let widget = stage.open("course=741234567890").await?;
    widget.join().type_in("k5xq2ma").await?;
    let google = widget.join().press_signed_out().await?;
    google.sign_in(person).await?;
    let card = widget.error(reason).await?;
    ensure!(
        card.actions.iter().any(|action| action == "Switch account"),
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
