//! What the compiler says of mistakes in predictions, and on which line.

use expect_test::expect;

use super::{BARS, CHARTS, RANGES, TIMES, check, prediction};

#[test]
fn broken_predictions() {
    let whole = prediction("kind=charts", CHARTS);
    let with = |written: &str, instead: &str, expected| check(&whole.replace(written, instead), expected);
    with(" demo=nine", "", expect!["tiny.md:16: broken directive: a prediction names its demo with `demo=…`"]);
    with("demo=nine", "demo=ten", expect!["tiny.md:16: there is no demo “ten” in this step"]);
    with(
        " engine=gather",
        "",
        expect!["tiny.md:16: broken directive: a prediction is of the run of one engine with `engine=…`"],
    );
    with("engine=gather", "engine=threads", expect!["tiny.md:16: the demo “nine” does not run the engine “threads”"]);
    with(" kind=charts", "", expect!["tiny.md:16: broken directive: a prediction says how it is made with `kind=…`"]);
    with(
        "kind=charts",
        "kind=riddle",
        expect!["tiny.md:16: a prediction cannot be made by “riddle”: there are charts, makespan, speed-up, bars"],
    );
    with("kind=charts", "kind=charts step=50", expect!["tiny.md:16: “prediction” has no attribute “step”"]);
    with(
        "\n:::\n",
        "\nWhich else?\n\n- [x] `gather` group\n  > r3\n\n:::\n",
        expect!["tiny.md:16: a prediction has one list of replies; this one has 2"],
    );
    with("[x] `gather", "[ ] `gather", expect!["tiny.md:16: no right answer: tick one with `- [x] …`"]);
    let again = whole.split_once(":::").unwrap().1.replace("guess", "guess-again");
    check(&format!("{whole}\n:::{again}"), expect!["tiny.md:27: the demo “nine” has its prediction already"]);
}

#[test]
fn broken_charts() {
    let with = |written: &str, instead: &str, expected| {
        check(&prediction("kind=charts", &CHARTS.replace(written, instead)), expected);
    };
    with(
        "`main` loop",
        "loop",
        expect![
            "tiny.md:20: this answer must open with an engine whose chart it is (`gather`, `limited?limit=3`), as code"
        ],
    );
    with("`main` loop", "`main`", expect!["tiny.md:20: this chart has no name: write one behind the code"]);
    with(
        "`main` loop",
        "`threads?threads=99` pool",
        expect!["tiny.md:20: Threads must be a whole number from 1 to 32; “99” is not"],
    );
    with(
        "`main` loop",
        "`warp` pool",
        expect![
            "tiny.md:20: unknown engine “warp”: there are main, await-each, limited, gather, gil, threads, fresh-processes, processes, executor, simulated"
        ],
    );
    with(
        "`main` loop",
        "`main?requests=3&threads=two` pool",
        expect!["tiny.md:20: Threads must be a whole number from 1 to 32; “two” is not"],
    );
    with(
        "`main` loop",
        "`simulated` pool",
        expect!["tiny.md:20: “simulated” stands for no real engine: name the one that it would be like"],
    );
    with(
        "`main` loop",
        "`main?requests=24` many",
        expect!["tiny.md:20: a small chart has 16 tasks and 160 bars at most; this one would have 24 and 24"],
    );
    with("- [ ] `main` loop\n  > r1\n", "", expect!["tiny.md:16: one chart alone is no choice"]);
    let ticked = CHARTS.replace("[x]", "[y]").replace("[ ]", "[x]").replace("[y]", "[ ]");
    check(
        &prediction("kind=charts", &ticked),
        expect![
            "tiny.md:16: simulated, the run comes out otherwise than it is ticked (gather: all at once, 300 ms in all)"
        ],
    );
}

