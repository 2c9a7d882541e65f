//! Join a class with a class code or an invite link.

use core::future::Future;

use leptos::{attr::custom::custom_attribute, html::Input, prelude::*};
use web_sys::{KeyboardEvent, SubmitEvent};

use crate::{
    classroom::client::Client,
    embed::news::News,
    entry::{self, class_code::ClassCode},
    flows::{
        choosing::{Choice, Choosing},
        join::{Entered, Joined, Membership, Plan, Source, class, join, look_up},
    },
    guidance::{Audience, Field, Task, Trouble},
    i18n::{I18n, fold, text},
    session::{Session, scopes::Scopes},
    ui::{
        controls::{account_bar::ActingAs, combobox::Ids, with_value::WithValue},
        later::{Later, Piece},
        marks,
        notices::{FAILURE_ID, Notices, Outcome},
        part::{Part, handler, live, live_attribute},
        tasks::spawn_local,
    },
};

/// The id of the field for the code.
pub const CODE_ID: &str = "code";
const HINT_ID: &str = "code-hint";
const ABOUT_ID: &str = "about-to-join";
const CLASS_IDS: Ids = Ids {
    field: "class",
    list: "choices",
    hint: "choices-hint",
    active: "choice-active",
};

/// The form, as its handlers see it.
#[derive(Clone, Copy)]
struct Form {
    session: Session,
    notices: Notices,
    field: NodeRef<Input>,
    typed: RwSignal<String>,
    class_field: NodeRef<Input>,
    /// The choice in the school's directory.
    choosing: RwSignal<Choosing>,
    /// A join is on its way.
    pending: RwSignal<bool>,
}

impl Form {
    /// Joins, or says why not. To be called inside a person's press.
    fn submit(self) {
        // A second press while the first is on its way is the same press.
        if self.pending.get_untracked() {
            return;
        }
        let typed = self.typed.get_untracked();
        // The second half of a double click, after the answer: it has emptied the field.
        if typed.is_empty() && self.notices.shows_outcome() {
            return;
        }
        self.notices.clear();
        match entry::read(&typed) {
            Err(mistake) => self.fail(&mistake.into()),
            Ok(typed) => {
                // Enter in the field of the class leaves it, too.
                self.choosing.update(Choosing::leave);
                let chosen = self.choosing.with_untracked(Choosing::picked);
                let plan = Plan::new(typed, &self.session.config(), chosen);
                if plan.source == Source::Alias
                    && self.choosing.with_untracked(Choosing::is_unclear)
                {
                    return self.fail(&Trouble::ClassUnclear);
                }
                // Here, in the press itself: Google's window has to open before the first `await`.
                let client = self.session.client(Scopes::JOIN, self.notices);
                self.pending.set(true);
                spawn_local(async move {
                    let attempt = self.attempt(&plan, client);
                    let ended = self.notices.stoppable(attempt).await;
                    let ended = match ended {
                        Some(ended) => Some(ended),
                        None => {
                            self.notices.say(text::STOPPED);
                            self.look_up(&plan).await.map(Ok)
                        }
                    };
                    self.pending.set(false);
                    match ended {
                        Some(Ok(joined)) => self.succeed(joined),
                        Some(Err(trouble)) => self.fail(&trouble),
                        None => {}
                    }
                });
            }
        }
    }

    async fn attempt(
        self,
        plan: &Plan,
        client: impl Future<Output = Result<Client, Trouble>>,
    ) -> Result<Joined, Trouble> {
        let client = client.await?;
        self.notices.begin(text::JOINING);
        marks::mark(marks::SENT);
        Ok(join(&client, &self.notices, plan).await?)
    }

    /// What has become of a join that was stopped on the way: its answer may have been lost.
    async fn look_up(self, plan: &Plan) -> Option<Joined> {
        look_up(
            &self.session.ready_client(Scopes::JOIN)?,
            &self.notices,
            plan,
        )
        .await
    }

    fn succeed(self, joined: Joined) {
        self.write("");
        let account = self.session.account_untracked();
        self.notices.tell(&News::Joined {
            course: joined.course.as_ref(),
            already_member: joined.membership != Membership::New,
        });
        self.notices.succeed(Outcome::Joined(joined, account));
    }

    fn fail(self, trouble: &Trouble) {
        let account = self.session.account_untracked();
        let audience = if account.is_some_and(|account| account.verified_teacher) {
            Audience::Teacher
        } else {
            Audience::Student
        };
        self.session.heed(trouble);
        let again = Callback::new(move |_| self.submit());
        let chosen = self.choosing.with_untracked(Choosing::picked);
        let config = self.session.config();
        let entered = Entered::new(&self.typed.get_untracked(), &config, chosen);
        self.notices
            .fail(Task::Join, audience, trouble, again, entered);
        match untrack(move || self.notices.field()) {
            Some(Field::Code) => focus(self.field),
            Some(Field::Class) => focus(self.class_field),
            Some(Field::Addresses) | None => {}
        }
    }

    /// Puts `text` into the field.
    fn write(self, text: &str) {
        if let Some(input) = self.field.get_untracked() {
            input.set_value(text);
        }
        self.typed.set(text.to_owned());
    }
}

