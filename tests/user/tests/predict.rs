//! Predictions in lessons, made as a learner does in each of the three ways, with a pointer and with keys alone, wrong and right:
//! the run is held back until then, the prediction lies over what was measured, and the difference is said.

use std::rc::Rc;

use anyhow::{Result, ensure};
use interleave::lesson::{RIGHT_WITHIN, SAME_WITHIN, STARTS_WITHIN};
use interleave::timeline::words::duration;
use thirtyfour::Key;
use user_tests::{Page, hook, in_both_browsers, isolated};
use xtask::server::Server;

in_both_browsers!(
    a_chart_is_chosen_with_a_pointer_wrongly_and_kept,
    a_chart_is_chosen_with_keys_rightly,
    a_value_is_set_with_a_pointer_wrongly,
    a_value_is_set_with_keys_rightly,
    bars_are_laid_with_a_pointer_wrongly,
    bars_are_laid_with_keys_rightly_and_can_be_changed,
    a_speed_up_lies_as_a_line_over_its_engine,
    just_show_me_lets_the_run_go_without_a_judgement,
);

/// A selector for what has this hook in the lesson's demo with its prediction.
fn of(block: &str, name: &str) -> String {
    format!("[data-block=\"{block}\"] {}", hook(name))
}

/// Opens the step with the demo block `block`, whose run is held back.
async fn asked(page: &Page, step: &str, block: &str) -> Result<Rc<Server>> {
    let server = isolated()?;
    page.goto(&format!("{}#/lesson/{step}", server.url())).await?;
    page.text_with(&of(block, "run-note"), "Predict first").await?;
    ensure!(!page.find(&of(block, "run")).await?.is_enabled().await?, "the run is held back");
    Ok(server)
}

/// Gives the keys to the first that `selector` finds.
async fn focus(page: &Page, selector: &str) -> Result<()> {
    Ok(page.find(selector).await?.focus().await?)
}

/// Goes to the button by keys, presses it, and runs.
async fn predict_and_run_with_keys(page: &Page, block: &str) -> Result<()> {
    page.keys(Key::Tab).await?;
    page.until("return document.activeElement.dataset.test === 'predict'").await?;
    page.keys(Key::Enter).await?;
    page.find(&of(block, "prediction-made")).await?;
    page.until("return document.activeElement.dataset.test === 'prediction-made'").await?;
    page.until(&format!("return document.querySelector('{}')?.disabled === false", of(block, "run"))).await?;
    focus(page, &of(block, "run")).await?;
    page.keys(Key::Enter).await
}

async fn predict_and_run(page: &Page, block: &str) -> Result<()> {
    page.middle(&of(block, "predict")).await?;
    page.click(&of(block, "predict")).await?;
    page.find(&of(block, "prediction-made")).await?;
    page.middle(&of(block, "run")).await?;
    page.click(&of(block, "run")).await
}

/// Waits for the judgement, which must be this, and gives its words.
async fn judged(page: &Page, block: &str, right: bool) -> Result<String> {
    let words = page.text_with(&of(block, "judgement"), "expected").await?;
    ensure!(page.attribute(&of(block, "judgement"), "data-right").await? == right.to_string(), "{words}");
    Ok(words)
}

/// How long an engine took, in words, as a chart says it.
async fn took(page: &Page, engine: &str) -> Result<String> {
    Ok(duration(page.ran(engine).await?, 1.0))
}

/// Waits until so many outlines and lines of a prediction lie over the chart of an engine.
async fn lies_over(page: &Page, block: &str, engine: &str, lines: u32) -> Result<()> {
    let chart = format!("[data-block=\"{block}\"] [data-engine=\"{engine}\"]");
    page.find(&format!("{chart} canvas[data-predicted=\"{lines}\"]")).await?;
    page.text_with(&format!("{chart} {}", hook("predicted")), "you predicted").await.map(drop)
}

async fn a_chart_is_chosen_with_a_pointer_wrongly_and_kept(page: &Page) -> Result<()> {
    let _server = asked(page, "event-loop/run", "in-a-row").await?;
    ensure!(!page.find(&of("in-a-row", "predict")).await?.is_enabled().await?, "nothing has been predicted yet");
    ensure!(page.all(&format!("{} svg[aria-label^=\"9 tasks, \"]", of("in-a-row", "prediction"))).await?.len() == 3);
    page.choose(&of("in-a-row", "predict-a")).await?;
    predict_and_run(page, "in-a-row").await?;
    let says = judged(page, "in-a-row", false).await?;
    let expected = "You expected the tasks all at once, 300 ms in all; they went one after another, ";
    ensure!(page.ran("await-each").await? >= 2_700.0 && says.contains(expected), "{says}");
    ensure!(says.contains(": the waits came one after another."), "{says}");
    ensure!(says.contains("This is the mistake this lesson is about."), "{says}");
    lies_over(page, "in-a-row", "await-each", 9).await?;
    page.session().refresh().await?;
    page.text_with(&of("in-a-row", "prediction-made"), "All nine at once").await?;
    page.find(&format!("{} svg[aria-label^=\"9 tasks, all at once\"]", of("in-a-row", "prediction-made"))).await?;
    page.until(&format!("return document.querySelector('{}')?.disabled === false", of("in-a-row", "run"))).await?;
    ensure!(page.all(&of("in-a-row", "judgement")).await?.is_empty(), "nothing has run since");
    Ok(())
}

