//! `xiangma pipeline sheet`.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;
use xiangma::pipeline::{HalfMonth, Schedule, Tasks, half_month};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::Out;
use crate::cli::output::{Sink, text};
use crate::cli::team::Team;
use crate::cli::terminal::tell;

/// The sheet for the meeting of the half month (半月度例会): of every project with a target, what was done, what is due, what is late, what is next.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma pipeline sheet team.ledger --as-of 2026-03-16 --out sheet.xlsx")]
pub(in crate::cli) struct Sheet {
    #[command(flatten)]
    team: Team,
    /// A file of tasks of your own.
    #[arg(long = "tasks", value_name = "FILE")]
    tasks: Option<PathBuf>,
    #[command(flatten)]
    out: Out,
}

#[derive(Serialize)]
struct Row<'r> {
    project: &'r str,
    name: &'r str,
    officers: &'r [String],
    #[serde(flatten)]
    sheet: &'r HalfMonth,
    slack: i32,
    estimated: bool,
}

impl Sheet {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { team, tasks, out } = self;
        out.check(team.inputs().chain(tasks.as_deref()))?;
        let (lang, phases, today, calendar) = (out.lang, team.rules.phases()?, team.rules.day(), team.rules.calendar()?);
        let tasks = match &tasks {
            Some(path) => Tasks::from_json(&files::text(path)?).map_err(files::of(path))?,
            None => Tasks::default(),
        };
        let book = team.book(lang)?;
        let header = lang.pick(
            &["编号", "项目名称", "专员", "本期完成", "本期应完成", "本期应启动", "滞后", "下期", "余量（工作日）"],
            &["number", "name", "officers", "done", "due", "to_begin", "late", "next", "slack"],
        );
        let mut sink = Sink::new(&out, header)?;
        let (mut with, mut without, mut late) = (0, 0, 0);
        for project in book.projects.iter().filter(|p| phases.standing(p).returned.is_none() && phases.next(p).is_some()) {
            let Some(target) = project.target else {
                without += 1;
                continue;
            };
            let schedule = match tasks.schedule_of(project, &phases, target, today, &calendar) {
                Ok(schedule) => schedule,
                Err(why) => {
                    tell(&format!("note: {why}"));
                    continue;
                }
            };
            with += 1;
            let sheet = schedule.half_month(today);
            late += usize::from(!sheet.late.is_empty());
            let row = Row {
                project: &project.number,
                name: &project.name,
                officers: &project.officers,
                sheet: &sheet,
                slack: schedule.slack,
                estimated: schedule.estimated,
            };
            sink.row(&row, || {
                let names = |ids: &[String]| text(named(&schedule, ids, lang.pick(true, false)).join(lang.pick("、", ", ")));
                vec![
                    text(&project.number),
                    text(&project.name),
                    text(project.officers.join("、")),
                    names(&sheet.done),
                    names(&sheet.due),
                    names(&sheet.to_begin),
                    names(&sheet.late),
                    names(&sheet.next),
                    crate::cli::output::number(schedule.slack),
                ]
            })?;
        }
        sink.finish()?;
        let (from, to) = half_month(today);
        tell(&lang.pick(
            format!("{from} 至 {to}：倒排项目 {with} 个，滞后 {late} 个；{without} 个在办项目没有计划投产日期"),
            format!("{from} to {to}: {with} projects scheduled, {late} of them late; {without} under way have no target"),
        ));
        Ok(())
    }
}

fn named<'s>(schedule: &'s Schedule, ids: &[String], is_chinese: bool) -> Vec<&'s str> {
    ids.iter().filter_map(|id| schedule.task(id)).map(|t| if is_chinese { t.zh.as_str() } else { t.en.as_str() }).collect()
}
