//! In a page of the widget's own origin, without a frame.

use std::time::Duration;

use anyhow::Result;
use hallpass_e2e::{
    Stage,
    fault::{Fault, Origin},
    find::Role,
    pages::{Host, Widget},
    play,
    school::{BIOLOGY, MAYA},
};
use serde_json::json;

/// What the tokens of the page allow.
const SCOPES: [&str; 3] = [
    "classroom.rosters",
    "classroom.profile.emails",
    "classroom.courses.readonly",
];

/// For Google, not for the page, every token has run out after that.
const LONG: Duration = Duration::from_secs(7200);

/// The page's own server gives Maya's token, made now.
async fn server(stage: &Stage) -> Result<Fault> {
    let token = stage.sandbox.token(MAYA.email, &SCOPES).await?;
    let answer = json!({ "accessToken": token, "expiresIn": 3599 }).to_string();
    let answer = Fault::json(200, &answer);
    Ok(answer.at(Origin::Files).on("POST", "/token"))
}

/// A page that signs Maya in to the widget in it.
async fn page(stage: &Stage) -> Result<Widget<'_>> {
    let body = format!(
        "<div id=place></div>
         <script type=module>
           import {{ mount }} from './hallpass.js';
           globalThis.asked = [];
           globalThis.handle = await mount(document.getElementById('place'), {{
             view: 'join', course: '{}', hl: 'en',
             async getAccessToken({{ scopes, reason, signal }}) {{
               asked.push(reason);
               const answer = await fetch('/token', {{
                 method: 'POST', body: JSON.stringify(scopes), signal,
               }});
               return answer.json();
             }},
           }});
         </script>",
        BIOLOGY.id
    );
    Host::open_beside(stage, &body, vec![server(stage).await?]).await?;
    let widget = Widget::new(&stage.browser);
    widget.wait_signed_in(MAYA).await?;
    Ok(widget)
}

/// Why the page was asked for tokens, each time.
async fn asked(stage: &Stage) -> Result<serde_json::Value> {
    stage.browser.evaluate("return asked;").await
}

