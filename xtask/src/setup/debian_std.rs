//! Debian's compiler as a compiler for wasm32.
//!
//! Debian ships a recent rustc for its browsers (`rustc-web`), with the standard library's sources
//! but without a standard library for wasm32: that is built here, once for each version of it.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use super::cache::Cache;
use super::debian;
use super::wasm_target::{TRIPLE, holds_std};
use crate::{console, process};

/// Compiler, cargo, the library's sources, and a linker of the compiler's own LLVM.
const PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-22"];

const LINKER: &str = "wasm-ld-22";

/// Where Debian's packages put programs; rustup's come first on PATH.
const DEBIAN_PROGRAMS: &str = "/usr/bin";

/// Debian's cargo and rustc, and a standard library for wasm32.
#[derive(Debug)]
pub struct Toolchain {
    /// The folder that holds `cargo`, `rustc` and `rustdoc`, and nothing else: what else is in
    /// Debian's own folder is not to come first on PATH.
    pub programs: PathBuf,
    /// What rustc is told as `--sysroot`.
    pub sysroot: PathBuf,
}

impl Toolchain {
    fn of(entry: &Path) -> Self {
        Self {
            programs: entry.join("bin"),
            sysroot: entry.join("sysroot"),
        }
    }

    /// Makes `command` forget rustup, and link with Debian's linker.
    pub fn prepare(&self, command: &mut Command) {
        forget_rustup(command);
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", LINKER);
    }
}

/// Whether all packages are installed.
pub fn packages_present() -> bool {
    PACKAGES
        .iter()
        .all(|package| debian::installed_version(package).is_some())
}

/// The toolchain, if it is ready for use.
pub fn ready(cache: &Cache) -> Option<Toolchain> {
    if !packages_present() {
        return None;
    }
    let entry = cache.entry(&entry_name()?)?;
    Some(Toolchain::of(&entry))
}

/// The toolchain, installed and built as far as it is missing.
///
/// # Errors
///
/// Fails when packages are missing and cannot be installed, or the library cannot be built.
pub fn ensure(cache: &Cache) -> Result<Toolchain> {
    if !packages_present() {
        let packages = PACKAGES.join(" ");
        if !debian::can_install() {
            bail!("Debian's compiler is missing; get it with `sudo apt-get install {packages}`");
        }
        console::announce("installing Debian's Rust compiler with apt: about a minute");
        debian::install(&PACKAGES).with_context(|| format!("apt could not install {packages}"))?;
    }
    let name = entry_name().context("Debian's compiler is installed without a version")?;
    if let Some(entry) = cache.entry(&name) {
        console::note("wasm32 target", "Debian's compiler, library in the cache");
        return Ok(Toolchain::of(&entry));
    }
    console::announce("building the standard library for wasm32, once: about a minute");
    let entry = cache
        .install(&name, build)
        .context("the standard library for wasm32 could not be built")?;
    console::note(
        "wasm32 target",
        "Debian's compiler, library built into the cache",
    );
    Ok(Toolchain::of(&entry))
}

/// Keyed by the package's full version: a library fits only the very compiler that built it.
fn entry_name() -> Option<String> {
    let version = debian::installed_version("rustc-web")?;
    Some(format!("wasm32-std-{}", file_name(&version)))
}

/// A Debian version without the characters that are unwelcome in file names and on PATH.
fn file_name(version: &str) -> String {
    version.replace(
        |c: char| !c.is_ascii_alphanumeric() && c != '.' && c != '-',
        "_",
    )
}

