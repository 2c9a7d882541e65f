//! `courses`: what a class is called.

use serde::Deserialize;

use super::{course_ref::CourseRef, request::Request};

/// A class, as far as it is needed (Classroom API reference, `Course`). Fields that the caller may
/// not see are left out by the API and empty here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Course {
    /// The class's number.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its section ("Period 3"), often empty.
    pub section: String,
}

/// One class: `GET v1/courses/{course}`.
pub fn course(course: &CourseRef) -> Request {
    Request::get("courses.get", &["courses", course.as_str()])
}
