//! What the compiler makes of claims, plans, myths and tasks, and what it says of mistakes in them.

use expect_test::{Expect, expect};
use interleave::demo::{OWN_PLAN, Setup};
use interleave::lesson::{Asked, Block, DemoBlock, Truth};

use super::{DEMO, FRONT, check, lesson};

pub const PLAN: &str = "```demo own\ndemo: own-plan\nengines: threads, simulated\nteaches: 1.1\nclaim: makespan(threads) >= 20\nplan:\nlock l\ntask a * 2\n  acquire l\n  compute 10\n  release l\n```\n";
pub const MYTH: &str = ":::myth often demo=nine teaches=\"1.2\"\n\nIt is so.\n\n- [ ] `true`\n  > r1\n- [x] `false`\n  > r2\n- [ ] `depends`\n  > r3\n\n:::\n";
pub const TASK: &str = ":::task hurry demo=nine solution=\"engines=gather&delay=200\" teaches=1.1\n\nHurry.\n\n- `makespan(*) <= 400`\n  > Too long.\n- `peak_waiting(*) >= 2`\n\n  > Not at once.\n\n:::\n";

fn blocks(body: &str) -> Vec<Block> {
    lesson(&format!("{FRONT}{body}"), &[]).unwrap_or_else(|wrong| panic!("{wrong:?}")).steps.remove(0).blocks
}

fn demo_block(body: &str) -> DemoBlock {
    match blocks(body).remove(0) {
        Block::Demo(demo) => demo,
        other => panic!("{other:?}"),
    }
}

fn claiming(lines: &str) -> String {
    DEMO.replace("gather\n", &format!("gather\n{lines}\n"))
}

#[test]
fn claims_are_simulated_and_kept() {
    let lines = "claim: makespan(gather) <= 0.2 * makespan(main) within 40%\nclaim: peak_waiting(gather) >= 9\n\
                 claim: makespan(gather?requests=90) <= 310\nclaim: frozen(main) >= 1000\nclaim: makespan(threads?threads=3) <= 900";
    let claims: Vec<_> = demo_block(&claiming(lines)).claims.into_iter().map(|claim| claim.text).collect();
    assert_eq!(claims, lines.split('\n').map(|line| line.trim().replace("claim: ", "")).collect::<Vec<_>>());
    let primes = "```demo p\ndemo: primes\nengines: threads\nthreads: 4\nclaim: peak_running(threads) >= 4\n```\n";
    assert_eq!(demo_block(primes).claims.len(), 1);
    check(
        &primes.replace("claim:", "claim-cores: 2\nclaim:"),
        expect![
            "tiny.md:15: simulated on 2 cores, “peak_running(threads) >= 4” does not hold: Thread pool had 2 tasks computing at once; at least 4 are needed"
        ],
    );
    let simulated = "```demo p\ndemo: primes\nengines: simulated\nclaim: peak_running(simulated?cores=3) >= 3\n```\n";
    assert_eq!(demo_block(simulated).claims.len(), 1);
}

#[test]
fn broken_claims() {
    let with = |line: &str, expected: Expect| check(&claiming(line), expected);
    with(
        "claim: makespan(gather) <= 100",
        expect![
            "tiny.md:13: simulated on 4 cores, “makespan(gather) <= 100” does not hold: Event loop, all at once took 300 ms; at most 100 ms are allowed"
        ],
    );
    with(
        "claim: makespan(gather) = 100",
        expect!["tiny.md:13: “makespan(gather) = 100”, character 18: <=, <, >= or > must stand here"],
    );
    with(
        "claim: makespan(threads) <= 100",
        expect![
            "tiny.md:13: the demo “nine” does not run the engine “threads”; with parameters of its own it is simulated: threads?…"
        ],
    );
    with(
        "claim: makespan(gather?delay=9000) <= 100",
        expect![
            "tiny.md:13: simulated on 4 cores, “makespan(gather?delay=9000) <= 100” does not hold: Delay of each must be a whole number from 0 to 2000; “9000” is not"
        ],
    );
    with(
        "claim: lost(gather?delay=1) <= 0",
        expect!["tiny.md:13: this can be told neither by a simulated run nor by a real one"],
    );
    with(
        "claim: makespan(any) <= 100",
        expect!["tiny.md:13: a claim names its engines: `*` and any are for the conditions of tasks"],
    );
    with("claim-cores: none", expect!["tiny.md:13: “none” is no number of cores from 1 to 64"]);
    with("claim-cores: 1\nclaim-cores: 2", expect!["tiny.md:14: “claim-cores” stands twice"]);
}

#[test]
fn a_plan_of_the_lesson_is_read_as_a_link_has_it() {
    let demo = demo_block(PLAN);
    let (setup, problems) = Setup::parse(&OWN_PLAN, &demo.link());
    assert_eq!(problems, []);
    assert_eq!(setup.values.plan_text(), "lock l\ntask a * 2\n  acquire l\n  compute 10\n  release l\n");
    assert_eq!((setup.engines, demo.claims.len()), (demo.engines, 1));
}

#[test]
fn broken_plans() {
    let with = |written: &str, instead: &str, expected: Expect| check(&PLAN.replace(written, instead), expected);
    with(
        "compute 10",
        "computes 10",
        expect![
            "tiny.md:19: there is no step “computes”; there are: compute, request, acquire, release, increment, set, await, arrive, put, take, wait, notify, spawn, join, yield."
        ],
    );
    with("plan:\n", "", expect!["tiny.md:15: “lock l” is not of the form `key: value`"]);
    with(
        "threads, simulated",
        "gather",
        expect![
            "tiny.md:12: the engine “gather” cannot run this: its tasks wait for one another, and each needs a worker of its own"
        ],
    );
    with("demo: own-plan", "demo: primes", expect!["tiny.md:15: “primes” has its plan; `plan:` is for own-plan"]);
    let plan = PLAN.split_once("plan:").unwrap().1;
    check(
        &PLAN.replace(&format!("plan:{plan}"), "```\n"),
        expect!["tiny.md:10: a line `plan:` is missing, with the plan behind it"],
    );
}

