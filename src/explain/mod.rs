//! Why an enterprise stands where it stands.

mod lift;
mod pair;
mod promising;
mod words;

use serde::{Deserialize, Serialize};

use crate::chain::{Catalogue, Doubt, Link, Match};
use crate::enterprise::Enterprise;
use crate::explain::words::{fact_words, field_words, question_words};
use crate::order::sort;
use crate::park::{LinkState, Need, Park};
use crate::rank::Ranking;
use crate::scorecard::words::{role_words, yuan_shown};
use crate::scorecard::{Asked, Criterion, Fact, Located, Run, Veto, answer, is_doubtful};

pub use lift::{FactChange, Lift, lift};
pub use pair::{Comparison, Difference, compare};

/// What one criterion adds to a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// Id of the criterion.
    pub criterion: String,
    /// Its weight.
    pub weight: u32,
    /// The points given, 0 to 10 000.
    pub points: u16,
    /// `100 · weight · points / (10 000 · sum of weights)`; over all criteria these add up to the score.
    pub contribution: f64,
    /// How much of the points rests on facts, 0 to 10 000.
    pub known: u16,
}

/// What a reason is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ReasonKind {
    /// A veto that rules it out.
    Veto,
    /// The link it stands on, believed.
    Place,
    /// The nearest link, not believed.
    NearMiss,
    /// Nothing leads to the target chains.
    NoPlace,
    /// It is in the park already.
    Resident,
    /// What the park needs of its link.
    Need,
    /// Young, not large, and good at something.
    Promising,
    /// A criterion that adds much.
    Criterion,
    /// Something it tells that cannot be right.
    Doubtful,
    /// What to find out first.
    Unknown,
}

impl ReasonKind {
    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Veto => "veto",
            Self::Place => "place",
            Self::NearMiss => "near_miss",
            Self::NoPlace => "no_place",
            Self::Resident => "resident",
            Self::Need => "need",
            Self::Promising => "promising",
            Self::Criterion => "criterion",
            Self::Doubtful => "doubtful",
            Self::Unknown => "unknown",
        }
    }
}

/// A reason, worded in Chinese and English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What it is of.
    pub key: ReasonKind,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A question whose answer would move the score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    /// The fact to ask for.
    pub fact: String,
    /// How far the answer could move the score, in points of a hundred.
    pub swing: f64,
    /// The question in Chinese.
    pub zh: String,
    /// The question in English.
    pub en: String,
}

/// Everything that can be said for and against one enterprise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reasons {
    /// What each criterion adds, but for those that nothing in this run could know. The parts sum to the score.
    pub contributions: Vec<Contribution>,
    /// In words, the most telling first.
    pub reasons: Vec<Reason>,
    /// What is unknown, the most telling first.
    pub questions: Vec<Question>,
}

/// What the words are drawn from.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Names of chains and links.
    pub catalogue: &'a Catalogue,
    /// The park, when there is one.
    pub park: Option<&'a Park>,
    /// Headers of the extra columns.
    pub extra_columns: &'a [String],
}

