//! Looking after invitations that are open: withdrawing, sending again, changing the role.
//!
//! The API cannot change an invitation: it is deleted, and another one is made. In between nobody is
//! invited, so that whatever happens there is never left unsaid.

use crate::classroom::{
    course_ref::CourseRef,
    error::ApiError,
    invitations::{self, Invitation, InvitationId, Invitations, Of},
    page,
    retry::{self, Pause, World},
    role::Role,
    rosters::{Member, Rosters},
    status::Status,
    user::UserId,
};

/// The most teachers that a class has, the owner among them (Google's help, "About class size
/// limits"). More can be invited, but not join.
pub const MOST_TEACHERS: usize = 50;

/// Why an invitation was not replaced: the call's name in Google's reference, and what came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplaceError {
    /// An invitation still waits for the person, for all that is known the old one.
    Kept(&'static str, ApiError),
    /// The old one is withdrawn, or there was none, and the new one could not be made.
    Lost(&'static str, ApiError),
}

impl ReplaceError {
    /// What it means that the new one was refused with `error`.
    fn of_create(error: ApiError) -> Self {
        let what = if error.is(&Status::AlreadyExists) {
            Self::Kept
        } else {
            Self::Lost
        };
        what(invitations::CREATE, error)
    }
}

/// Withdraws an invitation. An answer that was lost is looked up, and the call is made again where
/// that can help.
///
/// # Errors
/// `NOT_FOUND` where it had been answered or withdrawn before; anything else only where the
/// invitation is not known to be gone.
pub async fn withdraw(
    api: &impl Invitations,
    world: &impl World,
    id: &InvitationId,
) -> Result<(), ApiError> {
    online(world).await;
    let mut failures = 0;
    let mut is_in_doubt = false;
    loop {
        let error = match api.delete(id).await {
            Ok(()) => return Ok(()),
            // One of the tries before has done it.
            Err(error) if is_in_doubt && error.is(&Status::NotFound) => return Ok(()),
            Err(error) => error,
        };
        if error.leaves_doubt() {
            is_in_doubt = true;
            let looked = api.get(id).await;
            if looked.is_err_and(|error| error.is(&Status::NotFound)) {
                return Ok(());
            }
        }
        failures += 1;
        retry::wait(world, failures, error).await?;
    }
}

/// Invites somebody, by address or number. An answer that was lost is looked up before anything is
/// said, and the call is made again where that can help; an invitation in this role that waits
/// already is the one that was wanted.
///
/// # Errors
/// `ALREADY_EXISTS` where one waits that is not known to be in this role; anything else where none is
/// known to wait.
pub async fn invite(
    api: &impl Invitations,
    world: &impl World,
    course: &CourseRef,
    user: &str,
    role: Role,
) -> Result<Invitation, ApiError> {
    online(world).await;
    let mut failures = 0;
    loop {
        let error = match api.create(course, user, role).await {
            Ok(invitation) => return Ok(invitation),
            Err(error) => error,
        };
        let found = if error.is(&Status::AlreadyExists) {
            find(api, world, course, user).await.ok().flatten()
        } else if error.leaves_doubt() {
            find_at_once(api, course, user).await.ok().flatten()
        } else {
            None
        };
        if let Some(found) = found.filter(|found| found.role == role) {
            return Ok(found);
        }
        failures += 1;
        retry::wait(world, failures, error).await?;
    }
}

/// Withdraws the invitation `old` of `user` (an address or a number) to `course`, and makes a new one
/// in `role`; the old one is looked for where its id is not known. One that is gone already is no
/// hindrance.
///
/// # Errors
/// See [`ReplaceError`]: what is left is always told.
pub async fn replace(
    api: &impl Invitations,
    world: &impl World,
    old: Option<&InvitationId>,
    course: &CourseRef,
    user: &str,
    role: Role,
) -> Result<Invitation, ReplaceError> {
    let old = match old {
        Some(id) => Some(id.clone()),
        None => {
            online(world).await;
            let found = find(api, world, course, user).await;
            let found = found.map_err(|error| ReplaceError::Kept(invitations::LIST, error))?;
            found.map(|found| found.id)
        }
    };
    if let Some(id) = old {
        match withdraw(api, world, &id).await {
            Ok(()) => {}
            Err(error) if error.is(&Status::NotFound) => {}
            Err(error) => return Err(ReplaceError::Kept(invitations::DELETE, error)),
        }
    }
    invite(api, world, course, user, role)
        .await
        .map_err(ReplaceError::of_create)
}

/// What sending again has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sent {
    /// This invitation waits now.
    Waiting(Invitation),
    /// The person had accepted meanwhile and is in the class.
    Member,
}

