//! Buttons that put texts into the clipboard.

use leptos::{html::Textarea, prelude::*};

use super::press::Press;
use crate::{
    i18n::{I18n, Text, text},
    ui::{
        clipboard,
        notices::Notices,
        part::{Part, live},
        tasks::spawn_local,
    },
};

/// A text that can be copied.
#[derive(Clone, Copy)]
pub struct Copyable {
    /// What stands on its button.
    pub label: Text,
    /// The text; read in the press.
    pub text: Callback<(), String>,
}

impl Copyable {
    /// `text`, on a button with `label`.
    pub fn new(label: Text, text: impl Fn() -> String + Send + Sync + 'static) -> Self {
        Self {
            label,
            text: Callback::new(move |()| text()),
        }
    }
}

/// The buttons. Where the browser does not let the page copy, the text itself appears below them,
/// selected.
#[component]
pub fn Copies(
    /// What can be copied.
    copies: Vec<Copyable>,
) -> impl IntoView {
    let notices = expect_context::<Notices>();
    let refused = RwSignal::new(None);
    let buttons: Vec<_> = copies
        .into_iter()
        .map(|Copyable { label, text }| {
            let on_press = Callback::new(move |()| {
                let text = text.run(());
                let written = clipboard::write(&text);
                spawn_local(async move {
                    if written.await {
                        refused.set(None);
                        notices.say_aside(text::COPIED);
                    } else {
                        refused.set(Some((label, text)));
                    }
                });
            });
            Part::new(view! { <Press label on_press /> })
        })
        .collect();
    view! {
        <div class="card-actions">{buttons}</div>
        {live(move || {
            refused.get().map(|(label, text)| Part::new(view! { <ByHand label text /> }))
        })}
    }
}

/// A text to be copied by hand. It has the focus, and is selected, as soon as it is there.
#[component]
fn ByHand(label: Text, text: String) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let field = NodeRef::<Textarea>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            // Here, and not as an attribute: that would come later, and undo the selection.
            field.set_value(&text);
            // What cannot take the focus can still be selected by hand.
            let _ = field.focus();
            field.select();
        }
    });
    view! {
        <div class="field">
            <p class="hint" id="copy-by-hand">{i18n.show(text::COPY_BY_HAND)}</p>
            <textarea
                rows="3"
                readonly
                aria-label=i18n.show(label)
                aria-describedby="copy-by-hand"
                node_ref=field
            ></textarea>
        </div>
    }
}
