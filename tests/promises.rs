//! The promises of the library, one module each.

#![allow(clippy::type_complexity, clippy::format_collect, reason = "tables of cases, and files made of lines")]

mod promises {
    #[cfg(feature = "learn")]
    mod alike;
    mod appraisals;
    mod assignments;
    #[cfg(feature = "batches")]
    mod batches;
    mod belief;
    mod data;
    mod decisions;
    mod firmness;
    mod gold;
    mod hostile;
    mod in_memory;
    mod input;
    mod intake;
    mod introductions;
    mod judging;
    #[cfg(feature = "learn")]
    mod learning;
    mod leaving;
    mod ledger;
    mod locating;
    mod maps;
    mod migrations;
    mod money_and_codes;
    mod order;
    #[cfg(feature = "learn")]
    mod outcomes;
    mod panels;
    mod park;
    mod passages;
    mod per_mu;
    mod portfolio;
    mod projects;
    mod public;
    mod pushes;
    mod readme;
    mod reviews;
    mod sample;
    mod schedules;
    mod second_opinions;
    mod sentences;
    mod shards;
    mod shortlists;
    mod sitting;
    mod standing;
    mod streaming;
    mod survival;
    mod trips;
    mod views;
    #[cfg(feature = "xlsx")]
    mod workbooks;
    mod workdays;
    mod zone;
}
