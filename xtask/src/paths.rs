//! Where things are in the checkout.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

/// The checkout's root: the parent of this package, asked of cargo at run time because a
/// checkout may have been moved since this program was compiled.
pub fn root() -> &'static Path {
    static ROOT: LazyLock<PathBuf> = LazyLock::new(|| {
        let package = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
        package.parent().map_or(package.clone(), Path::to_path_buf)
    });
    &ROOT
}

/// The deployable folder.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Cargo's target folder, which `CARGO_TARGET_DIR` may have moved.
pub fn target() -> PathBuf {
    // Joining an absolute path replaces the root.
    root().join(env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// A binary of this workspace, built in the profile that this program was built in: cargo lays
/// them side by side.
pub fn sibling_binary(name: &str) -> std::io::Result<PathBuf> {
    let this = env::current_exe()?;
    Ok(this.with_file_name(format!("{name}{}", env::consts::EXE_SUFFIX)))
}

/// Cargo's home, where it unpacks the sources of dependencies.
pub fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
}
