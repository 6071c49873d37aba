//! A hand that zooms and pans a chart, one gesture a frame, and what each frame took. The same gestures at every call.

use interleave::engine::browser::now_ms;
use interleave::timeline::view::{Input, Scene, View};
use js_sys::Promise;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// How long a frame took, ms.
pub struct Handled {
    /// To find out what is seen.
    pub layout_ms: f64,
    /// All that is done here: handling the gesture, layout and the calls that paint.
    pub own_ms: f64,
    /// From this frame to the next.
    pub frame_ms: f64,
}

/// Makes `frames` gestures, each in a frame of its own that `draw` draws, as a chart in motion; it says how long its layout took, ms.
pub async fn handle(
    frames: usize,
    mut view: View,
    scene: &Scene<'_>,
    draw: impl Fn(&View, &Scene) -> f64,
) -> Vec<Handled> {
    let mut handled = Vec::with_capacity(frames);
    let mut last_ms = next_frame().await;
    for number in 0..frames {
        let began_ms = now_ms();
        view = view.on(gesture(number), scene).view;
        let layout_ms = draw(&view, scene);
        let own_ms = now_ms() - began_ms;
        let at_ms = next_frame().await;
        handled.push(Handled { layout_ms, own_ms, frame_ms: at_ms - last_ms });
        last_ms = at_ms;
    }
    handled
}

/// Closer by 1,500 times, along, and back out, again and again at another place.
fn gesture(number: usize) -> Input {
    let x_px = 200.0 + (number / 100 * 371 % 1_100) as f64;
    match number % 100 {
        0..40 => Input::Zoom { x_px, factor: 1.2 },
        40..60 => Input::Pan { dx_px: -40.0, dy_px: 0.0 },
        _ => Input::Zoom { x_px, factor: 1.0 / 1.2 },
    }
}

/// Waits for the next frame; its time, ms.
async fn next_frame() -> f64 {
    let frame = Promise::new(&mut |resolve, _| {
        let window = web_sys::window().expect("a page");
        window.request_animation_frame(resolve.unchecked_ref()).expect("frames");
    });
    JsFuture::from(frame).await.ok().and_then(|time| time.as_f64()).unwrap_or_default()
}
