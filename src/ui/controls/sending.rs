//! Sending what stands in a review: the buttons, how far it has come, and what to do about the rest.

use leptos::prelude::*;

use super::press::Press;
use crate::{
    flows::review::Tally,
    i18n::{I18n, Text, text},
    ui::{
        part::{Part, live, live_attribute},
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
    let enter = move |phase| Callback::new(move |()| run.enter(phase));
    let begin = move || {
        let is_due = run.tally.with(|tally| tally.open > 0);
        match run.phase.get() {
            Phase::Before | Phase::Over if is_due => Some(Part::new(view! {
                <button
                    type="button"
                    class="button button-main"
                    aria-describedby=about
                    on:click=move |_| on_send.run(())
                >
                    {i18n.show(words.send)}
                </button>
            })),
            Phase::Before => Some(Part::new(
                view! { <p class="hint">{i18n.show(text::NOTHING_TO_SEND)}</p> },
            )),
            Phase::Over | Phase::Running | Phase::Paused | Phase::SignedOut | Phase::Stopping => {
                None
            }
        }
    };
    let after = move || {
        // Before the run, too: an invitation that was to be replaced may have got lost.
        let again = !run.phase.get().is_on() && run.has_failed();
        let is_over = run.phase.get() == Phase::Over;
        (again || is_over).then(|| {
            Part::new(view! {
                {again.then(|| Part::new(view! { <Press label=text::TRY_FAILED_AGAIN on_press=on_again /> }))}
                <Press label=text::DOWNLOAD_RESULTS on_press=on_download />
            })
        })
    };
    let meanwhile = move || match run.phase.get() {
        Phase::Running => Some(Part::new(view! {
            <Press label=text::PAUSE on_press=enter(Phase::Paused) />
            <Press label=text::STOP on_press=enter(Phase::Stopping) />
        })),
        Phase::Paused => Some(Part::new(view! {
            <Press label=text::RESUME on_press=enter(Phase::Running) />
            <Press label=text::STOP on_press=enter(Phase::Stopping) />
        })),
        Phase::SignedOut => Some(Part::new(view! {
            <Press label=text::STOP on_press=enter(Phase::Stopping) />
        })),
        Phase::Before | Phase::Stopping | Phase::Over => None,
    };
    // While it goes on, the bar is the only thing here that changes with every row.
    let is_on = Memo::new(move |_| run.phase.get().is_on());
    view! {
        {live(move || is_on.get().then(|| Part::new(view! { <Bar run words /> })))}
        <p class="task-actions">{live(begin)} {live(meanwhile)} {live(after)}</p>
    }
}

/// How far it has come, and what it waits for.
#[component]
fn Bar(run: Run, words: Words) -> impl IntoView {
    let i18n = expect_context::<I18n>();
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
    // Nobody can call the network back.
    let is_skippable = Memo::new(move |_| {
        let waits = run.waiting.get().is_some_and(|(.., seconds)| seconds > 0);
        waits && run.phase.get() == Phase::Running
    });
    let try_now = Callback::new(move |()| run.try_now());
    view! {
        <div class="progress" aria-busy=live_attribute(|| Some("true"))>
            <p id="run-what">{live(what)}</p>
            <progress aria-labelledby="run-what" max=total prop:value=move || done() as u32></progress>
            <p class="hint">{live(of)}</p>
            {live(move || is_skippable.get().then(|| Part::new(view! {
                <p class="card-actions"><Press label=text::TRY_NOW on_press=try_now /></p>
            })))}
        </div>
    }
}
