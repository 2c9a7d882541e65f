//! How a task ended, shown in the two live regions that are on the page from the start: outcomes in
//! one `role="status"`, failures in one `role="alert"`.

use core::{future::Future, pin::pin};
use std::{rc::Rc, sync::Arc};

use futures_channel::oneshot;
use futures_util::future::{Either, select};

use leptos::prelude::*;

use super::{
    controls::{error_card::ErrorCard, outcome_card::OutcomeCard, press::Press},
    focus, marks,
    part::{Part, live},
    place::Place,
    scroll,
};
use crate::{
    classroom::course_ref::CourseId,
    config::Config,
    embed::news::News,
    flows::join::{Entered, Joined},
    guidance::{Action, Audience, Field, Guidance, Task, Trouble, guide},
    i18n::{I18n, Plural, Text, text},
    session::account::Account,
};

/// Something that went well.
#[derive(Clone)]
pub enum Outcome {
    /// In the class, with the account that is; none where it was signed out meanwhile.
    Joined(Joined, Option<Arc<Account>>),
    /// In a class by another way.
    InClass(InClass),
    /// Anything that a sentence tells.
    Told(Told),
}

/// Somebody is in a class, which can be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InClass {
    /// The name in `data-outcome`.
    pub outcome: &'static str,
    /// The sentence; with a place for the name where there is one.
    pub title: Text,
    /// The class's name.
    pub name: Option<String>,
    /// What "Open class" leads to, where that is known.
    pub course: Option<CourseId>,
    /// The account that is in the class; none where it was signed out meanwhile.
    pub account: Option<Arc<Account>>,
}

/// A sentence about what was done.
#[derive(Clone)]
pub enum Sentence {
    /// As it stands.
    Plain(Text),
    /// With a name in its place.
    About(Text, String),
    /// Of so many.
    Count(Plural, usize),
}

/// What went well.
#[derive(Clone)]
pub struct Told {
    /// The name in `data-outcome`.
    pub outcome: &'static str,
    /// The sentence.
    pub sentence: Sentence,
    /// What did not go well.
    pub but: Option<Sentence>,
    /// Whether anything has come of it.
    pub is_good: bool,
    /// What takes it back, and what the button for that says.
    pub undo: Option<(Text, Callback<()>)>,
}

/// Something that did not.
#[derive(Clone)]
pub struct Failure {
    /// What the person reads and may do.
    pub guidance: Guidance,
    /// What went wrong.
    pub trouble: Trouble,
    /// When (ISO 8601).
    pub time: String,
    /// Does what a button says that only the task can do. Trying again, allowing and signing in
    /// are the same again.
    pub act: Callback<Action>,
    /// What was entered, for other pages that ask for the same.
    pub entered: Entered,
}

/// Something that takes its time.
#[derive(Clone, Copy)]
struct UnderWay {
    /// What it is, or what is in its way.
    what: Text,
    /// How it will go on, where it does not right now, and in how many seconds.
    later: Option<(Text, u32)>,
}

/// What the live regions show.
#[derive(Clone)]
enum Notice {
    Nothing,
    /// Something is said in passing.
    Said(Text),
    /// Something is under way.
    UnderWay(UnderWay),
    Outcome(Arc<Outcome>),
    Failure(Arc<Failure>),
}

