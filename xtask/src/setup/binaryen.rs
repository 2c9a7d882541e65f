//! Binaryen's `wasm-opt`, which makes the wasm smaller.

use anyhow::Result;

use super::cache::Cache;
use super::npm_tool::{NpmTool, Program};

/// `wasm-opt`, of one version, so that the same sources give the same bytes.
///
/// # Errors
///
/// Those of [`NpmTool::ensure`].
pub fn ensure(cache: &Cache) -> Result<Program> {
    NpmTool {
        package: "binaryen",
        version: "132.0.0",
        program: "wasm-opt",
        printed: "132",
    }
    .ensure(cache)
}
