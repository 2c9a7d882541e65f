//! Whatever stands in `config.json`: a configuration, or the key that is wrong, what was found and
//! what is allowed.
#![no_main]

use hallpass::config::{self, params::PageParams};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &str| {
    if let Err(error) = config::check(file, &PageParams::default()) {
        assert!(!error.key.is_empty());
        assert!(!error.found.is_empty());
        assert!(!error.allowed.is_empty());
    }
});
