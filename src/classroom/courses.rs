//! `courses`: what a class is called, which ones there are, what else they are called by.

use core::future::Future;

use super::{
    course_ref::{CourseId, CourseRef},
    error::ApiError,
    page::Page,
    request::Request,
    user::UserId,
};
use crate::{entry::class_code::ClassCode, json::Json};

/// What [`course`] is named in Google's reference.
pub const GET: &str = "courses.get";
/// What [`courses`] is named in Google's reference.
pub const LIST: &str = "courses.list";
/// What [`aliases`] is named in Google's reference.
pub const LIST_ALIASES: &str = "courses.aliases.list";
/// What [`create_alias`] is named in Google's reference.
pub const CREATE_ALIAS: &str = "courses.aliases.create";
/// What [`delete_alias`] is named in Google's reference.
pub const DELETE_ALIAS: &str = "courses.aliases.delete";

/// How many classes are asked for at once; Google says nothing of its own number.
const PAGE_SIZE: &str = "100";

/// A class, as far as it is needed (Classroom API reference, `Course`). Fields that the caller may
/// not see are left out by the API and empty here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Course {
    /// The class's number.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What tells it from others of that name, as `Period 2`.
    pub section: String,
    /// Its owner.
    pub owner: Option<UserId>,
    /// The code that students join it with: told to its teachers, and nothing where they have
    /// switched it off.
    pub enrollment_code: Option<ClassCode>,
    /// Its state; nothing where that is not told or none of those known.
    pub state: Option<CourseState>,
}

impl Course {
    /// Reads an answer.
    pub fn read(answer: &Json) -> Self {
        let text = |key| answer.get(key).and_then(Json::text);
        Self {
            id: answer.text_of("id"),
            name: answer.text_of("name"),
            section: answer.text_of("section"),
            owner: text("ownerId").and_then(UserId::parse),
            enrollment_code: text("enrollmentCode").and_then(ClassCode::parse),
            state: text("courseState").and_then(CourseState::parse),
        }
    }

    /// Reads an answer of [`courses`]. A class without a number, which nothing could be done with,
    /// is left out.
    pub fn read_page(answer: &Json) -> Page<Self> {
        Page::read(answer, "courses", |entry| {
            let course = Self::read(entry);
            CourseId::parse(&course.id).map(|_| course)
        })
    }
}

/// What may be done with a class (Classroom API reference, `CourseState`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CourseState {
    /// Everything.
    Active,
    /// Nothing, until a teacher brings it back.
    Archived,
    /// It was made for its owner, who has not taken it yet.
    Provisioned,
    /// It was made for its owner, who did not want it.
    Declined,
    /// Nothing: Google has barred it.
    Suspended,
}

impl CourseState {
    /// The state of this name; nothing where it is none of those known.
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "ACTIVE" => Self::Active,
            "ARCHIVED" => Self::Archived,
            "PROVISIONED" => Self::Provisioned,
            "DECLINED" => Self::Declined,
            "SUSPENDED" => Self::Suspended,
            _ => return None,
        })
    }
}

/// Which classes are listed. Only those that are active, newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Those that the caller teaches.
    Own,
    /// All that the caller may see: the whole domain's for an administrator.
    Everybodys,
}

/// The calls about classes, on behalf of one account.
pub trait Courses {
    /// One page of the classes: `courses.list`; `page` is the page before's [`next`](Page::next),
    /// with the same `whose`.
    fn courses(
        &self,
        whose: Whose,
        page: Option<&str>,
    ) -> impl Future<Output = Result<Page<Course>, ApiError>>;

    /// One page of what the class is also called, prefixes and all: `courses.aliases.list`. A `p:`
    /// alias is listed only to the Cloud project that made it.
    fn aliases(
        &self,
        course: &CourseRef,
        page: Option<&str>,
    ) -> impl Future<Output = Result<Page<String>, ApiError>>;

