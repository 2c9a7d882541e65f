//! How heavy the widget may be.

use anyhow::{Result, bail};

use super::sizes::Sizes;
use crate::console::bytes;

/// The most that the wasm and its glue may weigh together, in bytes after brotli at its best
/// quality: what a phone on a school's network downloads before the form answers.
const WASM_AND_GLUE: u64 = 80_000;

/// Holds the sizes against the budget; tells what the widget weighs.
///
/// # Errors
///
/// Fails when it is too heavy.
pub fn check(sizes: &Sizes) -> Result<String> {
    verdict(sizes.wasm_and_glue()?)
}

fn verdict(weight: u64) -> Result<String> {
    let told = format!("{} of {} bytes", bytes(weight), bytes(WASM_AND_GLUE));
    if weight > WASM_AND_GLUE {
        bail!("wasm and glue weigh {told} (brotli)");
    }
    Ok(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_may_be_used_up_and_not_exceeded() {
        assert!(verdict(WASM_AND_GLUE).is_ok());
        let error = verdict(WASM_AND_GLUE + 1).unwrap_err();
        assert_eq!(
            error.to_string(),
            "wasm and glue weigh 80 001 of 80 000 bytes (brotli)"
        );
    }
}
