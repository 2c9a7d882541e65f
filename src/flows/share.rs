//! Sharing a class: its code, the links that carry it, and the alias that lets the code alone lead to
//! the class.
//!
//! The API finds no class by its code. It does find one by an alias, and `p:` aliases are known to
//! everybody who comes through the same Cloud project as the one who made it: `p:{code}` is what a
//! join by the code alone asks for (see [`super::join::Source::Alias`]).

use crate::{
    classroom::{
        Classroom, course_link,
        course_ref::{CourseId, CourseRef},
        courses::{self, Courses},
        error::ApiError,
        page,
        retry::{self, Pause, World},
        status::Status,
    },
    config::{View, params::fragment},
    entry::class_code::ClassCode,
};

/// Whether the code alone leads to its class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeAlone {
    /// It does.
    On,
    /// It does not.
    Off,
    /// It does not, but these did, which look like codes that the class had before it got a new one.
    Outdated(Vec<ClassCode>),
}

/// How a class can be shared right now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its code; nothing where a teacher has switched it off.
    pub code: Option<ClassCode>,
    /// Whether that alone leads to the class.
    pub alone: CodeAlone,
}

/// Why nothing was switched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareError {
    /// The code leads to another class of the same Cloud project.
    Taken(ApiError),
    /// The call's name in Google's reference, and what came back.
    Api(&'static str, ApiError),
}

/// Finds out how the class can be shared. Its code is asked for, too: the one that came with the list
/// of classes may have been reset since.
///
/// # Errors
/// [`ShareError::Api`].
pub async fn look(
    api: &(impl Classroom + Courses),
    world: &impl World,
    course: &CourseRef,
) -> Result<Standing, ShareError> {
    let read = retry::patiently(world, || api.course(course)).await;
    let read = read.map_err(|error| ShareError::Api(courses::GET, error))?;
    let alone = match &read.enrollment_code {
        Some(code) => code_alone(code, &aliases(api, world, course).await?),
        None => CodeAlone::Off,
    };
    Ok(Standing {
        code: read.enrollment_code,
        alone,
    })
}

/// The alias that lets `code` alone lead to its class.
pub fn alias_of(code: &ClassCode) -> String {
    ["p:", code.as_str()].concat()
}

/// Whether `code` alone leads to the class that has these `aliases`.
pub fn code_alone(code: &ClassCode, aliases: &[String]) -> CodeAlone {
    if aliases.contains(&alias_of(code)) {
        return CodeAlone::On;
    }
    let outdated: Vec<_> = aliases.iter().filter_map(|alias| code_of(alias)).collect();
    if outdated.is_empty() {
        CodeAlone::Off
    } else {
        CodeAlone::Outdated(outdated)
    }
}

/// The code that the alias was made of, where it looks like one: five to eight of the letters and
/// digits that codes are made of, as Google writes them.
fn code_of(alias: &str) -> Option<ClassCode> {
    let text = alias.strip_prefix("p:")?;
    let is_one = (5..=8).contains(&text.len())
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'));
    ClassCode::parse(text).filter(|_| is_one)
}

/// Lets the code alone lead to the class. An answer that was lost is looked up, and the call is made
/// again where that can help; an alias that the class has already is what was wanted.
///
/// # Errors
/// See [`ShareError`].
pub async fn switch_on(
    api: &impl Courses,
    world: &impl World,
    course: &CourseRef,
    code: &ClassCode,
) -> Result<(), ShareError> {
    online(world).await;
    let alias = alias_of(code);
    let mut failures = 0;
    loop {
        let Err(error) = api.create_alias(course, &alias).await else {
            return Ok(());
        };
        if error.is(&Status::AlreadyExists) {
            let is_ours = aliases(api, world, course).await?.contains(&alias);
            return if is_ours {
                Ok(())
            } else {
                Err(ShareError::Taken(error))
            };
        }
        if error.leaves_doubt() && has(api, course, &alias).await == Some(true) {
            return Ok(());
        }
        failures += 1;
        let waited = retry::wait(world, failures, error).await;
        waited.map_err(|error| ShareError::Api(courses::CREATE_ALIAS, error))?;
    }
}

