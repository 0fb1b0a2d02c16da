//! What is kept of enterprises that are judged, row by row.

use std::collections::BTreeMap;

use crate::chain::Match;
use crate::enterprise::{CreditCode, Enterprise};
use crate::error::{Error, Kind};
use crate::park::Park;
use crate::points::{Builder, Points};
use crate::scorecard::names::Names;
use crate::scorecard::reading::Readings;
use crate::scorecard::unknown::{Collector, Gap};
use crate::scorecard::{AssessOptions, CompiledCard, Located, Residents, RowPoints, Run, Scorecard, place};

/// Stands for an enterprise without a match on the chains asked for.
pub(crate) const NOWHERE: u16 = u16::MAX;

/// What enterprises are judged by in one run.
#[derive(Debug)]
pub(crate) struct Judging {
    pub card: Scorecard,
    pub options: AssessOptions,
    pub compiled: CompiledCard,
    pub residents: Residents,
    /// Of each of the card's own facts, its place among the extra columns.
    columns: Vec<Option<usize>>,
}

impl Judging {
    /// # Errors
    ///
    /// `BAD_SCORECARD` when the card breaks a rule or looks at a column the table does not have.
    pub(crate) fn new(
        card: &Scorecard,
        options: &AssessOptions,
        extra_columns: &[String],
        park: Option<&Park>,
        residents: &[Enterprise],
    ) -> Result<Self, Error> {
        let compiled = CompiledCard::new(card, options.as_of)?;
        has_columns(card, extra_columns)?;
        let columns = compiled.places_of(extra_columns);
        let residents = Residents::new(residents);
        let mut all = Self { card: card.clone(), options: options.clone(), compiled, residents, columns };
        let unknowable = all.run(park).unknowable();
        all.compiled = all.compiled.without(&unknowable);
        Ok(all)
    }

    fn run<'r>(&'r self, park: Option<&'r Park>) -> Run<'r> {
        Run { rates: &self.card.rates, options: &self.options, park, residents: &self.residents, columns: &self.columns }
    }

    /// Rows, none as yet.
    pub(crate) fn rows(&self) -> Rows {
        Rows::new(&self.card, &self.compiled)
    }
}

/// Every column that a card looks at is there.
fn has_columns(card: &Scorecard, extra_columns: &[String]) -> Result<(), Error> {
    let facts = card.criteria.iter().flat_map(|c| c.inputs.iter().map(move |i| (&c.id, &i.from)));
    for (id, from) in facts.chain(card.vetoes.iter().map(|v| (&v.id, &v.from))) {
        if let Some(header) = from.strip_prefix("column:")
            && !extra_columns.iter().any(|c| c == header)
        {
            let what = format!("it looks at the column `{header}`, and the table has only: {}", extra_columns.join(", "));
            return Err(Error::from(Kind::BadScorecard(what)).at_column(id.as_str()));
        }
    }
    Ok(())
}

/// What is kept of rows that are judged.
#[derive(Debug)]
pub(crate) struct Rows {
    pub names: Names,
    pub readings: Readings,
    pub points: Builder,
    pub unknowns: Collector,
    pub vetoes: Vec<u64>,
    pub places: Vec<u16>,
    pub is_resident: Vec<bool>,
    /// Memory for the next.
    row: RowPoints,
    gaps: Vec<Gap>,
}

impl Rows {
    pub(crate) fn new(card: &Scorecard, compiled: &CompiledCard) -> Self {
        Self {
            names: Names::default(),
            readings: Readings::new(card, compiled),
            points: Points::builder(card.criteria.len()),
            unknowns: Collector::default(),
            vetoes: Vec::new(),
            places: Vec::new(),
            is_resident: Vec::new(),
            row: RowPoints::default(),
            gaps: Vec::new(),
        }
    }

    /// Makes room for so many more.
    pub(crate) fn expect(&mut self, enterprises: &[Enterprise]) {
        self.names.expect(enterprises.iter().map(|e| e.name.as_str()));
    }

    /// Judges the next enterprise.
    pub(crate) fn push(&mut self, judging: &Judging, park: Option<&Park>, enterprise: &Enterprise, matches: &[Match]) {
        let run = judging.run(park);
        let at = place(matches, &run.options.chains);
        let index = at.and_then(|m| matches.iter().position(|f| std::ptr::eq(f, m)));
        let located = Located::new(run, enterprise, at);
        let mut row = std::mem::take(&mut self.row);
        judging.compiled.judge_into(&located, &mut row);
        self.readings.count(&judging.compiled, &located);
        self.keep(&row, index.and_then(|i| u16::try_from(i).ok()).unwrap_or(NOWHERE), located.is_resident());
        self.name(&enterprise.name, enterprise.credit_code, enterprise.row);
        self.row = row;
    }

    /// Counts how the cells of an enterprise are understood, and keeps nothing of it.
    pub(crate) fn count(&mut self, judging: &Judging, park: Option<&Park>, enterprise: &Enterprise) {
        self.readings.count(&judging.compiled, &Located::new(judging.run(park), enterprise, None));
    }

    pub(crate) fn keep(&mut self, row: &RowPoints, place: u16, is_resident: bool) {
        self.points.push(row.criteria.iter().map(|c| c.points));
        self.gaps.clear();
        self.gaps.extend(row.criteria.iter().map(|c| Gap { below: c.points - c.low, above: c.high - c.points, known: c.known }));
        self.unknowns.push(&self.gaps);
        self.vetoes.push(row.vetoes);
        self.places.push(place);
        self.is_resident.push(is_resident);
    }

    pub(crate) fn name(&mut self, name: &str, code: Option<CreditCode>, number: u32) {
        self.names.push(name, code, number);
    }

    pub(crate) fn append(&mut self, other: Self) {
        self.names.append(&other.names);
        self.readings.append(&other.readings.finish());
        self.points.append(&other.points.finish());
        self.unknowns.append(&other.unknowns.finish());
        self.vetoes.extend(other.vetoes);
        self.places.extend(other.places);
        self.is_resident.extend(other.is_resident);
    }

    /// Adds some rows of others, in their order. What the cells of the rest were understood as stays counted until they are
    /// [replaced](Self::replace).
    pub(crate) fn append_some(&mut self, other: Self, wanted: &[bool]) {
        if wanted.iter().all(|is| *is) {
            return self.append(other);
        }
        self.readings.append(&other.readings.finish());
        let (points, unknowns) = (other.points.finish(), other.unknowns.finish());
        for row in (0..wanted.len()).filter(|row| wanted[*row]) {
            self.names.push_from(&other.names, row);
            self.points.push(points.row(row));
            self.unknowns.push(unknowns.of(row));
            self.vetoes.push(other.vetoes[row]);
            self.places.push(other.places[row]);
            self.is_resident.push(other.is_resident[row]);
        }
    }

    /// Puts rows that were judged again in the places of those they were before; `before` has counted what they were made of.
    pub(crate) fn replace(&mut self, places: &[u32], before: Self, now: Self) {
        self.readings.replace(&before.readings.finish(), &now.readings.finish());
        let points = now.points.finish();
        let unknowns = now.unknowns.finish();
        let mut names = BTreeMap::new();
        for (row, at) in places.iter().map(|at| *at as usize).enumerate() {
            self.points.set(at, points.row(row));
            self.unknowns.set(at, unknowns.of(row));
            self.vetoes[at] = now.vetoes[row];
            self.places[at] = now.places[row];
            self.is_resident[at] = now.is_resident[row];
            names.insert(at, row);
        }
        self.names.replace(&names, &now.names);
    }
}
