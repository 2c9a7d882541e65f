//! Where the class comes from: the first available of link, preset, directory and alias, and never a
//! second one after a refusal. What concerns the directory is beside it, in `directory`.

use anyhow::{Result, ensure};
use hallpass_e2e::{
    find::Role,
    play,
    school::{ART, BIOLOGY, CHESS, MAYA, SAM},
};
use serde_json::json;

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
        assert_eq!(
            stage.sandbox.posts().await?,
            ["/v1/courses/p%3Ak5xq2ma/students"]
        );
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
        assert_eq!(
            stage.sandbox.posts().await?,
            ["/v1/courses/p%3Am3wnq6a/students"]
        );
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
            stage.sandbox.posts().await?,
            [format!("/v1/courses/{}/students", ART.id)]
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_pasted_link_comes_before_the_preset_class_and_before_the_alias_of_its_code() -> Result<()>
{
    play(async |stage| {
        let widget = stage.open(&format!("course={}", CHESS.id)).await?;
        widget.sign_in(SAM).await?;
        widget.join().with(&BIOLOGY.invite_link()).await?;
        widget.outcome("joined").await?;
        assert_eq!(
            stage.sandbox.posts().await?,
            [format!("/v1/courses/{}/students", BIOLOGY.id)]
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_preset_class_comes_before_the_alias_of_the_code() -> Result<()> {
    play(async |stage| {
        let widget = stage.open(&format!("course={}", BIOLOGY.id)).await?;
        widget.sign_in(SAM).await?;
        widget.join().with(BIOLOGY.code).await?;
        widget.outcome("joined").await?;
        assert_eq!(
            stage.sandbox.posts().await?,
            [format!("/v1/courses/{}/students", BIOLOGY.id)]
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_preset_class_comes_before_the_directory() -> Result<()> {
    play(async |stage| {
        stage
            .sandbox
            .configure(json!({
                "course": BIOLOGY.id,
                "courses": [{ "id": ART.id, "name": ART.name }],
            }))
            .await?;
        let widget = stage.open("").await?;
        widget.sign_in(SAM).await?;
        widget.join().with(BIOLOGY.code).await?;
        widget.outcome("joined").await?;
        assert_eq!(
            stage.sandbox.posts().await?,
            [format!("/v1/courses/{}/students", BIOLOGY.id)]
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_refusal_in_the_links_class_is_tried_neither_on_the_preset_class_nor_on_the_alias()
-> Result<()> {
    play(async |stage| {
        // The code is that of Biology, preset and with an alias; the link leads to another class.
        let widget = stage.open(&format!("course={}", BIOLOGY.id)).await?;
        widget.sign_in(SAM).await?;
        let link = format!("{}?cjc={}", ART.link(), BIOLOGY.code);
        widget.join().with(&link).await?;
        widget.error("PERMISSION_DENIED").await?;
        assert_eq!(
            stage.sandbox.posts().await?,
            [format!("/v1/courses/{}/students", ART.id)]
        );
        assert_eq!(widget.join().typed().await?, link);
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(SAM.email, BIOLOGY.id), 0);
        Ok(())
    })
    .await
}

/// A class preset by an alias is asked for by it, percent-encoded.
async fn a_preset_alias(alias: &str, on_the_wire: &str) -> Result<()> {
    play(async |stage| {
        let mut state = stage.sandbox.state().await?;
        if let Some(aliases) = state["aliases"].as_array_mut() {
            aliases.push(json!({ "courseId": BIOLOGY.id, "alias": alias }));
        }
        stage.sandbox.put_state(&state).await?;
        stage.sandbox.configure(json!({ "course": alias })).await?;
        let widget = stage.open("").await?;
        widget.sign_in(SAM).await?;
        widget.join().with(BIOLOGY.code).await?;
        let card = widget.outcome("joined").await?;
        ensure!(
            card.link("Open class")?.starts_with(&BIOLOGY.link()),
            "{card:?}"
        );
        assert_eq!(
            stage.sandbox.posts().await?,
            [format!("/v1/courses/{on_the_wire}/students")]
        );
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_preset_alias_of_the_project_is_encoded_on_the_wire() -> Result<()> {
    a_preset_alias("p:bio/7b+2?", "p%3Abio%2F7b%2B2%3F").await
}

#[tokio::test]
async fn a_preset_alias_of_the_domain_is_encoded_on_the_wire() -> Result<()> {
    a_preset_alias("d:Bio 7b é", "d%3ABio%207b%20%C3%A9").await
}
