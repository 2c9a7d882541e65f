//! The page's references to wasm and glue.

use anyhow::{Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256, Sha384};

use super::Files;

/// Where Trunk.toml leaves room for the wasm's integrity, in boot.js's element.
const WASM_INTEGRITY: &str = " data-wasm-integrity=\"";

/// Where it leaves room for the glue's. All other elements have had theirs from Trunk.
const GLUE_INTEGRITY: &str = " integrity=\"";

/// `html` with references to the files as they are named now, and what they have to be.
///
/// # Errors
///
/// Fails when the page does not refer to the files, or has not one place for each integrity.
pub fn rewritten(html: &str, old: &Files, new: &Files, wasm: &[u8], glue: &[u8]) -> Result<String> {
    let mut html = html.to_owned();
    for (old, new) in [(&old.wasm, &new.wasm), (&old.glue, &new.glue)] {
        if !html.contains(old.as_str()) {
            bail!("it does not name {old}");
        }
        html = html.replace(old, new);
    }
    html = fill(&html, WASM_INTEGRITY, &integrity(wasm))?;
    fill(&html, GLUE_INTEGRITY, &integrity(glue))
}

/// `html` without its comments and without the white space around its lines, which are for those who
/// write it.
pub fn trimmed(html: &str) -> String {
    let mut pieces = html.split("<!--");
    let mut kept: String = pieces.next().into_iter().collect();
    for piece in pieces {
        kept.push_str(piece.split_once("-->").map_or("", |(_, after)| after));
    }
    let lines = kept.lines().map(str::trim).filter(|line| !line.is_empty());
    // One stays between two lines: white space there may separate words.
    lines.collect::<Vec<_>>().join("\n")
}

/// Gives the one attribute of that name that is empty its value.
fn fill(html: &str, attribute: &str, value: &str) -> Result<String> {
    let empty = format!("{attribute}\"");
    match html.matches(&empty).count() {
        1 => Ok(html.replace(&empty, &format!("{attribute}{value}\""))),
        count => bail!("it holds{empty} {count} times, and not once"),
    }
}

/// As browsers compare it: `sha384-` and the hash in base64.
pub fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

/// 16 hexadecimal digits that stand for these contents.
pub fn hash(contents: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for content in contents {
        hash.update(content);
    }
    hash.finalize()[..8]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"
<link rel="stylesheet" href="./base-1.css" integrity="sha384-abc"/>
<script src="./boot.js" data-glue="./hallpass-1.js" data-wasm="./hallpass-1_bg.wasm" data-wasm-integrity=""></script>
<link rel="modulepreload" href="./hallpass-1.js" integrity=""><link rel="preload" href="./hallpass-1_bg.wasm">
"#;

    fn names(hash: &str) -> Files {
        Files {
            wasm: format!("hallpass-{hash}_bg.wasm"),
            glue: format!("hallpass-{hash}.js"),
        }
    }

    #[test]
    fn every_reference_follows_and_both_integrities_are_those_of_the_new_files() {
        let html = rewritten(PAGE, &names("1"), &names("2"), b"wasm", b"glue").unwrap();
        assert!(!html.contains("hallpass-1"), "{html}");
        assert_eq!(html.matches("./hallpass-2.js").count(), 2);
        assert_eq!(html.matches("./hallpass-2_bg.wasm").count(), 2);
        // printf wasm | openssl dgst -sha384 -binary | base64
        assert!(html.contains(&format!(" data-wasm-integrity=\"{}\"", integrity(b"wasm"))));
        assert!(html.contains(&format!(" integrity=\"{}\"", integrity(b"glue"))));
        assert!(html.contains(" integrity=\"sha384-abc\""));
    }

    #[test]
    fn a_page_without_a_place_for_an_integrity_or_without_the_files_is_refused() {
        for missing in [" data-wasm-integrity=\"\"", " integrity=\"\""] {
            let page = PAGE.replace(missing, "");
            assert!(rewritten(&page, &names("1"), &names("2"), b"", b"").is_err());
        }
        assert!(rewritten(PAGE, &names("3"), &names("2"), b"", b"").is_err());
    }

    #[test]
    fn comments_and_indentation_are_left_out_and_words_stay_apart() {
        let html = "<!doctype html>\n  <!-- one -->\n\n  <p>\n    two<!-- three\n -->\n  words\n";
        assert_eq!(trimmed(html), "<!doctype html>\n<p>\ntwo\nwords");
    }

    #[test]
    fn an_integrity_is_what_browsers_compute() {
        assert_eq!(integrity(b""), EMPTY);
    }

    // openssl dgst -sha384 -binary /dev/null | base64
    const EMPTY: &str = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";

    #[test]
    fn a_hash_has_sixteen_digits_and_changes_with_either_file() {
        assert_eq!(hash(&[b"a", b"b"]).len(), 16);
        assert_ne!(hash(&[b"a", b"b"]), hash(&[b"a", b"c"]));
        assert_ne!(hash(&[b"a", b"b"]), hash(&[b"c", b"b"]));
    }
}
