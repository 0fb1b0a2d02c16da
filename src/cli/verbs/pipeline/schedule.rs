//! `xiangma pipeline schedule`.

use std::path::PathBuf;

use clap::Args;
use xiangma::Date;
use xiangma::pipeline::Tasks;

use crate::cli::failure::Failure;
use crate::cli::files::{self, Draft};
use crate::cli::flags::{self, Lang, Out};
use crate::cli::output::{Sink, number, text};
use crate::cli::team::Team;
use crate::cli::terminal::tell;

/// Schedule a project back from the day by which it is to be in production, and forward from today.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  xiangma pipeline schedule team.ledger --project 2026-001 --target 2028-06-30 --ics 2026-001.ics --format table"
)]
pub(in crate::cli) struct Schedule {
    #[command(flatten)]
    team: Team,
    /// Number of the project.
    #[arg(long, value_name = "NUMBER")]
    project: String,
    /// The day by which it is to be in production; its own target when left out.
    #[arg(long, value_name = "DATE", value_parser = flags::day)]
    target: Option<Date>,
    /// A file of tasks of your own.
    #[arg(long, value_name = "FILE")]
    tasks: Option<PathBuf>,
    /// Write it for a calendar program to this file (iCalendar).
    #[arg(long, value_name = "FILE")]
    ics: Option<PathBuf>,
    #[command(flatten)]
    out: Out,
}

impl Schedule {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { team, project: number_of, target, tasks, ics, out } = self;
        out.check_with(team.inputs().chain(tasks.as_deref()), ics.as_deref())?;
        let (lang, phases, today) = (out.lang, team.rules.phases()?, team.rules.day());
        let tasks = match &tasks {
            Some(path) => Tasks::from_json(&files::text(path)?).map_err(files::of(path))?,
            None => Tasks::default(),
        };
        let book = team.book(lang)?;
        let Some(project) = book.projects.iter().find(|p| p.number == number_of) else {
            return Err(Failure::Argument(format!("--project {number_of}: no such project in the ledger")));
        };
        let Some(target) = target.or(project.target) else {
            return Err(Failure::Argument("the project has no target: add --target DATE, or write its field `target`".to_owned()));
        };
        let schedule = tasks.schedule_of(project, &phases, target, today, &team.rules.calendar()?)?;
        let header = lang.pick(
            &["任务", "工期（工作日）", "状态", "最早开始", "最早完成", "最迟开始", "最迟完成", "完成日期", "余量（工作日）", "是否估算"],
            &["task", "days", "state", "earliest_start", "earliest_end", "latest_start", "latest_end", "done", "slack", "estimated"],
        );
        let mut sink = Sink::new(&out, header)?;
        for t in &schedule.tasks {
            sink.row(t, || {
                let (zh, en) = t.state.words();
                let day = |d: Option<Date>| text(d.map_or_else(String::new, |d| d.to_string()));
                // Of what is done nobody asks by when it might have been.
                let open = |d: Date| day(Some(d).filter(|_| t.done.is_none()));
                vec![
                    text(lang.pick(t.zh.as_str(), t.en.as_str())),
                    number(t.days),
                    text(lang.pick(zh, en)),
                    day(t.earliest_start),
                    day(t.earliest_end),
                    open(t.latest_start),
                    open(t.latest_end),
                    day(t.done),
                    if t.done.is_none() { number(t.slack) } else { text("") },
                    text(if t.estimated && t.done.is_none() { lang.pick("是", "yes") } else { "" }),
                ]
            })?;
        }
        sink.finish()?;
        if let Some(path) = ics {
            Draft::of(&path, &schedule.to_icalendar(&project.number, &project.name, lang == Lang::Zh))?.done()?;
        }
        let (possible, slack) = (schedule.possible, schedule.slack);
        let zh = if slack < 0 { format!("滞后 {} 个工作日", -slack) } else { format!("余 {slack} 个工作日") };
        let en = if slack < 0 { format!("{} working days late", -slack) } else { format!("{slack} working days to spare") };
        let (guess_zh, guess_en) = if schedule.estimated {
            ("；部分日期的节假日尚未公布，为估算", "; some days rest on holidays that are not published yet")
        } else {
            ("", "")
        };
        tell(&lang.pick(
            format!("目标 {target}，最早可于 {possible} 投产，{zh}{guess_zh}"),
            format!("target {target}, possible from {possible}, {en}{guess_en}"),
        ));
        Ok(())
    }
}
