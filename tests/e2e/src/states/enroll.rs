//! "Add students".

use anyhow::Result;
use serde_json::json;

use crate::{
    pages::{Review, Widget},
    school::{ADA, ART, MAYA, NORA, OTTO, SAM},
    stage::Stage,
};

/// Longer than any run here.
const LONG: std::time::Duration = std::time::Duration::from_secs(40);

/// The view, with an administrator signed in.
async fn ada(stage: &Stage) -> Result<Widget<'_>> {
    let views = json!({ "views": ["enroll", "join"] });
    stage.sandbox.configure(views).await?;
    let widget = stage.open("view=enroll").await?;
    widget.enroll().wait().await?;
    widget.sign_in(ADA).await?;
    stage
        .browser
        .wait_for_text("or paste its link, number or alias")
        .await?;
    Ok(widget)
}

/// An administrator is signed in, nothing is typed.
pub async fn empty(stage: &Stage) -> Result<()> {
    ada(stage).await.map(drop)
}

async fn reviewed(stage: &Stage) -> Result<Review<'_>> {
    let enroll = ada(stage).await?.enroll();
    enroll.choose_class(ART.name).await?;
    let people = [NORA, SAM, OTTO].map(|person| person.email);
    enroll.check(&people.join(", ")).await
}

/// Students are about to be added.
pub async fn review(stage: &Stage) -> Result<()> {
    let enroll = ada(stage).await?.enroll();
    enroll.choose_class("Homeroom").await?;
    let people = [MAYA, SAM].map(|person| person.email);
    let review = enroll.check(&people.join(", ")).await?;
    review
        .wait_rows(&[(MAYA.email, "already-member"), (SAM.email, "ready")])
        .await
}

/// Some can only be invited instead.
pub async fn done_some_refused(stage: &Stage) -> Result<()> {
    let review = reviewed(stage).await?;
    review.send().await?;
    review.press("They're right").await?;
    review.wait_over(LONG).await?;
    Widget::new(&stage.browser)
        .outcome("enrolled")
        .await
        .map(drop)
}
