//! Rules that a zone wrote itself: phases, tasks, days off, thresholds; and everything that is reckoned by them.

use std::collections::BTreeMap;

use xiangma::pipeline::{
    Book, By, Event, Every, Phases, Project, Tasks, WorkCalendar, YearOptions, activity, check_phases, check_tasks, clocks, funnel,
    half_month, meeting, phase_times, portfolio, reminders, status, stuck,
};
use xiangma::{Date, DiagnosisRules};

use super::DAY;
use super::cursor::Cursor;
use super::document::document;

const PHASES: &str = include_str!("../../src/pipeline/phases.json");
const TASKS: &str = include_str!("../../src/pipeline/tasks.json");
const DIAGNOSIS: &str = include_str!("../../src/park/diagnosis.json");
const HOLIDAYS: &str = r#"{"format": "xiangma-holidays", "version": 1, "source": "us", "licence": "own", "taken": "2026-11-28", "years": [
  {"year": 2026, "off": ["01-01..01-03", "02-15..02-23", "10-01..10-07"], "worked": ["02-14", "10-10"]},
  {"year": 2027, "off": ["01-01"], "worked": [], "estimated": true}]}"#;

/// The first byte says which kind of rules the rest is.
pub(super) fn rules(data: &[u8]) {
    let (kind, rest) = data.split_first().map_or((0, data), |(first, rest)| (*first, rest));
    let mut cursor = Cursor::new(rest);
    let (mut phases, mut tasks, mut calendar) = (Phases::default(), Tasks::default(), WorkCalendar::china().clone());
    match kind % 4 {
        0 => {
            let text = document(rest, &[PHASES]);
            let found = check_phases(&text);
            let Ok(own) = Phases::from_json(&text) else { return };
            assert!(found.is_ok_and(|f| f.iter().all(|f| !f.is_error)), "read, and found fault with");
            phases = own;
        }
        1 => {
            let text = document(rest, &[TASKS]);
            let found = check_tasks(&text);
            let Ok(own) = Tasks::from_json(&text) else { return };
            assert!(found.is_ok_and(|f| f.iter().all(|f| !f.is_error)), "read, and found fault with");
            tasks = own;
        }
        2 => {
            let text = document(rest, &[HOLIDAYS]);
            let Ok(own) = WorkCalendar::from_json(&text) else { return };
            let _ = WorkCalendar::china().with_json(&text);
            calendar = own;
        }
        _ => {
            let Ok(own) = DiagnosisRules::from_json(&document(rest, &[DIAGNOSIS])) else { return };
            for residents in [0, 1, 5, u32::MAX] {
                own.level(residents, u32::from(cursor.byte()), f64::from(cursor.byte()));
            }
            return;
        }
    }
    let projects: Vec<Project> = (0..=cursor.below(3)).map(|n| project(n, &phases, &mut cursor)).collect();
    let today = day(&mut cursor);
    reckon(&projects, &phases, &tasks, today, &calendar);
}

fn project(number: usize, phases: &Phases, cursor: &mut Cursor<'_>) -> Project {
    let mut project = Project::new(format!("2026-{number}"));
    project.name = cursor.text();
    project.chain = Some("optoelectronics".to_owned());
    for _ in 0..cursor.below(8) {
        let event = match phases.events.len() {
            0 => cursor.text(),
            count => phases.events[cursor.below(count)].id.clone(),
        };
        project.events.push(Event::new(day(cursor), event));
    }
    project
}

/// Days about now, and those at the ends of what there is.
fn day(cursor: &mut Cursor<'_>) -> Date {
    match cursor.byte() {
        0 => Date::MIN,
        1 => Date::MAX,
        2 => Date::constant(2003, 12, 31),
        3 => Date::constant(2051, 1, 1),
        n => Date::new(2024 + i16::from(n % 4), 1 + (cursor.byte() % 12) as i8, 1 + (cursor.byte() % 28) as i8).unwrap_or(DAY),
    }
}

/// Everything that a team asks of its projects.
pub(super) fn reckon(projects: &[Project], phases: &Phases, tasks: &Tasks, today: Date, calendar: &WorkCalendar) {
    for project in projects {
        phases.standing(project);
        phases.next(project);
        phases.check(project, today);
        for phase in &phases.phases {
            phases.missing(project, phase);
        }
        if let Ok(schedule) = tasks.schedule_of(project, phases, today, DAY, calendar) {
            schedule.half_month(today);
            schedule.to_icalendar(&project.number, &project.name, true);
        }
        phases.clocks_of(project, today, calendar);
    }
    let _ = tasks.schedule(Date::constant(2028, 1, 1), today, &BTreeMap::new(), calendar);
    clocks(projects, phases, today, calendar, By::All);
    for every in [Every::Month, Every::Year] {
        funnel(projects, phases, today, every);
    }
    phase_times(projects, phases, today);
    stuck(projects, phases, today);
    status(projects, phases, today);
    meeting(projects, phases, tasks, today, calendar);
    portfolio(projects, phases, &YearOptions::new(today.year(), today).target(10));
    let mut book = Book::default();
    book.projects = projects.to_vec();
    activity(&book, phases, DAY, today);
    reminders(&book, phases, today, 30, calendar);
    half_month(today);
    for (from, to) in [(today, DAY), (DAY, today)] {
        if let Ok(days) = calendar.count(from, to) {
            let _ = calendar.add(from, days.working_days as i32);
        }
        let _ = (calendar.since(from, to), calendar.is_working(to));
    }
    for days in [i32::MIN, -1, 0, 1, 400, i32::MAX] {
        let _ = calendar.add(today, days);
    }
}
