//! Where an enterprise stands: which links, in which role, on what evidence.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Serialize;

use crate::chain::grammar::{Grammar, Item, Roles};
use crate::chain::{Catalogue, Core, lexicon};
use crate::enterprise::Enterprise;
use crate::error::{Error, Kind};
use crate::text::fold;

/// What an enterprise does at a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// 制造: makes it.
    Maker,
    /// 研发: develops or designs it.
    Developer,
    /// 运营: operates it.
    Operator,
    /// 服务: installs, repairs, tests, advises.
    Service,
    /// 贸易: buys and sells it.
    Trader,
}

impl Role {
    const ALL: [Self; 5] = [Self::Maker, Self::Developer, Self::Operator, Self::Service, Self::Trader];

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
    fn weight(self, core: Core) -> f64 {
        match (core, self) {
            (Core::Operate, Self::Operator) | (Core::Serve, Self::Service) | (_, Self::Maker) => 1.0,
            (_, Self::Developer) => 0.95,
            (_, Self::Operator) => 0.55,
            (_, Self::Service) => 0.45,
            (_, Self::Trader) => 0.3,
        }
    }
}

/// How much a match rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// The name alone, words that only support, or a trader's list.
    Weak,
    /// Business scope, profile, tags or the official class.
    Medium,
    /// Products, main business or patents.
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

/// The words a match rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Span {
    /// The field they stand in: `name`, `scope`, `products`, `main_business`, `profile`, `patents`, `tags` or `industry`.
    pub field: &'static str,
    /// The item, as written.
    pub text: String,
    /// The term in it.
    pub term: String,
}

/// A place on a chain.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Match {
    /// Id of the chain.
    pub chain: String,
    /// Id of the link; none when the text places the enterprise on the chain and no finer.
    pub link: Option<String>,
    /// What it does there.
    pub role: Role,
    /// How much the match rests on.
    pub evidence: Evidence,
    /// 0 to 100: how sure and how central, from the term, the role, its place in the text and the field.
    pub score: u8,
    /// The words.
    pub spans: Vec<Span>,
}

/// What a pattern of the automaton means.
#[derive(Debug, Clone, Copy)]
enum Meaning {
    Term(u16),
    Weak(u16),
    Exclude(u16),
    Chain(u16),
}

/// Finds enterprises' places on the chains of a catalogue.
///
/// One automaton holds every term of every chain. Business scopes go through a grammar that tells who makes, develops, serves,
/// trades and operates; in an item the last noun is what it is about, so 锂电池生产设备 is equipment and not a battery.
///
/// The score of a match is `100 · (1 − Π (1 − w·s))` over its fields, `w` the weight of the field (products .85, main business .8,
/// scope .72, profile .5, tags .5, patents .5, name .3, class .25) and `s` the best hit there: term strength × headedness × role × share.
///
/// ```
/// use xiangma::{Catalogue, Enterprise, Locator, Role};
///
/// let catalogue = Catalogue::builtin();
/// let locator = Locator::new(&catalogue)?;
/// let enterprise = Enterprise { scope: Some("光模块的研发、制造；钢材销售".to_owned()), ..Enterprise::default() };
/// let matches = locator.locate(&enterprise);
/// assert_eq!(matches[0].link.as_deref(), Some("oc_module"));
/// assert_eq!(matches[0].role, Role::Maker);
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Locator {
    automaton: AhoCorasick,
    meanings: Vec<Vec<Meaning>>,
    grammar: Grammar,
    places: Vec<Place>,
}

/// A link, or a chain as a whole.
#[derive(Debug, Clone)]
struct Place {
    chain: String,
    link: Option<String>,
    core: Core,
    sink: bool,
    classes: Vec<(String, String)>,
}

