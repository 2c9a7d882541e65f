//! Joining a class: which class, one POST, and what its answer means.

use core::pin::pin;

use futures_util::future::{Either, select};

use crate::{
    classroom::{
        Classroom,
        course_ref::{CourseId, CourseRef},
        error::ApiError,
        retry::{self, Pause, World},
        status::Status,
        students::Student,
    },
    config::{Config, DirectoryCourse},
    entry::{self, Typed, class_code::ClassCode},
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
    /// Its name in the school's directory, where it is there.
    pub name: Option<String>,
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
    /// Joins the class of [`class`] with the code that was typed or that its link carries.
    pub fn new(typed: Typed, config: &Config, chosen: Option<usize>) -> Self {
        let class = class(Some(&typed), config, chosen);
        let code = match typed {
            Typed::Link(link) => link.code,
            Typed::Code(code) => code,
        };
        let (course, source) = class.course.unwrap_or_else(|| {
            let alias = ["p:", code.as_str()].concat();
            (CourseRef::ProjectAlias(alias), Source::Alias)
        });
        Self {
            course,
            code,
            source,
            name: class.listed.map(|listed| listed.name.clone()),
        }
    }
}

/// What is known of the class before it is joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Class<'a> {
    /// Which one it is, and where that is known from; nothing where only the code can tell.
    pub course: Option<(CourseRef, Source)>,
    /// What the school's directory says about it.
    pub listed: Option<&'a DirectoryCourse>,
}

/// What has been entered so far, as another page would have to be told it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entered {
    /// The class, where it is known without the code.
    pub course: Option<CourseRef>,
    /// The code.
    pub code: Option<ClassCode>,
}

impl Entered {
    /// What `typed` and the choice in the directory amount to.
    pub fn new(typed: &str, config: &Config, chosen: Option<usize>) -> Self {
        let typed = entry::read(typed).ok();
        let class = class(typed.as_ref(), config, chosen);
        Self {
            course: class.course.map(|(course, _)| course),
            code: typed.map(|typed| typed.code().clone()),
        }
    }
}

/// The class is the first that is available of: that of the pasted link, the preset class, the
/// one chosen in the directory (by its place there). Else the alias made of the code tells.
pub fn class<'a>(typed: Option<&Typed>, config: &'a Config, chosen: Option<usize>) -> Class<'a> {
    let link = typed.and_then(|typed| match typed {
        Typed::Link(link) => Some((CourseRef::Id(link.course.clone()), Source::Link)),
        Typed::Code(_) => None,
    });
    let preset = || Some((config.course.clone()?, Source::Preset));
    let chosen = || {
        let listed = config.courses.get(chosen?)?;
        Some((listed.course.clone(), Source::Directory))
    };
    let course = link.or_else(preset).or_else(chosen);
    let listed = course.as_ref().and_then(|(course, _)| {
        let mut directory = config.courses.iter();
        directory.find(|listed| listed.course == *course)
    });
    Class { course, listed }
}

/// How somebody belongs to a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Membership {
    /// A student, since just now.
    New,
    /// A student, before the join already.
    Student,
    /// A teacher of the class.
    Teacher,
}

/// The person is in the class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// As what, and since when.
    pub membership: Membership,
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

/// How long something is waited for that is good to know and no more, in milliseconds: the class's
/// name after a join, the membership after one was stopped.
pub const NAME_LIMIT: u32 = 3_000;

