//! Which days are worked, by the notices of twenty-three years.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use xiangma::Date;
use xiangma::pipeline::WorkCalendar;

use super::data::own;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    /// Working days of a year.
    years: BTreeMap<i16, u32>,
    /// A day, whether it is worked, and why.
    days: Vec<(Date, bool, String)>,
    counts: Vec<(Date, Date, u32, bool)>,
    /// A day, how many working days from it, and where that is.
    steps: Vec<(Date, i32, Date)>,
    /// Of every day of the published years, in order, `1` where it is worked and `0` where not. Two independent packages gave the same text but
    /// for one day, which one of them leaves out.
    sha256: String,
}

fn cases() -> Cases {
    serde_json::from_str(&own("workdays.json")).expect("cases")
}

#[test]
fn days_are_worked_as_the_notices_say() {
    let (cases, calendar) = (cases(), WorkCalendar::china());
    for (day, is_worked, why) in &cases.days {
        assert_eq!(calendar.is_working(*day).expect("known"), *is_worked, "{day}: {why}");
        assert_eq!(calendar.is_estimated(*day), day.year() > 2026, "{day}");
    }
    for (year, working) in &cases.years {
        let count = calendar.count(Date::constant(*year, 1, 1), Date::constant(*year, 12, 31)).expect("known");
        assert_eq!((count.working_days, count.estimated), (*working, false), "{year}");
    }
    for (from, to, working, estimated) in &cases.counts {
        let count = calendar.count(*from, *to).expect("known");
        assert_eq!((count.working_days, count.estimated), (*working, *estimated), "{from} to {to}");
    }
    for (day, steps, there) in &cases.steps {
        assert_eq!(calendar.add(*day, *steps).expect("known"), *there, "{day} {steps:+}");
    }
    let days = calendar.first().series(jiff::ToSpan::days(1)).take_while(|d| d.year() <= 2026);
    let text: String = days.map(|d| if calendar.is_working(d).expect("known") { '1' } else { '0' }).collect();
    assert_eq!(text.len(), 8401);
    let digest: String = Sha256::digest(text).iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(digest, cases.sha256);
}

#[test]
fn beyond_what_is_known_it_says_so() {
    let calendar = WorkCalendar::china();
    for refused in [
        calendar.is_working(Date::constant(2003, 12, 31)).map(|_| ()),
        calendar.is_working(Date::constant(2051, 1, 1)).map(|_| ()),
        calendar.add(Date::constant(2050, 12, 30), 20).map(|_| ()),
        calendar.add(Date::constant(2004, 1, 2), -1).map(|_| ()),
        calendar.count(Date::constant(2026, 1, 2), Date::constant(2026, 1, 1)).map(|_| ()),
    ] {
        assert_eq!(refused.expect_err("beyond").code(), "BAD_ARGUMENT");
    }
    assert_eq!((calendar.first(), calendar.last()), (Date::constant(2004, 1, 1), Date::constant(2050, 12, 31)));
}

fn file(years: &str) -> String {
    format!(
        r#"{{"format": "xiangma-holidays", "version": 1, "source": "us", "licence": "own", "taken": "2026-12-01", "years": [{years}]}}"#
    )
}

#[test]
fn a_new_notice_takes_the_place_of_an_estimate() {
    let notice = file(r#"{"year": 2027, "off": ["01-01..01-03", "02-05..02-12"], "worked": ["02-14"]}"#);
    let calendar = WorkCalendar::china().with_json(&notice).expect("sound");
    assert!(!calendar.is_estimated(Date::constant(2027, 2, 14)) && calendar.is_estimated(Date::constant(2028, 1, 1)));
    assert!(calendar.is_working(Date::constant(2027, 2, 14)).expect("known"));
    assert!(!calendar.is_working(Date::constant(2027, 2, 12)).expect("known"));
}

#[test]
fn a_file_that_breaks_a_rule_is_refused_with_its_place() {
    for (years, told) in [
        ("", "no year"),
        (r#"{"year": 2027, "off": ["02-29"], "worked": []}"#, "02-29"),
        (r#"{"year": 2027, "off": ["02-05..02-01"], "worked": []}"#, "02-05..02-01"),
        (r#"{"year": 2027, "off": ["02-05"], "worked": ["02-05"]}"#, "both off and worked"),
        (r#"{"year": 2027, "off": [], "worked": []}, {"year": 2029, "off": [], "worked": []}"#, "2028 is missing"),
        (r#"{"year": 2027, "off": [], "worked": [], "more": 1}"#, "more"),
    ] {
        let refused = WorkCalendar::from_json(&file(years)).expect_err(told);
        assert_eq!(refused.code(), "BAD_RULES", "{years}");
        assert!(refused.to_string().contains(told), "{refused}");
    }
    let later = file("").replace("\"version\": 1", "\"version\": 2");
    assert!(WorkCalendar::from_json(&later).expect_err("later").to_string().contains("version 2"));
}

proptest! {
    /// Counting and stepping are the same walk, day by day.
    #[test]
    fn counts_and_steps_agree_with_a_walk(start in 0_i64..16_000, length in 0_i64..400, steps in -200_i32..200) {
        let calendar = WorkCalendar::china();
        let on = |n: i64| calendar.first().saturating_add(jiff::ToSpan::days(n));
        let (from, to) = (on(start + 400), on(start + 400 + length));
        let is_working = |n: i64| calendar.is_working(on(n)).expect("known");
        let walked = (start + 400..=start + 400 + length).filter(|n| is_working(*n)).count();
        prop_assert_eq!(calendar.count(from, to).expect("known").working_days as usize, walked);
        let since = calendar.since(to, from).expect("known");
        prop_assert_eq!(since, walked as i32 - i32::from(is_working(start + 400)));
        prop_assert_eq!(calendar.since(from, to).expect("known"), -since);
        let (mut left, mut at) = (steps.abs(), start + 400);
        while left > 0 {
            at += i64::from(steps.signum());
            left -= i32::from(is_working(at));
        }
        prop_assert_eq!(calendar.add(from, steps).expect("known"), on(at));
    }
}
