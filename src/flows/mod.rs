//! What each task decides next.
//!
//! Pure: the flows call the API through [`crate::classroom::Classroom`] and know neither the DOM
//! nor the network, so that every turn they can take is shown by a native test.

pub mod choosing;
pub mod join;
