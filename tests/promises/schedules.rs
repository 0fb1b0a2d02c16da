//! Schedules back from a target are those that somebody with a calendar would count out by hand.

use std::collections::BTreeMap;

use jiff::ToSpan;
use proptest::prelude::*;
use xiangma::Date;
use xiangma::pipeline::{Event, Phases, Project, ProjectKind, Schedule, TaskState, Tasks, WorkCalendar, check_tasks};

fn is_working(day: Date) -> bool {
    WorkCalendar::china().is_working(day).expect("known")
}

/// The nearest working day in a direction, the day itself if it is one.
fn nearest(mut day: Date, step: i64) -> Date {
    while !is_working(day) {
        day = day.saturating_add(step.days());
    }
    day
}

fn walked(mut day: Date, steps: i64) -> Date {
    for _ in 0..steps.abs() {
        day = nearest(day.saturating_add(steps.signum().days()), steps.signum());
    }
    day
}

/// Working days from the end of a day to the end of another.
fn apart(from: Date, to: Date) -> i32 {
    let (a, b, sign) = if from <= to { (from, to, 1) } else { (to, from, -1) };
    sign * (a.series(1.day()).skip(1).take_while(|d| *d <= b).filter(|d| is_working(*d)).count() as i32)
}

/// A graph of tasks: days, and for each those before it, which have lower numbers.
#[derive(Debug, Clone)]
struct Graph {
    days: Vec<u32>,
    before: Vec<Vec<usize>>,
    /// Days before today on which tasks were done.
    done: Vec<Option<i64>>,
    /// In which order the tasks stand in the file.
    places: Vec<usize>,
    target: Date,
    today: Date,
}

fn graphs() -> impl Strategy<Value = Graph> {
    (1_usize..9).prop_flat_map(|n| {
        let task = (0_u32..15, prop::collection::vec(any::<bool>(), n), prop::option::weighted(0.2, 0_i64..90));
        let places = Just((0..n).collect::<Vec<usize>>()).prop_shuffle();
        (prop::collection::vec(task, n), places, 0_i64..7000, 0_i64..400).prop_map(|(tasks, places, start, ahead)| {
            let today = Date::constant(2006, 1, 1).saturating_add(start.days());
            Graph {
                days: tasks.iter().map(|t| t.0).collect(),
                before: tasks.iter().enumerate().map(|(at, t)| (0..at).filter(|b| t.1[*b]).collect()).collect(),
                done: tasks.iter().map(|t| t.2).collect(),
                places,
                target: today.saturating_add(ahead.days()),
                today,
            }
        })
    })
}

impl Graph {
    fn schedule(&self) -> Schedule {
        let ids: Vec<String> = (0..self.days.len()).map(|at| format!("t{at}")).collect();
        let before: Vec<Vec<&str>> = self.before.iter().map(|b| b.iter().map(|at| ids[*at].as_str()).collect()).collect();
        let tasks = Tasks::of(self.places.iter().map(|at| (ids[*at].as_str(), self.days[*at], before[*at].as_slice()))).expect("sound");
        let done: BTreeMap<String, Date> =
            self.done.iter().enumerate().filter_map(|(at, d)| Some((ids[at].clone(), self.day_done((*d)?)))).collect();
        tasks.schedule(self.target, self.today, &done, WorkCalendar::china()).expect("within the calendar")
    }

    fn day_done(&self, before: i64) -> Date {
        self.today.saturating_add((-before).days())
    }

    /// The last day on which a task may end: along every path from it to the end, counted out day by day.
    fn latest_end(&self, at: usize) -> Date {
        let after = (0..self.days.len()).filter(|s| self.before[*s].contains(&at) && self.done[*s].is_none());
        after.map(|s| walked(self.latest_end(s), -i64::from(self.days[s]))).min().unwrap_or(nearest(self.target, -1))
    }

