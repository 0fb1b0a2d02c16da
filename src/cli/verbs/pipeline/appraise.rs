//! `xiangma pipeline appraise`.

use std::path::Path;

use clap::Args;
use xiangma::Scorecard;
use xiangma::pipeline::{Appraisal, AppraisalRules, FactValue, PolicyClass, ProjectFact, Tested, Verdict, appraise};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::{Lang, Out};
use crate::cli::output::{Cell, Sink, text};
use crate::cli::team::Team;
use crate::cli::terminal::tell;

/// Say of each project whether it is let in by the thresholds of the zone, why, and what has to be asked for first.
///
/// Projects that went back to the pool are left out. With `--project` every veto, floor and criterion of one project is listed.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  xiangma pipeline appraise team.ledger --format table\n  xiangma pipeline appraise team.ledger --project 2026-001 --format table"
)]
pub(in crate::cli) struct Appraise {
    #[command(flatten)]
    team: Team,
    /// A file of thresholds of your own, or those that come with the program: `default`, `shushan`.
    #[arg(long, value_name = "FILE|PRESET", default_value = "default")]
    rules: String,
    /// Number of a project.
    #[arg(long, value_name = "NUMBER")]
    project: Option<String>,
    #[command(flatten)]
    out: Out,
}

/// The file that rules are in; none for a preset.
fn rules_file(name: &str) -> Option<&Path> {
    AppraisalRules::presets().iter().all(|rules| rules.id != name).then(|| Path::new(name))
}

fn rules(name: &str) -> Result<AppraisalRules, Failure> {
    match AppraisalRules::presets().into_iter().find(|rules| rules.id == name) {
        Some(preset) => Ok(preset),
        None => AppraisalRules::from_json(&files::text(Path::new(name))?).map_err(files::of(Path::new(name))),
    }
}

impl Appraise {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { team, rules: name, project: wanted, out } = self;
        out.check(team.inputs().chain(rules_file(&name)))?;
        let (lang, phases, rules) = (out.lang, team.rules.phases()?, rules(&name)?);
        let (book, rates) = (team.book(lang)?, Scorecard::attraction().rates);
        if let Some(number) = wanted {
            let Some(project) = book.projects.iter().find(|p| p.number == number) else {
                return Err(Failure::Argument(format!("--project {number}: no such project in the ledger")));
            };
            return detailed(&appraise(project, &rules, &rates), &out);
        }
        let header = lang.pick(
            &["编号", "项目名称", "评审结果", "得分", "最低", "最高", "及格线", "依据", "尚缺"],
            &["number", "name", "verdict", "score", "least", "most", "passes_from", "why", "missing"],
        );
        let mut sink = Sink::new(&out, header)?;
        let mut counts = Verdict::ALL.map(|verdict| (verdict, 0_u32));
        for project in book.projects.iter().filter(|p| phases.standing(p).returned.is_none()) {
            let appraisal = appraise(project, &rules, &rates);
            counts.iter_mut().filter(|(verdict, _)| *verdict == appraisal.verdict).for_each(|(_, count)| *count += 1);
            sink.row(&appraisal, || summed(&appraisal, lang))?;
        }
        sink.finish()?;
        let told = counts.map(|(verdict, count)| {
            let (zh, en) = verdict.words();
            lang.pick(format!("{zh} {count} 个"), format!("{en}: {count}"))
        });
        tell(&told.join(lang.pick("；", "; ")));
        Ok(())
    }
}

/// Hundredths of a point as points.
fn points(hundredths: u32) -> Cell {
    Cell::Number(f64::from(hundredths) / 100.0)
}

fn summed(appraisal: &Appraisal, lang: Lang) -> Vec<Cell> {
    let (zh, en) = appraisal.verdict.words();
    let between = lang.pick("；", "; ");
    let why: Vec<&str> =
        appraisal.reasons.iter().filter(|r| r.code != "FACT_MISSING").map(|r| lang.pick(r.zh.as_str(), r.en.as_str())).collect();
    let missing: Vec<&str> = appraisal.missing.iter().map(|field| lang.pick(field.words().0, field.words().1)).collect();
    vec![
        text(&appraisal.project),
        text(&appraisal.name),
        text(lang.pick(zh, en)),
        appraisal.score.map_or_else(|| text(""), points),
        points(appraisal.low),
        points(appraisal.high),
        appraisal.passes_from.map_or_else(|| text(""), points),
        text(why.join(between)),
        text(missing.join(between)),
    ]
}