/// Joins the class: one source, and no second one after a refusal.
///
/// An answer that was lost is looked up before anything is said, and the call is made again where
/// that can help; a repeat that finds the person in the class has done what was wanted. The class's
/// name is asked for afterwards, since only a member may read it; without it the join has succeeded
/// all the same.
///
/// # Errors
/// [`JoinError`], only when the person is not known to be in the class.
pub async fn join(
    api: &impl Classroom,
    world: &impl World,
    plan: &Plan,
) -> Result<Joined, JoinError> {
    if world.is_offline() {
        world.pause(Pause::Offline, None).await;
    }
    let mut failures = 0;
    let (membership, told) = loop {
        let error = match api.join(&plan.course, &plan.code).await {
            Ok(student) => break (Membership::New, Some(student)),
            Err(error) => error,
        };
        if error.is(&Status::AlreadyExists) {
            break if failures == 0 {
                before(api, plan).await
            } else {
                (Membership::New, None)
            };
        }
        if error.leaves_doubt()
            && let Ok(student) = api.own_membership(&plan.course).await
        {
            break (Membership::New, Some(student));
        }
        failures += 1;
        if let Err(error) = retry::wait(world, failures, error).await {
            return Err(named(error, plan.source));
        }
    };
    let course = match select(
        pin!(api.course(&plan.course)),
        pin!(world.sleep(NAME_LIMIT)),
    )
    .await
    {
        Either::Left((course, _)) => course.ok(),
        Either::Right(_) => None,
    };
    let number = course
        .as_ref()
        .map(|course| course.id.as_str())
        .into_iter()
        .chain(told.as_ref().map(|student| student.course_id.as_str()))
        .chain([plan.course.as_str()])
        .find_map(CourseId::parse);
    let name = course
        .map(|course| course.name)
        .filter(|name| !name.is_empty())
        .or_else(|| plan.name.clone());
    Ok(Joined {
        membership,
        course: number,
        name,
    })
}

/// What has become of a join that was stopped before its answer: the person may be in the class.
/// Whoever stopped it does not wait long for that either.
pub async fn look_up(api: &impl Classroom, world: &impl World, plan: &Plan) -> Option<Joined> {
    let membership = pin!(api.own_membership(&plan.course));
    let Either::Left((student, _)) = select(membership, pin!(world.sleep(NAME_LIMIT))).await else {
        return None;
    };
    let student = student.ok()?;
    Some(Joined {
        membership: Membership::New,
        course: CourseId::parse(&student.course_id),
        name: plan.name.clone(),
    })
}