/// Sends an open invitation again, in this role or in another one. With `is_withdrawn` only the second
/// half is left to do.
///
/// # Errors
/// See [`ReplaceError`].
pub async fn send_again(
    api: &(impl Invitations + Rosters),
    world: &impl World,
    old: &Invitation,
    is_withdrawn: bool,
    role: Role,
) -> Result<Sent, ReplaceError> {
    let course = CourseRef::Id(old.course.clone());
    let user = old.user.as_str();
    let sent = if is_withdrawn {
        let invited = invite(api, world, &course, user, role).await;
        invited.map_err(ReplaceError::of_create)
    } else {
        replace(api, world, Some(&old.id), &course, user, role).await
    };
    match sent {
        Ok(invitation) => Ok(Sent::Waiting(invitation)),
        Err(ReplaceError::Lost(_, error))
            if error.is(&Status::FailedPrecondition)
                && error.reason().is_none()
                && is_member(api, &course, user, role).await =>
        {
            Ok(Sent::Member)
        }
        Err(error) => Err(error),
    }
}

/// What has become of an invitation whose sending again was stopped on the way: the one that waits for
/// the person now, or nothing where none does.
///
/// # Errors
/// What stands in the way of finding that out; it is not tried for long.
pub async fn look_up(
    api: &impl Invitations,
    old: &Invitation,
) -> Result<Option<Invitation>, ApiError> {
    find_at_once(api, &CourseRef::Id(old.course.clone()), old.user.as_str()).await
}

/// The role that the invitation of somebody who is invited as `role` can be changed to.
///
/// Only a co-teacher can be offered ownership, and nobody who is a co-teacher can be invited as one
/// or as a student: between an offer and the other two nothing can be changed, and trying to would
/// withdraw the invitation for nothing.
pub const fn other_role(role: Role) -> Option<Role> {
    match role {
        Role::Student => Some(Role::Teacher),
        Role::Teacher => Some(Role::Student),
        Role::Owner => None,
    }
}

/// How it stands with an invitation of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It waits for an answer.
    Waiting,
    /// Something is being done with it.
    Busy,
    /// It is withdrawn, and a new one could not be made yet.
    Lost,
    /// It is withdrawn.
    Gone,
}

impl State {
    /// The name in `data-state`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Busy => "busy",
            Self::Lost => "lost",
            Self::Gone => "gone",
        }
    }

    /// Whether the invitation stays in the list now that `fresh` has been read. One that was lost is
    /// kept in sight until another one waits for the same person.
    pub fn stays(self, invitation: &Invitation, fresh: &[Invitation]) -> bool {
        match self {
            Self::Waiting => fresh.iter().any(|open| open.id == invitation.id),
            Self::Busy => true,
            Self::Lost => !fresh.iter().any(|open| open.user == invitation.user),
            Self::Gone => false,
        }
    }
}

/// Those of the invitations that were read whose people are not in the list, which holds what has
/// [stayed](State::stays).
pub fn new_ones(listed: &[Invitation], fresh: Vec<Invitation>) -> Vec<Invitation> {
    let is_listed = |open: &Invitation| listed.iter().any(|entry| entry.user == open.user);
    fresh.into_iter().filter(|open| !is_listed(open)).collect()
}

/// Whether the teacher is the owner of the class.
pub fn is_owner(teacher: &Member, owner: Option<&UserId>) -> bool {
    Some(&teacher.user) == owner
}

/// The digits that somebody is known by of whom nothing else may be known: the last four.
pub fn last_digits(user: &UserId) -> &str {
    let digits = user.as_str();
    digits
        .get(digits.len().saturating_sub(4)..)
        .unwrap_or(digits)
}

