//! The stand-in for Google Classroom and Google sign-in, one of its own for each scenario.

use std::{
    collections::BTreeMap,
    env,
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use anyhow::{Context, Result, ensure};
use reqwest::{Method, Url};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tokio::process::Command;

use crate::{fault::Fault, journal::Call, process::Process, school::School};

/// A running sandbox; it ends when this is dropped.
pub struct Sandbox {
    process: Process,
    http: reqwest::Client,
    dist: PathBuf,
    /// Tokens of which the sandbox itself knows no more, since it was reset.
    forgotten: Mutex<Vec<String>>,
    /// Where the widget is served from.
    pub widget: Url,
    /// Where the API, sign-in and `/_sandbox/` are.
    pub api: Url,
    /// Where the embedding pages are.
    pub pages: Url,
}

/// How every token of the sandbox begins.
const TOKEN_PREFIX: &str = "ya29.sandbox-";

/// A token that the sandbox has issued.
#[derive(Clone, Deserialize)]
pub struct Issued {
    /// The token itself.
    pub token: String,
    /// Whose it is, by address; nobody's where the account has gone since.
    pub account: Option<String>,
    /// Whether it was withdrawn.
    pub revoked: bool,
}

/// How sign-in writes for how many seconds a token lasts.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ExpiresIn {
    /// As the reference has it.
    Number,
    /// As the published types have it.
    String,
}

impl Sandbox {
    /// Starts the sandbox named by `HALLPASS_SANDBOX` on free ports, with the build of the
    /// widget named by `HALLPASS_DIST`, and waits until it has said where it listens.
    pub async fn start() -> Result<Self> {
        let binary = setting("HALLPASS_SANDBOX")?;
        let dist = setting("HALLPASS_DIST")?;
        ensure!(
            dist.join("index.html").is_file(),
            "HALLPASS_DIST is {}, where no index.html is",
            dist.display()
        );
        let mut command = Command::new(binary);
        command.args(["--port", "0", "--dist"]).arg(&dist);
        let mut process = Process::start("the sandbox", command)?;

        let mut origins = BTreeMap::new();
        let [widget, api, pages] = process
            .said(|line| {
                let (name, address) = line.trim().split_once(char::is_whitespace)?;
                let address = Url::parse(address.trim()).ok()?;
                origins.insert(name.to_owned(), address);
                let origin = |name| origins.get(name).cloned();
                Some([origin("widget")?, origin("api")?, origin("pages")?])
            })
            .await?;
        let http = reqwest::Client::builder()
            .timeout(Duration::from_secs(10))
            .build()?;
        let sandbox = Self {
            process,
            http,
            dist,
            forgotten: Mutex::default(),
            widget,
            api,
            pages,
        };
        let health: reqwest::Response = sandbox.send(Method::GET, "health", None).await?;
        drop(health);
        Ok(sandbox)
    }

    /// The folder with the widget's files that is served.
    pub fn dist(&self) -> &std::path::Path {
        &self.dist
    }

    /// Seeds the school again, clears configuration, faults, journal and clock.
    pub async fn reset(&self) -> Result<()> {
        let tokens = self.tokens().await?;
        self.forgotten()
            .extend(tokens.into_iter().map(|issued| issued.token));
        self.send(Method::POST, "reset", None).await.map(drop)
    }

    /// Every token issued since the start or the last [`reset`](Self::reset), valid or not.
    pub async fn tokens(&self) -> Result<Vec<Issued>> {
        self.get("tokens").await
    }

    /// What is secret in every token issued since the start: all that is not the same in each.
    pub(crate) async fn secrets(&self) -> Result<Vec<String>> {
        let mut tokens = self.forgotten().clone();
        tokens.extend(self.tokens().await?.into_iter().map(|issued| issued.token));
        Ok(tokens
            .iter()
            .map(|token| token.strip_prefix(TOKEN_PREFIX).unwrap_or(token).to_owned())
            .collect())
    }

    fn forgotten(&self) -> MutexGuard<'_, Vec<String>> {
        self.forgotten
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// The whole school as it stands.
    pub async fn school(&self) -> Result<School> {
        self.get("state").await
    }

    /// The whole school with every field, to be changed and handed to
    /// [`put_state`](Self::put_state).
    pub async fn state(&self) -> Result<Value> {
        self.get("state").await
    }

