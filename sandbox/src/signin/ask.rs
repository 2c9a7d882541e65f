//! What a page asks Google for when it opens the sign-in window.

use std::collections::BTreeSet;

use url::Url;

use super::{CLIENT_ID, scopes};
use crate::{
    api::description::Description,
    school::{Account, School},
};

/// The parameters of one request for a token, carried from page to page of the sign-in window.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// Which request of the opening page this is.
    pub id: String,
    /// The OAuth client.
    pub client_id: String,
    /// The origin of the opening page, to which alone the answer goes.
    pub origin: String,
    /// The scopes, separated by spaces.
    pub scope: String,
    /// When to show what: `select_account`, `consent`, `none` or nothing.
    pub prompt: String,
    /// The domain whose accounts are offered.
    pub hd: String,
    /// The address or id of the account that is meant.
    pub login_hint: String,
    /// `false` where earlier consent is not to be included.
    pub include_granted_scopes: String,
    /// Handed back as it is.
    pub state: String,
}

/// Why a request for a token is no good. Google shows a page and tells the opener nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no such OAuth client.
    InvalidClient,
    /// The page's origin is none that could be registered.
    OriginMismatch,
    /// A scope is missing or unknown.
    InvalidScope,
}

impl Ask {
    /// Reads the parameters out of a query or a form; unknown ones are not looked at.
    pub fn read(pairs: &[(String, String)]) -> Self {
        let mut ask = Self::default();
        for (name, value) in pairs {
            if let Some((_, field)) = ask
                .fields_mut()
                .into_iter()
                .find(|(known, _)| known == name)
            {
                field.clone_from(value);
            }
        }
        ask
    }

    /// Every parameter with its name.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        self.clone()
            .fields_mut()
            .into_iter()
            .map(|(name, value)| (name, std::mem::take(value)))
            .collect()
    }

    fn fields_mut(&mut self) -> [(&'static str, &mut String); 9] {
        [
            ("id", &mut self.id),
            ("client_id", &mut self.client_id),
            ("origin", &mut self.origin),
            ("scope", &mut self.scope),
            ("prompt", &mut self.prompt),
            ("hd", &mut self.hd),
            ("login_hint", &mut self.login_hint),
            ("include_granted_scopes", &mut self.include_granted_scopes),
            ("state", &mut self.state),
        ]
    }

    /// Whether this can be answered at all.
    pub fn check(&self, description: &Description) -> Result<(), Fault> {
        if self.client_id != CLIENT_ID {
            return Err(Fault::InvalidClient);
        }
        // A sandboxed frame's origin is "null", which nobody can register.
        let registrable = Url::parse(&self.origin).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.origin().ascii_serialization() == self.origin
        });
        if !registrable {
            return Err(Fault::OriginMismatch);
        }
        let scopes = self.scopes();
        let known = |scope: &String| scopes::is_known(description, scope);
        if scopes.is_empty() || !scopes.iter().all(known) {
            return Err(Fault::InvalidScope);
        }
        Ok(())
    }

    /// The scopes asked for.
    pub fn scopes(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        self.scope
            .split_whitespace()
            .filter(|scope| seen.insert(*scope))
            .map(str::to_owned)
            .collect()
    }

    /// The account that is meant, where the hint names one.
    pub fn hinted<'s>(&self, school: &'s School) -> Option<&'s Account> {
        school.account_by_name(&self.login_hint)
    }

    /// Whether earlier consent is included.
    pub fn includes_granted(&self) -> bool {
        self.include_granted_scopes != "false"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(origin: &str, scope: &str) -> Result<(), Fault> {
        let ask = Ask {
            client_id: CLIENT_ID.to_owned(),
            origin: origin.to_owned(),
            scope: scope.to_owned(),
            ..Ask::default()
        };
        ask.check(&Description::load().unwrap())
    }

    #[test]
    fn only_an_origin_that_could_be_registered_is_answered() {
        const SCOPE: &str = "https://www.googleapis.com/auth/classroom.rosters";
        assert_eq!(asked("http://localhost:8400", SCOPE), Ok(()));
        for origin in ["null", "", "http://localhost:8400/", "javascript:x"] {
            assert_eq!(asked(origin, SCOPE), Err(Fault::OriginMismatch), "{origin}");
        }
        assert_eq!(
            asked("http://a.example", "rosters"),
            Err(Fault::InvalidScope)
        );
    }

    #[test]
    fn what_was_read_is_written_again() {
        let pairs = vec![
            ("id".to_owned(), "7".to_owned()),
            ("hd".to_owned(), "school.example".to_owned()),
            ("colour".to_owned(), "red".to_owned()),
        ];
        let ask = Ask::read(&pairs);
        assert_eq!(
            Ask::read(
                &ask.fields()
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect::<Vec<_>>()
            ),
            ask
        );
        assert_eq!(ask.hd, "school.example");
    }
}
