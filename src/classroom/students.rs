//! `courses.students`: who is in a class.

use super::{course_ref::CourseRef, request::Request};
use crate::{entry::class_code::ClassCode, json::Json};

/// What [`join`] is named in Google's reference.
pub const JOIN: &str = "courses.students.create";

/// A membership, as far as it is needed (Classroom API reference, `Student`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Student {
    /// The class's number, also where it was asked for by an alias.
    pub course_id: String,
}

impl Student {
    /// Reads an answer.
    pub fn read(answer: &Json) -> Self {
        Self {
            course_id: answer.text_of("courseId"),
        }
    }
}

/// Self-enrolment: `POST v1/courses/{course}/students?enrollmentCode={code}` with
/// `{"userId":"me"}`; `me` is the caller.
pub fn join(course: &CourseRef, code: &ClassCode) -> Request {
    let student = Json::Object(vec![("userId".to_owned(), Json::Text("me".to_owned()))]);
    Request::post(JOIN, &["courses", course.as_str(), "students"])
        .query("enrollmentCode", code.as_str())
        .body(&student)
}

/// The caller's own membership: `GET v1/courses/{course}/students/me`.
pub fn own_membership(course: &CourseRef) -> Request {
    Request::get(
        "courses.students.get",
        &["courses", course.as_str(), "students", "me"],
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joining_is_one_post_with_the_code_in_the_query_and_me_in_the_body() {
        let request = join(
            &CourseRef::parse("741234567890").unwrap(),
            &ClassCode::parse("k5xq2ma").unwrap(),
        );
        assert_eq!(request.method.as_str(), "POST");
        assert_eq!(
            request.target,
            "v1/courses/741234567890/students?enrollmentCode=k5xq2ma"
        );
        assert_eq!(request.body.as_deref(), Some(r#"{"userId":"me"}"#));
    }

    #[test]
    fn an_alias_is_percent_encoded() {
        let request = own_membership(&CourseRef::parse("p:k5xq2ma").unwrap());
        assert_eq!(request.target, "v1/courses/p%3Ak5xq2ma/students/me");
    }
}
