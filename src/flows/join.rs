//! Joining a class: which class, one POST, and what its answer means.

use crate::{
    classroom::{
        Classroom,
        course_ref::{CourseId, CourseRef},
        error::ApiError,
        status::Status,
    },
    entry::{Typed, class_code::ClassCode},
};

/// A join that is about to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The class.
    pub course: CourseRef,
    /// The code to join it with.
    pub code: ClassCode,
    /// Where the class was known from.
    pub source: Source,
}

/// Where the class of a join is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The pasted invite link.
    Link,
    /// The configuration or the page's address.
    Preset,
    /// The person's choice in the school's directory.
    Directory,
    /// Nothing but the code: its project alias `p:{code}`, if a teacher has made one.
    Alias,
}

impl Plan {
    /// The class is the first that is available of: the pasted link, the preset class, the chosen
    /// class, the alias made of the code.
    pub fn new(typed: Typed, preset: Option<&CourseRef>, chosen: Option<&CourseRef>) -> Self {
        match typed {
            Typed::Link(link) => Self {
                course: CourseRef::Id(link.course),
                code: link.code,
                source: Source::Link,
            },
            Typed::Code(code) => {
                let (course, source) = match (preset, chosen) {
                    (Some(preset), _) => (preset.clone(), Source::Preset),
                    (None, Some(chosen)) => (chosen.clone(), Source::Directory),
                    (None, None) => (
                        CourseRef::ProjectAlias(["p:", code.as_str()].concat()),
                        Source::Alias,
                    ),
                };
                Self {
                    course,
                    code,
                    source,
                }
            }
        }
    }
}

/// The person is in the class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// They were in it before.
    pub already_member: bool,
    /// The class's number, where the API told it: what "Open class" leads to.
    pub course: Option<CourseId>,
    /// The class's name, where it may be read.
    pub name: Option<String>,
}

/// Why a join did not succeed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JoinError {
    /// The API refused the code in a class that was known. A wrong code has no error of its own.
    CodeRefused(ApiError),
    /// The code alone did not lead to a class.
    CourseUnknown(ApiError),
    /// Anything else.
    Api(ApiError),
}

/// Joins the class: one POST, and no second source after a refusal.
///
/// An answer that was lost is looked up before anything is said. The class's name is asked for
/// afterwards, since only a member may read it; without it the join has succeeded all the same.
///
/// # Errors
/// [`JoinError`], only when the person is not known to be in the class.
pub async fn join(api: &impl Classroom, plan: &Plan) -> Result<Joined, JoinError> {
    let (already_member, told) = match api.join(&plan.course, &plan.code).await {
        Ok(student) => (false, Some(student)),
        Err(error) if error.is(&Status::AlreadyExists) => (true, None),
        Err(error) if error.leaves_doubt() => match api.own_membership(&plan.course).await {
            Ok(student) => (false, Some(student)),
            Err(_) => return Err(JoinError::Api(error)),
        },
        Err(error) => return Err(named(error, plan.source)),
    };
    let course = api.course(&plan.course).await.ok();
    let number = course
        .as_ref()
        .map(|course| course.id.as_str())
        .into_iter()
        .chain(told.as_ref().map(|student| student.course_id.as_str()))
        .chain([plan.course.as_str()])
        .find_map(CourseId::parse);
    let name = course
        .map(|course| course.name)
        .filter(|name| !name.is_empty());
    Ok(Joined {
        already_member,
        course: number,
        name,
    })
}

/// A refusal without a reason of its own is about the code, or about the class that the code alone
/// was to lead to (403, since nobody knows how Google answers a wrong code, and 404).
fn named(error: ApiError, source: Source) -> JoinError {
    let about_the_code = match &error {
        ApiError::Refused(refusal) => {
            refusal.reason.is_none()
                && matches!(refusal.status, Status::PermissionDenied | Status::NotFound)
        }
        ApiError::Network | ApiError::Timeout | ApiError::BadResponse { .. } => false,
    };
    match (about_the_code, source) {
        (false, _) => JoinError::Api(error),
        (true, Source::Alias) => JoinError::CourseUnknown(error),
        (true, Source::Link | Source::Preset | Source::Directory) => JoinError::CodeRefused(error),
    }
}

#[cfg(test)]
mod tests {
    use core::cell::RefCell;

    use futures_executor::block_on;

    use super::*;
    use crate::classroom::{
        courses::Course, error::Refusal, profiles::Profile, reason::Reason, students::Student,
    };
    use crate::entry;

    /// The API as a test wants it to answer, with a list of what it was asked.
    struct Scripted {
        join: Result<Student, ApiError>,
        membership: Result<Student, ApiError>,
        course: Result<Course, ApiError>,
        asked: RefCell<Vec<String>>,
    }

    impl Scripted {
        fn new(join: Result<Student, ApiError>) -> Self {
            Self {
                join,
                membership: Err(refused(404, Status::NotFound, None)),
                course: Ok(biology()),
                asked: RefCell::default(),
            }
        }

        fn run(&self, plan: &Plan) -> (Result<Joined, JoinError>, Vec<String>) {
            let result = block_on(join(self, plan));
            (result, self.asked.borrow().clone())
        }

        fn note(&self, call: &str, course: &CourseRef) {
            self.asked.borrow_mut().push(format!("{call} {course}"));
        }
    }

