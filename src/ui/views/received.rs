//! The invitations that wait for whoever is signed in, to accept or to decline.

use core::future::{Future, ready};

use futures_util::future::join;
use leptos::{
    html::{Button, H1, Li},
    prelude::*,
    task::tick,
};
use web_sys::KeyboardEvent;

use crate::{
    classroom::{
        client::Client,
        courses::Course,
        invitations::{self, Invitation},
        retry::World,
        role::Role,
        status::Status,
    },
    config::View,
    embed::news::News,
    flows::{
        join::Entered,
        received::{Answer, Answered, Stage, answer, class, look_up, read_classes, waiting},
    },
    guidance::{Action, Audience, Task, Trouble},
    i18n::{I18n, Text, text},
    session::{Session, account::shown, scopes::Scopes},
    ui::{
        controls::confirm::Confirm,
        focus::is_in,
        marks,
        notices::{InClass, Notices, Outcome, Sentence, Told},
        part::{Part, handler, live, live_attribute},
        tasks::spawn_local,
        waiting::Waiting,
    },
};

const HEADING_ID: &str = "received-heading";

/// How long an answer takes at least, in milliseconds: the next invitation moves to where this one
/// was, and the second half of a double click must not meet it.
const DOUBLE_CLICK: u32 = 350;

/// An invitation on the page. `Copy`, so that its handlers have it.
#[derive(Clone, Copy)]
struct Item {
    invitation: StoredValue<Invitation>,
    /// Its class, where that may be read.
    class: RwSignal<Option<Course>>,
    stage: RwSignal<Stage>,
    place: NodeRef<Li>,
    accept: NodeRef<Button>,
    decline: NodeRef<Button>,
}

impl Item {
    fn new(invitation: Invitation) -> Self {
        Self {
            invitation: StoredValue::new(invitation),
            class: RwSignal::new(None),
            stage: RwSignal::new(Stage::Waiting),
            place: NodeRef::new(),
            accept: NodeRef::new(),
            decline: NodeRef::new(),
        }
    }

    fn is_open(self) -> bool {
        self.stage.get_untracked().is_open()
    }

    /// Moves on; nothing is shown anew where it stays as it is.
    fn enter(self, stage: Stage) {
        if self.stage.get_untracked() != stage {
            self.stage.set(stage);
        }
    }

    fn button(self, answer: Answer) -> NodeRef<Button> {
        match answer {
            Answer::Accept => self.accept,
            Answer::Decline => self.decline,
        }
    }

    /// Whether the focus would be lost with the item. Some browsers give a button that is clicked
    /// no focus at all.
    fn has_focus(self) -> bool {
        let Some(place) = self.place.get_untracked() else {
            return false;
        };
        is_in(&place)
            || document()
                .active_element()
                .is_none_or(|active| active.tag_name() == "BODY")
    }
}

/// Gives the focus to a button, once it can take it.
fn focus(button: NodeRef<Button>) {
    spawn_local(async move {
        tick().await;
        if let Some(button) = button.get_untracked() {
            // What cannot take the focus can still be pressed.
            let _ = button.focus();
        }
    });
}

/// How far reading the list has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// Somebody has to sign in first, or to allow it, or to try again.
    NotYet,
    /// It is going on.
    UnderWay,
    /// All are there.
    Done,
}

/// Why the list is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Why {
    /// To show it.
    ToShow,
    /// Since an invitation was gone, about which something is said already.
    OneIsGone,
}

/// What the view's effect has seen last.
#[derive(Clone, Default, PartialEq, Eq)]
struct Seen {
    /// Whose invitations are on the page.
    owner: Option<String>,
    /// That account acts, and the view is shown.
    is_due: bool,
}

