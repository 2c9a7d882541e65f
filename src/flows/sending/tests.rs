//! Runs against a stand-in for the API, in time that passes only while everybody waits for it.
//!
//! Whatever a test is about, [`Office::send`] sees to it that each row was settled exactly once, that
//! never more than four calls were in flight, and never more of them began than a second may have.

use core::{future::ready, ops::Range, pin::pin};
use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use futures_util::future::select;

use super::*;
use crate::{
    classroom::{
        course_ref::CourseId,
        courses::Course,
        error::Refusal,
        invitations::{Invitation, InvitationId},
        page::Page,
        profiles::Profile,
        rosters::Member,
        students::Student,
        user::UserId,
    },
    entry::class_code::ClassCode,
    flows::{
        faults::Fault::{self, After, Before},
        virtual_time::Clock,
    },
};

/// A call that was made.
#[derive(Clone, Debug)]
struct Call {
    /// When it began, in milliseconds.
    at: u64,
    /// When its answer came.
    answered: u64,
    /// Its name: `create`, `add`, `list`, `member`.
    what: &'static str,
    /// What stands before the `@`.
    who: String,
    /// How many of this name there were for this person, this one among them.
    nth: usize,
    /// How many of whatever name there were for anybody before.
    before: usize,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    Running,
    Paused,
    SignedOut,
    Stopped,
}

/// What decides about the faults.
type Rule = Box<dyn Fn(&Call) -> Option<Fault>>;

/// Whoever sends, the class, and everything that happens between them.
#[derive(Default)]
struct Office {
    clock: Clock,
    rule: RefCell<Option<Rule>>,
    /// How long an answer takes, in milliseconds; and for single people.
    latency: Cell<u32>,
    slow: RefCell<BTreeMap<&'static str, u32>>,
    /// The open invitations: role and id.
    open: RefCell<BTreeMap<String, (Role, String)>>,
    students: RefCell<BTreeSet<String>>,
    teachers: RefCell<BTreeSet<String>>,
    /// Asking for one person's invitation tells nothing.
    hides_people: Cell<bool>,
    calls: RefCell<Vec<Call>>,
    in_flight: Cell<usize>,
    most_in_flight: Cell<usize>,
    phase: Cell<Phase>,
    /// The token that turns come with, and the first that is taken.
    token: Cell<u32>,
    valid: Cell<u32>,
    sign_outs: Cell<u32>,
    is_offline: Cell<bool>,
    pauses: RefCell<Vec<Pause>>,
    states: RefCell<BTreeMap<usize, Vec<State>>>,
}

/// The API, with a token.
struct Api {
    office: Rc<Office>,
    token: u32,
}

const COURSE: &str = "741234567890";

fn course() -> CourseRef {
    CourseRef::parse(COURSE).unwrap()
}

fn invite(role: Role) -> Job {
    Job::Invite(course(), role)
}

fn refused(http: u16, status: Status, reason: Option<Reason>) -> ApiError {
    ApiError::Refused(Refusal::new(http, status, reason))
}

fn busy() -> ApiError {
    refused(429, Status::ResourceExhausted, None)
}

/// Too many calls; the answer says after how many milliseconds to come back.
fn busy_for(millis: u32) -> ApiError {
    ApiError::Refused(Refusal {
        retry_after: Some(millis),
        ..Refusal::new(429, Status::ResourceExhausted, None)
    })
}

fn unavailable() -> ApiError {
    refused(503, Status::Unavailable, None)
}

fn precondition(reason: Option<Reason>) -> ApiError {
    refused(400, Status::FailedPrecondition, reason)
}

fn closed() -> ApiError {
    precondition(Some(Reason::CourseNotModifiable))
}

/// What leaves open whether the call was carried out.
fn losses() -> [ApiError; 5] {
    [
        ApiError::Network,
        ApiError::Timeout,
        ApiError::BadResponse {
            http: 200,
            retry_after: None,
        },
        refused(504, Status::DeadlineExceeded, None),
        refused(500, Status::Internal, None),
    ]
}

fn sent(id: &str) -> State {
    State::Sent(InvitationId::parse(id))
}

fn failed(error: ApiError) -> State {
    State::Failed("invitations.create", error)
}

impl Office {
    fn new() -> Rc<Self> {
        let office = Self::default();
        office.latency.set(100);
        Rc::new(office)
    }

    /// Has `rule` decide about faults.
    fn with(rule: impl Fn(&Call) -> Option<Fault> + 'static) -> Rc<Self> {
        let office = Self::new();
        office.rule.replace(Some(Box::new(rule)));
        office
    }

    /// Has these faults happen to the first calls of the name, one each.
    fn with_faults<const N: usize>(what: &'static str, faults: [Fault; N]) -> Rc<Self> {
        Self::with(move |call| {
            let is_it = call.what == what;
            faults.get(call.nth - 1).filter(|_| is_it).cloned()
        })
    }

    /// Sends to `p0`, `p1`, … and gives what became of the run.
    fn send(self: &Rc<Self>, job: &Job, people: usize) -> Result<(), ApiError> {
        self.send_while(job, people, ready(()))
    }

    /// As [`send`](Self::send), while `story` is going on.
    fn send_while(
        self: &Rc<Self>,
        job: &Job,
        people: usize,
        story: impl Future<Output = ()>,
    ) -> Result<(), ApiError> {
        let rows = (0..people).map(|at| {
            let address = EmailAddress::parse(&format!("p{at}@school.example")).unwrap();
            (at, address)
        });
        let ((), ended) = self.clock.run(join(story, run(self, job, rows)));

        let states = self.states.borrow();
        assert_eq!(states.len(), people);
        for (row, states) in states.iter() {
            let settled = states.iter().filter(|state| state.is_settled()).count();
            let last = states.last().unwrap();
            assert!(settled == 1 && last.is_settled(), "row {row}: {states:?}");
        }
        assert!(self.most_in_flight.get() <= AT_ONCE);
        assert_eq!(self.in_flight.get(), 0);
        assert!(self.most_in_a_second(0..u64::MAX) <= 20);
        ended
    }