/// One occurrence of a term.
struct Hit {
    place: u16,
    field: Field,
    role: Option<Role>,
    strength: f64,
    strong_term: bool,
    span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Field {
    Products,
    MainBusiness,
    Scope,
    Patents,
    Profile,
    Tags,
    Name,
    Industry,
}

impl Field {
    fn name(self) -> &'static str {
        match self {
            Self::Products => "products",
            Self::MainBusiness => "main_business",
            Self::Scope => "scope",
            Self::Patents => "patents",
            Self::Profile => "profile",
            Self::Tags => "tags",
            Self::Name => "name",
            Self::Industry => "industry",
        }
    }

    fn weight(self) -> f64 {
        match self {
            Self::Products => 0.85,
            Self::MainBusiness => 0.8,
            Self::Scope => 0.72,
            Self::Patents | Self::Profile | Self::Tags => 0.5,
            Self::Name => 0.3,
            Self::Industry => 0.25,
        }
    }

    fn grade(self) -> Evidence {
        match self {
            Self::Products | Self::MainBusiness | Self::Patents => Evidence::Strong,
            Self::Scope | Self::Profile | Self::Tags | Self::Industry => Evidence::Medium,
            Self::Name => Evidence::Weak,
        }
    }
}

impl Locator {
    /// Builds the automaton over a catalogue.
    ///
    /// # Errors
    ///
    /// `BAD_CHAIN` when the terms are too many to hold (past some millions).
    pub fn new(catalogue: &Catalogue) -> Result<Self, Error> {
        let mut patterns: BTreeMap<String, Vec<Meaning>> = BTreeMap::new();
        let mut places = Vec::new();
        for chain in catalogue.chains() {
            let at = places.len() as u16;
            places.push(Place { chain: chain.id.clone(), link: None, core: Core::Make, sink: false, classes: Vec::new() });
            for term in &chain.terms {
                patterns.entry(fold(term)).or_default().push(Meaning::Chain(at));
            }
            for trap in &chain.traps {
                patterns.entry(fold(trap)).or_default();
            }
            for link in &chain.links {
                let at = places.len() as u16;
                let classes = link.classes.iter().map(|c| c.split_once(' ').unwrap_or((c, c))).map(|(a, b)| (a.to_owned(), b.to_owned()));
                places.push(Place {
                    chain: chain.id.clone(),
                    link: Some(link.id.clone()),
                    core: link.core,
                    sink: link.sink,
                    classes: classes.collect(),
                });
                for (terms, meaning) in
                    [(&link.terms, Meaning::Term(at)), (&link.weak, Meaning::Weak(at)), (&link.exclude, Meaning::Exclude(at))]
                {
                    for term in terms {
                        patterns.entry(fold(term)).or_default().push(meaning);
                    }
                }
            }
        }
        let (words, meanings): (Vec<_>, Vec<_>) = patterns.into_iter().unzip();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(&words)
            .map_err(|e| Error::from(Kind::BadChain(e.to_string())))?;
        Ok(Self { automaton, meanings, grammar: Grammar::new(), places })
    }

    /// Every place an enterprise has, best first.
    pub fn locate(&self, enterprise: &Enterprise) -> Vec<Match> {
        let mut hits = Vec::new();
        let trader = lexicon::TRADER_NAMES.iter().any(|w| enterprise.name.contains(w));
        for product in &enterprise.products {
            let share = product.share.map_or(0.9, |s| 0.45 + 0.55 * libm::sqrt(s));
            self.items(Field::Products, &product.name, share, trader, &mut hits);
        }
        for (field, text) in [
            (Field::MainBusiness, &enterprise.main_business),
            (Field::Scope, &enterprise.scope),
            (Field::Profile, &enterprise.profile),
            (Field::Patents, &enterprise.patents),
        ] {
            if let Some(text) = text {
                self.items(field, text, 1.0, trader, &mut hits);
            }
        }
        for tag in &enterprise.tags {
            self.items(Field::Tags, tag, 1.0, trader, &mut hits);
        }
        self.name(&enterprise.name, trader, &mut hits);
        if let Some(industry) = &enterprise.industry {
            self.class(industry, &mut hits);
        }
        self.matches(hits)
    }

