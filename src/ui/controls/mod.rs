//! Parts that show what they are given.

pub mod account_bar;
pub mod batches;
pub mod class_picker;
pub mod combobox;
pub mod confirm;
pub mod copies;
pub mod error_card;
pub mod google_button;
pub mod languages;
pub mod navigation;
pub mod outcome_card;
pub mod poster;
pub mod press;
pub mod qr_code;
pub mod review;
pub mod sending;
pub mod suggestions;
pub mod switch;
pub mod with_value;
