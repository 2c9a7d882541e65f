//! Sending what stands in a review: the buttons, how far it has come, and what to do about the rest.

use leptos::prelude::*;

use super::press::Press;
use crate::{
    flows::review::Tally,
    i18n::{I18n, Text, text},
    ui::{
        focus,
        notices::Notices,
        part::{Part, handler, live, live_attribute},
        run::{Phase, Run},
    },
};

/// The words that differ between inviting and adding.
#[derive(Clone, Copy)]
pub struct Words {
    /// On the button that begins.
    pub send: Text,
    /// While it goes on.
    pub sending: Text,
}

/// The id of what holds the buttons, which has the focus when one of them is gone.
pub const RUN_ID: &str = "run";

/// From so many on it is told by ear, too, how far they have come.
const MANY: usize = 20;

/// How far it has come.
const BAR_ID: &str = "run-progress";

/// Everything below the table.
#[component]
pub fn Sending(
    /// What is sent.
    run: Run,
    /// How it is called.
    words: Words,
    /// The id of what describes the button that begins: who acts, and for which class.
    about: &'static str,
    /// Begins.
    on_send: Callback<()>,
    /// Begins again with what another try can help.
    on_again: Callback<()>,
    /// Hands out what has become of every address.
    on_download: Callback<()>,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let place = run.place();
    // Each is there anew only where something else is to be: what has the focus stays.
    let has_due = Memo::new(move |_| {
        let is_due = run.tally.with(|tally| tally.open > 0);
        match run.phase.get() {
            Phase::Before => Some(is_due),
            Phase::Over if is_due => Some(true),
            Phase::Over | Phase::Running | Phase::Paused | Phase::SignedOut | Phase::Stopping => {
                None
            }
        }
    });
    let begin = move || {
        Some(match has_due.get()? {
            true => Part::new(view! {
                <button
                    type="button"
                    class="button button-main"
                    aria-describedby=about
                    on:click=move |_| on_send.run(())
                >
                    {i18n.show(words.send)}
                </button>
            }),
            false => Part::new(view! { <p class="hint">{i18n.show(text::NOTHING_TO_SEND)}</p> }),
        })
    };
    let has_after = Memo::new(move |_| {
        let is_over = run.phase.get() == Phase::Over;
        // Before the run, too: an invitation that was to be replaced may have got lost.
        (!run.phase.get().is_on() && run.has_failed(), is_over)
    });
    let after = move || {
        let (again, is_over) = has_after.get();
        (again || is_over).then(|| {
            Part::new(view! {
                {again.then(|| Part::new(view! { <Press label=text::TRY_FAILED_AGAIN on_press=on_again /> }))}
                <Press label=text::DOWNLOAD_RESULTS on_press=on_download />
            })
        })
    };
    let is_paused = move || run.phase.get() == Phase::Paused;
    let toggle = move |_| {
        run.enter(if untrack(is_paused) {
            Phase::Running
        } else {
            Phase::Paused
        });
    };
    let pause = move || {
        i18n.text(if is_paused() {
            text::RESUME
        } else {
            text::PAUSE
        })
    };
    let stop = Callback::new(move |()| run.enter(Phase::Stopping));
    let can_pause = Memo::new(move |_| matches!(run.phase.get(), Phase::Running | Phase::Paused));
    let can_stop = Memo::new(move |_| can_pause.get() || run.phase.get() == Phase::SignedOut);
    let meanwhile = move || {
        can_stop.get().then(|| {
            Part::new(view! {
                {can_pause.get().then(|| Part::new(view! {
                    <button type="button" class="button" on:click=handler(toggle)>{live(pause)}</button>
                }))}
                <Press label=text::STOP on_press=stop />
            })
        })
    };
    let held = move |id: &'static str, mut show: Box<dyn FnMut() -> Option<Part> + Send>| {
        Part::new(view! {
            <span id=id>
                {live(move || {
                    let shown = show();
                    focus::hold(place, id, RUN_ID);
                    shown
                })}
            </span>
        })
    };
    // While it goes on, the bar is the only thing here that changes with every row.
    let is_on = Memo::new(move |_| run.phase.get().is_on());
    view! {
        {live(move || is_on.get().then(|| Part::new(view! { <Bar run words /> })))}
        // It takes the focus of a button that goes.
        <div class="task-actions" id=RUN_ID tabindex="-1">
            {held("run-begin", Box::new(begin))}
            {held("run-meanwhile", Box::new(meanwhile))}
            {held("run-after", Box::new(after))}
        </div>
    }
}

/// How far it has come, and what it waits for.
#[component]
fn Bar(run: Run, words: Words) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let notices = expect_context::<Notices>();
    let total = run.tally.with_untracked(|tally| tally.open);
    let done = move || total.saturating_sub(run.tally.with(|tally: &Tally| tally.open));
    let what = move || match (run.phase.get(), run.waiting.get()) {
        (Phase::Paused, _) => i18n.text(text::PAUSED),
        (Phase::Stopping, _) => i18n.text(text::STOPPING),
        (_, Some((what, later, seconds))) => {
            let later = i18n.seconds(later, seconds);
            [i18n.text(what), later].join(" ")
        }
        (_, None) => i18n.text(words.sending),
    };
    let of = move || {
        let values = [
            ("done", &*i18n.number(done())),
            ("total", &*i18n.number(total)),
        ];
        i18n.fill(text::PROGRESS_OF, &values)
    };
    // Heard where it is not seen: what goes on, a wait that is worth telling, and every quarter of a
    // long list; a sentence for each of five hundred rows would be none that anybody listens to.
    let is_waiting = move || {
        run.waiting
            .with(|waiting| waiting.is_some_and(|(.., s)| s == 0 || s >= 5))
    };
    let state = Memo::new(move |_| (run.phase.get(), is_waiting()));
    Effect::new(move |before: Option<Phase>| {
        let (phase, is_waiting) = state.get();
        let is_new = before != Some(phase) && phase != Phase::SignedOut;
        if phase.is_on() && (is_new || is_waiting) {
            notices.announce(untrack(what));
        }
        phase
    });
    let quarter = Memo::new(move |_| if total < MANY { 0 } else { 4 * done() / total });
    Effect::new(move || {
        if (1..4).contains(&quarter.get()) {
            notices.announce(untrack(of));
        }
    });
    // Nobody can call the network back.
    let is_skippable = Memo::new(move |_| {
        let waits = run.waiting.get().is_some_and(|(.., seconds)| seconds > 0);
        waits && run.phase.get() == Phase::Running
    });
    let try_now = Callback::new(move |()| run.try_now());
    view! {
        <div class="progress" id=BAR_ID tabindex="-1" aria-busy=live_attribute(|| Some("true"))>
            <p id="run-what">{live(what)}</p>
            <progress aria-labelledby="run-what" max=total prop:value=move || done() as u32></progress>
            <p class="hint">{live(of)}</p>
            {live(move || {
                focus::hold(notices.place, BAR_ID, BAR_ID);
                is_skippable.get().then(|| Part::new(view! {
                    <p class="card-actions"><Press label=text::TRY_NOW on_press=try_now /></p>
                }))
            })}
        </div>
    }
}
