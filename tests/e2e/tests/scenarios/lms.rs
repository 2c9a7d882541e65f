//! In a course page of a learning management system, which has a plain frame and, perhaps, messages of
//! its own.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    find::Role,
    pages::Host,
    play,
    school::{BIOLOGY, MAYA},
};
use serde_json::Value;

/// The messages with this subject that were written down as `object` or `text`.
async fn heard(page: Host<'_>, kind: &str, subject: &str) -> Result<Vec<Value>> {
    page.messages()
        .await?
        .iter()
        .filter_map(|line| line.strip_prefix(kind)?.strip_prefix(' '))
        .filter_map(|message| serde_json::from_str::<Value>(message).ok())
        .filter(|message| message["subject"] == subject)
        .map(Ok)
        .collect()
}

/// Waits until the frame is as high as the last height that was asked for in this way.
async fn follows(stage: &Stage, page: Host<'_>, kind: &str) -> Result<f64> {
    let mut height = 0.0;
    stage
        .browser
        .wait_until("the frame has the height that was asked for", async || {
            let asked = heard(page, kind, "lti.frameResize").await?;
            let Some(last) = asked.last() else {
                return Ok(false);
            };
            let last = match &last["height"] {
                Value::String(text) => text.parse()?,
                other => other.as_f64().context("no height")?,
            };
            height = page.frame_height().await?;
            // A border may stand around it.
            Ok((height - last).abs() <= 2.0)
        })
        .await?;
    Ok(height)
}

/// A student joins with Google; the frame grows to hold the answer.
async fn joins(stage: &Stage, path: &str, kind: &str) -> Result<()> {
    let page = Host::open(stage, path).await?;
    page.enter().await?.join().wait().await?;
    let before = follows(stage, page, kind).await?;
    ensure!(before > 200.0, "{before}");
    page.join_with_google(MAYA, BIOLOGY.code).await?;
    // What has been asked for may be what was there before the answer.
    let grows = async || Ok(follows(stage, page, kind).await? > before && page.fits().await?);
    stage
        .browser
        .wait_until("it grows, and fits", grows)
        .await?;
    let school = stage.sandbox.school().await?;
    assert_eq!(school.times_student(MAYA.email, BIOLOGY.id), 1);
    Ok(())
}

#[tokio::test]
async fn the_words_are_in_the_language_of_the_page_settings() -> Result<()> {
    play(async |stage| {
        let page = Host::open(stage, "lms?locale=es").await?;
        page.enter().await?;
        let language = "return document.querySelector('.hall-pass')?.lang ?? ''";
        stage
            .browser
            .wait_until("the words are Spanish", async || {
                Ok(stage.browser.evaluate(language).await? == "es")
            })
            .await
    })
    .await
}

#[tokio::test]
async fn a_student_joins_in_a_page_that_answers_as_canvas_does() -> Result<()> {
    play(async |stage| {
        joins(stage, "lms", "object").await?;
        let page = Host::shown(&stage.browser);
        assert_eq!(heard(page, "object", "lti.capabilities").await?.len(), 1);
        // As objects and as texts, since systems differ in what they take.
        stage
            .browser
            .wait_until("each height is asked for in both ways", async || {
                let objects = heard(page, "object", "lti.frameResize").await?;
                let texts = heard(page, "text", "lti.frameResize").await?;
                Ok(objects.len() == texts.len())
            })
            .await
    })
    .await
}

#[tokio::test]
async fn a_student_joins_in_a_page_that_takes_texts_and_answers_none_as_moodle_does() -> Result<()>
{
    play(async |stage| {
        joins(stage, "lms/moodle", "text").await?;
        let page = Host::shown(&stage.browser);
        // Nobody said that these would be understood.
        for subject in ["lti.getPageSettings", "lti.screenReaderAlert"] {
            for kind in ["object", "text"] {
                assert_eq!(heard(page, kind, subject).await?, Vec::<Value>::new());
            }
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_has_come_of_it_is_read_aloud_by_the_page_that_can() -> Result<()> {
    play(async |stage| {
        let page = Host::open(stage, "lms").await?;
        let card = page.join_with_google(MAYA, BIOLOGY.code).await?;
        page.leave().await?;
        let log = (*stage.browser)
            .find(thirtyfour::By::Id("read-aloud"))
            .await?;
        stage
            .browser
            .wait_until("the outcome is read aloud", async || {
                let words = log.prop("textContent").await?.unwrap_or_default();
                Ok(!words.is_empty() && card.text.starts_with(&words))
            })
            .await
    })
    .await
}

#[tokio::test]
async fn a_page_that_knows_no_messages_still_has_a_widget_that_works() -> Result<()> {
    play(async |stage| {
        // The course page as it is without its script.
        let silent = hallpass_e2e::fault::Fault::status(404)
            .at(hallpass_e2e::fault::Origin::Pages)
            .on("GET", "/lms.js");
        stage.sandbox.faults(&[silent]).await?;
        let page = Host::open(stage, "lms").await?;
        page.join_with_google(MAYA, BIOLOGY.code).await.map(drop)
    })
    .await
}

#[tokio::test]
async fn no_message_to_a_course_page_tells_who_joins_what() -> Result<()> {
    play(async |stage| {
        let page = Host::open(stage, "lms").await?;
        page.join_with_google(MAYA, BIOLOGY.code).await?;
        tokio::time::sleep(Duration::from_millis(500)).await;
        for message in page.messages().await? {
            // What is read aloud is words for the person; the rest is nobody's business.
            if message.contains("lti.screenReaderAlert") {
                continue;
            }
            for private in ["ya29.", MAYA.email, "Maya", BIOLOGY.name] {
                ensure!(!message.contains(private), "{private} in {message}");
            }
        }
        Ok(())
    })
    .await
}

#[tokio::test]
async fn somebody_who_asked_the_page_for_high_contrast_gets_it_in_the_widget() -> Result<()> {
    play(async |stage| {
        let hint = Role::Button.named("Join class");
        let mut colours = Vec::new();
        for contrast in ["usual", "high"] {
            let page = Host::open(stage, &format!("lms?contrast={contrast}")).await?;
            page.enter().await?.join().wait().await?;
            // Answers take a moment, none at all half a second.
            tokio::time::sleep(Duration::from_millis(900)).await;
            let button = stage.browser.find(&hint).await?;
            colours.push(button.css_value("background-color").await?);
        }
        ensure!(colours[0] != colours[1], "{colours:?}");
        Ok(())
    })
    .await
}
