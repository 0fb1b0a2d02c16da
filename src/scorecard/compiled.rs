//! A card compiled: its facts resolved, its words folded, ready to judge anything that has facts.

use std::collections::BTreeMap;

use crate::enterprise::Date;
use crate::error::Error;
use crate::order::map;
use crate::scorecard::fact::{Asked, Fact, FactId};
use crate::scorecard::facts::{Facts, answer};
use crate::scorecard::points::{CriterionPoints, Parts};
use crate::scorecard::value::{freshness, interpolate, percentile};
use crate::scorecard::{Combine, Input, Scorecard, Value, Veto};
use crate::text::squeeze;

/// A scorecard made ready for judging: the names of its facts are resolved to [`FactId`]s once. It judges whatever has [`Facts`].
///
/// # Example
///
/// Structs of one's own, with a fact the library does not know:
///
/// ```
/// use xiangma::{CompiledCard, Date, FactId, Facts, Scorecard};
///
/// struct Plant { staff: u32, water: f64 }
/// impl Facts for Plant {
///     fn number(&self, fact: FactId) -> Option<f64> {
///         match fact {
///             FactId::Staff => Some(f64::from(self.staff)),
///             FactId::Own(0) => Some(self.water),
///             _ => None,
///         }
///     }
/// }
///
/// let mut card = Scorecard::attraction();
/// card.criteria.truncate(1);
/// card.criteria[0].weight = 10_000;
/// card.criteria[0].inputs = serde_json::from_str(r#"[
///     { "from": "staff", "share": 1, "unknown": 0, "value": { "kind": "linear", "knots": [[0, 0], [100, 10000]] } },
///     { "from": "column:water", "share": 1, "unknown": 0, "value": { "kind": "linear", "knots": [[0, 10000], [50, 0]] } }
/// ]"#)?;
/// let compiled = CompiledCard::new(&card, Date::constant(2026, 11, 1))?;
/// assert_eq!(compiled.own_facts(), ["water"]);
/// let judged = compiled.judge(&Plant { staff: 50, water: 10.0 });
/// assert_eq!(judged.criteria[0].points, 6_500);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct CompiledCard {
    criteria: Vec<CompiledCriterion>,
    vetoes: Vec<CompiledVeto>,
    own: Vec<String>,
    as_of: Date,
}

/// Points of one enterprise on every criterion, and the vetoes that rule it out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RowPoints {
    /// The points on each criterion, in the order of the card.
    pub criteria: Vec<CriterionPoints>,
    /// A bit for each veto of the card, the lowest for the first; it is set when that veto rules the enterprise out.
    pub vetoes: u64,
}

#[derive(Debug, Clone)]
struct CompiledCriterion {
    combine: Combine,
    inputs: Vec<CompiledInput>,
}

#[derive(Debug, Clone)]
struct CompiledInput {
    fact: FactId,
    share: u32,
    unknown: u16,
    bounds: (u16, u16),
    value: Value,
    /// Of a category, its words as people write them: folded.
    folded: BTreeMap<String, u16>,
    /// False when nothing in the run could know it.
    is_offered: bool,
}

#[derive(Debug, Clone)]
struct CompiledVeto {
    fact: FactId,
    veto: Veto,
}

impl CompiledCard {
    /// Compiles a card; ages and freshness are counted to a day.
    ///
    /// # Errors
    ///
    /// `BAD_SCORECARD` when the card breaks a rule.
    pub fn new(card: &Scorecard, as_of: Date) -> Result<Self, Error> {
        card.check()?;
        let mut own: Vec<String> = Vec::new();
        let mut fact = |name: &str| {
            FactId::named(name).unwrap_or_else(|| {
                let name = name.strip_prefix("column:").unwrap_or(name);
                let at = own.iter().position(|known| known == name).unwrap_or_else(|| {
                    own.push(name.to_owned());
                    own.len() - 1
                });
                // A card has at most 64 criteria of 32 inputs, and 64 vetoes.
                FactId::Own(at as u16)
            })
        };
        let mut criteria = Vec::with_capacity(card.criteria.len());
        for criterion in &card.criteria {
            let inputs = criterion.inputs.iter().map(|input| CompiledInput::new(input, fact(&input.from))).collect();
            criteria.push(CompiledCriterion { combine: criterion.combine, inputs });
        }
        let vetoes = card.vetoes.iter().map(|veto| CompiledVeto { fact: fact(&veto.from), veto: veto.clone() }).collect();
        Ok(Self { criteria, vetoes, own, as_of })
    }

