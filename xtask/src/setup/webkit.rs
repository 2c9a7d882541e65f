//! WebKit, which stands for Safari: WebKitGTK's own small browser, its driver, and a screen that
//! nobody has to look at, since that browser has no headless mode.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use super::{debian, found};
use crate::{console, process};

/// A browser, its driver and a screen.
#[derive(Debug)]
pub struct WebKit {
    /// The browser's program.
    pub browser: PathBuf,
    /// Its driver's program.
    pub driver: PathBuf,
    /// The program that is the screen.
    pub screen: PathBuf,
}

/// Debian's packages; the browser comes with what the driver depends on.
const PACKAGES: [&str; 2] = ["webkit2gtk-driver", "xvfb"];

impl WebKit {
    /// Finds all three, installing them where that is possible.
    ///
    /// `MINIBROWSER`, `WEBKITWEBDRIVER` and `XVFB` name others than those this would find.
    ///
    /// # Errors
    ///
    /// Fails when one is missing and cannot be installed; the error says how to get it.
    pub fn ensure() -> Result<Self> {
        let mut found = Found::look()?;
        if !found.missing().is_empty() && debian::can_install() {
            console::announce("installing WebKit and a screen for it with apt: about a minute");
            debian::install(&PACKAGES)?;
            found = Found::look()?;
        }
        match found {
            Found {
                browser: Some(browser),
                driver: Some(driver),
                screen: Some(screen),
            } => {
                let version = process::version_of(&driver);
                console::note("WebKit", version.as_deref().unwrap_or("found"));
                Ok(Self {
                    browser,
                    driver,
                    screen,
                })
            }
            found => bail!(how_to_get(&found.missing())),
        }
    }
}

/// What there is of the three.
#[derive(Default)]
struct Found {
    browser: Option<PathBuf>,
    driver: Option<PathBuf>,
    screen: Option<PathBuf>,
}

impl Found {
    fn look() -> Result<Self> {
        let browser = match found::find("MINIBROWSER", &["MiniBrowser"], &[])? {
            None => beside_the_library(),
            found => found,
        };
        Ok(Self {
            browser,
            driver: found::find("WEBKITWEBDRIVER", &["WebKitWebDriver"], &[])?,
            screen: found::find("XVFB", &["Xvfb"], &[])?,
        })
    }

    fn missing(&self) -> Vec<&'static str> {
        [
            ("MiniBrowser", &self.browser),
            ("WebKitWebDriver", &self.driver),
            ("Xvfb", &self.screen),
        ]
        .into_iter()
        .filter(|(_, program)| program.is_none())
        .map(|(name, _)| name)
        .collect()
    }
}

/// The browser stands beside the library, in a folder whose name holds the interface's version, and
/// mostly a folder of the machine's kind above it: `/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1`. Of
/// several the newest.
fn beside_the_library() -> Option<PathBuf> {
    let above = ["/usr/lib", "/usr/lib64", "/usr/libexec"].map(Path::new);
    let below = above.into_iter().flat_map(folders_in);
    above
        .into_iter()
        .map(Path::to_path_buf)
        .chain(below)
        .flat_map(|folder| folders_in(&folder))
        .filter(|folder| {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("webkit2gtk-") || name.starts_with("webkitgtk-")
        })
        .map(|folder| folder.join("MiniBrowser"))
        .filter(|program| program.is_file())
        .max()
}

fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(|entry| entry.path())
        .filter(|path| path.is_dir())
        .collect()
}

fn how_to_get(missing: &[&str]) -> String {
    let what = missing.join(", ");
    let how = if env::consts::OS != "linux" {
        "WebKitGTK is to be had on Linux only".to_owned()
    } else if debian::is_debian() {
        format!("Get it by `sudo apt-get install {}`", PACKAGES.join(" "))
    } else {
        "Get it with your system's packages, whose names hold WebKitGTK and Xvfb".to_owned()
    };
    format!(
        "missing of WebKit: {what}. {how}; or name the programs in MINIBROWSER, WEBKITWEBDRIVER and \
         XVFB"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_is_named() {
        let found = Found {
            driver: Some(PathBuf::from("WebKitWebDriver")),
            ..Found::default()
        };
        assert_eq!(found.missing(), ["MiniBrowser", "Xvfb"]);
        assert!(how_to_get(&found.missing()).starts_with("missing of WebKit: MiniBrowser, Xvfb."));
    }
}
