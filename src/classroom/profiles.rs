//! `userProfiles`: who acts.

use serde::Deserialize;

use super::request::Request;

/// A person (Classroom API reference, `UserProfile`). What the scopes do not allow is left out by
/// the API and empty here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Profile {
    /// The person's number.
    pub id: String,
    /// The name in its parts.
    pub name: Name,
    /// Only with `classroom.profile.emails`.
    pub email_address: String,
    /// Only with `classroom.profile.photos`; may begin with `//`.
    pub photo_url: String,
    /// The domain has verified that this is a teacher.
    pub verified_teacher: bool,
}

/// A person's name (Classroom API reference, `Name`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Name {
    /// Given and family name together, in the order of the person's language.
    pub full_name: String,
}

/// The caller: `GET v1/userProfiles/me`.
pub fn own_profile() -> Request {
    Request::get("userProfiles.get", &["userProfiles", "me"])
}
