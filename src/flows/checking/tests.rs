use core::pin::pin;
use std::collections::VecDeque;

use futures_util::future::select;

use super::*;
use crate::{
    classroom::{
        answer, course_ref::CourseId, error::Refusal, invitations::InvitationId, profiles::Profile,
        reason::Reason, retry::Pause, user::UserId,
    },
    flows::virtual_time::Clock,
};

/// A class with its people and open invitations, which answers page by page, and counts.
struct School {
    clock: Clock,
    students: Vec<String>,
    teachers: Vec<String>,
    /// Who is invited, in which role.
    open: Vec<(String, Role)>,
    /// How many stand on a page of members, and of invitations.
    pages: [usize; 2],
    /// Whose profile may not be read, or has no address.
    hidden: Vec<&'static str>,
    /// Every page names this as the next one.
    circle: Option<&'static str>,
    faults: RefCell<VecDeque<(&'static str, ApiError)>>,
    asked: RefCell<Vec<String>>,
    in_flight: Cell<usize>,
    most_in_flight: Cell<usize>,
    pauses: Cell<u32>,
}

const COURSE: &str = "741234567890";

fn course() -> CourseRef {
    CourseRef::parse(COURSE).unwrap()
}

fn refused(http: u16, status: Status, reason: Option<Reason>) -> ApiError {
    ApiError::Refused(Refusal::new(http, status, reason))
}

fn forbidden() -> ApiError {
    refused(403, Status::PermissionDenied, None)
}

fn unavailable() -> ApiError {
    refused(503, Status::Unavailable, None)
}

/// `count` addresses that begin with `name`.
fn people(name: &str, count: usize) -> Vec<String> {
    (0..count)
        .map(|at| format!("{name}{at}@school.example"))
        .collect()
}

fn invited(people: Vec<String>, role: Role) -> Vec<(String, Role)> {
    people.into_iter().map(|person| (person, role)).collect()
}

fn listed(addresses: &[String]) -> Vec<(usize, EmailAddress)> {
    let addresses = addresses
        .iter()
        .map(|text| EmailAddress::parse(text).unwrap());
    addresses.enumerate().collect()
}

fn waits(person: &str) -> State {
    let (name, _) = person.split_once('@').unwrap();
    State::AlreadyInvited(InvitationId::parse(&format!("of-{name}")))
}

/// What came of a check: itself, what the rows have come to, how many steps there were.
struct Checked {
    result: Result<(), ApiError>,
    states: BTreeMap<usize, State>,
    steps: usize,
}

impl School {
    fn new() -> Self {
        Self {
            clock: Clock::default(),
            students: Vec::new(),
            teachers: vec!["owner@school.example".to_owned()],
            open: Vec::new(),
            pages: [100, 500],
            hidden: Vec::new(),
            circle: None,
            faults: RefCell::default(),
            asked: RefCell::default(),
            in_flight: Cell::new(0),
            most_in_flight: Cell::new(0),
            pauses: Cell::new(0),
        }
    }

    fn fault(self, call: &'static str, error: ApiError) -> Self {
        self.faults.borrow_mut().push_back((call, error));
        self
    }

    fn check(&self, role: Role, addresses: &[String]) -> Checked {
        let states = RefCell::new(BTreeMap::new());
        let steps = Cell::new(0);
        let rows = listed(addresses);
        let settle = |row, state| {
            let before = states.borrow_mut().insert(row, state);
            assert_eq!(before, None, "told once");
        };
        let result = self
            .clock
            .run(check(self, self, &course(), role, &rows, settle, || {
                steps.set(steps.get() + 1);
            }));
        assert!(self.most_in_flight.get() <= 4);
        Checked {
            result,
            states: states.into_inner(),
            steps: steps.get(),
        }
    }

    /// How many calls there were of a name.
    fn count(&self, call: &str) -> usize {
        let asked = self.asked.borrow();
        asked.iter().filter(|asked| asked.starts_with(call)).count()
    }

    fn calls(&self) -> usize {
        self.asked.borrow().len()
    }

