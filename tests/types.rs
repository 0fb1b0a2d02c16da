//! What crosses to JavaScript has the types of what it is made of: the declarations of the package are made from Rust's types, and the file that
//! holds them is held against them here. With `XIANGMA_REWRITE=1` it is written anew.

use std::collections::BTreeMap;
use std::path::Path;

use ts_rs::{Config, TS, TypeVisitor};
use xiangma::ledger::{Change, Imported, Joined, Lead, LeadOutcome, RecordKind, Undone};
use xiangma::pipeline::{
    Activity, Appraisal, Book, By, ClockSummary, Cohort, Every, Meeting, PerMu, PhaseTime, Phases, Portfolio, ProjectStatus, Reading,
    Reminder, Schedule, Stuck, Tasks, WorkingDays,
};
use xiangma::plan::{
    AssignCosts, Assignment, BlindSheet, Introduction, Listed, Officer, Push, RejectedTie, Review, Tie, TripOptions, Trips, WhyNot,
};
use xiangma::{Anchor, AtRisk, ChainState, Decision, ListedRow, Passage, ShortlistQuery};

/// The file, in the crate at the border.
const FILE: &str = "pkg/border/src/generated.d.ts";

/// Declarations by the names of their types.
#[derive(Default)]
struct Declared(BTreeMap<String, String>);

impl TypeVisitor for Declared {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        let config = config();
        // What has no file of its own is a type of the language.
        if T::output_path().is_none() || self.0.contains_key(&T::ident(&config)) {
            T::visit_generics(self);
            return;
        }
        let docs = T::docs().map_or_else(String::new, |docs| one_line(&docs));
        self.0.insert(T::ident(&config), format!("{docs}export {}\n", fields_apart(&camel(&T::decl(&config)))));
        T::visit_dependencies(self);
        T::visit_generics(self);
    }
}

fn config() -> Config {
    Config::new().with_large_int("number")
}

/// The first paragraph, without links of rustdoc: the rest is of Rust.
fn one_line(docs: &str) -> String {
    let lines = docs.lines().map(|line| line.trim().trim_end_matches("*/").trim_start_matches("/**").trim_start_matches('*').trim());
    let first: Vec<&str> = lines.skip_while(|line| line.is_empty()).take_while(|line| !line.is_empty()).collect();
    format!("/** {} */\n", without_links(&first.join(" ")))
}

/// `[words](target)` and `` [`Name`] `` as the words and the name alone.
fn without_links(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        out += before;
        let Some((words, after)) = after.split_once(']') else {
            rest = after;
            break;
        };
        out += words;
        rest = after.strip_prefix('(').and_then(|target| target.split_once(')')).map_or(after, |(_, rest)| rest);
    }
    out + rest
}

/// Names of fields as JavaScript writes them; texts in quotes, and comments, stay.
fn camel(declaration: &str) -> String {
    let (mut out, mut is_quoted, mut is_comment, mut is_name) = (String::new(), false, false, false);
    let mut chars = declaration.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if !is_comment => is_quoted = !is_quoted,
            '/' if chars.peek() == Some(&'*') => is_comment = true,
            '/' if is_comment && out.ends_with('*') => is_comment = false,
            '_' if is_name && !is_quoted && !is_comment => {
                out.extend(chars.next().map(|c| c.to_ascii_uppercase()));
                continue;
            }
            _ => {}
        }
        is_name = c.is_ascii_alphanumeric();
        out.push(c);
    }
    out
}

/// A field a line, each after its comment in one line.
fn fields_apart(declaration: &str) -> String {
    let Some((head, body)) = declaration.split_once("= {").filter(|_| declaration.trim_end().ends_with("};")) else {
        return declaration.to_owned();
    };
    let mut out = format!("{head}= {{\n");
    let mut rest = body.trim_end().trim_end_matches("};").trim();
    while !rest.is_empty() {
        if let Some((comment, after)) = rest.strip_prefix("/**").and_then(|text| text.split_once("*/")) {
            out += &format!("  {}", one_line(comment));
            rest = after.trim_start();
            continue;
        }
        let mut depth = 0_i32;
        let end = rest.char_indices().find(|(_, c)| {
            depth += i32::from("<{[(".contains(*c)) - i32::from(">}])".contains(*c));
            *c == ',' && depth == 0
        });
        let (field, after) = end.map_or((rest, ""), |(at, _)| (&rest[..at], &rest[at + 1..]));
        out += &format!("  {};\n", field.trim());
        rest = after.trim_start();
    }
    out + "};"
}

#[test]
fn the_packages_declarations_are_those_of_the_types() {
    let mut all = Declared::default();
    macro_rules! declare {
        ($($type:ty),* $(,)?) => { $(all.visit::<$type>();)* };
    }
    declare!(
        ChainState,
        Passage,
        Anchor,
        AtRisk,
        Decision,
        RecordKind,
        ShortlistQuery,
        ListedRow,
        WhyNot,
        Tie,
        RejectedTie,
        Introduction,
        Listed,
        TripOptions,
        Trips,
        Officer,
        AssignCosts,
        Assignment,
        BlindSheet,
        Review,
        Push,
        Change,
        Imported,
        Joined,
        Undone,
        Lead,
        LeadOutcome,
        Book,
        Phases,
        Tasks,
        ProjectStatus,
        Reading<'static>,
        By,
        ClockSummary,
        Schedule,
        Meeting,
        Every,
        Cohort,
        PhaseTime,
        Stuck,
        Portfolio,
        Activity,
        Appraisal,
        PerMu,
        Reminder,
        WorkingDays,
    );
    let text = all.0.into_values().collect::<String>();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(FILE);
    if std::env::var_os("XIANGMA_REWRITE").is_some() {
        std::fs::write(&path, &text).expect("written");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "{FILE} is not what the types say: write it anew with `cargo xtask rewrite`");
}
