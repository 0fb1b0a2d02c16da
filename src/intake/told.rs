//! Figures told in words: several in a cell, each with what it is of. Asked only where a cell is no plain figure.

use crate::text::squeeze;

/// What a figure is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    /// What the column is of, or nothing else that is said.
    Column,
    /// Capital subscribed.
    Subscribed,
    /// Capital paid in.
    Paid,
    /// A part of another figure: 其中, 含.
    Part,
    /// Another way to say it: 折合人民币.
    Equivalent,
    /// What is hoped for: 预计, 目标.
    Planned,
    /// Men, or women.
    Sex,
}

/// Words before a figure, longest first where one begins another.
#[rustfmt::skip]
const WORDS: &[(&str, Of)] = &[
    ("注册资本金", Of::Subscribed), ("注册资本", Of::Subscribed), ("注册资金", Of::Subscribed), ("认缴出资额", Of::Subscribed), ("认缴", Of::Subscribed),
    ("出资额", Of::Subscribed), ("注册", Of::Subscribed),
    ("实缴资本", Of::Paid), ("实收资本", Of::Paid), ("实缴", Of::Paid), ("实收", Of::Paid), ("实到", Of::Paid), ("到位", Of::Paid),
    ("其中", Of::Part), ("包括", Of::Part), ("包含", Of::Part), ("含", Of::Part), ("内含", Of::Part),
    ("折合", Of::Equivalent), ("约合", Of::Equivalent), ("折算", Of::Equivalent), ("等值", Of::Equivalent), ("相当于", Of::Equivalent), ("折", Of::Equivalent),
    ("合", Of::Equivalent),
    ("预计", Of::Planned), ("预期", Of::Planned), ("预估", Of::Planned), ("计划", Of::Planned), ("规划", Of::Planned), ("拟", Of::Planned),
    ("目标", Of::Planned), ("力争", Of::Planned), ("争取", Of::Planned), ("达产", Of::Planned), ("投产后", Of::Planned), ("建成后", Of::Planned),
    ("将", Of::Planned), ("有望", Of::Planned), ("可达", Of::Planned), ("可实现", Of::Planned),
    ("男", Of::Sex), ("女", Of::Sex),
    ("营业总收入", Of::Column), ("营业收入", Of::Column), ("销售收入", Of::Column), ("销售额", Of::Column), ("销售", Of::Column), ("主营", Of::Column),
    ("营业额", Of::Column), ("营收", Of::Column), ("工业总产值", Of::Column), ("产值", Of::Column), ("收入", Of::Column), ("全年", Of::Column),
    ("年", Of::Column), ("资本金", Of::Column), ("资本", Of::Column), ("资金", Of::Column), ("金额", Of::Column), ("总额", Of::Column),
    ("大写", Of::Column), ("小写", Of::Column), ("实现", Of::Column), ("完成", Of::Column), ("突破", Of::Column), ("达到", Of::Column),
    ("员工", Of::Column), ("职工", Of::Column), ("人员", Of::Column), ("从业", Of::Column), ("参保", Of::Column), ("社保", Of::Column),
    ("缴纳", Of::Column), ("缴费", Of::Column), ("在职", Of::Column), ("在册", Of::Column), ("用工", Of::Column), ("单位", Of::Column),
    ("人数", Of::Column), ("规模", Of::Column), ("现有", Of::Column), ("拥有", Of::Column), ("共有", Of::Column), ("总数", Of::Column),
    ("总", Of::Column), ("共", Of::Column), ("现", Of::Column), ("有", Of::Column), ("已", Of::Column), ("为", Of::Column), ("是", Of::Column),
    ("达", Of::Column), (":", Of::Column), ("：", Of::Column),
];

/// What stands between what was and what is.
const BECAME: &[&str] = &[
    "增资至",
    "增资到",
    "增加至",
    "增加到",
    "增至",
    "增到",
    "减资至",
    "减资到",
    "减少至",
    "减至",
    "变更为",
    "变更至",
    "调整为",
    "调整至",
    "变为",
    "→",
    "->",
    "=>",
];

