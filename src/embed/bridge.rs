//! Hears and says the messages between the widget and the page whose frame it stands in.
//!
//! Heard is only the window around the widget, only from an origin that the configuration lists, and
//! only what fits the schema; everything else is ignored in silence, and costs next to nothing.
//! Before somebody has so made an origin known, nothing is said but what anybody may hear: that the
//! widget is there, and how high it is.

use core::{
    cell::{Cell, OnceCell, RefCell},
    pin::pin,
};
use std::rc::{Rc, Weak};

use futures_channel::oneshot;
use futures_util::future::select;
use js_sys::{Array, JSON, JsString, Object, Reflect};
use leptos::{prelude::*, task::tick};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Event, HtmlElement, HtmlInputElement, MessageEvent, Window};

use super::{
    asking::Supply,
    dress::Wardrobe,
    frame::{Attach, Connected, Widget},
    lti::{self, Capabilities, PageSettings},
    news::News,
    origins::{is_listed, origin_of},
    protocol::{self, Configure, Incoming},
    resize::{self, Watching},
};
use crate::{
    classroom::retry::World,
    config::{self, Config, ConfigError, TokenSource, View, params::PageParams},
    guidance::SignInError,
    i18n::{Language, text},
    session::host::{Answers, Host, TokenRequest},
    ui::{quiet::Quiet, tasks::spawn_local, views::join::CODE_ID},
};

/// How long the page may take to say that it has tokens, in milliseconds, where it is not known yet
/// who is asked for them.
const GREETING: u32 = 500;
/// How many messages of a listed page are read in a second.
const AT_MOST: u32 = 200;
/// The longest text that is read in a message.
const LONGEST: u32 = 10_000;
/// How many values an object or a list in a message may have.
const WIDEST: u32 = 64;
/// How deep a message may nest.
const DEEPEST: u32 = 4;

/// Opens the conversation with the page around the frame, and gives the configuration as it is then.
pub async fn open(file: String, params: PageParams, mut config: Config) -> Connected {
    let Some((window, parent)) = windows() else {
        return (Ok(config), None);
    };
    if let Some(origin) = stranger(&window, &config.embedders) {
        return (Err(not_listed(&origin, &window)), None);
    }
    let (greeted, greeting) = oneshot::channel();
    let bridge = Rc::new(Bridge {
        window,
        parent,
        embedders: config.embedders.clone(),
        views: names(&config.views),
        since: js_sys::Date::now(),
        source: config.token_source,
        file,
        params: RefCell::new(params),
        page: RefCell::new(None),
        tokens: Cell::new(None),
        greeted: RefCell::new(Some(greeted)),
        answers: Answers::default(),
        can: Cell::default(),
        settings: RefCell::new(None),
        budget: Cell::new((0.0, 0)),
        early: RefCell::default(),
        attached: OnceCell::new(),
        on_message: OnceCell::new(),
    });
    bridge.listen();
    bridge.say_ready();
    bridge.post_lti(&lti::capabilities());
    if bridge.source == TokenSource::Either {
        // What is decided here is decided before anybody sees a button.
        select(greeting, pin!(Quiet.sleep(GREETING))).await;
        if bridge.tokens.get() == Some(true) {
            config.token_source = TokenSource::Host;
        }
    }
    let attach: Attach = Box::new(move |widget| Bridge::attach(bridge, widget));
    (Ok(config), Some(attach))
}

fn windows() -> Option<(Window, Window)> {
    let window = web_sys::window()?;
    let parent = window.parent().ok()??;
    Some((window, parent))
}

fn names(views: &[View]) -> Vec<&'static str> {
    let name = |view: &View| View::NAMES.iter().find(|(_, named)| named == view);
    views
        .iter()
        .filter_map(|view| name(view).map(|(name, _)| *name))
        .collect()
}