/// Whether the person is in the class in `role` or in a higher one.
async fn is_member(api: &impl Rosters, course: &CourseRef, user: &str, role: Role) -> bool {
    api.member(course, Role::Teacher, user).await.is_ok()
        || (role == Role::Student && api.member(course, Role::Student, user).await.is_ok())
}

/// The open invitation of the person, patiently. Where asking for the person alone finds none, the
/// class's list is read for their number: of people outside of the domain it may be the only one
/// that tells.
async fn find(
    api: &impl Invitations,
    world: &impl World,
    course: &CourseRef,
    user: &str,
) -> Result<Option<Invitation>, ApiError> {
    let found = retry::patiently(world, || find_at_once(api, course, user)).await?;
    let Some(user) = UserId::parse(user).filter(|_| found.is_none()) else {
        return Ok(found);
    };
    let mut found = None;
    page::each(
        world,
        |token| async move { api.list(Of::Course(course), token.as_deref()).await },
        |page| {
            found = found
                .take()
                .or_else(|| page.into_iter().find(|open| open.user == user))
        },
    )
    .await?;
    Ok(found)
}

/// The open invitation of the person, asked for once.
async fn find_at_once(
    api: &impl Invitations,
    course: &CourseRef,
    user: &str,
) -> Result<Option<Invitation>, ApiError> {
    let page = api.list(Of::Person { course, user }, None).await?;
    Ok(page.items.into_iter().next())
}

/// Waits for the network, where the browser says that there is none.
async fn online(world: &impl World) {
    if world.is_offline() {
        world.pause(Pause::Offline, None).await;
    }
}

#[cfg(test)]
mod tests {
    use core::cell::{Cell, RefCell};

    use futures_executor::block_on;

    use super::*;
    use crate::classroom::{
        course_ref::CourseId, error::Refusal, page::Page, profiles::Profile, reason::Reason,
    };
    use crate::flows::faults::{Fault, Faults};

    /// A class with its open invitations, which answers as the API does, unless a fault is next.
    #[derive(Default)]
    struct School {
        open: RefCell<Vec<Invitation>>,
        teachers: Vec<&'static str>,
        /// Asking for one person tells nothing, as it is with people outside of the domain.
        hides_people: bool,
        made: Cell<u32>,
        faults: Faults,
        is_offline: Cell<bool>,
    }

    const COURSE: &str = "741234567890";
    const SAM: &str = "1001";

    impl School {
        fn with(open: &[Invitation]) -> Self {
            Self {
                open: RefCell::new(open.to_vec()),
                ..Self::default()
            }
        }

        fn fault(self, call: &'static str, fault: Fault) -> Self {
            self.faults.add(call, fault);
            self
        }

        fn waiting(&self) -> Vec<(String, Role)> {
            let open = self.open.borrow();
            let each = open.iter().map(|i| (i.user.as_str().to_owned(), i.role));
            each.collect()
        }

        fn asked(&self) -> Vec<String> {
            self.faults.asked()
        }
    }

    impl Invitations for School {
        async fn create(
            &self,
            course: &CourseRef,
            user: &str,
            role: Role,
        ) -> Result<Invitation, ApiError> {
            self.faults.answer("create", user, || {
                let number = user.split('@').next().unwrap_or_default();
                if self.teachers.contains(&number) {
                    return Err(refused(400, Status::FailedPrecondition, None));
                }
                let mut open = self.open.borrow_mut();
                if open.iter().any(|open| open.user.as_str() == number) {
                    return Err(refused(409, Status::AlreadyExists, None));
                }
                self.made.set(self.made.get() + 1);
                let new = invitation(&format!("new{}", self.made.get()), number, role);
                assert_eq!(course.as_str(), COURSE);
                open.push(new.clone());
                Ok(new)
            })
        }

        async fn list(&self, of: Of<'_>, page: Option<&str>) -> Result<Page<Invitation>, ApiError> {
            // One invitation to a page.
            let at: usize = page.map_or(0, |page| page.parse().unwrap());
            match of {
                Of::Own => unreachable!("these are other people's"),
                Of::Course(_) => self.faults.answer("list", "all", || {
                    let open = self.open.borrow();
                    Ok(Page {
                        items: open.get(at).cloned().into_iter().collect(),
                        next: (at + 1 < open.len()).then(|| (at + 1).to_string()),
                    })
                }),
                Of::Person { user, .. } => self.faults.answer("list", user, || {
                    let number = user.split('@').next().unwrap_or_default();
                    let open = self.open.borrow();
                    let found = open.iter().find(|open| open.user.as_str() == number);
                    let found = found.filter(|_| !self.hides_people);
                    Ok(Page {
                        items: found.cloned().into_iter().collect(),
                        next: None,
                    })
                }),
            }
        }