    /// Gives the class one more name, with its prefix: `courses.aliases.create`. `ALREADY_EXISTS`
    /// where a class has it.
    fn create_alias(
        &self,
        course: &CourseRef,
        alias: &str,
    ) -> impl Future<Output = Result<(), ApiError>>;

    /// Takes that name away: `courses.aliases.delete`. `NOT_FOUND` where the class has it not.
    fn delete_alias(
        &self,
        course: &CourseRef,
        alias: &str,
    ) -> impl Future<Output = Result<(), ApiError>>;
}

/// One class: `GET v1/courses/{course}`.
pub fn course(course: &CourseRef) -> Request {
    Request::get(GET, &["courses", course.as_str()])
}

/// One page of the active classes: `GET v1/courses?courseStates=ACTIVE`.
pub fn courses(whose: Whose, page: Option<&str>) -> Request {
    let request = Request::get(LIST, &["courses"]);
    let request = match whose {
        Whose::Own => request.query("teacherId", "me"),
        Whose::Everybodys => request,
    };
    request
        .query("courseStates", "ACTIVE")
        .query("pageSize", PAGE_SIZE)
        .page(page)
}

/// One page of aliases: `GET v1/courses/{course}/aliases`.
pub fn aliases(course: &CourseRef, page: Option<&str>) -> Request {
    Request::get(LIST_ALIASES, &["courses", course.as_str(), "aliases"]).page(page)
}

/// Reads an answer of [`aliases`].
pub fn read_aliases(answer: &Json) -> Page<String> {
    Page::read(answer, "aliases", |entry| {
        let alias = entry.text_of("alias");
        (!alias.is_empty()).then_some(alias)
    })
}

/// A new alias: `POST v1/courses/{course}/aliases` with `{"alias"}`.
pub fn create_alias(course: &CourseRef, alias: &str) -> Request {
    let body = Json::Object(vec![("alias".to_owned(), Json::Text(alias.to_owned()))]);
    Request::post(CREATE_ALIAS, &["courses", course.as_str(), "aliases"]).body(&body)
}

