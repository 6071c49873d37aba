//! From measurements to rows: what is compared with what, and which goal it is held to. Pure; `mod.rs` does the measuring.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::Serialize;

use super::rows::{Goal, Spec};

/// What was measured, by name: one number per run.
pub type Measured = BTreeMap<String, Vec<f64>>;

/// Whether smaller or greater is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    Less,
    More,
}

/// A row of the table, as it stands in the JSON file.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row {
    pub name: String,
    pub unit: String,
    pub median: f64,
    pub min: f64,
    pub max: f64,
    /// How often it was measured.
    pub runs: usize,
    /// Median of what it is compared with.
    pub reference: Option<f64>,
    /// Median / reference.
    pub ratio: Option<f64>,
    /// Bound of the ratio where there is one, else of the median.
    pub goal: Option<f64>,
    /// The lower bound, for a goal that has two.
    pub at_least: Option<f64>,
    pub better: Better,
    /// Whether the goal is met; a row without one passes.
    pub pass: bool,
}

/// The row of `spec` from what was measured.
pub fn row(spec: &Spec, measured: &Measured) -> Result<Row> {
    let of = |name: &str| {
        measured.get(name).filter(|runs| !runs.is_empty()).with_context(|| format!("{name} was not measured"))
    };
    let runs = of(spec.shows)?;
    let shown = median(runs);
    let reference = spec.beside.map(|name| of(name).map(|runs| median(runs))).transpose()?;
    let ratio = reference.map(|reference| shown / reference);
    let held = ratio.unwrap_or(shown);
    let (at_least, goal, better) = match spec.goal {
        Goal::None => (None, None, Better::Less),
        Goal::AtMost(most) => (None, Some(most), Better::Less),
        Goal::AtLeast(least) => (None, Some(least), Better::More),
        Goal::Between(least, most) => (Some(least), Some(most), Better::Less),
    };
    let reached = goal.is_none_or(|goal| if better == Better::Less { held <= goal } else { held >= goal });
    let pass = reached && at_least.is_none_or(|least| held >= least);
    Ok(Row {
        name: spec.name.into(),
        unit: spec.unit.into(),
        median: shown,
        min: runs.iter().copied().fold(f64::INFINITY, f64::min),
        max: runs.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        runs: runs.len(),
        reference,
        ratio,
        goal,
        at_least,
        better,
        pass,
    })
}

fn median(runs: &[f64]) -> f64 {
    let mut sorted = runs.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 { sorted[middle] } else { (sorted[middle - 1] + sorted[middle]) / 2.0 }
}

/// The rows as text.
pub fn text(rows: &[Row]) -> String {
    let number = |value: Option<f64>| value.map_or("–".into(), |value| format!("{value:.2}"));
    let mut text = format!(
        "{:<44} {:>10} {:>10} {:>10} {:>5} {:<5} {:>10} {:>6} {:>8}\n",
        "name", "median", "min", "max", "runs", "unit", "reference", "ratio", "goal"
    );
    for row in rows {
        let goal = match (row.at_least, row.goal, row.better) {
            (Some(least), Some(most), _) => format!("{least}–{most}"),
            (_, Some(goal), Better::Less) => format!("≤ {goal}"),
            (_, Some(goal), Better::More) => format!("≥ {goal}"),
            (_, None, _) => "–".into(),
        };
        text += &format!(
            "{:<44} {:>10.2} {:>10.2} {:>10.2} {:>5} {:<5} {:>10} {:>6} {:>8}  {}\n",
            row.name,
            row.median,
            row.min,
            row.max,
            row.runs,
            row.unit,
            number(row.reference),
            number(row.ratio),
            goal,
            if row.pass { "" } else { "MISSED" },
        );
    }
    text
}

/// Reads the measurements from what a benchmark printed: lines with `BENCH {"name":…,"runs":[…]}`, whatever stands before.
pub fn read(output: &str) -> Result<Measured> {
    #[derive(serde::Deserialize)]
    struct Line {
        name: String,
        runs: Vec<f64>,
    }
    let lines = output.lines().filter_map(|line| line.split_once("BENCH ")).map(|(_, json)| {
        let line: Line = serde_json::from_str(json).with_context(|| format!("not a measurement: {json}"))?;
        Ok((line.name, line.runs))
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured() -> Measured {
        read("x BENCH {\"name\":\"wasm-primes-ms\",\"runs\":[11.0,12.0,10.0]}\nnoise\nBENCH {\"name\":\"native-primes-ms\",\"runs\":[10.0,10.0]}")
            .unwrap()
    }

    const KERNEL: Spec = Spec {
        name: "kernel-primes",
        shows: "wasm-primes-ms",
        beside: Some("native-primes-ms"),
        unit: "ms",
        goal: Goal::AtMost(1.1),
    };

    #[test]
    fn the_ratio_of_medians_is_held_to_the_goal() {
        let row = row(&KERNEL, &measured()).unwrap();
        assert_eq!((row.median, row.min, row.max, row.runs), (11.0, 10.0, 12.0, 3));
        assert_eq!((row.reference, row.ratio, row.pass), (Some(10.0), Some(1.1), true));
        let passes = |goal| super::row(&Spec { goal, ..KERNEL }, &measured()).unwrap().pass;
        let goals = [
            Goal::AtMost(1.09),
            Goal::AtLeast(1.09),
            Goal::AtLeast(1.11),
            Goal::Between(1.0, 1.2),
            Goal::Between(1.11, 1.2),
        ];
        assert_eq!(goals.map(passes), [false, true, false, true, false]);
    }

    #[test]
    fn what_was_not_measured_is_an_error_and_not_a_pass() {
        let spec = Spec { shows: "wasm-speedup-primes", ..KERNEL };
        assert_eq!(row(&spec, &measured()).unwrap_err().to_string(), "wasm-speedup-primes was not measured");
    }
}