/// Explains one enterprise of a ranking. `None` when the row is not in the table.
///
/// [`Session::explain`](crate::Session::explain) knows the rest by itself:
///
/// ```
/// use xiangma::{Date, Session};
///
/// let mut session = Session::new(Date::constant(2026, 11, 1))?;
/// session.load_candidates("企业名称,主营产品,参保人数\n示例甲有限公司,光模块,900\n示例乙有限公司,光模块,20\n".as_bytes())?;
/// session.target(&["optoelectronics".to_owned()], &[])?;
/// session.assess()?;
/// let why = session.explain(0).ok_or("no such row")?;
/// let total: f64 = why.contributions.iter().map(|c| c.contribution).sum();
/// assert!((total - session.ranking().ok_or("none")?.score(0).ok_or("none")?.rounded().score).abs() < 0.01);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn explain(ranking: &Ranking<'_>, row: usize, enterprise: &Enterprise, matches: &[Match], context: Context<'_>) -> Option<Reasons> {
    let assessment = ranking.assessment();
    ranking.score(row)?;
    let total = f64::from(ranking.weights().iter().sum::<u32>().max(1));
    let contributions: Vec<Contribution> = assessment
        .card
        .criteria
        .iter()
        .enumerate()
        .filter(|(c, _)| !assessment.is_left_out(*c))
        .map(|(c, criterion)| {
            let (weight, points) = (ranking.weights()[c], assessment.points(c, row).unwrap_or(0));
            Contribution {
                criterion: criterion.id.clone(),
                weight,
                points,
                contribution: f64::from(weight * u32::from(points)) / total / 100.0,
                known: assessment.unknowns.of(row)[c].known,
            }
        })
        .collect();
    let at = assessment.place(row, matches);
    let ruled_out =
        |v: &Veto| Reason { key: ReasonKind::Veto, zh: format!("不予推荐：{}", v.title.zh), en: format!("Ruled out: {}", v.title.en) };
    let mut reasons: Vec<Reason> = assessment.vetoes(row).map(ruled_out).collect();
    // A card that asks nothing of chains says nothing of them.
    let of_chains = |c: &Criterion| c.inputs.iter().any(|i| i.from.starts_with("chain.") || i.from.starts_with("park."));
    if at.is_some() || !assessment.is_given && assessment.card.criteria.iter().any(of_chains) {
        reasons.push(place_reason(context.catalogue, enterprise, at, matches));
    }
    if assessment.is_resident(row) {
        if assessment.vetoes(row).all(|v| v.from != "resident") {
            reasons.push(Reason {
                key: ReasonKind::Resident, zh: "已在本园区落户".to_owned(), en: "It is a resident already".to_owned()
            });
        }
    } else {
        reasons.extend(assessment.confirmed(row, matches).and_then(|m| need_reason(context, m)));
    }
    let columns = assessment.compiled.places_of(context.extra_columns);
    let facts = Telling { ranking, facts: located(ranking, context, &columns, enterprise, at) };
    if assessment.vetoes(row).next().is_none() {
        reasons.extend(facts.promising());
    }
    reasons.extend(facts.strengths(&contributions));
    reasons.extend(facts.doubtful());
    let (questions, gain) = facts.questions(total);
    if let Some(q) = questions.first() {
        reasons.push(Reason {
            key: ReasonKind::Unknown,
            zh: format!("建议先核实：{}（最多可增 {gain:.1} 分）", q.zh),
            en: format!("Find out first: {} (worth up to {gain:.1} more)", q.en),
        });
    }
    Some(Reasons { contributions, reasons, questions })
}

/// The names of the link, or of the chain as a whole.
fn place_words<'c>(catalogue: &'c Catalogue, m: &Match) -> (&'c str, &'c str) {
    match m.link.as_deref().and_then(|id| catalogue.link(id)) {
        Some((_, link)) => (link.zh.as_str(), link.en.as_str()),
        None => catalogue.chain(&m.chain).map_or(("", ""), |c| (c.zh.as_str(), c.en.as_str())),
    }
}

fn place_reason(catalogue: &Catalogue, enterprise: &Enterprise, at: Option<&Match>, matches: &[Match]) -> Reason {
    let Some(m) = at else {
        // On no target chain; perhaps on another.
        if let Some(elsewhere) = matches.iter().find(|m| m.is_believed()) {
            let (zh, en) = place_words(catalogue, elsewhere);
            return Reason {
                key: ReasonKind::NoPlace,
                zh: format!("不属于目标产业链；主营业务属“{zh}”"),
                en: format!("Not on the target chain; it stands at {en}"),
            };
        }
        return Reason {
            key: ReasonKind::NoPlace,
            zh: "现有资料未见与目标产业链相关的业务".to_owned(),
            en: "Nothing found on the target chain".to_owned(),
        };
    };
    let (zh, en) = place_words(catalogue, m);
    let (role_zh, role_en) = role_words(m.role.as_str());
    let (field_zh, field_en) = field_words(m.spans.first().map_or("", |s| s.source.as_str()));
    let (grade_zh, grade_en) = match m.evidence.as_str() {
        "strong" => ("强", "strong"),
        "medium" => ("中", "medium"),
        _ => ("弱", "weak"),
    };
    let words = m.spans.first().map_or("", |s| s.text(enterprise));
    if !m.is_believed() {
        let (doubt_zh, doubt_en) = m.doubt.map_or(("", ""), Doubt::words);
        return Reason {
            key: ReasonKind::NearMiss,
            zh: format!("待核实：疑似属“{zh}”（{field_zh}“{words}”），但{doubt_zh}"),
            en: format!("Not confirmed on the target chain; nearest is {en} ({field_en}: “{words}”), but {doubt_en}"),
        };
    }
    let sure = m.confidence;
    let kind = if m.link.is_some() { "环节" } else { "产业链，环节未能细分" };
    let (focus_zh, focus_en) = match m.focus {
        0 | 90.. => (String::new(), String::new()),
        focus => (format!("；约占其业务的 {focus}%"), format!("; about {focus}% of its business")),
    };
    Reason {
        key: ReasonKind::Place,
        zh: format!("属“{zh}”{kind}（{role_zh}）。依据：{field_zh}载明“{words}”；证据强度：{grade_zh}，可信度 {sure}%{focus_zh}"),
        en: format!("{en}, {role_en}; {grade_en} evidence ({sure}% sure): {field_en} says “{words}”{focus_en}"),
    }
}

