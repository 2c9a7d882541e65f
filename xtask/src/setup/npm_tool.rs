//! Tools that npm has: fetched once, into the cache, and run with Node.

use std::env;
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
            node: Some(process::find_on_path(&["node"]).context("node is not on PATH")?),
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
        "wasm-opt, esbuild, tsc and axe-core are fetched with npm, and there is none. Install Node 18 or newer: {}",
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
