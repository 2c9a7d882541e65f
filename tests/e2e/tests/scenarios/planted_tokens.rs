//! What the search for tokens finds with WebDriver alone, which is all there is in Firefox and WebKit:
//! everything a page can leave a token in, on a page of its own and in a frame.

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use hallpass_e2e::{Stage, browser::Engine, pages::Host, play};
use serde_json::json;

/// A secret for the widget on a page of its own.
const ON_ITS_OWN: &str = "planted-on-its-own";

/// A secret for the widget in a frame.
const IN_FRAME: &str = "planted-in-a-frame";

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

/// What only Chromium tells.
const REMEMBERED: [&str; 2] = ["an address on the way", "history"];

/// Where a secret is found that was left everywhere.
fn everywhere(stage: &Stage) -> BTreeSet<String> {
    let mut places = BTreeSet::from(PLACES.map(str::to_owned));
    if stage.browser.engine() == Engine::Chromium {
        places.extend(REMEMBERED.map(str::to_owned));
    }
    places
}

#[tokio::test]
async fn a_token_is_found_wherever_a_page_can_leave_it() -> Result<()> {
    play(async |stage| {
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
        assert_eq!(search(ON_ITS_OWN).await?, everywhere(stage));

        let portal = Host::open(stage, "portal").await?;
        portal.enter().await?.join().wait().await?;
        plant(IN_FRAME).await?;
        let mut places = everywhere(stage);
        // A frame has no history of its own, and its states are its window's to keep.
        places.remove("history");
        if browser.engine() == Engine::WebKit {
            // To a frame of another origin than its window's it names no databases.
            places.remove("IndexedDB");
        }
        assert_eq!(search(IN_FRAME).await?, places);
        Ok(())
    })
    .await
}
