//! The table that is printed.

use std::fmt::Write as _;

/// What was measured of one thing that a person does.
pub struct Measured {
    /// What.
    pub what: &'static str,
    /// From its begin to its end, in milliseconds.
    pub took: f64,
    /// How long the page was deaf at most, in milliseconds: its longest task, where that took more
    /// than 50 (Long Tasks API).
    pub longest: f64,
    /// How many tasks took more than 50 ms.
    pub long_tasks: usize,
}

/// The rows with their heads.
pub fn shown(rows: &[Measured]) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "{:<44} {:>10} {:>14} {:>14}",
        "", "took ms", "long tasks", "longest ms"
    );
    for row in rows {
        let longest = if row.long_tasks == 0 {
            "under 50".to_owned()
        } else {
            format!("{:.0}", row.longest)
        };
        let _ = writeln!(
            out,
            "{:<44} {:>10.0} {:>14} {:>14}",
            row.what, row.took, row.long_tasks, longest
        );
    }
    out
}