    /// What the rows have come to.
    fn states(&self) -> Vec<State> {
        let states = self.states.borrow();
        states
            .values()
            .filter_map(|of| of.last().cloned())
            .collect()
    }

    /// What the only row has come to, and which calls that took.
    fn only(&self) -> (State, Vec<&'static str>) {
        let states = self.states();
        assert_eq!(states.len(), 1);
        (states[0].clone(), self.calls_named())
    }

    fn calls_named(&self) -> Vec<&'static str> {
        self.calls.borrow().iter().map(|call| call.what).collect()
    }

    fn count(&self, is_it: impl Fn(&State) -> bool) -> usize {
        self.states().iter().filter(|state| is_it(state)).count()
    }

    /// The calls of a name for a person.
    fn tries(&self, what: &str, who: &str) -> usize {
        let calls = self.calls.borrow();
        let of_them = calls
            .iter()
            .filter(|call| call.what == what && call.who == who);
        of_them.count()
    }

    /// The most calls that began in any second that begins within `when`.
    fn most_in_a_second(&self, when: Range<u64>) -> usize {
        let calls = self.calls.borrow();
        let from = |begin: u64| {
            let second = begin..begin + 1_000;
            calls
                .iter()
                .filter(|call| second.contains(&call.at))
                .count()
        };
        let begins = calls
            .iter()
            .map(|call| call.at)
            .filter(|at| when.contains(at));
        begins.map(from).max().unwrap_or(0)
    }

    fn begun_within(&self, when: Range<u64>) -> usize {
        let calls = self.calls.borrow();
        calls.iter().filter(|call| when.contains(&call.at)).count()
    }

    /// The token runs out.
    fn expire(&self) {
        self.valid.set(self.token.get() + 1);
    }

    /// Somebody signs in again.
    fn sign_in(&self) {
        self.token.set(self.token.get() + 1);
        self.phase.set(Phase::Running);
    }

    fn invited(&self) -> usize {
        self.open.borrow().len()
    }
}

impl Api {
    /// Notes the call, takes the time for it, and gives its answer unless there is a fault.
    async fn answer<T>(
        &self,
        what: &'static str,
        user: &str,
        effect: impl FnOnce(&Office, &str) -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        let office = &self.office;
        let (who, domain) = user.split_once('@').unwrap();
        assert_eq!(domain, "school.example");
        let mut call = Call {
            at: office.clock.now(),
            answered: u64::MAX,
            what,
            who: who.to_owned(),
            nth: office.tries(what, who) + 1,
            before: office.calls.borrow().len(),
        };
        let place = call.before;
        office.calls.borrow_mut().push(call.clone());
        office.in_flight.set(office.in_flight.get() + 1);
        let most = office.most_in_flight.get().max(office.in_flight.get());
        office.most_in_flight.set(most);
        let was_expired = self.is_expired();
        let slow = office.slow.borrow().get(who).copied();
        office
            .clock
            .sleep(slow.unwrap_or(office.latency.get()))
            .await;
        office.in_flight.set(office.in_flight.get() - 1);
        call.answered = office.clock.now();
        office.calls.borrow_mut()[place].answered = call.answered;

        let expired = || {
            let reason = Some(Reason::AccessTokenExpired);
            Err(refused(401, Status::Unauthenticated, reason))
        };
        if was_expired {
            return expired();
        }
        let rule = office.rule.borrow();
        match rule.as_ref().and_then(|rule| rule(&call)) {
            None if self.is_expired() => expired(),
            None => effect(office, who),
            Some(Before(error)) => Err(error),
            Some(After(error)) => effect(office, who).and(Err(error)),
        }
    }

    fn is_expired(&self) -> bool {
        self.token < self.office.valid.get()
    }
}

fn invitation(who: &str, (role, id): &(Role, String)) -> Invitation {
    Invitation {
        id: InvitationId::parse(id).unwrap(),
        user: UserId::parse(who.trim_start_matches('p')).unwrap(),
        course: CourseId::parse(COURSE).unwrap(),
        role: *role,
    }
}

fn member(who: &str) -> Member {
    Member {
        user: UserId::parse(who.trim_start_matches('p')).unwrap(),
        profile: Profile::default(),
    }
}

impl Invitations for Api {
    async fn create(
        &self,
        course: &CourseRef,
        user: &str,
        role: Role,
    ) -> Result<Invitation, ApiError> {
        assert_eq!(course.as_str(), COURSE);
        let effect = |office: &Office, who: &str| {
            let mut open = office.open.borrow_mut();
            if open.contains_key(who) {
                return Err(refused(409, Status::AlreadyExists, None));
            }
            let is_teacher = office.teachers.borrow().contains(who);
            let is_student = office.students.borrow().contains(who);
            if is_teacher && role != Role::Owner || is_student && role == Role::Student {
                return Err(precondition(None));
            }
            let new = (role, format!("of-{who}"));
            let made = invitation(who, &new);
            open.insert(who.to_owned(), new);
            Ok(made)
        };
        self.answer("create", user, effect).await
    }

    async fn list(&self, of: Of<'_>, page: Option<&str>) -> Result<Page<Invitation>, ApiError> {
        let Of::Person { course, user } = of else {
            unreachable!("one person is asked for");
        };
        assert_eq!((course.as_str(), page), (COURSE, None));
        let effect = |office: &Office, who: &str| {
            let open = office.open.borrow();
            let found = open.get(who).filter(|_| !office.hides_people.get());
            Ok(Page {
                items: found
                    .map(|found| invitation(who, found))
                    .into_iter()
                    .collect(),
                next: None,
            })
        };
        self.answer("list", user, effect).await
    }

    async fn accept(&self, _: &InvitationId) -> Result<(), ApiError> {
        unreachable!("nobody accepts for somebody else")
    }

    async fn delete(&self, _: &InvitationId) -> Result<(), ApiError> {
        unreachable!("nothing is withdrawn")
    }

