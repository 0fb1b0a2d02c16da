//! A match in words, for output.

use serde::Serialize;

use crate::chain::{Doubt, Evidence, Match, Role, Source, Span};
use crate::enterprise::Enterprise;

/// A match with the words it rests on: what every front end prints. As JSON it has `chain`, `link`, `role`, `evidence`, `confidence` (1 to
/// 99), `score` (0 to 100), `focus` (0 to 100), `doubt` (`code`, `zh`, `en`; null for a match that is believed) and `spans` (`field`, `text`, `term`).
#[derive(Debug, Clone, Serialize)]
pub struct MatchView<'a> {
    chain: &'a str,
    link: Option<&'a str>,
    role: Role,
    evidence: Evidence,
    confidence: u8,
    score: u8,
    focus: u8,
    doubt: Option<DoubtView>,
    spans: Vec<SpanView<'a>>,
}

#[derive(Debug, Clone, Serialize)]
struct DoubtView {
    code: Doubt,
    zh: &'static str,
    en: &'static str,
}

#[derive(Debug, Clone, Serialize)]
struct SpanView<'a> {
    field: Source,
    text: &'a str,
    term: &'a str,
}

impl Match {
    /// The match with the words it rests on, cut from the texts of the enterprise it belongs to.
    pub fn view<'a>(&'a self, enterprise: &'a Enterprise) -> MatchView<'a> {
        let words = |s: &Span| SpanView { field: s.source, text: s.text(enterprise), term: s.term(enterprise) };
        MatchView {
            chain: &self.chain,
            link: self.link.as_deref(),
            role: self.role,
            evidence: self.evidence,
            confidence: self.confidence,
            score: self.score,
            focus: self.focus,
            doubt: self.doubt.map(|code| DoubtView { code, zh: code.words().0, en: code.words().1 }),
            spans: self.spans.iter().map(words).collect(),
        }
    }
}
