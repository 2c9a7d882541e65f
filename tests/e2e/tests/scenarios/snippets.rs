//! The snippets of `docs/embedding.md`, pasted into a page as they stand: only the places in them are
//! the sandbox's.

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    fault::{Fault, Origin},
    pages::{Host, Widget},
    play,
    school::{BIOLOGY, MAYA},
};
use serde_json::json;

const MANUAL: &str = include_str!("../../../../docs/embedding.md");

/// Those that are run here.
const RUN: [&str; 11] = [
    "plain",
    "fallback",
    "events",
    "theme",
    "tokens",
    "canvas",
    "moodle",
    "google-sites",
    "brightspace",
    "by-hand",
    "mount",
];

/// Those that a page cannot be without tools of its own.
const NOT_RUN: [&str; 2] = ["react", "react-types"];

/// Names and texts of the manual's snippets, those that are more than a piece of configuration.
fn snippets() -> Vec<(&'static str, &'static str)> {
    let mut found = Vec::new();
    let mut rest = MANUAL;
    while let Some((_, block)) = rest.split_once("\n```") {
        let Some((info, block)) = block.split_once('\n') else {
            break;
        };
        let Some((text, after)) = block.split_once("\n```") else {
            break;
        };
        if let Some((_, name)) = info.split_once(' ') {
            found.push((name, text));
        }
        rest = after;
    }
    found
}

/// The snippet of this name, as it stands.
fn snippet(name: &str) -> Result<&'static str> {
    let found = snippets().into_iter().find(|(known, _)| *known == name);
    let (_, text) = found.with_context(|| format!("the manual has no snippet {name}"))?;
    Ok(text)
}

/// The page that somebody makes of this snippet, and what its own server answers.
async fn pasted<'a>(stage: &'a Stage, name: &str, server: Vec<Fault>) -> Result<Host<'a>> {
    let body = snippet(name)?.replace("https://widget.school.example", "{widget}");
    Host::open_own_with(stage, &body, server).await
}

/// A student joins in the page that somebody makes of this snippet.
async fn works(name: &str) -> Result<()> {
    play(async |stage| {
        let page = pasted(stage, name, vec![]).await?;
        let card = page.join_with_google(MAYA, BIOLOGY.code).await?;
        ensure!(card.text.contains(BIOLOGY.name), "{card:?}");
        assert_eq!(
            stage.sandbox.posts().await?,
            [format!("/v1/courses/{}/students", BIOLOGY.id)]
        );
        Ok(())
    })
    .await
}

#[test]
fn every_snippet_of_the_manual_is_run_or_known_not_to_be() {
    let mut names: Vec<_> = snippets().into_iter().map(|(name, _)| name).collect();
    names.sort_unstable();
    let mut known: Vec<_> = RUN.into_iter().chain(NOT_RUN).collect();
    known.sort_unstable();
    assert_eq!(names, known);
}

#[tokio::test]
async fn the_plain_page_works() -> Result<()> {
    works("plain").await
}

#[tokio::test]
async fn the_page_with_a_link_for_whoever_has_no_script_works() -> Result<()> {
    works("fallback").await
}

#[tokio::test]
async fn the_frame_for_canvas_works() -> Result<()> {
    works("canvas").await
}

#[tokio::test]
async fn the_frame_for_moodle_works() -> Result<()> {
    works("moodle").await
}

#[tokio::test]
async fn the_frame_for_google_sites_works() -> Result<()> {
    works("google-sites").await
}

#[tokio::test]
async fn the_frame_for_brightspace_works() -> Result<()> {
    works("brightspace").await
}

#[tokio::test]
async fn the_page_that_does_without_a_frame_works() -> Result<()> {
    play(async |stage| {
        let text = snippet("mount")?.replace("https://widget.school.example", ".");
        Host::open_beside(stage, &text, vec![]).await?;
        let widget = Widget::new(&stage.browser);
        widget.join_with_google(MAYA, &BIOLOGY).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn the_page_that_speaks_by_hand_works_and_sizes_its_frame() -> Result<()> {
    play(async |stage| {
        let page = pasted(stage, "by-hand", vec![]).await?;
        page.join_with_google(MAYA, BIOLOGY.code).await?;
        stage
            .browser
            .wait_until("the frame is sized", async || {
                Ok(page.frame_height().await? > 300.0)
            })
            .await
    })
    .await
}

#[tokio::test]
async fn the_page_that_hears_of_it_says_so() -> Result<()> {
    play(async |stage| {
        let page = pasted(stage, "events", vec![]).await?;
        page.join_with_google(MAYA, BIOLOGY.code).await?;
        page.leave().await?;
        stage
            .browser
            .wait_for_text(&format!("Joined class {}", BIOLOGY.id))
            .await
    })
    .await
}

#[tokio::test]
async fn the_page_with_colours_of_its_own_has_them_in_the_widget() -> Result<()> {
    play(async |stage| {
        let page = pasted(stage, "theme", vec![]).await?;
        page.enter().await?.join().wait().await?;
        let button = hallpass_e2e::pages::Join::button();
        stage
            .browser
            .wait_until("the button has the page's colour", async || {
                let button = stage.browser.find(&button).await?;
                let colour = button.css_value("background-color").await?;
                Ok(colour.starts_with("rgba(122, 31, 92") || colour.starts_with("rgb(122, 31, 92"))
            })
            .await
    })
    .await
}

#[tokio::test]
async fn the_page_that_signs_people_in_does_so() -> Result<()> {
    play(async |stage| {
        let scopes = [
            "classroom.rosters",
            "classroom.profile.emails",
            "classroom.courses.readonly",
        ];
        let token = stage.sandbox.token(MAYA.email, &scopes).await?;
        let answer = json!({ "accessToken": token, "expiresIn": 3599 }).to_string();
        let page = pasted(
            stage,
            "tokens",
            vec![
                Fault::json(200, &answer)
                    .at(Origin::Pages)
                    .on("POST", "/classroom-token"),
            ],
        )
        .await?;
        let widget = page.enter().await?;
        widget.wait_signed_in(MAYA).await?;
        widget.join().with(BIOLOGY.code).await?;
        widget.outcome("joined").await.map(drop)
    })
    .await
}
