//! Time until something happens, as an independent program estimates it; what became of projects, as anybody can count it.

use proptest::prelude::*;
use serde::Deserialize;
use xiangma::Date;
use xiangma::pipeline::{Event, Every, Phases, Project, Survival, Watched, funnel, phase_times, stuck};

use super::data::own;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    /// The program that these are from.
    #[allow(dead_code)]
    of: String,
    cases: Vec<Case>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// Days, and whether it happened.
    watched: Vec<(u32, u8)>,
    /// A day, the share, its bounds.
    steps: Vec<Vec<f64>>,
    median: Option<u32>,
}

#[test]
fn shares_and_their_bounds_are_those_of_an_independent_program() {
    let cases: Cases = serde_json::from_str(&own("survival_cases.json")).expect("cases");
    assert_eq!(cases.cases.len(), 200);
    let mut bounded = 0;
    for (number, case) in cases.cases.iter().enumerate() {
        let survival = Survival::new(case.watched.iter().map(|(days, happened)| Watched { days: *days, happened: *happened == 1 }));
        assert_eq!(survival.steps.len(), case.steps.len(), "case {number}");
        assert_eq!(survival.median(), case.median, "case {number}");
        for (step, expected) in survival.steps.iter().zip(&case.steps) {
            assert!(step.day == expected[0] as u32 && (step.survival - expected[1]).abs() < 1e-9, "case {number}: {step:?} {expected:?}");
            assert!((survival.at(step.day) - expected[1]).abs() < 1e-9);
            if let [_, _, low, high] = expected[..] {
                let bounds = step.bounds.expect("bounds");
                assert!((bounds.0 - low).abs() < 1e-9 && (bounds.1 - high).abs() < 1e-9, "case {number}: {step:?} {expected:?}");
                bounded += 1;
            } else {
                assert!(step.bounds.is_none_or(|bounds| bounds == (1.0, 1.0)), "case {number}: {step:?}");
            }
        }
    }
    assert!(bounded > 1_000, "{bounded} bounds were compared");
}

/// Freireich's remission times under 6-MP, as textbooks print them: Greenwood's standard errors to three or four decimals.
#[test]
fn standard_errors_are_those_of_the_textbook() {
    let happened = [6, 6, 6, 7, 10, 13, 16, 22, 23].map(|days| Watched { days, happened: true });
    let censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(|days| Watched { days, happened: false });
    let survival = Survival::new(happened.into_iter().chain(censored));
    for (day, share, error) in [
        (6, 0.857, 0.0764),
        (7, 0.807, 0.0869),
        (10, 0.753, 0.0963),
        (13, 0.690, 0.1068),
        (16, 0.627, 0.1141),
        (22, 0.538, 0.1282),
        (23, 0.448, 0.1346),
    ] {
        let step = survival.steps.iter().find(|s| s.day == day).expect("a step");
        assert!((step.survival - share).abs() < 6e-4, "{step:?}");
        assert!((step.standard_error.expect("an error") - error).abs() < 6e-5, "{step:?}");
    }
    assert_eq!(survival.median(), Some(23));
}

const TODAY: Date = Date::constant(2026, 6, 30);

fn project(number: &str, events: &[(&str, i8, i8)]) -> Project {
    let mut project = Project::new(number);
    for (event, month, day) in events {
        project.events.push(Event::new(Date::constant(2026, *month, *day), *event));
    }
    project
}

/// Of March: one in production, one that left out a phase, one returned and come back in May, one still in talks.
fn some() -> Vec<Project> {
    vec![
        project(
            "1",
            &[("intent", 3, 1), ("signed", 3, 11), ("land", 3, 31), ("started", 4, 30), ("completed", 5, 20), ("production", 6, 1)],
        ),
        project("2", &[("intent", 3, 5), ("signed", 3, 25), ("started", 5, 1)]),
        project("3", &[("intent", 3, 8), ("returned", 4, 7), ("intent", 5, 1)]),
        project("4", &[("intent", 3, 31)]),
        project("5", &[("signed", 12, 1)]),
    ]
}

#[test]
fn a_cohort_tells_what_became_of_those_that_entered() {
    let phases = Phases::default();
    let cohorts = funnel(&some(), &phases, TODAY, Every::Month);
    let names: Vec<&str> = cohorts.iter().map(|c| c.entered.as_str()).collect();
    assert_eq!(names, ["2026-03", "2026-05"], "what is to come has not entered");
    let march = &cohorts[0];
    assert_eq!((march.projects, march.returned, march.finished, march.open), (4, 1, 1, 2));
    let reached: Vec<(&str, u32)> = march.reached.iter().map(|r| (r.phase.as_str(), r.projects.count)).collect();
    assert_eq!(reached, [("intent", 4), ("signed", 2), ("land", 2), ("started", 2), ("completed", 1), ("production", 1)]);
    assert_eq!(march.reached[1].projects.percent().as_deref(), Some("50.0"));
    assert_eq!((cohorts[1].projects, cohorts[1].open), (1, 1));
    let quarters = funnel(&some(), &phases, TODAY, Every::Quarter);
    assert_eq!(quarters.iter().map(|c| (c.entered.as_str(), c.projects)).collect::<Vec<_>>(), [("2026-Q1", 4), ("2026-Q2", 1)]);
    assert_eq!(funnel(&some(), &phases, TODAY, Every::Year)[0].projects, 5);
}

