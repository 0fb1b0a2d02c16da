//! Enterprises read by people, and locating measured against them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;
use xiangma::{Catalogue, Enterprise, Evidence, IntakeOptions, Match, intake};

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
}

/// The ids of the labels: a link that was split off counts as the one it came from.
///
/// Without any, each link counts as itself.
#[derive(Debug, Default)]
pub struct Ids(BTreeMap<String, String>);

impl Ids {
    pub fn new(catalogue: &Catalogue) -> Self {
        Self(catalogue.links().filter_map(|(_, l)| Some((l.id.clone(), l.from.clone()?))).collect())
    }

    pub fn of(&self, link: &str) -> String {
        self.0.get(link).cloned().unwrap_or_else(|| link.to_owned())
    }
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
    pairs: (u32, u32, u32),
    zeros: (u32, u32),
    roles: (u32, u32),
    /// Of every match at strong or medium evidence, and of near misses: how sure, and whether right.
    pub stated: Vec<(u8, bool)>,
}

impl Figures {
    /// Counts one enterprise. `tell` is given each miss.
    pub fn add(&mut self, g: &Gold, found: &[Match], ids: &Ids, tell: &mut dyn FnMut(String)) {
        let fine = |l: &str| g.links.iter().chain(&g.ambiguous_ok).any(|x| ids.of(x) == l);
        let id = |m: &Match| m.link.as_deref().map_or_else(String::new, |l| ids.of(l));
        let linked: Vec<&Match> = found.iter().filter(|m| m.link.is_some()).collect();
        let firm: BTreeSet<String> = linked.iter().filter(|m| m.evidence >= Evidence::Medium).map(|m| id(m)).collect();
        let want: BTreeSet<String> = g.links.iter().map(|l| ids.of(l)).collect();
        let shown = || {
            linked
                .iter()
                .take(6)
                .map(|m| format!("{}:{}:{}", m.link.as_deref().unwrap_or(""), m.evidence.as_str(), m.confidence))
                .collect::<Vec<_>>()
        };
        let short = |t: &str| t.chars().take(140).collect::<String>();
        let about = || {
            format!("{} | {} | {} | want {want:?} ok {:?} | got {:?}", g.name, short(&g.scope), short(&g.products), g.ambiguous_ok, shown())
        };
        if g.fit >= 2 && matches!(g.role.as_str(), "maker" | "developer") {
            let good = linked.first().is_some_and(|m| fine(&id(m)));
            self.first.0 += u32::from(good);
            self.first.1 += 1;
            if !good {
                tell(format!("FIRST {}", about()));
            }
        }
        if g.fit >= 2 || g.fit == 0 {
            let right = firm.intersection(&want).count() as u32;
            let wrong: Vec<&String> = firm.iter().filter(|l| !fine(l)).collect();
            let missed: Vec<&String> = want.difference(&firm).collect();
            self.pairs.0 += right;
            self.pairs.1 += wrong.len() as u32;
            self.pairs.2 += missed.len() as u32;
            if !wrong.is_empty() || !missed.is_empty() {
                tell(format!("PAIRS missed {missed:?} wrong {wrong:?} | {}", about()));
            }
        }
        if g.fit == 0 {
            self.zeros.0 += u32::from(!firm.is_empty());
            self.zeros.1 += 1;
        }
        if g.role != "none"
            && let Some(m) = linked.iter().find(|m| want.contains(&id(m)))
        {
            self.roles.0 += u32::from(m.role.as_str() == g.role);
            self.roles.1 += 1;
            if m.role.as_str() != g.role {
                tell(format!("ROLE want {} got {} | {}", g.role, m.role.as_str(), about()));
            }
        }
        self.stated.extend(linked.iter().map(|m| (m.confidence, fine(&id(m)))));
    }

    /// Share of first links that are acceptable, F1 of pairs, share of enterprises of no chain with a link named, share of right roles.
    pub fn summary(&self) -> [f64; 4] {
        let share = |(a, b): (u32, u32)| f64::from(a) / f64::from(b.max(1));
        let (right, wrong, missed) = self.pairs;
        let f1 = 2.0 * f64::from(right) / f64::from((2 * right + wrong + missed).max(1));
        [share(self.first), f1, share(self.zeros), share(self.roles)]
    }

    /// Of the links named at strong or medium, the share that is acceptable; of those wanted, the share that is named.
    pub fn precision_and_recall(&self) -> [f64; 2] {
        let (right, wrong, missed) = self.pairs;
        [wrong, missed].map(|other| f64::from(right) / f64::from((right + other).max(1)))
    }

    pub fn print(&self, set: &str) {
        let [first, f1, alarms, roles] = self.summary();
        let [precision, recall] = self.precision_and_recall();
        println!("| {set}, maker or developer, fit ≥ 2 | first link acceptable | {:.1} % of {} |", 100.0 * first, self.first.1);
        println!("| {set}, fit ≥ 2 and 0 | F1 of pairs at strong or medium | {f1:.3} (precision {precision:.3}, recall {recall:.3}) |");
        println!("| {set}, fit 0 | any link at strong or medium | {:.1} % of {} |", 100.0 * alarms, self.zeros.1);
        println!("| {set} | role of the best right link | {:.1} % of {} |", 100.0 * roles, self.roles.1);
    }

    /// Calibration by decile of stated confidence.
    pub fn print_calibration(&self, set: &str) {
        let mut bins: BTreeMap<u8, (u32, u32, u32)> = BTreeMap::new();
        for (sure, right) in &self.stated {
            let bin = bins.entry((sure / 10).min(9)).or_default();
            *bin = (bin.0 + 1, bin.1 + u32::from(*sure), bin.2 + u32::from(*right));
        }
        for (bin, (n, sum, right)) in bins {
            let n_f = f64::from(n);
            let (mean, share) = (f64::from(sum) / n_f, 100.0 * f64::from(right) / n_f);
            println!(
                "| {set}, stated {}–{} % | right, mean stated, difference | {share:.0} %, {mean:.0} %, {:+.0} (of {n}) |",
                bin * 10,
                bin * 10 + 9,
                share - mean
            );
        }
    }
}
