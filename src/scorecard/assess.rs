//! Enterprises, matches and a scorecard become columns of points.

use crate::chain::Match;
use crate::enterprise::{Date, Enterprise};
use crate::error::{Error, Kind};
use crate::order::order;
use crate::park::{Need, Park};
use crate::points::{Builder, Points, Selection};
use crate::scorecard::fact::{Fact, Sources};
use crate::scorecard::unknown::{Collector, Gap, Unknowns};
use crate::scorecard::value::FULL;
use crate::scorecard::{Combine, Criterion, Input, Scorecard, Veto, place};

/// What [`assess`] is told beside the card.
///
/// | name | default | purpose |
/// |---|---|---|
/// | `chains` | all | the chains that count |
/// | `as_of` | required | the day ages and freshness are counted to; there is no clock inside |
/// | `target_regions` | none | provinces or cities the team can easily reach |
#[derive(Debug, Clone)]
pub struct AssessOptions {
    pub(crate) chains: Vec<String>,
    pub(crate) as_of: Date,
    pub(crate) target_regions: Vec<String>,
}

impl AssessOptions {
    /// Judged on this day, on every chain.
    pub fn new(as_of: Date) -> Self {
        Self { chains: Vec::new(), as_of, target_regions: Vec::new() }
    }

    /// The chains that count.
    pub fn chains<S: Into<String>>(mut self, chains: impl IntoIterator<Item = S>) -> Self {
        self.chains = chains.into_iter().map(Into::into).collect();
        self
    }

    /// Provinces or cities within reach.
    pub fn target_regions<S: Into<String>>(mut self, regions: impl IntoIterator<Item = S>) -> Self {
        self.target_regions = regions.into_iter().map(Into::into).filter(|r: &String| !r.is_empty()).collect();
        self
    }
}

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
    /// The order of names, then rows: what decides between equal scores.
    pub(crate) tie: Vec<u32>,
    /// The same order, as rows.
    pub(crate) by_tie: Vec<u32>,
    pub(crate) weights: Vec<u32>,
    left_out: Vec<usize>,
    /// Names of residents, to find among shareholders.
    pub(crate) residents: Vec<String>,
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
    let residents = residents.iter().map(|r| r.name.clone()).collect();
    let mut assessor = Assessor::new(card.clone(), options.clone(), extra_columns, residents)?;
    for (enterprise, matches) in enterprises.iter().zip(matches) {
        assessor.push(enterprise, matches, park, extra_columns);
    }
    Ok(assessor.finish(park, extra_columns, |row| (&enterprises[row].name, enterprises[row].row)))
}

/// Assesses enterprise by enterprise.
#[derive(Debug)]
struct Assessor {
    card: Scorecard,
    options: AssessOptions,
    residents: Vec<String>,
    points: Builder,
    unknowns: Collector,
    vetoes: Vec<u64>,
    places: Vec<u16>,
    gaps: Vec<Gap>,
}

impl Assessor {
    fn new(card: Scorecard, options: AssessOptions, extra_columns: &[String], residents: Vec<String>) -> Result<Self, Error> {
        card.check()?;
        let facts = card.criteria.iter().flat_map(|c| c.inputs.iter().map(move |i| (&c.id, &i.from)));
        for (id, from) in facts.chain(card.vetoes.iter().map(|v| (&v.id, &v.from))) {
            if let Some(header) = from.strip_prefix("column:")
                && !extra_columns.iter().any(|c| c == header)
            {
                let what = format!("it looks at the column `{header}`, and the table has only: {}", extra_columns.join(", "));
                return Err(Error::from(Kind::BadScorecard(what)).at_column(id.as_str()));
            }
        }
        let points = Points::builder(card.criteria.len());
        // Shorter names stand in too many others.
        let residents = residents.into_iter().filter(|n| n.chars().count() >= 4).collect();
        let (unknowns, vetoes, places, gaps) = (Collector::default(), Vec::new(), Vec::new(), Vec::new());
        Ok(Self { card, options, residents, points, unknowns, vetoes, places, gaps })
    }

    /// The next enterprise.
    fn push(&mut self, enterprise: &Enterprise, matches: &[Match], park: Option<&Park>, extra_columns: &[String]) {
        let Self { card, options, residents, points, unknowns, vetoes, places, gaps } = self;
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
        let ruled_out = |veto: &Veto| match sources.fact(&veto.from, enterprise, at) {
            Fact::Word(word) => veto.any_of.iter().any(|w| *w == word),
            Fact::Flag(flag) => veto.is == Some(flag),
            Fact::Number(x) => veto.below.is_some_and(|b| x < b) || veto.above.is_some_and(|a| x > a),
            Fact::Unknown | Fact::Day(_) => false,
        };
        let bits = card.vetoes.iter().take(64).enumerate().fold(0, |bits, (bit, veto)| bits | u64::from(ruled_out(veto)) << bit);
        vetoes.push(bits);
    }

