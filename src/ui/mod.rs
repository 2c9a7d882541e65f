//! What is on the screen. No decision is taken here: views hand what was typed to `entry` and
//! `flows`, and show what `guidance` says.

pub mod breath;
pub mod bulk;
pub mod chosen;
pub mod clipboard;
pub mod controls;
pub mod download;
pub mod focus;
pub mod later;
pub mod marks;
pub mod notices;
pub mod part;
pub mod place;
pub mod quiet;
pub mod results;
pub mod run;
pub mod scroll;
pub mod sign_in;
pub mod tasks;
pub mod title;
pub mod views;
pub mod waiting;
mod world;
