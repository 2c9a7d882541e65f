//! Who has not answered yet, and who teaches the class already.

use core::{future::Future, pin::Pin};
use std::collections::{BTreeMap, VecDeque};

use leptos::prelude::*;

use crate::{
    classroom::{
        client::Client,
        course_link,
        course_ref::{CourseId, CourseRef},
        courses::Course,
        invitations::{self, Invitation, Invitations, Of},
        page,
        profiles::Profile,
        retry,
        role::Role,
        rosters::{self, Member, Rosters},
        status::Status,
    },
    embed::news::News,
    flows::{
        at_once::four_at_once,
        join::Entered,
        pending::{
            MOST_TEACHERS, ReplaceError, Sent, State, is_owner, last_digits, look_up, new_ones,
            other_role, send_again, withdraw,
        },
    },
    guidance::{Action, Audience, Task, Trouble},
    i18n::{I18n, Text, text},
    session::{Session, account::shown, scopes::Scopes},
    ui::{
        chosen::ChosenClass,
        controls::{
            batches::in_batches,
            copies::{Copies, Copyable},
            press::Press,
            with_value::WithValue,
        },
        focus,
        notices::{Notices, Outcome, Sentence, Told},
        part::{LiveAttribute, Part, handler, live, live_attribute},
        quiet::Quiet,
        tasks::spawn_local,
    },
};

const TASK: Task = Task::Pending;
const AUDIENCE: Audience = Audience::Teacher;
const HEADING_ID: &str = "pending-heading";
const LIST_ID: &str = "pending-list";
const TEACHERS_ID: &str = "teachers-heading";

/// How far reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    UnderWay,
    Done,
    Failed,
}

/// An invitation on the page. Its parts change one by one, so that what has the focus stays.
#[derive(Clone, Copy)]
struct Entry {
    desk: Desk,
    invitation: RwSignal<Invitation>,
    profile: RwSignal<Profile>,
    state: RwSignal<State>,
}

/// What is done with an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    Withdraw,
    SendAgain,
    ChangeRole(Role),
}

/// What is to be done one after the other: the person is told of one thing at a time.
type Queue = VecDeque<Pin<Box<dyn Future<Output = ()>>>>;

/// The two lists, as their handlers see them.
#[derive(Clone, Copy)]
struct Desk {
    i18n: I18n,
    session: Session,
    notices: Notices,
    chosen: ChosenClass,
    entries: RwSignal<Vec<Entry>>,
    teachers: RwSignal<Vec<Member>>,
    reading: RwSignal<Reading>,
    /// How many invitations wait.
    count: RwSignal<usize>,
    /// What is known of people, by their numbers: nothing more where the profile is empty.
    people: StoredValue<BTreeMap<String, Profile>>,
    /// What is shown has to be read, as soon as that can be done.
    is_due: StoredValue<bool>,
    /// Counts how often reading was begun: the last one counts.
    readings: StoredValue<u32>,
    queue: StoredValue<Queue, LocalStorage>,
    is_working: StoredValue<bool>,
}

impl Desk {
    fn course(self) -> Option<CourseRef> {
        let course = self.chosen.course.get_untracked()?;
        CourseRef::parse(&course.id)
    }

    /// Forgets what belongs to another class or another account.
    fn wipe(self) {
        self.readings.update_value(|readings| *readings += 1);
        self.people.update_value(BTreeMap::clear);
        self.entries.set(Vec::new());
        self.teachers.set(Vec::new());
        self.count.set(0);
    }

