
// ── The rest of the program ──
// The program is two modules, so that a first visit transfers what it runs and no more (xtask/split). This is appended to the glue, whose
// `wasm` is the first module's exports and `bindings` what it was given, and brings the second. The page hands it on to its workers, as
// `wasmRest` (process.js). `wholeProgram` is for who needs all of it: the program (engine/browser/whole.rs) before a run on
// workers, and before it shows what any other came to; and each worker as it starts.

const REST = new URL("./REST_NAME", import.meta.url);
// A line that stalls is given up, ms; a slow one is not. And so is the rest, after so many tries with longer and longer pauses, ms.
const WITHIN_MS = 120_000;
const TRIES = 3;
const PAUSE_MS = 1000;
let fetching = null;
// What the glue has for both modules.
let bindings;

// Has it fetched and compiled; resolves to why it is not there, if it is not. What fails here is tried again by who needs it.
export function fetchRest() {
  fetching ??= fetch(REST, { signal: AbortSignal.timeout(WITHIN_MS) })
    .then((response) => (response.ok ? response.arrayBuffer() : Promise.reject(new TypeError(`status ${response.status}`))))
    .then((bytes) => WebAssembly.compile(bytes))
    .then((module) => {
      globalThis.wasmRest = module;
    })
    .catch((error) => {
      fetching = null;
      return error;
    });
  return fetching;
}

// Without it the program cannot go on, and so is not told that it cannot. It may be there by `loadRest`.
async function whole() {
  for (let tried = 1; !globalThis.wasmRest; tried += 1) {
    const failure = await fetchRest();
    if (!failure) break;
    if (tried === TRIES) {
      globalThis.isIncomplete?.(failure);
      return new Promise(() => {});
    }
    await new Promise((then) => setTimeout(then, tried * PAUSE_MS));
  }
  return putInPlace();
}

globalThis.wholeProgram = globalThis.document ? whole : putInPlace;

function putInPlace() {
  if (!wasm.rest_is_loaded.value) new WebAssembly.Instance(globalThis.wasmRest, { ...bindings, first: wasm });
}

// The program asks for it: in the middle of a call, so it cannot be awaited. Where it cannot be had, that call cannot go on.
function loadRest() {
  try {
    globalThis.wasmRest ??= new WebAssembly.Module(fetchAtOnce());
    putInPlace();
  } catch (error) {
    globalThis.isIncomplete?.(error);
    throw error;
  }
}

// A window's blocking requests give text alone: each character is a byte.
function fetchAtOnce() {
  if (!globalThis.document) console.warn("a worker waits for the rest of the program", new Error().stack);
  const request = new XMLHttpRequest();
  request.open("GET", REST, false);
  request.overrideMimeType("text/plain; charset=x-user-defined");
  request.send();
  if (request.status !== 200) throw new TypeError(`status ${request.status}`);
  return Uint8Array.from(request.responseText, (character) => character.charCodeAt(0));
}
