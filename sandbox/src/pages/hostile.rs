//! Pages that make it hard for the widget, each in one way. Each has to end in words and a way out.
//!
//! `{{elsewhere}}` and `{{pages_elsewhere}}` are the widget and these pages under this machine's
//! other name: another origin, which the widget asked for by this name does not know.

/// One of the pages.
#[derive(Debug)]
pub struct Hostile {
    /// Where it is.
    pub path: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What is the matter with it.
    pub about: &'static str,
    /// What it holds the widget in, with names to be filled in.
    pub place: &'static str,
    /// A header that it is sent with, likewise.
    pub header: Option<(&'static str, &'static str)>,
}

/// All of them.
pub const PAGES: &[Hostile] = &[
    Hostile {
        path: "/hostile/no-popups",
        title: "A frame that may open no windows",
        about: "The page's frame has no allow-popups, so Google's window cannot open.",
        place: r#"<iframe title="Hall Pass" src="{{widget}}/#view=join&amp;course=741234567890"
 sandbox="allow-scripts allow-same-origin allow-forms"></iframe>"#,
        header: None,
    },
    Hostile {
        path: "/hostile/opaque",
        title: "A frame without an origin",
        about: "The page's frame has no allow-same-origin: Google gives tokens to no such frame.",
        place: r#"<iframe title="Hall Pass" src="{{widget}}/#view=join&amp;course=741234567890"
 sandbox="allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox"></iframe>"#,
        header: None,
    },
    Hostile {
        path: "/hostile/isolated",
        title: "A page that isolates itself",
        about: "Its Cross-Origin-Opener-Policy is same-origin: Google's window opens, but nothing comes \
                back from it.",
        place: ELEMENT,
        header: Some(("cross-origin-opener-policy", "same-origin")),
    },
    Hostile {
        path: "/hostile/strict-policy",
        title: "A page with a strict policy",
        about: "Its Content-Security-Policy allows embed.js and the widget's frame, and nothing that \
                stands in the page itself.",
        place: ELEMENT,
        header: Some((
            "content-security-policy",
            "default-src 'none'; script-src {{widget}}/embed.js; style-src 'self'; \
             frame-src {{widget}}; base-uri 'none'; form-action 'none'; \
             require-trusted-types-for 'script'",
        )),
    },
    Hostile {
        path: "/hostile/unlisted",
        title: "A page that is not listed",
        about: "Its origin does not stand in embedders, and the widget's server says so: the browser \
                shows no frame.",
        place: r#"<script type="module" src="{{elsewhere}}/embed.js"></script>
<hall-pass view="join" course="741234567890" hl="en"></hall-pass>"#,
        header: None,
    },
    Hostile {
        path: "/hostile/unlisted-without-header",
        title: "A page that is not listed, and nobody stops it",
        about: "Its origin does not stand in embedders, but the widget's server sends no headers: the \
                widget has to notice it.",
        place: r#"<script type="module" src="{{elsewhere}}/app/plain/embed.js"></script>
<hall-pass view="join" course="741234567890" hl="en"></hall-pass>"#,
        header: None,
    },
    Hostile {
        path: "/hostile/nested",
        title: "A portal in a frame",
        about: "Both this page and the one in its frame are listed.",
        place: r#"<iframe title="Portal" src="/portal" height="1200"></iframe>"#,
        header: None,
    },
    Hostile {
        path: "/hostile/nested-unlisted",
        title: "A portal in a frame of a stranger's",
        about: "The page in the frame is listed, this one is not, and the widget's server says so.",
        place: r#"<iframe title="Portal" src="{{pages_elsewhere}}/portal" height="1200"></iframe>"#,
        header: None,
    },
    Hostile {
        path: "/hostile/nested-unlisted-without-header",
        title: "A portal in a frame of a stranger's, and nobody stops it",
        about: "The page in the frame is listed, this one is not, and the widget's server sends no \
                headers.",
        place: r#"<iframe title="Portal" src="{{pages_elsewhere}}/hostile/plain"></iframe>"#,
        header: None,
    },
    Hostile {
        path: "/hostile/plain",
        title: "A widget from a server that sends no headers",
        about: "This page is listed, so it works all the same.",
        place: r#"<script type="module" src="{{widget}}/app/plain/embed.js"></script>
<hall-pass view="join" course="741234567890" hl="en"></hall-pass>"#,
        header: None,
    },
    Hostile {
        path: "/hostile/attacked",
        title: "A page with attackers in it",
        about: "A listed page, which signs the person in by hand. Beside the widget there are two \
                frames that send it messages: one of another origin, one of none.",
        place: r#"<script src="/by_hand.js"></script>
<iframe title="Hall Pass" src="{{widget}}/#view=join&amp;course=741234567890&amp;hl=en"></iframe>
<div class="attackers">
<iframe title="A stranger" src="{{pages_elsewhere}}/hostile/attacker"></iframe>
<iframe title="Nobody" sandbox="allow-scripts" src="/hostile/attacker"></iframe>
</div>"#,
        header: None,
    },
    Hostile {
        path: "/hostile/attacking",
        title: "A page that attacks",
        about: "Its origin does not stand in embedders, the widget's server sends no headers, and it \
                sends the widget whatever it likes.",
        place: r#"<iframe title="Hall Pass" src="{{elsewhere}}/app/plain/#view=join&amp;course=741234567890&amp;hl=en"></iframe>
<p class="buttons" id="attacks"></p>
<output id="sent" aria-label="Sent"></output>
<ol id="heard" aria-label="Heard"></ol>
<script defer src="/attacker.js" data-api="{{api}}"></script>"#,
        header: None,
    },
];

/// The custom element, as the manual has it.
const ELEMENT: &str = r#"<script type="module" src="{{widget}}/embed.js"></script>
<hall-pass view="join" course="741234567890" hl="en"></hall-pass>"#;
