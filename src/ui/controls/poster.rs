//! A class code that is read from the back of the classroom.

use js_sys::{Function, Promise, Reflect};
use leptos::{
    html::{Dialog, Div},
    prelude::*,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{press::Press, qr_code::QrCode};
use crate::{
    i18n::{I18n, Text, text},
    session::account::shown,
    ui::{part::handler, tasks::spawn_local},
};

/// How wide a character of the code is drawn, and how high the line is, in the units of the drawing.
const CHARACTER: usize = 12;
const LINE: usize = 20;

/// The code as large as it gets: on the whole screen where the browser gives it, else on the whole
/// page. Opens as soon as it is there, which has to be inside a person's press.
#[component]
pub fn Poster(
    /// The class's name.
    name: String,
    /// The code.
    code: String,
    /// What the QR code holds.
    link: String,
    /// What the QR code is called.
    label: Text,
    /// It was closed.
    on_close: Callback<()>,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    let dialog = NodeRef::<Dialog>::new();
    let sheet = NodeRef::<Div>::new();
    Effect::new(move || {
        if let (Some(dialog), Some(sheet)) = (dialog.get(), sheet.get()) {
            // It is on the page, and not open yet: nothing that could fail.
            let _ = dialog.show_modal();
            fill_screen(&sheet);
        }
    });
    let close = Callback::new(move |()| {
        leave_full_screen();
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    });
    let is_left = move |_| {
        if document().fullscreen_element().is_none() {
            close.run(());
        }
    };
    let width = CHARACTER * code.chars().count();
    view! {
        <dialog
            class="poster"
            aria-label=i18n.show(text::CLASS_CODE)
            node_ref=dialog
            on:close=handler(move |_| on_close.run(()))
        >
            <div class="poster-sheet" node_ref=sheet on:fullscreenchange=handler(is_left)>
                <p class="poster-class"><bdi>{shown(&name)}</bdi></p>
                // Drawn, since a drawing grows until it touches an edge, whatever the font.
                <svg class="poster-code" viewBox=format!("0 0 {width} {LINE}")>
                    <text x="0" y="15" textLength=width.to_string()>{code}</text>
                </svg>
                <QrCode content=link label />
                <Press label=text::CLOSE on_press=close />
            </div>
        </dialog>
    }
}

/// Asks for the whole screen. Where there is none to be had, the page will do.
fn fill_screen(sheet: &JsValue) {
    // By its name: iPhones do not have it, older browsers give no promise, and one that is broken
    // and that nobody waits for would be an error in the console.
    let asked = Reflect::get(sheet, &"requestFullscreen".into())
        .and_then(JsCast::dyn_into::<Function>)
        .and_then(|ask| ask.call0(sheet));
    if let Ok(asked) = asked {
        spawn_local(async move {
            let _ = JsFuture::from(Promise::resolve(&asked)).await;
        });
    }
}

/// Gives the screen back, where it was given.
fn leave_full_screen() {
    let document = document();
    if document.fullscreen_element().is_some() {
        document.exit_fullscreen();
    }
}
