
// ── Which functions ran ──
// Appended to the glue of a page that `cargo xtask profile` visits.

// Nothing is put off here.
export const fetchRest = () => {};
const marks = () => new Uint8Array(wasm.marks_memory.buffer, MARKS_AT, 65_536).slice();
// What has run when the program first waits for all of it, or until now.
let first;
if (globalThis.document) {
  globalThis.wholeProgram = () => (first ??= marks());
  globalThis.marks = () => first ?? marks();
  globalThis.waitsForWhole = () => first !== undefined;
}
