//! The scenarios, a file for each concern. One binary, so that they link once.

mod configuration;
mod finding;
mod joining;
mod privacy;
mod refusals;
mod sentinels;
mod signing_in;
mod sources;
mod starting;
mod typing;
