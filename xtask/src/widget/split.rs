//! Cutting the program into parts: what everybody needs, and what is fetched when it is first wanted.
//!
//! The widget's feature `split` marks where (`src/ui/views/staff.rs`, `src/embed/frame.rs`), and has
//! the linker write down what refers to what (`build.rs`). By that, `wasm_split_cli_support`, the tool
//! behind Leptos' lazy views, moves the functions and data that only a marked function reaches into a
//! module of their own, and what several of them reach, but not the first part, into one for those.
//! wasm-bindgen would throw away what the linker wrote, so the cut has to come before it, where Trunk
//! leaves no room: wasm-bindgen is run again, and what it writes takes the place of what it wrote for
//! Trunk.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{ExportSection, Module, RawSection};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

use super::Files;
use super::page::{hash, integrity};
use crate::process;
use crate::setup::WasmTools;

/// The module by which the first part fetches the others; the glue imports it.
const LOADER: &str = "./loader.js";

/// The part whose styles are fetched with it.
const STAFF: &str = "staff";

/// The marks in the program: `src/embed/frame.rs`, `src/ui/later.rs`, `src/ui/views/staff.rs`.
const PARTS: [&str; 3] = ["frame", "later", STAFF];

/// What [`LOADER`] begins with: for each part the function that the first part imports, and that calls
/// back the function at `done` in their common table with whether it succeeded. It is called again
/// only after it failed, and then takes nothing from the browser's cache, which may hold what was
/// wrong. (The tool writes one too, which neither checks the files nor gets by where a server does not
/// know wasm.)
const LOAD: &str = r#"import start from "GLUE";

function get([file, integrity], cache) {
    return fetch(new URL(file, import.meta.url), { cache, integrity });
}

// What several parts share is there once.
const there = new Map();

async function instantiate(files, first, cache) {
    const missing = files.filter(([name]) => !there.has(name));
    const contents = await Promise.all(
        missing.map(async (file) => (await get(file, cache)).arrayBuffer()),
    );
    for (const [at, [name]] of missing.entries()) {
        if (!there.has(name)) {
            there.set(name, WebAssembly.instantiate(contents[at], { __wasm_split: first }));
        }
        await there.get(name);
    }
}

// Done when the styles are in force: nothing is seen without them. Only the widget's own page has none
// of them yet; another one gets all with hallpass.js.
async function dress(sheet, cache) {
    if (!sheet || !document.querySelector("script[data-glue]")) return;
    // The element cannot ask past the browser's cache, but takes from it what this leaves there.
    await get(sheet, cache);
    const element = document.createElement("link");
    await new Promise((resolve, reject) => {
        Object.assign(element, {
            rel: "stylesheet", crossOrigin: "anonymous", integrity: sheet[1],
            href: new URL(sheet[0], import.meta.url), onload: resolve, onerror: reject,
        });
        document.head.append(element);
    });
}

function loader(files, sheet) {
    let cache = "default";
    return async (done, whom) => {
        // Started long since: gives what the first part exports.
        const first = await start();
        let succeeded = false;
        try {
            await Promise.all([instantiate(files, first, cache), dress(sheet, cache)]);
            succeeded = true;
        } catch (error) {
            console.error(error);
            cache = "reload";
        }
        first.__indirect_function_table.get(done)(whom, succeeded);
    };
}
"#;

/// The parts that are fetched later.
#[derive(Debug)]
pub struct Later {
    /// Each module's name and content.
    pub modules: BTreeMap<String, Vec<u8>>,
    /// The names of the modules that each part needs, in the order in which they have to be there.
    needs: BTreeMap<String, Vec<String>>,
}

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
/// of Trunk's `raw` files, and gives the others, each as `finish` makes the file that it is in.
///
/// # Errors
///
/// Fails when the tool or wasm-bindgen does, and when there are not the [`PARTS`] that there have to
/// be.
pub fn cut(
    tools: &WasmTools,
    stage: &Path,
    raw: &Files,
    finish: impl Fn(&Path) -> Result<Vec<u8>>,
) -> Result<Later> {
    let linked = tools.linked();
    let folder = linked.with_file_name("split");
    let first = folder.join("first.wasm");
    let program = fs::read(&linked).with_context(|| format!("cannot read {}", linked.display()))?;
    let program = without_exports(&program, UNUSED)?;
    let mut options = Options::new(&program);
    options.output_dir = &folder;
    options.main_out_path = &first;
    options.link_name = LOADER;
    let split =
        transform(options).map_err(|error| anyhow!("the wasm could not be cut: {error:#}"))?;
    let needs: BTreeMap<_, _> = split.prefetch_map.into_iter().collect();
    ensure!(
        needs.keys().eq(PARTS),
        "the wasm was not cut into the parts {PARTS:?}"
    );
    let mut modules = BTreeMap::new();
    for name in needs.values().flatten() {
        let file: PathBuf = folder.join(format!("{name}.wasm"));
        modules.insert(name.clone(), finish(&file)?);
    }

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
    Ok(Later { modules, needs })
}

