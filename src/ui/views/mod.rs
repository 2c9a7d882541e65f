//! One file a view.

pub mod config_error;
pub mod enroll;
pub mod invite;
pub mod join;
pub mod pending;
pub mod received;
pub mod share;
pub mod staff;
