//! The subcommands.

use std::fmt;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::{Value, json};
use xiangma::{
    AssessOptions, Catalogue, Context, Date, Enterprise, Intake, IntakeOptions, Locator, Match, Method, Park, Ranking, Reader, Scorecard,
    assess, check_chains, compare, explain, intake, lift,
};

use super::output::{Cell, Sink};
use super::{Chains, Check, Command, Lang, Out, RankArgs, decide, outcomes};

/// Why the program stops early.
#[derive(Debug)]
pub(crate) enum Failure {
    Library {
        file: Option<String>,
        error: xiangma::Error,
    },
    File {
        path: String,
        error: std::io::Error,
    },
    Output(String),
    /// A file of chains with errors; they have been listed.
    Findings,
}

impl Failure {
    pub(crate) fn exit_code(&self) -> u8 {
        match self {
            Self::Library { error, .. } if error.is_model() => 2,
            _ => 1,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Library { file: Some(file), error } => write!(f, "error[{}]: {file}: {error}", error.code()),
            Self::Library { file: None, error } => write!(f, "error[{}]: {error}", error.code()),
            Self::File { path, error } => write!(f, "error[FILE]: {path}: {error}"),
            Self::Output(what) => write!(f, "error[OUTPUT]: {what}"),
            Self::Findings => write!(f, "error[BAD_CHAIN]: the file cannot be used until the errors listed are mended"),
        }
    }
}

impl From<xiangma::Error> for Failure {
    fn from(error: xiangma::Error) -> Self {
        Self::Library { file: None, error }
    }
}

pub(crate) fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Intake { file, out } => run_intake(&file, &out),
        Command::Locate { file, chains, out } => run_locate(&file, &chains, &out),
        Command::Diagnose { residents, chains, out } => run_diagnose(&residents, &chains, &out),
        Command::Mcdm { file } => run_mcdm(&file),
        Command::Rank { file, run, top, method, out } => run_rank(&file, &run, top, &method, &out),
        Command::Robustness { file, run, top, draws, seed, spread, out } => {
            decide::robustness(&file, &run, top, draws, xiangma::DrawOptions::new().seed(seed).spread(spread * 100), &out)
        }
        Command::Compare { before, now, run, top, out } => decide::compare(&before, &now, &run, top, &out),
        Command::Weigh { panel, on, by, share, save, run, out } => {
            let by = xiangma::mcdm::DataWeights::named(&by)?;
            decide::weigh(panel.as_deref(), on.as_deref().map(|on| (on, by, share)), save.as_deref(), &run, &out)
        }
        Command::Train { file, learn, out, report } => outcomes::train(&file, learn, &out, report.as_deref()),
        Command::Predict { file, model, out, report } => outcomes::predict(&file, &model, out.as_deref(), report.as_deref()),
        Command::Evaluate { file, model } => outcomes::evaluate(&file, &model),
        Command::Alike { file, residents, best, exclude, top } => outcomes::alike(&file, &residents, best.as_deref(), &exclude, top),
        Command::Segments { file, count, exclude, seed } => outcomes::segments(&file, count, &exclude, seed),
        Command::Scorecard { card, against, out } => decide::scorecard(&card, against.as_deref(), &out),
        Command::Explain { file, name, against, into, run, out } => run_explain(&file, &name, against.as_deref(), into, &run, &out),
        Command::Chains { check: Some(Check::Check { file, on, out }), .. } => run_check(&file, on.as_deref(), &out),
        Command::Chains { check: None, chains, out } => run_chains(&chains, &out),
    }
}

fn run_mcdm(file: &Path) -> Result<(), Failure> {
    let named = |error| Failure::Library { file: Some(file.display().to_string()), error };
    for answer in xiangma::mcdm::run_cases(&read_text(file)?).map_err(named)? {
        println!("{answer}");
    }
    Ok(())
}

pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| Failure::File { path: path.display().to_string(), error })
}

pub(super) fn read_text(path: &Path) -> Result<String, Failure> {
    Ok(String::from_utf8_lossy(&read_bytes(path)?).into_owned())
}

fn read_table(path: &Path, as_of: Option<Date>) -> Result<Intake, Failure> {
    let options = as_of.map_or_else(IntakeOptions::new, |day| IntakeOptions::new().as_of(day));
    intake(&read_bytes(path)?, &options).map_err(|error| Failure::Library { file: Some(path.display().to_string()), error })
}

