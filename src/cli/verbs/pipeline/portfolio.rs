//! `xiangma pipeline portfolio`.

use clap::Args;
use serde::Serialize;
use xiangma::pipeline::{Activity, Part, Portfolio as Figures, ProjectKind, Share, YearOptions, activity, portfolio};
use xiangma::{Date, Scorecard};

use crate::cli::failure::Failure;
use crate::cli::flags::{Lang, Out};
use crate::cli::output::{Cell, Sink, number, text};
use crate::cli::team::Team;

/// The figures of a year: target against done, what the projects are made of, visits and issues.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  xiangma pipeline portfolio team.ledger --year 2026 --target 53 --chain optoelectronics --out year.xlsx"
)]
pub(in crate::cli) struct Portfolio {
    #[command(flatten)]
    team: Team,
    /// The year; that of the day when left out.
    #[arg(long)]
    year: Option<i16>,
    /// How many projects are to be signed in it.
    #[arg(long)]
    target: Option<u32>,
    /// Id of a target chain; may be repeated.
    #[arg(long = "chain", value_name = "ID")]
    chains: Vec<String>,
    #[command(flatten)]
    out: Out,
}

#[derive(Serialize)]
struct Report {
    portfolio: Figures,
    activity: Activity,
}

impl Portfolio {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { team, year, target, chains, out } = self;
        out.check(team.inputs())?;
        let (lang, phases, today) = (out.lang, team.rules.phases()?, team.rules.day());
        let year = year.unwrap_or(today.year());
        let Ok(first) = Date::new(year, 1, 1) else { return Err(Failure::Argument(format!("--year {year}: no such year"))) };
        let book = team.book(lang)?;
        let mut options = YearOptions::new(year, today).rates(Scorecard::attraction().rates);
        options = target.into_iter().fold(options, YearOptions::target);
        options = chains.into_iter().fold(options, YearOptions::target_chain);
        let figures = portfolio(&book.projects, &phases, &options);
        let activity = activity(&book, &phases, first, figures.until);
        let report = Report { portfolio: figures, activity };
        let mut sink = Sink::new(&out, lang.pick(&["类别", "指标", "数值", "单位"], &["section", "figure", "value", "unit"]))?;
        sink.rows(&report, || Rows { lang, all: Vec::new() }.of(&report, &phases))?;
        sink.finish()
    }
}

/// The sheet as rows.
struct Rows {
    lang: Lang,
    all: Vec<Vec<Cell>>,
}

/// Yuan as 亿元 to four decimals, which is whole ten thousands of yuan.
fn yi(yuan: i64) -> f64 {
    (yuan as f64 / 1e4).round() / 1e4
}

/// Yuan as 万元.
fn wan(yuan: i64) -> f64 {
    (yuan as f64 / 100.0).round() / 100.0
}

impl Rows {
    fn say(&mut self, section: (&str, &str), figure: (&str, &str), value: Cell, unit: (&str, &str)) {
        let pick = |words: (&str, &str)| text(self.lang.pick(words.0, words.1));
        self.all.push(vec![pick(section), pick(figure), value, pick(unit)]);
    }

    fn share(&mut self, section: (&str, &str), figure: (&str, &str), share: Share) {
        let value = share.percent().and_then(|p| p.parse().ok()).map_or_else(|| text(""), Cell::Number);
        let of = format!("{} / {}", share.count, share.of);
        self.say(section, figure, value, (&format!("%（{of}）"), &format!("% ({of})")));
    }