/// Lets the code alone lead to the class no more. One that does not is what was wanted.
///
/// # Errors
/// See [`ShareError`].
pub async fn switch_off(
    api: &impl Courses,
    world: &impl World,
    course: &CourseRef,
    code: &ClassCode,
) -> Result<(), ShareError> {
    online(world).await;
    let alias = alias_of(code);
    let mut failures = 0;
    loop {
        let error = match api.delete_alias(course, &alias).await {
            Ok(()) => return Ok(()),
            Err(error) if error.is(&Status::NotFound) => return Ok(()),
            Err(error) => error,
        };
        if error.leaves_doubt() && has(api, course, &alias).await == Some(false) {
            return Ok(());
        }
        failures += 1;
        let waited = retry::wait(world, failures, error).await;
        waited.map_err(|error| ShareError::Api(courses::DELETE_ALIAS, error))?;
    }
}

/// Lets the new code lead to the class in the place of the `outdated` ones. The new one comes first:
/// if anything stands in the way, nothing has been taken.
///
/// # Errors
/// See [`ShareError`].
pub async fn renew(
    api: &impl Courses,
    world: &impl World,
    course: &CourseRef,
    code: &ClassCode,
    outdated: &[ClassCode],
) -> Result<(), ShareError> {
    switch_on(api, world, course, code).await?;
    for old in outdated {
        switch_off(api, world, course, old).await?;
    }
    Ok(())
}

/// The class's invite link, as Google Classroom makes it.
pub fn invite_link(course: &CourseId, code: &ClassCode) -> String {
    [&course_link::address(course), "?cjc=", code.as_str()].concat()
}

/// The link that opens the widget at `page` (its address without query and fragment), ready to join
/// the class.
pub fn join_link(page: &str, course: &CourseId, code: &ClassCode) -> String {
    let course = CourseRef::Id(course.clone());
    [page, &fragment(View::Join, Some(&course), Some(code))].concat()
}

/// What the class is also called, patiently.
async fn aliases(
    api: &impl Courses,
    world: &impl World,
    course: &CourseRef,
) -> Result<Vec<String>, ShareError> {
    page::all(
        world,
        |token| async move { api.aliases(course, token.as_deref()).await },
        |_| {},
    )
    .await
    .map_err(|error| ShareError::Api(courses::LIST_ALIASES, error))
}

/// Whether the class has the alias, as far as one look can tell: nothing where its list cannot be
/// read, or has more than a page and the alias is not on the first.
async fn has(api: &impl Courses, course: &CourseRef, alias: &str) -> Option<bool> {
    let page = api.aliases(course, None).await.ok()?;
    if page.items.iter().any(|item| item == alias) {
        return Some(true);
    }
    page.next.is_none().then_some(false)
}

/// Waits for the network, where the browser says that there is none.
async fn online(world: &impl World) {
    if world.is_offline() {
        world.pause(Pause::Offline, None).await;
    }
}

#[cfg(test)]
mod tests {
    use core::cell::RefCell;

    use futures_executor::block_on;

    use super::*;
    use crate::classroom::{
        courses::{Course, Whose},
        error::Refusal,
        page::Page,
        profiles::Profile,
        reason::Reason,
        students::Student,
    };
    use crate::flows::faults::{Fault, Faults};

    /// A class with its aliases, which answers as the API does, unless a fault is next.
    #[derive(Default)]
    struct School {
        code: Option<&'static str>,
        aliases: RefCell<Vec<String>>,
        /// What other classes are called.
        elsewhere: Vec<&'static str>,
        faults: Faults,
    }

    impl School {
        fn new(code: &'static str, aliases: &[&str]) -> Self {
            Self {
                code: Some(code),
                aliases: RefCell::new(aliases.iter().map(|alias| (*alias).to_owned()).collect()),
                ..Self::default()
            }
        }

