//! "Join a class".

use anyhow::Result;
use serde_json::json;
use thirtyfour::Key;

use crate::{
    fault::Fault,
    find::button,
    pages::Widget,
    school::{ART, BIOLOGY, CHESS, MAYA, NORA, SAM},
    stage::Stage,
};

const STUDENTS: &str = "/v1/courses/741234567890/students";

/// The form of a page that is for Biology.
const FOR_BIOLOGY: &str = "course=741234567890";

/// Nobody is signed in, nothing is typed.
pub async fn empty(stage: &Stage) -> Result<()> {
    stage.open("").await?.join().wait().await
}

/// Somebody has followed a link with class and code.
pub async fn code_filled_in(stage: &Stage) -> Result<()> {
    let widget = stage.open("course=741234567890&code=k5xq2ma").await?;
    widget.join().wait().await
}

/// The school has a directory of classes.
async fn directory(stage: &Stage) -> Result<Widget<'_>> {
    let courses = json!([
        { "id": ART.id, "name": ART.name, "section": "Wednesdays" },
        { "id": BIOLOGY.id, "name": BIOLOGY.name, "section": "Period 3" },
        { "id": CHESS.id, "name": CHESS.name },
    ]);
    stage
        .sandbox
        .configure(json!({ "courses": courses }))
        .await?;
    let widget = stage.open("").await?;
    widget.join().wait().await?;
    Ok(widget)
}

/// The directory's list is open, the arrow keys have led to its second class.
pub async fn directory_open(stage: &Stage) -> Result<()> {
    let classes = directory(stage).await?.join().directory();
    classes.clear().await?;
    for class in [ART, BIOLOGY] {
        stage.browser.strike(Key::Down).await?;
        classes.wait_active(class.name).await?;
    }
    Ok(())
}

/// A class of the directory is chosen.
pub async fn directory_chosen(stage: &Stage) -> Result<()> {
    let join = directory(stage).await?.join();
    join.choose_class("che", CHESS.name).await?;
    join.directory().wait_open(false).await
}

/// What is typed has digits that codes never have.
pub async fn suggestions(stage: &Stage) -> Result<()> {
    stage.open("").await?.join().type_in("k5xq2m0").await?;
    stage.browser.wait_for_text("Did you mean").await
}

/// Google's window is open behind the widget.
pub async fn asking_google(stage: &Stage) -> Result<()> {
    let widget = stage.open(FOR_BIOLOGY).await?;
    let google = widget.open_signin().await?;
    google.leave_open().await?;
    stage
        .browser
        .wait_until("the widget waits for Google's window", async || {
            widget.is_asking().await
        })
        .await
}

async fn sam(stage: &Stage) -> Result<Widget<'_>> {
    let widget = stage.open(FOR_BIOLOGY).await?;
    widget.sign_in(SAM).await?;
    Ok(widget)
}

/// Somebody is signed in; an account with a picture.
pub async fn signed_in(stage: &Stage) -> Result<()> {
    sam(stage).await.map(drop)
}

/// Sam has pressed "Join class" while this stands in the way.
async fn sam_joins_despite(stage: &Stage, fault: Fault) -> Result<Widget<'_>> {
    let widget = sam(stage).await?;
    let fault = fault.on("POST", STUDENTS);
    stage.sandbox.faults(&[fault]).await?;
    widget.join().with(BIOLOGY.code).await
}

/// The join is under way.
pub async fn joining(stage: &Stage) -> Result<()> {
    stage.browser.lift_limits().await?;
    sam_joins_despite(stage, super::endless()).await?;
    stage.browser.wait_for_text("Joining the class").await
}

/// Google is busy; the widget says how long it waits.
pub async fn waiting(stage: &Stage) -> Result<()> {
    stage.browser.lift_limits().await?;
    let busy = Fault::google(429, "RESOURCE_EXHAUSTED", "Quota exceeded.").retry_after("30");
    let widget = sam_joins_despite(stage, busy).await?;
    widget.progress().wait_for_countdown().await.map(drop)
}