    fn of(mut self, report: &Report, phases: &xiangma::pipeline::Phases) -> Vec<Vec<Cell>> {
        let (p, a) = (&report.portfolio, &report.activity);
        let (count, none) = (("个", "projects"), ("", ""));
        let year = ("年度目标", "the year");
        self.say(year, ("截至", "until"), text(p.until.to_string()), none);
        self.say(year, ("签约项目", "signed"), number(p.signed), count);
        self.say(year, ("上年同期签约", "signed a year before"), number(p.signed_before), count);
        if let Some(share) = p.of_target {
            self.share(year, ("完成率", "of the target"), share);
        }
        let made = ("项目结构", "what they are");
        self.share(made, ("目标产业链占比", "on target chains"), p.in_target_chains);
        self.share(made, ("10 亿元以上占比", "of 1 billion yuan or more"), p.large);
        self.say(made, ("总投资", "investment"), Cell::Number(yi(p.investment)), ("亿元", "100 million yuan"));
        self.say(made, ("年税收", "tax a year"), Cell::Number(yi(p.tax)), ("亿元", "100 million yuan"));
        self.say(made, ("用地", "land"), Cell::Number(p.land.mu()), ("亩", "mu"));
        let per_mu = ("万元/亩", "10,000 yuan a mu");
        self.say(made, ("亩均投资", "investment per mu"), p.investment_per_mu.map_or_else(|| text(""), |y| Cell::Number(wan(y))), per_mu);
        self.say(made, ("亩均税收", "tax per mu"), p.tax_per_mu.map_or_else(|| text(""), |y| Cell::Number(wan(y))), per_mu);
        let unknown = ("未填", "not known");
        let u = p.unknown;
        for (zh, en, n) in
            [("产业链", "chain", u.chain), ("总投资", "investment", u.investment), ("税收", "tax", u.tax), ("用地", "land", u.land)]
        {
            self.say(unknown, (zh, en), number(n), count);
        }
        for (id, n) in &p.phases {
            let named = phases.phase(id).map_or(("未进入", "before the first"), |p| (p.zh.as_str(), p.en.as_str()));
            self.say(("当前阶段", "phases now"), named, number(*n), count);
        }
        for m in &p.months {
            let month = (&*format!("{} 月", m.month), &*format!("month {}", m.month));
            let figure = |zh: &str, en: &str| (format!("{} {zh}", month.0), format!("{} {en}", month.1));
            let signed = figure("签约", "signed");
            self.say(("分月", "by month"), (&signed.0, &signed.1), number(m.signed.now as f64), count);
            let invested = figure("签约总投资", "investment");
            self.say(("分月", "by month"), (&invested.0, &invested.1), Cell::Number(yi(m.investment.now)), ("亿元", "100 million yuan"));
            if let Some(change) = m.investment.change {
                let grown = figure("总投资同比", "investment on the year before");
                self.say(("分月", "by month"), (&grown.0, &grown.1), Cell::Number((change * 1000.0).round() / 10.0), ("%", "%"));
            }
        }
        self.parts(("按产业链", "by chain"), &p.by_chain);
        self.parts(("按片区", "by district"), &p.by_district);
        self.parts(("按专员", "by officer"), &p.by_officer);
        self.parts(("按类型", "by kind"), &p.by_kind);
        let visits = ("走访", "visits");
        let (times, firms) = (("次", "visits"), ("家", "enterprises"));
        self.say(visits, ("走访企业", "visits"), number(a.visits), times);
        self.say(visits, ("涉及企业", "enterprises"), number(a.enterprises), firms);
        self.say(visits, ("外出招商", "trips"), number(a.trips), ("批次", "trips"));
        self.say(visits, ("外出拜访企业", "enterprises on trips"), number(a.trip_enterprises), firms);
        self.say(visits, ("跟进项目", "projects touched"), number(a.projects), count);
        let issues = ("问题", "issues");
        self.say(issues, ("收集", "raised"), number(a.issues.raised), ("件", "issues"));
        self.share(issues, ("交办率", "assigned"), a.issues.assigned);
        self.share(issues, ("办结率", "closed"), a.issues.closed);
        let days = ("天", "days");
        for (zh, en, n) in
            [("平均办结", "to close, mean", a.issues.mean_days_to_close), ("办结中位数", "to close, median", a.issues.median_days_to_close)]
        {
            self.say(issues, (zh, en), n.map_or_else(|| text(""), |n| Cell::Number((n * 10.0).round() / 10.0)), days);
        }
        self.all
    }

    fn parts(&mut self, section: (&str, &str), parts: &[Part]) {
        for part in parts {
            let kind = ProjectKind::ALL.into_iter().find(|k| k.as_str() == part.name).map(ProjectKind::words);
            let name = if part.name.is_empty() { ("未填", "not known") } else { kind.unwrap_or((&part.name, &part.name)) };
            self.share(section, name, part.signed);
        }
    }
}
