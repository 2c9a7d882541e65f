//! A browser of its own for each scenario, driven over WebDriver.

use std::{
    ops::Deref,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::{BrowserLogEntry, WebDriver, WindowHandle, cdp::Cdp};

pub use crate::engine::{Engine, Engines, LeftOut};
use crate::{
    devtools::DevTools,
    engine::{Programs, left_out},
    find,
    traces::Witness,
    wait,
};

/// How a browser is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// Width and height of the page, in CSS pixels.
    pub size: (u32, u32),
    /// Whether the person's system is set to dark.
    pub dark: bool,
    /// The person's languages, best first, as in `Accept-Language`.
    pub languages: &'static str,
    /// How long a page may take to show what is looked for.
    pub patience: Duration,
    /// What the browser calls itself, in place of the truth.
    pub user_agent: Option<&'static str>,
    /// Whether WebAssembly is switched off, as a cautious person or a school can do.
    pub without_wasm: bool,
    /// Whether times are measured. Nobody listens then to what the page says and sends: that takes
    /// the page's own time.
    pub timed: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            size: (1280, 900),
            dark: false,
            languages: "en-US",
            patience: Duration::from_secs(15),
            user_agent: None,
            without_wasm: false,
            timed: false,
        }
    }
}

/// A running browser with one window. What WebDriver can do, this can (it dereferences to
/// thirtyfour's [`WebDriver`]); finding things as a person does is in [`crate::find`].
pub struct Browser {
    driver: WebDriver,
    engine: Engine,
    programs: Programs,
    patience: Duration,
    watch: Option<Watch>,
    /// What runs in each page once it has loaded.
    planted: Mutex<Vec<String>>,
}

/// What is seen and heard beside WebDriver, over Chromium's own protocol.
pub(crate) struct Watch {
    /// What reaches every window, also those that WebDriver has not turned to.
    pub devtools: DevTools,
    /// What the pages have said since the start.
    pub witness: Witness,
}

impl Deref for Browser {
    type Target = WebDriver;

    fn deref(&self) -> &WebDriver {
        &self.driver
    }
}

impl Browser {
    /// Starts a driver on a free port and in it a browser with a fresh profile.
    pub async fn start(options: &Options) -> Result<Self> {
        let engine = Engine::chosen()?;
        let capabilities = engine.capabilities(options)?;
        let programs = engine.start(options).await?;
        let driver = WebDriver::new(format!("http://127.0.0.1:{}", programs.port), capabilities)
            .await
            .with_context(|| format!("{engine} does not start"))?;
        let watch = match engine.debugger_address(&driver)? {
            Some(address) => Some(Watch::start(&address, options).await?),
            None => None,
        };
        engine.settle(&driver, options).await?;
        Ok(Self {
            driver,
            engine,
            programs,
            patience: options.patience,
            watch,
            planted: Mutex::default(),
        })
    }

    /// Which browser this is.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// WebDriver itself, for what has no name here.
    pub fn driver(&self) -> &WebDriver {
        &self.driver
    }

    /// How long this browser's pages may take to show something.
    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// Runs a script in the page and gives what it returns. To look at what no person can see
    /// (storage, timings), never to do a person's work.
    pub async fn evaluate(&self, script: &str) -> Result<Value> {
        let answer = self.driver.execute(script, Vec::new()).await?;
        Ok(answer.json().clone())
    }

    /// Opens this address in the window.
    pub async fn goto(&self, address: impl AsRef<str>) -> Result<()> {
        self.driver.goto(address.as_ref()).await?;
        // A copy: nobody else waits for the page.
        let planted = self.planted().clone();
        for script in planted {
            self.evaluate(&script).await?;
        }
        Ok(())
    }

