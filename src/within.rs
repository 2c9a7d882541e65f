//! Looking for a text within another.

/// Where `part` first stands in `text`, in bytes; nothing where it does not stand there or is empty.
///
/// `str::find` brings along an algorithm for long texts (Two-Way), of 1.5 kB in the wasm. Here it
/// is tried from every byte on: fine for the short parts that are looked for.
///
/// ```
/// use hallpass::within::position;
/// assert_eq!(position("see https://school.example", "://"), Some(9));
/// assert_eq!(position("school.example", "://"), None);
/// assert_eq!(position("school.example", ""), None);
/// ```
pub fn position(text: &str, part: &str) -> Option<usize> {
    let part = part.as_bytes();
    // No window may be empty.
    let mut windows = text.as_bytes().windows(part.len().max(1));
    windows.position(|window| window == part)
}

/// Whether `part` stands in `text`, see [`position`].
pub fn has(text: &str, part: &str) -> bool {
    position(text, part).is_some()
}