    /// Reads both lists, where nobody has to be asked for anything.
    fn read(self) {
        self.is_due.set_value(true);
        let (Some(course), Some(client)) =
            (self.course(), self.session.ready_client(Scopes::INVITE))
        else {
            return;
        };
        self.is_due.set_value(false);
        self.readings.update_value(|readings| *readings += 1);
        let this = self.readings.get_value();
        self.reading.set(Reading::UnderWay);
        spawn_local(async move {
            let read = self.read_lists(&client, &course).await;
            if self.readings.get_value() != this {
                return;
            }
            match read {
                Ok((teachers, open)) => {
                    self.show(teachers, open);
                    self.reading.set(Reading::Done);
                    self.read_names(&client, this).await;
                }
                Err(trouble) => {
                    self.is_due.set_value(true);
                    self.reading.set(Reading::Failed);
                    // How the person's own task ended is not to be lost for this.
                    if self.notices.shows_outcome() {
                        self.session.heed(&trouble);
                    } else {
                        self.fail(&trouble, Callback::new(move |_| self.read_again()));
                    }
                }
            }
        });
    }

    /// Reads both lists, asking for sign-in where that is needed. To be called inside a person's
    /// press.
    fn read_again(self) {
        self.is_due.set_value(true);
        // The button goes.
        focus::on(self.notices.place, HEADING_ID);
        let client = self.session.client(Scopes::INVITE, self.notices);
        self.notices.clear();
        spawn_local(async move {
            match client.await {
                // Unless the sign-in alone has brought that about already.
                Ok(_) if self.is_due.get_value() => self.read(),
                Ok(_) => {}
                Err(trouble) => self.fail(&trouble, Callback::new(move |_| self.read_again())),
            }
        });
    }

    async fn read_lists(
        self,
        client: &Client,
        course: &CourseRef,
    ) -> Result<(Vec<Member>, Vec<Invitation>), Trouble> {
        let teachers = page::all(
            &Quiet,
            |token| async move {
                client
                    .members(course, Role::Teacher, token.as_deref())
                    .await
            },
            |_| {},
        );
        let teachers = teachers.await.map_err(|error| Trouble::Api {
            call: rosters::list_call(Role::Teacher),
            error,
        })?;
        let open = page::all(
            &Quiet,
            |token| async move { client.list(Of::Course(course), token.as_deref()).await },
            |_| {},
        );
        let open = open.await.map_err(|error| Trouble::Api {
            call: invitations::LIST,
            error,
        })?;
        Ok((teachers, open))
    }

    /// Puts on the page what was read. Entries that are there stay as they are.
    fn show(self, teachers: Vec<Member>, open: Vec<Invitation>) {
        self.people.update_value(|people| {
            let known = teachers.iter().filter(|teacher| is_known(&teacher.profile));
            people.extend(
                known.map(|teacher| (teacher.user.as_str().to_owned(), teacher.profile.clone())),
            );
        });
        self.teachers.set(teachers);
        let mut listed = Vec::new();
        for entry in self.entries.get_untracked() {
            let state = entry.state.get_untracked();
            let invitation = entry.invitation.get_untracked();
            if state.stays(&invitation, &open) {
                listed.push(invitation);
            } else {
                entry.state.set(State::Gone);
            }
        }
        let new = new_ones(&listed, open);
        if !new.is_empty() {
            let new = new.into_iter().map(|invitation| self.entry(invitation));
            let mut entries = self.entries.get_untracked();
            entries.retain(|entry| entry.state.get_untracked() != State::Gone);
            entries.extend(new);
            // The list is there anew.
            focus::hold(self.notices.place, LIST_ID, HEADING_ID);
            self.entries.set(entries);
        }
        self.count_waiting();
    }

    fn entry(self, invitation: Invitation) -> Entry {
        let profile = self
            .people
            .with_value(|people| people.get(invitation.user.as_str()).cloned());
        Entry {
            desk: self,
            invitation: RwSignal::new(invitation),
            profile: RwSignal::new(profile.unwrap_or_default()),
            state: RwSignal::new(State::Waiting),
        }
    }

    fn count_waiting(self) {
        let entries = self.entries.get_untracked();
        let waiting =
            |entry: &&Entry| matches!(entry.state.get_untracked(), State::Waiting | State::Busy);
        self.count.set(entries.iter().filter(waiting).count());
    }

