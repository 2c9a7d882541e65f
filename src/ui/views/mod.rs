//! One file a view.

pub mod config_error;
pub mod join;
