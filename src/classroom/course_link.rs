//! The address of a class in Google Classroom: `https://classroom.google.com/c/<id in base64>`.
//!
//! The id is written as decimal text, filled up with the letter `Z` to a multiple of three bytes
//! and then encoded, so that no `=` ever appears (read off published course records: id
//! `96337156580` has the link `.../c/OTYzMzcxNTY1ODBa`).

use super::course_ref::CourseId;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const FILLER: char = 'Z';

/// The id in a link's path segment, or nothing where the segment is none.
///
/// ```
/// use hallpass::classroom::course_link::decode;
/// assert_eq!(decode("NzQxMjM0NTY3ODla").unwrap().as_str(), "74123456789");
/// assert!(decode("hello").is_none());
/// ```
pub fn decode(segment: &str) -> Option<CourseId> {
    // An id has at most 15 digits, hence 20 characters here. Whole groups of four only: a link that
    // lost its last character would otherwise lead to another class.
    if segment.len() > 20 || !segment.len().is_multiple_of(4) {
        return None;
    }
    let mut bits = 0u32;
    let mut held = 0;
    let mut text = String::new();
    for byte in segment.bytes() {
        let value = ALPHABET.iter().position(|a| *a == byte)?;
        bits = (bits << 6) | u32::try_from(value).ok()?;
        held += 6;
        if held >= 8 {
            held -= 8;
            text.push(char::from(u8::try_from((bits >> held) & 0xff).ok()?));
        }
    }
    CourseId::parse(text.trim_end_matches(FILLER))
}

/// The address of the class in Google Classroom.
///
/// ```
/// use hallpass::classroom::{course_link::address, course_ref::CourseId};
/// let id = CourseId::parse("741234567890").unwrap();
/// assert_eq!(address(&id), "https://classroom.google.com/c/NzQxMjM0NTY3ODkw");
/// ```
pub fn address(id: &CourseId) -> String {
    let mut link = String::from("https://classroom.google.com/c/");
    let mut text = id.as_str().to_owned();
    while !text.len().is_multiple_of(3) {
        text.push(FILLER);
    }
    for three in text.as_bytes().chunks(3) {
        let bits = three
            .iter()
            .fold(0usize, |bits, byte| (bits << 8) | usize::from(*byte));
        for shift in [18, 12, 6, 0] {
            link.push(char::from(ALPHABET[(bits >> shift) & 0x3f]));
        }
    }
    link
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_links_and_ids_belong_together() {
        for (segment, id) in [
            ("NTEyMjUxMTM4MjQz", "512251138243"),
            ("ODQ0MTEzMTUwMDM1", "844113150035"),
            ("NDQ0MDU4NTQxNDBa", "44405854140"),
            ("OTYzMzcxNTY1ODBa", "96337156580"),
            ("NzI2ODQ3NjU2MFpa", "7268476560"),
        ] {
            let id = CourseId::parse(id).unwrap();
            assert_eq!(decode(segment).as_ref(), Some(&id), "{segment}");
            assert_eq!(
                address(&id),
                format!("https://classroom.google.com/c/{segment}")
            );
        }
    }

    #[test]
    fn what_is_no_id_decodes_to_nothing() {
        for segment in [
            "",
            "hello",
            "NzQxMjM0NTY3ODk",
            "====",
            "Wlpa",
            "NzQxMjM0NTY3ODkwNzQxMjM0NTY3ODkw",
            "é",
        ] {
            assert_eq!(decode(segment), None, "{segment}");
        }
    }
}
