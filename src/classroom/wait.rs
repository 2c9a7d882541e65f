//! How long an answer asks to wait before the next try, in milliseconds.

/// The longest wait that is taken from an answer: a day. Anything longer is read as this, which is
/// far beyond what a page waits for and well within what a browser's timer takes (2³¹ ms).
pub const LONGEST: u32 = 24 * 60 * 60 * 1000;

/// Decimal seconds as milliseconds: `Retry-After: 120` (RFC 9110, section 10.2.3), and without its
/// `s` the `3.5s` of `google.rpc.RetryInfo` (`google/protobuf/duration.proto`, JSON mapping).
///
/// Rounded up, so that nobody comes back too soon, and never more than [`LONGEST`]. A text that is
/// no such number, a negative one too, gives nothing. Digit by digit: the standard library's
/// parser of floating-point numbers would add 10 kB to the wasm.
///
/// ```
/// use hallpass::classroom::wait::seconds;
/// assert_eq!(seconds("120"), Some(120_000));
/// assert_eq!(seconds("0.0001"), Some(1));
/// assert_eq!(seconds("Wed, 21 Oct 2026 07:28:00 GMT"), None);
/// ```
pub fn seconds(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    if !is_number(whole) || !is_number(fraction) {
        return None;
    }
    // The digits of the seconds and the first three of the fraction, in a row, are milliseconds.
    let thousandths = fraction.bytes().chain(*b"000").take(3);
    let millis = whole
        .bytes()
        .chain(thousandths)
        .fold(0u32, |millis, digit| {
            millis
                .saturating_mul(10)
                .saturating_add(u32::from(digit - b'0'))
        });
    let beyond = fraction.bytes().skip(3).any(|digit| digit != b'0');
    Some(millis.saturating_add(u32::from(beyond)).min(LONGEST))
}

fn is_number(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_become_milliseconds_and_never_too_few() {
        for (text, millis) in [
            ("0", 0),
            ("3", 3_000),
            ("0.5", 500),
            ("0.05", 50),
            ("1.250", 1_250),
            ("2.000000000", 2_000),
            ("0.000000001", 1),
            ("1.2345", 1_235),
            ("86400", LONGEST),
        ] {
            assert_eq!(seconds(text), Some(millis), "{text}");
        }
    }

    #[test]
    fn a_wait_of_years_is_a_day() {
        for text in ["86400.001", "4294967296", &"9".repeat(100_000)] {
            assert_eq!(seconds(text), Some(LONGEST));
        }
    }

    #[test]
    fn what_is_no_number_asks_for_nothing() {
        for text in [
            "", ".", "3.", ".5", "-3", "+3", "3s", "1e3", "3 ", "3,5", "1.2.3", "0.123x",
            "0.1234x", "0.é", "0.12é", "٣", "Infinity", "soon",
        ] {
            assert_eq!(seconds(text), None, "{text:?}");
        }
    }
}
