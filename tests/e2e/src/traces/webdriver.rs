//! The search where there is WebDriver alone.

use std::collections::BTreeSet;

use anyhow::{Context, Result, bail};
use reqwest::Url;
use serde_json::{Value, json};
use thirtyfour::{WindowHandle, error::WebDriverErrorInner};

use super::{Found, SEARCH, contains};
use crate::{browser::Browser, find::was_replaced};

/// The frames of a page, also those in the trees of elements.
const FRAMES: &str = "const frames = (root) => [...root.querySelectorAll('*')].flatMap((element) =>
        element.localName === 'iframe' ? [element]
        : element.shadowRoot ? frames(element.shadowRoot) : []);
    return frames(document);";

impl Browser {
    /// As [`Browser::traces`]: looks into every window and frame and at their cookies.
    ///
    /// What was said to the console and between windows is not known here, nor are pages that were
    /// left again, history, and windows that have closed.
    pub(super) async fn traces_that_show(
        &self,
        secrets: &[String],
        home: &Url,
    ) -> Result<BTreeSet<String>> {
        let mut found = Found::default();
        for window in self.driver().windows().await? {
            found.add(self.search_window(window, secrets).await?);
        }
        if !found.origins.contains(&home.origin().ascii_serialization()) {
            let window = self.driver().new_tab().await?;
            self.driver().switch_to_window(window.clone()).await?;
            self.driver().goto(home.as_str()).await?;
            found.add(self.search_window(window, secrets).await?);
        }
        Ok(found.traces)
    }

    /// Searches a window with its frames, unless it closes.
    async fn search_window(&self, window: WindowHandle, secrets: &[String]) -> Result<Found> {
        let driver = self.driver();
        match driver.switch_to_window(window).await {
            Err(error) if matches!(*error, WebDriverErrorInner::NoSuchWindow(_)) => {
                return Ok(Found::default());
            }
            done => done?,
        }
        let mut found = Found::default();
        // A frame is found by its number in each page on the way down to it.
        let mut ways = vec![Vec::new()];
        while let Some(way) = ways.pop() {
            // A frame that has gone meanwhile can hold nothing.
            match self.go_down(&way).await {
                Ok(true) => {}
                Ok(false) => continue,
                Err(error) if was_replaced(&error) => continue,
                Err(error) => return Err(error),
            }
            found.add(self.search_here(secrets).await?);
            let frames = driver.execute(FRAMES, Vec::new()).await?.elements()?.len();
            ways.extend((0..frames).map(|number| [way.as_slice(), &[number]].concat()));
        }
        Ok(found)
    }

    /// Gives whether the way leads anywhere.
    async fn go_down(&self, way: &[usize]) -> Result<bool> {
        self.driver().enter_default_frame().await?;
        for &number in way {
            let frames = self.driver().execute(FRAMES, Vec::new()).await?;
            let Some(frame) = frames.elements()?.into_iter().nth(number) else {
                return Ok(false);
            };
            frame.enter_frame().await?;
        }
        Ok(true)
    }

    async fn search_here(&self, secrets: &[String]) -> Result<Found> {
        // A page that Firefox shows in place of one that it cannot reach has no storage to look into.
        let script = format!(
            "const [secrets, done] = arguments;
             if (document.documentURI.startsWith('about:neterror')) done({{ traces: [] }});
             else {SEARCH}(secrets).then((traces) => done({{ traces, origin: globalThis.origin }}),
                                    (error) => done({{ error: String(error) }}));"
        );
        let answer = self
            .driver()
            .execute_async(script, vec![json!(secrets)])
            .await?;
        let answer = answer.json();
        if let Some(error) = answer["error"].as_str() {
            bail!("{error}");
        }
        let traces: Vec<String> = serde_json::from_value(answer["traces"].clone())
            .with_context(|| format!("no answer of the search: {answer}"))?;
        let mut found = Found {
            traces: traces.into_iter().collect(),
            origins: answer["origin"]
                .as_str()
                .map(str::to_owned)
                .into_iter()
                .collect(),
        };
        let cookies = self.driver().get_all_cookies().await?;
        let cookies = cookies
            .into_iter()
            .map(|cookie| json!([cookie.name, cookie.value]));
        if contains(&cookies.collect::<Value>(), secrets) {
            found.traces.insert("cookies".to_owned());
        }
        Ok(found)
    }
}
