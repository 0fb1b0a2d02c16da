//! Enterprises read by people, and locating measured against them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use xiangma::{Catalogue, Core, Doubt, Enterprise, IntakeOptions, Locator, Match, Role, intake};

/// Anything that stops the measuring.
pub type Failure = Box<dyn std::error::Error>;

/// One labelled enterprise.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Gold {
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub scope: String,
    #[serde(default)]
    pub products: String,
    pub links: Vec<String>,
    pub ambiguous_ok: Vec<String>,
    pub role: String,
    pub fit: u8,
    /// Chains on which a match without a link is acceptable, beside those of its links.
    #[serde(default)]
    pub chain_ok: Option<Vec<String>>,
    /// For labels that only name a row of the data set: the file, the row as a spreadsheet counts, and whether its scope was read.
    #[serde(default)]
    file: String,
    #[serde(default)]
    row: usize,
    #[serde(default, rename = "scope_read")]
    scope_read: bool,
    #[serde(skip)]
    pub enterprise: Enterprise,
}

impl Gold {
    /// True for a label that came with its text, and not one of the project's own that names a row.
    pub fn is_reference(&self) -> bool {
        self.file.is_empty()
    }

    /// Which of so many folds it is in: the same for every label of one enterprise, in whatever file.
    pub fn fold(&self, folds: u64) -> usize {
        let hash = self.name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
        ((hash >> 17) % folds) as usize
    }

    /// True for a link the reader wants or accepts, by the ids of the labels.
    pub fn accepts(&self, link: &str, ids: &Ids) -> bool {
        self.links.iter().chain(&self.ambiguous_ok).any(|l| ids.of(l) == link)
    }
}

/// The ids of the labels: a link that was split off counts as the one it came from.
#[derive(Debug, Clone, Default)]
pub struct Ids {
    from: BTreeMap<String, String>,
    /// Of every link, its chain and those it belongs to as well.
    chains: BTreeMap<String, Vec<String>>,
    /// Links whose core actor designs.
    designed: BTreeSet<String>,
}

impl Ids {
    pub fn new(catalogue: &Catalogue) -> Self {
        Self { from: catalogue.links().filter_map(|(_, l)| Some((l.id.clone(), l.from.clone()?))).collect(), ..Self::now(catalogue) }
    }

    /// The ids of labels made with the links there are now.
    pub fn now(catalogue: &Catalogue) -> Self {
        let chains = |(c, l): (&xiangma::Chain, &xiangma::Link)| (l.id.clone(), std::iter::once(&c.id).chain(&l.also).cloned().collect());
        let designed = catalogue.links().filter(|(_, l)| l.core == Core::Develop).map(|(_, l)| l.id.clone());
        Self { from: BTreeMap::new(), chains: catalogue.links().map(chains).collect(), designed: designed.collect() }
    }

    pub fn of(&self, link: &str) -> String {
        self.from.get(link).cloned().unwrap_or_else(|| link.to_owned())
    }

    fn chains_of(&self, link: &str) -> impl Iterator<Item = &String> {
        self.chains.get(link).into_iter().flatten()
    }
}

/// The locator with the model of each fold, fitted without the enterprises of that fold.
pub fn folds(locator: &Locator) -> Result<Vec<Locator>, Failure> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/confidence_folds.json");
    let models: Vec<serde_json::Value> = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    models.iter().map(|m| Ok(locator.clone().with_confidence(&m.to_string())?)).collect()
}

/// Reads labels; what they only point to is looked up in the data set, and the enterprises go through intake, so that what is measured
/// is what users get.
pub fn read(path: &Path, folder: &Path) -> Result<Vec<Gold>, Failure> {
    let text = String::from_utf8(std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?)?;
    let mut golds: Vec<Gold> = text.lines().filter(|l| !l.trim().is_empty()).map(serde_json::from_str).collect::<Result<_, _>>()?;
    look_up(&mut golds, folder)?;
    let mut file = csv::Writer::from_writer(Vec::new());
    file.write_record(["企业名称", "经营范围", "主营产品"])?;
    for g in &golds {
        file.write_record([&g.name, &g.scope, &g.products])?;
    }
    let table = intake(&file.into_inner()?, &IntakeOptions::new())?;
    for e in table.enterprises {
        let index = e.row as usize - 2;
        golds[index].enterprise = e;
    }
    Ok(golds)
}

