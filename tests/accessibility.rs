//! `docs/accessibility.md`: how far WCAG 2.2 is met, criterion by criterion, in the form of a VPAT. It
//! is written from `docs/accessibility.json`, whose evidence has to be there.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    reason = "all of it is tests, of which clippy sees only the functions marked so"
)]

use std::{fs, path::Path};

use serde_json::Value;

const DATA: &str = "docs/accessibility.json";
const PAGE: &str = "docs/accessibility.md";
const SCENARIOS: &str = "tests/e2e/tests/scenarios";

/// The success criteria of WCAG 2.2 (<https://www.w3.org/TR/WCAG22/>) of level A and of level AA, in
/// their order; 4.1.1 is obsolete and removed.
const A: &str = "1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 \
                 2.3.1 2.4.1 2.4.2 2.4.3 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 \
                 3.3.2 3.3.7 4.1.2";
const AA: &str = "1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 \
                  2.4.7 2.4.11 2.5.7 2.5.8 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3";

/// The words of the VPAT 2.5 for how far a criterion is met.
const VERDICTS: [&str; 4] = [
    "Supports",
    "Partially Supports",
    "Does Not Support",
    "Not Applicable",
];

struct Criterion {
    number: String,
    name: String,
    level: String,
    verdict: String,
    evidence: Vec<String>,
    remark: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn data() -> Value {
    serde_json::from_str(&fs::read_to_string(root().join(DATA)).unwrap()).unwrap()
}

fn criteria(data: &Value) -> Vec<Criterion> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let criterion = |one: &Value| Criterion {
        number: text(&one["number"]),
        name: text(&one["name"]),
        level: text(&one["level"]),
        verdict: text(&one["verdict"]),
        evidence: one["evidence"]
            .as_array()
            .unwrap()
            .iter()
            .map(text)
            .collect(),
        remark: text(&one["remark"]),
    };
    data["criteria"]
        .as_array()
        .unwrap()
        .iter()
        .map(criterion)
        .collect()
}

/// Where a piece of evidence lies: a file, or a scenario as `file::name`.
fn file_of(evidence: &str) -> String {
    match evidence.split_once("::") {
        Some((file, _)) => format!("{SCENARIOS}/{file}.rs"),
        None => evidence.to_owned(),
    }
}

fn page(data: &Value) -> String {
    let mut page = INTRODUCTION.replace("{date}", data["date"].as_str().unwrap());
    let criteria = criteria(data);
    for (level, table) in [("A", 1), ("AA", 2)] {
        page += &format!(
            "\n## Table {table}: Success Criteria, Level {level}\n\n\
             | Criteria | Conformance Level | Remarks and Explanations |\n|---|---|---|\n"
        );
        for one in criteria.iter().filter(|one| one.level == level) {
            let links: Vec<_> = one
                .evidence
                .iter()
                .map(|evidence| format!("[`{evidence}`](../{})", file_of(evidence)))
                .collect();
            let evidence = match links.as_slice() {
                [] => String::new(),
                links => format!("<br>Evidence: {}", links.join(", ")),
            };
            page += &format!(
                "| **{} {}** (Level {level}) | {} | {}{evidence} |\n",
                one.number, one.name, one.verdict, one.remark
            );
        }
    }
    let gaps = criteria
        .iter()
        .filter(|one| !matches!(one.verdict.as_str(), "Supports" | "Not Applicable"));
    page += "\n## What is not met in full, and what nobody has tried yet\n\n";
    for one in gaps {
        page += &format!("- **{} {}**: {}\n", one.number, one.name, one.remark);
    }
    for untried in data["untried"].as_array().unwrap() {
        page += &format!("- {}\n", untried.as_str().unwrap());
    }
    page
}

#[test]
fn every_criterion_is_there_once_and_in_its_order() {
    let criteria = criteria(&data());
    for (level, numbers) in [("A", A), ("AA", AA)] {
        let listed: Vec<_> = criteria
            .iter()
            .filter(|one| one.level == level)
            .map(|one| one.number.as_str())
            .collect();
        assert_eq!(
            listed,
            numbers.split_whitespace().collect::<Vec<_>>(),
            "level {level}"
        );
    }
    assert_eq!(criteria.len(), 55);
}

#[test]
fn every_verdict_is_one_of_the_form_and_has_a_remark() {
    for one in criteria(&data()) {
        assert!(
            VERDICTS.contains(&one.verdict.as_str()),
            "{}: {}",
            one.number,
            one.verdict
        );
        assert!(!one.remark.is_empty(), "{} has no remark", one.number);
    }
}

#[test]
fn what_is_said_to_be_met_has_evidence_that_is_there() {
    for one in criteria(&data()) {
        assert!(
            one.verdict != "Supports" || !one.evidence.is_empty(),
            "{} is supported without evidence",
            one.number
        );
        for evidence in &one.evidence {
            let file = file_of(evidence);
            let content = fs::read_to_string(root().join(&file));
            let content = content.unwrap_or_else(|_| panic!("{}: no file {file}", one.number));
            if let Some((_, name)) = evidence.split_once("::") {
                let is_test = content.contains(&format!("#[tokio::test]\nasync fn {name}("));
                assert!(is_test, "{}: no scenario {name} in {file}", one.number);
            }
        }
    }
}

#[test]
fn the_report_says_what_the_data_says() {
    let page = page(&data());
    let path = root().join(PAGE);
    if std::env::var_os("HALL_PASS_WRITE").is_some() {
        fs::write(&path, &page).unwrap();
    }
    assert!(
        fs::read_to_string(&path).unwrap_or_default() == page,
        "{PAGE} is not what {DATA} says any more. To write it anew:\n\
         HALL_PASS_WRITE=1 cargo test --test accessibility"
    );
}

const INTRODUCTION: &str = "\
# Hall Pass: Accessibility Conformance Report

WCAG Edition (Based on VPAT® Version 2.5)

- **Name of Product/Version:** Hall Pass, as in this folder
- **Report Date:** {date}
- **Product Description:** a widget for web pages, with which people join classes in Google Classroom,
  invite others, and answer invitations
- **Contact Information:** whoever serves it; `support` in `config.json` names them in the widget
- **Notes:** Google's own windows (sign-in) and pages are not part of this report, nor is the page
  around the widget, nor colours that such a page sets. The administrators' tools are not either.
- **Evaluation Methods Used:** scenarios in a real browser with every change: every flow with the
  keyboard alone, what is said to screen readers word for word, sizes, contrast, motion, the system's
  own colours. Each is named where it is evidence. Nobody with a disability, and no screen reader, has
  tested it yet.

## Applicable Standards/Guidelines

| Standard/Guideline | Included In Report |
|---|---|
| [Web Content Accessibility Guidelines 2.2](https://www.w3.org/TR/WCAG22/) | Level A (Yes), Level AA (Yes), Level AAA (No) |

What meets WCAG 2.2 AA meets 2.1 AA, which the ADA (Title II) and EN 301 549 ask for.

## Terms

- **Supports**: the functionality of the product has at least one method that meets the criterion
  without known defects or meets with equivalent facilitation.
- **Partially Supports**: some functionality of the product does not meet the criterion.
- **Does Not Support**: the majority of product functionality does not meet the criterion.
- **Not Applicable**: the criterion is not relevant to the product.

This page is written by a test, `HALL_PASS_WRITE=1 cargo test --test accessibility`, from
`docs/accessibility.json`. Changes belong there.
";
