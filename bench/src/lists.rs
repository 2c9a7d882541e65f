//! Long lists: a teacher of a thousand classes, five hundred addresses, five hundred invitations.

use std::time::Instant;

use anyhow::{Context, Result};
use hallpass_e2e::{Stage, browser::Options, pages::SigninPopup, play_with, school::TOM};
use serde_json::{Value, json};
use thirtyfour::{By, Key, WebElement};

use crate::{SLOWDOWN, table::Measured};

const CLASSES: u64 = 1_000;
const PEOPLE: u64 = 500;
/// The class that is worked in: the last one, so that all have to be read.
const CLASS: u64 = 770_000_000_000 + CLASSES - 1;

/// Plays it and gives what was measured.
///
/// # Errors
///
/// Fails where something does not come about.
pub async fn measure() -> Result<Vec<Measured>> {
    let mut rows = Vec::new();
    let options = Options {
        timed: true,
        ..Options::default()
    };
    play_with(options, async |stage| {
        rows = played(stage).await?;
        Ok(())
    })
    .await?;
    Ok(rows)
}

async fn played(stage: &Stage) -> Result<Vec<Measured>> {
    let state = stage.sandbox.state().await?;
    stage.sandbox.put_state(&crowded(state)?).await?;
    let browser = &stage.browser;
    stage.open("view=invite").await?;
    browser
        .driver()
        .cdp()
        .send_raw(
            "Emulation.setCPUThrottlingRate",
            json!({ "rate": SLOWDOWN }),
        )
        .await?;
    browser.evaluate(OBSERVE).await?;

    let mut rows = Vec::new();
    let begun = Instant::now();
    let google =
        SigninPopup::opened_by(browser, async || press(stage, "Sign in with Google").await);
    google.await?.sign_in(TOM).await?;
    browser.wait_for_text("Type a part of its name").await?;
    rows.push(measured(stage, "sign in, and 1,000 classes are read", begun).await?);

    let class = found(stage, "//input[@role='combobox']").await?;
    let begun = Instant::now();
    class.send_keys("class 999").await?;
    browser
        .wait_until("one class fits", async || {
            Ok(browser.evaluate(OPTIONS).await? == json!(1))
        })
        .await?;
    rows.push(measured(stage, "nine letters are typed into the picker", begun).await?);
    class.send_keys(Key::Down + Key::Enter).await?;

    let begun = Instant::now();
    browser.wait_for_text("Waiting for an answer").await?;
    browser
        .wait_until("all invitations are there", async || {
            let shown = browser.evaluate(WITHDRAWALS).await?;
            Ok(shown == json!(PEOPLE))
        })
        .await?;
    rows.push(measured(stage, "500 open invitations are read and shown", begun).await?);

    let addresses: Vec<_> = (0..PEOPLE).map(|number| address(number + PEOPLE)).collect();
    found(stage, "//textarea").await?.click().await?;
    copy(stage, &addresses.join("\n")).await?;
    let begun = Instant::now();
    edit(stage, "paste").await?;
    rows.push(measured(stage, "500 addresses are pasted", begun).await?);

    let begun = Instant::now();
    press(stage, "Check addresses").await?;
    browser
        .wait_until("all rows are there", async || {
            Ok(browser.evaluate(ROWS).await? == json!(PEOPLE))
        })
        .await?;
    rows.push(measured(stage, "500 addresses are checked and shown", begun).await?);
    Ok(rows)
}

async fn press(stage: &Stage, name: &str) -> Result<()> {
    let path = format!("//button[normalize-space()='{name}']");
    Ok(found(stage, &path).await?.click().await?)
}

/// What a path leads to. The scenarios look for roles and names instead; for those the browser keeps
/// a second tree of the page, which it does not for most people, and which takes it time.
async fn found(stage: &Stage, path: &str) -> Result<WebElement> {
    Ok(stage.browser.driver().find(By::XPath(path)).await?)
}

