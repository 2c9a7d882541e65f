//! What the end-to-end scenarios are written with.
//!
//! A scenario (`tests/scenarios/`) is a person's steps in a real browser, told with page
//! objects, against the release build of the widget served by the sandbox. Elements are found
//! as a person perceives them, by role and accessible name, never by class or position: the
//! names are the contract of the views, everything else is free to change.
//!
//! - [`play`] gives a scenario its [`Stage`]: a sandbox and a browser of its own, so that
//!   scenarios run side by side; on failure it leaves a report and a picture behind.
//! - [`sandbox`] starts the stand-in for Google and speaks to its `/_sandbox/` endpoints;
//!   [`school`], [`journal`] and [`fault`] are what is said there.
//! - [`browser`] starts a browser over WebDriver, one of three (`engine`); [`find`] finds things in its pages, `hands`
//!   presses them twice and holds keys down, `connection` takes the network away; [`downloads`]
//!   keeps the files that are handed out.
//! - [`keyboard`] is a person without a mouse; [`Browser::attend`](browser::Browser::attend) notes what a
//!   screen reader would say, and where the focus gets lost (`senses`).
//! - [`Browser::traces`](browser::Browser::traces) looks for secrets in everything the browser has
//!   kept and its pages have said (`traces`), over the browser's own debugging protocol (`devtools`);
//!   `play` does so after each scenario for every token there was.
//! - [`gate`] refuses connections to the API, as where no program listens.
//! - [`pages`] holds the page objects.
//! - [`states`] brings a browser into every state of every view.
//!
//! The environment says what is tested: `HALLPASS_DIST` and `HALLPASS_SANDBOX` (set by
//! `cargo xtask test`), and the programs that are not found on `PATH`: `CHROMEDRIVER` and `CHROMIUM`;
//! `GECKODRIVER` and `FIREFOX`; `WEBKITWEBDRIVER`, `MINIBROWSER` and `XVFB`.

pub mod browser;
pub mod downloads;
pub mod fault;
pub mod find;
pub mod gate;
pub mod journal;
pub mod keyboard;
pub mod language;
pub mod pages;
pub mod sandbox;
pub mod school;
pub mod states;

mod connection;
mod devtools;
mod engine;
mod hands;
mod media;
mod process;
mod report;
mod senses;
mod stage;
mod traces;
mod wait;

pub use stage::{Stage, play, play_in_browser, play_with};
