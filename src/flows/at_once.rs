//! Several calls in flight, and no more than the API bears from one user.

use core::{cell::RefCell, future::Future};

use futures_util::future::join4;

/// Does `work` with each of `items`, in their order, on four of them at a time.
pub async fn four_at_once<I, W>(items: impl IntoIterator<Item = I>, work: impl Fn(I) -> W)
where
    W: Future<Output = ()>,
{
    let items = RefCell::new(items.into_iter());
    let next = || items.borrow_mut().next();
    let worker = || async {
        while let Some(item) = next() {
            work(item).await;
        }
    };
    join4(worker(), worker(), worker(), worker()).await;
}

#[cfg(test)]
mod tests {
    use core::{
        cell::Cell,
        pin::pin,
        task::{Context, Waker},
    };

    use super::*;
    use crate::flows::virtual_time::Clock;

    #[test]
    fn each_is_begun_once_in_its_order_with_four_in_work_at_most() {
        let clock = Clock::default();
        let (begun, in_work, most) = (RefCell::default(), Cell::new(0), Cell::new(0));
        let (clock, begun, in_work, most) = (&clock, &begun, &in_work, &most);
        clock.run(four_at_once(0..50, |item| async move {
            RefCell::<Vec<_>>::borrow_mut(begun).push(item);
            in_work.set(in_work.get() + 1);
            most.set(most.get().max(in_work.get()));
            clock.sleep(10 + item % 7).await;
            in_work.set(in_work.get() - 1);
        }));
        assert_eq!(*begun.borrow(), Vec::from_iter(0..50));
        assert_eq!((most.get(), in_work.get()), (4, 0));
    }

    #[test]
    fn one_that_takes_long_holds_up_nothing_but_the_end() {
        let clock = Clock::default();
        let clock = &clock;
        clock.run(four_at_once(0..31, |item| async move {
            clock.sleep(if item == 0 { 100 } else { 10 }).await;
        }));
        assert_eq!(clock.now(), 100);
    }

    #[test]
    fn nothing_to_do_takes_no_time() {
        let clock = Clock::default();
        clock.run(four_at_once(Vec::<u32>::new(), |_| async {
            unreachable!()
        }));
        assert_eq!(clock.now(), 0);
    }

    #[test]
    fn who_drops_it_ends_it() {
        let begun = Cell::new(0);
        {
            let work = pin!(four_at_once(0..50, |_| {
                begun.set(begun.get() + 1);
                core::future::pending()
            }));
            let is_pending = work
                .poll(&mut Context::from_waker(Waker::noop()))
                .is_pending();
            assert!(is_pending);
        }
        assert_eq!(begun.get(), 4);
    }
}
