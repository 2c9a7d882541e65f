//! What is said while something that may pass is waited for.

use crate::{
    classroom::{error::ApiError, status::Status},
    i18n::{Text, message},
};

/// What happened, in a few words: the same for everybody.
pub fn passing(error: &ApiError) -> Text {
    let message = match error {
        ApiError::Network => message::NETWORK,
        ApiError::Timeout => message::TIMEOUT,
        ApiError::BadResponse { .. } => message::BAD_RESPONSE,
        ApiError::Refused(refusal) if refusal.status == Status::ResourceExhausted => message::BUSY,
        ApiError::Refused(_) => message::GOOGLE_TROUBLE,
    };
    message.title()
}
