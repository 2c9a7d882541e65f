//! What is on the screen. No decision is taken here: views hand what was typed to `entry` and
//! `flows`, and show what `guidance` says.

pub mod clipboard;
pub mod controls;
pub mod marks;
pub mod notices;
pub mod part;
pub mod scroll;
pub mod sign_in;
pub mod views;
mod world;
