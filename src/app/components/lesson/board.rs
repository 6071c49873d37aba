//! Bars to be laid, with a finger, a mouse or keys: each is a slider whose value is where its task starts.

use std::cell::Cell;
use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::small_chart::{axis, rules, share};
use crate::lesson::{Board, BoardTask, Move};
use crate::timeline::colour::task_colour;
use crate::timeline::words::duration;
use crate::trace::{State, TaskId};

/// Which bar is held, and how far behind its start (ms) it was taken.
pub type Held = Rc<Cell<Option<(usize, f64)>>>;

/// The bars as they lie; `lay` is called with the starts after each move.
pub fn board(board: &Board, starts_ms: &[f64], held: &Held, lay: &Callback<Vec<f64>>) -> Html {
    let rows = board.tasks.iter().zip(starts_ms).enumerate();
    html! {
        <div class="board" data-test="board">
            { for rows.map(|(task, (of, start_ms))| row(board, starts_ms, (task, of, *start_ms), held, lay)) }
            <div class="board-axis" aria-hidden="true">
                <span />
                <svg height="20">{ axis(board.end_ms, 0.0) }</svg>
            </div>
        </div>
    }
}

fn row(
    board: &Board,
    starts_ms: &[f64],
    (task, of, start_ms): (usize, &BoardTask, f64),
    held: &Held,
    lay: &Callback<Vec<f64>>,
) -> Html {
    let moves = {
        let (board, starts_ms, lay) = (board.clone(), starts_ms.to_vec(), lay.clone());
        move |to: Move, along: bool| lay.emit(board.moved(&starts_ms, task, to, along))
    };
    let moves = Rc::new(moves);
    let end_ms = board.end_ms;
    let length_ms = of.length_ms;
    let onpointerdown = {
        let (held, moves) = (Rc::clone(held), Rc::clone(&moves));
        Callback::from(move |event: PointerEvent| {
            let Some(at_ms) = time_at(&event, end_ms).filter(|_| event.button() == 0) else { return };
            // A bar that is not hit comes to the finger, with its middle.
            let is_hit = (start_ms..=start_ms + length_ms).contains(&at_ms);
            let behind_ms = if is_hit { at_ms - start_ms } else { length_ms / 2.0 };
            held.set(Some((task, behind_ms)));
            // Refused for a pointer that is gone already.
            let _ = event.target_unchecked_into::<Element>().set_pointer_capture(event.pointer_id());
            moves(Move::To(at_ms - behind_ms), false);
        })
    };
    let onpointermove = {
        let (held, moves) = (Rc::clone(held), Rc::clone(&moves));
        Callback::from(move |event: PointerEvent| {
            let Some((_, behind_ms)) = held.get().filter(|(of, _)| *of == task) else { return };
            if let Some(at_ms) = time_at(&event, end_ms) {
                moves(Move::To(at_ms - behind_ms), event.shift_key());
            }
        })
    };
    let let_go = {
        let held = Rc::clone(held);
        Callback::from(move |_: PointerEvent| held.set(None))
    };
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        let to = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => Move::Steps(1.0),
            "ArrowLeft" | "ArrowDown" => Move::Steps(-1.0),
            "PageUp" => Move::Lengths(1.0),
            "PageDown" => Move::Lengths(-1.0),
            "Home" => Move::To(0.0),
            "End" => Move::To(f64::INFINITY),
            _ => return,
        };
        event.prevent_default();
        moves(to, event.shift_key());
    });
    let said = format!("from {} to {}", duration(start_ms, 1.0), duration(start_ms + length_ms, 1.0));
    html! {
        <div key={task} class="board-row" role="slider" tabindex="0" aria-label={of.name.clone()} aria-valuemin="0"
            aria-valuemax={(end_ms - length_ms).to_string()} aria-valuenow={start_ms.to_string()} aria-valuetext={said}
            data-test="bar" data-start-ms={start_ms.to_string()} {onkeydown}>
            <span class="board-name">{ &of.name }</span>
            <svg class="board-track" {onpointerdown} {onpointermove} onpointerup={let_go.clone()} onpointercancel={let_go}>
                { rules(end_ms, "100%") }
                { bar(task, of, start_ms, end_ms) }
            </svg>
        </div>
    }
}

/// What is taken hold of: as the charts draw it, on an area that a finger can hit.
fn bar(task: usize, of: &BoardTask, start_ms: f64, end_ms: f64) -> Html {
    let colour = task_colour(TaskId(task as u32));
    let (x, width) = (share(start_ms, end_ms), share(of.length_ms, end_ms));
    let (right, line) = (share(start_ms + of.length_ms, end_ms), format!("var(--task-line-{colour})"));
    let waits = of.state == State::WaitingForIo;
    html! {
        <g class={if waits { "bar waiting" } else { "bar" }}>
            <rect {width} y="15%" height="70%" x={x.clone()} fill={format!("var(--task-{colour})")} stroke={line.clone()} />
            if waits {
                <line class="waits" x1={x.clone()} x2={right.clone()} y1="50%" y2="50%" stroke={line.clone()} />
                <circle cx={x} cy="50%" r="3" stroke={line.clone()} />
                <circle cx={right} cy="50%" r="3" stroke={line} />
            }
        </g>
    }
}

/// The time under a pointer, ms; `None` while the track has no width.
fn time_at(event: &PointerEvent, end_ms: f64) -> Option<f64> {
    let track = event.target_dyn_into::<Element>()?.closest("svg").ok().flatten()?;
    let around = track.get_bounding_client_rect();
    (around.width() > 0.0).then(|| (f64::from(event.client_x()) - around.left()) / around.width() * end_ms)
}
