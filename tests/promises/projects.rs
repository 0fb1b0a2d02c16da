//! Projects in their phases: where each stands, what is missing, what is wrong, and how its clocks run.

use proptest::prelude::*;
use serde::Deserialize;
use xiangma::Date;
use xiangma::pipeline::ClockState::{Late, Met, Overdue, Returned, Running};
use xiangma::pipeline::{By, Event, Land, Phases, Project, ProjectKind, WorkCalendar, check_phases, clocks};

use super::data::own;

const TODAY: Date = Date::constant(2026, 11, 1);

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    of: String,
    project: Project,
    phase: Option<String>,
    next: Option<String>,
    #[serde(default)]
    returned: Option<Date>,
    /// For the next phase: codes, and the field or event where there is one.
    missing: Vec<String>,
    /// Codes of what is wrong with it as it is.
    check: Vec<String>,
}

#[test]
fn phases_gates_and_demands_are_one_check() {
    let phases = Phases::default();
    let cases: Vec<Case> = serde_json::from_str(&own("phases_cases.json")).expect("cases");
    for case in &cases {
        let standing = phases.standing(&case.project);
        assert_eq!(standing.phase.map(|p| p.id.as_str()), case.phase.as_deref(), "{}", case.of);
        assert_eq!(standing.returned, case.returned, "{}", case.of);
        let next = phases.next(&case.project);
        assert_eq!(next.map(|p| p.id.as_str()), case.next.as_deref(), "{}", case.of);
        let missing = phases.missing(&case.project, next.expect("a phase"));
        // Words of fields and events stand for their ids.
        let words: Vec<(String, String)> = case.missing.iter().map(|m| told(&phases, m)).collect();
        let found: Vec<(String, String)> = missing.iter().map(|f| (f.code.to_owned(), after_colon(&f.zh))).collect();
        assert_eq!(found, words, "{}", case.of);
        let check: Vec<&str> = phases.check(&case.project, TODAY).iter().map(|f| f.code).collect();
        assert_eq!(check, case.check, "{}", case.of);
        for finding in phases.check(&case.project, TODAY).iter().chain(&missing) {
            assert!(finding.place == case.project.number && finding.en.is_ascii() || finding.en.contains('“'), "{finding:?}");
        }
    }
}

/// `FIELD_MISSING tax` as its code and its words.
fn told(phases: &Phases, missing: &str) -> (String, String) {
    let (code, of) = missing.split_once(' ').expect("a code and what it is about");
    let demand = |id: &str| serde_json::from_value::<xiangma::pipeline::Demand>(id.into()).expect("a field").words().0.to_owned();
    let word = match code {
        "FIELD_MISSING" => demand(of),
        "GATE_MISSING" => phases.event(of).expect("an event").zh.clone(),
        _ => format!("“{}”阶段尚未进入", phases.phase(of).expect("a phase").zh),
    };
    (code.to_owned(), word)
}

fn after_colon(zh: &str) -> String {
    zh.rsplit('：').next().unwrap_or(zh).to_owned()
}

#[test]
fn a_file_of_phases_is_told_everything_that_is_wrong_with_it() {
    let phases = Phases::default();
    let changed = |change: &dyn Fn(&mut Phases)| {
        let mut own = phases.clone();
        change(&mut own);
        serde_json::to_string(&own).expect("JSON")
    };
    let twice = |p: &mut Phases| {
        p.phases[1].id = p.phases[0].id.clone();
        p.gates.truncate(0);
    };
    let cases: [(&dyn Fn(&mut Phases), &[&str]); 9] = [
        (&|_| {}, &[]),
        (&|p| p.version = 2, &["OTHER_FORMAT"]),
        (&|p| p.phases[2].zh.clear(), &["NAME_EMPTY"]),
        (&twice, &["ID_TWICE"]),
        (&|p| p.phases[2].event = "handshake".to_owned(), &["EVENT_UNKNOWN"]),
        (&|p| p.phases[2].event = "started".to_owned(), &["EVENT_TWICE"]),
        (&|p| p.gates[0].before = "handshake".to_owned(), &["PHASE_UNKNOWN"]),
        (&|p| p.clocks[0].to = vec!["approved".to_owned()], &["CLOCK_NOWHERE"]),
        (
            &|p| {
                p.phases.clear();
                p.gates.clear();
            },
            &["NO_PHASES"],
        ),
    ];
    for (change, codes) in cases {
        let text = changed(change);
        let findings = check_phases(&text).expect("a file of phases");
        assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), codes);
        assert_eq!(Phases::from_json(&text).map_err(|e| e.code()).err(), (!codes.is_empty()).then_some("BAD_RULES"));
    }
    for (wrong, right) in [("\"kinds\":[\"lend\"]", "\"kinds\":[\"land_supply\"]"), ("\"jobz\"", "\"jobs\""), ("\"month\"", "\"months\"")] {
        let text = changed(&|_| {});
        assert!(text.contains(right));
        assert_eq!(check_phases(&text.replace(right, wrong)).expect_err("no file of phases").code(), "BAD_RULES", "{wrong}");
    }
}

