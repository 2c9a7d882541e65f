//! What the deployable folder weighs, file by file.

use std::fmt;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::precompress;
use crate::console;

const PAGE: &str = "index.html";
const CONFIG: &str = "config.json";
const LANGUAGES: &str = "locales/";

/// One file, without its compressed copies.
#[derive(Debug, PartialEq)]
pub struct Size {
    /// Its path in the folder, with `/` between its parts.
    pub name: String,
    /// Bytes as it is.
    pub raw: u64,
    /// Bytes of its brotli copy, where there is one.
    pub brotli: Option<u64>,
}

/// All files, sorted by name.
#[derive(Debug, PartialEq)]
pub struct Sizes(Vec<Size>);

impl Sizes {
    /// Weighs the files in `folder` and below.
    ///
    /// # Errors
    ///
    /// Those of the file system.
    pub fn of(folder: &Path) -> Result<Self> {
        let mut sizes = Vec::new();
        for name in files(folder)? {
            if precompress::is_compressed(Path::new(&name)) {
                continue;
            }
            let brotli = folder.join(format!("{name}.br"));
            sizes.push(Size {
                raw: fs::metadata(folder.join(&name))?.len(),
                brotli: fs::metadata(brotli).ok().map(|data| data.len()),
                name,
            });
        }
        Ok(Self(sizes))
    }

    /// What has to arrive until a join can be carried out, in bytes: `page` (the text of
    /// `index.html`), what it names, the configuration, and the heaviest of the languages.
    ///
    /// # Errors
    ///
    /// Fails when one of them was not compressed (the configuration never is).
    pub fn first_load(&self, page: &str) -> Result<u64> {
        let weight = |size: &Size| match size.brotli {
            Some(brotli) => Ok(brotli),
            None if size.name == CONFIG => Ok(size.raw),
            None => bail!("{} was not compressed", size.name),
        };
        let named = |size: &&Size| {
            size.name == PAGE || size.name == CONFIG || page.contains(size.name.as_str())
        };
        let mut sum = 0;
        for size in self.0.iter().filter(named) {
            sum += weight(size)?;
        }
        let languages = self
            .0
            .iter()
            .filter(|size| size.name.starts_with(LANGUAGES));
        let heaviest = languages.map(weight).collect::<Result<Vec<_>>>()?;
        let heaviest = heaviest.into_iter().max();
        Ok(sum + heaviest.context("there are no words in dist/")?)
    }

    /// The brotli bytes of the file of this name.
    ///
    /// # Errors
    ///
    /// Fails when it is not there or was not compressed.
    pub fn brotli(&self, name: &str) -> Result<u64> {
        let size = self.0.iter().find(|size| size.name == name);
        size.and_then(|size| size.brotli)
            .with_context(|| format!("there is no {name} in dist/, or it was not compressed"))
    }

    /// The brotli bytes of the wasm and of the JavaScript that wasm-bindgen wrote for it.
    ///
    /// # Errors
    ///
    /// Fails when one of them is not there or was not compressed: a sum without it would always
    /// be within the budget.
    pub fn wasm_and_glue(&self) -> Result<u64> {
        let wasm = self
            .0
            .iter()
            .find(|size| size.name.ends_with("_bg.wasm"))
            .context("there is no wasm in dist/")?;
        let glue = format!("{}.js", wasm.name.trim_end_matches("_bg.wasm"));
        let glue = self
            .0
            .iter()
            .find(|size| size.name == glue)
            .with_context(|| format!("there is no {glue} in dist/"))?;
        let snippets = self
            .0
            .iter()
            .filter(|size| size.name.starts_with("snippets/"));
        [wasm, glue]
            .into_iter()
            .chain(snippets)
            .try_fold(0, |sum, size| {
                let brotli = size
                    .brotli
                    .with_context(|| format!("{} was not compressed", size.name))?;
                Ok(sum + brotli)
            })
    }
}

impl fmt::Display for Sizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.0.iter().map(|size| size.name.len()).max().unwrap_or(0);
        writeln!(f, "  {:<width$}  {:>10}  {:>10}", "file", "bytes", "brotli")?;
        for size in &self.0 {
            let brotli = size.brotli.map_or_else(|| "-".to_owned(), console::bytes);
            let raw = console::bytes(size.raw);
            writeln!(f, "  {:<width$}  {raw:>10}  {brotli:>10}", size.name)?;
        }
        Ok(())
    }
}

/// The paths of all files in `folder` and below, relative to it, with `/` between their parts,
/// sorted.
///
/// # Errors
///
/// Those of the file system.
pub fn files(folder: &Path) -> Result<Vec<String>> {
    let mut found = Vec::new();
    collect(folder, "", &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(folder: &Path, prefix: &str, found: &mut Vec<String>) -> Result<()> {
    let entries = folder
        .read_dir()
        .with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), found)?;
        } else {
            found.push(name);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn size(name: &str, raw: u64, brotli: Option<u64>) -> Size {
        Size {
            name: name.to_owned(),
            raw,
            brotli,
        }
    }

    #[test]
    fn wasm_glue_and_its_snippets_are_summed_and_nothing_else() {
        let sizes = Sizes(vec![
            size("boot.js", 3_000, Some(900)),
            size("hallpass-1f.js", 30_000, Some(6_000)),
            size("hallpass-1f_bg.wasm", 150_000, Some(52_000)),
            size("snippets/leptos/inline0.js", 100, Some(70)),
        ]);
        assert_eq!(sizes.wasm_and_glue().unwrap(), 58_070);
    }

    #[test]
    fn a_sum_without_one_of_its_parts_is_refused() {
        let wasm = || size("hallpass-1f_bg.wasm", 150_000, Some(52_000));
        assert!(Sizes(vec![]).wasm_and_glue().is_err());
        assert!(Sizes(vec![wasm()]).wasm_and_glue().is_err());
        let uncompressed = size("hallpass-1f.js", 30_000, None);
        assert!(Sizes(vec![uncompressed, wasm()]).wasm_and_glue().is_err());
    }

    #[test]
    fn the_first_load_is_the_page_what_it_names_the_configuration_and_one_language() {
        let all = |glue| {
            Sizes(vec![
                size("boot.js", 3_000, Some(900)),
                size("config.json", 60, None),
                size("hallpass-1f.js", 30_000, glue),
                size("index.html", 2_000, Some(500)),
                size("locales/ar.json", 9_000, Some(3_000)),
                size("locales/en.json", 9_000, Some(2_000)),
                size("setup.html", 9_000, Some(4_000)),
            ])
        };
        let page = r#"<script src="./boot.js" data-glue="./hallpass-1f.js">"#;
        let weight = all(Some(6_000)).first_load(page).unwrap();
        assert_eq!(weight, 900 + 60 + 6_000 + 500 + 3_000);
        assert!(all(None).first_load(page).is_err(), "not compressed");
        assert!(Sizes(vec![]).first_load(page).is_err(), "no words");
    }

    #[test]
    fn the_table_shows_what_has_no_compressed_copy() {
        let sizes = Sizes(vec![
            size("config.json", 1_234, None),
            size("index.html", 900, Some(400)),
        ]);
        let expected = "  file              bytes      brotli
  config.json       1 234           -
  index.html          900         400
";
        assert_eq!(sizes.to_string(), expected);
    }
}
