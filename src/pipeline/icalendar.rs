//! A schedule for a calendar program: iCalendar, RFC 5545.

use jiff::ToSpan;

use crate::enterprise::Date;
use crate::pipeline::schedule::Schedule;

/// Octets of a line at most, its end not counted.
const LINE: usize = 75;

impl Schedule {
    /// What is left to do as days of a calendar, each task from its latest start to its latest end.
    ///
    /// `name` is the name of the project, `number` its number, by which a calendar program finds an entry again when it is given a later schedule.
    ///
    /// ```
    /// # use std::collections::BTreeMap;
    /// # use xiangma::{Date, pipeline::{Tasks, WorkCalendar}};
    /// let tasks = Tasks::of([("permit", 5, &[][..])])?;
    /// let (target, today) = (Date::constant(2026, 3, 31), Date::constant(2026, 2, 2));
    /// let schedule = tasks.schedule(target, today, &BTreeMap::new(), WorkCalendar::china())?;
    /// let text = schedule.to_icalendar("2026-001", "光模块产线", true);
    /// assert!(text.contains("DTSTART;VALUE=DATE:20260325\r\nDTEND;VALUE=DATE:20260401\r\n"));
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    pub fn to_icalendar(&self, number: &str, name: &str, is_chinese: bool) -> String {
        let mut text = String::new();
        for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//xiangma//pipeline//ZH", "CALSCALE:GREGORIAN"] {
            fold(&mut text, line);
        }
        for task in self.tasks.iter().filter(|t| t.done.is_none()) {
            let (state_zh, state_en) = task.state.words();
            let (title, mut told) = if is_chinese {
                (&task.zh, format!("最迟开始 {}，最迟完成 {}，{state_zh}", task.latest_start, task.latest_end))
            } else {
                (&task.en, format!("begin by {}, end by {}, {state_en}", task.latest_start, task.latest_end))
            };
            if task.estimated {
                told += if is_chinese {
                    "（节假日尚未公布，日期为估算）"
                } else {
                    " (estimated: holidays are not published yet)"
                };
            }
            fold(&mut text, "BEGIN:VEVENT");
            fold(&mut text, &format!("UID:{}@xiangma", escaped(&format!("{number}/{}", task.task))));
            fold(&mut text, &format!("DTSTAMP:{}T000000Z", basic(self.today)));
            fold(&mut text, &format!("DTSTART;VALUE=DATE:{}", basic(task.latest_start)));
            // The day after the last.
            fold(&mut text, &format!("DTEND;VALUE=DATE:{}", basic(task.latest_end.saturating_add(1.day()))));
            fold(&mut text, &format!("SUMMARY:{}", escaped(&format!("{name} {title}"))));
            fold(&mut text, &format!("DESCRIPTION:{}", escaped(&told)));
            fold(&mut text, "TRANSP:TRANSPARENT");
            fold(&mut text, "END:VEVENT");
        }
        fold(&mut text, "END:VCALENDAR");
        text
    }
}

fn basic(day: Date) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => safe.extend(['\\', c]),
            '\n' => safe.push_str("\\n"),
            c if c.is_control() => {}
            c => safe.push(c),
        }
    }
    safe
}

/// Adds a line; one that is too long goes on after a space on the next, never within a character.
fn fold(text: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars() {
        if length + c.len_utf8() > LINE {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(c);
        length += c.len_utf8();
    }
    text.push_str("\r\n");
}
