//! The compiler for `wasm32-unknown-unknown`: by one of two routes.
//!
//! Rustup's own target is the ordinary one. Where rustup cannot download it (a closed network)
//! and this is Debian, Debian's compiler can stand in, see [`super::debian_std`].

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Result, bail};

use super::cache::Cache;
use super::lean_std::LeanStd;
use super::{debian, debian_std};
use crate::{console, paths, process};

/// The target's name.
pub const TRIPLE: &str = "wasm32-unknown-unknown";

/// How long rustup may take to download the target; behind a closed network it would wait on.
const DOWNLOAD_LIMIT: Duration = Duration::from_secs(150);

/// Forces one route, for those who have to test it.
const FORCE: &str = "HALL_PASS_WASM";

/// A way to a compiler.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Route {
    /// The target is there already.
    Installed,
    /// rustup downloads it.
    Rustup,
    /// Debian's compiler.
    Debian,
}

/// What the choice of a route depends on.
#[derive(Debug, Clone, Copy, Default)]
struct Seen {
    /// The ordinary compiler has the target.
    installed: bool,
    /// Debian's compiler is ready in the cache.
    debian_ready: bool,
    /// Debian's packages are there or can be installed.
    debian_possible: bool,
}

/// The routes to try, in order.
fn routes(forced: Option<&str>, seen: Seen) -> Result<Vec<Route>> {
    Ok(match forced {
        Some("debian") => vec![Route::Debian],
        Some("rustup") if seen.installed => vec![Route::Installed],
        Some("rustup") => vec![Route::Rustup],
        Some(other) => bail!("{FORCE} is `{other}`; it may be `rustup` or `debian`"),
        None if seen.installed => vec![Route::Installed],
        // Once it was needed, rustup's download is not tried anew each time.
        None if seen.debian_ready => vec![Route::Debian],
        None if seen.debian_possible => vec![Route::Rustup, Route::Debian],
        None => vec![Route::Rustup],
    })
}

/// A compiler that has the target.
#[derive(Debug)]
pub enum WasmTarget {
    /// The ordinary one.
    Rustup,
    /// Debian's.
    Debian(debian_std::Toolchain),
}

impl WasmTarget {
    /// Finds one, or installs it.
    ///
    /// # Errors
    ///
    /// Fails when no route leads to one; the error says what to do.
    pub fn ensure(cache: &Cache) -> Result<Self> {
        let forced = env::var(FORCE).ok().filter(|value| !value.is_empty());
        let seen = Seen {
            installed: is_installed(),
            debian_ready: debian_std::ready(cache).is_some(),
            debian_possible: debian_std::packages_present() || debian::can_install(),
        };
        let mut obstacles = Vec::new();
        for route in routes(forced.as_deref(), seen)? {
            match take(route, cache) {
                Ok(target) => return Ok(target),
                Err(error) => {
                    console::note("wasm32 target", &format!("not by {}", route.name()));
                    obstacles.push(format!("{error:#}"));
                }
            }
        }
        bail!(
            "the wasm32 target is missing. Get it with `rustup target add {TRIPLE}`{}.\n{}",
            if debian::is_debian() {
                ", or as root let this command install Debian's compiler"
            } else {
                ""
            },
            obstacles.join("\n")
        )
    }

    /// `program`, with this compiler's cargo and rustc first on its PATH, compiling against the
    /// ordinary standard library.
    ///
    /// # Errors
    ///
    /// Fails when a folder's name cannot stand on PATH.
    pub fn command(&self, program: &str) -> Result<Command> {
        let mut command = Command::new(program);
        command.current_dir(paths::root());
        process::put_on_path(&mut command, self.folder().as_slice())?;
        self.prepare(&mut command, None);
        Ok(command)
    }

    /// The folder whose cargo and rustc have to come first on PATH, if not the ordinary ones.
    pub fn folder(&self) -> Option<&Path> {
        match self {
            Self::Rustup => None,
            Self::Debian(toolchain) => Some(&toolchain.programs),
        }
    }

    /// Sets the environment in which `command`'s cargo compiles for wasm32 with this compiler,
    /// and with the standard library `lean` or the ordinary one. PATH is not touched, see
    /// [`WasmTarget::folder`].
    pub fn prepare(&self, command: &mut Command, lean: Option<&LeanStd>) {
        let mut flags = Vec::new();
        if let Self::Debian(toolchain) = self {
            toolchain.prepare(command);
            if lean.is_none() {
                flags.push("--sysroot".into());
                flags.push(toolchain.sysroot.clone().into_os_string());
            }
        }
        flags.extend(remapped_paths());
        if let Some(lean) = lean {
            lean.prepare(command);
            flags.extend(lean.flags());
        }
        command.env("CARGO_TARGET_DIR", self.target_dir(lean.is_some()));
        // With `--target` these reach only what is compiled for the target, not build scripts.
        command
            .env(
                "CARGO_ENCODED_RUSTFLAGS",
                flags.join(&OsString::from("\x1f")),
            )
            .env_remove("RUSTFLAGS");
    }

