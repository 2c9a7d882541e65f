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
//! | [`lean_std`] | what it takes to build the standard library with the widget |
//! | [`binaryen`], [`esbuild`], [`mod@typescript`] | `wasm-opt`, `esbuild` and `tsc`, by [`npm_tool`] |
//! | [`mod@axe`] | the script that looks for what is not accessible, by [`npm_tool`] |
//! | [`mod@lighthouse`] | Lighthouse, from npm with its dependencies as they are locked |
//! | [`chromium`] | the browser and its driver |
//! | [`mod@firefox`], [`webkit`] | the other two engines, each with its driver |

mod axe;
mod binaryen;
mod bindgen;
pub mod cache;
pub mod chromium;
mod components;
pub mod crate_tool;
mod debian;
mod debian_std;
mod esbuild;
mod firefox;
mod found;
mod lean_std;
mod lighthouse;
mod lockfile;
mod npm_tool;
mod trunk;
mod typescript;
pub mod wasm_target;
mod webkit;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::process;
use cache::Cache;
pub use chromium::Browser;
pub use components::ensure as rust_components;
pub use firefox::Firefox;
use lean_std::LeanStd;
pub use npm_tool::Program;
use wasm_target::WasmTarget;
pub use webkit::WebKit;

/// What turns the crate into a web page's wasm, glue and all.
#[derive(Debug)]
pub struct WasmTools {
    /// The compiler.
    pub target: WasmTarget,
    /// `wasm-bindgen-test-runner`, of the version in Cargo.lock.
    pub test_runner: PathBuf,
    /// `wasm-opt`.
    pub wasm_opt: Program,
    /// `esbuild`.
    pub esbuild: Program,
    /// What the widget itself is built with, if it can be.
    lean_std: Option<LeanStd>,
    /// The folders of trunk and wasm-bindgen.
    folders: [PathBuf; 2],
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
        let lean_std = LeanStd::ensure(&target)?;
        let trunk = trunk::ensure(&cache)?;
        let bindgen = bindgen::ensure(&cache)?;
        let wasm_opt = binaryen::ensure(&cache)?;
        let esbuild = esbuild::ensure(&cache)?;
        Ok(Self {
            target,
            test_runner: bindgen.join(format!(
                "{}{}",
                bindgen::TEST_RUNNER,
                std::env::consts::EXE_SUFFIX
            )),
            wasm_opt,
            esbuild,
            lean_std,
            folders: [trunk, bindgen],
        })
    }

    /// `program` with these tools on its PATH and the wasm32 compiler as its cargo.
    ///
    /// # Errors
    ///
    /// Fails when a folder's name cannot stand on PATH.
    pub fn command(&self, program: &str) -> Result<Command> {
        self.command_with(program, None)
    }

    /// As [`WasmTools::command`], compiling what is to be shipped: with the lean standard library
    /// where it can be had.
    ///
    /// # Errors
    ///
    /// Fails when a folder's name cannot stand on PATH.
    pub fn shipping_command(&self, program: &str) -> Result<Command> {
        self.command_with(program, self.lean_std.as_ref())
    }

    /// What the linker wrote when Trunk was run by [`WasmTools::shipping_command`].
    pub fn linked(&self) -> PathBuf {
        self.target
            .target_dir(self.lean_std.is_some())
            .join(wasm_target::TRIPLE)
            .join("release")
            .join("hallpass.wasm")
    }

    fn command_with(&self, program: &str, lean: Option<&LeanStd>) -> Result<Command> {
        let mut folders: Vec<_> = self.folders.iter().map(PathBuf::as_path).collect();
        folders.extend(self.target.folder());
        let mut command = Command::new(program);
        command.current_dir(crate::paths::root());
        self.target.prepare(&mut command, lean);
        process::put_on_path(&mut command, &folders)?;
        Ok(command)
    }
}

/// The TypeScript compiler.
///
/// # Errors
///
/// Fails when it is missing and cannot be installed here; the error says how to get it.
pub fn typescript() -> Result<Program> {
    typescript::ensure(&Cache::locate()?)
}

/// axe-core's script.
///
/// # Errors
///
/// Fails when it is missing and cannot be fetched here; the error says how to get it.
pub fn axe() -> Result<PathBuf> {
    axe::ensure(&Cache::locate()?)
}

/// Lighthouse.
///
/// # Errors
///
/// Fails when it is missing and cannot be installed here; the error says how to get it.
pub fn lighthouse() -> Result<Program> {
    lighthouse::ensure(&Cache::locate()?)
}

/// Firefox with its driver.
///
/// # Errors
///
/// Fails when one is missing and cannot be installed here; the error says how to get it.
pub fn firefox() -> Result<Firefox> {
    Firefox::ensure(&Cache::locate()?)
}

/// `cargo xtask setup`: everything, and a failure of one does not hide the others.
///
/// # Errors
///
/// None of its own: what could not be had is printed and makes the exit code non-zero, unless it is
/// an engine beside Chromium, without which only its own tests are skipped.
pub fn run() -> Result<ExitCode> {
    println!("Setting up");
    let results = [
        rust_components(),
        WasmTools::ensure().map(drop),
        Browser::ensure().map(drop),
        typescript().map(drop),
        axe().map(drop),
    ];
    // Not every machine can have these.
    let engines = [firefox().map(drop), WebKit::ensure().map(drop)];
    let mut code = ExitCode::SUCCESS;
    for error in results.into_iter().filter_map(Result::err) {
        eprintln!("\nmissing: {error:#}");
        code = ExitCode::FAILURE;
    }
    let mut complete = code == ExitCode::SUCCESS;
    for error in engines.into_iter().filter_map(Result::err) {
        println!("\nnot to be had, so that its tests will be skipped: {error:#}");
        complete = false;
    }
    if complete {
        println!("Everything is there.");
    }
    Ok(code)
}
