//! The API over the network, with one account's token.

use super::{
    Classroom, course_ref::CourseRef, courses, courses::Course, error::ApiError, profiles,
    profiles::Profile, request::Request, students, students::Student, transport,
};
use crate::{entry::class_code::ClassCode, json::Json, session::token::AccessToken};

/// Calls the API at one root with one token.
#[derive(Clone)]
pub struct Client {
    root: String,
    token: AccessToken,
}

impl Client {
    /// A client for the API at `root` (no slash at its end), which acts with `token`.
    pub fn new(root: &str, token: AccessToken) -> Self {
        Self {
            root: root.to_owned(),
            token,
        }
    }

    /// Sends `request`; the answer is a JSON object, as all of the API's are.
    async fn call(&self, request: Request) -> Result<Json, ApiError> {
        transport::send(&self.root, &request, &self.token)
            .await?
            .read()
    }
}

impl Classroom for Client {
    async fn join(&self, course: &CourseRef, code: &ClassCode) -> Result<Student, ApiError> {
        self.call(students::join(course, code))
            .await
            .map(|answer| Student::read(&answer))
    }

    async fn own_membership(&self, course: &CourseRef) -> Result<Student, ApiError> {
        self.call(students::own_membership(course))
            .await
            .map(|answer| Student::read(&answer))
    }

    async fn course(&self, course: &CourseRef) -> Result<Course, ApiError> {
        self.call(courses::course(course))
            .await
            .map(|answer| Course::read(&answer))
    }

    async fn own_profile(&self) -> Result<Profile, ApiError> {
        self.call(profiles::own_profile())
            .await
            .map(|answer| Profile::read(&answer))
    }
}
