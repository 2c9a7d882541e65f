//! `invitations`: who has been asked to come into a class, and has not answered yet.

use core::future::Future;

use super::{
    course_ref::{CourseId, CourseRef},
    error::ApiError,
    page::Page,
    request::Request,
    role::Role,
    user::UserId,
};
use crate::json::Json;

/// What [`create`] is named in Google's reference.
pub const CREATE: &str = "invitations.create";
/// What [`get`] is named in Google's reference.
pub const GET: &str = "invitations.get";
/// What [`list`] is named in Google's reference.
pub const LIST: &str = "invitations.list";
/// What [`accept`] is named in Google's reference.
pub const ACCEPT: &str = "invitations.accept";
/// What [`delete`] is named in Google's reference.
pub const DELETE: &str = "invitations.delete";

/// What Classroom names an invitation by: a text that means nothing, kept as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationId(String);

impl InvitationId {
    /// Takes what the API gave; an empty text gives nothing.
    pub fn parse(text: &str) -> Option<Self> {
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An open invitation (Classroom API reference, `Invitation`). It has no address, no date, no
/// sender, no name of its class; one that was accepted or withdrawn is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// What it is accepted and withdrawn by.
    pub id: InvitationId,
    /// Who is invited.
    pub user: UserId,
    /// To which class.
    pub course: CourseId,
    /// As what.
    pub role: Role,
}

impl Invitation {
    /// Reads an invitation; nothing where one of its four parts is missing or of an unknown kind.
    pub fn read(json: &Json) -> Option<Self> {
        let text = |key| json.get(key).and_then(Json::text);
        Some(Self {
            id: InvitationId::parse(text("id")?)?,
            user: UserId::parse(text("userId")?)?,
            course: CourseId::parse(text("courseId")?)?,
            role: Role::parse(text("role")?)?,
        })
    }

    /// Reads an answer of [`list`].
    pub fn read_page(answer: &Json) -> Page<Self> {
        Page::read(answer, "invitations", Self::read)
    }
}

/// Whose invitations are listed. The API gives only those that the caller may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of<'a> {
    /// The caller's own, to whatever class.
    Own,
    /// Everybody's to a class.
    Course(&'a CourseRef),
    /// Somebody's to a class: one or none.
    Person {
        /// The class.
        course: &'a CourseRef,
        /// Address or number.
        user: &'a str,
    },
}

/// The calls about invitations, on behalf of one account.
///
/// Best with the class's number: that `courseId` takes aliases here as well is said nowhere.
pub trait Invitations {
    /// Invites somebody, by address or number, to a class: `invitations.create`.
    ///
    /// `ALREADY_EXISTS` where an invitation of this person to this class is open, whatever its role;
    /// `FAILED_PRECONDITION` without a reason where they are in the class in this role or a higher
    /// one, and where their account is switched off; `NOT_FOUND` where class or person is unknown.
    fn create(
        &self,
        course: &CourseRef,
        user: &str,
        role: Role,
    ) -> impl Future<Output = Result<Invitation, ApiError>>;

    /// One page of the open invitations: `invitations.list`; `page` is the page before's
    /// [`next`](Page::next), with the same `of`.
    fn list(
        &self,
        of: Of<'_>,
        page: Option<&str>,
    ) -> impl Future<Output = Result<Page<Invitation>, ApiError>>;

    /// Takes the role that the caller is invited to: `invitations.accept`. The invitation is gone
    /// then. `NOT_FOUND` where it was gone before.
    fn accept(&self, id: &InvitationId) -> impl Future<Output = Result<(), ApiError>>;

    /// Withdraws an invitation, or declines one's own: `invitations.delete`. `NOT_FOUND` where it
    /// was gone before.
    fn delete(&self, id: &InvitationId) -> impl Future<Output = Result<(), ApiError>>;

