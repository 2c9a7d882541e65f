//! Making the wasm smaller.

use std::path::Path;

use anyhow::{Context, Result};

use crate::process;
use crate::setup::Program;

/// What browsers have had for years, by name: with `--all-features` the result fails to load in
/// Firefox and WebKit.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-multivalue",
    "--enable-mutable-globals",
];

/// In the order they are run.
const PASSES: [&str; 8] = [
    // rustc's linker leaves the lowest addresses free.
    "--low-memory-unused",
    "--strip-producers",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    // Again and again until nothing gets smaller: 1 kB.
    "--converge",
    // A function that is called once and is larger than this stays one: bodies that are alike
    // compress better apart.
    "--one-caller-inline-max-function-size=40",
];

/// Optimises a wasm file in its place; takes about ten seconds.
///
/// # Errors
///
/// Fails when wasm-opt does.
pub fn file(wasm_opt: &Program, wasm: &Path) -> Result<()> {
    let mut command = wasm_opt.command();
    command
        .args(FEATURES)
        .args(PASSES)
        .arg(wasm)
        .arg("--output")
        .arg(wasm);
    process::succeed(command).context("the wasm could not be optimised")
}
