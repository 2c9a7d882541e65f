//! What a failed scenario leaves behind, to be read without running it again.

use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    thread,
};

use anyhow::Result;

use crate::stage::Stage;

/// What a scenario is called: as its test is, which is how the test's thread is called; where tests
/// have no threads of their own, after the type of its closure,
/// `scenarios::joining::a_student_joins::{{closure}}::{{closure}}`.
pub(crate) fn name(closure: &str) -> String {
    let thread = thread::current();
    let path = thread
        .name()
        .filter(|name| name.contains("::"))
        .or_else(|| closure.split_once("::").map(|(_binary, path)| path))
        .unwrap_or(closure);
    without_closures(path)
}

fn without_closures(path: &str) -> String {
    let parts = path.split("::").filter(|part| !part.starts_with('{'));
    parts.collect::<Vec<_>>().join("::")
}

/// The folder for a scenario: `joining::a_student_joins` gives
/// `target/e2e-failures/joining.a_student_joins`.
pub(crate) fn folder(scenario: &str) -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target"),
        PathBuf::from,
    );
    target
        .join("e2e-failures")
        .join(scenario.replace("::", "."))
}

/// Takes away what an earlier run left, so that a report always belongs to the last one.
pub(crate) fn clear(folder: &Path) {
    // Most scenarios never failed, and then there is nothing to remove.
    let _ = fs::remove_dir_all(folder);
}

/// Writes `report.txt` and a picture of every window. What cannot be had is named in the report:
/// the scenario's own failure must not be lost over it.
pub(crate) async fn write(folder: &Path, failure: &str, stage: &Stage) {
    if let Err(error) = fs::create_dir_all(folder) {
        eprintln!("no report: cannot make {}: {error}", folder.display());
        return;
    }
    let mut report = format!("{failure}\n");
    if let Err(error) = windows(folder, &mut report, stage).await {
        section(&mut report, "windows", &format!("cannot be had: {error}"));
    }
    section(
        &mut report,
        "console",
        &stage.browser.console().await.map_or_else(
            |error| format!("cannot be had: {error:#}"),
            |lines| {
                lines
                    .iter()
                    .map(|line| format!("{} {}\n", line.level, line.message))
                    .collect()
            },
        ),
    );
    section(
        &mut report,
        "console, with frames that are kept apart and windows that are gone",
        &stage.browser.watch().map_or_else(
            || "cannot be had: only Chromium tells".to_owned(),
            |watch| watch.witness.console(),
        ),
    );
    section(
        &mut report,
        "calls",
        &stage.sandbox.calls().await.map_or_else(
            |error| format!("cannot be had: {error:#}"),
            |calls| calls.iter().map(|call| format!("{call}\n")).collect(),
        ),
    );
    section(&mut report, "sandbox", &stage.sandbox.output());
    section(&mut report, "driver", &stage.browser.output());
    if let Err(error) = fs::write(folder.join("report.txt"), report) {
        eprintln!("no report in {}: {error}", folder.display());
    }
}

async fn windows(folder: &Path, report: &mut String, stage: &Stage) -> Result<()> {
    let browser = &stage.browser;
    for (index, window) in browser.windows().await?.into_iter().enumerate() {
        browser.switch_to_window(window).await?;
        let picture = folder.join(format!("window-{index}.png"));
        browser.screenshot(&picture).await?;
        section(
            report,
            &format!("window {index}, {}", browser.current_url().await?),
            &format!("{}\n{}", browser.perceived().await?, browser.text().await?),
        );
    }
    Ok(())
}

fn section(report: &mut String, title: &str, text: &str) {
    // Writing to a string cannot fail.
    let _ = write!(report, "\n=== {title} ===\n{text}\n");
}

#[cfg(test)]
mod tests {
    use super::{folder, without_closures};

    #[test]
    fn a_scenarios_folder_is_called_after_it() {
        let name = without_closures("joining::a_student_joins::{{closure}}::{{closure}}");
        assert_eq!(name, "joining::a_student_joins");
        let folder = folder(&name);
        assert!(folder.ends_with("e2e-failures/joining.a_student_joins"));
    }
}
