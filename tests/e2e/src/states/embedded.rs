//! In another page. Where that has a frame for the widget, the browser's view is of the frame.

use anyhow::Result;
use serde_json::json;

use crate::{
    pages::{Host, Join, Widget},
    school::{BIOLOGY, MAYA},
    stage::Stage,
};

/// In a portal that has signed the person in.
async fn in_portal(stage: &Stage) -> Result<Widget<'_>> {
    let path = "portal?tokens=host&account=maya@school.example&course=741234567890";
    let widget = Host::open(stage, path).await?.enter().await?;
    widget.wait_signed_in(MAYA).await?;
    Ok(widget)
}

/// The form, in a portal that has signed the person in.
pub async fn join(stage: &Stage) -> Result<()> {
    in_portal(stage).await.map(drop)
}

/// The end of it.
pub async fn joined(stage: &Stage) -> Result<()> {
    let widget = in_portal(stage).await?;
    widget.join().with(BIOLOGY.code).await?;
    widget.outcome("joined").await.map(drop)
}

/// The portal cannot sign the person in.
pub async fn host_token(stage: &Stage) -> Result<()> {
    let path = "portal?tokens=host&account=nobody@school.example";
    let widget = Host::open(stage, path).await?.enter().await?;
    widget.error("HOST_TOKEN").await.map(drop)
}

/// A frame that may open no windows: the way out is a tab of its own.
pub async fn no_windows(stage: &Stage) -> Result<()> {
    let page = Host::open(stage, "hostile/no-popups").await?;
    let widget = page.enter().await?.join().with(BIOLOGY.code).await?;
    widget.error("POPUP_IMPOSSIBLE").await.map(drop)
}

/// A page that `config.json` does not list.
pub async fn page_not_listed(stage: &Stage) -> Result<()> {
    let others = json!({ "embedders": ["https://portal.school.example"] });
    stage.sandbox.configure(others).await?;
    let widget = Host::open(stage, "hostile/plain").await?.enter().await?;
    widget.error("CONFIG").await.map(drop)
}

/// In a page of the widget's own origin, without a frame: below the page's own heading.
pub async fn mounted(stage: &Stage) -> Result<()> {
    let body = "<meta name=viewport content='width=device-width, initial-scale=1'>
         <main><h1>A page</h1><div id=place></div></main>
         <script type=module>
           import { mount } from './hallpass.js';
           await mount(document.getElementById('place'), { view: 'join', hl: 'en' });
         </script>";
    Host::open_beside(stage, body, Vec::new()).await?;
    stage.browser.find(&Join::button()).await.map(drop)
}
