//! Reads a text: first what it declares, then the steps with the names that are known by then, and at last whether the whole
//! can be carried out.

use super::line::Line;
use super::step::{self, Names};
use super::{
    BY_PLACE, MOST_OBJECTS, MOST_PROBLEMS, MOST_STEPS, MOST_TASKS, MOST_TEXT_BYTES, OBJECTS, Problem, STEPS, check,
    quoted,
};
use crate::plan::{Object, ObjectKind, Plan, Step, Task};

/// Most permits, parties and messages in a queue.
const MOST_PLACES: u32 = 1_000;
/// Longest argument and result of a task, bytes.
const MOST_COPIED: u32 = 16_000_000;
/// Latest arrival of a task, ms, and the least urgent.
const LATEST_MS: u32 = 60_000;
const LEAST_URGENT: u32 = 100;

/// A step, and in which line it stands.
pub(super) type Placed = (Step, usize);

/// A task as it stands in the text.
struct Written {
    /// What all of its copies have.
    task: Task,
    /// How many there are, if they are numbered.
    copies: Option<u32>,
    /// The lines of its steps, with their first words.
    lines: Vec<(String, Line)>,
    line: usize,
}

/// The plan that `text` says.
///
/// # Errors
/// What is wrong, in the order of the lines; at least one problem, and not all of them if they are many.
pub fn read(text: &str) -> Result<Plan, Vec<Problem>> {
    if text.len() > MOST_TEXT_BYTES {
        let what = format!("the text has {} bytes; it can have {MOST_TEXT_BYTES} at most", text.len());
        return Err(vec![Problem { line: 1, column: 1, what }]);
    }
    let mut problems = Vec::new();
    let (objects, written) = declared(text, &mut problems);
    let names = Names { objects, tasks: written.iter().flat_map(labels).collect() };
    let mut tasks: Vec<(Task, Vec<usize>)> = Vec::new();
    let mut left = MOST_STEPS;
    for written in &written {
        let steps = steps(&written.lines, &names, &mut problems);
        let copies = written.copies.unwrap_or(1) as usize;
        if steps.len() * copies > left {
            problems.push(at(written.line, format!("with this task there are more than {MOST_STEPS} steps")));
            break;
        }
        left -= steps.len() * copies;
        let lines: Vec<usize> = steps.iter().map(|(_, line)| *line).collect();
        let steps: Vec<Step> = steps.into_iter().map(|(step, _)| step).collect();
        tasks.extend(
            labels(written).map(|label| (Task { label, steps: steps.clone(), ..written.task.clone() }, lines.clone())),
        );
    }
    number_requests(tasks.iter_mut().flat_map(|(task, _)| &mut task.steps));
    let (tasks, lines): (_, Vec<_>) = tasks.into_iter().unzip();
    let plan = Plan { tasks, objects: names.objects };
    if problems.is_empty() {
        check::check(&plan, &lines, &mut problems);
    }
    problems.sort_by_key(|problem| (problem.line, problem.column));
    problems.truncate(MOST_PROBLEMS);
    if problems.is_empty() { Ok(plan) } else { Err(problems) }
}

pub(super) fn at(line: usize, what: String) -> Problem {
    Problem { line, column: 1, what }
}

/// Gives each request that has no number of its own that of its place among all.
fn number_requests<'a>(steps: impl Iterator<Item = &'a mut Step>) {
    let requests = steps.filter_map(|step| match step {
        Step::Io(request) => Some(request),
        _ => None,
    });
    for (place, request) in (0..).zip(requests) {
        request.id = if request.id == BY_PLACE { place } else { request.id };
    }
}

fn labels(written: &Written) -> impl Iterator<Item = String> {
    let label = written.task.label.clone();
    let numbered = written.copies.is_some();
    (1..=written.copies.unwrap_or(1)).map(move |k| if numbered { format!("{label} {k}") } else { label.clone() })
}

