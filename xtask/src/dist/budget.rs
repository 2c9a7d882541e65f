//! How heavy the widget may be.

use anyhow::{Result, bail};

use super::sizes::Sizes;
use crate::console::bytes;

/// The most that everything may weigh that has to arrive until a join can be carried out, but for
/// Google's own script, in bytes after brotli at its best quality: page, styles, wasm, glue, the
/// words in one language.
const FIRST_LOAD: u64 = 100_000;

/// The most that embed.js may weigh, likewise: every page around the widget loads it.
const EMBED: u64 = 3_000;
const EMBED_NAME: &str = "embed.js";

/// Holds the sizes against the budget; tells what the widget weighs, and how much of that are the
/// wasm and its glue.
///
/// # Errors
///
/// Fails when it is too heavy.
pub fn check(sizes: &Sizes, page: &str) -> Result<String> {
    let told = verdict(sizes.first_load(page)?, sizes.wasm_and_glue()?)?;
    let embed = sizes.brotli(EMBED_NAME)?;
    if embed > EMBED {
        bail!(
            "{EMBED_NAME} weighs {} of {} bytes (brotli)",
            bytes(embed),
            bytes(EMBED)
        );
    }
    Ok(format!(
        "{told}; {EMBED_NAME} {} of {}",
        bytes(embed),
        bytes(EMBED)
    ))
}

fn verdict(weight: u64, program: u64) -> Result<String> {
    let told = format!(
        "{} of {} bytes, wasm and glue {} of them",
        bytes(weight),
        bytes(FIRST_LOAD),
        bytes(program)
    );
    if weight > FIRST_LOAD {
        bail!("the first load weighs {told} (brotli)");
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_may_be_used_up_and_not_exceeded() {
        assert!(verdict(FIRST_LOAD, 1).is_ok());
        let error = verdict(FIRST_LOAD + 1, 80_000).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the first load weighs 100 001 of 100 000 bytes, wasm and glue 80 000 of them (brotli)"
        );
    }
}