    /// The same card, told which facts nothing in a run could know: inputs that look at them neither help nor harm.
    #[must_use]
    pub fn without(mut self, facts: &[FactId]) -> Self {
        for input in self.criteria.iter_mut().flat_map(|c| &mut c.inputs) {
            input.is_offered &= !facts.contains(&input.fact);
        }
        self
    }

    /// Of each of the card's own facts, its place among the extra columns of a table.
    pub(crate) fn places_of(&self, extra_columns: &[String]) -> Vec<Option<usize>> {
        self.own_facts().iter().map(|own| extra_columns.iter().position(|c| c == own)).collect()
    }

    /// Names of the card's own facts, those it calls `column:NAME`; the number in [`FactId::Own`] is a place among them, from 0.
    pub fn own_facts(&self) -> &[String] {
        &self.own
    }

    /// How many criteria.
    pub fn len(&self) -> usize {
        self.criteria.len()
    }

    /// Never true: a card has a criterion.
    pub fn is_empty(&self) -> bool {
        self.criteria.is_empty()
    }

    /// Whether nothing in the run could know anything of a criterion.
    pub fn is_left_out(&self, criterion: usize) -> bool {
        self.criteria.get(criterion).is_some_and(|c| c.inputs.iter().all(|i| !i.is_offered))
    }

    /// Judges one enterprise, or whatever else has facts.
    pub fn judge(&self, facts: &(impl Facts + ?Sized)) -> RowPoints {
        let mut row = RowPoints::default();
        self.judge_into(facts, &mut row);
        row
    }

    /// As [`judge`](Self::judge), into points that are given, so that their memory is used again.
    pub fn judge_into(&self, facts: &(impl Facts + ?Sized), row: &mut RowPoints) {
        row.criteria.clear();
        row.criteria.extend(self.criteria.iter().map(|c| c.points(facts, self.as_of)));
        row.vetoes = self.vetoes.iter().enumerate().fold(0, |bits, (bit, veto)| bits | u64::from(veto.rules_out(facts)) << bit);
    }

    /// The fact a card names.
    pub(crate) fn fact(&self, name: &str) -> Option<FactId> {
        let own = || self.own.iter().position(|own| name.strip_prefix("column:") == Some(own)).map(|at| FactId::Own(at as u16));
        FactId::named(name).or_else(own)
    }

    /// Whether something in the run could know a fact that the card looks at.
    pub(crate) fn offers(&self, fact: FactId) -> bool {
        self.criteria.iter().flat_map(|c| &c.inputs).any(|i| i.fact == fact && i.is_offered)
    }

    /// The points of an answer to an input, by its place; none when it is not understood.
    pub(crate) fn understood(&self, (criterion, input): (usize, usize), facts: &impl Facts) -> bool {
        self.criteria.get(criterion).and_then(|c| c.inputs.get(input)).is_some_and(|i| i.of(facts, self.as_of).is_some())
    }

