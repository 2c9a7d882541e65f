//! Who is in a class, as students and teachers see each other: `courses.students`,
//! `courses.teachers`, `userProfiles`.

use core::future::Future;

use super::{
    course_ref::CourseRef, error::ApiError, page::Page, profiles::Profile, request::Request,
    role::Role, students, user::UserId,
};
use crate::json::Json;

/// What [`add_student`] is named in Google's reference.
pub const ADD_STUDENT: &str = students::JOIN;

/// How many are asked for at once. Google's own number is 30, and it may give no more than that.
const PAGE_SIZE: &str = "100";

/// What [`members`] is named in Google's reference.
pub const fn list_call(role: Role) -> &'static str {
    match role {
        Role::Student => "courses.students.list",
        Role::Teacher | Role::Owner => "courses.teachers.list",
    }
}

/// What [`member`] is named in Google's reference.
pub const fn get_call(role: Role) -> &'static str {
    match role {
        Role::Student => "courses.students.get",
        Role::Teacher | Role::Owner => "courses.teachers.get",
    }
}

/// The list that people in this role are on: the owner is one of the teachers.
const fn list(role: Role) -> &'static str {
    match role {
        Role::Student => "students",
        Role::Teacher | Role::Owner => "teachers",
    }
}

/// Somebody in a class (Classroom API reference, `Student` and `Teacher`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Who it is.
    pub user: UserId,
    /// What may be known of them; empty where that is nothing.
    pub profile: Profile,
}

impl Member {
    /// Reads a member; nothing where it is not said who.
    pub fn read(json: &Json) -> Option<Self> {
        let profile = json.get("profile").unwrap_or(&Json::Null);
        let id = |json: &Json, key| json.get(key).and_then(Json::text).and_then(UserId::parse);
        Some(Self {
            user: id(json, "userId").or_else(|| id(profile, "id"))?,
            profile: Profile::read(profile),
        })
    }

    /// Reads an answer of [`members`], asked for `role`.
    pub fn read_page(answer: &Json, role: Role) -> Page<Self> {
        Page::read(answer, list(role), Self::read)
    }
}

/// The calls about who is in a class, on behalf of one account. A person is named by address, by
/// number, or as `me`; the class may be named by an alias.
pub trait Rosters {
    /// One page of the class's students, or of its teachers with the owner among them:
    /// `courses.students.list`, `courses.teachers.list`; `page` is the page before's
    /// [`next`](Page::next), with the same class and role.
    fn members(
        &self,
        course: &CourseRef,
        role: Role,
        page: Option<&str>,
    ) -> impl Future<Output = Result<Page<Member>, ApiError>>;

    /// One student, or one teacher: `courses.students.get`, `courses.teachers.get`. `NOT_FOUND`
    /// where they are not in the class in that role.
    fn member(
        &self,
        course: &CourseRef,
        role: Role,
        user: &str,
    ) -> impl Future<Output = Result<Member, ApiError>>;

    /// Adds a student without asking them, as an administrator may: `courses.students.create`
    /// without a code. `ALREADY_EXISTS` where they are a student or a teacher of the class.
    fn add_student(
        &self,
        course: &CourseRef,
        user: &str,
    ) -> impl Future<Output = Result<Member, ApiError>>;

    /// What may be known of somebody: `userProfiles.get`. `PERMISSION_DENIED` also where there is
    /// nobody of that name.
    fn profile(&self, user: &str) -> impl Future<Output = Result<Profile, ApiError>>;
}

/// One page: `GET v1/courses/{course}/students` or `…/teachers`.
pub fn members(course: &CourseRef, role: Role, page: Option<&str>) -> Request {
    Request::get(list_call(role), &["courses", course.as_str(), list(role)])
        .query("pageSize", PAGE_SIZE)
        .page(page)
}

/// One member: `GET v1/courses/{course}/students/{user}` or `…/teachers/{user}`.
pub fn member(course: &CourseRef, role: Role, user: &str) -> Request {
    Request::get(
        get_call(role),
        &["courses", course.as_str(), list(role), user],
    )
}