    /// Asks who the people are whose names are not known yet. Those that nobody tells stay numbers.
    async fn read_names(self, client: &Client, this: u32) {
        let entries = self.entries.get_untracked();
        let unknown = entries.into_iter().filter_map(|entry| {
            let user = entry.invitation.with_untracked(|open| open.user.clone());
            let is_new = self
                .people
                .with_value(|people| !people.contains_key(user.as_str()));
            (is_new && self.readings.get_value() == this).then_some((entry, user))
        });
        four_at_once(unknown, |(entry, user)| async move {
            let asked = retry::patiently(&Quiet, || client.profile(user.as_str())).await;
            let profile = match asked {
                Ok(profile) => profile,
                // Nobody tells this account, today or in a minute.
                Err(error) if error.is(&Status::PermissionDenied) => Profile::default(),
                Err(_) => return,
            };
            if self.readings.get_value() == this {
                self.people.update_value(|people| {
                    people.insert(user.as_str().to_owned(), profile.clone());
                });
                entry.profile.set(profile);
            }
        })
        .await;
    }

    /// Does `work` when everything before it is done.
    fn enqueue(self, work: impl Future<Output = ()> + 'static) {
        self.queue
            .update_value(|queue| queue.push_back(Box::pin(work)));
        if self.is_working.get_value() {
            return;
        }
        self.is_working.set_value(true);
        spawn_local(async move {
            while let Some(Some(work)) = self.queue.try_update_value(VecDeque::pop_front) {
                work.await;
            }
            self.is_working
                .try_update_value(|is_working| *is_working = false);
        });
    }

    fn fail(self, trouble: &Trouble, act: Callback<Action>) {
        self.session.heed(trouble);
        self.notices
            .fail(TASK, AUDIENCE, trouble, act, Entered::default());
    }

    /// Withdraws the offer to own the class that stands in the way of another one. To be called inside
    /// a person's press.
    fn withdraw_offer(self) {
        let entries = self.entries.get_untracked();
        let offer = entries.into_iter().find(|entry| {
            entry.state.get_untracked() == State::Waiting
                && entry.invitation.with_untracked(|open| open.role) == Role::Owner
        });
        match offer {
            Some(offer) => offer.begin(Deed::Withdraw),
            // It was made after the list was read.
            None => self.read_again(),
        }
    }

    fn open_class(self) {
        let id = self
            .chosen
            .course
            .with_untracked(|course| course.as_ref().and_then(|c| CourseId::parse(&c.id)));
        if let (Some(id), Some(window)) = (id, web_sys::window()) {
            // A browser that opens nothing has told the person so.
            let _ = window.open_with_url_and_target_and_features(
                &course_link::address(&id),
                "_blank",
                "noopener",
            );
        }
    }
}

impl Entry {
    /// Does it, in its turn. To be called inside a person's press.
    fn begin(self, deed: Deed) {
        let before = self.state.get_untracked();
        if before == State::Busy {
            return;
        }
        let Desk {
            session, notices, ..
        } = self.desk;
        self.state.set(State::Busy);
        // Here, in the press itself: Google's window has to open before the first `await`.
        let client = session.client(Scopes::INVITE, notices);
        self.desk.enqueue(async move {
            let done = notices.stoppable(async {
                let client = client.await?;
                notices.begin(deed.under_way());
                self.carry_out(&client, deed, before).await
            });
            match done.await {
                Some(Ok(outcome)) => notices.succeed(Outcome::Told(outcome)),
                Some(Err(trouble)) => self.fail(&trouble, deed, before),
                None => {
                    notices.say(text::STOPPED);
                    self.look_up(before).await;
                }
            }
            self.desk.count_waiting();
        });
    }

