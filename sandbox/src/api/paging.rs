//! Lists in pages.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{call::Call, error::ApiError};

/// How many items are on a page at most, and without a wish; one at least.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(try_from = "usize", into = "usize")]
pub struct PageSize(usize);

impl PageSize {
    /// Classes. Google lets its server decide and gives no number.
    pub const COURSES: Self = Self(20);
    /// Students or teachers. A larger `pageSize` was ignored when somebody last looked.
    pub const MEMBERS: Self = Self(30);
    /// Invitations: Google's number.
    pub const INVITATIONS: Self = Self(500);
    /// Aliases. Google lets its server decide and gives no number.
    pub const ALIASES: Self = Self(20);
}

impl TryFrom<usize> for PageSize {
    type Error = &'static str;

    fn try_from(size: usize) -> Result<Self, Self::Error> {
        if size == 0 {
            return Err("a page holds one item at least");
        }
        Ok(Self(size))
    }
}

impl From<PageSize> for usize {
    fn from(size: PageSize) -> Self {
        size.0
    }
}

/// One page of a list, as `{name: [...], nextPageToken}`.
///
/// `most` is the default size and the largest: a larger `pageSize` is cut down to it. An empty
/// list is left out, as Google does.
///
/// Fails with 400 on a negative size, and on a token that comes from a call with other
/// parameters or from none.
pub fn page<T>(
    call: &Call<'_>,
    name: &str,
    PageSize(most): PageSize,
    items: &[T],
    render: impl Fn(&T) -> Value,
) -> Result<Value, ApiError> {
    let size = match call.query("pageSize").map(str::parse::<i32>) {
        None | Some(Ok(0)) => most,
        Some(Ok(size)) => usize::try_from(size)
            .map_err(|_| ApiError::invalid_argument())?
            .min(most),
        Some(Err(_)) => return Err(ApiError::invalid_argument()),
    };
    let start = match call.query("pageToken") {
        None => 0,
        Some(token) => read_token(call, token).ok_or_else(ApiError::invalid_argument)?,
    };
    let end = start.saturating_add(size).min(items.len());
    let shown: Vec<Value> = items
        .get(start..end)
        .unwrap_or_default()
        .iter()
        .map(render)
        .collect();
    let mut page = Map::new();
    if !shown.is_empty() {
        page.insert(name.to_owned(), Value::from(shown));
    }
    if end < items.len() {
        page.insert("nextPageToken".to_owned(), Value::from(token(call, end)));
    }
    Ok(Value::Object(page))
}

fn token(call: &Call<'_>, start: usize) -> String {
    URL_SAFE_NO_PAD.encode(format!("{start} {}", call.without_page()))
}

fn read_token(call: &Call<'_>, token: &str) -> Option<usize> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(token).ok()?).ok()?;
    let (start, parameters) = text.split_once(' ')?;
    (parameters == call.without_page())
        .then(|| start.parse().ok())
        .flatten()
}