        async fn accept(&self, _: &InvitationId) -> Result<(), ApiError> {
            unreachable!("nobody accepts for somebody else")
        }

        async fn delete(&self, id: &InvitationId) -> Result<(), ApiError> {
            self.faults.answer("delete", id.as_str(), || {
                let mut open = self.open.borrow_mut();
                let before = open.len();
                open.retain(|open| open.id != *id);
                if open.len() == before {
                    return Err(gone());
                }
                Ok(())
            })
        }

        async fn get(&self, id: &InvitationId) -> Result<Invitation, ApiError> {
            self.faults.answer("get", id.as_str(), || {
                let open = self.open.borrow();
                open.iter()
                    .find(|open| open.id == *id)
                    .cloned()
                    .ok_or(gone())
            })
        }
    }

    impl Rosters for School {
        async fn members(
            &self,
            _: &CourseRef,
            _: Role,
            _: Option<&str>,
        ) -> Result<Page<Member>, ApiError> {
            unreachable!("one person is asked for")
        }

        async fn member(&self, _: &CourseRef, role: Role, user: &str) -> Result<Member, ApiError> {
            self.faults.answer("member", role.as_str(), || {
                let is_one = role == Role::Teacher && self.teachers.contains(&user);
                let member = Member {
                    user: UserId::parse(user).unwrap(),
                    profile: Profile::default(),
                };
                if is_one { Ok(member) } else { Err(gone()) }
            })
        }

        async fn add_student(&self, _: &CourseRef, _: &str) -> Result<Member, ApiError> {
            unreachable!("nobody is added")
        }

        async fn profile(&self, _: &str) -> Result<Profile, ApiError> {
            unreachable!("names are not needed")
        }
    }

    impl World for School {
        async fn pause(&self, pause: Pause, _: Option<&ApiError>) {
            let what = match pause {
                Pause::For(_) => "wait",
                Pause::Offline => "offline",
            };
            self.faults.note(what);
            self.is_offline.set(false);
        }
        async fn sleep(&self, _: u32) {}
        fn chance(&self) -> f64 {
            0.5
        }
        fn is_offline(&self) -> bool {
            self.is_offline.get()
        }
    }

    fn refused(http: u16, status: Status, reason: Option<Reason>) -> ApiError {
        ApiError::Refused(Refusal::new(http, status, reason))
    }

    fn gone() -> ApiError {
        refused(404, Status::NotFound, None)
    }

    fn busy() -> ApiError {
        refused(503, Status::Unavailable, None)
    }

    fn id(text: &str) -> InvitationId {
        InvitationId::parse(text).unwrap()
    }

    fn invitation(id_text: &str, user: &str, role: Role) -> Invitation {
        Invitation {
            id: id(id_text),
            user: UserId::parse(user).unwrap(),
            course: CourseId::parse(COURSE).unwrap(),
            role,
        }
    }

    fn sam(role: Role) -> Invitation {
        invitation("old", SAM, role)
    }

    fn is_waiting(school: &School, role: Role) -> bool {
        school.waiting() == [(SAM.to_owned(), role)]
    }

    fn replaced(
        school: &School,
        old: Option<&str>,
        user: &str,
        role: Role,
    ) -> Result<Invitation, ReplaceError> {
        let course = CourseRef::parse(COURSE).unwrap();
        let old = old.map(id);
        block_on(replace(school, school, old.as_ref(), &course, user, role))
    }

    fn withdrawn(school: &School) -> Result<(), ApiError> {
        block_on(withdraw(school, school, &id("old")))
    }

    fn sent(school: &School, is_withdrawn: bool, role: Role) -> Result<Sent, ReplaceError> {
        let old = sam(Role::Teacher);
        block_on(send_again(school, school, &old, is_withdrawn, role))
    }