/// Adding directly: `POST v1/courses/{course}/students` with `{"userId"}`, and no code.
pub fn add_student(course: &CourseRef, user: &str) -> Request {
    let student = Json::Object(vec![("userId".to_owned(), Json::Text(user.to_owned()))]);
    Request::post(ADD_STUDENT, &["courses", course.as_str(), "students"]).body(&student)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{classroom::request::Method, json};

    fn course(text: &str) -> CourseRef {
        CourseRef::parse(text).unwrap()
    }

    #[test]
    fn students_and_teachers_are_lists_of_the_class_and_the_owner_is_a_teacher() {
        for (role, name, target) in [
            (
                Role::Student,
                "courses.students.list",
                "v1/courses/741234567890/students?pageSize=100",
            ),
            (
                Role::Teacher,
                "courses.teachers.list",
                "v1/courses/741234567890/teachers?pageSize=100",
            ),
            (
                Role::Owner,
                "courses.teachers.list",
                "v1/courses/741234567890/teachers?pageSize=100",
            ),
        ] {
            let request = members(&course("741234567890"), role, None);
            assert_eq!(request.method, Method::Get);
            assert_eq!(request.name, name);
            assert_eq!(request.target, target);
            assert_eq!(request.body, None);
            let next = members(&course("741234567890"), role, Some("a&b"));
            assert_eq!(next.target, format!("{target}&pageToken=a%26b"));
        }
    }

    #[test]
    fn a_member_is_looked_up_by_address_or_number() {
        for (role, user, name, target) in [
            (
                Role::Student,
                "sam/7b@school.example",
                "courses.students.get",
                "v1/courses/p%3Ak5xq2ma/students/sam%2F7b%40school.example",
            ),
            (
                Role::Teacher,
                "108813624470955712043",
                "courses.teachers.get",
                "v1/courses/p%3Ak5xq2ma/teachers/108813624470955712043",
            ),
            (
                Role::Owner,
                "me",
                "courses.teachers.get",
                "v1/courses/p%3Ak5xq2ma/teachers/me",
            ),
        ] {
            let request = member(&course("p:k5xq2ma"), role, user);
            assert_eq!(request.method, Method::Get);
            assert_eq!(request.name, name);
            assert_eq!(request.target, target);
            assert_eq!(request.body, None);
        }
    }

    #[test]
    fn adding_is_a_post_with_the_address_in_the_body_and_no_code() {
        let request = add_student(&course("d:biology-7b"), "sam@school.example");
        assert_eq!(request.method, Method::Post);
        assert_eq!(request.name, "courses.students.create");
        assert_eq!(request.target, "v1/courses/d%3Abiology-7b/students");
        assert_eq!(
            request.body.as_deref(),
            Some(r#"{"userId":"sam@school.example"}"#)
        );
    }

    #[test]
    fn a_member_is_read_whole() {
        let json = json::read(
            r#"{"courseId":"741234567890","userId":"115290347761208453376","profile":{
                "id":"115290347761208453376","name":{"givenName":"Sam","familyName":"Okafor",
                "fullName":"Sam Okafor"},"emailAddress":"sam@school.example","photoUrl":"//p/s",
                "verifiedTeacher":true}}"#,
        );
        assert_eq!(
            Member::read(&json.unwrap()),
            Some(Member {
                user: UserId::parse("115290347761208453376").unwrap(),
                profile: Profile {
                    full_name: "Sam Okafor".to_owned(),
                    email_address: "sam@school.example".to_owned(),
                    photo_url: "//p/s".to_owned(),
                    verified_teacher: true,
                },
            })
        );
    }

    #[test]
    fn a_page_has_everybody_of_whom_it_is_said_who_they_are() {
        let people = r#"[{"userId":"1"},{"profile":{"id":"2"}},{"userId":"3","profile":null},
            {"userId":"4","profile":[]},{"userId":5,"profile":{"id":"5","name":"odd"}},
            {"userId":6},{"userId":"x"},{},null,"7",{"profile":{"emailAddress":"a@b.example"}}]"#;
        for (role, key, other) in [
            (Role::Student, "students", Role::Teacher),
            (Role::Teacher, "teachers", Role::Student),
            (Role::Owner, "teachers", Role::Student),
        ] {
            let answer = json::read(&format!(r#"{{"{key}":{people},"nextPageToken":"t"}}"#));
            let answer = answer.unwrap();
            let page = Member::read_page(&answer, role);
            let users: Vec<_> = page.items.iter().map(|one| one.user.as_str()).collect();
            assert_eq!(users, ["1", "2", "3", "4", "5"]);
            assert_eq!(page.items[4].profile, Profile::default());
            assert_eq!(page.next.as_deref(), Some("t"));
            assert!(Member::read_page(&answer, other).items.is_empty());
        }
    }
}
