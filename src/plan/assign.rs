//! Assignment: one officer for each lead (专人包干), at the least cost there is.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind};
use crate::plan::cells::{Cells, Heading, lower, parts};

/// Pairs of a lead and an officer at most: what speaks against each is kept.
const PAIRS: u64 = 20_000_000;

/// An officer. Strict JSON.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Officer {
    /// The name, which no other has.
    pub name: String,
    /// How many leads at most.
    pub capacity: u32,
    /// Chains they know; empty for somebody who takes any.
    #[serde(default)]
    pub chains: Vec<String>,
    /// Provinces or cities they know; empty for somebody who goes anywhere.
    #[serde(default)]
    pub regions: Vec<String>,
    /// Languages they speak beside Chinese.
    #[serde(default)]
    pub languages: Vec<String>,
}

/// Columns of a table of officers; the first two are needed.
const HEADINGS: [Heading; 5] = [
    ("name", &["专员", "name", "officer", "姓名"]),
    ("capacity", &["上限", "capacity", "容量", "包干上限"]),
    ("chains", &["产业链", "chains", "chain"]),
    ("regions", &["区域", "regions", "region", "地区"]),
    ("languages", &["语种", "languages", "language", "外语"]),
];

impl Officer {
    /// Reads officers: a JSON array, or a table (CSV or tab-separated, in any usual encoding) with the columns 专员 (`name`) and 上限 (`capacity`), and
    /// where they are there 产业链 (`chains`), 区域 (`regions`) and 语种 (`languages`), several in one cell separated by 、.
    ///
    /// ```
    /// use xiangma::plan::Officer;
    ///
    /// let officers = Officer::read("专员,上限,产业链\n示例甲,12,integrated_circuit、optoelectronics\n示例乙,8,\n".as_bytes())?;
    /// assert_eq!((officers[0].capacity, officers[0].chains.len(), officers[1].chains.len()), (12, 2, 0));
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `BAD_JSON`; `EMPTY_FILE`, `NO_HEADER`, `NO_ROWS`; `BAD_ARGUMENT`, with the row, for somebody without a name or whose capacity is no number.
    pub fn read(bytes: &[u8]) -> Result<Vec<Self>, Error> {
        if bytes.trim_ascii_start().starts_with(b"[") {
            return serde_json::from_slice(bytes).map_err(|e| Kind::BadJson(e.to_string()).into());
        }
        let cells = Cells::read(bytes, &HEADINGS, 2, 10_000)?;
        let officer = |(line, row): &(u32, Vec<String>)| {
            let cell = |heading: usize| cells.cell(row, heading);
            let bad = |what: String| Error::from(Kind::BadArgument(what)).at_row(*line);
            let name = cell(0).ok_or_else(|| bad("an officer has a name".to_owned()))?.to_owned();
            let capacity =
                cell(1).and_then(|c| lower(c).parse().ok()).ok_or_else(|| bad(format!("the capacity of `{name}` is no number")))?;
            Ok(Self { name, capacity, chains: parts(cell(2)), regions: parts(cell(3)), languages: parts(cell(4)) })
        };
        cells.rows.iter().map(officer).collect()
    }
}

/// A lead to be given to an officer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lead {
    /// Id of its chain.
    pub chain: Option<String>,
    /// Places it is in, such as its province and its city.
    pub regions: Vec<String>,
    /// A language that is needed beside Chinese.
    pub language: Option<String>,
    /// What it is worth, 0 to 100; of leads that nobody has room for, those worth the least are left.
    pub value: u8,
    /// The officer who has it, by name.
    pub had_by: Option<String>,
    /// The officer who keeps it whatever that costs, by name.
    pub locked_to: Option<String>,
}

/// What speaks against giving a lead to an officer, in points; 0 to 10 000 each.
///
/// | cost | default | when |
/// |---|---|---|
/// | `chain` | 40 | the officer knows other chains |
/// | `region` | 20 | the officer knows other places |
/// | `language` | 60 | the officer does not speak a language that is needed |
/// | `change` | 30 | somebody else had it: it changes hands only where that saves more |
/// | `balance` | 2 | for each lead the officer has already |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[non_exhaustive]
pub struct AssignCosts {
    /// The officer knows other chains.
    pub chain: u32,
    /// The officer knows other places.
    pub region: u32,
    /// The officer does not speak a language that is needed.
    pub language: u32,
    /// Somebody else had it.
    pub change: u32,
    /// For each lead the officer has already.
    pub balance: u32,
}

