//! Compresses by what every browser has built in since 2023, so that no compressor comes with the page.

use js_sys::{Array, ArrayBuffer, Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

#[wasm_bindgen]
extern "C" {
    type CompressionStream;
    #[wasm_bindgen(constructor, catch)]
    fn new(format: &str) -> Result<CompressionStream, JsValue>;

    type ReadableStream;
    #[wasm_bindgen(method, js_name = pipeThrough)]
    fn pipe_through(this: &ReadableStream, through: &CompressionStream) -> ReadableStream;

    /// A `Blob`, of which web-sys knows the stream only with much that is not needed here.
    type Streamed;
    #[wasm_bindgen(method)]
    fn stream(this: &Streamed) -> ReadableStream;

    /// A `Response`, which collects a stream.
    #[wasm_bindgen(js_name = Response)]
    type Collector;
    #[wasm_bindgen(constructor, js_class = "Response")]
    fn new(stream: &ReadableStream) -> Collector;
    #[wasm_bindgen(method, js_name = arrayBuffer)]
    fn array_buffer(this: &Collector) -> Promise;
}

/// `bytes`, compressed by DEFLATE.
///
/// # Errors
/// Why not, in a sentence.
pub async fn compressed(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let cannot =
        |_| "This browser cannot compress a recording for a link; save the trace as a file instead.".to_owned();
    let compressor = CompressionStream::new("deflate-raw").map_err(cannot)?;
    let blob = Blob::new_with_u8_array_sequence(&Array::of1(&Uint8Array::from(bytes))).map_err(cannot)?;
    let stream = blob.unchecked_into::<Streamed>().stream().pipe_through(&compressor);
    let buffer: ArrayBuffer =
        JsFuture::from(Collector::new(&stream).array_buffer()).await.map_err(cannot)?.unchecked_into();
    Ok(Uint8Array::new(&buffer).to_vec())
}
