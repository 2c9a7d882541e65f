//! The conversation with the page that the widget stands in.
//!
//! Nobody but a framed widget (and one that a page [mounts](crate::start::mount) with tokens of its
//! own) needs any of it: [`frame`] is a module of its own, fetched when there is a page to speak to.
//!
//! | Module | Does |
//! |---|---|
//! | [`news`] | what the page is told of (pure) |
//! | [`protocol`] | the messages between widget and page (pure) |
//! | [`lti`] | what a learning management system understands (pure) |
//! | [`origins`] | who may speak (pure) |
//! | [`colour`], [`theming`] | the page's colours, made readable (pure) |
//! | [`frame`] | where the rest of the program reaches all this: the split point |
//! | [`asking`] | asks the page for tokens, without anybody's press |
//! | [`bridge`] | hears and says the messages |
//! | [`dress`] | puts the page's colours on the widget |
//! | [`resize`] | tells how high the widget is |
//! | [`supplier`] | tokens from a page that mounted the widget |

pub mod asking;
pub mod bridge;
pub mod colour;
pub mod dress;
pub mod frame;
pub mod lti;
pub mod news;
pub mod origins;
pub mod protocol;
pub mod resize;
pub mod supplier;
pub mod theming;
