//! The answer to a join gets lost on the way: what became of the join is looked up before anything
//! is said. How often the widget asks again by itself is its own affair, within limits; what counts
//! is what the person reads in the end, and that the class has them once.

use std::time::Duration;

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    browser::Options,
    fault::{Drop, Fault},
    pages::{OutcomeCard, Widget},
    play_with,
    school::{BIOLOGY, HOMEROOM, MAYA, SAM},
};

/// A call and its four repeats (design: at most four).
const MOST_TRIES: usize = 5;

/// Long enough for a few repeats with their waits.
fn patient() -> Options {
    Options {
        patience: Duration::from_secs(40),
        ..Options::default()
    }
}

/// Sam, signed in, tries to join Biology while this stands in the way.
async fn sam_joins_biology_despite<'a>(stage: &'a Stage, faults: &[Fault]) -> Result<Widget<'a>> {
    let widget = stage.open("course=741234567890").await?;
    widget.sign_in(SAM).await?;
    stage.sandbox.faults(faults).await?;
    widget.join().with(BIOLOGY.code).await
}

fn joins_of(course: &str) -> String {
    format!("/v1/courses/{course}/students")
}

/// At least one POST went there, at most so many as may, and none anywhere else.
async fn tried_within_limits(stage: &Stage, course: &str) -> Result<()> {
    let posts = stage.sandbox.posts().await?;
    ensure!(
        (1..=MOST_TRIES).contains(&posts.len())
            && posts.iter().all(|path| *path == joins_of(course)),
        "{posts:#?}"
    );
    Ok(())
}

/// The class has Maya once.
async fn has_maya_once(stage: &Stage, course_id: &str) -> Result<()> {
    let school = stage.sandbox.school().await?;
    assert_eq!(school.times_student(MAYA.email, course_id), 1);
    Ok(())
}

/// After the POST, `students.get` was asked about the person.
async fn was_looked_up(stage: &Stage, course: &str) -> Result<()> {
    let calls = stage.sandbox.calls().await?;
    let wrote = calls
        .iter()
        .position(|call| call.is("POST", &joins_of(course)));
    let looked = calls
        .iter()
        .rposition(|call| call.is("GET", &format!("{}/me", joins_of(course))));
    ensure!(
        wrote.is_some() && wrote < looked,
        "nobody looked: {calls:#?}"
    );
    Ok(())
}

#[tokio::test]
async fn a_connection_that_breaks_after_the_join_is_looked_up_and_the_join_told() -> Result<()> {
    play_with(patient(), async |stage| {
        let widget = stage.open("").await?;
        widget.sign_in(MAYA).await?;
        widget.join().with("cutoffa").await?;
        let card = widget.outcome("joined").await?;
        card.link("Open class")?;
        assert_eq!(widget.cards().await?, ["joined"]);
        tried_within_limits(stage, "p%3Acutoffa").await?;
        was_looked_up(stage, "p%3Acutoffa").await?;
        has_maya_once(stage, "760100000124").await
    })
    .await
}

#[tokio::test]
async fn every_connection_that_breaks_after_the_join_is_looked_up_and_the_join_told() -> Result<()>
{
    play_with(patient(), async |stage| {
        let cut = Fault::dropped(Drop::After).on("POST", joins_of(BIOLOGY.id));
        let widget = sam_joins_biology_despite(stage, &[cut]).await?;
        let OutcomeCard { text, .. } = widget.outcome("joined").await?;
        ensure!(text.contains(BIOLOGY.name), "{text}");
        tried_within_limits(stage, BIOLOGY.id).await?;
        was_looked_up(stage, BIOLOGY.id).await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(SAM.email, BIOLOGY.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_connection_that_breaks_before_the_join_is_called_a_network_problem() -> Result<()> {
    play_with(patient(), async |stage| {
        let cut = Fault::dropped(Drop::Before).on("POST", joins_of(BIOLOGY.id));
        let widget = sam_joins_biology_despite(stage, &[cut]).await?;
        let card = widget.error("NETWORK").await?;
        ensure!(
            card.actions.iter().any(|action| action == "Try again"),
            "{card:?}"
        );
        assert_eq!(widget.cards().await?, ["NETWORK"]);
        assert_eq!(widget.join().typed().await?, BIOLOGY.code);
        tried_within_limits(stage, BIOLOGY.id).await?;
        was_looked_up(stage, BIOLOGY.id).await?;
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(SAM.email, BIOLOGY.id), 0);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_join_and_a_look_up_both_lost_end_well_when_the_person_tries_again() -> Result<()> {
    play_with(patient(), async |stage| {
        let lost = Fault::dropped(Drop::After).on("POST", joins_of(BIOLOGY.id));
        let unseen = Fault::dropped(Drop::Before).on("GET", "/v1/courses/");
        let widget = sam_joins_biology_despite(stage, &[lost, unseen]).await?;
        widget.error("NETWORK").await?;

        // They are in the class, and nobody could know: trying again finds it out.
        stage.sandbox.faults(&[]).await?;
        stage
            .browser
            .press(&hallpass_e2e::find::button("Try again"))
            .await?;
        let card = widget.outcome("already-member").await?;
        ensure!(card.text.contains(BIOLOGY.name), "{card:?}");
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(SAM.email, BIOLOGY.id), 1);
        Ok(())
    })
    .await
}

/// Maya is in Homeroom; whatever the POST is answered with, the look-up finds her there.
async fn an_answer_that_proves_nothing(answer: Fault) -> Result<()> {
    play_with(patient(), async |stage| {
        let widget = stage.open(&format!("course={}", HOMEROOM.id)).await?;
        widget.sign_in(MAYA).await?;
        let answer = answer.on("POST", joins_of(HOMEROOM.id));
        stage.sandbox.faults(&[answer]).await?;
        widget.join().with(HOMEROOM.code).await?;
        let card = widget.outcome("joined").await?;
        ensure!(card.text.contains(HOMEROOM.name), "{card:?}");
        tried_within_limits(stage, HOMEROOM.id).await?;
        was_looked_up(stage, HOMEROOM.id).await?;
        has_maya_once(stage, HOMEROOM.id).await
    })
    .await
}

#[tokio::test]
async fn a_504_is_looked_up_before_anything_is_said() -> Result<()> {
    an_answer_that_proves_nothing(Fault::google(
        504,
        "DEADLINE_EXCEEDED",
        "Deadline expired before operation could complete.",
    ))
    .await
}

#[tokio::test]
async fn a_gateways_page_in_place_of_the_answer_is_looked_up_before_anything_is_said() -> Result<()>
{
    an_answer_that_proves_nothing(Fault::html(504, "<html><h1>Gateway timeout</h1></html>")).await
}

#[tokio::test]
async fn an_empty_answer_is_looked_up_before_anything_is_said() -> Result<()> {
    an_answer_that_proves_nothing(Fault::status(200)).await
}
