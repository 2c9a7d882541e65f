//! Who is meant.

/// The number that the API gave somebody: digits, 21 today.
///
/// In a call an address or `me` may stand in its place; an answer always has the number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserId(String);

impl UserId {
    /// Reads a number; anything else gives nothing.
    ///
    /// ```
    /// use hallpass::classroom::user::UserId;
    /// assert!(UserId::parse("103482915577364021981").is_some());
    /// assert!(UserId::parse("maya@school.example").is_none());
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let fits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        fits.then(|| Self(text.to_owned()))
    }

    /// The digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_is_a_number() {
        assert_eq!(UserId::parse("0117").unwrap().as_str(), "0117");
        for text in ["", "me", "12 ", "-12", "1e3", "maya@school.example", "٣"] {
            assert_eq!(UserId::parse(text), None, "{text:?}");
        }
    }
}
