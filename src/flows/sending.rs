//! Sending many: invitations, or students an administrator adds.
//!
//! At most [`AT_ONCE`] calls are in flight, and no more begin in a second than the API allows one
//! user, the questions that come between among them. Whatever happens on the way, each row is
//! settled exactly once: a lost answer is looked up before the row is sent again, and a token that
//! ran out only holds the row up until there is another one.

use core::{
    cell::{Cell, RefCell},
    future::Future,
};
use std::collections::VecDeque;

use futures_util::future::{join, join4};

use super::review::State;
use crate::{
    classroom::{
        Classroom,
        course_ref::CourseRef,
        error::ApiError,
        invitations::{self, Invitation, Invitations, Of},
        reason::Reason,
        retry::{self, Pause, World},
        role::Role,
        rosters::Rosters,
        status::Status,
        students,
    },
    entry::email_address::EmailAddress,
};

/// How many calls are in flight at most.
pub const AT_ONCE: usize = 4;
/// How long one of the [`AT_ONCE`] takes for a call at least, in milliseconds: together they begin 16
/// calls a second, of the 20 that the API allows one user ("Usage limits": 1,200 a minute).
pub const INTERVAL: u32 = 250;
/// The longest that interval becomes when the API is busy, in milliseconds.
pub const LONGEST_INTERVAL: u32 = 1_000;
/// After so many rows in a row that were refused for the same reason, which is none of theirs, the
/// next ones would be, too.
pub const SAME_REFUSALS: u32 = 4;

/// What is done with each address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Job {
    /// Invite to the class.
    Invite(CourseRef, Role),
    /// Add to the class as a student.
    Add(CourseRef),
}

impl Job {
    /// The class.
    pub fn course(&self) -> &CourseRef {
        match self {
            Self::Invite(course, _) | Self::Add(course) => course,
        }
    }

    /// The call's name in Google's reference.
    pub const fn call(&self) -> &'static str {
        match self {
            Self::Invite(..) => invitations::CREATE,
            Self::Add(_) => students::JOIN,
        }
    }

    /// The same with the class by its number, which is all that invitations are known to take: an
    /// alias is looked up.
    ///
    /// # Errors
    /// What stood in the way of that.
    pub async fn numbered(
        self,
        api: &impl Classroom,
        world: &impl World,
    ) -> Result<Self, ApiError> {
        match self {
            Self::Invite(
                alias @ (CourseRef::DomainAlias(_) | CourseRef::ProjectAlias(_)),
                role,
            ) => {
                let found = retry::patiently(world, || api.course(&alias)).await?;
                Ok(Self::Invite(
                    CourseRef::parse(&found.id).unwrap_or(alias),
                    role,
                ))
            }
            job @ (Self::Invite(CourseRef::Id(_), _) | Self::Add(_)) => Ok(job),
        }
    }

    async fn send(
        &self,
        api: &(impl Invitations + Rosters),
        address: &EmailAddress,
    ) -> Result<State, ApiError> {
        let user = address.as_str();
        match self {
            Self::Invite(course, role) => {
                let invitation = api.create(course, user, *role).await?;
                Ok(State::Sent(Some(invitation.id)))
            }
            Self::Add(course) => {
                api.add_student(course, user).await?;
                Ok(State::Sent(None))
            }
        }
    }

    /// What a create whose answer was lost has come to; nothing where it was not carried out, as far
    /// as one sees.
    async fn look_up(
        &self,
        api: &(impl Invitations + Rosters),
        address: &EmailAddress,
    ) -> Result<Option<State>, ApiError> {
        let user = address.as_str();
        match self {
            Self::Invite(course, role) => {
                let page = api.list(Of::Person { course, user }, None).await?;
                // There is one at most, so that one in another role is not what was made here.
                let state = |open: Invitation| {
                    if open.role == *role {
                        State::Sent(Some(open.id))
                    } else {
                        State::AlreadyInvited(Some(open.id))
                    }
                };
                Ok(page.items.into_iter().next().map(state))
            }
            Self::Add(course) => match api.member(course, Role::Student, user).await {
                Ok(_) => Ok(Some(State::Sent(None))),
                Err(error) if error.is(&Status::NotFound) => Ok(None),
                Err(error) => Err(error),
            },
        }
    }

    /// The roles that make inviting somebody a refusal without a reason, since they are in the class
    /// already. A co-teacher is whom one offers ownership to, so that teaching explains nothing there.
    const fn roles_in_the_way(&self) -> &'static [Role] {
        match self {
            Self::Invite(_, Role::Student) => &[Role::Teacher, Role::Student],
            Self::Invite(_, Role::Teacher) => &[Role::Teacher],
            Self::Invite(_, Role::Owner) | Self::Add(_) => &[],
        }
    }

    /// What `ALREADY_EXISTS` means.
    const fn already(&self) -> State {
        match self {
            Self::Invite(..) => State::AlreadyInvited(None),
            Self::Add(_) => State::AlreadyMember,
        }
    }
}