/// The sheet of staff as it is served.
#[derive(Debug)]
pub struct Added {
    /// The module for the glue to take in.
    pub loader: PathBuf,
    /// The name of the sheet's file, and what that has to be.
    pub sheet: (String, String),
}

/// Puts the later parts and the style sheet of staff into `stage`, named after what is in them, and
/// beside the glue of that name what fetches them.
///
/// # Errors
///
/// Those of the file system.
pub fn add(later: &Later, sheet: &[u8], stage: &Path, glue: &str) -> Result<Added> {
    let put = |name: &str, ending: &str, content: &[u8]| -> Result<(String, String)> {
        let name = name.trim_start_matches("split_");
        let file = format!("hallpass-{name}-{}.{ending}", hash(&[content]));
        fs::write(stage.join(&file), content)?;
        let pair = format!("[\"./{file}\", \"{}\"]", integrity(content));
        Ok((file, pair))
    };

    let mut modules = BTreeMap::new();
    for (name, content) in &later.modules {
        modules.insert(name, put(name, "wasm", content)?.1);
    }
    let (sheet_name, sheet_pair) = put(STAFF, "css", sheet)?;
    let mut script = LOAD.replace("GLUE", &format!("./{glue}"));
    for (part, needs) in &later.needs {
        let files: Vec<_> = needs.iter().map(|name| modules[name].as_str()).collect();
        let files = files.join(", ");
        let dress = if part == STAFF { &sheet_pair } else { "null" };
        script.push_str(&format!(
            "\nexport const __wasm_split_load_{part} = loader([{files}], {dress});\n"
        ));
    }
    let loader = stage.join(LOADER);
    fs::write(&loader, script)?;
    let sheet = (sheet_name, integrity(sheet));
    Ok(Added { loader, sheet })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_after_their_content_and_each_part_fetches_what_it_needs() {
        let stage = std::env::temp_dir().join(format!("hall-pass-split-{}", std::process::id()));
        fs::create_dir_all(&stage).unwrap();
        let owned = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let later = Later {
            modules: [
                ("chunk_1", "both"),
                ("split_frame", "one"),
                ("split_staff", "two"),
            ]
            .map(|(name, content)| (name.to_owned(), content.into()))
            .into(),
            needs: [
                ("frame".to_owned(), owned(&["chunk_1", "split_frame"])),
                ("staff".to_owned(), owned(&["chunk_1", "split_staff"])),
            ]
            .into(),
        };

        let added = add(&later, b"sheet", &stage, "hallpass-1.js").unwrap();

        let script = fs::read_to_string(added.loader).unwrap();
        assert!(script.contains("from \"./hallpass-1.js\";"));
        let pair = |name: &str, ending, content: &str| {
            let file = format!("hallpass-{name}-{}.{ending}", hash(&[content.as_bytes()]));
            assert_eq!(fs::read_to_string(stage.join(&file)).unwrap(), content);
            format!("[\"./{file}\", \"{}\"]", integrity(content.as_bytes()))
        };
        let shared = pair("chunk_1", "wasm", "both");
        let (frame, staff) = (pair("frame", "wasm", "one"), pair("staff", "wasm", "two"));
        let sheet = pair("staff", "css", "sheet");
        for line in [
            format!("__wasm_split_load_frame = loader([{shared}, {frame}], null);"),
            format!("__wasm_split_load_staff = loader([{shared}, {staff}], {sheet});"),
        ] {
            assert!(script.contains(&line), "{line}");
        }
        assert!(sheet.contains(&added.sheet.0) && sheet.contains(&added.sheet.1));
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
