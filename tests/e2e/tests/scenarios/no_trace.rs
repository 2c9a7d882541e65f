//! No token is left anywhere. After each scenario the harness searches the whole browser for every
//! token there was; here it is shown that this search finds what there is to find.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    Stage,
    pages::Host,
    play,
    school::{BIOLOGY, MAYA},
};
use reqwest::Url;
use serde_json::json;

/// What the search knows in Chromium only.
const HEARD: &str = "what pages have said on the way";

/// A hand that leaves things where they do not belong.
struct Planter<'a> {
    stage: &'a Stage,
    planted: u32,
}

impl Planter<'_> {
    /// Runs a script of a page, `secret` in it being a new secret, and expects that it is found in
    /// exactly these places, `then` having been done.
    async fn plant_and(
        &mut self,
        places: &[&str],
        script: &str,
        then: impl AsyncFnOnce() -> Result<()>,
    ) -> Result<()> {
        self.planted += 1;
        let secret = format!("planted-secret-{}", self.planted);
        let script = format!(
            "const secret = '{secret}', done = arguments[0];
             (async () => {{ {script} }})().then(() => done('planted'), (e) => done(String(e)))"
        );
        let browser = &self.stage.browser;
        let answer = browser.driver().execute_async(script, Vec::new()).await?;
        ensure!(answer.json() == "planted", "{places:?}: {}", answer.json());
        then().await?;
        self.expect(&secret, places).await
    }

    async fn plant(&mut self, places: &[&str], script: &str) -> Result<()> {
        self.plant_and(places, script, async || Ok(())).await
    }

    /// Waits until the secret has been found in as many places, since what pages say is heard a
    /// moment later.
    async fn expect(&self, secret: &str, places: &[&str]) -> Result<()> {
        let Stage { browser, sandbox } = self.stage;
        let places: BTreeSet<String> = places.iter().map(|place| (*place).to_owned()).collect();
        let mut found = BTreeSet::new();
        let all = browser
            .wait_until("a planted secret is found", async || {
                found = browser
                    .traces(&[secret.to_owned()], &sandbox.widget)
                    .await?;
                Ok(found.is_superset(&places))
            })
            .await;
        all.with_context(|| format!("planted in {places:?}, found in {found:?}"))?;
        assert_eq!(found, places);
        Ok(())
    }
}

/// What the search calls a message.
fn message(from: &Url, to: &Url) -> String {
    let [from, to] = [from, to].map(|url| url.origin().ascii_serialization());
    format!("a message from {from} to {to}")
}

