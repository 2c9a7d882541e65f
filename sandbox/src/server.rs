//! The three origins and the sockets they listen on.

use std::{
    fmt,
    io::{self, Write as _},
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use axum::{Router, body::Body, extract::Request, http::Response};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tower::ServiceExt as _;

use crate::{api_origin, app::App, command_line::Options, files, pages};

/// How many times three free consecutive ports are looked for.
const TRIES: usize = 64;

/// A mark on an answer that is not to be sent: the connection ends instead.
#[derive(Clone, Copy, Debug)]
pub struct Cut;

impl Cut {
    /// An answer with the mark.
    pub fn response() -> Response<Body> {
        let mut response = Response::new(Body::empty());
        response.extensions_mut().insert(Self);
        response
    }

    /// Whether an answer carries the mark.
    pub fn marks(response: &Response<Body>) -> bool {
        response.extensions().get::<Self>().is_some()
    }
}

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the connection is cut on purpose")
    }
}

impl std::error::Error for Cut {}

/// Listens, says where, and serves until the process ends.
///
/// Fails when the ports are taken.
pub async fn run(options: Options) -> Result<(), String> {
    let listeners = listen(options.port).await?;
    let first_port = listeners[0].0;
    if !options.dist.join("index.html").is_file() {
        eprintln!(
            "sandbox: no index.html in {} yet; build the widget there, or name its folder with --dist",
            options.dist.display()
        );
    }
    let app = Arc::new(App::new(first_port, options.dist)?);
    let origins = [
        ("widget", files::router(&app), KeepAlive::Yes),
        // A browser silently repeats a request, a POST too, when a connection it used before is
        // cut without an answer. Fresh connections keep what a client does and what the journal
        // says the same.
        ("api", api_origin::router(&app), KeepAlive::No),
        ("pages", pages::router(&app), KeepAlive::Yes),
    ];
    let mut lines = String::new();
    for ((name, router, keep_alive), (port, listeners)) in origins.into_iter().zip(listeners) {
        for listener in listeners {
            tokio::spawn(serve(listener, router.clone(), keep_alive));
        }
        lines.push_str(&format!("{name:<7} http://localhost:{port}/\n"));
    }
    announce(&lines);
    std::future::pending().await
}

/// Says where everything is. Nobody may be reading: serving goes on all the same.
fn announce(lines: &str) {
    let mut out = io::stdout();
    let _ = out.write_all(lines.as_bytes()).and_then(|()| out.flush());
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum KeepAlive {
    Yes,
    No,
}

/// The ports of the three origins, each with its listeners.
type Listening = [(u16, Vec<TcpListener>); 3];

async fn listen(port: u16) -> Result<Listening, String> {
    if port != 0 {
        return listen_from(port)
            .await
            .map_err(|error| format!("ports {port} to {}: {error}", u32::from(port) + 2));
    }
    let mut last = None;
    for _ in 0..TRIES {
        let first = match free_port().await {
            Ok(port) => port,
            Err(error) => return Err(format!("no free port: {error}")),
        };
        match listen_from(first).await {
            Ok(listening) => return Ok(listening),
            Err(error) => last = Some(error),
        }
    }
    Err(format!(
        "no three free consecutive ports found in {TRIES} tries; the last one: {}",
        last.map_or_else(String::new, |error| error.to_string())
    ))
}

async fn free_port() -> io::Result<u16> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    Ok(listener.local_addr()?.port())
}

async fn listen_from(first: u16) -> io::Result<Listening> {
    if first > u16::MAX - 2 {
        return Err(io::Error::other("there are no two ports above it"));
    }
    Ok([
        (first, listen_on(first).await?),
        (first + 1, listen_on(first + 1).await?),
        (first + 2, listen_on(first + 2).await?),
    ])
}

/// Both loopback addresses, since `localhost` may mean either; a machine without IPv6 does with
/// one.
async fn listen_on(port: u16) -> io::Result<Vec<TcpListener>> {
    let v4 = bind(IpAddr::V4(Ipv4Addr::LOCALHOST), port).await?;
    match bind(IpAddr::V6(Ipv6Addr::LOCALHOST), port).await {
        Ok(v6) => Ok(vec![v4, v6]),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => Err(error),
        Err(_no_ipv6) => Ok(vec![v4]),
    }
}

async fn bind(address: IpAddr, port: u16) -> io::Result<TcpListener> {
    TcpListener::bind(SocketAddr::new(address, port)).await
}

async fn serve(listener: TcpListener, router: Router, keep_alive: KeepAlive) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => {
                tokio::spawn(converse(stream, router.clone(), keep_alive));
            }
            // Out of file handles, or a client that gave up at once: go on a little later.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

async fn converse(stream: TcpStream, router: Router, keep_alive: KeepAlive) {
    // A small answer need not wait for a larger one to share its packet with.
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |request: Request<Incoming>| {
        let router = router.clone();
        async move {
            let response = match router.oneshot(request.map(Body::new)).await {
                Ok(response) => response,
                Err(never) => match never {},
            };
            if Cut::marks(&response) {
                // hyper drops the connection without a byte when the service fails.
                Err(Cut)
            } else {
                Ok(response)
            }
        }
    });
    // Errors here are cut connections, on purpose or by the client.
    let _ = http1::Builder::new()
        .timer(TokioTimer::new())
        .keep_alive(keep_alive == KeepAlive::Yes)
        .serve_connection(TokioIo::new(stream), service)
        .await;
}
