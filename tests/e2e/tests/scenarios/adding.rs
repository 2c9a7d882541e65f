//! The view "enroll": administrators add students directly.

use std::{collections::BTreeSet, time::Duration};

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    pages::{ClassCombobox, Widget},
    play,
    school::{ADA, ART, BIOLOGY, CHESS, MAYA, OTTO, PRIYA, SAM, WANDA},
};
use serde_json::json;

const NORA: &str = "nora@gmail.example";
const LONG: Duration = Duration::from_secs(40);

/// The view, with Ada signed in.
async fn ada_adds(stage: &Stage) -> Result<Widget<'_>> {
    stage
        .sandbox
        .configure(json!({ "views": ["enroll", "join"] }))
        .await?;
    let widget = stage.open("view=enroll").await?;
    widget.enroll().wait().await?;
    widget.sign_in(ADA).await?;
    stage
        .browser
        .wait_for_text("or paste its link, number or alias")
        .await?;
    Ok(widget)
}

/// Into which paths who was added: at the same time, so in no order.
async fn added(stage: &Stage) -> Result<BTreeSet<(String, String)>> {
    let writes = stage.sandbox.writes().await?;
    writes
        .into_iter()
        .map(|call| {
            ensure!(call.method == "POST" && call.query.is_empty(), "{call}");
            let who = call.body["userId"].as_str().context("nobody")?;
            Ok((call.path, who.to_owned()))
        })
        .collect()
}

