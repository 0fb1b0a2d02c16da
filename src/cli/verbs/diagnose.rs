//! `xiangma diagnose`.

use std::path::{Path, PathBuf};

use clap::Args;
use serde::Serialize;
use xiangma::learn::Frame;
use xiangma::{
    Advice, Anchor, AtRisk, Catalogue, ChainMap, ChainState, Decision, DiagnosisRules, Intake, IntakeOptions, LinkState, Locator, Match,
    Park, ParkLink, Passage, Quotient, Reader, ReferenceCounts, Region, Scorecard, anchors, at_risk, compare_parks, intake,
};

use crate::cli::failure::Failure;
use crate::cli::files;
use crate::cli::flags::{Chains, Lang, Out};
use crate::cli::output::{Sink, number, text};
use crate::cli::terminal::tell;

/// Say what the park has of a chain, and what it lacks.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  xiangma diagnose --residents residents.csv --chain optoelectronics\n  xiangma diagnose --residents residents.csv --chain optoelectronics --passages --most 20\n  xiangma diagnose --residents residents.csv --chain optoelectronics --parks 片区 --format table"
)]
#[allow(clippy::struct_excessive_bools, reason = "one for each flag")]
pub(in crate::cli) struct Diagnose {
    /// The file of resident firms.
    #[arg(long)]
    residents: PathBuf,
    #[command(flatten)]
    chains: Chains,
    /// List the passages from the beginning of a chain to its end, those that lack the fewest links first.
    #[arg(long, conflicts_with_all = ["whole", "anchors"])]
    passages: bool,
    /// How many passages of a chain to list.
    #[arg(long, default_value_t = 100, requires = "passages")]
    most: usize,
    /// A line for each chain: how complete it is, and which links close the most passages.
    #[arg(long, conflicts_with = "anchors")]
    whole: bool,
    /// List the residents on whom a chain hangs, and the links that feed them and lack.
    #[arg(long)]
    anchors: bool,
    /// List the residents with signs that they may leave, against an earlier edition of their file: status, place, capital, staff, name. Signs, no
    /// verdict.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["passages", "whole", "anchors", "map"])]
    since: Option<PathBuf>,
    /// Compare several parks or districts: the column of the residents' file that names the park of each.
    #[arg(long, value_name = "COLUMN", conflicts_with_all = ["passages", "whole", "anchors", "since"])]
    parks: Option<String>,
    /// Counts of a larger place by link, a table of 环节 and 企业数: prints the location quotient (区位商) of each link.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["passages", "whole", "anchors", "since", "parks"])]
    reference: Option<PathBuf>,
    /// Print each chain as data for drawing: links in layers, and which edges are drawn. JSON.
    #[arg(long, conflicts_with_all = ["passages", "whole", "anchors"])]
    map: bool,
    /// Thresholds of your own (JSON, `xiangma-diagnosis`).
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// What the park decided itself: a JSON array of link, strategy, by, why and on.
    #[arg(long, value_name = "FILE")]
    decisions: Option<PathBuf>,
    #[command(flatten)]
    out: Out,
}

#[derive(Serialize)]
struct Named<'s> {
    name: &'s str,
    #[serde(flatten)]
    state: &'s LinkState,
    level: &'s str,
    strategy: &'s str,
    why: &'s str,
    passages_closed: u64,
    passages_broken: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    instead_of: Option<&'s str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    decision: Option<&'s Decision>,
}

#[derive(Serialize)]
struct OfChain<'s> {
    chain: &'s str,
    #[serde(flatten)]
    passage: &'s Passage,
}

/// A chain without its links: they have lines of their own.
#[derive(Serialize)]
struct OneChain<'s> {
    chain: &'s str,
    links: u32,
    filled: u32,
    completeness: u8,
    passages: u64,
    whole: u64,
    best_link: &'s Option<xiangma::Closing>,
    best_pair: &'s Option<xiangma::Closing>,
}

