//! The pages a person meets, as they speak of them: page objects over roles and names.

mod cards;
mod class_combobox;
mod join;
mod progress;
mod signin_popup;
mod widget;

pub use cards::{ErrorCard, Link, OutcomeCard};
pub use class_combobox::ClassCombobox;
pub use join::Join;
pub use progress::Progress;
pub use signin_popup::SigninPopup;
pub use widget::Widget;
