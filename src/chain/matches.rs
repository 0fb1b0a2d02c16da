//! What locating gives: matches, what is done there, and the words they rest on.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::chain::{Core, Link, Source, figures};
use crate::enterprise::Enterprise;
use crate::text::fold;

/// What an enterprise does at a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// 制造: makes it.
    Maker,
    /// 研发: develops or designs it.
    Developer,
    /// 运营: operates it.
    Operator,
    /// 服务: installs, repairs, tests it, takes it back, or advises on it.
    Service,
    /// 贸易: buys, sells or lets it.
    Trader,
}

impl Role {
    pub(super) const ALL: [Self; 5] = [Self::Maker, Self::Developer, Self::Operator, Self::Service, Self::Trader];

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Maker => "maker",
            Self::Developer => "developer",
            Self::Operator => "operator",
            Self::Service => "service",
            Self::Trader => "trader",
        }
    }

    /// How near the role is to the core of a link, 0 to 1.
    pub(super) fn weight(self, core: Core) -> f32 {
        match (core, self) {
            (_, Self::Maker) | (Core::Develop, Self::Developer) | (Core::Serve, Self::Service) => figures::CORE,
            (_, Self::Developer) => figures::DEVELOPER,
            (_, Self::Operator) => figures::OPERATOR,
            (_, Self::Service) => figures::SERVICE,
            (_, Self::Trader) => figures::TRADER,
        }
    }
}

/// How much a match rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// A near miss, not to be believed; [`Match::doubt`] says why.
    Weak,
    /// Business scope, profile or tags; the most a match without a link has.
    Medium,
    /// Products, main business, patents or bids.
    Strong,
}

impl Evidence {
    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Weak => "weak",
            Self::Medium => "medium",
            Self::Strong => "strong",
        }
    }
}

/// The words a match rests on: places in the texts of the enterprise that was located.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// The text of the enterprise they stand in.
    pub source: Source,
    /// Which product or tag.
    pub(super) index: u32,
    /// The item and the word, in bytes of the folded text.
    pub(super) item: (u32, u32),
    pub(super) word: (u32, u32),
}

impl Span {
    /// The item, as the enterprise's file wrote it. `enterprise` is the one that was located; of another the words are any, or none.
    pub fn text<'e>(&self, enterprise: &'e Enterprise) -> &'e str {
        self.cut(enterprise, self.item).trim()
    }

    /// The term in it, as the file wrote it.
    pub fn term<'e>(&self, enterprise: &'e Enterprise) -> &'e str {
        self.cut(enterprise, self.word)
    }

    fn cut<'e>(&self, enterprise: &'e Enterprise, range: (u32, u32)) -> &'e str {
        let text = self.source.text(enterprise, self.index);
        let (start, end) = unfold(text, range);
        text.get(start as usize..end as usize).unwrap_or("")
    }
}

/// A place on a chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Match {
    /// Id of the chain.
    pub chain: Arc<str>,
    /// Id of the link; none when the text places the enterprise on the chain and no finer.
    pub link: Option<Arc<str>>,
    /// What it does there; of a near miss, what it would do.
    pub role: Role,
    /// How much the match rests on.
    pub evidence: Evidence,
    /// How sure we are, in percent, 1 to 99: of a hundred matches with a link and this figure, about so many are right. Of a near miss it
    /// stays under what a match with a link is believed from, whatever its words would come to by themselves. Of a match without a link it
    /// is a rule of thumb, 75 at most where it is believed.
    pub confidence: u8,
    /// How sure and how central, 0 to 100: confidence times the weight of the role times the size of the business, less for a link beside
    /// the chain, a catch-all, a chain that only shares the link, or a mere claim to develop. `docs/locating.md` has the figures.
    pub score: u8,
    /// How much of the business is the link's, in percent: of the revenue its products tell shares of, else of the products, else of the items
    /// of the scope. 0 where only something else speaks for it.
    pub focus: u8,
    /// What holds the match back, when its evidence is weak; none otherwise.
    pub doubt: Option<Doubt>,
    /// The words, the best first; at most three.
    pub spans: Vec<Span>,
}

impl Match {
    /// True when the enterprise stands there: medium or strong evidence, no doubt. A near miss stands nowhere: whoever judges asks this
    /// first.
    pub fn is_believed(&self) -> bool {
        self.doubt.is_none() && self.evidence > Evidence::Weak
    }

    /// How central the link of the match is to the enterprise, 0 to 100 and some by rounding: the score, but what is part of its business loses
    /// nothing for being beside the chain. That says how central the link is to the chain.
    pub(crate) fn centrality(&self, link: &Link) -> u32 {
        let beside = if link.peripheral && !link.sink && self.focus > 0 { figures::BESIDE } else { 1.0 };
        libm::roundf(f32::from(self.score) / beside) as u32
    }
}

/// What holds a match back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// Only the name speaks for it.
    NameOnly,
    /// It only buys, sells or lets it.
    Trader,
    /// It only installs, repairs, tests or advises, or operates what others make.
    Service,
    /// The words only support; none names the link.
    WeakWords,
    /// The words stand inside a noun that means something else, such as equipment for the product.
    OtherNoun,
    /// One item among many, a sliver of revenue, or too little in all; no other doubt applies.
    Minor,
    /// A link any downstream firm falls into: a [sink](crate::Link::sink).
    CatchAll,
    /// Only the official class speaks for it.
    ClassOnly,
}

impl Doubt {
    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NameOnly => "name_only",
            Self::Trader => "trader",
            Self::Service => "service",
            Self::WeakWords => "weak_words",
            Self::OtherNoun => "other_noun",
            Self::Minor => "minor",
            Self::CatchAll => "catch_all",
            Self::ClassOnly => "class_only",
        }
    }

    /// What it says, in Chinese and in English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::NameOnly => ("仅企业名称相关", "only the name speaks for it"),
            Self::Trader => ("仅从事贸易或租赁", "it only trades or lets it"),
            Self::Service => (
                "仅从事安装、维修、检测、咨询，或运营他人产品",
                "it only installs, repairs, tests or advises, or operates what others make",
            ),
            Self::WeakWords => ("表述笼统，未指明具体环节", "the words are general and name no link"),
            Self::OtherNoun => ("关键词另有所指", "the words are part of another noun"),
            Self::Minor => ("仅为众多经营项目之一，或占比很小", "one item among many, or a sliver of revenue"),
            Self::CatchAll => ("下游应用，范围过宽", "a catch-all of downstream uses"),
            Self::ClassOnly => ("仅行业分类相关", "only the official class speaks for it"),
        }
    }
}

/// Folds an original and finds the byte range of a folded range in it: folding keeps the number of characters.
fn unfold(text: &str, (start, end): (u32, u32)) -> (u32, u32) {
    let folded = fold(text);
    let count = |upto: u32| folded.get(..upto as usize).map_or(0, |t| t.chars().count());
    let at = |chars: usize| text.char_indices().nth(chars).map_or(text.len(), |(i, _)| i) as u32;
    (at(count(start)), at(count(end)))
}
