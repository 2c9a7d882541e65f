//! The invitations that wait for whoever is signed in: what they are to, and their answers.

use core::{cell::Cell, pin::pin};

use futures_util::future::{Either, select};

use super::{at_once::four_at_once, join::NAME_LIMIT, pending};
use crate::classroom::{
    Classroom,
    course_ref::{CourseId, CourseRef},
    courses::Course,
    error::ApiError,
    invitations::{self, Invitation, Invitations, Of},
    page,
    retry::{self, Pause, World},
    role::Role,
    rosters::Rosters,
    status::Status,
};

/// What is said to an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Yes.
    Accept,
    /// No.
    Decline,
}

impl Answer {
    /// Whether it is asked once more: a no cannot be taken back, and a class brings duties.
    pub const fn is_asked_twice(self, role: Role) -> bool {
        match (self, role) {
            (Self::Decline, _) | (Self::Accept, Role::Owner) => true,
            (Self::Accept, Role::Student | Role::Teacher) => false,
        }
    }

    /// The name in Google's reference of the call that gives it.
    pub const fn call(self) -> &'static str {
        match self {
            Self::Accept => invitations::ACCEPT,
            Self::Decline => invitations::DELETE,
        }
    }
}

/// Where an invitation that is shown stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// It waits for an answer.
    Waiting,
    /// The person has been asked whether that is their answer.
    Asked(Answer),
    /// The answer is on its way.
    Answering(Answer),
    /// It has been answered here.
    Answered,
    /// It was not listed any more.
    Gone,
}

impl Stage {
    /// Whether it is still to be answered.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Waiting | Self::Asked(_) | Self::Answering(_) => true,
            Self::Answered | Self::Gone => false,
        }
    }

    /// Where it stands once the list was read again. An answer given here knows better than a list
    /// that was on its way at the same time.
    #[must_use]
    pub const fn after_reading(self, is_listed: bool) -> Self {
        match (self, is_listed) {
            (Self::Waiting | Self::Asked(_), false) => Self::Gone,
            (Self::Gone, true) => Self::Waiting,
            (stage, _) => stage,
        }
    }
}

/// What an answer has come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answered {
    /// The person has the role now.
    Accepted,
    /// It is declined.
    Declined,
    /// It was to be declined, and was gone: answered elsewhere, or withdrawn.
    WasGone,
}

/// Everything that waits for whoever is signed in.
///
/// # Errors
/// The last try's for the page that could not be read.
pub async fn waiting(
    api: &impl Invitations,
    world: &impl World,
) -> Result<Vec<Invitation>, ApiError> {
    page::all(
        world,
        |token: Option<String>| async move { api.list(Of::Own, token.as_deref()).await },
        |_| {},
    )
    .await
}

/// Reads the classes of `ids`, as far as that is allowed (somebody who is only invited mostly may
/// not), and tells `found` each. Unseen: a name is good to know and no more.
pub async fn read_classes(
    api: &impl Classroom,
    world: &impl World,
    ids: impl IntoIterator<Item = CourseId>,
    found: impl Fn(&CourseId, Course),
) {
    let may_read = Cell::new(true);
    let (may_read, found) = (&may_read, &found);
    four_at_once(ids, |id| async move {
        let course = CourseRef::Id(id.clone());
        let mut failures = 0;
        while may_read.get() {
            match api.course(&course).await {
                Ok(course) => return found(&id, course),
                Err(error) => {
                    // What this token may not read of one class it may not of any.
                    may_read.set(!error.is_about_scopes());
                    failures += 1;
                    match retry::millis(failures, &error, world.chance()) {
                        Some(millis) => world.sleep(millis).await,
                        None => return,
                    }
                }
            }
        }
    })
    .await;
}

/// Gives the answer. One that was lost on the way is looked up before anything is said, and the
/// call is made again where that can help.
///
/// # Errors
/// `NOT_FOUND` where the invitation is gone and the person is not known to have the role; anything
/// else where it is not known to be answered.
pub async fn answer(
    api: &(impl Invitations + Rosters + Classroom),
    world: &impl World,
    invitation: &Invitation,
    answer: Answer,
) -> Result<Answered, ApiError> {
    match answer {
        Answer::Accept => accept(api, world, invitation)
            .await
            .map(|()| Answered::Accepted),
        Answer::Decline => match pending::withdraw(api, world, &invitation.id).await {
            Ok(()) => Ok(Answered::Declined),
            Err(error) if error.is(&Status::NotFound) => Ok(Answered::WasGone),
            Err(error) => Err(error),
        },
    }
}