/// A page around the widget that is not listed, as far as the browser tells which pages there are:
/// most name all of them, others only the one that loaded the frame. What keeps strangers out is the
/// header that a deployer's server sends; this is for where that was forgotten.
fn stranger(window: &Window, embedders: &[String]) -> Option<String> {
    let location = window.location();
    let ancestors = Reflect::get(&location, &"ancestorOrigins".into())
        .ok()
        .filter(JsValue::is_object);
    let around: Vec<String> = match ancestors {
        Some(ancestors) => Array::from(&ancestors)
            .iter()
            .filter_map(|origin| origin.as_string())
            .collect(),
        None => {
            let referrer = window.document().map(|document| document.referrer());
            let own = location.origin().unwrap_or_default();
            let loaded_by = referrer.as_deref().and_then(origin_of);
            // A frame that was loaded anew from within names itself.
            let loaded_by = loaded_by.filter(|origin| *origin != own);
            loaded_by.map(str::to_owned).into_iter().collect()
        }
    };
    match around.iter().find(|origin| !is_listed(origin, embedders)) {
        Some(origin) => Some(origin.clone()),
        // Nobody may show it, whoever does.
        None if embedders.is_empty() => Some("null".to_owned()),
        None => None,
    }
}

fn not_listed(origin: &str, window: &Window) -> ConfigError {
    ConfigError {
        key: "embedders".to_owned(),
        found: ["without \"", origin, "\""].concat(),
        allowed: "a list with every page around this one".to_owned(),
        way_out: address(window).ok(),
    }
}

/// The widget's own page, with what it was asked for.
fn address(window: &Window) -> Result<String, JsValue> {
    let location = window.location();
    Ok([location.pathname()?, location.search()?, location.hash()?].concat())
}

/// The conversation.
struct Bridge {
    window: Window,
    parent: Window,
    embedders: Vec<String>,
    views: Vec<&'static str>,
    /// When it began, in milliseconds since 1970.
    since: f64,
    /// Where tokens come from, says the configuration.
    source: TokenSource,
    /// The text of `config.json`.
    file: String,
    /// What the address says, and what the page has said since.
    params: RefCell<PageParams>,
    /// The page's origin, once a valid message has made it known.
    page: RefCell<Option<String>>,
    /// Whether the page has tokens, once it has said so.
    tokens: Cell<Option<bool>>,
    greeted: RefCell<Option<oneshot::Sender<()>>>,
    answers: Answers,
    /// What a learning management system can do.
    can: Cell<Capabilities>,
    /// The second that was begun last, and how many messages were read in it.
    budget: Cell<(f64, u32)>,
    /// How the page of a learning management system looks.
    settings: RefCell<Option<PageSettings>>,
    /// What was heard before there was a widget.
    early: RefCell<Vec<Incoming>>,
    attached: OnceCell<Attached>,
    on_message: OnceCell<Closure<dyn FnMut(MessageEvent)>>,
}

/// What there is as soon as there is a widget.
struct Attached {
    widget: Widget,
    supply: Supply,
    wardrobe: RefCell<Option<Rc<Wardrobe>>>,
    height: RefCell<Option<Watching>>,
}

impl Drop for Bridge {
    fn drop(&mut self) {
        if let Some(on_message) = self.on_message.get() {
            // A listener that is gone need not be taken away.
            let _ = self.window.remove_event_listener_with_callback(
                "message",
                on_message.as_ref().unchecked_ref(),
            );
        }
    }
}

