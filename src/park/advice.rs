//! What to do about each link of a chain, with the reason in words.

use serde::{Deserialize, Serialize};

use crate::chain::{Catalogue, Link};
use crate::enterprise::{Date, day};
use crate::error::{Error, Kind};
use crate::park::{Closing, DiagnosisRules, Level, LinkState, Need, Park, Passages, Strategy};

/// The park's own word on a link, in place of what the figures say. Who said it and why is part of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// Id of the link.
    pub link: String,
    /// What is to be done.
    pub strategy: Strategy,
    /// Who decided.
    pub by: String,
    /// Why.
    pub why: String,
    /// When.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "day::serialize")]
    #[cfg_attr(feature = "types", ts(type = "string | null"))]
    pub on: Option<Date>,
}

/// What to do about one link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Advice {
    /// Id of the chain.
    pub chain: String,
    /// Id of the link.
    pub link: String,
    /// How well it is covered.
    pub level: Level,
    /// What to do: what the park decided, else what the figures say.
    pub strategy: Strategy,
    /// Why, in Chinese.
    pub zh: String,
    /// Why, in English.
    pub en: String,
    /// How many passages become whole when this link alone is filled; 0 where somebody is.
    pub passages_closed: u64,
    /// How many broken passages go through it.
    pub passages_broken: u64,
    /// [`Passages::worth`]: what filling it is worth, in millionths of a passage.
    pub worth: u64,
    /// What the figures say, where the park decided otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<Strategy>,
    /// The park's own word.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
}

/// A chain in a park.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct ChainState {
    /// Id of the chain.
    pub chain: String,
    /// How many links count: all but catch-alls that any downstream firm falls into (`sink`) and links beside the chain (`peripheral`).
    pub links: u32,
    /// How many of them have residents.
    pub filled: u32,
    /// `filled` in percent of `links`, rounded down: 100 only when all are filled.
    pub completeness: u8,
    /// How many passages there are.
    pub total: u64,
    /// How many of them are whole.
    pub whole: u64,
    /// The one link that closes the most passages: of those on the chain, and only where none of them closes one, of those beside it (`peripheral`).
    pub best_link: Option<Closing>,
    /// The two links that together close the most, where they close more than one does.
    pub best_pair: Option<Closing>,
    /// What to do, link by link, in the order of the chain.
    pub advice: Vec<Advice>,
    /// The passages.
    #[serde(skip)]
    pub passages: Passages,
}

impl Advice {
    /// What to do, in Chinese and in English: a strong link that is left as it is is to be kept.
    pub fn words(&self) -> (&'static str, &'static str) {
        match (self.strategy, self.level) {
            (Strategy::Leave, Level::Strong) => ("保持", "keep"),
            (strategy, _) => strategy.words(),
        }
    }
}

