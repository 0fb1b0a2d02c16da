//! Shapes JavaScript sees. They exist so that the library's own types may change.

use std::collections::BTreeMap;

use serde::Serialize;

use super::RawSession;
use xiangma::{
    Assessment, Catalogue, ColumnReading, ColumnReport, Contribution, Count, CreditCode, Date, Definition, Enterprise, Facets,
    IntakeReport, Link, Match, MatchView, Merge, Need, Park, Qualification, Question, Ranking, Reason, Reasons, Rejected, SheetReport,
    Size, Stage, ValueReport,
};

/// How many entries of a list cross with a report; the whole is asked for.
const FIRST: usize = 100;

/// A list that may be as long as a file: how many entries there are, and the first of them.
#[derive(Serialize)]
struct Begun<'a, T> {
    count: u64,
    first: &'a [T],
}

fn begun<T>(count: u64, listed: &[T]) -> Begun<'_, T> {
    Begun { count, first: &listed[..listed.len().min(FIRST)] }
}

#[derive(Serialize)]
pub(super) struct Report<'a> {
    format: &'a str,
    encoding: &'a str,
    sheet: Option<&'a str>,
    sheets: &'a [SheetReport],
    header_row: u32,
    rows: u64,
    read: u64,
    merged: u64,
    merges: Begun<'a, Merge>,
    rejected: Begun<'a, Rejected>,
    others: Begun<'a, Rejected>,
    doubtful: Begun<'a, Rejected>,
    same_names: Begun<'a, Merge>,
    ragged: Begun<'a, u32>,
    repaired_quotes: Begun<'a, u32>,
    unreadable_characters: u64,
    personal_cells: u64,
    columns: &'a [ColumnReport],
    values: &'a BTreeMap<String, ValueReport>,
}

pub(super) fn report(r: &IntakeReport) -> Report<'_> {
    Report {
        format: &r.format,
        encoding: &r.encoding,
        sheet: r.sheet.as_deref(),
        sheets: &r.sheets,
        header_row: r.header_row,
        rows: r.rows,
        read: r.read,
        merged: r.merged,
        merges: begun(r.merged, &r.merges),
        rejected: begun(r.rejected_rows, &r.rejected),
        others: begun(r.other_rows, &r.others),
        doubtful: begun(r.doubtful.len() as u64, &r.doubtful),
        same_names: begun(r.same_names.len() as u64, &r.same_names),
        ragged: begun(r.ragged_rows, &r.ragged),
        repaired_quotes: begun(r.repaired_lines, &r.repaired_quotes),
        unreadable_characters: r.unreadable_characters,
        personal_cells: r.personal_cells,
        columns: &r.columns,
        values: &r.values,
    }
}

#[derive(Serialize)]
pub(super) struct Overview<'a> {
    generation: u32,
    rows: usize,
    located: usize,
    vetoed: usize,
    criteria: Vec<CriterionInfo<'a>>,
    left_out: Vec<&'a str>,
    /// Cells that the card looks at by itself and could not understand.
    readings: Vec<&'a ColumnReading>,
}

#[derive(Serialize)]
struct CriterionInfo<'a> {
    id: &'a str,
    zh: &'a str,
    en: &'a str,
    /// In force: 0 for what is left out.
    weight: u32,
    /// As it is wanted, whatever can be known: the one to keep.
    wanted: u32,
}

pub(super) fn overview(raw: &RawSession) -> Option<Overview<'_>> {
    let session = &raw.session;
    let ranking = session.ranking()?;
    let assessment = session.assessment()?;
    let weights = ranking.weights().iter().zip(session.wanted_weights());
    let criteria = assessment.card().criteria.iter().zip(weights);
    Some(Overview {
        generation: raw.generation,
        rows: assessment.rows(),
        located: (0..assessment.rows()).filter(|row| assessment.confirmed(*row, session.matches(*row)).is_some()).count(),
        vetoed: assessment.rows() - assessment.eligible().count(),
        criteria: criteria
            .map(|(c, (weight, wanted))| CriterionInfo { id: &c.id, zh: &c.title.zh, en: &c.title.en, weight: *weight, wanted })
            .collect(),
        left_out: assessment.left_out().collect(),
        readings: assessment.readings().iter().filter(|r| r.not_understood > 0).collect(),
    })
}

