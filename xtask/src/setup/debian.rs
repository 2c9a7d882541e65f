//! Debian's packages, installed with apt where this program may do that.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// Whether this is Debian itself: its derivatives lack some of the packages, or have others under
/// the same names (Ubuntu's `chromium` is only a pointer to a snap).
pub fn is_debian() -> bool {
    fs::read_to_string("/etc/os-release").is_ok_and(|text| names_debian(&text))
}

/// Whether packages can be installed: on Debian, as root.
pub fn can_install() -> bool {
    is_debian() && is_root() && process::find_on_path(&["apt-get"]).is_some()
}

/// Whether this process runs as root.
pub fn is_root() -> bool {
    let mut command = Command::new("id");
    command.arg("-u");
    process::printed_by(command).as_deref() == Some("0")
}

/// The installed version of a package; `None` when it is not installed.
pub fn installed_version(package: &str) -> Option<String> {
    let mut command = Command::new("dpkg-query");
    command.args([
        "--show",
        "--showformat=${db:Status-Status} ${Version}",
        package,
    ]);
    let printed = process::printed_by(command)?;
    Some(printed.strip_prefix("installed ")?.to_owned())
}

/// Installs `packages`; asks for fresh lists first if one of them is not known.
///
/// # Errors
///
/// Fails when apt does.
pub fn install(packages: &[&str]) -> Result<()> {
    if process::succeed(apt_install(packages)).is_ok() {
        return Ok(());
    }
    process::succeed(apt(&["update"])).context("apt's lists could not be brought up to date")?;
    process::succeed(apt_install(packages))
}

fn apt_install(packages: &[&str]) -> Command {
    let mut command = apt(&["install", "--yes", "--no-install-recommends"]);
    command.args(packages);
    command
}

fn apt(arguments: &[&str]) -> Command {
    let mut command = Command::new("apt-get");
    command
        .args(arguments)
        .env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn names_debian(os_release: &str) -> bool {
    os_release
        .lines()
        .filter_map(|line| line.strip_prefix("ID="))
        .any(|id| id.trim_matches('"') == "debian")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debian_is_told_from_its_derivatives() {
        assert!(names_debian("NAME=\"Debian GNU/Linux\"\nID=debian\n"));
        assert!(!names_debian("ID=ubuntu\nID_LIKE=debian\n"));
        assert!(!names_debian("VERSION_ID=debian\n"));
    }
}