/// The view, as its handlers see it.
#[derive(Clone, Copy)]
struct Received {
    i18n: I18n,
    session: Session,
    notices: Notices,
    waiting: Waiting,
    /// The view that is seen.
    current: RwSignal<View>,
    /// Whose invitations are on the page.
    owner: StoredValue<Option<String>>,
    items: RwSignal<Vec<Item>>,
    reading: RwSignal<Reading>,
    /// Counts the times that the list was read: what comes of an earlier one is not taken.
    turn: StoredValue<u32>,
    /// An answer is on its way.
    answering: RwSignal<bool>,
    /// It was said that nothing waits.
    said_none: StoredValue<bool>,
    heading: NodeRef<H1>,
}

impl Received {
    /// Reads the list, or reads it again. To be called inside a person's press.
    fn show(self) {
        // A second press while the first is on its way is the same press.
        if self.reading.get_untracked() == Reading::UnderWay || self.answering.get_untracked() {
            return;
        }
        let client = self.session.client(Scopes::RECEIVED, self.notices);
        self.notices.clear();
        self.read(client, Why::ToShow);
    }

    /// Reads the list where nothing has to be asked for, and nothing else is under way.
    fn show_quietly(self, why: Why) {
        let is_reading = self.reading.get_untracked() == Reading::UnderWay;
        if is_reading || self.answering.get_untracked() || self.notices.is_under_way() {
            return;
        }
        if let Some(client) = self.session.ready_client(Scopes::RECEIVED) {
            self.read(ready(Ok(client)), why);
        }
    }

    /// Reads the list after somebody has signed in, unless that has begun it.
    fn show_if_unread(self) {
        spawn_local(async move {
            tick().await;
            if self.reading.get_untracked() == Reading::NotYet {
                self.show_quietly(Why::ToShow);
            }
        });
    }

    fn read(self, client: impl Future<Output = Result<Client, Trouble>> + 'static, why: Why) {
        let turn = self.turn.try_update_value(|turn| {
            *turn += 1;
            *turn
        });
        self.reading.set(Reading::UnderWay);
        spawn_local(async move {
            let attempt = async {
                let client = client.await?;
                marks::mark(marks::SENT);
                let list = waiting(&client, &self.notices).await;
                let list = list.map_err(|error| Trouble::Api {
                    call: invitations::LIST,
                    error,
                })?;
                Ok((client, list))
            };
            let ended = self.notices.stoppable(attempt).await;
            if turn != self.turn.try_get_value() {
                return;
            }
            match ended {
                Some(Ok((client, list))) => {
                    self.reading.set(Reading::Done);
                    self.take(list);
                    if why == Why::ToShow && self.is_seen() {
                        self.say_none();
                        self.tell_count();
                    }
                    self.name_classes(&client).await;
                }
                Some(Err(trouble)) => {
                    self.reading.set(Reading::NotYet);
                    // Whoever has left is not bothered: it is read when they come back.
                    if self.is_seen() {
                        let act = Callback::new(move |action| match action {
                            Action::SwitchAccount => self.show_if_unread(),
                            _ => self.show(),
                        });
                        self.fail(&trouble, act);
                    }
                }
                None => {
                    self.reading.set(Reading::NotYet);
                    self.notices.say(text::STOPPED);
                }
            }
        });
    }

    /// Takes what was read: what is gone goes, what is new comes, everything else stays in its place.
    fn take(self, list: Vec<Invitation>) {
        let known = self.items.get_untracked();
        let place = |invitation: &Invitation| {
            known.iter().position(|item| {
                item.invitation
                    .with_value(|known| known.id == invitation.id)
            })
        };
        let places: Vec<_> = list.iter().map(place).collect();
        for (at, item) in known.iter().enumerate() {
            let is_listed = places.contains(&Some(at));
            item.enter(item.stage.get_untracked().after_reading(is_listed));
        }
        let new: Vec<_> = list
            .into_iter()
            .zip(places)
            .filter(|(_, place)| place.is_none())
            .map(|(invitation, _)| Item::new(invitation))
            .collect();
        if !new.is_empty() {
            self.items.update(|items| items.extend(new));
        }
        self.count();
    }

    fn is_seen(self) -> bool {
        self.current.get_untracked() == View::Received
    }

