//! Tasks: what is to be achieved with a demo, its conditions, and a solution. Both how the demo opens and the solution are simulated: a task
//! that is done before anything was changed, or cannot be done as its author says, is a mistake.

use interleave::demo::Setup;
use interleave::engine::EngineId;
use interleave::lesson::{Condition, DemoBlock, Measured, Task};

use super::ahead::{self, CORES};
use super::blocks::{Ids, demo_of, hash_of, required_id};
use super::claims;
use super::error::{Checked, mistake};
use super::head::Head;
use super::markdown;
use super::source::Text;

/// The task written in `body`, which names one of `demos`, those of its step.
pub fn task(head: &Head, body: &Text, demos: &[DemoBlock], ids: &mut Ids) -> Checked<Task> {
    head.only(&["demo", "solution"])?;
    let id = required_id(head, ids)?;
    let demo = demo_of(head, demos, "a task")?;
    let Some(solution) = head.get("solution") else {
        return mistake(head.line, "broken directive: a task has a solution: `solution=\"engines=…&limit=9\"`");
    };
    let (prompt_html, items) = markdown::code_list(body)?;
    let mut conditions = Vec::new();
    for item in &items {
        let claim = claims::claim(&item.code, item.line)?;
        if claim.needs_simulation() {
            return mistake(item.line, "a condition is of the learner’s run: its engine has no parameters of its own");
        }
        if claim.text.contains("within") {
            return mistake(item.line, "a condition is met as it is written, without `within`");
        }
        if prompt_html.is_empty() || item.reply_html.is_empty() {
            return mistake(
                item.line,
                "a task says what is to be achieved, and each condition replies to who misses it",
            );
        }
        conditions.push((item.line, Condition { claim, reply_html: item.reply_html.clone() }));
    }
    check(head, demo, solution, &conditions)?;
    let conditions = conditions.into_iter().map(|(_, condition)| condition).collect();
    let (hash, solution) = (String::new(), solution.to_owned());
    let mut task = Task { id, hash, demo: demo.id.clone(), prompt_html, conditions, solution };
    task.hash = hash_of(&task);
    Ok(task)
}

/// Whether the task is missed as the demo opens, and done by its solution, as far as that can be simulated.
fn check(head: &Head, demo: &DemoBlock, solution: &str, conditions: &[(usize, Condition)]) -> Checked<()> {
    let opens = ran(demo, "", CORES, head.line)?;
    let solved = ran(demo, solution, CORES, head.line)?;
    let can_tell = conditions.iter().filter(|(_, condition)| !condition.claim.needs_real_run());
    let mut is_missed = can_tell.clone().count() < conditions.len();
    for (line, Condition { claim, .. }) in can_tell {
        let judged = claim.judge(&solved);
        if !judged.is_met() {
            return mistake(
                *line,
                format!("the solution, simulated, does not meet “{}”: {}", claim.text, judged.words),
            );
        }
        is_missed |= !claim.judge(&opens).is_met();
    }
    match is_missed {
        true => Ok(()),
        false => mistake(head.line, "simulated, the demo meets every condition as it opens: there is nothing to do"),
    }
}

/// What the compiled `demo` is set up with to do `task`.
///
/// # Errors
/// Why it cannot be, in words.
pub fn solution(demo: &DemoBlock, task: &Task) -> Result<Setup, String> {
    ahead::setup(demo, &task.solution, 0).map_err(|wrong| wrong.message)
}

/// Whether its solution does `task` on an ideal machine with so many cores, as far as that can be simulated.
///
/// # Errors
/// Why not, in words.
pub fn is_done_on(demo: &DemoBlock, task: &Task, cores: u32) -> Result<(), String> {
    let measured = ran(demo, &task.solution, cores, 0).map_err(|wrong| wrong.message)?;
    let mut judged = task.conditions.iter().map(|condition| &condition.claim).filter(|claim| !claim.needs_real_run());
    let missed = judged.find_map(|claim| Some(claim.judge(&measured)).filter(|judged| !judged.is_met()));
    missed.map_or(Ok(()), |judged| Err(judged.words))
}

/// What the demo comes to with the engines and parameters of `link`.
fn ran(demo: &DemoBlock, link: &str, cores: u32, line: usize) -> Checked<Measured> {
    let setup = ahead::setup(demo, link, line)?;
    let own: Vec<_> = link.split('&').filter(|pair| !pair.starts_with("engines=")).collect();
    let run = |engine: &EngineId| ahead::run(demo, &format!("{}?{}", engine.key(), own.join("&")), cores, line);
    setup.engines.iter().map(run).collect()
}
