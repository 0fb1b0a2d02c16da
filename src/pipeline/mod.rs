//! Projects after contact, from intent to production: phases, clocks, schedules, funnels, and the figures of a year.
//!
//! Rules are data: phases with the fields each demands, gates, clocks and tasks come in files that a zone may edit. Days are civil dates; no
//! clock is read and no time zone known: whoever asks says which day it is.

mod workdays;

pub use workdays::{WorkCalendar, WorkingDays};