    async fn get(&self, _: &InvitationId) -> Result<Invitation, ApiError> {
        unreachable!("the id is what is not known")
    }
}

impl Rosters for Api {
    async fn members(
        &self,
        _: &CourseRef,
        _: Role,
        _: Option<&str>,
    ) -> Result<Page<Member>, ApiError> {
        unreachable!("one person is asked for")
    }

    async fn member(&self, _: &CourseRef, role: Role, user: &str) -> Result<Member, ApiError> {
        let effect = |office: &Office, who: &str| {
            let list = match role {
                Role::Student => &office.students,
                Role::Teacher | Role::Owner => &office.teachers,
            };
            let is_there = list.borrow().contains(who);
            is_there
                .then(|| member(who))
                .ok_or(refused(404, Status::NotFound, None))
        };
        self.answer("member", user, effect).await
    }

    async fn add_student(&self, course: &CourseRef, user: &str) -> Result<Member, ApiError> {
        assert_eq!(course.as_str(), COURSE);
        let effect = |office: &Office, who: &str| {
            let is_new = !office.teachers.borrow().contains(who)
                && office.students.borrow_mut().insert(who.to_owned());
            is_new
                .then(|| member(who))
                .ok_or(refused(409, Status::AlreadyExists, None))
        };
        self.answer("add", user, effect).await
    }

    async fn profile(&self, _: &str) -> Result<Profile, ApiError> {
        unreachable!("names are not needed")
    }
}

impl World for Rc<Office> {
    async fn pause(&self, pause: Pause, _: Option<&ApiError>) {
        self.pauses.borrow_mut().push(pause);
        let stopped = self.clock.until(|| self.phase.get() == Phase::Stopped);
        let over = async {
            match pause {
                Pause::For(millis) => self.clock.sleep(millis).await,
                Pause::Offline => self.clock.until(|| !self.is_offline.get()).await,
            }
        };
        select(pin!(over), pin!(stopped)).await;
    }

    async fn sleep(&self, millis: u32) {
        self.clock.sleep(millis).await;
    }

    fn chance(&self) -> f64 {
        0.5
    }

    fn is_offline(&self) -> bool {
        self.is_offline.get()
    }
}

impl Desk for Rc<Office> {
    type Api = Api;

    async fn turn(&self) -> Option<Api> {
        let goes_on = || matches!(self.phase.get(), Phase::Running | Phase::Stopped);
        self.clock.until(goes_on).await;
        (self.phase.get() == Phase::Running).then(|| Api {
            office: Rc::clone(self),
            token: self.token.get(),
        })
    }

    fn signed_out(&self, error: &ApiError) {
        assert!(error.is(&Status::Unauthenticated));
        self.sign_outs.set(self.sign_outs.get() + 1);
        if self.phase.get() == Phase::Running {
            self.phase.set(Phase::SignedOut);
        }
    }

    fn is_stopped(&self) -> bool {
        self.phase.get() == Phase::Stopped
    }

    fn settle(&self, row: usize, state: State) {
        self.states.borrow_mut().entry(row).or_default().push(state);
    }
}

#[test]
fn sixteen_calls_begin_in_a_second_however_fast_the_answers_are() {
    let office = Office::new();
    office.latency.set(1);
    assert_eq!(office.send(&invite(Role::Teacher), 100), Ok(()));
    assert_eq!(office.most_in_a_second(0..u64::MAX), 16);
    assert_eq!(office.begun_within(0..5_000), 80);
    assert_eq!((office.invited(), office.calls.borrow().len()), (100, 100));
}

#[test]
fn four_calls_are_in_flight_however_slow_the_answers_are() {
    let office = Office::new();
    office.latency.set(2_000);
    assert_eq!(office.send(&invite(Role::Teacher), 21), Ok(()));
    assert_eq!(office.most_in_flight.get(), 4);
    // Six times four of them, one after the other: nothing waits beside that.
    assert_eq!(office.clock.now(), 6 * 2_000);
}

#[test]
fn each_row_is_sending_and_then_sent_by_its_own_invitation() {
    let office = Office::new();
    assert_eq!(office.send(&invite(Role::Student), 9), Ok(()));
    for (row, states) in office.states.borrow().iter() {
        assert_eq!(*states, [State::Sending, sent(&format!("of-p{row}"))]);
    }
    let open = office.open.borrow();
    assert!(open.values().all(|(role, _)| *role == Role::Student));
}

#[test]
fn students_are_added_and_have_no_invitation() {
    let office = Office::new();
    assert_eq!(office.send(&Job::Add(course()), 6), Ok(()));
    assert_eq!(office.students.borrow().len(), 6);
    assert_eq!(office.count(|state| *state == State::Sent(None)), 6);
    assert_eq!(office.calls_named(), ["add"; 6]);
}

#[test]
fn where_there_is_nobody_nothing_is_done() {
    let office = Office::new();
    office.phase.set(Phase::Paused);
    assert_eq!(office.send(&invite(Role::Teacher), 0), Ok(()));
    assert_eq!(office.clock.now(), 0);
}

#[test]
fn five_hundred_are_invited_once_each_though_a_tenth_of_the_calls_is_refused() {
    let office = Office::with(|call| (call.before % 10 == 3).then(|| Before(busy())));
    assert_eq!(office.send(&invite(Role::Teacher), 500), Ok(()));
    assert_eq!(office.invited(), 500);
    assert_eq!(
        office.count(|state| matches!(state, State::Sent(Some(_)))),
        500
    );
    // The rest were refused: nothing was sent that had come through.
    let calls = office.calls.borrow().len();
    assert_eq!(calls - calls.div_ceil(10), 500);
}

