//! A run that sends many: how it is watched, paused, stopped, and resumed after sign-in ran out.

use core::{future::Future, pin::pin};
use std::sync::Arc;

use futures_channel::oneshot;
use futures_util::future::select;
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::tick};

use super::{notices::Notices, place::Place, tasks::spawn_local, world};
use crate::{
    classroom::{
        client::Client,
        error::{ApiError, Refusal},
        retry::{Pause, World},
        status::Status,
    },
    embed::news::News,
    entry::email_address::EmailAddress,
    flows::{
        join::Entered,
        review::{Row, State, Tally, freed},
        sending::{Desk, Job},
    },
    guidance::{Action, Audience, Task, Trouble, passing},
    i18n::{Text, text},
    session::{Session, account::Account, scopes::Scopes},
};

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing was sent yet.
    Before,
    /// Rows are being sent.
    Running,
    /// The person wants to wait.
    Paused,
    /// Nobody is signed in any more.
    SignedOut,
    /// What is on its way is waited for, and then it is over.
    Stopping,
    /// It is over.
    Over,
}

impl Phase {
    /// Whether rows are still to be sent or on their way.
    pub const fn is_on(self) -> bool {
        match self {
            Self::Running | Self::Paused | Self::SignedOut | Self::Stopping => true,
            Self::Before | Self::Over => false,
        }
    }
}

/// What a run waits for: what it is, how it will go on, in how many seconds.
pub type Waiting = Option<(Text, Text, u32)>;

/// Something that waits for the run to change.
type Waiters = StoredValue<Vec<oneshot::Sender<()>>, LocalStorage>;

/// A run. `Copy`, so that views pass it into their handlers.
#[derive(Clone, Copy)]
pub struct Run {
    session: Session,
    notices: Notices,
    task: Task,
    audience: Audience,
    /// Who is to be sent to, row by row, so that each follows its own.
    pub rows: RwSignal<Vec<RwSignal<Row>>>,
    /// How many rows stand where.
    pub tally: RwSignal<Tally>,
    /// How far it has come.
    pub phase: RwSignal<Phase>,
    /// What it waits for.
    pub waiting: RwSignal<Waiting>,
    /// Counts the lists that there were.
    lists: StoredValue<u32>,
    /// Where the list's signals live: not with the button that was pressed for it, which may be one of
    /// a card that goes.
    home: StoredValue<Owner>,
    list_home: StoredValue<Option<Owner>>,
    /// Counts how often somebody did not want to wait.
    skips: StoredValue<u32>,
    waiters: Waiters,
}

impl Run {
    /// Nobody to send to yet.
    pub fn new(task: Task, audience: Audience) -> Self {
        let session = expect_context::<Session>();
        let run = Self {
            session,
            notices: expect_context(),
            task,
            audience,
            rows: RwSignal::new(Vec::new()),
            tally: RwSignal::new(Tally::default()),
            phase: RwSignal::new(Phase::Before),
            waiting: RwSignal::new(None),
            lists: StoredValue::new(0),
            home: StoredValue::new(Owner::new()),
            list_home: StoredValue::new(None),
            skips: StoredValue::new(0),
            waiters: StoredValue::new_local(Vec::new()),
        };
        // However it came that somebody is signed in again.
        Effect::new(move || {
            if session.account().is_some() && run.phase.get_untracked() == Phase::SignedOut {
                run.enter(Phase::Running);
            }
        });
        // The browser asks before the page is left while rows are sent or wait for it: that would be
        // lost.
        let is_on = Memo::new(move |_| run.phase.get().is_on());
        Effect::new(move || {
            if is_on.get() {
                let asks = window_event_listener(leptos::ev::beforeunload, |event| {
                    event.prevent_default();
                });
                on_cleanup(move || asks.remove());
            }
        });
        run
    }

    /// Other rows, and nothing sent yet. What is under way for those before ends in vain.
    pub fn begin(self, rows: Vec<Row>) {
        self.lists.update_value(|lists| *lists += 1);
        self.tally.set(Tally::of(rows.iter().map(|row| &row.state)));
        let home = self.home.with_value(Owner::child);
        let rows = home.with(|| rows.into_iter().map(RwSignal::new).collect());
        self.rows.set(rows);
        let before = self.list_home.try_update_value(|list| list.replace(home));
        spawn_local(async move {
            // By then the page shows them no more.
            tick().await;
            drop(before);
        });
        self.waiting.set(None);
        self.enter(Phase::Before);
    }

