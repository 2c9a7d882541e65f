//! `cargo xtask shots`: pictures of every state of every view, for the documentation.

use std::fs;

use anyhow::{Context, Result, ensure};

use crate::setup::{Browser, WasmTools};
use crate::{dist, paths, process, serve};

/// Builds the widget and the sandbox, and takes the pictures in `docs/shots/` anew.
///
/// # Errors
///
/// Fails when something cannot be built, when there is no Chromium, and when a state is not reached;
/// the pictures of the others are taken all the same.
pub fn run() -> Result<()> {
    println!("Setting up");
    let tools = WasmTools::ensure()?;
    let browser = Browser::ensure()?;
    println!("Making dist/");
    dist::make(&tools)?;
    serve::build_sandbox()?;
    println!("Taking pictures\n");
    let folder = paths::root().join("docs").join("shots");
    fs::create_dir_all(&folder)?;
    for entry in fs::read_dir(&folder)? {
        let file = entry?.path();
        if file.extension().is_some_and(|ending| ending == "png") {
            fs::remove_file(&file).with_context(|| format!("cannot remove {}", file.display()))?;
        }
    }
    let mut cargo = process::cargo();
    cargo
        .args(["run", "--quiet", "--locked", "--package", "hallpass-e2e"])
        .args(["--bin", "shots", "--"])
        .arg(folder)
        .env("HALLPASS_DIST", paths::dist())
        .env("HALLPASS_SANDBOX", paths::sibling_binary("sandbox")?)
        .env("CHROMIUM", &browser.chromium)
        .env("CHROMEDRIVER", &browser.driver);
    let status = cargo.status().context("cargo does not start")?;
    ensure!(status.success(), "not all pictures could be taken");
    Ok(())
}