/// Fills in the enterprises of labels that name a file and a row.
fn look_up(golds: &mut [Gold], folder: &Path) -> Result<(), Failure> {
    let mut tables: BTreeMap<String, Vec<BTreeMap<String, String>>> = BTreeMap::new();
    let table = |file: &str| -> Result<Vec<BTreeMap<String, String>>, Failure> {
        let mut reader = csv::Reader::from_path(folder.join(file)).map_err(|e| format!("{file}: {e}"))?;
        Ok(reader.deserialize().collect::<Result<_, _>>()?)
    };
    let scopes: BTreeMap<String, String> = if golds.iter().any(|g| g.file.starts_with("chain_kg")) {
        table("listed_enterprise/dev.csv")?.into_iter().filter_map(|mut r| Some((r.remove("stock")?, r.remove("scope")?))).collect()
    } else {
        BTreeMap::new()
    };
    for g in golds.iter_mut().filter(|g| !g.file.is_empty()) {
        if !tables.contains_key(&g.file) {
            tables.insert(g.file.clone(), table(&g.file)?);
        }
        let row = tables[&g.file].get(g.row.saturating_sub(2)).ok_or_else(|| format!("{} has no row {}", g.file, g.row))?;
        let cell = |name: &str| row.get(name).cloned().unwrap_or_default();
        if g.file.starts_with("chain_kg") {
            // The labels were made from the first fifteen products.
            g.name = cell("full_name");
            g.products = cell("products").split('|').take(15).collect::<Vec<_>>().join("|");
            if g.scope_read {
                g.scope = scopes.get(&cell("stock")).cloned().unwrap_or_default();
            }
        } else {
            g.name = cell("name");
            g.scope = cell("scope");
        }
    }
    Ok(())
}

/// What the figures are drawn from.
#[derive(Debug, Default)]
pub struct Figures {
    first: (u32, u32),
    /// Of the first links believed: acceptable, and all.
    first_believed: (u32, u32),
    pairs: (u32, u32, u32),
    /// What held back each link that is wanted and not named.
    missed: BTreeMap<&'static str, u32>,
    /// Of enterprises of no chain: with a link named, with any chain named, and all.
    zeros: (u32, u32, u32),
    /// Of enterprises whose label tells the chains that are acceptable: with another chain named, and all.
    chains: (u32, u32),
    /// The role wanted, the role found, and how often.
    roles: BTreeMap<(String, &'static str), u32>,
    /// Of every match with a link: how sure, and whether right.
    pub stated: Vec<(u8, bool)>,
    /// Of each of `stated`: whether it is believed.
    believed: Vec<bool>,
}

impl Figures {
    /// Counts one enterprise. `tell` is given each miss.
    pub fn add(&mut self, g: &Gold, found: &[Match], ids: &Ids, tell: &mut dyn FnMut(String)) {
        let id = |m: &Match| m.link.as_deref().map_or_else(String::new, |l| ids.of(l));
        let fine = |m: &&Match| g.accepts(&id(m), ids);
        let linked: Vec<&Match> = found.iter().filter(|m| m.link.is_some()).collect();
        let firm: BTreeSet<String> = linked.iter().filter(|m| m.is_believed()).map(|m| id(m)).collect();
        let want: BTreeSet<String> = g.links.iter().map(|l| ids.of(l)).collect();
        let about = || told(g, &linked);
        if g.fit >= 2 && matches!(g.role.as_str(), "maker" | "developer") {
            let good = linked.first().is_some_and(fine);
            count(&mut self.first, good);
            if !good {
                tell(format!("FIRST {}", about()));
            }
            if let Some(best) = linked.first().filter(|m| m.is_believed()) {
                count(&mut self.first_believed, fine(best));
            }
        }
        if g.fit >= 2 || g.fit == 0 {
            let right = firm.intersection(&want).count() as u32;
            let wrong: Vec<&String> = firm.iter().filter(|l| !g.accepts(l, ids)).collect();
            let missed: Vec<(&String, &str)> = want.difference(&firm).map(|l| (l, kind(linked.iter().find(|m| id(m) == *l)))).collect();
            self.pairs.0 += right;
            self.pairs.1 += wrong.len() as u32;
            self.pairs.2 += missed.len() as u32;
            for (_, kind) in &missed {
                *self.missed.entry(kind).or_default() += 1;
            }
            if !wrong.is_empty() || !missed.is_empty() {
                tell(format!("PAIRS missed {missed:?} wrong {wrong:?} | {}", about()));
            }
        }
        self.add_chains(g, found, ids, tell);
        if g.role != "none"
            && let Some(m) = linked.iter().find(|m| want.contains(&id(m)))
        {
            // Who designs a chip and has it made is its maker in the words of a register, and its developer in ours.
            let designs = m.link.as_ref().is_some_and(|l| ids.designed.contains(&**l));
            let want = if designs && g.role == "maker" { "developer" } else { &g.role };
            let got = if designs && m.role == Role::Maker { "developer" } else { m.role.as_str() };
            *self.roles.entry((want.to_owned(), got)).or_default() += 1;
            if got != want {
                tell(format!("ROLE want {} got {} | {}", g.role, m.role.as_str(), about()));
            }
        }
        self.stated.extend(linked.iter().map(|m| (m.confidence, fine(m))));
        self.believed.extend(linked.iter().map(|m| m.is_believed()));
    }

