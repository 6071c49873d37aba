// Fetches for a page whose thread is blocked: a worker that sends a request and writes the answer into memory it shares with the
// page. This file is both sides: the page calls startFetcher, and the worker it makes runs this same file.

const NAME = "interleave-fetcher";

export function startFetcher() {
  return new Worker(import.meta.url, { type: "module", name: NAME });
}

// words: a shared Int32Array of [state, status, bytes received]; state 1 means answered, status 0 that nobody of ours did.
// body: a shared Uint8Array for the answer.
async function answer({ data: { words, body, address, id } }) {
  try {
    const response = await fetch(address);
    words[1] = response.headers.get("x-interleave-id") === id ? response.status : 0;
    const bytes = new Uint8Array(await response.arrayBuffer());
    words[2] = bytes.length;
    body.set(bytes.subarray(0, body.length));
  } catch {
    words[1] = 0;
  }
  Atomics.store(words, 0, 1);
}

if (typeof DedicatedWorkerGlobalScope !== "undefined" && globalThis.name === NAME) addEventListener("message", answer);
