//! Enterprises, matches and a scorecard become columns of points.

use crate::chain::Match;
use crate::enterprise::{Date, Enterprise};
use crate::error::{Error, Kind};
use crate::parallel::parts;
use crate::park::{Need, Park};
use crate::points::{Points, Selection};
use crate::scorecard::names::{Names, places as order_places};
use crate::scorecard::reading::ColumnReading;
use crate::scorecard::rows::{Judging, NOWHERE, Rows};
use crate::scorecard::unknown::Unknowns;
use crate::scorecard::value::FULL;
use crate::scorecard::{AssessOptions, CompiledCard, CriterionPoints, Residents, RowPoints, Scorecard, Veto, WEIGHT_SUM, whole_shares};

/// Points of every enterprise on every criterion, 0 to 10 000, two bytes each; and, kept once for all enterprises that know equally
/// much, the fewest and the most they could be given what is unknown.
#[derive(Debug, Clone)]
pub struct Assessment {
    pub(crate) card: Scorecard,
    pub(crate) options: AssessOptions,
    /// The card as it judges, without what nothing in this run could know.
    pub(crate) compiled: CompiledCard,
    names: Names,
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

/// Assesses enterprises: each gets points on each criterion of the card.
///
/// `extra_columns` are the headings of [`Enterprise::extra`], and `matches` has a list for each enterprise, best first. `park` and `residents`
/// may be absent; criteria that look only at them are then left out and the other weights grow in proportion ([`Assessment::left_out`] says
/// which). With the feature `parallel`, the work is done on all threads of the rayon pool that the call is made in.
///
/// ```
/// use xiangma::{AssessOptions, Catalogue, Date, IntakeOptions, Locator, Ranking, Scorecard, assess, intake};
///
/// let table = intake("企业名称,主营产品\n示例甲有限公司,光模块\n示例乙有限公司,钢材\n".as_bytes(), &IntakeOptions::new())?;
/// let catalogue = Catalogue::builtin();
/// let locator = Locator::new(&catalogue)?;
/// let matches: Vec<_> = table.enterprises.iter().map(|e| locator.locate(e)).collect();
/// let options = AssessOptions::new(Date::constant(2026, 11, 1));
/// let assessment = assess(&Scorecard::attraction(), &options, &table.enterprises, &[], &matches, None, &[])?;
/// assert_eq!((assessment.rows(), Ranking::new(&assessment).top(1)), (2, vec![0]));
/// # Ok::<(), xiangma::Error>(())
/// ```
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
    let judging = Judging::new(card, options, extra_columns, park, residents)?;
    let mut rows = judging.rows();
    rows.expect(enterprises);
    // So many parts are under way at once that all threads have some, and what is done is joined before there is more of it.
    for (some, matches) in enterprises.chunks(PART * 16).zip(matches.chunks(PART * 16)) {
        let judged = parts(some.len(), PART, |part| {
            let mut all = judging.rows();
            some[part.clone()].iter().zip(&matches[part]).for_each(|(e, matches)| all.push(&judging, park, e, matches));
            all
        });
        judged.into_iter().for_each(|part| rows.append(part));
    }
    Ok(Assessment::of(judging, rows))
}

/// So many rows are judged at a time.
const PART: usize = 1 << 14;

impl Assessment {
    /// The assessment of rows that were judged.
    pub(crate) fn of(judging: Judging, rows: Rows) -> Self {
        Self::new(judging.card, judging.options, judging.compiled, judging.residents, rows)
    }

    fn new(card: Scorecard, options: AssessOptions, compiled: CompiledCard, residents: Residents, rows: Rows) -> Self {
        let Rows { names, readings, points, unknowns, vetoes, places, is_resident, .. } = rows;
        let left_out: Vec<usize> = (0..card.criteria.len()).filter(|c| compiled.is_left_out(*c)).collect();
        let weights = share_out(&card.weights(), &left_out);
        let by_tie = names.order();
        Self {
            allowed: Selection::from_fn(vetoes.len(), |row| vetoes[row] == 0),
            ruled_out: Selection::from_fn(vetoes.len(), |row| vetoes[row] != 0),
            is_resident: Selection::from_fn(is_resident.len(), |row| is_resident[row]),
            tie: order_places(&by_tie),
            by_tie,
            names,
            points: points.finish(),
            unknowns: unknowns.finish(),
            readings: readings.finish(),
            card,
            options,
            compiled,
            vetoes,
            places,
            weights,
            left_out,
            residents,
            is_given: false,
        }
    }

