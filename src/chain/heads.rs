//! What the words after a product's name make of it: 锂电池 is a battery, 锂电池生产设备 is equipment.

use crate::chain::affix::Affixes;
use crate::chain::lexicon;

/// What the words after a product make of it.
#[derive(Debug, Clone)]
pub(super) struct Heads {
    suffixes: Affixes,
    made_for: Affixes,
    /// Ends of a noun that is a machine, or of what a machine does.
    machines: Affixes,
}

/// What a product is made for, by the words that follow its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum MadeFor {
    Equipment,
    Materials,
    Nothing,
}

impl Heads {
    pub(super) fn new() -> Self {
        let suffixes = lexicon::SUFFIXES.iter().flat_map(|(percent, words)| words.iter().map(|w| (*w, *percent)));
        let equipment = lexicon::EQUIPMENT_HEADS.iter().map(|w| (*w, 0));
        let materials = lexicon::MATERIAL_HEADS.iter().map(|w| (*w, 1));
        let machines = lexicon::MACHINES.iter().map(|w| (*w, 0));
        Self {
            suffixes: Affixes::suffixes(suffixes),
            made_for: Affixes::suffixes(equipment.chain(materials)),
            machines: Affixes::suffixes(machines),
        }
    }

    /// True where a word that is a machine, or what a machine does, is followed by no more than "equipment": 橡胶机械设备 is 橡胶机械.
    pub(super) fn repeats(&self, term: &str, rest: &str) -> bool {
        let rest = rest.trim_matches([' ', '(', ')', '等']);
        lexicon::EQUIPMENT.contains(&rest) && self.machines.longest(term).is_some()
    }

    /// How much of the product is left, 0 to 1, when these words follow it in its item.
    pub(super) fn left(&self, rest: &str) -> f32 {
        let rest = rest.trim_matches(|c: char| matches!(c, ' ' | '\u{1}' | '(' | ')' | '的' | '等' | '"' | '“' | '”' | '.' | '-' | '—'));
        if rest.is_empty() {
            return 1.0;
        }
        // For the product, not the product: 锂电池用.
        if rest.starts_with('用') {
            return 0.2;
        }
        match self.suffixes.longest(rest) {
            Some((word, percent)) if word.len() == rest.len() => percent as f32 / 100.0,
            Some((_, percent)) => percent.min(60) as f32 / 100.0,
            None if rest.chars().count() <= 2 => 0.7,
            None => 0.5,
        }
    }

    pub(super) fn made_for(&self, rest: &str) -> MadeFor {
        let rest = rest.trim_end_matches([' ', ')', '等']);
        match self.made_for.longest(rest) {
            Some((_, 0)) => MadeFor::Equipment,
            Some(_) => MadeFor::Materials,
            None => MadeFor::Nothing,
        }
    }
}

/// What a product is, where the words that follow its name are no more than "equipment" or "material".
pub(super) fn bare(rest: &str) -> MadeFor {
    let rest = rest.trim_matches([' ', '(', ')', '等']);
    if lexicon::EQUIPMENT.contains(&rest) {
        MadeFor::Equipment
    } else if lexicon::MATERIALS.contains(&rest) {
        MadeFor::Materials
    } else {
        MadeFor::Nothing
    }
}
