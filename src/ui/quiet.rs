//! The world of what is read on the side: its waits are nothing that anybody has to see.

use gloo_timers::future::TimeoutFuture;

use super::world::ONLINE_POLL;
use crate::classroom::{
    error::ApiError,
    retry::{Pause, World},
};

/// Waits without a word; whoever reads with it shows that something is being read.
#[derive(Clone, Copy, Debug)]
pub struct Quiet;

impl World for Quiet {
    async fn pause(&self, pause: Pause, _: Option<&ApiError>) {
        match pause {
            Pause::For(millis) => self.sleep(millis).await,
            Pause::Offline => {
                while self.is_offline() {
                    self.sleep(ONLINE_POLL).await;
                }
            }
        }
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
