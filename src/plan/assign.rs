//! Assignment: one officer for each lead (专人包干), at the least cost there is.

use serde::Serialize;

use crate::error::{Error, Kind};
use crate::order::sort_by_key;
use crate::plan::board::{Board, NextBest};
use crate::plan::officers::{AssignCosts, Lead, Officer};

/// Pairs of a lead and an officer at most: what speaks against each is kept.
const PAIRS: u64 = 20_000_000;

/// Who takes which lead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
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
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
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
    sort_by_key(&mut order, |l| (std::cmp::Reverse(leads[*l].value), *l));
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