async fn accept(
    api: &(impl Invitations + Rosters + Classroom),
    world: &impl World,
    invitation: &Invitation,
) -> Result<(), ApiError> {
    if world.is_offline() {
        world.pause(Pause::Offline, None).await;
    }
    let mut failures = 0;
    let mut is_in_doubt = false;
    loop {
        let error = match api.accept(&invitation.id).await {
            Ok(()) => return Ok(()),
            Err(error) if error.is(&Status::AlreadyExists) => return Ok(()),
            Err(error) => error,
        };
        if error.is(&Status::NotFound) {
            let looked = retry::patiently(world, || has_role(api, invitation)).await;
            // A class changes hands in the background: one of the tries before has begun that.
            let is_changing_hands = is_in_doubt && invitation.role == Role::Owner;
            return if looked == Ok(true) || is_changing_hands {
                Ok(())
            } else {
                Err(error)
            };
        }
        if error.leaves_doubt() {
            is_in_doubt = true;
        }
        // A bare FAILED_PRECONDITION may be about somebody who has the role already.
        let is_to_be_looked_up = error.leaves_doubt()
            || (error.is(&Status::FailedPrecondition) && error.reason().is_none());
        if is_to_be_looked_up && has_role(api, invitation).await == Ok(true) {
            return Ok(());
        }
        failures += 1;
        retry::wait(world, failures, error).await?;
    }
}

/// What has become of an answer that was stopped on its way: it may have arrived. Whoever stopped it
/// does not wait long for that either.
pub async fn look_up(
    api: &(impl Invitations + Rosters + Classroom),
    world: &impl World,
    invitation: &Invitation,
    answer: Answer,
) -> Option<Answered> {
    let looked = pin!(async {
        match answer {
            Answer::Accept => {
                let has_role = has_role(api, invitation).await == Ok(true);
                has_role.then_some(Answered::Accepted)
            }
            Answer::Decline => {
                let error = api.get(&invitation.id).await.err()?;
                error.is(&Status::NotFound).then_some(Answered::Declined)
            }
        }
    });
    match select(looked, pin!(world.sleep(NAME_LIMIT))).await {
        Either::Left((answered, _)) => answered,
        Either::Right(_) => None,
    }
}

/// The class, as its members may read it; nothing where that does not come soon.
pub async fn class(api: &impl Classroom, world: &impl World, id: &CourseId) -> Option<Course> {
    let course = CourseRef::Id(id.clone());
    match select(pin!(api.course(&course)), pin!(world.sleep(NAME_LIMIT))).await {
        Either::Left((course, _)) => course.ok(),
        Either::Right(_) => None,
    }
}

/// Whether the person has what they are invited to. That somebody teaches a class says nothing about
/// whose it is.
async fn has_role(
    api: &(impl Rosters + Classroom),
    invitation: &Invitation,
) -> Result<bool, ApiError> {
    let course = CourseRef::Id(invitation.course.clone());
    match invitation.role {
        Role::Owner => {
            let course = api.course(&course).await?;
            Ok(course.owner.as_ref() == Some(&invitation.user))
        }
        role @ (Role::Student | Role::Teacher) => {
            api.member(&course, role, "me").await.map(|_| true)
        }
    }
}

#[cfg(test)]
mod tests {
    use core::{cell::RefCell, future::pending};

    use futures_executor::block_on;

    use super::*;
    use crate::{
        classroom::{
            error::Refusal, invitations::InvitationId, page::Page, profiles::Profile,
            reason::Reason, rosters::Member, students::Student, user::UserId,
        },
        entry::class_code::ClassCode,
    };

    /// Answers, given in turn; the last one again and again.
    struct Turns<T>(RefCell<Vec<T>>);

    impl<T: Clone> Turns<T> {
        fn new(answers: impl Into<Vec<T>>) -> Self {
            Self(RefCell::new(answers.into()))
        }

        fn next(&self) -> T {
            let mut answers = self.0.borrow_mut();
            match answers.as_slice() {
                [last] => last.clone(),
                _ => answers.remove(0),
            }
        }
    }

