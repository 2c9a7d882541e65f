//! Colours, and how well one is read on another (WCAG 2.2, "contrast ratio"). Pure.

use core::fmt;

/// An opaque colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour([u8; 3]);

impl Colour {
    /// The darkest.
    pub const BLACK: Self = Self([0; 3]);
    /// The brightest.
    pub const WHITE: Self = Self([255; 3]);

    /// Reads `#rgb`, `#rrggbb`, `rgb(…)` and `hsl(…)` without transparency; nothing else, so that
    /// what passes can be put into a style as it is.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(digits) = text.strip_prefix('#') {
            return hexadecimal(digits);
        }
        let (name, rest) = text.split_once('(')?;
        let inside = rest.strip_suffix(')')?;
        let parts: Vec<_> = inside
            .split([',', ' '])
            .filter(|part| !part.is_empty())
            .collect();
        let [first, second, third] = parts.as_slice() else {
            return None;
        };
        if name.eq_ignore_ascii_case("rgb") {
            let channel = |text: &str| match text.strip_suffix('%') {
                Some(percent) => Some(number(percent, 100.0)? * 255.0 / 100.0),
                None => number(text, 255.0),
            };
            Some(Self::from_channels([
                channel(first)?,
                channel(second)?,
                channel(third)?,
            ]))
        } else if name.eq_ignore_ascii_case("hsl") {
            let hue = number(first.strip_suffix("deg").unwrap_or(first), 360.0)?;
            let share = |text: &str| Some(number(text.strip_suffix('%')?, 100.0)? / 100.0);
            Some(Self::from_hsl(hue, share(second)?, share(third)?))
        } else {
            None
        }
    }

    fn from_channels(channels: [f64; 3]) -> Self {
        // The cast keeps within 0 to 255.
        Self(channels.map(|channel| (channel + 0.5) as u8))
    }

    /// CSS Color 4, "Converting HSL Colors to sRGB".
    fn from_hsl(hue: f64, saturation: f64, lightness: f64) -> Self {
        let chroma = saturation * lightness.min(1.0 - lightness);
        let channel = |offset: f64| {
            let k = (offset + hue / 30.0) % 12.0;
            (lightness - chroma * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)) * 255.0
        };
        Self::from_channels([channel(0.0), channel(8.0), channel(4.0)])
    }

    /// This colour with a share of `other` in it, from 0 to 1.
    #[must_use]
    pub fn mixed(self, other: Self, share: f64) -> Self {
        let channel = |at: usize| {
            let (own, other) = (f64::from(self.0[at]), f64::from(other.0[at]));
            own + (other - own) * share
        };
        Self::from_channels([channel(0), channel(1), channel(2)])
    }

    /// How well one is read on the other, from 1 to 21.
    pub fn contrast(self, other: Self) -> f64 {
        let (own, other) = (self.luminance(), other.luminance());
        (own.max(other) + 0.05) / (own.min(other) + 0.05)
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let channel = f64::from(channel) / 255.0;
            if channel <= 0.04045 {
                channel / 12.92
            } else {
                ((channel + 0.055) / 1.055).powf(2.4)
            }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// How well it is read on the one of `grounds` that suits it least.
    pub fn least_contrast(self, grounds: &[Self]) -> f64 {
        grounds
            .iter()
            .map(|ground| self.contrast(*ground))
            .fold(f64::INFINITY, f64::min)
    }

    /// The nearest colour that is read on all `grounds` with a contrast of `least`, darker or
    /// brighter; where there is none, black or white.
    #[must_use]
    pub fn readable_on(self, grounds: &[Self], least: f64) -> Self {
        const STEPS: u32 = 40;
        if self.least_contrast(grounds) >= least {
            return self;
        }
        let target = Self::ink_on(grounds);
        (1..STEPS)
            .map(|step| self.mixed(target, f64::from(step) / f64::from(STEPS)))
            .find(|candidate| candidate.least_contrast(grounds) >= least)
            .unwrap_or(target)
    }

    /// Black or white, whichever is read better on `grounds`.
    pub fn ink_on(grounds: &[Self]) -> Self {
        if Self::WHITE.least_contrast(grounds) > Self::BLACK.least_contrast(grounds) {
            Self::WHITE
        } else {
            Self::BLACK
        }
    }
}