/// A fact in words.
fn shown(value: Option<&FactValue>, fact: ProjectFact, lang: Lang) -> Cell {
    match value {
        None => text(lang.pick("未知", "not known")),
        Some(FactValue::Number(n)) => Cell::Number((n * 1e4).round() / 1e4),
        Some(FactValue::Flag(flag)) => text(if *flag { lang.pick("是", "yes") } else { lang.pick("否", "no") }),
        Some(FactValue::Word(word)) => {
            let class = PolicyClass::ALL.into_iter().find(|class| fact == ProjectFact::PolicyClass && class.as_str() == word);
            text(class.map_or(word.as_str(), |class| lang.pick(class.words().0, class.words().1)))
        }
    }
}

/// Every veto, floor, criterion and bonus of one project.
fn detailed(appraisal: &Appraisal, out: &Out) -> Result<(), Failure> {
    let lang = out.lang;
    let header = lang.pick(
        &["类别", "项目", "指标值", "单位", "标准", "结果", "得分", "满分", "尚缺"],
        &["section", "item", "value", "unit", "threshold", "result", "points", "of", "missing"],
    );
    let mut sink = Sink::new(out, header)?;
    sink.rows(appraisal, || {
        let mut rows = Vec::new();
        let fields = |missing: &[xiangma::pipeline::Demand]| {
            let words: Vec<&str> = missing.iter().map(|field| lang.pick(field.words().0, field.words().1)).collect();
            text(words.join(lang.pick("；", "; ")))
        };
        let limit = |limit: Option<f64>| limit.map_or_else(|| text(""), Cell::Number);
        let unit = |fact: ProjectFact| text(lang.pick(fact.unit().0, fact.unit().1));
        let mut tested =
            |section: (&str, &str), tests: &[Tested], held: (&str, &str), not: (&str, &str), most: &dyn Fn(&Tested) -> [Cell; 2]| {
                for test in tests {
                    let result = match test.holds {
                        Some(true) => lang.pick(held.0, held.1),
                        Some(false) => lang.pick(not.0, not.1),
                        None => lang.pick("未知", "not known"),
                    };
                    let [got, of] = most(test);
                    rows.push(vec![
                        text(lang.pick(section.0, section.1)),
                        text(lang.pick(test.zh.as_str(), test.en.as_str())),
                        shown(test.value.as_ref(), test.fact, lang),
                        unit(test.fact),
                        limit(test.threshold),
                        text(result),
                        got,
                        of,
                        fields(&test.missing),
                    ]);
                }
            };
        let none = |_: &Tested| [text(""), text("")];
        let added = |test: &Tested| {
            let got = test.holds.map_or_else(|| text(""), |holds| points(if holds { test.points } else { 0 }));
            [got, points(test.points)]
        };
        tested(("否决项", "veto"), &appraisal.vetoes, ("触及", "holds"), ("未触及", "does not hold"), &none);
        tested(("门槛", "floor"), &appraisal.floors, ("未达到", "missed"), ("达到", "reached"), &none);
        tested(("加分项", "bonus"), &appraisal.bonuses, ("符合", "holds"), ("不符合", "does not hold"), &added);
        for c in &appraisal.criteria {
            rows.push(vec![
                text(lang.pick("评分项", "criterion")),
                text(lang.pick(c.zh.as_str(), c.en.as_str())),
                shown(c.value.as_ref(), c.fact, lang),
                unit(c.fact),
                limit(c.threshold),
                text(""),
                c.gets.map_or_else(|| text(""), points),
                points(c.weight),
                fields(&c.missing),
            ]);
        }
        rows
    })?;
    sink.finish()?;
    let (zh, en) = appraisal.verdict.words();
    let score = |n: u32| format!("{}.{:02}", n / 100, n % 100);
    let (score_zh, score_en) = appraisal.score.map_or_else(
        || {
            let (low, high) = (score(appraisal.low), score(appraisal.high));
            (format!("得分 {low} 至 {high}"), format!("score {low} to {high}"))
        },
        |n| (format!("得分 {}", score(n)), format!("score {}", score(n))),
    );
    let (from_zh, from_en) = match appraisal.passes_from {
        Some(from) => (format!("及格线 {}", score(from)), format!("passing from {}", score(from))),
        None => ("未设及格线".to_owned(), "no passing score".to_owned()),
    };
    tell(&lang.pick(format!("{zh}；{score_zh}，{from_zh}"), format!("{en}; {score_en}, {from_en}")));
    Ok(())
}
