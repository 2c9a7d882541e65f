//! `courses`: what a class is called.

use super::{course_ref::CourseRef, request::Request};
use crate::json::Json;

/// A class, as far as it is needed (Classroom API reference, `Course`). Fields that the caller may
/// not see are left out by the API and empty here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Course {
    /// The class's number.
    pub id: String,
    /// Its name.
    pub name: String,
}

impl Course {
    /// Reads an answer.
    pub fn read(answer: &Json) -> Self {
        Self {
            id: answer.text_of("id"),
            name: answer.text_of("name"),
        }
    }
}

/// One class: `GET v1/courses/{course}`.
pub fn course(course: &CourseRef) -> Request {
    Request::get("courses.get", &["courses", course.as_str()])
}
