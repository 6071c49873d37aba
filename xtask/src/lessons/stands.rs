//! Where tasks stand in a listing: ```` ```python title="…" engine=gather demo=nine lines="waiting-for-io:2 running:2" ````. Read when all
//! steps are there, since a listing may stand in another step than the demo that it names.

use interleave::engine::EngineId;
use interleave::lesson::{Block, DemoBlock, Listing, Stands, Step};
use interleave::trace::State;

use super::error::{Checked, mistake};
use super::head::Head;
use super::source::{Segment, StepSource};

/// Gives each listing of `steps`, which were made of `sources`, the lines at which its head says that tasks stand.
pub fn bind(sources: &[StepSource], steps: &mut [Step]) -> Checked<()> {
    let blocks = steps.iter().flat_map(|step| &step.blocks);
    let demos = blocks.filter_map(|block| if let Block::Demo(demo) = block { Some(demo.clone()) } else { None });
    let demos: Vec<DemoBlock> = demos.collect();
    let mut bound: Vec<(String, EngineId, usize)> = Vec::new();
    let segments = sources.iter().flat_map(|step| &step.segments);
    for (segment, block) in segments.zip(steps.iter_mut().flat_map(|step| &mut step.blocks)) {
        let (Segment::Fence(head, _), Block::Listing(listing)) = (segment, block) else { continue };
        let Some((engine, stands)) = stands(head, listing, &demos)? else { continue };
        for id in &stands.demos {
            if let Some((.., line)) = bound.iter().find(|(demo, of, _)| demo == id && *of == engine) {
                let key = engine.key();
                return mistake(
                    head.line,
                    format!("the engine “{key}” of the demo “{id}” has its listing on line {line} already"),
                );
            }
            bound.push((id.clone(), engine, head.line));
        }
        listing.stands = Some(stands);
    }
    Ok(())
}

fn stands(head: &Head, listing: &Listing, demos: &[DemoBlock]) -> Checked<Option<(EngineId, Stands)>> {
    let (named, lines) = match (head.get("demo"), head.get("lines")) {
        (None, None) => return Ok(None),
        (Some(named), Some(lines)) => (named, lines),
        (None, Some(_)) => return mistake(head.line, "`lines` are those of a demo’s tasks: name it with `demo=…`"),
        (Some(_), None) => {
            return mistake(head.line, "where do the demo’s tasks stand? Say it with `lines=\"state:line …\"`");
        }
    };
    let Some(engine) = listing.engine else {
        return mistake(head.line, "whose tasks stand here? Name one of the demo’s engines with `engine=…`");
    };
    let ids: Vec<_> = named.split(',').map(str::trim).collect();
    for id in &ids {
        let Some(demo) = demos.iter().find(|demo| demo.id == *id) else {
            let known = demos.iter().map(|demo| demo.id.as_str()).collect::<Vec<_>>().join(", ");
            return mistake(head.line, format!("there is no demo “{id}” in this lesson: there are {known}"));
        };
        if !demo.engines.contains(&engine) {
            return mistake(head.line, format!("the demo “{id}” does not run the engine “{}”", engine.key()));
        }
    }
    let mut of_states: Vec<(State, u32)> = Vec::new();
    for word in lines.split_whitespace() {
        let (state, line) = state_and_line(word, listing, head.line)?;
        if of_states.iter().any(|(other, _)| *other == state) {
            return mistake(head.line, format!("“{}” stands twice: a state has one line", state.key()));
        }
        of_states.push((state, line));
    }
    if of_states.is_empty() {
        return mistake(head.line, "`lines` names no line: write `state:line`, such as `waiting-for-io:2`");
    }
    Ok(Some((engine, Stands { demos: ids.into_iter().map(str::to_owned).collect(), lines: of_states })))
}

/// What `waiting-for-io:2` says; `at` is the line of the lesson's file on which it is written.
fn state_and_line(word: &str, listing: &Listing, at: usize) -> Checked<(State, u32)> {
    let Some((key, number)) = word.split_once(':') else {
        return mistake(at, format!("“{word}” is not of the form `state:line`"));
    };
    let Some(state) = State::from_key(key) else {
        let known = State::ALL.map(State::key).join(", ");
        return mistake(at, format!("unknown state “{key}”: there are {known}"));
    };
    let program: Vec<_> = listing.source.lines().collect();
    match number.parse().ok().filter(|line| (1..=program.len()).contains(line)) {
        None => mistake(at, format!("“{number}” is no line of this listing: it has lines 1 to {}", program.len())),
        Some(line) if program[line - 1].trim().is_empty() => {
            mistake(at, format!("line {line} of this listing is empty: no task can stand there"))
        }
        Some(line) => Ok((state, line as u32)),
    }
}