    /// The invitation, as long as it is open: `invitations.get`. `NOT_FOUND` where it is gone.
    fn get(&self, id: &InvitationId) -> impl Future<Output = Result<Invitation, ApiError>>;
}

/// Inviting: `POST v1/invitations` with `{"courseId","userId","role"}`.
pub fn create(course: &CourseRef, user: &str, role: Role) -> Request {
    let text = |key: &str, text: &str| (key.to_owned(), Json::Text(text.to_owned()));
    let invitation = Json::Object(vec![
        text("courseId", course.as_str()),
        text("userId", user),
        text("role", role.as_str()),
    ]);
    Request::post(CREATE, &["invitations"]).body(&invitation)
}

/// One page of a list: `GET v1/invitations?courseId={course}&userId={user}`, at least one of them.
pub fn list(of: Of<'_>, page: Option<&str>) -> Request {
    let request = Request::get(LIST, &["invitations"]);
    let request = match of {
        Of::Own => request.query("userId", "me"),
        Of::Course(course) => request.query("courseId", course.as_str()),
        Of::Person { course, user } => request
            .query("courseId", course.as_str())
            .query("userId", user),
    };
    request.page(page)
}

/// Accepting: `POST v1/invitations/{id}:accept`, without a body.
pub fn accept(id: &InvitationId) -> Request {
    Request::post(ACCEPT, &["invitations", id.as_str()]).verb("accept")
}

/// Withdrawing or declining: `DELETE v1/invitations/{id}`.
pub fn delete(id: &InvitationId) -> Request {
    Request::delete(DELETE, &["invitations", id.as_str()])
}

/// One invitation: `GET v1/invitations/{id}`.
pub fn get(id: &InvitationId) -> Request {
    Request::get(GET, &["invitations", id.as_str()])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{classroom::request::Method, json};

    fn course(text: &str) -> CourseRef {
        CourseRef::parse(text).unwrap()
    }

    fn id(text: &str) -> InvitationId {
        InvitationId::parse(text).unwrap()
    }

    #[test]
    fn inviting_is_a_post_with_class_person_and_role_in_the_body() {
        let request = create(&course("741234567890"), "sam@school.example", Role::Teacher);
        assert_eq!(request.method, Method::Post);
        assert_eq!(request.name, "invitations.create");
        assert_eq!(request.target, "v1/invitations");
        assert_eq!(
            request.body.as_deref(),
            Some(r#"{"courseId":"741234567890","userId":"sam@school.example","role":"TEACHER"}"#)
        );
    }

    #[test]
    fn what_an_address_holds_cannot_leave_its_place_in_the_body() {
        let request = create(
            &course("d:a\"b"),
            r#""x","role":"OWNER"@school.example"#,
            Role::Student,
        );
        assert_eq!(
            request.body.as_deref(),
            Some(
                r#"{"courseId":"d:a\"b","userId":"\"x\",\"role\":\"OWNER\"@school.example","role":"STUDENT"}"#
            )
        );
    }

    #[test]
    fn a_list_is_of_oneself_of_a_class_or_of_a_person_in_a_class() {
        let course = course("741234567890");
        let user = "sam+7b@school.example";
        for (of, target) in [
            (Of::Own, "v1/invitations?userId=me"),
            (Of::Course(&course), "v1/invitations?courseId=741234567890"),
            (
                Of::Person {
                    course: &course,
                    user,
                },
                "v1/invitations?courseId=741234567890&userId=sam%2B7b%40school.example",
            ),
        ] {
            let request = list(of, None);
            assert_eq!(request.method, Method::Get);
            assert_eq!(request.name, "invitations.list");
            assert_eq!(request.target, target);
            assert_eq!(request.body, None);
            // The next page is asked for with everything that the first one was.
            let next = list(of, Some("a+b=="));
            assert_eq!(next.target, format!("{target}&pageToken=a%2Bb%3D%3D"));
        }
    }

    #[test]
    fn accepting_is_a_post_without_a_body_to_the_verb_behind_a_plain_colon() {
        let request = accept(&id("Mj/k:5="));
        assert_eq!(request.method, Method::Post);
        assert_eq!(request.name, "invitations.accept");
        assert_eq!(request.target, "v1/invitations/Mj%2Fk%3A5%3D:accept");
        assert_eq!(request.body, None);
    }

    #[test]
    fn withdrawing_is_a_delete_and_looking_a_get_of_the_same_place() {
        let gone = delete(&id("Mj/k"));
        assert_eq!(gone.method.as_str(), "DELETE");
        assert_eq!(gone.name, "invitations.delete");
        assert_eq!(gone.target, "v1/invitations/Mj%2Fk");
        assert_eq!(gone.body, None);
        let looked = get(&id("Mj/k"));
        assert_eq!(looked.method, Method::Get);
        assert_eq!(looked.name, "invitations.get");
        assert_eq!(looked.target, gone.target);
        assert_eq!(looked.body, None);
    }

    #[test]
    fn an_invitation_is_read_whole() {
        let json = json::read(
            r#"{"id":"NzQ","userId":"108813624470955712043","courseId":"741234567890",
                "role":"OWNER","somethingNew":{"a":[1]}}"#,
        );
        assert_eq!(
            Invitation::read(&json.unwrap()),
            Some(Invitation {
                id: id("NzQ"),
                user: UserId::parse("108813624470955712043").unwrap(),
                course: CourseId::parse("741234567890").unwrap(),
                role: Role::Owner,
            })
        );
    }

    #[test]
    fn an_invitation_that_lacks_a_part_is_left_out_of_its_page() {
        let answer = json::read(
            r#"{"invitations":[
                {"id":"a","userId":"1","courseId":"741234567890","role":"STUDENT"},
                {"userId":"1","courseId":"741234567890","role":"STUDENT"},
                {"id":"","userId":"1","courseId":"741234567890","role":"STUDENT"},
                {"id":7,"userId":"1","courseId":"741234567890","role":"STUDENT"},
                {"id":"a","courseId":"741234567890","role":"STUDENT"},
                {"id":"a","userId":108813624470955,"courseId":"741234567890","role":"STUDENT"},
                {"id":"a","userId":"1","role":"STUDENT"},
                {"id":"a","userId":"1","courseId":"x","role":"STUDENT"},
                {"id":"a","userId":"1","courseId":"741234567890"},
                {"id":"a","userId":"1","courseId":"741234567890","role":"COURSE_ROLE_UNSPECIFIED"},
                {"id":"a","userId":"1","courseId":"741234567890","role":"PARENT"},
                null, "a", [],
                {"id":"b","userId":"2","courseId":"741234567890","role":"TEACHER"}],
              "nextPageToken":"more"}"#,
        );
        let page = Invitation::read_page(&answer.unwrap());
        let read: Vec<_> = page.items.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(read, ["a", "b"]);
        assert_eq!(page.next.as_deref(), Some("more"));
    }

    #[test]
    fn nothing_waiting_is_an_empty_object() {
        let page = Invitation::read_page(&json::read("{}").unwrap());
        assert!(page.items.is_empty());
        assert_eq!(page.next, None);
    }
}
