//! Shapes JavaScript sees. They exist so that the library's own types may change.

use serde::Serialize;

use crate::{Catalogue, Contribution, Definition, Enterprise, Link, MatchView, Need, Question, Reason, Session, Stage};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Overview<'a> {
    rows: usize,
    located: usize,
    vetoed: usize,
    criteria: Vec<CriterionInfo<'a>>,
    left_out: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct CriterionInfo<'a> {
    id: &'a str,
    zh: &'a str,
    en: &'a str,
    weight: u32,
}

pub(super) fn overview(session: &Session) -> Option<Overview<'_>> {
    let ranking = session.ranking()?;
    let assessment = ranking.assessment();
    let criteria = assessment.card().criteria.iter().zip(assessment.weights());
    Some(Overview {
        rows: assessment.rows(),
        located: (0..assessment.rows()).filter(|row| assessment.confirmed(*row, session.matches(*row)).is_some()).count(),
        vetoed: assessment.rows() - assessment.eligible().count(),
        criteria: criteria.map(|(c, w)| CriterionInfo { id: &c.id, zh: &c.title.zh, en: &c.title.en, weight: *w }).collect(),
        left_out: assessment.left_out().collect(),
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Row<'a> {
    row: usize,
    rank: usize,
    name: &'a str,
    province: Option<&'a str>,
    city: Option<&'a str>,
    score: f64,
    low: f64,
    high: f64,
    coverage: f64,
    grade: &'a str,
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

pub(super) fn row(session: &Session, row: usize, rank: usize) -> Option<Row<'_>> {
    let ranking = session.ranking()?;
    let e = session.candidates().get(row)?;
    let score = ranking.score(row)?;
    let assessment = ranking.assessment();
    let at = assessment.place(row, session.matches(row));
    let sure = assessment.confirmed(row, session.matches(row));
    Some(Row {
        row,
        rank,
        name: &e.name,
        province: e.region.province.as_deref(),
        city: e.region.city.as_deref(),
        score: score.score,
        low: score.low,
        high: score.high,
        coverage: score.coverage,
        grade: ranking.grade(row),
        chain: at.map(|m| &*m.chain),
        link: at.and_then(|m| m.link.as_deref()),
        confirmed: sure.is_some(),
        role: sure.map(|m| m.role.as_str()),
        evidence: at.map(|m| m.evidence.as_str()),
        confidence: at.map(|m| m.confidence),
        strategy: assessment.strategy(row, session.matches(row), session.park()),
        vetoes: assessment.vetoes(row).map(|v| v.id.as_str()).collect(),
        points: (0..assessment.card().criteria.len()).filter_map(|c| assessment.points(c, row)).collect(),
        reasons: session.explain(row)?.reasons,
    })
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Detail<'a> {
    row: Row<'a>,
    enterprise: &'a Enterprise,
    matches: Vec<MatchView<'a>>,
    contributions: Vec<Contribution>,
    questions: Vec<Question>,
}

pub(super) fn detail(session: &Session, index: usize) -> Option<Detail<'_>> {
    let reasons = session.explain(index)?;
    let enterprise = session.candidates().get(index)?;
    Some(Detail {
        row: row(session, index, session.ranking()?.rank_of(index)?)?,
        enterprise,
        matches: session.matches(index).iter().map(|m| m.view(enterprise)).collect(),
        contributions: reasons.contributions,
        questions: reasons.questions,
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
