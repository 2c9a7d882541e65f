//! What the parts have in common that the program is cut into.

#[cfg(feature = "split")]
use leptos::wasm_split::SplitLoaderError;

/// A part could not be fetched; another try may succeed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotFetched;

#[cfg(feature = "split")]
impl From<SplitLoaderError> for NotFetched {
    fn from(_: SplitLoaderError) -> Self {
        Self
    }
}