fn need_reason(context: Context<'_>, m: &Match) -> Option<Reason> {
    let state = context.park?.link(m.link.as_deref()?)?;
    let (_, link) = context.catalogue.link(&state.link)?;
    let (n, coverage) = (state.residents, state.coverage);
    let (there_zh, there_en) = listed(&state.examples);
    let beside = beside(context, link);
    let (zh, en) = match state.need {
        Need::Fill => {
            let (who_zh, who_en) = listed(&names(beside.iter().copied()));
            (
                format!("补链：园区尚无{}企业，其上下游已有{}落户", link.zh, if who_zh.is_empty() { "企业" } else { &who_zh }),
                format!("Fill: no resident at {}; beside it stand {}", link.en, if who_en.is_empty() { "others" } else { &who_en }),
            )
        }
        Need::Extend => {
            let strong = beside.iter().find(|s| s.need == Need::None);
            let (zh, en) = strong.and_then(|s| context.catalogue.link(&s.link)).map_or(("", ""), |(_, l)| (&l.zh, &l.en));
            let (who_zh, who_en) = listed(&names(strong.into_iter().copied()));
            if zh.is_empty() {
                (format!("延链：{}与园区优势环节直接衔接", link.zh), format!("Extend: {} is one step from a strong link", link.en))
            } else {
                (
                    format!("延链：{}与园区优势环节“{zh}”（{who_zh}）直接衔接", link.zh),
                    format!("Extend: {} is one step from {en}, where {who_en} stand", link.en),
                )
            }
        }
        Need::Strengthen => (
            format!("强链：园区现有{}企业 {n} 家（{there_zh}），覆盖度 {coverage}（满分 100）", link.zh),
            format!("Strengthen: {n} at {} ({there_en}), coverage {coverage} of 100", link.en),
        ),
        Need::Establish => {
            (format!("建链：园区在{}及其上下游均为空白", link.zh), format!("Establish: nothing at {} or beside it", link.en))
        }
        Need::None => (
            format!("{}为园区优势环节（现有 {n} 家，覆盖度 {coverage}）", link.zh),
            format!("{} is strong already ({n}, coverage {coverage})", link.en),
        ),
    };
    Some(Reason { key: ReasonKind::Need, zh, en })
}

/// The links beside one that the park has somebody at, those with most first.
fn beside<'a>(context: Context<'a>, link: &'a Link) -> Vec<&'a LinkState> {
    let Some(park) = context.park else { return Vec::new() };
    let feeds = context.catalogue.links().filter(|(_, l)| l.feeds.contains(&link.id)).map(|(_, l)| l.id.as_str());
    let mut states: Vec<&LinkState> =
        feeds.chain(link.feeds.iter().map(String::as_str)).filter_map(|id| park.link(id)).filter(|s| s.residents > 0).collect();
    sort(&mut states, &|a, b| b.coverage.cmp(&a.coverage).then_with(|| a.link.cmp(&b.link)));
    states
}

/// Residents of some links, each named once.
fn names<'a>(states: impl Iterator<Item = &'a LinkState>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in states.flat_map(|s| &s.examples) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    names
}

/// Up to three names, in Chinese and English.
fn listed(names: &[String]) -> (String, String) {
    let first = &names[..names.len().min(3)];
    let (more_zh, more_en) = if names.len() > 3 { ("等", " and others") } else { ("", "") };
    (format!("{}{more_zh}", first.join("、")), format!("{}{more_en}", first.join(", ")))
}

/// The facts of an enterprise as its ranking had them.
fn located<'s>(
    ranking: &'s Ranking<'_>,
    context: Context<'s>,
    columns: &'s [Option<usize>],
    e: &'s Enterprise,
    at: Option<&'s Match>,
) -> Located<'s> {
    let assessment = ranking.assessment();
    let (rates, options, residents) = (&assessment.card.rates, &assessment.options, &assessment.residents);
    Located::new(Run { rates, options, park: context.park, residents, columns }, e, at)
}

struct Telling<'a> {
    ranking: &'a Ranking<'a>,
    facts: Located<'a>,
}

