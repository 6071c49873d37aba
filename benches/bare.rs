//! What any worker costs: a bare `new Worker` that instantiates the same module and answers, with nothing for its imports but
//! functions that do nothing.

use interleave::engine::browser::now_ms;
use js_sys::{Array, Function, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// Takes the module and a number of workers; resolves when a bare worker has answered, and those that it started have. Those
/// share its memory, as a pool's threads do.
const START: &str = r#"
  const instantiate = `async (module, memory) => {
    const imports = {};
    for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
      imports[from] ??= {};
      imports[from][name] = kind === "memory" ? memory : () => {};
    }
    await WebAssembly.instantiate(module, imports);
  }`;
  const script = `
    const instantiate = ${instantiate};
    onmessage = async ({ data: { module, memory, threads, script } }) => {
      memory ??= new WebAssembly.Memory({ initial: 64, maximum: 4096, shared: true });
      await instantiate(module, memory);
      await Promise.all(Array.from({ length: threads }, () => new Promise((resolve) => {
        const worker = new Worker(script);
        worker.onmessage = resolve;
        worker.postMessage({ module, memory, threads: 0, script });
      })));
      postMessage("up");
    };`;
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  return new Promise((resolve) => {
    const worker = new Worker(url);
    worker.onmessage = () => {
      resolve();
      worker.terminate();
      URL.revokeObjectURL(url);
    };
    worker.postMessage({ module, threads, script: url });
  });
"#;

/// How long a bare worker that starts so many others takes until all have answered, ms.
pub async fn ready_ms(threads: u32) -> f64 {
    let start = Function::new_with_args("module, threads", START);
    let arguments = Array::of2(&wasm_bindgen::module(), &threads.into());
    let began_ms = now_ms();
    let up: Promise = start.apply(&JsValue::UNDEFINED, &arguments).unwrap().unchecked_into();
    JsFuture::from(up).await.unwrap();
    let took_ms = now_ms() - began_ms;
    gloo::timers::future::TimeoutFuture::new(100).await;
    took_ms
}
