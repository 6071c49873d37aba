//! Predictions: a task list whose items say in code to which charts, values or bars they reply.

use interleave::engine::EngineId;
use interleave::lesson::{
    Asked, Board, CameTo, ChartOption, DemoBlock, Pattern, PatternReply, Predicted, Prediction, Slider, judge, spans,
};

use super::ahead::{board_tasks, simulated, small_chart};
use super::blocks::{Ids, check_one_is_right, demo_of, engine, hash_of, reply, required_id};
use super::error::{Checked, mistake};
use super::head::Head;
use super::markdown::{self, OptionSource};
use super::ranges::{code, ranges};
use super::source::Text;

/// The prediction written in `body`, which names one of `demos`, those of its step.
pub fn prediction(head: &Head, body: &Text, demos: &[DemoBlock], ids: &mut Ids) -> Checked<Prediction> {
    let id = required_id(head, ids)?;
    let demo = demo_of(head, demos, "a prediction")?;
    let of = engine_of(head, demo, required(head, "engine", "a prediction is of the run of one engine")?)?;
    let kind = required(head, "kind", "a prediction says how it is made")?;
    let lists = markdown::choice_lists(body, true)?;
    let [list] = lists.as_slice() else {
        return mistake(head.line, format!("a prediction has one list of replies; this one has {}", lists.len()));
    };
    check_one_is_right(&list.options, head.line)?;
    let asked = match kind {
        "charts" => charts(head, &list.options, demo)?,
        "makespan" | "speed-up" => slider(head, &list.options, demo, kind == "speed-up")?,
        "bars" => Asked::Bars(board(head, &list.options, demo, of.key())?),
        _ => {
            let known = "there are charts, makespan, speed-up, bars";
            return mistake(head.line, format!("a prediction cannot be made by “{kind}”: {known}"));
        }
    };
    let mut prediction = Prediction {
        id,
        hash: String::new(),
        demo: demo.id.clone(),
        engine: of,
        prompt_html: list.prompt_html.clone(),
        asked,
    };
    check_it_comes_out(&prediction, head, demo)?;
    prediction.hash = hash_of(&prediction);
    Ok(prediction)
}

pub fn required<'a>(head: &'a Head, key: &str, why: &str) -> Checked<&'a str> {
    match head.get(key) {
        Some(value) => Ok(value),
        None => mistake(head.line, format!("broken directive: {why} with `{key}=…`")),
    }
}

fn number(head: &Head, key: &str, why: &str) -> Checked<f64> {
    let text = required(head, key, why)?;
    match text.parse() {
        Ok(number) if number > 0.0 && f64::is_finite(number) => Ok(number),
        _ => mistake(head.line, format!("`{key}` must be a number above 0; “{text}” is not")),
    }
}

/// An engine that `demo` runs.
pub fn engine_of(head: &Head, demo: &DemoBlock, key: &str) -> Checked<EngineId> {
    let of = engine(key, head.line)?;
    match demo.engines.contains(&of) {
        true => Ok(of),
        false => mistake(head.line, format!("the demo “{}” does not run the engine “{key}”", demo.id)),
    }
}

fn charts(head: &Head, options: &[OptionSource], demo: &DemoBlock) -> Checked<Asked> {
    head.only(&["demo", "engine", "kind"])?;
    let option = |(letter, option): (char, &OptionSource)| {
        let link = code(option, "an engine whose chart it is (`gather`, `limited?limit=3`)")?;
        if option.html.is_empty() {
            return mistake(option.line, "this chart has no name: write one behind the code");
        }
        let ahead = simulated(demo, link, option.line)?;
        Ok(ChartOption {
            id: letter.to_string(),
            html: option.html.clone(),
            bars: small_chart(&ahead, option.line)?,
            correct: option.correct,
            reply_html: reply(option)?,
        })
    };
    let options = ('a'..='z').zip(options).map(option).collect::<Checked<Vec<_>>>()?;
    match options.len() {
        1 => mistake(head.line, "one chart alone is no choice"),
        _ => Ok(Asked::Charts { options }),
    }
}