impl Default for AssignCosts {
    fn default() -> Self {
        Self { chain: 40, region: 20, language: 60, change: 30, balance: 2 }
    }
}

/// Who takes which lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Assignment {
    /// Of each lead, in their order.
    pub leads: Vec<Assigned>,
    /// Of each officer, how many leads.
    pub loads: Vec<u32>,
    /// What it all costs, balance included, in points.
    pub cost: u64,
}

/// Who takes a lead.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Assigned {
    /// The place of the officer; none where nobody has room.
    pub officer: Option<usize>,
    /// What speaks against it, balance left out, in points.
    pub cost: u32,
    /// Whether the officer had it before.
    pub kept: bool,
    /// Whether it was locked to the officer.
    pub locked: bool,
    /// Who would be the next best, everybody else changing places as is best then; none where there is no other with room, or where it is locked.
    pub next: Option<NextBest>,
}

/// Another officer for a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct NextBest {
    /// The place of the officer.
    pub officer: usize,
    /// How much more the whole would cost, in points.
    pub more: u64,
}

/// Gives each lead to one officer so that the sum of all costs is the least there is. Nobody has more leads than their capacity, locked leads
/// included; where there is not room for all, those worth the least are left over, and no assignment leaves over fewer.
///
/// The optimum is exact, in whole numbers: leads are added one by one along the cheapest chain of exchanges between officers. For n leads
/// and m officers that takes n·m² steps, however many leads an officer may have.
///
/// ```
/// use xiangma::plan::{AssignCosts, Lead, Officer, assign};
///
/// let knows = |name: &str, chain: &str| Officer { name: name.into(), capacity: 1, chains: vec![chain.into()], ..Officer::default() };
/// let officers = [knows("甲", "integrated_circuit"), knows("乙", "optoelectronics")];
/// let lead = |chain: &str| Lead { chain: Some(chain.into()), value: 80, ..Lead::default() };
/// let found = assign(&[lead("optoelectronics"), lead("integrated_circuit")], &officers, AssignCosts::default())?;
/// assert_eq!(found.leads.iter().map(|l| l.officer).collect::<Vec<_>>(), [Some(1), Some(0)]);
/// // The other way round, each would have a chain that is not theirs.
/// assert_eq!(found.leads[0].next.map(|n| (n.officer, n.more)), Some((0, 80)));
/// # Ok::<(), xiangma::Error>(())
/// ```
///
/// # Errors
///
/// `BAD_ARGUMENT` when there is no officer or none with capacity, two have one name, a lead is locked to nobody there is, more are locked to one
/// than their capacity, or a cost is out of its range; `LIMIT` over 20 000 000 pairs of a lead and an officer.
pub fn assign(leads: &[Lead], officers: &[Officer], costs: AssignCosts) -> Result<Assignment, Error> {
    let locked = check(leads, officers, costs)?;
    let against: Vec<Vec<u32>> = leads.iter().map(|lead| officers.iter().map(|o| cost(lead, o, officers, costs)).collect()).collect();
    let mut board = Board::new(&against, officers, costs);
    for (lead, officer) in locked.iter().enumerate() {
        if let Some(officer) = officer {
            board.lock(lead, *officer);
        }
    }
    // Those worth the most first: whoever finds room keeps room.
    let mut order: Vec<usize> = (0..leads.len()).filter(|l| locked[*l].is_none()).collect();
    order.sort_by_key(|l| (std::cmp::Reverse(leads[*l].value), *l));
    for lead in order {
        if !board.add(lead) {
            break;
        }
    }
    let next = board.alternatives(&locked);
    let assigned = leads.iter().enumerate().map(|(l, lead)| {
        let Some(officer) = board.of[l] else { return Assigned::default() };
        let kept = lead.had_by.as_ref() == Some(&officers[officer].name);
        Assigned { officer: Some(officer), cost: against[l][officer], kept, locked: locked[l].is_some(), next: next[l] }
    });
    let leads: Vec<Assigned> = assigned.collect();
    let loads: Vec<u32> = board.held.iter().map(|h| h.len() as u32 + h.locked).collect();
    let balance = loads.iter().map(|n| u64::from(costs.balance) * u64::from(*n) * u64::from(n.saturating_sub(1)) / 2).sum::<u64>();
    let cost = leads.iter().map(|l| u64::from(l.cost)).sum::<u64>() + balance;
    Ok(Assignment { leads, loads, cost })
}

