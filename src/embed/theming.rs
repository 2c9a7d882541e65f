//! The embedding page's colours, corner and font, made into the widget's own.
//!
//! A page gives up to six values; everything else follows from them, so that whatever is given can
//! be read: a pair of colours that could not is corrected, and named. Pure.

use serde::Deserialize;

use super::colour::{Colour, number};

/// What contrast text needs (WCAG 2.2, 1.4.3, level AA).
pub const AA: f64 = 4.5;
/// What it gets where somebody asked for more (1.4.6, level AAA).
pub const AAA: f64 = 7.0;
/// What edges of fields and the focus need (1.4.11).
const EDGE: f64 = 3.0;

/// The longest value that is looked at.
const LONGEST: usize = 200;

/// What a page may give. There is no other: what has another name is no part of this.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Variables {
    /// Buttons, links.
    #[serde(rename = "--hall-pass-accent")]
    pub accent: Option<String>,
    /// The ground.
    #[serde(rename = "--hall-pass-surface")]
    pub surface: Option<String>,
    /// What is written on it.
    #[serde(rename = "--hall-pass-text")]
    pub text: Option<String>,
    /// The edges of fields.
    #[serde(rename = "--hall-pass-border")]
    pub border: Option<String>,
    /// How round corners are.
    #[serde(rename = "--hall-pass-radius")]
    pub radius: Option<String>,
    /// The names of fonts, best first.
    #[serde(rename = "--hall-pass-font")]
    pub font: Option<String>,
}

impl Variables {
    /// Takes the values that `newer` has; an empty one takes a value back.
    pub fn update(&mut self, newer: Self) {
        let pairs = [
            (&mut self.accent, newer.accent),
            (&mut self.surface, newer.surface),
            (&mut self.text, newer.text),
            (&mut self.border, newer.border),
            (&mut self.radius, newer.radius),
            (&mut self.font, newer.font),
        ];
        for (own, newer) in pairs {
            if newer.is_some() {
                *own = newer.filter(|value| !value.is_empty());
            }
        }
    }
}

/// The colours in force where a page gives none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Buttons, links.
    pub accent: Colour,
    /// The ground.
    pub surface: Colour,
    /// What is written on it.
    pub text: Colour,
    /// The edges of fields.
    pub border: Colour,
    /// What went well.
    pub good: Colour,
    /// What did not.
    pub bad: Colour,
    /// Around what has the focus.
    pub focus: Colour,
}

/// A colour that could not be read where it was to stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The page's name for it.
    pub variable: &'static str,
    /// What was to be used.
    pub given: Colour,
    /// What is used instead.
    pub used: Colour,
    /// Tenths of the contrast that it had, and that it needs.
    pub contrast: [u32; 2],
}

impl Correction {
    /// For the console.
    pub fn words(&self) -> String {
        let Self {
            variable,
            given,
            used,
            contrast: [had, needs],
        } = self;
        let ratio = |tenths: &u32| format!("{}.{}:1", tenths / 10, tenths % 10);
        format!(
            "Hall Pass: {variable}: {given} has a contrast of {}, and needs {}; {used} is used.",
            ratio(had),
            ratio(needs)
        )
    }
}

/// What is to be set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Styles {
    /// Names and values of the widget's own properties (`style/tokens.css`).
    pub properties: Vec<(&'static str, String)>,
    /// What was corrected.
    pub corrections: Vec<Correction>,
}

/// Every property that [`styles`] may set.
pub const PROPERTIES: [&str; 18] = [
    "--surface",
    "--surface-sunk",
    "--text",
    "--text-soft",
    "--border",
    "--border-soft",
    "--accent",
    "--accent-strong",
    "--on-accent",
    "--accent-soft",
    "--good-soft",
    "--good",
    "--bad-soft",
    "--bad",
    "--focus",
    "--radius",
    "--radius-small",
    "--font",
];

