//! The classes of the account that acts, to choose one from.

use leptos::{html::Input, prelude::*};

use super::{
    combobox::{Combobox, Ids},
    press::Press,
};
use crate::{
    classroom::{
        client::Client,
        courses::{self, Course, Courses, Whose},
        page,
    },
    flows::{
        choosing::{Choice, Choosing},
        join::Entered,
    },
    guidance::{Audience, Task, Trouble},
    i18n::{I18n, Text, fold, text},
    session::{Session, scopes::Scopes},
    ui::{
        focus,
        notices::Notices,
        part::{Part, live},
        tasks::spawn_local,
    },
};

/// The classes and which of them is chosen. `Copy`, so that views pass it into their handlers.
#[derive(Clone, Copy)]
pub struct Classes {
    session: Session,
    notices: Notices,
    task: Task,
    audience: Audience,
    whose: Whose,
    /// The choice.
    pub choosing: RwSignal<Choosing>,
    /// The field.
    pub field: NodeRef<Input>,
    courses: RwSignal<Vec<Course>>,
    reading: RwSignal<Reading>,
    /// What was chosen by itself.
    preset: StoredValue<String>,
}

/// How far reading the classes has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reading {
    /// Somebody has to sign in first, or to allow it.
    NotYet,
    /// It is going on.
    UnderWay,
    /// All are there.
    Done,
}

impl Classes {
    /// The classes of whoever is signed in; read anew when that is somebody else.
    pub fn new(task: Task, audience: Audience, whose: Whose) -> Self {
        let session = expect_context::<Session>();
        let classes = Self {
            session,
            notices: expect_context::<Notices>(),
            task,
            audience,
            whose,
            choosing: RwSignal::new(Choosing::new(Vec::new(), fold)),
            field: NodeRef::new(),
            courses: RwSignal::new(Vec::new()),
            reading: RwSignal::new(Reading::NotYet),
            preset: StoredValue::new(String::new()),
        };
        classes.begin();
        // The embedding page may be for another class by now.
        Effect::new(move |_| {
            session.configured();
            if classes.reading.get_untracked() == Reading::Done {
                classes.preset();
            }
        });
        Effect::new(move |before: Option<Option<String>>| {
            let owner = session.owner().map(|owner| owner.email.clone());
            // What was typed before anybody was signed in is theirs.
            if before.flatten().is_some_and(|before| Some(before) != owner) {
                classes.clear();
            }
            if session.account().is_some()
                && classes.reading.get_untracked() == Reading::NotYet
                && let Some(client) = session.ready_client(Scopes::INVITE)
            {
                classes.read(client);
            }
            owner
        });
        classes
    }

    /// The class that is chosen; tracked.
    pub fn chosen(self) -> Option<Course> {
        let picked = self.choosing.with(Choosing::picked)?;
        self.courses.with(|courses| courses.get(picked).cloned())
    }

    /// Whether something was typed that is not one of the classes, at this moment.
    pub fn is_unclear(self) -> bool {
        self.choosing.with_untracked(Choosing::is_unclear)
    }

    /// What stands in the field; tracked.
    pub fn typed(self) -> String {
        self.choosing.with(|choosing| choosing.text().to_owned())
    }

    fn clear(self) {
        self.reading.set(Reading::NotYet);
        self.begin();
        self.choosing.update(|choosing| {
            choosing.write(String::new());
            choosing.leave();
        });
        if let Some(input) = self.field.get_untracked() {
            input.set_value("");
        }
    }

    /// No classes but those of the school's directory, which an administrator may look after without
    /// teaching them.
    fn begin(self) {
        self.courses.update(Vec::clear);
        self.choosing.update(Choosing::clear);
        if self.whose == Whose::Everybodys {
            let config = self.session.config();
            let directory = config.courses.iter().map(|entry| Course {
                id: entry.course.as_str().to_owned(),
                name: entry.name.clone(),
                section: entry.section.clone().unwrap_or_default(),
                ..Course::default()
            });
            self.take(directory.collect());
        }
    }

    /// Asks for the permission to read the classes. To be called inside a person's press.
    pub fn allow(self) {
        let client = self.session.client(Scopes::INVITE, self.notices);
        self.notices.clear();
        spawn_local(async move {
            match client.await {
                Ok(client) => self.read(client),
                Err(trouble) => self.fail(&trouble),
            }
        });
    }