/// `#rrggbb`.
impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self([red, green, blue]) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

fn hexadecimal(digits: &str) -> Option<Colour> {
    let digits: Vec<u8> = digits
        .chars()
        .map(|c| Some(u8::try_from(c.to_digit(16)?).unwrap_or_default()))
        .collect::<Option<_>>()?;
    match *digits.as_slice() {
        [red, green, blue] => Some(Colour([red, green, blue].map(|digit| digit * 17))),
        [r1, r2, g1, g2, b1, b2] => Some(Colour([r1 * 16 + r2, g1 * 16 + g2, b1 * 16 + b2])),
        _ => None,
    }
}

/// A decimal number from 0 to `most`, of at most eight characters. By hand: Rust's own parser for
/// such numbers brings 10 kB of tables.
pub(super) fn number(text: &str, most: f64) -> Option<f64> {
    if text.len() > 8 {
        return None;
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| {
        let fits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| {
            text.bytes()
                .fold(0.0, |sum, byte| sum * 10.0 + f64::from(byte - b'0'))
        })
    };
    let mut part = digits(fraction)?;
    for _ in 0..fraction.len() {
        part /= 10.0;
    }
    let number = digits(whole)? + part;
    (number <= most).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        Colour::parse(text).unwrap()
    }

    #[test]
    fn the_usual_ways_to_write_a_colour_are_read() {
        for text in [
            "#c0ffee",
            "#C0FFEE",
            "rgb(192, 255, 238)",
            "rgb(192 255 238)",
            " RGB(192,255,238) ",
        ] {
            assert_eq!(colour(text).to_string(), "#c0ffee", "{text}");
        }
        assert_eq!(colour("#0af"), colour("#00aaff"));
        assert_eq!(colour("hsl(120 100% 25%)"), colour("#008000"));
        assert_eq!(colour("hsl(210deg, 50%, 40%)"), colour("#336699"));
        assert_eq!(colour("rgb(100% 0% 50%)"), colour("#ff0080"));
        assert_eq!(colour("hsl(0 0% 100%)"), Colour::WHITE);
    }

    #[test]
    fn whatever_else_a_style_may_hold_is_no_colour() {
        for text in [
            "",
            "#",
            "#12",
            "#12345",
            "#11223344",
            "#ggg",
            "#１２３",
            "red;background:url(//evil.example)",
            "url(https://evil.example/x)",
            "rgb(1,2)",
            "rgb(1,2,3,0.1)",
            "rgb(1,2,300)",
            "rgb(-1,2,3)",
            "rgb(1e9,2,3)",
            "rgb(1,2,3",
            "rgb(1,2,3);}",
            "rgb(var(--x),2,3)",
            "hsl(1,2,3)",
            "hsl(NaN 1% 2%)",
            "var(--x)",
            "expression(1,2,3)",
            "rgb(0.0000000000000000000001 0 0)",
        ] {
            assert_eq!(Colour::parse(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_what_the_guidelines_say() {
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 0.01);
        assert!((colour("#777777").contrast(Colour::WHITE) - 4.48).abs() < 0.01);
        assert!((colour("#ff0000").contrast(Colour::WHITE) - 4.0).abs() < 0.01);
        let (one, other) = (colour("#123456"), colour("#fedcba"));
        assert!((one.contrast(other) - other.contrast(one)).abs() < 1e-9);
    }

    #[test]
    fn what_is_read_well_stays_and_what_is_not_moves_no_further_than_it_has_to() {
        let white = [Colour::WHITE];
        assert_eq!(
            colour("#0b6b50").readable_on(&white, 4.5),
            colour("#0b6b50")
        );
        let yellow = colour("#ffee00").readable_on(&white, 4.5);
        assert!(yellow.contrast(Colour::WHITE) >= 4.5);
        assert!(yellow.contrast(Colour::WHITE) < 5.5, "{yellow}");
        let on_dark = colour("#003322").readable_on(&[colour("#111111")], 4.5);
        assert!(on_dark.contrast(colour("#111111")) >= 4.5);
    }
}
