//! The origin of the embedding pages: what a school and a course system around the widget look
//! like, and pages that make it hard for the widget.

mod hostile;

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, Response, StatusCode, header},
    middleware,
    response::{Html, IntoResponse},
    routing::{MethodRouter, get, post},
};

use crate::{
    addresses::Addresses,
    app::App,
    control,
    fault_layer::{self, Place},
    faults::Origin,
    template::{
        Fill::{Markup, Text},
        fill,
    },
};
use hostile::Hostile;

/// Everything this origin answers.
pub fn router(app: &Arc<App>) -> Router {
    let mut router = Router::new()
        .route("/", page(include_str!("index.html")))
        .route("/portal", page(include_str!("portal.html")))
        // The school's own server, which knows who is signed in to the portal.
        .route("/portal/token", post(control::token))
        .route("/lms", page(include_str!("lms.html")))
        .route("/lms/moodle", page(include_str!("moodle.html")))
        .route("/hostile/attacker", page(include_str!("attacker.html")))
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }));
    for hostile in hostile::PAGES {
        router = router.route(hostile.path, hostile_page(hostile));
    }
    for (path, css) in [
        ("/index.css", include_str!("index.css")),
        ("/portal.css", include_str!("portal.css")),
        ("/lms.css", include_str!("lms.css")),
        ("/moodle.css", include_str!("moodle.css")),
        ("/hostile.css", include_str!("hostile.css")),
    ] {
        router = router.route(path, file("text/css; charset=utf-8", css));
    }
    for (path, js) in [
        ("/portal.js", include_str!("portal.js")),
        ("/lms.js", include_str!("lms.js")),
        ("/moodle.js", include_str!("moodle.js")),
        ("/by_hand.js", include_str!("by_hand.js")),
        ("/attacker.js", include_str!("attacker.js")),
    ] {
        router = router.route(path, file("text/javascript; charset=utf-8", js));
    }
    router
        .layer(middleware::from_fn_with_state(
            Place {
                app: Arc::clone(app),
                origin: Origin::Pages,
            },
            fault_layer::apply,
        ))
        .with_state(Arc::clone(app))
}

/// A page with the sandbox's addresses filled in.
fn page(html: &'static str) -> MethodRouter<Arc<App>> {
    get(
        async move |State(app): State<Arc<App>>, headers: HeaderMap| {
            let filled = addressed(html, &app.addresses(&headers));
            ([(header::CACHE_CONTROL, "no-cache")], Html(filled))
        },
    )
}

fn hostile_page(hostile: &'static Hostile) -> MethodRouter<Arc<App>> {
    get(
        async move |State(app): State<Arc<App>>, headers: HeaderMap| -> Response<Body> {
            let addresses = app.addresses(&headers);
            let filled = fill(
                include_str!("hostile.html"),
                &[
                    ("title", Text(hostile.title)),
                    ("about", Text(hostile.about)),
                    ("place", Markup(&addressed(hostile.place, &addresses))),
                ],
            );
            let mut response =
                ([(header::CACHE_CONTROL, "no-cache")], Html(filled)).into_response();
            if let Some((name, value)) = hostile.header
                && let Ok(value) = HeaderValue::from_str(&addressed(value, &addresses))
            {
                response.headers_mut().insert(name, value);
            }
            response
        },
    )
}

/// A text with the sandbox's addresses filled in.
fn addressed(text: &str, addresses: &Addresses) -> String {
    let elsewhere = addresses.elsewhere();
    fill(
        text,
        &[
            ("widget", Text(&addresses.widget())),
            ("api", Text(&addresses.api())),
            ("elsewhere", Text(&elsewhere.widget())),
            ("pages_elsewhere", Text(&elsewhere.pages())),
        ],
    )
}

fn file(kind: &'static str, text: &'static str) -> MethodRouter<Arc<App>> {
    get(async move || {
        (
            [
                (header::CONTENT_TYPE, kind),
                (header::CACHE_CONTROL, "no-cache"),
            ],
            text,
        )
    })
}