    /// The widget that it is in.
    pub fn place(self) -> Place {
        self.notices.place
    }

    /// The list as it is now, in the name of whom it is.
    pub fn list(self) -> List {
        List {
            run: self,
            number: self.lists.get_value(),
            owner: untrack(|| self.session.owner()),
            job: None,
        }
    }

    /// How it stands with a row now.
    pub fn change(self, row: RwSignal<Row>, how: impl FnOnce(&mut Row)) {
        let mut before = State::Ready;
        let mut after = State::Ready;
        let mut is_out = false;
        row.update(|row| {
            before = row.state.clone();
            how(row);
            after = row.state.clone();
            is_out = row.is_out;
        });
        let is_counted = || !is_out && self.rows.with_untracked(|rows| rows.contains(&row));
        if before != after && is_counted() {
            self.tally.update(|tally| tally.moved(&before, &after));
        }
    }

    /// Takes a row out of the list.
    pub fn remove(self, row: RwSignal<Row>) {
        let state = row.with_untracked(|row| row.state.clone());
        self.tally.update(|tally| tally.taken(&state));
        row.update(|row| row.is_out = true);
        self.free_duplicates();
        self.notices.say_aside(text::REMOVED);
    }

    /// What is typed takes the place of a row.
    pub fn correct(self, row: RwSignal<Row>, typed: &str) {
        let others: Vec<_> = self
            .rows
            .get_untracked()
            .into_iter()
            .filter(|other| *other != row)
            .filter_map(|other| {
                other.with_untracked(|other| other.address.clone().filter(|_| !other.is_out))
            })
            .collect();
        let own = self.own_domains();
        let own: Vec<_> = own.iter().map(String::as_str).collect();
        self.change(row, |row| *row = Row::corrected(typed, &others, &own));
        self.free_duplicates();
    }

    /// A row was corrected or taken out: what repeated it may be none of the duplicates any more.
    fn free_duplicates(self) {
        let rows = self.rows.get_untracked();
        let now: Vec<_> = rows.iter().map(|row| row.get_untracked()).collect();
        for row in freed(&now).into_iter().filter_map(|at| rows.get(at)) {
            self.change(*row, |row| row.state = State::Ready);
        }
    }

    /// What was found out about one role, or one class, says nothing about another.
    pub fn forget_members(self) {
        for row in self.rows.get_untracked() {
            if row.with_untracked(|row| row.state == State::AlreadyMember) {
                self.change(row, |row| row.state = State::Ready);
            }
        }
    }

    /// The domains of whoever sends, and of the school.
    pub fn own_domains(self) -> Vec<String> {
        let owner = untrack(|| self.session.owner());
        let own = owner.and_then(|account| {
            let (_, domain) = account.email.rsplit_once('@')?;
            Some(domain.to_owned())
        });
        own.into_iter()
            .chain(self.session.config().hosted_domain.iter().cloned())
            .collect()
    }

    /// The rows as they stand now, without the ones that were taken out.
    pub fn snapshot(self) -> Vec<Row> {
        self.rows
            .get_untracked()
            .into_iter()
            .map(|row| row.get_untracked())
            .filter(|row| !row.is_out)
            .collect()
    }

    /// Makes ready whatever another try can help; tells whether anything is.
    pub fn ready_failed(self) -> bool {
        let config = self.session.config();
        let mut any = false;
        for row in self.rows.get_untracked() {
            let again = row.with_untracked(|row| {
                !row.is_out && row.can_be_tried_again(self.task, self.audience, &config)
            });
            if again {
                self.change(row, |row| row.state = State::Ready);
                any = true;
            }
        }
        any
    }