#[test]
fn a_demo_may_open_a_sweep() {
    let demo = "```demo fast\ndemo: primes\nengines: threads\nsweep: threads, workers, 3\n```\n";
    let Block::Demo(fast) = blocks(demo).remove(0) else { panic!("a demo is shown") };
    assert_eq!(fast.link(), "engines=threads&sweep=threads,workers,3");
}

#[test]
fn a_myth_has_three_replies() {
    let Block::Prediction(myth) = blocks(&format!("{DEMO}\n{MYTH}")).remove(1) else { panic!("a myth is asked") };
    let Asked::Myth { replies } = &myth.asked else { panic!("{myth:?}") };
    assert_eq!((myth.demo.as_str(), myth.prompt_html.as_str()), ("nine", "<p>It is so.</p>"));
    let told: Vec<_> = replies.iter().map(|reply| (reply.truth, reply.correct, reply.reply_html.as_str())).collect();
    assert_eq!(told[1], (Truth::False, true, "<p>r2</p>"));
    assert_eq!([told[0].0, told[2].0], [Truth::True, Truth::Depends]);
}

#[test]
fn broken_myths() {
    let whole = format!("{DEMO}\n{MYTH}");
    let with = |written: &str, instead: &str, expected: Expect| check(&whole.replace(written, instead), expected);
    with(" demo=nine", "", expect!["tiny.md:15: broken directive: a myth names its demo with `demo=…`"]);
    with(" demo=nine", " demo=nine engine=main", expect!["tiny.md:15: “myth” has no attribute “engine”"]);
    with("[x]", "[ ]", expect!["tiny.md:15: no right answer: tick one with `- [x] …`"]);
    with(
        "`false`",
        "`no`",
        expect![
            "tiny.md:21: “false” is expected here: the replies are to `true`, `false` and `depends`, as code, in this order"
        ],
    );
    with(
        "- [ ] `depends`\n  > r3\n",
        "",
        expect!["tiny.md:15: the replies are to `true`, `false` and `depends`, as code, in this order; here are 2"],
    );
    with("  > r3\n", "", expect!["tiny.md:23: this wrong answer has no reply: quote one below it with `>`"]);
    check(
        &format!("{whole}\n{}", MYTH.replace("often", "again")),
        expect!["tiny.md:28: the demo “nine” has its prediction already"],
    );
}

#[test]
fn a_task_has_conditions_with_replies_and_a_solution() {
    let Block::Task(task) = blocks(&format!("{DEMO}\n{TASK}")).remove(1) else { panic!("a task is set") };
    assert_eq!((task.demo.as_str(), task.prompt_html.as_str()), ("nine", "<p>Hurry.</p>"));
    assert_eq!(task.solution, "engines=gather&delay=200");
    let told: Vec<_> = task
        .conditions
        .iter()
        .map(|condition| (condition.claim.text.as_str(), condition.reply_html.as_str()))
        .collect();
    assert_eq!(told, [("makespan(*) <= 400", "<p>Too long.</p>"), ("peak_waiting(*) >= 2", "<p>Not at once.</p>")]);
}

#[test]
fn broken_tasks() {
    let whole = format!("{DEMO}\n{TASK}");
    let with = |written: &str, instead: &str, expected: Expect| check(&whole.replace(written, instead), expected);
    with(" demo=nine", "", expect!["tiny.md:15: broken directive: a task names its demo with `demo=…`"]);
    with(
        " solution=\"engines=gather&delay=200\"",
        "",
        expect![[r#"tiny.md:15: broken directive: a task has a solution: `solution="engines=…&limit=9"`"#]],
    );
    with(
        "&delay=200",
        "&delay=500",
        expect![
            "tiny.md:19: the solution, simulated, does not meet “makespan(*) <= 400”: Event loop, all at once took 500 ms; at most 400 ms are allowed"
        ],
    );
    with(
        "&delay=200",
        "&threads=none",
        expect!["tiny.md:15: Threads must be a whole number from 1 to 32; “none” is not"],
    );
    with(
        "engines=gather&",
        "",
        expect![
            "tiny.md:19: the solution, simulated, does not meet “makespan(*) <= 400”: Run one engine alone: 2 have run"
        ],
    );
    with(
        "`makespan(*) <= 400`",
        "makespan",
        expect!["tiny.md:19: an item is code, as in `makespan(gather) <= 400`, with a reply quoted below it"],
    );
    with(
        "(*) <= 400",
        "(*) = 400",
        expect!["tiny.md:19: “makespan(*) = 400”, character 13: <=, <, >= or > must stand here"],
    );
    with(
        "(*) <= 400",
        "(main?delay=1) <= 400",
        expect!["tiny.md:19: a condition is of the learner’s run: its engine has no parameters of its own"],
    );
    with("<= 400", "<= 400 within 5%", expect!["tiny.md:19: a condition is met as it is written, without `within`"]);
    with(
        "  > Too long.\n",
        "",
        expect!["tiny.md:19: a task says what is to be achieved, and each condition replies to who misses it"],
    );
    with(
        "\n:::",
        "\nMore.\n\n:::",
        expect!["tiny.md:18: a list of conditions must stand at the end: - `makespan(gather) <= 400`"],
    );
    check(
        &whole.replace("(*) <= 400", "(any) <= 400").replace("(*) >= 2", "(any) >= 2"),
        expect!["tiny.md:15: simulated, the demo meets every condition as it opens: there is nothing to do"],
    );
}
