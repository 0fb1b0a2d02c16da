//! The scorecard as a document: its signature, what changed between two, and a form a meeting can sign.

use serde::Serialize;
use serde_json::Value as Json;

use crate::order::sort;
use crate::scorecard::words::{fact_title, number_shown, word_shown};
use crate::scorecard::{Combine, Criterion, FULL, Label, Scorecard, Value, Veto};
use crate::text::sha256;

/// One difference between two scorecards.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Where: keys from the card down, criteria and vetoes by id, inputs by fact, grades by name, as `criteria/growth/weight`.
    pub path: String,
    /// What stood there; none for what is new.
    pub from: Option<Json>,
    /// What stands there; none for what is gone.
    pub to: Option<Json>,
    /// In words.
    pub words: Label,
}

impl Scorecard {
    /// The signature of the card: SHA-256 of its compact JSON, in hexadecimal. Two cards that judge alike to the last figure have the same;
    /// rankings are to be compared only under one signature.
    ///
    /// ```
    /// let mut card = xiangma::Scorecard::attraction();
    /// let before = card.signature();
    /// assert_eq!(before.len(), 64);
    /// card.criteria[0].inputs[0].unknown += 1;
    /// assert_ne!(card.signature(), before);
    /// ```
    pub fn signature(&self) -> String {
        sha256(&serde_json::to_string(self).unwrap_or_default())
    }

    /// What is different in another card, in the order of this one.
    ///
    /// ```
    /// use xiangma::Scorecard;
    ///
    /// let changes = Scorecard::attraction().changes(&Scorecard::gaps_first());
    /// let need = changes.iter().find(|c| c.path == "criteria/need/weight").ok_or("no such change")?;
    /// assert_eq!(need.words.en, "Need: weight 15.00% → 28.00%");
    /// # Ok::<(), &str>(())
    /// ```
    pub fn changes(&self, other: &Self) -> Vec<Change> {
        let json = |card: &Self| serde_json::to_value(card).unwrap_or_default();
        let mut changes = Vec::new();
        compare("", Some(&json(self)), Some(&json(other)), &mut changes);
        let named = |id: &str| [self, other].into_iter().flat_map(|c| &c.criteria).find(|c| c.id == id).map(|c| c.title.clone());
        for change in &mut changes {
            change.words = words(change, named);
        }
        changes
    }

    /// The card as a text to print and sign, in Chinese and in English: Markdown.
    pub fn printed(&self) -> Label {
        Label { zh: self.print(true), en: self.print(false) }
    }

