//! Reading versions from Cargo.lock.

use std::fs;

use anyhow::{Context, Result};

use crate::paths;

/// The version of `package` in this checkout's Cargo.lock.
///
/// # Errors
///
/// Fails when the file cannot be read or does not name the package.
pub fn version(package: &str) -> Result<String> {
    let file = paths::root().join("Cargo.lock");
    let text =
        fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
    version_in(&text, package)
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock names no package {package}"))
}

/// Cargo writes each package's `name` line followed by its `version` line.
fn version_in<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines
        .next()?
        .strip_prefix("version = \"")?
        .strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen-futures"
version = "0.4.50"
dependencies = [
 "wasm-bindgen",
]

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
"#;

    #[test]
    fn the_version_is_that_of_the_package_and_not_of_a_namesake() {
        assert_eq!(version_in(LOCK, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_in(LOCK, "wasm-bindgen-futures"), Some("0.4.50"));
    }

    #[test]
    fn a_package_that_is_not_there_has_no_version() {
        assert_eq!(version_in(LOCK, "wasm"), None);
    }
}