/// Where a run shows itself, and who watches it.
pub trait Desk: World {
    /// What sends.
    type Api: Invitations + Rosters;

    /// The API for the next call: at once, or when the run may go on, having been paused or waiting
    /// for sign-in. Nothing where it was stopped.
    fn turn(&self) -> impl Future<Output = Option<Self::Api>>;

    /// The token is of no use any more; the next [turn](Self::turn) waits for another one. Told once
    /// of each token, however many calls it was in.
    fn signed_out(&self, error: &ApiError);

    /// Whether the run was stopped: then nothing is tried again.
    fn is_stopped(&self) -> bool;

    /// The row stands like this now. What [is settled](State::is_settled) is said once of each row.
    fn settle(&self, row: usize, state: State);
}

/// A row of the run.
struct Item {
    row: usize,
    address: EmailAddress,
    /// An answer was lost at some time: the call may have been carried out.
    is_in_doubt: bool,
    /// The answer that was lost and is not looked up yet.
    lost: Option<ApiError>,
}

/// The API with a token.
struct Turn<A> {
    api: A,
    /// How many tokens had run out before.
    token: u32,
}

/// Why it is not known yet what a row has come to.
enum Unsettled {
    /// The token ran out.
    SignedOut,
    /// This came back.
    Failed(ApiError),
}

/// What the workers share.
struct Run<'a, D> {
    desk: &'a D,
    job: &'a Job,
    queue: RefCell<VecDeque<Item>>,
    interval: Cell<u32>,
    /// How many tokens have run out.
    tokens: Cell<u32>,
    /// The last refusals that were for the same reason: which, and how many.
    streak: RefCell<Option<(Reason, u32)>>,
    /// Why nothing more is sent.
    end: RefCell<Option<ApiError>>,
}