    /// Replaces the whole school.
    pub async fn put_state(&self, state: &Value) -> Result<()> {
        self.send(Method::PUT, "state", Some(state)).await.map(drop)
    }

    /// Merges keys into the `config.json` that is served.
    pub async fn configure(&self, keys: Value) -> Result<()> {
        self.send(Method::PUT, "config", Some(&keys))
            .await
            .map(drop)
    }

    /// A token for scripts: `account` by address or id, `scopes` by short or full name.
    pub async fn token(&self, account: &str, scopes: &[&str]) -> Result<String> {
        let answer: Value = self
            .send(
                Method::POST,
                "token",
                Some(&json!({ "account": account, "scopes": scopes })),
            )
            .await?
            .json()
            .await?;
        answer["access_token"]
            .as_str()
            .map(str::to_owned)
            .with_context(|| format!("no access_token in {answer}"))
    }

    /// Everything that was asked of the API since the start, in order.
    pub async fn calls(&self) -> Result<Vec<Call>> {
        self.get("requests").await
    }

    /// The calls that tried to change something.
    pub async fn writes(&self) -> Result<Vec<Call>> {
        let mut calls = self.calls().await?;
        calls.retain(Call::is_write);
        Ok(calls)
    }

    /// The paths of the POSTs there were, as they were sent.
    pub async fn posts(&self) -> Result<Vec<String>> {
        let mut calls = self.calls().await?;
        calls.retain(|call| call.method == "POST");
        Ok(calls.into_iter().map(|call| call.path).collect())
    }

    /// Begins a new journal.
    pub async fn forget_calls(&self) -> Result<()> {
        self.send(Method::DELETE, "requests", None).await.map(drop)
    }

    /// Sets the faults, in place of those before; none of them clears all.
    pub async fn faults(&self, faults: &[Fault]) -> Result<()> {
        self.send(Method::PUT, "faults", Some(&json!(faults)))
            .await
            .map(drop)
    }

    /// Answers an open question about Google one way: what a wrong class code is answered with,
    /// 403, 404 or 400.
    pub async fn wrong_codes_get(&self, status: u16) -> Result<()> {
        self.behave(json!({ "wrongCode": status })).await
    }

    /// Tokens that sign-in gives from now on last so long, which it writes so.
    pub async fn tokens_last(&self, life: Duration, written: ExpiresIn) -> Result<()> {
        self.behave(json!({ "tokenSeconds": life.as_secs(), "expiresIn": written }))
            .await
    }

    /// Pages that are opened from now on have Google's window blocked.
    pub async fn block_windows(&self) -> Result<()> {
        self.behave(json!({ "signInWindow": "blocked" })).await
    }

    /// Answers open questions about Google, in place of all that was answered before.
    pub async fn behave(&self, behaviour: Value) -> Result<()> {
        self.send(Method::PUT, "behaviour", Some(&behaviour))
            .await
            .map(drop)
    }

    /// Moves the sandbox's clock ahead of the real one.
    pub async fn clock(&self, ahead: Duration) -> Result<()> {
        self.send(
            Method::PUT,
            "clock",
            Some(&json!({ "offsetSeconds": ahead.as_secs() })),
        )
        .await
        .map(drop)
    }

    /// Everything the sandbox has printed.
    pub(crate) fn output(&self) -> String {
        self.process.output()
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T> {
        let text = self.send(Method::GET, path, None).await?.text().await?;
        serde_json::from_str(&text).with_context(|| format!("GET /_sandbox/{path} gave {text}"))
    }

    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<reqwest::Response> {
        let url = self.api.join(&format!("_sandbox/{path}"))?;
        let mut request = self.http.request(method.clone(), url);
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request
            .send()
            .await
            .with_context(|| format!("{method} /_sandbox/{path}"))?;
        let status = answer.status();
        if status.is_success() {
            return Ok(answer);
        }
        let text = answer.text().await.unwrap_or_default();
        anyhow::bail!("{method} /_sandbox/{path} was answered {status}: {text}")
    }
}

fn setting(name: &str) -> Result<PathBuf> {
    env::var_os(name).map(PathBuf::from).with_context(|| {
        format!(
            "{name} is not set: `cargo xtask test` builds the widget and the sandbox, sets it and \
             runs these scenarios"
        )
    })
}
