//! Leads on officers at the least cost: the cheapest chains of exchanges.

use serde::Serialize;

use crate::plan::officers::{AssignCosts, Officer};

/// Another officer for a lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
pub struct NextBest {
    /// The place of the officer.
    pub officer: usize,
    /// How much more the whole assignment would cost, in points.
    pub more: u64,
}

/// Nothing reaches it.
const FAR: i64 = i64::MAX / 4;

/// Leads that an officer has and may give away.
#[derive(Debug, Clone, Default)]
pub(super) struct Held {
    leads: Vec<usize>,
    pub locked: u32,
}

impl Held {
    pub(super) fn len(&self) -> usize {
        self.leads.len()
    }
}

/// An assignment in the making, always the cheapest of the leads that are in it.
///
/// Officers are the nodes of a graph, with one more at the end: the room that is left. From one officer to another it costs what the
/// cheapest of his leads costs more with the other; to the end, what one lead more costs in balance.
pub(super) struct Board<'a> {
    against: &'a [Vec<u32>],
    officers: &'a [Officer],
    balance: i64,
    pub held: Vec<Held>,
    pub of: Vec<Option<usize>>,
    /// From an officer to another: the cost, and the lead that moves.
    moves: Vec<Vec<(i64, usize)>>,
}

impl<'a> Board<'a> {
    pub(super) fn new(against: &'a [Vec<u32>], officers: &'a [Officer], costs: AssignCosts) -> Self {
        let many = officers.len();
        let (held, moves) = (vec![Held::default(); many], vec![vec![(FAR, 0); many]; many]);
        Self { against, officers, balance: i64::from(costs.balance), held, of: vec![None; against.len()], moves }
    }

    pub(super) fn lock(&mut self, lead: usize, officer: usize) {
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
    pub(super) fn add(&mut self, lead: usize) -> bool {
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
    pub(super) fn alternatives(&self, locked: &[Option<usize>]) -> Vec<Option<NextBest>> {
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