    /// The API and the world as a test wants them, with a list of what was asked and waited for.
    struct Scripted {
        accept: Turns<Result<(), ApiError>>,
        delete: Turns<Result<(), ApiError>>,
        /// Whether the invitation is there, when it is looked for.
        get: Result<Invitation, ApiError>,
        member: Turns<Result<Member, ApiError>>,
        course: Turns<Result<Course, ApiError>>,
        /// Answers that never come.
        is_silent: bool,
        is_offline: Cell<bool>,
        /// Time passes: sleeping ends.
        is_awake: bool,
        asked: RefCell<Vec<String>>,
    }

    impl Scripted {
        /// Everything is refused, nothing is there.
        fn new() -> Self {
            let gone = || refused(404, Status::NotFound, None);
            Self {
                accept: Turns::new([Err(gone())]),
                delete: Turns::new([Err(gone())]),
                get: Err(gone()),
                member: Turns::new([Err(gone())]),
                course: Turns::new([Err(refused(403, Status::PermissionDenied, None))]),
                is_silent: false,
                is_offline: Cell::new(false),
                is_awake: false,
                asked: RefCell::default(),
            }
        }

        fn accepting<const N: usize>(answers: [Result<(), ApiError>; N]) -> Self {
            Self {
                accept: Turns::new(answers),
                ..Self::new()
            }
        }

        fn declining<const N: usize>(answers: [Result<(), ApiError>; N]) -> Self {
            Self {
                delete: Turns::new(answers),
                ..Self::new()
            }
        }

        fn run(&self, to: Answer, role: Role) -> (Result<Answered, ApiError>, Vec<String>) {
            let result = block_on(answer(self, self, &invitation(role), to));
            (result, self.asked.borrow().clone())
        }

        fn accept_as(&self, role: Role) -> (Result<Answered, ApiError>, Vec<String>) {
            self.run(Answer::Accept, role)
        }

        fn note(&self, call: impl Into<String>) {
            self.asked.borrow_mut().push(call.into());
        }
    }

    impl World for Scripted {
        async fn pause(&self, pause: Pause, _: Option<&ApiError>) {
            self.note(format!("{pause:?}"));
            self.is_offline.set(false);
        }
        async fn sleep(&self, millis: u32) {
            if !self.is_awake {
                pending::<()>().await;
            }
            self.note(format!("sleep {millis}"));
        }
        fn chance(&self) -> f64 {
            0.5
        }
        fn is_offline(&self) -> bool {
            self.is_offline.get()
        }
    }

    impl Invitations for Scripted {
        async fn create(&self, _: &CourseRef, _: &str, _: Role) -> Result<Invitation, ApiError> {
            unreachable!("whoever answers invites nobody")
        }
        async fn list(&self, of: Of<'_>, page: Option<&str>) -> Result<Page<Invitation>, ApiError> {
            assert_eq!(of, Of::Own);
            self.note(format!("list {}", page.unwrap_or_default()));
            Ok(Page {
                items: vec![invitation(Role::Student)],
                next: page.is_none().then(|| "more".to_owned()),
            })
        }
        async fn accept(&self, id: &InvitationId) -> Result<(), ApiError> {
            self.note(format!("accept {}", id.as_str()));
            self.accept.next()
        }
        async fn delete(&self, id: &InvitationId) -> Result<(), ApiError> {
            self.note(format!("delete {}", id.as_str()));
            self.delete.next()
        }
        async fn get(&self, id: &InvitationId) -> Result<Invitation, ApiError> {
            self.note(format!("get {}", id.as_str()));
            self.get.clone()
        }
    }

    impl Rosters for Scripted {
        async fn members(
            &self,
            _: &CourseRef,
            _: Role,
            _: Option<&str>,
        ) -> Result<Page<Member>, ApiError> {
            unreachable!("nobody else is looked for")
        }
        async fn member(
            &self,
            course: &CourseRef,
            role: Role,
            user: &str,
        ) -> Result<Member, ApiError> {
            self.note(format!("{} {user} in {course}", role.as_str()));
            self.member.next()
        }
        async fn add_student(&self, _: &CourseRef, _: &str) -> Result<Member, ApiError> {
            unreachable!("nobody is added")
        }
        async fn profile(&self, _: &str) -> Result<Profile, ApiError> {
            unreachable!("nobody else is looked for")
        }
    }

    impl Classroom for Scripted {
        async fn join(&self, _: &CourseRef, _: &ClassCode) -> Result<Student, ApiError> {
            unreachable!("there is no code")
        }
        async fn own_membership(&self, _: &CourseRef) -> Result<Student, ApiError> {
            unreachable!("looked up by role")
        }
        async fn course(&self, course: &CourseRef) -> Result<Course, ApiError> {
            self.note(format!("course {course}"));
            if self.is_silent {
                pending::<()>().await;
            }
            self.course.next()
        }
        async fn own_profile(&self) -> Result<Profile, ApiError> {
            unreachable!("the session has asked who acts")
        }
    }