    #[test]
    fn withdrawing_is_one_delete() {
        let school = School::with(&[sam(Role::Teacher)]);
        assert_eq!(withdrawn(&school), Ok(()));
        assert_eq!(school.asked(), ["delete old"]);
        assert!(school.waiting().is_empty());
    }

    #[test]
    fn what_somebody_else_has_answered_or_withdrawn_before_is_told_as_not_found() {
        let school = School::default();
        assert_eq!(withdrawn(&school), Err(gone()));
        assert_eq!(school.asked(), ["delete old"]);
    }

    #[test]
    fn a_withdrawal_whose_answer_was_lost_is_looked_up_and_has_succeeded() {
        for lost in [ApiError::Network, ApiError::Timeout, busy()] {
            let school =
                School::with(&[sam(Role::Teacher)]).fault("delete", Fault::After(lost.clone()));
            assert_eq!(withdrawn(&school), Ok(()), "{lost:?}");
            assert_eq!(school.asked(), ["delete old", "get old"]);
        }
    }

    #[test]
    fn a_withdrawal_that_got_lost_is_made_again() {
        let school =
            School::with(&[sam(Role::Teacher)]).fault("delete", Fault::Before(ApiError::Network));
        assert_eq!(withdrawn(&school), Ok(()));
        let asked = ["delete old", "get old", "wait", "delete old"];
        assert_eq!(school.asked(), asked);
        assert!(school.waiting().is_empty());
    }

    #[test]
    fn a_repeat_that_finds_it_gone_has_done_what_was_wanted() {
        let school = School::with(&[sam(Role::Teacher)])
            .fault("delete", Fault::After(ApiError::Network))
            .fault("get", Fault::Before(ApiError::Network));
        assert_eq!(withdrawn(&school), Ok(()));
        let asked = ["delete old", "get old", "wait", "delete old"];
        assert_eq!(school.asked(), asked);
    }

    #[test]
    fn a_withdrawal_without_an_answer_is_told_when_the_invitation_is_still_there() {
        let school =
            School::with(&[sam(Role::Teacher)]).fault("delete", Fault::Before(ApiError::Timeout));
        assert_eq!(withdrawn(&school), Err(ApiError::Timeout));
        assert!(is_waiting(&school, Role::Teacher));
    }

    #[test]
    fn a_refusal_is_not_tried_again() {
        let refusal = refused(403, Status::PermissionDenied, None);
        let school =
            School::with(&[sam(Role::Teacher)]).fault("delete", Fault::Before(refusal.clone()));
        assert_eq!(withdrawn(&school), Err(refusal));
        assert_eq!(school.asked(), ["delete old"]);
    }

    #[test]
    fn without_a_network_nothing_is_sent_until_it_is_back() {
        let school = School::with(&[sam(Role::Teacher)]);
        school.is_offline.set(true);
        assert_eq!(withdrawn(&school), Ok(()));
        assert_eq!(school.asked(), ["offline", "delete old"]);
    }

    #[test]
    fn replacing_is_a_delete_and_a_create() {
        let school = School::with(&[sam(Role::Teacher)]);
        let new = replaced(&school, Some("old"), SAM, Role::Student).unwrap();
        assert_eq!(new, invitation("new1", SAM, Role::Student));
        assert_eq!(school.asked(), ["delete old", "create 1001"]);
        assert!(is_waiting(&school, Role::Student));
    }

    #[test]
    fn the_old_one_is_looked_for_by_address_where_its_id_is_not_known() {
        let school = School::with(&[sam(Role::Teacher)]);
        let user = "1001@school.example";
        replaced(&school, None, user, Role::Teacher).unwrap();
        assert_eq!(
            school.asked(),
            [
                "list 1001@school.example",
                "delete old",
                "create 1001@school.example"
            ]
        );
    }

    #[test]
    fn the_old_one_of_an_outsider_is_found_in_the_classs_list() {
        let mut school = School::with(&[invitation("x", "7", Role::Student), sam(Role::Teacher)]);
        school.hides_people = true;
        replaced(&school, None, SAM, Role::Student).unwrap();
        let asked = [
            "list 1001",
            "list all",
            "list all",
            "delete old",
            "create 1001",
        ];
        assert_eq!(school.asked(), asked);
    }

