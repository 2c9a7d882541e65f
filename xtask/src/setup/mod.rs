//! The tools that building and testing need: found where they are, installed where they are not.
//!
//! What is installed goes into the person's cache folder, keyed by version, never into the
//! checkout and never over a tool of their own.
//!
//! | File | Finds or installs |
//! |---|---|
//! | [`components`] | rustfmt and clippy |
//! | [`wasm_target`] | a compiler for wasm32: rustup's, or ([`debian_std`]) Debian's |
//! | [`trunk`], [`bindgen`] | tools from crates.io, by [`crate_tool`] |
//! | [`binaryen`] | `wasm-opt` |
//! | [`chromium`] | the browser and its driver |

pub mod binaryen;
pub mod bindgen;
mod cache;
pub mod chromium;
mod components;
mod crate_tool;
mod debian;
mod debian_std;
mod lockfile;
mod trunk;
pub mod wasm_target;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::process;
use cache::Cache;
pub use chromium::Browser;
pub use components::ensure as rust_components;
use wasm_target::WasmTarget;

/// What turns the crate into a web page's wasm, glue and all.
#[derive(Debug)]
pub struct WasmTools {
    /// The compiler.
    pub target: WasmTarget,
    /// `wasm-bindgen-test-runner`, of the version in Cargo.lock.
    pub test_runner: PathBuf,
    /// The folders of trunk, wasm-bindgen and wasm-opt.
    folders: Vec<PathBuf>,
}

impl WasmTools {
    /// Finds them, installing what is missing.
    ///
    /// # Errors
    ///
    /// Fails when one is missing and cannot be installed here; the error says how to get it.
    pub fn ensure() -> Result<Self> {
        let cache = Cache::locate()?;
        let target = WasmTarget::ensure(&cache)?;
        let trunk = trunk::ensure(&cache)?;
        let bindgen = bindgen::ensure(&cache)?;
        let binaryen = binaryen::ensure(&cache)?;
        Ok(Self {
            target,
            test_runner: bindgen.join(format!(
                "{}{}",
                bindgen::TEST_RUNNER,
                std::env::consts::EXE_SUFFIX
            )),
            folders: vec![trunk, bindgen, binaryen],
        })
    }

    /// `program` with these tools on its PATH and the wasm32 compiler as its cargo.
    ///
    /// # Errors
    ///
    /// Fails when a folder's name cannot stand on PATH.
    pub fn command(&self, program: &str) -> Result<Command> {
        let mut folders: Vec<_> = self.folders.iter().map(PathBuf::as_path).collect();
        folders.extend(self.target.folder());
        let mut command = Command::new(program);
        command.current_dir(crate::paths::root());
        self.target.prepare(&mut command);
        process::put_on_path(&mut command, &folders)?;
        Ok(command)
    }
}

/// `cargo xtask setup`: everything, and a failure of one does not hide the others.
///
/// # Errors
///
/// None of its own: what could not be had is printed and makes the exit code non-zero.
pub fn run() -> Result<ExitCode> {
    println!("Setting up");
    let results = [
        rust_components(),
        WasmTools::ensure().map(drop),
        Browser::ensure().map(drop),
    ];
    let mut code = ExitCode::SUCCESS;
    for error in results.into_iter().filter_map(Result::err) {
        eprintln!("\nmissing: {error:#}");
        code = ExitCode::FAILURE;
    }
    if code == ExitCode::SUCCESS {
        println!("Everything is there.");
    }
    Ok(code)
}