    async fn carry_out(self, client: &Client, deed: Deed, before: State) -> Result<Told, Trouble> {
        let old = self.invitation.get_untracked();
        let notices = &self.desk.notices;
        let role = match deed {
            Deed::Withdraw => {
                let call = invitations::DELETE;
                let withdrawn = withdraw(client, notices, &old.id).await;
                withdrawn.map_err(|error| Trouble::Api { call, error })?;
                self.leave();
                return Ok(self.told("withdrawn", text::WITHDRAWN, true));
            }
            Deed::SendAgain => old.role,
            Deed::ChangeRole(role) => role,
        };
        let is_withdrawn = matches!(before, State::Lost | State::Gone);
        let sent = send_again(client, notices, &old, is_withdrawn, role).await;
        match sent {
            Ok(Sent::Waiting(invitation)) => {
                notices.tell(&News::Invited {
                    course: invitation.course.as_str(),
                    role: invitation.role,
                    invitation: Some(&invitation.id),
                });
                self.invitation.set(invitation);
                self.state.set(State::Waiting);
                Ok(match deed {
                    Deed::ChangeRole(Role::Student) => {
                        self.told("role-changed", text::ROLE_CHANGED_TO_STUDENT, false)
                    }
                    Deed::ChangeRole(_) => {
                        self.told("role-changed", text::ROLE_CHANGED_TO_TEACHER, false)
                    }
                    Deed::SendAgain | Deed::Withdraw => {
                        self.told("sent-again", text::SENT_AGAIN, false)
                    }
                })
            }
            Ok(Sent::Member) => {
                self.leave();
                self.desk.read();
                Ok(self.told("already-member", text::IS_MEMBER_NOW, false))
            }
            Err(ReplaceError::Kept(call, error)) => Err(Trouble::Api { call, error }),
            Err(ReplaceError::Lost(call, error)) => {
                self.state.set(State::Lost);
                Err(Trouble::Api { call, error })
            }
        }
    }

    /// Says why not, and what is left.
    fn fail(self, trouble: &Trouble, deed: Deed, before: State) {
        if self.state.get_untracked() == State::Busy {
            // An undo that did not begin leaves what it was to undo.
            self.state.set(before);
        }
        let error = trouble.api_error();
        let is_gone = deed == Deed::Withdraw && error.is_some_and(|e| e.is(&Status::NotFound));
        if is_gone {
            self.leave();
        }
        let desk = self.desk;
        desk.fail(
            trouble,
            Callback::new(move |action| match action {
                Action::Refresh => desk.read_again(),
                Action::OpenClass => desk.open_class(),
                Action::InviteAsCoTeacher => self.begin(Deed::ChangeRole(Role::Teacher)),
                Action::Withdraw => desk.withdraw_offer(),
                _ => self.begin(deed),
            }),
        );
        if self.state.get_untracked() == State::Lost {
            desk.notices.say_aside(text::INVITATION_LOST);
        }
        let has_changed = error.is_some_and(|e| e.is(&Status::AlreadyExists));
        if is_gone || has_changed {
            desk.read();
        }
    }

    /// It was stopped on the way: perhaps it has been carried out, or half of it.
    async fn look_up(self, before: State) {
        let old = self.invitation.get_untracked();
        let looked = match self.desk.session.ready_client(Scopes::INVITE) {
            Some(client) => look_up(&client, &old).await.ok(),
            None => None,
        };
        match looked {
            Some(Some(invitation)) => {
                self.invitation.set(invitation);
                self.state.set(State::Waiting);
            }
            Some(None) => {
                self.state.set(State::Lost);
                self.desk.notices.say_aside(text::INVITATION_LOST);
            }
            None => self.state.set(before),
        }
    }