    fn read(self, client: Client) {
        if self.reading.get_untracked() == Reading::UnderWay {
            return;
        }
        self.reading.set(Reading::UnderWay);
        let owner = self.session.account_untracked();
        spawn_local(async move {
            let read = page::each(
                &self.notices,
                |token: Option<String>| {
                    let client = client.clone();
                    async move { client.courses(self.whose, token.as_deref()).await }
                },
                |page: Vec<Course>| self.take(page),
            )
            .await;
            // Whoever is signed in by now has classes of their own.
            if self.session.account_untracked() != owner {
                return;
            }
            match read {
                Ok(()) => {
                    self.reading.set(Reading::Done);
                    self.preset();
                }
                Err(error) => {
                    self.reading.set(Reading::NotYet);
                    let call = courses::LIST;
                    self.fail(&Trouble::Api { call, error });
                }
            }
        });
    }

    fn take(self, mut page: Vec<Course>) {
        // In the directory, or read by a try before that came to no end.
        let is_known = |course: &Course| {
            self.courses
                .with_untracked(|courses| courses.iter().any(|known| known.id == course.id))
        };
        page.retain(|course| !is_known(course));
        self.choosing
            .update(|choosing| choosing.add(page.iter().map(choice).collect()));
        self.courses.update(|courses| courses.extend(page));
    }

    /// Chooses the class that the page is for, and the only one there is; takes such a choice back
    /// where there is none any more. What somebody has typed stays.
    fn preset(self) {
        let own = self
            .choosing
            .with_untracked(|choosing| choosing.text().to_owned());
        if !own.is_empty() && own != self.preset.get_value() {
            return;
        }
        let preset = self.session.config().course.clone();
        let place = self
            .courses
            .with_untracked(|courses| match (&preset, courses.as_slice()) {
                (Some(preset), _) => courses
                    .iter()
                    .position(|course| course.id == preset.as_str()),
                (None, [_]) => Some(0),
                (None, _) => None,
            });
        self.choosing.update(|choosing| match place {
            Some(place) => choosing.pick(place),
            None if own.is_empty() => {}
            None => {
                choosing.write(String::new());
                choosing.leave();
            }
        });
        let name = self
            .choosing
            .with_untracked(|choosing| choosing.text().to_owned());
        if let Some(input) = self.field.get_untracked() {
            input.set_value(&name);
        }
        self.preset.set_value(name);
    }

    fn fail(self, trouble: &Trouble) {
        self.session.heed(trouble);
        let act = Callback::new(move |_| self.allow());
        self.notices
            .fail(self.task, self.audience, trouble, act, Entered::default());
    }
}

fn choice(course: &Course) -> Choice {
    Choice {
        name: course.name.clone(),
        section: (!course.section.is_empty()).then(|| course.section.clone()),
    }
}

/// The field with its list.
#[component]
pub fn ClassPicker(
    /// The classes.
    classes: Classes,
    /// What the field's parts are named by.
    ids: &'static Ids,
    /// What helps to find something, once the classes are there.
    hint: Text,
    /// The id of the failure's text while it is about this field; tracked.
    failure: Callback<(), Option<&'static str>>,
) -> impl IntoView {
    let session = expect_context::<Session>();
    let own_hint = hint;
    let hint = Callback::new(move |()| match classes.reading.get() {
        Reading::UnderWay => text::LOADING_CLASSES,
        Reading::NotYet => text::SIGN_IN_FOR_CLASSES,
        Reading::Done if classes.courses.with(Vec::is_empty) => text::NO_CLASSES,
        Reading::Done => own_hint,
    });
    let i18n = expect_context::<I18n>();
    Effect::new(move || {
        if classes.reading.get() == Reading::Done && classes.courses.with(Vec::is_empty) {
            let words = untrack(|| i18n.text(text::NO_CLASSES));
            classes.notices.announce(words);
        }
    });
    let place = classes.notices.place;
    let allow = Callback::new(move |()| {
        classes.allow();
        // The button goes.
        focus::on(place, ids.field);
    });
    // What names no class of the list may be a link, a number or an alias, where those are taken.
    let none_fits = match classes.whose {
        Whose::Own => text::NO_CLASS_FITS,
        Whose::Everybodys => own_hint,
    };
    view! {
        <Combobox
            ids
            label=text::CLASS
            hint
            none_fits
            choosing=classes.choosing
            field=classes.field
            failure
        />
        // Signed in, with the permission missing, or after an error.
        {live(move || {
            let offered = session.account().is_some() && classes.reading.get() == Reading::NotYet;
            offered.then(|| Part::new(view! {
                <p><Press label=text::SHOW_MY_CLASSES on_press=allow /></p>
            }))
        })}
    }
}
