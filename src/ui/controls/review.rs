//! The table of those who are to be invited or added: looked through, corrected, then sent.

use std::sync::Arc;

use leptos::{
    html::{Input, Tr},
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, SubmitEvent};

use super::{
    batches::{BATCH, appear},
    press::Press,
    with_value::WithValue,
};
use crate::{
    config::Config,
    entry::{address_list::Doubt, email_address::AddressMistake},
    flows::review::{Row, State},
    guidance::{Action, Audience, Guidance, Task},
    i18n::{I18n, Text, text},
    session::{Session, account::shown},
    ui::{
        focus,
        part::{Part, handler, live, live_attribute},
        place,
        run::Run,
    },
};

/// The actions that a row offers for itself. What concerns all of them is offered once, below.
const OF_ROWS: [Action; 5] = [
    Action::CopyLink,
    Action::InviteInstead,
    Action::InviteAsCoTeacher,
    Action::WithdrawAndSendAgain,
    Action::Withdraw,
];

/// What the rows have in common.
#[derive(Clone)]
struct About {
    /// The table's id.
    id: &'static str,
    run: Run,
    task: Task,
    audience: Audience,
    config: Arc<Config>,
    act: Callback<(RwSignal<Row>, Action)>,
}

/// A row, and how far its correction has come.
#[derive(Clone, Copy)]
struct Place {
    /// Its number.
    at: usize,
    row: RwSignal<Row>,
    editing: RwSignal<bool>,
    /// It was just corrected, or left as it was: the focus comes back to it.
    is_left: StoredValue<bool>,
}

/// The table.
#[component]
pub fn Review(
    /// Its id.
    id: &'static str,
    /// The rows.
    run: Run,
    /// What is done.
    task: Task,
    /// Who does it.
    audience: Audience,
    /// Does what a row's button says.
    act: Callback<(RwSignal<Row>, Action)>,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let about = About {
        id,
        run,
        task,
        audience,
        config: expect_context::<Session>().config(),
        act,
    };
    // Rows that are there stay as they are; only more of them appear, in steps.
    let bodies = live(move || {
        let rows: Vec<_> = run.rows.get().into_iter().enumerate().collect();
        let batches: Vec<_> = rows.chunks(BATCH).map(<[_]>::to_vec).collect();
        let due: Vec<_> = batches.iter().map(|_| RwSignal::new(false)).collect();
        appear(due.clone());
        batches
            .into_iter()
            .zip(due)
            .map(|(rows, due)| {
                let about = about.clone();
                Part::new(view! {
                    <tbody role="rowgroup">
                        {live(move || due.get().then(|| {
                            let rows = rows.iter().map(|(at, row)| show(*at, *row, about.clone()));
                            Part::new(rows.collect::<Vec<_>>())
                        }))}
                    </tbody>
                })
            })
            .collect::<Vec<_>>()
    });
    view! {
        // The buttons of the rows are out of reach while the rows are being sent: hidden all at once,
        // and not taken away row by row, of which there may be hundreds.
        // Its styles do not lay it out as a table: for that a browser measures all rows whenever one
        // changes. Some then take it for none, so the roles are said.
        <table
            class="review"
            role="table"
            id=id
            tabindex="-1"
            data-running=live_attribute(move || run.phase.get().is_on().then_some("true"))
        >
            <caption>{i18n.show(text::REVIEW)}</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader">{i18n.show(text::WHO)}</th>
                    <th role="columnheader">{i18n.show(text::WHAT_NEXT)}</th>
                    <td role="cell"></td>
                </tr>
            </thead>
            {bodies}
        </table>
    }
}

/// A row, as a whole anew whenever it moves.
fn show(at: usize, row: RwSignal<Row>, about: About) -> Part {
    let place = Place {
        at,
        row,
        editing: RwSignal::new(false),
        is_left: StoredValue::new(false),
    };
    Part::new(live(move || {
        let about = about.clone();
        if place.editing.get() {
            edited_row(place, about)
        } else {
            shown_row(place, about)
        }
    }))
}