impl Bridge {
    fn listen(self: &Rc<Self>) {
        let weak = Rc::downgrade(self);
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(bridge) = weak.upgrade() {
                bridge.hear(&event);
            }
        });
        let function = on_message.as_ref().unchecked_ref();
        // A browser without messages has nobody to speak to.
        let _ = self
            .window
            .add_event_listener_with_callback("message", function);
        let _ = self.on_message.set(on_message);
    }

    fn hear(self: &Rc<Self>, event: &MessageEvent) {
        let is_parent = event
            .source()
            .is_some_and(|source| Object::is(&source, &self.parent));
        if !is_parent {
            return;
        }
        let origin = event.origin();
        if !is_listed(&origin, &self.embedders) || !self.has_time() {
            return;
        }
        let mut data = event.data();
        if let Some(text) = data.dyn_ref::<JsString>() {
            // Only a learning management system speaks in texts.
            let Some(json) = is_short(text).then(|| JSON::parse(&String::from(text)).ok()) else {
                return;
            };
            data = json.unwrap_or(JsValue::NULL);
        } else if fits(&data, DEEPEST)
            && let Some(message) = protocol::read(|| deserializer(&data))
        {
            self.obey(message, origin);
            return;
        }
        if fits(&data, DEEPEST)
            && let Some(response) = lti::read(|| deserializer(&data))
        {
            self.heed(response, origin);
        }
    }

    /// Whether another message may be read in this second: a flood must not keep the widget busy.
    fn has_time(&self) -> bool {
        let now = js_sys::Date::now();
        let (since, read) = self.budget.get();
        let read = if now - since < 1000.0 { read + 1 } else { 1 };
        let since = if read == 1 { now } else { since };
        self.budget.set((since, read));
        read <= AT_MOST
    }

    fn obey(self: &Rc<Self>, message: Incoming, origin: String) {
        if let Incoming::Hello { tokens } = message {
            self.page.replace(Some(origin));
            self.tokens.set(Some(tokens));
            if let Some(greeted) = self.greeted.take() {
                // Nobody may be waiting for it any more.
                let _ = greeted.send(());
            }
            self.say_ready();
        }
        match self.attached.get() {
            Some(attached) => self.carry_out(attached, message),
            // What it says is known until then.
            None if matches!(message, Incoming::Hello { .. }) => {}
            None => {
                let mut early = self.early.borrow_mut();
                if early.len() < AT_MOST as usize {
                    early.push(message);
                }
            }
        }
    }

    fn carry_out(self: &Rc<Self>, attached: &Attached, message: Incoming) {
        let Widget {
            session, notices, ..
        } = attached.widget;
        match message {
            Incoming::Hello { tokens } => self.greet(attached, tokens),
            Incoming::Token { id, supplied } => {
                if self.answers.take(id, Ok(supplied)) {
                    attached.supply.ask();
                }
            }
            Incoming::TokenError { id, message } => {
                let words = ["Hall Pass: the page gave no token: ", &message].concat();
                web_sys::console::warn_1(&words.into());
                self.answers.take(id, Err(SignInError::HostToken));
            }
            Incoming::Configure(configure) => self.configure(attached, *configure),
            Incoming::SignOut => {
                if session.owner_untracked().is_some() {
                    session.forget();
                    notices.say(text::SIGNED_OUT);
                }
            }
        }
    }

    /// The page is there, perhaps loaded anew.
    fn greet(self: &Rc<Self>, attached: &Attached, tokens: bool) {
        let session = attached.widget.session;
        let is_hosted = session.config().token_source == TokenSource::Host;
        match (is_hosted, tokens, self.source) {
            // It may not have heard what was asked of the one before.
            (true, true, _) => {
                for request in self.answers.open() {
                    self.post_to_page(&protocol::token_request(&request));
                }
            }
            // Whoever is signed in already stays.
            (false, true, TokenSource::Either) if session.owner_untracked().is_none() => {
                attached.supply.begin(self.host());
                attached.supply.ask();
            }
            (true, false, TokenSource::Either) if session.owner_untracked().is_none() => {
                session.supply(None);
            }
            _ => {}
        }
    }

    fn host(self: &Rc<Self>) -> Host<Quiet> {
        let weak = Rc::downgrade(self);
        Host::new(Quiet, self.answers.clone(), move |request: TokenRequest| {
            if let Some(bridge) = weak.upgrade() {
                bridge.post_to_page(&protocol::token_request(&request));
            }
        })
    }

    fn configure(self: &Rc<Self>, attached: &Attached, configure: Configure) {
        if let Some(variables) = &configure.variables
            && let Some(wardrobe) = attached.wardrobe.borrow().as_ref()
        {
            wardrobe.take(variables.clone());
        }
        let mut params = self.params.borrow().clone();
        configure.apply(&mut params);
        // A value that is not allowed makes it no message.
        if let Ok(checked) = config::check(&self.file, &params) {
            self.params.replace(params);
            self.go_on_with(attached, checked.config, configure.names_view());
        }
    }

    fn go_on_with(self: &Rc<Self>, attached: &Attached, mut config: Config, names_view: bool) {
        let Widget {
            session,
            notices,
            current,
            theme,
            ..
        } = attached.widget;
        let before = session.config();
        config.token_source = before.token_source;
        if config == *before {
            return;
        }
        if names_view && config.view != current.get_untracked() {
            current.set(config.view);
        }
        if config.theme != before.theme {
            theme.set(config.theme.name());
            let wardrobe = attached.wardrobe.borrow().clone();
            spawn_local(async move {
                // The colours that the page does not give are the new theme's by then.
                tick().await;
                if let Some(wardrobe) = wardrobe {
                    wardrobe.put_on();
                }
            });
        }
        if config.locale != before.locale {
            let languages = self.window.navigator().languages();
            let languages: Vec<_> = languages.iter().filter_map(|tag| tag.as_string()).collect();
            let wanted = config.locale.as_deref().into_iter();
            let language = Language::choose(wanted.chain(languages.iter().map(String::as_str)));
            speak(attached, language);
        }
        let code = (config.code != before.code).then(|| config.code.clone());
        session.reconfigure(config);
        notices.configure(session.config());
        if let Some(code) = code {
            fill_in(attached.widget, before.code.as_deref(), code.as_deref());
        }
    }

    /// What a learning management system says.
    fn heed(self: &Rc<Self>, response: lti::Response, origin: String) {
        if self.page.borrow().is_none() {
            self.page.replace(Some(origin));
        }
        match response {
            lti::Response::Capabilities(can) => {
                let in_time = js_sys::Date::now() - self.since <= f64::from(lti::LIMIT);
                if in_time && can != self.can.replace(can) && can.page_settings {
                    self.post_to_page(&lti::page_settings());
                }
            }
            lti::Response::PageSettings(settings) => {
                self.settings.replace(Some(settings));
                if let Some(attached) = self.attached.get() {
                    self.take_on(attached);
                }
            }
            lti::Response::Other => {}
        }
    }

    /// Looks as the platform's page does.
    fn take_on(self: &Rc<Self>, attached: &Attached) {
        let settings = self.settings.borrow();
        let Some(settings) = settings.as_ref() else {
            return;
        };
        let is_fixed = attached.widget.session.config().locale.is_some();
        if let (false, Some(locale)) = (is_fixed, settings.locale.as_deref()) {
            speak(attached, Language::choose([locale]));
        }
        if let Some(wardrobe) = attached.wardrobe.borrow().as_ref() {
            wardrobe.stand_out(settings.use_high_contrast == Some(true));
        }
    }

    fn attach(bridge: Rc<Self>, widget: Widget) {
        widget.place.mark("data-framed");
        let supply = Supply::new(widget);
        let attached = Attached {
            widget,
            supply,
            wardrobe: RefCell::new(None),
            height: RefCell::new(None),
        };
        let _ = bridge.attached.set(attached);
        if widget.session.config().token_source == TokenSource::Host {
            supply.begin(bridge.host());
            supply.ask();
        } else if bridge.tokens.get() == Some(true)
            && let Some(attached) = bridge.attached.get()
        {
            bridge.greet(attached, true);
        }
        let weak = Rc::downgrade(&bridge);
        widget
            .notices
            .inform(Rc::new(move |news| Self::tell(&weak, news)));
        let weak = Rc::downgrade(&bridge);
        Effect::new(move |before: Option<bool>| {
            let is_signed_in = widget.session.owner().is_some();
            match (before.unwrap_or_default(), is_signed_in) {
                (false, true) => Self::tell(&weak, &News::SignedIn),
                (true, false) => Self::tell(&weak, &News::SignedOut),
                _ => {}
            }
            is_signed_in
        });
        let weak = Rc::downgrade(&bridge);
        Effect::new(move |_| {
            // On the page by now.
            if let (Some(bridge), Some(root)) = (weak.upgrade(), widget.place.first(".hall-pass")) {
                bridge.see(root);
            }
        });
        // Kept as long as the widget.
        StoredValue::new_local(bridge);
    }

    /// The widget's element is on the page.
    fn see(self: &Rc<Self>, place: HtmlElement) {
        let Some(attached) = self.attached.get() else {
            return;
        };
        let weak = Rc::downgrade(self);
        let height = resize::watch(place.clone().into(), move |height| {
            if let Some(bridge) = weak.upgrade() {
                bridge.post(&protocol::resize(height), "*");
                bridge.post_lti(&lti::frame_resize(height));
            }
        });
        attached.height.replace(height);
        attached.wardrobe.replace(Some(Wardrobe::new(place)));
        self.take_on(attached);
        let early = self.early.take();
        for message in early {
            self.carry_out(attached, message);
        }
    }

    fn tell(bridge: &Weak<Self>, news: &News<'_>) {
        let Some(bridge) = bridge.upgrade() else {
            return;
        };
        bridge.post_to_page(&protocol::news(news));
        if bridge.can.get().screen_reader_alert
            && let (Some(words), Some(attached)) = (lti::words(news), bridge.attached.get())
        {
            let words = untrack(|| attached.widget.i18n.text(words));
            bridge.post_to_page(&lti::screen_reader_alert(&words));
        }
    }

    fn say_ready(&self) {
        self.post(&protocol::ready(self.views.clone()), "*");
    }

    /// As an object and as a text: which of them a platform takes is not known.
    fn post_lti(&self, request: &lti::Request<'_>) {
        if let Ok(value) = serde_wasm_bindgen::to_value(request) {
            // A page that cannot be spoken to hears nothing, and nothing else is the matter.
            let _ = self.parent.post_message(&value, "*");
            if let Ok(text) = JSON::stringify(&value) {
                let _ = self.parent.post_message(&text, "*");
            }
        }
    }

    fn post_to_page(&self, message: &impl Serialize) {
        if let Some(page) = self.page.borrow().as_deref() {
            self.post(message, page);
        }
    }

    fn post(&self, message: &impl Serialize, to: &str) {
        if let Ok(value) = serde_wasm_bindgen::to_value(message) {
            // As above.
            let _ = self.parent.post_message(&value, to);
        }
    }
}

