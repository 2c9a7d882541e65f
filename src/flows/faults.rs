//! What goes wrong with the calls of a test's school, one after the other.

use core::cell::RefCell;
use std::collections::VecDeque;

use crate::classroom::error::ApiError;

/// What happens to a call.
#[derive(Clone, Debug)]
pub enum Fault {
    /// It is refused, or gets lost on the way there.
    Before(ApiError),
    /// It is carried out, and the answer gets lost.
    After(ApiError),
}

/// The faults that are due, and what was asked so far.
#[derive(Default)]
pub struct Faults {
    due: RefCell<VecDeque<(&'static str, Fault)>>,
    asked: RefCell<Vec<String>>,
}

impl Faults {
    /// One more, after those that are due already, for the next call of that name.
    pub fn add(&self, call: &'static str, fault: Fault) {
        self.due.borrow_mut().push_back((call, fault));
    }

    /// What was noted since the last time: each call with what it was about.
    pub fn asked(&self) -> Vec<String> {
        self.asked.take()
    }

    /// Notes something that is no call: a wait, or that the network was waited for.
    pub fn note(&self, what: &str) {
        self.asked.borrow_mut().push(what.to_owned());
    }

    /// Notes the call, and gives its answer unless the next fault is for it.
    pub fn answer<T>(
        &self,
        call: &'static str,
        what: &str,
        effect: impl FnOnce() -> Result<T, ApiError>,
    ) -> Result<T, ApiError> {
        self.note(&[call, what].join(" "));
        let mut due = self.due.borrow_mut();
        let is_next = due.front().is_some_and(|(next, _)| *next == call);
        match if is_next { due.pop_front() } else { None } {
            None => effect(),
            Some((_, Fault::Before(error))) => Err(error),
            Some((_, Fault::After(error))) => effect().and(Err(error)),
        }
    }
}