/// Leads the focus to a field.
fn focus(field: NodeRef<Input>) {
    if let Some(input) = field.get_untracked() {
        // A field that cannot take the focus keeps its mark; there is nothing else to do.
        let _ = input.focus();
    }
}

/// The field for a class of the directory.
#[derive(Clone)]
pub struct ClassField {
    /// What its parts are named by.
    pub ids: &'static Ids,
    /// What there is to choose from, and what was chosen.
    pub choosing: RwSignal<Choosing>,
    /// The field itself.
    pub field: NodeRef<Input>,
    /// The id of what is wrong with it; tracked.
    pub failure: Callback<(), Option<&'static str>>,
}

/// The view.
#[component]
pub fn JoinView() -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let later = expect_context::<Later>();
    let notices = expect_context::<Notices>();
    let session = expect_context::<Session>();
    let config = session.config();
    let prefilled = config.code.clone().unwrap_or_default();
    let choices: Vec<_> = config.courses.iter().map(Choice::from).collect();
    let has_directory = !choices.is_empty();
    // A preset class leaves nothing to choose, until the embedding page takes it back.
    let is_preset = move || session.configured().course.is_some().then_some("");
    let form = Form {
        session,
        notices,
        field: NodeRef::new(),
        typed: RwSignal::new(prefilled.clone()),
        class_field: NodeRef::new(),
        choosing: RwSignal::new(Choosing::new(choices, fold)),
        pending: RwSignal::new(false),
    };
    let Form {
        field,
        typed,
        class_field,
        choosing,
        pending,
        ..
    } = form;
    let failure_of = move |field| (notices.field() == Some(field)).then_some(FAILURE_ID);

    let on_pick = Callback::new(move |reading: ClassCode| {
        form.write(reading.as_str());
        focus(field);
    });
    // Safari's own attribute, which Leptos does not know: "k5xq2ma" is no word to correct.
    let autocorrect_off = custom_attribute("autocorrect", "off");
    view! {
        <form
            class="task"
            aria-labelledby="join-heading"
            // Enter that is held down is one press.
            on:keydown:capture=handler(move |event: KeyboardEvent| {
                if event.repeat() && event.key() == "Enter" {
                    event.prevent_default();
                }
            })
            on:submit:capture=handler(move |event: SubmitEvent| {
                event.prevent_default();
                form.submit();
            })
        >
            <h1 id="join-heading">{i18n.show(text::JOIN_A_CLASS)}</h1>
            <div class="field">
                <label for=CODE_ID>{i18n.show(text::CLASS_CODE_OR_LINK)}</label>
                <input
                    id=CODE_ID
                    name="code"
                    class="code"
                    type="text"
                    autocomplete="off"
                    autocapitalize="none"
                    {..autocorrect_off}
                    spellcheck="false"
                    enterkeyhint="go"
                    value=prefilled
                    node_ref=field
                    aria-invalid=live_attribute(move || failure_of(Field::Code).map(|_| "true"))
                    aria-describedby=live_attribute(move || failure_of(Field::Code).or(Some(HINT_ID)))
                    on:input:capture=handler(move |event| typed.set(event_target_value(&event)))
                />
                <p class="hint" id=HINT_ID>{i18n.show(text::CLASS_CODE_EXAMPLE)}</p>
                {later.show(Piece::Suggestions(typed, on_pick))}
            </div>
            {has_directory.then(|| view! {
                <div hidden=live_attribute(is_preset)>
                    {later.show(Piece::Directory(ClassField {
                        ids: &CLASS_IDS,
                        choosing,
                        field: class_field,
                        failure: Callback::new(move |()| failure_of(Field::Class)),
                    }))}
                </div>
            })}
            <p class="task-actions">
                <button
                    type="submit"
                    class="button button-main"
                    aria-busy=live_attribute(move || pending.get().then_some("true"))
                    aria-describedby=ABOUT_ID
                >
                    {i18n.show(text::JOIN_CLASS)}
                </button>
            </p>
            <div class="hint" id=ABOUT_ID>
                <ClassToJoin typed choosing />
                <ActingAs words=text::JOIN_AS />
            </div>
        </form>
    }
}

/// Which class is about to be joined, as far as it is known.
#[component]
fn ClassToJoin(typed: RwSignal<String>, choosing: RwSignal<Choosing>) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let session = expect_context::<Session>();
    live(move || {
        let config = session.configured();
        let typed = entry::read(&typed.get()).ok();
        let known = class(typed.as_ref(), &config, choosing.with(Choosing::picked));
        let words = match (known.listed, known.course) {
            (Some(listed), _) => {
                let value = Choice::from(listed).label();
                Part::new(view! { <WithValue text=text::CLASS_NAMED value /> })
            }
            (None, Some((_, Source::Link))) => Part::new(i18n.show(text::CLASS_OF_LINK)),
            (None, Some(_)) => Part::new(i18n.show(text::CLASS_OF_PAGE)),
            (None, None) => return Part::new(()),
        };
        Part::new(view! { <p>{words}</p> })
    })
}