    const ID: &str = "741234567890";

    fn user(number: &str) -> UserId {
        UserId::parse(number).unwrap()
    }

    fn invitation(role: Role) -> Invitation {
        Invitation {
            id: InvitationId::parse("NzQ").unwrap(),
            user: user("1"),
            course: CourseId::parse(ID).unwrap(),
            role,
        }
    }

    fn member() -> Member {
        Member {
            user: user("1"),
            profile: Profile::default(),
        }
    }

    fn owned_by(number: &str) -> Course {
        Course {
            id: ID.to_owned(),
            name: "Biology 7b".to_owned(),
            owner: Some(user(number)),
            ..Course::default()
        }
    }

    fn refused(http: u16, status: Status, reason: Option<Reason>) -> ApiError {
        ApiError::Refused(Refusal::new(http, status, reason))
    }

    fn gone() -> ApiError {
        refused(404, Status::NotFound, None)
    }

    #[test]
    fn everything_that_waits_is_read_page_by_page() {
        let api = Scripted::new();
        assert_eq!(block_on(waiting(&api, &api)).unwrap().len(), 2);
        assert_eq!(*api.asked.borrow(), ["list ", "list more"]);
    }

    #[test]
    fn accepting_is_one_call() {
        let (result, asked) = Scripted::accepting([Ok(())]).accept_as(Role::Student);
        assert_eq!(result, Ok(Answered::Accepted));
        assert_eq!(asked, ["accept NzQ"]);
    }

    #[test]
    fn an_invitation_that_is_gone_has_been_accepted_where_the_person_has_the_role() {
        for (role, look) in [
            (Role::Student, "STUDENT me in 741234567890"),
            (Role::Teacher, "TEACHER me in 741234567890"),
        ] {
            let mut api = Scripted::accepting([Err(gone())]);
            api.member = Turns::new([Ok(member())]);
            let (result, asked) = api.accept_as(role);
            assert_eq!(result, Ok(Answered::Accepted));
            assert_eq!(asked, ["accept NzQ", look]);
        }
    }

    #[test]
    fn an_invitation_that_is_gone_without_the_role_is_gone() {
        for role in Role::ALL {
            let (result, asked) = Scripted::accepting([Err(gone())]).accept_as(role);
            assert_eq!(result, Err(gone()));
            assert_eq!(asked.len(), 2, "{asked:?}");
        }
    }

    #[test]
    fn the_look_up_of_one_that_is_gone_is_patient() {
        let mut api = Scripted::accepting([Err(gone())]);
        api.member = Turns::new([Err(ApiError::Network), Ok(member())]);
        let (result, asked) = api.accept_as(Role::Student);
        assert_eq!(result, Ok(Answered::Accepted));
        assert_eq!(asked[2], "For(250)");
    }

