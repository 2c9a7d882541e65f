//! A QR code, drawn as one path.

use core::fmt::Write as _;

use leptos::prelude::*;
use qrcodegen::{QrCode as Modules, QrCodeEcc};

use crate::i18n::{I18n, Text};

/// How many modules have to be empty around a code (ISO/IEC 18004).
const QUIET_ZONE: i32 = 4;

/// The code of a text; nothing where the text is longer than any code (about 2,000 characters).
#[component]
pub fn QrCode(
    /// What is read from it.
    content: String,
    /// Its name, for those who do not see it.
    label: Text,
) -> impl IntoView {
    let i18n = expect_context::<I18n>();
    drawn(&content).map(|(size, path)| {
        view! {
            <svg class="qr" role="img" aria-label=i18n.show(label) viewBox=format!("0 0 {size} {size}")>
                <path d=path />
            </svg>
        }
    })
}

/// The side of the code in modules, its empty border among them, and the outline of the dark ones.
///
/// The runs of a row are one rectangle each: a square for every module would be four times as long,
/// and leaves hair lines between them on some screens.
fn drawn(content: &str) -> Option<(i32, String)> {
    let modules = Modules::encode_text(content, QrCodeEcc::Medium).ok()?;
    let size = modules.size();
    let mut path = String::new();
    for y in 0..size {
        let mut x = 0;
        while x < size {
            let run = (x..size).take_while(|x| modules.get_module(*x, y)).count();
            if run > 0 {
                let (left, top) = (x + QUIET_ZONE, y + QUIET_ZONE);
                // Writing into a string cannot fail.
                let _ = write!(path, "M{left} {top}h{run}v1h-{run}z");
            }
            x += i32::try_from(run).unwrap_or(size) + 1;
        }
    }
    Some((size + 2 * QUIET_ZONE, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The dark modules that the path fills, as its rectangles say.
    fn filled(path: &str) -> Vec<(i32, i32)> {
        let mut modules = Vec::new();
        for rectangle in path.split('M').skip(1) {
            let (place, rest) = rectangle.split_once('h').unwrap();
            let (x, y) = place.split_once(' ').unwrap();
            let (run, _) = rest.split_once('v').unwrap();
            let (x, y): (i32, i32) = (x.parse().unwrap(), y.parse().unwrap());
            let run: i32 = run.parse().unwrap();
            modules.extend((x..x + run).map(|x| (x, y)));
        }
        modules
    }

    #[test]
    fn the_path_fills_the_dark_modules_and_no_others() {
        let content = "https://widget.school.example/#view=join&course=741234567890&code=k5xq2ma";
        let (size, path) = drawn(content).unwrap();
        let modules = Modules::encode_text(content, QrCodeEcc::Medium).unwrap();
        let mut dark = Vec::new();
        for y in 0..size {
            for x in 0..size {
                if modules.get_module(x - QUIET_ZONE, y - QUIET_ZONE) {
                    dark.push((x, y));
                }
            }
        }
        assert_eq!(filled(&path), dark);
        assert_eq!(size, modules.size() + 8);
    }

    #[test]
    fn the_border_stays_empty() {
        let (size, path) = drawn("k5xq2ma").unwrap();
        assert!(path.contains("M4 4h7v1h-7z"), "the corner begins behind it");
        for (x, y) in filled(&path) {
            assert!((4..size - 4).contains(&x) && (4..size - 4).contains(&y));
        }
    }

    #[test]
    fn a_text_that_no_code_holds_is_not_drawn() {
        assert!(drawn(&"a".repeat(3_000)).is_none());
    }
}
