//! A moment between two steps of work that would be too long at once.

use gloo_timers::future::TimeoutFuture;

/// Lets the browser show what there is so far, and hear what the person does, before the work goes
/// on: on the slowest machine in the school no task is to take 50 ms (Long Tasks API).
pub async fn breath() {
    TimeoutFuture::new(0).await;
}