/// One alias fewer: `DELETE v1/courses/{course}/aliases/{alias}`.
pub fn delete_alias(course: &CourseRef, alias: &str) -> Request {
    Request::delete(
        DELETE_ALIAS,
        &["courses", course.as_str(), "aliases", alias],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{classroom::request::Method, json};

    fn number() -> CourseRef {
        CourseRef::parse("741234567890").unwrap()
    }

    fn read(body: &str) -> Course {
        Course::read(&json::read(body).unwrap())
    }

    #[test]
    fn one_class_is_read_by_number_or_alias() {
        let request = course(&CourseRef::parse("d:7b/x").unwrap());
        assert_eq!(request.method, Method::Get);
        assert_eq!(request.name, "courses.get");
        assert_eq!(request.target, "v1/courses/d%3A7b%2Fx");
        assert_eq!(request.body, None);
    }

    #[test]
    fn the_active_classes_are_those_one_teaches_or_all_one_may_see() {
        for (whose, target) in [
            (
                Whose::Own,
                "v1/courses?teacherId=me&courseStates=ACTIVE&pageSize=100",
            ),
            (
                Whose::Everybodys,
                "v1/courses?courseStates=ACTIVE&pageSize=100",
            ),
        ] {
            let request = courses(whose, None);
            assert_eq!(request.method, Method::Get);
            assert_eq!(request.name, "courses.list");
            assert_eq!(request.target, target);
            assert_eq!(request.body, None);
            let next = courses(whose, Some("a/b="));
            assert_eq!(next.target, format!("{target}&pageToken=a%2Fb%3D"));
        }
    }

    #[test]
    fn aliases_are_listed_made_and_taken_away_below_their_class() {
        let listed = aliases(&number(), None);
        assert_eq!(listed.method, Method::Get);
        assert_eq!(listed.name, "courses.aliases.list");
        assert_eq!(listed.target, "v1/courses/741234567890/aliases");
        assert_eq!(listed.body, None);
        assert_eq!(
            aliases(&number(), Some("t=")).target,
            "v1/courses/741234567890/aliases?pageToken=t%3D"
        );

        let made = create_alias(&number(), "p:k5xq2ma");
        assert_eq!(made.method, Method::Post);
        assert_eq!(made.name, "courses.aliases.create");
        assert_eq!(made.target, "v1/courses/741234567890/aliases");
        assert_eq!(made.body.as_deref(), Some(r#"{"alias":"p:k5xq2ma"}"#));

        let taken = delete_alias(&number(), "p:k5xq2ma");
        assert_eq!(taken.method, Method::Delete);
        assert_eq!(taken.name, "courses.aliases.delete");
        assert_eq!(taken.target, "v1/courses/741234567890/aliases/p%3Ak5xq2ma");
        assert_eq!(taken.body, None);
    }

    #[test]
    fn a_class_is_read_whole() {
        let course = read(
            r#"{"id":"741234567890","name":"Biology 7b","section":"Period 2","room":"12",
                "ownerId":"112047385619920438815","enrollmentCode":"k5xq2ma",
                "courseState":"ACTIVE","guardiansEnabled":false}"#,
        );
        assert_eq!(
            course,
            Course {
                id: "741234567890".to_owned(),
                name: "Biology 7b".to_owned(),
                section: "Period 2".to_owned(),
                owner: UserId::parse("112047385619920438815"),
                enrollment_code: ClassCode::parse("k5xq2ma"),
                state: Some(CourseState::Active),
            }
        );
        assert!(course.owner.is_some() && course.enrollment_code.is_some());
    }

    #[test]
    fn what_is_not_told_or_of_an_odd_type_is_empty() {
        assert_eq!(read("{}"), Course::default());
        let odd = r#"{"id":741234567890,"name":null,"section":["2"],"ownerId":7,
            "enrollmentCode":{},"courseState":true}"#;
        assert_eq!(read(odd), Course::default());
        let unusable = r#"{"ownerId":"me","enrollmentCode":"?","courseState":"NEW_ONE"}"#;
        assert_eq!(read(unusable), Course::default());
    }

    #[test]
    fn every_state_is_known_by_its_name() {
        for (name, state) in [
            ("ACTIVE", CourseState::Active),
            ("ARCHIVED", CourseState::Archived),
            ("PROVISIONED", CourseState::Provisioned),
            ("DECLINED", CourseState::Declined),
            ("SUSPENDED", CourseState::Suspended),
        ] {
            assert_eq!(CourseState::parse(name), Some(state));
        }
        assert_eq!(CourseState::parse("COURSE_STATE_UNSPECIFIED"), None);
    }

    #[test]
    fn a_class_without_a_number_is_left_out_of_its_page() {
        let answer = json::read(
            r#"{"courses":[{"id":"741234567890","name":"Biology 7b"},{"name":"Nowhere"},
                {"id":"d:math","name":"No number"},{"id":741234567892},null,"741234567893",
                {"id":"741234567894"}],"nextPageToken":"t"}"#,
        );
        let page = Course::read_page(&answer.unwrap());
        let ids: Vec<_> = page.items.iter().map(|one| one.id.as_str()).collect();
        assert_eq!(ids, ["741234567890", "741234567894"]);
        assert_eq!(page.next.as_deref(), Some("t"));
    }

    #[test]
    fn aliases_are_read_with_their_prefixes() {
        let answer = json::read(
            r#"{"aliases":[{"alias":"d:biology-7b"},{"alias":""},{},{"alias":7},"p:x",null,
                {"alias":"p:k5xq2ma"}],"nextPageToken":""}"#,
        );
        let page = read_aliases(&answer.unwrap());
        assert_eq!(page.items, ["d:biology-7b", "p:k5xq2ma"]);
        assert_eq!(page.next, None);
        assert!(read_aliases(&json::read("{}").unwrap()).items.is_empty());
    }
}