    fn print(&self, zh: bool) -> String {
        let pick = |a: &str, b: &str| if zh { a.to_owned() } else { b.to_owned() };
        let title = |label: &Label| pick(&label.zh, &label.en);
        let mut out = String::new();
        let mut line = |text: String| {
            out.push_str(&text);
            out.push('\n');
        };
        line(format!("# {}\n", title(&self.title)));
        let signature = self.signature();
        line(if zh {
            format!("评分卡编号 `{}`，版本 `{}`，校验码 `{signature}`\n", self.id, self.revision)
        } else {
            format!("Id `{}`, revision `{}`, signature `{signature}`\n", self.id, self.revision)
        });
        line(pick(
            "得分 = Σ 权重 × 指标得分，满分 100。资料未知的，按“未知时”一栏计分，并同时给出最低与最高可能得分。\n",
            "Score = Σ weight × points, out of 100. An unknown fact counts as the column “unknown” says; the least and the most the score could be are given beside it.\n",
        ));
        line(pick("| 指标 | 权重 |\n|---|---:|", "| Criterion | Weight |\n|---|---:|"));
        for criterion in &self.criteria {
            line(format!("| {} | {} |", title(&criterion.title), percent(criterion.weight)));
        }
        for criterion in &self.criteria {
            line(format!("\n## {}（{}）\n", title(&criterion.title), percent(criterion.weight)));
            line(combine_words(criterion, zh));
            line(pick(
                "| 评分依据 | 占比 | 计分规则 | 未知时 |\n|---|---:|---|---:|",
                "| Fact | Share | Points | Unknown |\n|---|---:|---|---:|",
            ));
            let total: u32 = criterion.inputs.iter().map(|i| i.share).sum::<u32>().max(1);
            for input in &criterion.inputs {
                let (fact_zh, fact_en) = fact_title(&input.from);
                let share = if criterion.combine == Combine::Mean {
                    format!("{:.0}%", f64::from(input.share) * 100.0 / f64::from(total))
                } else {
                    "—".to_owned()
                };
                let value = value_words(&input.from, &input.value);
                line(format!("| {} | {share} | {} | {} |", pick(fact_zh, fact_en), title(&value), points(input.unknown)));
            }
        }
        if !self.vetoes.is_empty() {
            line(pick("\n## 不予推荐的情形\n", "\n## What rules out\n"));
            for veto in &self.vetoes {
                line(format!("- {}：{}", title(&veto.title), title(&veto_words(veto))));
            }
        }
        line(pick("\n## 等级\n", "\n## Grades\n"));
        for (i, grade) in self.grades.iter().enumerate() {
            line(if zh {
                format!("- {} 级：{}", grade.name, self.span_zh(i))
            } else {
                format!("- {}: from {}", grade.name, points(grade.from))
            });
        }
        let floor = percent(u32::from(self.coverage_floor));
        line(if zh {
            format!("\n信息完整度低于 {floor} 的，暂不评级，列入待核实。")
        } else {
            format!("\nWith under {floor} of the weight backed by facts an enterprise is asked about before it is graded.")
        });
        let rates: Vec<String> = self.rates.yuan.iter().map(|(code, rate)| format!("{code} {rate}")).collect();
        let (date_zh, date_en) = match self.rates.date.as_str() {
            "approximate" => ("概数，仅用于估算规模", "rounded, for orders of magnitude; set your own"),
            date => (date, date),
        };
        line(if zh {
            format!("\n汇率（{date_zh}，折人民币元）：{}", rates.join("，"))
        } else {
            format!("\nRates ({date_en}; yuan for one): {}", rates.join(", "))
        });
        line(pick(
            "\n---\n\n评审组签字：________________　　日期：________________",
            "\n---\n\nSigned for the panel: ________________    Date: ________________",
        ));
        out
    }
}

impl Scorecard {
    /// From which score a grade is, and under which: of the last, only under which.
    fn span_zh(&self, grade: usize) -> String {
        let from = |i: usize| points(self.grades[i].from);
        match grade.checked_sub(1) {
            Some(above) if self.grades[grade].from == 0 => format!("{} 分以下", from(above)),
            _ => format!("{} 分及以上", from(grade)),
        }
    }
}

/// Lists whose entries have a name of their own.
fn key_of(path: &str) -> Option<&'static str> {
    match path.rsplit('/').next() {
        Some("criteria" | "vetoes") => Some("id"),
        Some("inputs") => Some("from"),
        Some("grades") => Some("name"),
        _ => None,
    }
}

/// Walks two cards together and notes where they part.
fn compare(path: &str, from: Option<&Json>, to: Option<&Json>, changes: &mut Vec<Change>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}/{key}") };
    match (from, to) {
        (a, b) if a == b => {}
        // A value function is judged as a whole: half of one says nothing.
        (Some(Json::Object(a)), Some(Json::Object(b))) if !path.ends_with("/value") => {
            let keys = a.keys().chain(b.keys().filter(|key| !a.contains_key(*key)));
            keys.for_each(|key| compare(&below(key), a.get(key), b.get(key), changes));
        }
        (Some(Json::Array(a)), Some(Json::Array(b))) if key_of(path).is_some() => {
            let id = |entry: &Json| key_of(path).and_then(|key| entry[key].as_str()).unwrap_or("").to_owned();
            // The same fact may be looked at twice: the second of one is compared with the second of the other.
            let named = |list: &[Json]| -> Vec<String> {
                let ids: Vec<String> = list.iter().map(id).collect();
                let turn = |i: usize| ids[..i].iter().filter(|other| **other == ids[i]).count();
                (0..ids.len()).map(|i| if turn(i) == 0 { ids[i].clone() } else { format!("{}#{}", ids[i], turn(i) + 1) }).collect()
            };
            let (in_a, in_b) = (named(a), named(b));
            let of = |names: &[String], list: &[Json], name: &str| names.iter().position(|n| n == name).map(|i| list[i].clone());
            for name in in_a.iter().chain(in_b.iter().filter(|name| !in_a.contains(name))) {
                compare(&below(name), of(&in_a, a, name).as_ref(), of(&in_b, b, name).as_ref(), changes);
            }
            let order = |names: &[String], others: &[String]| names.iter().filter(|n| others.contains(n)).cloned().collect::<Vec<_>>();
            if order(&in_a, &in_b) != order(&in_b, &in_a) {
                changes.push(change(&below("order"), Some(&in_a.join(" ").into()), Some(&in_b.join(" ").into())));
            }
        }
        _ => changes.push(change(path, from, to)),
    }
}

