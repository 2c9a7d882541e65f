//! What has become of every address, as a file.

use leptos::prelude::*;

use super::{controls::review, download, run::Run};
use crate::{
    flows::csv,
    guidance::{Audience, Details, Task},
    i18n::{I18n, text},
    session::Session,
};

/// Hands out the rows of `run`: address, state, what happened in words, and what IT needs to find out
/// why.
pub fn download(run: Run, task: Task, audience: Audience, i18n: I18n, session: Session) {
    let config = session.config();
    let head = [
        text::RESULT_ADDRESS,
        text::RESULT_STATE,
        text::RESULT_WHAT,
        text::DETAILS_FOR_IT,
    ];
    let mut lines = vec![head.map(|head| untrack(|| i18n.text(head)))];
    for row in run.snapshot() {
        let words = untrack(|| match row.guidance(task, audience, &config) {
            Some(guidance) => i18n.with(|catalogue| {
                let message = guidance.message;
                let [title, what, next] = [message.title(), message.what(), message.next()]
                    .map(|part| guidance.words(catalogue, part));
                // A title has no full stop.
                [title, [what, next].join(" ")].join(" – ")
            }),
            None => i18n.text(review::standing(&row.state, task)),
        });
        let details = row.trouble().map(|trouble| Details::of(&trouble).line());
        lines.push([
            row.text.clone(),
            row.state.name().to_owned(),
            words,
            details.unwrap_or_default(),
        ]);
    }
    download::csv("results.csv", &csv::write(lines));
}
