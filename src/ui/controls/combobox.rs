//! Choosing one of many by typing a part of its name: an editable combobox with a list (ARIA
//! Authoring Practices, "Combobox"). What it decides stands in [`Choosing`].
//!
//! The list lies in the page's flow, not over it: in a frame that is as high as its content, what
//! lies over it would be cut off.

use gloo_timers::future::TimeoutFuture;
use leptos::{html::Input, prelude::*};
use web_sys::{KeyboardEvent, MouseEvent};

use crate::{
    flows::choosing::{Choice, Choosing},
    i18n::{I18n, Text},
    ui::{
        notices::Notices,
        part::{Part, handler, live, live_attribute},
        scroll,
        tasks::spawn_local,
    },
};

/// What the parts of one field are named by, so that a page may have several.
#[derive(Clone, Copy)]
pub struct Ids {
    /// The field.
    pub field: &'static str,
    /// Its list.
    pub list: &'static str,
    /// Its hint.
    pub hint: &'static str,
    /// The choice that Enter would pick.
    pub active: &'static str,
}

/// What the list shows: the choices with their places, the one that Enter would pick, the one that
/// was picked.
type Listed = (Vec<(usize, Choice)>, Option<usize>, Option<usize>);

/// The field with its list.
#[component]
pub fn Combobox(
    /// What its parts are named by.
    ids: &'static Ids,
    /// The field's name.
    label: Text,
    /// What helps to find something; tracked.
    hint: Callback<(), Text>,
    /// What is said where nothing fits what was typed.
    none_fits: Text,
    /// What there is to choose from, and how far the choice has come.
    choosing: RwSignal<Choosing>,
    /// The field.
    field: NodeRef<Input>,
    /// The id of the failure's text while it is about this field; tracked.
    failure: Callback<(), Option<&'static str>>,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let notices = expect_context::<Notices>();
    // Where the choice has changed what stands in the field, it is put there.
    let change = move |how: &dyn Fn(&mut Choosing)| {
        choosing.update(how);
        if let Some(input) = field.get_untracked() {
            choosing.with_untracked(|choosing| {
                if input.value() != choosing.text() {
                    input.set_value(choosing.text());
                }
            });
        }
        scroll::into_view(notices.place, ids.active);
    };
    let on_key = move |event: KeyboardEvent| {
        // Enter that ends a word of an input method is not meant for the list.
        if event.is_composing() {
            return;
        }
        change(&|choosing| {
            if choosing.press(&event.key()) {
                event.prevent_default();
            }
        });
    };
    // A press that takes the focus off the field closes the list. It stays in sight until the button
    // of the mouse is up again: what is pressed must not move away from under the pointer.
    let lingers = RwSignal::new(false);
    let on_blur = move |_| {
        lingers.set(choosing.with_untracked(Choosing::is_open) && is_pressed());
        change(&Choosing::leave);
    };
    let released = window_event_listener_untyped("mouseup", move |_| {
        if lingers.get_untracked() {
            spawn_local(async move {
                TimeoutFuture::new(0).await;
                lingers.set(false);
            });
        }
    });
    on_cleanup(move || released.remove());
    let (mut listed, mut active, mut picked) = Listed::default();
    let options = live(move || {
        if !lingers.get() {
            (listed, active, picked) = choosing.with(|choosing| {
                let listed = choosing.listed().into_iter();
                let listed = listed.map(|(at, choice)| (at, choice.clone())).collect();
                (listed, choosing.active(), choosing.picked())
            });
        }
        listed
            .iter()
            .cloned()
            .map(|(at, choice)| {
                let is_active = active == Some(at);
                Part::new(view! {
                    <li
                        role="option"
                        class="choice"
                        id=is_active.then_some(ids.active)
                        aria-selected=if is_active || picked == Some(at) { "true" } else { "false" }
                        on:click:capture=handler(move |_| change(&|choosing| choosing.pick(at)))
                    >
                        <bdi>{choice.name}</bdi>
                        " "
                        <bdi class="hint">{choice.section}</bdi>
                    </li>
                })
            })
            .collect::<Vec<_>>()
    });
    let is_open = move || choosing.with(Choosing::is_open);
    let fits_nothing = Memo::new(move |_| choosing.with(Choosing::fits_nothing));
    Effect::new(move || {
        let words = fits_nothing.get().then(|| untrack(|| i18n.text(none_fits)));
        notices.announce(words.unwrap_or_default());
    });
    view! {
        <div class="field">
            <label for=ids.field>{i18n.show(label)}</label>
            <input
                id=ids.field
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                aria-autocomplete="list"
                aria-controls=ids.list
                aria-expanded=live_attribute(move || Some(if is_open() { "true" } else { "false" }))
                aria-activedescendant=live_attribute(move || {
                    choosing.with(|choosing| choosing.active().map(|_| ids.active))
                })
                aria-invalid=live_attribute(move || failure.run(()).map(|_| "true"))
                aria-describedby=live_attribute(move || failure.run(()).or(Some(ids.hint)))
                node_ref=field
                on:input:capture=handler(move |event| {
                    let text = event_target_value(&event);
                    change(&|choosing| choosing.write(text.clone()));
                })
                on:keydown:capture=handler(on_key)
                on:click:capture=handler(move |_| change(&Choosing::open))
                on:blur:capture=handler(on_blur)
            />
            // A press in the list must not take the focus off the field, which would close it.
            <ul
                id=ids.list
                class="choices"
                role="listbox"
                aria-label=i18n.show(label)
                hidden=live_attribute(move || (!is_open() && !lingers.get()).then_some(""))
                on:mousedown:capture=handler(move |event: MouseEvent| event.prevent_default())
            >
                {options}
            </ul>
            <p id=ids.hint class="hint">
                {live(move || i18n.text(if fits_nothing.get() { none_fits } else { hint.run(()) }))}
            </p>
        </div>
    }
}

/// Whether something on the page is being pressed with a pointer, at this moment.
fn is_pressed() -> bool {
    let pressed = document().query_selector("body :active");
    pressed.is_ok_and(|pressed| pressed.is_some())
}
