//! The page's entry.

fn main() {
    hallpass::start::start();
}
