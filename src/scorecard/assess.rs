//! Enterprises, matches and a scorecard become columns of points.

use crate::chain::Match;
use crate::enterprise::{Date, Enterprise};
use crate::error::{Error, Kind};
use crate::intake::CreditCode;
use crate::park::{Need, Park};
use crate::points::{Builder, Points, Selection};
use crate::scorecard::fact::{Asked, Fact, Sources};
use crate::scorecard::judge::judge;
use crate::scorecard::reading::{ColumnReading, Readings};
use crate::scorecard::unknown::{Collector, Gap, Unknowns};
use crate::scorecard::value::FULL;
use crate::scorecard::{AssessOptions, Residents, Scorecard, Veto, WEIGHT_SUM, place, whole_shares};

/// Points of every enterprise on every criterion, 0 to 10 000, two bytes each; and, kept once for all enterprises that know equally
/// much, the fewest and the most they could be given what is unknown.
#[derive(Debug, Clone)]
pub struct Assessment {
    pub(crate) card: Scorecard,
    pub(crate) options: AssessOptions,
    pub(crate) points: Points,
    pub(crate) unknowns: Unknowns,
    /// Per enterprise, a bit for each veto of the card.
    pub(crate) vetoes: Vec<u64>,
    /// The enterprises under no veto, and those under one.
    pub(crate) allowed: Selection,
    pub(crate) ruled_out: Selection,
    /// Per enterprise, the index of its best match on the chains asked for; [`NOWHERE`] for none.
    places: Vec<u16>,
    /// The order of names, codes, then rows: what decides between equal scores.
    pub(crate) tie: Vec<u32>,
    /// The same order, as rows.
    pub(crate) by_tie: Vec<u32>,
    pub(crate) weights: Vec<u32>,
    left_out: Vec<usize>,
    pub(crate) residents: Residents,
    /// The rows that are residents themselves.
    is_resident: Selection,
    readings: Vec<ColumnReading>,
    /// True when the points were made elsewhere, and no fact stands behind them.
    pub(crate) is_given: bool,
}

/// Stands for an enterprise without a match on the chains asked for.
const NOWHERE: u16 = u16::MAX;

