//! Many people at once, into a class: their addresses are typed or pasted, checked, looked through,
//! sent. What invites and what adds differ in little, which stands in [`Kind`].

use leptos::prelude::*;
use web_sys::SubmitEvent;

use crate::{
    classroom::{
        client::Client,
        course_link,
        course_ref::{CourseId, CourseRef},
        courses::{self, Whose},
        role::Role,
        rosters,
    },
    embed::news::News,
    entry::{self, address_list, email_address::EmailAddress},
    flows::{
        checking::check,
        invite::{Answered, Question, question},
        join::Entered,
        offer::withdraw_offer,
        pending::{ReplaceError, replace},
        review::{Row, State},
        sending::Job,
        share::invite_link,
    },
    guidance::{Action, Audience, Field, Task, Trouble},
    i18n::{I18n, Plural, Text, text},
    session::{Session, scopes::Scopes},
    ui::{
        breath::breath,
        chosen::ChosenClass,
        clipboard,
        controls::{
            account_bar::ActingAs,
            class_picker::{ClassPicker, Classes},
            combobox,
            confirm::{CONFIRM_ID, Confirm},
            press::Press,
            review::{self, Review},
            sending::{RUN_ID, Sending, Words},
        },
        focus,
        notices::{FAILURE_ID, Notices, Outcome, Sentence, Told},
        part::{Part, handler, live, live_attribute},
        results,
        run::{List, Run},
        tasks::spawn_local,
        views::share,
    },
};

/// What is done with the people.
pub struct Kind {
    /// What it is to `guidance`.
    pub task: Task,
    /// Who does it.
    pub audience: Audience,
    /// Which classes there are to choose from.
    pub whose: Whose,
    /// The heading.
    pub heading: Text,
    /// What helps to find a class.
    pub class_hint: Text,
    /// The button that sends, and what is said meanwhile.
    pub words: Words,
    /// Whose account acts.
    pub acts_as: Text,
    /// What is said of those that are sent, and of those that are not.
    pub done: [Plural; 2],
    /// The name of that in `data-outcome`.
    pub outcome: &'static str,
    /// What the parts are named by.
    pub ids: Ids,
}

/// What the parts are named by, so that a page may have several.
pub struct Ids {
    /// The heading.
    pub heading: &'static str,
    /// The class.
    pub class: combobox::Ids,
    /// The addresses.
    pub addresses: &'static str,
    /// Their hint.
    pub hint: &'static str,
    /// Who acts.
    pub about: &'static str,
    /// The review.
    pub review: &'static str,
}

/// The roles, the usual one first, with what they are called and what they may do.
const ROLES: [(Role, Text, Text); 3] = [
    (Role::Teacher, text::ROLE_TEACHER, text::ROLE_TEACHER_HINT),
    (Role::Student, text::ROLE_STUDENT, text::ROLE_STUDENT_HINT),
    (Role::Owner, text::ROLE_OWNER, text::ROLE_OWNER_HINT),
];

/// The form, as its handlers see it.
#[derive(Clone, Copy)]
struct Form {
    kind: &'static Kind,
    i18n: I18n,
    session: Session,
    notices: Notices,
    chosen: ChosenClass,
    classes: Classes,
    role: RwSignal<Role>,
    typed: RwSignal<String>,
    run: Run,
    /// The class for which the rows were looked up, or are being: whatever is done with them is
    /// done there.
    reviewed: RwSignal<Option<CourseRef>>,
    asked: RwSignal<Option<Question>>,
    answered: RwSignal<Answered>,
    pending: RwSignal<bool>,
}