fn build(entry: &Path) -> Result<()> {
    let toolchain = Toolchain::of(entry);
    link_programs(&toolchain.programs)?;
    let scratch = entry.join("scratch");
    let libraries = compile(&toolchain.programs, &scratch)?;
    let target = toolchain
        .sysroot
        .join("lib")
        .join("rustlib")
        .join(TRIPLE)
        .join("lib");
    fs::create_dir_all(&target)?;
    for library in libraries.read_dir()? {
        let library = library?;
        let name = library.file_name();
        let is_library = Path::new(&name).extension() == Some(OsStr::new("rlib"));
        if is_library && !name.to_string_lossy().starts_with("libempty-") {
            fs::copy(library.path(), target.join(&name))?;
        }
    }
    if !holds_std(&target) {
        bail!("cargo built no standard library");
    }
    fs::remove_dir_all(&scratch)?;
    Ok(())
}

#[cfg(unix)]
fn link_programs(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    for program in ["cargo", "rustc", "rustdoc"] {
        std::os::unix::fs::symlink(
            Path::new(DEBIAN_PROGRAMS).join(program),
            folder.join(program),
        )?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn link_programs(_folder: &Path) -> Result<()> {
    bail!("Debian's compiler runs on Debian only")
}

/// Has Debian's cargo build the library as a dependency of an empty crate; returns the folder the
/// libraries are in.
fn compile(programs: &Path, scratch: &Path) -> Result<PathBuf> {
    fs::create_dir_all(scratch.join("src"))?;
    fs::write(scratch.join("src").join("lib.rs"), "#![no_std]\n")?;
    fs::write(scratch.join("Cargo.toml"), EMPTY_CRATE)?;
    fs::create_dir(scratch.join(".cargo"))?;
    fs::write(scratch.join(".cargo").join("config.toml"), VENDORED)?;
    let mut cargo = Command::new(programs.join("cargo"));
    forget_rustup(&mut cargo);
    process::put_on_path(&mut cargo, &[programs])?;
    cargo
        .args(["build", "--release", "--offline", "--target", TRIPLE])
        // `test` for those who run the tests in a browser.
        .arg("-Zbuild-std=std,panic_abort,test")
        .arg("--target-dir")
        .arg(scratch.join("target"))
        .current_dir(scratch)
        // `-Z` is for nightly compilers, and the library itself is written in their language.
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", std_flags().join("\x1f"))
        .env_remove("RUSTFLAGS");
    process::succeed(cargo)?;
    Ok(scratch
        .join("target")
        .join(TRIPLE)
        .join("release")
        .join("deps"))
}

/// Optimised as rustup's own is, for the sake of speed; the widget's own profile makes it small.
const EMPTY_CRATE: &str = r#"[package]
name = "empty"
version = "0.0.0"
edition = "2021"

[profile.release]
codegen-units = 1
panic = "abort"

[workspace]
"#;

/// Debian ships the library's dependencies beside it.
const VENDORED: &str = r#"[source.crates-io]
replace-with = "debian"

[source.debian]
directory = "/usr/lib/rustlib/src/rust/library/vendor"
"#;

fn std_flags() -> Vec<String> {
    // Without the bitcode the widget's link-time optimisation cannot see into the library.
    let mut flags = vec!["-Cembed-bitcode=yes".to_owned()];
    // The library's own file names, as its official builds have them.
    let sources = Path::new("/usr/lib/rustlib/src/rust");
    for folder in [Some(sources.to_path_buf()), sources.canonicalize().ok()] {
        flags.extend(folder.map(|from| format!("--remap-path-prefix={}=/rustc", from.display())));
    }
    flags
}

/// Removes what rustup tells the programs it starts, this one among them.
fn forget_rustup(command: &mut Command) {
    for name in [
        "CARGO",
        "RUSTC",
        "RUSTDOC",
        "RUSTUP_TOOLCHAIN",
        // rustup points this at its own compiler's libraries.
        "LD_LIBRARY_PATH",
        "CARGO_BUILD_TARGET",
    ] {
        command.env_remove(name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_debian_version_becomes_a_file_name() {
        assert_eq!(
            file_name("1:1.96.0+dfsg1-1~deb12u2"),
            "1_1.96.0_dfsg1-1_deb12u2"
        );
    }
}
