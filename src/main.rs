//! The page's entry.
fn main() { leptos::mount::mount_to_body(|| "hello") }
