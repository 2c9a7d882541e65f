//! Cutting the program in two: what everybody needs, and what is fetched when it is first opened.
//!
//! The widget's feature `split` marks where (`src/ui/views/staff.rs`), and has the linker write down
//! what refers to what (`build.rs`). By that, `wasm_split_cli_support`, the tool behind Leptos' lazy
//! views, moves the functions and data that only the marked function reaches into a module of their
//! own. wasm-bindgen would throw away what the linker wrote, so the cut has to come before it, where
//! Trunk leaves no room: wasm-bindgen is run again, and what it writes takes the place of what it
//! wrote for Trunk.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, Module, RawSection};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

use super::Files;
use super::page::{hash, integrity};
use crate::process;
use crate::setup::WasmTools;

/// The module by which the first part fetches the second; the glue imports it.
const LOADER: &str = "./loader.js";

/// What [`LOADER`] holds: the function that the first part imports, and that calls back the function
/// at `done` in their common table with whether it succeeded. It is called again only after it failed,
/// and then takes nothing from the browser's cache, which may hold what was wrong. (The tool writes
/// one too, which neither checks the file nor gets by where a server does not know wasm.)
///
/// The views' styles come with them.
const LOAD: &str = r#"import start from "GLUE";

let cache = "default";

function get(file, integrity) {
    return fetch(new URL(file, import.meta.url), { cache, integrity });
}

// Done when the styles are in force: nothing is seen without them.
async function dress() {
    const integrity = "SHEET_INTEGRITY";
    // The element cannot ask past the browser's cache, but takes from it what this leaves there.
    await get("SHEET", integrity);
    const element = document.createElement("link");
    await new Promise((resolve, reject) => {
        Object.assign(element, {
            rel: "stylesheet", crossOrigin: "anonymous", integrity,
            href: new URL("SHEET", import.meta.url), onload: resolve, onerror: reject,
        });
        document.head.append(element);
    });
}

async function instantiate(first) {
    const file = await get("WASM", "WASM_INTEGRITY");
    await WebAssembly.instantiate(await file.arrayBuffer(), { __wasm_split: first });
}

export async function __wasm_split_load_staff(done, whom) {
    // Started long since: gives what the first part exports.
    const first = await start();
    let succeeded = false;
    try {
        await Promise.all([instantiate(first), dress()]);
        succeeded = true;
    } catch (error) {
        console.error(error);
        cache = "reload";
    }
    first.__indirect_function_table.get(done)(whom, succeeded);
}
"#;

/// What the names of exports hold that nobody uses: those of wasm-streams, which Leptos brings along
/// and nothing here makes. What is exported is taken for reached, with all that it reaches: 3 kB.
const UNUSED: &str = "intounderlying";

/// `wasm` without the exports whose names hold `unused`. The functions stay: what no export reaches
/// is left out when the program is cut.
fn without_exports(wasm: &[u8], unused: &str) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        if let Payload::ExportSection(exports) = payload {
            let mut used = ExportSection::new();
            for export in exports {
                let export = export?;
                if !export.name.contains(unused) {
                    let kind = RoundtripReencoder.export_kind(export.kind)?;
                    used.export(export.name, kind, export.index);
                }
            }
            module.section(&used);
        } else if let Some((id, range)) = payload.as_section() {
            let range = usize::try_from(range.start)?..usize::try_from(range.end)?;
            let data = &wasm[range];
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}

