//! Choosing one of many by typing a part of its name: an editable combobox with a list (ARIA
//! Authoring Practices, "Combobox"). What it decides stands in [`Choosing`].
//!
//! The list lies in the page's flow, not over it: in a frame that is as high as its content, what
//! lies over it would be cut off.

use leptos::{html::Input, prelude::*};
use web_sys::{KeyboardEvent, MouseEvent};

use crate::{
    flows::choosing::Choosing,
    i18n::{I18n, Text},
    ui::{
        part::{Part, handler, live, live_attribute},
        scroll,
    },
};

const LIST_ID: &str = "choices";
const HINT_ID: &str = "choices-hint";
const ACTIVE_ID: &str = "choice-active";

/// The field with its list.
#[component]
pub fn Combobox(
    /// The field's name.
    label: Text,
    /// What helps to find something.
    hint: Text,
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
        scroll::into_view(ACTIVE_ID);
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
    let options = live(move || {
        let (listed, active, picked) = choosing.with(|choosing| {
            let listed: Vec<_> = choosing
                .listed()
                .into_iter()
                .map(|(at, choice)| (at, choice.clone()))
                .collect();
            (listed, choosing.active(), choosing.picked())
        });
        listed
            .into_iter()
            .map(|(at, choice)| {
                let is_active = active == Some(at);
                Part::new(view! {
                    <li
                        role="option"
                        class="choice"
                        id=is_active.then_some(ACTIVE_ID)
                        aria-selected=if is_active || picked == Some(at) { "true" } else { "false" }
                        on:click=handler(move |_| change(&|choosing| choosing.pick(at)))
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
    view! {
        <div class="field">
            <label for="class">{i18n.show(label)}</label>
            <input
                id="class"
                type="text"
                role="combobox"
                autocomplete="off"
                spellcheck="false"
                aria-autocomplete="list"
                aria-controls=LIST_ID
                aria-expanded=live_attribute(move || Some(if is_open() { "true" } else { "false" }))
                aria-activedescendant=live_attribute(move || {
                    choosing.with(|choosing| choosing.active().map(|_| ACTIVE_ID))
                })
                aria-invalid=live_attribute(move || failure.run(()).map(|_| "true"))
                aria-describedby=live_attribute(move || failure.run(()).or(Some(HINT_ID)))
                node_ref=field
                on:input=handler(move |event| {
                    let text = event_target_value(&event);
                    change(&|choosing| choosing.write(text.clone()));
                })
                on:keydown=handler(on_key)
                on:click=handler(move |_| change(&Choosing::open))
                on:blur=handler(move |_| change(&Choosing::leave))
            />
            // A press in the list must not take the focus off the field, which would close it.
            <ul
                id=LIST_ID
                class="choices"
                role="listbox"
                aria-label=i18n.show(label)
                hidden=live_attribute(move || (!is_open()).then_some(""))
                on:mousedown=handler(move |event: MouseEvent| event.prevent_default())
            >
                {options}
            </ul>
            <p id=HINT_ID class="hint" aria-live="polite">
                {live(move || i18n.show(if choosing.with(Choosing::fits_nothing) { none_fits } else { hint }))}
            </p>
        </div>
    }
}
