//! What makes `dist/` an npm package too, of embed.js and its types: `npm pack dist`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

/// What it is called there.
const NAME: &str = "hall-pass-embed";

/// Writes `package.json` into the deployable folder.
///
/// # Errors
///
/// Those of the file system.
pub fn write(folder: &Path) -> Result<()> {
    let path = folder.join("package.json");
    fs::write(&path, format!("{:#}\n", manifest()))
        .with_context(|| format!("cannot write {}", path.display()))
}

fn manifest() -> Value {
    json!({
        "name": NAME,
        "version": env!("CARGO_PKG_VERSION"),
        "description": "The custom element <hall-pass>: Hall Pass in a page of your own",
        "license": env!("CARGO_PKG_LICENSE"),
        "type": "module",
        "exports": { ".": { "types": "./embed.d.ts", "default": "./embed.js" } },
        "types": "./embed.d.ts",
        // The rest of the folder is the widget, which is served and not imported.
        "files": ["embed.js", "embed.d.ts"],
        // Loading it defines the element.
        "sideEffects": true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_package_holds_the_files_that_it_names_and_nothing_else() {
        let manifest = manifest();
        let files = manifest["files"].as_array().unwrap();
        let entry = &manifest["exports"]["."];
        for named in [&entry["types"], &entry["default"], &manifest["types"]] {
            let name = named.as_str().unwrap().trim_start_matches("./");
            assert!(files.contains(&json!(name)), "{name}");
        }
        assert_eq!(files.len(), 2);
        assert_eq!(manifest["version"], env!("CARGO_PKG_VERSION"));
    }
}
