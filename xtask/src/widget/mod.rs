//! Compiling the widget into `dist/`.
//!
//! Trunk has cargo compile it and wasm-bindgen write the glue, and puts page, styles and icon
//! beside them, in a folder under `target/`. There wasm and glue are made small:
//!
//! 1. the wasm is cut into parts, of which the page loads the first, see [`split`];
//! 2. `wasm-opt`, see [`optimise`];
//! 3. the functions get an order that compresses well, see [`order`];
//! 4. the names by which wasm and glue know each other's functions get short, see [`names`];
//! 5. esbuild, see [`glue`], also for the style sheets, see [`styles`], and for the scripts
//!    that pages load, of which other pages mount the widget by one, see [`mounting`];
//! 6. the files are named after what is in them now, and the page refers to them, see [`page`].
//!
//! Only then the folder takes the place of `dist/`, which so never holds half a widget.

mod glue;
mod minify;
mod mounting;
mod names;
mod optimise;
mod order;
mod page;
mod split;
mod styles;
mod words;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::dist::files;
use crate::setup::WasmTools;
use crate::setup::wasm_target::TRIPLE;
use crate::{console, paths, process};

/// Builds the release widget into `dist/`, anew but for what cargo has compiled before.
///
/// # Errors
///
/// Fails when the dependencies cannot be downloaded, when the crate does not compile, when wasm,
/// glue and page do not fit together, or when the result names a folder of this machine.
pub fn build(tools: &WasmTools) -> Result<()> {
    console::announce("building the widget: seconds, or about two minutes the first time");
    let stage = paths::target().join("widget");
    fetch_sources(tools)?;
    trunk(tools, &stage)?;
    let raw = Files::find(&stage)?;
    make_small(tools, &stage, &raw)?;
    write_words(&stage)?;
    refuse_local_paths(&stage)?;
    replace(&paths::dist(), &stage)
}

/// Puts the catalogues into the place of the files that people write, as they are served.
fn write_words(stage: &Path) -> Result<()> {
    for name in files(stage)? {
        let Some(language) = name
            .strip_prefix("locales/")
            .and_then(|name| name.strip_suffix(".json"))
        else {
            continue;
        };
        let written = fs::read_to_string(stage.join(&name))?;
        let catalogue =
            serde_json::from_str(&written).with_context(|| format!("{name} is no JSON"))?;
        for (ending, sections) in words::PARTS {
            let file = stage.join("locales").join(format!("{language}{ending}"));
            fs::write(file, words::served(&catalogue, sections))?;
        }
    }
    Ok(())
}

/// Downloads the sources of what will be compiled, so that what follows can stay off the network.
fn fetch_sources(tools: &WasmTools) -> Result<()> {
    let mut cargo = tools.shipping_command("cargo")?;
    cargo.args(["fetch", "--locked", "--target", TRIPLE]);
    process::succeed(cargo).context("the dependencies could not be downloaded")
}

fn trunk(tools: &WasmTools, stage: &Path) -> Result<()> {
    let mut trunk = tools.shipping_command("trunk")?;
    trunk
        // Offline, so that Trunk takes the tools it is given and never downloads others.
        .args(["build", "--release", "--locked", "--offline"])
        // What is built so runs only once it is cut.
        .args(["--features", "split"])
        .args(["--color", "never", "--dist"])
        .arg(stage)
        // Trunk 0.21 takes any value but `true` and `false` for a mistake.
        .env_remove("NO_COLOR");
    process::succeed(trunk).context("the widget could not be built")
}

/// Wasm and glue, by their names in a folder.
#[derive(Debug, PartialEq)]
struct Files {
    wasm: String,
    glue: String,
}

impl Files {
    /// Those of `hallpass-HASH_bg.wasm` and `hallpass-HASH.js` that Trunk wrote.
    fn find(folder: &Path) -> Result<Self> {
        let names = files(folder)?;
        let mut wasm = names.iter().filter(|name| name.ends_with("_bg.wasm"));
        let (Some(wasm), None) = (wasm.next(), wasm.next()) else {
            bail!("Trunk wrote no wasm, or several");
        };
        let glue = format!("{}.js", wasm.trim_end_matches("_bg.wasm"));
        if !names.contains(&glue) {
            bail!("Trunk wrote no {glue}");
        }
        Ok(Self {
            wasm: wasm.clone(),
            glue,
        })
    }

