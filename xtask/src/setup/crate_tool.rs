//! Tools that crates.io has as source: compiled once, into the cache.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::cache::Cache;
use crate::{console, process};

/// A tool to be had by `cargo install`.
#[derive(Debug)]
pub struct CrateTool<'a> {
    /// The package's name.
    pub package: &'a str,
    /// The one version that will do.
    pub version: &'a str,
    /// The programs that are needed of it; the first prints its version as `NAME VERSION`.
    pub programs: &'a [&'a str],
    /// What else cargo is told.
    pub arguments: &'a [&'a str],
    /// How long compiling takes on two cores.
    pub minutes: u32,
}

impl CrateTool<'_> {
    /// The folder that holds its programs: in the cache, or where PATH has this very version.
    ///
    /// # Errors
    ///
    /// Fails when it has to be compiled and cannot be.
    pub fn ensure(&self, cache: &Cache) -> Result<PathBuf> {
        let name = format!("{}-{}", self.package, self.version);
        let shown = format!("{} {}", self.package, self.version);
        if let Some(entry) = cache.entry(&name) {
            console::note(&shown, "in the cache");
            return Ok(entry.join("bin"));
        }
        if let Some(folder) = self.on_path() {
            console::note(&shown, "on PATH");
            return Ok(folder);
        }
        console::announce(&format!(
            "compiling {shown}, once: about {} minutes",
            self.minutes
        ));
        let entry = cache
            .install(&name, |folder| self.compile(folder))
            .with_context(|| format!("{shown} could not be compiled"))?;
        console::note(&shown, "installed into the cache");
        Ok(entry.join("bin"))
    }

    fn on_path(&self) -> Option<PathBuf> {
        let found = process::find_on_path(&self.programs[..1])?;
        let folder = found.parent()?;
        let version = process::version_of(&found)?;
        let complete = self.programs.iter().all(|program| {
            folder
                .join(format!("{program}{}", env::consts::EXE_SUFFIX))
                .is_file()
        });
        (complete && names_version(&version, self.version)).then(|| folder.to_path_buf())
    }

    fn compile(&self, folder: &Path) -> Result<()> {
        let scratch = folder.join("target");
        let mut command = process::cargo();
        command
            .args(["install", self.package, "--version"])
            .arg(format!("={}", self.version))
            .args(self.arguments)
            .arg("--root")
            .arg(folder)
            .arg("--target-dir")
            .arg(&scratch)
            .arg("--no-track");
        for program in self.programs {
            command.args(["--bin", program]);
        }
        // They run for seconds and compile for minutes: compiling is what to save on.
        command
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
            .env("CARGO_PROFILE_RELEASE_LTO", "false")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
            .env("CARGO_PROFILE_RELEASE_STRIP", "true")
            // Without a lock file, no dependency newer than this compiler can take.
            .env("CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS", "fallback")
            .env_remove("CARGO_TARGET_DIR")
            .env_remove("CARGO_BUILD_TARGET");
        process::succeed(command)?;
        std::fs::remove_dir_all(&scratch)?;
        Ok(())
    }
}

/// Whether what `--version` printed names this version: `trunk 0.21.14`, `wasm-bindgen 0.2.1 (abc)`.
fn names_version(printed: &str, version: &str) -> bool {
    printed.split_whitespace().nth(1) == Some(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_version_will_do() {
        assert!(names_version("trunk 0.21.14", "0.21.14"));
        assert!(names_version("wasm-bindgen 0.2.130 (abc1234)", "0.2.130"));
        assert!(!names_version("trunk 0.22.1", "0.21.14"));
        assert!(!names_version("trunk 0.21.140", "0.21.14"));
        assert!(!names_version("", "0.21.14"));
    }
}
