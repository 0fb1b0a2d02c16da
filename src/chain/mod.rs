//! Industry chains as data, and where an enterprise stands on them.

mod affix;
#[cfg(feature = "batches")]
mod batch;
mod catalogue;
mod check;
mod confidence;
mod findings;
mod grammar;
mod heads;
pub(crate) mod lexicon;
mod locate;
mod signals;
mod source;
mod terms;
mod view;
mod words;

#[cfg(feature = "batches")]
pub(crate) use batch::{Ticket, pack, unpack};
pub use catalogue::{Catalogue, Chain, Conditional, Core, Definition, Link, Stage};
pub use check::{Finding, check_chains};
pub use locate::{Doubt, Evidence, Locator, Match, Reader, Role, Span};
pub use source::Source;
pub use view::MatchView;
