//! Predictions and myths: made in one way before the run, and held against it afterwards.

use anyhow::{Context, Result, ensure};
use interleave::lesson::{Asked, Prediction, Slider};

use super::{of, shows};
use crate::Page;

/// Predicts rightly or wrongly, once it is seen that the run is held back until then.
pub async fn predict(page: &Page, prediction: &Prediction, rightly: bool) -> Result<()> {
    let block = prediction.demo.as_str();
    page.find(&of(block, "run-note")).await?;
    ensure!(!page.find(&of(block, "run")).await?.is_enabled().await?, "the run is not held back");
    match &prediction.asked {
        Asked::Charts { options } => {
            let option = options.iter().find(|option| option.correct == rightly).context("a chart to choose")?;
            page.choose(&of(block, &format!("predict-{}", option.id))).await?;
        }
        Asked::Slider(slider) => set(page, block, slider, rightly).await?,
        // As they lie at first: all at once.
        Asked::Bars(_) => page.find(&of(block, "board")).await.map(drop)?,
        Asked::Myth { replies } => {
            let reply = replies.iter().find(|reply| reply.correct == rightly).context("something to call it")?;
            page.choose(&of(block, &format!("myth-{}", reply.truth.key()))).await?;
        }
    }
    page.click(&of(block, "predict")).await?;
    page.find(&of(block, "prediction-made")).await.map(drop)
}

/// Sets the slider to a value in the right range, or in the first wrong one.
async fn set(page: &Page, block: &str, slider: &Slider, rightly: bool) -> Result<()> {
    let stops = slider.stops();
    let is_meant = |value: f64| slider.range(value).is_some_and(|range| range.correct == rightly);
    let meant: Vec<usize> = (0..stops.len()).filter(|stop| is_meant(stops[*stop])).collect();
    let stop = if rightly { meant.get(meant.len() / 2) } else { meant.first() }.context("a value to set")?;
    let script = "const [slider, stop] = arguments; slider.value = stop; \
                  slider.dispatchEvent(new Event('input', { bubbles: true }))";
    let field = page.find(&of(block, "slider")).await?;
    page.session().execute(script, vec![field.to_json()?, (*stop).into()]).await?;
    page.text_with(&of(block, "slider-value"), &slider.words(stops[*stop])).await.map(drop)
}

/// What is said of the prediction once its run is over. What was measured decides who is right, but for a myth; a wrong reply is never
/// given to who is right.
pub async fn judged(page: &Page, prediction: &Prediction, rightly: bool) -> Result<()> {
    let judgement = of(&prediction.demo, "judgement");
    page.find(&judgement).await?;
    let right = page.attribute(&judgement, "data-right").await? == "true";
    let words = page.hidden_text(&judgement).await?;
    match &prediction.asked {
        Asked::Myth { replies } => {
            ensure!(right == rightly, "{words}");
            let reply = replies.iter().find(|reply| reply.correct == rightly).context("a reply")?;
            shows(page, &judgement, &reply.reply_html).await
        }
        Asked::Charts { options } => {
            ensure!(right == rightly, "{words}");
            let option = options.iter().find(|option| option.correct == rightly).context("a reply")?;
            shows(page, &judgement, &option.reply_html).await
        }
        Asked::Slider(_) => {
            ensure!(rightly || !right, "{words}");
            Ok(())
        }
        Asked::Bars(_) => Ok(()),
    }
}
