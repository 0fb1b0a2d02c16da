//! `xiangma pipeline status`.

use clap::Args;
use serde::Serialize;
use xiangma::{Date, Finding};

use crate::cli::failure::Failure;
use crate::cli::flags::Out;
use crate::cli::output::{Cell, Sink, number, text};
use crate::cli::team::Team;
use crate::cli::terminal::tell;

/// Say where each project stands, and what is missing for its next phase.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  xiangma pipeline status team.ledger --phase signed --format table")]
pub(in crate::cli) struct Status {
    #[command(flatten)]
    team: Team,
    /// Only projects in this phase.
    #[arg(long, value_name = "PHASE")]
    phase: Option<String>,
    #[command(flatten)]
    out: Out,
}

#[derive(Serialize)]
struct Row<'r> {
    number: &'r str,
    name: &'r str,
    phase: Option<&'r str>,
    since: Option<Date>,
    days: Option<i32>,
    returned: Option<Date>,
    next: Option<&'r str>,
    missing: Vec<Finding>,
}

impl Status {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { team, phase, out } = self;
        out.check(team.inputs())?;
        let (lang, phases, today) = (out.lang, team.rules.phases()?, team.rules.day());
        if let Some(asked) = phase.as_deref().filter(|asked| phases.phase(asked).is_none()) {
            let known: Vec<&str> = phases.phases.iter().map(|p| p.id.as_str()).collect();
            return Err(Failure::Argument(format!("--phase {asked}: no such phase; phases: {}", known.join(", "))));
        }
        let book = team.book(lang)?;
        let header = lang.pick(
            &["编号", "项目名称", "阶段", "进入日期", "已历天数", "下一阶段", "尚缺"],
            &["number", "name", "phase", "since", "days", "next", "missing"],
        );
        let mut sink = Sink::new(&out, header)?;
        let (mut all, mut ready) = (0, 0);
        for project in &book.projects {
            let standing = phases.standing(project);
            if phase.is_some() && (standing.phase.map(|p| p.id.as_str()) != phase.as_deref() || standing.returned.is_some()) {
                continue;
            }
            let next = phases.next(project);
            let missing = next.map(|next| phases.missing(project, next)).unwrap_or_default();
            all += 1;
            ready += usize::from(next.is_some() && missing.is_empty() && standing.returned.is_none());
            let row = Row {
                number: &project.number,
                name: &project.name,
                phase: standing.phase.map(|p| p.id.as_str()),
                since: standing.since,
                days: standing.since.map(|since| (standing.returned.unwrap_or(today) - since).get_days()),
                returned: standing.returned,
                next: next.map(|p| p.id.as_str()),
                missing,
            };
            sink.row(&row, || {
                let of = |p: Option<&xiangma::pipeline::Phase>| p.map_or("", |p| lang.pick(p.zh.as_str(), p.en.as_str())).to_owned();
                let stands = match standing.returned {
                    Some(day) => lang.pick(format!("已退库（{day}）"), format!("returned on {day}")),
                    None => of(standing.phase),
                };
                let lacks: Vec<&str> = row.missing.iter().map(|f| lang.pick(f.zh.as_str(), f.en.as_str())).collect();
                vec![
                    text(row.number),
                    text(row.name),
                    text(stands),
                    text(standing.since.map_or_else(String::new, |d| d.to_string())),
                    row.days.map_or_else(|| text(""), number),
                    text(of(next)),
                    Cell::Text(lacks.join(lang.pick("；", "; "))),
                ]
            })?;
        }
        sink.finish()?;
        tell(&lang.pick(
            format!("{all} 个项目，其中 {ready} 个可进入下一阶段"),
            format!("{all} projects, {ready} of them ready for their next phase"),
        ));
        Ok(())
    }
}