/// A project with land whose events are so many days apart.
fn project(number: &str, first: Date, events: &[(&str, i64)]) -> Project {
    let mut project = Project::new(number);
    project.kind = Some(ProjectKind::LandSupply);
    let mut day = first;
    for (event, after) in events {
        day = day.saturating_add(jiff::ToSpan::days(*after));
        let mut happened = Event::new(day, *event);
        happened.note = Some("原因".to_owned());
        project.events.push(happened);
    }
    project
}

#[test]
fn clocks_run_from_an_event_to_the_first_that_qualifies() {
    let phases = Phases::default();
    let day = Date::constant(2026, 1, 31);
    for (events, clock, state, days) in [
        // A month from the last day of January ends with February.
        (&[("approved", 0), ("signed", 28)][..], "approval_to_signing", Met, 28),
        (&[("approved", 0), ("signed", 29)], "approval_to_signing", Late, 29),
        (&[("approved", 0), ("signed", 0)], "approval_to_signing", Met, 0),
        (&[("approved", 0)], "approval_to_signing", Overdue, 274),
        (&[("approved", 270)], "approval_to_signing", Running, 4),
        (&[("approved", 0), ("returned", 9)], "approval_to_signing", Returned, 9),
        (&[("approved", 0), ("returned", 9), ("approved", 30), ("signed", 5)], "approval_to_signing", Met, 5),
        (&[("signed", 0), ("land", 59)], "signing_to_land", Met, 59),
        (&[("signed", 0), ("land", 60)], "signing_to_land", Late, 60),
        (&[("land", 0), ("started", 90)], "land_to_construction", Late, 90),
        (&[("completed", 0), ("production", 28)], "completion_to_production", Met, 28),
        (&[("intent", 0), ("signed", 1), ("production", 200)], "intent_to_production", Met, 201),
        // The first of two counts at either end.
        (&[("approved", 0), ("approved", 10), ("signed", 5), ("signed", 40)], "approval_to_signing", Met, 15),
        // What stands before the start stops nothing.
        (&[("signed", 0), ("approved", 1), ("signed", 2)], "approval_to_signing", Met, 2),
    ] {
        let project = project("1", day, events);
        let readings = phases.clocks_of(&project, TODAY, WorkCalendar::china());
        let reading = readings.iter().find(|r| r.clock == clock).unwrap_or_else(|| panic!("{clock} of {events:?}"));
        assert_eq!((reading.state, reading.days), (state, days), "{clock} of {events:?}");
        assert_eq!(reading.days_left.is_some(), matches!(state, Running | Overdue), "{clock} of {events:?}");
    }
    let mut lease = project("1", day, &[("signed", 0)]);
    lease.kind = Some(ProjectKind::Lease);
    assert!(phases.clocks_of(&lease, TODAY, WorkCalendar::china()).is_empty(), "a lease waits for no land");
}

