//! One line of a ranking, as it is printed.

use serde::Serialize;
use xiangma::{Context, Contribution, CreditCode, Enterprise, Match, Need, Question, Ranking, Role, explain};

use super::flags::Lang;

/// One line of a ranking.
#[derive(Debug, Serialize)]
pub(super) struct Ranked<'s> {
    pub(super) rank: usize,
    pub(super) row: u32,
    pub(super) name: &'s str,
    pub(super) credit_code: Option<CreditCode>,
    pub(super) province: Option<&'s str>,
    pub(super) score: f64,
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) coverage: f64,
    pub(super) grade: &'s str,
    pub(super) chain: Option<&'s str>,
    pub(super) link: Option<&'s str>,
    /// The link's name in the language asked for; records have its id.
    #[serde(skip)]
    pub(super) link_name: &'s str,
    /// Whether it is believed to be on the link, and what it does there.
    pub(super) confirmed: bool,
    pub(super) role: Option<Role>,
    pub(super) strategy: Option<Need>,
    pub(super) vetoes: Vec<&'s str>,
    pub(super) contributions: Vec<Contribution>,
    pub(super) reasons: Vec<Said>,
    pub(super) questions: Vec<Question>,
}

/// A reason in the language asked for.
#[derive(Debug, Serialize)]
pub(super) struct Said {
    pub(super) key: &'static str,
    pub(super) text: String,
}

impl<'s> Ranked<'s> {
    /// An enterprise at its rank; none for a row there is not.
    pub(super) fn new(
        ranking: &'s Ranking<'s>,
        context: Context<'s>,
        (rank, row): (usize, usize),
        (e, matches): (&'s Enterprise, &'s [Match]),
        lang: Lang,
    ) -> Option<Self> {
        let score = ranking.score(row)?.rounded();
        let reasons = explain(ranking, row, e, matches, context)?;
        let assessment = ranking.assessment();
        let (at, sure) = (assessment.place(row, matches), assessment.confirmed(row, matches));
        let link = at.and_then(|m| m.link.as_deref());
        Some(Self {
            rank,
            row: e.row,
            name: &e.name,
            credit_code: e.credit_code,
            province: e.region.province.as_deref(),
            score: score.score,
            low: score.low,
            high: score.high,
            coverage: score.coverage,
            grade: ranking.grade(row),
            chain: at.map(|m| &*m.chain),
            link,
            link_name: link.and_then(|id| context.catalogue.link(id)).map_or("", |(_, l)| lang.pick(&l.zh, &l.en)),
            confirmed: sure.is_some(),
            role: sure.map(|m| m.role),
            strategy: assessment.strategy(row, matches, context.park),
            vetoes: assessment.vetoes(row).map(|v| v.id.as_str()).collect(),
            contributions: reasons.contributions,
            reasons: reasons.reasons.into_iter().map(|r| Said { key: r.key.as_str(), text: lang.pick(r.zh, r.en) }).collect(),
            questions: reasons.questions,
        })
    }
}