        fn fault(self, call: &'static str, fault: Fault) -> Self {
            self.faults.add(call, fault);
            self
        }

        fn asked(&self) -> Vec<String> {
            self.faults.asked()
        }

        fn aliases(&self) -> Vec<String> {
            self.aliases.borrow().clone()
        }
    }

    impl Courses for School {
        async fn courses(&self, _: Whose, _: Option<&str>) -> Result<Page<Course>, ApiError> {
            unreachable!("the class is known")
        }

        async fn aliases(
            &self,
            _: &CourseRef,
            page: Option<&str>,
        ) -> Result<Page<String>, ApiError> {
            // One alias to a page.
            let at: usize = page.map_or(0, |page| page.parse().unwrap());
            self.faults.answer("aliases", page.unwrap_or("first"), || {
                let aliases = self.aliases.borrow();
                Ok(Page {
                    items: aliases.get(at).cloned().into_iter().collect(),
                    next: (at + 1 < aliases.len()).then(|| (at + 1).to_string()),
                })
            })
        }

        async fn create_alias(&self, _: &CourseRef, alias: &str) -> Result<(), ApiError> {
            self.faults.answer("create", alias, || {
                let mut own = self.aliases.borrow_mut();
                if self.elsewhere.contains(&alias) || own.iter().any(|own| own == alias) {
                    return Err(exists());
                }
                own.push(alias.to_owned());
                Ok(())
            })
        }

        async fn delete_alias(&self, _: &CourseRef, alias: &str) -> Result<(), ApiError> {
            self.faults.answer("delete", alias, || {
                let mut own = self.aliases.borrow_mut();
                let before = own.len();
                own.retain(|own| own != alias);
                if own.len() == before {
                    return Err(refused(404, Status::NotFound));
                }
                Ok(())
            })
        }
    }

    impl Classroom for School {
        async fn join(&self, _: &CourseRef, _: &ClassCode) -> Result<Student, ApiError> {
            unreachable!("nobody joins")
        }

        async fn own_membership(&self, _: &CourseRef) -> Result<Student, ApiError> {
            unreachable!("nobody joins")
        }

        async fn course(&self, course: &CourseRef) -> Result<Course, ApiError> {
            self.faults.answer("course", course.as_str(), || {
                Ok(Course {
                    enrollment_code: self.code.and_then(ClassCode::parse),
                    ..Course::default()
                })
            })
        }

        async fn own_profile(&self) -> Result<Profile, ApiError> {
            unreachable!("the session knows who acts")
        }
    }

    impl World for School {
        async fn pause(&self, _: Pause, _: Option<&ApiError>) {
            self.faults.note("wait");
        }
        async fn sleep(&self, _: u32) {}
        fn chance(&self) -> f64 {
            0.5
        }
        fn is_offline(&self) -> bool {
            false
        }
    }

    fn refused(http: u16, status: Status) -> ApiError {
        ApiError::Refused(Refusal::new(http, status, None))
    }

    fn exists() -> ApiError {
        refused(409, Status::AlreadyExists)
    }

    fn code(text: &str) -> ClassCode {
        ClassCode::parse(text).unwrap()
    }

    fn id() -> CourseId {
        CourseId::parse("741234567890").unwrap()
    }

    fn course() -> CourseRef {
        CourseRef::Id(id())
    }

    fn on(school: &School) -> Result<(), ShareError> {
        block_on(switch_on(school, school, &course(), &code("k5xq2ma")))
    }

    fn off(school: &School) -> Result<(), ShareError> {
        block_on(switch_off(school, school, &course(), &code("k5xq2ma")))
    }

    fn looked(school: &School) -> Result<Standing, ShareError> {
        block_on(look(school, school, &course()))
    }

    #[test]
    fn the_switch_is_on_where_the_class_has_the_alias_of_its_code() {
        let school = School::new("k5xq2ma", &["d:biology", "p:k5xq2ma"]);
        let standing = Standing {
            code: Some(code("k5xq2ma")),
            alone: CodeAlone::On,
        };
        assert_eq!(looked(&school), Ok(standing));
        let asked = ["course 741234567890", "aliases first", "aliases 1"];
        assert_eq!(school.asked(), asked);
    }

