//! Ways through a graph without circles, counted.

/// A passage lacking more links than this is counted among all, and nobody is told to fill it link by link.
pub(super) const DEPTH: usize = 16;

pub(super) type Counts = Vec<[u64; DEPTH + 1]>;

/// Places so that suppliers stand before those they supply; those in a circle are left out.
pub(super) fn sorted(feeds: &[Vec<usize>], fed_by: &[Vec<usize>]) -> Vec<usize> {
    let mut waiting: Vec<usize> = fed_by.iter().map(Vec::len).collect();
    let mut order: Vec<usize> = (0..feeds.len()).filter(|v| waiting[*v] == 0).collect();
    let mut next = 0;
    while let Some(v) = order.get(next).copied() {
        next += 1;
        for to in &feeds[v] {
            waiting[*to] -= 1;
            if waiting[*to] == 0 {
                order.push(*to);
            }
        }
    }
    order
}

/// Per link, by how many lack, the ways that end there; they begin where nothing comes before and something comes after.
pub(super) fn ways(order: &[usize], before: &[Vec<usize>], after: &[Vec<usize>], filled: &[bool]) -> Counts {
    let mut all: Counts = vec![[0; DEPTH + 1]; filled.len()];
    for v in order {
        let mut sum = [0_u64; DEPTH + 1];
        if before[*v].is_empty() && !after[*v].is_empty() {
            sum[0] = 1;
        }
        for from in &before[*v] {
            for (sum, ways) in sum.iter_mut().zip(all[*from]) {
                *sum = sum.saturating_add(ways);
            }
        }
        if !filled[*v] {
            sum.copy_within(0..DEPTH, 1);
            sum[0] = 0;
        }
        all[*v] = sum;
    }
    all
}
