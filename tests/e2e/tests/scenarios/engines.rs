//! What `engines.json` says of the scenarios is true of those there are: a scenario that was given
//! another name is not left out of an engine in silence.

use std::{collections::BTreeSet, env, process::Command};

use anyhow::{Result, ensure};
use hallpass_e2e::browser::Engines;

/// The names of all tests in this program.
fn scenarios() -> Result<BTreeSet<String>> {
    let listing = Command::new(env::current_exe()?)
        .args(["--list", "--format", "terse"])
        .output()?;
    let names = String::from_utf8(listing.stdout)?;
    let names = names.lines().filter_map(|line| line.strip_suffix(": test"));
    Ok(names.map(str::to_owned).collect())
}

#[test]
fn every_scenario_that_is_named_for_the_engines_exists() -> Result<()> {
    let Engines { journeys, left_out } = Engines::read()?;
    let there = scenarios()?;
    let left_out = left_out.iter().flat_map(|left_out| {
        let covering = left_out.covered.split([' ', ',', ';', '.']);
        let covering = covering.filter(|word| word.contains("::"));
        let scenarios = left_out.scenarios.iter().map(String::as_str);
        scenarios.chain(covering)
    });
    for name in journeys.values().map(String::as_str).chain(left_out) {
        ensure!(there.contains(name), "there is no scenario {name}");
    }
    Ok(())
}

#[test]
fn every_journey_is_played_in_every_engine() -> Result<()> {
    let Engines { journeys, left_out } = Engines::read()?;
    for name in journeys.values() {
        let left_out = left_out
            .iter()
            .any(|left_out| left_out.scenarios.contains(name));
        ensure!(!left_out, "{name} is left out somewhere");
    }
    Ok(())
}
