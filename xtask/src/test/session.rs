//! One run of the checks: what was found in each, and what is printed of it.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;

use super::tally::{self, Tally};
use crate::console;
use crate::process::Outcome;

/// Why something cannot be done: what it needs is missing.
pub type Missing = String;

/// How many failed tests are run again; where more fail, something is wrong.
const MOST_AGAIN: usize = 4;

/// What a step has found.
#[derive(Debug, Default)]
pub struct Finding {
    tally: Tally,
    /// The tests that were not run, and why.
    skipped: Vec<String>,
    /// The tests that passed only when they were run again.
    unsteady: Vec<String>,
    /// What to show if something failed.
    output: String,
    /// What to tell even if nothing failed.
    told: Option<String>,
    /// What to list at the end of the run, under the step's name.
    listed: Option<String>,
}

impl Finding {
    /// One check that held.
    pub fn passed() -> Self {
        Self {
            tally: Tally {
                passed: 1,
                ..Tally::default()
            },
            ..Self::default()
        }
    }

    /// One check that did not hold.
    pub fn failed(output: String) -> Self {
        Self {
            tally: Tally {
                failed: 1,
                ..Tally::default()
            },
            output,
            ..Self::default()
        }
    }

    /// One check, which held if the program succeeded.
    pub fn of_check(outcome: Outcome) -> Self {
        if outcome.success {
            Self::passed()
        } else {
            Self::failed(outcome.output)
        }
    }

    /// The tests that a runner has run; none at all is a failure.
    pub fn of_tests(outcome: Outcome) -> Self {
        let mut tally = tally::count(&outcome.output);
        let mut output = outcome.output;
        let skipped = tally::skipped(&output);
        if outcome.success && tally.passed == 0 {
            output.push_str("\nNo test was run where some were expected.\n");
            tally.failed += 1;
        }
        // What did not compile, or broke off, has no failed test to show for it.
        if !outcome.success && tally.failed == 0 {
            tally.failed += 1;
        }
        Self {
            tally,
            skipped,
            output,
            ..Self::default()
        }
    }

    /// As [`Finding::of_tests`], of tests that depend on a whole browser: the few that fail are run
    /// once more by `again`, which is given their names. A machine that stood still for a moment fails
    /// no test twice, a defect does. What passes only then is named at the end of the run, and what it
    /// said the first time is shown.
    ///
    /// # Errors
    ///
    /// Those of `again`.
    pub fn of_browser_tests(
        outcome: Outcome,
        again: impl FnOnce(&[String]) -> Result<Outcome>,
    ) -> Result<Self> {
        let names = tally::failed(&outcome.output);
        let first = Self::of_tests(outcome);
        let failed = first.tally.failed;
        if names.is_empty() || names.len() != failed || failed > MOST_AGAIN {
            return Ok(first);
        }
        let second = again(&names)?;
        if !second.success || tally::count(&second.output).passed != failed {
            return Ok(first);
        }
        let Tally {
            passed, skipped, ..
        } = first.tally;
        println!("{}", tally::reasons(&first.output));
        Ok(Self {
            tally: Tally {
                passed: passed + failed,
                failed: 0,
                skipped,
            },
            unsteady: names,
            ..first
        })
    }

    /// Tests that were not run, each by its name, for this one reason.
    pub fn of_skipped(names: &[String], reason: &str) -> Self {
        Self {
            tally: Tally {
                skipped: names.len(),
                ..Tally::default()
            },
            skipped: names
                .iter()
                .map(|name| format!("{name}: {reason}"))
                .collect(),
            ..Self::default()
        }
    }

    /// With lines to be read at the end of the run.
    #[must_use]
    pub fn listing(self, listed: String) -> Self {
        Self {
            listed: Some(listed),
            ..self
        }
    }

    /// With something worth telling even if nothing failed.
    #[must_use]
    pub fn telling(self, told: impl Into<Option<String>>) -> Self {
        Self {
            told: told.into(),
            ..self
        }
    }
}

/// A step that is over.
#[derive(Debug)]
struct Report {
    name: &'static str,
    finding: Finding,
    took: Duration,
}

/// All steps up to now.
#[derive(Debug)]
pub struct Session {
    in_ci: bool,
    reports: Vec<Report>,
}

impl Session {
    /// A run without steps yet. In continuous integration nothing may be missing: there, what
    /// would be skipped for want of something fails.
    pub fn new(in_ci: bool) -> Self {
        Self {
            in_ci,
            reports: Vec::new(),
        }
    }

    /// Gets hold of something that later steps need. That it is there counts for nothing; that it
    /// is missing is a failure.
    ///
    /// # Errors
    ///
    /// That it is missing, for the steps that need it.
    pub fn obtain<N, T>(
        &mut self,
        name: &'static str,
        need: Result<N, &Missing>,
        action: impl FnOnce(N) -> Result<T>,
    ) -> Result<T, Missing> {
        let mut obtained = None;
        self.check(name, need, |need| {
            obtained = Some(action(need)?);
            Ok(Finding::default())
        });
        obtained.ok_or_else(|| format!("{name} is missing"))
    }

