//! How high the widget is: told once a frame of the browser, and only when it has changed.
//!
//! What is measured is the widget's own element, as high as its content and never as high as the
//! frame: what the page makes of it cannot change it again.

use core::cell::{Cell, RefCell};
use std::rc::Rc;

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, ResizeObserver};

/// What looks, and what it was asked to do.
struct Watch {
    element: Element,
    last: Cell<u32>,
    /// The browser's number for the frame that is asked for.
    frame: Cell<Option<i32>>,
    measure: RefCell<Option<Closure<dyn FnMut()>>>,
}

impl Watch {
    fn schedule(&self) {
        let measure = self.measure.borrow();
        if let (None, Some(window), Some(measure)) =
            (self.frame.get(), web_sys::window(), measure.as_ref())
        {
            let asked = window.request_animation_frame(measure.as_ref().unchecked_ref());
            self.frame.set(asked.ok());
        }
    }

    /// The height, where it is another one than before.
    fn changed(&self) -> Option<u32> {
        // Up, so that nothing is cut off. The cast keeps within what a number can hold.
        let height = self.element.get_bounding_client_rect().height().ceil() as u32;
        (self.last.replace(height) != height).then_some(height)
    }
}

/// Watches as long as it is there.
pub struct Watching {
    watch: Rc<Watch>,
    observer: ResizeObserver,
    /// Kept as long as the browser may call it.
    _seen: Closure<dyn FnMut()>,
}

/// Tells `say` the height of `element` now and whenever it changes.
pub fn watch(element: Element, say: impl Fn(u32) + 'static) -> Option<Watching> {
    let watch = Rc::new(Watch {
        element,
        last: Cell::new(0),
        frame: Cell::new(None),
        measure: RefCell::new(None),
    });
    let measure = {
        let watch = Rc::downgrade(&watch);
        Closure::<dyn FnMut()>::new(move || {
            if let Some(watch) = watch.upgrade() {
                watch.frame.set(None);
                if let Some(height) = watch.changed() {
                    say(height);
                }
            }
        })
    };
    watch.measure.replace(Some(measure));
    let seen = {
        let watch = Rc::downgrade(&watch);
        Closure::<dyn FnMut()>::new(move || {
            if let Some(watch) = watch.upgrade() {
                watch.schedule();
            }
        })
    };
    let observer = ResizeObserver::new(seen.as_ref().unchecked_ref()).ok()?;
    observer.observe(&watch.element);
    Some(Watching {
        watch,
        observer,
        _seen: seen,
    })
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.observer.disconnect();
        if let (Some(frame), Some(window)) = (self.watch.frame.get(), web_sys::window()) {
            // One that is over already needs no cancelling.
            let _ = window.cancel_animation_frame(frame);
        }
    }
}