fn slider(head: &Head, options: &[OptionSource], demo: &DemoBlock, is_ratio: bool) -> Checked<Asked> {
    head.only(if is_ratio {
        &["demo", "engine", "kind", "over", "from", "to"]
    } else {
        &["demo", "engine", "kind", "from", "to"]
    })?;
    let over = match is_ratio {
        true => Some(engine_of(head, demo, required(head, "over", "a speed-up is one over another engine")?)?),
        false => None,
    };
    let why = "a slider goes from one value to another";
    let (from, to) = (number(head, "from", why)?, number(head, "to", why)?);
    let slider = Slider { over, from, to, ranges: ranges(options)? };
    match slider.stops().len() {
        0..=4 => mistake(head.line, "fewer than five values lie between `from` and `to`"),
        _ => Ok(Asked::Slider(slider)),
    }
}

fn board(head: &Head, options: &[OptionSource], demo: &DemoBlock, key: &str) -> Checked<Board> {
    head.only(&["demo", "engine", "kind", "step"])?;
    let step_ms = number(head, "step", "bars start at multiples of a step")?;
    let mut replies: Vec<PatternReply> = Vec::new();
    for option in options {
        let known = "one-after-another, all-at-once, N-at-a-time, staircase, other";
        let name = code(option, "a pattern")?;
        let Some(pattern) = Pattern::from_key(name) else {
            return mistake(option.line, format!("unknown pattern “{name}”: there are {known}"));
        };
        if replies.iter().any(|reply| reply.pattern == pattern) {
            return mistake(option.line, format!("“{name}” stands twice"));
        }
        replies.push(PatternReply { pattern, correct: option.correct, reply_html: reply(option)? });
    }
    if replies.iter().all(|reply| reply.pattern != Pattern::Other) {
        return mistake(head.line, "nothing is said to patterns that are not named: add `other`");
    }
    let ahead = simulated(demo, key, head.line)?;
    let tasks = board_tasks(&ahead, step_ms, head.line)?;
    let end_ms = tasks.iter().map(|task| task.length_ms).sum();
    Ok(Board { tasks, end_ms, step_ms, replies })
}

/// Whether the run comes out as it is ticked, if it is simulated: an author can be mistaken, too.
fn check_it_comes_out(prediction: &Prediction, head: &Head, demo: &DemoBlock) -> Checked<()> {
    let any = match &prediction.asked {
        Asked::Charts { options } => Predicted::Chart(options[0].id.clone()),
        Asked::Slider(slider) => Predicted::Value(slider.from),
        Asked::Bars(board) => Predicted::Starts(vec![0.0; board.tasks.len()]),
        // No run shows by itself what is right.
        Asked::Myth { .. } => return Ok(()),
    };
    let run = |engine: &EngineId| Ok(CameTo::ended(*engine, simulated(demo, engine.key(), head.line)?));
    let over = if let Asked::Slider(Slider { over: Some(over), .. }) = &prediction.asked { Some(over) } else { None };
    let ahead = [&prediction.engine].into_iter().chain(over).map(run).collect::<Checked<Vec<_>>>()?;
    // A lesson replies only to a run that comes out as its author expects.
    match judge(prediction, &any, &ahead) {
        Some(judged) if !judged.reply_html.is_empty() => Ok(()),
        Some(_) => {
            let told = |run: &CameTo| format!("{}: {}", run.engine.key(), Pattern::said(&spans(&run.trace)));
            let told = ahead.iter().map(told).collect::<Vec<_>>().join("; ");
            mistake(head.line, format!("simulated, the run comes out otherwise than it is ticked ({told})"))
        }
        None => mistake(head.line, "simulated, the run has nothing to hold this prediction against"),
    }
}