impl Form {
    /// Makes the review. To be called inside a person's press.
    fn check(self) {
        if self.is_busy() {
            return;
        }
        self.notices.clear();
        self.asked.set(None);
        self.answered.set(Answered::default());
        // After the sign-in has run out it is still theirs.
        if untrack(|| self.session.owner()).is_none() {
            return self.classes.allow();
        }
        let Some(course) = untrack(move || self.course()) else {
            return self.fail(&Trouble::ClassUnclear);
        };
        let own = self.run.own_domains();
        let own: Vec<_> = own.iter().map(String::as_str).collect();
        let addresses = address_list::read(&self.typed.get_untracked(), &own);
        if addresses.listed.is_empty() {
            return self.fail(&Trouble::NoAddresses);
        }
        let left_out = addresses.left_out > 0;
        let client = self.session.client(Scopes::INVITE, self.notices);
        self.pending.set(true);
        spawn_local(async move {
            breath().await;
            self.run
                .begin(addresses.listed.into_iter().map(Row::from).collect());
            self.reviewed.set(Some(course.clone()));
            let list = self.run.list();
            let checked = self.notices.stoppable(async {
                let client = client.await?;
                self.notices.begin(text::CHECKING);
                self.compare(&client, &course, &list).await
            });
            let checked = checked.await;
            if !list.is_current() {
                return;
            }
            self.pending.set(false);
            match checked {
                Some(Err(trouble)) => return self.fail(&trouble),
                Some(Ok(())) => self.notices.clear(),
                None => self.notices.say(text::STOPPED_CHECKING),
            }
            self.tell_checked();
            if left_out {
                self.notices.say_aside(text::LEFT_OUT);
            }
            focus::on(self.notices.place, self.kind.ids.review);
        });
    }

    /// Says how the review has come out, which is seen row by row.
    fn tell_checked(self) {
        let rows = self.run.snapshot();
        let ready = rows.iter().filter(|row| row.state == State::Ready).count();
        let words = untrack(|| {
            let [ready, others] = [ready, rows.len() - ready].map(|n| self.i18n.number(n));
            let values = [("ready", &*ready), ("others", &*others)];
            self.i18n.fill(text::CHECKED, &values)
        });
        self.notices.announce(words);
    }

    /// Finds out who is in the class or invited already.
    async fn compare(
        self,
        client: &Client,
        course: &CourseRef,
        list: &List,
    ) -> Result<(), Trouble> {
        let rows = self.run.due();
        let settle = |row, state| match state {
            // Adding settles the invitation, too.
            State::AlreadyInvited(_) if self.kind.task == Task::Enroll => {}
            state => list.place(row, state),
        };
        check(
            client,
            &self.notices,
            course,
            self.role_to_check(),
            &rows,
            settle,
            || {},
        )
        .await
        .map_err(|error| Trouble::Api {
            call: rosters::list_call(Role::Teacher),
            error,
        })
    }

    fn role_to_check(self) -> Role {
        match self.kind.task {
            Task::Enroll => Role::Student,
            _ => self.role.get_untracked(),
        }
    }

    /// Whether something is under way that has to end first, at this moment.
    fn is_busy(self) -> bool {
        self.pending.get_untracked() || self.run.phase.get_untracked().is_on()
    }

    /// The class that is chosen; tracked.
    fn course(self) -> Option<CourseRef> {
        match self.classes.chosen() {
            Some(course) => CourseRef::parse(&course.id),
            // An administrator may know it by its link, number or alias, and this page may be for
            // one that no list holds.
            None if self.kind.task == Task::Enroll => {
                let typed = self.classes.typed();
                let preset = || self.session.config().course.clone();
                if typed.trim().is_empty() {
                    preset()
                } else {
                    entry::course(&typed)
                }
            }
            None => None,
        }
    }

    /// Sends, or asks first. To be called inside a person's press.
    fn send(self) {
        let Some(course) = self.reviewed.get_untracked().filter(|_| !self.is_busy()) else {
            return;
        };
        if review::is_being_edited(self.notices.place, self.kind.ids.review) {
            return;
        }
        self.notices.clear();
        let own = self.run.own_domains();
        let own: Vec<_> = own.iter().map(String::as_str).collect();
        let role = self.role.get_untracked();
        // Nobody is given the class who is added to it.
        let role_asked_about = self.role_to_check();
        let asked = question(
            role_asked_about,
            &self.run.snapshot(),
            &own,
            self.answered.get_untracked(),
        );
        if asked.is_none() {
            focus::hold(self.notices.place, CONFIRM_ID, RUN_ID);
        }
        self.asked.set(asked.clone());
        if asked.is_some() {
            return;
        }
        let job = match self.kind.task {
            Task::Enroll => Job::Add(course),
            _ => Job::Invite(course, role),
        };
        self.carry_out(job, self.run.due());
    }

