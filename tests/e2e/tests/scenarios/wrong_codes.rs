//! A wrong class code. Nobody outside Google knows whether it is answered 403, 404 or 400: each has
//! to be told well, and none may tell whether the class exists.

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    pages::ErrorCard,
    play,
    school::{BIOLOGY, MAYA, SAM},
};
use serde_json::json;

const WRONG: &str = "zzzzz77";

/// Types a code and presses; gives the card of this reason, after looking that the field asks to
/// be corrected and still holds what was typed.
async fn refused(stage: &Stage, parameters: &str, code: &str, reason: &str) -> Result<ErrorCard> {
    let widget = stage.open(parameters).await?;
    widget.sign_in(MAYA).await?;
    widget.join().with(code).await?;
    let card = widget.error(reason).await?;
    widget.join().wait_to_be_corrected(&card).await?;
    assert_eq!(widget.join().typed().await?, code);
    let school = stage.sandbox.school().await?;
    assert_eq!(school.times_student(MAYA.email, BIOLOGY.id), 0);
    Ok(card)
}

/// What a person reads and may do is the same; only the details for IT may differ.
fn assert_reads_the_same(one: &ErrorCard, other: &ErrorCard) {
    assert_eq!(one.title, other.title);
    assert_eq!(one.text, other.text);
    assert_eq!(one.actions, other.actions);
}

#[tokio::test]
async fn a_wrong_code_reads_the_same_whether_google_says_403_or_404() -> Result<()> {
    play(async |stage| {
        let preset = "course=741234567890";
        let forbidden = refused(stage, preset, WRONG, "PERMISSION_DENIED").await?;
        ensure!(
            forbidden.text.contains("join with this code")
                && forbidden.text.contains("Check it with your teacher"),
            "{forbidden:?}"
        );
        stage.sandbox.wrong_codes_get(404).await?;
        let not_found = refused(stage, preset, WRONG, "NOT_FOUND").await?;
        assert_reads_the_same(&forbidden, &not_found);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_wrong_code_that_google_calls_an_invalid_argument_is_marked_in_the_field() -> Result<()> {
    play(async |stage| {
        stage.sandbox.wrong_codes_get(400).await?;
        let card = refused(stage, "course=741234567890", WRONG, "INVALID_ARGUMENT").await?;
        ensure!(
            card.text.contains("isn't quite right") && card.text.contains("class code"),
            "{card:?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_wrong_code_reads_like_a_class_that_does_not_exist() -> Result<()> {
    play(async |stage| {
        let wrong_code = refused(stage, "course=741234567890", WRONG, "PERMISSION_DENIED").await?;
        let no_class = refused(stage, "course=799999999999", WRONG, "NOT_FOUND").await?;
        assert_reads_the_same(&wrong_code, &no_class);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_bare_code_that_was_reset_reads_like_one_that_nobody_knows() -> Result<()> {
    play(async |stage| {
        // The teacher has reset the code; the alias made of the old one still leads to the class.
        let mut state = stage.sandbox.state().await?;
        let biology = state["courses"]
            .as_array_mut()
            .into_iter()
            .flatten()
            .find(|course| course["id"] == BIOLOGY.id);
        let Some(biology) = biology else {
            anyhow::bail!("no Biology in the school");
        };
        biology["enrollmentCode"] = json!("newcode");
        stage.sandbox.put_state(&state).await?;

        let reset = refused(stage, "", BIOLOGY.code, "COURSE_UNKNOWN").await?;
        let unknown = refused(stage, "", "zzzzzzz", "COURSE_UNKNOWN").await?;
        assert_reads_the_same(&reset, &unknown);
        stage.sandbox.wrong_codes_get(404).await?;
        let reset = refused(stage, "", BIOLOGY.code, "COURSE_UNKNOWN").await?;
        assert_reads_the_same(&reset, &unknown);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_corrected_code_takes_the_mark_off_the_field_and_joins() -> Result<()> {
    play(async |stage| {
        for status in [403, 404, 400] {
            stage.sandbox.reset().await?;
            stage.sandbox.wrong_codes_get(status).await?;
            let widget = stage.open("course=741234567890").await?;
            widget.sign_in(SAM).await?;
            widget.join().with(WRONG).await?;
            stage
                .browser
                .wait_until(&format!("{status} is told"), async || {
                    Ok(!widget.cards().await?.is_empty())
                })
                .await?;
            widget.join().with(BIOLOGY.code).await?;
            widget.outcome("joined").await?;
            assert_eq!(widget.cards().await?, ["joined"]);
            ensure!(!widget.join().is_marked().await?, "{status}: still marked");
        }
        Ok(())
    })
    .await
}
