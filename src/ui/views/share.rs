//! The class's code and links, and whether the code alone is enough.

use leptos::prelude::*;

use crate::{
    classroom::{
        client::Client,
        course_link,
        course_ref::{CourseId, CourseRef},
    },
    config::View,
    entry::class_code::ClassCode,
    flows::{
        join::Entered,
        share::{
            CodeAlone, ShareError, Standing, invite_link, join_link, look, renew, switch_off,
            switch_on,
        },
    },
    guidance::{Action, Audience, Task, Trouble},
    i18n::{I18n, Text, text},
    session::{Session, scopes::Scopes},
    ui::{
        chosen::ChosenClass,
        clipboard,
        controls::{
            copies::{Copies, Copyable},
            poster::Poster,
            press::Press,
            qr_code::QrCode,
            switch::Switch,
            with_value::WithValue,
        },
        focus,
        notices::{Notices, Outcome, Sentence, Told},
        part::{Part, handler, live},
        quiet::Quiet,
        tasks::spawn_local,
    },
};

const TASK: Task = Task::Share;
const AUDIENCE: Audience = Audience::Teacher;
/// The id of the heading.
pub const HEADING_ID: &str = "share-heading";
const PART_ID: &str = "share";
const OFFERED_ID: &str = "share-offered";
const ALONE_ID: &str = "code-alone-hint";
const ENLARGE_ID: &str = "share-enlarge";

/// The class that is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Shared {
    /// Whose page it is.
    owner: String,
    id: CourseId,
    name: String,
    /// The code that came with the list of classes.
    code: Option<ClassCode>,
}

/// What is known about the switch.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Known {
    NotYet,
    Failed,
    Standing(Standing),
}

/// The part of the page, as its handlers see it.
#[derive(Clone, Copy)]
struct Desk {
    i18n: I18n,
    session: Session,
    notices: Notices,
    shared: Memo<Option<Shared>>,
    known: RwSignal<Known>,
    is_busy: RwSignal<bool>,
    /// Counts how often reading was begun: the last one counts.
    readings: StoredValue<u32>,
    /// The code fills the screen.
    is_large: RwSignal<bool>,
}

/// What is to become of the switch.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Deed {
    On,
    Off,
    Renew(Vec<ClassCode>),
}

impl Desk {
    /// The code as it is now; tracked.
    fn code(self) -> Option<ClassCode> {
        match self.known.get() {
            Known::Standing(standing) => standing.code,
            Known::NotYet | Known::Failed => self.shared.get()?.code,
        }
    }