#[test]
fn time_in_a_phase_counts_those_that_are_in_it_still() {
    let times = phase_times(&some(), &Phases::default(), TODAY);
    let intent = &times[0];
    // Ten and twenty days; thirty until it went back; sixty and ninety-one, and still there.
    assert_eq!((intent.entered, intent.went_on, intent.returned, intent.open), (5, 2, 1, 2));
    assert_eq!(intent.conversion.percent().as_deref(), Some("66.7"));
    assert_eq!((intent.median_days, intent.usual_days), (None, None));
    assert!((intent.survival.at(20) - 0.6).abs() < 1e-12);
    let signed = &times[1];
    assert_eq!((signed.phase.as_str(), signed.entered, signed.went_on, signed.median_days), ("signed", 2, 2, Some(20)));
    assert_eq!(signed.usual_days, Some(37), "from a phase to the next that it entered, others left out");
    assert_eq!(times.len(), 5, "nobody leaves the last phase");
}

#[test]
fn who_is_past_four_fifths_of_the_others_is_stuck() {
    let phases = Phases::default();
    let went_on = |number: &str, days: i8| project(number, &[("intent", 3, 1), ("signed", 3, 1 + days)]);
    let mut projects: Vec<Project> = (1..=8).map(|n| went_on(&n.to_string(), 2 * n)).collect();
    projects.push(project("9", &[("intent", 3, 1)]));
    projects.push(project("10", &[("intent", 6, 15)]));
    let stuck_now = stuck(&projects, &phases, TODAY);
    let told: Vec<(&str, u32, u32)> = stuck_now.iter().map(|s| (s.project.as_str(), s.days, s.usual_days)).collect();
    // Of ten, one is watched for fifteen days only: after sixteen, 7/10 · (1 − 1/2) are left of those with none before.
    assert_eq!(told, [("9", 121, 16)]);
    projects.truncate(5);
    projects.push(project("9", &[("intent", 3, 1)]));
    projects.push(project("10", &[("intent", 3, 1)]));
    assert!(stuck(&projects, &phases, TODAY).is_empty(), "too few have gone on to say what is usual");
}

proptest! {
    /// Without anybody whom it has not happened to, the share is the share of those left; a share never rises, and lies within its bounds.
    #[test]
    fn a_share_falls_within_its_bounds(watched in prop::collection::vec((0_u32..50, any::<bool>()), 1..60)) {
        let all = Survival::new(watched.iter().map(|(days, _)| Watched { days: *days, happened: true }));
        for step in &all.steps {
            let left = watched.iter().filter(|(days, _)| *days > step.day).count() as f64 / watched.len() as f64;
            prop_assert!((step.survival - left).abs() < 1e-12);
        }
        let some = Survival::new(watched.iter().map(|(days, happened)| Watched { days: *days, happened: *happened }));
        let mut before = 1.0;
        for step in &some.steps {
            prop_assert!(step.survival <= before && step.survival >= 0.0);
            before = step.survival;
            if let Some((low, high)) = step.bounds {
                prop_assert!(0.0 <= low && low <= step.survival && step.survival <= high && high <= 1.0, "{:?}", step);
            }
        }
    }

    /// Everybody that entered is somewhere, once.
    #[test]
    fn cohorts_add_up(projects in prop::collection::vec(prop::collection::vec((0_usize..10, 0_i64..400), 0..8), 0..12)) {
        let phases = Phases::default();
        let made = |(number, events): (usize, &Vec<(usize, i64)>)| {
            let mut project = Project::new(number.to_string());
            for (event, day) in events {
                let day = Date::constant(2025, 8, 1).saturating_add(jiff::ToSpan::days(*day));
                project.events.push(Event::new(day, phases.events[*event].id.clone()));
            }
            project
        };
        let projects: Vec<Project> = projects.iter().enumerate().map(made).collect();
        let months = funnel(&projects, &phases, TODAY, Every::Month);
        let years = funnel(&projects, &phases, TODAY, Every::Year);
        let sum = |cohorts: &[xiangma::pipeline::Cohort]| cohorts.iter().map(|c| (c.projects, c.open)).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        prop_assert_eq!(sum(&months), sum(&years));
        for cohort in &months {
            prop_assert_eq!(cohort.projects, cohort.returned + cohort.finished + cohort.open);
            prop_assert_eq!(cohort.reached[0].projects.count, cohort.projects);
            prop_assert!(cohort.reached.windows(2).all(|pair| pair[0].projects.count >= pair[1].projects.count));
        }
        for time in phase_times(&projects, &phases, TODAY) {
            prop_assert_eq!(time.entered, time.went_on + time.returned + time.open);
        }
    }
}