fn change(path: &str, from: Option<&Json>, to: Option<&Json>) -> Change {
    Change { path: path.to_owned(), from: from.cloned(), to: to.cloned(), words: Label { zh: String::new(), en: String::new() } }
}

fn words(change: &Change, criterion: impl Fn(&str) -> Option<Label>) -> Label {
    let steps: Vec<&str> = change.path.split('/').collect();
    let mut place = Label { zh: String::new(), en: String::new() };
    if let ["criteria", id, rest @ ..] = steps.as_slice() {
        place = criterion(id).unwrap_or_else(|| Label { zh: (*id).to_owned(), en: (*id).to_owned() });
        if let ["inputs", fact, ..] = rest {
            let (zh, en) = fact_title(fact.split('#').next().unwrap_or(fact));
            place = Label { zh: format!("{}·{zh}", place.zh), en: format!("{}, {en}", place.en) };
        }
    } else if let ["vetoes" | "grades" | "rates", .., name, _] | ["vetoes" | "grades", name] = steps.as_slice() {
        place = Label { zh: (*name).to_owned(), en: (*name).to_owned() };
    }
    let last = steps.last().copied().unwrap_or("");
    let (what_zh, what_en) = match last {
        "weight" => ("权重", "weight"),
        "share" => ("占比", "share"),
        "unknown" => ("未知时的得分", "points while unknown"),
        "value" => ("计分规则", "value function"),
        "title" | "zh" | "en" => ("名称", "title"),
        "revision" => ("版本", "revision"),
        "id" => ("编号", "id"),
        "coverage_floor" => ("信息完整度下限", "coverage floor"),
        "from" => ("起始分", "least score"),
        "order" => ("次序", "order"),
        _ if matches!((&change.from, &change.to), (None, _) | (_, None)) => ("", ""),
        other => (other, other),
    };
    let fact = match steps.as_slice() {
        [.., "inputs", fact, "value"] => fact.split('#').next().unwrap_or(fact),
        _ => "",
    };
    let shown = |json: &Json, zh: bool| match (last, json) {
        ("weight" | "coverage_floor", Json::Number(n)) => percent(n.as_u64().unwrap_or(0) as u32),
        ("unknown" | "from", Json::Number(n)) => points(n.as_u64().unwrap_or(0) as u16),
        ("value", json) => serde_json::from_str::<Value>(&json.to_string()).map_or_else(
            |_| json.to_string(),
            |value| {
                let words = value_words(fact, &value);
                if zh { words.zh } else { words.en }
            },
        ),
        (_, Json::String(text)) => text.clone(),
        (_, json) => json.to_string(),
    };
    let say = |zh: bool| {
        let (place, what) = if zh { (&place.zh, what_zh) } else { (&place.en, what_en) };
        let colon = if place.is_empty() {
            ""
        } else if zh {
            "："
        } else {
            ": "
        };
        match (&change.from, &change.to) {
            (Some(from), Some(to)) => format!("{place}{colon}{what} {} → {}", shown(from, zh), shown(to, zh)),
            (None, _) if zh => format!("{place}{colon}新增{what}"),
            (None, _) => format!("{place}{colon}added {what}").trim_end().to_owned(),
            (_, None) if zh => format!("{place}{colon}删除{what}"),
            (_, None) => format!("{place}{colon}removed {what}").trim_end().to_owned(),
        }
    };
    Label { zh: say(true), en: say(false) }
}

/// Hundredths of a percent as a percentage.
fn percent(weight: u32) -> String {
    format!("{:.2}%", f64::from(weight) / 100.0)
}

/// Points as people count them, out of 100.
fn points(points: u16) -> String {
    let shown = format!("{:.2}", f64::from(points) / 100.0);
    shown.trim_end_matches('0').trim_end_matches('.').to_owned()
}

fn combine_words(criterion: &Criterion, zh: bool) -> String {
    let words = match criterion.combine {
        Combine::Mean => ("按下列占比加权平均：\n", "The mean of these, by share:\n"),
        Combine::First => ("取第一项已知的：\n", "The first of these that is known:\n"),
        Combine::Best => ("取已知各项中的最高分：\n", "The best of these that is known:\n"),
    };
    if zh { words.0.to_owned() } else { words.1.to_owned() }
}