    #[test]
    fn where_there_is_none_a_new_one_is_made() {
        let school = School::default();
        assert!(replaced(&school, None, "1001@school.example", Role::Student).is_ok());
        assert!(is_waiting(&school, Role::Student));
    }

    #[test]
    fn one_that_is_gone_already_is_no_hindrance() {
        let school = School::default();
        assert!(replaced(&school, Some("old"), SAM, Role::Student).is_ok());
        assert_eq!(school.asked(), ["delete old", "create 1001"]);
    }

    #[test]
    fn an_old_one_that_cannot_be_looked_for_or_withdrawn_is_kept() {
        let no = || refused(403, Status::PermissionDenied, None);
        let school = School::with(&[sam(Role::Teacher)]).fault("list", Fault::Before(no()));
        let kept = replaced(&school, None, SAM, Role::Student);
        assert_eq!(kept, Err(ReplaceError::Kept(invitations::LIST, no())));

        let school = School::with(&[sam(Role::Teacher)]).fault("delete", Fault::Before(no()));
        let kept = replaced(&school, Some("old"), SAM, Role::Student);
        assert_eq!(kept, Err(ReplaceError::Kept(invitations::DELETE, no())));
        assert_eq!(school.asked(), ["delete old"]);
        assert!(is_waiting(&school, Role::Teacher));
    }

    #[test]
    fn a_new_one_that_is_refused_is_told_to_be_lost() {
        let no = refused(
            429,
            Status::ResourceExhausted,
            Some(Reason::UserInvitationQuotaExhausted),
        );
        let school = School::with(&[sam(Role::Teacher)]).fault("create", Fault::Before(no.clone()));
        let lost = replaced(&school, Some("old"), SAM, Role::Teacher);
        assert_eq!(lost, Err(ReplaceError::Lost(invitations::CREATE, no)));
        assert!(school.waiting().is_empty());
    }

    #[test]
    fn a_new_one_whose_answer_was_lost_is_found() {
        for lost in [ApiError::Network, ApiError::Timeout, busy()] {
            let school =
                School::with(&[sam(Role::Teacher)]).fault("create", Fault::After(lost.clone()));
            let new = replaced(&school, Some("old"), SAM, Role::Student).unwrap();
            assert_eq!(new.id, id("new1"), "{lost:?}");
            assert_eq!(school.asked(), ["delete old", "create 1001", "list 1001"]);
        }
    }

    #[test]
    fn a_new_one_of_an_outsider_whose_answer_was_lost_is_found_when_it_is_made_again() {
        let mut school =
            School::with(&[sam(Role::Teacher)]).fault("create", Fault::After(ApiError::Network));
        school.hides_people = true;
        let new = replaced(&school, Some("old"), SAM, Role::Student).unwrap();
        assert_eq!(new.id, id("new1"));
        assert!(is_waiting(&school, Role::Student));
    }

    #[test]
    fn what_may_pass_is_tried_again_after_a_wait() {
        let school = School::with(&[sam(Role::Teacher)])
            .fault("create", Fault::Before(busy()))
            .fault("create", Fault::Before(busy()));
        assert!(replaced(&school, Some("old"), SAM, Role::Student).is_ok());
        let waits = school
            .asked()
            .iter()
            .filter(|asked| *asked == "wait")
            .count();
        assert_eq!(waits, 2);
        assert!(is_waiting(&school, Role::Student));
    }

    #[test]
    fn one_that_somebody_else_has_made_in_another_role_is_kept() {
        let mut other = sam(Role::Teacher);
        other.id = id("other");
        let school = School::with(&[other]);
        let exists = refused(409, Status::AlreadyExists, None);
        let kept = replaced(&school, Some("old"), SAM, Role::Student);
        assert_eq!(kept, Err(ReplaceError::Kept(invitations::CREATE, exists)));
        assert!(is_waiting(&school, Role::Teacher));
    }

    #[test]
    fn one_that_somebody_else_has_made_in_the_same_role_is_the_one_that_was_wanted() {
        let mut other = sam(Role::Student);
        other.id = id("other");
        let school = School::with(&[other.clone()]);
        assert_eq!(
            replaced(&school, Some("old"), SAM, Role::Student),
            Ok(other)
        );
    }

