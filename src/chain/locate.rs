//! Where an enterprise stands: which links, in which role, on what evidence.

use std::sync::Arc;

use crate::chain::confidence::Confidence;
use crate::chain::findings::{Findings, Hit, Knowledge};
use crate::chain::grammar::{Grammar, Roles};
use crate::chain::matches::{Doubt, Evidence, Match, Role, Span};
use crate::chain::signals::{SIGNALS, Signals, has_core, raw};
use crate::chain::terms::{Place, Terms};
use crate::chain::{Catalogue, Core, Source, figures};
use crate::enterprise::Enterprise;
use crate::error::{Error, Kind};
use crate::order::sort;
use crate::text::fold;

/// Finds enterprises' places on the chains of a catalogue.
///
/// One table holds every term of every chain. Business scopes go through a grammar that tells who makes, develops, serves,
/// trades and operates; in an item the last noun is what it is about, so 锂电池生产设备 is equipment and not a battery. What was found
/// becomes some thirty signals a link (where the words stand, in which role, with which share of the revenue, what else competes), and
/// a logistic model over them says how sure the match is. `docs/locating.md` has the whole method and how the model is made.
///
/// ```
/// use xiangma::{Catalogue, Enterprise, Evidence, Locator, Role};
///
/// let catalogue = Catalogue::builtin();
/// let locator = Locator::new(&catalogue)?;
/// let enterprise = Enterprise { scope: Some("光模块的研发、制造；钢材销售".to_owned()), ..Enterprise::default() };
/// let matches = locator.locate(&enterprise);
/// assert_eq!(matches[0].link.as_deref(), Some("oc_module"));
/// assert_eq!(matches[0].role, Role::Maker);
/// assert_eq!(matches[0].evidence, Evidence::Medium);
/// assert_eq!(matches[0].spans[0].text(&enterprise), "光模块的研发");
/// # Ok::<(), xiangma::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Locator {
    knowledge: Knowledge,
    confidence: Confidence,
    /// Of each place, its prior.
    priors: Vec<f32>,
    /// Of the catalogue.
    #[cfg(feature = "batches")]
    digest: u64,
}

impl Locator {
    /// Makes the words of a catalogue ready to be looked for.
    ///
    /// # Errors
    ///
    /// `BAD_CHAIN` when chains and links together are more than 65 535.
    pub fn new(catalogue: &Catalogue) -> Result<Self, Error> {
        let words = catalogue.links().flat_map(|(_, l)| l.terms.iter().chain(l.with.iter().flat_map(|w| &w.terms)).chain(&l.exclude));
        let nouns: Vec<String> = words.map(|w| fold(w)).collect();
        let grammar = Grammar::new(nouns.iter().map(String::as_str));
        let terms = Terms::new(catalogue)?;
        let confidence = Confidence::builtin();
        let priors = priors(&terms, &confidence);
        Ok(Self {
            knowledge: Knowledge::new(terms, grammar),
            confidence,
            priors,
            #[cfg(feature = "batches")]
            digest: crate::chain::batch::digest(catalogue),
        })
    }

    /// A digest of the catalogue.
    #[cfg(feature = "batches")]
    pub(crate) fn digest(&self) -> u64 {
        self.digest
    }

    /// The places an enterprise has, best first, twelve at most: those believed (medium or strong evidence), then the near misses with what
    /// holds them back. Among each the greater score stands first. A near miss less sure than 10 % is left out, but for the first place of
    /// all. Empty where no word of any chain speaks for it.
    pub fn locate(&self, enterprise: &Enterprise) -> Vec<Match> {
        self.locate_with(enterprise, &mut Reader::default())
    }