impl Park {
    /// What to do about each link of the chains that were diagnosed: levels, passages, a strategy with its reason. What the park decided
    /// itself comes before what the figures say, and is kept beside it.
    ///
    /// ```
    /// use xiangma::{Catalogue, DiagnosisRules, IntakeOptions, Locator, Park, Scorecard, Strategy, intake};
    ///
    /// let residents = intake("企业名称,主营产品\n示例晶圆有限公司,晶圆制造\n".as_bytes(), &IntakeOptions::new())?.enterprises;
    /// let (catalogue, chains) = (Catalogue::builtin(), ["integrated_circuit".to_owned()]);
    /// let locator = Locator::new(&catalogue)?;
    /// let matches: Vec<_> = residents.iter().map(|e| locator.locate(e)).collect();
    /// let park = Park::diagnose(&catalogue, &chains, &residents, &matches, &Scorecard::attraction().rates)?;
    /// let states = park.advise(&catalogue, &DiagnosisRules::builtin(), &[])?;
    /// let package = states[0].advice.iter().find(|a| a.link == "ic_package").ok_or("no such link")?;
    /// assert_eq!(package.strategy, Strategy::Fill);
    /// println!("{}", package.zh);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `UNKNOWN_CHAIN` when a decision names a link that was not diagnosed; `BAD_ARGUMENT` when two decide on one link, or one does not say who
    /// and why.
    pub fn advise(&self, catalogue: &Catalogue, rules: &DiagnosisRules, decisions: &[Decision]) -> Result<Vec<ChainState>, Error> {
        for (i, decision) in decisions.iter().enumerate() {
            if self.link(&decision.link).is_none() {
                let known = self.links.iter().map(|l| l.link.as_str()).collect::<Vec<_>>().join(", ");
                return Err(Kind::UnknownChain { name: decision.link.clone(), known }.into());
            }
            let bad = |what: String| Err(Error::from(Kind::BadArgument(what)));
            if decisions[..i].iter().any(|other| other.link == decision.link) {
                return bad(format!("two decisions on the link `{}`", decision.link));
            }
            if decision.by.trim().is_empty() || decision.why.trim().is_empty() {
                return bad(format!("a decision says who and why: the one on `{}` does not", decision.link));
            }
        }
        let mut states: Vec<ChainState> = Vec::new();
        for chain in catalogue.chains() {
            let own: Vec<&LinkState> = self.links.iter().filter(|l| l.chain == chain.id).collect();
            if own.is_empty() {
                continue;
            }
            let residents = crate::order::map(own.iter().map(|l| (l.link.as_str(), l.residents)));
            let passages = Passages::new(chain, &|link| residents.get(link).is_some_and(|n| *n > 0));
            let counted: Vec<&Link> = chain.links.iter().filter(|l| !l.sink && !l.peripheral).collect();
            let filled = counted.iter().filter(|l| residents.get(l.id.as_str()).is_some_and(|n| *n > 0)).count() as u32;
            let links = counted.len() as u32;
            let completeness = (100 * filled / links.max(1)) as u8;
            let advise = |state: &&LinkState| self.advice(catalogue, rules, &passages, completeness, state, decisions);
            states.push(ChainState {
                chain: chain.id.clone(),
                links,
                filled,
                completeness,
                total: passages.total(),
                whole: passages.whole(),
                best_link: passages.best_link_among(&|id| counted.iter().any(|l| l.id == id)).or_else(|| passages.best_link()),
                best_pair: passages.best_pair(),
                advice: own.iter().map(advise).collect(),
                passages,
            });
        }
        Ok(states)
    }

    fn advice(
        &self,
        catalogue: &Catalogue,
        rules: &DiagnosisRules,
        passages: &Passages,
        completeness: u8,
        state: &LinkState,
        decisions: &[Decision],
    ) -> Advice {
        let by_figures = match state.need {
            Need::Fill => Strategy::Fill,
            Need::Extend => Strategy::Extend,
            Need::Strengthen => Strategy::Strengthen,
            Need::Establish if completeness < rules.establish_below => Strategy::Establish,
            Need::Establish | Need::None => Strategy::Leave,
        };
        let closed = passages.closed_by(&state.link);
        let decision = decisions.iter().find(|d| d.link == state.link);
        let (zh, en) = match decision {
            Some(Decision { by, why, .. }) => (format!("园区决定：{why}（{by}）。"), format!("Decided by the park: {why} ({by}).")),
            None => self.reason(catalogue, rules, state, completeness, closed),
        };
        let strategy = decision.map_or(by_figures, |d| d.strategy);
        Advice {
            chain: state.chain.clone(),
            link: state.link.clone(),
            level: rules.level(state.residents, state.engaged, f64::from(state.coverage)),
            strategy,
            zh,
            en,
            passages_closed: closed,
            passages_broken: passages.broken_through(&state.link),
            worth: passages.worth(&state.link),
            instead_of: (strategy != by_figures).then_some(by_figures),
            decision: decision.cloned(),
        }
    }

