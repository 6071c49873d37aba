//! A view from the page on one place in a process's memory, as 32-bit words from there on. The view stays valid when the memory
//! grows: a shared buffer is never moved.

use js_sys::{Atomics, Int32Array, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::trace::ring::Window;

/// How long the browser is asked to watch a word, ms; bounds how many watches a long run leaves behind.
const WATCH_FOR_MS: f64 = 1_000.0;

/// Words of a memory from `first` on.
#[derive(Clone)]
pub(super) struct View {
    words: Int32Array,
    first: u32,
}

impl View {
    /// What lies at a byte `address` of a memory.
    pub(super) fn new(words: &Int32Array, address: u32) -> Self {
        Self { words: words.clone(), first: address / 4 }
    }

    /// Wakes the thread that sleeps on a word.
    pub(super) fn notify(&self, word: u32) {
        // Fails for a memory that is not shared or an index outside of it; neither is ever here.
        Atomics::notify(&self.words, self.first + word).unwrap_throw();
    }

    /// Resolves when somebody is woken on a word after it has changed, at the latest after [`WATCH_FOR_MS`]; `None` where
    /// the browser cannot wait without blocking.
    pub(super) fn changed(&self, word: u32) -> Option<impl Future<Output = ()> + use<>> {
        let value = self.load(word) as i32;
        let watch = Atomics::wait_async_with_timeout(&self.words, self.first + word, value, WATCH_FOR_MS).ok()?;
        let value = Reflect::get(&watch, &"value".into()).ok()?;
        Some(async move {
            // A string at once if the word has changed meanwhile, else a promise, which is never refused.
            if let Ok(promise) = value.dyn_into::<Promise>() {
                let _ = JsFuture::from(promise).await;
            }
        })
    }
}

impl Window for View {
    fn load(&self, word: u32) -> u32 {
        Atomics::load(&self.words, self.first + word).unwrap_throw() as u32
    }

    fn store(&self, word: u32, value: u32) {
        Atomics::store(&self.words, self.first + word, value as i32).unwrap_throw();
    }

    fn copy(&self, word: u32, into: &mut [u32]) {
        let start = self.first + word;
        let part = self.words.subarray(start, start + into.len() as u32);
        for (index, into) in into.iter_mut().enumerate() {
            *into = part.get_index(index as u32) as u32;
        }
    }
}
