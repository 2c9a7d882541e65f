//! The sandbox's clock, which tests can move.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds in a day.
const DAY: i64 = 24 * 60 * 60;

/// The machine's time, moved by an offset. Token expiry and daily limits follow it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Clock {
    /// Seconds ahead of the machine's clock; negative lies behind.
    pub offset_seconds: i64,
}

impl Clock {
    /// Seconds since 1970, in UTC.
    pub fn now(self) -> i64 {
        let real = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| {
                i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
            });
        real.saturating_add(self.offset_seconds)
    }

    /// Number of the present day, counted in UTC.
    pub fn today(self) -> i64 {
        self.now().div_euclid(DAY)
    }
}