    /// Adds the rows of another assessment after its own: shards that were assessed apart are ranked as one table. The result is the
    /// same, byte for byte, as that of assessing all rows at once.
    ///
    /// ```
    /// use xiangma::{AssessOptions, Date, Enterprise, Ranking, Scorecard, assess};
    ///
    /// let card = Scorecard::attraction();
    /// let options = AssessOptions::new(Date::constant(2026, 11, 1));
    /// let shard = |name: &str, staff| {
    ///     let firm = Enterprise { name: name.to_owned(), staff: Some(staff), ..Enterprise::default() };
    ///     assess(&card, &options, &[firm], &[], &[vec![]], None, &[])
    /// };
    /// let mut all = shard("甲", 40)?;
    /// all.append(shard("乙", 400)?)?;
    /// assert_eq!(Ranking::new(&all).top(2), [1, 0]);
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when the other was made by another card, on another day, for other chains or regions, or with other residents;
    /// and when only one of them was made [from points](Self::from_points).
    pub fn append(&mut self, other: Self) -> Result<(), Error> {
        let same = self.card == other.card
            && self.options == other.options
            && self.left_out == other.left_out
            && self.residents.is_same(&other.residents)
            && self.is_given == other.is_given;
        if !same {
            let words = "the two were not assessed alike: card, day, chains, regions and residents are to be the same";
            return Err(Kind::BadArgument(words.to_owned()).into());
        }
        let before = self.rows();
        let all = before + other.rows();
        self.names.append(&other.names);
        let second: Vec<u32> = other.by_tie.iter().map(|row| before as u32 + row).collect();
        self.by_tie = self.names.merged(&self.by_tie, &second);
        self.tie = order_places(&self.by_tie);
        self.points.append(&other.points);
        self.unknowns.append(&other.unknowns);
        self.vetoes.extend(other.vetoes);
        self.places.extend(other.places);
        let both = |mine: &Selection, its: &Selection| {
            Selection::from_fn(all, |row| if row < before { mine.contains(row) } else { its.contains(row - before) })
        };
        self.allowed = both(&self.allowed, &other.allowed);
        self.ruled_out = both(&self.ruled_out, &other.ruled_out);
        self.is_resident = both(&self.is_resident, &other.is_resident);
        self.readings.iter_mut().zip(&other.readings).for_each(|(mine, its)| mine.append(its));
        Ok(())
    }

    /// An assessment from points that were made elsewhere: `points(row, criterion)`, each 0 to 10 000 (more counts as 10 000). Everything is
    /// known, nobody is ruled out, and equal scores stand in the order of rows.
    ///
    /// # Errors
    ///
    /// `BAD_SCORECARD` when the card breaks a rule.
    pub fn from_points(card: Scorecard, rows: usize, mut points: impl FnMut(usize, usize) -> u16) -> Result<Self, Error> {
        let options = AssessOptions::new(Date::ZERO);
        let compiled = CompiledCard::new(&card, options.as_of)?;
        let mut all = Rows::new(&card, &compiled);
        let mut judged = RowPoints::default();
        for row in 0..rows {
            judged.criteria.clear();
            judged.criteria.extend((0..card.criteria.len()).map(|criterion| CriterionPoints::of(points(row, criterion).min(FULL))));
            all.keep(&judged, NOWHERE, false);
            all.name("", None, row as u32);
        }
        let weights = card.weights();
        let assessment = Self::new(card, options, compiled, Residents::new(&[]), all);
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

    /// Names, codes and numbers in the file.
    pub(crate) fn names(&self) -> &Names {
        &self.names
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

    /// True for whom no veto rules out and who is no resident: one who may be brought.
    pub fn may_be_chosen(&self, row: usize) -> bool {
        self.eligible().contains(row) && !self.is_resident(row)
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