    fn count(self) {
        let items = self.items.get_untracked();
        let open = items.into_iter().filter(|item| item.is_open());
        self.waiting.set(Some(open.count()));
    }

    fn say_none(self) {
        let is_none = !self.items.get_untracked().into_iter().any(Item::is_open);
        self.said_none.set_value(is_none);
        if is_none {
            self.notices
                .succeed(told("none-waiting", text::NONE_WAITING, None));
        }
    }

    /// Says how many there are, which is seen.
    fn tell_count(self) {
        let count = self.waiting.count_untracked().unwrap_or_default();
        if count > 0 {
            let words = untrack(|| self.i18n.count(text::WAITING_COUNT, count));
            self.notices.announce(words);
        }
    }

    async fn name_classes(self, client: &Client) {
        let mut ids = Vec::new();
        for item in self.items.get_untracked() {
            let id = item.invitation.with_value(|one| one.course.clone());
            if item.is_open() && item.class.with_untracked(Option::is_none) && !ids.contains(&id) {
                ids.push(id);
            }
        }
        read_classes(client, &self.notices, ids, |id, course| {
            for item in self.items.get_untracked() {
                if item.invitation.with_value(|one| one.course == *id) {
                    item.class.set(Some(course.clone()));
                }
            }
        })
        .await;
    }

    /// Takes everything away: it is somebody else's.
    fn clear(self) {
        self.turn.update_value(|turn| *turn += 1);
        for item in self.items.get_untracked() {
            item.enter(Stage::Gone);
        }
        self.items.set(Vec::new());
        self.reading.set(Reading::NotYet);
        self.waiting.set(None);
    }

    /// Takes back that nothing waits, where that is still shown.
    fn unsay_none(self) {
        if self.said_none.get_value() && self.notices.shows_outcome() {
            self.notices.clear();
        }
        self.said_none.set_value(false);
    }

    /// Answers, or asks first. To be called inside a person's press.
    fn press(self, item: Item, answer: Answer) {
        if self.answering.get_untracked() {
            return;
        }
        // One question at a time.
        for other in self.items.get_untracked() {
            if matches!(other.stage.get_untracked(), Stage::Asked(_)) {
                other.enter(Stage::Waiting);
            }
        }
        let role = item.invitation.with_value(|one| one.role);
        if answer.is_asked_twice(role) {
            item.enter(Stage::Asked(answer));
        } else {
            self.answer(item, answer);
        }
    }

    /// Thinks better of it.
    fn keep(self, item: Item, answer: Answer) {
        item.enter(Stage::Waiting);
        focus(item.button(answer));
    }

    /// Answers. To be called inside a person's press.
    fn answer(self, item: Item, to: Answer) {
        if self.answering.get_untracked() {
            return;
        }
        // Its list was taken away while nobody was signed in.
        if !item.is_open() {
            return self.show();
        }
        let owner = self.owner.get_value();
        // Here, in the press itself: Google's window has to open before the first `await`.
        let client = self.session.client(Scopes::RECEIVED, self.notices);
        self.notices.clear();
        self.answering.set(true);
        item.enter(Stage::Answering(to));
        focus(item.button(to));
        spawn_local(async move {
            let invitation = item.invitation.get_value();
            let attempt = self.attempt(item, &invitation, to, owner, client);
            let ended = match self.notices.stoppable(attempt).await {
                Some(ended) => ended,
                None => {
                    self.notices.say(text::STOPPED);
                    Ok(self.look_up(&invitation, to).await)
                }
            };
            self.answering.set(false);
            match ended {
                Ok(Some(answered)) => self.settle(item, &invitation, answered),
                Ok(None) => self.put_back(item, to),
                Err(trouble) => self.refuse(item, to, &trouble),
            }
        });
    }

