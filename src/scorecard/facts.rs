//! What can be judged: anything that answers for its facts.

use std::borrow::Cow;

use crate::enterprise::Date;
use crate::scorecard::fact::{Asked, Fact, FactId};

/// Answers for the facts of one enterprise, or of whatever is to be judged; [`CompiledCard::judge`](crate::CompiledCard::judge) asks.
///
/// `None` says that a fact is not known, which is not the same as zero or no. The method called is the one for the kind of answer that the
/// card's value function takes; the kind of each fact stands with [`FactId`]. Methods that are left out answer `None`.
pub trait Facts {
    /// A number; money in yuan, shares 0 to 1.
    fn number(&self, fact: FactId) -> Option<f64> {
        let _ = fact;
        None
    }

    /// A word.
    fn word(&self, fact: FactId) -> Option<Cow<'_, str>> {
        let _ = fact;
        None
    }

    /// Yes or no.
    fn flag(&self, fact: FactId) -> Option<bool> {
        let _ = fact;
        None
    }

    /// A day.
    fn day(&self, fact: FactId) -> Option<Date> {
        let _ = fact;
        None
    }
}

/// What something says of a fact, asked for as a kind.
pub(crate) fn answer(facts: &(impl Facts + ?Sized), fact: FactId, asked: Asked) -> Fact<'_> {
    let answer = match asked {
        Asked::Number => facts.number(fact).map(Fact::Number),
        Asked::Word => facts.word(fact).map(Fact::Word),
        Asked::Flag => facts.flag(fact).map(Fact::Flag),
        Asked::Day => facts.day(fact).map(Fact::Day),
    };
    answer.unwrap_or(Fact::Unknown)
}

/// Facts, some of them as they might be instead of what they are.
pub(crate) struct Instead<'a, F> {
    pub facts: &'a F,
    pub changes: &'a [(FactId, Fact<'a>)],
}

impl<F> Instead<'_, F> {
    fn change(&self, fact: FactId) -> Option<&Fact<'_>> {
        self.changes.iter().find(|(id, _)| *id == fact).map(|(_, fact)| fact)
    }
}

impl<F: Facts> Facts for Instead<'_, F> {
    fn number(&self, fact: FactId) -> Option<f64> {
        match self.change(fact) {
            Some(Fact::Number(number)) => Some(*number),
            Some(_) => None,
            None => self.facts.number(fact),
        }
    }

    fn word(&self, fact: FactId) -> Option<Cow<'_, str>> {
        match self.change(fact) {
            Some(Fact::Word(word)) => Some(Cow::Borrowed(word)),
            Some(_) => None,
            None => self.facts.word(fact),
        }
    }

    fn flag(&self, fact: FactId) -> Option<bool> {
        match self.change(fact) {
            Some(Fact::Flag(flag)) => Some(*flag),
            Some(_) => None,
            None => self.facts.flag(fact),
        }
    }

    fn day(&self, fact: FactId) -> Option<Date> {
        match self.change(fact) {
            Some(Fact::Day(day)) => Some(*day),
            Some(_) => None,
            None => self.facts.day(fact),
        }
    }
}