    /// Has the timers of the pages that are opened from now on in this window run so many times as
    /// fast: long limits need not be waited for. But in Chromium, those only that begin when the page
    /// has loaded.
    pub async fn speed_up(&self, times: u32) -> Result<()> {
        self.plant(&format!(
            "{{
                const slowly = window.setTimeout;
                window.setTimeout = (act, delay = 0, ...rest) =>
                    slowly(act, delay / {times}, ...rest);
            }}"
        ))
        .await
    }

    /// Has the timers of more than five seconds of the pages that are opened from now on in this window
    /// never end: what takes its time can be looked at for as long as need be.
    pub async fn lift_limits(&self) -> Result<()> {
        self.plant(
            "{
                const limited = window.setTimeout;
                window.setTimeout = (act, delay = 0, ...rest) =>
                    limited(act, delay > 5000 ? 2 ** 31 - 1 : delay, ...rest);
            }",
        )
        .await
    }

    /// Takes from the pages that are opened from now on in this window by what scripts tell that a
    /// browser knows cascade layers. In Chromium only.
    pub async fn know_no_layers(&self) -> Result<()> {
        self.run_first("delete window.CSSLayerBlockRule").await
    }

    /// Runs a script in the pages that are opened from now on in this window: in Chromium before their
    /// own, and in their frames too; elsewhere as soon as they have loaded, where WebDriver has no
    /// earlier moment.
    pub(crate) async fn plant(&self, script: &str) -> Result<()> {
        if self.engine == Engine::Chromium {
            return self.run_first(script).await;
        }
        self.planted().push(script.to_owned());
        Ok(())
    }

    fn planted(&self) -> MutexGuard<'_, Vec<String>> {
        self.planted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn run_first(&self, script: &str) -> Result<()> {
        self.cdp()?
            .send_raw(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": script }),
            )
            .await?;
        Ok(())
    }

    /// What the page in front, or the frame that the view is of, is to assistive technology: the nodes
    /// of Chromium's accessibility tree, as `Accessibility.getFullAXTree` gives them. In Chromium only.
    ///
    /// <https://chromedevtools.github.io/devtools-protocol/tot/Accessibility/>
    pub async fn accessibility(&self) -> Result<Value> {
        let here = self
            .evaluate("return location.href.split(/[?#]/)[0]")
            .await?;
        let here = here.as_str().context("no address")?;
        let cdp = self.cdp()?;
        let tree = cdp.send_raw("Page.getFrameTree", json!({})).await?;
        let mut trees = vec![&tree["frameTree"]];
        while let Some(tree) = trees.pop() {
            trees.extend(tree["childFrames"].as_array().into_iter().flatten());
            let address = tree["frame"]["url"].as_str().unwrap_or_default();
            if address.split('?').next() == Some(here) {
                let frame = json!({ "frameId": tree["frame"]["id"] });
                let tree = cdp.send_raw("Accessibility.getFullAXTree", frame).await?;
                return Ok(tree["nodes"].clone());
            }
        }
        anyhow::bail!("no frame with {here}")
    }

    /// Waits until `holds` is true.
    ///
    /// Fails, saying `what` was waited for, when it does not come true in time.
    pub async fn wait_until(
        &self,
        what: &str,
        mut holds: impl AsyncFnMut() -> Result<bool>,
    ) -> Result<()> {
        let mut replaced = None;
        let held = wait::until(self.patience, async || match holds().await {
            // The page was just then changing: it is looked at again.
            Err(error) if find::was_replaced(&error) => {
                replaced = Some(error);
                Ok(None)
            }
            holds => {
                replaced = None;
                Ok(holds?.then_some(()))
            }
        })
        .await?;
        let in_vain = || format!("waited {:?} in vain: {what}", self.patience);
        match (held, replaced) {
            (Some(()), _) => Ok(()),
            (None, Some(error)) => Err(error.context(in_vain())),
            (None, None) => bail!(in_vain()),
        }
    }

    /// Waits for a window that is not among `known`.
    pub async fn new_window(&self, known: &[WindowHandle]) -> Result<WindowHandle> {
        wait::until(self.patience, async || {
            let windows = self.driver.windows().await?;
            Ok(windows.into_iter().find(|window| !known.contains(window)))
        })
        .await?
        .with_context(|| format!("no window opened within {:?}", self.patience))
    }

    /// What the console said since the last time it was asked, errors of the network and of the
    /// content security policy included. In Chromium only.
    pub async fn console(&self) -> Result<Vec<BrowserLogEntry>> {
        self.needs_chromium("what the console said")?;
        Ok(self.driver.browser_log().await?)
    }

    /// Everything the pages of this browser sent since the last time it was asked, whether or
    /// not it was let through: seen at the network, so that nothing in the page can hide from it. In
    /// Chromium only.
    pub async fn traffic(&self) -> Result<Vec<Sent>> {
        self.needs_chromium("what was sent")?;
        let mut sent = Vec::new();
        for entry in self.driver.get_log("performance").await? {
            let entry: Value = serde_json::from_str(&entry.message)?;
            let event = &entry["message"];
            if event["method"] != "Network.requestWillBeSent" {
                continue;
            }
            let request = &event["params"]["request"];
            let authorization = request["headers"]
                .as_object()
                .into_iter()
                .flatten()
                .find(|(name, _)| name.eq_ignore_ascii_case("authorization"))
                .and_then(|(_, value)| value.as_str());
            sent.push(Sent {
                method: request["method"].as_str().unwrap_or_default().to_owned(),
                url: request["url"].as_str().unwrap_or_default().to_owned(),
                authorization: authorization.map(str::to_owned),
            });
        }
        Ok(sent)
    }

    /// Chromium's own commands, for what WebDriver has no words for.
    ///
    /// Fails in the other engines.
    pub(crate) fn cdp(&self) -> Result<Cdp> {
        self.needs_chromium("a command of Chromium's own")?;
        Ok(self.driver.cdp())
    }

    /// Says that a scenario needs what only Chromium has.
    ///
    /// Fails in the other engines; `engines.json` tells which scenarios are left out there.
    pub fn needs_chromium(&self, what: &str) -> Result<()> {
        left_out::asks_for_chromium();
        ensure!(
            self.engine == Engine::Chromium,
            "{what} is to be had in Chromium only, not in {}",
            self.engine
        );
        Ok(())
    }

    /// What is seen and heard beside WebDriver; only Chromium lets anybody.
    pub(crate) fn watch(&self) -> Option<&Watch> {
        self.watch.as_ref()
    }

    /// Everything the driver has printed.
    pub(crate) fn output(&self) -> String {
        self.programs.driver.output()
    }

    /// Closes the browser and waits for it.
    pub(crate) async fn quit(self) -> Result<()> {
        self.driver.quit().await?;
        self.programs.end().await;
        Ok(())
    }
}

impl Watch {
    async fn start(address: &str, options: &Options) -> Result<Self> {
        let witness = Witness::default();
        let prelude = if options.timed {
            Vec::new()
        } else {
            Witness::prelude()
        };
        let devtools = DevTools::connect(address, prelude, witness.listener()).await?;
        Ok(Self { devtools, witness })
    }
}

/// A request as it left the browser.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The HTTP method.
    pub method: String,
    /// The whole address, with its query.
    pub url: String,
    /// The `Authorization` header.
    pub authorization: Option<String>,
}