/// What follows from `variables` where `palette` is in force without them; text is to have a contrast
/// of `least`. Values that are none are left out.
pub fn styles(variables: &Variables, palette: Palette, least: f64) -> Styles {
    let mut styles = Styles::default();
    let given = |value: &Option<String>| Colour::parse(value.as_deref()?);
    let (accent, surface) = (given(&variables.accent), given(&variables.surface));
    let (text, border) = (given(&variables.text), given(&variables.border));
    if [accent, surface, text, border].iter().any(Option::is_some) || least > AA {
        let wanted = Palette {
            accent: accent.unwrap_or(palette.accent),
            surface: surface.unwrap_or(palette.surface),
            text: text.unwrap_or(palette.text),
            border: border.unwrap_or(palette.border),
            ..palette
        };
        let told = [
            ("--hall-pass-accent", accent.or(surface)),
            ("--hall-pass-text", text.or(surface)),
            ("--hall-pass-border", border.or(surface)),
        ]
        .map(|(variable, given)| given.map(|_| variable));
        colours(&mut styles, wanted, told, least);
    }
    if let Some(radius) = variables.radius.as_deref().and_then(length) {
        styles
            .properties
            .push(("--radius-small", format!("calc({radius} * 2 / 3)")));
        styles.properties.push(("--radius", radius));
    }
    if let Some(font) = variables.font.as_deref().and_then(fonts) {
        styles.properties.push(("--font", font));
    }
    styles
}

/// All colours, from those that are wanted. `told` are the names to report accent, text and border by.
fn colours(styles: &mut Styles, wanted: Palette, told: [Option<&'static str>; 3], least: f64) {
    let surface = wanted.surface;
    let [told_accent, told_text, told_border] = told;
    // A tint of the ground on which text is still read as well as it has to be.
    let ink = Colour::ink_on(&[surface]);
    let tinted = |tint: Colour, share: f64| {
        [share, share / 2.0, share / 4.0]
            .into_iter()
            .map(|share| surface.mixed(tint, share))
            .find(|ground| ink.contrast(*ground) >= least)
            .unwrap_or(surface)
    };
    let first = wanted.accent.readable_on(&[surface], least);
    let sunk = tinted(wanted.text, 0.05);
    let accent_soft = tinted(first, 0.12);
    let good_soft = tinted(wanted.good, 0.12);
    let bad_soft = tinted(wanted.bad, 0.1);
    let grounds = [surface, sunk, accent_soft, good_soft, bad_soft];

    let mut readable =
        |colour: Colour, variable: Option<&'static str>, grounds: &[Colour], least| {
            let used = colour.readable_on(grounds, least);
            if let (true, Some(variable)) = (used != colour, variable) {
                let tenths = |contrast: f64| (contrast * 10.0) as u32;
                styles.corrections.push(Correction {
                    variable,
                    given: colour,
                    used,
                    contrast: [tenths(colour.least_contrast(grounds)), tenths(least)],
                });
            }
            used
        };
    let accent = readable(wanted.accent, told_accent, &grounds, least);
    let text = readable(wanted.text, told_text, &grounds, least);
    let border = readable(wanted.border, told_border, &[surface], EDGE);
    let text_soft = readable(text.mixed(surface, 0.25), None, &grounds, least);
    let good = readable(wanted.good, None, &[surface, good_soft], least);
    let bad = readable(wanted.bad, None, &[surface, bad_soft], least);
    let focus = readable(wanted.focus, None, &[surface, sunk], EDGE);

    let on_accent = Colour::ink_on(&[accent]);
    // Away from what is written on it, so that it is read there even better.
    let accent_strong = accent.mixed(Colour::ink_on(&[on_accent]), 0.2);
    let colours = [
        ("--surface", surface),
        ("--surface-sunk", sunk),
        ("--text", text),
        ("--text-soft", text_soft),
        ("--border", border),
        ("--border-soft", surface.mixed(border, 0.3)),
        ("--accent", accent),
        ("--accent-strong", accent_strong),
        ("--on-accent", on_accent),
        ("--accent-soft", accent_soft),
        ("--good-soft", good_soft),
        ("--good", good),
        ("--bad-soft", bad_soft),
        ("--bad", bad),
        ("--focus", focus),
    ];
    let colours = colours.map(|(name, colour)| (name, colour.to_string()));
    styles.properties.extend(colours);
}