/// Speaks the language that the page around asks for; words that cannot be fetched leave it as it is.
fn speak(attached: &Attached, language: &'static Language) {
    let i18n = attached.widget.i18n;
    spawn_local(async move {
        i18n.speak(language).await;
    });
}

/// Puts the page's code into the field, as if it was typed there; what somebody has typed stays.
fn fill_in(widget: Widget, before: Option<&str>, code: Option<&str>) {
    let field = widget.place.find(CODE_ID);
    let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else {
        return;
    };
    let own = field.value();
    if own.is_empty() || before == Some(own.as_str()) {
        field.set_value(code.unwrap_or_default());
        if let Ok(event) = Event::new("input") {
            // Whoever follows what is typed is told of it so.
            let _ = field.dispatch_event(&event);
        }
    }
}

fn deserializer(value: &JsValue) -> serde_wasm_bindgen::Deserializer {
    value.clone().into()
}

fn is_short(text: &JsString) -> bool {
    text.length() <= LONGEST
}

/// Whether a value is small enough to be looked at: it is measured where it lies, so that a large one
/// is never copied.
fn fits(value: &JsValue, depth: u32) -> bool {
    if let Some(text) = value.dyn_ref::<JsString>() {
        return is_short(text);
    }
    let Some(object) = value.dyn_ref::<Object>() else {
        return true;
    };
    let values = match value.dyn_ref::<Array>() {
        Some(list) if list.length() > WIDEST => return false,
        Some(list) => list.clone(),
        None => Object::values(object),
    };
    depth > 0 && values.length() <= WIDEST && values.iter().all(|value| fits(&value, depth - 1))
}
