//! A gate in front of the API: open, it lets everything through; shut, connections are refused as
//! where no program listens.

use std::net::SocketAddr;

use anyhow::{Context, Result};
use reqwest::Url;
use serde_json::json;
use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

use crate::sandbox::Sandbox;

/// The gate of one scenario.
pub struct Gate {
    address: SocketAddr,
    api: Url,
    /// Whoever lets people in, and the sign for them to stop; nobody while it is shut.
    open: Option<(JoinHandle<()>, watch::Sender<()>)>,
}

impl Gate {
    /// Sets up an open gate and has the widget go through it, from when it is opened the next time.
    pub async fn before(sandbox: &Sandbox) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let mut gate = Self {
            address: listener.local_addr()?,
            api: sandbox.api.clone(),
            open: None,
        };
        gate.let_in(listener);
        let base = format!("http://{}", gate.address);
        sandbox.configure(json!({ "apiBase": base })).await?;
        Ok(gate)
    }

    /// Refuses every connection from now on. A request that is on its way still gets its answer.
    pub async fn shut(&mut self) {
        if let Some((doorkeeper, stop)) = self.open.take() {
            doorkeeper.abort();
            // It has ended when the port is free; that it was cut off is what was wanted.
            let _ = doorkeeper.await;
            drop(stop);
        }
    }

    /// Lets connections through again.
    pub async fn open(&mut self) -> Result<()> {
        if self.open.is_none() {
            let listener = TcpListener::bind(self.address)
                .await
                .context("the gate's port was taken while it was shut")?;
            self.let_in(listener);
        }
        Ok(())
    }

    fn let_in(&mut self, listener: TcpListener) {
        let (stop, stopped) = watch::channel(());
        let api = self.api.clone();
        let doorkeeper = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass(client, api.clone(), stopped.clone()));
            }
        });
        self.open = Some((doorkeeper, stop));
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
