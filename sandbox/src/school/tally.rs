//! Counts that begin anew each day.

use std::collections::BTreeMap;

/// How often each account has done something on the last day it did.
#[derive(Clone, Debug, Default)]
pub struct Tally(BTreeMap<String, DayCount>);

#[derive(Clone, Copy, Debug, Default)]
struct DayCount {
    day: i64,
    count: u32,
}

impl Tally {
    /// How often this account has done it on this day.
    pub fn on(&self, day: i64, user_id: &str) -> u32 {
        self.0
            .get(user_id)
            .filter(|counted| counted.day == day)
            .map_or(0, |counted| counted.count)
    }

    /// Writes down that this account has done it once more on this day.
    pub fn add(&mut self, day: i64, user_id: &str) {
        let count = self.on(day, user_id) + 1;
        self.0.insert(user_id.to_owned(), DayCount { day, count });
    }
}
