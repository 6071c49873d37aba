// Starts a process: a worker with its own wasm instance and memory. It may have threads that share that memory, or do one task
// after another itself. The page calls processScript, then startProcess; `work` is what its worker runs.

const NAME = "interleave-process";
// How often a process that has something to do shows that it lives, ms.
const PULSE_MS = 250;

// Address of the worker's script, as a promise.
let script;

// Resolves to the address of the script for a process; glue: address of the module that wasm-bindgen made.
export function processScript(glue, threads) {
  // A process without threads fetches for itself, and only Chromium lets the page's service worker see what a worker from a blob
  // fetches; elsewhere it is this file, which loads the glue. (The page fetches for threads.)
  if (threads === 0 && !("userAgentData" in navigator)) return Promise.resolve(`${import.meta.url}#${glue}`);
  script ??= selfContained(glue).catch((error) => {
    // The next process tries again.
    script = undefined;
    throw error;
  });
  return script;
}

// module: the compiled wasm, so that nothing is fetched or compiled twice; `wasmRest` is the rest of it, where the page has it (www/rest.js).
export function startProcess(address, module, threads) {
  const [url, glue] = address.split("#");
  const worker = new Worker(url, { type: "module", name: `${NAME} ${glue ?? ""}` });
  // Not before it listens: a message to a module that is still loading may be lost.
  worker.addEventListener("message", () => worker.postMessage({ module, rest: globalThis.wasmRest, threads, address }), { once: true });
  return worker;
}

// The glue with what it imports, as one script in the browser's memory: a worker that loads modules one by one takes half as long
// again to come up. What it imports are the means to start other workers, of which a process needs one, its own.
async function selfContained(glue) {
  const response = await fetch(glue);
  if (!response.ok) throw new Error(`${glue} could not be loaded: status ${response.status}`);
  const text = (await response.text())
    .replace(/^import \{(.*)\} from .*$/gm, "const {$1} = imported;")
    .replace(/^import \* as (\w+) from .*$/gm, "const $1 = imported;")
    // What is in memory has no place to load from.
    .replaceAll("import.meta.url", () => JSON.stringify(glue));
  const parts = [
    `const imported = { startWorkers: ${startThreads}, processScript() {}, startProcess() {}, startFetcher() {} };\n`,
    text,
    "\nconst api = { init: __wbg_init, initThreadPool, pool_beat, pool_layout, pool_load, pool_memory, pool_results, pool_run, ",
    "process_do, ",
    `startThread: wbg_rayon_start_worker };\n(${work})(api, ${PULSE_MS});\n`,
  ];
  return URL.createObjectURL(new Blob(parts, { type: "text/javascript" }));
}

// Runs in a process, in the place of wasm-bindgen-rayon's own helper: starts the pool's threads, workers that run the same script.
async function startThreads(module, memory, builder) {
  const said = (worker) => new Promise((resolve) => worker.addEventListener("message", resolve, { once: true }));
  const start = async () => {
    const worker = new Worker(self.ownScript, { type: "module", name: "interleave-thread" });
    await said(worker);
    worker.postMessage({ module, rest: globalThis.wasmRest, memory, receiver: builder.receiver() });
    await said(worker);
    return worker;
  };
  // Kept, because a browser may collect workers that nobody can reach.
  self.threads = await Promise.all(Array.from({ length: builder.numThreads() }, start));
  builder.build();
}

// What a worker runs, of a process or of a thread: waits to be told which.
function work(api, pulseMs) {
  addEventListener("message", (event) => report(() => start(event.data)), { once: true });
  postMessage({ kind: "listening" });

  async function start({ module, rest, memory, receiver, threads, address }) {
    self.ownScript = address;
    globalThis.wasmRest = rest;
    await api.init({ module_or_path: module, memory });
    if (rest) globalThis.wholeProgram();
    if (receiver !== undefined) {
      postMessage({ kind: "up" });
      api.startThread(receiver);
      return undefined;
    }
    if (threads === 0) {
      let before = Promise.resolve();
      addEventListener("message", (event) => (before = before.then(() => report(() => doTask(event)))));
      return { kind: "up" };
    }
    // A process that comes up slowly is not one that never does.
    postMessage({ kind: "coming" });
    await api.initThreadPool(threads);
    let pulse;
    // First a plan, then how it is run: with the time at which its clock starts. When the page has seen its threads end it asks for
    // the results.
    addEventListener("message", ({ data: { plan, run } }) =>
      report(() => {
        if (plan) {
          api.pool_load(plan);
          return { kind: "loaded" };
        }
        if (run) {
          pulse = setInterval(api.pool_beat, pulseMs);
          return api.pool_run(run.origin, run.interval);
        }
        clearInterval(pulse);
        const [values, failures, objects] = api.pool_results();
        return { kind: "done", values, failures, objects };
      }),
    );
    return { kind: "up", memory: api.pool_memory(), layout: api.pool_layout(threads) };
  }

  async function doTask(event) {
    const pulse = setInterval(() => postMessage({ kind: "pulse" }), pulseMs);
    try {
      // The message is read, and so copied, there; and from there the result is posted.
      await api.process_do(event);
    } finally {
      clearInterval(pulse);
    }
  }

  async function report(work) {
    try {
      const said = await work();
      if (said) postMessage(said);
    } catch (error) {
      postMessage({ kind: "failed", message: String(error?.message ?? error) });
    }
  }
}

// This file as the script of a process. It runs again when the glue imports it: only the first time that is what it is.
// The worker's name says where the glue is.
if (typeof DedicatedWorkerGlobalScope !== "undefined" && globalThis.name.startsWith(NAME) && !globalThis.isProcess) {
  globalThis.isProcess = true;
  import(globalThis.name.slice(NAME.length + 1)).then((api) => work({ ...api, init: api.default }, PULSE_MS));
}
