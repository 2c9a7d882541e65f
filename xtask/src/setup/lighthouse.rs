//! Lighthouse, which looks at the page as search engines and auditors do.

use anyhow::Result;

use super::cache::Cache;
use super::npm_tool::{LockedTool, Program};

/// `lighthouse`, with all that it is made of as `xtask/lighthouse/package-lock.json` has it: the same
/// page then gets the same verdict. 12 is the last that runs on Node 20.
///
/// # Errors
///
/// Those of [`LockedTool::ensure`].
pub fn ensure(cache: &Cache) -> Result<Program> {
    LockedTool {
        package: "lighthouse",
        version: "12.8.2",
        script: "cli/index.js",
        lock: "xtask/lighthouse",
    }
    .ensure(cache)
}
