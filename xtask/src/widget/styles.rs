//! The styles: the sheets that people write, as the page loads them.
//!
//! One file instead of several compresses better, and the page names it once. What only the views of
//! staff need goes with those, see [`split`](super::split).

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::minify;
use super::page::{hash, integrity};
use crate::setup::Program;

/// What a sheet's element on the page begins with, as Trunk writes it.
const ELEMENT: &str = "<link rel=\"stylesheet\" href=\"./";

/// Lets the integrity be checked also where the page has no origin of its own, in a sandboxed frame.
const CROSSORIGIN: &str = " crossorigin=\"anonymous\"";

/// What the name of the staff's sheet begins with; its source is `style/staff.css`.
const OF_STAFF: &str = "staff-";

/// The page with its one sheet, and the sheet that it does not load.
#[derive(Debug)]
pub struct Styled {
    /// The text of `index.html`.
    pub html: String,
    /// The name of its one sheet, and what that has to be.
    pub sheet: (String, String),
    /// The sheet of the views of staff.
    pub staff: Vec<u8>,
}

/// Puts one sheet into `stage`, in the place of those that `html` refers to there.
///
/// # Errors
///
/// Fails when the page refers to no sheet of staff or to no other, and when esbuild does.
pub fn gathered(esbuild: &Program, stage: &Path, html: &str) -> Result<Styled> {
    let (before, _) = html.split_once(ELEMENT).context("the page has no sheet")?;
    let (mut after, mut first, mut staff) = (String::new(), String::new(), String::new());
    for piece in html.split(ELEMENT).skip(1) {
        let (name, rest) = piece.split_once('"').context("a sheet without a name")?;
        let (_, rest) = rest.split_once('>').context("an element without an end")?;
        after.push_str(rest);
        let file = stage.join(name);
        let sheet =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        fs::remove_file(file)?;
        if name.starts_with(OF_STAFF) {
            staff.push_str(&sheet);
        } else {
            // In their order, on which the layers of all sheets depend.
            first.push_str(&sheet);
        }
    }
    ensure!(!staff.is_empty(), "the page has no sheet of staff");
    ensure!(!first.is_empty(), "the page has no sheet but that of staff");
    let first = minify::sheet(esbuild, stage, &first)?;
    let name = format!("hallpass-{}.css", hash(&[&first]));
    let integrity = integrity(&first);
    let element = format!("{ELEMENT}{name}\"{CROSSORIGIN} integrity=\"{integrity}\">");
    fs::write(stage.join(&name), first)?;
    Ok(Styled {
        sheet: (name, integrity),
        html: [before, &element, &after].concat(),
        staff: minify::sheet(esbuild, stage, &staff)?,
    })
}
