//! Guidance where no answer of the API's came.

use super::{
    Action::{AskSupport, TryAgain},
    Actor::{You, YouOrSchool},
    row::Row,
};
use crate::i18n::message;

/// The browser itself says that there is no network.
pub(super) static OFFLINE: Row = Row::new(message::OFFLINE, You).offers(&[TryAgain]);

/// No answer, although the browser thinks that there is a network.
pub(super) static NETWORK: Row = Row::new(message::NETWORK, YouOrSchool)
    .administrator(message::NETWORK_ADMIN, You)
    .offers(&[TryAgain, AskSupport]);

/// No answer in time.
pub(super) static TIMEOUT: Row = Row::new(message::TIMEOUT, You).offers(&[TryAgain]);

/// Somebody else's answer: a school's filter, or the sign-in page of a network.
pub(super) static BAD_RESPONSE: Row = Row::new(message::BAD_RESPONSE, YouOrSchool)
    .administrator(message::BAD_RESPONSE_ADMIN, You)
    .offers(&[TryAgain, AskSupport]);