fn catalogue(chains: &Chains) -> Result<Catalogue, Failure> {
    let mut catalogue = Catalogue::builtin();
    if let Some(path) = &chains.own {
        let named = |error| Failure::Library { file: Some(path.display().to_string()), error };
        catalogue = catalogue.with_json(&read_text(path)?).map_err(named)?;
    }
    for id in &chains.ids {
        catalogue.chain(id)?;
    }
    Ok(catalogue)
}

pub(super) fn scorecard(name: &str) -> Result<Scorecard, Failure> {
    if let Some(preset) = Scorecard::presets().into_iter().find(|c| c.id == name) {
        return Ok(preset);
    }
    Scorecard::from_json(&read_text(Path::new(name))?).map_err(|error| Failure::Library { file: Some(name.to_owned()), error })
}

fn day(text: Option<&str>) -> Result<Date, Failure> {
    if let Some(text) = text {
        text.parse().map_err(|e| Failure::Output(format!("--as-of {text}: {e}")))
    } else {
        let days = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs() / 86_400;
        let span = jiff::Span::new().try_days(i64::try_from(days).unwrap_or(0)).map_err(|e| Failure::Output(e.to_string()))?;
        Date::constant(1970, 1, 1).checked_add(span).map_err(|e| Failure::Output(e.to_string()))
    }
}

fn locate_all(locator: &Locator, enterprises: &[Enterprise], out: &Out) -> Vec<Vec<Match>> {
    let bar = if out.quiet || enterprises.len() < 5_000 { ProgressBar::hidden() } else { ProgressBar::new(enterprises.len() as u64) };
    if let Ok(style) = ProgressStyle::with_template("{bar:40} {pos}/{len} {per_sec}") {
        bar.set_style(style);
    }
    let mut matches = Vec::with_capacity(enterprises.len());
    let mut reader = Reader::default();
    for chunk in enterprises.chunks(1_000) {
        matches.extend(chunk.iter().map(|e| locator.locate_with(e, &mut reader)));
        bar.inc(chunk.len() as u64);
    }
    bar.finish_and_clear();
    matches
}

fn run_intake(file: &Path, out: &Out) -> Result<(), Failure> {
    let table = read_table(file, None)?;
    let report = serde_json::to_value(&table.report).map_err(|e| Failure::Output(e.to_string()))?;
    let mut sink = Sink::new(out, &["field", "value"])?;
    if let Value::Object(map) = &report {
        let rows =
            map.iter().map(|(k, v)| vec![Cell::Text(k.clone()), Cell::Text(v.as_str().map_or_else(|| v.to_string(), str::to_owned))]);
        sink.one(&report, rows)?;
    }
    sink.finish()
}

fn run_locate(file: &Path, chains: &Chains, out: &Out) -> Result<(), Failure> {
    let catalogue = catalogue(chains)?;
    let table = read_table(file, None)?;
    let matches = locate_all(&Locator::new(&catalogue)?, &table.enterprises, out);
    let mut sink = Sink::new(out, &["row", "name", "chain", "link", "role", "evidence", "confidence", "score", "words", "doubt"])?;
    for (e, found) in table.enterprises.iter().zip(&matches) {
        let found: Vec<&Match> = found.iter().filter(|m| chains.ids.is_empty() || chains.ids.iter().any(|c| **c == *m.chain)).collect();
        let mut views = Vec::new();
        for m in &found {
            let mut view = serde_json::to_value(m.view(e)).map_err(|e| Failure::Output(e.to_string()))?;
            // Links split off later still say where they came from.
            view["from"] = json!(m.link.as_deref().and_then(|id| catalogue.link(id)).and_then(|(_, l)| l.from.as_deref()));
            views.push(view);
        }
        let record = json!({ "row": e.row, "name": e.name, "credit_code": e.credit_code, "matches": views });
        let cells = found.first().map_or_else(Vec::new, |m| {
            let name = m.link.as_deref().and_then(|id| catalogue.link(id)).map_or("", |(_, l)| out.lang.pick(&l.zh, &l.en));
            let words = m.spans.first().map_or("", |s| s.text(e));
            let doubt = m.doubt.map_or("", |d| out.lang.pick(d.words().0, d.words().1));
            let (sure, score) = (m.confidence.to_string(), m.score.to_string());
            [&*m.chain, name, m.role.as_str(), m.evidence.as_str(), &sure, &score, words, doubt].map(|t| Cell::Text(t.to_owned())).to_vec()
        });
        let mut row = vec![Cell::Number(f64::from(e.row)), Cell::Text(e.name.clone())];
        row.extend(cells);
        sink.row(&record, row)?;
    }
    sink.finish()
}

