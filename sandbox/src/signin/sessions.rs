//! Tokens, and what people have consented to.

use std::collections::{BTreeMap, BTreeSet};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

/// How long a token lasts, in seconds: Google's number.
pub const LIFETIME_SECONDS: i64 = 3599;

/// How long the tokens that sign-in gives last, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lifetime(pub i64);

impl Default for Lifetime {
    fn default() -> Self {
        Self(LIFETIME_SECONDS)
    }
}

/// Random bytes in a token.
const TOKEN_BYTES: usize = 24;

/// Every token ever issued, and every consent not withdrawn.
#[derive(Debug, Default)]
pub struct Sessions {
    tokens: BTreeMap<String, Token>,
    /// Scopes consented to, by account.
    grants: BTreeMap<String, BTreeSet<String>>,
}

/// What a token stands for.
#[derive(Clone, Debug)]
pub struct Token {
    /// The account's numeric id.
    pub account: String,
    /// Full names of its scopes.
    pub scopes: BTreeSet<String>,
    /// Whether it was withdrawn.
    pub revoked: bool,
    expires_at: i64,
}

/// What a new token is to stand for.
#[derive(Clone, Debug)]
pub struct Issue {
    /// The account's numeric id.
    pub account: String,
    /// Full names of its scopes.
    pub scopes: BTreeSet<String>,
    /// When it ends, in seconds since 1970.
    pub expires_at: i64,
}

impl Sessions {
    /// A new token. Fails only when the machine has no randomness to give.
    pub fn issue(&mut self, issue: Issue) -> Result<String, getrandom::Error> {
        let mut random = [0; TOKEN_BYTES];
        getrandom::fill(&mut random)?;
        let text = format!("ya29.sandbox-{}", URL_SAFE_NO_PAD.encode(random));
        let token = Token {
            account: issue.account,
            scopes: issue.scopes,
            revoked: false,
            expires_at: issue.expires_at,
        };
        self.tokens.insert(text.clone(), token);
        Ok(text)
    }

    /// What this token stands for, if it is valid at this time.
    pub fn token(&self, text: &str, now: i64) -> Option<Token> {
        self.tokens
            .get(text)
            .filter(|token| now < token.expires_at && !token.revoked)
            .cloned()
    }

    /// Every token ever issued, valid or not.
    pub fn issued(&self) -> impl Iterator<Item = (&str, &Token)> {
        self.tokens
            .iter()
            .map(|(text, token)| (text.as_str(), token))
    }

    /// The scopes this account has consented to.
    pub fn granted(&self, account: &str) -> BTreeSet<String> {
        self.grants.get(account).cloned().unwrap_or_default()
    }

    /// Adds to what this account has consented to.
    pub fn grant(&mut self, account: &str, scopes: &BTreeSet<String>) {
        self.grants
            .entry(account.to_owned())
            .or_default()
            .extend(scopes.iter().cloned());
    }

    /// Withdraws everything the token's account has consented to, and ends all its tokens.
    ///
    /// Gives whether the token was valid.
    pub fn revoke(&mut self, text: &str, now: i64) -> bool {
        let Some(token) = self.token(text, now) else {
            return false;
        };
        self.grants.remove(&token.account);
        for other in self.tokens.values_mut() {
            other.revoked |= other.account == token.account;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn issued(sessions: &mut Sessions, account: &str) -> String {
        sessions
            .issue(Issue {
                account: account.to_owned(),
                scopes: BTreeSet::from(["s".to_owned()]),
                expires_at: 100,
            })
            .unwrap()
    }

    #[test]
    fn a_token_ends_at_its_time() {
        let mut sessions = Sessions::default();
        let token = issued(&mut sessions, "1");
        assert!(sessions.token(&token, 99).is_some());
        assert!(sessions.token(&token, 100).is_none());
    }

    #[test]
    fn revoking_one_token_ends_all_of_the_account_and_its_consent() {
        let mut sessions = Sessions::default();
        let (first, second) = (issued(&mut sessions, "1"), issued(&mut sessions, "1"));
        let other = issued(&mut sessions, "2");
        sessions.grant("1", &BTreeSet::from(["s".to_owned()]));
        assert!(sessions.revoke(&first, 0));
        assert!(sessions.token(&second, 0).is_none());
        assert!(sessions.token(&other, 0).is_some());
        assert!(sessions.granted("1").is_empty());
        assert!(!sessions.revoke(&first, 0), "it is gone already");
        let revoked: BTreeSet<&str> = sessions
            .issued()
            .filter_map(|(text, token)| token.revoked.then_some(text))
            .collect();
        assert_eq!(revoked, BTreeSet::from([&*first, &*second]));
    }
}