    /// The folder that cargo then compiles into. What different compilers, libraries and flags make
    /// is kept apart: each would throw away the other's work.
    pub fn target_dir(&self, lean: bool) -> PathBuf {
        let folder = match (self, lean) {
            (Self::Rustup, false) => return paths::target(),
            (Self::Rustup, true) => "wasm-rustup-lean",
            (Self::Debian(_), false) => "wasm-debian",
            (Self::Debian(_), true) => "wasm-debian-lean",
        };
        paths::target().join(folder)
    }
}

impl Route {
    fn name(self) -> &'static str {
        match self {
            Self::Installed | Self::Rustup => "rustup",
            Self::Debian => "Debian's compiler",
        }
    }
}

fn take(route: Route, cache: &Cache) -> Result<WasmTarget> {
    match route {
        Route::Installed => console::note("wasm32 target", "in the toolchain"),
        Route::Rustup => {
            console::announce("adding the wasm32 target with rustup: up to two minutes");
            let mut rustup = Command::new("rustup");
            rustup
                .args(["target", "add", TRIPLE])
                .env("RUSTUP_MAX_RETRIES", "1");
            process::succeed_within(rustup, DOWNLOAD_LIMIT)?;
            if !is_installed() {
                bail!("rustup added the target to another toolchain than this one");
            }
            console::note("wasm32 target", "added with rustup");
        }
        Route::Debian => return debian_std::ensure(cache).map(WasmTarget::Debian),
    }
    Ok(WasmTarget::Rustup)
}

/// Whether the ordinary rustc has the target's standard library, whoever put it there.
fn is_installed() -> bool {
    let mut rustc = Command::new("rustc");
    rustc
        .args(["--print", "target-libdir", "--target", TRIPLE])
        .current_dir(paths::root());
    process::printed_by(rustc).is_some_and(|folder| holds_std(Path::new(&folder)))
}

/// Whether a folder of libraries holds a standard library.
pub fn holds_std(folder: &Path) -> bool {
    folder.read_dir().is_ok_and(|entries| {
        entries.flatten().any(|entry| {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            name.starts_with("libstd-") && name.ends_with(".rlib")
        })
    })
}

/// Flags that keep this machine's folders out of what is compiled: panics name their source files,
/// and the same sources shall give the same bytes wherever they lie.
fn remapped_paths() -> Vec<OsString> {
    let mut folders: Vec<(PathBuf, &str)> = vec![(paths::root().to_path_buf(), "/hallpass")];
    if let Some(home) = paths::cargo_home() {
        folders.push((home.clone(), "/cargo"));
        // A registry's folder is named after its host, which differs where a mirror is used.
        let registries = home.join("registry").join("src").read_dir();
        let mut registries: Vec<_> = registries
            .into_iter()
            .flatten()
            .flatten()
            .map(|entry| entry.path())
            .collect();
        registries.sort();
        // The last flag that fits is the one rustc uses.
        folders.extend(registries.into_iter().map(|folder| (folder, "/crates")));
    }
    folders
        .into_iter()
        .map(|(from, to)| {
            let mut flag = OsString::from("--remap-path-prefix=");
            flag.push(from);
            flag.push("=");
            flag.push(to);
            flag
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_installed_target_is_used_without_further_ado() {
        let seen = Seen {
            installed: true,
            debian_ready: true,
            debian_possible: true,
        };
        assert_eq!(routes(None, seen).unwrap(), [Route::Installed]);
    }

    #[test]
    fn rustup_is_tried_before_debian() {
        let seen = Seen {
            debian_possible: true,
            ..Seen::default()
        };
        assert_eq!(routes(None, seen).unwrap(), [Route::Rustup, Route::Debian]);
    }

    #[test]
    fn debian_is_not_tried_where_it_cannot_be() {
        assert_eq!(routes(None, Seen::default()).unwrap(), [Route::Rustup]);
    }

    #[test]
    fn once_debian_was_needed_rustup_is_not_waited_for_again() {
        let seen = Seen {
            debian_ready: true,
            debian_possible: true,
            ..Seen::default()
        };
        assert_eq!(routes(None, seen).unwrap(), [Route::Debian]);
    }

    #[test]
    fn a_forced_route_has_no_way_round() {
        let everything = Seen {
            installed: true,
            debian_ready: true,
            debian_possible: true,
        };
        assert_eq!(routes(Some("debian"), everything).unwrap(), [Route::Debian]);
        assert_eq!(
            routes(Some("rustup"), everything).unwrap(),
            [Route::Installed]
        );
        assert_eq!(
            routes(Some("rustup"), Seen::default()).unwrap(),
            [Route::Rustup]
        );
        assert!(routes(Some("gentoo"), everything).is_err());
    }
}