/// Puts `text` on the clipboard, through the field that has the focus.
async fn copy(stage: &Stage, text: &str) -> Result<()> {
    let text = json!(text);
    let script = format!("document.activeElement.value = {text}");
    stage.browser.evaluate(&script).await?;
    edit(stage, "selectAll").await?;
    edit(stage, "cut").await
}

/// What the browser's menu "Edit" does.
async fn edit(stage: &Stage, command: &str) -> Result<()> {
    let key = json!({ "type": "keyDown", "key": "Unidentified", "commands": [command] });
    let devtools = stage.browser.driver().cdp();
    devtools.send_raw("Input.dispatchKeyEvent", key).await?;
    Ok(())
}

/// Collects what the page calls a long task.
const OBSERVE: &str = "window.longTasks = []; new PerformanceObserver(list => \
    longTasks.push(...list.getEntries().map(entry => entry.duration))).observe({ type: 'longtask' });";
const OPTIONS: &str = "return document.querySelectorAll('[role=option]').length";
const ROWS: &str = "return document.querySelectorAll('[data-row]').length";
const WITHDRAWALS: &str = "return [...document.querySelectorAll('button')].filter(b => b.textContent == 'Withdraw').length";

/// What there was since the last time.
async fn measured(stage: &Stage, what: &'static str, begun: Instant) -> Result<Measured> {
    let took = begun.elapsed().as_secs_f64() * 1000.0;
    // The browser tells of a task a moment after it.
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    let tasks = stage
        .browser
        .evaluate("const tasks = longTasks; window.longTasks = []; return tasks;")
        .await?;
    let tasks: Vec<f64> = tasks
        .as_array()
        .context("no list of tasks")?
        .iter()
        .filter_map(Value::as_f64)
        .collect();
    Ok(Measured {
        what,
        took,
        longest: tasks.iter().copied().fold(0.0, f64::max),
        long_tasks: tasks.len(),
    })
}

fn address(number: u64) -> String {
    format!("person{number}@school.example")
}

fn person(number: u64) -> String {
    format!("1099000000{number:011}")
}

/// The school with so many classes, people and invitations.
fn crowded(mut state: Value) -> Result<Value> {
    let tom = state["accounts"]
        .as_array()
        .and_then(|accounts| {
            accounts
                .iter()
                .find(|account| account["email"] == TOM.email)
        })
        .and_then(|account| account["id"].as_str())
        .context("no Tom")?
        .to_owned();
    let list = |key: &str, state: &mut Value, more: Vec<Value>| -> Result<()> {
        state[key]
            .as_array_mut()
            .with_context(|| format!("no {key}"))?
            .extend(more);
        Ok(())
    };
    let accounts = (0..2 * PEOPLE).map(|number| {
        json!({ "id": person(number), "email": address(number), "name": format!("Person {number}") })
    });
    list("accounts", &mut state, accounts.collect())?;
    let courses = (0..CLASSES).map(|number| {
        json!({
            "id": (770_000_000_000 + number).to_string(),
            "name": format!("Class {number}"),
            "section": format!("Period {}", number % 7),
            "ownerId": tom,
            "courseState": "ACTIVE",
            "enrollmentCode": format!("aaaa{}", code(number)),
        })
    });
    list("courses", &mut state, courses.collect())?;
    let teachers = (0..CLASSES)
        .map(|number| json!({ "courseId": (770_000_000_000 + number).to_string(), "userId": tom }));
    list("teachers", &mut state, teachers.collect())?;
    let invitations = (0..PEOPLE).map(|number| {
        json!({
            "id": format!("bench{number}"),
            "courseId": CLASS.to_string(),
            "userId": person(number),
            "role": "STUDENT",
        })
    });
    list("invitations", &mut state, invitations.collect())?;
    Ok(state)
}

/// Three letters of a class code.
fn code(number: u64) -> String {
    let letter = |place: u64| char::from(b'a' + u8::try_from(place % 26).unwrap_or_default());
    [letter(number), letter(number / 26), letter(number / 676)]
        .iter()
        .collect()
}