    impl Classroom for Scripted {
        async fn join(&self, course: &CourseRef, code: &ClassCode) -> Result<Student, ApiError> {
            self.note(&format!("join with {code}"), course);
            self.join.clone()
        }
        async fn own_membership(&self, course: &CourseRef) -> Result<Student, ApiError> {
            self.note("own_membership", course);
            self.membership.clone()
        }
        async fn course(&self, course: &CourseRef) -> Result<Course, ApiError> {
            self.note("course", course);
            self.course.clone()
        }
        async fn own_profile(&self) -> Result<Profile, ApiError> {
            unreachable!("a join does not ask who acts: the session has")
        }
    }

    const ID: &str = "741234567890";

    fn student() -> Student {
        Student {
            course_id: ID.to_owned(),
        }
    }

    fn biology() -> Course {
        Course {
            id: ID.to_owned(),
            name: "Biology 7b".to_owned(),
        }
    }

    fn refused(http: u16, status: Status, reason: Option<Reason>) -> ApiError {
        ApiError::Refused(Refusal {
            http,
            status,
            reason,
            message: String::new(),
        })
    }

    fn course(text: &str) -> CourseRef {
        CourseRef::parse(text).unwrap()
    }

    fn plan(typed: &str, preset: Option<&str>, chosen: Option<&str>) -> Plan {
        Plan::new(
            entry::read(typed).unwrap(),
            preset.map(course).as_ref(),
            chosen.map(course).as_ref(),
        )
    }

    fn preset() -> Plan {
        plan("k5xq2ma", Some(ID), None)
    }

    #[test]
    fn the_class_is_that_of_the_link_then_the_preset_then_the_choice_then_the_alias() {
        let link = "https://classroom.google.com/c/NTEyMjUxMTM4MjQz?cjc=k5xq2ma";
        let found = |typed, preset, chosen| {
            let plan = plan(typed, preset, chosen);
            (plan.course.to_string(), plan.source)
        };
        assert_eq!(
            found(link, Some(ID), Some("d:x")),
            ("512251138243".to_owned(), Source::Link)
        );
        assert_eq!(
            found("k5xq2ma", Some(ID), Some("d:x")),
            (ID.to_owned(), Source::Preset)
        );
        assert_eq!(
            found("k5xq2ma", None, Some("d:x")),
            ("d:x".to_owned(), Source::Directory)
        );
        assert_eq!(
            found("k5xq2ma", None, None),
            ("p:k5xq2ma".to_owned(), Source::Alias)
        );
    }

    #[test]
    fn a_join_is_one_post_and_then_asks_for_the_name() {
        let (result, asked) = Scripted::new(Ok(student())).run(&preset());
        assert_eq!(
            result,
            Ok(Joined {
                already_member: false,
                course: CourseId::parse(ID),
                name: Some("Biology 7b".to_owned())
            })
        );
        assert_eq!(
            asked,
            ["join with k5xq2ma 741234567890", "course 741234567890"]
        );
    }

    #[test]
    fn a_class_whose_name_may_not_be_read_is_joined_all_the_same() {
        let mut api = Scripted::new(Ok(student()));
        api.course = Err(refused(403, Status::PermissionDenied, None));
        let (result, _) = api.run(&plan("k5xq2ma", None, None));
        assert_eq!(
            result,
            Ok(Joined {
                already_member: false,
                course: CourseId::parse(ID),
                name: None
            })
        );
    }

    #[test]
    fn already_exists_means_already_in_the_class() {
        let (result, asked) =
            Scripted::new(Err(refused(409, Status::AlreadyExists, None))).run(&preset());
        assert!(result.unwrap().already_member);
        assert_eq!(asked.len(), 2);
    }

    #[test]
    fn a_lost_answer_is_looked_up_before_anything_is_said() {
        for lost in [
            ApiError::Network,
            ApiError::Timeout,
            ApiError::BadResponse { http: 200 },
            refused(504, Status::DeadlineExceeded, None),
            refused(409, Status::Missing(409), None),
        ] {
            let mut api = Scripted::new(Err(lost.clone()));
            assert_eq!(
                api.run(&preset()).0,
                Err(JoinError::Api(lost.clone())),
                "{lost:?}: not in the class"
            );

            api.asked.take();
            api.membership = Ok(student());
            let (result, asked) = api.run(&preset());
            assert!(!result.unwrap().already_member, "{lost:?}: in the class");
            assert_eq!(asked[1], "own_membership 741234567890");
        }
    }

    #[test]
    fn a_refusal_is_final_and_not_looked_up() {
        let error = refused(
            400,
            Status::FailedPrecondition,
            Some(Reason::CourseNotModifiable),
        );
        let (result, asked) = Scripted::new(Err(error.clone())).run(&preset());
        assert_eq!(result, Err(JoinError::Api(error)));
        assert_eq!(asked.len(), 1);
    }

    #[test]
    fn a_bare_refusal_is_about_the_code_or_about_the_class_nobody_named() {
        for (http, status) in [(403, Status::PermissionDenied), (404, Status::NotFound)] {
            let error = refused(http, status, None);
            let api = Scripted::new(Err(error.clone()));
            assert_eq!(
                api.run(&preset()).0,
                Err(JoinError::CodeRefused(error.clone()))
            );
            assert_eq!(
                api.run(&plan("k5xq2ma", None, Some("d:x"))).0,
                Err(JoinError::CodeRefused(error.clone()))
            );
            assert_eq!(
                api.run(&plan("k5xq2ma", None, None)).0,
                Err(JoinError::CourseUnknown(error))
            );
        }
    }
}
