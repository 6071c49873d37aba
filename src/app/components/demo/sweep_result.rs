//! What a sweep has come to until now: the curve, whose points tell their numbers, the words, the table, and all of it as files.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use crate::app::hooks::{SweepRef, use_width};
use crate::app::saving::{SaveAs, save_text};
use crate::demo::{Over, Sweep, Swept};
use crate::timeline::curve::{Curve, Reach, Table, sizes, speed_up};
use crate::timeline::{CurveInks, curve_svg};

/// How wide a picture is that is saved, CSS px.
const SAVED_PX: f64 = 720.0;

/// Which sweep.
#[derive(Properties, PartialEq)]
pub struct SweepResultProps {
    /// The sweep as it stands.
    pub sweep: SweepRef,
}

/// What it has come to until now.
#[component]
pub fn SweepResult(props: &SweepResultProps) -> Html {
    let (place, width_px) = use_width();
    let area = use_node_ref();
    let is_far = use_state_eq(|| false);
    let pointed = use_state_eq(|| None::<usize>);
    let said = use_state_eq(|| None::<Result<String, String>>);
    let sweep = &props.sweep.0;
    let reach = if *is_far && !sweep.simulated().is_empty() { Reach::Far } else { Reach::Measured };
    // Fitting a law takes some ms, and pointing at something changes nothing of it.
    let swept = use_memo(props.sweep.clone(), |sweep| sweep.0.result());
    let drawn = {
        let swept = Rc::clone(&swept);
        use_memo((props.sweep.clone(), reach, width_px), move |(sweep, reach, width_px)| {
            let swept = swept.as_ref().as_ref().ok()?;
            let curve = curve_of(&sweep.0, swept, *reach, *width_px);
            let svg = curve_svg(&curve, &CurveInks::OF_PAGE, &sweep.0.title(), &sweep.0.words(swept).join(" "));
            Some((curve, Html::from_html_unchecked(svg.into())))
        })
    };
    {
        // Another point may have its number now, and what was saved is of before.
        let (pointed, said) = (pointed.setter(), said.setter());
        use_effect_with((props.sweep.clone(), reach), move |_| {
            pointed.set(None);
            said.set(None);
        });
    }
    let press = |kind: SaveAs| {
        let (sweep, said) = (props.sweep.clone(), said.setter());
        Callback::from(move |_: MouseEvent| said.set(Some(saved(&sweep.0, kind, reach))))
    };
    // The end is read out, in the words that say most.
    let ended_with =
        swept.as_ref().as_ref().ok().filter(|_| !sweep.is_running()).map(|swept| sweep.words(swept).swap_remove(0));
    html! {
        <div class="swept"><div ref={place}>
            { match (&*swept, &*drawn) {
                (Ok(swept), Some((curve, picture))) => html! {
                    <>
                        if !sweep.simulated().is_empty() {
                            { reaches(reach, &is_far) }
                        }
                        { plot(curve, picture, &sweep.title(), &area, &pointed) }
                        if !sweep.is_running() {
                            { ended(sweep, swept, [press(SaveAs::Svg), press(SaveAs::Csv)], (*said).as_ref()) }
                        }
                    </>
                },
                (Err(why), _) if !sweep.is_running() => html! { <p data-test="sweep-words">{ format!("There is no curve: {why}.") }</p> },
                _ => html! { <p class="hint">{ "The curve will appear here, and grow with each run." }</p> },
            } }
            <p class="visually-hidden" role="status">{ ended_with.unwrap_or_default() }</p>
        </div></div>
    }
}

/// What is said at the end, and what can be had then; `save` is pressed for a picture, or for a table.
fn ended(sweep: &Sweep, swept: &Swept, save: [Callback<MouseEvent>; 2], said: Option<&Result<String, String>>) -> Html {
    let (title, words) = (sweep.title(), sweep.words(swept));
    let [picture, runs] = save;
    html! {
        <>
            <div class="swept-words" data-test="sweep-words">
                { for words.into_iter().map(|words| html! { <p>{ words }</p> }) }
            </div>
            <details class="events" data-test="sweep-table">
                <summary>{ "The same as a table" }</summary>
                { table(&sweep.table(swept), &title) }
            </details>
            <div class="save-kinds">
                <button type="button" data-test="sweep-svg" onclick={picture}>{ "Save as SVG" }</button>
                <button type="button" data-test="sweep-csv" onclick={runs}>{ "Save all runs as CSV" }</button>
            </div>
            <p role="status" class="save-said" data-test="sweep-saved">
                { match said {
                    Some(Ok(words)) => html! { words },
                    Some(Err(words)) => html! { <span class="field-error">{ words }</span> },
                    None => html! {},
                } }
            </p>
        </>
    }
}

fn curve_of(sweep: &Sweep, swept: &Swept, reach: Reach, width_px: f64) -> Curve {
    let resolution_ms = sweep.job().resolution_ms;
    match swept {
        Swept::Workers(of) => speed_up(of, sweep.simulated(), reach, width_px, resolution_ms),
        Swept::Chunks(of) => sizes(of, width_px, resolution_ms),
    }
}

