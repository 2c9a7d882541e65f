//! What a scenario plays on: a sandbox and a browser of its own.

use std::{
    any::{self, Any},
    collections::BTreeSet,
    panic::{AssertUnwindSafe, resume_unwind},
    time::Duration,
};

use anyhow::{Context, Result, anyhow, ensure};
use futures_util::FutureExt;

use crate::{
    browser::{Browser, Options},
    engine::left_out,
    pages::Widget,
    report,
    sandbox::Sandbox,
    school::{Course, Person},
};

/// A scenario that has not ended by then hangs; its report says where.
const LIMIT: Duration = Duration::from_secs(240);

/// The sandbox and the browser of one scenario.
pub struct Stage {
    /// Google, played by the sandbox.
    pub sandbox: Sandbox,
    /// The person's browser.
    pub browser: Browser,
}

impl Stage {
    /// Opens the widget with page parameters, for example `course=741234567890`, from the
    /// query.
    pub async fn open(&self, parameters: &str) -> Result<Widget<'_>> {
        let mut url = self.sandbox.widget.clone();
        if !parameters.is_empty() {
            url.set_query(Some(parameters));
        }
        self.browser.goto(url.as_str()).await?;
        Ok(Widget::new(&self.browser))
    }

    /// Opens a view for a class, signs somebody in, and waits until the class is chosen there.
    pub async fn open_for(
        &self,
        view: &str,
        person: Person,
        course: &Course,
    ) -> Result<Widget<'_>> {
        let parameters = format!("view={view}&course={}", course.id);
        let widget = self.open(&parameters).await?;
        widget.sign_in(person).await?;
        let class = widget.invite().class();
        self.browser
            .wait_until("the class is chosen", async || {
                Ok(class.typed().await?.starts_with(course.name))
            })
            .await?;
        Ok(widget)
    }

    /// Where the browser has left traces of the tokens there were, though nothing may: the names of
    /// the places, in order.
    pub async fn traces(&self) -> Result<BTreeSet<String>> {
        let secrets = self.sandbox.secrets().await?;
        let home = self.sandbox.widget.join("config.json")?;
        self.browser.traces(&secrets, &home).await
    }

    /// Fails where there are traces, with the names of the places and nothing of the tokens.
    async fn leaves_no_trace(&self) -> Result<()> {
        // The widget's own files are what is stood on while searching.
        self.sandbox.faults(&[]).await?;
        let traces = self.traces().await.context("no search for traces")?;
        ensure!(traces.is_empty(), "a token was left in {traces:?}");
        Ok(())
    }
}

/// Plays a scenario in a browser set up as usual. See [`play_with`].
pub async fn play(scenario: impl AsyncFnOnce(&Stage) -> Result<()>) -> Result<()> {
    play_with(Options::default(), scenario).await
}

/// Starts a sandbox and a browser, plays the scenario, and closes both again whatever happened.
///
/// A scenario that has gone well fails all the same if it has left a token anywhere (see
/// [`Stage::traces`]).
///
/// When the scenario fails, panics or takes longer than four minutes, a picture of every window
/// and a report (what was perceived, what was asked of the API, what the programs said) are left
/// in `target/e2e-failures/`, in a folder with the scenario's name.
pub async fn play_with<S>(options: Options, scenario: S) -> Result<()>
where
    S: AsyncFnOnce(&Stage) -> Result<()>,
{
    let name = report::name(any::type_name::<S>());
    let folder = report::folder(&name);
    report::clear(&folder);
    let (sandbox, browser) = tokio::try_join!(Sandbox::start(), Browser::start(&options))?;
    let stage = Stage { sandbox, browser };

    let ended = match watch(scenario(&stage)).await {
        Ended::Well => {
            watch(async {
                stage.leaves_no_trace().await?;
                left_out::is_left_out_for_a_reason(&name)
            })
            .await
        }
        other => other,
    };
    if let Some(failure) = ended.failure() {
        report::write(&folder, &failure, &stage).await;
        eprintln!("pictures and report: {}", folder.display());
    }
    let closed = stage.browser.quit().await;
    ended.then(closed)
}

/// Plays a scenario that needs a browser only, and closes it again whatever happened.
pub async fn play_in_browser<S>(options: Options, scenario: S) -> Result<()>
where
    S: AsyncFnOnce(&Browser) -> Result<()>,
{
    let browser = Browser::start(&options).await?;
    let ended = watch(scenario(&browser)).await;
    let closed = browser.quit().await;
    ended.then(closed)
}

/// How a scenario ended. Panics (of assertions) are held back until the browser is closed: a
/// browser that is only dropped holds up the whole thread.
enum Ended {
    Well,
    Failed(anyhow::Error),
    Panicked(Box<dyn Any + Send>),
}

async fn watch(scenario: impl Future<Output = Result<()>>) -> Ended {
    match tokio::time::timeout(LIMIT, AssertUnwindSafe(scenario).catch_unwind()).await {
        Ok(Ok(Ok(()))) => Ended::Well,
        Ok(Ok(Err(error))) => Ended::Failed(error),
        Ok(Err(panic)) => Ended::Panicked(panic),
        Err(_) => Ended::Failed(anyhow!("not over after {LIMIT:?}")),
    }
}

impl Ended {
    fn failure(&self) -> Option<String> {
        match self {
            Self::Well => None,
            Self::Failed(error) => Some(format!("{error:#}")),
            Self::Panicked(panic) => Some(
                panic
                    .downcast_ref::<String>()
                    .cloned()
                    .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                    .unwrap_or_else(|| "a panic without words".to_owned()),
            ),
        }
    }

    /// What a test gives back: its own failure first, then that of closing the browser.
    fn then(self, closed: Result<()>) -> Result<()> {
        match self {
            Self::Well => closed,
            Self::Failed(error) => Err(error),
            Self::Panicked(panic) => resume_unwind(panic),
        }
    }
}