    #[test]
    fn without_a_code_there_is_nothing_to_switch() {
        let school = School::default();
        let standing = Standing {
            code: None,
            alone: CodeAlone::Off,
        };
        assert_eq!(looked(&school), Ok(standing));
        assert_eq!(school.asked(), ["course 741234567890"]);
    }

    #[test]
    fn looking_is_patient_and_names_the_call_that_failed() {
        let busy = || refused(503, Status::Unavailable);
        let no = || refused(403, Status::PermissionDenied);
        let school = School::new("k5xq2ma", &[])
            .fault("course", Fault::Before(busy()))
            .fault("aliases", Fault::Before(busy()));
        assert!(looked(&school).is_ok());
        let school = School::new("k5xq2ma", &[]).fault("course", Fault::Before(no()));
        assert_eq!(looked(&school), Err(ShareError::Api("courses.get", no())));
        let school = School::new("k5xq2ma", &[]).fault("aliases", Fault::Before(no()));
        let failed = Err(ShareError::Api("courses.aliases.list", no()));
        assert_eq!(looked(&school), failed);
    }

    #[test]
    fn another_code_among_the_aliases_shows_that_the_code_was_reset() {
        let alone = |aliases: &[&str]| {
            let aliases: Vec<_> = aliases.iter().map(|alias| (*alias).to_owned()).collect();
            code_alone(&code("k5xq2ma"), &aliases)
        };
        let outdated = CodeAlone::Outdated(vec![code("abc234d")]);
        assert_eq!(alone(&["d:biology", "p:abc234d"]), outdated);
        assert_eq!(alone(&["p:abc234d", "p:k5xq2ma"]), CodeAlone::On);
        assert_eq!(alone(&[]), CodeAlone::Off);
    }

    #[test]
    fn what_does_not_look_like_a_code_is_left_alone() {
        for alias in [
            "d:abc234d",
            "p:biology-7b",
            "p:Abc234d",
            "p:abc 234d",
            "p:abc1234",
            "p:abcd",
            "p:abcdefghi",
            "p:",
            "abc234d",
        ] {
            let aliases = [alias.to_owned()];
            assert_eq!(
                code_alone(&code("k5xq2ma"), &aliases),
                CodeAlone::Off,
                "{alias}"
            );
        }
    }

    #[test]
    fn switching_on_is_one_create_and_switching_off_one_delete() {
        let school = School::new("k5xq2ma", &[]);
        assert_eq!(on(&school), Ok(()));
        assert_eq!(school.aliases(), ["p:k5xq2ma"]);
        assert_eq!(off(&school), Ok(()));
        assert!(school.aliases().is_empty());
        assert_eq!(school.asked(), ["create p:k5xq2ma", "delete p:k5xq2ma"]);
    }

    #[test]
    fn what_is_so_already_is_success() {
        let school = School::new("k5xq2ma", &["p:k5xq2ma"]);
        assert_eq!(on(&school), Ok(()));
        assert_eq!(school.asked(), ["create p:k5xq2ma", "aliases first"]);
        let school = School::new("k5xq2ma", &[]);
        assert_eq!(off(&school), Ok(()));
        assert_eq!(school.asked(), ["delete p:k5xq2ma"]);
    }

    #[test]
    fn an_alias_of_another_class_is_told_apart() {
        let mut school = School::new("k5xq2ma", &["p:abc234d"]);
        school.elsewhere.push("p:k5xq2ma");
        assert_eq!(on(&school), Err(ShareError::Taken(exists())));
        assert_eq!(school.aliases(), ["p:abc234d"]);
    }

    #[test]
    fn whose_alias_it_is_is_not_guessed() {
        let no = refused(403, Status::PermissionDenied);
        let school =
            School::new("k5xq2ma", &["p:k5xq2ma"]).fault("aliases", Fault::Before(no.clone()));
        assert_eq!(
            on(&school),
            Err(ShareError::Api("courses.aliases.list", no))
        );
    }

