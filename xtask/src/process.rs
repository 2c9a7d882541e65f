//! Running other programs: quietly, unless they fail or the person asked to see.

use std::env;
use std::ffi::OsStr;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::paths;

static VERBOSE: AtomicBool = AtomicBool::new(false);

/// From now on shows what programs print while they print it.
pub fn be_verbose() {
    VERBOSE.store(true, Ordering::Relaxed);
}

/// How a program ended and what it printed.
#[derive(Debug)]
pub struct Outcome {
    /// Whether it ended with code 0.
    pub success: bool,
    /// Both its outputs, in the order it wrote them.
    pub output: String,
}

/// Runs `command` to its end, whatever that is.
///
/// # Errors
///
/// Fails when the program cannot be started.
pub fn outcome(command: Command) -> Result<Outcome> {
    run(command, None)
}

/// Runs `command`, which has to succeed.
///
/// # Errors
///
/// Fails when it cannot be started or ends with another code than 0; the error then holds what
/// it printed.
pub fn succeed(command: Command) -> Result<()> {
    succeeded(command, None)
}

/// As [`succeed`], and fails too when the program takes longer than `limit`: it is then stopped.
///
/// # Errors
///
/// As [`succeed`].
pub fn succeed_within(command: Command, limit: Duration) -> Result<()> {
    succeeded(command, Some(limit))
}

fn succeeded(command: Command, limit: Option<Duration>) -> Result<()> {
    let shown = display(&command);
    let outcome = run(command, limit)?;
    if outcome.success {
        return Ok(());
    }
    // Whoever asked for everything has already read it.
    if VERBOSE.load(Ordering::Relaxed) {
        bail!("`{shown}` failed");
    }
    bail!("`{shown}` failed:\n{}", outcome.output.trim_end());
}

/// What `command` prints to its standard output, trimmed; `None` when it cannot be run or fails.
pub fn printed_by(mut command: Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// The first line of `program --version`; `None` when there is no such program.
pub fn version_of(program: impl AsRef<OsStr>) -> Option<String> {
    let mut command = Command::new(program);
    command.arg("--version");
    Some(printed_by(command)?.lines().next()?.to_owned())
}

/// The cargo that runs this program, in the checkout's root.
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(paths::root());
    command
}

/// The first of `names` that is on PATH.
pub fn find_on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    names.iter().find_map(|name| {
        env::split_paths(&path)
            .map(|folder| folder.join(format!("{name}{}", env::consts::EXE_SUFFIX)))
            .find(|candidate| candidate.is_file())
    })
}

/// Puts `folders` before what is on `command`'s PATH.
///
/// # Errors
///
/// Fails when a folder's name holds the character that separates folders.
pub fn put_on_path(command: &mut Command, folders: &[&Path]) -> Result<()> {
    let inherited = env::var_os("PATH").unwrap_or_default();
    let all = folders
        .iter()
        .map(|folder| folder.to_path_buf())
        .chain(env::split_paths(&inherited));
    let path = env::join_paths(all).context("a folder that cannot stand on PATH")?;
    command.env("PATH", path);
    Ok(())
}

fn run(mut command: Command, limit: Option<Duration>) -> Result<Outcome> {
    let shown = display(&command);
    // One pipe for both outputs keeps their order.
    let (reader, writer) = io::pipe()?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(writer.try_clone()?)
        .stderr(writer)
        .spawn()
        .with_context(|| format!("cannot start `{shown}`"))?;
    // The command still holds our end of the pipe, and the reader waits until all ends are closed.
    drop(command);
    let listener = thread::spawn(move || listen(reader));
    let Some(status) = wait(&mut child, limit)? else {
        child.kill()?;
        child.wait()?;
        // Not joined: what the stopped program has started may still hold the pipe.
        bail!("`{shown}` took too long and was stopped");
    };
    Ok(Outcome {
        success: status.success(),
        output: listener.join().unwrap_or_default(),
    })
}

/// Reads to the end; shows what it reads as it comes if the person asked to see.
fn listen(mut reader: impl Read) -> String {
    let mut heard = Vec::new();
    let mut chunk = [0; 8192];
    while let Ok(length @ 1..) = reader.read(&mut chunk) {
        let piece = &chunk[..length];
        heard.extend_from_slice(piece);
        if VERBOSE.load(Ordering::Relaxed) {
            let _ = io::stdout().write_all(piece);
            let _ = io::stdout().flush();
        }
    }
    String::from_utf8_lossy(&heard).into_owned()
}

/// Waits for the end of `child`; `None` when that takes longer than `limit`.
fn wait(child: &mut Child, limit: Option<Duration>) -> io::Result<Option<ExitStatus>> {
    let Some(limit) = limit else {
        return child.wait().map(Some);
    };
    let deadline = Instant::now() + limit;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= deadline {
            return Ok(None);
        }
        thread::sleep(Duration::from_millis(50));
    }
}

fn display(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut shown = program
        .file_stem()
        .unwrap_or(program.as_os_str())
        .to_string_lossy()
        .into_owned();
    for argument in command.get_args() {
        shown.push(' ');
        shown.push_str(&argument.to_string_lossy());
    }
    shown
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn both_outputs_arrive_in_the_order_they_were_written() {
        let outcome = outcome(shell("echo one; echo two >&2; echo three")).unwrap();
        assert!(outcome.success);
        assert_eq!(outcome.output, "one\ntwo\nthree\n");
    }

    #[test]
    fn a_failure_tells_what_the_program_printed() {
        let error = succeed(shell("echo the reason; exit 3")).unwrap_err();
        assert!(error.to_string().contains("the reason"), "{error}");
    }

    #[test]
    fn a_program_that_takes_too_long_is_stopped() {
        let started = Instant::now();
        let error = succeed_within(shell("exec sleep 30"), Duration::from_millis(100)).unwrap_err();
        assert!(error.to_string().contains("too long"), "{error}");
        assert!(started.elapsed() < Duration::from_secs(10));
    }

    #[test]
    fn a_program_that_is_not_there_is_an_error_that_names_it() {
        let error = succeed(Command::new("no-such-program-here")).unwrap_err();
        assert!(
            error.to_string().contains("no-such-program-here"),
            "{error}"
        );
    }
}
