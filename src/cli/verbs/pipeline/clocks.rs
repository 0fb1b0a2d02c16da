//! `xiangma pipeline clocks`.

use clap::{Args, ValueEnum};
use serde::Serialize;
use xiangma::pipeline::{By, ClockSummary, Phases, ProjectKind, clocks};

use crate::cli::failure::Failure;
use crate::cli::flags::{Lang, Out};
use crate::cli::output::{Cell, Sink, number, text};
use crate::cli::team::Team;

/// Say how long projects take from an event to another, and who is in time: by clock, and by what else is asked.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  xiangma pipeline clocks team.ledger --by officer --format table\n  xiangma pipeline clocks team.ledger --each"
)]
pub(in crate::cli) struct Clocks {
    #[command(flatten)]
    team: Team,
    /// By what projects are put together.
    #[arg(long, value_enum, default_value = "all")]
    by: Group,
    /// Every clock of every project, instead.
    #[arg(long, conflicts_with = "by")]
    each: bool,
    #[command(flatten)]
    out: Out,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Group {
    All,
    Project,
    Phase,
    Officer,
    Chain,
    District,
    Kind,
}

impl Group {
    fn by(self) -> By {
        match self {
            Self::All => By::All,
            Self::Project => By::Project,
            Self::Phase => By::Phase,
            Self::Officer => By::Officer,
            Self::Chain => By::Chain,
            Self::District => By::District,
            Self::Kind => By::Kind,
        }
    }

    /// A group as people call it.
    fn named(self, group: &str, phases: &Phases, lang: Lang) -> String {
        let named = match self {
            Self::All => Some(lang.pick("全部", "all")),
            Self::Phase => phases.phase(group).map(|p| lang.pick(p.zh.as_str(), p.en.as_str())),
            Self::Kind => ProjectKind::ALL.into_iter().find(|k| k.as_str() == group).map(|k| lang.pick(k.words().0, k.words().1)),
            _ => None,
        };
        named.unwrap_or(if group.is_empty() { lang.pick("未填", "not known") } else { group }).to_owned()
    }
}

#[derive(Serialize)]
struct Row<'r> {
    clock: &'r str,
    group: &'r str,
    #[serde(flatten)]
    summary: &'r ClockSummary,
}

/// A figure with at most one decimal.
fn tenth(figure: f64) -> Cell {
    Cell::Number((figure * 10.0).round() / 10.0)
}

impl Clocks {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { team, by, each, out } = self;
        out.check(team.inputs())?;
        let (lang, phases, today, calendar) = (out.lang, team.rules.phases()?, team.rules.day(), team.rules.calendar()?);
        let book = team.book(lang)?;
        let clock = |id: &str| phases.clocks.iter().find(|c| c.id == id).map_or(id, |c| lang.pick(c.zh.as_str(), c.en.as_str())).to_owned();
        if each {
            let header = lang.pick(
                &["项目", "时限", "状态", "起算", "期限", "完成", "天数", "工作日", "剩余天数", "期限是否估算"],
                &["project", "clock", "state", "from", "due", "ended", "days", "working_days", "days_left", "estimated"],
            );
            let mut sink = Sink::new(&out, header)?;
            for project in &book.projects {
                for r in phases.clocks_of(project, today, &calendar) {
                    sink.row(&r, || {
                        let (zh, en) = r.state.words();
                        let day = |d: Option<xiangma::Date>| text(d.map_or_else(String::new, |d| d.to_string()));
                        let count = |n: Option<i32>| n.map_or_else(|| text(""), number);
                        let estimated = if r.estimated { lang.pick("是", "yes") } else { "" };
                        vec![
                            text(r.project),
                            text(clock(r.clock)),
                            text(lang.pick(zh, en)),
                            text(r.from.to_string()),
                            day(r.due),
                            day(r.ended),
                            number(r.days),
                            count(r.working_days),
                            count(r.days_left),
                            text(estimated),
                        ]
                    })?;
                }
            }
            return sink.finish();
        }
        let header = lang.pick(
            &[
                "时限",
                "分组",
                "按时完成",
                "进行中",
                "超期完成",
                "已超期",
                "已退库",
                "按时率（%）",
                "平均天数",
                "中位天数",
                "最快天数",
                "最慢天数",
            ],
            &["clock", "group", "met", "running", "late", "overdue", "returned", "in_time_%", "mean", "median", "best", "worst"],
        );
        let mut sink = Sink::new(&out, header)?;
        let all = clocks(&book.projects, &phases, today, &calendar, by.by());
        for known in &phases.clocks {
            for ((_, group), s) in all.iter().filter(|((id, _), _)| *id == known.id) {
                sink.row(&Row { clock: &known.id, group, summary: s }, || {
                    let figure = |f: Option<f64>| f.map_or_else(|| text(""), tenth);
                    let count = |n: Option<i32>| n.map_or_else(|| text(""), number);
                    vec![
                        text(clock(&known.id)),
                        text(by.named(group, &phases, lang)),
                        number(s.met),
                        number(s.running),
                        number(s.late),
                        number(s.overdue),
                        number(s.returned),
                        figure(s.in_time.map(|share| share * 100.0)),
                        figure(s.mean_days),
                        figure(s.median_days),
                        count(s.best_days),
                        count(s.worst_days),
                    ]
                })?;
            }
        }
        sink.finish()
    }
}