    async fn answer<T>(
        &self,
        call: &'static str,
        whom: &str,
        answer: impl FnOnce() -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        self.asked.borrow_mut().push([call, whom].join(" "));
        self.in_flight.set(self.in_flight.get() + 1);
        let most = self.most_in_flight.get().max(self.in_flight.get());
        self.most_in_flight.set(most);
        self.clock.sleep(50).await;
        self.in_flight.set(self.in_flight.get() - 1);
        let mut faults = self.faults.borrow_mut();
        if faults.front().is_some_and(|(next, _)| *next == call)
            && let Some((_, error)) = faults.pop_front()
        {
            return Err(error);
        }
        answer()
    }

    /// The page of `items` whose token says where it begins.
    fn page<T: Clone>(&self, items: &[T], size: usize, token: Option<&str>) -> Page<T> {
        if let Some(token) = self.circle {
            return Page {
                items: Vec::new(),
                next: Some(token.to_owned()),
            };
        }
        let begin = token.map_or(0, |token| token.parse().unwrap());
        let end = items.len().min(begin + size);
        Page {
            items: items[begin..end].to_vec(),
            next: (end < items.len()).then(|| end.to_string()),
        }
    }

    fn number(&self, person: &str) -> UserId {
        let everybody = self.students.iter().chain(&self.teachers);
        let everybody = everybody.chain(self.open.iter().map(|(person, _)| person));
        let at = everybody.clone().position(|other| other == person);
        UserId::parse(&(1000 + at.unwrap()).to_string()).unwrap()
    }

    fn member_of(&self, person: &str) -> Member {
        Member {
            user: self.number(person),
            profile: self.profile_of(person),
        }
    }

    fn profile_of(&self, person: &str) -> Profile {
        Profile {
            // As the person writes it, which need not be how it was typed.
            email_address: person.replace("school", "SCHOOL").to_uppercase(),
            ..Profile::default()
        }
    }

    fn invitation(&self, (person, role): &(String, Role)) -> Invitation {
        let (name, _) = person.split_once('@').unwrap();
        Invitation {
            id: InvitationId::parse(&format!("of-{name}")).unwrap(),
            user: self.number(person),
            course: CourseId::parse(COURSE).unwrap(),
            role: *role,
        }
    }

    fn roster(&self, role: Role) -> (&[String], [&'static str; 2]) {
        match role {
            Role::Student => (&self.students, ["students.list", "students.get"]),
            Role::Teacher | Role::Owner => (&self.teachers, ["teachers.list", "teachers.get"]),
        }
    }
}

impl Invitations for School {
    async fn create(&self, _: &CourseRef, _: &str, _: Role) -> Result<Invitation, ApiError> {
        unreachable!("nothing is sent")
    }

    async fn list(&self, of: Of<'_>, page: Option<&str>) -> Result<Page<Invitation>, ApiError> {
        let [_, size] = self.pages;
        match of {
            Of::Own => unreachable!("these are other people's"),
            Of::Course(course) => {
                assert_eq!(course.as_str(), COURSE);
                self.answer("invitations.list", "all", || {
                    let open = self.page(&self.open, size, page);
                    Ok(Page {
                        items: open
                            .items
                            .iter()
                            .map(|open| self.invitation(open))
                            .collect(),
                        next: open.next,
                    })
                })
                .await
            }
            Of::Person { course, user } => {
                assert_eq!((course.as_str(), page), (COURSE, None));
                self.answer("invitations.find", user, || {
                    let open = self.open.iter().filter(|(person, _)| person == user);
                    Ok(Page {
                        items: open.map(|open| self.invitation(open)).collect(),
                        next: None,
                    })
                })
                .await
            }
        }
    }

    async fn accept(&self, _: &InvitationId) -> Result<(), ApiError> {
        unreachable!("nobody accepts for somebody else")
    }

    async fn delete(&self, _: &InvitationId) -> Result<(), ApiError> {
        unreachable!("nothing is withdrawn")
    }

    async fn get(&self, _: &InvitationId) -> Result<Invitation, ApiError> {
        unreachable!("the list tells")
    }
}

impl Rosters for School {
    async fn members(
        &self,
        course: &CourseRef,
        role: Role,
        page: Option<&str>,
    ) -> Result<Page<Member>, ApiError> {
        assert_eq!(course.as_str(), COURSE);
        let (people, [call, _]) = self.roster(role);
        self.answer(call, "", || {
            let page = self.page(people, self.pages[0], page);
            Ok(Page {
                items: page
                    .items
                    .iter()
                    .map(|person| self.member_of(person))
                    .collect(),
                next: page.next,
            })
        })
        .await
    }