    /// The assessment. `name` tells the name and the input row of an enterprise.
    fn finish<'n>(self, park: Option<&Park>, extra_columns: &[String], name: impl Fn(usize) -> (&'n str, u32)) -> Assessment {
        let Self { card, options, residents, points, unknowns, vetoes, places, .. } = self;
        let sources = Sources { rates: &card.rates, options: &options, park, residents: &residents, columns: extra_columns, instead: &[] };
        let left_out: Vec<usize> =
            (0..card.criteria.len()).filter(|c| card.criteria[*c].inputs.iter().all(|i| !sources.offers(&i.from))).collect();
        let weights = share_out(&card.weights(), &left_out);
        let allowed = Selection::from_fn(vetoes.len(), |row| vetoes[row] == 0);
        let ruled_out = Selection::from_fn(vetoes.len(), |row| vetoes[row] != 0);
        let (tie, by_tie) = tie_order(vetoes.len(), name);
        let (points, unknowns) = (points.finish(), unknowns.finish());
        Assessment { card, options, points, unknowns, vetoes, allowed, ruled_out, places, tie, by_tie, weights, left_out, residents }
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
        let mut assessor = Assessor::new(card, options, &[], Vec::new())?;
        let criteria = assessor.card.criteria.len();
        let all_known = vec![Gap { below: 0, above: 0, known: FULL }; criteria];
        for row in 0..rows {
            assessor.points.push((0..criteria).map(|criterion| points(row, criterion).min(FULL)));
            assessor.unknowns.push(&all_known);
            assessor.vetoes.push(0);
            assessor.places.push(NOWHERE);
        }
        let weights = assessor.card.weights();
        let assessment = assessor.finish(None, &[], |row| ("", row as u32));
        // Points that are given are known, whatever the card looks at.
        Ok(Self { weights, left_out: Vec::new(), ..assessment })
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
        self.card.vetoes.iter().take(64).enumerate().filter(move |(bit, _)| bits >> bit & 1 == 1).map(|(_, v)| v)
    }

    /// The link of an enterprise, or the place on a chain, that is believed: the one it is judged by. None for a near miss.
    pub fn confirmed<'m>(&self, row: usize, matches: &'m [Match]) -> Option<&'m Match> {
        self.place(row, matches).filter(|m| m.is_believed())
    }

    /// What the park should do about the link of an enterprise; none for a near miss, and without a park.
    pub fn strategy(&self, row: usize, matches: &[Match], park: Option<&Park>) -> Option<Need> {
        park?.link(self.confirmed(row, matches)?.link.as_deref()?).map(|state| state.need)
    }

    /// The nearest of an enterprise's matches on the chains asked for, [believed](Match::is_believed) or not.
    pub fn place<'m>(&self, row: usize, matches: &'m [Match]) -> Option<&'m Match> {
        self.places.get(row).and_then(|i| matches.get(usize::from(*i)))
    }
}

/// Points of one criterion for one enterprise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub points: u16,
    low: u16,
    high: u16,
    known: u16,
}

pub(crate) fn judge(criterion: &Criterion, sources: &Sources<'_>, e: &Enterprise, at: Option<&Match>) -> Part {
    // What nothing in this run could know neither helps nor harms; a criterion of nothing else is left out as a whole.
    let offered = |i: &&Input| sources.offers(&i.from);
    let inputs = || criterion.inputs.iter().filter(offered);
    let parts = inputs().map(|input| (input, part(input, sources, e, at)));
    match criterion.combine {
        Combine::Mean => {
            let total: u32 = inputs().map(|i| i.share).sum::<u32>().max(1);
            let mut sum = [0_u64; 4];
            for (input, part) in parts {
                for (sum, points) in sum.iter_mut().zip([part.points, part.low, part.high, part.known]) {
                    *sum += u64::from(input.share) * u64::from(points);
                }
            }
            let mean = |sum: u64| ((sum + u64::from(total) / 2) / u64::from(total)) as u16;
            Part { points: mean(sum[0]), low: mean(sum[1]), high: mean(sum[2]), known: mean(sum[3]) }
        }
        Combine::First | Combine::Best => {
            let parts: Vec<Part> = parts.map(|(_, p)| p).collect();
            let known = parts.iter().filter(|p| p.known > 0);
            let best = match criterion.combine {
                Combine::First => known.take(1).copied().next(),
                _ => known.copied().max_by_key(|p| p.points),
            };
            let highest = parts.iter().map(|p| p.high).max().unwrap_or(0);
            match best {
                Some(part) if criterion.combine == Combine::First => part,
                Some(part) => Part { high: highest, ..part },
                None => Part {
                    points: parts.first().map_or(0, |p| p.points),
                    low: parts.iter().map(|p| p.low).min().unwrap_or(0),
                    high: highest,
                    known: 0,
                },
            }
        }
    }
}

fn part(input: &Input, sources: &Sources<'_>, e: &Enterprise, at: Option<&Match>) -> Part {
    if let Some(points) = input.value.points(&sources.fact(&input.from, e, at), sources.options.as_of) {
        Part { points, low: points, high: points, known: FULL }
    } else {
        let (low, high) = input.value.bounds();
        Part { points: input.unknown, low, high, known: 0 }
    }
}

/// Shares the weight of what is left out among the rest, by largest remainder, so that the sum stays.
fn share_out(weights: &[u32], left_out: &[usize]) -> Vec<u32> {
    let total: u64 = weights.iter().map(|w| u64::from(*w)).sum();
    let kept: u64 = weights.iter().enumerate().filter(|(i, _)| !left_out.contains(i)).map(|(_, w)| u64::from(*w)).sum();
    if kept == 0 || left_out.is_empty() {
        return weights.to_vec();
    }
    let scaled = |i: usize| if left_out.contains(&i) { 0 } else { u64::from(weights[i]) * total };
    let mut shares: Vec<u32> = (0..weights.len()).map(|i| (scaled(i) / kept) as u32).collect();
    let missing = total - shares.iter().map(|s| u64::from(*s)).sum::<u64>();
    let nearest = order(weights.len(), &|a, b| (scaled(b) % kept).cmp(&(scaled(a) % kept)));
    for i in nearest.into_iter().take(missing as usize) {
        shares[i] += 1;
    }
    shares
}

/// Each enterprise's place in the order of name, then row; and the rows in that order.
fn tie_order<'n>(rows: usize, name: impl Fn(usize) -> (&'n str, u32)) -> (Vec<u32>, Vec<u32>) {
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
