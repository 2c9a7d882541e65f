//! Counting what test runners report.

use std::iter::Sum;
use std::ops::Add;

/// Numbers of tests, by how they ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Did what they should.
    pub passed: usize,
    /// Did not.
    pub failed: usize,
    /// Were not run.
    pub skipped: usize,
}

impl Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            skipped: self.skipped + other.skipped,
        }
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), Add::add)
    }
}

/// Adds up the result lines of all runners in `output`, Rust's own and wasm-bindgen's:
/// `test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; …`.
pub fn count(output: &str) -> Tally {
    output
        .lines()
        .filter_map(|line| line.trim().strip_prefix("test result: "))
        .filter_map(|line| line.split_once(". "))
        .map(|(_, counts)| Tally {
            passed: number_before(counts, "passed"),
            failed: number_before(counts, "failed"),
            skipped: number_before(counts, "ignored"),
        })
        .sum()
}

/// The tests that were not run, each with its reason: `name: reason`.
pub fn skipped(output: &str) -> Vec<String> {
    output
        .lines()
        .filter_map(|line| {
            line.trim()
                .strip_prefix("test ")?
                .split_once(" ... ignored")
        })
        .map(
            |(name, reason)| match reason.trim_start_matches([',', ' ']) {
                "" => format!("{name}: ignored without a reason"),
                reason => format!("{name}: {reason}"),
            },
        )
        .collect()
}

/// The tests that failed, by name.
pub fn failed(output: &str) -> Vec<String> {
    output
        .lines()
        .filter_map(|line| line.strip_prefix("test ")?.strip_suffix(" ... FAILED"))
        .map(str::to_owned)
        .collect()
}

/// What failed tests have said of it, as the runner repeats it at its end.
pub fn reasons(output: &str) -> &str {
    output
        .split_once("\nfailures:\n")
        .map_or(output, |(_, reasons)| reasons)
        .trim()
}

/// The tests that a runner has listed: `name: test`, a line each.
pub fn listed(output: &str) -> Vec<String> {
    output
        .lines()
        .filter_map(|line| line.strip_suffix(": test"))
        .map(str::to_owned)
        .collect()
}

/// How often states were looked at by axe, and how much it leaves to people, where it has been at work.
pub fn looks(output: &str) -> Option<String> {
    let taken: usize = output
        .lines()
        .filter_map(|line| {
            line.strip_prefix("looks taken by axe: ")?
                .parse::<usize>()
                .ok()
        })
        .sum();
    let left = output
        .lines()
        .filter(|line| line.starts_with("left to people: "))
        .count();
    (taken > 0).then(|| format!("{taken} looks by axe, which could not decide {left} times"))
}

fn number_before(counts: &str, word: &str) -> usize {
    counts
        .split("; ")
        .filter_map(|count| count.split_once(' '))
        .find(|(_, counted)| *counted == word)
        .and_then(|(number, _)| number.parse().ok())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const OUTPUT: &str = "
running 3 tests
test entry::a_code_is_read ... ok
test entry::slow ... ignored, takes an hour
test entry::old ... ignored
test result: ok. 1 passed; 0 failed; 2 ignored; 0 measured; 0 filtered out; finished in 0.00s

running 2 tests
test join::joins ... ok
test join::waits ... FAILED

failures:

---- join::waits stdout ----
Error: waited in vain

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 filtered out; finished in 0.41s
";

    #[test]
    fn the_result_lines_of_all_runners_are_added_up() {
        let expected = Tally {
            passed: 2,
            failed: 1,
            skipped: 2,
        };
        assert_eq!(count(OUTPUT), expected);
    }

    #[test]
    fn failed_tests_are_named_with_what_they_said() {
        assert_eq!(failed(OUTPUT), ["join::waits"]);
        assert!(reasons(OUTPUT).starts_with("---- join::waits stdout ----\nError: waited"));
    }

    #[test]
    fn looks_are_added_up_where_there_were_any() {
        let output = "looks taken by axe: 5\nleft to people: a\nlooks taken by axe: 3\n";
        let told = "8 looks by axe, which could not decide 1 times";
        assert_eq!(looks(output).as_deref(), Some(told));
        assert_eq!(looks(OUTPUT), None);
    }

    #[test]
    fn output_without_a_result_counts_nothing() {
        assert_eq!(count("error: could not compile"), Tally::default());
        assert_eq!(count("the test result: ok. 9 passed"), Tally::default());
    }

    #[test]
    fn tests_that_are_listed_are_read() {
        let output = "entry::a_code_is_read: test\nentry::slow: test\n\n2 tests, 0 benchmarks\n";
        assert_eq!(listed(output), ["entry::a_code_is_read", "entry::slow"]);
    }

    #[test]
    fn every_skipped_test_is_named_with_its_reason() {
        assert_eq!(
            skipped(OUTPUT),
            [
                "entry::slow: takes an hour",
                "entry::old: ignored without a reason"
            ]
        );
    }
}
