//! Why an enterprise stands where it stands.

mod lift;
mod pair;

use serde::Serialize;

use crate::chain::{Catalogue, Doubt, Match};
use crate::enterprise::Enterprise;
use crate::order::sort;
use crate::park::{Need, Park};
use crate::rank::Ranking;
use crate::scorecard::words::{listing_zh, qualification_zh, role_words, size_zh, yuan_shown};
use crate::scorecard::{Fact, Input, Sources};

pub use lift::{FactChange, Lift, lift};
pub use pair::{Comparison, Difference, compare};

/// What one criterion adds to a score.
#[derive(Debug, Clone, PartialEq, Serialize)]
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

/// A reason: a key and its arguments, worded in Chinese and English.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// What kind: `place`, `no_place`, `need`, `criterion`, `unknown`, `veto`.
    pub key: &'static str,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A question whose answer would move the score.
#[derive(Debug, Clone, PartialEq, Serialize)]
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
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reasons {
    /// What each criterion adds. The parts sum to the score.
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
pub fn explain(ranking: &Ranking<'_>, row: usize, enterprise: &Enterprise, matches: &[Match], context: Context<'_>) -> Option<Reasons> {
    let assessment = ranking.assessment();
    ranking.score(row)?;
    let total = f64::from(ranking.weights().iter().sum::<u32>().max(1));
    let contributions: Vec<Contribution> = assessment
        .card
        .criteria
        .iter()
        .enumerate()
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
    let mut reasons: Vec<Reason> = assessment
        .vetoes(row)
        .map(|v| Reason { key: "veto", zh: format!("一票否决：{}", v.title.zh), en: format!("Ruled out: {}", v.title.en) })
        .collect();
    reasons.push(place_reason(context.catalogue, enterprise, at, matches));
    reasons.extend(at.filter(|m| m.is_believed()).and_then(|m| need_reason(context, m)));
    let facts = Facts { ranking, enterprise, at, context };
    reasons.extend(facts.strengths(&contributions));
    let questions = facts.questions(row, total);
    if let Some(q) = questions.first() {
        reasons.push(Reason {
            key: "unknown",
            zh: format!("先问：{}（最多影响 {:.1} 分）", q.zh, q.swing),
            en: format!("Ask first: {} (moves the score by up to {:.1})", q.en, q.swing),
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
                key: "no_place",
                zh: format!("不在目标产业链上；从事{zh}"),
                en: format!("Not on the target chain; it stands at {en}"),
            };
        }
        return Reason {
            key: "no_place",
            zh: "未发现与目标产业链相关的业务".to_owned(),
            en: "Nothing found on the target chain".to_owned(),
        };
    };
    let (zh, en) = place_words(catalogue, m);
    let (role_zh, role_en) = role_words(m.role.as_str());
    let (field_zh, field_en) = field_words(m.spans.first().map_or("", |s| s.source.as_str()));
    let (grade_zh, grade_en) = match m.evidence.as_str() {
        "strong" => ("强", "strong"),
        "medium" => ("中等", "medium"),
        _ => ("弱", "weak"),
    };
    let words = m.spans.first().map_or("", |s| s.text(enterprise));
    if !m.is_believed() {
        let (doubt_zh, doubt_en) = m.doubt.map_or(("", ""), Doubt::words);
        return Reason {
            key: "near_miss",
            zh: format!("未确认在目标产业链上；最接近{zh}（{field_zh}“{words}”），但{doubt_zh}"),
            en: format!("Not confirmed on the target chain; nearest is {en} ({field_en}: “{words}”), but {doubt_en}"),
        };
    }
    let sure = m.confidence;
    Reason {
        key: "place",
        zh: format!("{zh}·{role_zh}，证据{grade_zh}（把握 {sure}%）：{field_zh}写明“{words}”"),
        en: format!("{en}, {role_en}; {grade_en} evidence ({sure}% sure): {field_en} says “{words}”"),
    }
}

fn need_reason(context: Context<'_>, m: &Match) -> Option<Reason> {
    let state = context.park?.link(m.link.as_deref()?)?;
    let (_, link) = context.catalogue.link(&state.link)?;
    let n = state.residents;
    let (zh, en) = match state.need {
        Need::Fill => (
            format!("补链：园区没有{}企业，上下游已有企业落户", link.zh),
            format!("Fill: no resident at {}, neighbours are there", link.en),
        ),
        Need::Extend => (format!("延链：{}紧邻园区强势环节", link.zh), format!("Extend: {} is one step from a strong link", link.en)),
        Need::Strengthen => (
            format!("强链：园区{}有 {n} 家，覆盖度 {}", link.zh, state.coverage),
            format!("Strengthen: {n} at {}, coverage {}", link.en, state.coverage),
        ),
        Need::Establish => (format!("建链：园区尚无{}及其上下游", link.zh), format!("Establish: nothing at {} or beside it", link.en)),
        Need::None => (
            format!("园区{}已强（{n} 家，覆盖度 {}）", link.zh, state.coverage),
            format!("{} is strong already ({n}, coverage {})", link.en, state.coverage),
        ),
    };
    Some(Reason { key: "need", zh, en })
}

/// What facts are drawn from, some of them as they might be instead of what they are.
fn sources<'s>(ranking: &'s Ranking<'_>, context: Context<'s>, instead: &'s [(&'s str, Fact<'s>)]) -> Sources<'s> {
    let assessment = ranking.assessment();
    Sources {
        rates: &assessment.card.rates,
        options: &assessment.options,
        park: context.park,
        residents: &assessment.residents,
        columns: context.extra_columns,
        instead,
    }
}

struct Facts<'a> {
    ranking: &'a Ranking<'a>,
    enterprise: &'a Enterprise,
    at: Option<&'a Match>,
    context: Context<'a>,
}

