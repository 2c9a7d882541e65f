//! Tools that npm has: fetched once, into the cache, and run with Node.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::cache::Cache;
use super::debian;
use crate::{console, paths, process};

/// A tool to be had by `npm install`.
#[derive(Debug)]
pub struct NpmTool<'a> {
    /// The package's name.
    pub package: &'a str,
    /// The one version that will do, as npm counts.
    pub version: &'a str,
    /// The program in the package's `bin`.
    pub program: &'a str,
    /// The version as the program itself prints it among other words.
    pub printed: &'a str,
}

/// A program that is there.
#[derive(Debug)]
pub struct Program {
    file: PathBuf,
    /// What runs it, if it is a script: on Windows no script starts by itself.
    node: Option<PathBuf>,
}

impl Program {
    /// A call of it, in the checkout's root.
    pub fn command(&self) -> Command {
        let mut command = match &self.node {
            None => Command::new(&self.file),
            Some(node) => {
                let mut command = Command::new(node);
                command.arg(&self.file);
                command
            }
        };
        command.current_dir(paths::root());
        command
    }
}

impl NpmTool<'_> {
    /// The program: in the cache, or where PATH has this very version.
    ///
    /// # Errors
    ///
    /// Fails when it has to be installed and npm is not to be had, or fails, and when there is no
    /// Node to run it.
    pub fn ensure(&self, cache: &Cache) -> Result<Program> {
        let name = format!("{}-{}", self.package, self.printed);
        let shown = format!("{} {}", self.program, self.printed);
        if let Some(entry) = cache.entry(&name) {
            console::note(&shown, "in the cache");
            return self.script(&entry);
        }
        if let Some(file) = self.on_path() {
            console::note(&shown, "on PATH");
            return Ok(Program { file, node: None });
        }
        console::announce(&format!("fetching {shown}: less than a minute"));
        let entry = cache
            .install(&name, |folder| fetch(self.package, self.version, folder))
            .with_context(|| format!("{shown} could not be fetched"))?;
        console::note(&shown, "installed into the cache");
        self.script(&entry)
    }

    fn script(&self, entry: &Path) -> Result<Program> {
        let package = entry.join("node_modules").join(self.package);
        Ok(Program {
            file: package.join("bin").join(self.program),
            node: Some(node()?),
        })
    }

    fn on_path(&self) -> Option<PathBuf> {
        let found = process::find_on_path(&[self.program])?;
        let printed = process::version_of(&found)?;
        printed
            .split_whitespace()
            .any(|word| word == self.printed)
            .then_some(found)
    }
}

/// Has npm put this version of a package into the folder.
///
/// # Errors
///
/// Fails when npm is not to be had, or fails.
pub fn fetch(package: &str, version: &str, folder: &Path) -> Result<()> {
    let mut command = Command::new(npm()?);
    command
        .arg("install")
        .arg(format!("{package}@{version}"))
        .args(["--no-save", "--no-package-lock", "--ignore-scripts"])
        .args(["--no-audit", "--no-fund", "--prefix"])
        .arg(folder)
        .current_dir(folder);
    process::succeed(command)
}

/// A tool with so many dependencies that they are pinned by a lock file in the checkout.
#[derive(Debug)]
pub struct LockedTool<'a> {
    /// The package's name.
    pub package: &'a str,
    /// Its version, as the lock file has it.
    pub version: &'a str,
    /// The program, as a path in the package.
    pub script: &'a str,
    /// The folder in the checkout with `package.json` and `package-lock.json`.
    pub lock: &'a str,
}

impl LockedTool<'_> {
    /// The program, in the cache.
    ///
    /// # Errors
    ///
    /// Fails when it has to be installed and npm is not to be had, or fails, and when there is no
    /// Node to run it.
    pub fn ensure(&self, cache: &Cache) -> Result<Program> {
        let name = format!("{}-{}", self.package, self.version);
        let shown = format!("{} {}", self.package, self.version);
        let entry = match cache.entry(&name) {
            Some(entry) => {
                console::note(&shown, "in the cache");
                entry
            }
            None => {
                let npm = npm()?;
                console::announce(&format!("fetching {shown}: about a minute"));
                let entry = cache
                    .install(&name, |folder| self.fetch(&npm, folder))
                    .with_context(|| format!("{shown} could not be fetched"))?;
                console::note(&shown, "installed into the cache");
                entry
            }
        };
        Ok(Program {
            file: entry
                .join("node_modules")
                .join(self.package)
                .join(self.script),
            node: Some(node()?),
        })
    }

    fn fetch(&self, npm: &Path, folder: &Path) -> Result<()> {
        for file in ["package.json", "package-lock.json"] {
            let from = paths::root().join(self.lock).join(file);
            fs::copy(&from, folder.join(file)).with_context(|| from.display().to_string())?;
        }
        let mut command = Command::new(npm);
        command
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .current_dir(folder);
        process::succeed(command)
    }
}

fn node() -> Result<PathBuf> {
    process::find_on_path(&["node"]).context("node is not on PATH")
}

/// npm, installed with Node where that is possible.
fn npm() -> Result<PathBuf> {
    let name = if cfg!(windows) { "npm.cmd" } else { "npm" };
    if let Some(npm) = find(name) {
        return Ok(npm);
    }
    if debian::can_install() {
        console::announce("installing Node with apt: about a minute");
        debian::install(&["nodejs", "npm"])?;
        return find(name).context("npm is not on PATH although Debian's package is installed");
    }
    bail!(
        "wasm-opt, esbuild, tsc, axe-core and Lighthouse are fetched with npm, and there is none. Install Node 18 or newer: {}",
        match env::consts::OS {
            "macos" => "`brew install node`",
            "windows" => "`winget install OpenJS.NodeJS.LTS`",
            _ if debian::is_debian() => "`sudo apt-get install nodejs npm`",
            _ => "with your system's packages, or from https://nodejs.org",
        }
    )
}

/// Not `find_on_path`, which adds `.exe`: on Windows npm is a batch file.
fn find(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|candidate| candidate.is_file())
}
