//! The clipboard.

use core::future::Future;

use wasm_bindgen_futures::JsFuture;

/// Puts `text` into the clipboard; the future tells whether the browser let it. To be called inside
/// a person's press.
pub fn write(text: &str) -> impl Future<Output = bool> + use<> {
    let written = web_sys::window().map(|window| window.navigator().clipboard().write_text(text));
    async move {
        match written {
            Some(written) => JsFuture::from(written).await.is_ok(),
            None => false,
        }
    }
}
