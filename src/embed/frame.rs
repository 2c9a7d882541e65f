//! Where the program reaches its conversation with the page around it.
//!
//! `cargo xtask dist` builds with the feature `split`, and cuts the program at `parts`: what is
//! reached from there alone is fetched by a widget in a frame only.

use core::{future::Future, pin::Pin};

use js_sys::Function;
use leptos::prelude::*;
#[cfg(feature = "split")]
use leptos::wasm_split::wasm_split;

use super::{bridge, supplier};
use crate::{
    config::{Config, ConfigError, View, params::PageParams},
    i18n::I18n,
    session::Session,
    split::NotFetched,
    ui::{notices::Notices, place::Place},
};

/// Whether the page stands in another one.
pub fn is_framed() -> bool {
    let window = web_sys::window();
    let parent = window.as_ref().and_then(|window| window.parent().ok()?);
    parent != window
}

/// What the page around the widget has to do with.
#[derive(Clone, Copy)]
pub struct Widget {
    /// Who is signed in.
    pub session: Session,
    /// How tasks end.
    pub notices: Notices,
    /// The words.
    pub i18n: I18n,
    /// The view that is seen.
    pub current: RwSignal<View>,
    /// The name of the theme.
    pub theme: RwSignal<&'static str>,
    /// The element that it is in.
    pub place: Place,
}

/// Begins the conversation, among the signals and contexts of the widget.
pub type Attach = Box<dyn FnOnce(Widget)>;

/// The page around the widget.
pub enum Around {
    /// It shows the widget in a frame.
    Frame {
        /// The text of `config.json`.
        file: String,
        /// What the address says.
        params: PageParams,
    },
    /// It has mounted the widget, and gives tokens by this function.
    Host(Function),
}

/// The configuration as that page lets it be, and what begins the conversation.
pub type Connected = (Result<Config, ConfigError>, Option<Attach>);

/// What there is to fetch.
type Connect = fn(Around, Config) -> Pin<Box<dyn Future<Output = Connected>>>;

/// Turns to the page around the widget.
///
/// # Errors
/// Fails where the module for that cannot be fetched.
pub async fn connect(around: Around, config: Config) -> Result<Connected, NotFetched> {
    #[cfg(feature = "split")]
    let connect = parts().await?;
    #[cfg(not(feature = "split"))]
    let connect = parts()?;
    Ok(connect(around, config).await)
}

/// The split point: asynchronous with `split`.
#[cfg_attr(
    feature = "split",
    wasm_split(frame, fallible, wasm_split_path = leptos::wasm_split)
)]
fn parts() -> Result<Connect, NotFetched> {
    Ok(|around, config| {
        Box::pin(async move {
            match around {
                Around::Frame { file, params } => bridge::open(file, params, config).await,
                Around::Host(function) => supplier::attach(function, config),
            }
        })
    })
}