#[test]
fn broken_sliders() {
    let makespan = |attributes: &str, written: &str, instead: &str, expected| {
        check(&prediction(&format!("kind=makespan {attributes}"), &RANGES.replace(written, instead)), expected);
    };
    let whole = "from=100 to=10000";
    makespan(
        "from=100",
        "",
        "",
        expect!["tiny.md:16: broken directive: a slider goes from one value to another with `to=…`"],
    );
    makespan("from=100 to=ten", "", "", expect!["tiny.md:16: `to` must be a number above 0; “ten” is not"]);
    makespan("from=0 to=100", "", "", expect!["tiny.md:16: `from` must be a number above 0; “0” is not"]);
    makespan("from=1000 to=100", "", "", expect!["tiny.md:16: fewer than five values lie between `from` and `to`"]);
    makespan(&format!("{whole} over=main"), "", "", expect!["tiny.md:16: “prediction” has no attribute “over”"]);
    makespan(
        whole,
        "`..200` short",
        "short",
        expect!["tiny.md:20: this answer must open with a range (`..200`, `200..450`, `450..`), as code"],
    );
    makespan(
        whole,
        "`..200`",
        "`200`",
        expect![
            "tiny.md:20: “200” cannot stand here: ranges follow one another without a gap, open at both ends: `..200`, `200..450`, `450..`"
        ],
    );
    makespan(
        whole,
        "`..200`",
        "`100..200`",
        expect![
            "tiny.md:20: “100..200” cannot stand here: ranges follow one another without a gap, open at both ends: `..200`, `200..450`, `450..`"
        ],
    );
    makespan(
        whole,
        "`200..450`",
        "`250..450`",
        expect![
            "tiny.md:22: “250..450” cannot stand here: ranges follow one another without a gap, open at both ends: `..200`, `200..450`, `450..`"
        ],
    );
    makespan(
        whole,
        "`200..450`",
        "`200..150`",
        expect![
            "tiny.md:22: “200..150” cannot stand here: ranges follow one another without a gap, open at both ends: `..200`, `200..450`, `450..`"
        ],
    );
    makespan(
        whole,
        "`450..`",
        "`450..900`",
        expect![
            "tiny.md:24: “450..900” cannot stand here: ranges follow one another without a gap, open at both ends: `..200`, `200..450`, `450..`"
        ],
    );
    makespan(whole, "r2", "", expect!["tiny.md:22: this right answer has no reply: quote one below it with `>`"]);
    makespan(
        whole,
        "200",
        "310",
        expect![
            "tiny.md:16: simulated, the run comes out otherwise than it is ticked (gather: all at once, 300 ms in all)"
        ],
    );
    check(
        &prediction("kind=speed-up from=1 to=10", TIMES),
        expect!["tiny.md:16: broken directive: a speed-up is one over another engine with `over=…`"],
    );
    check(
        &prediction("kind=speed-up over=limited from=1 to=10", TIMES),
        expect!["tiny.md:16: the demo “nine” does not run the engine “limited”"],
    );
    check(
        &prediction("kind=speed-up over=main from=1 to=10", TIMES),
        expect![
            "tiny.md:16: simulated, the run comes out otherwise than it is ticked (gather: all at once, 300 ms in all; main: one after another, 900 ms in all)"
        ],
    );
}

#[test]
fn broken_bars() {
    let bars = |attributes: &str, written: &str, instead: &str, expected| {
        check(&prediction(&format!("kind=bars {attributes}"), &BARS.replace(written, instead)), expected);
    };
    bars("", "", "", expect!["tiny.md:16: broken directive: bars start at multiples of a step with `step=…`"]);
    bars("step=-1", "", "", expect!["tiny.md:16: `step` must be a number above 0; “-1” is not"]);
    bars("step=400", "", "", expect!["tiny.md:16: “request 1” is shorter than a step of 400 ms"]);
    bars("step=50", "`all-at-once` all", "all", expect!["tiny.md:20: this answer must open with a pattern, as code"]);
    bars(
        "step=50",
        "all-at-once",
        "together",
        expect![
            "tiny.md:20: unknown pattern “together”: there are one-after-another, all-at-once, N-at-a-time, staircase, other"
        ],
    );
    bars("step=50", "other", "all-at-once", expect!["tiny.md:22: “all-at-once” stands twice"]);
    bars(
        "step=50",
        "other",
        "staircase",
        expect!["tiny.md:16: nothing is said to patterns that are not named: add `other`"],
    );
    bars(
        "step=50",
        "all-at-once",
        "one-after-another",
        expect![
            "tiny.md:16: simulated, the run comes out otherwise than it is ticked (gather: all at once, 300 ms in all)"
        ],
    );
}