impl Facts<'_> {
    fn sources(&self) -> Sources<'_> {
        sources(self.ranking, self.context, &[])
    }

    fn fact(&self, name: &str) -> Fact<'_> {
        self.sources().fact(name, self.enterprise, self.at)
    }

    /// The criteria that add most, beside fit and need, which have reasons of their own.
    fn strengths(&self, contributions: &[Contribution]) -> Vec<Reason> {
        let card = &self.ranking.assessment().card;
        let mut order: Vec<usize> = (0..contributions.len())
            .filter(|c| contributions[*c].points >= 4000 && contributions[*c].known > 0 && contributions[*c].weight > 0)
            .filter(|c| !card.criteria[*c].inputs.iter().all(|i| i.from.starts_with("chain.") || i.from.starts_with("park.")))
            .collect();
        sort(&mut order, &|a, b| contributions[*b].contribution.total_cmp(&contributions[*a].contribution));
        order.into_iter().take(3).filter_map(|c| self.strength(c, &contributions[c])).collect()
    }

    fn strength(&self, c: usize, part: &Contribution) -> Option<Reason> {
        let criterion = &self.ranking.assessment().card.criteria[c];
        let known: Vec<(String, String)> = criterion
            .inputs
            .iter()
            .filter(|i| !i.from.starts_with("chain."))
            .filter_map(|i| match self.fact(&i.from) {
                Fact::Unknown => None,
                fact => Some(fact_words(&i.from, &fact)),
            })
            .collect();
        if known.is_empty() {
            return None;
        }
        let zh = known.iter().map(|k| k.0.as_str()).collect::<Vec<_>>().join("，");
        let en = known.iter().map(|k| k.1.as_str()).collect::<Vec<_>>().join(", ");
        Some(Reason {
            key: "criterion",
            zh: format!("{}：{zh}（+{:.1}）", criterion.title.zh, part.contribution),
            en: format!("{}: {en} (+{:.1})", criterion.title.en, part.contribution),
        })
    }

    /// Unknown facts by how far they could move the score.
    fn questions(&self, row: usize, total: f64) -> Vec<Question> {
        let assessment = self.ranking.assessment();
        let mut questions: Vec<Question> = Vec::new();
        for (c, criterion) in assessment.card.criteria.iter().enumerate() {
            if assessment.unknowns.of(row)[c].known == 10_000 {
                continue;
            }
            let offered: Vec<&Input> = criterion.inputs.iter().filter(|i| self.sources().offers(&i.from)).collect();
            let shares = f64::from(offered.iter().map(|i| i.share).sum::<u32>().max(1));
            for input in offered.into_iter().filter(|i| matches!(self.fact(&i.from), Fact::Unknown)) {
                let (low, high) = input.value.bounds();
                let swing = f64::from(high - low) * f64::from(input.share) / shares * f64::from(self.ranking.weights()[c]) / total / 100.0;
                let (zh, en) = question_words(&input.from);
                match questions.iter_mut().find(|q| q.fact == input.from) {
                    Some(q) => q.swing += swing,
                    None => questions.push(Question { fact: input.from.clone(), swing, zh, en }),
                }
            }
        }
        questions.retain(|q| q.swing > 0.0);
        sort(&mut questions, &|a, b| b.swing.total_cmp(&a.swing).then(a.fact.cmp(&b.fact)));
        questions
    }
}