/// Assesses enterprises.
///
/// `park` and `residents` may be absent; criteria that look only at them are then left out and the other weights grow in
/// proportion ([`Assessment::left_out`] says which).
///
/// # Errors
///
/// `BAD_SCORECARD` when the card breaks a rule or looks at a column the table does not have; `BAD_ARGUMENT` when `matches` is not
/// one list per enterprise.
pub fn assess(
    card: &Scorecard,
    options: &AssessOptions,
    enterprises: &[Enterprise],
    extra_columns: &[String],
    matches: &[Vec<Match>],
    park: Option<&Park>,
    residents: &[Enterprise],
) -> Result<Assessment, Error> {
    if enterprises.len() != matches.len() {
        let what = format!("{} enterprises and {} lists of matches; locate every enterprise first", enterprises.len(), matches.len());
        return Err(Kind::BadArgument(what).into());
    }
    has_columns(card, extra_columns)?;
    let mut assessor = Assessor::new(card.clone(), options.clone(), Residents::new(residents))?;
    for (enterprise, matches) in enterprises.iter().zip(matches) {
        assessor.push(enterprise, matches, park, extra_columns);
    }
    Ok(assessor.finish(park, extra_columns, |row| {
        let e = &enterprises[row];
        (&e.name, e.credit_code, e.row)
    }))
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

/// Assesses enterprise by enterprise.
#[derive(Debug)]
struct Assessor {
    card: Scorecard,
    options: AssessOptions,
    residents: Residents,
    readings: Readings,
    points: Builder,
    unknowns: Collector,
    vetoes: Vec<u64>,
    places: Vec<u16>,
    gaps: Vec<Gap>,
    is_resident: Vec<bool>,
}

impl Assessor {
    fn new(card: Scorecard, options: AssessOptions, residents: Residents) -> Result<Self, Error> {
        card.check()?;
        let (points, readings) = (Points::builder(card.criteria.len()), Readings::new(&card));
        let (unknowns, vetoes, places, gaps) = (Collector::default(), Vec::new(), Vec::new(), Vec::new());
        Ok(Self { card, options, residents, readings, points, unknowns, vetoes, places, gaps, is_resident: Vec::new() })
    }

    /// The next enterprise.
    fn push(&mut self, enterprise: &Enterprise, matches: &[Match], park: Option<&Park>, extra_columns: &[String]) {
        let Self { card, options, residents, readings, points, unknowns, vetoes, places, gaps, is_resident } = self;
        let sources = Sources { rates: &card.rates, options, park, residents, columns: extra_columns, instead: &[] };
        let at = place(matches, &options.chains);
        let index = at.and_then(|m| matches.iter().position(|f| std::ptr::eq(f, m)));
        places.push(index.and_then(|i| u16::try_from(i).ok()).unwrap_or(NOWHERE));
        gaps.clear();
        points.push(card.criteria.iter().map(|criterion| {
            let its = judge(criterion, &sources, enterprise, at);
            gaps.push(Gap { below: its.points - its.low, above: its.high - its.points, known: its.known });
            its.points
        }));
        unknowns.push(gaps);
        let ruled_out = |veto: &Veto| {
            veto.asks().any(|asked| match (asked, sources.fact(&veto.from, asked, enterprise, at)) {
                (Asked::Word, Fact::Word(word)) => veto.any_of.iter().any(|w| *w == word),
                (Asked::Flag, Fact::Flag(flag)) => veto.is == Some(flag),
                (Asked::Number, Fact::Number(x)) => veto.below.is_some_and(|b| x < b) || veto.above.is_some_and(|a| x > a),
                _ => false,
            })
        };
        let bits = card.vetoes.iter().enumerate().fold(0, |bits, (bit, veto)| bits | u64::from(ruled_out(veto)) << bit);
        readings.count(&sources, enterprise);
        is_resident.push(residents.has(enterprise));
        vetoes.push(bits);
    }

    /// The assessment. `name` tells the name, the code and the input row of an enterprise.
    fn finish<'n>(self, park: Option<&Park>, extra_columns: &[String], name: impl Fn(usize) -> Named<'n>) -> Assessment {
        let Self { card, options, residents, readings, points, unknowns, vetoes, places, is_resident, .. } = self;
        let sources = Sources { rates: &card.rates, options: &options, park, residents: &residents, columns: extra_columns, instead: &[] };
        let left_out: Vec<usize> =
            (0..card.criteria.len()).filter(|c| card.criteria[*c].inputs.iter().all(|i| !sources.offers(&i.from))).collect();
        let weights = share_out(&card.weights(), &left_out);
        let allowed = Selection::from_fn(vetoes.len(), |row| vetoes[row] == 0);
        let ruled_out = Selection::from_fn(vetoes.len(), |row| vetoes[row] != 0);
        let (tie, by_tie) = tie_order(vetoes.len(), name);
        let (points, unknowns) = (points.finish(), unknowns.finish());
        let is_resident = Selection::from_fn(is_resident.len(), |row| is_resident[row]);
        let (readings, is_given) = (readings.finish(), false);
        Assessment {
            card,
            options,
            points,
            unknowns,
            vetoes,
            allowed,
            ruled_out,
            places,
            tie,
            by_tie,
            weights,
            left_out,
            residents,
            is_resident,
            readings,
            is_given,
        }
    }
}

impl Assessment {
    /// An assessment from points made elsewhere: `points(row, criterion)`, each 0 to 10 000 (more counts as 10 000). Everything is
    /// known, nobody is ruled out, and equal scores stand in the order of rows.
    ///
    /// # Errors
    ///
    /// `BAD_SCORECARD` when the card breaks a rule.
    pub fn from_points(card: Scorecard, rows: usize, mut points: impl FnMut(usize, usize) -> u16) -> Result<Self, Error> {
        let options = AssessOptions::new(Date::ZERO);
        let mut assessor = Assessor::new(card, options, Residents::new(&[]))?;
        let criteria = assessor.card.criteria.len();
        let all_known = vec![Gap { below: 0, above: 0, known: FULL }; criteria];
        for row in 0..rows {
            assessor.points.push((0..criteria).map(|criterion| points(row, criterion).min(FULL)));
            assessor.unknowns.push(&all_known);
            assessor.vetoes.push(0);
            assessor.places.push(NOWHERE);
            assessor.is_resident.push(false);
        }
        let weights = assessor.card.weights();
        let assessment = assessor.finish(None, &[], |row| ("", None, row as u32));
        // Points that are given are known, whatever the card looks at.
        Ok(Self { weights, left_out: Vec::new(), is_given: true, ..assessment })
    }