    /// As [`locate`](Self::locate), with buffers that are kept from enterprise to enterprise: the same answer, sooner.
    pub fn locate_with(&self, enterprise: &Enterprise, reader: &mut Reader) -> Vec<Match> {
        let findings = &mut reader.0;
        findings.read(&self.knowledge, enterprise);
        if findings.hits.is_empty() {
            return Vec::new();
        }
        let mut verdicts: Vec<Verdict<'_>> = Vec::with_capacity(16);
        self.measure(findings, enterprise, |place, group, signals| {
            let verdict = self.judge(place, group, signals, findings);
            // Less central to a chain that only shares the link.
            let shared =
                |chain| Verdict { chain, score: (u16::from(verdict.score) * figures::SHARED_PERCENT as u16 / 100) as u8, ..verdict };
            verdicts.extend(place.also.iter().map(shared));
            verdicts.push(verdict);
        });
        // The chain as a whole is an answer only where no link is.
        let linked: Vec<&str> = verdicts.iter().filter(|v| v.place.link.is_some() && v.believed()).map(|v| &**v.chain).collect();
        verdicts.retain(|v| v.place.link.is_some() || !linked.contains(&&**v.chain));
        let order = |v: &Verdict<'_>| (v.believed(), v.score, v.confidence, v.evidence);
        sort(&mut verdicts, &|a, b| order(b).cmp(&order(a)).then_with(|| (a.chain, &a.place.link).cmp(&(b.chain, &b.place.link))));
        let (faint, most) = (figures::FAINT as u8, figures::KEPT as usize);
        let kept = |(i, v): &(usize, Verdict<'_>)| *i == 0 || v.believed() || v.confidence >= faint;
        verdicts.into_iter().enumerate().filter(kept).take(most).map(|(_, v)| v.gather()).collect()
    }

    /// The signals behind every link of an enterprise, and whether its words may be believed at all, for fitting the model of confidence.
    #[doc(hidden)]
    pub fn signals(&self, enterprise: &Enterprise) -> Vec<(String, Vec<f64>, bool)> {
        let mut findings = Findings::default();
        findings.read(&self.knowledge, enterprise);
        let mut all = Vec::new();
        self.measure(&findings, enterprise, |place, _, signals| {
            if let Some(link) = &place.link {
                all.push((
                    link.to_string(),
                    signals.values().iter().map(|s| f64::from(*s)).collect(),
                    acts(signals) && !elsewhere(signals),
                ));
            }
        });
        all
    }

    /// The same words judged by another model of confidence, for measuring: one that was fitted without the enterprises it is measured on.
    ///
    /// # Errors
    ///
    /// `BAD_JSON` when the model does not parse.
    #[doc(hidden)]
    pub fn with_confidence(mut self, model: &str) -> Result<Self, Error> {
        self.confidence = Confidence::read(model).map_err(|e| Kind::BadJson(e.to_string()))?;
        self.priors = priors(&self.knowledge.terms, &self.confidence);
        Ok(self)
    }

    /// A text as it is searched, for measuring others with.
    #[doc(hidden)]
    pub fn folded(text: &str) -> String {
        fold(text)
    }

    /// How many words of the catalogue stand in a text: matching alone, for measuring.
    #[doc(hidden)]
    pub fn count_terms(&self, text: &str) -> usize {
        self.knowledge.terms.find(text).count()
    }

    /// The figures behind a score, by name, for holding the documents to them.
    #[doc(hidden)]
    pub fn figures() -> &'static [(&'static str, f32)] {
        figures::FIGURES
    }

    /// The names of the signals.
    #[doc(hidden)]
    pub fn signal_names() -> &'static [&'static str] {
        &SIGNALS
    }

    fn measure<'f>(&'f self, findings: &'f Findings, e: &Enterprise, mut each: impl FnMut(&'f Place, &'f [Hit], &Signals)) {
        let places = &self.knowledge.terms.places;
        let raw: Vec<f32> = findings.by_place().map(|g| raw(g, places[g[0].place as usize].core)).collect();
        let best = raw.iter().copied().fold(0.0, f32::max);
        let mut named: Vec<u16> = Vec::new();
        for hit in findings.hits.iter().filter(|h| h.source == Source::Name) {
            let whole = places[hit.place as usize].whole;
            if !named.contains(&whole) {
                named.push(whole);
            }
        }
        for (group, raw) in findings.by_place().zip(raw) {
            let place = &places[group[0].place as usize];
            let signals = Signals::of(findings, &self.knowledge.terms, e, group, (raw, best), &named);
            each(place, group, &signals);
        }
    }

    fn judge<'f>(&self, place: &'f Place, group: &'f [Hit], signals: &Signals, all: &Findings) -> Verdict<'f> {
        let role = role(group, place.core, all);
        let sure =
            if place.link.is_some() { self.confidence.of(self.priors[group[0].place as usize], signals) } else { chain_confidence(group) };
        let strong = |h: &Hit| {
            let source = matches!(h.source, Source::Products | Source::MainBusiness | Source::Patents | Source::Bids);
            source && h.sense.names() && h.strength >= 0.5
        };
        let believed = if place.link.is_some() {
            acts(signals) && !elsewhere(signals) && sure >= self.confidence.threshold
        } else {
            speaks(group, all)
        };
        // What a gate refused is a near miss, however well its words would speak: as sure as the surest of those at most.
        let sure = if believed { sure } else { sure.min(self.confidence.threshold - 0.01) };
        let evidence = match believed {
            false => Evidence::Weak,
            true if place.link.is_some() && group.iter().any(strong) => Evidence::Strong,
            true => Evidence::Medium,
        };
        let beside = if place.peripheral || place.sink { figures::BESIDE } else { 1.0 };
        let claim = if place.link.is_none() && role == Role::Developer { figures::CLAIM } else { 1.0 };
        let centrality = role.weight(place.core) * size(signals) * beside * claim;
        let percent = |x: f32| libm::roundf(100.0 * x) as u8;
        // Nobody is ever quite sure.
        let confidence = percent(sure).clamp(1, 99);
        let focus = percent(focus(signals));
        Verdict { place, chain: &place.chain, group, role, evidence, confidence, score: percent(sure * centrality), focus }
    }
}