/// Sends `rows`, each named by a number of its own.
///
/// # Errors
/// What would have come back for the rest, too, which was therefore not sent: those rows are
/// [`State::Skipped`], as the ones that were left when the run was stopped.
pub async fn run<D: Desk>(
    desk: &D,
    job: &Job,
    rows: impl IntoIterator<Item = (usize, EmailAddress)>,
) -> Result<(), ApiError> {
    let queue = rows.into_iter().map(|(row, address)| Item {
        row,
        address,
        is_in_doubt: false,
        lost: None,
    });
    let run = Run {
        desk,
        job,
        queue: RefCell::new(queue.collect()),
        interval: Cell::new(INTERVAL),
        tokens: Cell::new(0),
        streak: RefCell::default(),
        end: RefCell::default(),
    };
    join4(run.work(), run.work(), run.work(), run.work()).await;
    for item in run.queue.take() {
        desk.settle(item.row, State::Skipped);
    }
    match run.end.take() {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

impl<D: Desk> Run<'_, D> {
    /// One of the [`AT_ONCE`].
    async fn work(&self) {
        // Nobody is asked to sign in or to go on for nothing.
        while !self.queue.borrow().is_empty() {
            let Some(turn) = self.turn().await else {
                return;
            };
            let Some(item) = self.queue.borrow_mut().pop_front() else {
                return;
            };
            let row = item.row;
            let state = self.carry_out(turn, item).await;
            self.heed(&state);
            self.desk.settle(row, state);
        }
    }

    /// The API for the next call; nothing where there is to be none.
    async fn turn(&self) -> Option<Turn<D::Api>> {
        let mut api = self.desk.turn().await?;
        if self.desk.is_offline() {
            self.desk.pause(Pause::Offline, None).await;
            // It may have been paused or stopped meanwhile.
            api = self.desk.turn().await?;
        }
        let token = self.tokens.get();
        self.end.borrow().is_none().then_some(Turn { api, token })
    }

    /// Sends until it is known what the row has come to.
    async fn carry_out(&self, mut turn: Turn<D::Api>, mut item: Item) -> State {
        let failed = |error| State::Failed(self.job.call(), error);
        let mut failures = 0;
        loop {
            self.desk.settle(item.row, State::Sending);
            let otherwise = match self.attempt(&turn, &mut item).await {
                Ok(state) => return state,
                Err(Unsettled::SignedOut) => {
                    self.desk.settle(item.row, State::Ready);
                    item.lost.clone().map_or(State::Skipped, failed)
                }
                Err(Unsettled::Failed(error)) => {
                    failures += 1;
                    let told = failed(item.lost.clone().unwrap_or_else(|| error.clone()));
                    let is_over = self.desk.is_stopped() || self.end.borrow().is_some();
                    if is_over || retry::wait(self.desk, failures, error).await.is_err() {
                        return told;
                    }
                    told
                }
            };
            match self.turn().await {
                Some(next) => turn = next,
                None => return otherwise,
            }
        }
    }

    /// Sends once. Where an answer was lost, before or now, that is looked up first.
    async fn attempt(&self, turn: &Turn<D::Api>, item: &mut Item) -> Result<State, Unsettled> {
        if item.lost.is_some()
            && let Some(state) = self.look_up(turn, item).await?
        {
            return Ok(state);
        }
        let send = self.job.send(&turn.api, &item.address);
        let error = match self.call(turn, send).await {
            Ok(state) => return Ok(state),
            Err(Unsettled::SignedOut) => return Err(Unsettled::SignedOut),
            Err(Unsettled::Failed(error)) => error,
        };
        if error.is(&Status::AlreadyExists) {
            if !item.is_in_doubt {
                return Ok(self.job.already());
            }
            // One of the tries before has done it, unless it is seen that somebody else has.
            let found = self.look_up(turn, item).await.ok().flatten();
            return Ok(found.unwrap_or(State::Sent(None)));
        }
        if error.leaves_doubt() {
            item.is_in_doubt = true;
            item.lost = Some(error.clone());
            if let Some(state) = self.look_up(turn, item).await? {
                return Ok(state);
            }
        }
        let is_member = error.reason() == Some(&Reason::UserAlreadyOwner)
            || (is_bare_precondition(&error) && self.finds_member(turn, &item.address).await?);
        if is_member {
            return Ok(State::AlreadyMember);
        }
        Err(Unsettled::Failed(error))
    }

    async fn look_up(
        &self,
        turn: &Turn<D::Api>,
        item: &mut Item,
    ) -> Result<Option<State>, Unsettled> {
        let question = self.job.look_up(&turn.api, &item.address);
        let found = self.ask(turn, question).await?;
        item.lost = None;
        Ok(found.flatten())
    }

    /// Whether a refusal without a reason means that the person is in the class already: that, and
    /// an account that is switched off, have the same status.
    async fn finds_member(
        &self,
        turn: &Turn<D::Api>,
        address: &EmailAddress,
    ) -> Result<bool, Unsettled> {
        for role in self.job.roles_in_the_way() {
            let question = turn.api.member(self.job.course(), *role, address.as_str());
            if self.ask(turn, question).await?.is_some() {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Asks something; nothing where asking again would not tell more.
    async fn ask<T>(
        &self,
        turn: &Turn<D::Api>,
        question: impl Future<Output = Result<T, ApiError>>,
    ) -> Result<Option<T>, Unsettled> {
        match self.call(turn, question).await {
            Ok(answer) => Ok(Some(answer)),
            Err(Unsettled::Failed(error)) if !error.is_transient() && !error.leaves_doubt() => {
                Ok(None)
            }
            Err(unsettled) => Err(unsettled),
        }
    }

    /// Makes a call. It and the interval run side by side: whoever is slow is not slowed down.
    async fn call<T>(
        &self,
        turn: &Turn<D::Api>,
        call: impl Future<Output = Result<T, ApiError>>,
    ) -> Result<T, Unsettled> {
        if turn.token != self.tokens.get() {
            return Err(Unsettled::SignedOut);
        }
        let interval = self.interval.get();
        let (answer, ()) = join(call, self.desk.sleep(interval)).await;
        let error = match answer {
            Ok(answer) => {
                self.interval
                    .set((self.interval.get() * 19 / 20).max(INTERVAL));
                return Ok(answer);
            }
            Err(error) => error,
        };
        if error.is_transient() {
            self.interval
                .set((self.interval.get() * 3 / 2).min(LONGEST_INTERVAL));
        }
        if error.is(&Status::Unauthenticated) && reach(&error) != Reach::Everything {
            // All that are in flight are refused at once, and the last of them may come when
            // somebody has signed in again.
            if turn.token == self.tokens.get() {
                self.tokens.set(turn.token + 1);
                self.desk.signed_out(&error);
            }
            return Err(Unsettled::SignedOut);
        }
        Err(Unsettled::Failed(error))
    }

    /// Ends the run where the rest would be refused, too.
    fn heed(&self, state: &State) {
        let mut streak = self.streak.borrow_mut();
        let before = streak.take();
        let State::Failed(_, error) = state else {
            return;
        };
        let ends = match (reach(error), error.reason()) {
            (Reach::Everything, _) => true,
            (Reach::Class, Some(reason)) => {
                let count = match before {
                    Some((same, count)) if same == *reason => count + 1,
                    Some(_) | None => 1,
                };
                *streak = Some((reason.clone(), count));
                count >= SAME_REFUSALS
            }
            (Reach::Class | Reach::Row, _) => false,
        };
        if ends {
            self.end.replace(Some(error.clone()));
        }
    }
}

/// A refusal by the state of person or class that names no reason.
fn is_bare_precondition(error: &ApiError) -> bool {
    error.is(&Status::FailedPrecondition) && error.reason().is_none()
}

/// Whom a refusal concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// The person of the row.
    Row,
    /// The class, the caller or the page, as far as one can tell from one row.
    Class,
    /// Every row that is left.
    Everything,
}

fn reach(error: &ApiError) -> Reach {
    let Some(reason) = error.reason() else {
        return Reach::Row;
    };
    match reason {
        Reason::AccessTokenTypeUnsupported
        | Reason::AccountStateInvalid
        | Reason::ScopeMissing
        | Reason::UserBlockedByAdmin
        | Reason::UserInvitationQuotaExhausted => Reach::Everything,
        Reason::ClassroomApiDisabled
        | Reason::ClassroomDisabled
        | Reason::ConsumerInvalid
        | Reason::ConsumerSuspended
        | Reason::CourseMemberLimitReached
        | Reason::CourseNotFound
        | Reason::CourseNotModifiable
        | Reason::CourseTeacherLimitReached
        | Reason::InactiveCourseOwner
        | Reason::NotGoogleAppsUser
        | Reason::PendingInvitationExists
        | Reason::ProjectPermissionDenied
        | Reason::ServiceDisabled => Reach::Class,
        Reason::AccessTokenExpired
        | Reason::AttachmentNotVisible
        | Reason::CannotDirectAddUser
        | Reason::CannotInviteUserInUntrustedDomain
        | Reason::CannotRemoveCourseFolderOwner
        | Reason::CannotRemoveCourseOwner
        | Reason::CannotRemoveCourseOwnerTransferIncomplete
        | Reason::CannotRemoveTeacherWithNoCourseOwner
        | Reason::CourseTitleCannotContainUrl
        | Reason::CourseTopicLimitReached
        | Reason::CredentialsMissing
        | Reason::EmptyAssignees
        | Reason::ExpiredAddOnToken
        | Reason::IneligibleOwner
        | Reason::InvalidAddOnToken
        | Reason::ListCoursesStudentAndTeacherFilter
        | Reason::MissingGrant
        | Reason::RateLimitExceeded
        | Reason::UserAlreadyOwner
        | Reason::UserCannotOwnCourse
        | Reason::UserCourseJoinRateLimitReached
        | Reason::UserGroupsMembershipLimitReached
        | Reason::UserIneligibleToUpdateGradingPeriodSettings
        | Reason::Other(_) => Reach::Row,
    }
}

#[cfg(test)]
mod tests;
