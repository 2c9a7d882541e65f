//! The module by which other pages mount the widget, `public/hallpass.js`.
//!
//! Its name never changes, so that pages can name it; what it loads is named after its content.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// Puts the names of files, and what they have to be, into the module at `path`: for each of `files`
/// what stands for it there, its name and its integrity. An empty integrity has no place there.
///
/// # Errors
///
/// Fails when one of the places is not there, and with those of the file system.
pub fn fill(path: &Path, files: &[(&str, &str, &str)]) -> Result<()> {
    let script =
        fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    fs::write(path, filled(&script, files)?)?;
    Ok(())
}

fn filled(script: &str, files: &[(&str, &str, &str)]) -> Result<String> {
    let mut script = script.to_owned();
    for (place, name, integrity) in files {
        let mut put = |place: String, value: String| {
            ensure!(
                script.matches(&place).count() == 1,
                "hallpass.js has not one place {place}"
            );
            script = script.replace(&place, &value);
            Ok(())
        };
        put(format!("\"{place}\""), format!("\"./{name}\""))?;
        if !integrity.is_empty() {
            put(format!("\"{place}_INTEGRITY\""), format!("\"{integrity}\""))?;
        }
    }
    Ok(script)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_module_names_every_file_with_what_it_has_to_be() {
        let script = r#"import start from "GLUE"; fetch("WASM", "WASM_INTEGRITY");"#;
        let files = [("GLUE", "a.js", ""), ("WASM", "b.wasm", "sha384-x")];
        assert_eq!(
            filled(script, &files).unwrap(),
            r#"import start from "./a.js"; fetch("./b.wasm", "sha384-x");"#
        );
    }

    #[test]
    fn a_module_without_a_place_for_a_file_is_refused() {
        assert!(filled("", &[("GLUE", "a.js", "")]).is_err());
        assert!(filled("\"GLUE\" \"GLUE\"", &[("GLUE", "a.js", "")]).is_err());
    }
}