    /// Hits in a text of items.
    fn items(&self, field: Field, text: &str, share: f64, trader: bool, hits: &mut Vec<Hit>) {
        let folded = fold(text);
        let items = self.grammar.items(&folded);
        let many = items.len().max(8) as f64;
        for (order, item) in items.iter().enumerate() {
            // The first items say more than the last; only a scope is ordered by importance.
            let place = if field == Field::Scope { 1.0 - 0.25 * order as f64 / many } else { 1.0 };
            self.item(field, text, &folded, item, share * place, trader, hits);
        }
    }

    #[allow(clippy::too_many_arguments, reason = "one private call site")]
    fn item(&self, field: Field, text: &str, folded: &str, item: &Item, share: f64, trader: bool, hits: &mut Vec<Hit>) {
        let object = &folded[item.object.clone()];
        let found: Vec<_> = self.automaton.find_iter(object).collect();
        let excluded = |place: u16| {
            found.iter().any(|m| self.meanings[m.pattern().as_usize()].iter().any(|k| matches!(k, Meaning::Exclude(p) if *p == place)))
        };
        for (index, hit) in found.iter().enumerate() {
            let next = found.get(index + 1).map_or(object.len(), aho_corasick::Match::start);
            let head = if next < object.len() { 0.3 } else { headedness(&object[hit.end()..]) };
            for meaning in &self.meanings[hit.pattern().as_usize()] {
                let (place, base, strong_term) = match *meaning {
                    Meaning::Term(place) => (place, 1.0, head > 0.5),
                    Meaning::Weak(place) => (place, 0.4, false),
                    Meaning::Chain(place) => (place, 0.5, false),
                    Meaning::Exclude(_) => continue,
                };
                if excluded(place) {
                    continue;
                }
                let core = self.places[place as usize].core;
                let role = best_role(item.roles, core, trader, field);
                let weight = role.map_or(0.8, |r| r.weight(core));
                let span = Span {
                    field: field.name(),
                    text: original(text, folded, item.whole.start, item.whole.end),
                    term: object[hit.start()..hit.end()].to_owned(),
                };
                hits.push(Hit { place, field, role, strength: base * head * weight * share, strong_term, span });
            }
        }
    }

    fn name(&self, name: &str, trader: bool, hits: &mut Vec<Hit>) {
        let folded = fold(name);
        for hit in self.automaton.find_iter(&folded) {
            for meaning in &self.meanings[hit.pattern().as_usize()] {
                let (place, strength) = match *meaning {
                    Meaning::Term(place) => (place, 1.0),
                    Meaning::Chain(place) => (place, 0.8),
                    Meaning::Weak(place) => (place, 0.4),
                    Meaning::Exclude(_) => continue,
                };
                let term = folded[hit.start()..hit.end()].to_owned();
                let span = Span { field: Field::Name.name(), text: name.to_owned(), term };
                hits.push(Hit { place, field: Field::Name, role: trader.then_some(Role::Trader), strength, strong_term: false, span });
            }
        }
    }

    fn class(&self, industry: &str, hits: &mut Vec<Hit>) {
        let industry = industry.trim();
        for (place, at) in self.places.iter().zip(0_u16..) {
            if let Some((_, name)) =
                place.classes.iter().find(|(code, name)| industry.contains(name.as_str()) || industry.starts_with(code))
            {
                let span = Span { field: Field::Industry.name(), text: industry.to_owned(), term: name.clone() };
                // A class holds many links: it supports, and names none.
                hits.push(Hit { place: at, field: Field::Industry, role: None, strength: 0.4, strong_term: false, span });
            }
        }
    }