    /// Nothing where it was somebody else who signed in: the invitation is not theirs.
    async fn attempt(
        self,
        item: Item,
        invitation: &Invitation,
        to: Answer,
        owner: Option<String>,
        client: impl Future<Output = Result<Client, Trouble>>,
    ) -> Result<Option<Answered>, Trouble> {
        let client = client.await?;
        let acts = self.session.account_untracked();
        if acts.map(|account| account.email.clone()) != owner {
            return Ok(None);
        }
        self.notices.begin(match to {
            Answer::Accept => text::ACCEPTING,
            Answer::Decline => text::DECLINING,
        });
        marks::mark(marks::SENT);
        let answered = answer(&client, &self.notices, invitation, to);
        let (answered, ()) = join(answered, self.notices.sleep(DOUBLE_CLICK)).await;
        let answered = answered.map_err(|error| Trouble::Api {
            call: to.call(),
            error,
        })?;
        if answered == Answered::Accepted && item.class.with_untracked(Option::is_none) {
            // Only its members may read it.
            let class = class(&client, &self.notices, &invitation.course).await;
            item.class.set(class);
        }
        Ok(Some(answered))
    }

    /// What has become of an answer that was stopped on the way.
    async fn look_up(self, invitation: &Invitation, to: Answer) -> Option<Answered> {
        let client = self.session.ready_client(Scopes::RECEIVED)?;
        look_up(&client, &self.notices, invitation, to).await
    }

    fn settle(self, item: Item, invitation: &Invitation, answered: Answered) {
        if item.has_focus() {
            self.focus_after(item);
        }
        item.enter(Stage::Answered);
        self.count();
        let class = item.class.get_untracked();
        let name = class
            .map(|class| shown(&class.name))
            .filter(|name| !name.is_empty());
        // One that was gone was answered elsewhere, or withdrawn: nothing has happened here.
        if answered != Answered::WasGone {
            self.notices.tell(&News::Answered {
                accepted: answered == Answered::Accepted,
                course: &invitation.course,
                role: invitation.role,
                invitation: &invitation.id,
            });
        }
        self.notices.succeed(match answered {
            Answered::Accepted => Outcome::InClass(InClass {
                outcome: "accepted",
                title: title(invitation.role, name.is_some()),
                name,
                course: Some(invitation.course.clone()),
                account: self.session.account_untracked(),
            }),
            Answered::Declined => match name {
                Some(name) => told("declined", text::DECLINED_NAMED, Some(name)),
                None => told("declined", text::DECLINED, None),
            },
            Answered::WasGone => told("declined", text::WAS_GONE, None),
        });
    }

    /// It still waits for an answer.
    fn put_back(self, item: Item, to: Answer) {
        if item.is_open() {
            item.enter(Stage::Waiting);
            if item.has_focus() {
                focus(item.button(to));
            }
        }
    }

    fn refuse(self, item: Item, to: Answer, trouble: &Trouble) {
        let is_gone = trouble
            .api_error()
            .is_some_and(|error| error.is(&Status::NotFound));
        if is_gone {
            if item.has_focus() {
                self.focus_after(item);
            }
            item.enter(Stage::Gone);
            self.count();
        } else {
            self.put_back(item, to);
        }
        let act = Callback::new(move |action| match action {
            Action::Refresh => self.show(),
            // Whoever has been chosen has invitations of their own.
            Action::SwitchAccount => {}
            _ => self.answer(item, to),
        });
        self.fail(trouble, act);
        if is_gone {
            self.show_quietly(Why::OneIsGone);
        }
    }

    fn fail(self, trouble: &Trouble, act: Callback<Action>) {
        self.session.heed(trouble);
        let entered = Entered::default();
        self.notices
            .fail(Task::Received, Audience::Invited, trouble, act, entered);
    }

    /// Leads the focus to the next invitation, or to the heading where there is none.
    fn focus_after(self, item: Item) {
        let next = self
            .items
            .get_untracked()
            .into_iter()
            .skip_while(|other| other.stage != item.stage)
            .skip(1)
            .find(|other| other.is_open());
        match (next, self.heading.get_untracked()) {
            (Some(next), _) => focus(next.accept),
            (None, Some(heading)) => {
                // What cannot take the focus can still be read.
                let _ = heading.focus();
            }
            (None, None) => {}
        }
    }
}