async fn a_chart_is_chosen_with_keys_rightly(page: &Page) -> Result<()> {
    let _server = asked(page, "event-loop/run", "in-a-row").await?;
    focus(page, &of("in-a-row", "predict-a")).await?;
    page.keys(" ").await?;
    page.keys(Key::Down).await?;
    page.keys(Key::Down).await?;
    page.find(&format!("{}:checked", of("in-a-row", "predict-c"))).await?;
    predict_and_run_with_keys(page, "in-a-row").await?;
    let says = judged(page, "in-a-row", true).await?;
    ensure!(says.contains("It went as you expected, one after another, "), "{says}");
    lies_over(page, "in-a-row", "await-each", 9).await
}

async fn a_value_is_set_with_a_pointer_wrongly(page: &Page) -> Result<()> {
    let _server = asked(page, "event-loop/run", "at-once").await?;
    ensure!(!page.find(&of("at-once", "predict")).await?.is_enabled().await?, "nothing has been predicted yet");
    ensure!(page.text(&of("at-once", "slider-value")).await? == "not set yet");
    let (x, y) = page.middle(&of("at-once", "slider")).await?;
    let quarter = format!("return document.querySelector('{}').offsetWidth / 4", of("at-once", "slider"));
    let quarter = page.evaluate(&quarter).await?.as_f64().unwrap_or_default() as i64;
    page.session().action_chain().move_to(x, y).click_and_hold().move_by_offset(quarter, 0).release().perform().await?;
    // A share of the slider's values, which ends at 10 s: about 3 s.
    let value = page.text_other_than(&of("at-once", "slider-value"), "not set yet").await?;
    let ms = 1_000.0 * value.trim_end_matches(" s").parse::<f64>()?;
    ensure!((1_500.0..3_500.0).contains(&ms), "{value}");
    predict_and_run(page, "at-once").await?;
    let says = judged(page, "at-once", false).await?;
    let took = took(page, "gather").await?;
    ensure!(says.contains(&format!("You expected {value}; it took {took}: the waits overlapped.")), "{says}");
    ensure!(says.contains("That is how long the loops take."), "{says}");
    lies_over(page, "at-once", "gather", 1).await?;
    // The line lies far after the end of the run, and is seen.
    let plot = format!("[data-block=\"at-once\"] {}", hook("plot"));
    page.until(&format!("return Number(document.querySelector('{plot}').dataset.toMs) === {ms}")).await
}

async fn a_value_is_set_with_keys_rightly(page: &Page) -> Result<()> {
    let _server = asked(page, "event-loop/run", "at-once").await?;
    focus(page, &of("at-once", "slider")).await?;
    page.keys(Key::Home).await?;
    page.text_with(&of("at-once", "slider-value"), "50 ms").await?;
    for expected in ["55 ms", "60 ms", "65 ms"] {
        page.keys(Key::Right).await?;
        page.text_with(&of("at-once", "slider-value"), expected).await?;
    }
    // 70, 75, 80, 90, and from 100 on eleven more.
    for _ in 0..16 {
        page.keys(Key::Right).await?;
    }
    page.text_with(&of("at-once", "slider-value"), "300 ms").await?;
    ensure!(page.attribute(&of("at-once", "slider"), "aria-valuetext").await? == "300 ms");
    predict_and_run_with_keys(page, "at-once").await?;
    // On a busy machine it may take longer than what passes for 300 ms.
    let right = (1.0 / RIGHT_WITHIN..=RIGHT_WITHIN).contains(&(page.ran("gather").await? / 300.0));
    let says = judged(page, "at-once", right).await?;
    ensure!(says.contains(&format!("You expected 300 ms; it took {}", took(page, "gather").await?)), "{says}");
    ensure!(!right || says.contains("All nine requests were on"), "{says}");
    Ok(())
}

/// When each bar starts, ms.
async fn starts(page: &Page) -> Result<Vec<f64>> {
    let script = "return [...document.querySelectorAll('[data-test=bar]')].map((bar) => Number(bar.dataset.startMs))";
    Ok(serde_json::from_value(page.evaluate(script).await?)?)
}

