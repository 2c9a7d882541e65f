//! axe-core, which looks through a page for what people with disabilities would stumble over.
//! <https://github.com/dequelabs/axe-core>

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::cache::Cache;
use super::npm_tool;
use crate::console;

/// One version, so that the same page gets the same verdict.
const VERSION: &str = "4.14.1";

/// What the package's archive has to be (Subresource Integrity), as npm writes it down after it has
/// held what it fetched against it.
const INTEGRITY: &str = "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==";

/// The script that is put into the page.
///
/// # Errors
///
/// Fails when it has to be fetched and npm is not to be had, or fails, and when what was fetched is
/// something else.
pub fn ensure(cache: &Cache) -> Result<PathBuf> {
    let name = format!("axe-core-{VERSION}");
    let shown = format!("axe-core {VERSION}");
    let entry = match cache.entry(&name) {
        Some(entry) => {
            console::note(&shown, "in the cache");
            entry
        }
        None => {
            console::announce(&format!("fetching {shown}: less than a minute"));
            let entry = cache
                .install(&name, |folder| {
                    npm_tool::fetch("axe-core", VERSION, folder)?;
                    is_the_one(folder)
                })
                .with_context(|| format!("{shown} could not be fetched"))?;
            console::note(&shown, "installed into the cache");
            entry
        }
    };
    Ok(entry.join("node_modules/axe-core/axe.min.js"))
}

fn is_the_one(folder: &Path) -> Result<()> {
    let file = folder.join("node_modules/.package-lock.json");
    let lock =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    ensure!(
        lock.contains(&format!("\"integrity\": \"{INTEGRITY}\"")),
        "what npm has fetched is not the archive that is expected:\n{lock}"
    );
    Ok(())
}
