//! `xiangma plan shortlist`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use xiangma::plan::{Chosen, Prospect, Quota, Shortlist as List, ShortlistOptions, Tier};
use xiangma::{ChainState, CreditCode, DiagnosisRules, EnterpriseKey, Label, Match, Passages, standing_links};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::{Judging, Lang, Out};
use crate::cli::output::{Sink, number, text};
use crate::cli::sitting::Sitting;
use crate::cli::terminal::tell;

/// Choose so many candidates that together do the most: their scores, and the gaps and passages they close.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  xiangma plan shortlist candidates.csv --residents residents.csv --chain integrated_circuit --count 20 --out shortlist.jsonl\n  xiangma plan shortlist candidates.csv --residents residents.csv --chain integrated_circuit --count 20 --why 示例封测有限公司"
)]
pub(super) struct Shortlist {
    /// The file of candidates.
    file: PathBuf,
    #[command(flatten)]
    judging: Judging,
    /// How many to choose.
    #[arg(long, default_value_t = 20)]
    count: usize,
    /// How many of a kind at most: JSON of `links`, `each_link`, `regions`, `each_region`, `tiers` (leader, `mid_tier`, promising, other).
    #[arg(long, value_name = "FILE")]
    quota: Option<PathBuf>,
    /// A table of enterprises that are on the list whatever they are worth.
    #[arg(long, value_name = "FILE")]
    must: Option<PathBuf>,
    /// A table of enterprises that are not.
    #[arg(long, value_name = "FILE")]
    never: Option<PathBuf>,
    /// Say why this one is not on the list, by name or credit code.
    #[arg(long, value_name = "NAME")]
    why: Option<String>,
    #[command(flatten)]
    out: Out,
}

#[derive(Serialize)]
struct Line<'s> {
    place: usize,
    key: EnterpriseKey,
    name: &'s str,
    credit_code: Option<CreditCode>,
    province: Option<&'s str>,
    city: Option<&'s str>,
    address: Option<&'s str>,
    chain: Option<&'s str>,
    link: Option<&'s str>,
    tier: Tier,
    score: f64,
    value: f64,
    closes: &'s [String],
    passages_closed: u64,
    must: bool,
}

#[derive(Serialize)]
struct Why<'s> {
    key: EnterpriseKey,
    name: &'s str,
    on_the_list: bool,
    adds: Option<f64>,
    never: bool,
    full: Option<xiangma::plan::Full>,
    instead: Option<Instead<'s>>,
    #[serde(flatten)]
    words: Label,
}

/// Whose place it could take.
#[derive(Serialize)]
struct Instead<'s> {
    name: &'s str,
    loses: f64,
    gains: f64,
    needs: f64,
}

/// Candidates who may be chosen, in the order of the ranking.
struct Field<'s> {
    rows: Vec<usize>,
    prospects: Vec<Prospect>,
    matches: Vec<Option<&'s Match>>,
}

fn points(hundredths: u64) -> f64 {
    hundredths as f64 / 100.0
}