#[test]
fn a_busy_api_is_asked_less_often_and_then_as_often_as_before() {
    let office = Office::with(|call| {
        let is_rush = (2_000..6_000).contains(&call.at);
        // Whoever may come back at once does.
        is_rush.then(|| Before(busy_for(0)))
    });
    office.latency.set(10);
    assert_eq!(office.send(&invite(Role::Teacher), 300), Ok(()));
    assert_eq!(office.begun_within(0..1_000), 16);
    // Each of the four takes a second, as long as that goes on.
    let in_the_rush = office.most_in_a_second(4_000..5_000);
    assert!((1..=4).contains(&in_the_rush), "{in_the_rush}");
    let just_after = office.begun_within(6_000..7_000);
    assert!(just_after < 8, "{just_after}");
    let end = office.clock.now();
    assert_eq!(office.most_in_a_second(end - 5_000..end), 16);
}

#[test]
fn a_lost_answer_is_looked_up_and_what_is_found_was_sent() {
    for lost in losses() {
        let office = Office::with_faults("create", [After(lost.clone())]);
        assert_eq!(office.send(&invite(Role::Teacher), 1), Ok(()));
        let found = (sent("of-p0"), vec!["create", "list"]);
        assert_eq!(office.only(), found, "{lost:?}");
        assert_eq!(*office.pauses.borrow(), []);

        let office = Office::with_faults("add", [After(lost.clone())]);
        assert_eq!(office.send(&Job::Add(course()), 1), Ok(()));
        let found = (State::Sent(None), vec!["add", "member"]);
        assert_eq!(office.only(), found, "{lost:?}");
    }
}

#[test]
fn what_was_lost_on_the_way_there_is_sent_again_after_the_look_up() {
    let lost = losses()
        .into_iter()
        .filter(|lost| *lost != ApiError::Timeout);
    for lost in lost {
        let office = Office::with_faults("create", [Before(lost.clone())]);
        assert_eq!(office.send(&invite(Role::Teacher), 1), Ok(()));
        let again = (sent("of-p0"), vec!["create", "list", "create"]);
        assert_eq!(office.only(), again, "{lost:?}");
        assert_eq!(*office.pauses.borrow(), [Pause::For(250)]);

        let office = Office::with_faults("add", [Before(lost.clone())]);
        assert_eq!(office.send(&Job::Add(course()), 1), Ok(()));
        let again = (State::Sent(None), vec!["add", "member", "add"]);
        assert_eq!(office.only(), again, "{lost:?}");
    }
}

#[test]
fn whoever_waited_for_the_whole_limit_is_told_so_after_the_look_up() {
    let office = Office::with_faults("create", [Before(ApiError::Timeout)]);
    assert_eq!(office.send(&invite(Role::Teacher), 1), Ok(()));
    let told = (failed(ApiError::Timeout), vec!["create", "list"]);
    assert_eq!(office.only(), told);
}

#[test]
fn a_look_up_without_an_answer_is_made_again_before_the_row_is_sent_again() {
    for lost in [ApiError::Timeout, unavailable()] {
        let office = Office::with(move |call| match (call.what, call.nth) {
            ("create", 1) => Some(After(lost.clone())),
            ("list", 1) => Some(Before(busy())),
            ("list", 2) => Some(Before(ApiError::Network)),
            _ => None,
        });
        assert_eq!(office.send(&invite(Role::Teacher), 1), Ok(()));
        let calls = vec!["create", "list", "list", "list"];
        assert_eq!(office.only(), (sent("of-p0"), calls));
        assert_eq!(*office.pauses.borrow(), [Pause::For(250), Pause::For(500)]);
    }
}

#[test]
fn a_look_up_that_never_answers_leaves_the_answer_that_was_lost() {
    let lost = refused(504, Status::DeadlineExceeded, None);
    let office = Office::with({
        let lost = lost.clone();
        move |call| match call.what {
            "create" => Some(After(lost.clone())),
            _ => Some(Before(unavailable())),
        }
    });
    assert_eq!(office.send(&invite(Role::Teacher), 1), Ok(()));
    let calls = vec!["create", "list", "list", "list", "list", "list"];
    assert_eq!(office.only(), (failed(lost), calls));
}

#[test]
fn where_looking_up_is_forbidden_the_repeat_tells() {
    let office = Office::with(|call| match (call.what, call.nth) {
        ("create", 1) => Some(After(unavailable())),
        ("list", _) => Some(Before(refused(403, Status::PermissionDenied, None))),
        _ => None,
    });
    assert_eq!(office.send(&invite(Role::Teacher), 1), Ok(()));
    let calls = vec!["create", "list", "create", "list"];
    assert_eq!(office.only(), (State::Sent(None), calls));
}

#[test]
fn a_repeat_that_finds_the_invitation_there_has_done_what_was_wanted() {
    let office = Office::with_faults("create", [After(ApiError::Network)]);
    office.hides_people.set(true);
    assert_eq!(office.send(&invite(Role::Teacher), 1), Ok(()));
    let calls = vec!["create", "list", "create", "list"];
    assert_eq!(office.only(), (State::Sent(None), calls));

    let office = Office::with(|call| match (call.what, call.nth) {
        ("add", 1) => Some(After(ApiError::Network)),
        ("member", _) => Some(Before(refused(404, Status::NotFound, None))),
        _ => None,
    });
    assert_eq!(office.send(&Job::Add(course()), 1), Ok(()));
    assert_eq!(office.only().0, State::Sent(None));
}

#[test]
fn the_id_of_what_a_repeat_finds_is_looked_up() {
    let office = Office::with(|call| match (call.what, call.nth) {
        ("create", 1) => Some(After(unavailable())),
        ("list", 1) => Some(Before(refused(403, Status::PermissionDenied, None))),
        _ => None,
    });
    assert_eq!(office.send(&invite(Role::Teacher), 1), Ok(()));
    assert_eq!(office.only().0, sent("of-p0"));
}

#[test]
fn an_invitation_in_another_role_is_not_taken_for_the_one_that_was_lost() {
    let office = Office::with_faults("create", [Before(ApiError::Network)]);
    let old = (Role::Student, "old".to_owned());
    office.open.borrow_mut().insert("p0".to_owned(), old);
    assert_eq!(office.send(&invite(Role::Teacher), 1), Ok(()));
    let waits = State::AlreadyInvited(InvitationId::parse("old"));
    assert_eq!(office.only(), (waits, vec!["create", "list"]));
}

