//! The origin of the embedding pages: what a school and a course system around the widget look
//! like.

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::State,
    http::{HeaderMap, Response, StatusCode, header},
    middleware,
    response::{Html, IntoResponse},
    routing::get,
};

use crate::{
    app::App,
    fault_layer::{self, Place},
    faults::Origin,
    template::{Fill::Text, fill},
};

/// Everything this origin answers.
pub fn router(app: &Arc<App>) -> Router {
    Router::new()
        .route("/", page(include_str!("index.html")))
        .route("/portal", page(include_str!("portal.html")))
        .route("/lms", page(include_str!("lms.html")))
        .route("/index.css", style(include_str!("index.css")))
        .route("/portal.css", style(include_str!("portal.css")))
        .route("/lms.css", style(include_str!("lms.css")))
        .route("/favicon.ico", get(|| async { StatusCode::NO_CONTENT }))
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
fn page(html: &'static str) -> axum::routing::MethodRouter<Arc<App>> {
    get(
        async move |State(app): State<Arc<App>>, headers: HeaderMap| -> Response<Body> {
            let addresses = app.addresses(&headers);
            let filled = fill(
                html,
                &[
                    ("widget", Text(&addresses.widget())),
                    ("api", Text(&addresses.api())),
                ],
            );
            ([(header::CACHE_CONTROL, "no-cache")], Html(filled)).into_response()
        },
    )
}

fn style(css: &'static str) -> axum::routing::MethodRouter<Arc<App>> {
    get(async move || {
        (
            [
                (header::CONTENT_TYPE, "text/css; charset=utf-8"),
                (header::CACHE_CONTROL, "no-cache"),
            ],
            css,
        )
    })
}
