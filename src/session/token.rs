//! The access token: held in memory, shown nowhere.

use core::fmt;

/// An OAuth access token. Its `Debug` prints nothing of it, and there is no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken(String);

impl AccessToken {
    /// Wraps what a token source gave.
    pub fn new(token: String) -> Self {
        Self(token)
    }

    /// The value of the `Authorization` header (RFC 6750, section 2.1).
    pub fn bearer(&self) -> String {
        let mut header = String::from("Bearer ");
        header.push_str(&self.0);
        header
    }

    /// The token itself, for the one other place it is sent to: revocation (RFC 7009).
    pub(super) fn secret(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debugging_shows_nothing_of_a_token() {
        assert_eq!(
            format!("{:?}", AccessToken::new("ya29.secret".to_owned())),
            "AccessToken"
        );
    }
}
