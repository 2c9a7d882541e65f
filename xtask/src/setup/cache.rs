//! The folder that installed tools are kept in.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::time::Duration;

use anyhow::{Context, Result};

/// What an interrupted installation left behind is removed when it is older than this: a younger
/// one may still be at work.
const ABANDONED_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// The cache folder; each entry is a folder whose name holds the version of what is in it.
#[derive(Debug)]
pub struct Cache {
    root: PathBuf,
}

impl Cache {
    /// `HALL_PASS_CACHE`, else `hall-pass` in the folder where this system keeps a person's caches.
    ///
    /// # Errors
    ///
    /// Fails when the system names no such folder.
    pub fn locate() -> Result<Self> {
        let root = env::var_os("HALL_PASS_CACHE")
            .filter(|path| !path.is_empty())
            .map(PathBuf::from)
            .or_else(|| Some(user_cache()?.join("hall-pass")))
            .context("no cache folder is known; name one in HALL_PASS_CACHE")?;
        Ok(Self {
            root: std::path::absolute(root)?,
        })
    }

    /// The entry `name`, if it was installed as a whole.
    pub fn entry(&self, name: &str) -> Option<PathBuf> {
        let entry = self.root.join(name);
        entry.is_dir().then_some(entry)
    }

    /// Lets `fill` install into a new folder, which becomes the entry `name` only when all of it
    /// is there: an interrupted installation is never taken for a whole one.
    ///
    /// # Errors
    ///
    /// Those of `fill`, and those of the file system.
    pub fn install(&self, name: &str, fill: impl FnOnce(&Path) -> Result<()>) -> Result<PathBuf> {
        let entry = self.root.join(name);
        let partial = self.root.join(format!("{PARTIAL}{name}.{}", process::id()));
        fs::create_dir_all(&self.root)
            .with_context(|| format!("cannot create {}", self.root.display()))?;
        self.remove_abandoned();
        remove(&partial)?;
        fs::create_dir(&partial)?;
        let filled = fill(&partial).and_then(|()| {
            fs::rename(&partial, &entry).or_else(|error| {
                // Another process may have been faster; its entry is as good.
                if entry.is_dir() { Ok(()) } else { Err(error) }
            })?;
            Ok(())
        });
        remove(&partial)?;
        filled.map(|()| entry)
    }

    fn remove_abandoned(&self) {
        let Ok(entries) = fs::read_dir(&self.root) else {
            return;
        };
        for entry in entries.flatten() {
            let partial = entry.file_name().to_string_lossy().starts_with(PARTIAL);
            let age = entry.metadata().and_then(|data| data.modified());
            let abandoned =
                age.is_ok_and(|time| time.elapsed().is_ok_and(|age| age > ABANDONED_AFTER));
            if partial && abandoned {
                // Housekeeping: what cannot be removed now will be another time.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
    }
}

/// What names of unfinished entries begin with.
const PARTIAL: &str = ".partial-";

fn remove(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

fn user_cache() -> Option<PathBuf> {
    if cfg!(windows) {
        return env::var_os("LOCALAPPDATA").map(PathBuf::from);
    }
    if cfg!(target_os = "macos") {
        return Some(env::home_dir()?.join("Library").join("Caches"));
    }
    // The XDG base directory specification: a relative path is to be ignored.
    env::var_os("XDG_CACHE_HOME")
        .map(PathBuf::from)
        .filter(|path| path.is_absolute())
        .or_else(|| Some(env::home_dir()?.join(".cache")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;

    fn cache(name: &str) -> Cache {
        let root = env::temp_dir().join(format!("hall-pass-{name}-{}", process::id()));
        remove(&root).unwrap();
        Cache { root }
    }

    #[test]
    fn a_whole_installation_becomes_an_entry() {
        let cache = cache("whole");
        let entry = cache
            .install("tool-1", |folder| Ok(fs::write(folder.join("tool"), "x")?))
            .unwrap();
        assert_eq!(cache.entry("tool-1"), Some(entry.clone()));
        assert!(entry.join("tool").is_file());
        remove(&cache.root).unwrap();
    }

    #[test]
    fn a_failed_installation_leaves_nothing() {
        let cache = cache("failed");
        let result = cache.install("tool-1", |folder| {
            fs::write(folder.join("half"), "x")?;
            bail!("interrupted")
        });
        assert!(result.is_err());
        assert_eq!(cache.entry("tool-1"), None);
        assert_eq!(fs::read_dir(&cache.root).unwrap().count(), 0);
        remove(&cache.root).unwrap();
    }

    #[test]
    fn an_entry_that_appeared_meanwhile_is_used() {
        let cache = cache("meanwhile");
        let root = cache.root.clone();
        let entry = cache
            .install("tool-1", |folder| {
                fs::create_dir_all(root.join("tool-1"))?;
                fs::write(root.join("tool-1").join("theirs"), "x")?;
                Ok(fs::write(folder.join("ours"), "x")?)
            })
            .unwrap();
        assert!(entry.join("theirs").is_file());
        remove(&cache.root).unwrap();
    }
}