/// A value function in words.
fn value_words(fact: &str, value: &Value) -> Label {
    let list = |parts: Vec<(String, String)>| Label {
        zh: parts.iter().map(|p| p.0.as_str()).collect::<Vec<_>>().join("；"),
        en: parts.iter().map(|p| p.1.as_str()).collect::<Vec<_>>().join("; "),
    };
    let at = |(zh, en): (String, String), p: u16| (format!("{zh} → {}", points(p)), format!("{en} → {}", points(p)));
    match value {
        Value::Linear { knots } => {
            let mut label = list(knots.iter().map(|(x, p)| at(number_shown(fact, *x), *p)).collect());
            label.zh.push_str("，区间内按直线插值");
            label.en.push_str(", straight lines between");
            label
        }
        Value::Percentile { quantiles } => {
            let ends = [quantiles.first(), quantiles.last()].map(|end| number_shown(fact, end.copied().unwrap_or(0.0)));
            Label {
                zh: format!("按参照表中的位次计分：{} 及以下 → {}，{} 及以上 → {}", ends[0].0, points(0), ends[1].0, points(FULL)),
                en: format!(
                    "by its place in a reference table: {} and less → {}, {} and more → {}",
                    ends[0].1,
                    points(0),
                    ends[1].1,
                    points(FULL)
                ),
            }
        }
        Value::Category { points: by_word, other } => {
            let mut parts: Vec<(&String, &u16)> = by_word.iter().collect();
            sort(&mut parts, &|a, b| b.1.cmp(a.1));
            let mut parts: Vec<(String, String)> = parts.into_iter().map(|(word, p)| at(word_shown(fact, word), *p)).collect();
            parts.extend(other.map(|p| at(("其他".to_owned(), "any other".to_owned()), p)));
            list(parts)
        }
        Value::Flag { yes, no } => list(vec![at(("是".to_owned(), "yes".to_owned()), *yes), at(("否".to_owned(), "no".to_owned()), *no)]),
        Value::Range { min, max, inside, outside } => {
            let (low, high) = (number_shown(fact, *min), number_shown(fact, *max));
            let within = (format!("{} 至 {}", low.0, high.0), format!("{} to {}", low.1, high.1));
            list(vec![at(within, *inside), at(("此外".to_owned(), "elsewhere".to_owned()), *outside)])
        }
        Value::Freshness { half_life_days, fresh } => {
            let fresh = points(*fresh);
            Label {
                zh: format!("当日 {fresh}，每 {half_life_days} 天减半"),
                en: format!("{fresh} on the day, half as much every {half_life_days} days"),
            }
        }
    }
}

fn veto_words(veto: &Veto) -> Label {
    let (fact_zh, fact_en) = fact_title(&veto.from);
    let mut tests: Vec<(String, String)> = Vec::new();
    if !veto.any_of.is_empty() {
        let words: Vec<(String, String)> = veto.any_of.iter().map(|w| word_shown(&veto.from, w)).collect();
        let join = |pick: fn(&(String, String)) -> &str, by: &str| words.iter().map(pick).collect::<Vec<_>>().join(by);
        tests.push((format!("{fact_zh}为{}", join(|w| &w.0, "、")), format!("{fact_en} is {}", join(|w| &w.1, ", "))));
    }
    tests.extend(veto.is.map(|flag| {
        if flag {
            (format!("属于{fact_zh}"), format!("it is a {fact_en}"))
        } else {
            (format!("不属于{fact_zh}"), format!("it is no {fact_en}"))
        }
    }));
    tests.extend(veto.below.map(|x| {
        (format!("{fact_zh}低于 {}", number_shown(&veto.from, x).0), format!("{fact_en} under {}", number_shown(&veto.from, x).1))
    }));
    tests.extend(veto.above.map(|x| {
        (format!("{fact_zh}高于 {}", number_shown(&veto.from, x).0), format!("{fact_en} over {}", number_shown(&veto.from, x).1))
    }));
    let join = |pick: fn(&(String, String)) -> &str, by: &str| tests.iter().map(pick).collect::<Vec<_>>().join(by);
    Label { zh: join(|t| &t.0, "，或"), en: join(|t| &t.1, ", or ") }
}