#[tokio::test]
async fn students_are_added_to_a_class_of_the_domain_and_asked_for_no_role() -> Result<()> {
    play(async |stage| {
        let widget = ada_adds(stage).await?;
        let enroll = widget.enroll();
        assert_eq!(enroll.roles().await?, []);
        let calls = stage.sandbox.calls().await?;
        let lists: Vec<_> = calls
            .iter()
            .filter(|call| call.is("GET", "/v1/courses"))
            .collect();
        ensure!(
            lists.len() > 1
                && lists
                    .iter()
                    .all(|call| !call.query.contains_key("teacherId")),
            "{calls:?}"
        );
        enroll.choose_class(BIOLOGY.name).await?;
        let review = enroll
            .check("maya@school.example; sam@school.example")
            .await?;
        review
            .wait_rows(&[(MAYA.email, "ready"), (SAM.email, "ready")])
            .await?;
        review.send().await?;
        review
            .wait_rows(&[(MAYA.email, "sent"), (SAM.email, "sent")])
            .await?;
        let card = widget.outcome("enrolled").await?;
        ensure!(card.text.contains("2 students added"), "{card:?}");
        assert_eq!(review.row(MAYA.email).await?.words, "Added");
        let path = format!("/v1/courses/{}/students", BIOLOGY.id);
        let both = [MAYA, SAM].map(|person| (path.clone(), person.email.to_owned()));
        assert_eq!(added(stage).await?, BTreeSet::from(both));
        let school = stage.sandbox.school().await?;
        for person in [MAYA, SAM] {
            assert_eq!(school.times_student(person.email, BIOLOGY.id), 1);
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_class_is_found_by_link_number_alias_or_the_schools_directory() -> Result<()> {
    play(async |stage| {
        let mut school = stage.sandbox.state().await?;
        school["aliases"]
            .as_array_mut()
            .context("no aliases")?
            .push(json!({ "courseId": ART.id, "alias": "d:art" }));
        stage.sandbox.put_state(&school).await?;
        stage
            .sandbox
            .configure(json!({ "courses": [{ "id": "d:art", "name": "Painting in the attic" }] }))
            .await?;
        let widget = ada_adds(stage).await?;
        let enroll = widget.enroll();
        for (typed, path, person) in [
            (CHESS.link(), CHESS.id, MAYA),
            (BIOLOGY.invite_link(), BIOLOGY.id, SAM),
            (ART.id.to_owned(), ART.id, SAM),
            (" d:art ".to_owned(), "d%3Aart", MAYA),
            ("p:k5xq2ma".to_owned(), "p%3Ak5xq2ma", MAYA),
        ] {
            stage.sandbox.forget_calls().await?;
            enroll.class().type_in(&typed).await?;
            let review = enroll.check(person.email).await.context(typed.clone())?;
            review
                .wait_rows(&[(person.email, "ready")])
                .await
                .context(typed.clone())?;
            review.send().await?;
            review
                .wait_rows(&[(person.email, "sent")])
                .await
                .context(typed)?;
            let one = (
                format!("/v1/courses/{path}/students"),
                person.email.to_owned(),
            );
            assert_eq!(added(stage).await?, BTreeSet::from([one]));
        }

        stage.sandbox.forget_calls().await?;
        enroll.choose_class("Painting").await?;
        let review = enroll.check(PRIYA.email).await?;
        review.send().await?;
        review.wait_rows(&[(PRIYA.email, "sent")]).await?;
        let one = (
            "/v1/courses/d%3Aart/students".to_owned(),
            PRIYA.email.to_owned(),
        );
        assert_eq!(added(stage).await?, BTreeSet::from([one]));

        // What names no class says so.
        for typed in ["zumba", "7b", "https://school.example/c/NzQxMjM0NTY3OFpa"] {
            enroll.class().type_in(typed).await?;
            enroll.press_check().await?;
            let card = widget.error("INPUT_INVALID").await?;
            enroll
                .wait_to_be_corrected(&card, &ClassCombobox::field())
                .await
                .context(typed)?;
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_class_that_the_page_is_for_need_not_be_typed_even_by_its_alias() -> Result<()> {
    play(async |stage| {
        stage
            .sandbox
            .configure(json!({ "views": ["enroll"], "course": "p:k5xq2ma" }))
            .await?;
        let widget = stage.open("").await?;
        widget.sign_in(ADA).await?;
        stage.browser.wait_for_text("You add as").await?;
        let review = widget.enroll().check(SAM.email).await?;
        review.send().await?;
        review.wait_rows(&[(SAM.email, "sent")]).await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(SAM.email, BIOLOGY.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn whoever_is_in_the_class_is_found_and_an_open_invitation_is_no_hindrance() -> Result<()> {
    play(async |stage| {
        let widget = ada_adds(stage).await?;
        let enroll = widget.enroll();
        enroll.choose_class("Homeroom").await?;
        let review = enroll
            .check("maya@school.example, tom@school.example")
            .await?;
        review
            .wait_rows(&[
                (MAYA.email, "already-member"),
                ("tom@school.example", "already-member"),
            ])
            .await?;
        ensure!(!review.can_send().await?);

        enroll.choose_class(BIOLOGY.name).await?;
        let review = enroll.check(WANDA.email).await?;
        review.wait_rows(&[(WANDA.email, "ready")]).await?;
        review.send().await?;
        review.wait_rows(&[(WANDA.email, "sent")]).await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(WANDA.email, BIOLOGY.id), 1);
        assert_eq!(school.invited(WANDA.email, BIOLOGY.id).len(), 0);
        Ok(())
    })
    .await
}

/// Nobody of these can be added by Ada, since their accounts are of other domains.
async fn refused_to_be_added(stage: &Stage) -> Result<Widget<'_>> {
    let widget = ada_adds(stage).await?;
    let enroll = widget.enroll();
    enroll.choose_class(ART.name).await?;
    let review = enroll
        .check(&format!("{NORA}, {}, {}", SAM.email, OTTO.email))
        .await?;
    review.send().await?;
    review.press("They're right").await?;
    review.wait_over(LONG).await?;
    review
        .wait_rows(&[
            (NORA, "failed"),
            (SAM.email, "sent"),
            (OTTO.email, "failed"),
        ])
        .await?;
    let row = review.row(NORA).await?;
    ensure!(row.words.contains("can't be added directly"), "{row:?}");
    let card = widget.outcome("enrolled").await?;
    ensure!(
        card.text.contains("1 student added") && card.text.contains("2 students not added"),
        "{card:?}"
    );
    ensure!(!review.offers("Try failed again").await?, "it cannot help");
    Ok(widget)
}

#[tokio::test]
async fn one_who_cannot_be_added_is_invited_instead() -> Result<()> {
    play(async |stage| {
        let widget = refused_to_be_added(stage).await?;
        let review = widget.enroll().review();
        review.press_in_row(NORA, "Invite instead").await?;
        review.wait_state(NORA, "sent").await?;
        review.wait_state(OTTO.email, "failed").await?;
        assert_eq!(review.row(NORA).await?.words, "Invited");
        let card = widget.outcome("enrolled").await?;
        ensure!(card.text.contains("1 invitation sent"), "{card:?}");
        let school = stage.sandbox.school().await?;
        assert_eq!(school.invited(NORA, ART.id)[0].role, "STUDENT");
        assert_eq!(school.invited(OTTO.email, ART.id).len(), 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn all_who_cannot_be_added_are_invited_instead_with_one_press() -> Result<()> {
    play(async |stage| {
        let widget = refused_to_be_added(stage).await?;
        let review = widget.enroll().review();
        review.press("Invite all of them instead").await?;
        review.wait_over(LONG).await?;
        review
            .wait_rows(&[(NORA, "sent"), (SAM.email, "sent"), (OTTO.email, "sent")])
            .await?;
        ensure!(!review.offers("Invite all of them instead").await?);
        let school = stage.sandbox.school().await?;
        for email in [NORA, OTTO.email] {
            assert_eq!(school.invited(email, ART.id)[0].role, "STUDENT");
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn who_cannot_be_added_to_a_class_named_by_its_alias_is_invited_to_it_instead() -> Result<()>
{
    play(async |stage| {
        let widget = ada_adds(stage).await?;
        let enroll = widget.enroll();
        enroll.class().type_in("p:k5xq2ma").await?;
        let review = enroll.check(NORA).await?;
        review.send().await?;
        review.press("They're right").await?;
        review.wait_rows(&[(NORA, "failed")]).await?;
        review.press_in_row(NORA, "Invite instead").await?;
        review.wait_rows(&[(NORA, "sent")]).await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.invited(NORA, BIOLOGY.id)[0].role, "STUDENT");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn who_cannot_be_invited_instead_either_is_told_why() -> Result<()> {
    const UNTRUSTED: &str = "untrusted@other.example";
    play(async |stage| {
        let widget = ada_adds(stage).await?;
        let enroll = widget.enroll();
        enroll.choose_class(ART.name).await?;
        let review = enroll.check(UNTRUSTED).await?;
        review.send().await?;
        review.press("They're right").await?;
        review.wait_rows(&[(UNTRUSTED, "failed")]).await?;
        review.press_in_row(UNTRUSTED, "Invite instead").await?;
        stage
            .browser
            .wait_for_text("Class and account are in different domains")
            .await?;
        review.wait_rows(&[(UNTRUSTED, "failed")]).await?;
        let row = review.row(UNTRUSTED).await?;
        assert_eq!(row.actions, ["Edit", "Remove"]);
        ensure!(!review.offers("Try failed again").await?, "it cannot help");
        Ok(())
    })
    .await
}
