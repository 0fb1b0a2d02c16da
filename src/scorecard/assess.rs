//! Enterprises, matches and a scorecard become columns of points.

use crate::chain::Match;
use crate::enterprise::{Date, Enterprise};
use crate::error::{Error, Kind};
use crate::park::Park;
use crate::scorecard::fact::{Fact, Sources};
use crate::scorecard::value::FULL;
use crate::scorecard::{Combine, Criterion, Input, Scorecard, place};

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

/// Points of every enterprise on every criterion, stored by column.
///
/// Each criterion has four columns: its points, the fewest and the most they could be given what is unknown, and how much of it
/// rests on facts. All are 0 to 10 000.
#[derive(Debug, Clone)]
pub struct Assessment {
    pub(crate) card: Scorecard,
    pub(crate) options: AssessOptions,
    pub(crate) rows: usize,
    pub(crate) points: Vec<Vec<u16>>,
    pub(crate) low: Vec<Vec<u16>>,
    pub(crate) high: Vec<Vec<u16>>,
    pub(crate) known: Vec<Vec<u16>>,
    /// Per enterprise, a bit for each veto of the card.
    pub(crate) vetoes: Vec<u64>,
    /// Per enterprise, the index of its best match on the chains asked for.
    pub(crate) places: Vec<Option<u32>>,
    /// The order of names, then rows: what decides between equal scores.
    pub(crate) tie: Vec<u32>,
    pub(crate) weights: Vec<u32>,
    pub(crate) left_out: Vec<usize>,
    /// Names of residents, to find among shareholders.
    pub(crate) residents: Vec<String>,
}

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
    card.check()?;
    if enterprises.len() != matches.len() {
        let what = format!("{} enterprises and {} lists of matches; locate every enterprise first", enterprises.len(), matches.len());
        return Err(Kind::BadArgument(what).into());
    }
    let facts = card.criteria.iter().flat_map(|c| c.inputs.iter().map(move |i| (&c.id, &i.from)));
    for (id, from) in facts.chain(card.vetoes.iter().map(|v| (&v.id, &v.from))) {
        if let Some(header) = from.strip_prefix("column:")
            && !extra_columns.iter().any(|c| c == header)
        {
            let what = format!("it looks at the column `{header}`, and the table has only: {}", extra_columns.join(", "));
            return Err(Error::from(Kind::BadScorecard(what)).at_column(id.as_str()));
        }
    }
    let residents: Vec<String> = residents.iter().map(|r| r.name.clone()).filter(|n| n.chars().count() >= 4).collect();
    let sources = Sources { rates: &card.rates, options, park, residents: &residents, columns: extra_columns };
    let (n, m) = (enterprises.len(), card.criteria.len());
    let column = || vec![vec![0_u16; n]; m];
    let (mut points, mut low, mut high, mut known) = (column(), column(), column(), column());
    let mut vetoes = vec![0; n];
    let mut places = vec![None; n];
    for (row, (enterprise, its)) in enterprises.iter().zip(matches).enumerate() {
        let at = place(its, &options.chains);
        places[row] = at.and_then(|m| its.iter().position(|f| std::ptr::eq(f, m))).map(|i| i as u32);
        for (column, criterion) in card.criteria.iter().enumerate() {
            let part = judge(criterion, &sources, enterprise, at);
            points[column][row] = part.points;
            low[column][row] = part.low;
            high[column][row] = part.high;
            known[column][row] = part.known;
        }
        for (bit, veto) in card.vetoes.iter().enumerate().take(64) {
            let ruled_out = match sources.fact(&veto.from, enterprise, at) {
                Fact::Word(word) => veto.any_of.iter().any(|w| *w == word),
                Fact::Flag(flag) => veto.is == Some(flag),
                Fact::Number(x) => veto.below.is_some_and(|b| x < b) || veto.above.is_some_and(|a| x > a),
                Fact::Unknown | Fact::Day(_) => false,
            };
            vetoes[row] |= u64::from(ruled_out) << bit;
        }
    }
    let left_out: Vec<usize> = (0..m).filter(|c| card.criteria[*c].inputs.iter().all(|i| !sources.offers(&i.from))).collect();
    let weights = share_out(&card.weights(), &left_out);
    Ok(Assessment {
        card: card.clone(),
        options: options.clone(),
        rows: n,
        points,
        low,
        high,
        known,
        vetoes,
        places,
        tie: tie_order(enterprises),
        weights,
        left_out,
        residents,
    })
}

impl Assessment {
    /// How many enterprises.
    pub fn rows(&self) -> usize {
        self.rows
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

    /// The points of a criterion, one per enterprise.
    pub fn points(&self, criterion: usize) -> Option<&[u16]> {
        self.points.get(criterion).map(Vec::as_slice)
    }

    /// The vetoes of an enterprise.
    pub fn vetoes(&self, row: usize) -> impl Iterator<Item = &crate::scorecard::Veto> {
        let bits = self.vetoes.get(row).copied().unwrap_or(0);
        self.card.vetoes.iter().take(64).enumerate().filter(move |(bit, _)| bits >> bit & 1 == 1).map(|(_, v)| v)
    }

    /// Which of an enterprise's matches it is judged by.
    pub fn place<'m>(&self, row: usize, matches: &'m [Match]) -> Option<&'m Match> {
        self.places.get(row).copied().flatten().and_then(|i| matches.get(i as usize))
    }
}

/// Points of one criterion for one enterprise.
#[derive(Debug, Clone, Copy)]
struct Part {
    points: u16,
    low: u16,
    high: u16,
    known: u16,
}

fn judge(criterion: &Criterion, sources: &Sources<'_>, e: &Enterprise, at: Option<&Match>) -> Part {
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
    let mut shares: Vec<(usize, u64, u64)> = weights
        .iter()
        .enumerate()
        .map(|(i, w)| if left_out.contains(&i) { (i, 0, 0) } else { (i, u64::from(*w) * total / kept, u64::from(*w) * total % kept) })
        .collect();
    let missing = total - shares.iter().map(|s| s.1).sum::<u64>();
    shares.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
    for share in shares.iter_mut().take(missing as usize) {
        share.1 += 1;
    }
    shares.sort_by_key(|s| s.0);
    shares.into_iter().map(|s| s.1 as u32).collect()
}

/// Each enterprise's place in the order of name, then row.
fn tie_order(enterprises: &[Enterprise]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..enterprises.len() as u32).collect();
    order.sort_unstable_by(|a, b| {
        let (a, b) = (&enterprises[*a as usize], &enterprises[*b as usize]);
        a.name.cmp(&b.name).then(a.row.cmp(&b.row))
    });
    let mut tie = vec![0; enterprises.len()];
    for (place, row) in order.into_iter().zip(0_u32..).map(|(row, place)| (place, row)) {
        tie[row as usize] = place;
    }
    tie
}