    /// Invites those whom the API does not let anybody add. To be called inside a person's press.
    fn invite_instead(self, rows: &[RwSignal<Row>]) {
        let Some(course) = self.reviewed.get_untracked().filter(|_| !self.is_busy()) else {
            return;
        };
        self.notices.clear();
        for row in rows {
            self.run.change(*row, |row| row.state = State::Ready);
        }
        self.carry_out(Job::Invite(course, Role::Student), self.run.due_of(rows));
    }

    fn carry_out(self, job: Job, rows: Vec<(usize, EmailAddress)>) {
        let list = self.run.list();
        let client = self.session.client(Scopes::INVITE, self.notices);
        self.pending.set(true);
        spawn_local(async move {
            let job = match client.await {
                Ok(client) => {
                    let numbered = job.numbered(&client, &self.notices);
                    let call = courses::GET;
                    numbered.await.map_err(|error| Trouble::Api { call, error })
                }
                Err(trouble) => Err(trouble),
            };
            if !list.is_current() {
                return;
            }
            let sent = match job {
                Ok(job) => match list.send(&job, rows).await {
                    Some(sent) => sent.map(|()| job),
                    None => return,
                },
                Err(trouble) => Err(trouble),
            };
            self.pending.set(false);
            self.chosen.has_changed();
            match sent {
                Ok(job) => self.tell(&job),
                Err(trouble) => self.fail(&trouble),
            }
        });
    }

    /// Says what it has come to.
    fn tell(self, job: &Job) {
        let tally = self.run.tally.get_untracked();
        let is_instead = self.kind.task == Task::Enroll && matches!(job, Job::Invite(..));
        let ([done, not_done], sent) = if is_instead {
            let rows = self.run.snapshot();
            let invited = rows
                .iter()
                .filter(|row| matches!(row.state, State::Sent(Some(_))));
            ([text::SENT_COUNT, text::NOT_SENT_COUNT], invited.count())
        } else {
            (self.kind.done, tally.sent)
        };
        self.notices.succeed(Outcome::Told(Told {
            outcome: self.kind.outcome,
            sentence: Sentence::Count(done, sent),
            but: (tally.failed > 0).then_some(Sentence::Count(not_done, tally.failed)),
            is_good: sent > 0 || tally.failed == 0,
            undo: None,
        }));
    }

    /// The question was answered.
    fn answer(self, yes: bool) {
        let Some(asked) = self.asked.get_untracked() else {
            return;
        };
        if yes {
            self.answered.update(|answered| match asked {
                Question::Owner => answered.owner = true,
                Question::Outsiders(_) => answered.outsiders = true,
            });
            self.send();
        } else {
            self.asked.set(None);
            focus::on(self.notices.place, self.kind.ids.review);
        }
    }

    /// Invites as co-teachers those who were to be offered ownership. To be called inside a person's
    /// press.
    fn invite_as_co_teacher(self) {
        self.role.set(Role::Teacher);
        self.send();
    }

    /// Copies the class's invite link, for whoever cannot be invited. Where there is none, or the
    /// browser refuses, the part of the page that is about it says so and what helps. To be called
    /// inside a person's press.
    fn copy_link(self) {
        let course = self.chosen.course.get_untracked();
        let link = course.and_then(|course| {
            let id = CourseId::parse(&course.id)?;
            Some(invite_link(&id, &course.enrollment_code?))
        });
        let written = link.map(|link| clipboard::write(&link));
        spawn_local(async move {
            let is_copied = match written {
                Some(written) => written.await,
                None => false,
            };
            if is_copied {
                self.notices.say_aside(text::COPIED);
            } else {
                focus::on(self.notices.place, share::HEADING_ID);
            }
        });
    }

