//! `xiangma pipeline funnel`.

use clap::{Args, ValueEnum};
use xiangma::pipeline::{Every, Phases, Share, funnel, phase_times, stuck};

use crate::cli::failure::Failure;
use crate::cli::flags::{Lang, Out};
use crate::cli::output::{Cell, Sink, number, text};
use crate::cli::team::Team;

/// Say what became of projects, by when they entered; how long they stay in each phase; which are stuck.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  xiangma pipeline funnel team.ledger --every quarter --format table\n  xiangma pipeline funnel team.ledger --show times\n  xiangma pipeline funnel team.ledger --show stuck"
)]
pub(in crate::cli) struct Funnel {
    #[command(flatten)]
    team: Team,
    /// How long a cohort is.
    #[arg(long, value_enum, default_value = "month")]
    every: Length,
    /// What to show.
    #[arg(long, value_enum, default_value = "cohorts")]
    show: Show,
    #[command(flatten)]
    out: Out,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Length {
    Month,
    Quarter,
    Year,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Show {
    /// What became of those that entered together.
    Cohorts,
    /// How long projects stay in each phase, those that are in it still counted as long as they were watched.
    Times,
    /// Projects that have been in their phase longer than four fifths are.
    Stuck,
}

fn phase(phases: &Phases, id: &str, lang: Lang) -> String {
    phases.phase(id).map_or(id, |p| lang.pick(p.zh.as_str(), p.en.as_str())).to_owned()
}

fn percent(share: Share) -> Cell {
    share.percent().and_then(|p| p.parse().ok()).map_or_else(|| text(""), Cell::Number)
}

impl Funnel {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { team, every, show, out } = self;
        out.check(team.inputs())?;
        let (lang, phases, today) = (out.lang, team.rules.phases()?, team.rules.day());
        let projects = team.book(lang)?.projects;
        match show {
            Show::Cohorts => {
                let every = match every {
                    Length::Month => Every::Month,
                    Length::Quarter => Every::Quarter,
                    Length::Year => Every::Year,
                };
                let names: Vec<String> = phases.phases.iter().map(|p| lang.pick(p.zh.clone(), p.en.clone())).collect();
                let mut header = lang.pick(vec!["进入时间", "项目数"], vec!["entered", "projects"]);
                header.extend(names.iter().map(String::as_str));
                header.extend(lang.pick(["退库", "全程完成", "在办"], ["returned", "finished", "open"]));
                let mut sink = Sink::new(&out, &header)?;
                for c in funnel(&projects, &phases, today, every) {
                    sink.row(&c, || {
                        let mut cells = vec![text(&c.entered), number(c.projects)];
                        cells.extend(c.reached.iter().map(|r| number(r.projects.count)));
                        cells.extend([c.returned, c.finished, c.open].map(number));
                        cells
                    })?;
                }
                sink.finish()
            }
            Show::Times => {
                let header = lang.pick(
                    &["阶段", "进入", "进入下阶段", "退库", "在办", "转化率（%）", "中位天数", "八成天数"],
                    &["phase", "entered", "went_on", "returned", "open", "conversion_%", "median_days", "usual_days"],
                );
                let mut sink = Sink::new(&out, header)?;
                for t in phase_times(&projects, &phases, today) {
                    sink.row(&t, || {
                        let days = |d: Option<u32>| d.map_or_else(|| text(""), number);
                        let mut cells = vec![text(phase(&phases, &t.phase, lang))];
                        cells.extend([t.entered, t.went_on, t.returned, t.open].map(number));
                        cells.extend([percent(t.conversion), days(t.median_days), days(t.usual_days)]);
                        cells
                    })?;
                }
                sink.finish()
            }
            Show::Stuck => {
                let header =
                    lang.pick(&["编号", "阶段", "进入日期", "已历天数", "八成天数"], &["project", "phase", "since", "days", "usual_days"]);
                let mut sink = Sink::new(&out, header)?;
                for s in stuck(&projects, &phases, today) {
                    sink.row(&s, || {
                        let (phase, since) = (phase(&phases, &s.phase, lang), s.since.to_string());
                        vec![text(&s.project), text(phase), text(since), number(s.days), number(s.usual_days)]
                    })?;
                }
                sink.finish()
            }
        }
    }
}