/// Whether a row is being corrected: that is finished first, and gets the focus.
pub fn is_being_edited(place: place::Place, id: &str) -> bool {
    let field = place
        .find(id)
        .and_then(|table| table.query_selector("form input").ok().flatten());
    let field = field.and_then(|field| field.dyn_into::<HtmlElement>().ok());
    if let Some(field) = &field {
        // What cannot take the focus is still in sight.
        let _ = field.focus();
    }
    field.is_some()
}

/// No component: those do not follow what they read.
fn shown_row(place: Place, about: About) -> Part {
    let About {
        id,
        run,
        task,
        audience,
        config,
        act,
    } = about;
    let Place {
        at,
        row,
        editing,
        is_left,
    } = place;
    let Row {
        text,
        doubt,
        state,
        is_out,
        ..
    } = row.get();
    if is_out {
        return Part::new(());
    }
    let is_open = row.with_untracked(Row::is_open);
    let guidance = row.with_untracked(|row| row.guidance(task, audience, &config));
    let offers = match (&guidance, &state) {
        (Some(guidance), _) => guidance.actions.clone(),
        (None, State::AlreadyInvited(_)) if task == Task::Invite => {
            vec![Action::WithdrawAndSendAgain]
        }
        (None, _) => Vec::new(),
    };
    let who = [id, "-", &at.to_string()].concat();
    let described = who.clone();
    let name = state.name();
    let button = move |label: Text, on_press: Callback<()>| {
        let described = described.clone();
        Part::new(view! { <Press label on_press described small=true /> })
    };
    let mut buttons: Vec<_> = Vec::new();
    if is_open {
        for action in offers.into_iter().filter(|action| OF_ROWS.contains(action)) {
            let on_press = Callback::new(move |()| act.run((row, action)));
            buttons.push(button(action.label(), on_press));
        }
        buttons.push(button(
            text::EDIT_ROW,
            Callback::new(move |()| editing.set(true)),
        ));
        buttons.push(button(
            text::REMOVE_ROW,
            Callback::new(move |()| {
                run.remove(row);
                focus::on(run.place(), id);
            }),
        ));
    }
    let element = NodeRef::<Tr>::new();
    Effect::new(move || {
        let element = element.get().filter(|_| is_left.get_value());
        if let Some(element) = element {
            is_left.set_value(false);
            // What cannot take the focus can still be read.
            let _ = element.focus();
        }
    });
    let doubt = doubt.filter(|_| !state.is_settled());
    Part::new(view! {
        <tr role="row" data-row=text.clone() data-state=name tabindex="-1" node_ref=element>
            <th role="rowheader" id=who><bdi>{shown(&text)}</bdi></th>
            <td role="cell">
                <Standing state task guidance />
                {doubt.map(|doubt| Part::new(view! { <Doubtful doubt /> }))}
            </td>
            <td role="cell" class="card-actions">{buttons}</td>
        </tr>
    })
}

/// Where a row stands, in words.
#[component]
fn Standing(state: State, task: Task, guidance: Option<Guidance>) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    if let Some(guidance) = guidance {
        let words = move |part: fn(&Guidance) -> Text| {
            let guidance = guidance.clone();
            live(move || i18n.with(|catalogue| guidance.words(catalogue, part(&guidance))))
        };
        return Part::new(view! {
            <p>{words(|guidance| guidance.message.title())}</p>
            <p class="hint">{words(|guidance| guidance.message.next())}</p>
        });
    }
    let text = standing(&state, task);
    Part::new(view! { <p>{i18n.show(text)}</p> })
}

/// The words for where a row stands that has met no error.
pub const fn standing(state: &State, task: Task) -> Text {
    match state {
        State::Ready => text::STATE_READY,
        State::Invalid(mistake) => mistaken(*mistake),
        State::Duplicate => text::STATE_DUPLICATE,
        State::AlreadyInvited(_) => text::STATE_ALREADY_INVITED,
        State::AlreadyMember => text::STATE_ALREADY_MEMBER,
        State::Sending => text::STATE_SENDING,
        // Whoever could not be added was invited instead.
        State::Sent(None) if matches!(task, Task::Enroll) => text::STATE_ADDED,
        State::Sent(_) => text::STATE_SENT,
        State::Failed(..) => text::STATE_FAILED,
        State::Skipped => text::STATE_SKIPPED,
    }
}