async fn bars_are_laid_with_a_pointer_wrongly(page: &Page) -> Result<()> {
    let _server = asked(page, "event-loop/limit", "three-permits").await?;
    ensure!(starts(page).await? == [0.0; 9]);
    for task in 1..9 {
        let row = format!("[data-test=\"bar\"]:nth-of-type({})", task + 1);
        let (x, y) = page.middle(&format!("{row} rect")).await?;
        // Nine bars are as wide as their track; a bar's own box has its outline in it.
        let width = format!("return document.querySelector('{row} svg').getBoundingClientRect().width / 9");
        let width_px = page.evaluate(&width).await?.as_f64().unwrap_or_default();
        let by = (width_px * f64::from(task)).round() as i64;
        page.session().action_chain().move_to(x, y).click_and_hold().move_by_offset(by, 0).release().perform().await?;
    }
    let one_after_another: Vec<f64> = (0..9).map(|task| f64::from(task) * 300.0).collect();
    ensure!(starts(page).await? == one_after_another, "{:?}", starts(page).await?);
    predict_and_run(page, "three-permits").await?;
    let says = judged(page, "three-permits", false).await?;
    let expected = "You expected the tasks one after another, 2.70 s in all; they went 3 at a time, ";
    ensure!(says.contains(expected) && says.contains(": up to 3 waits overlapped."), "{says}");
    ensure!(says.contains("That is with a single permit"), "{says}");
    lies_over(page, "three-permits", "limited", 9).await?;
    let plot = format!("[data-block=\"three-permits\"] {}", hook("plot"));
    page.until(&format!("return Number(document.querySelector('{plot}').dataset.toMs) === 2700")).await
}

async fn bars_are_laid_with_keys_rightly_and_can_be_changed(page: &Page) -> Result<()> {
    let _server = asked(page, "event-loop/limit", "three-permits").await?;
    let bar = |number: u32| format!("[data-test=\"bar\"]:nth-of-type({number})");
    focus(page, &bar(2)).await?;
    page.keys(Key::Right).await?;
    page.keys(Key::Right).await?;
    page.find(&format!("{}[data-start-ms=\"100\"]", bar(2))).await?;
    ensure!(page.attribute(&bar(2), "aria-valuetext").await? == "from 100 ms to 400 ms");
    page.keys(Key::End).await?;
    page.find(&format!("{}[data-start-ms=\"2400\"]", bar(2))).await?;
    page.click(&of("three-permits", "predict")).await?;
    // It goes on from what was predicted.
    page.click(&of("three-permits", "predict-again")).await?;
    page.find(&format!("{}[data-start-ms=\"2400\"]", bar(2))).await?;
    focus(page, &bar(2)).await?;
    page.keys(Key::Home).await?;
    for number in [4, 7] {
        focus(page, &bar(number)).await?;
        page.keys(Key::Shift + Key::PageUp).await?;
        page.find(&format!("{}:not([data-start-ms=\"0\"])", bar(number))).await?;
    }
    ensure!(
        starts(page).await? == [0.0, 0.0, 0.0, 300.0, 300.0, 300.0, 600.0, 600.0, 600.0],
        "{:?}",
        starts(page).await?
    );
    focus(page, &bar(9)).await?;
    predict_and_run_with_keys(page, "three-permits").await?;
    // On a busy machine a start may be later than what passes for the same. What comes late in all is the most that a start may be late.
    let makespan_ms = page.ran("limited").await?;
    let in_time = makespan_ms - 900.0 < (STARTS_WITHIN * makespan_ms).min(SAME_WITHIN * 300.0);
    page.text_with(&of("three-permits", "judgement"), "expected").await?;
    if in_time {
        let says = judged(page, "three-permits", true).await?;
        let parts = ["It went as you expected, 3 at a time", "Three rounds of 300 ms."];
        ensure!(parts.iter().all(|part| says.contains(part)), "{says}");
    }
    lies_over(page, "three-permits", "limited", 9).await?;
    page.session().refresh().await?;
    page.find(&format!(
        "{} svg[aria-label=\"9 tasks, 3 at a time, 900 ms in all\"]",
        of("three-permits", "prediction-made")
    ))
    .await?;
    Ok(())
}

async fn a_speed_up_lies_as_a_line_over_its_engine(page: &Page) -> Result<()> {
    let _server = asked(page, "waiting-or-computing/compute", "primes").await?;
    focus(page, &of("primes", "slider")).await?;
    page.keys(Key::End).await?;
    page.text_with(&of("primes", "slider-value"), "20 times as fast").await?;
    predict_and_run_with_keys(page, "primes").await?;
    let says = judged(page, "primes", false).await?;
    ensure!(says.contains("You expected 20 times as fast; it was "), "{says}");
    lies_over(page, "primes", "threads", 1).await?;
    ensure!(page.all("[data-engine=\"gather\"] canvas[data-predicted]").await?.is_empty(), "it is of the other engine");
    Ok(())
}

async fn just_show_me_lets_the_run_go_without_a_judgement(page: &Page) -> Result<()> {
    let _server = asked(page, "event-loop/run", "at-once").await?;
    page.middle(&of("at-once", "just-show-me")).await?;
    page.click(&of("at-once", "just-show-me")).await?;
    page.text_with(&of("at-once", "prediction-made"), "without a prediction").await?;
    page.middle(&of("at-once", "run")).await?;
    page.click(&of("at-once", "run")).await?;
    page.find("[data-block=\"at-once\"] [data-engine=\"gather\"][data-state=\"done\"]").await?;
    // Whatever comes at the end of a run has come.
    page.find(&of("at-once", "replay")).await?;
    ensure!(page.all(&of("at-once", "judgement")).await?.is_empty());
    ensure!(page.all("[data-block=\"at-once\"] canvas[data-predicted]").await?.is_empty());
    Ok(())
}