/// What speaks against giving a lead to an officer. Who is no longer there cannot keep it.
fn cost(lead: &Lead, officer: &Officer, officers: &[Officer], costs: AssignCosts) -> u32 {
    let other_chain = lead.chain.as_ref().is_some_and(|c| !officer.chains.is_empty() && !officer.chains.contains(c));
    let other_region = !lead.regions.is_empty() && !officer.regions.is_empty() && !lead.regions.iter().any(|r| officer.regions.contains(r));
    let no_language = lead.language.as_ref().is_some_and(|l| !officer.languages.contains(l));
    let changes = lead.had_by.as_ref().is_some_and(|name| officer.name != *name && officers.iter().any(|o| o.name == *name));
    [(other_chain, costs.chain), (other_region, costs.region), (no_language, costs.language), (changes, costs.change)]
        .into_iter()
        .map(|(speaks, cost)| if speaks { cost } else { 0 })
        .sum()
}

/// Of each lead, the officer it is locked to.
fn check(leads: &[Lead], officers: &[Officer], costs: AssignCosts) -> Result<Vec<Option<usize>>, Error> {
    let bad = |what: String| Err(Error::from(Kind::BadArgument(what)));
    let pairs = leads.len() as u64 * officers.len() as u64;
    if pairs > PAIRS {
        return Err(Kind::Limit { what: "the number of pairs of a lead and an officer", found: pairs, limit: PAIRS }.into());
    }
    if officers.iter().all(|o| o.capacity == 0) {
        return bad("no officer has capacity for a lead".to_owned());
    }
    if let Some((_, twice)) = officers.iter().enumerate().find(|(i, o)| officers[..*i].iter().any(|other| other.name == o.name)) {
        return bad(format!("two officers are named `{}`", twice.name));
    }
    let AssignCosts { chain, region, language, change, balance } = costs;
    if [chain, region, language, change, balance].iter().any(|c| *c > 10_000) {
        return bad("a cost is 0 to 10000".to_owned());
    }
    let mut locked = Vec::with_capacity(leads.len());
    let mut counts = vec![0_u32; officers.len()];
    for lead in leads {
        let Some(name) = &lead.locked_to else {
            locked.push(None);
            continue;
        };
        let Some(place) = officers.iter().position(|o| o.name == *name) else {
            return bad(format!("a lead is locked to `{name}`, who is no officer"));
        };
        counts[place] += 1;
        locked.push(Some(place));
    }
    match officers.iter().zip(&counts).find(|(o, count)| **count > o.capacity) {
        Some((o, count)) => bad(format!("{count} leads are locked to `{}`, who has room for {}", o.name, o.capacity)),
        None => Ok(locked),
    }
}

/// Nothing reaches it.
const FAR: i64 = i64::MAX / 4;

/// Leads that an officer has and may give away.
#[derive(Debug, Clone, Default)]
struct Held {
    leads: Vec<usize>,
    locked: u32,
}

impl Held {
    fn len(&self) -> usize {
        self.leads.len()
    }
}

/// An assignment in the making, always the cheapest of the leads that are in it.
///
/// Officers are the nodes of a graph, with one more at the end: the room that is left. From one officer to another it costs what the
/// cheapest of his leads costs more with the other; to the end, what one lead more costs in balance.
struct Board<'a> {
    against: &'a [Vec<u32>],
    officers: &'a [Officer],
    balance: i64,
    held: Vec<Held>,
    of: Vec<Option<usize>>,
    /// From an officer to another: the cost, and the lead that moves.
    moves: Vec<Vec<(i64, usize)>>,
}

impl<'a> Board<'a> {
    fn new(against: &'a [Vec<u32>], officers: &'a [Officer], costs: AssignCosts) -> Self {
        let many = officers.len();
        let (held, moves) = (vec![Held::default(); many], vec![vec![(FAR, 0); many]; many]);
        Self { against, officers, balance: i64::from(costs.balance), held, of: vec![None; against.len()], moves }
    }

