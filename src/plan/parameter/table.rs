//! The parameters themselves: key, label, unit, range, step, default. Engines' own come last.

use super::Parameter;
use crate::plan::kernel::words::SOUGHT;

/// How many requests are made.
pub static REQUESTS: Parameter = Parameter::number("requests", "Requests", "", [1, 100], 1, 9);
/// How long each answer takes.
pub static DELAY: Parameter = Parameter::number("delay", "Delay of each", "ms", [0, 2_000], 50, 300);
/// How long each of many short waits takes.
pub static SHORT_DELAY: Parameter = Parameter::number("short-delay", "Delay of each", "ms", [0, 500], 5, 20);
/// How long each answer's body is.
pub static BYTES: Parameter = Parameter::number("bytes", "Size of each", "bytes", [0, 1_000_000], 1_000, 2_000);
/// Which requests are answered by an error at first: every n-th, or none for 0.
pub static FAILING: Parameter = Parameter::number("failing", "Every n-th fails at first", "", [0, 20], 1, 3);
/// How many attempts of such a request are answered by an error.
pub static FAILURES: Parameter = Parameter::number("failures", "Attempts that fail", "", [1, 5], 1, 1);
/// How often a request is tried again after a failure.
pub static RETRIES: Parameter = Parameter::number("retries", "Retries", "", [0, 5], 1, 0);
/// Which requests take ten times as long: every n-th, or none for 0.
pub static SLOW: Parameter = Parameter::number("slow", "Every n-th is 10 times slower", "", [0, 20], 1, 0);
/// How long one attempt of a request may take; 0 for as long as it likes.
pub static TIMEOUT: Parameter = Parameter::number("timeout", "Give up after (0: never)", "ms", [0, 5_000], 100, 0);
/// How many pictures are downloaded.
pub static PICTURE_COUNT: Parameter = Parameter::number("pictures", "Pictures", "", [1, 24], 1, 8);
/// How many pictures are downloaded, decoded and saved.
pub static PHOTOS: Parameter = Parameter::number("photos", "Pictures", "", [1, 48], 1, 24);
/// How long each download takes.
pub static DOWNLOAD: Parameter = Parameter::number("download", "Each download takes", "ms", [0, 2_000], 10, 120);
/// How long it takes to save each.
pub static SAVE: Parameter = Parameter::number("save", "Saving each takes", "ms", [0, 2_000], 10, 80);
/// How often each answer is hashed.
pub static HASHES: Parameter = Parameter::number("hashes", "Hash each answer, times", "", [1, 100_000], 100, 2_000);
/// Primes below this number are counted.
pub static BOUND: Parameter =
    Parameter::number("bound", "Count primes below", "", [1_000, 10_000_000], 100_000, 3_000_000);
/// Into how many tasks a computation is cut.
pub static TASKS: Parameter = Parameter::number("tasks", "Tasks", "", [1, 64], 1, 16);
/// How long the array is that is searched.
pub static ELEMENTS: Parameter =
    Parameter::number("elements", "Elements of the array", "", [10_000, 200_000_000], 10_000_000, 60_000_000);
/// The value that is searched for.
pub static VALUE: Parameter = Parameter::number("value", "Value to search for", "", [0, 49_999], 1, 42);
/// How wide the picture is.
pub static WIDTH: Parameter = Parameter::number("width", "Width", "pixels", [64, 1_920], 16, 480);
/// How high the picture is.
pub static HEIGHT: Parameter = Parameter::number("height", "Height", "pixels", [64, 1_200], 16, 320);
/// Into how many tiles the picture is cut, each a task.
pub static TILES: Parameter = Parameter::number("tiles", "Tiles", "", [1, 96], 1, 24);
/// After how many iterations a point counts as one of the set.
pub static ITERATIONS: Parameter = Parameter::number("iterations", "Iterations at most", "", [50, 20_000], 100, 3_000);
/// How many blocks are hashed.
pub static BLOCKS: Parameter = Parameter::number("blocks", "Blocks of 16 KiB", "", [1, 20_000], 500, 4_000);
/// How long the text is that is counted.
pub static SENTENCES: Parameter = Parameter::number("sentences", "Sentences", "", [100, 2_000_000], 50_000, 400_000);
/// How many tasks say hello.
pub static GREETERS: Parameter = Parameter::number("greeters", "Tasks that say hello", "", [1, 16], 1, 3);
/// How many tasks are given an argument and give a result back.
pub static COPIES: Parameter = Parameter::number("copies", "Tasks", "", [1, 16], 1, 4);
/// How long each task's argument is.
pub static ARGUMENT: Parameter =
    Parameter::number("argument", "Argument of each", "bytes", [0, 16_000_000], 500_000, 1_000_000);