    /// The entry has its place in the list again, if that was read anew without it.
    fn come_back(self) {
        let desk = self.desk;
        let course = self.invitation.with_untracked(|open| open.course.clone());
        let is_listed = desk.entries.with_untracked(|entries| {
            let mut entries = entries.iter();
            entries.any(|entry| entry.state == self.state)
        });
        // Another class may have been chosen: then it is invited to again all the same, unseen.
        if !is_listed && desk.course() == Some(CourseRef::Id(course)) {
            desk.entries.update(|entries| entries.push(self));
        }
    }

    /// The entry is not there any more.
    fn leave(self) {
        self.state.set(State::Gone);
        focus::on(self.desk.notices.place, HEADING_ID);
    }

    fn told(self, outcome: &'static str, text: Text, has_undo: bool) -> Told {
        let undo = has_undo.then(|| {
            let again = Callback::new(move |()| {
                self.come_back();
                self.begin(Deed::SendAgain);
            });
            (text::UNDO, again)
        });
        Told {
            outcome,
            sentence: Sentence::About(text, self.name()),
            but: None,
            is_good: true,
            undo,
        }
    }

    /// What the person is called in a sentence: address, else name, else the end of their number.
    fn name(self) -> String {
        let (email, name) = self
            .profile
            .with_untracked(|profile| (shown(&profile.email_address), shown(&profile.full_name)));
        let digits = || {
            let open = self.invitation.get_untracked();
            let values = [("digits", last_digits(&open.user))];
            untrack(|| self.desk.i18n.fill(text::PERSON_UNKNOWN, &values))
        };
        [email, name]
            .into_iter()
            .find(|text| !text.is_empty())
            .unwrap_or_else(digits)
    }
}

impl Deed {
    const fn under_way(self) -> Text {
        match self {
            Self::Withdraw => text::WITHDRAWING,
            Self::SendAgain => text::SENDING_AGAIN,
            Self::ChangeRole(_) => text::CHANGING_ROLE,
        }
    }
}

/// Whether anything is known that somebody could be called by.
fn is_known(profile: &Profile) -> bool {
    !profile.full_name.is_empty() || !profile.email_address.is_empty()
}

const fn role_name(role: Role) -> Text {
    match role {
        Role::Student => text::ROLE_STUDENT,
        Role::Teacher => text::ROLE_TEACHER,
        Role::Owner => text::ROLE_OWNER,
    }
}

/// The open invitations of the chosen class, and its teachers.
#[component]
pub fn PendingView() -> impl IntoView {
    let session = expect_context::<Session>();
    let chosen = expect_context::<ChosenClass>();
    let desk = Desk {
        i18n: expect_context::<I18n>(),
        session,
        notices: expect_context::<Notices>(),
        chosen,
        entries: RwSignal::new(Vec::new()),
        teachers: RwSignal::new(Vec::new()),
        reading: RwSignal::new(Reading::UnderWay),
        count: RwSignal::new(0),
        people: StoredValue::new(BTreeMap::new()),
        is_due: StoredValue::new(false),
        readings: StoredValue::new(0),
        queue: StoredValue::new_local(VecDeque::new()),
        is_working: StoredValue::new(false),
    };
    // Whose, and of what: nothing where there is nothing to show.
    let about = Memo::new(move |_| {
        let course = chosen
            .course
            .with(|course| course.as_ref().map(|c| c.id.clone()))?;
        Some((session.owner()?.email.clone(), course))
    });
    Effect::new(move |before: Option<Option<(String, String)>>| {
        let about = about.get();
        chosen.track_changes();
        if before.is_some_and(|before| before != about) {
            desk.wipe();
        }
        if about.is_some() {
            untrack(|| desk.read());
        }
        about
    });
    // What could not be read is, once somebody is signed in again.
    Effect::new(move || {
        if session.account().is_some() && desk.is_due.get_value() {
            untrack(|| desk.read());
        }
    });
    let is_shown = Memo::new(move |_| about.with(Option::is_some));
    live(move || {
        is_shown
            .get()
            .then(|| Part::new(view! { <OpenInvitations desk /> <CurrentTeachers desk /> }))
    })
}