    fn lock(&mut self, lead: usize, officer: usize) {
        self.held[officer].locked += 1;
        self.of[lead] = Some(officer);
    }

    /// What one lead more costs an officer in balance; too much where there is no room.
    fn room(&self, officer: usize) -> i64 {
        let load = self.held[officer].len() as u32 + self.held[officer].locked;
        if load < self.officers[officer].capacity { self.balance * i64::from(load) } else { FAR }
    }

    /// What one lead less saves an officer.
    fn relief(&self, officer: usize) -> i64 {
        let held = &self.held[officer];
        self.balance * i64::from((held.len() as u32 + held.locked).saturating_sub(1))
    }

    /// Adds a lead; false where there is no room for it.
    fn add(&mut self, lead: usize) -> bool {
        let many = self.officers.len();
        let mut cost: Vec<i64> = self.against[lead].iter().map(|c| i64::from(*c)).collect();
        let mut from: Vec<Option<usize>> = vec![None; many];
        // Costs may be negative, circles never are: at most as many rounds as there are officers.
        for _ in 0..many {
            let mut changed = false;
            for a in 0..many {
                for b in 0..many {
                    let through = cost[a] + self.moves[a][b].0;
                    if self.moves[a][b].0 < FAR && through < cost[b] {
                        (cost[b], from[b], changed) = (through, Some(a), true);
                    }
                }
            }
            if !changed {
                break;
            }
        }
        let rooms = (0..many).filter(|o| self.room(*o) < FAR);
        let Some(mut at) = rooms.min_by_key(|o| (cost[*o] + self.room(*o), *o)) else { return false };
        let mut touched = vec![at];
        // From the end: each gives the next the lead that moves at the least cost.
        while let Some(giver) = from[at] {
            let moved = self.moves[giver][at].1;
            self.held[giver].leads.retain(|l| *l != moved);
            self.held[at].leads.push(moved);
            self.of[moved] = Some(at);
            at = giver;
            touched.push(at);
        }
        self.held[at].leads.push(lead);
        self.of[lead] = Some(at);
        touched.into_iter().for_each(|o| self.look_again(o));
        true
    }

    /// The cheapest moves from an officer.
    fn look_again(&mut self, officer: usize) {
        let row = &mut self.moves[officer];
        row.fill((FAR, 0));
        for lead in &self.held[officer].leads {
            let own = i64::from(self.against[*lead][officer]);
            for (best, cost) in row.iter_mut().zip(&self.against[*lead]) {
                let more = i64::from(*cost) - own;
                if (more, *lead) < *best {
                    *best = (more, *lead);
                }
            }
        }
        row[officer] = (FAR, 0);
    }

    /// Of each lead that may move, the next best officer.
    fn alternatives(&self, locked: &[Option<usize>]) -> Vec<Option<NextBest>> {
        let many = self.officers.len();
        let end = many;
        // Between all pairs, by way of all others and of the room that is left.
        let mut far = vec![vec![FAR; many + 1]; many + 1];
        for a in 0..many {
            for b in 0..many {
                far[a][b] = if a == b { 0 } else { self.moves[a][b].0 };
            }
            far[a][end] = self.room(a);
            let load = self.held[a].len() as u32 + self.held[a].locked;
            far[end][a] = if load > 0 { -self.relief(a) } else { FAR };
        }
        far[end][end] = 0;
        for via in 0..=many {
            for a in 0..=many {
                if far[a][via] >= FAR {
                    continue;
                }
                for b in 0..=many {
                    if far[via][b] < FAR && far[a][via] + far[via][b] < far[a][b] {
                        far[a][b] = far[a][via] + far[via][b];
                    }
                }
            }
        }
        let of = |lead: usize| {
            let own = self.of[lead].filter(|_| locked[lead].is_none())?;
            let more = |o: usize| i64::from(self.against[lead][o]) - i64::from(self.against[lead][own]) + far[o][own];
            let others = (0..many).filter(|o| *o != own && far[*o][own] < FAR && self.officers[*o].capacity > 0);
            let (more, officer) = others.map(|o| (more(o), o)).min()?;
            Some(NextBest { officer, more: u64::try_from(more).unwrap_or(0) })
        };
        (0..locked.len()).map(of).collect()
    }
}