    /// Reads all points and gives nothing of use: the floor of every ranking, for measuring.
    #[doc(hidden)]
    pub fn read_all(&self) -> i32 {
        self.points.read_all()
    }

    /// How many enterprises.
    pub fn rows(&self) -> usize {
        self.points.rows()
    }

    /// The card it was made with.
    pub fn card(&self) -> &Scorecard {
        &self.card
    }

    /// The weights to begin with: the card's, those of criteria left out shared among the others. They sum to 10 000.
    pub fn weights(&self) -> &[u32] {
        &self.weights
    }

    /// Ids of the criteria that nothing in this run could know.
    pub fn left_out(&self) -> impl Iterator<Item = &str> {
        self.left_out.iter().map(|c| self.card.criteria[*c].id.as_str())
    }

    /// True when nothing in this run could know anything of a criterion.
    pub(crate) fn is_left_out(&self, criterion: usize) -> bool {
        self.left_out.contains(&criterion)
    }

    /// How the cells were understood that the card looks at by itself, column by column.
    pub fn readings(&self) -> &[ColumnReading] {
        &self.readings
    }

    /// True when an enterprise is one of the residents: the same credit code, or the same name where either has none.
    pub fn is_resident(&self, row: usize) -> bool {
        self.is_resident.contains(row)
    }

    /// The points of an enterprise on a criterion, 0 to 10 000.
    pub fn points(&self, criterion: usize, row: usize) -> Option<u16> {
        self.points.get(criterion, row)
    }

    /// The enterprises under no veto.
    pub fn eligible(&self) -> &Selection {
        &self.allowed
    }

    /// The vetoes of an enterprise.
    pub fn vetoes(&self, row: usize) -> impl Iterator<Item = &Veto> {
        let bits = self.vetoes.get(row).copied().unwrap_or(0);
        self.card.vetoes.iter().enumerate().filter(move |(bit, _)| bits >> bit & 1 == 1).map(|(_, v)| v)
    }

    /// The link of an enterprise, or the place on a chain, that is believed: the one it is judged by. None for a near miss.
    pub fn confirmed<'m>(&self, row: usize, matches: &'m [Match]) -> Option<&'m Match> {
        self.place(row, matches).filter(|m| m.is_believed())
    }

    /// What the park should do about the link of an enterprise; none for a near miss, for a resident, and without a park.
    pub fn strategy(&self, row: usize, matches: &[Match], park: Option<&Park>) -> Option<Need> {
        let park = park.filter(|_| !self.is_resident(row));
        park?.link(self.confirmed(row, matches)?.link.as_deref()?).map(|state| state.need)
    }

    /// The nearest of an enterprise's matches on the chains asked for, [believed](Match::is_believed) or not.
    pub fn place<'m>(&self, row: usize, matches: &'m [Match]) -> Option<&'m Match> {
        self.places.get(row).and_then(|i| matches.get(usize::from(*i)))
    }
}

/// Shares the weight of what is left out among the rest; where that is all, everything stays.
fn share_out(weights: &[u32], left_out: &[usize]) -> Vec<u32> {
    let kept: Vec<u128> = weights.iter().enumerate().map(|(i, w)| if left_out.contains(&i) { 0 } else { u128::from(*w) }).collect();
    if kept.iter().all(|w| *w == 0) { weights.to_vec() } else { whole_shares(&kept, WEIGHT_SUM) }
}

/// Name, code and input row of an enterprise: what decides between equal scores.
type Named<'n> = (&'n str, Option<CreditCode>, u32);

/// Each enterprise's place in the order of name, code, then row; and the rows in that order.
fn tie_order<'n>(rows: usize, name: impl Fn(usize) -> Named<'n>) -> (Vec<u32>, Vec<u32>) {
    // The first bytes of the names, side by side, decide most comparisons.
    let start = |name: &str| {
        let mut bytes = [0; 16];
        let length = name.len().min(16);
        bytes[..length].copy_from_slice(&name.as_bytes()[..length]);
        u128::from_be_bytes(bytes)
    };
    let mut starts: Vec<(u128, u32)> = (0..rows as u32).map(|row| (start(name(row as usize).0), row)).collect();
    starts.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| name(a.1 as usize).cmp(&name(b.1 as usize))));
    let order: Vec<u32> = starts.into_iter().map(|(_, row)| row).collect();
    let mut tie = vec![0; rows];
    for (place, row) in (0_u32..).zip(&order) {
        tie[*row as usize] = place;
    }
    (tie, order)
}
