//! The pages a person meets, as they speak of them: page objects over roles and names.

mod cards;
mod join;
mod signin_popup;
mod widget;

pub use cards::{ErrorCard, Link, OutcomeCard};
pub use join::Join;
pub use signin_popup::SigninPopup;
pub use widget::Widget;
