//! "Share this class", below the form of "Invite people". As it is for most classes it is in
//! `invite::class_chosen`.

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::invite::tom;
use crate::{
    find::button,
    pages::Share,
    school::{ART, BIOLOGY, CHESS, Course, TOM},
    stage::Stage,
};

/// The switch was just switched on.
pub async fn code_alone_on(stage: &Stage) -> Result<()> {
    let widget = tom(stage, &CHESS).await?;
    widget.share().wait_on(false).await?;
    let google = widget.share().press_switch_for_permission().await?;
    google.allow().await?;
    widget.outcome("code-alone-on").await?;
    widget.share().wait_on(true).await
}

/// The code of this class is another one, or none.
async fn with_code(stage: &Stage, class: &Course, code: Option<&str>) -> Result<()> {
    let mut state = stage.sandbox.state().await?;
    let mut courses = state["courses"].as_array_mut().into_iter().flatten();
    let course = courses
        .find(|course| course["id"] == class.id)
        .and_then(Value::as_object_mut)
        .with_context(|| format!("no {}", class.name))?;
    course.remove("enrollmentCode");
    if let Some(code) = code {
        course.insert("enrollmentCode".to_owned(), json!(code));
    }
    stage.sandbox.put_state(&state).await
}

/// The code was reset; the old one still leads here.
pub async fn new_code(stage: &Stage) -> Result<()> {
    let reset = Course {
        code: "n3wcode",
        ..BIOLOGY
    };
    with_code(stage, &reset, Some(reset.code)).await?;
    tom(stage, &reset).await?;
    stage
        .browser
        .find(&button("Use the new code"))
        .await
        .map(drop)
}

/// The code is switched off.
pub async fn no_code(stage: &Stage) -> Result<()> {
    with_code(stage, &ART, None).await?;
    stage.open_for("invite", TOM, &ART).await?;
    stage
        .browser
        .wait_for_text("This class has no code: it's switched off.")
        .await?;
    stage.browser.wait_for_text(" of at most ").await
}

/// The code fills the screen.
pub async fn poster(stage: &Stage) -> Result<()> {
    tom(stage, &BIOLOGY).await?.share().wait_on(true).await?;
    stage.browser.press(&Share::enlarge()).await?;
    stage.browser.find(&Share::poster()).await.map(drop)
}