    /// Hits to matches: by place, the best of each field, joined as independent evidence.
    fn matches(&self, mut hits: Vec<Hit>) -> Vec<Match> {
        hits.sort_by(|a, b| a.place.cmp(&b.place).then(a.field.cmp(&b.field)).then(b.strength.total_cmp(&a.strength)));
        let mut matches: Vec<Match> = Vec::new();
        for group in hits.chunk_by(|a, b| a.place == b.place) {
            let place = &self.places[group[0].place as usize];
            let mut against = 1.0;
            let mut evidence = Evidence::Weak;
            let mut texts = 0;
            for field in group.chunk_by(|a, b| a.field == b.field) {
                against *= 1.0 - field[0].field.weight() * field[0].strength.min(1.0);
                // Further items of the same field add a little.
                let more: f64 = field[1..].iter().map(|h| h.strength).fold(0.0, f64::max);
                against *= 1.0 - 0.1 * more;
                if field.iter().any(|h| h.strong_term && h.strength >= 0.35) {
                    evidence = evidence.max(field[0].field.grade());
                }
                texts += usize::from(!matches!(field[0].field, Field::Name | Field::Industry));
            }
            // A class alone holds too many links to speak of one.
            if texts == 0 && group.iter().all(|h| h.field == Field::Industry) {
                continue;
            }
            if place.sink {
                evidence = Evidence::Weak;
                against = against.max(0.75);
            }
            let Some(best) = group.iter().max_by(|a, b| a.strength.total_cmp(&b.strength).then(b.field.cmp(&a.field))) else { continue };
            let mut spans: Vec<Span> = Vec::new();
            for hit in group {
                if spans.len() < 6 && !spans.contains(&hit.span) {
                    spans.push(hit.span.clone());
                }
            }
            let role = best.role.or_else(|| group.iter().filter_map(|h| h.role).min()).unwrap_or(match place.core {
                Core::Make => Role::Maker,
                Core::Operate => Role::Operator,
                Core::Serve => Role::Service,
            });
            matches.push(Match {
                chain: place.chain.clone(),
                link: place.link.clone(),
                role,
                evidence,
                score: libm::round(100.0 * (1.0 - against)) as u8,
                spans,
            });
        }
        // The chain as a whole is an answer only where no link is.
        let linked: Vec<String> =
            matches.iter().filter(|m| m.link.is_some() && m.evidence > Evidence::Weak).map(|m| m.chain.clone()).collect();
        matches.retain(|m| m.link.is_some() || !linked.contains(&m.chain));
        matches
            .sort_by(|a, b| b.evidence.cmp(&a.evidence).then(b.score.cmp(&a.score)).then(a.chain.cmp(&b.chain)).then(a.link.cmp(&b.link)));
        matches
    }
}

/// The role that counts most at a link; `None` when the text names products without saying what is done.
fn best_role(roles: Roles, core: Core, trader: bool, field: Field) -> Option<Role> {
    if roles.is_empty() {
        return match field {
            Field::Products => Some(match core {
                Core::Make => Role::Maker,
                Core::Operate => Role::Operator,
                Core::Serve => Role::Service,
            }),
            _ => trader.then_some(Role::Trader),
        };
    }
    Role::ALL.into_iter().filter(|r| roles.has(*r)).max_by(|a, b| a.weight(core).total_cmp(&b.weight(core)).then(b.cmp(a)))
}

/// How much of the product is left, 0 to 1, when these words follow it in its item.
fn headedness(rest: &str) -> f64 {
    let rest = rest.trim_matches(|c: char| matches!(c, ' ' | '\u{1}' | '(' | ')' | '的' | '等' | '"' | '“' | '”' | '.'));
    if rest.is_empty() {
        return 1.0;
    }
    let known = lexicon::SUFFIXES
        .iter()
        .flat_map(|(percent, words)| words.iter().map(move |w| (*percent, *w)))
        .filter(|(_, w)| rest.ends_with(w))
        .max_by_key(|(_, w)| w.len());
    match known {
        Some((percent, word)) if word.len() == rest.len() => f64::from(percent) / 100.0,
        Some((percent, _)) => f64::from(percent.min(60)) / 100.0,
        None if rest.chars().count() <= 2 => 0.7,
        None => 0.5,
    }
}

/// The original words at a range of the folded text: folding keeps the number of characters.
fn original(text: &str, folded: &str, start: usize, end: usize) -> String {
    let skip = folded[..start].chars().count();
    let take = folded[start..end].chars().count();
    text.chars().skip(skip).take(take).collect::<String>().trim().to_owned()
}
