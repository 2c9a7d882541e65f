//! Trunk, which puts the page, the wasm and the glue together.

use std::path::PathBuf;

use anyhow::Result;

use super::cache::Cache;
use super::crate_tool::CrateTool;

/// The newest that compiles with the stable compilers this project supports; 0.22.1 wants 1.96.1.
const VERSION: &str = "0.21.14";

/// The folder that holds `trunk`.
///
/// # Errors
///
/// Fails when it has to be compiled and cannot be.
pub fn ensure(cache: &Cache) -> Result<PathBuf> {
    CrateTool {
        package: "trunk",
        version: VERSION,
        programs: &["trunk"],
        // Its default features add a check for updates; rustls needs no OpenSSL of the system.
        arguments: &["--locked", "--no-default-features", "--features", "rustls"],
        minutes: 4,
    }
    .ensure(cache)
}
