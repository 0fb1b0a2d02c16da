//! The figures of a year: those of a table that anybody can add up, and the year of one zone, told by its ledger.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};
use xiangma::ledger::{Ledger, Moment, RecordId, RecordKind};
use xiangma::pipeline::{
    Book, By, Event, Every, Issue, Phases, Project, Tasks, WorkCalendar, YearOptions, activity, clocks, funnel, portfolio, reminders,
};
use xiangma::{Currency, Date, Money, Rates};

#[allow(clippy::unnecessary_wraps, reason = "as a project has it")]
fn money(yi: f64, currency: Currency) -> Option<Money> {
    Some(Money { amount: yi * 1e8, currency })
}

fn project(number: &str, chain: &str, investment: Option<Money>, land: &str, events: &[(&str, Date)]) -> Project {
    let mut project = Project::new(number);
    project.chain = (!chain.is_empty()).then(|| chain.to_owned());
    project.investment = investment;
    project.land = (!land.is_empty()).then(|| land.parse().expect("land"));
    let event = |(event, day): &(&str, Date)| {
        let mut event = Event::new(*day, *event);
        event.note = Some("原因".to_owned());
        event
    };
    project.events = events.iter().map(event).collect();
    project
}

#[test]
fn a_year_is_what_its_projects_add_up_to() {
    let (y25, y26) = (|m, d| Date::constant(2025, m, d), |m, d| Date::constant(2026, m, d));
    let mut projects = vec![
        project("1", "oe", money(12.0, Currency::CNY), "100亩", &[("signed", y26(1, 5)), ("production", y26(6, 1))]),
        project("2", "oe", money(3.0, Currency::USD), "200亩", &[("signed", y26(3, 5))]),
        project("3", "ic", money(8.0, Currency::CNY), "", &[("signed", y26(3, 9))]),
        project("4", "", money(10.0, Currency::GBP), "50亩", &[("signed", y26(10, 30))]),
        // Returned, to come, of the year before, and of the year before but later in it.
        project("5", "oe", money(9.0, Currency::CNY), "10亩", &[("signed", y26(2, 1)), ("returned", y26(5, 1))]),
        project("6", "oe", money(9.0, Currency::CNY), "10亩", &[("signed", y26(11, 2))]),
        project("7", "ic", money(6.0, Currency::CNY), "10亩", &[("signed", y25(3, 1)), ("production", y25(6, 1))]),
        project("8", "ic", money(6.0, Currency::CNY), "10亩", &[("signed", y25(11, 2))]),
    ];
    projects[0].tax = money(0.3, Currency::CNY);
    projects[0].output = money(20.0, Currency::CNY);
    projects[6].output = money(16.0, Currency::CNY);
    projects[0].officers = vec!["李".to_owned(), "王".to_owned()];
    projects[1].officers = vec!["王".to_owned()];
    let rates = Rates { date: "2026-11-01".to_owned(), yuan: BTreeMap::from([("USD".to_owned(), 7.0)]) };
    let options = YearOptions::new(2026, y26(11, 1)).target(8).target_chain("oe").rates(rates);
    let year = portfolio(&projects, &Phases::default(), &options);
    assert_eq!((year.signed, year.signed_before), (4, 1));
    assert_eq!(year.of_target.and_then(|s| s.percent()).as_deref(), Some("50.0"));
    assert_eq!((year.in_target_chains.count, year.in_target_chains.of, year.large.count, year.large.of), (2, 3, 2, 3));
    assert_eq!((year.investment, year.tax, year.land.to_string().as_str()), (4_100_000_000, 30_000_000, "350亩"));
    // (12 + 21) 亿 on 300 亩, and 0.3 亿 on 100.
    assert_eq!((year.investment_per_mu, year.tax_per_mu), (Some(11_000_000), Some(300_000)));
    let unknown = year.unknown;
    assert_eq!((unknown.chain, unknown.investment, unknown.tax, unknown.land), (1, 1, 3, 1));
    assert_eq!(year.months.len(), 11);
    let march = &year.months[2];
    assert_eq!((march.signed.now, march.signed.before, march.signed.change), (2, 1, Some(1.0)));
    assert_eq!((march.investment.now, march.investment.before), (2_900_000_000, 600_000_000));
    let june = &year.months[5];
    assert_eq!((june.produced.now, june.output.now, june.output.before, june.output.change), (1, 2_000_000_000, 1_600_000_000, Some(0.25)));
    let named = |parts: &[xiangma::pipeline::Part]| parts.iter().map(|p| (p.name.clone(), p.signed.count)).collect::<Vec<_>>();
    assert_eq!(named(&year.by_chain), [("oe".to_owned(), 2), (String::new(), 1), ("ic".to_owned(), 1)]);
    assert_eq!(named(&year.by_officer), [(String::new(), 2), ("王".to_owned(), 2), ("李".to_owned(), 1)]);
    assert_eq!(year.phases, BTreeMap::from([(String::new(), 1), ("production".to_owned(), 2), ("signed".to_owned(), 4)]));
    // A year that is over is looked at whole.
    let before = portfolio(&projects, &Phases::default(), &YearOptions::new(2025, y26(11, 1)));
    assert_eq!((before.signed, before.months.len(), before.of_target, before.until), (2, 12, None, y25(12, 31)));
}