/// Of each place, its prior.
fn priors(terms: &Terms, confidence: &Confidence) -> Vec<f32> {
    terms.places.iter().map(|p| p.link.as_deref().map_or(0.0, |l| confidence.prior(l))).collect()
}

/// What a place comes to, before its words are gathered.
#[derive(Debug, Clone, Copy)]
struct Verdict<'f> {
    place: &'f Place,
    chain: &'f Arc<str>,
    group: &'f [Hit],
    role: Role,
    evidence: Evidence,
    confidence: u8,
    score: u8,
    focus: u8,
}

impl Verdict<'_> {
    fn believed(&self) -> bool {
        self.evidence > Evidence::Weak
    }

    /// The match, with the words it rests on.
    fn gather(self) -> Match {
        let mut spans: Vec<Span> = Vec::new();
        let better = |a: &&Hit, b: &&Hit| {
            a.strength.total_cmp(&b.strength).then(b.source.cmp(&a.source)).then(a.weight.total_cmp(&b.weight)).then(b.word.cmp(&a.word))
        };
        let span = |h: &Hit| Span { source: h.source, index: h.index, item: h.item, word: h.word };
        while spans.len() < 3
            && let Some(hit) = self.group.iter().filter(|h| !spans.contains(&span(h))).max_by(better)
        {
            spans.push(span(hit));
        }
        Match {
            chain: self.chain.clone(),
            link: self.place.link.clone(),
            role: self.role,
            evidence: self.evidence,
            confidence: self.confidence,
            score: self.score,
            focus: self.focus,
            doubt: (!self.believed()).then(|| doubt(self.place, self.group, self.role)),
            spans,
        }
    }
}

/// Buffers for locating many enterprises, one for each thread.
#[derive(Debug, Default)]
pub struct Reader(Findings);

/// True when some text speaks of the link with a core role, or without saying what is done: a name, a class, a dealer's list alone are not
/// enough, however well they fit.
fn acts(s: &Signals) -> bool {
    s.products.max(s.scope_core).max(s.scope_bare).max(s.weak) > 0.0
}

/// True when the products tell of a business elsewhere, and the link has next to none of it.
fn elsewhere(s: &Signals) -> bool {
    s.told_shares > 0.0 && s.off_chain > 0.9 && s.products_share < 0.25
}

/// True when general words say that it makes or operates something of the chain. A claim to develop in a field is anybody's: there the name
/// must speak of the chain too, and of no dealer; and of which nothing is said is not made where others are only sold.
fn speaks(group: &[Hit], all: &Findings) -> bool {
    let named = !all.trader && group.iter().any(|h| h.source == Source::Name);
    let does = |h: &Hit| {
        let bare = h.roles.is_empty() && !(h.source == Source::Scope && only_sells(all));
        bare || h.roles.has(Role::Maker) || h.roles.has(Role::Operator) || named && h.roles.has(Role::Developer)
    };
    group.iter().any(|h| h.source != Source::Name && h.strength >= figures::GENERAL_LEAST && does(h))
}

/// True when the scope says of things only that they are sold, and not that any is made, developed or run.
fn only_sells(all: &Findings) -> bool {
    all.does.has(Role::Trader) && ![Role::Maker, Role::Developer, Role::Operator].iter().any(|r| all.does.has(*r))
}

/// How much of the business is the link's, by what the texts say.
fn size(s: &Signals) -> f32 {
    if s.products_share > 0.0 {
        figures::SHARE + (1.0 - figures::SHARE) * s.products_share
    } else if s.scope_beside_products > 0.0 || s.told_shares > 0.0 {
        // Products, where they are told, say what the business is; what only the scope names is an aside.
        figures::ASIDE
    } else {
        figures::LAST + (1.0 - figures::LAST) * s.scope_first
    }
}

