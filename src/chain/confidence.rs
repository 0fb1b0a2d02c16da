//! How sure a match is: a logistic model over the signals, fitted on enterprises read by people and shipped as data.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::chain::signals::{SIGNALS, Signals};

/// The model: `1 / (1 + exp(−(bias + prior of the link + Σ weight · signal)))`.
#[derive(Debug, Clone)]
pub(super) struct Confidence {
    bias: f32,
    weights: [f32; SIGNALS.len()],
    /// How much oftener than others a link's words turn out right, shrunk towards none.
    links: BTreeMap<String, f64>,
    /// From here a match is believed.
    pub threshold: f32,
}

#[derive(Debug, Deserialize)]
struct File {
    bias: f32,
    threshold: f32,
    weights: BTreeMap<String, f64>,
    #[serde(default)]
    links: BTreeMap<String, f64>,
}

const BUILTIN: &str = include_str!("catalogue/confidence.json");

impl Confidence {
    pub(super) fn builtin() -> Self {
        // The file is the crate's own; a test reads it.
        let none = || Self::of_file(File { bias: 0.0, threshold: 0.5, weights: BTreeMap::new(), links: BTreeMap::new() });
        Self::read(BUILTIN).unwrap_or_else(|_| none())
    }

    /// A model from its file.
    pub(super) fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text).map(Self::of_file)
    }

    fn of_file(file: File) -> Self {
        let weights = SIGNALS.map(|name| file.weights.get(name).map_or(0.0, |w| *w as f32));
        Self { bias: file.bias, weights, links: file.links, threshold: file.threshold }
    }

    /// The prior of a link; none for one the model has not seen.
    pub(super) fn prior(&self, link: &str) -> f32 {
        self.links.get(link).map_or(0.0, |prior| *prior as f32)
    }

    pub(super) fn of(&self, prior: f32, signals: &Signals) -> f32 {
        // In the order of the signals, so that every platform adds the same way.
        let sum = self.weights.iter().zip(signals.values()).fold(self.bias + prior, |sum, (w, s)| sum + w * s);
        1.0 / (1.0 + libm::expf(-sum))
    }
}