fn field_words(field: &str) -> (&'static str, &'static str) {
    match field {
        "name" => ("名称", "the name"),
        "products" => ("主营产品", "the product list"),
        "main_business" => ("主营业务", "the main business"),
        "profile" => ("企业简介", "the profile"),
        "patents" => ("专利", "the list of patents"),
        "bids" => ("中标", "the list of bids won"),
        "tags" => ("标签", "the list of tags"),
        "industry" => ("国标行业", "the official class"),
        _ => ("经营范围", "the business scope"),
    }
}

fn fact_words(name: &str, fact: &Fact<'_>) -> (String, String) {
    let shown = fact.shown();
    match name {
        "capital" | "registered_capital" | "paid_in_capital" | "revenue" => {
            let (zh, en) = if let Fact::Number(n) = fact { yuan_shown(*n) } else { (String::new(), String::new()) };
            let (title_zh, title_en) = if name == "revenue" { ("营收", "revenue") } else { ("资本", "capital") };
            (format!("{title_zh} {zh}"), format!("{title_en} {en}"))
        }
        "staff" => (format!("参保 {shown} 人"), format!("{shown} staff insured")),
        "age_years" => (format!("成立 {shown} 年"), format!("{shown} years old")),
        "patent_count" => (format!("专利 {shown} 件"), format!("{shown} patents")),
        "financing_date" => (format!("{shown} 融资"), format!("financed {shown}")),
        "paid_ratio" => match fact {
            Fact::Number(n) => (format!("实缴 {:.0}%", n * 100.0), format!("{:.0}% paid in", n * 100.0)),
            _ => (String::new(), String::new()),
        },
        "qualification" => (qualification_zh(&shown).to_owned(), shown.replace('_', " ")),
        "listing" => (listing_zh(&shown).to_owned(), shown.replace('_', " ")),
        "size" => (size_zh(&shown).to_owned(), format!("{shown} enterprise")),
        "reach.target_region" => match fact {
            Fact::Flag(true) => ("在目标区域".to_owned(), "in a target region".to_owned()),
            _ => ("不在目标区域".to_owned(), "outside the target regions".to_owned()),
        },
        _ => {
            let title = name.strip_prefix("column:").unwrap_or(name);
            (format!("{title} {shown}"), format!("{title} {shown}"))
        }
    }
}

fn question_words(fact: &str) -> (String, String) {
    let (zh, en) = match fact {
        "chain.score" | "chain.role" | "chain.evidence" => ("主营产品是什么", "what are its main products"),
        "capital" | "registered_capital" => ("注册资本是多少", "what is its registered capital"),
        "paid_in_capital" | "paid_ratio" => ("实缴资本是多少", "how much capital is paid in"),
        "revenue" => ("年营收是多少", "what is its yearly revenue"),
        "staff" => ("有多少员工", "how many staff has it"),
        "size" => ("企业规模（大中小微）", "which size band is it in"),
        "age_years" => ("何时成立", "when was it founded"),
        "financing_date" => ("最近一次融资在何时", "when was its last financing round"),
        "qualification" => ("有无高企、专精特新、小巨人等资质", "which official qualifications has it"),
        "listing" => ("是否上市或融资", "is it listed or financed"),
        "patent_count" => ("有多少件专利", "how many patents has it"),
        "reach.introducer" => ("股东、客户或供应商中有无本园区企业", "is a resident among its shareholders, customers or suppliers"),
        "reach.target_region" => ("在哪里", "where is it"),
        "status" => ("登记状态", "is it in business"),
        other => {
            let title = other.strip_prefix("column:").unwrap_or(other);
            return (format!("“{title}”的数值"), format!("the value of “{title}”"));
        }
    };
    (zh.to_owned(), en.to_owned())
}
