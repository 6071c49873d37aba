//! A step as a line: read with the names that the text declares, and written.

use super::line::Line;
use super::{BY_PLACE, Problem, quoted, work};
use crate::plan::values::address;
use crate::plan::{How, Object, ObjectKind, PICTURES, Request, Step, Target};

/// The longest wait for an answer, ms.
const MOST_DELAY_MS: u32 = 20_000;
/// The longest answer and the longest message, bytes.
const MOST_BYTES: u32 = 1_000_000;
/// Most attempts that fail, and that are made after a failure.
const MOST_RETRIES: u32 = 10;
/// Most increments in a step.
const MOST_TIMES: u32 = 10_000_000;
/// The largest message and the largest number of a request.
const MOST_VALUE: u32 = 1_000_000;

/// What steps can name.
pub(super) struct Names {
    /// The objects, in the order in which they were declared.
    pub(super) objects: Vec<Object>,
    /// The tasks' names, by number.
    pub(super) tasks: Vec<String>,
}

impl Names {
    /// The number of the object that is named next, which has to be a `wanted` one.
    fn object(&self, line: &mut Line, wanted: &str, is_it: fn(ObjectKind) -> bool) -> Result<u32, Problem> {
        let name = line.word(&format!("the name of a {wanted}"))?;
        self.named(&name, wanted, is_it).map_err(|why| line.problem_before(why))
    }

    fn named(&self, name: &str, wanted: &str, is_it: fn(ObjectKind) -> bool) -> Result<u32, String> {
        match self.objects.iter().position(|object| object.label == name) {
            Some(place) if is_it(self.objects[place].kind) => Ok(place as u32),
            Some(_) => Err(format!("{} is no {wanted}", quoted(name))),
            None => {
                let fit = self.objects.iter().filter(|object| is_it(object.kind)).map(|object| &*object.label);
                Err(format!("there is no {wanted} {}; {}", quoted(name), there(fit.collect())))
            }
        }
    }

    fn task(&self, line: &mut Line) -> Result<u32, Problem> {
        let name = line.word("the name of a task")?;
        let mut places = self.tasks.iter().zip(0..).filter(|(task, _)| **task == name).map(|(_, place)| place);
        match (places.next(), places.next()) {
            (Some(place), None) => Ok(place),
            (Some(_), Some(_)) => Err(line.problem_before(format!("more than one task is called {}", quoted(&name)))),
            (None, _) => {
                let tasks = self.tasks.iter().map(|task| &**task).collect();
                Err(line.problem_before(format!("there is no task {}; {}", quoted(&name), there(tasks))))
            }
        }
    }
}

/// What there is, in words; not all of it if that is much.
fn there(mut names: Vec<&str>) -> String {
    const MOST: usize = 8;
    let more = if names.len() > MOST { ", …" } else { "" };
    names.truncate(MOST);
    if names.is_empty() { "there is none".into() } else { format!("there are: {}{more}", names.join(", ")) }
}

pub(super) fn is_lock(kind: ObjectKind) -> bool {
    matches!(kind, ObjectKind::Lock | ObjectKind::ReentrantLock)
}

fn can_be_held(kind: ObjectKind) -> bool {
    is_lock(kind) || matches!(kind, ObjectKind::Semaphore { .. })
}

fn is_queue(kind: ObjectKind) -> bool {
    matches!(kind, ObjectKind::Queue { .. })
}

/// Reads a step whose first word, which was read already, is `word`.
pub(super) fn read(word: &str, line: &mut Line, names: &Names) -> Result<Step, Problem> {
    let step = match word {
        "compute" => Step::Compute(work::read(line)?),
        "request" => Step::Io(request(line)?),
        "acquire" => Step::Acquire(names.object(line, "lock or semaphore", can_be_held)?),
        "release" => Step::Release(names.object(line, "lock or semaphore", can_be_held)?),
        "increment" => {
            let counter = names.object(line, "counter", |kind| kind == ObjectKind::Counter)?;
            let times = line.number("how often", 0, MOST_TIMES)?;
            let how = match line.option("lock") {
                Some(lock) => {
                    let lock = names.named(&lock, "lock that is not re-entrant", |kind| kind == ObjectKind::Lock);
                    How::Locked(lock.map_err(|why| line.problem_before(why))?)
                }
                None if line.takes("atomic") => How::Atomic,
                None if line.takes("local") => How::Local,
                None => How::Plain,
            };
            Step::Increment { counter, times, how }
        }
        "set" => Step::Set(names.object(line, "event", |kind| kind == ObjectKind::Event)?),
        "await" => Step::Await(names.object(line, "event", |kind| kind == ObjectKind::Event)?),
        "arrive" => Step::Arrive(names.object(line, "barrier", |kind| matches!(kind, ObjectKind::Barrier { .. }))?),
        "put" => {
            let queue = names.object(line, "queue", is_queue)?;
            let value = if line.is_at_number() { line.number("what the message says", 0, MOST_VALUE)? } else { 1 };
            let [bytes] = line.options([("bytes", MOST_BYTES, 0)])?;
            Step::Put { queue, value, bytes }
        }
        "take" => Step::Take(names.object(line, "queue", is_queue)?),
        "wait" => {
            let condition = names.object(line, "condition", |kind| kind == ObjectKind::Condition)?;
            Step::Wait { condition, lock: names.object(line, "lock", is_lock)? }
        }
        "notify" => {
            let all = line.takes("all");
            Step::Notify { condition: names.object(line, "condition", |kind| kind == ObjectKind::Condition)?, all }
        }
        "spawn" => Step::Spawn(names.task(line)?),
        "join" => Step::Join(names.task(line)?),
        "yield" => Step::Yield,
        _ => return Err(line.problem_before(format!("there is no step {}", quoted(word)))),
    };
    line.done()?;
    Ok(step)
}

fn request(line: &mut Line) -> Result<Request, Problem> {
    let attempts = [("timeout", MOST_DELAY_MS, 0), ("retries", MOST_RETRIES, 0), ("id", MOST_VALUE, BY_PLACE)];
    let [timeout, retries, id] = attempts;
    let delay = |line: &mut Line| line.number("after how many ms it is answered", 0, MOST_DELAY_MS);
    let (target, [timeout_ms, retries, id]) = if line.takes("picture") {
        let number = line.number("the number of a picture", 1, PICTURES)?;
        (Target::Picture { number, delay_ms: delay(line)? }, line.options(attempts)?)
    } else if line.takes("url") {
        let given = line.word("an address")?;
        let url = address(&given, line.number).map_err(|_| {
            line.problem_before(format!("{} is no full address; write it with https:// and a host", quoted(&given)))
        })?;
        (Target::Url(url), line.options(attempts)?)
    } else {
        let delay_ms = delay(line)?;
        let [bytes, failures, timeout_ms, retries, id] =
            line.options([("bytes", MOST_BYTES, 0), ("failures", MOST_RETRIES, 0), timeout, retries, id])?;
        (Target::Slow { delay_ms, bytes, failures }, [timeout_ms, retries, id])
    };
    Ok(Request { id, target, timeout_ms, retries })
}
