//! `cargo xtask bench`: how fast it is, measured in a real browser.

use anyhow::{Context, Result};

use crate::setup::{Browser, WasmTools};
use crate::{dist, paths, process, serve};

/// Builds the widget and the sandbox, measures, and prints the table.
///
/// # Errors
///
/// Fails when something cannot be built, and when there is no Chromium.
pub fn run() -> Result<()> {
    println!("Setting up");
    let tools = WasmTools::ensure()?;
    let browser = Browser::ensure()?;
    println!("Making dist/");
    dist::make(&tools)?;
    serve::build_sandbox()?;
    println!("Measuring\n");
    let mut cargo = process::cargo();
    cargo
        .args(["run", "--quiet", "--locked", "--package", "hallpass-bench"])
        .env("HALLPASS_DIST", paths::dist())
        .env("HALLPASS_SANDBOX", paths::sibling_binary("sandbox")?)
        .env("CHROMIUM", &browser.chromium)
        .env("CHROMEDRIVER", &browser.driver);
    let status = cargo.status().context("cargo does not start")?;
    anyhow::ensure!(status.success(), "measuring has failed");
    Ok(())
}
