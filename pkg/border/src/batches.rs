//! Locating in several workers, across the border.

use js_sys::{Function, Uint8Array};
use wasm_bindgen::prelude::*;

use super::{JsReport, RawSession, intake_options, out, shape, thrown};
use xiangma::{Catalogue, Locator};

#[wasm_bindgen(js_class = RawSession)]
impl RawSession {
    /// Up to `count` candidates to be located elsewhere, from the last on; none when nobody waits.
    #[wasm_bindgen(js_name = handOut)]
    pub fn hand_out(&mut self, count: usize) -> Option<Vec<u8>> {
        self.session.hand_out(count)
    }

    /// Reads the file of candidates, and hands a share of them out while it still reads; `each` is told the share of the file that is
    /// read, and a batch where there is one.
    #[wasm_bindgen(js_name = loadAndHandOut)]
    pub fn load_and_hand_out(&mut self, bytes: &[u8], options: &str, share: f64, each: &Function) -> Result<JsReport, JsValue> {
        let mut tell = |read: f64, batch: Option<Vec<u8>>| {
            let batch = batch.map_or(JsValue::UNDEFINED, |b| Uint8Array::from(b.as_slice()).into());
            // The package's own listener: it keeps what a user's throws until the work is done.
            let _ = each.call2(&JsValue::UNDEFINED, &read.into(), &batch);
        };
        let options = intake_options(options)?;
        self.step(|s| s.load_and_hand_out(bytes, &options, share, &mut tell).map(|_| ()))?;
        out(&shape::report(self.session.report()))
    }

    /// Takes back what a locator gave.
    #[wasm_bindgen(js_name = takeBack)]
    pub fn take_back(&mut self, located: &[u8]) -> Result<(), JsValue> {
        self.session.take_back(located).map_err(|e| thrown(&e))
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
