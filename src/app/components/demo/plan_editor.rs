//! The editor of the learner's own plan: a field for its text, lines to insert, what is wrong with it, and how it is written.

use wasm_bindgen::prelude::*;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use crate::demo::{Action, Insertion, SNIPPETS, Snippet, place_of_line};
use crate::plan::text::{MOST_TASKS, MOST_WORKERS, Problem};

#[wasm_bindgen]
extern "C" {
    /// The only way to insert into a field so that the browser's own undo takes it back. It is called deprecated, and every browser has it.
    #[wasm_bindgen(js_namespace = document, js_name = execCommand)]
    fn exec_command(command: &str, shows: bool, value: &str) -> bool;
}

/// The text and what is wrong with it.
#[derive(Properties, PartialEq)]
pub struct PlanEditorProps {
    /// The number of the demo: more than one may stand on a page.
    pub number: u32,
    /// The text as it was typed.
    pub text: AttrValue,
    /// What is wrong with it.
    pub problems: Vec<Problem>,
    /// Whether it cannot be changed now.
    pub disabled: bool,
    /// Called with each change.
    pub change: Callback<Action>,
}

/// The editor.
#[component]
pub fn PlanEditor(props: &PlanEditorProps) -> Html {
    let field = use_node_ref();
    let id = |part: &str| format!("plan-{}{part}", props.number);
    let oninput = {
        let change = props.change.clone();
        move |event: InputEvent| {
            let area: HtmlTextAreaElement = event.target_unchecked_into();
            change.emit(Action::TypePlan(area.value()));
        }
    };
    let insert = |snippet: &'static Snippet| {
        let (field, change) = (field.clone(), props.change.clone());
        move |_: MouseEvent| {
            if let Some(area) = field.cast::<HtmlTextAreaElement>() {
                insert(&area, snippet, &change);
            }
        }
    };
    let go_to = |line: usize| {
        let field = field.clone();
        move |_: MouseEvent| {
            if let Some(area) = field.cast::<HtmlTextAreaElement>() {
                show_line(&area, line);
            }
        }
    };
    let rows = props.text.lines().count().clamp(8, 24) + 1;
    html! {
        <div class="field plan-editor">
            <label for={id("")}>{ "Plan" }</label>
            <div class="snippets" role="group" aria-label="Insert a line">
                for (kind, snippets) in SNIPPETS {
                    <span key={kind} class="snippet-kind" role="group" aria-label={kind}>
                        for snippet in snippets {
                            <button key={snippet.name} type="button" data-test="snippet" data-name={snippet.name}
                                disabled={props.disabled} onclick={insert(snippet)}>{ snippet.name }</button>
                        }
                    </span>
                }
            </div>
            <textarea ref={field.clone()} id={id("")} data-test="plan" rows={rows.to_string()} wrap="off" spellcheck="false"
                autocomplete="off" autocapitalize="off" value={props.text.clone()} disabled={props.disabled}
                aria-invalid={(!props.problems.is_empty()).to_string()}
                aria-describedby={format!("{} {}", id("-wrong"), id("-hint"))} {oninput} />
            <div id={id("-wrong")} role="status">
                if !props.problems.is_empty() {
                    <ul class="plan-problems">
                        for problem in &props.problems {
                            <li key={problem.to_string()}>
                                <button type="button" class="field-error" data-test="plan-problem" data-line={problem.line.to_string()}
                                    onclick={go_to(problem.line)}>{ problem.to_string() }</button>
                            </li>
                        }
                    </ul>
                }
            </div>
            <p id={id("-hint")} class="hint">
                { "A line for each object, each task, and below it each of its steps. Tab leaves the field." }
            </p>
            { reference() }
        </div>
    }
}

/// Inserts a line, and leaves the caret behind it.
fn insert(area: &HtmlTextAreaElement, snippet: &Snippet, change: &Callback<Action>) {
    let text = area.value();
    let caret = area.selection_start().ok().flatten().unwrap_or_default() as usize;
    let Insertion { from, to, with } = snippet.insertion(&text, caret);
    // Refused for a field that cannot have the focus, which then has no caret either.
    let _ = area.focus();
    let _ = area.set_selection_range(from as u32, to as u32);
    if !exec_command("insertText", false, &with) && area.set_range_text(&with).is_ok() {
        change.emit(Action::TypePlan(area.value()));
    }
}