/// How far the axis of workers goes.
fn reaches(reach: Reach, is_far: &UseStateHandle<bool>) -> Html {
    let button = |name: &'static str, of: Reach| {
        let is_far = is_far.setter();
        html! {
            <button type="button" data-test={if of == Reach::Far { "sweep-far" } else { "sweep-near" }}
                aria-pressed={(reach == of).to_string()} onclick={move |_| is_far.set(of == Reach::Far)}>{ name }</button>
        }
    };
    html! {
        <div class="segmented" role="group" aria-label="How far the axis goes">
            <span class="segmented-name" aria-hidden="true">{ "Workers" }</span>
            { button("as measured", Reach::Measured) }
            { button("to 1,024", Reach::Far) }
        </div>
    }
}

/// The picture. Whoever points at a point, or walks there with the arrow keys, is told its numbers.
fn plot(curve: &Curve, picture: &Html, title: &str, area: &NodeRef, pointed: &UseStateHandle<Option<usize>>) -> Html {
    let point = {
        let (curve, area, pointed) = (curve.clone(), area.clone(), pointed.setter());
        Callback::from(move |event: PointerEvent| {
            let Some(area) = area.cast::<Element>().map(|area| area.get_bounding_client_rect()) else { return };
            let at = (f64::from(event.client_x()) - area.left(), f64::from(event.client_y()) - area.top());
            pointed.set(curve.nearest(at));
        })
    };
    let onkeydown = {
        let (last, now, pointed) = (curve.marks.len().saturating_sub(1), **pointed, pointed.setter());
        Callback::from(move |event: KeyboardEvent| {
            let next = match event.key().as_str() {
                "ArrowRight" => Some(now.map_or(0, |now| last.min(now + 1))),
                "ArrowLeft" => Some(now.map_or(last, |now| now.saturating_sub(1))),
                "Home" => Some(0),
                "End" => Some(last),
                "Escape" => None,
                _ => return,
            };
            event.prevent_default();
            pointed.set(next);
        })
    };
    let mark = pointed.and_then(|index| curve.marks.get(index));
    let (width, height) = (curve.width_px.to_string(), curve.height_px.to_string());
    html! {
        <>
            <div ref={area} class="curve" data-test="curve" tabindex="0" role="application" aria-roledescription="curve"
                aria-label={format!("{title}. Arrow keys walk from point to point.")}
                onpointermove={point.clone()} onpointerdown={point} {onkeydown}>
                { picture.clone() }
                if let Some(mark) = mark {
                    <svg class="curve-pointed" {width} {height} aria-hidden="true">
                        <circle cx={mark.at.0.to_string()} cy={mark.at.1.to_string()} r="9" />
                    </svg>
                }
            </div>
            <p class="curve-said" role="status" data-test="curve-said">
                if let Some(mark) = mark {
                    { format!("{}.", mark.words) }
                } else {
                    { "Point at a point, or walk with the arrow keys, to read its numbers." }
                }
            </p>
        </>
    }
}

fn table(Table { headings, rows }: &Table, title: &str) -> Html {
    // A word stands at the beginning of its column, a number at the end.
    let is_word = |text: &String| text.starts_with(char::is_alphabetic);
    let cell = |text: &String| html! { <td class={(!is_word(text)).then_some("number")}>{ text }</td> };
    let first = rows.first().into_iter().flatten();
    let heading = |(heading, below): (&&'static str, &String)| {
        html! { <th scope="col" class={is_word(below).then_some("word")}>{ *heading }</th> }
    };
    let row = |(place, row): (usize, &Vec<String>)| {
        html! { <tr key={place} data-test="sweep-row">{ for row.iter().map(cell) }</tr> }
    };
    html! {
        <div class="scroll-x events-of" tabindex="0" role="region" aria-label={title.to_owned()}>
            <table>
                <caption>{ title }</caption>
                <thead><tr>{ for headings.iter().zip(first).map(heading) }</tr></thead>
                <tbody>{ for rows.iter().enumerate().map(row) }</tbody>
            </table>
        </div>
    }
}

/// Saves the picture as it is shown, on light paper; or every run.
fn saved(sweep: &Sweep, kind: SaveAs, reach: Reach) -> Result<String, String> {
    let (job, swept) = (sweep.job(), sweep.result().map_err(|error| error.to_string())?);
    let text = match kind {
        SaveAs::Svg => {
            let curve = curve_of(sweep, &swept, reach, SAVED_PX);
            curve_svg(&curve, &CurveInks::LIGHT, &sweep.title(), &sweep.words(&swept).join(" "))
        }
        _ => sweep.csv(),
    };
    let what = if job.choice.over == Over::Workers { "speed-up" } else { "chunks" };
    save_text(&[job.demo.id, job.choice.engine.key(), what], kind, text)
}
