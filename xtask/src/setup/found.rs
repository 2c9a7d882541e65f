//! Programs that are on this machine already.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

use crate::process;

/// The program that `variable` names, else the first of `names` on PATH, else the first of
/// `places` that is there.
///
/// # Errors
///
/// Fails when the variable names what is not there.
pub fn find(variable: &str, names: &[&str], places: &[&str]) -> Result<Option<PathBuf>> {
    if let Some(named) = named(variable)? {
        return Ok(Some(named));
    }
    let installed = || places.iter().map(Path::new).find(|place| place.is_file());
    Ok(process::find_on_path(names).or_else(|| installed().map(Path::to_path_buf)))
}

/// The program that `variable` names, if it is set.
///
/// # Errors
///
/// Fails when it names what is not there.
pub fn named(variable: &str) -> Result<Option<PathBuf>> {
    let Some(named) = env::var_os(variable).filter(|value| !value.is_empty()) else {
        return Ok(None);
    };
    let path = PathBuf::from(named);
    if !path.is_file() {
        bail!("{variable} names {}, which is not there", path.display());
    }
    Ok(Some(path))
}
