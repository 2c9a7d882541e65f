//! Where the class comes from: the first available of link, preset and alias, and never a second
//! one after a refusal.

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    find::Role,
    play,
    school::{ART, BIOLOGY, MAYA},
};

/// The paths of the POSTs there were.
async fn posts(stage: &Stage) -> Result<Vec<String>> {
    let writes = stage.sandbox.writes().await?;
    Ok(writes.into_iter().map(|call| call.path).collect())
}

#[tokio::test]
async fn a_bare_code_finds_its_class_by_the_alias_made_of_it() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.sign_in(MAYA).await?;
        widget.join().with("k5xq2ma").await?;
        let card = widget.outcome("joined").await?;
        ensure!(card.text.contains(BIOLOGY.name), "{card:?}");
        ensure!(
            card.link("Open class")?.starts_with(&BIOLOGY.link()),
            "{card:?}"
        );
        assert_eq!(posts(stage).await?, ["/v1/courses/p%3Ak5xq2ma/students"]);
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(MAYA.email, BIOLOGY.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_bare_code_without_an_alias_asks_for_the_class_and_tries_nothing_else() -> Result<()> {
    play(async |stage| {
        let widget = stage.open("").await?;
        widget.sign_in(MAYA).await?;
        widget.join().with(ART.code).await?;
        let card = widget.error("COURSE_UNKNOWN").await?;
        let way_out = stage
            .browser
            .find(&Role::Link.named("Join in Google Classroom"))
            .await?;
        assert_eq!(
            way_out.prop("href").await?.as_deref(),
            Some("https://classroom.google.com/h"),
            "{card:?}"
        );
        assert_eq!(posts(stage).await?, ["/v1/courses/p%3Am3wnq6a/students"]);
        assert_eq!(widget.join().typed().await?, ART.code);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_refusal_in_the_preset_class_is_not_tried_on_the_alias() -> Result<()> {
    play(async |stage| {
        // The code is that of Biology, and has an alias; the preset class is another.
        let widget = stage.open(&format!("course={}", ART.id)).await?;
        widget.sign_in(MAYA).await?;
        widget.join().with(BIOLOGY.code).await?;
        widget.error("PERMISSION_DENIED").await?;
        assert_eq!(
            posts(stage).await?,
            [format!("/v1/courses/{}/students", ART.id)]
        );
        Ok(())
    })
    .await
}