/// Hears of what happens.
pub type Listener = Rc<dyn Fn(&News<'_>)>;

/// Somebody who waits for a press.
type Waiter = StoredValue<Option<oneshot::Sender<()>>, LocalStorage>;

/// The live regions' contents, shared by context.
#[derive(Clone, Copy)]
pub struct Notices {
    /// The widget that they are of.
    pub place: Place,
    notice: RwSignal<Notice>,
    /// Said in passing, beside what is shown.
    aside: RwSignal<Notice>,
    /// Only to be heard: it is seen elsewhere.
    heard: RwSignal<String>,
    /// What `guidance` is to know of the page.
    config: StoredValue<Option<Arc<Config>>>,
    /// Who else is told of what happens: the embedding page.
    listener: StoredValue<Option<Listener>, LocalStorage>,
    /// Waits for "Try now".
    skip: Waiter,
    /// Waits for "Stop".
    stop: Waiter,
}

impl Notices {
    /// Empty regions, in the widget at `place`.
    pub fn new(place: Place) -> Self {
        Self {
            place,
            notice: RwSignal::new(Notice::Nothing),
            aside: RwSignal::new(Notice::Nothing),
            heard: RwSignal::new(String::new()),
            config: StoredValue::new(None),
            listener: StoredValue::new_local(None),
            skip: StoredValue::new_local(None),
            stop: StoredValue::new_local(None),
        }
    }

    /// Lets what is said follow `config`.
    pub fn configure(self, config: Arc<Config>) {
        self.config.set_value(Some(config));
    }

    /// Has `listener` told of what happens.
    pub fn inform(self, listener: Listener) {
        self.listener.set_value(Some(listener));
    }

    /// Tells the embedding page, where there is one that listens.
    pub fn tell(self, news: &News<'_>) {
        if let Some(listener) = self.listener.get_value() {
            listener(news);
        }
    }

    fn show(self, notice: Notice) {
        // A button that was pressed goes, and what comes of it is said in the same place.
        focus::hold(self.place, NOTICES_ID, NOTICES_ID);
        self.aside.set(Notice::Nothing);
        self.notice.set(notice);
    }

    /// The end of a task is on the page: on a small screen perhaps below the edge.
    fn is_shown(self) {
        marks::mark(marks::SHOWN);
        scroll::into_view(self.place, NOTICES_ID);
    }

    /// Tells those who hear the page what the others see elsewhere on it (WCAG 2.2, 4.1.3). What was
    /// told last is not told again.
    pub fn announce(self, words: String) {
        if self.heard.with_untracked(|heard| *heard != words) {
            self.heard.set(words);
        }
    }

    /// Says something beside what is shown.
    pub fn say_aside(self, text: Text) {
        self.aside.set(Notice::Said(text));
    }

    /// Takes everything away.
    pub fn clear(self) {
        self.show(Notice::Nothing);
    }

    /// Says something in place of what was shown.
    pub fn say(self, text: Text) {
        self.show(Notice::Said(text));
    }

    /// Says what is under way, with a way to stop it.
    pub fn begin(self, what: Text) {
        self.show(Notice::UnderWay(UnderWay { what, later: None }));
    }

    /// Says that what is under way goes on `later`, in so many seconds, until it is `over` or the
    /// person does not want to wait for that.
    pub async fn wait(self, what: Text, later: Text, seconds: u32, over: impl Future<Output = ()>) {
        let before = self.notice.get_untracked();
        let later = Some((later, seconds));
        self.show(Notice::UnderWay(UnderWay { what, later }));
        select(pin!(over), listen(self.skip)).await;
        self.show(before);
    }

    /// Does `task` until it is done, or until the person has enough of it: then it is dropped, and
    /// there is nothing.
    pub async fn stoppable<T>(self, task: impl Future<Output = T>) -> Option<T> {
        let stopped = listen(self.stop);
        match select(pin!(task), stopped).await {
            Either::Left((done, _)) => Some(done),
            Either::Right((pressed, task)) => match pressed {
                Ok(()) => None,
                // Nobody can press any more.
                Err(_) => Some(task.await),
            },
        }
    }

    /// What goes on where it stopped once somebody has signed in, at this moment.
    pub fn after_sign_in(self) -> Option<Callback<Action>> {
        self.notice.with_untracked(|notice| match notice {
            Notice::Failure(failure) if failure.guidance.waits_for_sign_in => Some(failure.act),
            Notice::Failure(_)
            | Notice::Nothing
            | Notice::Said(_)
            | Notice::UnderWay(_)
            | Notice::Outcome(_) => None,
        })
    }

    /// Whether something is under way, at this moment.
    pub fn is_under_way(self) -> bool {
        self.notice
            .with_untracked(|notice| matches!(notice, Notice::UnderWay(_)))
    }

    /// Whether an outcome is shown, at this moment.
    pub fn shows_outcome(self) -> bool {
        self.notice
            .with_untracked(|notice| matches!(notice, Notice::Outcome(_)))
    }

    /// It went well.
    pub fn succeed(self, outcome: Outcome) {
        self.show(Notice::Outcome(Arc::new(outcome)));
        self.is_shown();
    }

    /// It did not: what `guidance` says about `trouble`. `act` does what its buttons say, `entered`
    /// is what the ways to other pages take along.
    pub fn fail(
        self,
        task: Task,
        audience: Audience,
        trouble: &Trouble,
        act: Callback<Action>,
        entered: Entered,
    ) {
        let time = String::from(js_sys::Date::new_0().to_iso_string());
        self.show(Notice::Failure(Arc::new(Failure {
            guidance: guide(task, audience, trouble, self.config.get_value().as_deref()),
            trouble: trouble.clone(),
            time,
            act,
            entered,
        })));
        self.is_shown();
        self.tell(&News::Failed { task, trouble });
    }

    /// Whether the failure of this `reason` is shown, at this moment.
    pub fn shows_failure(self, reason: &str) -> bool {
        self.notice.with_untracked(
            |notice| matches!(notice, Notice::Failure(failure) if failure.guidance.reason == reason),
        )
    }

    /// The field that the failure that is shown belongs to; tracked.
    pub fn field(self) -> Option<Field> {
        self.notice.with(|notice| match notice {
            Notice::Failure(failure) => failure.guidance.field,
            Notice::Nothing | Notice::Said(_) | Notice::UnderWay(_) | Notice::Outcome(_) => None,
        })
    }
}

/// Has `waiter` wait for a press; the one who waited before does not any more.
fn listen(waiter: Waiter) -> oneshot::Receiver<()> {
    let (sender, receiver) = oneshot::channel();
    waiter.set_value(Some(sender));
    receiver
}

/// Lets the one who waits know of the press.
fn press(waiter: Waiter) -> Callback<()> {
    Callback::new(move |()| {
        let sender = waiter.try_update_value(Option::take).flatten();
        if let Some(sender) = sender {
            // Whoever does not wait any more needs no press.
            let _ = sender.send(());
        }
    })
}

const NOTICES_ID: &str = "notices";

/// The id of the failure's text, which a field names in `aria-describedby`.
pub const FAILURE_ID: &str = "failure";

/// The two live regions.
#[component]
pub fn LiveRegions() -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let Notices {
        notice,
        aside,
        heard,
        skip,
        stop,
        ..
    } = expect_context::<Notices>();
    let (skip, stop) = (press(skip), press(stop));
    let said = move |notice: RwSignal<Notice>| {
        live(move || match notice.get() {
            Notice::Said(text) => Part::new(view! { <p class="progress">{i18n.show(text)}</p> }),
            Notice::UnderWay(work) => Part::new(view! { <Progress work skip stop /> }),
            Notice::Outcome(outcome) => Part::new(view! { <OutcomeCard outcome /> }),
            Notice::Nothing | Notice::Failure(_) => Part::new(()),
        })
    };
    let alert = live(move || match notice.get() {
        Notice::Failure(failure) => Part::new(view! { <ErrorCard failure /> }),
        Notice::Nothing | Notice::Said(_) | Notice::UnderWay(_) | Notice::Outcome(_) => {
            Part::new(())
        }
    });
    view! {
        <div id=NOTICES_ID class="notices" tabindex="-1">
            // What is new is said, not everything once more that is there already.
            <div role="status" aria-atomic="false">
                {said(notice)} {said(aside)} <p class="heard">{live(move || heard.get())}</p>
            </div>
            <div role="alert" aria-atomic="false">{alert}</div>
        </div>
    }
}

/// What is under way, how it goes on, and what the person may do about it.
#[component]
fn Progress(work: UnderWay, skip: Callback<()>, stop: Callback<()>) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let UnderWay { what, later } = work;
    let later = later.map(|(text, seconds)| live(move || i18n.seconds(text, seconds)));
    let skip = later
        .is_some()
        .then(|| Part::new(view! { <Press label=text::TRY_NOW on_press=skip /> }));
    view! {
        <div class="progress">
            <p>{i18n.show(what)}</p>
            <p>{later}</p>
            <p class="card-actions">
                // First, so that it stays in its place when the other one goes.
                <Press label=text::STOP on_press=stop /> {skip}
            </p>
        </div>
    }
}
