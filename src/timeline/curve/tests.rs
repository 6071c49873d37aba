//! Golden pictures of curves, in `tests/golden/curve/`, and what holds for any. After a change that is meant, write them anew with
//! `GOLDEN=write cargo test --lib golden`, and look at every one.

use expect_test::expect;
use proptest::prelude::*;

use super::place::{area, overlap, within};
use super::*;
use crate::timeline::{CurveInks, Metrics, curve_svg};
use crate::trace::sweep::{Repeats, Sizes, SpeedUp, amdahl};

fn golden(name: &str, title: &str, curve: &Curve, words: &str) {
    let svg = curve_svg(curve, &CurveInks::LIGHT, title, words);
    let file = format!("{}/tests/golden/curve/{name}.svg", env!("CARGO_MANIFEST_DIR"));
    if std::env::var_os("GOLDEN").is_some_and(|wanted| wanted == "write") {
        std::fs::write(&file, &svg).unwrap();
    }
    let golden = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(golden == svg, "{file} differs: run with GOLDEN=write, and look at it");
}

/// Five runs each of a second's work, by the factor that each setting is faster.
fn runs(factors: &[(u32, f64)]) -> Vec<Repeats> {
    let noise = |n: u32| [1.0, 0.975, 1.02, 0.99, 1.06].map(|noise: f64| noise.powf(0.4 + 0.2 * f64::from(n % 3)));
    let of = |n: u32, factor: f64| noise(n).map(|noise| 1_000.0 / factor * noise).to_vec();
    factors.iter().map(|(n, factor)| Repeats { setting: *n, makespans_ms: of(*n, *factor) }).collect()
}

/// By Amdahl's law, with a tenth that is serial.
fn by_law(most: u32) -> Vec<Repeats> {
    runs(&(1..=most).map(|n| (n, amdahl(0.1, f64::from(n)))).collect::<Vec<_>>())
}

fn simulated() -> Vec<SimulatedPoint> {
    let at = |power: u32| 2_u32.pow(power);
    (1..=10).map(|k| SimulatedPoint { workers: at(k), speed_up: amdahl(0.085, f64::from(at(k))) }).collect()
}

fn two_cores() -> SpeedUp {
    SpeedUp::new(&runs(&[(1, 1.0), (2, 1.83), (3, 1.8), (4, 1.74)]), 2).unwrap()
}

#[test]
fn golden_speed_up() {
    let sweep = SpeedUp::new(&by_law(8), 8).unwrap();
    let words = speed_up_words(&sweep);
    let curve = |reach, width_px| speed_up(&sweep, &simulated(), reach, width_px, 0.1);
    golden("measured", "Speed-up of primes", &speed_up(&sweep, &[], Reach::Measured, 720.0, 0.1), &words);
    golden("far", "Speed-up of primes, up to 1,024 cores", &curve(Reach::Far, 720.0), &words);
    golden("far-narrow", "Speed-up of primes, up to 1,024 cores", &curve(Reach::Far, 360.0), &words);
}

#[test]
fn golden_two_cores() {
    let sweep = two_cores();
    let curve = |reach| speed_up(&sweep, &simulated(), reach, 720.0, 0.1);
    golden("two-cores", "Speed-up on two cores", &curve(Reach::Measured), &speed_up_words(&sweep));
    golden("two-cores-far", "Speed-up on two cores, and on more", &curve(Reach::Far), &speed_up_words(&sweep));
}

#[test]
fn golden_slower() {
    let sweep = SpeedUp::new(&runs(&[(1, 1.0), (2, 0.8), (4, 0.55), (8, 0.3)]), 8).unwrap();
    golden(
        "slower",
        "Threads with a lock",
        &speed_up(&sweep, &[], Reach::Measured, 720.0, 0.1),
        &speed_up_words(&sweep),
    );
}

fn chunks() -> Sizes {
    Sizes::new(&runs(&[(1, 2.0), (4, 5.2), (16, 7.9), (64, 8.4), (256, 8.2), (1_024, 6.0), (4_096, 3.9)])).unwrap()
}

#[test]
fn golden_chunks() {
    golden("chunks", "Size of a chunk", &sizes(&chunks(), 720.0, 0.1), &sizes_words(&chunks(), 0.1));
}

fn told(factors: &[(u32, f64)], cores: u32) -> String {
    speed_up_words(&SpeedUp::new(&runs(factors), cores).unwrap())
}

