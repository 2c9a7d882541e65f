//! Every state of every view, reached once and then looked at in every way: its accessibility tree
//! (`accessibility_tree`), what axe says of it (`axe`), whether all of it can be seen (`shown`).

use anyhow::{Context, Result, ensure};
use hallpass_e2e::{play, states::State};

use super::{accessibility_tree, axe, shown};

/// Reaches the state, and looks. All that is to be said of it is said at once.
async fn is_sound(view: &str, what: &str) -> Result<()> {
    let state = State::of(view, what).context("no such state")?;
    play(async |stage| {
        state.reach(stage).await?;
        let browser = &stage.browser;
        let mut findings = accessibility_tree::differences(browser, state).await?;
        findings.extend(axe::findings(browser, &state.name(), state.number()).await?);
        findings.extend(shown::lost(browser, &state.name()).await?);
        ensure!(findings.is_empty(), "{}", findings.join("\n"));
        Ok(())
    })
    .await
}

macro_rules! tests {
    ($($view:ident { $($what:ident),+ })+) => { $(
        mod $view {
            $(
                #[tokio::test]
                async fn $what() -> anyhow::Result<()> {
                    super::is_sound(stringify!($view), stringify!($what)).await
                }
            )+
        }
    )+ };
}
hallpass_e2e::for_each_state!(tests);