    /// Finds out how it stands, where nobody has to be asked for anything.
    fn read(self) {
        let (Some(shared), Some(client)) = (
            self.shared.get_untracked(),
            self.session.ready_client(Scopes::INVITE),
        ) else {
            return;
        };
        self.readings.update_value(|readings| *readings += 1);
        let this = self.readings.get_value();
        spawn_local(async move {
            let looked = look(&client, &Quiet, &CourseRef::Id(shared.id)).await;
            if self.readings.get_value() != this {
                return;
            }
            match looked {
                Ok(standing) => self.know(Known::Standing(standing)),
                Err(error) => {
                    self.know(Known::Failed);
                    let trouble = Trouble::from(error);
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

    /// It stands like this now. What is shown for another code is there anew, as is what is offered
    /// only now and then: the focus stays in this part of the page.
    fn know(self, known: Known) {
        let before = untrack(|| self.code());
        let place = self.notices.place;
        focus::hold(place, OFFERED_ID, HEADING_ID);
        let was_here = focus::is_within(place, PART_ID);
        self.known.set(known);
        if was_here && before != untrack(|| self.code()) {
            focus::on(place, HEADING_ID);
        }
    }

    /// Finds out how it stands, asking for sign-in where that is needed. To be called inside a
    /// person's press.
    fn read_again(self) {
        // The button goes.
        focus::on(self.notices.place, HEADING_ID);
        let client = self.session.client(Scopes::INVITE, self.notices);
        self.notices.clear();
        spawn_local(async move {
            match client.await {
                Ok(_) => self.read(),
                Err(trouble) => self.fail(&trouble, Callback::new(move |_| self.read_again())),
            }
        });
    }

    /// Switches. To be called inside a person's press.
    fn begin(self, deed: Deed) {
        let Some((shared, code)) = self.shared.get_untracked().zip(untrack(|| self.code())) else {
            return;
        };
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        // Here, in the press itself: Google's window has to open before the first `await`.
        let client = self.session.client(Scopes::ALIAS, self.notices);
        self.notices.clear();
        spawn_local(async move {
            let done = self.notices.stoppable(async {
                let client = client.await?;
                self.notices.begin(text::SWITCHING);
                let course = CourseRef::Id(shared.id.clone());
                let switched = self.carry_out(&client, &course, &code, &deed).await;
                switched.map_err(Trouble::from)
            });
            let done = done.await;
            self.is_busy.set(false);
            // Another class may have been chosen meanwhile.
            let is_same = self.shared.get_untracked() == Some(shared);
            match done {
                Some(Ok(())) if is_same => self.succeed(&deed, code),
                Some(Ok(())) => self.notices.clear(),
                Some(Err(trouble)) => {
                    let again = deed.clone();
                    self.fail(
                        &trouble,
                        Callback::new(move |action| self.act(action, again.clone())),
                    );
                    if deed != Deed::On {
                        self.read();
                    }
                }
                None => {
                    self.notices.say(text::STOPPED);
                    self.read();
                }
            }
        });
    }

    async fn carry_out(
        self,
        client: &Client,
        course: &CourseRef,
        code: &ClassCode,
        deed: &Deed,
    ) -> Result<(), ShareError> {
        let notices = &self.notices;
        match deed {
            Deed::On => switch_on(client, notices, course, code).await,
            Deed::Off => switch_off(client, notices, course, code).await,
            Deed::Renew(outdated) => renew(client, notices, course, code, outdated).await,
        }
    }

    fn succeed(self, deed: &Deed, code: ClassCode) {
        let (alone, outcome, text) = match deed {
            Deed::On | Deed::Renew(_) => (CodeAlone::On, "code-alone-on", text::CODE_ALONE_IS_ON),
            Deed::Off => (CodeAlone::Off, "code-alone-off", text::CODE_ALONE_IS_OFF),
        };
        // What was being read meanwhile is not so any more.
        self.readings.update_value(|readings| *readings += 1);
        self.know(Known::Standing(Standing {
            code: Some(code),
            alone,
        }));
        self.notices.succeed(Outcome::Told(Told {
            outcome,
            sentence: Sentence::Plain(text),
            but: None,
            is_good: true,
            undo: None,
        }));
    }

    fn fail(self, trouble: &Trouble, act: Callback<Action>) {
        self.session.heed(trouble);
        self.notices
            .fail(TASK, AUDIENCE, trouble, act, Entered::default());
    }

    /// Does what a button of the failure says. Called inside a person's press.
    fn act(self, action: Action, deed: Deed) {
        let shared = self.shared.get_untracked();
        match (action, shared) {
            (Action::Refresh, _) => self.read_again(),
            (Action::CopyLink, Some(shared)) => {
                if let Some(code) = untrack(|| self.code()) {
                    // Where the browser refuses, the link has a button of its own below.
                    drop(clipboard::write(&invite_link(&shared.id, &code)));
                }
            }
            (Action::OpenClass, Some(shared)) => {
                if let Some(window) = web_sys::window() {
                    // A browser that opens nothing has told the person so.
                    let _ = window.open_with_url_and_target_and_features(
                        &course_link::address(&shared.id),
                        "_blank",
                        "noopener",
                    );
                }
            }
            _ => self.begin(deed),
        }
    }
}

/// How the chosen class can be shared.
#[component]
pub fn ShareView() -> impl IntoView {
    let session = expect_context::<Session>();
    let chosen = expect_context::<ChosenClass>();
    let shared = Memo::new(move |_| {
        let course = chosen.course.get()?;
        Some(Shared {
            owner: session.owner()?.email.clone(),
            id: CourseId::parse(&course.id)?,
            name: course.name,
            code: course.enrollment_code,
        })
    });
    let desk = Desk {
        i18n: expect_context::<I18n>(),
        session,
        notices: expect_context::<Notices>(),
        shared,
        known: RwSignal::new(Known::NotYet),
        is_busy: RwSignal::new(false),
        readings: StoredValue::new(0),
        is_large: RwSignal::new(false),
    };
    Effect::new(move |before: Option<Option<Shared>>| {
        let shared = shared.get();
        if before.is_some_and(|before| before != shared) {
            desk.known.set(Known::NotYet);
            desk.is_large.set(false);
            desk.readings.update_value(|readings| *readings += 1);
        }
        // Also what could not be read, once somebody is signed in again.
        let is_known = matches!(desk.known.get_untracked(), Known::Standing(_));
        if shared.is_some() && session.account().is_some() && !is_known {
            untrack(|| desk.read());
        }
        shared
    });
    let code = Memo::new(move |_| desk.code());
    live(move || {
        // Read before the code, which follows it: where that stays the same, nothing else tells.
        shared.get().map(|shared| {
            let inside = match code.get() {
                Some(code) => Part::new(view! { <CodeShared desk shared code /> }),
                None => Part::new(view! { <NoCode id=shared.id /> }),
            };
            Part::new(view! {
                <section class="more" id=PART_ID aria-labelledby=HEADING_ID>
                    <h2 id=HEADING_ID tabindex="-1">{desk.i18n.show(text::SHARE_CLASS)}</h2>
                    {inside}
                </section>
            })
        })
    })
}

/// A teacher has switched the code off: here nothing can be done about it.
#[component]
fn NoCode(id: CourseId) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    view! {
        <p>{i18n.show(text::CODE_OFF)}</p>
        <p class="hint">{i18n.show(text::CODE_OFF_HINT)}</p>
        <p class="card-actions">
            <a class="button" href=course_link::address(&id) target="_blank" rel="noopener noreferrer">
                {i18n.show(text::OPEN_CLASS)}
            </a>
        </p>
    }
}

/// The code and everything that carries it.
#[component]
fn CodeShared(desk: Desk, shared: Shared, code: ClassCode) -> impl IntoView {
    let Shared { id, name, .. } = shared;
    let invite = invite_link(&id, &code);
    // A page that offers no joins leads nobody to one.
    let offers_join = desk.session.config().views.contains(&View::Join);
    let join = offers_join.then(|| join_link(&page(&desk.session.config().base), &id, &code));
    let (scanned, label) = match &join {
        Some(join) => (join.clone(), text::QR_CODE),
        None => (invite.clone(), text::QR_CODE_INVITE),
    };
    let plain = code.as_str().to_owned();
    let mut copies = vec![
        copyable(text::COPY_CODE, plain.clone()),
        copyable(text::COPY_LINK, invite),
    ];
    copies.extend(join.map(|join| copyable(text::COPY_JOIN_LINK, join)));
    let poster = {
        let (plain, scanned) = (plain.clone(), scanned.clone());
        live(move || {
            let (name, code, link) = (name.clone(), plain.clone(), scanned.clone());
            let on_close = Callback::new(move |()| {
                desk.is_large.set(false);
                focus::on(desk.notices.place, ENLARGE_ID);
            });
            desk.is_large
                .get()
                .then(|| Part::new(view! { <Poster name code link label on_close /> }))
        })
    };
    view! {
        <div class="share">
            <div class="share-code">
                <p class="share-letters"><bdi>{plain}</bdi></p>
                <button
                    type="button"
                    class="button"
                    id=ENLARGE_ID
                    on:click=handler(move |_| desk.is_large.set(true))
                >
                    {desk.i18n.show(text::FULL_SCREEN)}
                </button>
            </div>
            <QrCode content=scanned label />
        </div>
        <Copies copies />
        <Alone desk />
        {poster}
    }
}

/// Whether the code alone is enough, and the switch for that.
#[component]
fn Alone(desk: Desk) -> impl IntoView {
    let Desk {
        i18n,
        known,
        is_busy,
        ..
    } = desk;
    let is_on = move || {
        known.with(
            |known| matches!(known, Known::Standing(standing) if standing.alone == CodeAlone::On),
        )
    };
    let toggle = Callback::new(move |()| {
        desk.begin(if untrack(is_on) { Deed::Off } else { Deed::On });
    });
    let is_known = Memo::new(move |_| known.with(|known| matches!(known, Known::Standing(_))));
    let has_failed = Memo::new(move |_| known.with(|known| *known == Known::Failed));
    let outdated = Memo::new(move |_| {
        known.with(|known| match known {
            Known::Standing(Standing {
                alone: CodeAlone::Outdated(codes),
                ..
            }) => codes.clone(),
            Known::Standing(_) | Known::NotYet | Known::Failed => Vec::new(),
        })
    });
    view! {
        {live(move || is_known.get().then(|| Part::new(view! {
            <Switch
                label=text::CODE_ALONE
                described=ALONE_ID
                is_on=Callback::new(move |()| is_on())
                is_busy=Callback::new(move |()| is_busy.get())
                on_press=toggle
            />
            <p class="hint" id=ALONE_ID>{i18n.show(text::CODE_ALONE_HINT)}</p>
        })))}
        <div id=OFFERED_ID>{live(move || has_failed.get().then(|| {
            let again = Callback::new(move |()| desk.read_again());
            Part::new(view! {
                <div class="card-actions">
                    <p class="hint">{i18n.show(text::SHARE_UNREAD)}</p>
                    <Press label=text::REFRESH on_press=again small=true />
                </div>
            })
        }))}
        {live(move || {
            let codes = outdated.get();
            let value: Vec<_> = codes.iter().map(ClassCode::as_str).collect();
            let value = value.join(", ");
            (!codes.is_empty()).then(|| {
                let renew = Callback::new(move |()| desk.begin(Deed::Renew(codes.clone())));
                Part::new(view! {
                    <div class="card">
                        <p><WithValue text=text::CODE_RESET value /></p>
                        <p class="card-actions"><Press label=text::RENEW_CODE on_press=renew /></p>
                    </div>
                })
            })
        })}</div>
    }
}

fn copyable(label: Text, content: String) -> Copyable {
    Copyable::new(label, move || content.clone())
}

/// The address of the widget's own page, without query and fragment.
fn page(base: &str) -> String {
    if !base.is_empty() {
        return base.to_owned();
    }
    let location = web_sys::window().map(|window| window.location());
    let parts = location
        .and_then(|location| Some([location.origin().ok()?, location.pathname().ok()?].concat()));
    parts.unwrap_or_default()
}
