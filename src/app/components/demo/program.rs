//! The program that an engine stands for, under its chart, with a mark for each task at the line where it stands: wherever the
//! replay is. Marks come and go outside the virtual DOM, and only when others stand there than before.

use std::cell::RefCell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};
use yew::prelude::*;

use crate::app::components::chart::Traces;
use crate::app::components::listing::lines;
use crate::app::dom::window;
use crate::app::stage::{Stage, StageRef};
use crate::lesson::Listing;
use crate::timeline::colour::task_colour;
use crate::timeline::{Standing, number_of, standing, standing_words};
use crate::trace::{State, TaskId, Trace};

/// So many signs fit into a gutter. A narrow one has room for one: the stylesheet shows the mark of a task that is alone, or the count.
const ROOM: usize = 6;

/// The program of an engine, folded; nothing without one. `trace` is what the engine recorded, `chosen` the task of which a slice is
/// selected in its chart.
#[hook]
pub fn use_program(
    program: Option<&Listing>,
    trace: Option<&Rc<Trace>>,
    chosen: Option<TaskId>,
    stage: &StageRef,
) -> Html {
    let (code, said) = (use_node_ref(), use_node_ref());
    {
        let (code, said) = (code.clone(), said.clone());
        let lines = program.and_then(|program| program.stands.as_ref()).map(|stands| stands.lines.clone());
        let traces = Traces(trace.cloned().into_iter().collect());
        use_effect_with((lines, traces, chosen, stage.clone()), move |(lines, traces, chosen, stage)| {
            let gutters = lines.clone().zip(traces.0.first().cloned()).and_then(|(lines, trace)| {
                let (code, said) = (code.cast()?, said.cast()?);
                Some(Rc::new(Gutters { code, said, lines, trace, chosen: *chosen, drawn: RefCell::default() }))
            });
            let listener = gutters.clone().map(|gutters| {
                let draw = {
                    let stage = Rc::clone(&stage.0);
                    move || gutters.draw(&stage)
                };
                draw();
                stage.0.listen(draw)
            });
            move || {
                drop(listener);
                gutters.iter().for_each(|gutters| gutters.clear());
            }
        });
    }
    let Some(program) = program else { return html! {} };
    html! {
        <details class="program" data-test="program">
            <summary>{ "Program “" }{ &program.title }{ "”" }</summary>
            <p class="hint">{ "When a run is replayed, marks show at which line each task stands." }</p>
            <div class="listing">{ lines(program, code) }</div>
            // Read on demand: nothing is announced while a replay goes on.
            <p ref={said} class="visually-hidden" data-test="standing" />
        </details>
    }
}

/// The gutters of a program, and what is to be seen in them.
struct Gutters {
    code: Element,
    /// Where the same is said in words.
    said: Element,
    lines: Vec<(State, u32)>,
    trace: Rc<Trace>,
    chosen: Option<TaskId>,
    /// Who stands there now; `None` before anything was drawn.
    drawn: RefCell<Option<Vec<Standing>>>,
}

impl Gutters {
    fn draw(&self, stage: &Stage) {
        let now = standing(&self.trace, stage.until_ms(), &self.lines);
        if self.drawn.borrow().as_ref() != Some(&now) {
            now.iter().for_each(|at| self.mark(at));
            self.said.set_text_content(Some(&standing_words(&self.trace, &now)));
            self.drawn.replace(Some(now));
        }
    }

    /// As it was before anything was drawn.
    fn clear(&self) {
        let drawn = self.drawn.take().unwrap_or_default();
        drawn.into_iter().for_each(|at| self.mark(&Standing { tasks: Vec::new(), ..at }));
        self.said.set_text_content(None);
    }

    /// Draws who stands at a line.
    fn mark(&self, at: &Standing) {
        let Ok(Some(line)) = self.code.query_selector(&format!("[data-line=\"{}\"]", at.line)) else { return };
        let Some(gutter) = line.first_element_child() else { return };
        gutter.set_text_content(None);
        let (count, is_chosen) = (at.tasks.len(), at.tasks.iter().any(|(task, _)| Some(*task) == self.chosen));
        for (name, value) in [
            ("data-tasks", Some(count.to_string()).filter(|_| count > 0)),
            ("data-chosen", is_chosen.then(String::new)),
        ] {
            // Fails for a name that is none.
            let _ = match value {
                Some(value) => line.set_attribute(name, &value),
                None => line.remove_attribute(name),
            };
        }
        let (shown, more) = at.shown(ROOM, self.chosen);
        for (task, state) in shown {
            let name = &self.trace.tasks()[task.0 as usize];
            if let Some(sign) = sign(&gutter, "task", number_of(name).unwrap_or(name)) {
                let _ = sign.set_attribute("data-state", state.key());
                if Some(task) == self.chosen {
                    let _ = sign.set_attribute("data-chosen", "");
                }
                for (inner, outer) in [("--fill", "task"), ("--line", "task-line"), ("--on-fill", "task-ink")] {
                    let _ = sign.style().set_property(inner, &format!("var(--{outer}-{})", task_colour(task)));
                }
            }
        }
        if more > 0 {
            sign(&gutter, "more", &format!("+{more}"));
        }
        if count > 1 {
            sign(&gutter, "count", &count.to_string());
        }
    }
}

/// A new sign in a gutter.
fn sign(gutter: &Element, class: &str, text: &str) -> Option<HtmlElement> {
    let sign: HtmlElement = window().document()?.create_element("span").ok()?.dyn_into().ok()?;
    sign.set_class_name(class);
    sign.set_text_content(Some(text));
    gutter.append_child(&sign).ok()?;
    Some(sign)
}
