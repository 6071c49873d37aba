// Fetches for a page whose thread is blocked: a worker that sends a request and writes the answer into memory it shares with the
// page. This file is both sides: the page calls startFetcher, and the worker it makes runs this same file.

const NAME = "interleave-fetcher";

export function startFetcher() {
  return new Worker(import.meta.url, { type: "module", name: NAME });
}

// words: a shared Int32Array of [state, status, bytes received]; state 1 means answered, status 0 that nobody of ours did.
async function answer({ data: { words, address, id } }) {
  try {
    const response = await fetch(address);
    words[1] = response.headers.get("x-interleave-id") === id ? response.status : 0;
    words[2] = (await response.arrayBuffer()).byteLength;
  } catch {
    words[1] = 0;
  }
  Atomics.store(words, 0, 1);
}

if (typeof DedicatedWorkerGlobalScope !== "undefined" && globalThis.name === NAME) addEventListener("message", answer);