#[test]
fn whoever_is_invited_or_in_the_class_already_is_told_apart() {
    let office = Office::new();
    let old = (Role::Student, "old".to_owned());
    office.open.borrow_mut().insert("p0".to_owned(), old);
    assert_eq!(office.send(&invite(Role::Teacher), 1), Ok(()));
    let invited = State::AlreadyInvited(None);
    assert_eq!(office.only(), (invited, vec!["create"]));

    let office = Office::new();
    office.students.borrow_mut().insert("p0".to_owned());
    office.teachers.borrow_mut().insert("p1".to_owned());
    assert_eq!(office.send(&Job::Add(course()), 2), Ok(()));
    assert_eq!(
        office.states(),
        [State::AlreadyMember, State::AlreadyMember]
    );
    assert_eq!(office.calls_named(), ["add", "add"]);
}

#[test]
fn a_bare_refusal_is_looked_up_among_those_who_are_in_the_class() {
    let precondition = precondition(None);
    for (role, is_teacher, is_student, state, lookups) in [
        (Role::Teacher, true, false, State::AlreadyMember, 1),
        (Role::Student, true, false, State::AlreadyMember, 1),
        (Role::Student, false, true, State::AlreadyMember, 2),
        (Role::Student, false, false, failed(precondition.clone()), 2),
        (Role::Teacher, false, false, failed(precondition.clone()), 1),
        // A student may be invited to teach, so that this is no reason.
        (Role::Teacher, false, true, failed(precondition.clone()), 1),
        // A teacher is whom one offers a class to.
        (Role::Owner, true, false, failed(precondition.clone()), 0),
    ] {
        let office = Office::with_faults("create", [Before(precondition.clone())]);
        if is_teacher {
            office.teachers.borrow_mut().insert("p0".to_owned());
        }
        if is_student {
            office.students.borrow_mut().insert("p0".to_owned());
        }
        assert_eq!(office.send(&invite(role), 1), Ok(()));
        let calls = core::iter::once("create").chain([("member"); 2].into_iter().take(lookups));
        assert_eq!(office.only(), (state, calls.collect()), "{role:?}");
    }
}

#[test]
fn looking_for_a_member_is_patient() {
    let office = Office::with_faults("member", [Before(unavailable())]);
    office.teachers.borrow_mut().insert("p0".to_owned());
    assert_eq!(office.send(&invite(Role::Teacher), 1), Ok(()));
    assert_eq!(office.only().0, State::AlreadyMember);
}

#[test]
fn a_refusal_with_a_reason_is_told_as_it_is() {
    let error = precondition(Some(Reason::IneligibleOwner));
    let office = Office::with_faults("create", [Before(error.clone())]);
    assert_eq!(office.send(&invite(Role::Owner), 1), Ok(()));
    assert_eq!(office.only(), (failed(error), vec!["create"]));
}

#[test]
fn whoever_owns_the_class_already_needs_no_offer() {
    let owns = precondition(Some(Reason::UserAlreadyOwner));
    let office = Office::with_faults("create", [Before(owns)]);
    assert_eq!(office.send(&invite(Role::Owner), 1), Ok(()));
    assert_eq!(office.only(), (State::AlreadyMember, vec!["create"]));
}

#[test]
fn a_token_that_runs_out_holds_the_rows_up_until_there_is_another_one() {
    let office = Office::new();
    let story = async {
        office.clock.sleep(1_010).await;
        office.expire();
        office.clock.sleep(60_000).await;
        office.sign_in();
    };
    assert_eq!(
        office.send_while(&invite(Role::Teacher), 100, story),
        Ok(())
    );
    assert_eq!(office.sign_outs.get(), 1, "all four are one");
    assert_eq!(office.begun_within(1_250..61_010), 0);
    assert_eq!(office.invited(), 100);
    assert_eq!(
        office.count(|state| matches!(state, State::Sent(Some(_)))),
        100
    );
    // The four that were in flight went back, and were sent once more.
    assert_eq!(office.calls.borrow().len(), 104);
    let back = [State::Sending, State::Ready, State::Sending];
    let states = office.states.borrow();
    assert_eq!(
        states
            .values()
            .filter(|states| states.starts_with(&back))
            .count(),
        4
    );
}

#[test]
fn a_late_refusal_of_the_old_token_says_nothing_about_the_new_one() {
    let office = Office::new();
    office.slow.borrow_mut().insert("p1", 14_000);
    let story = async {
        office.clock.sleep(50).await;
        office.expire();
        office.clock.sleep(5_000).await;
        office.sign_in();
    };
    assert_eq!(office.send_while(&invite(Role::Teacher), 40, story), Ok(()));
    assert_eq!(office.sign_outs.get(), 1);
    assert_eq!((office.invited(), office.tries("create", "p1")), (40, 2));
}

#[test]
fn tokens_may_run_out_again_and_again() {
    let office = Office::new();
    let story = async {
        for _ in 0..3 {
            office.clock.sleep(1_500).await;
            office.expire();
            office.clock.sleep(1_500).await;
            office.sign_in();
        }
    };
    assert_eq!(
        office.send_while(&invite(Role::Teacher), 100, story),
        Ok(())
    );
    assert_eq!((office.sign_outs.get(), office.invited()), (3, 100));
}

#[test]
fn who_waits_to_try_again_makes_no_call_with_a_token_that_ran_out() {
    let office = Office::with(|call| {
        let is_it = call.who == "p0" && call.nth == 1;
        is_it.then(|| Before(busy_for(3_000)))
    });
    let story = async {
        office.clock.sleep(400).await;
        office.expire();
        office.clock.sleep(60_000).await;
        office.sign_in();
    };
    assert_eq!(office.send_while(&invite(Role::Teacher), 12, story), Ok(()));
    assert_eq!(office.begun_within(1_000..60_400), 0);
    assert_eq!((office.invited(), office.tries("create", "p0")), (12, 2));
}

