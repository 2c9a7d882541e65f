//! Numbers as each language writes them, and which of its forms a word takes beside one.
//!
//! The browser knows both for every language (ECMA-402, `Intl`): tables of them in the wasm would be
//! paid for by everybody, for the one language that they read.

/// `number` in the digits and groups of the language: `1,000` in English, `1 000` in French.
#[cfg(target_arch = "wasm32")]
pub fn written(number: u32, tag: &str) -> String {
    js_sys::Number::from(number).to_locale_string(tag).into()
}

/// `number` in plain digits; only the browser groups them.
#[cfg(not(target_arch = "wasm32"))]
pub fn written(number: u32, _tag: &str) -> String {
    number.to_string()
}

/// The plural category of `number`, one of CLDR's six: `zero`, `one`, `two`, `few`, `many`, `other`.
#[cfg(target_arch = "wasm32")]
pub fn category(number: u32, tag: &str) -> String {
    let rules =
        js_sys::Intl::PluralRules::new(&js_sys::Array::of1(&tag.into()), &js_sys::Object::new());
    rules.select(number.into()).into()
}

/// The category by the rule of English; only the browser knows the others'.
#[cfg(not(target_arch = "wasm32"))]
pub fn category(number: u32, _tag: &str) -> String {
    if number == 1 { "one" } else { "other" }.to_owned()
}
