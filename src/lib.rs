//! Hall Pass: a browser widget for Google Classroom.
//!
//! The map of the house, in the order in which data runs through it:
//!
//! | Module | Does |
//! |---|---|
//! | [`config`] | `config.json` and page parameters -> one validated configuration |
//! | [`entry`] | what people type -> class code, invite link (pure) |
//! | [`flows`] | what each task decides next (pure) |
//! | [`classroom`] | the REST API: requests, transport, errors |
//! | [`session`] | who is signed in: token, scopes, Google's sign-in |
//! | [`guidance`] | (task, audience, trouble) -> what a person reads and may do (pure) |
//! | [`embed`] | the conversation with the page around the widget |
//! | [`i18n`] | the words |
//! | [`ui`] | controls and views: no decision in them |
//! | [`app`] | the root component: chooses the view |
//! | [`start`] | from the page to the root component |
//! | [`json`] | the one way JSON is read and written |

pub mod app;
pub mod classroom;
pub mod config;
pub mod embed;
pub mod entry;
pub mod flows;
pub mod guidance;
pub mod i18n;
pub mod json;
pub mod session;
pub mod split;
pub mod start;
pub mod ui;
pub mod within;
