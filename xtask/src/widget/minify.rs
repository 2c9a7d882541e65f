//! Making the page's sheets and its script smaller.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use super::glue::BROWSERS;
use crate::process;
use crate::setup::Program;

/// A style sheet without what only people read. `folder` is where esbuild works meanwhile.
///
/// # Errors
///
/// Fails when esbuild does.
pub fn sheet(esbuild: &Program, folder: &Path, sheet: &str) -> Result<Vec<u8>> {
    let file = folder.join("sheet.css");
    fs::write(&file, sheet)?;
    in_place(
        esbuild,
        &file,
        &["--minify", &format!("--target={BROWSERS}")],
    )?;
    let minified = fs::read(&file)?;
    fs::remove_file(file)?;
    Ok(minified)
}

/// Takes out of a classic script, in its place, what only people read. Its syntax stays that of its
/// author: it may have to run where newer one is not known.
///
/// # Errors
///
/// Fails when esbuild does.
pub fn script(esbuild: &Program, file: &Path) -> Result<()> {
    in_place(
        esbuild,
        file,
        &["--minify-whitespace", "--minify-identifiers"],
    )
}

/// Makes a module smaller, in its place, for the browsers that the widget itself runs in.
///
/// # Errors
///
/// Fails when esbuild does.
pub fn module(esbuild: &Program, file: &Path) -> Result<()> {
    in_place(
        esbuild,
        file,
        &["--minify", &format!("--target={BROWSERS}")],
    )
}

fn in_place(esbuild: &Program, file: &Path, options: &[&str]) -> Result<()> {
    let mut command = esbuild.command();
    command
        .args(options)
        .args(["--charset=utf8", "--log-level=warning", "--allow-overwrite"])
        .arg(file)
        .arg(format!("--outfile={}", file.display()));
    process::succeed(command).with_context(|| format!("cannot minify {}", file.display()))
}
