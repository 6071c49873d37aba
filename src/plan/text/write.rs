//! Writes a plan as [`super::read`] reads it. Tasks that differ in their numbers alone stand there once.

use std::fmt::Write;

use super::{BY_PLACE, work};
use crate::plan::{How, ObjectKind, Plan, Request, Step, Target, Task};

/// `plan` as text. Names must be of letters that can be seen, as those of the catalogue are.
pub fn write(plan: &Plan) -> String {
    let mut text = String::new();
    for object in &plan.objects {
        let name = name(&object.label);
        let line = match object.kind {
            ObjectKind::Lock => format!("lock {name}"),
            ObjectKind::ReentrantLock => format!("reentrant-lock {name}"),
            ObjectKind::Semaphore { permits } => format!("semaphore {name} {permits}"),
            ObjectKind::Event => format!("event {name}"),
            ObjectKind::Barrier { parties } => format!("barrier {name} {parties}"),
            ObjectKind::Queue { capacity } => format!("queue {name} {capacity}"),
            ObjectKind::Counter => format!("counter {name}"),
            ObjectKind::Condition => format!("condition {name}"),
        };
        text.push_str(&line);
        text.push('\n');
    }
    let tasks = by_place(plan);
    let mut at = 0;
    while at < tasks.len() {
        if !text.is_empty() {
            text.push('\n');
        }
        let copies = copies(&tasks[at..]);
        head(&mut text, &tasks[at], copies);
        for step in &tasks[at].steps {
            text.push_str("  ");
            write_step(&mut text, plan, step);
            text.push('\n');
        }
        at += copies.unwrap_or(1);
    }
    text
}

/// The tasks, with no number at requests that are numbered by their place.
fn by_place(plan: &Plan) -> Vec<Task> {
    let mut tasks = plan.tasks.clone();
    let mut place = 0;
    for step in tasks.iter_mut().flat_map(|task| &mut task.steps) {
        if let Step::Io(request) = step {
            request.id = if request.id == place { BY_PLACE } else { request.id };
            place += 1;
        }
    }
    tasks
}

/// How many tasks from the first on are called “name 1”, “name 2” … and are else the same; `None` if it is only one, or not
/// called so.
fn copies(tasks: &[Task]) -> Option<usize> {
    let first = &tasks[0];
    let stem = first.label.strip_suffix(" 1")?;
    let is_copy = |(task, k): &(&Task, usize)| {
        task.label == format!("{stem} {k}")
            && Task { label: String::new(), ..(*task).clone() } == Task { label: String::new(), ..first.clone() }
    };
    let copies = tasks.iter().zip(1..).take_while(is_copy).count();
    (copies > 1 && !stem.trim().is_empty()).then_some(copies)
}

fn head(text: &mut String, task: &Task, copies: Option<usize>) {
    let label = match copies {
        Some(_) => task.label.strip_suffix(" 1").unwrap_or(&task.label),
        None => &task.label,
    };
    let _ = write!(text, "task {}", name(label));
    if let Some(copies) = copies {
        let _ = write!(text, " * {copies}");
    }
    options(
        text,
        &[
            ("argument", task.argument_bytes),
            ("result", task.result_bytes),
            ("priority", task.priority),
            ("arrival", task.arrival_ms),
        ],
    );
    text.push('\n');
}

/// Those that are not 0. Writing to a string cannot fail.
fn options(text: &mut String, options: &[(&str, u32)]) {
    for (key, value) in options.iter().filter(|(_, value)| *value != 0) {
        let _ = write!(text, " {key}={value}");
    }
}

fn write_step(text: &mut String, plan: &Plan, step: &Step) {
    let object = |number: u32| plan.objects.get(number as usize).map(|object| name(&object.label)).unwrap_or_default();
    let task = |number: u32| plan.tasks.get(number as usize).map(|task| name(&task.label)).unwrap_or_default();
    let line = match *step {
        Step::Compute(ref work) => format!("compute {}", work::write(work)),
        Step::Io(ref request) => return write_request(text, request),
        Step::Acquire(number) => format!("acquire {}", object(number)),
        Step::Release(number) => format!("release {}", object(number)),
        Step::Increment { counter, times, how } => {
            let how = match how {
                How::Plain => String::new(),
                How::Atomic => " atomic".into(),
                How::Local => " local".into(),
                How::Locked(lock) => format!(" lock={}", object(lock)),
            };
            format!("increment {} {times}{how}", object(counter))
        }
        Step::Set(number) => format!("set {}", object(number)),
        Step::Await(number) => format!("await {}", object(number)),
        Step::Arrive(number) => format!("arrive {}", object(number)),
        Step::Put { queue, value, bytes } => {
            let _ = write!(text, "put {} {value}", object(queue));
            return options(text, &[("bytes", bytes)]);
        }
        Step::Take(number) => format!("take {}", object(number)),
        Step::Wait { condition, lock } => format!("wait {} {}", object(condition), object(lock)),
        Step::Notify { condition, all } => format!("notify {}{}", if all { "all " } else { "" }, object(condition)),
        Step::Spawn(number) => format!("spawn {}", task(number)),
        Step::Join(number) => format!("join {}", task(number)),
        Step::Yield => "yield".into(),
    };
    text.push_str(&line);
}

fn write_request(text: &mut String, request: &Request) {
    let (mut bytes, mut failures) = (0, 0);
    let _ = match &request.target {
        Target::Slow { delay_ms, bytes: length, failures: fail } => {
            (bytes, failures) = (*length, *fail);
            write!(text, "request {delay_ms}")
        }
        Target::Picture { delay_ms, number } => write!(text, "request picture {number} {delay_ms}"),
        Target::Url(url) => write!(text, "request url {}", in_quotes(url)),
    };
    options(
        text,
        &[("bytes", bytes), ("failures", failures), ("timeout", request.timeout_ms), ("retries", request.retries)],
    );
    if request.id != BY_PLACE {
        let _ = write!(text, " id={}", request.id);
    }
}

/// A name: as it is if it is a word, else in quotes.
fn name(label: &str) -> String {
    // `all` stands before a condition's name.
    let is_word = label.starts_with(char::is_alphabetic)
        && label != "all"
        && label.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    if is_word { label.to_owned() } else { in_quotes(label) }
}

fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