#[tokio::test]
async fn the_search_finds_a_planted_token() -> Result<()> {
    play(async |stage| {
        stage.browser.needs_chromium(HEARD)?;
        stage.open("").await?.join().wait().await?;
        let mut hand = Planter { stage, planted: 0 };
        hand.plant(&[], "").await?;
        hand.plant(&["localStorage"], "localStorage.setItem('a', secret)")
            .await?;
        hand.plant(&["sessionStorage"], "sessionStorage.setItem(secret, '')")
            .await?;
        hand.plant(
            &["cookies", "document.cookie"],
            "document.cookie = `a=${secret}`",
        )
        .await?;
        hand.plant(
            &["IndexedDB"],
            "const request = indexedDB.open('school', 1);
             request.onupgradeneeded = () => request.result.createObjectStore('pupils');
             await new Promise((go) => { request.onsuccess = go; });
             const change = request.result.transaction('pupils', 'readwrite');
             change.objectStore('pupils').put({ maya: [{ deep: new Map([[1, secret]]) }] }, 1);
             await new Promise((go) => { change.oncomplete = go; });",
        )
        .await?;
        hand.plant(
            &["CacheStorage"],
            "const cache = await caches.open('files');
             await cache.put('/here', new Response(`<p>${secret}</p>`));",
        )
        .await?;
        hand.plant(
            &["the page"],
            "document.querySelector('h1').dataset.token = secret",
        )
        .await?;
        hand.plant(
            &["the page"],
            "document.querySelector('input').value = secret",
        )
        .await?;
        hand.plant(
            &["the page"],
            "const box = document.body.appendChild(document.createElement('div'));
             box.attachShadow({ mode: 'open' }).innerHTML = `<b>${secret}</b>`;",
        )
        .await?;
        hand.plant(&["window.name"], "window.name = secret").await?;
        hand.plant(
            &["history.state"],
            "history.replaceState({ token: secret }, '')",
        )
        .await?;
        hand.plant(
            &["an address on the way", "history", "the address"],
            "location.hash = secret",
        )
        .await?;
        hand.plant(
            &["an address on the way", "history"],
            "history.pushState(null, '', `?${secret}`);
             await new Promise((go) => { onpopstate = go; history.back(); });",
        )
        .await?;
        hand.plant(
            &["performance entries"],
            "await (await fetch(`config.json?${secret}`)).text()",
        )
        .await?;
        hand.plant(&["performance entries"], "performance.mark(secret)")
            .await?;
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_search_remembers_what_pages_have_said() -> Result<()> {
    play(async |stage| {
        stage.browser.needs_chromium(HEARD)?;
        stage.open("").await?.join().wait().await?;
        let mut hand = Planter {
            stage,
            planted: 100,
        };
        let reload = async || Ok(stage.browser.refresh().await?);
        hand.plant_and(
            &["the console"],
            "console.debug('who is it?', { deep: [new Map([[1, secret]])] })",
            reload,
        )
        .await?;
        hand.plant_and(
            &["the console"],
            "setTimeout(() => { throw new Error(secret); })",
            reload,
        )
        .await?;
        hand.plant_and(
            &["the console"],
            "Promise.reject(new Error(secret))",
            reload,
        )
        .await?;
        let own = &stage.sandbox.widget;
        hand.plant_and(
            &[&message(own, own)],
            "await new Promise((go) => { onmessage = go; postMessage({ of: [secret] }, '*'); })",
            reload,
        )
        .await
    })
    .await
}

#[tokio::test]
async fn the_search_looks_into_frames() -> Result<()> {
    play(async |stage| {
        stage.browser.needs_chromium(HEARD)?;
        let sandbox = &stage.sandbox;
        Host::open(stage, "portal").await?.enter().await?;
        let mut hand = Planter {
            stage,
            planted: 200,
        };
        hand.plant(&["sessionStorage"], "sessionStorage.setItem('a', secret)")
            .await?;
        let message = message(&sandbox.widget, &sandbox.pages);
        hand.plant(&[&message], "parent.postMessage(secret, '*')")
            .await
    })
    .await
}

#[tokio::test]
async fn the_search_looks_into_windows_and_knows_those_that_are_gone() -> Result<()> {
    play(async |stage| {
        stage.browser.needs_chromium(HEARD)?;
        let Stage { browser, sandbox } = stage;
        let widget = stage.open("").await?;
        let page = browser.window().await?;
        let google = widget.open_signin().await?;
        let mut hand = Planter {
            stage,
            planted: 400,
        };
        // In Google's window, with the widget in front.
        google.leave_open().await?;
        hand.plant_and(
            &[&message(&sandbox.widget, &sandbox.api)],
            "open('', 'google_signin').postMessage(secret, '*')",
            async || {
                google.come_back().await?;
                google.close().await
            },
        )
        .await?;
        // In a window behind the widget's.
        let behind = browser.new_tab().await?;
        browser.switch_to_window(behind).await?;
        stage.open("").await?.join().wait().await?;
        hand.plant_and(&["window.name"], "window.name = secret", async || {
            Ok(browser.switch_to_window(page).await?)
        })
        .await
    })
    .await
}

/// Tokens come by messages; that these are no traces must not mean that they are not heard.
#[tokio::test]
async fn the_search_hears_the_message_that_brings_the_token() -> Result<()> {
    play(async |stage| {
        stage.browser.needs_chromium(HEARD)?;
        let Stage { browser, sandbox } = stage;
        stage.open("").await?.sign_in(MAYA).await?;
        let tokens = sandbox.tokens().await?;
        let tokens: Vec<String> = tokens.into_iter().map(|issued| issued.token).collect();
        let elsewhere = browser.traces(&tokens, &sandbox.pages).await?;
        let message = message(&sandbox.api, &sandbox.widget);
        assert_eq!(elsewhere, BTreeSet::from([message]));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_was_stored_is_found_where_the_widget_has_been_left() -> Result<()> {
    play(async |stage| {
        stage.open("").await?.join().wait().await?;
        let mut hand = Planter {
            stage,
            planted: 300,
        };
        hand.plant_and(
            &["localStorage"],
            "localStorage.setItem('a', secret)",
            async || Ok(stage.browser.goto("about:blank").await?),
        )
        .await
    })
    .await
}

#[tokio::test]
async fn a_scenario_that_leaves_a_token_fails_and_names_the_place_only() -> Result<()> {
    let mut token = String::new();
    let ended = play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.sign_in(MAYA).await?;
        let issued = stage.sandbox.tokens().await?.pop();
        token = issued.context("Maya has no token")?.token;
        let keep = format!("localStorage.setItem('token', {})", json!(token));
        stage.browser.evaluate(&keep).await?;
        Ok(())
    })
    .await;
    let failure = ended.err().context("it passes")?;
    let failure = format!("{failure:#}");
    ensure!(failure.contains("localStorage"), "{failure}");
    ensure!(!failure.contains(&token), "the token is in the failure");

    // Without that, nothing is found; and no report stays of a failure that had to be.
    play(async |stage| {
        let widget = stage.open("course=741234567890").await?;
        widget.sign_in(MAYA).await?;
        widget.join().with(BIOLOGY.code).await?;
        widget.outcome("joined").await?;
        assert_eq!(stage.traces().await?, BTreeSet::new());
        Ok(())
    })
    .await
}