    #[test]
    fn sending_again_what_was_withdrawn_already_only_makes_the_new_one() {
        let school = School::default();
        assert!(matches!(
            sent(&school, true, Role::Teacher),
            Ok(Sent::Waiting(_))
        ));
        assert_eq!(school.asked(), ["create 1001"]);
    }

    #[test]
    fn sending_again_to_somebody_who_has_accepted_meanwhile_finds_them_in_the_class() {
        let mut school = School::default();
        school.teachers.push(SAM);
        assert_eq!(sent(&school, false, Role::Teacher), Ok(Sent::Member));
        let asked = ["delete old", "create 1001", "member TEACHER"];
        assert_eq!(school.asked(), asked);
    }

    #[test]
    fn an_account_that_is_switched_off_has_lost_its_invitation() {
        let off = || refused(400, Status::FailedPrecondition, None);
        let school = School::with(&[sam(Role::Teacher)]).fault("create", Fault::Before(off()));
        let lost = sent(&school, false, Role::Student);
        assert_eq!(lost, Err(ReplaceError::Lost(invitations::CREATE, off())));
        let asked = [
            "delete old",
            "create 1001",
            "member TEACHER",
            "member STUDENT",
        ];
        assert_eq!(school.asked(), asked);
    }

    #[test]
    fn a_refusal_with_a_reason_asks_nobody_whether_they_are_in_the_class() {
        let no = refused(
            400,
            Status::FailedPrecondition,
            Some(Reason::CourseNotModifiable),
        );
        let school = School::with(&[sam(Role::Teacher)]).fault("create", Fault::Before(no));
        assert!(sent(&school, false, Role::Teacher).is_err());
        assert_eq!(school.asked(), ["delete old", "create 1001"]);
    }

    #[test]
    fn after_a_stop_it_is_known_whether_an_invitation_waits() {
        let school = School::with(&[sam(Role::Teacher)]);
        let looked = block_on(look_up(&school, &sam(Role::Teacher)));
        assert_eq!(looked, Ok(Some(sam(Role::Teacher))));
        let looked = block_on(look_up(&School::default(), &sam(Role::Teacher)));
        assert_eq!(looked, Ok(None));
    }

    #[test]
    fn a_list_that_was_read_again_takes_away_what_is_gone_and_keeps_what_was_lost() {
        let fresh = [
            invitation("a", "1", Role::Student),
            invitation("b", "2", Role::Student),
        ];
        let stays = |state: State, id, user| {
            let entry = invitation(id, user, Role::Student);
            state.stays(&entry, &fresh)
        };
        assert!(stays(State::Waiting, "a", "1"));
        assert!(!stays(State::Waiting, "old", "1"), "another one has come");
        assert!(!stays(State::Waiting, "c", "3"), "answered or withdrawn");
        assert!(stays(State::Busy, "c", "3"));
        assert!(stays(State::Lost, "c", "3"));
        assert!(!stays(State::Lost, "c", "2"), "somebody else has sent one");
        assert!(!stays(State::Gone, "a", "1"));
    }

    #[test]
    fn only_people_who_are_not_in_the_list_are_new() {
        let listed = [sam(Role::Teacher)];
        let fresh = vec![sam(Role::Teacher), invitation("b", "2", Role::Student)];
        let new = new_ones(&listed, fresh);
        assert_eq!(new, [invitation("b", "2", Role::Student)]);
        let again = invitation("newer", SAM, Role::Student);
        assert!(new_ones(&listed, vec![again]).is_empty(), "being replaced");
    }

    #[test]
    fn an_offer_of_ownership_cannot_become_anything_else() {
        assert_eq!(other_role(Role::Teacher), Some(Role::Student));
        assert_eq!(other_role(Role::Student), Some(Role::Teacher));
        assert_eq!(other_role(Role::Owner), None);
    }

    #[test]
    fn somebody_without_a_name_is_known_by_the_last_four_digits() {
        let digits = |text| last_digits(&UserId::parse(text).unwrap()).to_owned();
        assert_eq!(digits("103482915577364021981"), "1981");
        assert_eq!(digits("77"), "77");
    }
}
