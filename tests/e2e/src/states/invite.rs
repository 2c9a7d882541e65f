//! "Invite people": a class, a role, addresses, and what becomes of them. What stands below for a
//! class is in `pending` and `share`.

use anyhow::{Context, Result};
use serde_json::json;

use crate::{
    fault::Fault,
    find::Role,
    pages::{Review, Widget},
    school::{ART, BIOLOGY, Course, MAYA, PRIYA, SAM, TOM, WANDA},
    stage::Stage,
};

const INVITATIONS: &str = "/v1/invitations";

/// Longer than any run here.
const LONG: std::time::Duration = std::time::Duration::from_secs(40);

/// Nobody is signed in.
pub async fn signed_out(stage: &Stage) -> Result<()> {
    stage.open("view=invite").await?.invite().wait().await
}

/// The list of the teacher's classes is open.
pub async fn class_list_open(stage: &Stage) -> Result<()> {
    let widget = stage.open("view=invite").await?;
    widget.sign_in(TOM).await?;
    let classes = widget.invite().class();
    stage
        .browser
        .wait_until("the classes are offered", async || {
            classes.type_in("b").await?;
            Ok(!classes.offered().await?.is_empty())
        })
        .await
}

/// Tom, with all that is shown of this class.
pub(super) async fn tom<'a>(stage: &'a Stage, class: &Course) -> Result<Widget<'a>> {
    let widget = stage.open_for("invite", TOM, class).await?;
    widget.share().wait_code(class.code).await?;
    stage.browser.find(&Role::Switch.any()).await?;
    stage
        .browser
        .wait_until("the teachers are listed", async || {
            Ok(stage.browser.text().await?.contains(" of at most "))
        })
        .await?;
    Ok(widget)
}

/// A class is chosen: open invitations, teachers and the code stand below.
pub async fn class_chosen(stage: &Stage) -> Result<()> {
    let widget = tom(stage, &BIOLOGY).await?;
    stage
        .browser
        .wait_until("three wait", async || {
            Ok(widget.pending().list().await?.len() == 3)
        })
        .await?;
    widget.share().wait_on(true).await
}

/// There is nothing to check: the field is marked.
pub async fn nothing_pasted(stage: &Stage) -> Result<()> {
    let widget = tom(stage, &ART).await?;
    widget.invite().press_check().await?;
    widget.error("INPUT_INVALID").await.map(drop)
}

/// Addresses of every kind.
async fn reviewed(stage: &Stage) -> Result<Review<'_>> {
    let widget = tom(stage, &BIOLOGY).await?;
    let pasted = format!(
        "{0}, bob@school, {0}, {1}, {2}, {3}",
        MAYA.email, WANDA.email, PRIYA.email, "sam@schoo1.example"
    );
    let review = widget.invite().check(&pasted).await?;
    review
        .wait_rows(&[
            (MAYA.email, "ready"),
            ("bob@school", "invalid"),
            (MAYA.email, "duplicate"),
            (WANDA.email, "already-invited"),
            (PRIYA.email, "already-member"),
            ("sam@schoo1.example", "ready"),
        ])
        .await?;
    Ok(review)
}

/// What can be told of addresses before anything is sent.
pub async fn review(stage: &Stage) -> Result<()> {
    reviewed(stage).await.map(drop)
}

/// An address is being corrected.
pub async fn correcting(stage: &Stage) -> Result<()> {
    let review = reviewed(stage).await?;
    review.correct("bob@school", "bob@school.exam").await
}

/// Some addresses are of another school: the teacher is asked before they are sent anything.
pub async fn other_school_asked(stage: &Stage) -> Result<()> {
    reviewed(stage).await?.send().await?;
    let title = "Some addresses aren't from school.example";
    stage
        .browser
        .find(&Role::Group.named(title))
        .await
        .map(drop)
}

/// So many people, checked, for Art Club.
async fn about_to_be_sent(stage: &Stage, count: usize) -> Result<Review<'_>> {
    let mut school = stage.sandbox.state().await?;
    let accounts = school["accounts"].as_array_mut().context("no accounts")?;
    let emails: Vec<_> = (1..=count)
        .map(|number| format!("pupil{number}@school.example"))
        .collect();
    for (number, email) in emails.iter().enumerate() {
        accounts.push(json!({
            "id": format!("1300000000000000{number:05}"), "email": email, "name": email,
        }));
    }
    stage.sandbox.put_state(&school).await?;
    let widget = tom(stage, &ART).await?;
    widget.invite().check(&emails.join("\n")).await
}

/// A run in which this stands in the way of every invitation.
async fn sent_despite(stage: &Stage, fault: Fault) -> Result<Review<'_>> {
    stage.browser.lift_limits().await?;
    let review = about_to_be_sent(stage, 6).await?;
    let fault = fault.on("POST", INVITATIONS);
    stage.sandbox.faults(&[fault]).await?;
    review.send().await?;
    Ok(review)
}

/// A run: four are on their way, two wait for their turn.
pub async fn sending(stage: &Stage) -> Result<()> {
    let review = sent_despite(stage, super::endless()).await?;
    stage
        .browser
        .wait_until("four are on their way", async || {
            Ok(review.count("sending").await? == 4)
        })
        .await
}

/// A run that was paused.
pub async fn paused(stage: &Stage) -> Result<()> {
    sending(stage).await?;
    let review = Widget::new(&stage.browser).invite().review();
    review.press("Pause").await?;
    stage.browser.wait_for_text("Paused.").await
}

/// A run for which Google has no time, and says when it has.
pub async fn busy(stage: &Stage) -> Result<()> {
    let busy = Fault::google(429, "RESOURCE_EXHAUSTED", "Quota exceeded.").retry_after("30");
    sent_despite(stage, busy).await?;
    stage.browser.wait_for_text("Trying again in").await
}

/// A run in which all went well. One is sent: of several on their way at once, any may arrive first.
pub async fn done(stage: &Stage) -> Result<()> {
    let review = about_to_be_sent(stage, 1).await?;
    review.send().await?;
    review.wait_over(LONG).await?;
    Widget::new(&stage.browser)
        .outcome("invited")
        .await
        .map(drop)
}

/// A run in which some were refused, each with what may help.
pub async fn done_some_failed(stage: &Stage) -> Result<()> {
    let widget = tom(stage, &ART).await?;
    let pasted = [
        SAM.email,
        "invited@school.example",
        "missing@school.example",
        "disabled@school.example",
        "untrusted@other.example",
    ];
    let review = widget.invite().check(&pasted.join("\n")).await?;
    review.send().await?;
    review.press("They're right").await?;
    review.wait_over(LONG).await?;
    review
        .wait_rows(&[
            (SAM.email, "sent"),
            ("invited@school.example", "already-invited"),
            ("missing@school.example", "failed"),
            ("disabled@school.example", "failed"),
            ("untrusted@other.example", "failed"),
        ])
        .await?;
    widget.outcome("invited").await.map(drop)
}