/// A length that a corner may have.
fn length(text: &str) -> Option<String> {
    let text = text.trim();
    let most = [("px", 64.0), ("rem", 4.0), ("em", 4.0)];
    let fits = text == "0"
        || most.iter().any(|(unit, most)| {
            let digits = text.strip_suffix(unit);
            digits.is_some_and(|digits| number(digits, *most).is_some())
        });
    // A bare zero could not be calculated with.
    fits.then(|| if text == "0" { "0px" } else { text }.to_owned())
}

/// Names of fonts, with quotes or without, separated by commas.
fn fonts(text: &str) -> Option<String> {
    let name = |name: &str| {
        let name = name.trim();
        let bare = ['"', '\''].into_iter().find_map(|quote| {
            name.strip_prefix(quote)
                .map(|rest| rest.strip_suffix(quote))
        });
        let bare = bare.unwrap_or(Some(name))?;
        let fits = !bare.trim().is_empty()
            && bare
                .chars()
                .all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        // Names that begin with a digit, or hold anything unusual, need quotes; names of kinds of
        // fonts, such as `serif`, must have none.
        let is_plain = bare
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
        fits.then(|| {
            if is_plain {
                bare.to_owned()
            } else {
                format!("\"{bare}\"")
            }
        })
    };
    if text.len() > LONGEST {
        return None;
    }
    let names: Option<Vec<_>> = text.split(',').map(name).collect();
    names.map(|names| names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    /// The light theme of `style/tokens.css`.
    fn light() -> Palette {
        Palette {
            accent: colour("#0b6b50"),
            surface: colour("#ffffff"),
            text: colour("#1d2a26"),
            border: colour("#7b8a84"),
            good: colour("#0b6b50"),
            bad: colour("#a8321f"),
            focus: colour("#1a5fd0"),
        }
    }

    fn given(pairs: &[(&str, &str)]) -> Variables {
        let map: serde_json::Map<_, _> = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).into()))
            .collect();
        serde_json::from_value(map.into()).unwrap()
    }

    fn value(styles: &Styles, name: &str) -> Option<String> {
        let found = styles.properties.iter().find(|(n, _)| *n == name);
        found.map(|(_, value)| value.clone())
    }

    /// Every pair that one is read on the other, with the contrast that it needs.
    fn assert_readable(styles: &Styles, least: f64, what: &str) {
        let get = |name| colour(&value(styles, name).unwrap());
        let grounds = [
            "--surface",
            "--surface-sunk",
            "--accent-soft",
            "--good-soft",
            "--bad-soft",
        ];
        let pairs = ["--text", "--text-soft", "--accent"]
            .into_iter()
            .flat_map(|ink| grounds.map(|ground| (ink, ground, least)))
            .chain([
                ("--on-accent", "--accent", AA),
                ("--on-accent", "--accent-strong", AA),
                ("--good", "--good-soft", least),
                ("--bad", "--bad-soft", least),
                ("--border", "--surface", EDGE),
                ("--focus", "--surface", EDGE),
            ]);
        for (ink, ground, least) in pairs {
            let contrast = get(ink).contrast(get(ground));
            assert!(contrast >= least, "{what}: {ink} on {ground}: {contrast}");
        }
    }

    #[test]
    fn nothing_given_changes_nothing() {
        assert_eq!(
            styles(&Variables::default(), light(), AA),
            Styles::default()
        );
    }

    #[test]
    fn a_colour_that_is_read_well_is_used_as_it_is() {
        let styles = styles(&given(&[("--hall-pass-accent", "#5b2a86")]), light(), AA);
        assert_eq!(value(&styles, "--accent").as_deref(), Some("#5b2a86"));
        assert_eq!(value(&styles, "--on-accent").as_deref(), Some("#ffffff"));
        assert_eq!(styles.corrections, []);
    }

    #[test]
    fn a_colour_that_is_not_is_corrected_and_named() {
        let styles = styles(&given(&[("--hall-pass-accent", "#ffee00")]), light(), AA);
        let [correction] = styles.corrections.as_slice() else {
            panic!("{:?}", styles.corrections);
        };
        let words = correction.words();
        assert!(words.contains("--hall-pass-accent: #ffee00"), "{words}");
        assert!(
            words.contains("1.1:1") || words.contains("1.0:1"),
            "{words}"
        );
        assert!(words.contains("4.5:1"), "{words}");
        assert_readable(&styles, AA, "yellow");
    }

    #[test]
    fn whatever_colours_are_given_everything_can_be_read() {
        let tones = [
            "#000", "#fff", "#777", "#808080", "#757575", "#ff0000", "#00ff00", "#0000ff",
            "#ffee00", "#123456", "#fedcba", "#17211e",
        ];
        for surface in tones {
            for accent in tones {
                for text in tones {
                    let given = given(&[
                        ("--hall-pass-surface", surface),
                        ("--hall-pass-accent", accent),
                        ("--hall-pass-text", text),
                        ("--hall-pass-border", surface),
                    ]);
                    let styles = styles(&given, light(), AA);
                    assert_readable(&styles, AA, &[surface, accent, text].join(" "));
                }
            }
        }
    }

    #[test]
    fn a_dark_ground_alone_turns_the_text_and_says_so() {
        let styles = styles(&given(&[("--hall-pass-surface", "#101418")]), light(), AA);
        assert_readable(&styles, AA, "dark");
        assert!(
            styles
                .corrections
                .iter()
                .any(|c| c.variable == "--hall-pass-text")
        );
    }

    #[test]
    fn whoever_asked_for_more_contrast_gets_it_without_any_colour_given() {
        let styles = styles(&Variables::default(), light(), AAA);
        assert_readable(&styles, AAA, "high contrast");
    }

    #[test]
    fn corners_are_lengths_and_no_longer_than_a_corner() {
        assert_eq!(length("0").as_deref(), Some("0px"));
        assert_eq!(length(" 4px ").as_deref(), Some("4px"));
        assert_eq!(length("0.5rem").as_deref(), Some("0.5rem"));
        for text in [
            "",
            "4",
            "px",
            "-4px",
            "65px",
            "4vw",
            "4px;}",
            "calc(4px)",
            "4px 4px",
            "1e3px",
            "url(x)",
        ] {
            assert_eq!(length(text), None, "{text}");
        }
    }

    #[test]
    fn fonts_are_names_and_nothing_else() {
        assert_eq!(
            fonts("'Atkinson Hyperlegible', Inter,sans-serif").as_deref(),
            Some("\"Atkinson Hyperlegible\", Inter, sans-serif")
        );
        assert_eq!(fonts("Source Sans 3").as_deref(), Some("\"Source Sans 3\""));
        assert_eq!(fonts("思源黑体").as_deref(), Some("\"思源黑体\""));
        for text in [
            "",
            ",",
            "a,,b",
            "\"a",
            "a\"",
            "a;color:red",
            "a}",
            "{",
            "url(//evil.example/font)",
            "a\\",
            "a/*",
            "var(--x)",
            "a\nb",
            &"a".repeat(LONGEST + 1),
        ] {
            assert_eq!(fonts(text), None, "{text}");
        }
    }

    #[test]
    fn only_known_names_are_taken_and_an_empty_value_takes_back() {
        let mut variables = given(&[
            ("--hall-pass-accent", "#123456"),
            ("--hall-pass-font", "Inter"),
            ("--surface", "red"),
            ("__proto__", "x"),
            ("constructor", "x"),
        ]);
        variables.update(given(&[
            ("--hall-pass-accent", ""),
            ("--hall-pass-radius", "4px"),
        ]));
        let styles = styles(&variables, light(), AA);
        let names: Vec<_> = styles.properties.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["--radius-small", "--radius", "--font"]);
    }

    #[test]
    fn everything_that_may_be_set_is_known_by_name() {
        let all = given(&[
            ("--hall-pass-surface", "#eee"),
            ("--hall-pass-radius", "4px"),
            ("--hall-pass-font", "Inter"),
        ]);
        for (name, _) in styles(&all, light(), AA).properties {
            assert!(PROPERTIES.contains(&name), "{name}");
        }
    }
}
