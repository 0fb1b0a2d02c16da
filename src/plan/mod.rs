//! What to do this month: whom to bring, who introduces them, on which trips to visit them, which officer follows each, and what is new since
//! the last list.
//!
//! Its files form lines that know nothing of one another: `quota`, `value`, `shortlist`; `ties`, `introduce`; `places`, `rounds`, `trips`; `officers`, `board`,
//! `assign`; `causes`, `push`; `sheets`, `review`. `cells` reads the small tables of some, `listed` a list that the next step begins with.

mod assign;
mod board;
mod causes;
mod cells;
mod introduce;
mod listed;
mod officers;
mod places;
mod push;
mod quota;
mod review;
mod rounds;
mod sheets;
mod shortlist;
mod ties;
mod trips;
mod value;

pub use assign::{Assigned, Assignment, assign};
pub use board::NextBest;
pub use causes::{Cause, CauseKind};
pub use introduce::{Introducer, Introduction, Introductions};
pub use listed::Listed;
pub use officers::{AssignCosts, Lead, Officer};
pub use places::{city_of, metres, place_named};
pub use push::{Change, Push, Pushed};
pub use quota::{Full, Quota, Tier};
pub use review::{Agreement, ExpertReview, Joint, Outlier, Review};
pub use rounds::EXACT_CITIES;
pub use sheets::{BlindSheet, SheetLine, blind_sheets};
pub use shortlist::{Chosen, Exchange, Shortlist, ShortlistOptions, WhyNot};
pub use ties::{RejectedTie, Tie, TieKind, Ties};
pub use trips::{Trip, TripOptions, Trips, trips};
pub use value::{Gap, Prospect};
