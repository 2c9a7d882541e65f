//! The TypeScript compiler, which checks the types of embed.js.

use anyhow::Result;

use super::cache::Cache;
use super::npm_tool::{NpmTool, Program};

/// `tsc`, of one version, so that the same types give the same verdict.
///
/// # Errors
///
/// Those of [`NpmTool::ensure`].
pub fn ensure(cache: &Cache) -> Result<Program> {
    NpmTool {
        package: "typescript",
        // The last one that is itself a script, and so runs wherever Node does.
        version: "5.9.3",
        program: "tsc",
        printed: "5.9.3",
    }
    .ensure(cache)
}