/// The share of the business that is the link's, by what the texts tell.
fn focus(s: &Signals) -> f32 {
    if s.products_share > 0.0 {
        s.products_share * s.products_share
    } else if s.scope_beside_products > 0.0 || s.told_shares > 0.0 {
        0.0
    } else {
        s.items_share
    }
}

/// How sure a place on a chain without a link is: general words say little.
fn chain_confidence(group: &[Hit]) -> f32 {
    let does = |h: &Hit| h.roles.is_empty() || [Role::Maker, Role::Developer, Role::Operator].iter().any(|r| h.roles.has(*r));
    let said = |h: &Hit| h.strength * if does(h) { 1.0 } else { figures::GENERAL_TRADED };
    let text = group.iter().filter(|h| h.source != Source::Name).map(said).fold(0.0, f32::max);
    let name = group.iter().any(|h| h.source == Source::Name);
    (figures::GENERAL * text + if name { figures::GENERAL_NAME } else { 0.0 }).min(figures::GENERAL_MOST)
}

/// What the enterprise does at a place: the role nearest the core that its best words name.
fn role(group: &[Hit], core: Core, all: &Findings) -> Role {
    let base = match core {
        Core::Make => Role::Maker,
        Core::Develop => Role::Developer,
        Core::Operate => Role::Operator,
        Core::Serve => Role::Service,
    };
    let named = |h: &&Hit| h.source != Source::Name && h.source != Source::Industry;
    let top = group.iter().filter(named).map(|h| h.strength).fold(0.0, f32::max);
    let mut roles = Roles::default();
    let mut said = false;
    for hit in group.iter().filter(named).filter(|h| h.strength >= 0.7 * top) {
        if hit.roles.is_empty() && matches!(hit.source, Source::Products | Source::MainBusiness | Source::Tags) {
            roles.add(base);
            said = true;
        }
        roles.join(hit.roles);
        said |= !hit.roles.is_empty();
    }
    if !said {
        // A thing of which nothing is said, in a scope that says of others only that they are sold, is sold.
        let sold = core == Core::Make && only_sells(all);
        return if all.trader || sold { Role::Trader } else { base };
    }
    if core == Core::Operate {
        // Developing a station is what its operator does first, and power is produced by running one; who builds and mends it for others
        // serves.
        let serves = roles.has(Role::Service) && roles.has(Role::Developer);
        if roles.has(Role::Operator) || roles.has(Role::Maker) || roles.has(Role::Developer) && !serves {
            return Role::Operator;
        }
        if serves {
            return Role::Service;
        }
    }
    // Who develops a thing and makes what is only called more generally makes it: 照明电器的研发；灯具制造.
    let made = |h: &Hit| h.strength >= LIKE && h.roles.has(Role::Maker) && named(&h);
    if core == Core::Make && roles.has(Role::Developer) && !roles.has(Role::Maker) && group.iter().any(made) {
        return Role::Maker;
    }
    // Who sells a thing installs and mends it too.
    let makes = roles.has(Role::Maker) || roles.has(Role::Developer) || roles.has(Role::Operator);
    if core == Core::Make && roles.has(Role::Trader) && !makes {
        return Role::Trader;
    }
    let weight = |r: Role| r.weight(core);
    Role::ALL.into_iter().filter(|r| roles.has(*r)).max_by(|a, b| weight(*a).total_cmp(&weight(*b)).then(b.cmp(a))).unwrap_or(base)
}

/// From this strength on a general word may name the thing itself.
const LIKE: f32 = 0.35;

fn doubt(place: &Place, group: &[Hit], role: Role) -> Doubt {
    let text = |h: &&Hit| !matches!(h.source, Source::Name | Source::Industry);
    let strong = |h: &&Hit| h.sense.names();
    if place.sink {
        Doubt::CatchAll
    } else if group.iter().all(|h| h.source == Source::Industry) {
        Doubt::ClassOnly
    } else if !group.iter().any(|h| text(&h)) {
        Doubt::NameOnly
    } else if !group.iter().any(|h| text(&h) && strong(&h)) {
        Doubt::WeakWords
    } else if !group.iter().any(|h| text(&h) && strong(&h) && h.strength >= 0.5) {
        Doubt::OtherNoun
    } else if !group.iter().any(|h| text(&h) && (h.roles.is_empty() || has_core(h.roles, place.core))) {
        if role == Role::Trader { Doubt::Trader } else { Doubt::Service }
    } else {
        Doubt::Minor
    }
}
