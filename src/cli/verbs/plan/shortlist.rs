//! `xiangma plan shortlist`.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use xiangma::plan::{Quota, Tier};
use xiangma::{ChainState, CreditCode, Enterprise, EnterpriseKey, Label, ListedRow, RowShortlist, ShortlistQuery};

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
        let session = &sitting.session;
        session.park().ok_or_else(|| Failure::Argument("there are no residents".to_owned()))?;
        let places = |path: Option<PathBuf>| path.map_or_else(|| Ok(Vec::new()), |path| named(&path, &sitting, out.lang));
        let mut query = ShortlistQuery::default();
        (query.count, query.quota, query.must, query.never) = (count, quota, places(must)?, places(never)?);
        let list = session.shortlist(&query)?;
        if let Some(name) = why {
            return self::why(&name, &sitting, &list, &out);
        }
        let mut sink = Sink::new(
            &out,
            out.lang.pick(
                &["序号", "企业名称", "城市", "环节", "梯队", "得分", "贡献", "补齐环节", "打通通路"],
                &["place", "name", "city", "link", "tier", "score", "value", "closes", "passages"],
            ),
        )?;
        let names = |id: &str| link_name(&sitting, id, out.lang);
        for (place, chosen) in (1..).zip(list.places()) {
            let ListedRow { row, score, value, tier, links, closes, passages_closed, must, .. } = chosen;
            let (e, at) = (
                sitting.enterprise(*row as usize)?,
                session.assessment().and_then(|a| a.place(*row as usize, session.matches(*row as usize))),
            );
            let line = Line {
                place,
                key: e.key(),
                name: &e.name,
                credit_code: e.credit_code,
                province: e.region.province.as_deref(),
                city: e.region.city.as_deref(),
                address: e.region.address.as_deref(),
                chain: at.map(|m| &*m.chain),
                link: links.first().map(String::as_str),
                tier: *tier,
                score: *score,
                value: *value,
                closes,
                passages_closed: *passages_closed,
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
                    text(closes.iter().map(|l| names(l)).collect::<Vec<_>>().join(out.lang.pick("、", "; "))),
                    number(*passages_closed as f64),
                ]
            })?;
        }
        sink.finish()?;
        if list.places().is_empty() {
            tell(out.lang.pick(
                "注意：没有可选的候选企业，或已落户，或被一票否决，或指定不列入",
                "note: there is nobody to choose: all are residents, ruled out by a veto, or named as not to be chosen",
            ));
        }
        for (before, after) in list.before().iter().zip(list.after()) {
            summary(&sitting, before, after, out.lang);
        }
        Ok(())
    }
}

/// The candidates that a table names; what it names beside them, or who may not be chosen, is told.
fn named(path: &Path, sitting: &Sitting, lang: Lang) -> Result<Vec<u32>, Failure> {
    let (session, mut rows) = (&sitting.session, Vec::new());
    let may_be_chosen = |row: &usize| session.assessment().is_some_and(|assessment| assessment.may_be_chosen(*row));
    // Of those of one key, the first that may be chosen. A table of names alone tells no codes: there a name is whoever alone bears it.
    let (mut by_key, mut by_name) = (BTreeMap::new(), BTreeMap::new());
    for (row, e) in session.candidates().iter().enumerate().filter(|(row, _)| may_be_chosen(row)) {
        if let Entry::Vacant(first) = by_key.entry(e.key()) {
            first.insert(row);
            let name = Enterprise { name: e.name.clone(), ..Enterprise::default() }.key();
            by_name.entry(name).and_modify(|one| *one = None).or_insert(Some(row));
        }
    }
    for wanted in super::listed(path)? {
        let found = by_key.get(&wanted.key).copied().or_else(|| by_name.get(&wanted.key).copied().flatten());
        if let Some(row) = found {
            rows.push(row as u32);
            continue;
        }
        let (file, name) = (files::named(path), &wanted.name);
        tell(&lang.pick(
            format!("注意：{file} 中的“{name}”不在可选的候选企业之列"),
            format!("note: `{name}` of {file} is none of the candidates that may be chosen"),
        ));
    }
    Ok(rows)
}

fn link_name<'s>(sitting: &'s Sitting, id: &str, lang: Lang) -> &'s str {
    sitting.session.catalogue().link(id).map_or("", |(_, l)| lang.pick(&l.zh, &l.en))
}

fn summary(sitting: &Sitting, before: &ChainState, after: &ChainState, lang: Lang) {
    let chain = sitting.session.catalogue().chain(&before.chain).map_or("", |c| lang.pick(&c.zh, &c.en));
    let (a, b, total) = (before.whole, after.whole, before.total);
    let (from, to) = (before.completeness, after.completeness);
    let complete = if from == to { format!("仍为 {to}%") } else { format!("由 {from}% 提高到 {to}%") };
    let whole = if a == b { format!("仍为 {b} 条") } else { format!("由 {a} 条增加到 {b} 条") };
    tell(&lang.pick(
        format!("{chain}：名单企业全部落地后，完整度{complete}，贯通的通路{whole}（共 {total} 条）"),
        format!("{chain}: with the whole list here, completeness goes from {from}% to {to}%, whole passages from {a} to {b} of {total}"),
    ));
}

fn why(name: &str, sitting: &Sitting, list: &RowShortlist, out: &Out) -> Result<(), Failure> {
    let row = sitting.find(name)?;
    let e = sitting.enterprise(row)?;
    if !list.may_be_chosen(row as u32) {
        let what = format!("`{}` is ruled out by a veto of the scorecard, or a resident: see `xiangma explain`", e.name);
        return Err(Failure::Argument(what));
    }
    let found = list.why_not(row as u32);
    let other = match found.as_ref().and_then(|(_, out)| *out) {
        Some(row) => sitting.enterprise(row as usize)?.name.as_str(),
        None => "",
    };
    let found = found.map(|(why, _)| why);
    let exchange = found.as_ref().and_then(|w| w.exchange);
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
    let mut sink = Sink::new(out, out.lang.pick(&["企业名称", "未入选原因"], &["name", "why"]))?;
    sink.row(&record, || vec![text(record.name), text(out.lang.of(&record.words))])?;
    sink.finish()
}
