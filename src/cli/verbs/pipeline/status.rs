//! `xiangma pipeline status`.

use clap::Args;
use xiangma::pipeline::status;

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
        for project in status(&book.projects, &phases, today) {
            if phase.is_some() && (project.phase != phase || project.returned.is_some()) {
                continue;
            }
            all += 1;
            ready += usize::from(project.is_ready());
            sink.row(&project, || {
                let of = |id: &Option<String>| match id.as_ref().and_then(|id| phases.phase(id)) {
                    Some(phase) => lang.pick(phase.zh.clone(), phase.en.clone()),
                    None => String::new(),
                };
                let stands = match project.returned {
                    Some(day) => lang.pick(format!("已退库（{day}）"), format!("returned on {day}")),
                    None => of(&project.phase),
                };
                let lacks: Vec<&str> = project.missing.iter().map(|f| lang.pick(f.zh.as_str(), f.en.as_str())).collect();
                vec![
                    text(&project.number),
                    text(&project.name),
                    text(stands),
                    text(project.since.map_or_else(String::new, |d| d.to_string())),
                    project.days.map_or_else(|| text(""), number),
                    text(of(&project.next)),
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
