//! Compiling the widget into `dist/`.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::setup::WasmTools;
use crate::setup::wasm_target::TRIPLE;
use crate::{console, paths, process};

/// Has Trunk build the release widget into `dist/`, anew but for what cargo has compiled before.
///
/// # Errors
///
/// Fails when the dependencies cannot be downloaded, when the crate does not compile, or when the
/// result names a folder of this machine.
pub fn build(tools: &WasmTools) -> Result<()> {
    console::announce("building the widget: seconds, or about two minutes the first time");
    fetch_sources(tools)?;
    let mut trunk = tools.command("trunk")?;
    trunk
        // Offline, so that Trunk takes the tools it is given and never downloads others.
        .args(["build", "--release", "--locked", "--offline"])
        .args(["--color", "never"])
        // Trunk 0.21 takes any value but `true` and `false` for a mistake.
        .env_remove("NO_COLOR");
    process::succeed(trunk).context("the widget could not be built")?;
    refuse_local_paths(&paths::dist())
}

/// Downloads the sources of what will be compiled, so that what follows can stay off the network.
fn fetch_sources(tools: &WasmTools) -> Result<()> {
    let mut cargo = tools.command("cargo")?;
    cargo.args(["fetch", "--locked", "--target", TRIPLE]);
    process::succeed(cargo).context("the dependencies could not be downloaded")
}

/// What is deployed must not tell where it was built, nor differ because of it.
fn refuse_local_paths(folder: &Path) -> Result<()> {
    let local: Vec<String> = [Some(paths::root().to_path_buf()), paths::cargo_home()]
        .into_iter()
        .flatten()
        .map(|path| path.display().to_string())
        .collect();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path.is_dir() {
            refuse_local_paths(&path)?;
            continue;
        }
        let content = fs::read(&path)?;
        if let Some(found) = local
            .iter()
            .find(|local| contains(&content, local.as_bytes()))
        {
            bail!("{} names a folder of this machine: {found}", path.display());
        }
    }
    Ok(())
}

fn contains(content: &[u8], needle: &[u8]) -> bool {
    content.windows(needle.len()).any(|window| window == needle)
}