#[test]
fn a_target_in_working_days_leaves_out_holidays_and_says_where_it_guesses() {
    let text = serde_json::to_string(&Phases::default()).expect("JSON").replacen(r#"{"months":1}"#, r#"{"working_days":10}"#, 1);
    let phases = Phases::from_json(&text).expect("sound");
    for (from, due, estimated) in [
        (Date::constant(2026, 2, 13), Date::constant(2026, 3, 5), false),
        (Date::constant(2026, 12, 25), Date::constant(2027, 1, 11), true),
        (Date::constant(2026, 12, 1), Date::constant(2026, 12, 15), false),
    ] {
        let project = project("1", from, &[("approved", 0)]);
        let reading = phases.clocks_of(&project, from, WorkCalendar::china())[0];
        assert_eq!((reading.due, reading.estimated, reading.state), (Some(due), estimated, Running));
    }
}

#[test]
fn clocks_of_many_are_put_together_by_what_is_asked() {
    let phases = Phases::default();
    let day = Date::constant(2026, 1, 5);
    let mut projects = vec![
        project("1", day, &[("land", 0), ("started", 66)]),
        project("2", day, &[("land", 0), ("started", 80)]),
        project("3", day, &[("land", 0), ("started", 100)]),
        project("4", day, &[("land", 0)]),
        project("5", day, &[("land", 290)]),
        project("6", day, &[("land", 0), ("returned", 3)]),
    ];
    projects[0].officers = vec!["李".to_owned(), "王".to_owned()];
    projects[2].officers = vec!["王".to_owned()];
    let all = clocks(&projects, &phases, TODAY, WorkCalendar::china(), By::All);
    let land = &all[&("land_to_construction".to_owned(), "all".to_owned())];
    assert_eq!((land.met, land.late, land.running, land.overdue, land.returned), (2, 1, 1, 1, 1));
    assert_eq!((land.best_days, land.median_days, land.mean_days, land.worst_days), (Some(66), Some(80.0), Some(82.0), Some(100)));
    assert_eq!(land.in_time, Some(0.5));
    let officers = clocks(&projects, &phases, TODAY, WorkCalendar::china(), By::Officer);
    let of = |who: &str| &officers[&("land_to_construction".to_owned(), who.to_owned())];
    assert_eq!((of("李").mean_days, of("王").mean_days, of("王").median_days, of("").met), (Some(66.0), Some(83.0), Some(83.0), 1));
    let by_phase = clocks(&projects, &phases, TODAY, WorkCalendar::china(), By::Phase);
    let groups: Vec<&str> = by_phase.keys().map(|(_, group)| group.as_str()).collect();
    assert_eq!(groups, ["land", "started"]);
}

#[test]
fn land_is_exact_in_every_unit() {
    for (text, shown, square_metres) in [
        ("150亩", "150亩", 100_000.0),
        ("10公顷", "150亩", 100_000.0),
        ("100,000平方米", "150亩", 100_000.0),
        ("100000㎡", "150亩", 100_000.0),
        ("100000 m²", "150亩", 100_000.0),
        ("1平方公里", "1500亩", 1_000_000.0),
        ("0.1km2", "150亩", 100_000.0),
        ("1 m2", "0.0015亩", 1.0),
        ("２５．５亩", "25.5亩", 17_000.0),
        ("3 ha", "45亩", 30_000.0),
        ("1万亩", "10000亩", 20_000_000.0 / 3.0),
    ] {
        let land: Land = text.parse().unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(land.to_string(), shown, "{text}");
        assert!((land.square_metres() - square_metres).abs() < 1e-6, "{text}");
        assert!((land.mu() * 2000.0 / 3.0 - square_metres).abs() < 1e-6 && (land.hectares() * 1e4 - square_metres).abs() < 1e-6);
    }
    for (text, why) in [
        ("150", "names no unit"),
        ("-3亩", "negative"),
        ("3顷半", "not known"),
        ("亩", "no number"),
        ("1e3亩", "no number"),
        ("999999平方公里", "more than"),
        ("", "not known"),
    ] {
        let refused = text.parse::<Land>().expect_err(text);
        assert!(refused.code() == "BAD_ARGUMENT" && refused.to_string().contains(why), "{refused}");
    }
    assert_eq!(Land::default().per_mu(5), None);
}

proptest! {
    #[test]
    fn land_reads_back_as_it_was_written(tenths_of_square_metres in 0_u64..10_000_000_000) {
        let land: Land = format!("{}.{}平方米", tenths_of_square_metres / 10, tenths_of_square_metres % 10).parse().expect("land");
        prop_assert_eq!(land.to_string().parse::<Land>().expect("land"), land);
        let json = serde_json::to_string(&land).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Land>(&json).expect("land"), land);
    }

    /// In whatever order events were written down, a project stands where it stands and its clocks say the same.
    #[test]
    fn the_order_of_writing_does_not_matter(
        days in prop::collection::vec((0_i64..400, 0_usize..10), 0..12),
        shuffle in any::<prop::sample::Index>(),
    ) {
        let phases = Phases::default();
        let mut one = Project::new("1");
        for (day, event) in &days {
            let day = Date::constant(2025, 1, 1).saturating_add(jiff::ToSpan::days(*day));
            one.events.push(Event::new(day, phases.events[*event].id.clone()));
        }
        let mut other = one.clone();
        if !other.events.is_empty() {
            let at = shuffle.index(other.events.len());
            other.events.rotate_left(at);
            other.events.reverse();
        }
        prop_assert_eq!(phases.standing(&one), phases.standing(&other));
        prop_assert_eq!(
            phases.clocks_of(&one, TODAY, WorkCalendar::china()),
            phases.clocks_of(&other, TODAY, WorkCalendar::china())
        );
    }
}