    /// Counts the chains named, with a link or without.
    fn add_chains(&mut self, g: &Gold, found: &[Match], ids: &Ids, tell: &mut dyn FnMut(String)) {
        let may: BTreeSet<&String> =
            g.links.iter().chain(&g.ambiguous_ok).flat_map(|l| ids.chains_of(l)).chain(g.chain_ok.iter().flatten()).collect();
        let others: BTreeSet<&str> =
            found.iter().filter(|m| m.is_believed()).map(|m| &*m.chain).filter(|c| !may.contains(&(*c).to_owned())).collect();
        if g.fit == 0 {
            self.zeros.0 += u32::from(found.iter().any(|m| m.is_believed() && m.link.is_some()));
            self.zeros.1 += u32::from(!others.is_empty());
            self.zeros.2 += 1;
        }
        if g.chain_ok.is_some() {
            count(&mut self.chains, !others.is_empty());
        }
        if !others.is_empty() && (g.fit == 0 || g.chain_ok.is_some()) {
            tell(format!("CHAIN {others:?} fit {} | {}", g.fit, told(g, &found.iter().collect::<Vec<_>>())));
        }
    }

    /// Adds the counts of another set.
    pub fn join(&mut self, other: &Self) {
        let pair = |a: &mut (u32, u32), b: (u32, u32)| *a = (a.0 + b.0, a.1 + b.1);
        pair(&mut self.first, other.first);
        pair(&mut self.first_believed, other.first_believed);
        pair(&mut self.chains, other.chains);
        let three = |a: &mut (u32, u32, u32), b: (u32, u32, u32)| *a = (a.0 + b.0, a.1 + b.1, a.2 + b.2);
        three(&mut self.pairs, other.pairs);
        three(&mut self.zeros, other.zeros);
        for (kind, n) in &other.missed {
            *self.missed.entry(kind).or_default() += n;
        }
        for (roles, n) in &other.roles {
            *self.roles.entry(roles.clone()).or_default() += n;
        }
        self.stated.extend(&other.stated);
        self.believed.extend(&other.believed);
    }

    /// Share of first links that are acceptable, F1 of pairs, share of enterprises of no chain with a link named, share of right roles.
    pub fn summary(&self) -> [f64; 4] {
        let (right, wrong, missed) = self.pairs;
        let f1 = 2.0 * f64::from(right) / f64::from((2 * right + wrong + missed).max(1));
        let roles = (self.roles.iter().filter(|((want, got), _)| want == got).map(|(_, n)| n).sum(), self.roles.values().sum());
        [share(self.first), f1, share((self.zeros.0, self.zeros.2)), share(roles)]
    }

    /// Of the links named at strong or medium, the share that is acceptable; of those wanted, the share that is named.
    pub fn precision_and_recall(&self) -> [f64; 2] {
        let (right, wrong, missed) = self.pairs;
        [wrong, missed].map(|other| share((right, right + other)))
    }

    /// Of enterprises of no chain, the share with any chain named, with a link or without.
    pub fn chains_made_up(&self) -> f64 {
        share((self.zeros.1, self.zeros.2))
    }

