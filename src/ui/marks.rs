//! Marks on the browser's timeline (User Timing), for hosts and measurements.

/// The field accepts typing.
pub const FORM: &str = "hallpass:form";
/// The application runs and a press on the button is carried out.
pub const READY: &str = "hallpass:ready";
/// A task was sent off.
pub const SENT: &str = "hallpass:sent";
/// Its end is on the screen.
pub const SHOWN: &str = "hallpass:shown";

/// Sets a mark. A browser that has no room for it loses the mark and nothing else.
pub fn mark(name: &str) {
    if let Some(performance) = web_sys::window().and_then(|window| window.performance()) {
        let _ = performance.mark(name);
    }
}
