//! A student joins: by code in a preset class, by pasted link, once and not twice.

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    journal::Call,
    play,
    school::{ART, BIOLOGY, CHESS, Course, HOMEROOM, MAYA, Person, SAM, TOM},
};
use serde_json::json;

/// The one write there may have been: this person putting themselves into this course.
async fn only_write_is_join(stage: &Stage, person: Person, course: Course) -> Result<Call> {
    let mut writes = stage.sandbox.writes().await?;
    ensure!(
        writes.len() == 1,
        "one write was due, there were {writes:#?}"
    );
    let Some(join) = writes.pop() else {
        anyhow::bail!("no write");
    };
    assert_eq!(join.method, "POST");
    assert_eq!(join.path, format!("/v1/courses/{}/students", course.id));
    assert_eq!(json!(join.query), json!({ "enrollmentCode": course.code }));
    assert_eq!(join.body, json!({ "userId": "me" }));
    assert_eq!(join.account.as_deref(), Some(person.email));
    Ok(join)
}

/// The outcome says `joined`, names the class and leads to it; the school agrees.
async fn joined(stage: &Stage, person: Person, course: Course) -> Result<()> {
    let card = hallpass_e2e::pages::OutcomeCard::wait(&stage.browser, "joined").await?;
    ensure!(card.text.contains(course.name), "no class name in {card:?}");
    assert_leads_to(card.link("Open class")?, course)?;
    let school = stage.sandbox.school().await?;
    assert_eq!(school.times_student(person.email, course.id), 1);
    only_write_is_join(stage, person, course).await?;
    Ok(())
}

/// "Open class" leads into the class, whatever it adds about the account to pick there.
fn assert_leads_to(address: &str, course: Course) -> Result<()> {
    let (page, _parameters) = address.split_once('?').unwrap_or((address, ""));
    ensure!(
        page == course.link(),
        "\"Open class\" leads to {address}, not to {}",
        course.link()
    );
    Ok(())
}

/// Signs in as this person and joins with what is typed.
async fn signs_in_and_joins(
    parameters: &str,
    person: Person,
    typed: &str,
    course: Course,
) -> Result<()> {
    play(async |stage| {
        let widget = stage.open(parameters).await?;
        widget.sign_in(person).await?;
        widget.join().with(typed).await?;
        joined(stage, person, course).await
    })
    .await
}

#[tokio::test]
async fn a_student_types_the_code_of_the_preset_class_and_is_in() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        let join = widget.join();
        join.wait().await?;
        widget.sign_in(MAYA).await?;
        join.with("k5xq2ma").await?;

        let card = widget.outcome("joined").await?;
        ensure!(card.text.contains("Biology 7b"), "{card:?}");
        assert_leads_to(card.link("Open class")?, BIOLOGY)?;
        let school = stage.sandbox.school().await?;
        assert_eq!(
            school.times_student("maya@school.example", "741234567890"),
            1
        );

        let joined = only_write_is_join(stage, MAYA, BIOLOGY).await?;
        assert_eq!(joined.status, 200);
        let calls = stage.sandbox.calls().await?;
        let asked_who = calls
            .iter()
            .position(|call| call.is("GET", "/v1/userProfiles/me"));
        let wrote = calls.iter().position(Call::is_write);
        ensure!(
            asked_who.is_some() && asked_who < wrote,
            "who acts has to be known before the write: {calls:#?}"
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_pasted_link_says_both_class_and_code() -> Result<()> {
    let link = "https://classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma";
    signs_in_and_joins("", MAYA, link, BIOLOGY).await
}

#[tokio::test]
async fn a_link_padded_with_one_z_leads_to_its_class() -> Result<()> {
    let link = "https://classroom.google.com/c/NzQxMjM0NTY3ODla?cjc=m3wnq6a";
    signs_in_and_joins("", MAYA, link, ART).await
}

#[tokio::test]
async fn a_link_padded_with_two_z_leads_to_its_class() -> Result<()> {
    let link = "https://classroom.google.com/c/NzQxMjM0NTY3OFpa?cjc=c4ess7x";
    signs_in_and_joins("", SAM, link, CHESS).await
}

#[tokio::test]
async fn a_pasted_link_comes_before_the_preset_class() -> Result<()> {
    signs_in_and_joins("course=741234567890", SAM, &ART.invite_link(), ART).await
}

#[tokio::test]
async fn a_code_in_capitals_with_spaces_around_is_the_same_code() -> Result<()> {
    signs_in_and_joins("course=741234567890", SAM, "  K5XQ2MA ", BIOLOGY).await
}

#[tokio::test]
async fn the_enter_key_joins_as_the_button_does() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.sign_in(SAM).await?;
        widget.join().type_in("k5xq2ma\u{e007}").await?;
        joined(stage, SAM, BIOLOGY).await
    })
    .await
}

#[tokio::test]
async fn who_is_in_the_class_already_is_told_so_as_a_success() -> Result<()> {
    play(async |stage| {
        let widget = stage.open(&format!("course={}", HOMEROOM.id)).await?;
        widget.sign_in(MAYA).await?;
        widget.join().with(HOMEROOM.code).await?;

        let card = widget.outcome("already-member").await?;
        ensure!(card.text.contains(HOMEROOM.name), "{card:?}");
        assert_leads_to(card.link("Open class")?, HOMEROOM)?;
        let join = only_write_is_join(stage, MAYA, HOMEROOM).await?;
        assert_eq!(join.status, 409);
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(MAYA.email, HOMEROOM.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn who_teaches_the_class_is_told_so_and_does_not_become_a_student() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.sign_in(TOM).await?;
        widget.join().with(&BIOLOGY.invite_link()).await?;

        let card = widget.outcome("already-member").await?;
        ensure!(card.text.contains(BIOLOGY.name), "{card:?}");
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(TOM.email, BIOLOGY.id), 0);
        assert_eq!(school.times_teacher(TOM.email, BIOLOGY.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_press_while_signed_out_opens_google_and_the_join_goes_on_by_itself() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.join().type_in("k5xq2ma").await?;
        let google = widget.join().press_signed_out().await?;
        google.sign_in(MAYA).await?;
        // Nothing is pressed any more.
        joined(stage, MAYA, BIOLOGY).await?;
        widget.wait_signed_in(MAYA).await
    })
    .await
}
