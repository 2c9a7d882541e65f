//! Puts the page's colours, corners and font on the widget.

use core::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{HtmlElement, MediaQueryList};

use super::{
    colour::Colour,
    theming::{AA, AAA, Correction, PROPERTIES, Palette, Variables, styles},
};

/// What the widget wears.
pub struct Wardrobe {
    element: HtmlElement,
    variables: RefCell<Variables>,
    /// Somebody asked for high contrast.
    contrast: RefCell<bool>,
    /// Named in the console, each once.
    told: RefCell<Vec<Correction>>,
    /// The browser's wish for dark, on which the colours depend that the page does not give.
    dark: Option<MediaQueryList>,
    changed: RefCell<Option<Closure<dyn FnMut()>>>,
}

impl Wardrobe {
    /// For this element; follows the browser's theme.
    pub fn new(element: HtmlElement) -> Rc<Self> {
        let dark = web_sys::window()
            .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok()?);
        let wardrobe = Rc::new(Self {
            element,
            variables: RefCell::default(),
            contrast: RefCell::new(false),
            told: RefCell::default(),
            dark,
            changed: RefCell::new(None),
        });
        let weak = Rc::downgrade(&wardrobe);
        let changed = Closure::<dyn FnMut()>::new(move || {
            if let Some(wardrobe) = weak.upgrade() {
                wardrobe.put_on();
            }
        });
        if let Some(dark) = &wardrobe.dark {
            dark.set_onchange(Some(changed.as_ref().unchecked_ref()));
        }
        wardrobe.changed.replace(Some(changed));
        wardrobe
    }

    /// Takes what the page gives.
    pub fn take(&self, variables: Variables) {
        self.variables.borrow_mut().update(variables);
        self.put_on();
    }

    /// Has everything stand out more, or as usual.
    pub fn stand_out(&self, more: bool) {
        self.contrast.replace(more);
        self.put_on();
    }

    /// Puts everything on anew: in the theme that is in force now.
    pub fn put_on(&self) {
        let style = self.element.style();
        for name in PROPERTIES {
            // What was never put on need not be taken off.
            let _ = style.remove_property(name);
        }
        let Some(palette) = self.palette() else {
            return;
        };
        let least = if *self.contrast.borrow() { AAA } else { AA };
        let styles = styles(&self.variables.borrow(), palette, least);
        for (name, value) in &styles.properties {
            // A value that the browser does not take is none.
            let _ = style.set_property(name, value);
        }
        let mut told = self.told.borrow_mut();
        for correction in styles.corrections {
            if !told.contains(&correction) {
                web_sys::console::warn_1(&correction.words().into());
                told.push(correction);
            }
        }
    }

    /// The colours in force without the page's.
    fn palette(&self) -> Option<Palette> {
        let computed = web_sys::window()?
            .get_computed_style(&self.element)
            .ok()??;
        let colour = |name| Colour::parse(&computed.get_property_value(name).ok()?);
        Some(Palette {
            accent: colour("--accent")?,
            surface: colour("--surface")?,
            text: colour("--text")?,
            border: colour("--border")?,
            good: colour("--good")?,
            bad: colour("--bad")?,
            focus: colour("--focus")?,
        })
    }
}

impl Drop for Wardrobe {
    fn drop(&mut self) {
        if let Some(dark) = &self.dark {
            dark.set_onchange(None);
        }
    }
}
