//! Every state of every view, reached once and then looked at in every way: its accessibility tree
//! (`accessibility_tree`), what axe says of it (`axe`), whether all of it can be seen (`shown`).

use anyhow::{Context, Result};
use hallpass_e2e::{play, states::State};

/// Reaches the state, and looks.
async fn is_sound(view: &str, what: &str) -> Result<()> {
    let state = State::of(view, what).context("no such state")?;
    play(async |stage| state.reach(stage).await).await
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