    /// As [`Session::obtain`], of what not every machine can have: that it is missing counts for
    /// nothing here, but for the tests that need it.
    ///
    /// # Errors
    ///
    /// What is missing and how to get it, for the steps that need it.
    pub fn obtain_if_possible<T>(
        &mut self,
        name: &'static str,
        action: impl FnOnce() -> Result<T>,
    ) -> Result<T, Missing> {
        let mut obtained = Err(Missing::new());
        self.check(name, Ok(()), |()| {
            let mut told = None;
            obtained = action().map_err(|error| {
                let error = format!("{error:#}");
                // What a program printed is told here only, not with each test.
                let missing = error.lines().next().unwrap_or_default().to_owned();
                told = Some(format!("not to be had: {error}"));
                missing
            });
            Ok(Finding::default().telling(told))
        });
        obtained
    }

    /// Runs tests, if what they need is there; else says of each that it was not run, and why.
    pub fn check_tests<N>(
        &mut self,
        name: &'static str,
        need: Result<N, &Missing>,
        names: impl FnOnce() -> Result<Vec<String>>,
        action: impl FnOnce(N) -> Result<Finding>,
    ) {
        match need {
            Err(missing) if !self.in_ci => {
                self.check(name, Ok(()), |()| {
                    Ok(Finding::of_skipped(&names()?, missing))
                });
            }
            need => self.check(name, need, action),
        }
    }

    /// Runs a step, if what it needs is there.
    pub fn check<N>(
        &mut self,
        name: &'static str,
        need: Result<N, &Missing>,
        action: impl FnOnce(N) -> Result<Finding>,
    ) {
        println!("\n▸ {name}");
        let started = Instant::now();
        let finding = match need {
            Ok(need) => action(need).unwrap_or_else(|error| Finding::failed(format!("{error:#}"))),
            Err(missing) => self.without(missing),
        };
        let report = Report {
            name,
            finding,
            took: started.elapsed(),
        };
        report.print();
        self.reports.push(report);
    }

    fn without(&self, missing: &str) -> Finding {
        if self.in_ci {
            return Finding::failed(format!("cannot be run here: {missing}"));
        }
        Finding {
            tally: Tally {
                skipped: 1,
                ..Tally::default()
            },
            skipped: vec![missing.to_owned()],
            ..Finding::default()
        }
    }

    /// Prints what was found in each step, why anything was skipped, and last and alone the line
    /// `N passed, N failed, N skipped`. The exit code is 0 if nothing failed.
    pub fn finish(self) -> ExitCode {
        println!(
            "\n  {:<28} {:>7} {:>7} {:>7}   time",
            "", "passed", "failed", "skipped"
        );
        for Report {
            name,
            finding,
            took,
        } in &self.reports
        {
            let Tally {
                passed,
                failed,
                skipped,
            } = finding.tally;
            let took = console::duration(*took);
            println!("  {name:<28} {passed:>7} {failed:>7} {skipped:>7}   {took}");
        }
        for Report { name, finding, .. } in &self.reports {
            if let Some(listed) = &finding.listed {
                println!("\n  {name}:\n{}", listed.trim_end());
            }
        }
        self.list("Skipped", |finding| &finding.skipped);
        self.list("Passed only when run again", |finding| &finding.unsteady);
        let sum: Tally = self.reports.iter().map(|report| report.finding.tally).sum();
        println!(
            "\n{} passed, {} failed, {} skipped",
            sum.passed, sum.failed, sum.skipped
        );
        if sum.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }

    /// Prints what all steps have of this, if any has.
    fn list(&self, title: &str, of: impl Fn(&Finding) -> &[String]) {
        let lines: Vec<_> = self
            .reports
            .iter()
            .flat_map(|report| of(&report.finding).iter().map(|line| (report.name, line)))
            .collect();
        if !lines.is_empty() {
            println!("\n  {title}:");
        }
        for (name, line) in lines {
            println!("  - {name}: {line}");
        }
    }
}

