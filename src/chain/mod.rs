//! Industry chains as data, and where an enterprise stands on them.

mod catalogue;
mod grammar;
pub(crate) mod lexicon;
mod locate;

pub use catalogue::{Catalogue, Chain, Core, Link, Stage};
pub use locate::{Evidence, Locator, Match, Role, Span};