#[derive(Serialize)]
pub(super) struct Row<'a> {
    generation: u32,
    row: u32,
    rank: usize,
    name: &'a str,
    credit_code: Option<&'a str>,
    province: Option<&'a str>,
    city: Option<&'a str>,
    established: Option<Date>,
    /// Registered, in yuan by the rates of the card.
    capital: Option<f64>,
    staff: Option<u32>,
    size: Option<&'static str>,
    qualifications: &'a [Qualification],
    score: f64,
    shown: String,
    low: f64,
    high: f64,
    coverage: f64,
    grade: String,
    chain: Option<&'a str>,
    link: Option<&'a str>,
    /// Whether the link is believed; of a near miss it is the nearest.
    confirmed: bool,
    role: Option<&'static str>,
    evidence: Option<&'static str>,
    confidence: Option<u8>,
    strategy: Option<Need>,
    vetoes: Vec<&'a str>,
    /// Points a criterion, 0 to 10 000.
    points: Vec<u16>,
    reasons: Vec<Reason>,
}

/// An enterprise of a list, and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Told<'a> {
    pub generation: u32,
    pub assessment: &'a Assessment,
    pub park: Option<&'a Park>,
    pub enterprise: &'a Enterprise,
    pub matches: &'a [Match],
}

impl<'a> Told<'a> {
    /// None for a row that is not in the table.
    fn of(raw: &'a RawSession, row: usize) -> Option<Self> {
        let session = &raw.session;
        Some(Self {
            generation: raw.generation,
            assessment: session.assessment()?,
            park: session.park(),
            enterprise: session.candidates().get(row)?,
            matches: session.matches(row),
        })
    }
}

/// A row of the list; none for one that is not in the table.
fn row<'a>(told: Told<'a>, ranking: &Ranking<'_>, number: u32, rank: usize, reasons: Vec<Reason>) -> Option<Row<'a>> {
    let Told { generation, assessment, park, enterprise: e, matches } = told;
    let row = number as usize;
    let score = ranking.score(row)?;
    let rounded = score.rounded();
    let (at, sure) = (assessment.place(row, matches), assessment.confirmed(row, matches));
    Some(Row {
        generation,
        row: number,
        rank,
        name: &e.name,
        credit_code: e.credit_code.as_ref().map(CreditCode::as_str),
        province: e.region.province.as_deref(),
        city: e.region.city.as_deref(),
        established: e.established,
        capital: e.registered_capital.and_then(|money| assessment.card().rates.yuan(money)),
        staff: e.staff,
        size: e.size.map(Size::as_str),
        qualifications: &e.qualifications,
        score: rounded.score,
        shown: score.shown(),
        low: rounded.low,
        high: rounded.high,
        coverage: rounded.coverage,
        grade: ranking.grade(row).to_owned(),
        chain: at.map(|m| &*m.chain),
        link: at.and_then(|m| m.link.as_deref()),
        confirmed: sure.is_some(),
        role: sure.map(|m| m.role.as_str()),
        evidence: at.map(|m| m.evidence.as_str()),
        confidence: at.map(|m| m.confidence),
        strategy: assessment.strategy(row, matches, park),
        vetoes: assessment.vetoes(row).map(|v| v.id.as_str()).collect(),
        points: (0..assessment.card().criteria.len()).filter_map(|c| assessment.points(c, row)).collect(),
        reasons,
    })
}

