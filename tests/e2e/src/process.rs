//! A program that runs beside a scenario: started, listened to, ended with it.

use std::{
    process::Stdio,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use tokio::{
    io::{AsyncBufReadExt, AsyncRead, BufReader},
    process::{Child, Command},
    sync::mpsc,
};

/// How long a program may take until it has said where it listens.
const START: Duration = Duration::from_secs(20);

/// How long a program may take to end by itself.
const END: Duration = Duration::from_secs(10);

/// A running program; it is killed when this is dropped.
pub(crate) struct Process {
    name: &'static str,
    child: Child,
    lines: mpsc::UnboundedReceiver<String>,
    output: Arc<Mutex<String>>,
}

impl Process {
    /// Starts `command`. `name` is for messages.
    ///
    /// Fails when the program cannot be run at all.
    pub(crate) fn start(name: &'static str, mut command: Command) -> Result<Self> {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .with_context(|| format!("cannot start {name} ({:?})", command.as_std()))?;
        let output = Arc::new(Mutex::new(String::new()));
        let (sender, lines) = mpsc::unbounded_channel();
        if let Some(stdout) = child.stdout.take() {
            tokio::spawn(drain(stdout, Arc::clone(&output), Some(sender)));
        }
        if let Some(stderr) = child.stderr.take() {
            tokio::spawn(drain(stderr, Arc::clone(&output), None));
        }
        Ok(Self {
            name,
            child,
            lines,
            output,
        })
    }

    /// Reads the program's standard output, line by line, until `wanted` makes something of one.
    ///
    /// Fails, with everything the program said, when it ends or when the time is up before that.
    pub(crate) async fn said<T>(&mut self, mut wanted: impl FnMut(&str) -> Option<T>) -> Result<T> {
        let listening = async {
            while let Some(line) = self.lines.recv().await {
                if let Some(found) = wanted(&line) {
                    return Some(found);
                }
            }
            None
        };
        match tokio::time::timeout(START, listening).await {
            Ok(Some(found)) => Ok(found),
            Ok(None) => bail!("{} ended early; it said:\n{}", self.name, self.output()),
            Err(_) => bail!(
                "{} did not come up in {START:?}; it said:\n{}",
                self.name,
                self.output()
            ),
        }
    }

    /// Waits for the end of a program that is about to end. One that takes its time will be killed.
    pub(crate) async fn ends(&mut self) {
        // Whether it has ended or cannot be waited for, nothing more can be done.
        let _ = tokio::time::timeout(END, self.child.wait()).await;
    }

    /// Everything the program has said so far, on both its outputs.
    pub(crate) fn output(&self) -> String {
        self.output
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}

/// Keeps reading, so that the program never stands still before a full pipe.
async fn drain(
    from: impl AsyncRead + Unpin,
    output: Arc<Mutex<String>>,
    lines: Option<mpsc::UnboundedSender<String>>,
) {
    let mut from = BufReader::new(from).lines();
    while let Ok(Some(line)) = from.next_line().await {
        {
            let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
            output.push_str(&line);
            output.push('\n');
        }
        if let Some(lines) = &lines {
            // Nobody listens any more once the addresses are known.
            let _ = lines.send(line);
        }
    }
}