#[tokio::test]
async fn whoever_the_page_has_signed_in_joins() -> Result<()> {
    play(async |stage| {
        let widget = page(stage).await?;
        let heading = Role::Heading.named("Join a class");
        let heading = stage.browser.find(&heading).await?;
        // The page has a first heading of its own.
        assert_eq!(heading.attr("aria-level").await?.as_deref(), Some("2"));
        widget.join().with(BIOLOGY.code).await?;
        widget.outcome("joined").await?;
        assert_eq!(stage.browser.windows().await?.len(), 1);
        assert_eq!(asked(stage).await?, json!(["initial"]));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_page_is_asked_again_once_its_token_has_run_out_and_the_join_goes_on() -> Result<()> {
    play(async |stage| {
        let widget = page(stage).await?;
        stage.sandbox.clock(LONG).await?;
        stage.sandbox.faults(&[server(stage).await?]).await?;
        widget.join().with(BIOLOGY.code).await?;
        widget.outcome("joined").await?;
        assert_eq!(asked(stage).await?, json!(["initial", "expired"]));
        let school = stage.sandbox.school().await?;
        assert_eq!(school.times_student(MAYA.email, BIOLOGY.id), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_page_that_has_no_other_token_is_told_so_and_asked_again_on_a_press() -> Result<()> {
    play(async |stage| {
        let widget = page(stage).await?;
        stage.sandbox.clock(LONG).await?;
        let nothing = Fault::status(503).at(Origin::Files).on("POST", "/token");
        stage.sandbox.faults(&[nothing]).await?;
        widget.join().with(BIOLOGY.code).await?;
        let card = widget.error("HOST_TOKEN").await?;
        assert_eq!(card.title, "This page didn't sign you in");
        assert_eq!(asked(stage).await?, json!(["initial", "expired"]));
        stage.sandbox.faults(&[server(stage).await?]).await?;
        widget.follow("Try again").await?;
        widget.outcome("joined").await?;
        assert_eq!(
            asked(stage).await?,
            json!(["initial", "expired", "expired"])
        );
        Ok(())
    })
    .await
}

/// Counts what is begun on the page and not ended: listeners of window and document, observers, timers;
/// and tells which names the window has got since.
const COUNTING: &str = "<script>
  const begun = { listeners: new Set(), observers: new Set(), timers: new Set() };
  const key = (target, args) => [target === window, args[0], id(args[1])].join();
  const ids = new Map();
  const id = (of) => ids.get(of) ?? ids.set(of, ids.size).get(of);
  const around = (owner, name, what) => {
    const own = owner[name];
    owner[name] = function (...args) { return what.call(this, own, args); };
  };
  around(EventTarget.prototype, 'addEventListener', function (own, args) {
    const target = this ?? window;
    if (target === window || target === document) begun.listeners.add(key(target, args));
    return own.apply(target, args);
  });
  around(EventTarget.prototype, 'removeEventListener', function (own, args) {
    const target = this ?? window;
    begun.listeners.delete(key(target, args));
    return own.apply(target, args);
  });
  for (const { prototype } of [ResizeObserver, MutationObserver, IntersectionObserver]) {
    around(prototype, 'observe', function (own, args) {
      begun.observers.add(this);
      return own.apply(this, args);
    });
    around(prototype, 'disconnect', function (own) {
      begun.observers.delete(this);
      return own.call(this);
    });
  }
  for (const [set, clear, once] of [
    ['setTimeout', 'clearTimeout', true], ['setInterval', 'clearInterval', false],
  ]) {
    around(window, set, (own, [run, ...rest]) => {
      const timer = own.call(window, (...args) => {
        if (once) begun.timers.delete(timer);
        run(...args);
      }, ...rest);
      begun.timers.add(timer);
      return timer;
    });
    around(window, clear, (own, [timer]) => {
      begun.timers.delete(timer);
      own.call(window, timer);
    });
  }
  globalThis.left = () => ({
    listeners: [...begun.listeners],
    observers: begun.observers.size,
    timers: begun.timers.size,
    names: Object.keys(window).filter((name) => !names.has(name)),
  });
  globalThis.names = new Set();
</script>";

#[tokio::test]
async fn it_leaves_nothing_behind_when_it_is_taken_away_and_others_stay() -> Result<()> {
    play(async |stage| {
        let body = format!(
            "{COUNTING}
             <div id=first></div><div id=second></div>
             <script type=module>
               import {{ mount }} from './hallpass.js';
               // Google's script stays, as on every page; the others are the driver's.
               names = new Set([
                 ...Object.keys(window), 'google', 'ret_nodes', 'se_exportedFunctionSymbol',
               ]);
               const put = (id, options) => mount(document.getElementById(id), options);
               window.handles = [
                 await put('first', {{ view: 'invite' }}), await put('second', {{ course: '{}' }}),
               ];
               names.add('handles');
             </script>",
            BIOLOGY.id
        );
        Host::open_beside(stage, &body, vec![]).await?;
        let browser = &stage.browser;
        let there = async || browser.evaluate("return window.handles?.length ?? 0").await;
        let mounted = async || Ok(there().await? == json!(2));
        browser.wait_until("both are mounted", mounted).await?;
        let left = browser.evaluate("return left()").await?;
        assert_ne!(left["listeners"], json!([]), "nothing is counted");
        assert_ne!(left["observers"], json!(0), "nothing is counted");

        browser.evaluate("handles[0].unmount()").await?;
        let invite = Role::Heading.named("Invite people");
        browser.wait_gone(&invite).await?;
        let widget = Widget::new(browser);
        widget.join_with_google(MAYA, &BIOLOGY).await?;

        browser.evaluate("handles[1].unmount()").await?;
        let children = "return first.childElementCount + second.childElementCount";
        assert_eq!(browser.evaluate(children).await?, json!(0));
        let nothing = json!({ "listeners": [], "observers": 0, "timers": 0, "names": [] });
        let is_left = async || browser.evaluate("return left()").await;
        let gone = async || Ok(is_left().await? == nothing);
        if browser.wait_until("nothing is left", gone).await.is_err() {
            assert_eq!(is_left().await?, nothing);
        }
        Ok(())
    })
    .await
}