#[test]
fn what_is_to_come_has_not_happened() {
    let day = |m, d| Date::constant(2026, m, d);
    let mut book = Book::default();
    book.projects = vec![project("1", "oe", None, "", &[("approved", day(3, 1)), ("signed", day(3, 20)), ("returned", day(6, 1))])];
    book.issues = vec![
        serde_json::from_value(
            json!({"number": "1", "title": "用电", "raised": "2026-03-02", "assigned": "2026-03-04", "closed": "2026-04-02"}),
        )
        .expect("an issue"),
    ];
    let (phases, calendar) = (Phases::default(), WorkCalendar::china());
    for (today, phase, signed, met, running) in
        [(day(3, 10), None, 0, 0, 1), (day(3, 20), Some("signed"), 1, 1, 0), (day(6, 1), Some("signed"), 0, 1, 0)]
    {
        let standing = phases.standing_on(&book.projects[0], today);
        assert_eq!((standing.phase.map(|p| p.id.as_str()), standing.returned.is_some()), (phase, today == day(6, 1)));
        assert_eq!(portfolio(&book.projects, &phases, &YearOptions::new(2026, today)).signed, signed, "{today}");
        let all = clocks(&book.projects, &phases, today, calendar, By::All);
        let signing = &all[&("approval_to_signing".to_owned(), "all".to_owned())];
        assert_eq!((signing.met, signing.running), (met, running), "{today}");
        // The book of a day says the same as the day itself.
        let then = book.clone().as_of(today);
        assert_eq!(phases.standing(&then.projects[0]), standing);
        assert_eq!(activity(&then, &phases, day(1, 1), today), activity(&book, &phases, day(1, 1), today));
    }
    assert_eq!((book.clone().as_of(day(3, 5)).issues[0].closed, book.as_of(day(3, 1)).issues.len()), (None, 0));
}

#[test]
fn what_is_due_is_told_the_longest_overdue_first() {
    let day = |m, d| Date::constant(2026, m, d);
    let mut book = Book::default();
    book.projects = vec![
        project("1", "oe", None, "", &[("approved", day(9, 1))]),
        project("2", "oe", None, "", &[("approved", day(10, 10))]),
        project("3", "oe", None, "", &[("approved", day(10, 30))]),
    ];
    let issue = |number: &str, more: Value| {
        let mut all = json!({"number": number, "title": "用电扩容", "raised": "2026-10-20"});
        all.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
        serde_json::from_value::<Issue>(all).expect("an issue")
    };
    book.issues = vec![
        issue("1", json!({"assigned": "2026-10-21", "due": "2026-10-30"})),
        issue("2", json!({})),
        issue("3", json!({"closed": "2026-10-25", "due": "2026-10-22"})),
        issue("4", json!({"assignee": "供电公司", "due": "2026-12-30"})),
    ];
    let due = reminders(&book, &Phases::default(), day(11, 1), 14, WorkCalendar::china());
    let told: Vec<(Date, &str, &str)> = due.iter().map(|r| (r.due, r.kind, r.about.as_str())).collect();
    assert_eq!(
        told,
        [(day(10, 1), "clock", "1"), (day(10, 20), "issue_unassigned", "2"), (day(10, 30), "issue", "1"), (day(11, 10), "clock", "2")]
    );
    assert!(due[0].zh.contains("上会即签约：期限 2026-10-01，已超期") && due[0].en.contains("due on 2026-10-01, overdue"), "{due:?}");
}

