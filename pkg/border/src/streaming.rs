//! A file ranked where it lies, across the border: read by calling back, and given back as its best rows.

use std::io::{Error as IoError, Result as IoResult};

use js_sys::{Function, Uint8Array};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use super::{RawSession, intake_options, out, shape, thrown};
use xiangma::{Enterprise, Error, Match, ReadAt};

#[wasm_bindgen]
extern "C" {
    /// Bytes that JavaScript reads when it is asked to.
    #[wasm_bindgen(typescript_type = "{ size: number; read(at: number, length: number): Uint8Array }")]
    pub type JsSource;
    #[wasm_bindgen(method, structural, getter)]
    fn size(this: &JsSource) -> f64;
    #[wasm_bindgen(method, structural, catch)]
    fn read(this: &JsSource, at: f64, length: usize) -> Result<Uint8Array, JsValue>;
    /// A typed value on its way out.
    #[wasm_bindgen(typescript_type = "RawRankedFile | undefined")]
    pub type JsRankedFile;
}

impl ReadAt for JsSource {
    fn size(&self) -> IoResult<u64> {
        Ok(self.size() as u64)
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> IoResult<usize> {
        let said = |error: &JsValue| error.dyn_ref::<js_sys::Error>().map_or_else(String::new, |e| String::from(e.message()));
        let bytes = self.read(at as f64, into.len()).map_err(|error| IoError::other(said(&error)))?;
        let count = bytes.length() as usize;
        let Some(place) = into.get_mut(..count) else { return Err(IoError::other("more was read than was asked for")) };
        bytes.copy_to(place);
        Ok(count)
    }
}

/// The best of a file, and what became of the rest.
#[derive(Serialize)]
struct RankedFile<'a> {
    report: shape::Report<'a>,
    total: usize,
    digest: String,
    best: Vec<shape::Detail<'a>>,
}

#[wasm_bindgen(js_class = RawSession)]
impl RawSession {
    /// Ranks a file where it lies, by options as JSON text, and reads its best `k` again; nothing for one that is to be loaded.
    #[wasm_bindgen(js_name = rankFile)]
    pub fn rank_file(&mut self, source: JsSource, k: usize, options: &str, progress: Option<Function>) -> Result<JsRankedFile, JsValue> {
        let options = intake_options(options)?.max_rows(u64::from(u32::MAX));
        let mut tell = |share: f64| {
            if let Some(progress) = &progress {
                // The package's own listener: it keeps what a user's throws until the work is done.
                let _ = progress.call1(&JsValue::UNDEFINED, &share.into());
            }
            true
        };
        let generation = self.generation;
        let failed = |error: Error| thrown(&error);
        let Some(roll) = self.session.stream(source, &options, &mut tell).map_err(failed)? else {
            return out(&None::<()>);
        };
        let (ranking, park) = (roll.ranking(), roll.park());
        let rows = ranking.top(k);
        let read: Vec<(Enterprise, Vec<Match>)> = roll.read(&rows).map_err(failed)?;
        let mut best = Vec::with_capacity(rows.len());
        for ((row, rank), (enterprise, matches)) in rows.iter().zip(ranking.ranks_of(&rows)).zip(&read) {
            let told = shape::Told { generation, assessment: ranking.assessment(), park, enterprise, matches };
            let reasons = roll.explain(*row as usize, enterprise, matches);
            best.extend(rank.zip(reasons).and_then(|(rank, reasons)| shape::detail_of(told, &ranking, *row, rank, reasons)));
        }
        let digest = format!("{:016x}", ranking.digest());
        out(&Some(RankedFile { report: shape::report(roll.report()), total: ranking.assessment().rows(), digest, best }))
    }
}
