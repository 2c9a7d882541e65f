//! Long lists: a teacher of a thousand classes, five hundred addresses, five hundred invitations.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use hallpass_e2e::{Stage, browser::Options, pages::SigninPopup, play_with, school::TOM};
use serde_json::{Value, json};
use tokio::time::sleep;

use crate::{SLOWDOWN, table::Measured};

const CLASSES: u64 = 1_000;
const PEOPLE: u64 = 500;
/// How long something may take that is waited for.
const PATIENCE: Duration = Duration::from_secs(60);
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
    stage.open("").await?;
    browser
        .driver()
        .cdp()
        .send_raw(
            "Emulation.setCPUThrottlingRate",
            json!({ "rate": SLOWDOWN }),
        )
        .await?;
    value(stage, OBSERVE).await?;

    let mut rows = Vec::new();
    let begun = Instant::now();
    let google = SigninPopup::opened_by(browser, async || press(stage, GOOGLE).await);
    google.await?.sign_in(TOM).await?;
    wait(stage, SIGNED_IN).await?;
    rows.push(measured(stage, "sign in, by a window that the browser opens", begun).await?);

    let begun = Instant::now();
    press(stage, INVITE).await?;
    wait(stage, CLASSES_READ).await?;
    rows.push(measured(stage, "invite is opened, 1,000 classes are read", begun).await?);

    focus(stage, PICKER).await?;
    let begun = Instant::now();
    for letter in "class 999".chars() {
        let letter = letter.to_string();
        key(stage, json!({ "key": letter, "text": letter })).await?;
    }
    wait(stage, ONE_FITS).await?;
    rows.push(measured(stage, "nine letters are typed into the picker", begun).await?);

    key(stage, json!({ "key": "ArrowDown" })).await?;
    key(stage, enter()).await?;
    let begun = Instant::now();
    wait(stage, &format!("{INVITATIONS} == {PEOPLE}")).await?;
    rows.push(measured(stage, "500 open invitations are read and shown", begun).await?);

    let addresses: Vec<_> = (0..PEOPLE).map(|number| address(number + PEOPLE)).collect();
    focus(stage, ADDRESSES).await?;
    copy(stage, &addresses.join("\n")).await?;
    let begun = Instant::now();
    key(stage, json!({ "commands": ["paste"] })).await?;
    rows.push(measured(stage, "500 addresses are pasted", begun).await?);

    let begun = Instant::now();
    press(stage, CHECK).await?;
    wait(stage, &format!("{ROWS} == {PEOPLE}")).await?;
    rows.push(measured(stage, "500 addresses are checked and shown", begun).await?);

    browser.goto("data:text/html,<textarea></textarea>").await?;
    value(stage, OBSERVE).await?;
    focus(stage, ADDRESSES).await?;
    copy(stage, &addresses.join("\n")).await?;
    let begun = Instant::now();
    key(stage, json!({ "commands": ["paste"] })).await?;
    rows.push(measured(stage, "the same paste, into an empty page", begun).await?);
    Ok(rows)
}

// What is looked for, as the page's own script would. A driver's ways to find and to press run long
// scripts in the page, and roles and names have the browser keep a second tree of it: both would be
// measured with the rest.
const GOOGLE: &str = "document.querySelector('.google-button')";
const SIGNED_IN: &str = "document.querySelector('.account-email') != null";
const INVITE: &str = "document.querySelector('.views a[href*=invite]')";
const PICKER: &str = "document.querySelector('#invite-class')";
const ADDRESSES: &str = "document.querySelector('textarea')";
const CHECK: &str = "document.querySelector('form[aria-labelledby=invite-heading] .button-main')";
const CLASSES_READ: &str =
    "document.querySelector('#invite-class-hint')?.textContent?.startsWith('Type a part') == true";
const ONE_FITS: &str = "document.querySelectorAll('#invite-classes li').length == 1";
const INVITATIONS: &str = "document.querySelectorAll('.people [data-state]').length";
const ROWS: &str = "document.querySelectorAll('[data-row]').length";

/// What an expression is in the page.
async fn value(stage: &Stage, expression: &str) -> Result<Value> {
    let ask = json!({ "expression": expression, "returnByValue": true });
    let devtools = stage.browser.driver().cdp();
    let mut answer = devtools.send_raw("Runtime.evaluate", ask).await?;
    anyhow::ensure!(
        answer["exceptionDetails"].is_null(),
        "{expression}: {answer}"
    );
    Ok(answer["result"]["value"].take())
}

/// Waits until an expression is true, without asking so often that it would be felt.
async fn wait(stage: &Stage, expression: &str) -> Result<()> {
    let begun = Instant::now();
    while value(stage, expression).await? != json!(true) {
        anyhow::ensure!(begun.elapsed() < PATIENCE, "in vain: {expression}");
        sleep(Duration::from_millis(250)).await;
    }
    Ok(())
}

async fn focus(stage: &Stage, element: &str) -> Result<()> {
    value(stage, &format!("{element}.focus()")).await?;
    Ok(())
}

/// Presses a button with the keyboard.
async fn press(stage: &Stage, button: &str) -> Result<()> {
    focus(stage, button).await?;
    key(stage, enter()).await
}

fn enter() -> Value {
    json!({ "key": "Enter", "text": "\r", "windowsVirtualKeyCode": 13 })
}

/// A key goes down and up.
async fn key(stage: &Stage, key: Value) -> Result<()> {
    let devtools = stage.browser.driver().cdp();
    for kind in ["keyDown", "keyUp"] {
        let mut key = key.clone();
        key["type"] = json!(kind);
        if kind == "keyUp" {
            key["text"] = json!("");
            key["commands"] = json!([]);
        }
        devtools.send_raw("Input.dispatchKeyEvent", key).await?;
    }
    Ok(())
}

/// Puts `text` on the clipboard, through the field that has the focus.
async fn copy(stage: &Stage, text: &str) -> Result<()> {
    let text = json!(text);
    value(stage, &format!("document.activeElement.value = {text}")).await?;
    key(stage, json!({ "commands": ["selectAll"] })).await?;
    key(stage, json!({ "commands": ["cut"] })).await
}

/// Collects what the page calls a long task.
const OBSERVE: &str = "window.longTasks = []; new PerformanceObserver(list => \
    longTasks.push(...list.getEntries().map(entry => entry.duration))).observe({ type: 'longtask' });";
/// What there was since the last time.
async fn measured(stage: &Stage, what: &'static str, begun: Instant) -> Result<Measured> {
    let took = begun.elapsed().as_secs_f64() * 1000.0;
    // The browser tells of a task a moment after it.
    sleep(Duration::from_millis(300)).await;
    let tasks = value(stage, "longTasks.splice(0)").await?;
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
