//! What axe-core has to say of a state: the rules for WCAG 2.0 to 2.2, A and AA, and what its makers
//! call best practice. <https://github.com/dequelabs/axe-core/blob/develop/doc/rule-descriptions.md>

use std::{env, fs};

use anyhow::{Context, Result, bail, ensure};
use hallpass_e2e::{
    browser::{Browser, Options},
    language::Language,
    play_in_browser,
    states::look::{Look, looks},
};
use serde::Deserialize;

/// Runs the rules; gives what is wrong, and what axe could not decide.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const told = (results) => results.flatMap(({ id, nodes }) => nodes.map((node) => ({
        rule: id, target: node.target.flat().join(' '),
        summary: node.any.concat(node.all, node.none).map((check) => check.message).join('; '),
    })));
    axe.run(document, {
        runOnly: { type: 'tag', values: tags },
        // A small one that WCAG 2.2 has brought (2.5.8), and axe leaves out unless it is asked.
        rules: { 'target-size': { enabled: true } },
        resultTypes: ['violations', 'incomplete'],
    }).then(
        ({ violations, incomplete }) => done({
            wrong: told(violations), undecided: told(incomplete),
        }),
        (error) => done({ error: String(error) }),
    );";

/// What axe has found at one place of a page.
#[derive(Debug, Deserialize)]
struct Told {
    rule: String,
    target: String,
    summary: String,
}

/// What axe has found in a page.
#[derive(Debug, Deserialize)]
struct Verdict {
    wrong: Vec<Told>,
    undecided: Vec<Told>,
}

/// Looks at what shows now, all of the looks that are due to the state of this number, and gives what
/// is wrong, a line each.
///
/// Prints how many looks there were, of which `cargo xtask test` tells the sum, and what axe leaves to
/// people.
pub async fn findings(browser: &Browser, name: &str, number: usize) -> Result<Vec<String>> {
    let languages = Language::all()?;
    let looks = looks(number, &languages);
    load(browser).await?;
    let mut findings = Vec::new();
    for look in &looks {
        browser.wear(look).await?;
        let verdict = run(browser).await.with_context(|| shown(name, look))?;
        for told in verdict.undecided {
            println!("left to people: {}", line(name, look, &told));
        }
        findings.extend(verdict.wrong.iter().map(|told| line(name, look, told)));
    }
    println!("looks taken by axe: {}", looks.len());
    Ok(findings)
}

/// Puts axe into the page: by WebDriver, whose scripts the page's policy does not meet.
async fn load(browser: &Browser) -> Result<()> {
    let path = env::var_os("HALLPASS_AXE")
        .context("HALLPASS_AXE is not set: `cargo xtask test` fetches axe-core, and sets it")?;
    browser.evaluate(&fs::read_to_string(path)?).await?;
    Ok(())
}

async fn run(browser: &Browser) -> Result<Verdict> {
    let answer = browser.driver().execute_async(RUN, Vec::new()).await?;
    let answer = answer.json();
    if let Some(error) = answer["error"].as_str() {
        bail!("axe does not run: {error}");
    }
    Ok(serde_json::from_value(answer.clone())?)
}

fn shown(name: &str, look: &Look<'_>) -> String {
    let tag = &look.language.tag;
    format!("{name}, {tag}, {:?}, {} px", look.theme, look.width)
}

fn line(name: &str, look: &Look<'_>, told: &Told) -> String {
    let Told {
        rule,
        target,
        summary,
    } = told;
    format!("{}: {rule} at {target}: {summary}", shown(name, look))
}

#[tokio::test]
async fn what_is_wrong_in_a_page_is_found_and_what_is_right_is_not() -> Result<()> {
    play_in_browser(Options::default(), async |browser| {
        for (wrong, rule) in [
            ("<input>", "label"),
            ("<p style=\"color: #999\">Faint</p>", "color-contrast"),
            (
                "<button style=\"width: 9px; height: 9px; padding: 0\">a</button>\
                 <button style=\"width: 9px; height: 9px; padding: 0\">b</button>",
                "target-size",
            ),
            ("<h3>Too deep</h3>", "heading-order"),
        ] {
            let page = |inside: &str| {
                super::finding::page(&format!(
                    "<!doctype html><html lang=en><title>Page</title><main><h1>Page</h1>{inside}</main>"
                ))
            };
            browser.goto(page("<p>All is well</p>")).await?;
            load(browser).await?;
            let verdict = run(browser).await?;
            ensure!(verdict.wrong.is_empty(), "{verdict:?}");
            browser.goto(page(wrong)).await?;
            load(browser).await?;
            let verdict = run(browser).await?;
            let rules: Vec<_> = verdict.wrong.iter().map(|told| &*told.rule).collect();
            ensure!(rules.contains(&rule), "{wrong}: {verdict:?}");
        }
        Ok(())
    })
    .await
}
