//! What to do this month: whom to bring, through whom, on which trips, by whose hand, and what is new since the last list.
//!
//! Lines that know nothing of one another: `quota`, `shortlist`; `ties`, `introduce`; `places`, `trips`; `assign`; `push`; `review`. `cells` reads the
//! small tables of some, `listed` a list that the next step begins with.

mod assign;
mod cells;
mod introduce;
mod listed;
mod places;
mod push;
mod quota;
mod review;
mod shortlist;
mod ties;
mod trips;

pub use assign::{AssignCosts, Assigned, Assignment, Lead, NextBest, Officer, assign};
pub use introduce::{Introducer, Introduction, Introductions};
pub use listed::Listed;
pub use places::{city_of, metres, place_named};
pub use push::{Cause, CauseKind, Change, Push, Pushed};
pub use quota::{Full, Quota, Tier};
pub use review::{Agreement, BlindSheet, ExpertReview, Joint, Outlier, Review, SheetLine, blind_sheets};
pub use shortlist::{Chosen, Exchange, Gap, Prospect, Shortlist, ShortlistOptions, WhyNot};
pub use ties::{RejectedTie, Tie, TieKind, Ties};
pub use trips::{EXACT_CITIES, Trip, TripOptions, Trips, trips};
