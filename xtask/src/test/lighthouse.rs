//! Lighthouse on the release build: accessibility and best practices without any complaint.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::serving::free_ports;
use super::session::Finding;
use crate::serve::{self, answers};
use crate::setup::chromium::headless_arguments;
use crate::setup::{Browser, Program};
use crate::{paths, process};

/// What has to be perfect, and what is only told: it depends on the machine.
const CATEGORIES: [(&str, bool); 3] = [
    ("accessibility", true),
    ("best-practices", true),
    ("performance", false),
];

/// How long the sandbox may take until it serves.
const START: Duration = Duration::from_secs(30);

/// How long Lighthouse may take; it takes half a minute.
const LIMIT: Duration = Duration::from_secs(300);

/// Lighthouse has nothing to say against the widget's page, served as it is deployed.
pub fn lighthouse(lighthouse: &Program, browser: &Browser) -> Result<Finding> {
    serve::build_sandbox()?;
    let port = free_ports()?;
    let _sandbox = Sandbox::start(port)?;
    let report = paths::target().join("lighthouse.json");
    let categories = CATEGORIES.map(|(category, _)| category).join(",");
    let mut command = lighthouse.command();
    command
        .arg(format!("http://localhost:{port}/"))
        .arg(format!("--only-categories={categories}"))
        .args(["--output=json", "--quiet", "--no-enable-error-reporting"])
        .arg(format!("--output-path={}", report.display()))
        .arg(format!("--chrome-flags={}", headless_arguments().join(" ")))
        .env("CHROME_PATH", &browser.chromium);
    process::succeed_within(command, LIMIT)?;
    let report = fs::read_to_string(&report).with_context(|| report.display().to_string())?;
    judge(&serde_json::from_str(&report)?)
}

/// What a report of Lighthouse comes to.
fn judge(report: &Value) -> Result<Finding> {
    let mut told = Vec::new();
    let mut complaints = Vec::new();
    for (category, has_to_be_perfect) in CATEGORIES {
        let found = &report["categories"][category];
        let score = found["score"]
            .as_f64()
            .with_context(|| format!("no score for {category}"))?;
        told.push(format!("{category} {:.0}", score * 100.0));
        if !has_to_be_perfect || score >= 1.0 {
            continue;
        }
        for audit in found["auditRefs"].as_array().into_iter().flatten() {
            let audit = &report["audits"][audit["id"].as_str().unwrap_or_default()];
            if audit["score"].as_f64().is_some_and(|score| score < 1.0) {
                complaints.push(format!(
                    "{category}: {}\n{:#}",
                    audit["title"], audit["details"]["items"]
                ));
            }
        }
        complaints.push(told.join(", "));
    }
    Ok(if complaints.is_empty() {
        Finding::passed().telling(told.join(", "))
    } else {
        Finding::failed(complaints.join("\n"))
    })
}

/// The widget's files, served as people get them; ends with this value.
struct Sandbox(Child);

impl Sandbox {
    fn start(port: u16) -> Result<Self> {
        let mut sandbox = Self(
            Command::new(paths::sibling_binary("sandbox")?)
                .args(["--port", &port.to_string(), "--dist"])
                .arg(paths::dist())
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .spawn()?,
        );
        let deadline = Instant::now() + START;
        while !answers(port, "/") {
            if let Some(status) = sandbox.0.try_wait()? {
                bail!("the sandbox ended by itself ({status})");
            }
            if Instant::now() > deadline {
                bail!("http://localhost:{port}/ does not answer");
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        Ok(sandbox)
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::session::Session;
    use serde_json::json;
    use std::process::ExitCode;

    fn report(accessibility: f64, performance: f64) -> Value {
        json!({
            "categories": {
                "accessibility": { "score": accessibility, "auditRefs": [{ "id": "image-alt" }] },
                "best-practices": { "score": 1, "auditRefs": [] },
                "performance": { "score": performance, "auditRefs": [] },
            },
            "audits": { "image-alt": { "score": accessibility, "title": "Images have no names" } },
        })
    }

    fn ends_with(finding: Result<Finding>) -> ExitCode {
        let mut session = Session::new(false);
        session.check("Lighthouse", Ok(()), |()| finding);
        session.finish()
    }

    #[test]
    fn one_complaint_is_a_failure_and_a_slow_machine_is_none() {
        assert_eq!(ends_with(judge(&report(1.0, 0.3))), ExitCode::SUCCESS);
        assert_eq!(ends_with(judge(&report(0.97, 1.0))), ExitCode::FAILURE);
    }

    #[test]
    fn a_report_without_scores_is_an_error() {
        assert!(judge(&json!({})).is_err());
    }
}
