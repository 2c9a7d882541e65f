//! `cargo xtask dist`: the deployable folder, its archive, and what they weigh.

mod archive;
mod budget;
mod package;
mod precompress;
mod sizes;

use std::fs;

use anyhow::{Context, Result};

use crate::setup::WasmTools;
use crate::{console, paths, widget};
use sizes::Sizes;
pub use sizes::files;

/// Makes `dist/` and `target/hallpass-VERSION.zip`, and prints the sizes.
///
/// # Errors
///
/// Fails when the widget cannot be built or weighs more than its budget.
pub fn run() -> Result<()> {
    println!("Setting up");
    let tools = WasmTools::ensure()?;
    println!("Making dist/");
    let sizes = make(&tools)?;
    let archive = archive::write(&paths::dist(), &paths::root().join("target"))?;
    println!("\n{sizes}");
    console::note("archive", &archive.display().to_string());
    console::note("first load, brotli", &check_budget(&sizes)?);
    Ok(())
}

/// Makes `dist/` alone, ready to be served, whatever it weighs.
///
/// # Errors
///
/// Fails when the widget cannot be built.
pub fn make(tools: &WasmTools) -> Result<Sizes> {
    widget::build(tools)?;
    package::write(&paths::dist())?;
    precompress::folder(&paths::dist())?;
    Sizes::of(&paths::dist())
}

/// Holds a widget against its budget; tells what it weighs.
///
/// # Errors
///
/// Fails when it weighs more.
pub fn check_budget(sizes: &Sizes) -> Result<String> {
    let page = paths::dist().join("index.html");
    let page =
        fs::read_to_string(&page).with_context(|| format!("cannot read {}", page.display()))?;
    budget::check(sizes, &page)
}
