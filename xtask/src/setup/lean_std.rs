//! The standard library, built anew with the widget and for it.
//!
//! The one that compilers come with is made for speed, can print every value and explains every
//! panic in words. A page that has to answer on a school's network can do without: about 15 kB of
//! what is downloaded. It takes cargo's `-Zbuild-std`, which stable compilers carry but lock, and
//! the library's sources.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use super::wasm_target::{TRIPLE, WasmTarget};
use crate::{console, process};

/// How long rustup may take to download the sources, 3 MB; behind a closed network it would wait
/// on.
const DOWNLOAD_LIMIT: Duration = Duration::from_secs(60);

/// A panic stops the program without a word, and neither the places of panics nor what `{:?}`
/// would print are kept.
const FLAGS: [&str; 4] = [
    "-Zunstable-options",
    "-Cpanic=immediate-abort",
    "-Zlocation-detail=none",
    "-Zfmt-debug=none",
];

/// The means to build it.
#[derive(Debug)]
pub struct LeanStd {
    /// The folder of the compiler's own sources; the library is in its `library`.
    sources: PathBuf,
}

impl LeanStd {
    /// Sees whether `target`'s compiler can build it; downloads the sources where rustup can.
    /// `None` when it cannot: the widget then is as good, and heavier.
    ///
    /// # Errors
    ///
    /// Fails when the compiler cannot be called.
    pub fn ensure(target: &WasmTarget) -> Result<Option<Self>> {
        match Self::find(target) {
            Ok(found) => {
                console::note("lean standard library", "built with the widget");
                Ok(Some(found))
            }
            Err(obstacle) => {
                console::note(
                    "lean standard library",
                    "not to be had: the widget is heavier",
                );
                println!("    {obstacle:#}");
                Ok(None)
            }
        }
    }

    fn find(target: &WasmTarget) -> Result<Self> {
        if !understands_flags(target)? {
            bail!("this compiler does not know `{}`", FLAGS.join(" "));
        }
        let sources = sources(target)?;
        if !are_there(&sources) {
            if matches!(target, WasmTarget::Debian(_)) {
                bail!("{} is not there", sources.display());
            }
            console::announce("adding the library's sources with rustup: less than a minute");
            let mut rustup = Command::new("rustup");
            rustup
                .args(["component", "add", "rust-src"])
                .env("RUSTUP_MAX_RETRIES", "1");
            process::succeed_within(rustup, DOWNLOAD_LIMIT)?;
            if !are_there(&sources) {
                bail!("rustup added the sources to another toolchain than this one");
            }
        }
        Ok(Self { sources })
    }

    /// What rustc is told besides.
    pub fn flags(&self) -> Vec<OsString> {
        let mut flags: Vec<OsString> = FLAGS.map(OsString::from).into();
        // The library's own file names, as its official builds have them.
        for folder in [Some(self.sources.clone()), self.sources.canonicalize().ok()] {
            flags.extend(folder.map(|from| {
                let mut flag = OsString::from("--remap-path-prefix=");
                flag.push(from);
                flag.push("=/rustc");
                flag
            }));
        }
        flags
    }

    /// Has `command`'s cargo build the library too. By its environment, as Trunk, which calls
    /// cargo, knows nothing of it.
    pub fn prepare(&self, command: &mut Command) {
        command
            .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
            .env("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size")
            // `-Z` is for nightly compilers, and the library itself is written in their language.
            .env("RUSTC_BOOTSTRAP", "1");
    }
}

fn understands_flags(target: &WasmTarget) -> Result<bool> {
    let mut rustc = target.command("rustc")?;
    rustc
        .args(["--print", "cfg", "--target", TRIPLE])
        .args(FLAGS)
        .env("RUSTC_BOOTSTRAP", "1");
    Ok(process::printed_by(rustc).is_some())
}

fn sources(target: &WasmTarget) -> Result<PathBuf> {
    let mut rustc = target.command("rustc")?;
    rustc.args(["--print", "sysroot"]);
    let Some(sysroot) = process::printed_by(rustc) else {
        bail!("rustc does not tell where its library is");
    };
    let folders = ["lib", "rustlib", "src", "rust"];
    Ok(folders
        .iter()
        .fold(PathBuf::from(sysroot), |path, part| path.join(part)))
}

fn are_there(sources: &Path) -> bool {
    sources.join("library").join("Cargo.lock").is_file()
}