/// What the person has been in the class all the time: a teacher is no student of it.
async fn before(api: &impl Classroom, plan: &Plan) -> (Membership, Option<Student>) {
    match api.own_membership(&plan.course).await {
        Ok(student) => (Membership::Student, Some(student)),
        Err(error) if error.is(&Status::NotFound) => (Membership::Teacher, None),
        Err(_) => (Membership::Student, None),
    }
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
    use core::{
        cell::{Cell, RefCell},
        future::pending,
    };

    use futures_executor::block_on;

    use super::*;
    use crate::classroom::{courses::Course, error::Refusal, profiles::Profile, reason::Reason};
    use crate::{config, config::params::PageParams};

    /// The API and the world as a test wants them, with a list of what was asked and waited for.
    struct Scripted {
        /// What the tries to join get, in turn; the last one again and again.
        join: RefCell<Vec<Result<Student, ApiError>>>,
        membership: Result<Student, ApiError>,
        course: Result<Course, ApiError>,
        is_offline: Cell<bool>,
        asked: RefCell<Vec<String>>,
    }

    impl Scripted {
        fn new(join: Result<Student, ApiError>) -> Self {
            Self::with([join])
        }

        fn with<const N: usize>(join: [Result<Student, ApiError>; N]) -> Self {
            Self {
                join: RefCell::new(join.into()),
                membership: Err(refused(404, Status::NotFound, None)),
                course: Ok(biology()),
                is_offline: Cell::new(false),
                asked: RefCell::default(),
            }
        }

        fn run(&self, plan: &Plan) -> (Result<Joined, JoinError>, Vec<String>) {
            let result = block_on(join(self, self, plan));
            (result, self.asked.borrow().clone())
        }

        fn note(&self, call: &str, course: &CourseRef) {
            self.asked.borrow_mut().push(format!("{call} {course}"));
        }
    }

    impl World for Scripted {
        async fn pause(&self, pause: Pause, error: Option<&ApiError>) {
            let note = format!("{pause:?}{}", if error.is_some() { " again" } else { "" });
            self.asked.borrow_mut().push(note);
            self.is_offline.set(false);
        }
        async fn sleep(&self, _: u32) {
            pending().await
        }
        fn chance(&self) -> f64 {
            0.5
        }
        fn is_offline(&self) -> bool {
            self.is_offline.get()
        }
    }

    impl Classroom for Scripted {
        async fn join(&self, course: &CourseRef, code: &ClassCode) -> Result<Student, ApiError> {
            self.note(&format!("join with {code}"), course);
            let mut answers = self.join.borrow_mut();
            match answers.as_slice() {
                [last] => last.clone(),
                _ => answers.remove(0),
            }
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
            ..Course::default()
        }
    }

    fn refused(http: u16, status: Status, reason: Option<Reason>) -> ApiError {
        ApiError::Refused(Refusal::new(http, status, reason))
    }

    const LINK: &str = "https://classroom.google.com/c/NTEyMjUxMTM4MjQz?cjc=k5xq2ma";

    /// A configuration with a directory of two, the second of which has the number of [`LINK`].
    fn config(preset: Option<&str>) -> Config {
        let file = r#"{"clientId":"x","courses":[{"id":"d:x","name":"Art"},{"id":"512251138243","name":"Chess"}]}"#;
        let mut params = PageParams::default();
        params.set("course", preset.unwrap_or_default().to_owned());
        config::check(file, &params).unwrap().config
    }

    fn plan(typed: &str, preset: Option<&str>, chosen: Option<usize>) -> Plan {
        Plan::new(entry::read(typed).unwrap(), &config(preset), chosen)
    }

    fn preset() -> Plan {
        plan("k5xq2ma", Some(ID), None)
    }

    #[test]
    fn the_class_is_that_of_the_link_then_the_preset_then_the_choice_then_the_alias() {
        let found = |typed, preset, chosen| {
            let plan = plan(typed, preset, chosen);
            (plan.course.to_string(), plan.source)
        };
        assert_eq!(
            found(LINK, Some(ID), Some(0)),
            ("512251138243".to_owned(), Source::Link)
        );
        assert_eq!(
            found("k5xq2ma", Some(ID), Some(0)),
            (ID.to_owned(), Source::Preset)
        );
        assert_eq!(
            found("k5xq2ma", None, Some(0)),
            ("d:x".to_owned(), Source::Directory)
        );
        assert_eq!(
            found("k5xq2ma", None, None),
            ("p:k5xq2ma".to_owned(), Source::Alias)
        );
    }

    #[test]
    fn a_class_of_the_directory_is_known_by_its_name_wherever_it_was_named() {
        let name = |typed, preset, chosen| plan(typed, preset, chosen).name;
        assert_eq!(name(LINK, None, Some(0)).as_deref(), Some("Chess"));
        assert_eq!(name("k5xq2ma", Some("d:x"), None).as_deref(), Some("Art"));
        assert_eq!(name("k5xq2ma", None, Some(1)).as_deref(), Some("Chess"));
        assert_eq!(name("k5xq2ma", Some(ID), None), None);
        assert_eq!(name("k5xq2ma", None, None), None);
    }

    #[test]
    fn what_was_entered_is_what_a_link_or_the_form_says() {
        let entered = |typed| Entered::new(typed, &config(None), Some(0));
        let parts = |entered: Entered| {
            (
                entered.course.map(|course| course.to_string()),
                entered.code.map(|code| code.to_string()),
            )
        };
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(
            parts(entered(LINK)),
            (some("512251138243"), some("k5xq2ma"))
        );
        assert_eq!(parts(entered("k5xq2ma")), (some("d:x"), some("k5xq2ma")));
        assert_eq!(parts(entered("?")), (some("d:x"), None));
    }

    #[test]
    fn nothing_is_known_of_the_class_of_a_code_alone() {
        let config = config(None);
        let nothing = Class {
            course: None,
            listed: None,
        };
        let typed = entry::read("k5xq2ma").unwrap();
        assert_eq!(class(Some(&typed), &config, None), nothing);
        assert_eq!(class(None, &config, Some(7)), nothing);
    }

    #[test]
    fn the_name_in_the_directory_stands_in_for_one_that_may_not_be_read() {
        let mut api = Scripted::new(Ok(student()));
        api.course = Err(refused(403, Status::PermissionDenied, None));
        let (result, _) = api.run(&plan("k5xq2ma", None, Some(0)));
        assert_eq!(result.unwrap().name.as_deref(), Some("Art"));
    }

    #[test]
    fn a_join_is_one_post_and_then_asks_for_the_name() {
        let (result, asked) = Scripted::new(Ok(student())).run(&preset());
        assert_eq!(
            result,
            Ok(Joined {
                membership: Membership::New,
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
                membership: Membership::New,
                course: CourseId::parse(ID),
                name: None
            })
        );
    }

    #[test]
    fn already_exists_means_that_the_student_or_teacher_was_in_the_class_before() {
        let exists = || Err(refused(409, Status::AlreadyExists, None));
        let membership = |api: Scripted| api.run(&preset()).0.unwrap().membership;
        assert_eq!(membership(Scripted::new(exists())), Membership::Teacher);
        let mut api = Scripted::new(exists());
        api.membership = Ok(student());
        assert_eq!(membership(api), Membership::Student);
        let mut api = Scripted::new(exists());
        api.membership = Err(ApiError::Network);
        assert_eq!(membership(api), Membership::Student);
    }

    #[test]
    fn a_lost_answer_is_looked_up_before_anything_else() {
        for lost in [
            ApiError::Network,
            ApiError::Timeout,
            ApiError::BadResponse {
                http: 200,
                retry_after: None,
            },
            refused(504, Status::DeadlineExceeded, None),
            refused(409, Status::Missing(409), None),
        ] {
            let mut api = Scripted::new(Err(lost.clone()));
            api.membership = Ok(student());
            let (result, asked) = api.run(&preset());
            assert_eq!(result.unwrap().membership, Membership::New, "{lost:?}");
            assert_eq!(asked[1], "own_membership 741234567890");
            assert_eq!(asked.len(), 3, "{asked:?}");
        }
    }

    #[test]
    fn what_may_pass_is_tried_again_after_a_wait() {
        let busy = || refused(429, Status::ResourceExhausted, None);
        let (result, asked) =
            Scripted::with([Err(busy()), Err(busy()), Ok(student())]).run(&preset());
        assert_eq!(result.unwrap().membership, Membership::New);
        assert_eq!(
            asked,
            [
                "join with k5xq2ma 741234567890",
                "For(250) again",
                "join with k5xq2ma 741234567890",
                "For(500) again",
                "join with k5xq2ma 741234567890",
                "course 741234567890"
            ]
        );
    }

    #[test]
    fn after_five_tries_the_last_error_is_told() {
        let last = refused(503, Status::Unavailable, None);
        let mut tries: Vec<_> = vec![Err(ApiError::Network); 4];
        tries.push(Err(last.clone()));
        let api = Scripted::with::<5>(tries.try_into().unwrap());
        let (result, asked) = api.run(&preset());
        assert_eq!(result, Err(JoinError::Api(last)));
        let count = |what: &str| asked.iter().filter(|asked| asked.starts_with(what)).count();
        assert_eq!((count("join"), count("own"), count("For")), (5, 5, 4));
    }

    #[test]
    fn a_repeat_that_finds_the_person_in_the_class_has_done_what_was_wanted() {
        let exists = refused(409, Status::AlreadyExists, None);
        let (result, asked) = Scripted::with([Err(ApiError::Network), Err(exists)]).run(&preset());
        assert_eq!(result.unwrap().membership, Membership::New);
        assert_eq!(asked.len(), 5, "{asked:?}");
    }

    #[test]
    fn without_a_network_nothing_is_sent_until_it_is_back() {
        let api = Scripted::new(Ok(student()));
        api.is_offline.set(true);
        let (result, asked) = api.run(&preset());
        assert!(result.is_ok());
        assert_eq!(asked[..2], ["Offline", "join with k5xq2ma 741234567890"]);
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
                api.run(&plan("k5xq2ma", None, Some(0))).0,
                Err(JoinError::CodeRefused(error.clone()))
            );
            assert_eq!(
                api.run(&plan("k5xq2ma", None, None)).0,
                Err(JoinError::CourseUnknown(error))
            );
        }
    }
}
