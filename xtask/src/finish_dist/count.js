
// ── Which functions ran ──
// Appended to the glue of a page that `cargo xtask profile` visits. Threads share the page's memory, and its marks with it; a process has
// a memory of its own, and tells its marks with whatever else it tells.

// Nothing is put off here.
export const fetchRest = () => {};
const THREADS = 65_536;
export const marks = (from) => new Uint8Array(wasm.marks_memory.buffer, MARKS_AT + from, THREADS).slice();
if (!globalThis.document) {
  const channel = new BroadcastChannel("interleave-marks");
  const post = self.postMessage.bind(self);
  self.postMessage = (...said) => {
    if (wasm) channel.postMessage(marks(THREADS));
    post(...said);
  };
}
