//! `userProfiles`: who acts.

use super::request::Request;
use crate::json::Json;

/// What [`own_profile`] is named in Google's reference.
pub const GET: &str = "userProfiles.get";

/// A person (Classroom API reference, `UserProfile`). What the scopes do not allow is left out by
/// the API and empty here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Given and family name together, in the order of the person's language.
    pub full_name: String,
    /// Only with `classroom.profile.emails`.
    pub email_address: String,
    /// Only with `classroom.profile.photos`; may begin with `//`.
    pub photo_url: String,
    /// The domain has verified that this is a teacher.
    pub verified_teacher: bool,
}

impl Profile {
    /// Reads an answer.
    pub fn read(answer: &Json) -> Self {
        Self {
            full_name: answer
                .get("name")
                .map(|name| name.text_of("fullName"))
                .unwrap_or_default(),
            email_address: answer.text_of("emailAddress"),
            photo_url: answer.text_of("photoUrl"),
            verified_teacher: answer.get("verifiedTeacher") == Some(&Json::Bool(true)),
        }
    }
}

/// The caller: `GET v1/userProfiles/me`.
pub fn own_profile() -> Request {
    Request::get(GET, &["userProfiles", "me"])
}