    /// Whether another try can help anything; tracked.
    pub fn has_failed(self) -> bool {
        let config = self.session.config();
        self.tally.with(|tally| tally.failed > 0)
            && self.rows.get().iter().any(|row| {
                row.with_untracked(|row| {
                    !row.is_out && row.can_be_tried_again(self.task, self.audience, &config)
                })
            })
    }

    /// The rows that are ready, each with its number.
    pub fn due(self) -> Vec<(usize, EmailAddress)> {
        let rows = self.rows.get_untracked();
        let due = |(at, row): (usize, &RwSignal<Row>)| {
            Some((at, row.with_untracked(|row| row.due().cloned())?))
        };
        rows.iter().enumerate().filter_map(due).collect()
    }

    /// As [`due`](Self::due), of these rows only.
    pub fn due_of(self, wanted: &[RwSignal<Row>]) -> Vec<(usize, EmailAddress)> {
        let rows = self.rows.get_untracked();
        let is_wanted = |at: usize| rows.get(at).is_some_and(|row| wanted.contains(row));
        let due = self.due().into_iter();
        due.filter(|(at, _)| is_wanted(*at)).collect()
    }

    /// The rows that offer `action`, at this moment.
    pub fn offering(self, action: Action) -> Vec<RwSignal<Row>> {
        let config = self.session.config();
        let offers = |row: &RwSignal<Row>| {
            row.with_untracked(|row| {
                let guidance = row.guidance(self.task, self.audience, &config);
                !row.is_out && guidance.is_some_and(|guidance| guidance.actions.contains(&action))
            })
        };
        let mut rows = self.rows.get_untracked();
        rows.retain(offers);
        rows
    }

    /// Whether several rows offer `action` and nothing is under way; tracked.
    pub fn offers_to_many(self, action: Action) -> bool {
        self.phase.get() == Phase::Over
            && self.tally.with(|tally| tally.failed > 1)
            && self.offering(action).len() > 1
    }

    /// Goes on, or pauses, or stops: whoever waits looks again.
    pub fn enter(self, phase: Phase) {
        self.phase.set(phase);
        self.call_waiters();
    }

    /// Tries now what is waited for.
    pub fn try_now(self) {
        self.skips.update_value(|skips| *skips += 1);
        self.call_waiters();
    }

    fn call_waiters(self) {
        let waiters = self.waiters.try_update_value(core::mem::take);
        for waiter in waiters.into_iter().flatten() {
            // Whoever does not wait any more needs no call.
            let _ = waiter.send(());
        }
    }

    /// Until the run changes.
    fn changed(self) -> impl Future<Output = ()> {
        let (sender, receiver) = oneshot::channel();
        self.waiters.update_value(|waiters| waiters.push(sender));
        async move {
            // One that is dropped is a change, too.
            let _ = receiver.await;
        }
    }
}

/// The rows of one list. What is done with them ends when there is another list, or when somebody
/// else is signed in.
#[derive(Clone)]
pub struct List {
    run: Run,
    number: u32,
    owner: Option<Arc<Account>>,
    /// What is being done with the rows.
    job: Option<Job>,
}

impl List {
    /// Whether it is still the one that is there, and of whoever acts.
    pub fn is_current(&self) -> bool {
        let email = |account: Arc<Account>| account.email.clone();
        let acts = self.run.session.account_untracked().map(email);
        let is_of_who_acts = acts.is_none() || acts == self.owner.clone().map(email);
        is_of_who_acts && self.run.lists.get_value() == self.number
    }

    /// Sends these rows; tells nothing where there is another list by then.
    pub async fn send(
        &self,
        job: &Job,
        rows: Vec<(usize, EmailAddress)>,
    ) -> Option<Result<(), Trouble>> {
        self.run.enter(Phase::Running);
        let list = Self {
            job: Some(job.clone()),
            ..self.clone()
        };
        let ended = crate::flows::sending::run(&list, job, rows).await;
        if !self.is_current() {
            return None;
        }
        self.run.enter(Phase::Over);
        Some(ended.map_err(|error| Trouble::Api {
            call: job.call(),
            error,
        }))
    }

    /// It stands like this now with the row of that number.
    pub fn place(&self, row: usize, state: State) {
        if !self.is_current() {
            return;
        }
        let row = self.run.rows.with_untracked(|rows| rows.get(row).copied());
        if let Some(row) = row {
            self.run.change(row, |row| row.state = state);
        }
    }

