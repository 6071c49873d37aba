//! A browser's events on a chart, as calls of its widget. They are listened to past Yew, which could not refuse a wheel's default.

use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent, PointerEvent, WheelEvent};

use super::widget::Widget;
use crate::app::dom::window;
use crate::app::stage::Handled;
use crate::timeline::view::Input;
use crate::timeline::view::keys::command;

/// A wheel that turns by so many CSS px zooms by a factor of e; and two fingers on a touchpad, which browsers report as a wheel that
/// turns a little with Ctrl.
const PX_PER_E: f64 = 400.0;
const PINCHED_PX_PER_E: f64 = 100.0;
/// A notch of a wheel is more than this, CSS px.
const NOTCH_PX: f64 = 40.0;
/// A line of a wheel that counts lines, CSS px; a page, likewise.
const LINE_PX: f64 = 16.0;
const PAGE_PX: f64 = 400.0;

/// Passes events of `root` on to `widget` until dropped.
pub fn listen(root: &HtmlElement, widget: &Rc<Widget>) -> Vec<EventListener> {
    let on = |name: &'static str, act: fn(&Widget, &Event)| {
        let widget = Rc::downgrade(widget);
        // Not passive: what the chart takes, the page must not scroll by.
        EventListener::new_with_options(root, name, EventListenerOptions::enable_prevent_default(), move |event| {
            if let Some(widget) = widget.upgrade() {
                act(&widget, event);
            }
        })
    };
    vec![
        on("wheel", |widget, event| wheel(widget, event.unchecked_ref())),
        on("keydown", |widget, event| key(widget, event.unchecked_ref())),
        on("pointerdown", |widget, event| {
            let event: &PointerEvent = event.unchecked_ref();
            if event.button() != 0 {
                return;
            }
            // The chart goes on to be dragged where the pointer leaves it. Fails for a pointer that is gone already.
            if let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) {
                let _ = target.set_pointer_capture(event.pointer_id());
            }
            widget.down(event.pointer_id(), widget.place(event), event.shift_key());
        }),
        on("pointermove", |widget, event| {
            let event: &PointerEvent = event.unchecked_ref();
            widget.moved(event.pointer_id(), widget.place(event), event.pointer_type() == "mouse");
        }),
        on("pointerup", |widget, event| widget.up(event.unchecked_ref::<PointerEvent>().pointer_id())),
        on("pointercancel", |widget, event| widget.lost(event.unchecked_ref::<PointerEvent>().pointer_id())),
        on("pointerleave", |widget, _| widget.handle(Input::Hover(None))),
    ]
}

/// Tells `widget` when the page is printed, until dropped.
pub fn listen_to_printer(widget: &Rc<Widget>) -> Vec<EventListener> {
    let on = |name: &'static str, printing: bool| {
        let widget = Rc::downgrade(widget);
        EventListener::new(&window(), name, move |_| {
            if let Some(widget) = widget.upgrade() {
                widget.print(printing);
            }
        })
    };
    vec![on("beforeprint", true), on("afterprint", false)]
}

fn wheel(widget: &Widget, event: &WheelEvent) {
    let with_control = event.ctrl_key() || event.meta_key();
    // Else the page is scrolled.
    if !widget.is_ready() || !(with_control || widget.has_focus()) {
        return;
    }
    event.prevent_default();
    let unit_px = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => LINE_PX,
        WheelEvent::DOM_DELTA_PAGE => PAGE_PX,
        _ => 1.0,
    };
    let (x_px, y_px) = (event.delta_x() * unit_px, event.delta_y() * unit_px);
    if event.shift_key() || x_px.abs() > y_px.abs() {
        // Some browsers turn the axes with Shift, others leave that to the page.
        let by_px = if x_px == 0.0 { y_px } else { x_px };
        widget.handle(Input::Pan { dx_px: -by_px, dy_px: 0.0 });
    } else {
        let px_per_e = if with_control && y_px.abs() < NOTCH_PX { PINCHED_PX_PER_E } else { PX_PER_E };
        let (x, _) = widget.place(event);
        widget.handle(Input::Zoom { x_px: x, factor: (-y_px / px_per_e).exp() });
    }
}

fn key(widget: &Widget, event: &KeyboardEvent) {
    let is_pages = event.ctrl_key() || event.alt_key() || event.meta_key() || !widget.is_ready();
    if let Some(command) = command(&event.key(), event.shift_key()).filter(|_| !is_pages) {
        event.prevent_default();
        widget.command(command);
    }
}
