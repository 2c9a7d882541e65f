//! What the person at the terminal reads.

use std::io::{self, Write};
use std::time::Duration;

/// Prints one line about a thing found, installed or made: `  trunk 0.21.14        in the cache`.
pub fn note(what: &str, about: &str) {
    println!("  {what:<28} {about}");
}

/// Announces a step that takes a while, before it starts.
pub fn announce(text: &str) {
    println!("  {text} …");
    // The text is often piped into a log, and it is of use only before the wait.
    let _ = io::stdout().flush();
}

/// A duration as a person says it: `0.4 s`, `12 s`, `3 min 05 s`.
pub fn duration(took: Duration) -> String {
    let seconds = took.as_secs();
    match seconds {
        0..10 => format!("{:.1} s", took.as_secs_f64()),
        10..60 => format!("{seconds} s"),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// A number of bytes with its thousands apart: `80 000`.
pub fn bytes(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_as_precise_as_they_are_short() {
        assert_eq!(duration(Duration::from_millis(440)), "0.4 s");
        assert_eq!(duration(Duration::from_millis(12_900)), "12 s");
        assert_eq!(duration(Duration::from_secs(185)), "3 min 05 s");
    }

    #[test]
    fn bytes_are_grouped_in_thousands() {
        assert_eq!(bytes(7), "7");
        assert_eq!(bytes(999), "999");
        assert_eq!(bytes(80_000), "80 000");
        assert_eq!(bytes(1_234_567), "1 234 567");
    }
}
