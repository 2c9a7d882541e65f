//! What each task decides next.
//!
//! Pure: the flows call the API through [`crate::classroom::Classroom`] and know neither the DOM
//! nor the network, so that every turn they can take is shown by a native test.

pub mod at_once;
pub mod checking;
pub mod choosing;
pub mod csv;
pub mod invite;
pub mod join;
pub mod offer;
pub mod pending;
pub mod received;
pub mod review;
pub mod sending;
pub mod share;

#[cfg(test)]
mod faults;
#[cfg(test)]
mod virtual_time;
