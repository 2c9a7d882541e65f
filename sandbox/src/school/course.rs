//! Classes.

use base64::{Engine, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    Answer,
    table::{Key, Row},
};

/// A class, in Google's field names.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Course {
    /// Assigned by Classroom: digits.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// The owner's numeric id; the account may be gone.
    pub owner_id: String,
    /// Whether it is open, archived or otherwise.
    #[serde(default)]
    pub course_state: CourseState,
    /// The class code; none when it is switched off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enrollment_code: Option<String>,
    /// The class's page at Google. Made from the id where it is not given.
    #[serde(default)]
    pub alternate_link: String,
    /// When it was made, RFC 3339. Lists are ordered by it.
    #[serde(default = "long_ago")]
    pub creation_time: String,
    /// What only the sandbox knows about it; never in an answer of the API.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sandbox: Option<Special>,
    /// Google's other fields, as they are: `section`, `room`, `subject` and so on.
    #[serde(flatten)]
    pub rest: Map<String, Value>,
}

/// A class's state at Google.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CourseState {
    /// In use.
    #[default]
    Active,
    /// Put away: nothing but the state can change.
    Archived,
    /// Made, not yet opened: only for its owner and administrators.
    Provisioned,
    /// Made, not wanted: only for its owner and administrators.
    Declined,
    /// Under suspicion: only for its owner.
    Suspended,
}

impl CourseState {
    /// Google's name of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Archived => "ARCHIVED",
            Self::Provisioned => "PROVISIONED",
            Self::Declined => "DECLINED",
            Self::Suspended => "SUSPENDED",
        }
    }
}

/// What the sandbox adds to a class, so that every error can be reached by hand.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Special {
    /// How many members it may have, in place of Google's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member_limit: Option<usize>,
    /// How many teachers it may have, in place of Google's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub teacher_limit: Option<usize>,
    /// What joining with the right code, and accepting an invitation, is answered with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Answer>,
    /// Whoever is invited may not read the class.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub hidden_from_invited: bool,
}

impl Row for Course {
    fn keys(&self) -> Vec<Key> {
        vec![Key::id(&self.id)]
    }
}

impl Course {
    /// The answer this class is there for, if it is there for one.
    pub fn answer(&self) -> Option<Answer> {
        self.sandbox.as_ref().and_then(|special| special.answer)
    }

    /// How many members the sandbox lets this class have, where it says so.
    pub fn member_limit(&self) -> Option<usize> {
        self.sandbox
            .as_ref()
            .and_then(|special| special.member_limit)
    }

    /// How many teachers the sandbox lets this class have, where it says so.
    pub fn teacher_limit(&self) -> Option<usize> {
        self.sandbox
            .as_ref()
            .and_then(|special| special.teacher_limit)
    }

    /// Whether this class is kept from those who are invited to it.
    pub fn is_hidden_from_invited(&self) -> bool {
        self.sandbox
            .as_ref()
            .is_some_and(|special| special.hidden_from_invited)
    }
}

/// A class's page at Google: the id in base64, padded with `Z` (not `=`) to a multiple of three
/// characters, as published links have it (`classroom/API.md` §4.2).
pub fn link_to(course_id: &str) -> String {
    let mut padded = course_id.to_owned();
    while !padded.len().is_multiple_of(3) {
        padded.push('Z');
    }
    format!("https://classroom.google.com/c/{}", STANDARD.encode(padded))
}

fn long_ago() -> String {
    "2020-01-01T00:00:00.000Z".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_padded_as_published_ones_are() {
        let end = |id| link_to(id).replace("https://classroom.google.com/c/", "");
        assert_eq!(end("741234567890"), "NzQxMjM0NTY3ODkw");
        assert_eq!(end("74123456789"), "NzQxMjM0NTY3ODla");
        assert_eq!(end("96337156580"), "OTYzMzcxNTY1ODBa");
        assert_eq!(end("7268476560"), "NzI2ODQ3NjU2MFpa");
    }
}
