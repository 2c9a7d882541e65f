//! What a state is to assistive technology: Chromium's accessibility tree, as indented text, kept in
//! `snapshots/`. Whoever changes it sees what the change is for those who do not see the page.
//!
//! `HALL_PASS_WRITE=1 cargo xtask test` writes the files anew.

use std::{collections::BTreeSet, env, fmt::Write as _, fs, path::PathBuf};

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{
    browser::{Browser, Options},
    play_in_browser,
    states::{ALL, State},
};
use serde_json::Value;

/// The properties that are kept, in this order: states and relations. What says how to operate it,
/// where it is and how it is written is left out: it follows from the role.
const KEPT: [&str; 19] = [
    "level",
    "live",
    "atomic",
    "modal",
    "focused",
    "disabled",
    "readonly",
    "required",
    "busy",
    "invalid",
    "expanded",
    "checked",
    "pressed",
    "selected",
    "multiselectable",
    "hasPopup",
    "autocomplete",
    "valuetext",
    "url",
];

/// Roles of Chromium's own that say nothing to anybody: their children stand in their place.
const TRANSPARENT: [&str; 4] = ["generic", "none", "InlineTextBox", "RootWebArea"];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("snapshots")
}

/// Compares what shows now with what is kept; gives the differences, a line each.
pub async fn differences(browser: &Browser, state: &State) -> Result<Vec<String>> {
    let tree = tree_of(&browser.accessibility().await?);
    ensure!(tree.lines().count() > 1, "nothing is perceived: {tree}");
    let file = folder().join(format!("{}.txt", state.name()));
    if env::var_os("HALL_PASS_WRITE").is_some() {
        fs::create_dir_all(folder())?;
        fs::write(&file, &tree)?;
        return Ok(Vec::new());
    }
    let kept = fs::read_to_string(&file)
        .with_context(|| format!("{}: HALL_PASS_WRITE=1 writes it", file.display()))?;
    Ok(diff(&kept, &tree)
        .into_iter()
        .map(|line| format!("{}, its accessibility tree: {line}", state.name()))
        .collect())
}

/// The tree, one line a node: role, name, value, description, states.
fn tree_of(nodes: &Value) -> String {
    let nodes: Vec<&Value> = nodes.as_array().into_iter().flatten().collect();
    let mut text = String::new();
    if let Some(root) = nodes.first() {
        write_node(&nodes, root, 0, "", &mut text);
    }
    text
}

fn write_node(nodes: &[&Value], node: &Value, depth: usize, above: &str, text: &mut String) {
    let of = |key: &str| node[key]["value"].as_str().unwrap_or_default();
    let (role, name) = (of("role"), of("name"));
    // What is only the words of the node above it is told there.
    let repeats = role == "StaticText" && (above.contains(name) || name.trim().is_empty());
    let is_shown = node["ignored"] != true && !TRANSPARENT.contains(&role) && !repeats;
    if is_shown {
        let _ = write!(text, "{:1$}{role}", "", depth * 2);
        for (label, value) in [
            ("", name),
            ("value ", of("value")),
            ("description ", of("description")),
        ] {
            if !value.is_empty() {
                let _ = write!(text, " {label}\"{}\"", steady(value));
            }
        }
        let properties = node["properties"].as_array();
        for kept in KEPT {
            // Lists have levels too, which only say how deep they are.
            if kept == "level" && role != "heading" {
                continue;
            }
            let found = properties
                .into_iter()
                .flatten()
                .find(|property| property["name"] == kept);
            match found.map(|property| &property["value"]["value"]) {
                None | Some(Value::Bool(false) | Value::Null) => {}
                Some(Value::Bool(true)) => {
                    let _ = write!(text, " {kept}");
                }
                Some(Value::String(value)) if value == "false" => {}
                Some(Value::String(value)) => {
                    let _ = write!(text, " {kept}={}", steady(value));
                }
                Some(value) => {
                    let _ = write!(text, " {kept}={value}");
                }
            }
        }
        text.push('\n');
    }
    let (depth, above) = if is_shown {
        (depth + 1, name)
    } else {
        (depth, above)
    };
    for child in node["childIds"].as_array().into_iter().flatten() {
        if let Some(child) = nodes.iter().find(|node| node["nodeId"] == *child) {
            write_node(nodes, child, depth, above, text);
        }
    }
}

