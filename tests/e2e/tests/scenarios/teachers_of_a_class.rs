//! Who teaches the class that a teacher looks at, with its owner, counted against the limit.

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::Fault,
    find::Shown,
    pages::{Pending, Widget},
    play,
    school::{ART, BIOLOGY, CARL, CHESS, KOFI, PRIYA, TOM},
};
use serde_json::json;

async fn tom_chooses<'a>(stage: &'a Stage, class: &str) -> Result<Widget<'a>> {
    let widget = stage.open("view=invite").await?;
    widget.sign_in(TOM).await?;
    widget.invite().choose_class(class).await?;
    Ok(widget)
}

#[tokio::test]
async fn teachers_are_listed_with_the_owner_named_and_counted_against_the_limit() -> Result<()> {
    play(async |stage| {
        let widget = tom_chooses(stage, BIOLOGY.name).await?;
        let pending = widget.pending();
        pending.wait_teachers(2, 50).await?;
        let teachers = pending.teachers().await?;
        assert_eq!(teachers[0], [TOM.name, TOM.email, "Owner"]);
        assert_eq!(teachers[1], [PRIYA.name, PRIYA.email]);

        widget.invite().choose_class(CHESS.name).await?;
        pending.wait_teachers(3, 50).await?;
        let teachers = pending.teachers().await?;
        for person in [CARL, KOFI] {
            ensure!(
                teachers.contains(&vec![person.name.to_owned(), person.email.to_owned()]),
                "{teachers:?}"
            );
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn fifty_teachers_on_several_pages_fill_the_class() -> Result<()> {
    play(async |stage| {
        let mut state = stage.sandbox.state().await?;
        for number in 0..49 {
            let id = format!("2{number:020}");
            let email = format!("colleague{number}@school.example");
            let name = format!("Colleague {number}");
            let account = json!({ "id": id, "email": email, "name": name });
            let teacher = json!({ "courseId": ART.id, "userId": id });
            for (list, one) in [("accounts", account), ("teachers", teacher)] {
                state[list].as_array_mut().context(list)?.push(one);
            }
        }
        stage.sandbox.put_state(&state).await?;
        let widget = tom_chooses(stage, ART.name).await?;
        widget.pending().wait_teachers(50, 50).await
    })
    .await
}

#[tokio::test]
async fn teachers_that_cannot_be_read_are_not_shown_as_none() -> Result<()> {
    play(async |stage| {
        let denied = Fault::google(
            403,
            "PERMISSION_DENIED",
            "The caller does not have permission",
        );
        let teachers = format!("/v1/courses/{}/teachers", BIOLOGY.id);
        stage.sandbox.faults(&[denied.on("GET", teachers)]).await?;
        let widget = tom_chooses(stage, BIOLOGY.name).await?;
        let card = widget.error("PERMISSION_DENIED").await?;
        ensure!(card.offers("Switch account"), "{card:?}");
        let part = stage.browser.find(&Pending::part()).await?;
        ensure!(part.shown_text().await?.contains("couldn't be read"));
        ensure!(!stage.browser.text().await?.contains("of at most"));

        stage.sandbox.faults(&[]).await?;
        stage
            .browser
            .press(&hallpass_e2e::find::button("Refresh"))
            .await?;
        widget.pending().wait_teachers(2, 50).await
    })
    .await
}