impl Shortlist {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { file, judging, count, quota, must, never, why, out } = self;
        let more = [&quota, &must, &never].into_iter().filter_map(Option::as_deref);
        out.check(judging.inputs().chain([file.as_path()]).chain(more))?;
        if judging.residents.is_none() {
            return Err(Failure::Argument("a shortlist closes what a park lacks: add --residents FILE".to_owned()));
        }
        let quota = quota.map(|path| Quota::from_json(&files::text(&path)?).map_err(files::of(&path))).transpose()?.unwrap_or_default();
        let sitting = Sitting::new(&file, &judging, &out)?;
        let (session, rules) = (&sitting.session, DiagnosisRules::builtin());
        let park = session.park().ok_or_else(|| Failure::Argument("there are no residents".to_owned()))?;
        let states = park.advise(session.catalogue(), &rules, &[])?;
        let field = Field::new(&sitting, &rules)?;
        let places = |path: Option<PathBuf>| path.map_or_else(|| Ok(Vec::new()), |path| named(&path, &sitting, &field, out.lang));
        let options = ShortlistOptions::new().count(count).quota(quota).must(places(must)?).never(places(never)?);
        let gaps = options.gaps(park, &states);
        let list = List::choose(&field.prospects, &gaps, &options)?;
        if let Some(name) = why {
            return self::why(&name, &sitting, &field, &list, &out);
        }
        let mut sink = Sink::new(&out, &["place", "name", "city", "link", "tier", "score", "value", "closes", "passages"])?;
        let (mut now, names) = (states.clone(), |id: &str| link_name(&sitting, id, out.lang));
        for (place, chosen) in (1..).zip(list.chosen()) {
            let Chosen { prospect, value, closes, must, .. } = chosen;
            let Some((row, prospect, at)) = field.at(*prospect) else { continue };
            let (e, passages_closed) = (sitting.enterprise(row)?, close(&sitting, &mut now, &prospect.links));
            let line = Line {
                place,
                key: e.key(),
                name: &e.name,
                credit_code: e.credit_code,
                province: e.region.province.as_deref(),
                city: e.region.city.as_deref(),
                address: e.region.address.as_deref(),
                chain: at.map(|m| &*m.chain),
                link: prospect.links.first().map(String::as_str),
                tier: prospect.tier,
                score: points(u64::from(prospect.score)),
                value: points(*value),
                closes,
                passages_closed,
                must: *must,
            };
            sink.row(&line, || {
                let (zh, en) = line.tier.words();
                vec![
                    number(place as f64),
                    text(line.name),
                    text(line.city.or(line.province).unwrap_or("")),
                    text(line.link.map_or("", &names)),
                    text(out.lang.pick(zh, en)),
                    number(line.score),
                    number(line.value),
                    text(closes.iter().map(|l| names(l)).collect::<Vec<_>>().join("、")),
                    number(passages_closed as f64),
                ]
            })?;
        }
        sink.finish()?;
        for (before, after) in states.iter().zip(&now) {
            summary(&sitting, before, after, out.lang);
        }
        Ok(())
    }
}

impl<'s> Field<'s> {
    fn new(sitting: &'s Sitting, rules: &DiagnosisRules) -> Result<Self, Failure> {
        let (session, ranking) = (&sitting.session, sitting.ranking()?);
        let assessment = ranking.assessment();
        let rows: Vec<usize> =
            ranking.top(assessment.rows()).into_iter().map(|r| r as usize).filter(|r| !assessment.is_resident(*r)).collect();
        let chains = session.target_chains();
        let on_chain = |link: &str| session.catalogue().link(link).is_some_and(|(chain, _)| chains.contains(&chain.id));
        let mut field = Self { rows: Vec::new(), prospects: Vec::new(), matches: Vec::new() };
        for row in rows {
            let matches = session.matches(row);
            let links = standing_links(session.catalogue(), &[matches.to_vec()], rules).pop().unwrap_or_default();
            let (e, score) = (sitting.enterprise(row)?, ranking.score(row).map_or(0.0, |s| s.rounded().score));
            field.prospects.push(Prospect {
                score: (score * 100.0).round() as u32,
                links: links.into_iter().filter(|l| on_chain(l)).map(str::to_owned).collect(),
                region: e.region.province.clone(),
                tier: Tier::of(e),
            });
            field.matches.push(assessment.place(row, matches));
            field.rows.push(row);
        }
        Ok(field)
    }

    fn at(&self, place: usize) -> Option<(usize, &Prospect, Option<&'s Match>)> {
        Some((*self.rows.get(place)?, self.prospects.get(place)?, self.matches.get(place).copied().flatten()))
    }
}