/// Why an address should be looked at twice.
#[component]
fn Doubtful(doubt: Doubt) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let words = match doubt {
        Doubt::MixedScripts => Part::new(i18n.show(text::DOUBT_MIXED)),
        Doubt::LookAlike(value) => {
            Part::new(view! { <WithValue text=text::DOUBT_LOOK_ALIKE value /> })
        }
    };
    view! { <p class="hint">{words}</p> }
}

/// Why it is no address.
const fn mistaken(mistake: AddressMistake) -> Text {
    match mistake {
        AddressMistake::NotAnAddress => text::MISTAKE_NOT_AN_ADDRESS,
        AddressMistake::NoAt => text::MISTAKE_NO_AT,
        AddressMistake::SeveralAts => text::MISTAKE_SEVERAL_ATS,
        AddressMistake::HasSpaces => text::MISTAKE_HAS_SPACES,
        AddressMistake::NoName => text::MISTAKE_NO_NAME,
        AddressMistake::NoDomain => text::MISTAKE_NO_DOMAIN,
        AddressMistake::NoEnding => text::MISTAKE_NO_ENDING,
        AddressMistake::BadName => text::MISTAKE_BAD_NAME,
        AddressMistake::BadDomain => text::MISTAKE_BAD_DOMAIN,
        AddressMistake::TooLong => text::MISTAKE_TOO_LONG,
    }
}

/// A row that is being corrected.
fn edited_row(place: Place, about: About) -> Part {
    let i18n = expect_context::<I18n>();
    let Place {
        at,
        row,
        editing,
        is_left,
    } = place;
    let field = NodeRef::<Input>::new();
    let (typed, state) = row.with_untracked(|row| (row.text.clone(), row.state.clone()));
    let before = typed.clone();
    // What is wrong stays in sight, and with the field (WCAG 2.2, 3.3.1).
    let mistake = match &state {
        State::Invalid(mistake) => Some(mistaken(*mistake)),
        _ => None,
    };
    let mistake_id = [about.id, "-mistake-", &at.to_string()].concat();
    let described = mistake.map(|_| mistake_id.clone());
    let mistake = mistake
        .map(|mistake| Part::new(view! { <p class="hint" id=mistake_id>{i18n.show(mistake)}</p> }));
    Effect::new(move || {
        if let Some(input) = field.get() {
            // A field that cannot take the focus is still there to be clicked.
            let _ = input.focus();
        }
    });
    let leave = Callback::new(move |()| {
        is_left.set_value(true);
        editing.set(false);
    });
    let save = move || {
        if let Some(input) = field.get_untracked() {
            about.run.correct(row, &input.value());
        }
        leave.run(());
    };
    Part::new(view! {
        <tr role="row" data-row=before.clone() data-state=state.name()>
            <td role="cell" aria-colspan="3" class="review-whole">
                <form
                    class="edit"
                    on:submit=handler(move |event: SubmitEvent| {
                        event.prevent_default();
                        save();
                    })
                    on:keydown=handler(move |event: KeyboardEvent| {
                        // Escape that ends a word of an input method is not meant for the row.
                        if event.key() == "Escape" && !event.is_composing() {
                            leave.run(());
                        }
                    })
                >
                    <input
                        type="text"
                        inputmode="email"
                        autocomplete="off"
                        autocapitalize="none"
                        spellcheck="false"
                        aria-label=i18n.show(text::EMAIL_ADDRESS)
                        aria-invalid=described.is_some().then_some("true")
                        aria-describedby=described
                        value=typed
                        node_ref=field
                    />
                    <button type="submit" class="button button-small">{i18n.show(text::SAVE)}</button>
                    <Press label=text::CANCEL on_press=leave small=true />
                    {mistake}
                </form>
            </td>
        </tr>
    })
}