    /// Why the figures say what they say.
    fn reason(&self, catalogue: &Catalogue, rules: &DiagnosisRules, state: &LinkState, completeness: u8, closed: u64) -> (String, String) {
        let (closes_zh, closes_en) = match closed {
            0 => (String::new(), String::new()),
            1 => ("；补上后可贯通 1 条通路".to_owned(), "; filling it makes 1 passage whole".to_owned()),
            n => (format!("；补上后可贯通 {n} 条通路"), format!("; filling it makes {n} passages whole")),
        };
        let LinkState { residents, coverage, related, .. } = state;
        let strong = rules.levels.strong;
        match state.need {
            Need::Fill => (
                format!("尚无企业，相邻环节中已有企业的占 {related}%{closes_zh}。"),
                format!("Nobody is there, and {related}% of the links beside it have residents{closes_en}."),
            ),
            Need::Extend => {
                let (zh, en) = self.strong_neighbours(catalogue, &state.link);
                (
                    format!("尚无企业，相邻的{zh}已是强项，可由此延伸{closes_zh}。"),
                    format!("Nobody is there, and {en} beside it is strong: a step on from it{closes_en}."),
                )
            }
            Need::Establish if completeness < rules.establish_below => (
                format!("本环节及相邻环节均无企业，全链完整度 {completeness}%，属从头建起{closes_zh}。"),
                format!("Nobody is there nor beside it, and the chain is {completeness}% complete: to be begun{closes_en}."),
            ),
            Need::Establish => (
                format!("本环节及相邻环节均无企业，与园区现有环节不相接，暂不作为重点{closes_zh}。"),
                format!("Nobody is there nor beside it: it joins nothing the park has, and can wait{closes_en}."),
            ),
            Need::Strengthen if *coverage >= strong => carried_by_few(state),
            Need::Strengthen => (
                format!("已有企业 {residents} 家，覆盖度 {coverage}，未达强项标准（{strong}）。"),
                format!("Residents: {residents}; coverage {coverage}, short of strong ({strong})."),
            ),
            Need::None => (
                format!("已有企业 {residents} 家，覆盖度 {coverage}，已是强项，保持即可。"),
                format!("Residents: {residents}; coverage {coverage}: strong, to be kept."),
            ),
        }
    }

    /// Names of the strong links beside one, two at most.
    fn strong_neighbours(&self, catalogue: &Catalogue, link: &str) -> (String, String) {
        let strong = |id: &&str| self.link(id).is_some_and(|l| l.need == Need::None);
        let suppliers = catalogue.links().filter(|(_, l)| l.feeds.iter().any(|to| to == link)).map(|(_, l)| l.id.as_str());
        let customers = catalogue.link(link).into_iter().flat_map(|(_, l)| l.feeds.iter().map(String::as_str));
        let beside: Vec<&Link> = suppliers.chain(customers).filter(strong).filter_map(|id| Some(catalogue.link(id)?.1)).take(2).collect();
        if beside.is_empty() {
            // Of another chain, which was not asked for.
            return ("他链环节".to_owned(), "a link of another chain".to_owned());
        }
        (
            beside.iter().fold(String::new(), |zh, l| zh + "“" + &l.zh + "”"),
            beside.iter().map(|l| l.en.as_str()).collect::<Vec<_>>().join(" and "),
        )
    }
}

/// Why a link is not called strong although it is covered as well as one.
fn carried_by_few(state: &LinkState) -> (String, String) {
    let LinkState { residents, engaged, coverage, .. } = state;
    match (*residents, *engaged) {
        (1, 1) => (
            format!("仅有企业 1 家，覆盖度 {coverage}，独家支撑，尚不算强项。"),
            format!("One resident carries it alone; coverage {coverage}, and not strong yet."),
        ),
        (_, 0) => (
            format!("已有企业 {residents} 家，覆盖度 {coverage}，但仅见于经营范围，主营产品均不在本环节，尚不算强项。"),
            format!("Residents: {residents}; coverage {coverage}. Only their scopes name it, their products are others: not strong yet."),
        ),
        (all, some) if all > some => (
            format!("已有企业 {residents} 家，其中主营涉及本环节的 {engaged} 家，覆盖度 {coverage}，支撑企业偏少，尚不算强项。"),
            format!("Residents: {residents}, of whom {engaged} in this business; coverage {coverage}. Too few carry it: not strong yet."),
        ),
        _ => (
            format!("已有企业 {residents} 家，覆盖度 {coverage}，支撑企业偏少，尚不算强项。"),
            format!("Residents: {residents}; coverage {coverage}. Too few carry it: not strong yet."),
        ),
    }
}