    /// What a row's own button says. Called inside a person's press.
    fn act_on_row(self, row: RwSignal<Row>, action: Action) {
        let Some(course) = self.reviewed.get_untracked().filter(|_| !self.is_busy()) else {
            return;
        };
        if action != Action::CopyLink {
            // The row's buttons go.
            focus::hold(
                self.notices.place,
                self.kind.ids.review,
                self.kind.ids.review,
            );
        }
        match action {
            Action::InviteAsCoTeacher => {
                self.run.change(row, |row| row.state = State::Ready);
                self.invite_as_co_teacher();
            }
            Action::CopyLink => self.copy_link(),
            Action::InviteInstead => self.invite_instead(&[row]),
            Action::Withdraw => self.withdraw_offer(row, course),
            Action::WithdrawAndSendAgain => self.replace(row, course),
            _ => self.send(),
        }
    }

    /// Withdraws the invitation that waits for this person, and sends a new one.
    fn replace(self, row: RwSignal<Row>, course: CourseRef) {
        let (address, state) = row.with_untracked(|row| (row.address.clone(), row.state.clone()));
        let Some(address) = address else {
            return;
        };
        let old = match &state {
            State::AlreadyInvited(id) => id.clone(),
            _ => None,
        };
        let role = self.role.get_untracked();
        self.settle(row, state, async move |client| {
            let sent = replace(
                client,
                &self.notices,
                old.as_ref(),
                &course,
                address.as_str(),
                role,
            );
            match sent.await {
                Ok(invitation) => {
                    self.notices.tell(&News::Invited {
                        course: course.as_str(),
                        role,
                        invitation: Some(&invitation.id),
                    });
                    State::Sent(Some(invitation.id))
                }
                Err(ReplaceError::Kept(call, error)) => State::Failed(call, error),
                Err(ReplaceError::Lost(call, error)) => {
                    self.notices.say_aside(text::INVITATION_LOST);
                    State::Failed(call, error)
                }
            }
        });
    }

    /// Withdraws the offer to own the class that waits, so that this person can be offered it.
    fn withdraw_offer(self, row: RwSignal<Row>, course: CourseRef) {
        let before = row.with_untracked(|row| row.state.clone());
        self.settle(row, before, async move |client| {
            match withdraw_offer(client, &self.notices, &course).await {
                Ok(()) => State::Ready,
                Err((call, error)) => State::Failed(call, error),
            }
        });
    }

    /// Does something about one row, which comes to a state; it stays as it was `before` where
    /// nobody signs in for it. To be called inside a person's press.
    fn settle(
        self,
        row: RwSignal<Row>,
        before: State,
        work: impl AsyncFnOnce(&Client) -> State + 'static,
    ) {
        let list = self.run.list();
        let client = self.session.client(Scopes::INVITE, self.notices);
        self.notices.clear();
        self.run.change(row, |row| row.state = State::Sending);
        self.pending.set(true);
        spawn_local(async move {
            let client = client.await;
            if !list.is_current() {
                return;
            }
            let state = match client {
                Ok(client) => work(&client).await,
                Err(trouble) => {
                    self.fail(&trouble);
                    before
                }
            };
            if !list.is_current() {
                return;
            }
            self.pending.set(false);
            self.run.change(row, |row| row.state = state);
            self.chosen.has_changed();
            focus::on(self.notices.place, self.kind.ids.review);
        });
    }

    fn fail(self, trouble: &Trouble) {
        self.session.heed(trouble);
        let act = Callback::new(move |action| match action {
            Action::DownloadResults => self.download(),
            Action::Edit => focus::on(self.notices.place, self.kind.ids.addresses),
            Action::OpenClass => self.open_class(),
            _ if self.reviewed.with_untracked(Option::is_some) && self.run.ready_failed() => {
                self.send();
            }
            _ => self.check(),
        });
        self.notices.fail(
            self.kind.task,
            self.kind.audience,
            trouble,
            act,
            Entered::default(),
        );
        match untrack(move || self.notices.field()) {
            Some(Field::Addresses) => focus::on(self.notices.place, self.kind.ids.addresses),
            Some(Field::Class) => focus::on(self.notices.place, self.kind.ids.class.field),
            Some(Field::Code) | None => {}
        }
    }

