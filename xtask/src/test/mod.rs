//! `cargo xtask test`: every check, the cheapest first, none hiding another.

mod engines;
mod fuzzing;
mod lighthouse;
mod serving;
mod session;
mod steps;
mod tally;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;

use crate::dist;
use crate::setup::{self, Browser, WasmTools, WebKit};
use engines::{Engine, Engines};
use session::{Finding, Missing, Session};

/// How much to check.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// What somebody wants to know every few minutes.
    Quick,
    /// What has to hold before a change goes in.
    Usual,
    /// Everything.
    Full,
}

impl Depth {
    /// Its name in `HALLPASS_DEPTH`, by which the end-to-end tests know it.
    fn name(self) -> &'static str {
        match self {
            Self::Quick => "quick",
            Self::Usual => "usual",
            Self::Full => "full",
        }
    }
}

/// Runs the checks; the last line printed holds the counts.
///
/// # Errors
///
/// None of its own: what fails is printed and makes the exit code non-zero.
pub fn run(depth: Depth) -> Result<ExitCode> {
    let in_ci = env::var("CI").is_ok_and(|value| value == "true" || value == "1");
    let mut session = Session::new(in_ci);
    let thorough = depth != Depth::Quick;

    let rust = session.obtain("set-up: rustfmt and clippy", Ok(()), |()| {
        setup::rust_components()
    });
    let wasm = session.obtain("set-up: tools for wasm", Ok(()), |()| WasmTools::ensure());
    let browser = session.obtain("set-up: browser", Ok(()), |()| Browser::ensure());

    session.check("formatting", rust.as_ref(), |_| steps::formatting());
    session.check("clippy", rust.as_ref(), |_| steps::clippy());
    if thorough {
        session.check("lints for wasm32", wasm.as_ref(), steps::lints_for_wasm);
        session.check("documentation", Ok(()), |_| steps::documentation());
    }
    session.check("native tests", Ok(()), |_| steps::native_tests());

    if thorough {
        let tsc = session.obtain("set-up: TypeScript", Ok(()), |()| setup::typescript());
        session.check("types of embed.js", tsc.as_ref(), steps::types);
    }

    let widget = session.obtain("widget", wasm.as_ref(), dist::make);
    if thorough {
        session.check("size budget", widget.as_ref(), |sizes| {
            Ok(Finding::passed().telling(dist::check_budget(sizes)?))
        });
        let both = wasm
            .as_ref()
            .and_then(|tools| Ok((tools, browser.as_ref()?)));
        session.check("component tests", both, |(tools, browser)| {
            steps::component_tests(tools, browser)
        });
    }
    if thorough {
        session.check("serving", widget.as_ref(), |_| serving::serving());
    }
    if depth == Depth::Full {
        session.check("fuzzing", Ok(()), |()| fuzzing::fuzzing());
    }
    if depth == Depth::Full {
        let lighthouse = session.obtain_if_possible("set-up: Lighthouse", setup::lighthouse);
        let all = widget.as_ref().and(lighthouse.as_ref());
        let all = all.and_then(|lighthouse| Ok((lighthouse, browser.as_ref()?)));
        session.check("Lighthouse", all, |(lighthouse, browser)| {
            lighthouse::lighthouse(lighthouse, browser)
        });
    }
    let both = widget.as_ref().and(browser.as_ref());
    session.check("end to end", both, |browser| {
        steps::end_to_end(browser, depth)
    });
    if thorough {
        let axe = session.obtain("set-up: axe-core", Ok(()), |()| setup::axe());
        let both = both.and_then(|browser| Ok((browser, axe.as_ref()?)));
        session.check("accessibility", both, |(browser, axe)| {
            steps::accessibility(browser, axe, depth)
        });
        let axe = axe.as_ref().ok();
        other_engines(&mut session, widget.as_ref().map(drop), axe, depth);
    }
    Ok(session.finish())
}

/// The journeys in Firefox and WebKit, which not every machine can have; at full depth all scenarios
/// that these engines can play, and which they cannot.
fn other_engines(
    session: &mut Session,
    widget: Result<(), &Missing>,
    // The one scenario that needs it says so where it is missing.
    axe: Option<&PathBuf>,
    depth: Depth,
) {
    let firefox = session.obtain_if_possible("set-up: Firefox", setup::firefox);
    session.check_tests(
        "end to end in Firefox",
        widget.and(firefox.as_ref()),
        || steps::names_in(Engine::Firefox, depth),
        |firefox| steps::end_to_end_in_firefox(firefox, axe, depth),
    );
    let webkit = session.obtain_if_possible("set-up: WebKit", WebKit::ensure);
    session.check_tests(
        "end to end in WebKit",
        widget.and(webkit.as_ref()),
        || steps::names_in(Engine::WebKit, depth),
        |webkit| steps::end_to_end_in_webkit(webkit, axe, depth),
    );
    if depth == Depth::Full {
        session.check("what is left out where", Ok(()), |()| {
            Ok(Finding::default().listing(Engines::read()?.left_out()))
        });
    }
}
