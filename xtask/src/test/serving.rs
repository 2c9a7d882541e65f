//! `cargo xtask serve`, run as a newcomer runs it.

use std::env;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use super::session::Finding;
use crate::serve::{PORTS, answers};

/// How long it may take: everything is built by now, so that it only looks.
const LIMIT: Duration = Duration::from_secs(180);

/// The three addresses that it prints answer, and being told to stop ends it.
pub fn serving() -> Result<Finding> {
    let port = free_ports()?;
    let mut serve = Serve(
        Command::new(env::current_exe()?)
            .args(["serve", "--no-open", "--port", &port.to_string()])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()?,
    );
    let deadline = Instant::now() + LIMIT;
    for (port, path) in [(port, "/"), (port + 2, "/portal"), (port + 2, "/lms")] {
        while !answers(port, path) {
            if let Some(status) = serve.0.try_wait()? {
                bail!("`cargo xtask serve` ended by itself ({status})");
            }
            if Instant::now() > deadline {
                bail!("http://localhost:{port}{path} does not answer");
            }
            std::thread::sleep(Duration::from_millis(200));
        }
    }
    serve.stop()?;
    Ok(Finding::passed())
}

/// Ports in a row that nobody listens on, the first of them.
pub(super) fn free_ports() -> Result<u16> {
    for first in (8500..9500).step_by(usize::from(PORTS)) {
        let mut ports = first..first + PORTS;
        if ports.all(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()) {
            return Ok(first);
        }
    }
    bail!("no {PORTS} ports in a row are free")
}

/// The running command; killed with this value, where it has not stopped by then.
struct Serve(Child);

impl Serve {
    /// Tells it to stop, as Ctrl-C does, so that it takes the sandbox with it.
    #[cfg(unix)]
    fn stop(&mut self) -> Result<()> {
        Command::new("kill")
            .args(["-INT", &self.0.id().to_string()])
            .status()?;
        let deadline = Instant::now() + Duration::from_secs(10);
        loop {
            match self.0.try_wait()? {
                Some(status) if status.success() => return Ok(()),
                Some(status) => bail!("told to stop, it ended with {status}"),
                None if Instant::now() > deadline => bail!("told to stop, it went on"),
                None => std::thread::sleep(Duration::from_millis(50)),
            }
        }
    }

    /// Elsewhere a program cannot be told so from outside: it is ended.
    #[cfg(not(unix))]
    fn stop(&mut self) -> Result<()> {
        Ok(self.0.kill()?)
    }
}

impl Drop for Serve {
    fn drop(&mut self) {
        // Both fail only when it has ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
