//! The search for traces of secrets: after a scenario, no token may be left anywhere a later visitor,
//! a support person or another page could find it.

mod webdriver;
mod witness;

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use reqwest::Url;
use serde_json::{Value, json};

pub(crate) use witness::Witness;

use crate::{
    browser::{Browser, Watch},
    devtools::{DevTools, Page},
};

/// The search in one page; a function of the secrets.
const SEARCH: &str = concat!(
    "(() => {",
    include_str!("text.js"),
    "return (",
    include_str!("search.js"),
    ")})()"
);

/// How often a page is looked at that goes elsewhere meanwhile.
const TRIES: usize = 3;

/// Where the search's own variables are: beside the page's, out of its sight.
const WORLD: &str = "search for traces";

impl Browser {
    /// Looks for `secrets` in everything the browser has kept and in everything its pages have said,
    /// on the way or now; gives the names of the places where one was found, in order.
    ///
    /// The places, in every window and frame: localStorage, sessionStorage, cookies, IndexedDB,
    /// CacheStorage, the page with its fields, `window.name`, addresses and history with its states,
    /// performance entries; the console; messages between windows. A message *into* a page of the
    /// origin of `home` may carry a token, since that is how tokens come: from Google's window, and
    /// from the page around it.
    ///
    /// What was stored at that origin is searched also where no page of it is open any more: then
    /// `home` is opened.
    ///
    /// All of this is searched in Chromium only. In the other engines it is what can be seen at the
    /// end: storage, cookies, pages, addresses and performance entries of the windows and frames that
    /// are open; neither console nor messages nor history.
    pub async fn traces(&self, secrets: &[String], home: &Url) -> Result<BTreeSet<String>> {
        if secrets.is_empty() {
            return Ok(BTreeSet::new());
        }
        match self.watch() {
            Some(watch) => watch.traces(secrets, home).await,
            None => self.traces_that_show(secrets, home).await,
        }
    }
}

impl Watch {
    async fn traces(&self, secrets: &[String], home: &Url) -> Result<BTreeSet<String>> {
        let mut found = Found::default();
        let devtools = &self.devtools;
        let origin = home.origin().ascii_serialization();
        for page in devtools.pages() {
            found.add(search_page(devtools, &page, secrets).await?);
        }
        if !found.origins.contains(&origin) {
            let page = devtools.open(home.as_str()).await?;
            found.add(search_page(devtools, &page, secrets).await?);
        }
        let mut traces = found.traces;
        let cookies = devtools
            .ask_browser("Storage.getCookies", json!({}))
            .await?;
        if contains(&cookies, secrets) {
            traces.insert("cookies".to_owned());
        }
        traces.extend(self.witness.places_of(secrets, &origin));
        Ok(traces)
    }
}

/// What was found in windows with their frames.
#[derive(Default)]
struct Found {
    /// The places where a secret was.
    traces: BTreeSet<String>,
    /// The origins of its pages.
    origins: BTreeSet<String>,
}

impl Found {
    fn add(&mut self, other: Self) {
        self.traces.extend(other.traces);
        self.origins.extend(other.origins);
    }
}

/// Searches a window with its frames, unless it closes.
async fn search_page(devtools: &DevTools, page: &Page, secrets: &[String]) -> Result<Found> {
    let mut tries = 0;
    loop {
        tries += 1;
        match look_into(devtools, page, secrets).await {
            Err(_) if !devtools.pages().contains(page) => return Ok(Found::default()),
            Err(_) if tries < TRIES => {}
            done => return done,
        }
    }
}

async fn look_into(devtools: &DevTools, page: &Page, secrets: &[String]) -> Result<Found> {
    let mut found = Found::default();
    let tree = devtools.ask(page, "Page.getFrameTree", json!({})).await?;
    let mut trees = vec![&tree["frameTree"]];
    while let Some(tree) = trees.pop() {
        trees.extend(tree["childFrames"].as_array().into_iter().flatten());
        let frame = &tree["frame"];
        let origin = frame["securityOrigin"].as_str();
        found.origins.extend(origin.map(str::to_owned));
        let places = search_frame(devtools, page, &frame["id"], secrets)
            .await
            .with_context(|| format!("searching {}", frame["url"]))?;
        found.traces.extend(places);
    }
    // Frames have no history of their own: it is their window's.
    if !page.is_window {
        return Ok(found);
    }
    let history = devtools
        .ask(page, "Page.getNavigationHistory", json!({}))
        .await?;
    if contains(&history, secrets) {
        found.traces.insert("history".to_owned());
    }
    Ok(found)
}

async fn search_frame(
    devtools: &DevTools,
    page: &Page,
    frame: &Value,
    secrets: &[String],
) -> Result<Vec<String>> {
    let world = json!({ "frameId": frame, "worldName": WORLD });
    let world = devtools
        .ask(page, "Page.createIsolatedWorld", world)
        .await?;
    let expression = format!("{SEARCH}({})", json!(secrets));
    let answer = devtools
        .ask(
            page,
            "Runtime.evaluate",
            json!({
                "expression": expression,
                "contextId": world["executionContextId"],
                "awaitPromise": true,
                "returnByValue": true,
            }),
        )
        .await?;
    if let Some(thrown) = answer.get("exceptionDetails") {
        bail!("{}", thrown["exception"]["description"]);
    }
    Ok(serde_json::from_value(answer["result"]["value"].clone())?)
}

fn contains(value: &Value, secrets: &[String]) -> bool {
    let text = value.to_string();
    secrets.iter().any(|secret| text.contains(secret))
}
