//! The scenarios, a file for each concern. One binary, so that they link once.

mod accounts;
mod configuration;
mod directory;
mod faults;
mod finding;
mod joining;
mod lost_answers;
mod offline;
mod pressing_twice;
mod privacy;
mod reasons;
mod refusals;
mod sentinels;
mod signing_in;
mod sources;
mod stalls;
mod starting;
mod teachers;
mod two_tabs;
mod typing;
mod waiting;
mod wrong_codes;
