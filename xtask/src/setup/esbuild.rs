//! esbuild, which makes the glue smaller.

use anyhow::Result;

use super::cache::Cache;
use super::npm_tool::{NpmTool, Program};

/// `esbuild`, of one version, so that the same sources give the same bytes.
///
/// # Errors
///
/// Those of [`NpmTool::ensure`].
pub fn ensure(cache: &Cache) -> Result<Program> {
    NpmTool {
        package: "esbuild",
        version: "0.28.2",
        program: "esbuild",
        printed: "0.28.2",
    }
    .ensure(cache)
}
