//! Compressing once what web servers would otherwise compress at each request, and better.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::thread;

use anyhow::{Context, Result, anyhow};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Edited where it is deployed, so a compressed copy beside it would be an outdated one.
const EDITED: &str = "config.json";

/// Writes `NAME.br` and `NAME.gz` beside each file in `folder` and below, but `config.json`.
///
/// # Errors
///
/// Those of the file system.
pub fn folder(folder: &Path) -> Result<()> {
    let files: Vec<PathBuf> = super::sizes::files(folder)?
        .into_iter()
        .map(|name| folder.join(name))
        .filter(|path| !is_compressed(path) && !path.ends_with(EDITED))
        .collect();
    // The wasm takes nearly all the time: it and the rest go side by side.
    let (wasm, rest): (Vec<_>, Vec<_>) = files.into_iter().partition(|path| {
        path.extension()
            .is_some_and(|extension| extension == "wasm")
    });
    thread::scope(|scope| {
        let other = scope.spawn(|| rest.iter().try_for_each(|path| file(path)));
        wasm.iter().try_for_each(|path| file(path))?;
        other.join().map_err(|_| anyhow!("a compressor panicked"))?
    })
}

/// Whether a file is what this module writes.
pub fn is_compressed(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "br" || extension == "gz")
}

fn file(path: &Path) -> Result<()> {
    let content = fs::read(path)?;
    let write = |suffix: &str, compressed: Vec<u8>| {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        fs::write(&name, compressed)
    };
    write(".br", brotli(&content)?)
        .and_then(|()| write(".gz", gzip(&content)?))
        .with_context(|| format!("{} could not be compressed", path.display()))
}

fn brotli(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        // The largest window that a browser has to take.
        lgwin: 24,
        size_hint: content.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut Cursor::new(content), &mut compressed, &parameters)?;
    Ok(compressed)
}

/// Its header holds neither name nor time, so the same content gives the same bytes.
fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(content)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn every_file_but_the_configuration_gets_both_copies_and_they_hold_the_same() {
        let root = std::env::temp_dir().join(format!("hall-pass-br-{}", std::process::id()));
        fs::create_dir_all(root.join("below")).unwrap();
        let text = "the same words again and again ".repeat(100);
        for name in ["index.html", "app.wasm", "below/glue.js", "config.json"] {
            fs::write(root.join(name), &text).unwrap();
        }

        folder(&root).unwrap();
        folder(&root).unwrap();

        for name in ["index.html", "app.wasm", "below/glue.js"] {
            let compressed = fs::File::open(root.join(format!("{name}.br"))).unwrap();
            let mut read = String::new();
            brotli::Decompressor::new(compressed, 4096)
                .read_to_string(&mut read)
                .unwrap();
            assert_eq!(read, text);
            let compressed = fs::File::open(root.join(format!("{name}.gz"))).unwrap();
            let mut read = String::new();
            flate2::read::GzDecoder::new(compressed)
                .read_to_string(&mut read)
                .unwrap();
            assert_eq!(read, text);
        }
        assert!(!root.join("config.json.br").exists());
        assert!(!root.join("config.json.gz").exists());
        assert!(!root.join("index.html.br.br").exists());
        fs::remove_dir_all(&root).unwrap();
    }
}
