//! What tasks meet outside of themselves: time, chance, the network, the person who waits.

use gloo_timers::future::TimeoutFuture;

use super::notices::Notices;
use crate::{
    classroom::{
        error::ApiError,
        retry::{Pause, World},
    },
    guidance::passing,
    i18n::text,
};

/// How often the browser is asked whether the network is back, in milliseconds.
pub const ONLINE_POLL: u32 = 500;
/// The longest wait that is not worth telling, in milliseconds: nobody could read it.
pub const UNSEEN: u32 = 400;

impl World for Notices {
    async fn pause(&self, pause: Pause, error: Option<&ApiError>) {
        let (what, later, millis) = match (pause, error) {
            (Pause::For(millis), Some(error)) if millis > UNSEEN => {
                (passing(error), text::TRYING_AGAIN, millis)
            }
            (Pause::For(millis), _) => return self.sleep(millis).await,
            (Pause::Offline, _) => (text::OFFLINE, text::WHEN_ONLINE, 0),
        };
        let over = async {
            self.sleep(millis).await;
            while pause == Pause::Offline && self.is_offline() {
                self.sleep(ONLINE_POLL).await;
            }
        };
        self.wait(what, later, millis.div_ceil(1000), over).await;
    }

    async fn sleep(&self, millis: u32) {
        TimeoutFuture::new(millis).await;
    }

    fn chance(&self) -> f64 {
        js_sys::Math::random()
    }

    fn is_offline(&self) -> bool {
        web_sys::window().is_some_and(|window| !window.navigator().on_line())
    }
}
