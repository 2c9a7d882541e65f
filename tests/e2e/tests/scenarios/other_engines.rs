//! What a school has around the widget, in the other two engines: the same steps by the same page
//! objects as in Chromium, each engine with tests of its own, so that one that cannot be had here can be
//! left out by name. `cargo xtask test` runs them in steps of their own.
//!
//! The harness itself comes first: that things are found, windows are opened and tokens are seen in
//! these engines as in Chromium.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use hallpass_e2e::{
    Stage,
    browser::{Engine, Options},
    pages::Host,
    play_in_browser, play_with,
};
use serde_json::json;

use crate::{finding, lms, portal};

/// A secret for the widget on a page of its own.
const ON_ITS_OWN: &str = "planted-on-its-own";

/// A secret for the widget in a frame.
const IN_FRAME: &str = "planted-in-a-frame";

/// As usual, in this engine.
fn options(engine: Engine) -> Options {
    Options {
        engine,
        ..Options::default()
    }
}

/// Leaves a secret wherever a page can leave one.
const PLANT: &str = "const [secret, done] = arguments;
    (async () => {
        localStorage.setItem('a', secret);
        sessionStorage.setItem(secret, '');
        document.cookie = `a=${secret}`;
        const request = indexedDB.open(secret, 1);
        request.onupgradeneeded = () => request.result.createObjectStore('pupils');
        await new Promise((go) => { request.onsuccess = go; });
        const change = request.result.transaction('pupils', 'readwrite');
        change.objectStore('pupils').put({ maya: [secret] }, 1);
        await new Promise((go) => { change.oncomplete = go; });
        const cache = await caches.open('files');
        await cache.put('/here', new Response(`<p>${secret}</p>`));
        document.querySelector('h1').dataset.token = secret;
        window.name = secret;
        history.replaceState({ token: secret }, '', `#${secret}`);
        await (await fetch(`config.json?${secret}`)).text();
    })().then(() => done('planted'), (error) => done(String(error)));";

/// What the search calls these places.
const PLACES: [&str; 11] = [
    "CacheStorage",
    "IndexedDB",
    "cookies",
    "document.cookie",
    "history.state",
    "localStorage",
    "performance entries",
    "sessionStorage",
    "the address",
    "the page",
    "window.name",
];

/// The search for tokens finds what is planted in the widget, on a page of its own and in the portal's
/// frame.
async fn finds_planted_tokens(stage: &Stage) -> Result<()> {
    let Stage { browser, sandbox } = stage;
    let search = async |secret: &str| {
        let secrets = [secret.to_owned()];
        browser.traces(&secrets, &sandbox.widget).await
    };
    let plant = async |secret: &str| -> Result<()> {
        assert_eq!(search(secret).await?, BTreeSet::new());
        if secret == IN_FRAME {
            Host::shown(browser).enter().await?;
        }
        let script = browser.driver().execute_async(PLANT, vec![json!(secret)]);
        let answer = script.await?;
        ensure!(answer.json() == "planted", "{}", answer.json());
        Ok(())
    };

    stage.open("").await?.join().wait().await?;
    plant(ON_ITS_OWN).await?;
    assert_eq!(search(ON_ITS_OWN).await?, PLACES.map(str::to_owned).into());

    let portal = Host::open(stage, "portal").await?;
    portal.enter().await?.join().wait().await?;
    plant(IN_FRAME).await?;
    let mut places = BTreeSet::from(PLACES.map(str::to_owned));
    if browser.engine() == Engine::WebKit {
        // To a frame of another origin than its window's it names no databases.
        places.remove("IndexedDB");
    }
    assert_eq!(search(IN_FRAME).await?, places);
    Ok(())
}

/// The tests of one engine, in a module of its name, with languages that it can be told.
macro_rules! tests_in {
    ($name:ident, $engine:expr, $languages:literal) => {
        mod $name {
            use super::*;

            #[tokio::test]
            async fn things_are_found_by_role_and_name_and_only_when_perceivable() -> Result<()> {
                let options = Options {
                    engine: $engine,
                    ..finding::impatient()
                };
                play_in_browser(options, finding::finds_what_is_perceived).await
            }

            #[tokio::test]
            async fn a_page_opens_a_window_only_when_somebody_presses() -> Result<()> {
                play_in_browser(options($engine), finding::opens_windows_when_pressed).await
            }

            #[tokio::test]
            async fn a_browser_has_the_size_and_the_languages_it_was_given() -> Result<()> {
                let options = Options {
                    languages: $languages,
                    ..options($engine)
                };
                play_in_browser(options, async |browser| {
                    finding::has_size_and_languages(browser, $languages).await
                })
                .await
            }

            #[tokio::test]
            async fn the_search_finds_a_planted_token() -> Result<()> {
                play_with(options($engine), finds_planted_tokens).await
            }

            #[tokio::test]
            async fn a_student_joins_in_the_portal_with_google() -> Result<()> {
                play_with(options($engine), portal::joins_with_google).await
            }

            #[tokio::test]
            async fn a_student_joins_in_the_portal_with_its_token_and_without_any_window()
            -> Result<()> {
                play_with(options($engine), portal::joins_with_the_portals_token).await
            }

            #[tokio::test]
            async fn a_student_joins_in_a_page_that_answers_as_canvas_does() -> Result<()> {
                play_with(options($engine), lms::joins_in_canvas).await
            }
        }
    };
}

tests_in!(firefox, Engine::Firefox, "fr-CH,en");
tests_in!(webkit, Engine::WebKit, "en-US");
