//! What is under way, so that a widget can be taken away while it is.
//!
//! A task that comes to its end after its widget is gone would reach for what is no more, and that ends
//! the program, with all other widgets of the page in it. So whatever is taken away goes once nothing
//! is under way.

use core::{
    cell::{Cell, RefCell},
    future::Future,
    pin::Pin,
};

use leptos::task;

thread_local! {
    static UNDER_WAY: Cell<u32> = const { Cell::new(0) };
    static AFTERWARDS: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Runs `task` to its end.
pub fn spawn_local(task: impl Future<Output = ()> + 'static) {
    run(Box::pin(task));
}

/// One piece of code for all tasks.
fn run(task: Pin<Box<dyn Future<Output = ()>>>) {
    UNDER_WAY.set(UNDER_WAY.get() + 1);
    task::spawn_local(async move {
        task.await;
        UNDER_WAY.set(UNDER_WAY.get() - 1);
        settle();
    });
}

/// Does `last` once nothing is under way: now, or later.
pub fn afterwards(last: impl FnOnce() + 'static) {
    AFTERWARDS.with_borrow_mut(|afterwards| afterwards.push(Box::new(last)));
    settle();
}

fn settle() {
    if UNDER_WAY.get() == 0 {
        for last in AFTERWARDS.take() {
            last();
        }
    }
}