    /// Those of the same form, named after what is in the files.
    fn named_after(wasm: &[u8], glue: &[u8]) -> Self {
        let hash = page::hash(&[wasm, glue]);
        Self {
            wasm: format!("hallpass-{hash}_bg.wasm"),
            glue: format!("hallpass-{hash}.js"),
        }
    }
}

fn make_small(tools: &WasmTools, stage: &Path, raw: &Files) -> Result<()> {
    let (raw_wasm, raw_glue) = (stage.join(&raw.wasm), stage.join(&raw.glue));
    let finish = |module: &Path| -> Result<Vec<u8>> {
        optimise::file(&tools.wasm_opt, module)?;
        order::alike_together(&fs::read(module)?)
    };
    let later = split::cut(tools, stage, raw, finish)?;
    let linked = names::shorten(
        &finish(&raw_wasm)?,
        &fs::read_to_string(&raw_glue)?,
        later.modules.values().map(Vec::as_slice),
    )
    .context("the names in wasm and glue could not be made short")?;
    fs::write(&raw_glue, linked.glue)?;
    let page = stage.join("index.html");
    let styled = styles::gathered(&tools.esbuild, stage, &fs::read_to_string(&page)?)
        .context("the style sheets are not as expected")?;
    let added = split::add(&later, &styled.staff, stage, &raw.glue)?;
    let glue = glue::minified(&tools.esbuild, &raw_glue)?;
    let wasm = linked.wasm;

    let named = Files::named_after(&wasm, &glue);
    let html = page::rewritten(&styled.html, raw, &named, &wasm, &glue)
        .context("index.html is not as expected")?;
    fs::write(page, page::trimmed(&html))?;
    minify::script(&tools.esbuild, &stage.join("boot.js"))?;
    minify::module(&tools.esbuild, &stage.join("embed.js"))?;
    mounting::fill(
        &stage.join("hallpass.js"),
        &[
            ("GLUE", &named.glue, ""),
            ("WASM", &named.wasm, &page::integrity(&wasm)),
            ("SHEET", &styled.sheet.0, &styled.sheet.1),
            ("STAFF", &added.sheet.0, &added.sheet.1),
        ],
    )?;
    minify::module(&tools.esbuild, &stage.join("hallpass.js"))?;
    fs::remove_file(raw_wasm)?;
    fs::remove_file(raw_glue)?;
    fs::write(stage.join(&named.wasm), wasm)?;
    fs::write(stage.join(&named.glue), glue)?;
    // esbuild has put into the glue what the glue imports.
    fs::remove_file(added.loader)?;
    let snippets = stage.join("snippets");
    if snippets.is_dir() {
        fs::remove_dir_all(snippets)?;
    }
    Ok(())
}

/// What is deployed must not tell where it was built, nor differ because of it.
fn refuse_local_paths(folder: &Path) -> Result<()> {
    let local: Vec<String> = [Some(paths::root().to_path_buf()), paths::cargo_home()]
        .into_iter()
        .flatten()
        .map(|path| path.display().to_string())
        .collect();
    for name in files(folder)? {
        let content = fs::read(folder.join(&name))?;
        if let Some(found) = local
            .iter()
            .find(|local| contains(&content, local.as_bytes()))
        {
            bail!("{name} names a folder of this machine: {found}");
        }
    }
    Ok(())
}

fn contains(content: &[u8], needle: &[u8]) -> bool {
    content.windows(needle.len()).any(|window| window == needle)
}

/// Fills `folder` with the files of `stage` and nothing else.
fn replace(folder: &Path, stage: &Path) -> Result<()> {
    if folder.is_dir() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    for name in files(stage)? {
        let to: PathBuf = folder.join(&name);
        fs::create_dir_all(to.parent().unwrap_or(folder))?;
        // Copied and not renamed: `target/` may be on another disk.
        fs::copy(stage.join(&name), &to)
            .with_context(|| format!("cannot write {}", to.display()))?;
    }
    Ok(())
}
