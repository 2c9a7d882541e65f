//! "Waiting for an answer", below the form of "Invite people".

use anyhow::Result;

use super::invite::tom;
use crate::{
    find::button,
    pages::Widget,
    school::{ART, BIOLOGY, WANDA},
    stage::Stage,
};

/// Nobody is invited.
pub async fn nobody(stage: &Stage) -> Result<()> {
    tom(stage, &ART).await?;
    let said = "No invitation is waiting for an answer.";
    stage.browser.wait_for_text(said).await
}

/// Wanda is invited, among others, and this is done about it.
async fn wandas<'a>(stage: &'a Stage, action: &str) -> Result<Widget<'a>> {
    let widget = tom(stage, &BIOLOGY).await?;
    widget.share().wait_on(true).await?;
    widget.pending().press(WANDA.email, action).await?;
    Ok(widget)
}

/// An invitation is withdrawn, which can be undone.
pub async fn withdrawn(stage: &Stage) -> Result<()> {
    let widget = wandas(stage, "Withdraw").await?;
    widget.outcome("withdrawn").await?;
    stage.browser.find(&button("Undo")).await.map(drop)
}

/// Somebody is invited in another role than before.
pub async fn role_changed(stage: &Stage) -> Result<()> {
    let widget = wandas(stage, "Change to co-teacher").await?;
    widget.outcome("role-changed").await.map(drop)
}

/// An invitation is withdrawn, and the new one cannot be sent.
pub async fn lost(stage: &Stage) -> Result<()> {
    let refused = super::unavailable().on("POST", "/v1/invitations");
    stage.sandbox.faults(&[refused]).await?;
    let widget = wandas(stage, "Send again").await?;
    widget.error("UNAVAILABLE").await?;
    widget
        .pending()
        .wait_state(WANDA.email, "lost")
        .await
        .map(drop)
}
