//! Entry of the page. A pool's process starts here as well, since it is the same wasm module: there `run` finds no page and
//! returns at once. Natively there is nothing to run; `cargo xtask serve` shows the page.

fn main() {
    #[cfg(target_arch = "wasm32")]
    interleave::app::run();
}
