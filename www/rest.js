
// ── What a first visit does not run ──
// Appended to the glue, whose `wasm` this is: the program is two modules (xtask/split says how), and REST is the second.

const REST = new URL("./REST_NAME", import.meta.url);
let rest = null;
let fetching = null;

// Has it fetched and compiled, so that nobody waits when the program asks for it. What fails here is tried again by who needs it.
export function fetchRest() {
  fetching ??= fetch(REST)
    .then((response) => (response.ok ? response.arrayBuffer() : Promise.reject(new TypeError(`status ${response.status}`))))
    .then((bytes) => WebAssembly.compile(bytes))
    .then((module) => (rest = module))
    .catch(() => (fetching = null));
  return fetching;
}

// The program asks for it: in the middle of a call, so it cannot be awaited.
function loadRest() {
  rest ??= new WebAssembly.Module(fetchAtOnce());
  new WebAssembly.Instance(rest, { first: wasm });
}

// A window's blocking requests give text alone: each character is a byte.
function fetchAtOnce() {
  // What is measured on a thread should not wait: `cargo xtask profile` keeps all that its demos run there out of the rest.
  if (!globalThis.document) console.warn("a worker waits for the rest of the program");
  const request = new XMLHttpRequest();
  try {
    request.open("GET", REST, false);
    request.overrideMimeType("text/plain; charset=x-user-defined");
    request.send();
    if (request.status !== 200) throw new TypeError(`status ${request.status}`);
  } catch (error) {
    globalThis.isIncomplete?.(error);
    throw error;
  }
  return Uint8Array.from(request.responseText, (character) => character.charCodeAt(0));
}