#[test]
fn what_was_found_is_said_in_plain_sentences() {
    expect!["2 workers were 1.8 times as fast as one; at this rate, no number of workers makes it more than 9 times as fast (serial part 11 %, between 7 and 16 %). It rests on 1 and 2 workers alone; nothing tests whether it goes on so."].assert_eq(&told(&[(1, 1.0), (2, 1.8)], 2));
    expect!["8 workers were 4.7 times as fast as one; at this rate, no number of workers makes it more than 10 times as fast (serial part 10 %, between 9 and 11 %)."].assert_eq(&speed_up_words(&SpeedUp::new(&by_law(8), 8).unwrap()));
    expect!["2 workers were 1.8 times as fast as one; at this rate, no number of workers makes it more than 11 times as fast (serial part 9 %, between 6 and 15 %). It rests on 1 and 2 workers alone; nothing tests whether it goes on so. This machine has 2 cores; more workers than that take turns on them, and 4 were 1.7 times as fast as one."].assert_eq(&speed_up_words(&two_cores()));
    expect!["4 workers were 4 times as fast as one; the serial part is too small to be told from nothing (at most 1 %), so the bound lies somewhere above 81 times."].assert_eq(&told(&[(1, 1.0), (2, 2.0), (4, 4.0)], 4));
    expect!["2 workers were 2 times as fast as one; the serial part is too small to be told from nothing (at most 6 %), so the bound lies somewhere above 16 times. It rests on 1 and 2 workers alone; nothing tests whether it goes on so. How many cores this machine has is not known, so some of the workers may have taken turns."].assert_eq(&told(&[(1, 1.0), (2, 1.97)], 0));
}

#[test]
fn what_cannot_be_said_is_not() {
    expect!["Only one worker was measured, so there is nothing to compare it with."].assert_eq(&told(&[(1, 1.0)], 4));
    expect!["This machine has 1 core: workers take turns on it, and 2 were about as fast as one."]
        .assert_eq(&told(&[(1, 1.0), (2, 0.97)], 1));
    expect![
        "More workers were not faster than one: the work is not shared, or what sharing costs eats up what it brings."
    ]
    .assert_eq(&told(&[(1, 1.0), (2, 1.02), (4, 0.99)], 4));
    expect!["More workers were slower than one, up to 2 times: to share this work costs more than it brings."]
        .assert_eq(&told(&[(1, 1.0), (2, 0.8), (4, 0.5)], 4));
    expect!["2 workers were 2.4 times as fast as one, which sharing the work cannot explain. Perhaps one worker was measured before its code had been compiled for speed, or each one’s share fits into a faster memory. Amdahl’s law does not speak of that."].assert_eq(&told(&[(1, 1.0), (2, 2.4), (4, 4.0)], 4));
    expect!["4 workers were 3 times as fast as one. It does not follow Amdahl’s law: what seems to be serial grows with the workers, from 5 to 38 %, so it is not a part of the work but what more workers cost."].assert_eq(&told(&[(1, 1.0), (2, 1.9), (4, 3.0), (8, 2.2)], 8));
    let mut few = by_law(4);
    few[2].makespans_ms.truncate(1);
    expect!["4 workers were 3.1 times as fast as one. How large the serial part is cannot be said from that: some number of workers was run once only, and it takes 5 runs of each to know how sure it is."].assert_eq(&speed_up_words(&SpeedUp::new(&few, 4).unwrap()));
}

#[test]
fn sizes_are_told_by_their_ends() {
    let said = |factors: &[(u32, f64)]| sizes_words(&Sizes::new(&runs(factors)).unwrap(), 0.1);
    expect!["Chunks of 64 were the fastest: 119 ms; from 64 to 256 it makes no difference. Chunks of 1 took 4.2 times as long, chunks of 4,096 took 2.2 times as long: small ones cost a hand-over each, large ones leave workers with nothing to do at the end."].assert_eq(&sizes_words(&chunks(), 0.1));
    expect!["Chunks of 1 were the fastest: 1.00 s. Chunks of 64 took 1.1 times as long: large ones leave workers with nothing to do at the end."].assert_eq(&said(&[(1, 1.0), (64, 0.9)]));
    expect!["The size of a chunk makes no difference from 1 to 64: about 990 ms."]
        .assert_eq(&said(&[(1, 1.0), (64, 1.01)]));
    expect!["Only chunks of 16 were measured: 500 ms."].assert_eq(&said(&[(16, 2.0)]));
}

