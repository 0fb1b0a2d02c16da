//! What became of the cells a scorecard looks at by itself: columns of the team's own, and what is written of listing and financing.

use serde::Serialize;

use crate::scorecard::fact::{Asked, Fact, FactId};
use crate::scorecard::facts::answer;
use crate::scorecard::{CompiledCard, Located, Scorecard};

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
    /// Cells that say something that was not understood: a word that no category lists, or no number where one is asked for. Their enterprises count as unknown.
    pub not_understood: u32,
    /// The first of those, by its row of the file and its text, shortened.
    pub example: Option<(u32, String)>,
}

impl ColumnReading {
    /// Adds what was counted of further enterprises.
    pub(crate) fn append(&mut self, other: &Self) {
        self.understood += other.understood;
        self.not_understood += other.not_understood;
        if self.example.is_none() {
            self.example.clone_from(&other.example);
        }
    }
}

/// The readings under way.
#[derive(Debug, Default)]
pub(crate) struct Readings(Vec<Counted>);

#[derive(Debug)]
struct Counted {
    reading: ColumnReading,
    fact: FactId,
    asked: Asked,
    /// Of an input: which criterion, and which of its inputs.
    input: Option<(usize, usize)>,
}

impl Readings {
    pub(crate) fn new(card: &Scorecard, compiled: &CompiledCard) -> Self {
        let mut all = Vec::new();
        let mut add = |name: &str, by: &str, asked: Asked, input: Option<(usize, usize)>| {
            let Some(fact) = compiled.fact(name).filter(|f| matches!(f, FactId::Listing | FactId::Own(_))) else { return };
            let (fact_name, by) = (name.to_owned(), by.to_owned());
            let reading = ColumnReading { fact: fact_name, by, takes: asked.as_str(), understood: 0, not_understood: 0, example: None };
            all.push(Counted { reading, fact, asked, input });
        };
        for (c, criterion) in card.criteria.iter().enumerate() {
            for (i, input) in criterion.inputs.iter().enumerate() {
                add(&input.from, &criterion.id, input.value.asks(), Some((c, i)));
            }
        }
        for veto in &card.vetoes {
            veto.asks().for_each(|asked| add(&veto.from, &veto.id, asked, None));
        }
        Self(all)
    }

    /// Counts the cells of one enterprise.
    pub(crate) fn count(&mut self, compiled: &CompiledCard, at: &Located<'_>) {
        for Counted { reading, fact, asked, input } in &mut self.0 {
            let cell = match fact {
                FactId::Own(own) => at.cell(*own),
                _ => at.enterprise().listing.as_deref(),
            };
            let Some(cell) = cell.filter(|c| !c.trim().is_empty()) else { continue };
            let is_understood = match input {
                Some(input) => compiled.understood(*input, at),
                None => answer(at, *fact, *asked) != Fact::Unknown,
            };
            if is_understood {
                reading.understood += 1;
            } else {
                reading.not_understood += 1;
                reading.example.get_or_insert_with(|| (at.enterprise().row, cell.chars().take(40).collect()));
            }
        }
    }

    /// Adds what was counted of further enterprises.
    pub(crate) fn append(&mut self, other: &[ColumnReading]) {
        for (Counted { reading, .. }, other) in self.0.iter_mut().zip(other) {
            reading.append(other);
        }
    }

    /// Counts enterprises as they are now, and no more as they were before. An example that was given stays: its cell is in the file.
    pub(crate) fn replace(&mut self, before: &[ColumnReading], now: &[ColumnReading]) {
        for (Counted { reading, .. }, (before, now)) in self.0.iter_mut().zip(before.iter().zip(now)) {
            reading.append(now);
            reading.understood -= before.understood;
            reading.not_understood -= before.not_understood;
        }
    }

    pub(crate) fn finish(self) -> Vec<ColumnReading> {
        self.0.into_iter().map(|counted| counted.reading).collect()
    }
}
