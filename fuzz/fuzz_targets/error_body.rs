//! Whatever comes back from the network: read to an end, and no more kept of it than fits a card.
#![no_main]

use hallpass::classroom::{
    answer::Answer,
    error::{ApiError, Refusal},
    wait,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // The number and the wait are made of the bytes, so that a literal body is a seed as it is.
    let sum = bytes.iter().fold(0u32, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(*byte))
    });
    let http = (sum % 600) as u16;
    let retry_after = (sum % 3 == 0).then_some(sum % wait::LONGEST);
    // As `Response.text()` does.
    let body = String::from_utf8_lossy(bytes).into_owned();

    let error = ApiError::from_answer(http, retry_after, &body);
    assert!(error.retry_after() >= retry_after);
    assert!(error.retry_after() <= Some(wait::LONGEST));
    let _ = (error.is_transient(), error.leaves_doubt());
    if let ApiError::Refused(refusal) = &error {
        assert_eq!(refusal.http, http);
        assert!(refusal.message.chars().count() <= Refusal::LONGEST_MESSAGE + 1);
        assert!(refusal.notes.len() <= Refusal::MOST_NOTES);
        for (_, note) in &refusal.notes {
            assert!((1..=Refusal::LONGEST_NOTE + 1).contains(&note.chars().count()));
        }
    }

    let answer = Answer {
        http,
        retry_after,
        body,
    };
    match answer.read() {
        Ok(_) => assert!((200..300).contains(&http)),
        Err(read) => assert_eq!(read, error),
    }
});
