//! The sandbox's own addresses, as the asking page would write them.

use axum::http::{HeaderMap, header};

/// The host a request was sent to and the port the three origins count from.
///
/// Every address the sandbox hands out is built from the request's own `Host`, so that the page,
/// the API and the sign-in window agree on `localhost` or on `127.0.0.1`, whichever is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    host: String,
    first_port: u16,
}

impl Addresses {
    /// The addresses for the host named in `headers`; `localhost` when it names none that can be
    /// repeated in a header or a page.
    pub fn of(headers: &HeaderMap, first_port: u16) -> Self {
        let host = headers
            .get(header::HOST)
            .and_then(|value| value.to_str().ok())
            .map(without_port)
            .filter(|host| is_plain(host))
            .unwrap_or("localhost")
            .to_owned();
        Self { host, first_port }
    }

    /// Origin of the widget's files.
    pub fn widget(&self) -> String {
        self.origin(0)
    }

    /// Origin of the API, of sign-in and of `/_sandbox/`.
    pub fn api(&self) -> String {
        self.origin(1)
    }

    /// Origin of the embedding pages.
    pub fn pages(&self) -> String {
        self.origin(2)
    }

    /// The same three origins under another name of this machine: other origins to a browser.
    pub fn elsewhere(&self) -> Self {
        let host = match self.host.as_str() {
            "localhost" => "127.0.0.1",
            _ => "localhost",
        };
        Self {
            host: host.to_owned(),
            first_port: self.first_port,
        }
    }

    /// Host and port of the API, as they stand in `state` for `{api}`.
    pub fn api_authority(&self) -> String {
        format!("{}:{}", self.host, self.first_port + 1)
    }

    fn origin(&self, offset: u16) -> String {
        format!("http://{}:{}", self.host, self.first_port + offset)
    }
}

fn without_port(host: &str) -> &str {
    // An IPv6 address carries colons of its own, inside brackets.
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

/// Whether a host can be repeated in headers and pages as it is.
fn is_plain(host: &str) -> bool {
    !host.is_empty()
        && host
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".-[]:".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn asked_at(host: &str) -> Addresses {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_str(host).unwrap());
        Addresses::of(&headers, 8400)
    }

    #[test]
    fn addresses_follow_the_host_that_was_asked() {
        assert_eq!(asked_at("127.0.0.1:8400").api(), "http://127.0.0.1:8401");
        assert_eq!(asked_at("localhost:8401").pages(), "http://localhost:8402");
        assert_eq!(asked_at("[::1]:8400").widget(), "http://[::1]:8400");
    }

    #[test]
    fn elsewhere_is_never_the_same_origin() {
        for host in ["localhost:8400", "127.0.0.1:8400", "[::1]:8400"] {
            let here = asked_at(host);
            assert_ne!(here.pages(), here.elsewhere().pages());
        }
        assert_eq!(
            asked_at("localhost:8400").elsewhere().widget(),
            "http://127.0.0.1:8400"
        );
    }

    #[test]
    fn a_host_that_could_break_out_of_a_header_is_not_repeated() {
        assert_eq!(asked_at("x;script-src *").widget(), "http://localhost:8400");
        assert_eq!(asked_at("").widget(), "http://localhost:8400");
    }
}
