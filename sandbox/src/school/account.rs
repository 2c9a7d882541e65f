//! Google accounts.

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};

use super::{
    Answer,
    table::{Key, Row},
};

/// Domains whose accounts belong to no school.
const PERSONAL_DOMAINS: [&str; 3] = ["gmail.com", "googlemail.com", "gmail.example"];

/// A Google account.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Account {
    /// Google's numeric id, as text.
    pub id: String,
    /// The address it signs in with.
    pub email: String,
    /// The full name. Read from a string or from Google's `Name` object.
    #[serde(deserialize_with = "full_name")]
    pub name: String,
    /// Where its picture is. `{api}` stands for host and port of the sandbox's API.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo_url: Option<String>,
    /// Administers its domain.
    #[serde(default, skip_serializing_if = "is_false")]
    pub admin: bool,
    /// Switched off by its administrator.
    #[serde(default, skip_serializing_if = "is_false")]
    pub disabled: bool,
    /// May use Classroom.
    #[serde(default = "yes", skip_serializing_if = "is_true")]
    pub classroom: bool,
    /// Designated as under 18: cannot sign in to an app the school has not approved.
    #[serde(default, skip_serializing_if = "is_false")]
    pub under18: bool,
    /// What only the sandbox knows about it; never in an answer of the API.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sandbox: Option<Part>,
}

/// The part an account is there to play for those who invite or add it, so that every error can
/// be reached by hand. Nobody signs in with such an account by picking it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Part {
    /// What inviting it is answered with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invited: Option<Answer>,
    /// What an administrator's adding it is answered with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub added: Option<Answer>,
    /// Others find it only when the sandbox's clock stands so many seconds ahead: an account that
    /// was created a minute ago.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub found_after_seconds: Option<i64>,
}

/// What stands behind an address's `@`, empty where there is none.
pub fn domain_of(address: &str) -> &str {
    address.rsplit_once('@').map_or("", |(_, domain)| domain)
}

/// Whether the accounts of this domain belong to no school or other organisation.
pub fn is_personal(domain: &str) -> bool {
    PERSONAL_DOMAINS.contains(&domain)
}

impl Row for Account {
    fn keys(&self) -> Vec<Key> {
        vec![Key::id(&self.id), Key::email(&self.email)]
    }
}

impl Account {
    /// What stands behind the address's `@`.
    pub fn domain(&self) -> &str {
        domain_of(&self.email)
    }

    /// Whether no school or other organisation manages this account.
    pub fn is_personal(&self) -> bool {
        is_personal(self.domain())
    }

    /// What inviting this person is answered with, if they are there for that.
    pub fn invited(&self) -> Option<Answer> {
        self.sandbox.as_ref().and_then(|part| part.invited)
    }

    /// What adding this person is answered with, if they are there for that.
    pub fn added(&self) -> Option<Answer> {
        self.sandbox.as_ref().and_then(|part| part.added)
    }

    /// Whether others find this account when the sandbox's clock is so many seconds ahead.
    pub fn is_found(&self, ahead: i64) -> bool {
        self.sandbox
            .as_ref()
            .and_then(|part| part.found_after_seconds)
            .is_none_or(|after| ahead >= after)
    }

    /// Google's `Name`: the last word is taken for the family name.
    pub fn google_name(&self) -> Value {
        match self.name.rsplit_once(' ') {
            Some((given, family)) => {
                json!({"givenName": given, "familyName": family, "fullName": self.name})
            }
            None => json!({"givenName": self.name, "fullName": self.name}),
        }
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde calls"
)]
fn is_false(value: &bool) -> bool {
    !*value
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde calls"
)]
fn is_true(value: &bool) -> bool {
    *value
}

fn yes() -> bool {
    true
}

fn full_name<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(
        untagged,
        expecting = "a name, or an object with givenName, familyName and fullName"
    )]
    enum Written {
        Plain(String),
        #[serde(rename_all = "camelCase")]
        Parts {
            full_name: Option<String>,
            given_name: Option<String>,
            family_name: Option<String>,
        },
    }
    Ok(match Written::deserialize(deserializer)? {
        Written::Plain(name) => name,
        Written::Parts {
            full_name: Some(name),
            ..
        } => name,
        Written::Parts {
            given_name,
            family_name,
            ..
        } => [given_name, family_name]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
    })
}