/// The figure of a cell that is of what the column is of, as `read` reads each: the last of what it became, the latest of several years,
/// without what is part of it, another currency's worth or planned. `None` when no figure is, or two differ.
pub(crate) fn figure<T: PartialEq + Copy>(cell: &str, wanted: Of, read: &dyn Fn(&str) -> Option<T>) -> Option<T> {
    let text = squeeze(&cell.trim().replace('\n', ";")).replace('，', ",");
    let text = classes(&text);
    let became = BECAME.iter().filter_map(|w| Some(text.rfind(w)? + w.len())).max();
    let text = &text[became.unwrap_or(0)..];
    let mut found: Vec<(T, Option<u16>)> = Vec::new();
    let mut parts = false;
    for (piece, aside) in pieces(text) {
        let piece = unmarked(piece);
        let (year, rest) = year_before(piece);
        let (of, rest) = said(rest);
        let (rest, year) = match year_behind(rest) {
            (rest, None) => (rest, year),
            (rest, later) => (rest, later),
        };
        let value = if rest.is_empty() { None } else { read(rest) };
        let Some(value) = value else {
            let says_nothing = rest.bytes().all(|b| !b.is_ascii_digit());
            match of {
                // (预计) and (认缴) behind a figure are of that figure.
                Some(Of::Planned) if says_nothing => return None,
                Some(Of::Subscribed) if says_nothing && aside && wanted == Of::Paid => return None,
                // 10(元/万元) leaves open which.
                None if aside && unit_in(rest) => return None,
                _ => parts |= of == Some(Of::Part),
            }
            // 1.2亿元(2023年).
            if let (Some(year), Some(last)) = (year, found.last_mut().filter(|_| rest.is_empty())) {
                last.1 = Some(year);
            }
            continue;
        };
        // What follows 其中 is part as well, and bracket by bracket no longer.
        parts = (parts && !aside) || of == Some(Of::Part);
        let other = match of {
            Some(Of::Planned | Of::Equivalent | Of::Part | Of::Sex) => true,
            Some(Of::Subscribed) => wanted == Of::Paid,
            Some(Of::Paid) => wanted == Of::Subscribed,
            _ => false,
        };
        if !other && !parts {
            found.push((value, year));
        }
    }
    let latest = found.iter().filter_map(|(_, year)| *year).max();
    let mut of_latest = found.iter().filter(|(_, year)| *year == latest).map(|(value, _)| *value);
    let first = of_latest.next()?;
    of_latest.all(|value| value == first).then_some(first)
}

/// The counts of men and of women.
pub(crate) fn by_sex(cell: &str, read: &dyn Fn(&str) -> Option<u32>) -> Option<u32> {
    let text = squeeze(cell);
    let (men, women) = (text.find('男')?, text.find('女')?);
    let (first, second) = text.split_at(men.max(women));
    let of = |part: &str| {
        let digits = part.trim_start_matches(['男', '女', '性', '职', '员', '工', ':', '：']);
        read(digits.trim_end_matches([',', '，', '、', ';', '；', '/']))
    };
    (men.min(women) == 0).then(|| of(first)?.checked_add(of(second)?))?
}

/// Classes by their ends as ranges: `[100,500)`, `1000万≤X<5000万`, `100(含)-200`, 20至99人之间.
pub(crate) fn classes(text: &str) -> String {
    let mut text = text.replace("(含)", "").replace("(不含)", "").replace("(包含)", "");
    if let Some(bare) = text.strip_suffix("之间") {
        text = bare.to_owned();
    }
    let between = |c: char| matches!(c, '≤' | '<' | '＜' | '﹤');
    if let Some((low, rest)) = text.split_once(between)
        && let Some((middle, high)) = rest.trim_start_matches('=').split_once(between)
        && !low.is_empty()
        && !middle.contains(|c: char| c.is_ascii_digit())
    {
        return format!("{low}-{}", high.trim_start_matches('='));
    }
    // Folding has made round brackets of square ones. Thousands have three digits behind the mark.
    if let Some(inner) = text.strip_prefix('(').and_then(|t| t.strip_suffix(')'))
        && let [low, high] = inner.split(',').collect::<Vec<_>>()[..]
        && !low.is_empty()
        && (!high.bytes().all(|b| b.is_ascii_digit() || b == b'.') || low.len() == high.len() && low.bytes().all(|b| b.is_ascii_digit()))
    {
        return format!("{low}-{high}");
    }
    text
}