fn told(outcome: &'static str, text: Text, class: Option<String>) -> Outcome {
    Outcome::Told(Told {
        outcome,
        sentence: match class {
            Some(class) => Sentence::About(text, class),
            None => Sentence::Plain(text),
        },
        but: None,
        is_good: true,
        undo: None,
    })
}

/// What somebody is, having accepted.
const fn title(role: Role, has_name: bool) -> Text {
    match (role, has_name) {
        (Role::Student, true) => text::JOINED_NAMED,
        (Role::Student, false) => text::JOINED,
        (Role::Teacher, true) => text::ACCEPTED_TEACHER_NAMED,
        (Role::Teacher, false) => text::ACCEPTED_TEACHER,
        (Role::Owner, true) => text::ACCEPTED_OWNER_NAMED,
        (Role::Owner, false) => text::ACCEPTED_OWNER,
    }
}

/// The view.
#[component]
pub fn ReceivedView() -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let session = expect_context::<Session>();
    let waiting = expect_context::<Waiting>();
    let current = expect_context::<RwSignal<View>>();
    let received = Received {
        i18n,
        session,
        notices: expect_context::<Notices>(),
        waiting,
        current,
        owner: StoredValue::new(None),
        items: RwSignal::new(Vec::new()),
        reading: RwSignal::new(Reading::NotYet),
        turn: StoredValue::new(0),
        answering: RwSignal::new(false),
        said_none: StoredValue::new(false),
        heading: NodeRef::new(),
    };
    let Received {
        items,
        reading,
        heading,
        ..
    } = received;
    // The list is read when the view is opened, and when somebody signs in while it is seen; never
    // beside another view, whose task it would be in the way of.
    Effect::new(move |before: Option<Seen>| {
        let before = before.unwrap_or_default();
        let now = Seen {
            owner: session.owner().map(|owner| owner.email.clone()),
            is_due: session.account().is_some() && current.get() == View::Received,
        };
        if before.owner.is_some() && now.owner != before.owner {
            received.clear();
        }
        received.owner.set_value(now.owner.clone());
        if now.is_due && now != before {
            received.show_quietly(Why::ToShow);
        }
        if current.get() != View::Received {
            received.unsay_none();
        }
        now
    });
    let none = move || waiting.count().unwrap_or_default() == 0;
    let hint = live(move || {
        let hint = match (session.owner().is_some(), reading.get()) {
            (false, _) => text::SIGN_IN_FOR_INVITATIONS,
            (true, Reading::UnderWay) if none() => text::READING_INVITATIONS,
            (true, Reading::Done) if none() => text::NEW_INVITATIONS_HERE,
            (true, _) => return Part::new(()),
        };
        Part::new(view! { <p class="hint">{i18n.show(hint)}</p> })
    });
    let list = live(move || {
        let items = items.get().into_iter().enumerate();
        let items = items.map(|(at, item)| Part::new(view! { <Card received item at /> }));
        items.collect::<Vec<_>>()
    });
    let label = move || {
        i18n.text(match reading.get() {
            Reading::NotYet => text::SHOW_MY_INVITATIONS,
            Reading::UnderWay | Reading::Done => text::REFRESH,
        })
    };
    view! {
        <section
            class="task"
            aria-labelledby=HEADING_ID
            // Enter that is held down is one press, and not one for the next invitation, too.
            on:keydown=handler(move |event: KeyboardEvent| {
                if event.repeat() && event.key() == "Enter" {
                    event.prevent_default();
                }
            })
        >
            <h1 id=HEADING_ID tabindex="-1" node_ref=heading>{i18n.show(text::MY_INVITATIONS)}</h1>
            {hint}
            <ul
                // Without its bullets a list is none to Safari, unless it says so.
                role="list"
                class="invitations"
                aria-labelledby=HEADING_ID
                hidden=live_attribute(move || none().then_some(""))
            >
                {list}
            </ul>
            <p hidden=live_attribute(move || session.owner().is_none().then_some(""))>
                <button
                    type="button"
                    class=live_attribute(move || Some(match reading.get() {
                        Reading::NotYet => "button button-main",
                        Reading::UnderWay | Reading::Done => "button button-small",
                    }))
                    aria-busy=live_attribute(move || {
                        (reading.get() == Reading::UnderWay).then_some("true")
                    })
                    on:click=handler(move |_| received.show())
                >
                    {live(label)}
                </button>
            </p>
        </section>
    }
}

