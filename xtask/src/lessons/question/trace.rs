//! A chart with blanks, each opened by a line “`A` at 150 of request 2”; what is ticked is held against the simulated run.

use interleave::lesson::question::{Blank, BlankOption, TraceWithBlanks};
use interleave::lesson::{Answers, DemoBlock, Stretch};
use interleave::trace::{State, Trace};

use crate::lessons::ahead::{simulated, small_chart};
use crate::lessons::blocks::{check_one_is_right, reply};
use crate::lessons::error::{Checked, Mistake, mistake};
use crate::lessons::head::Head;
use crate::lessons::markdown::{self, OptionSource};
use crate::lessons::prediction::required;
use crate::lessons::ranges::code;
use crate::lessons::source::Text;

/// The question's prompt as HTML, and its chart.
pub fn trace(head: &Head, body: &Text, demos: &[&DemoBlock]) -> Checked<(String, Answers)> {
    head.only(&["kind", "demo", "engine"])?;
    let named = required(head, "demo", "a trace is of a demo’s run")?;
    let Some(demo) = demos.iter().find(|demo| demo.id == named) else {
        return mistake(head.line, format!("there is no demo “{named}” in this step or before it"));
    };
    let ahead = simulated(demo, required(head, "engine", "a trace is of the run of one engine")?, head.line)?;
    let bars = small_chart(&ahead, head.line)?;
    let end_ms = bars.iter().map(|bar| bar.end_ms).fold(0.0, f64::max);
    let mut sections = sections(body).into_iter();
    let prompt = sections.next().expect("what stands before the first blank is a section, too");
    let mut blanks: Vec<Blank> = Vec::new();
    for (letter, section) in ('A'..='Z').zip(sections) {
        let blank = blank(letter, &section, &ahead, &bars, end_ms)?;
        let overlaps =
            |other: &&Blank| other.task == blank.task && other.start_ms < blank.end_ms && blank.start_ms < other.end_ms;
        if let Some(other) = blanks.iter().find(overlaps) {
            return mistake(section.line, format!("this stretch is hidden by `{}` already", other.letter));
        }
        blanks.push(blank);
    }
    if blanks.is_empty() {
        return mistake(head.line, "nothing is hidden: a blank opens with a line “`A` at TIME of TASK”");
    }
    let tasks = ahead.tasks().to_vec();
    Ok((markdown::to_html(&prompt)?, Answers::Trace(TraceWithBlanks { tasks, bars, end_ms, blanks })))
}

/// Cuts a body before each line that opens a blank.
fn sections(body: &Text) -> Vec<Text> {
    let mut sections = vec![Text { line: body.line, text: String::new() }];
    for (number, line) in (body.line..).zip(body.text.lines()) {
        let letter = line.strip_prefix('`').and_then(|rest| rest.split_once("` at ")).map(|(letter, _)| letter);
        if letter.is_some_and(|letter| letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_uppercase())) {
            sections.push(Text { line: number, text: String::new() });
        }
        let last = sections.last_mut().expect("there is one from the beginning");
        last.text += &format!("{line}\n");
    }
    sections
}

fn blank(letter: char, section: &Text, ahead: &Trace, bars: &[Stretch], end_ms: f64) -> Checked<Blank> {
    let wrong = |message: String| Mistake { line: section.line, message };
    let lists = markdown::choice_lists(section, true)?;
    let [list] = lists.as_slice() else {
        return Err(wrong(format!("a blank has one list of answers; this one has {}", lists.len())));
    };
    let paragraph = section.text.lines().take_while(|line| !line.trim().is_empty()).collect::<Vec<_>>().join(" ");
    let form = || wrong("a blank opens with its letter, a time in ms and a task: “`A` at 150 of request 2”".into());
    let (named, rest) = paragraph.split_once("` at ").ok_or_else(form)?;
    if named.trim_start_matches('`') != letter.to_string() {
        return Err(wrong(format!("this blank is called `{letter}`: they are A, B, C … as they are asked")));
    }
    let (time, rest) = rest.split_once(" of ").ok_or_else(form)?;
    let at_ms: f64 = time.trim_end_matches(" ms").parse().map_err(|_| form())?;
    if !(0.0..end_ms).contains(&at_ms) {
        return Err(wrong(format!("{at_ms} ms is not within the run, which takes {end_ms} ms")));
    }
    let tasks = (0..).zip(ahead.tasks()).filter(|(_, name)| rest.starts_with(name.as_str()));
    let Some((task, name)) = tasks.max_by_key(|(_, name)| name.len()) else {
        let known = ahead.tasks().join(", ");
        return Err(wrong(format!("no task of this run is called so: there are {known}")));
    };
    let (state, start_ms, end_ms) = hidden(task, at_ms, ahead, bars, end_ms).map_err(wrong)?;
    check_one_is_right(&list.options, section.line)?;
    if !(2..=4).contains(&list.options.len()) {
        return Err(wrong(format!("a blank has 2 to 4 answers; this one has {}", list.options.len())));
    }
    let mut options: Vec<BlankOption> = Vec::new();
    for (id, option) in ('a'..).zip(&list.options) {
        let said = option_state(option)?;
        if options.iter().any(|other| other.state == said) {
            return mistake(option.line, format!("“{}” stands twice", key(said)));
        }
        if option.correct && said != state {
            let (name, is) = (&ahead.tasks()[task as usize], key(state));
            return mistake(option.line, format!("simulated, the state of “{name}” at {at_ms} ms is `{is}`"));
        }
        options.push(BlankOption { id: id.into(), state: said, correct: option.correct, reply_html: reply(option)? });
    }
    let html = markdown::inline_html(&Text { line: section.line, text: rest[name.len()..].to_owned() })?;
    Ok(Blank { letter, task, at_ms, start_ms, end_ms, html, options })
}

/// What a task is doing at an instant, and from when until when; `None`: nothing.
fn hidden(
    task: u32,
    at_ms: f64,
    ahead: &Trace,
    bars: &[Stretch],
    end_ms: f64,
) -> Result<(Option<State>, f64, f64), String> {
    let own = || bars.iter().filter(|bar| bar.task == task);
    if let Some(bar) = own().find(|bar| (bar.start_ms..bar.end_ms).contains(&at_ms)) {
        return Ok((Some(bar.state), bar.start_ms, bar.end_ms));
    }
    let unseen = ahead
        .slices()
        .any(|(_, slice)| slice.task.is_some_and(|of| of.0 == task) && (slice.start_ms..slice.end_ms).contains(&at_ms));
    if unseen {
        return Err(format!(
            "at {at_ms} ms this task changes what it does too quickly to be seen: take another instant"
        ));
    }
    let from_ms = own().map(|bar| bar.end_ms).filter(|end_ms| *end_ms <= at_ms).fold(0.0, f64::max);
    let until_ms = own().map(|bar| bar.start_ms).filter(|start_ms| *start_ms > at_ms).fold(end_ms, f64::min);
    Ok((None, from_ms, until_ms))
}

fn option_state(option: &OptionSource) -> Checked<Option<State>> {
    let name = code(option, "a state (`running`, `waiting-for-io`, `none`)")?;
    match State::from_key(name) {
        None if name != "none" => {
            let known = State::ALL.map(State::key).join(", ");
            mistake(option.line, format!("unknown state “{name}”: there are {known}, none"))
        }
        state => Ok(state),
    }
}

fn key(state: Option<State>) -> &'static str {
    state.map_or("none", State::key)
}
