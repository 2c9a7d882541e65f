//! The three engines: how each is started and set up, and what it cannot do.

mod chromium;
mod firefox;
pub(crate) mod left_out;
mod webkit;

use std::{
    env,
    ffi::OsString,
    fmt,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use thirtyfour::{Capabilities, WebDriver};

use crate::{browser::Options, process::Process};

pub use left_out::{Engines, LeftOut};

/// Which browser the scenarios run in: the one that `HALLPASS_ENGINE` names, else Chromium.
///
/// All three are driven over WebDriver, which is enough for what people do. What WebDriver has no
/// words for (a slow network, times that run faster, what the console and the network say, a page
/// narrower than a window) is Chromium's own protocol: in the others it is an error that says so,
/// never something that is silently left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// Chromium with its chromedriver, headless.
    Chromium,
    /// Firefox with geckodriver, headless.
    Firefox,
    /// WebKitGTK's own small browser with its WebKitWebDriver, on a screen that nobody sees. Stands
    /// for Safari.
    WebKit,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKit",
        })
    }
}

/// The programs that a browser is started by; they end when this is dropped, in this order.
pub(crate) struct Programs {
    /// Starts the browser and does what WebDriver asks for.
    pub driver: Process,
    /// Where the driver listens.
    pub port: u16,
    /// What the browser paints on, if it needs one of its own.
    screen: Option<Process>,
}

impl Programs {
    /// Waits for what ends by itself once the browser has.
    pub(crate) async fn end(mut self) {
        if let Some(screen) = &mut self.screen {
            screen.ends().await;
        }
    }
}

impl Engine {
    /// The one that the environment names.
    ///
    /// Fails for a name that is none of theirs.
    pub fn chosen() -> Result<Self> {
        let named = env::var("HALLPASS_ENGINE").unwrap_or_default();
        Self::named(&named)
            .with_context(|| format!("HALLPASS_ENGINE is {named:?}: chromium, firefox or webkit"))
    }

    fn named(name: &str) -> Option<Self> {
        match name {
            "" | "chromium" => Some(Self::Chromium),
            "firefox" => Some(Self::Firefox),
            "webkit" => Some(Self::WebKit),
            _ => None,
        }
    }

    /// Starts the engine's driver.
    pub(crate) async fn start(self, options: &Options) -> Result<Programs> {
        match self {
            Self::Chromium => chromium::start().await,
            Self::Firefox => firefox::start().await,
            Self::WebKit => webkit::start(options).await,
        }
    }

    /// What the driver is asked for.
    ///
    /// Fails when the engine cannot be set up like this.
    pub(crate) fn capabilities(self, options: &Options) -> Result<Capabilities> {
        match self {
            Self::Chromium => chromium::capabilities(options),
            Self::Firefox => firefox::capabilities(options),
            Self::WebKit => webkit::capabilities(options),
        }
    }

    /// Where the running browser listens for Chromium's debuggers; `None` of the others.
    pub(crate) fn debugger_address(self, driver: &WebDriver) -> Result<Option<String>> {
        match self {
            Self::Chromium => chromium::debugger_address(driver).map(Some),
            Self::Firefox | Self::WebKit => Ok(None),
        }
    }

    /// Brings the running browser to what only can be set once it runs.
    pub(crate) async fn settle(self, driver: &WebDriver, options: &Options) -> Result<()> {
        match self {
            Self::Chromium => chromium::emulate(driver, options).await,
            Self::Firefox | Self::WebKit => fit_window(driver, options.size).await,
        }
    }
}

/// Narrower than this, in CSS pixels, no window of a browser can be made: only Chromium's page.
const NARROWEST_WINDOW: u32 = 500;

/// Makes the window so large that the page has this size.
async fn fit_window(driver: &WebDriver, (width, height): (u32, u32)) -> Result<()> {
    if width < NARROWEST_WINDOW {
        bail!("a window cannot be {width} wide, only a page in Chromium");
    }
    const SIZES: &str = "return [outerWidth - innerWidth, outerHeight - innerHeight];";
    let (frame_width, frame_height): (u32, u32) =
        driver.execute(SIZES, Vec::new()).await?.convert()?;
    driver
        .set_window_rect(0, 0, width + frame_width, height + frame_height)
        .await?;
    Ok(())
}

/// The program that `variable` names, else `name`, which is looked for on `PATH`.
fn program(variable: &str, name: &str) -> OsString {
    env::var_os(variable)
        .filter(|named| !named.is_empty())
        .unwrap_or_else(|| OsString::from(name))
}

/// The file that `variable` names, else the first of `names` on `PATH`.
fn file(variable: &str, names: &[&str]) -> Option<PathBuf> {
    if let Some(named) = env::var_os(variable).filter(|named| !named.is_empty()) {
        return Some(PathBuf::from(named));
    }
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|candidate| candidate.is_file())
}

/// Waits until the driver has said on which port it listens.
async fn port_said(driver: &mut Process, before: &str) -> Result<u16> {
    driver
        .said(|line| {
            let (_, port) = line.split_once(before)?;
            port.trim_end_matches('.').parse().ok()
        })
        .await
}

/// Fails where options ask for something that this engine cannot be told.
fn refuse(engine: Engine, asked: &[(&str, bool)]) -> Result<()> {
    match asked.iter().find(|(_, asked)| *asked) {
        Some((what, _)) => bail!("{engine} cannot be told {what}"),
        None => Ok(()),
    }
}

/// Browsers refuse to run as root in their own sandbox, on Linux only.
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