fn targets(chains: &Chains, catalogue: &Catalogue) -> Vec<String> {
    if chains.ids.is_empty() { catalogue.chains().iter().map(|c| c.id.clone()).collect() } else { chains.ids.clone() }
}

fn run_diagnose(residents: &Path, chains: &Chains, out: &Out) -> Result<(), Failure> {
    let catalogue = catalogue(chains)?;
    let table = read_table(residents, None)?;
    let matches = locate_all(&Locator::new(&catalogue)?, &table.enterprises, out);
    let park = Park::diagnose(&catalogue, &targets(chains, &catalogue), &table.enterprises, &matches)?;
    let mut sink = Sink::new(out, &["chain", "link", "name", "stage", "residents", "coverage", "need", "examples"])?;
    for state in &park.links {
        let name = catalogue.link(&state.link).map_or("", |(_, l)| out.lang.pick(&l.zh, &l.en)).to_owned();
        let mut record = serde_json::to_value(state).map_err(|e| Failure::Output(e.to_string()))?;
        record["name"] = json!(name);
        let stage = record["stage"].as_str().unwrap_or("").to_owned();
        let text = |t: &str| Cell::Text(t.to_owned());
        let row = vec![
            text(&state.chain),
            text(&state.link),
            text(&name),
            text(&stage),
            Cell::Number(f64::from(state.residents)),
            Cell::Number(f64::from(state.coverage)),
            text(state.need.as_str()),
            text(&state.examples.join("、")),
        ];
        sink.row(&record, row)?;
    }
    sink.finish()
}

/// Everything a ranking needs, read and assessed.
pub(super) struct Prepared {
    catalogue: Catalogue,
    pub table: Intake,
    matches: Vec<Vec<Match>>,
    park: Option<Park>,
    pub assessment: xiangma::Assessment,
}

impl Prepared {
    fn context(&self) -> Context<'_> {
        Context { catalogue: &self.catalogue, park: self.park.as_ref(), extra_columns: &self.table.extra_columns }
    }

    /// The row of an enterprise by name, credit code or part of the name.
    fn find(&self, name: &str) -> Result<usize, Failure> {
        let exact = |e: &Enterprise| e.name == name || e.credit_code.is_some_and(|c| c.as_str().eq_ignore_ascii_case(name));
        let all = &self.table.enterprises;
        let found = all.iter().position(exact).or_else(|| all.iter().position(|e| e.name.contains(name)));
        found.ok_or_else(|| Failure::Output(format!("no enterprise named `{name}` in the file")))
    }
}

pub(super) fn prepare(file: &Path, run: &RankArgs, out: &Out) -> Result<Prepared, Failure> {
    let as_of = day(run.as_of.as_deref())?;
    let card = scorecard(&run.scorecard)?;
    let catalogue = catalogue(&run.chains)?;
    let locator = Locator::new(&catalogue)?;
    let chains = targets(&run.chains, &catalogue);
    let table = read_table(file, Some(as_of))?;
    let matches = locate_all(&locator, &table.enterprises, out);
    let residents = run.residents.as_deref().map(|path| read_table(path, Some(as_of))).transpose()?;
    let residents = residents.map_or_else(Vec::new, |t| t.enterprises);
    let park = if run.residents.is_some() {
        let places = locate_all(&locator, &residents, out);
        Some(Park::diagnose(&catalogue, &chains, &residents, &places)?)
    } else {
        None
    };
    let options = AssessOptions::new(as_of).chains(chains).target_regions(run.regions.clone());
    let assessment = assess(&card, &options, &table.enterprises, &table.extra_columns, &matches, park.as_ref(), &residents)?;
    Ok(Prepared { catalogue, table, matches, park, assessment })
}