    /// The unknown inputs of a criterion by their places, and what knowing each could do.
    pub(crate) fn swings(&self, criterion: usize, facts: &impl Facts) -> Vec<(usize, Swing)> {
        let Some(criterion) = self.criteria.get(criterion) else { return Vec::new() };
        let mut parts = criterion.parts(facts, self.as_of);
        let now = parts.combined(criterion.combine).points;
        let offered = criterion.inputs.iter().enumerate().filter(|(_, i)| i.is_offered).map(|(place, _)| place);
        let mut swings = Vec::new();
        for (at, place) in offered.enumerate().take(parts.inputs.len()) {
            let unknown = parts.inputs[at];
            if unknown.known > 0 {
                continue;
            }
            let mut with = |points: u16| {
                parts.inputs[at] = CriterionPoints::of(points);
                parts.combined(criterion.combine).points
            };
            let (best, worst) = (with(unknown.high), with(unknown.low));
            parts.inputs[at] = unknown;
            // Where nothing is known yet, any answer takes the place of what is supposed.
            swings.push((place, Swing { whole: best.max(now) - worst.min(now), up: best.saturating_sub(now) }));
        }
        swings
    }
}

/// What the answer to an open question could do to the points of a criterion.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Swing {
    /// How far they lie apart between the worst and the best answer.
    pub whole: u16,
    /// How many more they are with the best one than now.
    pub up: u16,
}

impl CompiledCriterion {
    fn points(&self, facts: &(impl Facts + ?Sized), as_of: Date) -> CriterionPoints {
        // Many criteria look at one fact; however they would be joined, it is the one.
        if let [only] = self.inputs.as_slice()
            && only.is_offered
        {
            return only.points(facts, as_of);
        }
        self.parts(facts, as_of).combined(self.combine)
    }

    fn parts(&self, facts: &(impl Facts + ?Sized), as_of: Date) -> Parts {
        let mut parts = Parts::new();
        for input in self.inputs.iter().filter(|i| i.is_offered) {
            parts.push(input.points(facts, as_of), input.share);
        }
        parts
    }
}

impl CompiledInput {
    fn new(input: &Input, fact: FactId) -> Self {
        let folded = match &input.value {
            Value::Category { points, .. } => map(points.iter().map(|(word, points)| (squeeze(word), *points))),
            _ => BTreeMap::new(),
        };
        let (share, unknown, bounds, value) = (input.share, input.unknown, input.value.bounds(), input.value.clone());
        Self { fact, share, unknown, bounds, value, folded, is_offered: true }
    }

    fn points(&self, facts: &(impl Facts + ?Sized), as_of: Date) -> CriterionPoints {
        self.of(facts, as_of).map_or(CriterionPoints::unknown(self.unknown, self.bounds), CriterionPoints::of)
    }

    /// The points of the fact; `None` when it is unknown, or none that is understood.
    fn of(&self, facts: &(impl Facts + ?Sized), as_of: Date) -> Option<u16> {
        match &self.value {
            Value::Linear { knots } => facts.number(self.fact).map(|x| interpolate(knots, x)),
            Value::Percentile { quantiles } => facts.number(self.fact).map(|x| percentile(quantiles, x)),
            Value::Range { min, max, inside, outside } => {
                facts.number(self.fact).map(|x| if (*min..=*max).contains(&x) { *inside } else { *outside })
            }
            Value::Category { points, other } => {
                let word = facts.word(self.fact)?;
                // As people write it: wide letters, a space.
                points.get(word.as_ref()).or_else(|| self.folded.get(&squeeze(&word))).copied().or(*other)
            }
            Value::Flag { yes, no } => facts.flag(self.fact).map(|flag| if flag { *yes } else { *no }),
            Value::Freshness { half_life_days, fresh } => facts.day(self.fact).map(|day| freshness(*half_life_days, *fresh, day, as_of)),
        }
    }
}

impl CompiledVeto {
    fn rules_out(&self, facts: &(impl Facts + ?Sized)) -> bool {
        let veto = &self.veto;
        veto.asks().any(|asked| match (asked, answer(facts, self.fact, asked)) {
            (Asked::Word, Fact::Word(word)) => veto.any_of.iter().any(|w| *w == word),
            (Asked::Flag, Fact::Flag(flag)) => veto.is == Some(flag),
            (Asked::Number, Fact::Number(x)) => veto.below.is_some_and(|b| x < b) || veto.above.is_some_and(|a| x > a),
            _ => false,
        })
    }
}
