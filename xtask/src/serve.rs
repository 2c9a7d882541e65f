//! `cargo xtask serve`: the widget with the sandbox behind it.

use std::env;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream, ToSocketAddrs};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::setup::WasmTools;
use crate::{console, dist, paths, process};

/// The sandbox takes this many ports in a row: the widget's, the API's, the embedding pages'.
pub const PORTS: u16 = 3;

/// How long the sandbox may take until it answers.
const START_LIMIT: Duration = Duration::from_secs(20);

/// What the person asked for.
#[derive(Debug, PartialEq)]
pub struct Options {
    /// The first of the ports.
    pub port: u16,
    /// Whether to open a browser, where there is a display for one.
    pub open: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 8400,
            open: true,
        }
    }
}

/// Reads a port that leaves room for the ports after it.
///
/// # Errors
///
/// Fails when it is no number, or out of range.
pub fn parse_port(text: &str) -> Result<u16> {
    let last = u16::MAX - (PORTS - 1);
    match text.parse() {
        Ok(port @ 1..) if port <= last => Ok(port),
        _ => bail!("`{text}` is not a port between 1 and {last}"),
    }
}

/// Builds the widget and the sandbox, serves, and returns when it is told to stop.
///
/// # Errors
///
/// Fails when a tool is missing, when something does not compile, when a port is taken, and when
/// the sandbox ends by itself.
pub fn run(options: &Options) -> Result<()> {
    // First, because it is the mistake that is made most often, and the rest takes minutes.
    refuse_taken_ports(options.port)?;
    println!("Setting up");
    let tools = WasmTools::ensure()?;
    println!("Building");
    dist::make(&tools)?;
    build_sandbox()?;
    refuse_taken_ports(options.port)?;

    let stop = stop_signal()?;
    let mut sandbox = Sandbox::start(options.port)?;
    if !sandbox.wait_until_healthy(options.port, &stop)? {
        return Ok(());
    }
    let widget = format!("http://localhost:{}/", options.port);
    let pages = format!("http://localhost:{}", options.port + 2);
    println!(
        "
  The widget          {widget}
  A school portal     {pages}/portal
  An LMS course page  {pages}/lms

  Sign in as one of the school's people and try a class code: README.md lists both,
  docs/sandbox.md says which of them lead to which error.
  Ctrl-C stops it.
"
    );
    if options.open {
        open(&widget);
    }
    sandbox.wait_until_stopped(&stop)
}

/// Builds the sandbox's binary, [`paths::sibling_binary`] `sandbox`.
///
/// # Errors
///
/// Fails when it does not compile.
pub fn build_sandbox() -> Result<()> {
    console::announce("building the sandbox: seconds, or about a minute the first time");
    let mut cargo = process::cargo();
    cargo.args(["build", "--locked", "--package", "sandbox"]);
    process::succeed(cargo).context("the sandbox could not be built")
}

fn refuse_taken_ports(first: u16) -> Result<()> {
    for port in first..first + PORTS {
        if let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            bail!(
                "port {port} cannot be used ({error}); the sandbox needs {first} to {}. Choose \
                 others with --port",
                first + PORTS - 1
            );
        }
    }
    Ok(())
}

/// A channel that hears of Ctrl-C, and of being asked to end by the system.
fn stop_signal() -> Result<Receiver<()>> {
    let (sender, receiver) = mpsc::channel();
    ctrlc::set_handler(move || {
        // The receiver is gone only when this program is ending already.
        let _ = sender.send(());
    })?;
    Ok(receiver)
}

/// The running sandbox; it ends with this value.
struct Sandbox(Child);

impl Sandbox {
    fn start(port: u16) -> Result<Self> {
        let program = paths::sibling_binary("sandbox")?;
        let child = Command::new(&program)
            .args(["--port", &port.to_string(), "--dist"])
            .arg(paths::dist())
            .current_dir(paths::root())
            .stdin(Stdio::null())
            // It prints the addresses too; this program does it once it knows that they answer.
            .stdout(Stdio::null())
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        Ok(Self(child))
    }

    /// Waits until the sandbox answers; returns false when it was told to stop before.
    fn wait_until_healthy(&mut self, port: u16, stop: &Receiver<()>) -> Result<bool> {
        let deadline = Instant::now() + START_LIMIT;
        while !is_healthy(port + 1) {
            self.refuse_end()?;
            if Instant::now() > deadline {
                bail!("the sandbox does not answer on port {}", port + 1);
            }
            if is_told(stop, Duration::from_millis(50)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn wait_until_stopped(&mut self, stop: &Receiver<()>) -> Result<()> {
        while !is_told(stop, Duration::from_millis(200)) {
            self.refuse_end()?;
        }
        Ok(())
    }

    fn refuse_end(&mut self) -> Result<()> {
        match self.0.try_wait()? {
            Some(status) => bail!("the sandbox ended by itself ({status})"),
            None => Ok(()),
        }
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // Both fail only when it has ended already, as Ctrl-C in a terminal reaches it too.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn is_told(stop: &Receiver<()>, wait: Duration) -> bool {
    !matches!(stop.recv_timeout(wait), Err(RecvTimeoutError::Timeout))
}

/// Whether the sandbox's health address answers with 200.
fn is_healthy(port: u16) -> bool {
    answers(port, "/_sandbox/health")
}

/// Whether `path` on that port of this machine answers with 200.
pub fn answers(port: u16, path: &str) -> bool {
    get(port, path).is_ok_and(|answer| is_ok(&answer))
}

fn get(port: u16, path: &str) -> std::io::Result<String> {
    let limit = Duration::from_secs(1);
    let mut answer = Vec::new();
    // `localhost` may be either loopback address.
    for address in ("localhost", port).to_socket_addrs()? {
        let Ok(mut stream) = TcpStream::connect_timeout(&address, limit) else {
            continue;
        };
        stream.set_read_timeout(Some(limit))?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\nConnection: close\r\n\r\n"
        )?;
        stream.read_to_end(&mut answer)?;
        break;
    }
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

fn is_ok(answer: &str) -> bool {
    answer.split_whitespace().nth(1) == Some("200")
}

/// Opens a browser, if there is a display; that it did not open is no reason to stop serving.
fn open(address: &str) {
    let mut command = match env::consts::OS {
        "macos" => Command::new("open"),
        "windows" => {
            let mut command = Command::new("cmd");
            command.args(["/C", "start", ""]);
            command
        }
        _ if has_display() => Command::new("xdg-open"),
        _ => return,
    };
    let _ = command
        .arg(address)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}

fn has_display() -> bool {
    ["DISPLAY", "WAYLAND_DISPLAY"]
        .iter()
        .any(|name| env::var_os(name).is_some_and(|value| !value.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_together_with_the_way_out() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port().min(u16::MAX - PORTS);
        let error = refuse_taken_ports(port).unwrap_err().to_string();
        assert!(error.contains(&port.to_string()), "{error}");
        assert!(error.contains("--port"), "{error}");
    }

    #[test]
    fn only_an_answer_with_200_is_healthy() {
        assert!(is_ok("HTTP/1.1 200 OK\r\n\r\n"));
        assert!(!is_ok("HTTP/1.1 503 Service Unavailable\r\n\r\n200"));
        assert!(!is_ok(""));
    }
}
