//! Long lists, put on the page in steps.

use leptos::prelude::*;

use crate::ui::{
    breath::breath,
    part::{Part, live},
    tasks::spawn_local,
};

/// How many items are put on the page at a time: on the slowest machine in the school they take less
/// than 50 ms.
pub const BATCH: usize = 10;

/// What `show` makes of each of `items`, one batch after the other, with time between for what the
/// person does meanwhile.
pub fn in_batches<T: Clone + Send + 'static>(items: &[T], show: fn(T) -> Part) -> Vec<Part> {
    let batches: Vec<_> = items.chunks(BATCH).map(<[T]>::to_vec).collect();
    let due: Vec<_> = batches.iter().map(|_| RwSignal::new(false)).collect();
    appear(due.clone());
    let shown = batches.into_iter().zip(due).map(|(batch, due)| {
        Part::new(live(move || {
            let batch = batch.clone();
            due.get()
                .then(|| Part::new(batch.into_iter().map(show).collect::<Vec<_>>()))
        }))
    });
    shown.collect()
}

/// Lets one batch after the other appear.
pub fn appear(batches: Vec<RwSignal<bool>>) {
    spawn_local(async move {
        for batch in batches {
            if batch.try_set(true).is_some() {
                // What they belong to is gone.
                return;
            }
            breath().await;
        }
    });
}