    fn open_class(self) {
        let course = self.reviewed.get_untracked();
        if let (Some(CourseRef::Id(id)), Some(window)) = (course, web_sys::window()) {
            // A browser that opens nothing has told the person so.
            let _ = window.open_with_url_and_target_and_features(
                &course_link::address(&id),
                "_blank",
                "noopener",
            );
        }
    }

    fn download(self) {
        results::download(
            self.run,
            self.kind.task,
            self.kind.audience,
            self.i18n,
            self.session,
        );
    }

    /// Another class, or somebody else is signed in, or nobody: nothing of this is theirs.
    fn wipe(self) {
        if self.pending.get_untracked() {
            self.notices.clear();
        }
        self.run.begin(Vec::new());
        self.reviewed.set(None);
        self.asked.set(None);
        self.pending.set(false);
    }
}

/// The view.
#[component]
pub fn Bulk(
    /// What is done.
    kind: &'static Kind,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let session = expect_context::<Session>();
    let notices = expect_context::<Notices>();
    let chosen = expect_context::<ChosenClass>();
    let classes = Classes::new(kind.task, kind.audience, kind.whose);
    let form = Form {
        kind,
        i18n,
        session,
        notices,
        chosen,
        classes,
        role: RwSignal::new(Role::Teacher),
        typed: RwSignal::new(String::new()),
        run: Run::new(kind.task, kind.audience),
        reviewed: RwSignal::new(None),
        asked: RwSignal::new(None),
        answered: RwSignal::new(Answered::default()),
        pending: RwSignal::new(false),
    };
    Effect::new(move |before: Option<Option<String>>| {
        let owner = session.owner().map(|owner| owner.email.clone());
        if before.is_some_and(|before| before.is_some() && before != owner) {
            form.wipe();
        }
        owner
    });
    // What was found out about one class says nothing about another. It cannot be changed while
    // rows are being sent.
    Effect::new(move || {
        let course = form.course();
        let reviewed = form.reviewed.get_untracked();
        if reviewed.is_some() && reviewed != course && !form.run.phase.get_untracked().is_on() {
            form.wipe();
        }
    });
    Effect::new(move |before: Option<Role>| {
        let role = form.role.get();
        if before.is_some_and(|before| before != role) && !form.is_busy() {
            form.run.forget_members();
        }
        role
    });
    // The other parts of the page follow the choice.
    if kind.task == Task::Invite {
        Effect::new(move || {
            let course = classes.chosen();
            spawn_local(async move {
                breath().await;
                // Set in vain where the view has gone meanwhile.
                let _ = chosen.course.try_set(course);
            });
        });
    }

    let is_sending = move || form.run.phase.get().is_on();
    // What is pending while a run is on is the run.
    let is_checking = move || (form.pending.get() && !is_sending()).then_some("true");
    let failure_of = move |field| (notices.field() == Some(field)).then_some(FAILURE_ID);
    let act = Callback::new(move |(row, action)| form.act_on_row(row, action));
    let ids = &kind.ids;
    let has_roles = kind.task == Task::Invite;
    let is_reviewed = Memo::new(move |_| form.reviewed.with(Option::is_some));
    view! {
        <form
            class="task"
            aria-labelledby=ids.heading
            on:submit=handler(move |event: SubmitEvent| {
                event.prevent_default();
                form.check();
            })
        >
            <h1 id=ids.heading>{i18n.show(kind.heading)}</h1>
            // While a run is on, nothing here can be changed, but the page keeps its heading.
            <div
                class="task"
                inert=live_attribute(move || is_sending().then_some(""))
            >
                <ClassPicker
                    classes
                    ids=&ids.class
                    hint=kind.class_hint
                    failure=Callback::new(move |()| failure_of(Field::Class))
                />
                {has_roles.then(|| Part::new(view! {
                    <fieldset class="field">
                        <legend>{i18n.show(text::ROLE)}</legend>
                        {Vec::from(ROLES.map(|role| radio(form.role, role)))}
                    </fieldset>
                }))}
                <div class="field">
                    <label for=ids.addresses>{i18n.show(text::EMAIL_ADDRESSES)}</label>
                    <textarea
                        id=ids.addresses
                        rows="4"
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        aria-invalid=live_attribute(move || failure_of(Field::Addresses).map(|_| "true"))
                        aria-describedby=live_attribute(move || failure_of(Field::Addresses).or(Some(ids.hint)))
                        on:input=handler(move |event| form.typed.set(event_target_value(&event)))
                    ></textarea>
                    <p class="hint" id=ids.hint>{i18n.show(text::EMAIL_ADDRESSES_HINT)}</p>
                </div>
                <p class="task-actions">
                    <button
                        type="submit"
                        class="button button-main"
                        aria-busy=live_attribute(is_checking)
                    >
                        {i18n.show(text::CHECK_ADDRESSES)}
                    </button>
                </p>
                <div class="hint" id=ids.about><ActingAs words=kind.acts_as /></div>
            </div>
        </form>
        {live(move || is_reviewed.get().then(|| Part::new(view! {
            <Review id=ids.review run=form.run task=kind.task audience=kind.audience act />
            {live(move || form.asked.get().map(|question| asked(form, question)))}
            <Sending
                run=form.run
                words=kind.words
                about=ids.about
                on_send=Callback::new(move |()| form.send())
                on_again=Callback::new(move |()| {
                    if form.run.ready_failed() {
                        form.send();
                    }
                })
                on_download=Callback::new(move |()| form.download())
            />
            {live(move || form.run.offers_to_many(Action::InviteInstead).then(|| {
                let on_press = Callback::new(move |()| {
                    focus::on(notices.place, RUN_ID);
                    form.invite_instead(&form.run.offering(Action::InviteInstead));
                });
                Part::new(view! { <p class="task-actions"><Press label=text::INVITE_ALL_INSTEAD on_press /></p> })
            }))}
        })))}
    }
}

