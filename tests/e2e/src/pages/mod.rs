//! The pages a person meets, as they speak of them: page objects over roles and names.

mod cards;
mod class_combobox;
mod host;
mod invite;
mod join;
mod pending;
mod progress;
mod received;
mod review;
mod share;
mod signin_popup;
mod widget;

pub use cards::{ErrorCard, Link, OutcomeCard};
pub use class_combobox::ClassCombobox;
pub use host::{Event, Host};
pub use invite::{Invite, RoleSeen};
pub use join::Join;
pub use pending::{Invited, Pending};
pub use progress::Progress;
pub use received::{InvitationSeen, Received};
pub use review::{Review, RowSeen};
pub use share::{Drawn, Share};
pub use signin_popup::SigninPopup;
pub use widget::Widget;