impl Diagnose {
    pub(super) fn run(self) -> Result<(), Failure> {
        let Self { residents, chains, passages, most, whole, anchors: on_whom, since, parks, reference, map, rules, decisions, out } = self;
        let files = [&rules, &decisions, &since, &reference].into_iter().filter_map(Option::as_deref);
        out.check(chains.inputs().chain([residents.as_path()]).chain(files))?;
        let (rules, decisions) = (own_rules(rules.as_deref())?, made(decisions.as_deref())?);
        let catalogue = chains.catalogue()?;
        let table = intake(&files::bytes(&residents)?, &IntakeOptions::new()).map_err(files::of(&residents))?;
        if let Some(earlier) = since {
            let before = intake(&files::bytes(&earlier)?, &IntakeOptions::new()).map_err(files::of(&earlier))?;
            return leaving(&at_risk(&before.enterprises, &table.enterprises, &rules, &Scorecard::attraction().rates), &out);
        }
        let (locator, mut reader) = (Locator::new(&catalogue)?, Reader::default());
        let matches: Vec<Vec<Match>> = table.enterprises.iter().map(|e| locator.locate_with(e, &mut reader)).collect();
        let ids: Vec<String> = catalogue.chains().iter().map(|c| c.id.clone()).filter(|id| chains.takes(id)).collect();
        if map {
            return drawn(&catalogue, &ids, &out);
        }
        if on_whom {
            let found = anchors(&catalogue, &ids, &table.enterprises, &matches, &rules)?;
            if found.is_empty() {
                tell(out.lang.pick(
                    "注意：所选产业链上没有链主：没有贯通的通路，或没有哪家企业独自支撑其中的足够部分",
                    "note: no chain hangs on anybody: none has a whole passage, or nobody alone carries enough of them",
                ));
            }
            return hang(&found, &catalogue, &out);
        }
        let rates = Scorecard::attraction().rates;
        if let Some(column) = parks {
            let of = parks_of(&table, &column)?;
            let unknown = of.iter().filter(|park| park.is_empty()).count();
            if unknown == of.len() {
                return Err(Failure::Argument(format!("--parks {column}: the column is empty: it names the park of nobody")));
            }
            if unknown > 0 {
                tell(&out.lang.pick(
                    format!("注意：{unknown} 家企业未填“{column}”，合为一组，园区一栏为空"),
                    format!("note: `{column}` is blank for {unknown}; they are a group of their own, its name left blank"),
                ));
            }
            let of_all = (table.enterprises.as_slice(), matches.as_slice(), of.as_slice());
            return side_by_side(&compare_parks(&rules, &catalogue, &ids, of_all, &rates)?, &catalogue, &out);
        }
        let park = Park::diagnose_by(&rules, &catalogue, &ids, &table.enterprises, &matches, &rates)?;
        if park.placed == 0 {
            let many = park.residents;
            tell(&out.lang.pick(
                format!("注意：{many} 家企业均不在所选产业链的任何环节上"),
                format!("note: none of the {many} residents stands on a link of the chains asked for"),
            ));
        }
        if let Some(path) = reference {
            return specialised(&park.quotients(&counts(&path, &catalogue)?), &catalogue, &out);
        }
        let states = park.advise(&catalogue, &rules, &decisions)?;
        if passages {
            return ways(&states, most, &catalogue, &out);
        }
        if whole {
            return chains_whole(&states, &catalogue, &out);
        }
        linked(&park, &states, &catalogue, &out)
    }
}

/// The park's own rules, or those that are built in.
fn own_rules(path: Option<&Path>) -> Result<DiagnosisRules, Failure> {
    let Some(path) = path else { return Ok(DiagnosisRules::builtin()) };
    DiagnosisRules::from_json(&files::text(path)?).map_err(files::of(path))
}

/// What the park decided itself.
fn made(path: Option<&Path>) -> Result<Vec<Decision>, Failure> {
    let Some(path) = path else { return Ok(Vec::new()) };
    serde_json::from_str(&files::text(path)?).map_err(|e| Failure::Argument(format!("{}: {e}", files::named(path))))
}

/// The edges of chains, as data for drawing.
fn drawn(catalogue: &Catalogue, ids: &[String], out: &Out) -> Result<(), Failure> {
    let mut sink = Sink::new(out, out.lang.pick(&["产业链", "上游环节", "下游环节", "是否画出"], &["chain", "from", "to", "drawn"]))?;
    for chain in catalogue.chains().iter().filter(|c| ids.contains(&c.id)) {
        let map = ChainMap::new(chain);
        sink.rows(&map, || {
            map.edges.iter().map(|e| vec![text(&map.chain), text(&e.from), text(&e.to), text(if e.drawn { "✓" } else { "" })])
        })?;
    }
    sink.finish()
}

