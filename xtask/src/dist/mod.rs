//! `cargo xtask dist`: the deployable folder, its archive, and what they weigh.

mod archive;
mod budget;
mod precompress;
mod sizes;

use anyhow::Result;

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
    console::note("wasm and glue, brotli", &budget::check(&sizes)?);
    Ok(())
}

/// Makes `dist/` alone, ready to be served, whatever it weighs.
///
/// # Errors
///
/// Fails when the widget cannot be built.
pub fn make(tools: &WasmTools) -> Result<Sizes> {
    widget::build(tools)?;
    precompress::folder(&paths::dist())?;
    Sizes::of(&paths::dist())
}

/// Holds a widget against its budget; tells what it weighs.
///
/// # Errors
///
/// Fails when it weighs more.
pub fn check_budget(sizes: &Sizes) -> Result<String> {
    budget::check(sizes)
}