#[test]
fn a_look_up_that_the_token_did_not_last_for_is_made_before_the_row_is_sent_again() {
    let office = Office::with_faults("create", [After(ApiError::Network)]);
    let story = async {
        office.clock.sleep(200).await;
        office.expire();
        office.clock.sleep(5_000).await;
        office.sign_in();
    };
    assert_eq!(office.send_while(&invite(Role::Teacher), 1, story), Ok(()));
    let calls = vec!["create", "list", "list"];
    assert_eq!(office.only(), (sent("of-p0"), calls));
}

#[test]
fn no_look_up_is_made_with_a_token_that_others_have_seen_run_out() {
    let office = Office::with(|call| {
        let is_it = call.who == "p0" && call.what == "create";
        is_it.then_some(After(ApiError::Network))
    });
    office.slow.borrow_mut().insert("p0", 2_000);
    let story = async {
        office.clock.sleep(600).await;
        office.expire();
        office.clock.sleep(60_000).await;
        office.sign_in();
    };
    assert_eq!(office.send_while(&invite(Role::Teacher), 20, story), Ok(()));
    assert_eq!(office.begun_within(1_000..60_600), 0);
    assert_eq!(office.states()[0], sent("of-p0"));
    assert_eq!((office.invited(), office.tries("create", "p0")), (20, 1));
}

#[test]
fn an_account_that_is_barred_ends_the_run() {
    for reason in [Reason::AccountStateInvalid, Reason::UserBlockedByAdmin] {
        let barred = refused(401, Status::Unauthenticated, Some(reason));
        let office = Office::with({
            let barred = barred.clone();
            move |call| (call.at > 500).then(|| Before(barred.clone()))
        });
        assert_eq!(
            office.send(&invite(Role::Teacher), 100),
            Err(barred.clone())
        );
        assert_eq!(office.sign_outs.get(), 0, "no other token would help");
        assert_eq!(office.count(|state| *state == failed(barred.clone())), 4);
        assert_eq!(
            office.count(|state| *state == State::Skipped),
            100 - 4 - office.invited()
        );
    }
}

#[test]
fn used_up_invitations_and_a_missing_permission_end_the_run() {
    for error in [
        refused(
            429,
            Status::ResourceExhausted,
            Some(Reason::UserInvitationQuotaExhausted),
        ),
        refused(403, Status::PermissionDenied, Some(Reason::ScopeMissing)),
    ] {
        let office = Office::with({
            let error = error.clone();
            move |call| (call.before >= 10).then(|| Before(error.clone()))
        });
        assert_eq!(office.send(&invite(Role::Student), 50), Err(error.clone()));
        assert_eq!(office.invited(), 10);
        let failed = office.count(|state| *state == failed(error.clone()));
        assert!((1..=4).contains(&failed), "{failed}");
        assert_eq!(office.count(|state| *state == State::Skipped), 40 - failed);
        assert_eq!(office.calls.borrow().len(), 10 + failed);
    }
}

#[test]
fn what_waits_to_be_tried_again_is_not_once_the_run_has_ended() {
    let quota = || {
        refused(
            429,
            Status::ResourceExhausted,
            Some(Reason::UserInvitationQuotaExhausted),
        )
    };
    let office = Office::with(move |call| match &*call.who {
        "p0" => Some(Before(busy())),
        _ => (call.at > 0).then(|| Before(quota())),
    });
    assert_eq!(office.send(&invite(Role::Teacher), 20), Err(quota()));
    assert_eq!(office.states()[0], failed(busy()));
    let last = office.calls.borrow().last().unwrap().at;
    assert!(last <= 750, "{last}");
}

#[test]
fn four_refusals_in_a_row_for_a_reason_that_is_not_the_rows_end_the_run() {
    let office = Office::with(|_| Some(Before(closed())));
    assert_eq!(office.send(&invite(Role::Teacher), 30), Err(closed()));
    // Those that are in flight by then are the last.
    let failed = office.count(|state| *state == failed(closed()));
    assert!((4..=7).contains(&failed), "{failed}");
    assert_eq!(office.count(|state| *state == State::Skipped), 30 - failed);
}

#[test]
fn three_refusals_in_a_row_do_not() {
    let office = Office::with(|call| (call.before % 4 != 3).then(|| Before(closed())));
    assert_eq!(office.send(&invite(Role::Teacher), 30), Ok(()));
    assert_eq!(office.invited(), 7);
}

#[test]
fn refusals_for_different_reasons_or_for_the_rows_own_do_not_add_up() {
    let gone = || precondition(Some(Reason::InactiveCourseOwner));
    let office = Office::with(move |call| {
        let error = if call.before % 2 == 0 {
            closed()
        } else {
            gone()
        };
        Some(Before(error))
    });
    assert_eq!(office.send(&invite(Role::Teacher), 20), Ok(()));

    let outsider = Reason::CannotInviteUserInUntrustedDomain;
    let outsider = refused(403, Status::PermissionDenied, Some(outsider));
    let office = Office::with(move |_| Some(Before(outsider.clone())));
    assert_eq!(office.send(&invite(Role::Teacher), 20), Ok(()));
    assert_eq!(office.calls.borrow().len(), 20);

    let unknown = refused(404, Status::NotFound, None);
    let office = Office::with(move |_| Some(Before(unknown.clone())));
    assert_eq!(office.send(&invite(Role::Teacher), 20), Ok(()));
    assert_eq!(office.calls.borrow().len(), 20);
}

#[test]
fn a_class_that_is_full_takes_nobody_more() {
    let full = || precondition(Some(Reason::CourseMemberLimitReached));
    let office = Office::with(move |call| (call.before >= 5).then(|| Before(full())));
    assert_eq!(office.send(&Job::Add(course()), 30), Err(full()));
    assert_eq!(office.students.borrow().len(), 5);
    let skipped = office.count(|state| *state == State::Skipped);
    assert!((30 - 5 - 7..=30 - 5 - 4).contains(&skipped), "{skipped}");
}

