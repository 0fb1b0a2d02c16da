//! What became of the cells a scorecard looks at by itself: columns of the team's own, and what is written of listing and financing.

use serde::Serialize;

use crate::enterprise::Enterprise;
use crate::scorecard::fact::{Asked, Fact};
use crate::scorecard::{Scorecard, Sources, Value};

/// How the cells of one column were understood by one criterion or veto.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ColumnReading {
    /// The fact that looks at it: `column:HEADER`, or `listing`.
    pub fact: String,
    /// Id of the criterion or veto.
    pub by: String,
    /// What its cells were read as: `number`, `word`, `flag` or `date`.
    pub takes: &'static str,
    /// Cells that were understood.
    pub understood: u32,
    /// Cells that say something that was not: a word no category lists, a number that is none. Their enterprises count as unknown.
    pub not_understood: u32,
    /// The first of those, by its row of the file and its text, shortened.
    pub example: Option<(u32, String)>,
}

/// The readings under way.
#[derive(Debug, Default)]
pub(crate) struct Readings(Vec<(ColumnReading, Asked, Option<Value>)>);

impl Readings {
    pub(crate) fn new(card: &Scorecard) -> Self {
        let mut all = Self::default();
        for criterion in &card.criteria {
            for input in criterion.inputs.iter().filter(|i| is_read_here(&i.from)) {
                all.add(&input.from, &criterion.id, input.value.asks(), Some(&input.value));
            }
        }
        for veto in card.vetoes.iter().filter(|v| is_read_here(&v.from)) {
            veto.asks().for_each(|asked| all.add(&veto.from, &veto.id, asked, None));
        }
        all
    }

    fn add(&mut self, fact: &str, by: &str, asked: Asked, value: Option<&Value>) {
        let (fact, by) = (fact.to_owned(), by.to_owned());
        let reading = ColumnReading { fact, by, takes: asked.as_str(), understood: 0, not_understood: 0, example: None };
        self.0.push((reading, asked, value.cloned()));
    }

    /// Counts the cells of one enterprise.
    pub(crate) fn count(&mut self, sources: &Sources<'_>, e: &Enterprise) {
        for (reading, asked, value) in &mut self.0 {
            let cell = if reading.fact == "listing" { e.listing.as_deref() } else { sources.cell(&reading.fact, e) };
            let Some(cell) = cell.filter(|c| !c.trim().is_empty()) else { continue };
            let fact = sources.fact(&reading.fact, *asked, e, None);
            let is_understood = match value {
                Some(value) => value.points(&fact, sources.options.as_of).is_some(),
                None => fact != Fact::Unknown,
            };
            if is_understood {
                reading.understood += 1;
            } else {
                reading.not_understood += 1;
                reading.example.get_or_insert_with(|| (e.row, cell.chars().take(40).collect()));
            }
        }
    }

    pub(crate) fn finish(self) -> Vec<ColumnReading> {
        self.0.into_iter().map(|r| r.0).collect()
    }
}

fn is_read_here(fact: &str) -> bool {
    fact == "listing" || fact.starts_with("column:")
}