    #[test]
    fn an_owner_is_who_the_class_belongs_to_and_not_who_teaches_it() {
        for (owner, expected) in [("1", Ok(Answered::Accepted)), ("2", Err(gone()))] {
            let mut api = Scripted::accepting([Err(gone())]);
            api.member = Turns::new([Ok(member())]);
            api.course = Turns::new([Ok(owned_by(owner))]);
            let (result, asked) = api.accept_as(Role::Owner);
            assert_eq!(result, expected);
            assert_eq!(asked, ["accept NzQ", "course 741234567890"]);
        }
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
        ] {
            let mut api = Scripted::accepting([Err(lost.clone())]);
            api.member = Turns::new([Ok(member())]);
            let (result, asked) = api.accept_as(Role::Teacher);
            assert_eq!(result, Ok(Answered::Accepted), "{lost:?}");
            assert_eq!(asked, ["accept NzQ", "TEACHER me in 741234567890"]);
        }
    }

    #[test]
    fn what_may_pass_is_tried_again_after_a_wait() {
        let busy = || Err(refused(429, Status::ResourceExhausted, None));
        let (result, asked) = Scripted::accepting([busy(), Ok(())]).accept_as(Role::Student);
        assert_eq!(result, Ok(Answered::Accepted));
        assert_eq!(asked, ["accept NzQ", "For(250)", "accept NzQ"]);
    }

    #[test]
    fn after_five_tries_the_last_error_is_told() {
        let (result, asked) =
            Scripted::accepting([Err(ApiError::Network)]).accept_as(Role::Student);
        assert_eq!(result, Err(ApiError::Network));
        let count = |what: &str| asked.iter().filter(|asked| asked.starts_with(what)).count();
        assert_eq!((count("accept"), count("STUDENT"), count("For")), (5, 5, 4));
    }

    #[test]
    fn a_repeat_that_finds_nothing_left_has_made_an_owner() {
        // The class changes hands in the background: for a while it is still somebody else's.
        let mut api = Scripted::accepting([Err(ApiError::Network), Err(gone())]);
        api.course = Turns::new([Ok(owned_by("2"))]);
        assert_eq!(api.accept_as(Role::Owner).0, Ok(Answered::Accepted));
        // The other roles are there at once, or not at all.
        let api = Scripted::accepting([Err(ApiError::Network), Err(gone())]);
        assert_eq!(api.accept_as(Role::Student).0, Err(gone()));
    }

    #[test]
    fn whoever_has_the_role_already_has_accepted() {
        let exists = refused(409, Status::AlreadyExists, None);
        let (result, asked) = Scripted::accepting([Err(exists)]).accept_as(Role::Student);
        assert_eq!(result, Ok(Answered::Accepted));
        assert_eq!(asked.len(), 1);
        let bare = refused(400, Status::FailedPrecondition, None);
        let mut api = Scripted::accepting([Err(bare.clone())]);
        assert_eq!(api.accept_as(Role::Student).0, Err(bare.clone()));
        api = Scripted::accepting([Err(bare)]);
        api.member = Turns::new([Ok(member())]);
        assert_eq!(api.accept_as(Role::Student).0, Ok(Answered::Accepted));
    }

    #[test]
    fn a_refusal_with_a_reason_is_final_and_not_looked_up() {
        for reason in [
            Reason::CourseMemberLimitReached,
            Reason::CourseTeacherLimitReached,
            Reason::CourseNotModifiable,
            Reason::UserGroupsMembershipLimitReached,
        ] {
            let error = refused(400, Status::FailedPrecondition, Some(reason));
            let (result, asked) =
                Scripted::accepting([Err(error.clone())]).accept_as(Role::Teacher);
            assert_eq!(result, Err(error));
            assert_eq!(asked.len(), 1);
        }
    }

    #[test]
    fn without_a_network_nothing_is_sent_until_it_is_back() {
        for (api, to, call) in [
            (Scripted::accepting([Ok(())]), Answer::Accept, "accept NzQ"),
            (Scripted::declining([Ok(())]), Answer::Decline, "delete NzQ"),
        ] {
            api.is_offline.set(true);
            let (result, asked) = api.run(to, Role::Student);
            assert!(result.is_ok());
            assert_eq!(asked, ["Offline", call]);
        }
    }

    #[test]
    fn declining_what_is_gone_is_no_failure() {
        let decline = |api: Scripted| api.run(Answer::Decline, Role::Teacher).0;
        assert_eq!(
            decline(Scripted::declining([Ok(())])),
            Ok(Answered::Declined)
        );
        assert_eq!(
            decline(Scripted::declining([Err(gone())])),
            Ok(Answered::WasGone)
        );
        let denied = refused(403, Status::PermissionDenied, None);
        assert_eq!(
            decline(Scripted::declining([Err(denied.clone())])),
            Err(denied)
        );
    }

    #[test]
    fn a_decline_whose_answer_was_lost_is_looked_up() {
        let api = Scripted::declining([Err(ApiError::Timeout)]);
        let (result, asked) = api.run(Answer::Decline, Role::Student);
        assert_eq!(result, Ok(Answered::Declined));
        assert_eq!(asked, ["delete NzQ", "get NzQ"]);
    }

    #[test]
    fn an_answer_that_was_stopped_may_have_arrived() {
        let look = |api: &Scripted, to| block_on(look_up(api, api, &invitation(Role::Student), to));
        let mut api = Scripted::new();
        assert_eq!(look(&api, Answer::Accept), None);
        assert_eq!(look(&api, Answer::Decline), Some(Answered::Declined));
        api.member = Turns::new([Ok(member())]);
        api.get = Ok(invitation(Role::Student));
        assert_eq!(look(&api, Answer::Accept), Some(Answered::Accepted));
        assert_eq!(look(&api, Answer::Decline), None);
        api.get = Err(ApiError::Network);
        assert_eq!(look(&api, Answer::Decline), None);
    }

    #[test]
    fn nobody_waits_long_to_know_what_became_of_a_stopped_answer() {
        let mut api = Scripted::new();
        api.is_silent = true;
        api.is_awake = true;
        let owner = invitation(Role::Owner);
        assert_eq!(block_on(look_up(&api, &api, &owner, Answer::Accept)), None);
        assert_eq!(*api.asked.borrow(), ["course 741234567890", "sleep 3000"]);
    }

    #[test]
    fn the_class_is_named_where_it_may_be_read_in_time() {
        let id = CourseId::parse(ID).unwrap();
        let name = |api: &Scripted| block_on(class(api, api, &id)).map(|course| course.name);
        let mut api = Scripted::new();
        assert_eq!(name(&api), None);
        api.course = Turns::new([Ok(owned_by("2"))]);
        assert_eq!(name(&api).as_deref(), Some("Biology 7b"));
        api.is_silent = true;
        api.is_awake = true;
        assert_eq!(name(&api), None);
    }

    /// The names that are found for classes whose reading gets these answers, and what was asked.
    fn read<const N: usize>(answers: [Result<Course, ApiError>; N]) -> (Vec<String>, Vec<String>) {
        let mut api = Scripted::new();
        api.course = Turns::new(answers);
        api.is_awake = true;
        let found = RefCell::new(Vec::new());
        let ids = (0..N).map(|at| CourseId::parse(&format!("74123456789{at}")).unwrap());
        block_on(read_classes(&api, &api, ids, |id, course| {
            let found = &mut *found.borrow_mut();
            found.push(format!("{} {}", id.as_str(), course.name));
        }));
        (found.into_inner(), api.asked.into_inner())
    }

    #[test]
    fn classes_are_read_as_far_as_that_is_allowed() {
        let denied = refused(403, Status::PermissionDenied, None);
        let (found, asked) = read([Err(denied), Ok(owned_by("2"))]);
        assert_eq!(found, ["741234567891 Biology 7b"]);
        assert_eq!(asked.len(), 2);
    }

    #[test]
    fn a_token_that_may_read_no_class_is_not_tried_with_all_of_them() {
        let scope = || {
            let reason = Some(Reason::ScopeMissing);
            Err(refused(403, Status::PermissionDenied, reason))
        };
        let (found, asked) = read([scope(), scope(), scope(), scope(), scope(), scope()]);
        assert!(found.is_empty());
        assert_eq!(asked.len(), 1, "{asked:?}");
    }

    #[test]
    fn a_class_is_read_again_when_the_api_was_busy() {
        let mut api = Scripted::new();
        let busy = refused(429, Status::ResourceExhausted, None);
        api.course = Turns::new([Err(busy), Ok(owned_by("2"))]);
        api.is_awake = true;
        let found = Cell::new(0);
        let ids = [CourseId::parse(ID).unwrap()];
        block_on(read_classes(&api, &api, ids, |_, _| {
            found.set(found.get() + 1);
        }));
        assert_eq!(found.get(), 1);
        let course = "course 741234567890";
        assert_eq!(*api.asked.borrow(), [course, "sleep 250", course]);
    }

    #[test]
    fn a_no_and_a_class_of_ones_own_are_asked_about_twice() {
        for role in Role::ALL {
            assert!(Answer::Decline.is_asked_twice(role));
            assert_eq!(Answer::Accept.is_asked_twice(role), role == Role::Owner);
        }
    }

    #[test]
    fn a_list_that_was_read_again_takes_away_what_is_gone_and_nothing_that_is_being_answered() {
        use Stage::{Answered, Answering, Asked, Gone, Waiting};
        let accept = Answer::Accept;
        for (before, not_listed, listed) in [
            (Waiting, Gone, Waiting),
            (Asked(accept), Gone, Asked(accept)),
            (Answering(accept), Answering(accept), Answering(accept)),
            (Answered, Answered, Answered),
            (Gone, Gone, Waiting),
        ] {
            assert_eq!(before.after_reading(false), not_listed);
            assert_eq!(before.after_reading(true), listed);
        }
    }

    #[test]
    fn what_is_answered_or_gone_does_not_count() {
        let accept = Answer::Accept;
        let open = [
            Stage::Waiting,
            Stage::Asked(accept),
            Stage::Answering(accept),
        ];
        assert!(open.into_iter().all(Stage::is_open));
        assert!(!Stage::Answered.is_open() && !Stage::Gone.is_open());
    }
}
