//! A gate in front of the API: open, it lets everything through; shut, connections are refused as
//! where no program listens.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use reqwest::Url;
use serde_json::json;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpSocket, TcpStream},
    sync::watch,
    task::JoinHandle,
};

use crate::sandbox::Sandbox;

/// How many connections may wait to be let in.
const BACKLOG: u32 = 128;

/// The gate of one scenario.
pub struct Gate {
    address: SocketAddr,
    api: Url,
    door: Door,
}

enum Door {
    Open {
        doorkeeper: JoinHandle<()>,
        /// Its end tells connections that nobody uses to end as well.
        _stop: watch::Sender<()>,
    },
    /// Nobody listens, but the port stays taken: no other program can come by it meanwhile.
    Shut(TcpSocket),
}

impl Gate {
    /// Sets up an open gate and has the widget go through it, from when it is opened the next time.
    pub async fn before(sandbox: &Sandbox) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let base = format!("http://{address}");
        sandbox.configure(json!({ "apiBase": base })).await?;
        Ok(Self {
            address,
            api: sandbox.api.clone(),
            door: Door::letting_in(listener, sandbox.api.clone()),
        })
    }

    /// Refuses every connection from now on. A request that is on its way still gets its answer.
    pub async fn shut(&mut self) -> Result<()> {
        if let Door::Open { doorkeeper, .. } = &mut self.door {
            doorkeeper.abort();
            // It has ended when the port is free; that it was cut off is what was wanted.
            let _ = doorkeeper.await;
            let socket = TcpSocket::new_v4()?;
            socket.set_reuseaddr(true)?;
            socket
                .bind(self.address)
                .context("the gate's port was taken as it was shut")?;
            self.door = Door::Shut(socket);
        }
        Ok(())
    }

    /// Lets connections through again.
    pub fn open(self) -> Result<Self> {
        let door = match self.door {
            Door::Shut(socket) => Door::letting_in(socket.listen(BACKLOG)?, self.api.clone()),
            open => open,
        };
        Ok(Self { door, ..self })
    }
}

impl Door {
    fn letting_in(listener: TcpListener, api: Url) -> Self {
        let (stop, stopped) = watch::channel(());
        let doorkeeper = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, api.clone(), stopped.clone()));
            }
        });
        Self::Open {
            doorkeeper,
            _stop: stop,
        }
    }
}

/// Carries bytes to and fro. Browsers connect ahead of need; such a connection must not outlast the
/// gate's shutting unused.
async fn pass(mut client: TcpStream, api: Url, mut stopped: watch::Receiver<()>) {
    tokio::select! {
        _ = client.readable() => {}
        _ = stopped.changed() => return,
    }
    let (Some(host), Some(port)) = (api.host_str(), api.port()) else {
        return;
    };
    if let Ok(mut server) = TcpStream::connect((host, port)).await {
        // However the two part, the scenario sees what came of it.
        let _ = copy_bidirectional(&mut client, &mut server).await;
    }
}