/// Every link, and what to do about it.
fn linked(park: &Park, states: &[ChainState], catalogue: &Catalogue, out: &Out) -> Result<(), Failure> {
    let header = ["chain", "link", "name", "stage", "residents", "coverage", "need", "level", "strategy", "passages closed", "examples"];
    let in_zh = ["产业链", "环节编号", "环节", "上中下游", "落户企业数", "覆盖度", "需求", "强弱", "策略", "可打通通路", "代表企业"];
    let mut sink = Sink::new(out, &out.lang.pick(in_zh, header))?;
    let advice = |link: &str| states.iter().flat_map(|s| &s.advice).find(|a| a.link == link);
    for (state, advice) in park.links.iter().filter_map(|l| Some((l, advice(&l.link)?))) {
        let Advice { level, strategy, zh, en, passages_closed, passages_broken, instead_of, decision, .. } = advice;
        let line = Named {
            name: link_name(catalogue, &state.link, out.lang),
            state,
            level: level.as_str(),
            strategy: strategy.as_str(),
            why: out.lang.pick(zh, en),
            passages_closed: *passages_closed,
            passages_broken: *passages_broken,
            instead_of: instead_of.map(xiangma::Strategy::as_str),
            decision: decision.as_ref(),
        };
        sink.row(&line, || {
            let word = |(zh, en): (&'static str, &'static str)| text(out.lang.pick(zh, en));
            vec![
                text(chain_name(catalogue, &state.chain, out.lang)),
                text(&state.link),
                text(line.name),
                word(state.stage.words()),
                number(state.residents),
                number(state.coverage),
                word(state.need.words()),
                word(level.words()),
                word(advice.words()),
                number(*passages_closed as f64),
                text(state.examples.join(out.lang.pick("、", ", "))),
            ]
        })?;
    }
    sink.finish()
}

fn chain_name<'c>(catalogue: &'c Catalogue, id: &str, lang: Lang) -> &'c str {
    catalogue.chain(id).map_or("", |chain| lang.pick(&chain.zh, &chain.en))
}

fn link_name<'c>(catalogue: &'c Catalogue, id: &str, lang: Lang) -> &'c str {
    catalogue.link(id).map_or("", |(_, l)| lang.pick(&l.zh, &l.en))
}

fn names(catalogue: &Catalogue, ids: &[String], between: &str, lang: Lang) -> String {
    ids.iter().map(|id| link_name(catalogue, id, lang)).collect::<Vec<_>>().join(between)
}

/// The park of each resident, by the column that names it.
fn parks_of(table: &Intake, column: &str) -> Result<Vec<String>, Failure> {
    let told = |cell: Option<&String>| cell.map_or_else(String::new, |text| text.trim().to_owned());
    if let Some(at) = table.extra_columns.iter().position(|heading| heading.trim() == column) {
        return Ok(table.enterprises.iter().map(|e| told(e.extra.get(at).and_then(Option::as_ref))).collect());
    }
    // Places are read into fields of their own.
    let part: fn(&Region) -> Option<&String> = match column {
        "所属省份" | "province" => |region| region.province.as_ref(),
        "所属城市" | "city" => |region| region.city.as_ref(),
        "所属区县" | "区县" | "county" => |region| region.county.as_ref(),
        _ => {
            let known = table.extra_columns.join(", ");
            return Err(Failure::Argument(format!("--parks {column}: no such column; there are {known}, and province, city, county")));
        }
    };
    Ok(table.enterprises.iter().map(|e| told(part(&e.region))).collect())
}

/// Counts by link from a table.
fn counts(path: &Path, catalogue: &Catalogue) -> Result<ReferenceCounts, Failure> {
    let frame = Frame::read(&files::bytes(path)?).map_err(files::of(path))?;
    let column = |names: [&str; 3]| names.iter().find_map(|name| frame.column(name).ok());
    let (Some(links), Some(numbers)) = (column(["环节", "link", "name"]), column(["企业数", "count", "数量"])) else {
        return Err(Failure::Argument(format!("{}: needs the columns 环节 and 企业数", files::named(path))));
    };
    let mut all = Vec::new();
    for ((link, number), row) in links.iter().zip(numbers).zip(frame.numbers()) {
        let Ok(count) = number.trim().parse::<u64>() else {
            return Err(Failure::Argument(format!("{}: row {row}: `{number}` is no number of enterprises", files::named(path))));
        };
        all.push((link.as_str(), count));
    }
    ReferenceCounts::new(catalogue, all).map_err(files::of(path))
}

fn side_by_side(links: &[ParkLink], catalogue: &Catalogue, out: &Out) -> Result<(), Failure> {
    let header = ["park", "chain", "link", "residents", "coverage", "need", "urgency", "nearby", "best nearby", "urgency beside them"];
    let in_zh = ["园区", "产业链", "环节", "落户企业数", "覆盖度", "需求", "紧迫度", "邻近最高覆盖度", "邻近最强园区", "计及邻近后紧迫度"];
    let mut sink = Sink::new(out, &out.lang.pick(in_zh, header))?;
    for one in links {
        sink.row(one, || {
            let (zh, en) = one.state.need.words();
            vec![
                text(&one.park),
                text(chain_name(catalogue, &one.state.chain, out.lang)),
                text(link_name(catalogue, &one.state.link, out.lang)),
                number(one.state.residents),
                number(one.state.coverage),
                text(out.lang.pick(zh, en)),
                number(one.state.urgency),
                number(one.nearby),
                text(one.nearby_park.as_deref().unwrap_or("")),
                number(one.urgency_beside),
            ]
        })?;
    }
    sink.finish()
}