/// Who has not answered yet.
#[component]
fn OpenInvitations(desk: Desk) -> impl IntoView {
    let Desk {
        i18n,
        entries,
        reading,
        count,
        ..
    } = desk;
    let standing = live(move || {
        let (said, refresh) = match (reading.get(), count.get()) {
            (Reading::UnderWay, 0) => (text::READING_PENDING, false),
            (Reading::Done, 0) => (text::NOBODY_WAITING, false),
            (Reading::UnderWay | Reading::Done, count) => {
                let said = move || i18n.count(text::PENDING_COUNT, count);
                return Part::new(view! { <p class="hint">{said}</p> });
            }
            (Reading::Failed, _) => (text::PENDING_UNREAD, true),
        };
        let again = Callback::new(move |()| desk.read_again());
        let refresh = refresh
            .then(|| Part::new(view! { <Press label=text::REFRESH on_press=again small=true /> }));
        Part::new(
            view! { <div class="card-actions"><p class="hint">{i18n.show(said)}</p> {refresh}</div> },
        )
    });
    let message = Copyable::new(text::COPY_MESSAGE, move || desk.message());
    view! {
        <section class="more" aria-labelledby=HEADING_ID>
            <h2 id=HEADING_ID tabindex="-1">{i18n.show(text::WAITING_FOR_ANSWER)}</h2>
            {standing}
            <ul class="people" id=LIST_ID>
                {live(move || entries.with(|entries| in_batches(entries, shown_entry)))}
            </ul>
            {live(move || {
                (count.get() > 0).then(|| Part::new(view! {
                    <p class="hint">{i18n.show(text::COPY_MESSAGE_HINT)}</p>
                    <Copies copies=vec![message] />
                }))
            })}
        </section>
    }
}

impl Desk {
    /// What a teacher may send to those who are invited, by whatever way.
    fn message(self) -> String {
        let course = self.chosen.course.get_untracked().unwrap_or_default();
        let Course { id, name, .. } = course;
        let link = CourseId::parse(&id).map(|id| course_link::address(&id));
        let values = [("class", shown(&name)), ("link", link.unwrap_or_default())];
        let values = values
            .each_ref()
            .map(|(name, value)| (*name, value.as_str()));
        untrack(|| self.i18n.fill(text::MESSAGE_TO_SHARE, &values))
    }
}

/// An invitation, for as long as it is there.
fn shown_entry(entry: Entry) -> Part {
    let is_there = Memo::new(move |_| entry.state.get() != State::Gone);
    Part::new(live(move || {
        is_there
            .get()
            .then(|| Part::new(view! { <OpenInvitation entry /> }))
    }))
}

/// An invitation with what can be done about it.
#[component]
fn OpenInvitation(entry: Entry) -> impl IntoView {
    let Entry {
        desk,
        invitation,
        profile,
        state,
    } = entry;
    let i18n = desk.i18n;
    let user = invitation.with_untracked(|open| open.user.clone());
    let who = ["pending-", user.as_str()].concat();
    let role = move || invitation.with(|open| open.role);
    let is_lost = move || state.get() == State::Lost;
    let send = button(
        entry,
        &who,
        |_| text::SEND_AGAIN,
        live_attribute(|| None),
        |_| Some(Deed::SendAgain),
    );
    // What is lost cannot be withdrawn once more.
    let withdraw = button(
        entry,
        &who,
        |_| text::WITHDRAW,
        live_attribute(move || is_lost().then_some("")),
        |_| Some(Deed::Withdraw),
    );
    let change = button(
        entry,
        &who,
        |role| match role {
            Role::Student => text::CHANGE_TO_TEACHER,
            Role::Teacher | Role::Owner => text::CHANGE_TO_STUDENT,
        },
        live_attribute(move || other_role(role()).is_none().then_some("")),
        |role| other_role(role).map(Deed::ChangeRole),
    );
    view! {
        <li
            class="person"
            data-state=live_attribute(move || Some(state.get().name()))
            aria-busy=live_attribute(move || (state.get() == State::Busy).then_some("true"))
        >
            <div id=who>
                {live(move || profile.with(|profile| named(profile, last_digits(&user))))}
                <p class="hint">{live(move || i18n.text(role_name(role())))}</p>
            </div>
            <p class="person-lost" hidden=live_attribute(move || (!is_lost()).then_some(""))>
                {i18n.show(text::INVITATION_LOST)}
            </p>
            <div class="card-actions">{send} {withdraw} {change}</div>
        </li>
    }
}