pub(super) fn rows<'a>(raw: &'a RawSession, rows: &[u32]) -> Vec<Row<'a>> {
    let Some(ranking) = raw.session.ranking() else { return Vec::new() };
    let shown = |(number, rank): (&u32, Option<usize>)| {
        let at = *number as usize;
        row(Told::of(raw, at)?, &ranking, *number, rank?, raw.session.explain(at)?.reasons)
    };
    rows.iter().zip(ranking.ranks_of(rows)).filter_map(shown).collect()
}

/// A part of the list as it is narrowed.
#[derive(Serialize)]
pub(super) struct List<'a> {
    generation: u32,
    total: usize,
    rows: Vec<Row<'a>>,
}

pub(super) fn list<'a>(raw: &'a RawSession, part: &[u32]) -> List<'a> {
    List { generation: raw.generation, total: raw.session.passing(), rows: rows(raw, part) }
}

/// The rows just above and just below one.
#[derive(Serialize)]
pub(super) struct Neighbours {
    pub above: Option<u32>,
    pub below: Option<u32>,
}

#[derive(Serialize)]
pub(super) struct FacetsShape {
    generation: u32,
    regions: Vec<Count>,
    links: Vec<Count>,
    roles: Vec<Count>,
    needs: Vec<Count>,
    grades: Vec<Count>,
    standings: Vec<Count>,
    qualifications: Vec<Count>,
    sizes: Vec<Count>,
}

pub(super) fn facets(raw: &RawSession) -> FacetsShape {
    let Facets { regions, links, roles, needs, grades, standings, qualifications, sizes, .. } = raw.session.facets();
    FacetsShape { generation: raw.generation, regions, links, roles, needs, grades, standings, qualifications, sizes }
}

#[derive(Serialize)]
pub(super) struct Detail<'a> {
    row: Row<'a>,
    enterprise: &'a Enterprise,
    matches: Vec<MatchView<'a>>,
    contributions: Vec<Contribution>,
    questions: Vec<Question>,
}

pub(super) fn detail(raw: &RawSession, number: u32) -> Option<Detail<'_>> {
    let row = number as usize;
    let ranking = raw.session.ranking()?;
    let rank = ranking.ranks_of(&[number])[0]?;
    detail_of(Told::of(raw, row)?, &ranking, number, rank, raw.session.explain(row)?)
}

pub(super) fn detail_of<'a>(told: Told<'a>, ranking: &Ranking<'_>, number: u32, rank: usize, reasons: Reasons) -> Option<Detail<'a>> {
    let Reasons { contributions, reasons, questions } = reasons;
    Some(Detail {
        row: row(told, ranking, number, rank, reasons)?,
        enterprise: told.enterprise,
        matches: told.matches.iter().map(|m| m.view(told.enterprise)).collect(),
        contributions,
        questions,
    })
}

#[derive(Serialize)]
pub(super) struct ChainInfo<'a> {
    id: &'a str,
    zh: &'a str,
    en: &'a str,
    links: Vec<LinkInfo<'a>>,
}

#[derive(Serialize)]
struct LinkInfo<'a> {
    id: &'a str,
    zh: &'a str,
    en: &'a str,
    is: &'a Definition,
    /// The id it was split off from.
    from: Option<&'a str>,
    stage: Stage,
    feeds: &'a [String],
    /// Chains it belongs to as well.
    also: &'a [String],
}

pub(super) fn chains(catalogue: &Catalogue) -> Vec<ChainInfo<'_>> {
    catalogue
        .chains()
        .iter()
        .map(|c| ChainInfo { id: &c.id, zh: &c.zh, en: &c.en, links: c.links.iter().map(|l| link_info(l)).collect() })
        .collect()
}

fn link_info(link: &Link) -> LinkInfo<'_> {
    LinkInfo {
        id: &link.id,
        zh: &link.zh,
        en: &link.en,
        is: &link.is,
        from: link.from.as_deref(),
        stage: link.stage,
        feeds: &link.feeds,
        also: &link.also,
    }
}