    pub fn print(&self, set: &str) {
        let [first, f1, alarms, roles] = self.summary();
        let [precision, recall] = self.precision_and_recall();
        let believed = 100.0 * share(self.first_believed);
        println!("| {set}, maker or developer, fit ≥ 2 | first link acceptable | {:.1} % of {} |", 100.0 * first, self.first.1);
        println!("| {set}, the same, first link believed | acceptable | {believed:.1} % of {} |", self.first_believed.1);
        println!("| {set}, fit ≥ 2 and 0 | F1 of pairs at strong or medium | {f1:.3} (precision {precision:.3}, recall {recall:.3}) |");
        let missed: Vec<String> = self.missed.iter().map(|(kind, n)| format!("{kind} {n}")).collect();
        println!("| {set}, fit ≥ 2 | pairs missed, of {} | {} |", self.pairs.0 + self.pairs.2, missed.join(", "));
        println!("| {set}, fit 0 | any link at strong or medium | {:.1} % of {} |", 100.0 * alarms, self.zeros.2);
        println!("| {set}, fit 0 | any chain | {:.1} % |", 100.0 * self.chains_made_up());
        if self.chains.1 > 0 {
            println!("| {set}, chains told | another chain named | {:.1} % of {} |", 100.0 * share(self.chains), self.chains.1);
        }
        println!("| {set} | role of the best right link | {:.1} % of {} |", 100.0 * roles, self.roles.values().sum::<u32>());
        let table: Vec<String> = self.roles.iter().map(|((want, got), n)| format!("{want} as {got} {n}")).collect();
        println!("| {set} | roles | {} |", table.join(", "));
    }

    /// Calibration by decile of stated confidence, of what is believed and of what is not.
    pub fn print_calibration(&self, set: &str) {
        for (which, what) in [(true, "believed"), (false, "refused")] {
            let mut bins: BTreeMap<u8, (u32, u32, u32)> = BTreeMap::new();
            for ((sure, right), _) in self.stated.iter().zip(&self.believed).filter(|(_, b)| **b == which) {
                let bin = bins.entry((sure / 10).min(9)).or_default();
                *bin = (bin.0 + 1, bin.1 + u32::from(*sure), bin.2 + u32::from(*right));
            }
            for (bin, (n, sum, right)) in bins {
                let (mean, right) = (f64::from(sum) / f64::from(n), 100.0 * share((right, n)));
                let range = format!("{}–{} %", bin * 10, bin * 10 + 9);
                println!(
                    "| {set}, {what}, stated {range} | right, mean stated, difference | {right:.0} %, {mean:.0} %, {:+.0} (of {n}) |",
                    right - mean
                );
            }
        }
    }
}

fn count((good, all): &mut (u32, u32), is: bool) {
    *good += u32::from(is);
    *all += 1;
}

fn share((part, all): (u32, u32)) -> f64 {
    f64::from(part) / f64::from(all.max(1))
}

/// What held back a link that is wanted and not named.
fn kind(near: Option<&&Match>) -> &'static str {
    near.map_or("no words", |m| match m.doubt {
        Some(Doubt::NameOnly) => "name only",
        Some(Doubt::ClassOnly) => "class only",
        Some(Doubt::Trader) => "trader",
        Some(Doubt::Service) => "service",
        Some(Doubt::WeakWords) => "weak words",
        Some(Doubt::OtherNoun) => "other noun",
        Some(Doubt::Minor) => "minor",
        Some(Doubt::CatchAll) => "catch-all",
        _ => "other",
    })
}

/// An enterprise and what was found, on one line.
fn told(g: &Gold, found: &[&Match]) -> String {
    let short = |t: &str| t.chars().take(260).collect::<String>();
    let shown: Vec<String> = found
        .iter()
        .take(8)
        .map(|m| {
            let words: Vec<&str> = m.spans.iter().map(|s| s.term(&g.enterprise)).collect();
            format!("{}:{}:{} {}", m.link.as_deref().unwrap_or(&m.chain), m.evidence.as_str(), m.confidence, words.join("+"))
        })
        .collect();
    format!("{} | {} | {} | want {:?} ok {:?} | got {shown:?}", g.name, short(&g.scope), short(&g.products), g.links, g.ambiguous_ok)
}