/// An invitation with its two buttons, or the question that one of them asks.
#[component]
fn Card(received: Received, item: Item, at: usize) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let about = ["invitation-", &at.to_string()].concat();
    let class = live(move || {
        let class = item.class.get().unwrap_or_default();
        let [name, section] = [&class.name, &class.section].map(|text| shown(text));
        if name.is_empty() {
            return Part::new(i18n.show(text::CLASS_NOT_NAMED));
        }
        let section =
            (!section.is_empty()).then(|| view! { " " <bdi class="hint">{section}</bdi> });
        Part::new(view! { <bdi>{name}</bdi> {section} })
    });
    let role = match item.invitation.with_value(|one| one.role) {
        Role::Student => text::INVITED_AS_STUDENT,
        Role::Teacher => text::INVITED_AS_TEACHER,
        Role::Owner => text::INVITED_AS_OWNER,
    };
    let is_asked = move || matches!(item.stage.get(), Stage::Asked(_));
    let question = live(move || match item.stage.get() {
        Stage::Asked(to) => Part::new(view! { <Question received item to /> }),
        Stage::Waiting | Stage::Answering(_) | Stage::Answered | Stage::Gone => Part::new(()),
    });
    view! {
        <li
            class="invitation"
            hidden=live_attribute(move || (!item.stage.get().is_open()).then_some(""))
            node_ref=item.place
        >
            <div id=about.clone()>
                <p class="invitation-class">{class}</p>
                <p class="hint">{i18n.show(role)}</p>
            </div>
            <p class="card-actions" hidden=live_attribute(move || is_asked().then_some(""))>
                <AnswerButton received item to=Answer::Accept described=about.clone() />
                <AnswerButton received item to=Answer::Decline described=about />
            </p>
            {question}
        </li>
    }
}

#[component]
fn AnswerButton(received: Received, item: Item, to: Answer, described: String) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let (label, class) = match to {
        Answer::Accept => (text::ACCEPT, "button button-main"),
        Answer::Decline => (text::DECLINE, "button"),
    };
    let is_busy = move || item.stage.get() == Stage::Answering(to);
    let waits = move || received.answering.get() && !is_busy();
    view! {
        <button
            type="button"
            class=class
            aria-describedby=described
            aria-busy=live_attribute(move || is_busy().then_some("true"))
            // Not disabled: that would take the focus away.
            aria-disabled=live_attribute(move || waits().then_some("true"))
            node_ref=item.button(to)
            on:click=handler(move |_| received.press(item, to))
        >
            {i18n.show(label)}
        </button>
    }
}

/// Asks whether that is the answer, and says what comes of it.
#[component]
fn Question(received: Received, item: Item, to: Answer) -> impl IntoView {
    let (title, what, yes, no) = match to {
        Answer::Accept => (
            text::OWN_ASK,
            text::OWN_ASK_WHAT,
            text::ACCEPT,
            text::OWN_NO,
        ),
        Answer::Decline => (
            text::DECLINE_ASK,
            text::DECLINE_ASK_WHAT,
            text::DECLINE,
            text::DECLINE_NO,
        ),
    };
    let on_yes = Callback::new(move |()| received.answer(item, to));
    let on_no = Callback::new(move |()| received.keep(item, to));
    view! { <Confirm title what values=Vec::new() yes no on_yes on_no /> }
}