/// How long each task's result is.
pub static RESULT: Parameter =
    Parameter::number("result", "Result of each", "bytes", [0, 16_000_000], 500_000, 1_000_000);
/// How long each task computes, about.
pub static COMPUTE_EACH: Parameter =
    Parameter::number("compute-each", "Each computes, about", "ms", [1, 1_000], 10, 10);
/// How long the one computing task computes, about.
pub static COMPUTE: Parameter = Parameter::number("compute", "Computing task, about", "ms", [10, 5_000], 100, 500);
/// How many tasks make requests beside it.
pub static IO_TASKS: Parameter = Parameter::number("io-tasks", "Tasks that make requests", "", [1, 16], 1, 4);
/// How many requests each of them makes.
pub static EACH: Parameter = Parameter::number("each", "Requests of each", "", [1, 50], 1, 10);
/// How many threads increment one counter.
pub static RACERS: Parameter = Parameter::number("racers", "Threads that increment", "", [2, 8], 1, 2);
/// How often each of them increments it in a round.
pub static INCREMENTS: Parameter =
    Parameter::number("increments", "Increments of each in a round", "", [1, 10_000_000], 100_000, 1_000_000);
/// How many rounds they run, each with a counter of its own.
pub static ROUNDS: Parameter = Parameter::number("rounds", "Rounds", "", [1, 50], 1, 10);
/// How often a lock is taken by the task that already holds it, and once more.
pub static DEPTH: Parameter = Parameter::number("depth", "Taken so often by its holder", "", [1, 5], 1, 3);
/// How many tasks want a permit.
pub static GUESTS: Parameter = Parameter::number("guests", "Tasks that want a permit", "", [1, 12], 1, 6);
/// How many permits there are.
pub static PERMITS: Parameter = Parameter::number("permits", "Permits", "", [1, 12], 1, 2);
/// How many tasks meet at a barrier.
pub static PARTIES: Parameter = Parameter::number("parties", "Tasks that meet", "", [2, 8], 1, 4);
/// How often they meet.
pub static PHASES: Parameter = Parameter::number("phases", "Phases", "", [1, 10], 1, 3);
/// How many tasks wait for an event.
pub static RUNNERS: Parameter = Parameter::number("runners", "Tasks that wait", "", [1, 8], 1, 4);
/// How many philosophers sit at the table, and how many forks lie on it.
pub static PHILOSOPHERS: Parameter = Parameter::number("philosophers", "Philosophers", "", [2, 8], 1, 5);
/// How often each philosopher eats.
pub static MEALS: Parameter = Parameter::number("meals", "Meals of each", "", [1, 20], 1, 3);
/// How many tasks put items into the queue.
pub static PRODUCERS: Parameter = Parameter::number("producers", "Producers", "", [1, 4], 1, 2);
/// How many tasks take items from the queue.
pub static CONSUMERS: Parameter = Parameter::number("consumers", "Consumers", "", [1, 4], 1, 2);
/// How many items pass through in all.
pub static ITEMS: Parameter = Parameter::number("items", "Items", "", [1, 200], 4, 24);
/// How many items a queue holds at most.
pub static CAPACITY: Parameter = Parameter::number("capacity", "Room in a queue", "", [1, 50], 1, 4);
/// How many stages a pipeline has.
pub static STAGES: Parameter = Parameter::number("stages", "Stages", "", [2, 6], 1, 3);
/// How many tasks are told every message.
pub static SUBSCRIBERS: Parameter = Parameter::number("subscribers", "Subscribers", "", [1, 6], 1, 3);
/// How many messages are published.
pub static MESSAGES: Parameter = Parameter::number("messages", "Messages", "", [1, 100], 1, 10);
/// How many threads an engine has; they may be more than there are cores.
pub static THREADS: Parameter = Parameter::number("threads", "Threads", "", [1, 32], 1, 2);
/// How many processes an engine has at a time.
pub static PROCESSES: Parameter = Parameter::number("processes", "Processes", "", [1, 16], 1, 2);
/// How many async tasks are in progress at a time at most.
pub static LIMIT: Parameter = Parameter::number("limit", "At most at a time", "", [1, 100], 1, 3);
/// How long a thread keeps the GIL when another asks for it.
pub static INTERVAL: Parameter = Parameter::number("interval", "Switch interval", "ms", [1, 100], 1, 5);
/// How many cores a simulated machine has.
pub static CORES: Parameter = Parameter::number("cores", "Simulated cores", "", [1, 1_024], 1, 4);
/// How many simulated threads take the tasks; 0 for as many as there are cores.
pub static WORKERS: Parameter =
    Parameter::number("workers", "Simulated threads (0: one for each core)", "", [0, 1_024], 1, 0);
