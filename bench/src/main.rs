//! What `cargo xtask bench` runs: the release build in Chromium on a processor slowed down to a
//! quarter, as the slowest machine in a school has it. It prints a table and judges nothing: times
//! differ from machine to machine, and from run to run.

mod lists;
mod table;

use anyhow::Result;

/// How many times as slow as it is the processor pretends to be.
pub const SLOWDOWN: u32 = 4;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    println!("Chromium, processor at 1/{SLOWDOWN} of its speed\n");
    let rows = lists::measure().await?;
    print!("{}", table::shown(&rows));
    Ok(())
}
