//! A browser of its own for each scenario, driven over WebDriver.

use std::{
    env,
    ffi::OsString,
    ops::Deref,
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context, Result};
use serde_json::{Value, json};
use thirtyfour::{BrowserLogEntry, Capabilities, WebDriver, WindowHandle};
use tokio::process::Command;

use crate::{devtools::DevTools, process::Process, traces::Witness, wait};

/// Which browser a scenario runs in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Engine {
    /// Chromium with its chromedriver, headless.
    #[default]
    Chromium,
}

/// How a browser is set up.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which browser.
    pub engine: Engine,
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
    /// Whether times are measured. Nobody listens then to what the page says and sends: that takes
    /// the page's own time.
    pub timed: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            engine: Engine::Chromium,
            size: (1280, 900),
            dark: false,
            languages: "en-US",
            patience: Duration::from_secs(15),
            user_agent: None,
            timed: false,
        }
    }
}

/// A running browser with one window. What WebDriver can do, this can (it dereferences to
/// thirtyfour's [`WebDriver`]); finding things as a person does is in [`crate::find`].
pub struct Browser {
    driver: WebDriver,
    process: Process,
    patience: Duration,
    devtools: DevTools,
    witness: Witness,
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
        let (process, port) = options.engine.driver().await?;
        let driver = WebDriver::new(
            format!("http://127.0.0.1:{port}"),
            options.engine.capabilities(options)?,
        )
        .await
        .context("the browser does not start")?;
        let witness = Witness::default();
        let devtools = DevTools::connect(
            &options.engine.debugger_address(&driver)?,
            if options.timed {
                Vec::new()
            } else {
                Witness::prelude()
            },
            witness.listener(),
        )
        .await?;
        let browser = Self {
            driver,
            process,
            patience: options.patience,
            devtools,
            witness,
        };
        browser.emulate(options).await?;
        Ok(browser)
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

    /// Has the timers of the pages that are opened from now on in this window run so many times as
    /// fast: long limits need not be waited for.
    pub async fn speed_up(&self, times: u32) -> Result<()> {
        let script = format!(
            "{{
                const slowly = setTimeout;
                globalThis.setTimeout = (act, delay = 0, ...rest) =>
                    slowly(act, delay / {times}, ...rest);
            }}"
        );
        self.driver
            .cdp()
            .send_raw(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": script }),
            )
            .await?;
        Ok(())
    }

    /// Waits until `holds` is true.
    ///
    /// Fails, saying `what` was waited for, when it does not come true in time.
    pub async fn wait_until(
        &self,
        what: &str,
        mut holds: impl AsyncFnMut() -> Result<bool>,
    ) -> Result<()> {
        wait::until(self.patience, async || Ok(holds().await?.then_some(())))
            .await?
            .with_context(|| format!("waited {:?} in vain: {what}", self.patience))
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
    /// content security policy included.
    pub async fn console(&self) -> Result<Vec<BrowserLogEntry>> {
        Ok(self.driver.browser_log().await?)
    }

    /// Everything the pages of this browser sent since the last time it was asked, whether or
    /// not it was let through: seen at the network, so that nothing in the page can hide from it.
    pub async fn traffic(&self) -> Result<Vec<Sent>> {
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

    /// What reaches every window, also those that WebDriver has not turned to.
    pub(crate) fn devtools(&self) -> &DevTools {
        &self.devtools
    }

    /// What the pages have said since the start.
    pub(crate) fn witness(&self) -> &Witness {
        &self.witness
    }

    /// Everything the driver has printed.
    pub(crate) fn output(&self) -> String {
        self.process.output()
    }

    /// Closes the browser and waits for it.
    pub(crate) async fn quit(self) -> Result<()> {
        Ok(self.driver.quit().await?)
    }

    async fn emulate(&self, options: &Options) -> Result<()> {
        match options.engine {
            Engine::Chromium => {
                let cdp = self.driver.cdp();
                let (width, height) = options.size;
                // A window cannot be made as narrow as a phone; the page in it can.
                cdp.send_raw(
                    "Emulation.setDeviceMetricsOverride",
                    json!({ "width": width, "height": height, "deviceScaleFactor": 1,
                            "mobile": false }),
                )
                .await?;
                let scheme = if options.dark { "dark" } else { "light" };
                cdp.send_raw(
                    "Emulation.setEmulatedMedia",
                    json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] }),
                )
                .await?;
            }
        }
        Ok(())
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

impl Engine {
    /// Starts the engine's driver; gives it with the port it listens on.
    async fn driver(self) -> Result<(Process, u16)> {
        match self {
            Self::Chromium => {
                let mut command = Command::new(
                    env::var_os("CHROMEDRIVER").unwrap_or_else(|| OsString::from("chromedriver")),
                );
                command.arg("--port=0");
                let mut process = Process::start("chromedriver", command)?;
                let port = process
                    .said(|line| {
                        let port = line.split_once("started successfully on port ")?.1;
                        port.trim_end_matches('.').parse().ok()
                    })
                    .await?;
                Ok((process, port))
            }
        }
    }

    /// Where the running browser listens for debuggers.
    fn debugger_address(self, driver: &WebDriver) -> Result<String> {
        match self {
            Self::Chromium => driver
                .capabilities()
                .get("goog:chromeOptions")
                .and_then(|options| Some(options.get("debuggerAddress")?.as_str()?.to_owned()))
                .context("the browser does not say where it listens for debuggers"),
        }
    }

    fn capabilities(self, options: &Options) -> Result<Capabilities> {
        let mut capabilities = Capabilities::new();
        match self {
            Self::Chromium => {
                let mut arguments: Vec<String> = [
                    "--headless=new",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--no-first-run",
                    // The driver computes no roles in frames that have a process of their own.
                    "--disable-features=IsolateSandboxedIframes",
                ]
                .map(str::to_owned)
                .into();
                if runs_as_root() {
                    arguments.push("--no-sandbox".to_owned());
                }
                if let Some(name) = options.user_agent {
                    arguments.push(format!("--user-agent={name}"));
                }
                let mut chromium = json!({
                    "args": arguments,
                    "prefs": { "intl.accept_languages": options.languages },
                    // The driver lets every page open windows; people's browsers do so only on
                    // a press, and whether the widget opens Google's in that press is the point.
                    "excludeSwitches": ["disable-popup-blocking"],
                });
                if let Some(binary) = chromium_binary() {
                    chromium["binary"] = json!(binary);
                }
                capabilities.set("browserName", "chrome")?;
                capabilities.set("goog:chromeOptions", chromium)?;
                let heard = if options.timed { "OFF" } else { "ALL" };
                capabilities.set(
                    "goog:loggingPrefs",
                    json!({ "browser": heard, "performance": heard }),
                )?;
            }
        }
        Ok(capabilities)
    }
}

/// The browser named by `CHROMIUM`, else the first on `PATH`; `None` leaves it to the driver.
fn chromium_binary() -> Option<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM") {
        return Some(PathBuf::from(named));
    }
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    ["chromium", "chromium-browser", "google-chrome", "chrome"]
        .into_iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|candidate| candidate.is_file())
}

/// Chromium refuses to run as root in its own sandbox, on Linux only.
fn runs_as_root() -> bool {
    #[cfg(target_os = "linux")]
    {
        use std::os::unix::fs::MetadataExt;
        Path::new("/proc/self")
            .metadata()
            .is_ok_and(|process| process.uid() == 0)
    }
    #[cfg(not(target_os = "linux"))]
    {
        false
    }
}
