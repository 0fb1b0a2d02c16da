//! Words of outcomes: yes, no, or open yet. By how they are made, not by a list of spellings: a stem, what negates it, and what says that
//! it goes on.

use std::collections::BTreeMap;

use crate::error::{Error, Kind};
use crate::learn::missing::is_missing;
use crate::text::squeeze;

/// What a word says of an outcome.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answer {
    Yes,
    No,
    /// Nobody knows yet.
    Open,
}

/// Words of other languages, signs and figures, without spaces and dashes.
#[rustfmt::skip]
const WORDS: [(Answer, &[&str]); 3] = [
    (Answer::Yes, &[
        "YES", "Y", "1", "1.0", "TRUE", "T", "WON", "WIN", "CONVERTED", "SUCCESS", "SUCCESSFUL", "SIGNED", "LANDED", "CLOSEDWON",
        "是", "有", "对", "√", "✓", "✔",
    ]),
    (Answer::No, &[
        "NO", "N", "0", "0.0", "FALSE", "F", "LOST", "LOSS", "FAILED", "FAIL", "FAILURE", "REJECTED", "DECLINED", "DROPPED", "CLOSEDLOST",
        "NOTCONVERTED", "UNSUCCESSFUL", "DEAD", "DISQUALIFIED", "CANCELLED", "CANCELED", "ABANDONED", "否", "×", "✗", "✘",
    ]),
    (Answer::Open, &[
        "PENDING", "OPEN", "INPROGRESS", "ONGOING", "ACTIVE", "WAITING", "TBD", "TBC", "UNDECIDED", "FOLLOWUP", "FOLLOWINGUP", "PROCESSING",
        "WORKING", "NEGOTIATING", "NEGOTIATION", "PROPOSAL", "NOTYET",
    ]),
];

/// What an outcome can be, and what may stand beside it.
const STEMS: [&str; 17] =
    ["成功", "签约", "落地", "成交", "转化", "落户", "入驻", "投产", "达产", "达成", "开工", "注册", "中标", "引进", "合作", "通过", "成"];
const BESIDE: [&str; 6] = ["已", "了", "并", "项目", "完成", "正式"];

/// How a word begins that says: not yet, but perhaps.
const TO_COME: [&str; 13] = ["尚", "暂", "还未", "还没", "待", "拟", "在", "正在", "即将", "预计", "计划", "准备", "有望"];

/// What goes on.
const GOING_ON: [&str; 13] = ["跟进", "跟踪", "洽谈", "接洽", "谈判", "推进", "观望", "考察", "储备", "沟通", "接触", "意向", "对接"];

/// How a word ends that says: no more.
#[rustfmt::skip]
const ENDED: [&str; 13] = [
    "失败", "放弃", "终止", "中止", "流失", "拒绝", "淘汰", "取消", "退出", "落选", "丢单", "告吹", "落空",
];

const NEGATIONS: [&str; 7] = ["没有", "未能", "未", "没", "不", "无", "非"];

/// What, negated, says that nothing is known, rather than no.
#[rustfmt::skip]
const UNSAID: [&str; 21] = [
    "详", "明", "明确", "确定", "清楚", "知", "定", "决", "结", "反馈", "回复", "数据", "结果", "记录", "联系", "接触", "跟进", "拜访", "沟通",
    "对接", "回访",
];

/// What a cell says; none for a word that is not understood.
pub(crate) fn answer(cell: &str) -> Option<Answer> {
    let word: String = squeeze(cell).chars().filter(|c| !matches!(c, '-' | '_' | '/' | '!' | '。')).collect();
    let word = word.as_str();
    if let Some((answer, _)) = WORDS.iter().find(|(_, words)| words.contains(&word)) {
        return Some(*answer);
    }
    if TO_COME.iter().any(|begin| word.starts_with(begin)) {
        return Some(Answer::Open);
    }
    if let Some((negation, rest)) = NEGATIONS.iter().find_map(|n| Some((*n, word.strip_prefix(n)?))) {
        return if UNSAID.contains(&rest) {
            Some(Answer::Open)
        } else if rest.is_empty() || matches!(negation, "不" | "无") || is_made_of(rest) {
            Some(Answer::No)
        } else {
            None
        };
    }
    if ENDED.iter().any(|end| word.ends_with(end)) {
        return Some(Answer::No);
    }
    if is_made_of(word) {
        return Some(Answer::Yes);
    }
    let goes_on = word.chars().count() > 1 && word.ends_with('中') || GOING_ON.iter().any(|stem| word.contains(stem));
    goes_on.then_some(Answer::Open)
}

/// Whether a word is all stems and what may stand beside them.
fn is_made_of(word: &str) -> bool {
    let mut rest = word;
    let mut stems = 0;
    while !rest.is_empty() {
        if let Some(after) = STEMS.iter().find_map(|stem| rest.strip_prefix(stem)) {
            (rest, stems) = (after, stems + 1);
        } else if let Some(after) = BESIDE.iter().find_map(|beside| rest.strip_prefix(beside)) {
            rest = after;
        } else {
            return false;
        }
    }
    stems > 0
}

/// How the cells of an outcome are read: values that were named, and what [`answer`] understands of the others.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Named<'n> {
    pub positive: &'n [String],
    pub negative: &'n [String],
    pub open: &'n [String],
}

impl Named<'_> {
    /// What a cell says; none for a word that was not named and is not understood.
    pub(crate) fn says(&self, cell: &str) -> Option<Answer> {
        let is_in = |list: &[String]| list.iter().any(|value| value == cell);
        if is_in(self.positive) {
            Some(Answer::Yes)
        } else if is_in(self.negative) {
            Some(Answer::No)
        } else if is_in(self.open) {
            Some(Answer::Open)
        } else {
            answer(cell)
        }
    }

    /// The same; none also for a yes that is not among those named.
    fn answer(&self, cell: &str) -> Option<Answer> {
        self.says(cell).filter(|a| *a != Answer::Yes || self.positive.iter().any(|value| value == cell))
    }

    /// The answer of every row, none for what is missing.
    ///
    /// # Errors
    ///
    /// `AMBIGUOUS_OUTCOME`, with the values and how many rows have each, when one of them is not understood.
    pub(crate) fn answers(&self, cells: &[String]) -> Result<Vec<Option<Answer>>, Error> {
        let mut said: BTreeMap<&str, Option<Answer>> = BTreeMap::new();
        let filled = || cells.iter().map(String::as_str).filter(|cell| !is_missing(cell));
        filled().for_each(|cell| _ = said.entry(cell).or_insert_with(|| self.answer(cell)));
        if said.values().any(Option::is_none) {
            return Err(Kind::AmbiguousOutcome(values(cells, &|cell| said.get(cell) == Some(&None))).into());
        }
        Ok(cells.iter().map(|cell| said.get(cell.as_str()).copied().flatten()).collect())
    }
}

/// The values of a column with how many rows have each, those in question first.
pub(crate) fn values(cells: &[String], in_question: &dyn Fn(&str) -> bool) -> String {
    const SHOWN: usize = 20;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    cells.iter().filter(|cell| !is_missing(cell)).for_each(|cell| *counts.entry(cell).or_default() += 1);
    let told = |question: bool| {
        counts.iter().filter(move |(cell, _)| in_question(cell) == question).map(move |(cell, rows)| {
            let short: String = cell.chars().take(40).collect();
            format!("{short} ({rows})")
        })
    };
    let all: Vec<String> = told(true).chain(told(false)).take(SHOWN).collect();
    let more = counts.len().saturating_sub(SHOWN);
    all.join(", ") + &if more > 0 { format!(" and {more} more") } else { String::new() }
}