/// The objects and tasks of the text, each with the lines of its steps.
fn declared(text: &str, problems: &mut Vec<Problem>) -> (Vec<Object>, Vec<Written>) {
    let (mut objects, mut tasks): (Vec<Object>, Vec<Written>) = (Vec::new(), Vec::new());
    let mut count = 0;
    for (number, text) in (1..).zip(text.lines()) {
        if problems.len() >= MOST_PROBLEMS {
            break;
        }
        let mut declare = || {
            let mut line = Line::new(number, text)?;
            if line.is_done() {
                return Ok(());
            }
            let word = line.word("an object, a task or a step")?;
            if OBJECTS.contains(&&*word) {
                let object = object(&word, &mut line)?;
                if objects.iter().any(|other: &Object| other.label == object.label) {
                    return Err(at(number, format!("there is a {} already", quoted(&object.label))));
                }
                if objects.len() == MOST_OBJECTS {
                    return Err(at(number, format!("there can be {MOST_OBJECTS} objects at most")));
                }
                objects.push(object);
            } else if word == "task" {
                let task = task(&mut line)?;
                count += task.copies.unwrap_or(1) as usize;
                if count > MOST_TASKS {
                    return Err(at(number, format!("with this one there are {count} tasks; {MOST_TASKS} is the most")));
                }
                tasks.push(task);
            } else if STEPS.contains(&&*word) || matches!(&*word, "repeat" | "end") {
                let task = tasks.last_mut();
                let task =
                    task.ok_or_else(|| at(number, "a step belongs to a task; write: task and its name".into()))?;
                task.lines.push((word, line));
            } else {
                let (kind, known) = match tasks.is_empty() {
                    true => ("object", format!("{}; tasks begin with: task", OBJECTS.join(", "))),
                    false => ("step", STEPS.join(", ")),
                };
                let what = format!("there is no {kind} {}; there are: {known}", quoted(&word));
                return Err(line.problem_before(what));
            }
            Ok(())
        };
        problems.extend(declare().err());
    }
    if tasks.is_empty() && problems.is_empty() {
        problems.push(at(text.lines().count().max(1), "there is no task yet; write: task and its name".into()));
    }
    (objects, tasks)
}

fn object(kind: &str, line: &mut Line) -> Result<Object, Problem> {
    let label = line.name("its name")?;
    let kind = match kind {
        "lock" => ObjectKind::Lock,
        "reentrant-lock" => ObjectKind::ReentrantLock,
        "semaphore" => ObjectKind::Semaphore { permits: line.number("how many permits", 1, MOST_PLACES)? },
        "event" => ObjectKind::Event,
        "barrier" => ObjectKind::Barrier { parties: line.number("how many have to come", 1, MOST_PLACES)? },
        "queue" => ObjectKind::Queue { capacity: line.number("how many messages have room", 1, MOST_PLACES)? },
        "counter" => ObjectKind::Counter,
        _ => ObjectKind::Condition,
    };
    line.done()?;
    Ok(Object { label, kind })
}

fn task(line: &mut Line) -> Result<Written, Problem> {
    let label = line.name("the task’s name")?;
    let copies = if line.takes("*") || line.takes("×") {
        Some(line.number("how many such tasks", 1, MOST_TASKS as u32)?)
    } else {
        None
    };
    let [argument_bytes, result_bytes, priority, arrival_ms] = line.options([
        ("argument", MOST_COPIED, 0),
        ("result", MOST_COPIED, 0),
        ("priority", LEAST_URGENT, 0),
        ("arrival", LATEST_MS, 0),
    ])?;
    line.done()?;
    let task = Task { label, steps: Vec::new(), argument_bytes, result_bytes, priority, arrival_ms };
    Ok(Written { task, copies, lines: Vec::new(), line: line.number })
}

/// The steps of a task, with what is repeated written out.
fn steps(lines: &[(String, Line)], names: &Names, problems: &mut Vec<Problem>) -> Vec<Placed> {
    // What is repeated how often from which line on, from the outside inwards; outermost the task itself.
    let mut open: Vec<(u32, usize, Vec<Placed>)> = vec![(1, 0, Vec::new())];
    for (word, line) in lines {
        let mut line = line.clone();
        let mut take = || {
            match word.as_str() {
                "repeat" => {
                    let times = line.number("how often", 1, MOST_STEPS as u32)?;
                    line.done()?;
                    open.push((times, line.number, Vec::new()));
                }
                "end" if open.len() == 1 => {
                    return Err(line.problem_before("here is nothing that ends; end belongs to repeat"));
                }
                "end" => {
                    line.done()?;
                    let inner = open.pop();
                    if let Some(((times, from, steps), (.., outer))) = inner.zip(open.last_mut()) {
                        if steps.len() * times as usize + outer.len() > MOST_STEPS {
                            return Err(at(from, format!("repeated so often it is more than {MOST_STEPS} steps")));
                        }
                        (0..times).for_each(|_| outer.extend(steps.iter().cloned()));
                    }
                }
                _ => {
                    let step = step::read(word, &mut line, names)?;
                    if let Some((.., steps)) = open.last_mut() {
                        steps.push((step, line.number));
                    }
                }
            }
            Ok(())
        };
        if problems.len() < MOST_PROBLEMS {
            problems.extend(take().err());
        }
    }
    let not_ended = open.iter().skip(1).map(|(_, from, _)| at(*from, "what is repeated has no end; write: end".into()));
    problems.extend(not_ended);
    open.swap_remove(0).2
}
