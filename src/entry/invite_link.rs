//! The invite link that a teacher copies:
//! `https://classroom.google.com/c/<class id in base64>?cjc=<class code>`.
//!
//! The form was read off more than thirty public links: a `/u/<n>/` may stand before `/c/`, deeper
//! paths and other query parameters may follow.

use super::{EntryError, class_code::ClassCode};
use crate::classroom::{course_link, course_ref::CourseId};

const HOST: &str = "classroom.google.com";

/// A class and the code to join it with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteLink {
    /// The class the link leads to.
    pub course: CourseId,
    /// The code in the link.
    pub code: ClassCode,
}

/// The first address of Google Classroom in `text`, from the host on, up to the next space or
/// closing quote: `text` may be a whole sentence, the scheme may be missing.
pub(super) fn find(text: &str) -> Option<&str> {
    let lower = text.to_ascii_lowercase();
    let start = lower
        .match_indices(HOST)
        .map(|(at, _)| at)
        .find(|at| is_host_at(&lower, *at))?;
    let address = &text[start..];
    let end = address
        .find(|c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '"' | '\'' | '<' | '>' | ')' | ']' | '“' | '”' | '«' | '»'
                )
        })
        .unwrap_or(address.len());
    Some(address[..end].trim_end_matches(['.', ',', ';', '!']))
}

/// Whether the host's name stands at `at` as the whole host: not the end of another name
/// (`evilclassroom.google.com`, `x.classroom.google.com`), not the beginning of one
/// (`classroom.google.com.evil.example`), and not inside the path or query of another site.
fn is_host_at(lower: &str, at: usize) -> bool {
    let before = &lower[..at];
    let after = &lower[at + HOST.len()..];
    let starts = match before.strip_suffix("://") {
        Some(rest) => {
            let scheme = rest.rsplit(|c: char| !c.is_ascii_alphanumeric()).next();
            matches!(scheme, Some("http" | "https"))
        }
        None => !before.ends_with(|c: char| {
            c.is_ascii_alphanumeric()
                || !c.is_ascii()
                || matches!(c, '.' | '-' | '/' | '=' | '@' | '_' | '%')
        }),
    };
    let ends = match after.chars().next() {
        None => true,
        Some(c) => matches!(c, '/' | '?' | '#') || c.is_whitespace(),
    };
    starts && ends
}

/// The class that an address leads to, with or without a code in it.
pub(super) fn course(address: &str) -> Option<CourseId> {
    let path = address.split(['?', '#']).next()?;
    let mut segments = path.split('/').skip(1);
    segments.find(|segment| *segment == "c")?;
    course_link::decode(segments.next()?)
}

/// Reads an address that [`find`] found.
///
/// # Errors
/// [`EntryError::LinkWithoutCode`] where there is no class or no `cjc` in it;
/// [`EntryError::NoCode`] where `cjc` holds something that is no class code.
pub(super) fn read(address: &str) -> Result<InviteLink, EntryError> {
    let (address, _fragment) = address.split_once('#').unwrap_or((address, ""));
    let query = address.split_once('?').map_or("", |(_, query)| query);
    let course = course(address).ok_or(EntryError::LinkWithoutCode)?;
    let typed = query
        .split('&')
        // A link copied out of HTML source carries `&amp;`.
        .map(|pair| pair.strip_prefix("amp;").unwrap_or(pair))
        .find_map(|pair| pair.strip_prefix("cjc="))
        .filter(|code| !code.is_empty())
        .ok_or(EntryError::LinkWithoutCode)?;
    let code = ClassCode::parse(typed).ok_or(EntryError::NoCode)?;
    Ok(InviteLink { course, code })
}

#[cfg(test)]
mod tests {
    use super::super::{Typed, read as read_typed};
    use super::*;

    fn link(course: &str, code: &str) -> Result<Typed, EntryError> {
        Ok(Typed::Link(InviteLink {
            course: CourseId::parse(course).unwrap(),
            code: ClassCode::parse(code).unwrap(),
        }))
    }

    #[test]
    fn every_known_form_of_the_link_gives_class_and_code() {
        for typed in [
            "https://classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma",
            "http://classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma",
            "classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma",
            "https://Classroom.Google.com/c/NzQxMjM0NTY3ODkw?cjc=K5XQ2MA",
            "https://classroom.google.com/u/0/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma",
            "https://classroom.google.com/u/12/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma",
            "https://classroom.google.com/c/NzQxMjM0NTY3ODkw?hl=es&cjc=k5xq2ma",
            "https://classroom.google.com/c/NzQxMjM0NTY3ODkw?hl=es&amp;cjc=k5xq2ma&x=1#top",
            "https://classroom.google.com/c/NzQxMjM0NTY3ODkw/a/NTEy/details?cjc=k5xq2ma",
            "Join us: https://classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma.",
            "Join (https://classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma) today, see https://example.org",
            "<https://classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma>",
            "see https://example.org and https://classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma",
        ] {
            assert_eq!(
                read_typed(typed),
                link("741234567890", "k5xq2ma"),
                "{typed}"
            );
        }
    }

    #[test]
    fn ids_that_are_padded_with_z_lose_the_padding() {
        for (path, id) in [
            ("NzQxMjM0NTY3ODla", "74123456789"),
            ("OTYzMzcxNTY1ODBa", "96337156580"),
            ("NzI2ODQ3NjU2MFpa", "7268476560"),
        ] {
            let typed = format!("https://classroom.google.com/c/{path}?cjc=k5xq2ma");
            assert_eq!(read_typed(&typed), link(id, "k5xq2ma"), "{path}");
        }
    }

    #[test]
    fn a_classroom_link_without_class_or_code_is_named_as_such() {
        for typed in [
            "https://classroom.google.com/c/NzQxMjM0NTY3ODkw",
            "https://classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=",
            "https://classroom.google.com/c/NzQxMjM0NTY3ODkw?hl=es",
            "https://classroom.google.com/",
            "classroom.google.com",
            "https://classroom.google.com/h?cjc=k5xq2ma",
            "https://classroom.google.com/c/hello?cjc=k5xq2ma",
            "https://classroom.google.com/c/?cjc=k5xq2ma",
        ] {
            assert_eq!(
                read_typed(typed),
                Err(EntryError::LinkWithoutCode),
                "{typed}"
            );
        }
    }

    #[test]
    fn a_link_whose_code_is_none_is_refused() {
        assert_eq!(
            read_typed("https://classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=%F0"),
            Err(EntryError::NoCode)
        );
    }

    #[test]
    fn a_host_that_only_looks_like_classroom_is_foreign() {
        for typed in [
            "https://classroom.google.com.evil.example/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma",
            "https://evilclassroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma",
            "https://x.classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma",
            "https://evil.example/?u=classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma",
            "https://evil.example/https://classroom.google.com@evil.example/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma",
        ] {
            assert_eq!(read_typed(typed), Err(EntryError::ForeignLink), "{typed}");
        }
    }
}
