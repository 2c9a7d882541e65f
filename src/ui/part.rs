//! Views whose type is forgotten.
//!
//! Leptos compiles its renderer anew for every view that a closure returns: building, replacing,
//! dropping, each some kilobytes. Where a part of the page follows a signal, the part as a whole is
//! replaced here instead, by one piece of code for all parts. `AnyView` forgets types too, but turns
//! every attribute into an owned one on the way (measured: 6 kB more for this widget).

use leptos::{
    IntoView,
    tachys::{
        html::attribute::{Attribute, any_attribute::AnyAttribute},
        hydration::Cursor,
        renderer::types,
        view::{Mountable, Position, PositionState, Render, RenderHtml, add_attr::AddAnyAttr},
    },
};
use send_wrapper::SendWrapper;

/// A part of the page that follows what it reads.
pub type Live = Box<dyn FnMut() -> Part + Send>;

/// Shows what `view` gives, and anew whenever a signal that it read has changed.
///
/// ```no_run
/// use hallpass::ui::part::live;
/// use leptos::prelude::*;
///
/// let name = RwSignal::new(Some("Maya".to_owned()));
/// let greeting = view! { <p>{live(move || name.get().map(|name| view! { <b>{name}</b> }))}</p> };
/// ```
pub fn live<V>(mut view: impl FnMut() -> V + Send + 'static) -> Live
where
    V: IntoView + 'static,
{
    Box::new(move || Part::new(view()))
}

/// An attribute that follows what it reads; without a value it is not there.
pub type LiveAttribute = Box<dyn FnMut() -> Option<&'static str> + Send>;

/// Shows an attribute as `value` gives it.
pub fn live_attribute(
    value: impl FnMut() -> Option<&'static str> + Send + 'static,
) -> LiveAttribute {
    Box::new(value)
}

/// What runs at an event.
pub type Handler<E> = Box<dyn FnMut(E)>;

/// Forgets the type of `run`, so that the code that attaches it is there once for all handlers of
/// a kind of event.
///
/// What whoever joins a class downloads attaches its handlers with `:capture`: Leptos attaches any
/// other through code that can also delegate events, which stays in the program though nothing uses
/// it.
pub fn handler<E>(run: impl FnMut(E) + 'static) -> Handler<E> {
    Box::new(run)
}

/// A view of whatever type, built and not yet on the page.
pub struct Part(SendWrapper<Built>);

impl Part {
    /// Builds `view`, and forgets its type.
    ///
    /// It is built at once: to keep it for later, every type of view would need code that takes it
    /// along and code that throws it away.
    pub fn new<V: IntoView + 'static>(view: V) -> Self {
        let built = view.into_view().build();
        // Leptos wants views that could go to another thread. There is none.
        Self(SendWrapper::new(Built(Box::new(built))))
    }
}

/// What a [`Part`] has become on the page.
pub struct Built(Box<dyn OnPage>);

/// What is ever asked of what a view has become. `dyn Mountable` would keep, for each type of view,
/// the code that lists its elements besides, which nobody asks for.
trait OnPage {
    fn unmount(&mut self);
    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>);
    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool;
}

impl<M: Mountable> OnPage for M {
    fn unmount(&mut self) {
        Mountable::unmount(self);
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        Mountable::mount(self, parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        Mountable::insert_before_this(self, child)
    }
}

impl Mountable for Built {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }

    /// They are not known any more: attributes from outside are not taken either, see below.
    fn elements(&self) -> Vec<types::Element> {
        Vec::new()
    }
}

impl Render for Part {
    type State = Built;

    fn build(self) -> Built {
        self.0.take()
    }

    fn rebuild(self, state: &mut Built) {
        let mut new = self.build();
        state.0.insert_before_this(&mut new);
        state.0.unmount();
        *state = new;
    }
}

/// A part takes no attributes from outside: its elements are not known any more.
impl AddAnyAttr for Part {
    type Output<NewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _attr: NewAttr) -> Self {
        self
    }
}

/// Leptos asks every view for its HTML too; the widget is only ever built in a browser.
impl RenderHtml for Part {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _buf: &mut String,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        _cursor: &Cursor,
        _position: &PositionState,
    ) -> Built {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