fn specialised(found: &[Quotient], catalogue: &Catalogue, out: &Out) -> Result<(), Failure> {
    let header = ["chain", "link", "residents", "reference", "quotient"];
    let mut sink = Sink::new(out, &out.lang.pick(["产业链", "环节", "落户企业数", "参照企业数", "区位商"], header))?;
    for one in found {
        sink.row(one, || {
            vec![
                text(chain_name(catalogue, &one.chain, out.lang)),
                text(link_name(catalogue, &one.link, out.lang)),
                number(one.residents),
                number(one.reference as f64),
                text(format!("{:.2}", one.quotient)),
            ]
        })?;
    }
    sink.finish()
}

fn ways(states: &[ChainState], most: usize, catalogue: &Catalogue, out: &Out) -> Result<(), Failure> {
    let mut sink = Sink::new(out, out.lang.pick(&["产业链", "通路", "缺失环节"], &["chain", "passage", "missing"]))?;
    for state in states {
        for passage in &state.passages.list(most) {
            sink.row(&OfChain { chain: &state.chain, passage }, || {
                let way = names(catalogue, &passage.links, " → ", out.lang);
                vec![
                    text(chain_name(catalogue, &state.chain, out.lang)),
                    text(way),
                    text(names(catalogue, &passage.missing, out.lang.pick("、", "; "), out.lang)),
                ]
            })?;
        }
    }
    sink.finish()
}

fn chains_whole(states: &[ChainState], catalogue: &Catalogue, out: &Out) -> Result<(), Failure> {
    let header = ["chain", "links", "filled", "completeness", "passages", "whole", "best link", "closes", "best pair", "closes"];
    let in_zh = ["产业链", "环节数", "已有环节", "完整度", "通路数", "贯通数", "最关键环节", "可打通", "最关键两环节", "可打通"];
    let mut sink = Sink::new(out, &out.lang.pick(in_zh, header))?;
    for state in states {
        let ChainState { chain, links, filled, completeness, total, whole, best_link, best_pair, .. } = state;
        let (links, filled, completeness, passages, whole) = (*links, *filled, *completeness, *total, *whole);
        sink.row(&OneChain { chain, links, filled, completeness, passages, whole, best_link, best_pair }, || {
            let closing = |best: &Option<xiangma::Closing>| match best {
                Some(best) => [text(names(catalogue, &best.links, out.lang.pick("、", "; "), out.lang)), number(best.closes as f64)],
                None => [text("—"), text("")],
            };
            let counts = [number(links), number(filled), number(completeness), number(passages as f64), number(whole as f64)];
            [text(chain_name(catalogue, chain, out.lang))]
                .into_iter()
                .chain(counts)
                .chain(closing(best_link))
                .chain(closing(best_pair))
                .collect()
        })?;
    }
    sink.finish()
}

fn hang(anchors: &[Anchor], catalogue: &Catalogue, out: &Out) -> Result<(), Failure> {
    let mut sink = Sink::new(
        out,
        out.lang.pick(
            &["产业链", "企业名称", "所在环节", "依赖通路", "占比", "缺配套环节"],
            &["chain", "name", "links", "passages", "share", "wanting"],
        ),
    )?;
    for anchor in anchors {
        sink.row(anchor, || {
            let [links, wanting] =
                [&anchor.links, &anchor.wanting].map(|ids| text(names(catalogue, ids, out.lang.pick("、", "; "), out.lang)));
            let share = text(format!("{}%", anchor.share));
            vec![
                text(chain_name(catalogue, &anchor.chain, out.lang)),
                text(&anchor.name),
                links,
                number(anchor.passages as f64),
                share,
                wanting,
            ]
        })?;
    }
    sink.finish()
}

fn leaving(found: &[AtRisk], out: &Out) -> Result<(), Failure> {
    let mut sink = Sink::new(out, out.lang.pick(&["企业名称", "迹象"], &["name", "signs"]))?;
    for one in found {
        sink.row(one, || {
            let signs: Vec<&str> = one.signs.iter().map(|s| out.lang.pick(s.zh.as_str(), s.en.as_str())).collect();
            vec![text(&one.name), text(signs.join("；"))]
        })?;
    }
    sink.finish()
}