/// Cuts what the linker wrote for Trunk: puts the first part and its glue into `stage`, in the place
/// of Trunk's `raw` files. Gives the path of the second part, outside of it.
///
/// # Errors
///
/// Fails when the tool or wasm-bindgen does, and when there is not exactly one second part.
pub fn cut(tools: &WasmTools, stage: &Path, raw: &Files) -> Result<PathBuf> {
    let linked = tools.linked();
    let folder = linked.with_file_name("split");
    let first = folder.join("first.wasm");
    let program = fs::read(&linked).with_context(|| format!("cannot read {}", linked.display()))?;
    let program = without_exports(&program, UNUSED)?;
    let mut options = Options::new(&program);
    options.output_dir = &folder;
    options.main_out_path = &first;
    options.link_name = LOADER;
    let mut parts = transform(options)
        .map_err(|error| anyhow!("the wasm could not be cut: {error:#}"))?
        .split_modules;
    let (Some(second), true) = (parts.pop(), parts.is_empty()) else {
        bail!("the wasm was not cut into two parts");
    };

    let mut bindgen = tools.shipping_command("wasm-bindgen")?;
    bindgen
        .args(["--target=web", "--no-typescript", "--out-name=hallpass"])
        // The table of functions among them, through which the parts call each other.
        .arg("--keep-lld-exports")
        .arg("--out-dir")
        .arg(&folder)
        .arg(&first);
    process::succeed(bindgen).context("the glue could not be written")?;
    fs::copy(folder.join("hallpass_bg.wasm"), stage.join(&raw.wasm))?;
    fs::copy(folder.join("hallpass.js"), stage.join(&raw.glue))?;
    Ok(second)
}

/// Puts the second part and its style sheet into `stage`, named after what is in them, and beside the
/// glue of that name what fetches them: a module for the glue to take in, whose path is given.
///
/// # Errors
///
/// Those of the file system.
pub fn add(second: &[u8], sheet: &[u8], stage: &Path, glue: &str) -> Result<PathBuf> {
    let mut script = LOAD.replace("GLUE", &format!("./{glue}"));
    for (what, ending, content) in [("WASM", "wasm", second), ("SHEET", "css", sheet)] {
        let name = format!("hallpass-staff-{}.{ending}", hash(&[content]));
        fs::write(stage.join(&name), content)?;
        script = script
            .replace(&format!("{what}_INTEGRITY"), &integrity(content))
            .replace(&format!("\"{what}\""), &format!("\"./{name}\""));
    }
    let loader = stage.join(LOADER);
    fs::write(&loader, script)?;
    Ok(loader)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_files_are_named_after_their_content_and_fetched_by_that_name_and_nothing_else() {
        let stage = std::env::temp_dir().join(format!("hall-pass-split-{}", std::process::id()));
        fs::create_dir_all(&stage).unwrap();

        let loader = add(b"second", b"sheet", &stage, "hallpass-1.js").unwrap();

        let script = fs::read_to_string(loader).unwrap();
        assert!(script.contains("from \"./hallpass-1.js\";"));
        for (content, ending) in [(&b"second"[..], "wasm"), (b"sheet", "css")] {
            let name = format!("hallpass-staff-{}.{ending}", hash(&[content]));
            assert_eq!(fs::read(stage.join(&name)).unwrap(), content);
            assert!(script.contains(&format!("\"./{name}\"")));
            assert!(script.contains(&format!("\"{}\"", integrity(content))));
        }
        for placeholder in ["GLUE", "WASM", "SHEET", "INTEGRITY"] {
            assert!(
                !script.contains(&format!("\"{placeholder}")),
                "{placeholder}"
            );
        }
        fs::remove_dir_all(&stage).unwrap();
    }

    #[test]
    fn exports_that_nobody_uses_are_taken_out_and_all_else_stays() {
        let wasm = |names: &[&str]| {
            let mut exports = ExportSection::new();
            for name in names {
                exports.export(name, wasm_encoder::ExportKind::Func, 0);
            }
            let other = wasm_encoder::CustomSection {
                name: "other".into(),
                data: b"kept"[..].into(),
            };
            let mut module = Module::new();
            module.section(&exports).section(&other);
            module.finish()
        };
        let before = wasm(&["main", "__describe_unused_1", "unused_2"]);
        let after = without_exports(&before, "unused").unwrap();
        assert_eq!(after, wasm(&["main"]));
    }
}
