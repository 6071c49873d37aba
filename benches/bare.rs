//! What any worker costs and brings, without this crate: a bare `new Worker` that instantiates the same module and answers, with
//! nothing for its imports but functions that do nothing; and how long one and two workers of plain JavaScript take for some work, which
//! tells what the browser and the machine leave to anybody.

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

/// Makes two workers that count primes, in pieces from a shared counter as a pool's threads take tasks; resolves to a function that
/// takes how many of them work and resolves, when all is counted, to how long it took, ms.
const COUNTERS: &str = r#"
  const PIECES = 64, BOUND = 5200000;
  const script = `onmessage = ({ data: taken }) => {
    const isPrime = (n) => {
      for (let d = 3; d * d <= n; d += 2) if (n % d === 0) return false;
      return true;
    };
    let piece, primes = 0;
    while ((piece = Atomics.add(taken, 0, 1)) < ${PIECES}) {
      const from = piece * ${BOUND / PIECES};
      for (let n = from + 1; n < from + ${BOUND / PIECES}; n += 2) primes += isPrime(n);
    }
    postMessage(primes);
  }`;
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const workers = [new Worker(url), new Worker(url)];
  return async (count) => {
    const taken = new Int32Array(new SharedArrayBuffer(4));
    const began = performance.now();
    await Promise.all(workers.slice(0, count).map((worker) => new Promise((resolve) => {
      worker.onmessage = resolve;
      worker.postMessage(taken);
    })));
    return performance.now() - began;
  };
"#;

/// Two workers of plain JavaScript.
pub struct Counters(Function);

impl Counters {
    pub fn start() -> Self {
        Self(Function::new_no_args(COUNTERS).call0(&JsValue::UNDEFINED).unwrap().unchecked_into())
    }

    /// How long so many of them take for all the work, ms.
    pub async fn count_ms(&self, workers: u32) -> f64 {
        let done: Promise = self.0.call1(&JsValue::UNDEFINED, &workers.into()).unwrap().unchecked_into();
        JsFuture::from(done).await.unwrap().as_f64().unwrap()
    }
}
