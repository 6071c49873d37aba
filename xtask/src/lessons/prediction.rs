//! Predictions: two task lists, the first of engines, the second of ratios.

use interleave::lesson::{DemoBlock, FirstOption, Prediction, RatioOption};

use super::blocks::{Ids, check_one_is_right, engine, hash, reply, required_id};
use super::error::{Checked, mistake};
use super::head::Head;
use super::markdown::{self, OptionSource};
use super::source::Text;

/// The prediction written in `body`, which names one of `demos`, those of its step.
pub fn prediction(head: &Head, body: &Text, demos: &[DemoBlock], ids: &mut Ids) -> Checked<Prediction> {
    head.only(&["demo"])?;
    let id = required_id(head, ids)?;
    let Some(named) = head.get("demo") else {
        return mistake(head.line, "broken directive: a prediction names its demo with `demo=…`");
    };
    let Some(demo) = demos.iter().find(|demo| demo.id == named) else {
        return mistake(head.line, format!("there is no demo “{named}” in this step"));
    };
    let lists = markdown::choice_lists(body, true)?;
    let [firsts, ratios] = lists.as_slice() else {
        let message =
            "a prediction has two lists, of what finishes first and of how many times as fast it is; this one has";
        return mistake(head.line, format!("{message} {}", lists.len()));
    };
    check_one_is_right(&firsts.options, head.line)?;
    check_one_is_right(&ratios.options, head.line)?;
    let first = firsts.options.iter().map(|option| first_option(option, demo)).collect::<Checked<Vec<_>>>()?;
    if let Some(left_out) =
        demo.engines.iter().find(|engine| first.iter().all(|option| option.engine != Some(**engine)))
    {
        return mistake(head.line, format!("the engine “{}” of the demo cannot be chosen", left_out.key()));
    }
    Ok(Prediction {
        id,
        hash: hash(&body.text),
        demo: named.to_owned(),
        first_prompt_html: firsts.prompt_html.clone(),
        first,
        ratio_prompt_html: ratios.prompt_html.clone(),
        ratios: ratios.options.iter().map(ratio_option).collect::<Checked<_>>()?,
    })
}

fn first_option(option: &OptionSource, demo: &DemoBlock) -> Checked<FirstOption> {
    let engine = match option.code.as_deref() {
        Some("same") => None,
        Some(key) => Some(engine(key, option.line)?),
        None => return mistake(option.line, "this answer must open with an engine’s key or `same`, as code"),
    };
    if let Some(other) = engine.filter(|engine| !demo.engines.contains(engine)) {
        return mistake(option.line, format!("the demo “{}” does not run the engine “{}”", demo.id, other.key()));
    }
    Ok(FirstOption { engine, html: option.html.clone(), correct: option.correct, reply_html: reply(option)? })
}

fn ratio_option(option: &OptionSource) -> Checked<RatioOption> {
    let ratio = option
        .code
        .as_deref()
        .and_then(|code| code.parse().ok())
        .filter(|ratio: &f64| *ratio > 1.0 && ratio.is_finite());
    let Some(ratio) = ratio else {
        return mistake(option.line, "this answer must open with a ratio above 1, as code");
    };
    Ok(RatioOption { ratio, html: option.html.clone(), correct: option.correct, reply_html: reply(option)? })
}
