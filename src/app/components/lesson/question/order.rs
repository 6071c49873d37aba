//! Items to be put in order, with a pointer, by buttons or by keys. What they do to the order is said in `lesson::question`.
//!
//! Each place keeps its element and another item is drawn into it: an element that moved would let go of the focus and of the pointer.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use super::{Standing, reply};
use crate::lesson::Given;
use crate::lesson::question::{Item, moved};

/// The place, from 0, of the item that the pointer holds.
pub type Held = Rc<Cell<Option<usize>>>;

/// The items as they lie.
pub fn order(standing: &Standing, items: &[Item], held: &Held) -> Html {
    let Some(Given::Order(order)) = standing.draft else { return html! {} };
    let fixed = Rc::new(standing.fixed());
    let order = Rc::new(order.clone());
    // Says where the item came to lie.
    let put: Rc<dyn Fn(usize, usize) -> Option<usize>> = {
        let (order, fixed, lay) = (Rc::clone(&order), Rc::clone(&fixed), standing.lay.clone());
        Rc::new(move |from, to| {
            let item = order.get(from)?;
            let moved = moved(&order, &fixed, from, to);
            let lies = moved.iter().position(|other| other == item);
            lay.emit(Given::Order(moved));
            lies
        })
    };
    let onkeydown = {
        let step = step(Rc::clone(&order), Rc::clone(&fixed), Rc::clone(&put));
        Callback::from(move |event: KeyboardEvent| {
            let up = match event.key().as_str() {
                "ArrowUp" => true,
                "ArrowDown" => false,
                _ => return,
            };
            if let Some((place, _)) = place_of(&event) {
                event.prevent_default();
                step(&event, place, up);
            }
        })
    };
    let onpointerdown = {
        let (held, fixed) = (Rc::clone(held), Rc::clone(&fixed));
        Callback::from(move |event: PointerEvent| {
            let Some((place, list)) = place_of(&event).filter(|_| event.button() == 0) else { return };
            let at = event.target_dyn_into::<Element>();
            let is_else = at.is_some_and(|at| at.closest("button, .part-reply").ok().flatten().is_some());
            if is_else || fixed.get(place).copied().unwrap_or(false) {
                return;
            }
            held.set(Some(place));
            // Refused for a pointer that is gone already.
            let _ = list.set_pointer_capture(event.pointer_id());
        })
    };
    let onpointermove = {
        let (held, put) = (Rc::clone(held), Rc::clone(&put));
        Callback::from(move |event: PointerEvent| {
            let list = event.target_dyn_into::<Element>().and_then(|at| at.closest("ol").ok().flatten());
            let (Some(from), Some(list)) = (held.get(), list) else { return };
            let to = place_under(&list, from, f64::from(event.client_y()));
            if to != from {
                held.set(put(from, to).or(Some(from)));
            }
        })
    };
    let let_go = {
        let held = Rc::clone(held);
        Callback::from(move |_: PointerEvent| held.set(None))
    };
    let row = |(place, item): (usize, &u32)| {
        let of = &items[*item as usize];
        let is_fixed = fixed.get(place).copied().unwrap_or(false);
        let text = format!("{}-{place}", standing.question.id);
        // What is said of an item goes along with it.
        let part = standing.answered.and_then(|(given, judged)| match given {
            Given::Order(then) => judged.parts.get(then.iter().position(|other| other == item)?),
            _ => None,
        });
        let button = |up: bool| {
            let (name, sign, label) = if up { ("up", "↑", "Up") } else { ("down", "↓", "Down") };
            let id = format!("{text}-{name}");
            let step = step(Rc::clone(&order), Rc::clone(&fixed), Rc::clone(&put));
            let onclick = Callback::from(move |event: MouseEvent| step(&event, place, up));
            html! {
                <button id={id.clone()} class="icon" data-move={name} data-test={name} {onclick}
                    aria-label={format!("{label}, now {} of {}", place + 1, items.len())} aria-labelledby={format!("{id} {text}")}>{ sign }</button>
            }
        };
        html! {
            <li key={place} class={classes!("order-item", is_fixed.then_some("fixed"))} data-place={place.to_string()} data-item={item.to_string()}
                data-test="item">
                <span class="grip" aria-hidden="true">{ if is_fixed { "✓" } else { "⋮⋮" } }</span>
                <div id={text.clone()} class="order-text">{ Html::from_html_unchecked(of.html.clone().into()) }</div>
                if is_fixed {
                    <span class="visually-hidden">{ "in place" }</span>
                } else {
                    <span class="order-moves">{ button(true) }{ button(false) }</span>
                }
                { reply(part) }
            </li>
        }
    };
    html! {
        <>
            if !standing.has_ended() {
                <p class="hint">{ "Drag the items, or move one with its buttons or the arrow keys." }</p>
            }
            <ol class="order" data-test="order" {onkeydown} {onpointerdown} {onpointermove} onpointerup={let_go.clone()} onpointercancel={let_go}>
                { for order.iter().enumerate().map(row) }
            </ol>
        </>
    }
}

/// Moves the item at a place to the next place that is not fixed, and the focus along with it.
fn step(
    order: Rc<Vec<u32>>,
    fixed: Rc<Vec<bool>>,
    put: Rc<dyn Fn(usize, usize) -> Option<usize>>,
) -> impl Fn(&Event, usize, bool) {
    move |event, place, up| {
        let is_free = |place: &usize| !fixed.get(*place).copied().unwrap_or(false);
        let next = match up {
            true => (0..place).rev().find(is_free),
            false => (place + 1..order.len()).find(is_free),
        };
        let Some(lies) = next.and_then(|to| put(place, to)) else { return };
        let Some(target) = event.target_dyn_into::<Element>() else { return };
        let name = target.get_attribute("data-move").unwrap_or_default();
        let button = format!("[data-place=\"{lies}\"] [data-move=\"{name}\"]");
        let list = target.closest("ol").ok().flatten();
        let button = list.and_then(|list| list.query_selector(&button).ok().flatten());
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            // Refused for an element that cannot have the focus.
            let _ = button.focus();
        }
    }
}

/// The place in which something happened, and the list.
fn place_of(event: &Event) -> Option<(usize, Element)> {
    let item = event.target_dyn_into::<Element>()?.closest("li").ok().flatten()?;
    Some((item.get_attribute("data-place")?.parse().ok()?, item.parent_element()?))
}

/// The place at this height (CSS px in the window) for the item that lies at `from`: below all others whose middle is above.
fn place_under(list: &Element, from: usize, y_px: f64) -> usize {
    let middle = |place: &usize| {
        let item = list.query_selector(&format!("[data-place=\"{place}\"]")).ok().flatten()?;
        let around = item.get_bounding_client_rect();
        Some(around.top() + around.height() / 2.0)
    };
    let middles = (0..).map_while(|place| middle(&place).map(|y_px| (place, y_px)));
    middles.filter(|(place, middle_px)| *place != from && *middle_px < y_px).count()
}
