//! The API over the network, with one account's token.

use serde::de::DeserializeOwned;

use super::{
    Classroom, course_ref::CourseRef, courses, courses::Course, error::ApiError, profiles,
    profiles::Profile, request::Request, students, students::Student, transport,
};
use crate::{entry::class_code::ClassCode, json, session::token::AccessToken};

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

    /// Sends `request` and reads the answer.
    async fn call<T: DeserializeOwned>(&self, request: Request) -> Result<T, ApiError> {
        let answer = transport::send(&self.root, &request, &self.token).await?;
        if !(200..300).contains(&answer.http) {
            return Err(ApiError::from_answer(answer.http, &answer.body));
        }
        json::read(&answer.body).map_err(|_| ApiError::BadResponse { http: answer.http })
    }
}

impl Classroom for Client {
    async fn join(&self, course: &CourseRef, code: &ClassCode) -> Result<Student, ApiError> {
        self.call(students::join(course, code)).await
    }

    async fn own_membership(&self, course: &CourseRef) -> Result<Student, ApiError> {
        self.call(students::own_membership(course)).await
    }

    async fn course(&self, course: &CourseRef) -> Result<Course, ApiError> {
        self.call(courses::course(course)).await
    }

    async fn own_profile(&self) -> Result<Profile, ApiError> {
        self.call(profiles::own_profile()).await
    }
}
