//! Who is in the park already: by credit code, by name, and among the shareholders of others.

use crate::chain::words::Words;
use crate::enterprise::{CreditCode, Enterprise, fold_name};
use crate::order::sort;
use crate::text::fold;

/// The residents of a run, ready to be looked up: every look-up takes as long as what is looked for, however many they are.
#[derive(Debug, Clone)]
pub(crate) struct Residents {
    codes: Vec<CreditCode>,
    /// Names as they are compared, and whether the resident's own code is known.
    names: Vec<(String, bool)>,
    among: Words,
}

impl Residents {
    pub(crate) fn new(residents: &[Enterprise]) -> Self {
        let mut codes: Vec<CreditCode> = residents.iter().filter_map(|r| r.credit_code).collect();
        sort(&mut codes, &|a, b| a.cmp(b));
        let mut names: Vec<(String, bool)> = residents.iter().map(|r| (fold_name(&r.name), r.credit_code.is_some())).collect();
        sort(&mut names, &|a, b| a.cmp(b));
        names.dedup();
        // Shorter names stand in too many others.
        let among = Words::new(names.iter().map(|n| n.0.as_str()).filter(|n| n.chars().count() >= 4));
        Self { codes, names, among }
    }

    /// Their names as they are compared, in order.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|n| n.0.as_str())
    }

    /// True when these are the same enterprises.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.codes == other.codes && self.names == other.names
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// True when an enterprise is one of them: the same credit code, or the same name where either has none.
    pub(crate) fn has(&self, e: &Enterprise) -> bool {
        if self.is_empty() {
            return false;
        }
        if e.credit_code.is_some_and(|code| self.codes.binary_search(&code).is_ok()) {
            return true;
        }
        // Two codes tell two enterprises of one name apart.
        let key = fold_name(&e.name);
        let named = |has_code: bool| self.names.binary_search_by(|n| (n.0.as_str(), n.1).cmp(&(&key, has_code))).is_ok();
        named(false) || e.credit_code.is_none() && named(true)
    }

    /// True when one of them is named in a cell of shareholders. A name that goes on to the left is another's.
    pub(crate) fn are_among(&self, cell: &str) -> bool {
        let (text, starts) = compared(cell);
        let begins = |at: usize| {
            starts.binary_search(&at).is_ok() || text[..at].chars().next_back().is_none_or(|c| c.is_ascii_digit() || !c.is_alphanumeric())
        };
        self.among.find(&text).any(|hit| begins(hit.start))
    }
}

/// A text as names in it are compared, and where something was left out that no name goes on over: a space, a stop.
fn compared(text: &str) -> (String, Vec<usize>) {
    let folded = fold(text).replace("有限责任公司", "有限公司");
    let (mut kept, mut starts) = (String::with_capacity(folded.len()), Vec::new());
    let mut bytes = [0; 4];
    for c in folded.chars() {
        // Letter by letter as whole names are folded.
        match fold_name(c.encode_utf8(&mut bytes)).chars().next() {
            Some(c) => kept.push(c),
            None if matches!(c, '(' | ')' | '·') => {}
            None => starts.push(kept.len()),
        }
    }
    starts.dedup();
    (kept, starts)
}
