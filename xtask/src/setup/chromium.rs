//! Chromium and the driver that steers it in tests.

use std::env;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::{debian, found};
use crate::{console, process};

/// A browser and a driver that fit together.
#[derive(Debug)]
pub struct Browser {
    /// The browser's program.
    pub chromium: PathBuf,
    /// Its driver's program.
    pub driver: PathBuf,
}

/// Names that Chromium, or Chrome, goes by on PATH.
const CHROMIUM_NAMES: [&str; 5] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
];

/// Where they are installed without being on PATH.
const CHROMIUM_PLACES: [&str; 4] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
];

const DRIVER_PLACES: [&str; 3] = [
    "/usr/lib/chromium/chromedriver",
    "/usr/lib/chromium-browser/chromedriver",
    "/opt/homebrew/bin/chromedriver",
];

impl Browser {
    /// Finds both, installing them where that is possible, and checks that they fit together.
    ///
    /// `CHROMIUM` and `CHROMEDRIVER` name others than those this would find.
    ///
    /// # Errors
    ///
    /// Fails when one is missing and cannot be installed, or when their versions differ.
    pub fn ensure() -> Result<Self> {
        let browser = match (chromium()?, driver()?) {
            (Some(chromium), Some(driver)) => Self { chromium, driver },
            _ if debian::can_install() => {
                console::announce("installing Chromium and its driver with apt: about a minute");
                debian::install(&["chromium", "chromium-driver"])?;
                Self {
                    chromium: chromium()?.context("Chromium was installed but is not on PATH")?,
                    driver: driver()?.context("chromedriver was installed but is not on PATH")?,
                }
            }
            (chromium, driver) => bail!(missing(chromium.is_some(), driver.is_some())),
        };
        browser.check_versions()?;
        Ok(browser)
    }

    fn check_versions(&self) -> Result<()> {
        let driver = process::version_of(&self.driver)
            .with_context(|| format!("{} cannot be run", self.driver.display()))?;
        // Chrome on Windows opens a window instead of telling its version.
        if cfg!(windows) {
            console::note("Chromium", &format!("found, {driver}"));
            return Ok(());
        }
        let chromium = process::version_of(&self.chromium)
            .with_context(|| format!("{} cannot be run", self.chromium.display()))?;
        if major(&chromium) != major(&driver) {
            bail!(
                "the browser and its driver must be of one major version: {} is \"{chromium}\", {} is \
                 \"{driver}\". Install the driver that fits, or name another pair in CHROMIUM and \
                 CHROMEDRIVER",
                self.chromium.display(),
                self.driver.display(),
            );
        }
        console::note("Chromium and driver", &chromium);
        Ok(())
    }
}

fn chromium() -> Result<Option<PathBuf>> {
    found::find("CHROMIUM", &CHROMIUM_NAMES, &CHROMIUM_PLACES)
}

fn driver() -> Result<Option<PathBuf>> {
    found::find("CHROMEDRIVER", &["chromedriver"], &DRIVER_PLACES)
}

fn missing(has_chromium: bool, has_driver: bool) -> String {
    let what = match (has_chromium, has_driver) {
        (false, false) => "Chromium and chromedriver are",
        (false, true) => "Chromium is",
        _ => "chromedriver is",
    };
    let how = match env::consts::OS {
        "macos" => "`brew install --cask chromium chromedriver`",
        "windows" => "`winget install Google.Chrome` and `winget install Chromium.ChromeDriver`",
        _ if debian::is_debian() => "`sudo apt-get install chromium chromium-driver`",
        _ => "your system's packages, or https://googlechromelabs.github.io/chrome-for-testing",
    };
    format!("{what} missing. Get it by {how}; or name the programs in CHROMIUM and CHROMEDRIVER")
}

/// The major version in a line such as `Chromium 156.0.8078.79 built on Debian`.
fn major(line: &str) -> Option<u32> {
    line.split_whitespace()
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?
        .split('.')
        .next()?
        .parse()
        .ok()
}

/// The arguments that make Chromium run without a window, in tests.
pub fn headless_arguments() -> Vec<&'static str> {
    let mut arguments = vec![
        "--headless=new",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
    ];
    // Chromium refuses to sandbox what root starts. Only the tests' own pages are opened.
    if debian::is_root() {
        arguments.push("--no-sandbox");
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_each_program_prints() {
        assert_eq!(
            major("Chromium 156.0.8078.79 built on Debian GNU/Linux 12"),
            Some(156)
        );
        assert_eq!(major("Google Chrome 131.0.6778.85 "), Some(131));
        assert_eq!(
            major("ChromeDriver 156.0.8078.79 (a21ce95c24ce-refs/branch-heads/8078@{#1})"),
            Some(156)
        );
        assert_eq!(major("no number here"), None);
    }

    #[test]
    fn what_is_missing_is_named() {
        assert!(missing(false, true).starts_with("Chromium is missing"));
        assert!(missing(true, false).starts_with("chromedriver is missing"));
    }
}
