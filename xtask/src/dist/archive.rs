//! The archive of the deployable folder.

use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// Writes `hallpass-VERSION.zip` into `target`: the files of `folder`, at the archive's top level.
///
/// The same files give the same bytes: they stand in the order of their names, with one date and
/// one set of permissions.
///
/// # Errors
///
/// Those of the file system.
pub fn write(folder: &Path, target: &Path) -> Result<PathBuf> {
    let path = target.join(format!("hallpass-{}.zip", env!("CARGO_PKG_VERSION")));
    fs::create_dir_all(target)?;
    zip(folder, &path).with_context(|| format!("{} could not be written", path.display()))?;
    Ok(path)
}

fn zip(folder: &Path, path: &Path) -> Result<()> {
    let mut archive = ZipWriter::new(BufWriter::new(File::create(path)?));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(9))
        // The format's first day.
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644);
    for name in super::sizes::files(folder)? {
        let content = fs::read(folder.join(&name))?;
        archive.start_file(name, options)?;
        archive.write_all(&content)?;
    }
    archive.finish()?.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_files_give_the_same_bytes_whatever_their_dates() {
        let root = std::env::temp_dir().join(format!("hall-pass-zip-{}", std::process::id()));
        let folder = root.join("dist");
        fs::create_dir_all(folder.join("below")).unwrap();
        let fill = || {
            fs::write(folder.join("index.html"), "<!doctype html>").unwrap();
            fs::write(folder.join("below/glue.js"), "export {}").unwrap();
        };

        fill();
        let first = fs::read(write(&folder, &root).unwrap()).unwrap();
        let old = fs::File::open(folder.join("index.html")).unwrap();
        let long_ago =
            std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        old.set_modified(long_ago).unwrap();
        let second = fs::read(write(&folder, &root).unwrap()).unwrap();

        assert_eq!(first, second);
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(first)).unwrap();
        let names: Vec<_> = (0..archive.len())
            .map(|index| {
                archive
                    .by_index(index)
                    .unwrap()
                    .name()
                    .unwrap()
                    .into_owned()
            })
            .collect();
        assert_eq!(names, ["below/glue.js", "index.html"]);
        fs::remove_dir_all(&root).unwrap();
    }
}
