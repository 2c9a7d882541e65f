//! Firefox, and geckodriver, which steers it in tests.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::cache::Cache;
use super::crate_tool::CrateTool;
use super::{debian, found};
use crate::{console, process};

/// A browser and its driver. Any geckodriver steers any Firefox of these years.
#[derive(Debug)]
pub struct Firefox {
    /// The browser's program.
    pub firefox: PathBuf,
    /// Its driver's program.
    pub driver: PathBuf,
}

/// Names that Firefox goes by on PATH.
const NAMES: [&str; 2] = ["firefox-esr", "firefox"];

/// Where it is installed without being on PATH.
const PLACES: [&str; 3] = [
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    r"C:\Program Files\Mozilla Firefox\firefox.exe",
    r"C:\Program Files (x86)\Mozilla Firefox\firefox.exe",
];

/// The driver's name, as a crate and as a program.
const DRIVER: &str = "geckodriver";

/// The driver that is compiled where none is named.
const DRIVER_VERSION: &str = "0.37.1";

impl Firefox {
    /// Finds both, installing them where that is possible.
    ///
    /// `FIREFOX` and `GECKODRIVER` name others than those this would find.
    ///
    /// # Errors
    ///
    /// Fails when one is missing and cannot be installed; the error says how to get it.
    pub fn ensure(cache: &Cache) -> Result<Self> {
        let firefox = match firefox()? {
            Some(firefox) => firefox,
            None if debian::can_install() => {
                console::announce("installing Firefox with apt: about a minute");
                debian::install(&["firefox-esr"])?;
                firefox()?.context("Firefox was installed but is not on PATH")?
            }
            None => bail!(missing()),
        };
        // Firefox on Windows tells its version to nobody who waits for it.
        let version = if cfg!(windows) {
            "found".to_owned()
        } else {
            process::version_of(&firefox)
                .with_context(|| format!("{} cannot be run", firefox.display()))?
        };
        console::note("Firefox", &version);
        let driver = driver(cache)?;
        Ok(Self { firefox, driver })
    }
}

fn firefox() -> Result<Option<PathBuf>> {
    found::find("FIREFOX", &NAMES, &PLACES)
}

fn driver(cache: &Cache) -> Result<PathBuf> {
    if let Some(named) = found::named("GECKODRIVER")? {
        return Ok(named);
    }
    let folder = CrateTool {
        package: DRIVER,
        version: DRIVER_VERSION,
        programs: &[DRIVER],
        arguments: &["--locked"],
        minutes: 2,
    }
    .ensure(cache)?;
    Ok(folder.join(format!("{DRIVER}{}", env::consts::EXE_SUFFIX)))
}

fn missing() -> String {
    let how = match env::consts::OS {
        "macos" => "`brew install --cask firefox`",
        "windows" => "`winget install Mozilla.Firefox`",
        _ if debian::is_debian() => "`sudo apt-get install firefox-esr`",
        _ => "your system's packages, or https://www.mozilla.org/firefox",
    };
    format!("Firefox is missing. Get it by {how}; or name the program in FIREFOX")
}