/// A pause was stopped.
pub async fn stopped(stage: &Stage) -> Result<()> {
    waiting(stage).await?;
    Widget::new(&stage.browser).progress().stop().await?;
    stage.browser.wait_for_text("Stopped.").await
}

/// In the class.
pub async fn joined(stage: &Stage) -> Result<()> {
    let widget = sam(stage).await?.join().with(BIOLOGY.code).await?;
    widget.outcome("joined").await.map(drop)
}

/// In the class for longer.
pub async fn already_member(stage: &Stage) -> Result<()> {
    let widget = stage.open("course=512251138243&code=h2omer7").await?;
    widget.sign_in(MAYA).await?;
    widget.join().press().await?;
    widget.outcome("already-member").await.map(drop)
}

/// What is typed is no code: the field is marked.
pub async fn input_invalid(stage: &Stage) -> Result<()> {
    let widget = stage.open("").await?.join().with("k5xq").await?;
    let card = widget.error("INPUT_INVALID").await?;
    widget.join().wait_to_be_corrected(&card).await
}

/// A code that leads nowhere.
pub async fn refused_wrong_code(stage: &Stage) -> Result<()> {
    let widget = stage.open("").await?;
    widget.sign_in(SAM).await?;
    widget.join().with("zzzzzzz").await?;
    widget.error("COURSE_UNKNOWN").await.map(drop)
}

/// A class that has no room; the school names who helps.
pub async fn refused_full_class(stage: &Stage) -> Result<()> {
    super::name_support(stage).await?;
    let widget = stage.open("").await?;
    widget.sign_in(SAM).await?;
    widget.join().with("fulllll").await?;
    widget.error("CourseMemberLimitReached").await.map(drop)
}

/// "Details for IT" are open.
pub async fn details_open(stage: &Stage) -> Result<()> {
    refused_full_class(stage).await?;
    Widget::new(&stage.browser).details().await?;
    stage.browser.find(&button("Copy details")).await.map(drop)
}

async fn code_typed(stage: &Stage) -> Result<Widget<'_>> {
    let widget = stage.open(FOR_BIOLOGY).await?;
    widget.join().type_in(BIOLOGY.code).await?;
    Ok(widget)
}

/// Google's window was closed twice; the school names who helps.
pub async fn window_closed(stage: &Stage) -> Result<()> {
    super::name_support(stage).await?;
    let widget = code_typed(stage).await?;
    widget.join().press_signed_out().await?.close().await?;
    widget.error("POPUP_CLOSED").await?;
    let again = widget.follow_signed_out("Sign in with Google").await?;
    again.close().await?;
    stage
        .browser
        .find(&button("Copy client id"))
        .await
        .map(drop)
}

/// Somebody has said no to Google.
pub async fn access_denied(stage: &Stage) -> Result<()> {
    let widget = code_typed(stage).await?;
    let google = widget.join().press_signed_out().await?;
    google.choose(MAYA).await?;
    google.cancel().await?;
    widget.error("ACCESS_DENIED").await.map(drop)
}

/// A box of Google's was left without its tick.
pub async fn permission_missing(stage: &Stage) -> Result<()> {
    let widget = code_typed(stage).await?;
    let google = widget.join().press_signed_out().await?;
    google.choose(MAYA).await?;
    google
        .untick("Manage your Google Classroom class rosters")
        .await?;
    google.allow().await?;
    widget.error("SCOPE_MISSING").await.map(drop)
}

/// An account that is not the school's.
pub async fn wrong_school(stage: &Stage) -> Result<()> {
    let domain = json!({ "hostedDomain": "school.example" });
    stage.sandbox.configure(domain).await?;
    let widget = code_typed(stage).await?;
    let google = widget.join().press_signed_out().await?;
    google.use_another_account().await?;
    google.sign_in(NORA).await?;
    widget.error("WRONG_DOMAIN").await.map(drop)
}