/// The pieces of a text between its marks, and whether each stands in brackets.
fn pieces(text: &str) -> Vec<(&str, bool)> {
    let mut pieces = Vec::new();
    let (mut from, mut depth) = (0, 0_u32);
    let bytes = text.as_bytes();
    let digit = |at: Option<usize>| at.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_digit);
    for (at, c) in text.char_indices() {
        let ends = match c {
            ',' => !(digit(at.checked_sub(1)) && digit(Some(at + 1))),
            ';' | '；' | '、' | '|' | '/' | '(' | ')' | '。' => true,
            _ => false,
        };
        if !ends {
            continue;
        }
        let unit = c == ')' && unit_in(&text[from..at]);
        let opens_unit = c == '(' && text[at..].split_once(')').is_some_and(|(inner, _)| unit_in(&inner[1..]));
        // 1000(万元): the bracket is the figure's own.
        if !unit && !opens_unit {
            if from < at {
                pieces.push((&text[from..at], depth > 0));
            }
            from = at + c.len_utf8();
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
    }
    if from < text.len() {
        pieces.push((&text[from..], depth > 0));
    }
    pieces
}

/// True for the inside of a bracket that is a unit.
fn unit_in(text: &str) -> bool {
    let text = text.rsplit('(').next().unwrap_or(text);
    !text.is_empty() && text.chars().all(|c| "万亿千百元圆人民币美港欧日".contains(c))
}

/// A piece without the mark of its class or place: `C.`, `①`.
fn unmarked(piece: &str) -> &str {
    let piece = piece.trim_start_matches(|c: char| ('①'..='⑳').contains(&c));
    match piece.as_bytes() {
        [b'A'..=b'Z', b'.' | b':', ..] => &piece[2..],
        _ => piece,
    }
}

/// A year at the head: 2023年度, 截至2023年底, 2023:.
pub(crate) fn year_before(text: &str) -> (Option<u16>, &str) {
    let rest = ["截至", "截止", "至"].iter().find_map(|w| text.strip_prefix(w)).unwrap_or(text);
    let Some(year) = year_at(rest) else { return (None, text) };
    let after = &rest[4..];
    let Some(mut after) = after.strip_prefix('年').or_else(|| after.strip_prefix([':', '：'])) else { return (None, text) };
    while let Some(rest) = ["年报", "度", "底", "末", "全年", "报", ":", "："].iter().find_map(|w| after.strip_prefix(w)) {
        after = rest;
    }
    (Some(year), after)
}

/// A year at the end: 128人2023年报.
fn year_behind(text: &str) -> (&str, Option<u16>) {
    let bare = text.trim_end_matches(['度', '报', '末', '底']);
    let year = bare.strip_suffix('年').and_then(|t| t.len().checked_sub(4)).filter(|at| bare.is_char_boundary(*at));
    match year.and_then(|at| Some((at, year_at(&bare[at..])?))) {
        Some((at, year)) if !bare[..at].ends_with(|c: char| c.is_ascii_digit()) => (&bare[..at], Some(year)),
        _ => (text, None),
    }
}

fn year_at(text: &str) -> Option<u16> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (digits == 4).then(|| text[..4].parse().ok()).flatten().filter(|y| (1990..=2100).contains(y))
}

/// What the words at the head say the figure is of, and what follows them. The weightiest word counts: 已实缴 is paid.
fn said(text: &str) -> (Option<Of>, &str) {
    let (mut of, mut rest) = (None, text);
    while let Some((word, says)) = WORDS.iter().find(|(w, _)| rest.starts_with(w)) {
        rest = &rest[word.len()..];
        // 实缴到位 is paid; 注册资本实缴 is paid as well; 其中实缴 and 预计实缴 are what their first word says.
        let weight = |o: Of| match o {
            Of::Column => 0,
            Of::Subscribed => 1,
            Of::Paid => 2,
            Of::Sex => 3,
            Of::Part | Of::Equivalent => 4,
            Of::Planned => 5,
        };
        if of.is_none_or(|known| weight(*says) > weight(known)) {
            of = Some(*says);
        }
    }
    (of, rest)
}