/// Selects a line and brings it into sight.
fn show_line(area: &HtmlTextAreaElement, line: usize) {
    let text = area.value();
    let (from, to) = place_of_line(&text, line);
    let _ = area.focus();
    let _ = area.set_selection_range(from as u32, to as u32);
    let lines = text.split('\n').count().max(1) as i32;
    let line_px = area.scroll_height() / lines;
    area.set_scroll_top(line_px * (line as i32 - 1) - area.client_height() / 2);
}

/// What can be written, in short.
fn reference() -> Html {
    let row = |(line, means): (&'static str, &'static str)| {
        html! { <div key={line}><dt><code>{ line }</code></dt><dd>{ means }</dd></div> }
    };
    html! {
        <details class="plan-reference" data-test="plan-reference">
            <summary>{ "How a plan is written" }</summary>
            <p>
                { format!("Up to {MOST_TASKS} tasks; {MOST_WORKERS} if they wait for one another, for each has a worker of its own then. \
                    Names of more than one word stand in quotes; what follows a # is a remark.") }
            </p>
            <p class="reference-head">{ "What tasks share" }</p>
            <dl>{ for OBJECTS.into_iter().map(row) }</dl>
            <p class="reference-head">{ "Tasks" }</p>
            <dl>{ for TASKS.into_iter().map(row) }</dl>
            <p class="reference-head">{ "Steps" }</p>
            <dl>{ for STEPS.into_iter().map(row) }</dl>
            <p class="reference-head">{ "Steps in virtual time alone" }</p>
            <dl>{ for SIMULATED.into_iter().map(row) }</dl>
        </details>
    }
}

const OBJECTS: [(&str, &str); 7] = [
    ("lock A", "One task at a time holds it."),
    ("reentrant-lock A", "One task at a time holds it, as often as it likes."),
    ("semaphore seats 3", "Three tasks at a time hold it."),
    ("queue inbox 4", "Messages, first in, first out, with room for 4."),
    ("counter hits", "A number that all can change."),
    ("barrier start 3", "Nobody passes before 3 tasks have come."),
    ("event ready", "Happens once."),
];

const TASKS: [(&str, &str); 3] = [
    ("task download * 3", "Three tasks, “download 1” to “download 3”, with the steps below."),
    ("task copy argument=1000000 result=5000", "Bytes that are copied where memory is not shared."),
    ("repeat 10 … end", "The steps in between, 10 times."),
];

const STEPS: [(&str, &str); 10] = [
    (
        "request 300",
        "Waits for an answer that comes after 300 ms; bytes=, failures=, retries= and timeout= may follow.",
    ),
    ("compute 50", "Computes for about 50 ms on an ordinary core: it hashes 300 blocks of 16 KiB by SHA-256."),
    ("compute primes 0 100000", "Counts primes. There are also search, mandelbrot, sha256, words and hello."),
    (
        "compute hash 100",
        "Hashes the last answer 100 times; compute picture 5 decodes one that request picture 1 300 brought, five times.",
    ),
    ("acquire A, release A", "Takes a lock or a permit, and lets it go."),
    ("put inbox 7, take inbox", "A message that says 7; bytes= is its length."),
    ("increment hits 1000000", "Adds 1, so often, without a lock. Behind it may stand atomic, local or lock=A."),
    ("arrive start", "Waits at a barrier."),
    ("set ready, await ready", "Makes an event happen, and waits for it."),
    ("request url https://…", "A real request to an address of yours."),
];

const SIMULATED: [(&str, &str); 4] = [
    (
        "wait full A, notify full",
        "Waits at a condition (condition full) with its lock A; wakes one who waits, or with notify all everyone.",
    ),
    ("spawn B, join B", "Starts another task, and waits for its end."),
    ("yield", "Gives the others a turn."),
    ("task late arrival=100 priority=2", "When it can begin, ms, and how urgent it is: the lower, the more."),
];
