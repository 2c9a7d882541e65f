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
    let covering = left_out.iter().flat_map(|left_out| {
        let words = left_out.covered.split([' ', ',', ';', '.']);
        words.filter(|word| word.contains("::"))
    });
    for name in journeys.values().map(String::as_str).chain(covering) {
        ensure!(there.contains(name), "there is no scenario {name}");
    }
    Ok(())
}

/// They are left out by what their names contain.
#[test]
fn what_is_left_out_of_an_engine_exists_and_takes_nothing_else_with_it() -> Result<()> {
    let there = scenarios()?;
    for named in Engines::read()?
        .left_out
        .iter()
        .flat_map(|left_out| &left_out.scenarios)
    {
        let taken: Vec<_> = there
            .iter()
            .filter(|name| name.contains(&**named))
            .collect();
        ensure!(!taken.is_empty(), "there is no scenario {named}");
        let others = taken.iter().find(|name| {
            !(**name == named || (named.ends_with("::") && name.starts_with(&**named)))
        });
        ensure!(others.is_none(), "{named} would leave out {others:?}");
    }
    Ok(())
}

#[test]
fn every_journey_is_played_in_every_engine() -> Result<()> {
    let Engines { journeys, left_out } = Engines::read()?;
    for name in journeys.values() {
        let left_out = left_out.iter().any(|left_out| left_out.includes(name));
        ensure!(!left_out, "{name} is left out somewhere");
    }
    Ok(())
}
