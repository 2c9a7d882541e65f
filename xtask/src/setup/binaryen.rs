//! Binaryen's `wasm-opt`, which makes the wasm smaller.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::cache::Cache;
use super::debian;
use crate::{console, process};

/// Must be what Trunk.toml asks for, `version_132`: any other, and Trunk would look for its own.
const VERSION: &str = "132";

/// The folder that holds `wasm-opt`: in the cache, or where PATH has this very version.
///
/// # Errors
///
/// Fails when it has to be installed and npm is not to be had, or fails.
pub fn ensure(cache: &Cache) -> Result<PathBuf> {
    let name = format!("binaryen-{VERSION}");
    let shown = format!("wasm-opt {VERSION}");
    if let Some(entry) = cache.entry(&name) {
        console::note(&shown, "in the cache");
        return Ok(programs(&entry));
    }
    if let Some(folder) = on_path() {
        console::note(&shown, "on PATH");
        return Ok(folder);
    }
    let npm = npm()?;
    console::announce(&format!("fetching {shown}: less than a minute"));
    let entry = cache
        .install(&name, |folder| fetch(&npm, folder))
        .with_context(|| format!("{shown} could not be fetched"))?;
    console::note(&shown, "installed into the cache");
    Ok(programs(&entry))
}

fn programs(entry: &Path) -> PathBuf {
    entry.join("node_modules").join(".bin")
}

fn on_path() -> Option<PathBuf> {
    let found = process::find_on_path(&["wasm-opt"])?;
    // `wasm-opt version 132`, on some systems followed by the commit.
    let printed = process::version_of(&found)?;
    let folder = found.parent()?.to_path_buf();
    (printed.split_whitespace().nth(2) == Some(VERSION)).then_some(folder)
}

fn fetch(npm: &Path, folder: &Path) -> Result<()> {
    let mut command = Command::new(npm);
    command
        .arg("install")
        .arg(format!("binaryen@{VERSION}.0.0"))
        .args(["--no-save", "--no-package-lock", "--ignore-scripts"])
        .args(["--no-audit", "--no-fund", "--prefix"])
        .arg(folder)
        .current_dir(folder);
    process::succeed(command)
}

/// npm, installed with Node where that is possible.
fn npm() -> Result<PathBuf> {
    let names: &[&str] = if cfg!(windows) {
        &["npm.cmd"]
    } else {
        &["npm"]
    };
    if let Some(npm) = find(names) {
        return Ok(npm);
    }
    if debian::can_install() {
        console::announce("installing Node with apt: about a minute");
        debian::install(&["nodejs", "npm"])?;
        return find(names).context("npm is not on PATH although Debian's package is installed");
    }
    bail!(
        "wasm-opt {VERSION} is fetched with npm, and there is none. Install Node 18 or newer: {}",
        match env::consts::OS {
            "macos" => "`brew install node`",
            "windows" => "`winget install OpenJS.NodeJS.LTS`",
            _ if debian::is_debian() => "`sudo apt-get install nodejs npm`",
            _ => "with your system's packages, or from https://nodejs.org",
        }
    )
}

/// Not `find_on_path`, which adds `.exe`: on Windows npm is a batch file.
fn find(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|candidate| candidate.is_file())
}
