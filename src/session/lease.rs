//! A token and how long it may be used.

use super::{
    scopes::{Scope, Scopes},
    source::Grant,
    token::AccessToken,
};
use crate::classroom::transport::TIME_LIMIT;

/// A token on loan. Times are milliseconds since 1970.
#[derive(Clone)]
pub struct Lease {
    token: AccessToken,
    until: f64,
    scopes: Vec<Scope>,
}

impl Lease {
    /// What was granted at `now`.
    pub fn new(grant: &Grant, now: f64) -> Self {
        Self {
            token: grant.token.clone(),
            until: now + grant.expires_in * 1000.0,
            scopes: grant.scopes.clone(),
        }
    }

    /// Whether it allows what cannot be done without `scopes`.
    pub fn covers(&self, scopes: Scopes) -> bool {
        let granted = |scope| self.scopes.contains(scope);
        scopes.required.iter().all(granted)
    }

    /// Whatever was granted is not enough, says the API.
    pub fn lacks(&mut self) {
        self.scopes.clear();
    }

    /// The token.
    pub fn token(&self) -> &AccessToken {
        &self.token
    }

    /// Whether a call that is begun now ends before the token does, however long it takes.
    pub fn lasts_for_a_call(&self) -> bool {
        self.lasts_for_a_call_at(js_sys::Date::now())
    }

    fn lasts_for_a_call_at(&self, now: f64) -> bool {
        now + f64::from(TIME_LIMIT) < self.until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_used_as_long_as_a_call_may_still_take() {
        let grant = Grant {
            token: AccessToken::new("secret".to_owned()),
            expires_in: 3600.0,
            scopes: Vec::new(),
        };
        let lease = Lease::new(&grant, 1_000.0);
        let end = 3_601_000.0 - f64::from(TIME_LIMIT);
        assert!(lease.lasts_for_a_call_at(end - 1.0));
        assert!(!lease.lasts_for_a_call_at(end));
    }

    #[test]
    fn a_token_is_used_for_what_it_was_granted_for() {
        let grant = Grant {
            token: AccessToken::new("secret".to_owned()),
            expires_in: 3600.0,
            scopes: Scopes::JOIN.required.to_vec(),
        };
        let mut lease = Lease::new(&grant, 0.0);
        assert!(lease.covers(Scopes::JOIN));
        assert!(!lease.covers(Scopes::INVITE));
        lease.lacks();
        assert!(!lease.covers(Scopes::JOIN));
    }
}