/// The words without what is another each time: the sandbox's ports, which are whichever are free; how
/// many seconds a pause still takes; the time in "Details for IT"; the picture of an account, which
/// lies in the page's memory.
fn steady(words: &str) -> String {
    let mut steady = String::new();
    for (number, word) in words.split(' ').enumerate() {
        if number > 0 {
            steady.push(' ');
        }
        if word.starts_with("blob:") {
            steady.push_str("blob:…");
        } else if let Some((before, after)) = word.split_once("localhost:") {
            let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
            let _ = write!(steady, "{before}localhost:N{after}");
        } else if is_moment(word) {
            steady.push_str("TIME");
        } else {
            steady.push_str(word);
        }
    }
    match steady.split_once("Trying again in ") {
        Some((before, after)) => {
            let after = after.trim_start_matches(|c: char| c.is_ascii_digit());
            format!("{before}Trying again in N{after}")
        }
        None => steady,
    }
}

/// `2026-11-22T01:02:03.456Z`, as ISO 8601 writes it.
fn is_moment(word: &str) -> bool {
    word.len() > 16
        && word.ends_with('Z')
        && word.as_bytes()[4] == b'-'
        && word.contains('T')
        && word[..4].chars().all(|c| c.is_ascii_digit())
}

/// The lines that only one of them has, where they are.
fn diff(kept: &str, seen: &str) -> Vec<String> {
    let (kept, seen): (Vec<_>, Vec<_>) = (kept.lines().collect(), seen.lines().collect());
    let same = |(a, b): &(&&str, &&str)| a == b;
    let before = kept.iter().zip(&seen).take_while(same).count();
    let (kept, seen) = (&kept[before..], &seen[before..]);
    let after = kept
        .iter()
        .rev()
        .zip(seen.iter().rev())
        .take_while(same)
        .count();
    let gone = kept[..kept.len() - after]
        .iter()
        .map(|line| format!("- {line}"));
    let new = seen[..seen.len() - after]
        .iter()
        .map(|line| format!("+ {line}"));
    gone.chain(new).collect()
}

#[test]
fn every_kept_tree_is_of_a_state() -> Result<()> {
    let names: BTreeSet<_> = ALL
        .iter()
        .map(|state| format!("{}.txt", state.name()))
        .collect();
    let folder = folder();
    for entry in fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
        let file = entry?.file_name().to_string_lossy().into_owned();
        ensure!(names.contains(&file), "{file} is of no state");
    }
    Ok(())
}

#[test]
fn a_difference_is_told_by_the_lines_that_only_one_has() {
    assert_eq!(diff("a\nb\nc\n", "a\nb\nc\n"), [""; 0]);
    assert_eq!(diff("a\nb\nc\n", "a\nx\ny\nc\n"), ["- b", "+ x", "+ y"]);
    assert_eq!(diff("a\n", "a\nb\n"), ["+ b"]);
}

#[test]
fn what_is_another_each_time_is_steady() {
    for (words, steadied) in [
        ("Busy Trying again in 23 s.", "Busy Trying again in N s."),
        ("http://localhost:4711/#a", "http://localhost:N/#a"),
        ("blob:http://localhost:1/5f", "blob:…"),
        ("at 2026-11-22T01:02:03Z it", "at TIME it"),
        ("Zoo in 2026", "Zoo in 2026"),
    ] {
        assert_eq!(steady(words), steadied);
    }
}

#[tokio::test]
async fn a_tree_has_roles_names_and_states_and_not_what_is_hidden() -> Result<()> {
    play_in_browser(Options::default(), async |browser| {
        let page = super::finding::page(
            "<!doctype html><title>Page</title><main><h2>Join</h2><p hidden>Hidden</p>
             <label>Code <input aria-invalid=true aria-describedby=hint value=abc></label>
             <p id=hint>Letters</p><div role=status></div><button disabled>Go</button></main>",
        );
        browser.goto(page).await?;
        let tree = tree_of(&browser.accessibility().await?);
        let lines: Vec<_> = tree.lines().map(str::trim).collect();
        for line in [
            "main",
            "heading \"Join\" level=2",
            "textbox \"Code\" value \"abc\" description \"Letters\" invalid=true",
            "button \"Go\" disabled",
        ] {
            ensure!(lines.contains(&line), "no {line:?} in\n{tree}");
        }
        ensure!(
            tree.contains("status") && tree.contains("live=polite"),
            "{tree}"
        );
        ensure!(!tree.contains("Hidden"), "{tree}");
        Ok(())
    })
    .await
}
