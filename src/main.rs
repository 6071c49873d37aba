//! Entry of the page and of its workers.
fn main() {}