#[test]
fn a_row_whose_tries_are_used_up_has_failed_with_the_last_error_and_the_others_go_on() {
    let office = Office::with(|call| match (&*call.who, call.nth) {
        ("p2", 5) => Some(Before(unavailable())),
        ("p2", _) => Some(Before(busy())),
        _ => None,
    });
    assert_eq!(office.send(&invite(Role::Teacher), 20), Ok(()));
    assert_eq!(office.tries("create", "p2"), 5);
    assert_eq!(office.states()[2], failed(unavailable()));
    assert_eq!(office.invited(), 19);
}

#[test]
fn an_answer_that_names_how_long_to_wait_is_heeded() {
    let office = Office::with_faults("create", [Before(busy_for(7_000))]);
    assert_eq!(office.send(&invite(Role::Teacher), 1), Ok(()));
    let calls = office.calls.borrow();
    assert!(calls[1].at - calls[0].answered >= 7_000);
}

#[test]
fn while_it_is_paused_what_is_in_flight_ends_and_nothing_begins() {
    let office = Office::new();
    office.latency.set(600);
    let story = async {
        office.clock.sleep(1_300).await;
        office.phase.set(Phase::Paused);
        office.clock.sleep(1_000).await;
        let on_their_way = office.count(|state| !state.is_settled());
        // The next ones stand as they stood.
        assert_eq!((office.states().len(), on_their_way), (12, 0));
        office.clock.sleep(100_000).await;
        office.phase.set(Phase::Running);
    };
    assert_eq!(office.send_while(&invite(Role::Teacher), 30, story), Ok(()));
    assert_eq!(office.begun_within(1_300..102_300), 0);
    assert_eq!(office.invited(), 30);
}

#[test]
fn what_is_to_be_tried_again_waits_while_it_is_paused() {
    let office = Office::with_faults("create", [Before(busy())]);
    let story = async {
        office.clock.sleep(300).await;
        office.phase.set(Phase::Paused);
        office.clock.sleep(10_000).await;
        office.phase.set(Phase::Running);
    };
    assert_eq!(office.send_while(&invite(Role::Teacher), 1, story), Ok(()));
    assert_eq!(office.only(), (sent("of-p0"), vec!["create", "create"]));
    assert_eq!(office.begun_within(300..10_300), 0);
}

#[test]
fn a_run_that_is_paused_over_its_last_row_ends() {
    let office = Office::new();
    let story = async {
        office.clock.sleep(50).await;
        office.phase.set(Phase::Paused);
    };
    assert_eq!(office.send_while(&invite(Role::Teacher), 4, story), Ok(()));
    assert_eq!(office.invited(), 4);
}

#[test]
fn when_it_is_stopped_what_is_in_flight_is_settled_and_the_rest_is_skipped() {
    let office = Office::new();
    office.latency.set(600);
    let story = async {
        office.clock.sleep(1_300).await;
        office.phase.set(Phase::Stopped);
    };
    assert_eq!(office.send_while(&invite(Role::Teacher), 30, story), Ok(()));
    assert_eq!((office.invited(), office.calls.borrow().len()), (12, 12));
    assert_eq!(
        office.count(|state| matches!(state, State::Sent(Some(_)))),
        12
    );
    assert_eq!(office.count(|state| *state == State::Skipped), 18);
    assert_eq!(office.clock.now(), 1_800);
}

#[test]
fn when_it_is_stopped_nothing_is_waited_for_or_tried_again() {
    let long = || busy_for(50_000);
    let office = Office::with(move |_| Some(Before(long())));
    let story = async {
        office.clock.sleep(2_000).await;
        office.phase.set(Phase::Stopped);
    };
    assert_eq!(office.send_while(&invite(Role::Teacher), 9, story), Ok(()));
    assert_eq!(office.calls.borrow().len(), 4);
    assert_eq!(office.count(|state| *state == failed(long())), 4);
    assert_eq!(office.count(|state| *state == State::Skipped), 5);

    // Nor is a wait begun.
    let office = Office::with(move |_| Some(Before(long())));
    let story = async {
        office.clock.sleep(50).await;
        office.phase.set(Phase::Stopped);
    };
    assert_eq!(office.send_while(&invite(Role::Teacher), 9, story), Ok(()));
    assert_eq!(*office.pauses.borrow(), []);
}

#[test]
fn an_answer_that_was_lost_is_looked_up_even_when_it_is_stopped() {
    let office = Office::with_faults("create", [After(ApiError::Network)]);
    let story = async {
        office.clock.sleep(50).await;
        office.phase.set(Phase::Stopped);
    };
    assert_eq!(office.send_while(&invite(Role::Teacher), 6, story), Ok(()));
    assert_eq!(
        office.count(|state| matches!(state, State::Sent(Some(_)))),
        4
    );
    assert_eq!(office.count(|state| *state == State::Skipped), 2);
}

#[test]
fn a_run_can_be_stopped_while_it_is_paused_or_signed_out() {
    for is_signed_out in [false, true] {
        let office = Office::new();
        let story = async {
            office.clock.sleep(300).await;
            if is_signed_out {
                office.expire();
            } else {
                office.phase.set(Phase::Paused);
            }
            office.clock.sleep(3_000).await;
            office.phase.set(Phase::Stopped);
        };
        assert_eq!(office.send_while(&invite(Role::Teacher), 30, story), Ok(()));
        let skipped = office.count(|state| *state == State::Skipped);
        assert_eq!(office.invited() + skipped, 30, "nothing has failed");
        assert!(office.clock.now() < 4_000);
    }
}

#[test]
fn a_lost_answer_that_could_not_be_looked_up_any_more_is_no_row_that_was_skipped() {
    let office = Office::with_faults("create", [After(ApiError::Network)]);
    let story = async {
        office.clock.sleep(200).await;
        office.expire();
        office.clock.sleep(3_000).await;
        office.phase.set(Phase::Stopped);
    };
    assert_eq!(office.send_while(&invite(Role::Teacher), 1, story), Ok(()));
    let told = (failed(ApiError::Network), vec!["create", "list"]);
    assert_eq!(office.only(), told);
}