/// One line of a ranking, by the contract.
fn record(p: &Prepared, ranking: &Ranking<'_>, rank: usize, row: usize, lang: Lang) -> Option<Value> {
    let (e, found) = (&p.table.enterprises[row], &p.matches[row]);
    let reasons = explain(ranking, row, e, found, p.context())?;
    let score = ranking.score(row)?;
    let at = p.assessment.place(row, found);
    let two = |x: f64| (x * 100.0).round() / 100.0;
    let sure = p.assessment.confirmed(row, found);
    let need = p.assessment.strategy(row, found, p.park.as_ref());
    let words: Vec<Value> = reasons.reasons.iter().map(|r| json!({ "key": r.key, "text": lang.pick(&r.zh, &r.en) })).collect();
    Some(json!({
        "rank": rank,
        "row": e.row,
        "name": e.name,
        "credit_code": e.credit_code,
        "score": two(score.score),
        "low": two(score.low),
        "high": two(score.high),
        "coverage": two(score.coverage),
        "grade": ranking.grade(row),
        "chain": at.map(|m| &*m.chain),
        "link": at.and_then(|m| m.link.as_deref()),
        "confirmed": sure.is_some(),
        "role": sure.map(|m| m.role),
        "strategy": need,
        "vetoes": p.assessment.vetoes(row).map(|v| v.id.as_str()).collect::<Vec<_>>(),
        "contributions": reasons.contributions,
        "reasons": words,
        "questions": reasons.questions,
    }))
}

fn run_rank(file: &Path, run: &RankArgs, top: Option<usize>, method: &str, out: &Out) -> Result<(), Failure> {
    let method = Method::named(method)?;
    let p = prepare(file, run, out)?;
    let ranking = Ranking::new(&p.assessment);
    let top = top.unwrap_or(p.assessment.rows());
    let opinion = if method == Method::WeightedSum { None } else { Some(ranking.opinion(method)?) };
    let order = opinion.as_ref().map_or_else(|| ranking.top(top), |o| o.order.iter().copied().take(top).collect());
    let signature = ranking.signature();
    let card = p.assessment.card();
    let mut sink = Sink::new(out, &["rank", "name", "score", "low", "high", "coverage", "grade", "link", "strategy", "reasons"])?;
    for (place, row) in order.into_iter().enumerate() {
        let Some(mut record) = record(&p, &ranking, place + 1, row as usize, out.lang) else { continue };
        record["scorecard"] = json!(format!("{} {}", card.id, card.revision));
        record["signature"] = json!(signature);
        if let Some(opinion) = &opinion {
            record["method"] = json!(method);
            record["method_score"] = json!(opinion.scores[row as usize]);
        }
        let text = |key: &str| Cell::Text(record[key].as_str().unwrap_or("").to_owned());
        let number = |key: &str| Cell::Number(record[key].as_f64().unwrap_or(0.0));
        let reasons = record["reasons"]
            .as_array()
            .map_or_else(String::new, |all| all.iter().filter_map(|r| r["text"].as_str()).collect::<Vec<_>>().join("；"));
        let link = record["link"].as_str().and_then(|id| p.catalogue.link(id)).map_or("", |(_, l)| out.lang.pick(&l.zh, &l.en)).to_owned();
        let row = vec![
            number("rank"),
            text("name"),
            number("score"),
            number("low"),
            number("high"),
            number("coverage"),
            text("grade"),
            Cell::Text(link),
            text("strategy"),
            Cell::Text(reasons),
        ];
        sink.row(&record, row)?;
    }
    for id in p.assessment.left_out() {
        eprintln!("note: `{id}` is left out, nothing in this run knows it; its weight is shared among the others");
    }
    sink.finish()
}

