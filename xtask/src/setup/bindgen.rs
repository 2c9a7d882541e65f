//! wasm-bindgen's programs, which write the JavaScript glue and run tests in a browser.

use std::path::PathBuf;

use anyhow::Result;

use super::cache::Cache;
use super::crate_tool::CrateTool;
use super::lockfile;

/// The program that runs `wasm_bindgen_test`s.
pub const TEST_RUNNER: &str = "wasm-bindgen-test-runner";

/// The folder that holds both programs, of exactly the version in Cargo.lock: the format between
/// the crate and its programs changes with every release.
///
/// # Errors
///
/// Fails when Cargo.lock does not name it, or when it has to be compiled and cannot be.
pub fn ensure(cache: &Cache) -> Result<PathBuf> {
    CrateTool {
        package: "wasm-bindgen-cli",
        version: &lockfile::version("wasm-bindgen")?,
        programs: &["wasm-bindgen", TEST_RUNNER],
        // Not `--locked`: the lock file of 0.2.130 names a version that was withdrawn.
        arguments: &[],
        minutes: 2,
    }
    .ensure(cache)
}
