//! `userProfiles`: who acts, and who somebody is.

use super::request::Request;
use crate::json::Json;

/// What [`own_profile`] and [`profile`] are named in Google's reference.
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

/// Somebody, by address or number: `GET v1/userProfiles/{user}`.
pub fn profile(user: &str) -> Request {
    Request::get(GET, &["userProfiles", user])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{classroom::request::Method, json};

    fn read(body: &str) -> Profile {
        Profile::read(&json::read(body).unwrap())
    }

    #[test]
    fn a_profile_is_read_by_number_or_address() {
        let request = profile("sam+7b@school.example");
        assert_eq!(request.method, Method::Get);
        assert_eq!(request.name, "userProfiles.get");
        assert_eq!(request.target, "v1/userProfiles/sam%2B7b%40school.example");
        assert_eq!(request.body, None);
        assert_eq!(profile("me"), own_profile());
    }

    #[test]
    fn a_profile_is_read_whole() {
        let whole = read(
            r#"{"id":"1","name":{"givenName":"Maya","familyName":"Chen","fullName":"Maya Chen"},
                "emailAddress":"maya@school.example","photoUrl":"//p/m","verifiedTeacher":true,
                "permissions":[{"permission":"CREATE_COURSE"}]}"#,
        );
        let maya = Profile {
            full_name: "Maya Chen".to_owned(),
            email_address: "maya@school.example".to_owned(),
            photo_url: "//p/m".to_owned(),
            verified_teacher: true,
        };
        assert_eq!(whole, maya);
    }

    #[test]
    fn what_is_not_told_or_of_an_odd_type_is_empty() {
        assert_eq!(read("{}"), Profile::default());
        let odd = r#"{"name":"Maya","emailAddress":7,"photoUrl":[],"verifiedTeacher":"true"}"#;
        assert_eq!(read(odd), Profile::default());
        assert_eq!(read(r#"{"name":{"fullName":null}}"#), Profile::default());
    }
}