#[test]
fn without_a_network_nothing_is_sent_until_it_is_back() {
    let office = Office::new();
    office.is_offline.set(true);
    let story = async {
        office.clock.sleep(90_000).await;
        office.is_offline.set(false);
    };
    assert_eq!(office.send_while(&invite(Role::Teacher), 10, story), Ok(()));
    assert_eq!(office.begun_within(0..90_000), 0);
    // Each of the four has waited once.
    assert_eq!(*office.pauses.borrow(), [Pause::Offline; 4]);
    assert_eq!((office.invited(), office.calls.borrow().len()), (10, 10));
}

#[test]
fn a_run_can_be_paused_or_stopped_while_there_is_no_network() {
    let office = Office::new();
    office.is_offline.set(true);
    let story = async {
        office.clock.sleep(1_000).await;
        office.phase.set(Phase::Paused);
        office.clock.sleep(4_000).await;
        office.is_offline.set(false);
        office.clock.sleep(5_000).await;
        office.phase.set(Phase::Running);
    };
    assert_eq!(office.send_while(&invite(Role::Teacher), 10, story), Ok(()));
    assert_eq!((office.begun_within(0..10_000), office.invited()), (0, 10));

    let office = Office::new();
    office.is_offline.set(true);
    let story = async {
        office.clock.sleep(1_000).await;
        office.phase.set(Phase::Stopped);
    };
    assert_eq!(office.send_while(&invite(Role::Teacher), 10, story), Ok(()));
    assert_eq!(office.calls_named(), Vec::<&str>::new());
    assert_eq!(office.count(|state| *state == State::Skipped), 10);
}

#[test]
fn a_network_that_goes_away_is_waited_for_and_then_lost_answers_are_looked_up() {
    let office = Office::with(|call| {
        let is_gone = |at| (1_000..40_000).contains(&at);
        match (is_gone(call.at), is_gone(call.answered)) {
            (true, _) => Some(Before(ApiError::Network)),
            (false, true) => Some(After(ApiError::Network)),
            (false, false) => None,
        }
    });
    let story = async {
        office.clock.sleep(1_000).await;
        office.is_offline.set(true);
        office.clock.sleep(39_000).await;
        office.is_offline.set(false);
    };
    office.latency.set(70);
    assert_eq!(office.send_while(&invite(Role::Teacher), 60, story), Ok(()));
    assert_eq!(office.invited(), 60);
    assert_eq!(
        office.count(|state| matches!(state, State::Sent(Some(_)))),
        60
    );
    assert_eq!(office.begun_within(1_500..40_000), 0);
    let pauses = office.pauses.borrow();
    assert_eq!(*pauses, [Pause::Offline; 4]);
}

#[test]
fn a_network_that_goes_away_unseen_is_survived_as_long_as_the_tries_last() {
    let office = Office::with(|call| {
        let is_gone = (1_000..2_500).contains(&call.at);
        is_gone.then_some(Before(ApiError::Network))
    });
    assert_eq!(office.send(&invite(Role::Teacher), 60), Ok(()));
    assert_eq!(office.invited(), 60);
    assert_eq!(
        office.count(|state| matches!(state, State::Sent(Some(_)))),
        60
    );
}

#[test]
fn all_of_it_at_once_still_invites_each_of_five_hundred_exactly_once() {
    let office = Office::with(|call| match call.before % 17 {
        2 => Some(Before(busy())),
        5 => Some(After(ApiError::Network)),
        9 => Some(Before(unavailable())),
        12 => Some(After(refused(504, Status::DeadlineExceeded, None))),
        _ => None,
    });
    let story = async {
        for _ in 0..4 {
            office.clock.sleep(4_000).await;
            office.expire();
            office.clock.sleep(2_000).await;
            office.sign_in();
            office.clock.sleep(2_000).await;
            office.phase.set(Phase::Paused);
            office.clock.sleep(2_000).await;
            office.phase.set(Phase::Running);
        }
    };
    assert_eq!(
        office.send_while(&invite(Role::Teacher), 500, story),
        Ok(())
    );
    assert_eq!(office.invited(), 500);
    let is_sent = |state: &State| matches!(state, State::Sent(Some(_)));
    assert_eq!(office.count(is_sent), 500);
}

/// Knows one class by all its names.
struct Registry(Result<Course, ApiError>);

impl Classroom for Registry {
    async fn join(&self, _: &CourseRef, _: &ClassCode) -> Result<Student, ApiError> {
        unreachable!("nobody joins")
    }

    async fn own_membership(&self, _: &CourseRef) -> Result<Student, ApiError> {
        unreachable!("whoever sends need not be in the class")
    }

    async fn course(&self, _: &CourseRef) -> Result<Course, ApiError> {
        self.0.clone()
    }

    async fn own_profile(&self) -> Result<Profile, ApiError> {
        unreachable!("the session knows who acts")
    }
}

fn numbered(job: Job, answer: Result<Course, ApiError>) -> Result<Job, ApiError> {
    let office = Rc::new(Office::default());
    office.clock.run(job.numbered(&Registry(answer), &office))
}

#[test]
fn an_invitation_takes_the_class_by_its_number_and_adding_by_any_name() {
    let found = Course {
        id: COURSE.to_owned(),
        ..Course::default()
    };
    for alias in ["d:biology-7b", "p:k5xq2ma"] {
        let alias = CourseRef::parse(alias).unwrap();
        let job = Job::Invite(alias.clone(), Role::Student);
        assert_eq!(
            numbered(job.clone(), Ok(found.clone())),
            Ok(invite(Role::Student))
        );
        assert_eq!(numbered(job, Err(closed())), Err(closed()));
        let adding = Job::Add(alias);
        assert_eq!(numbered(adding.clone(), Err(closed())), Ok(adding));
    }
    // What is a number already is not asked about.
    assert_eq!(
        numbered(invite(Role::Owner), Err(closed())),
        Ok(invite(Role::Owner))
    );
}