    /// Waits until somebody is signed in.
    fn wait_for_sign_in(&self, trouble: &Trouble) {
        // All that are in flight are refused at once.
        if self.is_current() && self.run.phase.get_untracked() == Phase::Running {
            self.run.phase.set(Phase::SignedOut);
            self.run.session.heed(trouble);
            self.ask(trouble);
        }
    }

    /// Asks whoever sends to sign in.
    fn ask(&self, trouble: &Trouble) {
        let run = self.run;
        if !self.is_current() {
            return;
        }
        let list = self.clone();
        let act = Callback::new(move |_| {
            let list = list.clone();
            let client = run.session.client(Scopes::INVITE, run.notices);
            spawn_local(async move {
                match client.await {
                    Ok(_) => run.notices.clear(),
                    // It may have been stopped meanwhile.
                    Err(trouble) if run.phase.get_untracked() == Phase::SignedOut => {
                        list.ask(&trouble);
                    }
                    Err(_) => {}
                }
            });
        });
        run.notices
            .fail(run.task, run.audience, trouble, act, Entered::default());
    }
}

impl World for List {
    async fn pause(&self, pause: Pause, error: Option<&ApiError>) {
        let run = self.run;
        let (what, later, millis) = match (pause, error) {
            (Pause::For(millis), Some(error)) => (passing(error), text::TRYING_AGAIN, millis),
            (Pause::For(millis), None) => return self.sleep(millis).await,
            (Pause::Offline, _) => (text::OFFLINE, text::WHEN_ONLINE, 0),
        };
        if millis > world::UNSEEN || pause == Pause::Offline {
            run.waiting.set(Some((what, later, millis.div_ceil(1000))));
        }
        let over = async {
            self.sleep(millis).await;
            while pause == Pause::Offline && self.is_offline() {
                self.sleep(world::ONLINE_POLL).await;
            }
        };
        let skips = run.skips.get_value();
        let unwanted = async {
            while !self.is_stopped() && run.skips.get_value() == skips {
                run.changed().await;
            }
        };
        select(pin!(over), pin!(unwanted)).await;
        run.waiting.set(None);
    }

    async fn sleep(&self, millis: u32) {
        TimeoutFuture::new(millis).await;
    }

    fn chance(&self) -> f64 {
        self.run.notices.chance()
    }

    fn is_offline(&self) -> bool {
        self.run.notices.is_offline()
    }
}

impl Desk for List {
    type Api = Client;

    async fn turn(&self) -> Option<Client> {
        let run = self.run;
        loop {
            if self.is_stopped() {
                return None;
            }
            match run.phase.get_untracked() {
                Phase::Running => match run.session.ready_client(Scopes::INVITE) {
                    Some(client) => return Some(client),
                    None => self.wait_for_sign_in(&Trouble::Api {
                        call: crate::classroom::invitations::CREATE,
                        error: ApiError::Refused(Refusal::new(401, Status::Unauthenticated, None)),
                    }),
                },
                Phase::Paused | Phase::SignedOut => run.changed().await,
                Phase::Before | Phase::Stopping | Phase::Over => return None,
            }
        }
    }

    fn signed_out(&self, error: &ApiError) {
        self.wait_for_sign_in(&Trouble::Api {
            call: crate::classroom::invitations::CREATE,
            error: error.clone(),
        });
    }

    fn is_stopped(&self) -> bool {
        let phase = self.run.phase.get_untracked();
        let goes_on = matches!(phase, Phase::Running | Phase::Paused | Phase::SignedOut);
        !self.is_current() || !goes_on
    }

    fn settle(&self, row: usize, state: State) {
        if let (State::Sent(invitation), Some(job)) = (&state, &self.job) {
            self.run.notices.tell(&match job {
                Job::Invite(course, role) => News::Invited {
                    course: course.as_str(),
                    role: *role,
                    invitation: invitation.as_ref(),
                },
                Job::Add(course) => News::Enrolled {
                    course: course.as_str(),
                },
            });
        }
        self.place(row, state);
    }
}
