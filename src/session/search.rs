//! Looking for an enterprise by what a person types.

use super::initials::has_initials;
use crate::enterprise::{CreditCode, Enterprise, fold_name};
use crate::parallel::parts;
use crate::points::Selection;

/// A word as it is looked for.
struct Word {
    /// Folded as names are compared.
    folded: String,
    /// The same as small letters, where it may be the initials of a name.
    initials: Option<String>,
}

impl Word {
    fn new(word: &str) -> Option<Self> {
        let folded = fold_name(word);
        // One letter is in every other name.
        let letters = folded.len() > 1 && folded.bytes().all(|b| b.is_ascii_alphabetic());
        let initials = letters.then(|| folded.to_ascii_lowercase());
        (!folded.is_empty()).then_some(Self { folded, initials })
    }

    /// True when it stands in an enterprise whose names are folded already.
    fn is_in(&self, e: &Enterprise, names: &[String]) -> bool {
        names.iter().any(|name| name.contains(&self.folded))
            || e.credit_code.as_ref().is_some_and(|code| CreditCode::as_str(code).contains(&self.folded))
            || e.products.iter().any(|p| fold_name(&p.name).contains(&self.folded))
            || self.initials.as_ref().is_some_and(|letters| names.iter().any(|name| has_initials(name, letters.as_bytes())))
    }
}

/// The enterprises in which every word of a text stands; none when no word is asked for.
pub(super) fn search(enterprises: &[Enterprise], text: &str) -> Option<Selection> {
    let words: Vec<Word> = text.split_whitespace().filter_map(Word::new).collect();
    if words.is_empty() {
        return None;
    }
    let found = parts(enterprises.len(), 4096, |part| {
        let holds = |e: &Enterprise| {
            let names: Vec<String> = std::iter::once(&e.name).chain(&e.former_name).map(|name| fold_name(name)).collect();
            words.iter().all(|word| word.is_in(e, &names))
        };
        enterprises[part].iter().map(holds).collect::<Vec<bool>>()
    });
    let found: Vec<bool> = found.into_iter().flatten().collect();
    Some(Selection::from_fn(found.len(), |row| found[row]))
}