    #[test]
    fn lost_answers_are_looked_up() {
        for lost in [
            ApiError::Network,
            ApiError::Timeout,
            refused(504, Status::DeadlineExceeded),
        ] {
            let school = School::new("k5xq2ma", &[]).fault("create", Fault::After(lost.clone()));
            assert_eq!(on(&school), Ok(()), "{lost:?}");
            assert_eq!(school.asked(), ["create p:k5xq2ma", "aliases first"]);
            let school =
                School::new("k5xq2ma", &["p:k5xq2ma"]).fault("delete", Fault::After(lost.clone()));
            assert_eq!(off(&school), Ok(()), "{lost:?}");
            assert_eq!(school.asked(), ["delete p:k5xq2ma", "aliases first"]);
        }
    }

    #[test]
    fn what_got_lost_is_made_again() {
        let school = School::new("k5xq2ma", &[]).fault("create", Fault::Before(ApiError::Network));
        assert_eq!(on(&school), Ok(()));
        assert_eq!(school.aliases(), ["p:k5xq2ma"]);
        let school = School::new("k5xq2ma", &["d:x", "p:k5xq2ma"])
            .fault("delete", Fault::Before(ApiError::Network));
        assert_eq!(off(&school), Ok(()));
        assert_eq!(school.aliases(), ["d:x"]);
        let asked = [
            "delete p:k5xq2ma",
            "aliases first",
            "wait",
            "delete p:k5xq2ma",
        ];
        assert_eq!(school.asked(), asked);
    }

    #[test]
    fn a_list_that_was_not_read_to_its_end_proves_nothing() {
        let school = School::new("k5xq2ma", &["d:x", "p:k5xq2ma"])
            .fault("delete", Fault::Before(ApiError::Timeout));
        let failed = Err(ShareError::Api("courses.aliases.delete", ApiError::Timeout));
        assert_eq!(off(&school), failed);
    }

    #[test]
    fn a_missing_permission_is_told_at_once() {
        let scope = ApiError::Refused(Refusal::new(
            403,
            Status::PermissionDenied,
            Some(Reason::ScopeMissing),
        ));
        let school = School::new("k5xq2ma", &[]).fault("create", Fault::Before(scope.clone()));
        assert_eq!(
            on(&school),
            Err(ShareError::Api("courses.aliases.create", scope))
        );
        assert_eq!(school.asked().len(), 1);
    }

    #[test]
    fn renewing_makes_the_new_one_and_takes_the_old_ones() {
        let school = School::new("k5xq2ma", &["p:abc234d", "d:x", "p:zzzzz"]);
        let old = [code("abc234d"), code("zzzzz")];
        let renewed = block_on(renew(&school, &school, &course(), &code("k5xq2ma"), &old));
        assert_eq!(renewed, Ok(()));
        assert_eq!(school.aliases(), ["d:x", "p:k5xq2ma"]);
    }

    #[test]
    fn where_the_new_one_cannot_be_made_the_old_one_stays() {
        let no = refused(403, Status::PermissionDenied);
        let school = School::new("k5xq2ma", &["p:abc234d"]).fault("create", Fault::Before(no));
        let old = [code("abc234d")];
        assert!(block_on(renew(&school, &school, &course(), &code("k5xq2ma"), &old)).is_err());
        assert_eq!(school.aliases(), ["p:abc234d"]);
    }

    #[test]
    fn links_carry_class_and_code() {
        assert_eq!(
            invite_link(&id(), &code("k5xq2ma")),
            "https://classroom.google.com/c/NzQxMjM0NTY3ODkw?cjc=k5xq2ma"
        );
        assert_eq!(
            join_link("https://widget.school.example/", &id(), &code("k5xq2ma")),
            "https://widget.school.example/#view=join&course=741234567890&code=k5xq2ma"
        );
    }
}