/// How long a turn is, for a simulated scheduler that gives turns.
pub static TIME_SLICE: Parameter = Parameter::number("slice", "Time slice", "ms", [1, 1_000], 1, 10);
/// How often each setting of a sweep is run.
pub static REPEATS: Parameter = Parameter::number("repeats", "Runs of each", "", [1, 20], 1, 5);
/// Which word is counted.
pub static WORD: Parameter = Parameter::choice("word", "Word to count", SOUGHT);
/// How the threads of a race increment their counter.
pub static HOW: Parameter =
    Parameter::choice("how", "How it is incremented", &["no lock", "a lock", "atomic", "own variable per thread"]);
/// In which order the locks are taken.
pub static ORDER: Parameter = Parameter::choice("order", "Order of the locks", &["two orders", "one order"]);
/// How simulated cores choose among threads that are ready.
pub static SCHEDULER: Parameter = Parameter::choice(
    "scheduler",
    "Scheduler",
    &[
        "round robin",
        "first come, first served",
        "each task to its end",
        "cooperative (event loops)",
        "by priority",
        "shortest first",
        "shortest remaining time first",
        "work stealing",
        "feedback queue",
    ],
);
/// Whether simulated threads compute only while they hold one lock.
pub static WITH_GIL: Parameter = Parameter::choice("gil", "GIL", &["without", "with"]);
/// What the simulated machine is like, besides its cores.
pub static MACHINE: Parameter = Parameter::choice(
    "machine",
    "Simulated machine",
    &["an ordinary one", "an ideal one: only work takes time", "this browser, measured first"],
);

/// Every parameter there is.
pub static ALL: &[&Parameter] = &[
    &REQUESTS,
    &DELAY,
    &SHORT_DELAY,
    &BYTES,
    &FAILING,
    &FAILURES,
    &RETRIES,
    &SLOW,
    &TIMEOUT,
    &PICTURE_COUNT,
    &PHOTOS,
    &DOWNLOAD,
    &SAVE,
    &HASHES,
    &BOUND,
    &TASKS,
    &ELEMENTS,
    &VALUE,
    &WIDTH,
    &HEIGHT,
    &TILES,
    &ITERATIONS,
    &BLOCKS,
    &SENTENCES,
    &GREETERS,
    &COPIES,
    &ARGUMENT,
    &RESULT,
    &COMPUTE_EACH,
    &COMPUTE,
    &IO_TASKS,
    &EACH,
    &RACERS,
    &INCREMENTS,
    &ROUNDS,
    &DEPTH,
    &GUESTS,
    &PERMITS,
    &PARTIES,
    &PHASES,
    &RUNNERS,
    &PHILOSOPHERS,
    &MEALS,
    &PRODUCERS,
    &CONSUMERS,
    &ITEMS,
    &CAPACITY,
    &STAGES,
    &SUBSCRIBERS,
    &MESSAGES,
    &THREADS,
    &PROCESSES,
    &LIMIT,
    &INTERVAL,
    &CORES,
    &WORKERS,
    &TIME_SLICE,
    &REPEATS,
    &WORD,
    &HOW,
    &ORDER,
    &SCHEDULER,
    &WITH_GIL,
    &MACHINE,
];
