//! Who the rows of an assessment are: what decides between equal scores.

use std::collections::BTreeMap;

use crate::enterprise::{CreditCode, Enterprise};
use crate::parallel::sort_by;

/// Names, credit codes and numbers in the file of all rows, the names in one buffer.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    text: String,
    ends: Vec<u32>,
    codes: Vec<Option<CreditCode>>,
    numbers: Vec<u32>,
}

/// What two rows are compared by: the name, the code, then the number in the file.
type Key<'n> = (&'n str, Option<CreditCode>, u32);

impl Names {
    /// Makes room for these.
    pub(crate) fn expect<'n>(&mut self, names: impl ExactSizeIterator<Item = &'n str>) {
        let rows = names.len();
        self.text.reserve_exact(names.map(str::len).sum());
        self.ends.reserve_exact(rows);
        self.codes.reserve_exact(rows);
        self.numbers.reserve_exact(rows);
    }

    pub(crate) fn push(&mut self, name: &str, code: Option<CreditCode>, number: u32) {
        self.text.push_str(name);
        self.ends.push(self.text.len() as u32);
        self.codes.push(code);
        self.numbers.push(number);
    }

    /// Adds a row of others.
    pub(crate) fn push_from(&mut self, others: &Self, row: usize) {
        self.push(others.name(row), others.codes[row], others.numbers[row]);
    }

    pub(crate) fn append(&mut self, other: &Self) {
        let before = self.text.len() as u32;
        self.text.push_str(&other.text);
        self.ends.extend(other.ends.iter().map(|end| before + end));
        self.codes.extend_from_slice(&other.codes);
        self.numbers.extend_from_slice(&other.numbers);
    }

    /// Takes rows of others in the places of its own: of each place, which row.
    pub(crate) fn replace(&mut self, rows: &BTreeMap<usize, usize>, others: &Self) {
        let mut text = String::with_capacity(self.text.len());
        let mut ends = Vec::with_capacity(self.ends.len());
        for at in 0..self.ends.len() {
            text.push_str(rows.get(&at).map_or_else(|| self.name(at), |row| others.name(*row)));
            ends.push(text.len() as u32);
        }
        (self.text, self.ends) = (text, ends);
        for (at, row) in rows {
            (self.codes[*at], self.numbers[*at]) = (others.codes[*row], others.numbers[*row]);
        }
    }

    /// The number in the file of a row.
    pub(crate) fn number(&self, row: usize) -> Option<u32> {
        self.numbers.get(row).copied()
    }

    /// Whether a row is of this enterprise, by its name, its code and its number.
    pub(crate) fn is(&self, row: usize, e: &Enterprise) -> bool {
        row < self.ends.len() && self.key(row as u32) == (&*e.name, e.credit_code, e.row)
    }

    fn name(&self, row: usize) -> &str {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[row] as usize]
    }

    fn key(&self, row: u32) -> Key<'_> {
        let row = row as usize;
        (self.name(row), self.codes[row], self.numbers[row])
    }

    /// The rows in the order of name, code, number, then row.
    pub(crate) fn order(&self) -> Vec<u32> {
        // The first bytes of the names, side by side, decide most comparisons.
        let start = |name: &str| {
            let mut bytes = [0; 16];
            let length = name.len().min(16);
            bytes[..length].copy_from_slice(&name.as_bytes()[..length]);
            u128::from_be_bytes(bytes)
        };
        let mut starts: Vec<(u128, u32)> = (0..self.ends.len() as u32).map(|row| (start(self.name(row as usize)), row)).collect();
        sort_by(&mut starts, |a, b| a.0.cmp(&b.0).then_with(|| self.key(a.1).cmp(&self.key(b.1))).then(a.1.cmp(&b.1)));
        starts.into_iter().map(|(_, row)| row).collect()
    }

    /// Two orders, of the rows before `split` and of those from it on, as one.
    pub(crate) fn merged(&self, first: &[u32], second: &[u32]) -> Vec<u32> {
        let mut all = Vec::with_capacity(first.len() + second.len());
        let (mut left, mut right) = (first.iter().peekable(), second.iter().peekable());
        while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
            // Of equals the earlier row comes first, and those of the first order are earlier.
            all.push(if self.key(**a) <= self.key(**b) { *left.next().unwrap_or(&0) } else { *right.next().unwrap_or(&0) });
        }
        all.extend(left.chain(right));
        all
    }
}

/// Of each row its place in an order.
pub(crate) fn places(order: &[u32]) -> Vec<u32> {
    let mut places = vec![0; order.len()];
    for (place, row) in (0_u32..).zip(order) {
        places[*row as usize] = place;
    }
    places
}
