//! Locating in several workers, across the border.

use wasm_bindgen::prelude::*;

use super::{RawSession, thrown};
use crate::{Catalogue, Locator};

#[wasm_bindgen(js_class = RawSession)]
impl RawSession {
    /// Up to `count` candidates to be located elsewhere, from the last on; none when nobody waits.
    #[wasm_bindgen(js_name = handOut)]
    pub fn hand_out(&mut self, count: usize) -> Option<Vec<u8>> {
        self.0.hand_out(count)
    }

    /// Takes back what a locator gave.
    #[wasm_bindgen(js_name = takeBack)]
    pub fn take_back(&mut self, located: &[u8]) -> Result<(), JsValue> {
        self.0.take_back(located).map_err(|e| thrown(&e))
    }
}

/// Locates what sessions hand out. Call `free()` when done with it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct RawLocator(Locator);

#[wasm_bindgen(js_class = RawLocator)]
impl RawLocator {
    /// With the built-in chains, and those of the team's own, as JSON texts.
    #[wasm_bindgen(constructor)]
    pub fn new(chains: Vec<String>) -> Result<RawLocator, JsValue> {
        let catalogue = chains.iter().try_fold(Catalogue::builtin(), |all, json| all.with_json(json)).map_err(|e| thrown(&e))?;
        Locator::new(&catalogue).map(Self).map_err(|e| thrown(&e))
    }

    /// Locates a batch.
    pub fn locate(&self, batch: &[u8]) -> Result<Vec<u8>, JsValue> {
        self.0.locate_batch(batch).map_err(|e| thrown(&e))
    }
}