proptest! {
    /// Parts add up to the whole, and the order of the projects says nothing.
    #[test]
    fn parts_add_up(
        all in prop::collection::vec((0_i64..800, 0_usize..3, prop::option::of(1_u32..40), prop::option::of(1_u32..900)), 0..40),
        turn in any::<prop::sample::Index>(),
    ) {
        let make = |(number, (day, chain, yi, mu)): (usize, &(i64, usize, Option<u32>, Option<u32>))| {
            let day = Date::constant(2025, 1, 1).saturating_add(jiff::ToSpan::days(*day));
            let investment = yi.and_then(|yi| money(f64::from(yi), Currency::CNY));
            let land = mu.map_or_else(String::new, |mu| format!("{mu}亩"));
            project(&number.to_string(), ["", "oe", "ic"][*chain], investment, &land, &[("signed", day)])
        };
        let mut projects: Vec<Project> = all.iter().enumerate().map(make).collect();
        let options = YearOptions::new(2026, Date::constant(2026, 11, 1)).target_chain("oe");
        let year = portfolio(&projects, &Phases::default(), &options);
        let sum = |parts: &[xiangma::pipeline::Part]| parts.iter().map(|p| (p.signed.count, p.investment)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        prop_assert_eq!(sum(&year.by_chain), (year.signed, year.investment));
        prop_assert_eq!(sum(&year.by_kind), (year.signed, year.investment));
        prop_assert_eq!(year.months.iter().map(|m| m.signed.now).sum::<i64>(), i64::from(year.signed));
        prop_assert_eq!(year.months.iter().map(|m| m.investment.now).sum::<i64>(), year.investment);
        prop_assert_eq!(year.in_target_chains.of + year.unknown.chain, year.signed);
        prop_assert_eq!(year.large.of + year.unknown.investment, year.signed);
        if !projects.is_empty() {
            let at = turn.index(projects.len());
            projects.rotate_left(at);
        }
        prop_assert_eq!(portfolio(&projects, &Phases::default(), &options), year);
    }
}

const OFFICERS: [&str; 3] = ["李", "王", "赵"];

/// The ledger of one zone, written as its team would have.
struct Zone {
    ledger: Ledger,
    now: Moment,
}

impl Zone {
    fn write(&mut self, on: &str, fields: &[(&str, Value)]) {
        let id: RecordId = on.parse().expect("a record");
        self.tick();
        self.ledger.change(&id, fields.iter().cloned(), "李", self.now).unwrap_or_else(|e| panic!("{e}"));
    }

    fn event(&mut self, project: &str, event: &str, day: Date) {
        self.tick();
        let fields = [("project", json!(project)), ("event", json!(event)), ("day", json!(day))];
        self.ledger.add(RecordKind::Event, fields, "李", self.now).unwrap_or_else(|e| panic!("{e}"));
    }

    fn tick(&mut self) {
        self.now += jiff::SignedDuration::from_secs(60);
    }
}

fn after(day: Date, days: i64) -> Date {
    day.saturating_add(jiff::ToSpan::days(days))
}

/// Of forty projects whose construction has begun: days from land to start, 82 on average, 66 at the least.
fn land_to_start(n: i64) -> i64 {
    match n {
        0 => 66,
        1 => 98,
        // 70 and 94, 78 and 86, over and over.
        n => [70, 94, 78, 86][(n as usize - 2) % 4],
    }
}

/// Fifty-three projects signed in 2023, forty the year before, ninety-seven in talks; 2,700 visits and thirty trips; 410 issues.
fn zone() -> Ledger {
    let mut zone = Zone { ledger: Ledger::new(), now: "2023-01-03T01:00:00Z".parse().expect("a moment") };
    let (first, yi) = (Date::constant(2023, 1, 3), |n: f64| json!({"amount": n * 1e8, "currency": "CNY"}));
    for n in 0..53_i64 {
        let number = format!("2023-{:03}", n + 1);
        let on = format!("project:{number}");
        zone.write(
            &on,
            &[
                ("name", json!(format!("示例项目{}", n + 1))),
                ("kind", json!("land_supply")),
                ("enterprise", json!(format!("示例{n}公司|"))),
                ("district", json!(["东区", "西区", "南区"][n as usize % 3])),
                ("officers", json!(vec![OFFICERS[n as usize % 3]])),
                ("contact_verified", json!(true)),
                ("investment", yi(11.0 + 0.5 * n as f64)),
                ("tax", yi(0.6)),
                ("output", yi(20.0)),
                ("land", json!(format!("{}亩", 100 + n))),
                ("energy", json!(3000)),
                ("jobs", json!(200)),
            ],
        );
        // Of one the chain is not known yet; half of the others are on the two that are wanted most.
        if n < 52 {
            zone.write(&on, &[("chain", json!(["optoelectronics", "new_energy", "integrated_circuit", "new_materials"][n as usize % 4]))]);
        }
        // A project every four days; three of them were signed in five weeks after their approval, the others in four.
        let approved = after(first, 4 * n);
        let signed = after(approved, if n % 20 == 10 { 35 } else { 28 });
        zone.event(&number, "intent", after(approved, -40));
        zone.event(&number, "approved", approved);
        zone.event(&number, "signed", signed);
        if n >= 47 {
            continue;
        }
        let land = after(signed, 40);
        zone.event(&number, "land_approved", after(signed, 20));
        zone.event(&number, "land", land);
        if n < 40 {
            let started = after(land, land_to_start(n));
            zone.event(&number, "started", started);
            if n < 21 {
                zone.event(&number, "completed", after(started, 90));
            }
            if n < 12 {
                zone.event(&number, "production", after(started, 90 + 25));
            }
        }
    }
    for n in 0..97 {
        let number = format!("2023-T{:03}", n + 1);
        zone.write(&format!("project:{number}"), &[("name", json!("在谈项目")), ("kind", json!("fund")), ("officers", json!(["赵"]))]);
        zone.event(&number, "intent", after(first, 3 * n));
    }
    for n in 0..40 {
        let number = format!("2022-{:03}", n + 1);
        zone.write(&format!("project:{number}"), &[("name", json!("上年项目")), ("kind", json!("lease")), ("investment", yi(2.0))]);
        zone.event(&number, "intent", after(Date::constant(2022, 1, 4), 5 * n));
        zone.event(&number, "signed", after(Date::constant(2022, 2, 8), 5 * n));
        zone.event(&number, "production", after(Date::constant(2022, 5, 3), 5 * n));
    }
    for n in 0..2_700_i64 {
        let day = after(Date::constant(2023, 1, 1), n % 365);
        let mut fields = vec![("day", json!(day)), ("officers", json!(vec![OFFICERS[n as usize % 3]]))];
        // Thirty trips to two enterprises each; the other visits go to residents.
        if n < 60 {
            fields.push(("trip", json!(format!("2023-{:02}", n / 2 + 1))));
            fields.push(("enterprise", json!(format!("外地{n}公司|"))));
        } else {
            fields.push(("enterprise", json!(format!("园区{}公司|", n % 800))));
        }
        zone.write(&format!("visit:{:04}", n + 1), &fields);
    }
    for n in 0..410_i64 {
        let raised = after(Date::constant(2023, 1, 5), n % 300);
        let mut fields = vec![("title", json!("企业诉求")), ("raised", json!(raised)), ("assigned", json!(after(raised, 1)))];
        if n < 395 {
            fields.push(("closed", json!(after(raised, 6 + n % 5))));
        }
        zone.write(&format!("issue:{:03}", n + 1), &fields);
    }
    zone.ledger
}

/// Every figure that the zone tells of its year comes out of its ledger.
#[test]
fn the_year_of_one_zone_comes_out_of_its_ledger() {
    // As it comes from the file.
    let opened = Ledger::open(zone().text().as_bytes()).expect("opens");
    let (book, findings) = opened.ledger.book();
    assert!(opened.findings.is_empty() && findings.is_empty(), "{findings:?}");
    let (phases, calendar, today) = (Phases::default(), WorkCalendar::china(), Date::constant(2023, 12, 31));

    // 2,700 visits; 410 issues, 96.3 % closed; 30 trips, 60 firms, 150 projects touched.
    let year = activity(&book, &phases, Date::constant(2023, 1, 1), today);
    assert_eq!((year.visits, year.trips, year.trip_enterprises, year.projects), (2_700, 30, 60, 150));
    assert_eq!((year.issues.raised, year.issues.closed.count), (410, 395));
    assert_eq!(year.issues.closed.percent().as_deref(), Some("96.3"));
    assert_eq!(
        (year.issues.mean_days_to_assign, year.issues.mean_days_to_close, year.issues.median_days_to_close),
        (Some(1.0), Some(8.0), Some(8.0))
    );
    assert_eq!(year.by_officer.values().sum::<u32>(), 2_700);

    // 53 projects as the target; half of them in the target chains, all over 10 亿.
    let options = YearOptions::new(2023, today).target(53).target_chain("optoelectronics").target_chain("integrated_circuit");
    let figures = portfolio(&book.projects, &phases, &options);
    assert_eq!(figures.of_target.map(|s| (s.count, s.of)), Some((53, 53)));
    assert_eq!(figures.of_target.and_then(|s| s.percent()).as_deref(), Some("100.0"));
    assert_eq!((figures.in_target_chains.percent().as_deref(), figures.unknown.chain), (Some("50.0"), 1));
    assert_eq!((figures.large.percent().as_deref(), figures.large.of), (Some("100.0"), 53));
    // 53 · 11 亿 + 0.5 亿 · (0 + … + 52), on 53 · 100 亩 + (0 + … + 52).
    assert_eq!((figures.investment, figures.land.to_string().as_str()), (127_200_000_000, "6678亩"));
    assert_eq!((figures.investment_per_mu, figures.tax), (Some(19_047_619), 3_180_000_000));
    assert_eq!((figures.signed_before, figures.months.len()), (40, 12));
    let stages = [("signed", 6), ("land", 7), ("started", 19), ("completed", 9), ("production", 52), ("intent", 97)];
    assert_eq!(figures.phases, stages.into_iter().map(|(phase, n)| (phase.to_owned(), n)).collect());

    // Land to start 82 days on average, and 66 at best; signed within a month of approval, and the rest of the targets.
    let all = clocks(&book.projects, &phases, today, calendar, By::All);
    let of = |clock: &str| &all[&(clock.to_owned(), "all".to_owned())];
    let land = of("land_to_construction");
    assert_eq!((land.mean_days, land.best_days, land.met + land.late), (Some(82.0), Some(66), 40));
    let signing = of("approval_to_signing");
    assert_eq!((signing.met, signing.late, signing.median_days, signing.worst_days), (50, 3, Some(28.0), Some(35)));
    assert_eq!((of("signing_to_land").met, of("completion_to_production").met), (47, 12));

    // Nineteen under way on a list with a backward schedule.
    let tasks = Tasks::default();
    let target = Date::constant(2024, 12, 31);
    let under_way: Vec<&Project> = book.projects.iter().filter(|p| phases.standing(p).phase.is_some_and(|s| s.id == "started")).collect();
    let schedules: Vec<_> =
        under_way.iter().map(|p| tasks.schedule_of(p, &phases, target, today, calendar).unwrap_or_else(|e| panic!("{e}"))).collect();
    assert_eq!(schedules.len(), 19);
    for schedule in &schedules {
        assert!(schedule.tasks.iter().filter(|t| t.done.is_some()).count() >= 5 && !schedule.estimated);
    }

    // Ten of the fifty-three were in talks before the year began.
    let cohorts = funnel(&book.projects, &phases, today, Every::Year);
    assert_eq!(cohorts.iter().map(|c| (c.entered.as_str(), c.projects)).collect::<Vec<_>>(), [("2022", 50), ("2023", 140)]);
    // One thing is missing, and it is said.
    let missing: Vec<String> =
        book.projects.iter().filter(|p| p.number == "2023-053").flat_map(|p| phases.check(p, today)).map(|f| f.zh).collect();
    assert_eq!(missing, ["“意向”阶段须填写：所属产业链"]);
}
