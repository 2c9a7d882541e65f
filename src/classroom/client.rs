//! The API over the network, with one account's token.

use super::{
    Classroom, answer,
    course_ref::CourseRef,
    courses::{self, Course, Courses, Whose},
    error::ApiError,
    invitations::{self, Invitation, InvitationId, Invitations, Of},
    page::Page,
    profiles::{self, Profile},
    request::Request,
    role::Role,
    rosters::{self, Member, Rosters},
    students::{self, Student},
    transport,
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

impl Invitations for Client {
    async fn create(
        &self,
        course: &CourseRef,
        user: &str,
        role: Role,
    ) -> Result<Invitation, ApiError> {
        let answer = self.call(invitations::create(course, user, role)).await?;
        answer::needed(Invitation::read(&answer))
    }

    async fn list(&self, of: Of<'_>, page: Option<&str>) -> Result<Page<Invitation>, ApiError> {
        self.call(invitations::list(of, page))
            .await
            .map(|answer| Invitation::read_page(&answer))
    }

    async fn accept(&self, id: &InvitationId) -> Result<(), ApiError> {
        self.call(invitations::accept(id)).await.map(drop)
    }

    async fn delete(&self, id: &InvitationId) -> Result<(), ApiError> {
        self.call(invitations::delete(id)).await.map(drop)
    }

    async fn get(&self, id: &InvitationId) -> Result<Invitation, ApiError> {
        let answer = self.call(invitations::get(id)).await?;
        answer::needed(Invitation::read(&answer))
    }
}

impl Rosters for Client {
    async fn members(
        &self,
        course: &CourseRef,
        role: Role,
        page: Option<&str>,
    ) -> Result<Page<Member>, ApiError> {
        self.call(rosters::members(course, role, page))
            .await
            .map(|answer| Member::read_page(&answer, role))
    }

    async fn member(&self, course: &CourseRef, role: Role, user: &str) -> Result<Member, ApiError> {
        let answer = self.call(rosters::member(course, role, user)).await?;
        answer::needed(Member::read(&answer))
    }

    async fn add_student(&self, course: &CourseRef, user: &str) -> Result<Member, ApiError> {
        let answer = self.call(rosters::add_student(course, user)).await?;
        answer::needed(Member::read(&answer))
    }

    async fn profile(&self, user: &str) -> Result<Profile, ApiError> {
        self.call(profiles::profile(user))
            .await
            .map(|answer| Profile::read(&answer))
    }
}

impl Courses for Client {
    async fn courses(&self, whose: Whose, page: Option<&str>) -> Result<Page<Course>, ApiError> {
        self.call(courses::courses(whose, page))
            .await
            .map(|answer| Course::read_page(&answer))
    }

    async fn aliases(
        &self,
        course: &CourseRef,
        page: Option<&str>,
    ) -> Result<Page<String>, ApiError> {
        self.call(courses::aliases(course, page))
            .await
            .map(|answer| courses::read_aliases(&answer))
    }

    async fn create_alias(&self, course: &CourseRef, alias: &str) -> Result<(), ApiError> {
        self.call(courses::create_alias(course, alias))
            .await
            .map(drop)
    }

    async fn delete_alias(&self, course: &CourseRef, alias: &str) -> Result<(), ApiError> {
        self.call(courses::delete_alias(course, alias))
            .await
            .map(drop)
    }
}
