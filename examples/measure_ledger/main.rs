//! How long a large ledger takes: `cargo run --release --example measure_ledger`.
//!
//! 50,000 leads, 5,000 projects and 200,000 events are written, read back, and asked for the board, the funnel and the figures of the year.

use std::time::Instant;

use serde_json::json;
use xiangma::Date;
use xiangma::ledger::{Ledger, Moment, RecordId, RecordKind};
use xiangma::pipeline::{Every, Phases, WorkCalendar, YearOptions, funnel, phase_times, portfolio};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut ledger, phases) = (Ledger::new(), Phases::default());
    let mut now: Moment = "2024-01-02T01:00:00Z".parse()?;
    let mut next = || {
        now += jiff::SignedDuration::from_secs(97);
        now
    };
    let start = Instant::now();
    for n in 0..50_000 {
        let id = RecordId::new(RecordKind::Lead, format!("示例{n}光电有限公司|湖北省"))?;
        let fields = [("name", json!(format!("示例{n}光电有限公司"))), ("status", json!("visited")), ("officer", json!("李"))];
        ledger.change(&id, fields, "李", next())?;
    }
    for n in 0..5_000 {
        let id = RecordId::new(RecordKind::Project, format!("{n:05}"))?;
        let fields = [
            ("name", json!(format!("示例项目{n}"))),
            ("kind", json!("land_supply")),
            ("chain", json!("optoelectronics")),
            ("officers", json!(["李", "王"])),
            ("land", json!("150亩")),
            ("investment", json!({"amount": 1.2e9, "currency": "CNY"})),
        ];
        ledger.change(&id, fields, "李", next())?;
    }
    let first = Date::constant(2022, 1, 3);
    for n in 0..200_000_i64 {
        let (project, turn) = (n % 5_000, n / 5_000);
        // Four runs through all ten kinds of events, a return after each.
        let event = &phases.events[(turn % 10) as usize].id;
        let day = first.saturating_add(jiff::Span::new().days(project % 300 + turn * 30));
        let fields = [("project", json!(format!("{project:05}"))), ("day", json!(day)), ("event", json!(event)), ("note", json!("原因"))];
        ledger.add(RecordKind::Event, fields, "李", next())?;
    }
    println!("written:   {:>6} ms, {} changes", start.elapsed().as_millis(), ledger.changes().len());
    let text = ledger.text();
    println!("size:      {:>6} MB", text.len() / 1_000_000);
    let all = Instant::now();
    let start = Instant::now();
    let opened = Ledger::open(text.as_bytes())?;
    println!("open:      {:>6} ms", start.elapsed().as_millis());
    let start = Instant::now();
    let (book, findings) = opened.ledger.book();
    let (leads, _) = opened.ledger.leads();
    println!(
        "book:      {:>6} ms, {} projects, {} leads, {} findings",
        start.elapsed().as_millis(),
        book.projects.len(),
        leads.len(),
        findings.len()
    );
    let today = Date::constant(2026, 11, 1);
    let start = Instant::now();
    let figures = portfolio(&book.projects, &phases, &YearOptions::new(2024, today));
    println!("portfolio: {:>6} ms, {:?} in phases", start.elapsed().as_millis(), figures.phases);
    let start = Instant::now();
    let cohorts = funnel(&book.projects, &phases, today, Every::Month);
    println!("funnel:    {:>6} ms, {} cohorts", start.elapsed().as_millis(), cohorts.len());
    let start = Instant::now();
    let times = phase_times(&book.projects, &phases, today);
    println!("times:     {:>6} ms, {} phases", start.elapsed().as_millis(), times.len());
    let start = Instant::now();
    let readings: usize = book.projects.iter().map(|p| phases.clocks_of(p, today, WorkCalendar::china()).len()).sum();
    println!("clocks:    {:>6} ms, {readings} readings", start.elapsed().as_millis());
    println!("in all:    {:>6} ms", all.elapsed().as_millis());
    let start = Instant::now();
    let mut other = opened.ledger.clone();
    let joined = other.join(&ledger);
    println!("join:      {:>6} ms, {} added", start.elapsed().as_millis(), joined.added);
    Ok(())
}