/// One of the roles.
fn radio(chosen: RwSignal<Role>, (role, name, hint): (Role, Text, Text)) -> Part {
    let i18n = expect_context::<I18n>();
    let id = ["role-", role.as_str()].concat();
    let hint_id = [&id, "-hint"].concat();
    Part::new(view! {
        <div class="choice-line">
            <input
                type="radio"
                name="role"
                id=id.clone()
                aria-describedby=hint_id.clone()
                prop:checked=move || chosen.get() == role
                on:change=handler(move |_| chosen.set(role))
            />
            <label for=id>{i18n.show(name)}</label>
            <p class="hint" id=hint_id>{i18n.show(hint)}</p>
        </div>
    })
}

fn asked(form: Form, question: Question) -> Part {
    let on_yes = Callback::new(move |()| form.answer(true));
    let on_no = Callback::new(move |()| form.answer(false));
    match question {
        Question::Owner => Part::new(view! {
            <Confirm
                title=text::OWNER_ASK
                what=text::OWNER_ASK_WHAT
                values=Vec::new()
                yes=text::OWNER_YES
                instead=(
                    text::INVITE_AS_CO_TEACHER,
                    Callback::new(move |()| form.invite_as_co_teacher()),
                )
                no=text::CANCEL
                on_yes
                on_no
            />
        }),
        Question::Outsiders(addresses) => {
            let domain = form
                .run
                .own_domains()
                .into_iter()
                .next()
                .unwrap_or_default();
            let values = vec![("domain", domain), ("addresses", addresses.join(", "))];
            Part::new(view! {
                <Confirm
                    title=text::OUTSIDERS
                    what=text::OUTSIDERS_WHAT
                    values
                    yes=text::OUTSIDERS_YES
                    no=text::OUTSIDERS_NO
                    on_yes
                    on_no
                />
            })
        }
    }
}