fn run_explain(file: &Path, name: &str, against: Option<&str>, into: Option<usize>, run: &RankArgs, out: &Out) -> Result<(), Failure> {
    let p = prepare(file, run, out)?;
    let ranking = Ranking::new(&p.assessment);
    let all = &p.table.enterprises;
    let row = p.find(name)?;
    let rank = ranking.rank_of(row).unwrap_or(0);
    let Some(mut record) = record(&p, &ranking, rank, row, out.lang) else { return Ok(()) };
    record["matches"] = json!(p.matches[row].iter().map(|m| m.view(&p.table.enterprises[row])).collect::<Vec<_>>());
    record["enterprise"] = json!(all[row]);
    let mut more: Vec<(&str, String)> = Vec::new();
    if let Some(other) = against.map(|name| p.find(name)).transpose()? {
        let compared = compare(&ranking, (row, &all[row].name), (other, &all[other].name));
        more.extend(compared.iter().map(|c| ("against", out.lang.pick(&c.words.zh, &c.words.en).to_owned())));
        record["against"] = json!(compared);
    }
    if let Some(found) = into.and_then(|k| lift(&ranking, row, k, &all[row], &p.matches[row], p.context())) {
        let facts = found.facts.iter().map(|f| ("lift", f)).chain(found.together.iter().map(|f| ("lift_together", f)));
        more.extend(facts.map(|(key, f)| (key, out.lang.pick(&f.words.zh, &f.words.en).to_owned())));
        let title = |c: usize| &p.assessment.card().criteria[c].title;
        let weight =
            |w: &xiangma::WeightChange| format!("{}: {} → {}", out.lang.pick(&title(w.criterion).zh, &title(w.criterion).en), w.from, w.to);
        more.extend(found.weights.iter().map(|w| ("lift_weight", weight(w))));
        record["lift"] = json!(found);
    }
    let mut sink = Sink::new(out, &["", ""])?;
    let shown = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for key in ["name", "rank", "score", "low", "high", "coverage", "grade", "link", "strategy"] {
        rows.push(vec![Cell::Text(key.to_owned()), Cell::Text(shown(&record[key]))]);
    }
    for part in record["contributions"].as_array().into_iter().flatten() {
        let line = format!("{} × {} = {:.2}", part["weight"], part["points"], part["contribution"].as_f64().unwrap_or(0.0));
        rows.push(vec![Cell::Text(shown(&part["criterion"])), Cell::Text(line)]);
    }
    for reason in record["reasons"].as_array().into_iter().flatten() {
        rows.push(vec![Cell::Text(shown(&reason["key"])), Cell::Text(shown(&reason["text"]))]);
    }
    rows.extend(more.into_iter().map(|(key, text)| vec![Cell::Text(key.to_owned()), Cell::Text(text)]));
    sink.one(&record, rows.into_iter())?;
    sink.finish()
}

/// Findings, errors first; the exit code tells whether the file can be used.
fn run_check(file: &Path, on: Option<&Path>, out: &Out) -> Result<(), Failure> {
    let enterprises = on.map(|path| read_table(path, None)).transpose()?.map_or_else(Vec::new, |t| t.enterprises);
    let named = |error| Failure::Library { file: Some(file.display().to_string()), error };
    let mut findings = check_chains(&read_text(file)?, &enterprises).map_err(named)?;
    findings.sort_by_key(|f| !f.is_error);
    let mut sink = Sink::new(out, &["code", "error", "place", "finding"])?;
    for f in &findings {
        let record = serde_json::to_value(f).map_err(|e| Failure::Output(e.to_string()))?;
        let words = out.lang.pick(&f.zh, &f.en);
        let cells = [f.code, if f.is_error { "yes" } else { "no" }, &f.place, words].map(|t| Cell::Text(t.to_owned()));
        sink.row(&record, cells.to_vec())?;
    }
    sink.finish()?;
    let errors = findings.iter().filter(|f| f.is_error).count();
    eprintln!(
        "{}",
        out.lang.pick(
            &format!("{} 条发现，其中 {errors} 条须改正", findings.len()),
            &format!("{} findings, {errors} of them errors", findings.len())
        )
    );
    if errors > 0 { Err(Failure::Findings) } else { Ok(()) }
}

fn run_chains(chains: &Chains, out: &Out) -> Result<(), Failure> {
    let catalogue = catalogue(chains)?;
    let mut sink = Sink::new(out, &["chain", "link", "name", "stage", "terms", "feeds"])?;
    for (chain, link) in catalogue.links().filter(|(c, _)| chains.ids.is_empty() || chains.ids.contains(&c.id)) {
        let mut record = serde_json::to_value(link).map_err(|e| Failure::Output(e.to_string()))?;
        record["chain"] = json!(chain.id);
        let stage = record["stage"].as_str().unwrap_or("").to_owned();
        let cells = [&chain.id, &link.id, out.lang.pick(&link.zh, &link.en), &stage, &link.terms.join("、"), &link.feeds.join(" ")]
            .map(|t: &str| Cell::Text(t.to_owned()));
        sink.row(&record, cells.to_vec())?;
    }
    sink.finish()
}
