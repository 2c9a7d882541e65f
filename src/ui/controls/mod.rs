//! Parts that show what they are given.

pub mod account_bar;
pub mod combobox;
pub mod error_card;
pub mod google_button;
pub mod outcome_card;
pub mod press;
pub mod suggestions;
pub mod with_value;
