//! The browser's own debugging protocol, beside WebDriver: it reaches every window from its first
//! moment on, and tells what happened in those that are gone.
//!
//! <https://chromedevtools.github.io/devtools-protocol/>

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::{Context, Result, bail};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::{
    net::TcpStream,
    sync::{mpsc, oneshot},
    task::JoinHandle,
};
use tokio_tungstenite::{client_async_with_config, tungstenite::protocol::WebSocketConfig};

use crate::wait;

/// How long the browser may take over one command.
const LIMIT: Duration = Duration::from_secs(5);

/// A connection to the browser. Every window and frame is attached to as it opens.
pub(crate) struct DevTools {
    shared: Arc<Mutex<Shared>>,
    outbox: mpsc::UnboundedSender<String>,
    pump: JoinHandle<()>,
}

/// A window, or a frame that the browser keeps apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// What commands to it name.
    pub session: String,
    /// What the browser calls it.
    pub target: String,
    /// Whether it is a window, and not a frame that is kept apart.
    pub is_window: bool,
}

/// What a page is told before its first script runs, command by command.
pub(crate) type Prelude = Vec<(&'static str, Value)>;

/// Hears what happens in the pages: the event's name, its parameters.
pub(crate) type Listener = Box<dyn FnMut(&str, &Value) + Send>;

struct Shared {
    last_id: u64,
    waiting: BTreeMap<u64, oneshot::Sender<Result<Value>>>,
    pages: Vec<Page>,
    prelude: Prelude,
    listener: Listener,
}

impl DevTools {
    /// Connects to the browser that listens at `address` (`host:port`). Windows that are open and
    /// all that ever will be are told the `prelude`; `listener` hears their events.
    pub(crate) async fn connect(
        address: &str,
        prelude: Prelude,
        listener: Listener,
    ) -> Result<Self> {
        let version: Value = reqwest::get(format!("http://{address}/json/version"))
            .await?
            .json()
            .await?;
        let url = version["webSocketDebuggerUrl"]
            .as_str()
            .with_context(|| format!("no address for debugging in {version}"))?;
        let tcp = TcpStream::connect(address).await?;
        // Pages may say more than the usual 16 MB.
        let unlimited = WebSocketConfig::default()
            .max_message_size(None)
            .max_frame_size(None);
        let (socket, _) = client_async_with_config(url, tcp, Some(unlimited))
            .await
            .context("the browser takes no debugging connection")?;

        let shared = Arc::new(Mutex::new(Shared {
            last_id: 0,
            waiting: BTreeMap::new(),
            pages: Vec::new(),
            prelude,
            listener,
        }));
        let (outbox, mut letters) = mpsc::unbounded_channel::<String>();
        let (mut sink, mut stream) = socket.split();
        let pump = {
            let (shared, outbox) = (Arc::clone(&shared), outbox.clone());
            tokio::spawn(async move {
                loop {
                    tokio::select! {
                        letter = letters.recv() => {
                            let Some(letter) = letter else { break };
                            if sink.send(letter.into()).await.is_err() {
                                break;
                            }
                        }
                        heard = stream.next() => {
                            let Some(Ok(heard)) = heard else { break };
                            let Ok(heard) = serde_json::from_slice(&heard.into_data()) else {
                                continue;
                            };
                            lock(&shared).take(heard, &outbox);
                        }
                    }
                }
                // Whoever still waits, waits in vain.
                lock(&shared).waiting.clear();
            })
        };
        let devtools = Self {
            shared,
            outbox,
            pump,
        };
        devtools
            .send(None, "Target.setAutoAttach", attach_to_all())
            .await?;
        // What a page answers now, it answers after all that it was told on the way.
        for page in devtools.pages() {
            devtools.ask(&page, "Page.enable", json!({})).await?;
        }
        Ok(devtools)
    }

    /// The windows, and the frames that are kept apart, that are open now.
    pub(crate) fn pages(&self) -> Vec<Page> {
        lock(&self.shared).pages.clone()
    }

    /// Sends a command to a page, and gives its result.
    pub(crate) async fn ask(&self, page: &Page, method: &str, parameters: Value) -> Result<Value> {
        self.send(Some(&page.session), method, parameters).await
    }

    /// Sends a command to the browser as a whole, and gives its result.
    pub(crate) async fn ask_browser(&self, method: &str, parameters: Value) -> Result<Value> {
        self.send(None, method, parameters).await
    }

    /// Opens a window behind the others, at this address.
    pub(crate) async fn open(&self, url: &str) -> Result<Page> {
        let blank = json!({ "url": "about:blank", "background": true });
        let created = self.ask_browser("Target.createTarget", blank).await?;
        let page = wait::until(LIMIT, async || {
            let mut pages = self.pages().into_iter();
            Ok(pages.find(|page| created["targetId"] == page.target.as_str()))
        })
        .await?
        .context("a window was opened and never seen")?;
        let arrived = self
            .ask(&page, "Page.navigate", json!({ "url": url }))
            .await?;
        if let Some(error) = arrived["errorText"].as_str() {
            bail!("{url} cannot be opened: {error}");
        }
        Ok(page)
    }

    async fn send(&self, session: Option<&str>, method: &str, parameters: Value) -> Result<Value> {
        let (sender, receiver) = oneshot::channel();
        let letter = {
            let mut shared = lock(&self.shared);
            let id = shared.next_id();
            shared.waiting.insert(id, sender);
            letter(id, session, method, &parameters)
        };
        self.outbox
            .send(letter)
            .ok()
            .with_context(|| format!("{method}: the browser has gone"))?;
        tokio::time::timeout(LIMIT, receiver)
            .await
            .with_context(|| format!("{method}: no answer within {LIMIT:?}"))?
            .with_context(|| format!("{method}: the browser has gone"))?
            .with_context(|| method.to_owned())
    }
}

impl Drop for DevTools {
    fn drop(&mut self) {
        self.pump.abort();
    }
}

impl Shared {
    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Takes an answer or an event.
    fn take(&mut self, mut heard: Value, outbox: &mpsc::UnboundedSender<String>) {
        if let Some(id) = heard["id"].as_u64() {
            if let Some(sender) = self.waiting.remove(&id) {
                let answer = match heard.get("error") {
                    Some(error) => Err(anyhow::anyhow!("{}", error["message"])),
                    None => Ok(heard["result"].take()),
                };
                // Whoever has stopped waiting needs no answer.
                let _ = sender.send(answer);
            }
            return;
        }
        let parameters = &heard["params"];
        match heard["method"].as_str() {
            Some("Target.attachedToTarget") => self.welcome(parameters, outbox),
            Some("Target.detachedFromTarget") => {
                self.pages
                    .retain(|page| parameters["sessionId"] != page.session.as_str());
            }
            Some(event) => (self.listener)(event, parameters),
            None => {}
        }
    }

    /// Tells a new page what it is to be told, and lets it go on.
    fn welcome(&mut self, attached: &Value, outbox: &mpsc::UnboundedSender<String>) {
        let Some(session) = attached["sessionId"].as_str() else {
            return;
        };
        let target = &attached["targetInfo"];
        let mut commands = Vec::new();
        if matches!(target["type"].as_str(), Some("page" | "iframe")) {
            self.pages.push(Page {
                session: session.to_owned(),
                target: target["targetId"].as_str().unwrap_or_default().to_owned(),
                is_window: target["type"] == "page",
            });
            // Frames that are kept apart are attached to by their page.
            commands.push(("Target.setAutoAttach", attach_to_all()));
            commands.extend(self.prelude.iter().cloned());
        }
        commands.push(("Runtime.runIfWaitingForDebugger", json!({})));
        for (method, parameters) in commands {
            let id = self.next_id();
            // The connection has ended: then there is no page either.
            let _ = outbox.send(letter(id, Some(session), method, &parameters));
        }
    }
}

fn lock(shared: &Mutex<Shared>) -> MutexGuard<'_, Shared> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// New pages wait until they have been told what they are to be told.
fn attach_to_all() -> Value {
    json!({ "autoAttach": true, "waitForDebuggerOnStart": true, "flatten": true })
}

fn letter(id: u64, session: Option<&str>, method: &str, parameters: &Value) -> String {
    let mut letter = json!({ "id": id, "method": method, "params": parameters });
    if let Some(session) = session {
        letter["sessionId"] = json!(session);
    }
    letter.to_string()
}
