//! Pictures of the seeded accounts: the initial on a colour.

use axum::{
    extract::Path,
    http::{HeaderName, header},
    response::{IntoResponse, Response},
};

use crate::template::{Fill::Text, fill};

/// Colours dark enough for white letters.
const COLOURS: [&str; 6] = [
    "#1a5fb4", "#8c3a97", "#1d6f42", "#a2461c", "#5b4bb7", "#9a2a4b",
];

/// The picture of this name, whatever the name.
pub async fn photo(Path(name): Path<String>) -> Response {
    let initial: String = name.chars().take(1).flat_map(char::to_uppercase).collect();
    let sum: usize = name.bytes().map(usize::from).sum();
    let colour = COLOURS.get(sum % COLOURS.len()).copied().unwrap_or("#333");
    let picture = fill(
        include_str!("photo.svg"),
        &[("initial", Text(&initial)), ("colour", Text(colour))],
    );
    (
        [
            (header::CONTENT_TYPE, "image/svg+xml"),
            (header::CACHE_CONTROL, "max-age=3600"),
            (
                HeaderName::from_static("cross-origin-resource-policy"),
                "cross-origin",
            ),
        ],
        picture,
    )
        .into_response()
}
