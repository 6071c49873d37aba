// Starts a process: a worker with its own wasm instance and memory, whose threads share that memory. This file is both sides:
// the page calls startProcess, and the worker it makes runs this same file.

const NAME = "interleave-process";

// glue: address of the module that wasm-bindgen made; module: the compiled wasm, so that nothing is fetched or compiled twice.
export function startProcess(glue, module, threads) {
  const worker = new Worker(import.meta.url, { type: "module", name: NAME });
  // Not before it listens: a message to a module that is still loading may be lost.
  worker.addEventListener("message", () => worker.postMessage({ glue, module, threads }), { once: true });
  return worker;
}

async function start({ data: { glue, module, threads } }) {
  const api = await import(glue);
  await api.default({ module_or_path: module });
  await api.initThreadPool(threads);
  // First a plan, then the time at which its clock starts.
  addEventListener("message", ({ data: { plan, origin } }) =>
    report(async () => {
      if (plan) {
        api.pool_load(plan);
        return { kind: "loaded" };
      }
      return { kind: "done", results: api.pool_run(origin) };
    }),
  );
  return { kind: "up", memory: api.pool_memory(), layout: api.pool_layout(threads) };
}

async function report(work) {
  try {
    postMessage(await work());
  } catch (error) {
    postMessage({ kind: "failed", message: String(error?.message ?? error) });
  }
}

if (typeof DedicatedWorkerGlobalScope !== "undefined" && globalThis.name === NAME) {
  addEventListener("message", (event) => report(() => start(event)), { once: true });
  postMessage({ kind: "listening" });
}
