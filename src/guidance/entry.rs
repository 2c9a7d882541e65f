//! Guidance for what was typed: nothing has been sent yet.

use super::{Actor::You, Field, row::Row};
use crate::{entry::EntryError, i18n::message};

/// What is said about what was typed in place of a code or link.
pub(super) fn row(error: EntryError) -> &'static Row {
    match error {
        EntryError::Empty => const { &Row::new(message::NOTHING_TYPED, You).about(Field::Code) },
        EntryError::NoCode => const { &Row::new(message::NO_CODE, You).about(Field::Code) },
        EntryError::MeetCode => const { &Row::new(message::MEET_CODE, You).about(Field::Code) },
        EntryError::LinkWithoutCode => {
            const { &Row::new(message::LINK_WITHOUT_CODE, You).about(Field::Code) }
        }
        EntryError::ForeignLink => {
            const { &Row::new(message::FOREIGN_LINK, You).about(Field::Code) }
        }
    }
}

/// Nobody to invite or add.
pub(super) static NO_ADDRESSES: Row = Row::new(message::NO_ADDRESSES, You).about(Field::Addresses);

/// What was typed to choose a class fits none, or several.
pub(super) static CLASS_UNCLEAR: Row = Row::new(message::CLASS_UNCLEAR, You).about(Field::Class);
