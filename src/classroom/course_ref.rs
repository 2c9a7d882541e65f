//! Which class is meant.

use core::fmt;

/// The most characters an alias has (Classroom API reference, `CourseAlias.alias`), prefix and all.
pub const MAX_ALIAS: usize = 256;

/// The id that Classroom gave a class: digits, twelve today, nine to fifteen let through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CourseId(String);

impl CourseId {
    /// Reads a numeric id of 9 to 15 digits; anything else gives nothing.
    pub fn parse(text: &str) -> Option<Self> {
        let fits = (9..=15).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| Self(text.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A class as the API takes it in `courses/{id}`: by number, by a domain's alias, by a Cloud
/// project's alias (Classroom API reference, `Course.id` and `CourseAlias`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CourseRef {
    /// The number that Classroom gave it.
    Id(CourseId),
    /// `d:` alias, known to everybody in the domain. Kept with its prefix.
    DomainAlias(String),
    /// `p:` alias, known to every request of the same Cloud project. Kept with its prefix.
    ProjectAlias(String),
}

impl CourseRef {
    /// Reads `741234567890`, `d:biology-7b` or `p:k5xq2ma`; anything else gives nothing.
    ///
    /// ```
    /// use hallpass::classroom::course_ref::CourseRef;
    /// assert!(CourseRef::parse("741234567890").is_some());
    /// assert!(CourseRef::parse("p:k5xq2ma").is_some());
    /// assert!(CourseRef::parse("biology").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(id) = CourseId::parse(text) {
            return Some(Self::Id(id));
        }
        let (prefix, name) = text.split_once(':')?;
        let fits = !name.is_empty()
            && text.chars().count() <= MAX_ALIAS
            && !name.contains(char::is_control);
        match prefix {
            "d" if fits => Some(Self::DomainAlias(text.to_owned())),
            "p" if fits => Some(Self::ProjectAlias(text.to_owned())),
            _ => None,
        }
    }

    /// The text that stands for the class in a request, not yet percent-encoded.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Id(id) => id.as_str(),
            Self::DomainAlias(alias) | Self::ProjectAlias(alias) => alias,
        }
    }
}

impl fmt::Display for CourseRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_have_nine_to_fifteen_digits() {
        assert!(CourseId::parse("12345678").is_none());
        assert!(CourseId::parse("123456789").is_some());
        assert!(CourseId::parse("123456789012345").is_some());
        assert!(CourseId::parse("1234567890123456").is_none());
        assert!(CourseId::parse("74123456789x").is_none());
    }

    #[test]
    fn an_alias_needs_its_prefix_and_a_name() {
        assert_eq!(CourseRef::parse("d:math").unwrap().as_str(), "d:math");
        assert_eq!(CourseRef::parse("p:k5xq2ma").unwrap().as_str(), "p:k5xq2ma");
        for text in ["math", "x:math", "d:", "p:", "", "d:a\u{7}b"] {
            assert!(CourseRef::parse(text).is_none(), "{text:?}");
        }
        assert!(CourseRef::parse(&format!("d:{}", "a".repeat(254))).is_some());
        assert!(CourseRef::parse(&format!("d:{}", "a".repeat(255))).is_none());
    }
}