    /// The day on which a task can end at the earliest, along every path to it.
    fn earliest_end(&self, at: usize) -> Date {
        if let Some(before) = self.done[at] {
            return nearest(self.day_done(before), -1);
        }
        walked(self.earliest_begin(at), i64::from(self.days[at]))
    }

    /// The day after which it can begin.
    fn earliest_begin(&self, at: usize) -> Date {
        let yesterday = nearest(self.today.saturating_add((-1).days()), -1);
        self.before[at].iter().map(|b| self.earliest_end(*b)).fold(yesterday, Date::max)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn schedules_are_those_counted_out_along_every_path(graph in graphs()) {
        let schedule = graph.schedule();
        prop_assert_eq!(schedule.tasks.len(), graph.days.len());
        let mut seen: Vec<usize> = Vec::new();
        for task in &schedule.tasks {
            let at: usize = task.task[1..].parse().expect("a number");
            prop_assert!(graph.before[at].iter().all(|b| seen.contains(b)), "{} before what it waits for", task.task);
            seen.push(at);
            let end = graph.latest_end(at);
            let begin = walked(end, -i64::from(graph.days[at]));
            let is_milestone = graph.days[at] == 0;
            prop_assert_eq!(task.latest_end, end);
            prop_assert_eq!(task.latest_start, if is_milestone { end } else { walked(begin, 1) });
            let done = graph.done[at].map(|before| graph.day_done(before));
            prop_assert_eq!(task.done, done);
            let slack = apart(graph.earliest_end(at), end);
            prop_assert_eq!(task.slack, slack);
            if done.is_some() {
                prop_assert_eq!((task.state, task.earliest_start), (TaskState::Done, None));
                continue;
            }
            let (first, last) = (graph.earliest_begin(at), graph.earliest_end(at));
            if is_milestone {
                prop_assert_eq!(task.earliest_end, Some(if first < graph.today { graph.today } else { last }));
            } else {
                prop_assert_eq!((task.earliest_start, task.earliest_end), (Some(walked(first, 1)), Some(last)));
            }
            let state = match slack {
                _ if end < graph.today => TaskState::Overdue,
                ..0 => TaskState::Late,
                0 => TaskState::Critical,
                1.. => TaskState::Ahead,
            };
            prop_assert_eq!(task.state, state);
        }
        let last = (0..graph.days.len()).map(|at| graph.earliest_end(at)).max().expect("a task");
        prop_assert_eq!(schedule.slack, apart(last, nearest(graph.target, -1)));
        if graph.done.iter().any(Option::is_none) {
            prop_assert_eq!(schedule.possible, last.max(graph.today));
        }
    }

    /// A graph with an edge back is refused, and the circle that is named is one.
    #[test]
    fn circles_are_named(graph in graphs(), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let n = graph.days.len();
        let (mut a, mut b) = (from.index(n), to.index(n));
        if a > b {
            (a, b) = (b, a);
        }
        let mut before = graph.before.clone();
        before[a].push(b);
        if a != b && !before[b].contains(&a) {
            before[b].push(a);
        }
        let ids: Vec<String> = (0..n).map(|at| format!("t{at}")).collect();
        let names: Vec<Vec<&str>> = before.iter().map(|those| those.iter().map(|at| ids[*at].as_str()).collect()).collect();
        let tasks = Tasks::of((0..n).map(|at| (ids[at].as_str(), 1, names[at].as_slice())));
        let refused = tasks.expect_err("a circle").to_string();
        let path: Vec<usize> = refused.rsplit(": ").next().expect("a path").split(" → ").map(|t| t[1..].parse().expect("a task")).collect();
        prop_assert!(path.len() > 1 && path.first() == path.last(), "{}", refused);
        for pair in path.windows(2) {
            prop_assert!(before[pair[1]].contains(&pair[0]), "{}", refused);
        }
    }
}

fn day(month: i8, day: i8) -> Date {
    Date::constant(2026, month, day)
}

#[test]
fn a_file_of_tasks_is_told_everything_that_is_wrong_with_it() {
    let file =
        |tasks: &str| format!(r#"{{"format": "xiangma-tasks", "version": 1, "id": "own", "zh": "自定", "en": "own", "tasks": [{tasks}]}}"#);
    let task = |id: &str, more: &str| format!(r#"{{"id": "{id}", "zh": "甲", "en": "A", "days": 1{more}}}"#);
    for (tasks, codes) in [
        (String::new(), &["NO_TASKS"][..]),
        (task("", ""), &["NAME_EMPTY"]),
        ([task("a", ""), task("a", "")].join(","), &["ID_TWICE"]),
        (task("a", r#", "after": ["b", "c"]"#), &["TASK_UNKNOWN", "TASK_UNKNOWN"]),
        (task("a", r#", "after": ["a"]"#), &["CYCLE"]),
        (task("a", "").replace(": 1", ": 10001"), &["TOO_LONG"]),
        (task("a", ""), &[]),
    ] {
        let findings = check_tasks(&file(&tasks)).expect("a file of tasks");
        assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), codes, "{tasks}");
        assert_eq!(Tasks::from_json(&file(&tasks)).map_err(|e| e.code()).err(), (!codes.is_empty()).then_some("BAD_RULES"));
    }
    for wrong in [task("a", r#", "more": 1"#), task("a", "").replace(": 1", ": -1")] {
        assert_eq!(check_tasks(&file(&wrong)).expect_err("no file of tasks").code(), "BAD_RULES");
    }
    assert_eq!(check_tasks(&file(&task("a", "")).replace("1, \"id\"", "2, \"id\"")).expect("read")[0].code, "OTHER_FORMAT");
}

#[test]
fn what_cannot_be_scheduled_is_refused() {
    let tasks = Tasks::of([("a", 5, &[][..]), ("b", 2, &["a"])]).expect("sound");
    let calendar = WorkCalendar::china();
    let none = BTreeMap::new();
    let done = |id: &str, on| BTreeMap::from([(id.to_owned(), on)]);
    for (target, done, told) in [
        (day(3, 1), none.clone(), "before today"),
        (day(4, 1), done("c", day(3, 1)), "none of the tasks"),
        (day(4, 1), done("a", day(3, 3)), "after today"),
        (Date::constant(2051, 1, 1), none, "2050"),
    ] {
        let refused = tasks.schedule(target, day(3, 2), &done, calendar).expect_err(told);
        assert!(refused.code() == "BAD_ARGUMENT" && refused.to_string().contains(told), "{refused}");
    }
    let all_done = BTreeMap::from([("a".to_owned(), day(2, 2)), ("b".to_owned(), day(2, 9))]);
    let schedule = tasks.schedule(day(2, 13), day(3, 2), &all_done, calendar).expect("nothing is left to do");
    assert_eq!((schedule.possible, schedule.slack), (day(2, 9), 4));
}

/// The schedule of a project, by its kind and its events.
fn of_project(kind: ProjectKind) -> Schedule {
    let mut project = Project::new("2026-001");
    project.kind = Some(kind);
    // What was done before it went back to the pool is to be done again, and what is to come is not done.
    let earlier =
        [(Date::constant(2025, 2, 3), "approved"), (Date::constant(2025, 3, 3), "land"), (Date::constant(2025, 6, 3), "returned")];
    for (on, event) in earlier.into_iter().chain([(day(2, 9), "approved"), (day(3, 6), "signed"), (day(9, 1), "started")]) {
        project.events.push(Event::new(on, event));
    }
    let (target, today) = (Date::constant(2027, 12, 31), day(3, 16));
    Tasks::default().schedule_of(&project, &Phases::default(), target, today, WorkCalendar::china()).expect("scheduled")
}

#[test]
fn a_project_leaves_out_what_is_not_of_its_kind_and_has_done_what_its_events_say() {
    let (with_land, lease) = (of_project(ProjectKind::LandSupply), of_project(ProjectKind::Lease));
    assert_eq!(with_land.tasks.len(), lease.tasks.len() + 2);
    assert!(with_land.task("land").is_some() && lease.task("land").is_none());
    for schedule in [&with_land, &lease] {
        assert_eq!(schedule.task("board").map(|t| (t.state, t.done)), Some((TaskState::Done, Some(day(2, 9)))));
        // The review must have come before the board, and its planning was not asked for by anything that was done.
        assert_eq!(schedule.task("review").map(|t| (t.state, t.done)), Some((TaskState::Done, Some(day(2, 9)))));
        assert!(schedule.task("planning").is_some_and(|t| t.done.is_none()));
        assert!(schedule.estimated && schedule.task("production").is_some_and(|t| t.estimated));
    }
    let permit = |s: &Schedule| s.task("permit").and_then(|t| t.earliest_start);
    assert!(permit(&with_land) > permit(&lease));
    assert!(with_land.possible > lease.possible && with_land.slack < lease.slack);
}

#[test]
fn the_sheet_of_a_half_month_has_what_a_meeting_asks_for() {
    let tasks = Tasks::of([("a", 3, &[][..]), ("b", 4, &["a"]), ("c", 10, &["b"]), ("d", 1, &["c"])]).expect("sound");
    let done = BTreeMap::from([("a".to_owned(), day(3, 4))]);
    let schedule = tasks.schedule(day(3, 26), day(3, 9), &done, WorkCalendar::china()).expect("scheduled");
    let dates: Vec<_> = schedule.tasks.iter().map(|t| (t.task.as_str(), t.latest_start, t.latest_end, t.slack)).collect();
    assert_eq!(dates[1..], [("b", day(3, 6), day(3, 11), -1), ("c", day(3, 12), day(3, 25), -1), ("d", day(3, 26), day(3, 26), -1)]);
    let sheet = schedule.half_month(day(3, 9));
    assert_eq!(sheet.days, Some((day(3, 1), day(3, 15))));
    assert_eq!((sheet.done, sheet.due, sheet.to_begin), (vec!["a".to_owned()], vec!["b".to_owned()], vec!["c".to_owned()]));
    assert_eq!((sheet.late, sheet.next), (vec!["b".to_owned(), "c".to_owned(), "d".to_owned()], vec!["c".to_owned(), "d".to_owned()]));
    assert_eq!((schedule.possible, schedule.slack), (day(3, 27), -1));
}

#[test]
fn a_calendar_program_gets_lines_it_can_read() {
    let schedule = of_project(ProjectKind::LandSupply);
    let name = "一个名称很长，含有逗号,分号;与反斜杠\\的项目\n第二行的名称也不短，要折行才放得下";
    for is_chinese in [true, false] {
        let text = schedule.to_icalendar("2026-001", name, is_chinese);
        assert!(text.ends_with("END:VCALENDAR\r\n") && !text.replace("\r\n", "").contains(['\r', '\n']));
        assert!(text.split("\r\n").all(|line| line.len() <= 75));
        let unfolded = text.replace("\r\n ", "");
        let left: Vec<_> = schedule.tasks.iter().filter(|t| t.done.is_none()).collect();
        assert_eq!(unfolded.matches("BEGIN:VEVENT\r\n").count(), left.len());
        for task in left {
            let title = if is_chinese { task.zh.clone() } else { task.en.replace(',', "\\,") };
            let summary =
                format!("SUMMARY:一个名称很长，含有逗号\\,分号\\;与反斜杠\\\\的项目\\n第二行的名称也不短，要折行才放得下 {title}\r\n");
            assert!(unfolded.contains(&summary), "{summary}");
            assert!(unfolded.contains(&format!("UID:2026-001/{}@xiangma\r\n", task.task)));
        }
        // Who keeps the dates is told that they are not certain.
        assert_eq!(unfolded.contains(if is_chinese { "节假日尚未公布" } else { "not published yet" }), schedule.estimated);
    }
}