/// Those of the field that a table names; what it names beside them is told.
fn named(path: &Path, sitting: &Sitting, field: &Field<'_>, lang: Lang) -> Result<Vec<usize>, Failure> {
    let wanted = super::listed(path)?;
    let keys: BTreeSet<EnterpriseKey> = wanted.iter().map(|l| l.key.clone()).collect();
    let mut found = Vec::new();
    let mut seen = BTreeSet::new();
    for (place, row) in field.rows.iter().enumerate() {
        let key = sitting.enterprise(*row)?.key();
        if keys.contains(&key) {
            found.push(place);
            seen.insert(key);
        }
    }
    for unknown in wanted.iter().filter(|l| !seen.contains(&l.key)) {
        let (file, name) = (files::named(path), &unknown.name);
        tell(&lang.pick(
            format!("注意：{file} 中的“{name}”不在可选的候选企业之列"),
            format!("note: `{name}` of {file} is none of the candidates that may be chosen"),
        ));
    }
    Ok(found)
}

fn link_name<'s>(sitting: &'s Sitting, id: &str, lang: Lang) -> &'s str {
    sitting.session.catalogue().link(id).map_or("", |(_, l)| lang.pick(&l.zh, &l.en))
}

/// Fills links in the states of chains, and says how many passages that closes.
fn close(sitting: &Sitting, states: &mut [ChainState], links: &[String]) -> u64 {
    let mut closed = 0;
    for state in states {
        let Ok(chain) = sitting.session.catalogue().chain(&state.chain) else { continue };
        let own = |link: &str| links.iter().any(|l| l == link);
        let new: Vec<&str> = chain.links.iter().map(|l| l.id.as_str()).filter(|l| own(l) && !state.passages.is_filled(l)).collect();
        if new.is_empty() {
            continue;
        }
        let passages = Passages::new(chain, &|link| state.passages.is_filled(link) || own(link));
        closed += passages.whole() - state.passages.whole();
        let counted = |link: &str| chain.links.iter().any(|l| l.id == link && !l.peripheral && !l.sink);
        state.filled += new.iter().filter(|l| counted(l)).count() as u32;
        (state.whole, state.completeness) = (passages.whole(), (100 * state.filled / state.links.max(1)) as u8);
        state.passages = passages;
    }
    closed
}

fn summary(sitting: &Sitting, before: &ChainState, after: &ChainState, lang: Lang) {
    let chain = sitting.session.catalogue().chain(&before.chain).map_or("", |c| lang.pick(&c.zh, &c.en));
    let (a, b, total) = (before.whole, after.whole, before.total);
    let (from, to) = (before.completeness, after.completeness);
    tell(&lang.pick(
        format!("{chain}：名单全部落地后，完整度 {from}% → {to}%，贯通的通路 {a} → {b}（共 {total} 条）"),
        format!("{chain}: with the whole list here, completeness {from}% → {to}%, whole passages {a} → {b} of {total}"),
    ));
}

fn why(name: &str, sitting: &Sitting, field: &Field<'_>, list: &List, out: &Out) -> Result<(), Failure> {
    let row = sitting.find(name)?;
    let e = sitting.enterprise(row)?;
    let ruled_out =
        || Failure::Argument(format!("`{}` is ruled out by a veto of the scorecard, or a resident: see `xiangma explain`", e.name));
    let place = field.rows.iter().position(|r| *r == row).ok_or_else(ruled_out)?;
    let found = list.why_not(place);
    let exchange = found.as_ref().and_then(|w| w.exchange);
    let other = match exchange.and_then(|x| field.rows.get(x.out)) {
        Some(row) => sitting.enterprise(*row)?.name.as_str(),
        None => "",
    };
    let on = || Label { zh: "已在名单上。".to_owned(), en: "it is on the list.".to_owned() };
    let record = Why {
        key: e.key(),
        name: &e.name,
        on_the_list: found.is_none(),
        adds: found.as_ref().map(|w| points(w.adds)),
        never: found.as_ref().is_some_and(|w| w.never),
        full: found.as_ref().and_then(|w| w.full.clone()),
        instead: exchange.map(|x| Instead { name: other, loses: points(x.loses), gains: points(x.gains), needs: points(x.needs) }),
        words: found.as_ref().map_or_else(on, |w| w.words(other)),
    };
    let mut sink = Sink::new(out, &["name", "why"])?;
    sink.row(&record, || vec![text(record.name), text(out.lang.of(&record.words))])?;
    sink.finish()
}
