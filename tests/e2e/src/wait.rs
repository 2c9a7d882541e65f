//! Waiting for what a page does in its own time.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Between two looks: short against a person's patience, long against the 5 ms a look costs.
const PAUSE: Duration = Duration::from_millis(40);

/// Looks again and again until `look` gives something, at most `patience` long.
///
/// Gives `None` when the time is up; an error of `look` ends the waiting at once. `look` is
/// tried at least once, and once more after the time is up, so that a slow machine gets a last
/// look at a page that was ready.
pub(crate) async fn until<T>(
    patience: Duration,
    mut look: impl AsyncFnMut() -> Result<Option<T>>,
) -> Result<Option<T>> {
    let end = Instant::now() + patience;
    loop {
        let last = Instant::now() >= end;
        if let Some(found) = look().await? {
            return Ok(Some(found));
        }
        if last {
            return Ok(None);
        }
        tokio::time::sleep(PAUSE).await;
    }
}