impl Telling<'_> {
    fn fact(&self, name: &str, asked: Asked) -> Fact<'_> {
        let id = self.ranking.assessment().compiled.fact(name);
        id.map_or(Fact::Unknown, |id| answer(&self.facts, id, asked))
    }

    /// The criteria that add most, beside fit and need, which have reasons of their own.
    fn strengths(&self, contributions: &[Contribution]) -> Vec<Reason> {
        let card = &self.ranking.assessment().card;
        let criterion = |part: &Contribution| card.criteria.iter().find(|c| c.id == part.criterion);
        let is_place = |c: &Criterion| c.inputs.iter().all(|i| ["chain.", "link.", "park."].iter().any(|room| i.from.starts_with(room)));
        let mut parts: Vec<(&Contribution, &Criterion)> = contributions
            .iter()
            .filter(|part| part.points >= 4000 && part.known > 0 && part.weight > 0)
            .filter_map(|part| Some((part, criterion(part).filter(|c| self.ranking.assessment().is_given || !is_place(c))?)))
            .collect();
        sort(&mut parts, &|a, b| b.0.contribution.total_cmp(&a.0.contribution));
        // A fact is told once, where it adds most.
        let mut told: Vec<&str> = Vec::new();
        parts.into_iter().filter_map(|(part, criterion)| self.strength(criterion, part, &mut told)).take(3).collect()
    }

    fn strength<'c>(&self, criterion: &'c Criterion, part: &Contribution, told: &mut Vec<&'c str>) -> Option<Reason> {
        let points = part.contribution;
        if self.ranking.assessment().is_given {
            let of_hundred = f64::from(part.points) / 100.0;
            return Some(Reason {
                key: ReasonKind::Criterion,
                zh: format!("{}：{of_hundred:.0} 分，计入 {points:.1} 分", criterion.title.zh),
                en: format!("{}: {of_hundred:.0} of 100 (+{points:.1})", criterion.title.en),
            });
        }
        let mut known: Vec<(String, String)> = Vec::new();
        // Of the place, its own reason tells.
        let of_place =
            |from: &str| from.starts_with("chain.") || from == "link.focus" || from == "link.standing" && !self.facts.is_on_link();
        for input in criterion.inputs.iter().filter(|i| !of_place(&i.from)) {
            let fact = self.fact(&input.from, input.value.asks());
            if fact != Fact::Unknown && !told.contains(&input.from.as_str()) {
                told.push(&input.from);
                known.extend(fact_words(&input.from, &fact, self.facts.enterprise()));
            }
        }
        if known.is_empty() {
            return None;
        }
        let zh = known.iter().map(|k| k.0.as_str()).collect::<Vec<_>>().join("，");
        let en = known.iter().map(|k| k.1.as_str()).collect::<Vec<_>>().join(", ");
        Some(Reason {
            key: ReasonKind::Criterion,
            zh: format!("{}：{zh}，得 {points:.1} 分", criterion.title.zh),
            en: format!("{}: {en} (+{points:.1})", criterion.title.en),
        })
    }

    /// Capital that does not fit what else is told.
    fn doubtful(&self) -> Option<Reason> {
        let (e, rates) = (self.facts.enterprise(), &self.ranking.assessment().card.rates);
        let money = [(e.paid_in_capital, "实缴资本", "paid-in capital"), (e.registered_capital, "注册资本", "registered capital")];
        let (yuan, zh, en) = money.into_iter().find_map(|(money, zh, en)| {
            let yuan = rates.yuan(money?)?;
            is_doubtful(e, yuan).then_some((yuan, zh, en))
        })?;
        let (shown_zh, shown_en) = yuan_shown(yuan);
        Some(Reason {
            key: ReasonKind::Doubtful,
            zh: format!("{zh} {shown_zh}与其他登记情况不符，请核实（暂按未知计分）"),
            en: format!("The {en} of {shown_en} does not fit the rest of its register: check it (it counts as unknown until then)"),
        })
    }

    /// Unknown facts by how far they could move the score, and how much the first could add.
    fn questions(&self, total: f64) -> (Vec<Question>, f64) {
        let assessment = self.ranking.assessment();
        if assessment.is_given {
            return (Vec::new(), 0.0);
        }
        let mut questions: Vec<(Question, f64)> = Vec::new();
        for (c, criterion) in assessment.card.criteria.iter().enumerate() {
            let weight = f64::from(self.ranking.weights()[c]) / total / 100.0;
            for (place, swing) in assessment.compiled.swings(c, &self.facts) {
                let input = &criterion.inputs[place];
                let (moves, adds) = (f64::from(swing.whole) * weight, f64::from(swing.up) * weight);
                if let Some((q, gain)) = questions.iter_mut().find(|(q, _)| q.fact == input.from) {
                    q.swing += moves;
                    *gain += adds;
                } else {
                    let (zh, en) = question_words(&input.from);
                    questions.push((Question { fact: input.from.clone(), swing: moves, zh, en }, adds));
                }
            }
        }
        questions.retain(|(q, _)| q.swing > 0.0);
        sort(&mut questions, &|(a, _), (b, _)| b.swing.total_cmp(&a.swing).then(a.fact.cmp(&b.fact)));
        let gain = questions.first().map_or(0.0, |(_, gain)| *gain);
        (questions.into_iter().map(|(q, _)| q).collect(), gain)
    }
}