/// A button of an invitation. What it says and does may depend on the role; it stays on the page
/// whatever happens to the invitation, so that it keeps the focus.
fn button(
    entry: Entry,
    who: &str,
    label: fn(Role) -> Text,
    hidden: LiveAttribute,
    deed: fn(Role) -> Option<Deed>,
) -> Part {
    let Entry {
        desk, invitation, ..
    } = entry;
    let described = who.to_owned();
    let on_press = move |_| {
        if let Some(deed) = deed(invitation.with_untracked(|open| open.role)) {
            entry.begin(deed);
        }
    };
    Part::new(view! {
        <button
            type="button"
            class="button button-small"
            aria-describedby=described
            hidden=hidden
            on:click=handler(on_press)
        >
            {live(move || desk.i18n.text(label(invitation.with(|open| open.role))))}
        </button>
    })
}

/// Who teaches the class.
#[component]
fn CurrentTeachers(desk: Desk) -> impl IntoView {
    let Desk {
        i18n,
        teachers,
        chosen,
        ..
    } = desk;
    let count = move || {
        let count = i18n.number(teachers.with(Vec::len));
        let values = [("count", &*count), ("most", &*i18n.number(MOST_TEACHERS))];
        i18n.fill(text::TEACHERS_COUNT, &values)
    };
    let list = live(move || {
        let owner = chosen
            .course
            .with_untracked(|course| course.as_ref().and_then(|course| course.owner.clone()));
        let teachers: Vec<_> = teachers.with(|teachers| {
            let each = teachers.iter();
            each.map(|teacher| (teacher.clone(), is_owner(teacher, owner.as_ref())))
                .collect()
        });
        in_batches(&teachers, shown_teacher)
    });
    view! {
        <section
            class="more"
            aria-labelledby=TEACHERS_ID
            hidden=live_attribute(move || teachers.with(Vec::is_empty).then_some(""))
        >
            <h2 id=TEACHERS_ID>{i18n.show(text::TEACHERS)}</h2>
            <p class="hint">{live(count)}</p>
            <ul class="people">{list}</ul>
        </section>
    }
}

fn shown_teacher((teacher, is_owner): (Member, bool)) -> Part {
    let i18n = expect_context::<I18n>();
    let owner =
        is_owner.then(|| Part::new(view! { <p class="hint">{i18n.show(text::ROLE_OWNER)}</p> }));
    Part::new(view! {
        <li class="person">
            <div>{named(&teacher.profile, last_digits(&teacher.user))} {owner}</div>
        </li>
    })
}

/// Name and address, or what there is of them, or the end of the number.
fn named(profile: &Profile, digits: &str) -> Part {
    let name = shown(&profile.full_name);
    let email = shown(&profile.email_address);
    if name.is_empty() && email.is_empty() {
        let value = digits.to_owned();
        return Part::new(
            view! { <p class="person-name"><WithValue text=text::PERSON_UNKNOWN value /></p> },
        );
    }
    let line = |class, text: String| {
        (!text.is_empty()).then(|| Part::new(view! { <p class=class><bdi>{text}</bdi></p> }))
    };
    if name.is_empty() {
        return Part::new(line("person-name", email));
    }
    Part::new((line("person-name", name), line("person-email", email)))
}