fn as_text(Table { headings, rows }: Table) -> String {
    let row = |row: &Vec<String>| row.join(" | ") + "\n";
    headings.join(" | ") + "\n" + &rows.iter().map(row).collect::<String>()
}

#[test]
fn a_table_says_what_the_picture_shows() {
    expect![[r#"
        Workers | Source | Runs | Makespan, median (ms) | Times as fast, median | Middle half | By Amdahl’s law | Serial part by this point alone (%)
        1 | measured | 5 | 1000.0 | 1.00 | 0.99 to 1.01 | 1.00 | —
        2 | measured | 5 | 546.4 | 1.83 | 1.80 to 1.84 | 1.83 | 9
        3 | measured, more workers than cores | 5 | 555.6 | 1.80 | 1.79 to 1.81 | — | 33
        4 | measured, more workers than cores | 5 | 574.7 | 1.74 | 1.72 to 1.75 | — | 43
        2 | simulated | — | — | 1.84 | — | 1.83 | —
        4 | simulated | — | — | 3.19 | — | 3.13 | —
    "#]].assert_eq(&as_text(speed_up_table(&two_cores(), &simulated()[..2], 0.1)));
    expect![[r#"
        Elements of a chunk | Runs | Makespan, median (ms) | Middle half (ms) | Times the fastest
        1 | 5 | 500 | 497 to 506 | 4.20
        4 | 5 | 192 | 191 to 195 | 1.62
        16 | 5 | 127 | 126 to 128 | 1.06
        64 | 5 | 119 | 118 to 120 | 1.00
        256 | 5 | 122 | 121 to 123 | 1.02
        1,024 | 5 | 167 | 166 to 169 | 1.40
        4,096 | 5 | 256 | 255 to 259 | 2.15
    "#]]
    .assert_eq(&as_text(sizes_table(&chunks(), 1.0)));
    let curve = speed_up(&two_cores(), &simulated()[..2], Reach::Far, 720.0, 0.1);
    let words: Vec<_> = curve.marks.into_iter().map(|mark| mark.words + "\n").collect();
    expect![[r#"
        1 worker: 1.00 s, 5 runs
        2 workers: 1.8 times as fast as one, the middle half 1.80 to 1.84; 546 ms, 5 runs
        3 workers, more than there are cores: 1.8 times as fast as one, the middle half 1.79 to 1.81; 556 ms, 5 runs
        4 workers, more than there are cores: 1.7 times as fast as one, the middle half 1.72 to 1.75; 575 ms, 5 runs
        2 workers, simulated, with a core for each: 1.8 times as fast as one
        4 workers, simulated, with a core for each: 3.2 times as fast as one
    "#]]
    .assert_eq(&words.concat());
}

#[test]
fn the_nearest_mark_is_hit() {
    let curve = speed_up(&two_cores(), &[], Reach::Measured, 720.0, 0.1);
    for (index, mark) in curve.marks.iter().enumerate() {
        assert_eq!(curve.nearest((mark.at.0 + 9.0, mark.at.1 - 9.0)), Some(index));
    }
    assert_eq!(curve.nearest((0.0, 0.0)), None);
}

/// Whether everything stands within the canvas, and no label on another or on a mark.
fn check(curve: &Curve) -> Result<(), TestCaseError> {
    let canvas = Rect { x_px: 0.0, y_px: 0.0, width_px: curve.width_px, height_px: curve.height_px };
    prop_assert!(within(curve.plot, canvas), "{:?}", curve.plot);
    let whiskers = curve.marks.iter().filter_map(|mark| mark.whisker_px.map(|(high, low)| (mark.at.0, high, low)));
    let lines = curve.lines.iter().flat_map(|line| line.points.clone());
    let points = lines.chain(curve.marks.iter().map(|mark| mark.at)).chain(curve.band.clone());
    let points = points.chain(curve.rules.iter().flat_map(|rule| rule.ends));
    for (x_px, y_px) in points.chain(whiskers.flat_map(|(x, high, low)| [(x, high), (x, low)])) {
        let point = Rect { x_px, y_px, width_px: 0.0, height_px: 0.0 };
        // The sum of an edge and a length may be a rounding beside the other edge.
        let plot = Rect { y_px: curve.plot.y_px - 1e-6, height_px: curve.plot.height_px + 2e-6, ..curve.plot };
        prop_assert!(within(point, plot), "({x_px}, {y_px}) in {plot:?}");
    }
    let metrics = Metrics::for_width(curve.width_px);
    let in_plot = curve.marks.iter().filter_map(|mark| mark.label.clone());
    let in_plot = in_plot.chain(curve.rules.iter().filter_map(|rule| rule.label.clone()));
    let around = curve.titles.iter().cloned().chain(curve.legend.iter().map(|sign| sign.label.clone()));
    let below_px = curve.plot.y_px + curve.plot.height_px + 12.0;
    let of_ticks = curve.x_ticks.iter().map(|tick| Label {
        at: (tick.at_px, below_px),
        anchor: Anchor::Middle,
        text: tick.label.clone(),
    });
    let labels: Vec<_> = in_plot.chain(around).chain(of_ticks).filter(|label| !label.text.is_empty()).collect();
    let areas: Vec<_> = labels.iter().map(|label| area(label, &metrics)).collect();
    for (index, one) in areas.iter().enumerate() {
        prop_assert!(within(*one, canvas), "{:?} is cut", labels[index]);
        let other = areas[..index].iter().position(|other| overlap(*one, *other));
        prop_assert!(other.is_none(), "{:?} and {:?}", labels[index], other.map(|other| &labels[other]));
    }
    for mark in &curve.marks {
        let body = Rect { x_px: mark.at.0 - 4.0, y_px: mark.at.1 - 4.0, width_px: 8.0, height_px: 8.0 };
        prop_assert!(areas.iter().all(|label| !overlap(*label, body)), "a label on {mark:?}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn everything_has_its_place_and_no_word_is_no_number(
        factors in prop::collection::btree_map(2..5_000_u32, -3.0..3.0_f64, 0..9),
        repeats in 1..6_usize, cores in 0..40_u32, width_px in 100.0..1_500.0, log_noise in -4.0..0.5_f64,
        simulated in prop::collection::vec((0..2_000_u32, -2.0..4.0_f64), 0..9),
    ) {
        let noise = |k: u32| (10_f64.powf(log_noise) * f64::from(k * 7 % 5)).exp();
        let run = |n: u32, log: f64| {
            let makespans = (0..repeats as u32).map(|k| 500.0 / 10_f64.powf(log) * noise(k + n));
            Repeats { setting: n, makespans_ms: makespans.collect() }
        };
        let all: Vec<_> = [run(1, 0.0)].into_iter().chain(factors.iter().map(|(n, log)| run(*n, *log))).collect();
        let simulated = simulated.iter().map(|(n, log)| SimulatedPoint { workers: *n, speed_up: 10_f64.powf(*log) });
        let simulated: Vec<_> = simulated.collect();
        let (sweep, by_size) = (SpeedUp::new(&all, cores).unwrap(), Sizes::new(&all).unwrap());
        let mut said = speed_up_words(&sweep) + &sizes_words(&by_size, 0.1);
        let curves = [Reach::Measured, Reach::Far].map(|reach| speed_up(&sweep, &simulated, reach, width_px, 0.1));
        for curve in curves.iter().chain([&sizes(&by_size, width_px, 0.1)]) {
            check(curve)?;
            said += &curve_svg(curve, &CurveInks::LIGHT, "title", "description");
        }
        for table in [speed_up_table(&sweep, &simulated, 0.1), sizes_table(&by_size, 0.1)] {
            prop_assert!(table.rows.iter().all(|row| row.len() == table.headings.len()));
            said += &as_text(table);
        }
        for wrong in ["NaN", "inf", "-0"] {
            prop_assert!(!said.contains(wrong), "{} in {}", wrong, said);
        }
    }

    #[test]
    fn any_share_is_found_and_told(serial in 0.0..0.9_f64, most in 2..12_u32) {
        let factors: Vec<_> = (1..=most).map(|n| (n, amdahl(serial, f64::from(n)))).collect();
        let sweep = SpeedUp::new(&runs(&factors), most).unwrap();
        for reach in [Reach::Measured, Reach::Far] {
            check(&speed_up(&sweep, &simulated(), reach, 640.0, 0.1))?;
        }
        let (words, begin) = (speed_up_words(&sweep), format!("{most} workers were "));
        prop_assert!(words.starts_with(&begin) || serial > 0.7, "{}", words);
    }
}
