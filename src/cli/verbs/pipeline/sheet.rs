//! `xiangma pipeline sheet`.

use std::path::PathBuf;

use clap::Args;
use xiangma::pipeline::{MeetingProject, Tasks, meeting};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::{Lang, Out};
use crate::cli::output::{Sink, number, text};
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
        let sheet = meeting(&book.projects, &phases, &tasks, today, &calendar);
        for (project, why) in &sheet.unscheduled {
            tell(&format!("note: {project}: {why}"));
        }
        for project in &sheet.projects {
            let MeetingProject { sheet: tasks_of, .. } = project;
            sink.row(project, || {
                let names = |ids: &[String]| text(named(&tasks, ids, lang).join(lang.pick("、", ", ")));
                vec![
                    text(&project.project),
                    text(&project.name),
                    text(project.officers.join(lang.pick("、", ", "))),
                    names(&tasks_of.done),
                    names(&tasks_of.due),
                    names(&tasks_of.to_begin),
                    names(&tasks_of.late),
                    names(&tasks_of.next),
                    number(project.slack),
                ]
            })?;
        }
        sink.finish()?;
        let late = sheet.projects.iter().filter(|p| !p.sheet.late.is_empty()).count();
        let (from, to) = sheet.days;
        let (with, without) = (sheet.projects.len(), sheet.without_target);
        tell(&lang.pick(
            format!("{from} 至 {to}：倒排项目 {with} 个，滞后 {late} 个；{without} 个在办项目没有计划投产日期"),
            format!("{from} to {to}: {with} projects scheduled, {late} of them late; {without} under way have no target"),
        ));
        Ok(())
    }
}

fn named<'t>(tasks: &'t Tasks, ids: &[String], lang: Lang) -> Vec<&'t str> {
    let task = |id: &String| tasks.tasks.iter().find(|t| t.id == *id);
    ids.iter().filter_map(task).map(|t| lang.pick(t.zh.as_str(), t.en.as_str())).collect()
}
