//! Nothing begins by itself: a page calls [`hallpass::start::mount`].

use hallpass as _;

fn main() {}
