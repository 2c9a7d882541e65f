//! Time for the tests of what runs side by side: it passes only while everybody waits for it, so
//! that an hour takes no time at all and everything has its moment.

use core::{
    cell::{Cell, RefCell},
    future::{Future, poll_fn},
    pin::pin,
    task::{Context, Poll, Waker},
};
use std::collections::BTreeSet;

/// A clock that stands still until nobody has anything to do.
#[derive(Debug, Default)]
pub struct Clock {
    now: Cell<u64>,
    /// The moments that are waited for.
    due: RefCell<BTreeSet<u64>>,
}

impl Clock {
    /// How many milliseconds have passed.
    pub fn now(&self) -> u64 {
        self.now.get()
    }

    /// Waits so many milliseconds.
    pub async fn sleep(&self, millis: u32) {
        let due = self.now() + u64::from(millis);
        self.until(|| {
            let is_over = self.now() >= due;
            if !is_over {
                self.due.borrow_mut().insert(due);
            }
            is_over
        })
        .await;
    }

    /// Waits until something is so that somebody else brings about.
    pub async fn until(&self, is_so: impl Fn() -> bool) {
        poll_fn(|_| {
            if is_so() {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        })
        .await;
    }

    /// Runs `future` to its end.
    ///
    /// Whoever waits is asked again at every moment, not woken: of what runs only here nobody has to
    /// keep account.
    ///
    /// # Panics
    /// Where everybody waits for something else than time.
    pub fn run<T>(&self, future: impl Future<Output = T>) -> T {
        let mut future = pin!(future);
        let mut context = Context::from_waker(Waker::noop());
        loop {
            // A second time for those who wait for what the first has brought about.
            for _ in 0..2 {
                if let Poll::Ready(done) = future.as_mut().poll(&mut context) {
                    return done;
                }
            }
            let mut due = self.due.borrow_mut();
            let next = due.pop_first().expect("somebody waits for time to pass");
            self.now.set(self.now().max(next));
        }
    }
}