impl Report {
    fn print(&self) {
        let tally = self.finding.tally;
        let took = console::duration(self.took);
        if tally.failed > 0 {
            println!("{}", self.finding.output.trim_end());
            println!("  FAILED after {took}");
        } else if tally.skipped > 0 && tally.passed == 0 {
            println!("  skipped: {}", self.finding.skipped.join("; "));
        } else {
            let told = self.finding.told.as_ref();
            let told = told.map_or_else(String::new, |told| format!(": {told}"));
            println!("  ok in {took}{told}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(success: bool, output: &str) -> Outcome {
        Outcome {
            success,
            output: output.to_owned(),
        }
    }

    #[test]
    fn a_runner_that_ran_nothing_has_failed() {
        let ran_nothing = "test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured";
        assert_eq!(
            Finding::of_tests(outcome(true, ran_nothing)).tally.failed,
            1
        );
        assert_eq!(Finding::of_tests(outcome(true, "")).tally.failed, 1);
    }

    #[test]
    fn a_runner_that_broke_off_has_failed_though_no_test_has() {
        let broke_off = "test result: ok. 5 passed; 0 failed; 0 ignored\nerror: aborted";
        let tally = Finding::of_tests(outcome(false, broke_off)).tally;
        assert_eq!((tally.passed, tally.failed), (5, 1));
    }

    const ONE_FAILED: &str = "test a ... ok
test b ... FAILED
test result: FAILED. 1 passed; 1 failed; 0 ignored";

    #[test]
    fn a_browser_test_that_fails_once_is_run_again_and_named() -> Result<()> {
        let finding = Finding::of_browser_tests(outcome(false, ONE_FAILED), |names| {
            assert_eq!(names, ["b"]);
            Ok(outcome(
                true,
                "test result: ok. 1 passed; 0 failed; 0 ignored",
            ))
        })?;
        assert_eq!((finding.tally.passed, finding.tally.failed), (2, 0));
        assert_eq!(finding.unsteady, ["b"]);
        Ok(())
    }

    #[test]
    fn a_browser_test_that_fails_twice_has_failed() -> Result<()> {
        let twice = "test result: FAILED. 0 passed; 1 failed; 0 ignored";
        let nothing_ran = "test result: ok. 0 passed; 0 failed; 0 ignored";
        for again in [outcome(false, twice), outcome(true, nothing_ran)] {
            let finding = Finding::of_browser_tests(outcome(false, ONE_FAILED), |_| Ok(again))?;
            assert_eq!((finding.tally.passed, finding.tally.failed), (1, 1));
            assert!(finding.unsteady.is_empty());
        }
        Ok(())
    }

    #[test]
    fn many_failures_are_no_accident_and_neither_is_what_does_not_compile() -> Result<()> {
        let many =
            "test a ... FAILED\n".repeat(5) + "test result: FAILED. 0 passed; 5 failed; 0 ignored";
        for (output, failed) in [(&*many, 5), ("error: could not compile", 1)] {
            let finding =
                Finding::of_browser_tests(outcome(false, output), |_| unreachable!("run again"))?;
            assert_eq!(finding.tally.failed, failed);
        }
        Ok(())
    }

    #[test]
    fn a_step_whose_need_is_missing_is_skipped_and_says_why() {
        let mut session = Session::new(false);
        let missing = "no browser".to_owned();
        session.check("browser tests", Err(&missing), |()| unreachable!());
        let finding = &session.reports[0].finding;
        assert_eq!(finding.tally.skipped, 1);
        assert_eq!(finding.skipped, ["no browser"]);
    }

    #[test]
    fn in_continuous_integration_the_same_is_a_failure() {
        let mut session = Session::new(true);
        let missing = "no browser".to_owned();
        session.check("browser tests", Err(&missing), |()| unreachable!());
        assert_eq!(session.reports[0].finding.tally.failed, 1);
    }

    #[test]
    fn what_not_every_machine_has_leaves_its_tests_out_by_name() {
        let mut session = Session::new(false);
        let engine: Result<(), _> =
            session.obtain_if_possible("an engine", || anyhow::bail!("no engine here"));
        assert_eq!(session.reports[0].finding.tally, Tally::default());
        let names = || Ok(vec!["joins".to_owned(), "leaves".to_owned()]);
        session.check_tests("in the engine", engine.as_ref(), names, |()| unreachable!());
        let finding = &session.reports[1].finding;
        assert_eq!(finding.tally.skipped, 2);
        assert_eq!(
            finding.skipped,
            ["joins: no engine here", "leaves: no engine here"]
        );
    }

    #[test]
    fn in_continuous_integration_tests_that_are_left_out_are_a_failure() {
        let mut session = Session::new(true);
        let missing = "no engine here".to_owned();
        let names = || unreachable!();
        session.check_tests("in the engine", Err(&missing), names, |()| unreachable!());
        assert_eq!(session.reports[0].finding.tally.failed, 1);
    }

    #[test]
    fn what_could_not_be_obtained_is_a_failure_and_missing_from_then_on() {
        let mut session = Session::new(false);
        let tool: Result<(), _> = session.obtain("a tool", Ok(()), |()| anyhow::bail!("none"));
        assert_eq!(tool, Err("a tool is missing".to_owned()));
        assert_eq!(session.reports[0].finding.tally.failed, 1);
        assert_eq!(session.obtain("another", Ok(()), |()| Ok(7)), Ok(7));
    }
}
