//! A fence `demo ID`: lines `key: value` that choose a demo, its engines and its parameters, say what it teaches and claim what its runs
//! come to. A plan of the lesson's own stands behind all other lines.

use interleave::demo::{self, DEMOS, Demo, LinkProblem, OWN_PLAN, Setup, encode};
use interleave::engine::EngineId;
use interleave::lesson::DemoBlock;
use interleave::plan::{Values, text};

use super::blocks::{Ids, engine, required_id};
use super::claims;
use super::error::{Checked, mistake};
use super::head::{Entry, Head, entries};
use super::source::Text;

/// The demo written in `body`.
pub fn block(head: &Head, body: &Text, ids: &mut Ids) -> Checked<DemoBlock> {
    head.only(&[])?;
    let id = required_id(head, ids)?;
    let (body, plan) = cut(body);
    let lines = entries(&body, "claim")?;
    let get = |key: &str| lines.iter().find(|entry| entry.key == key);
    let Some(named) = get("demo") else {
        return mistake(head.line, "broken directive: a line `demo: …` is missing");
    };
    let Some(demo) = demo::find(named.value) else {
        let known = DEMOS.iter().map(|demo| demo.id).collect::<Vec<_>>().join(", ");
        return mistake(named.line, format!("unknown demo “{}”: there are {known}", named.value));
    };
    let values = match (plan, demo.workload.takes_plan) {
        (Some(plan), true) => own_plan(&plan)?,
        (None, false) => Values::default(),
        (Some(plan), false) => {
            return mistake(plan.line - 1, format!("“{}” has its plan; `plan:` is for {}", demo.id, OWN_PLAN.id));
        }
        (None, true) => return mistake(head.line, "a line `plan:` is missing, with the plan behind it"),
    };
    let engines = match get("engines") {
        Some(list) => list.value.split(',').map(|key| engine(key.trim(), list.line)).collect::<Checked<Vec<_>>>()?,
        None => demo.engines.to_vec(),
    };
    let is_setting =
        |entry: &&Entry| !matches!(entry.key, "demo" | "engines" | "sweep" | "teaches" | "claim" | "claim-cores");
    let settings = lines.iter().filter(is_setting).map(|entry| parameter(demo, &engines, &values, entry));
    let mut parameters = settings.collect::<Checked<Vec<_>>>()?;
    if demo.workload.takes_plan {
        parameters.push(("plan".into(), encode(values.plan_text())));
    }
    if let Some(sweep) = get("sweep") {
        parameters.push(("sweep".into(), sweep.value.replace(' ', "")));
    }
    let mut block = DemoBlock { id, demo: demo.id.to_owned(), engines, parameters, claims: Vec::new() };
    if let Some(problem) = Setup::parse(demo, &block.link()).1.first() {
        let line_of = |key| get(key).map_or(named.line, |entry| entry.line);
        let line = line_of("engines");
        return match problem {
            LinkProblem::CannotRun(engine) => {
                let why = engine.refusal(&demo.plan(&values)).unwrap_or("it is not made for it");
                mistake(line, format!("the engine “{}” cannot run this: {why}", engine.key()))
            }
            LinkProblem::Sweep(_) => mistake(line_of("sweep"), problem.to_string()),
            problem => mistake(line, problem.to_string()),
        };
    }
    block.claims = claims::read(&block, &lines)?;
    Ok(block)
}

/// The lines before `plan:`, and those behind it.
fn cut(body: &Text) -> (Text, Option<Text>) {
    let lines: Vec<_> = body.text.lines().collect();
    let text = |lines: &[&str]| lines.iter().flat_map(|line| [*line, "\n"]).collect::<String>();
    let Some(at) = lines.iter().position(|line| line.trim_end() == "plan:") else {
        return (Text { line: body.line, text: body.text.clone() }, None);
    };
    let plan = Text { line: body.line + at + 1, text: text(&lines[at + 1..]) };
    (Text { line: body.line, text: text(&lines[..at]) }, Some(plan))
}

fn own_plan(plan: &Text) -> Checked<Values> {
    match text::read(&plan.text) {
        Ok(_) => Ok(Values::default().with_plan_text(&plan.text)),
        Err(problems) => match problems.first() {
            Some(problem) => mistake(plan.line + problem.line - 1, format!("{}.", problem.what)),
            None => mistake(plan.line, "this plan cannot be read"),
        },
    }
}

fn parameter(demo: &Demo, engines: &[EngineId], values: &Values, entry: &Entry) -> Checked<(String, String)> {
    let Entry { line, key, value } = *entry;
    let Some(parameter) = demo.parameters(engines, values).find(|parameter| parameter.key == key) else {
        let known = demo.parameters(engines, values).map(|parameter| parameter.key).collect::<Vec<_>>().join(", ");
        return mistake(line, format!("“{}” has no parameter “{key}” with these engines: there are {known}", demo.id));
    };
    match parameter.parse(value) {
        Ok(number) => Ok((key.to_owned(), number.to_string())),
        Err(error) => mistake(line, error.to_string()),
    }
}
