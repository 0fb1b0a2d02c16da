//! Industry chains as data, and where an enterprise stands on them.

mod affix;
#[cfg(feature = "batches")]
mod batch;
mod catalogue;
mod check;
mod confidence;
mod figures;
mod findings;
mod format;
mod grammar;
mod heads;
pub(crate) mod lexicon;
mod locate;
mod mask;
mod matches;
mod review;
mod signals;
mod source;
mod terms;
mod view;
pub(crate) mod words;

#[cfg(feature = "batches")]
pub(crate) use batch::{Ticket, other_chains, pack, sound, unpack};
pub use catalogue::Catalogue;
pub use check::Finding;
pub use format::{Chain, Conditional, Core, Definition, Link, Stage};
pub use locate::{Locator, Reader};
pub use matches::{Doubt, Evidence, Match, Role, Span};
pub use review::check_chains;
pub use source::Source;
pub use view::MatchView;
