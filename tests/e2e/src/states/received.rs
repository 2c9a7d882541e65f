//! "My invitations".

use anyhow::Result;

use crate::{
    find::Role,
    pages::Widget,
    school::{CARL, IVY, MAYA, Person, WANDA},
    stage::Stage,
};

const DRAMA_CLUB: &str = "Drama Club Invitations";
const FULL_HOUSE: &str = "Full house Sandbox";
const CHESS: &str = "Chess After school";

/// Nobody is signed in.
pub async fn signed_out(stage: &Stage) -> Result<()> {
    stage.open("view=received").await?.received().wait().await
}

async fn looks(stage: &Stage, person: Person, count: usize) -> Result<Widget<'_>> {
    let widget = stage.open("view=received").await?;
    widget.received().wait().await?;
    widget.sign_in(person).await?;
    widget.received().wait_count(count).await?;
    Ok(widget)
}

async fn ivy_looks(stage: &Stage) -> Result<Widget<'_>> {
    looks(stage, IVY, 9).await
}

/// Nine wait, one of them with a class whose name may not be read.
pub async fn list(stage: &Stage) -> Result<()> {
    ivy_looks(stage).await.map(drop)
}

/// None waits.
pub async fn none(stage: &Stage) -> Result<()> {
    looks(stage, MAYA, 0).await?;
    let said = "New invitations show up here.";
    stage.browser.wait_for_text(said).await
}

/// A no is asked once more.
pub async fn decline_asked(stage: &Stage) -> Result<()> {
    let widget = ivy_looks(stage).await?;
    widget.received().press(DRAMA_CLUB, "Decline").await?;
    let question = Role::Group.named("Decline this invitation?");
    stage.browser.find(&question).await.map(drop)
}

/// So is the yes to owning a class.
pub async fn ownership_asked(stage: &Stage) -> Result<()> {
    let widget = looks(stage, CARL, 1).await?;
    widget.received().press(CHESS, "Accept").await?;
    let question = Role::Group.named("Become the owner of this class?");
    stage.browser.find(&question).await.map(drop)
}

/// The only one is accepted.
pub async fn accepted(stage: &Stage) -> Result<()> {
    let widget = looks(stage, WANDA, 1).await?;
    widget
        .received()
        .press("Biology 7b Period 3", "Accept")
        .await?;
    widget.outcome("accepted").await?;
    widget.received().wait_count(0).await
}

/// One of nine is declined.
pub async fn declined(stage: &Stage) -> Result<()> {
    let widget = ivy_looks(stage).await?;
    widget.received().decline(DRAMA_CLUB).await?;
    widget.outcome("declined").await?;
    widget.received().wait_count(8).await
}

/// A class that has no room any more.
pub async fn refused(stage: &Stage) -> Result<()> {
    let widget = ivy_looks(stage).await?;
    widget.received().press(FULL_HOUSE, "Accept").await?;
    widget.error("CourseMemberLimitReached").await.map(drop)
}