    async fn member(&self, _: &CourseRef, role: Role, user: &str) -> Result<Member, ApiError> {
        let (people, [_, call]) = self.roster(role);
        self.answer(call, user, || {
            let is_there = people.iter().any(|person| person == user);
            is_there
                .then(|| self.member_of(user))
                .ok_or(refused(404, Status::NotFound, None))
        })
        .await
    }

    async fn add_student(&self, _: &CourseRef, _: &str) -> Result<Member, ApiError> {
        unreachable!("nobody is added")
    }

    async fn profile(&self, user: &str) -> Result<Profile, ApiError> {
        self.answer("profile", user, || {
            let open = self.open.iter().map(|(person, _)| person);
            let mut open = open.filter(|person| self.number(person).as_str() == user);
            let person = open.next().unwrap();
            if self.hidden.contains(&person.as_str()) {
                return Err(forbidden());
            }
            Ok(self.profile_of(person))
        })
        .await
    }
}

impl World for School {
    async fn pause(&self, _: Pause, _: Option<&ApiError>) {
        self.pauses.set(self.pauses.get() + 1);
    }
    async fn sleep(&self, millis: u32) {
        self.clock.sleep(millis).await;
    }
    fn chance(&self) -> f64 {
        0.5
    }
    fn is_offline(&self) -> bool {
        false
    }
}

#[test]
fn members_and_invited_ones_are_told_and_the_others_stay_as_they_are() {
    let mut school = School::new();
    school.teachers.push("maya@school.example".to_owned());
    school.students.push("sam@school.example".to_owned());
    school.open = invited(vec!["leo@school.example".to_owned()], Role::Student);
    let typed = ["new", "maya", "leo", "sam", "owner"].map(|name| format!("{name}@school.example"));

    let checked = school.check(Role::Student, &typed);
    assert_eq!(checked.result, Ok(()));
    let member = State::AlreadyMember;
    let found = [
        (1, member.clone()),
        (2, waits("leo@")),
        (3, member.clone()),
        (4, member.clone()),
    ];
    assert_eq!(checked.states, BTreeMap::from(found));
    assert_eq!(checked.steps, 5);

    // A student may be invited to teach, whoever is invited as something else is invited.
    let checked = school.check(Role::Teacher, &typed);
    let found = [(1, member.clone()), (2, waits("leo@")), (4, member)];
    assert_eq!(checked.states, BTreeMap::from(found));
    assert_eq!(checked.steps, 5);
}

#[test]
fn who_is_invited_to_teach_is_not_looked_for_among_the_students() {
    for people_to_invite in [1, 3, 40] {
        let mut school = School::new();
        school.students = people("s", 1_000);
        school.check(Role::Teacher, &people("s", people_to_invite));
        assert_eq!(school.count("students"), 0);
        assert_eq!(school.count("teachers.list"), 1);
    }
}

#[test]
fn who_is_offered_the_class_is_only_looked_for_among_the_invited() {
    let mut school = School::new();
    school.teachers.extend(people("t", 3));
    school.open = invited(people("t", 1), Role::Owner);
    let checked = school.check(Role::Owner, &people("t", 2));
    assert_eq!(checked.states, BTreeMap::from([(0, waits("t0@"))]));
    assert_eq!(school.count("teachers") + school.count("students"), 0);
}

#[test]
fn three_addresses_in_a_large_class_are_asked_for_one_by_one() {
    let mut school = School::new();
    school.students = people("s", 1_000);
    school.open = invited(people("i", 500), Role::Student);
    let typed = ["s900", "i400", "new"].map(|name| format!("{name}@school.example"));
    let checked = school.check(Role::Student, &typed);
    let found = [(0, State::AlreadyMember), (1, waits("i400@"))];
    assert_eq!(checked.states, BTreeMap::from(found));
    assert_eq!(school.count("profile"), 0);
    assert_eq!(school.count("students.get"), 3);
    // Two pages were tried, of the ten that it would have taken, and one of 501 for the invitations.
    assert_eq!(school.count("students.list"), 2);
    assert_eq!(school.count("invitations"), 1 + 2);
    assert_eq!(school.calls(), 1 + 2 + 3 + 3);
}

#[test]
fn four_hundred_addresses_are_compared_with_the_lists() {
    let mut school = School::new();
    school.students = people("s", 1_000);
    school.open = invited(people("i", 2), Role::Student);
    let mut typed = people("new", 397);
    typed.extend(["s999", "i0", "i1"].map(|name| format!("{name}@school.example")));
    let checked = school.check(Role::Student, &typed);
    let found = [
        (397, State::AlreadyMember),
        (398, waits("i0@")),
        (399, waits("i1@")),
    ];
    assert_eq!(checked.states, BTreeMap::from(found));
    assert_eq!(checked.steps, 400);
    // Teachers, ten pages of students, one of invitations, two profiles.
    assert_eq!(school.calls(), 1 + 10 + 1 + 2);
}

#[test]
fn one_address_takes_one_call_more_than_asking_at_most() {
    let one = people("new", 1);
    let mut school = School::new();
    school.check(Role::Teacher, &one);
    assert_eq!(
        *school.asked.borrow(),
        ["teachers.list ", "invitations.find new0@school.example"]
    );
    school = School::new();
    school.students = people("s", 1_000);
    school.open = invited(people("i", 500), Role::Student);
    school.teachers = people("t", 50);
    school.pages = [30, 500];
    school.check(Role::Student, &one);
    assert_eq!(school.calls(), 1 + 1 + 1 + 1);
}

#[test]
fn no_class_takes_more_than_twice_the_calls_of_the_better_way() {
    for typed in [2, 3, 10, 60] {
        for students in [0, 10, 101, 450] {
            for open in [0, 1, 9, 59, 60, 61, 501] {
                let mut school = School::new();
                school.students = people("s", students);
                school.open = invited(people("i", open), Role::Student);
                school.check(Role::Student, &people("new", typed));
                let pages = students.div_ceil(100).max(1);
                let invitations = open.div_ceil(500).max(1) + open;
                let better = 1 + pages.min(typed) + invitations.min(typed);
                let calls = school.calls();
                assert!(calls <= 2 * better, "{typed} {students} {open}: {calls}");
            }
        }
    }
}

#[test]
fn who_was_found_is_not_looked_for_again() {
    let mut school = School::new();
    school.teachers.extend(people("t", 20));
    let checked = school.check(Role::Student, &people("t", 20));
    assert_eq!(checked.states.len(), 20);
    assert_eq!(*school.asked.borrow(), ["teachers.list "]);
}

#[test]
fn nobody_takes_no_call() {
    let school = School::new();
    let checked = school.check(Role::Teacher, &[]);
    assert_eq!((checked.result, checked.steps), (Ok(()), 0));
    assert_eq!(school.calls(), 0);
}

#[test]
fn whose_profile_may_not_be_read_stays_as_they_are() {
    let mut school = School::new();
    school.open = invited(people("i", 3), Role::Teacher);
    school.hidden = vec!["i1@school.example"];
    let checked = school.check(Role::Teacher, &people("i", 9));
    assert_eq!(checked.result, Ok(()));
    assert_eq!(
        checked.states,
        BTreeMap::from([(0, waits("i0@")), (2, waits("i2@"))])
    );
    assert_eq!(checked.steps, 9);
}

#[test]
fn a_passing_error_is_waited_for() {
    let mut school = School::new();
    school.open = invited(people("i", 1), Role::Teacher);
    let school = school
        .fault("teachers.list", unavailable())
        .fault("invitations.list", ApiError::Network)
        .fault("profile", unavailable());
    let checked = school.check(Role::Teacher, &people("i", 4));
    assert_eq!(checked.states, BTreeMap::from([(0, waits("i0@"))]));
    assert_eq!((checked.result, school.pauses.get()), (Ok(()), 3));
}

#[test]
fn what_stands_in_the_way_of_a_list_is_told() {
    for (call, role, people_to_invite) in [
        ("teachers.list", Role::Teacher, 1),
        ("teachers.list", Role::Student, 9),
        ("students.list", Role::Student, 9),
        ("invitations.list", Role::Teacher, 9),
        ("invitations.list", Role::Owner, 1),
    ] {
        let school = School::new().fault(call, forbidden());
        let checked = school.check(role, &people("new", people_to_invite));
        assert_eq!(checked.result, Err(forbidden()), "{call}");
        assert!(checked.states.is_empty());
    }
}

#[test]
fn who_cannot_be_asked_for_stays_as_they_are_and_the_others_are_told() {
    let mut school = School::new();
    school.open = invited(people("i", 500), Role::Teacher);
    let school = school
        .fault("invitations.find", forbidden())
        .fault("invitations.find", unavailable())
        .fault("invitations.find", forbidden());
    let checked = school.check(Role::Teacher, &people("i", 6));
    assert_eq!(checked.result, Ok(()));
    assert_eq!(checked.steps, 6);
    assert_eq!(checked.states.len(), 4);
}

#[test]
fn a_student_who_cannot_be_asked_for_may_still_be_found_among_the_invited() {
    let mut school = School::new();
    school.students = people("s", 1_000);
    school.open = invited(people("i", 500), Role::Student);
    let school = school.fault("students.get", forbidden());
    let checked = school.check(Role::Student, &people("i", 3));
    assert_eq!(checked.states.len(), 3);
}

#[test]
fn what_nobody_can_be_asked_for_with_is_told_at_once() {
    for error in [
        refused(401, Status::Unauthenticated, None),
        refused(403, Status::PermissionDenied, Some(Reason::ScopeMissing)),
        refused(
            401,
            Status::Unauthenticated,
            Some(Reason::AccountStateInvalid),
        ),
    ] {
        let mut school = School::new();
        school.students = people("s", 1_000);
        let school = school.fault("students.get", error.clone());
        let checked = school.check(Role::Student, &people("new", 5));
        assert_eq!(checked.result, Err(error.clone()));
        assert!(school.count("students.get") <= 5);

        let mut school = School::new();
        school.open = invited(people("i", 100), Role::Teacher);
        let school = school.fault("profile", error.clone());
        let checked = school.check(Role::Teacher, &people("i", 400));
        assert_eq!(checked.result, Err(error));
        assert_eq!(school.count("profile"), 4, "those that were in flight");
    }
}

#[test]
fn a_list_that_leads_in_a_circle_is_not_read_for_ever() {
    for (role, people_to_invite) in [(Role::Teacher, 400), (Role::Owner, 400), (Role::Owner, 1)] {
        let mut school = School::new();
        school.circle = Some("again");
        let checked = school.check(role, &people("new", people_to_invite));
        let expected = if people_to_invite == 1 {
            Ok(())
        } else {
            Err(answer::NOT_AS_DOCUMENTED)
        };
        assert_eq!(checked.result, expected);
        assert!(school.calls() <= 3);
    }
}

#[test]
fn lists_are_read_to_their_last_page() {
    let mut school = School::new();
    school.pages = [1, 1];
    school.teachers = people("t", 5);
    school.open = invited(people("i", 5), Role::Teacher);
    let mut typed = people("t", 5);
    typed.extend(people("i", 20));
    let checked = school.check(Role::Teacher, &typed);
    assert_eq!(checked.states.len(), 10);
    assert_eq!(school.count("teachers.get"), 0);
}

#[test]
fn what_is_known_is_told_before_the_rest_is_asked_for() {
    let mut school = School::new();
    school.teachers = people("t", 2);
    school.open = invited(people("i", 3), Role::Teacher);
    let mut typed = people("t", 2);
    typed.extend(people("i", 9));
    let rows = listed(&typed);
    let (course, told) = (course(), Cell::new(0));
    let settle = |_, _| told.set(told.get() + 1);
    {
        let check = pin!(check(
            &school,
            &school,
            &course,
            Role::Teacher,
            &rows,
            settle,
            || {}
        ));
        let patience = pin!(school.clock.sleep(75));
        school.clock.run(select(check, patience));
    }
    // It was dropped here, with a call in flight.
    assert_eq!((told.get(), school.in_flight.get()), (2, 1));
}
