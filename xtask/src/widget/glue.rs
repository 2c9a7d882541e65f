//! Making the glue smaller.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::process;
use crate::setup::Program;

/// The oldest browsers that the styles' cascade layers allow.
pub const BROWSERS: &str = "chrome99,firefox97,safari15.4";

/// What wasm-bindgen's glue at `glue` becomes: one module, with the modules it imports in it, that
/// exports nothing but what starts the program and what mounts the widget.
///
/// # Errors
///
/// Fails when esbuild does.
pub fn minified(esbuild: &Program, glue: &Path) -> Result<Vec<u8>> {
    let (entry, out) = (glue.with_extension("entry.mjs"), glue.with_extension("min"));
    let name = glue.file_name().context("a file without a name")?;
    // The glue also exports a function that starts from bytes at hand, and a class for each that
    // Rust exports; what nobody imports goes.
    fs::write(
        &entry,
        format!(
            "export {{ default, mount }} from {:?};\n",
            format!("./{}", name.display())
        ),
    )?;
    let mut command = esbuild.command();
    command
        .args(["--bundle", "--minify", "--format=esm", "--charset=utf8"])
        .args(["--log-level=warning", "--legal-comments=none"])
        .arg(format!("--target={BROWSERS}"))
        // Both stand at the top level for such classes, and would keep them in.
        .args([
            "--define:Symbol.dispose=undefined",
            "--pure:FinalizationRegistry",
        ])
        .arg(&entry)
        .arg(format!("--outfile={}", out.display()));
    process::succeed(command).context("the glue could not be minified")?;
    let minified = fs::read(&out)?;
    fs::remove_file(entry)?;
    fs::remove_file(out)?;
    Ok(minified)
}
