//! Items of a cell that lists several: products and tags, between marks of every kind, numbered, or as programs print lists.

/// A cell is cut into so many items at most; what is left stays whole in the last.
const MOST: usize = 10_000;

/// The items of a cell, without the marks and numbers around them. Marks within brackets and within numbers part nothing.
pub(crate) fn items<'t>(cell: &'t str, marks: &[char]) -> Vec<&'t str> {
    let cell = cell.trim();
    let (cell, quoted) = match cell.strip_prefix('[').and_then(|c| c.strip_suffix(']')) {
        Some(inner) => (inner, true),
        None => (cell, false),
    };
    let mut items = Vec::new();
    for piece in numbered(cell) {
        split(piece, marks, &mut items);
    }
    if quoted {
        items.iter_mut().for_each(|item| *item = item.trim_matches(['"', '\'', '“', '”', ' ']));
    }
    if let Some(last) = items.last_mut() {
        *last = without_and_so_on(last);
    }
    items.retain(|item| !item.is_empty());
    items
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Cuts a text at its marks.
fn split<'t>(text: &'t str, marks: &[char], items: &mut Vec<&'t str>) {
    let tagged = text.starts_with('#');
    let (mut from, mut depth, mut before) = (0, 0_i32, ' ');
    // A bracket that never closes holds nothing together.
    let mut closes = text.chars().filter(|c| matches!(c, ')' | '）' | ']' | '】')).count();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |(_, c)| *c);
        match c {
            '(' | '（' | '[' | '【' if closes > 0 => {
                depth += 1;
            }
            ')' | '）' | ']' | '】' => {
                closes -= 1;
                depth = (depth - 1).max(0);
            }
            _ => {}
        }
        let parts = match c {
            ',' | '.' if before.is_ascii_digit() && after.is_ascii_digit() => false,
            '。' | '\n' => true,
            '#' => tagged,
            // AC/DC and LED 灯 are one word; 光模块/光器件 and 光模块 光器件 are two.
            '/' if !marks.contains(&'/') => is_han(before) && is_han(after),
            ' ' | '\t' | '\u{3000}' => is_han(before) && is_han(after),
            c => marks.contains(&c),
        };
        if parts && depth == 0 && items.len() < MOST {
            items.push(text[from..at].trim());
            from = at + c.len_utf8();
        }
        if !c.is_whitespace() || !is_han(before) {
            before = c;
        }
    }
    items.push(text[from..].trim());
}

/// The numbers of one style in order: `1.`, `1、`, `（1）`, `①`, `一、`.
#[derive(Clone, Copy)]
enum Style {
    Digits(char),
    Brackets,
    Circles,
    Chinese,
}

const CHINESE: &[&str] = &["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

impl Style {
    fn of(text: &str) -> Option<Self> {
        let styles = [
            Self::Digits('.'),
            Self::Digits('、'),
            Self::Digits('．'),
            Self::Digits(')'),
            Self::Digits('）'),
            Self::Brackets,
            Self::Circles,
            Self::Chinese,
        ];
        styles.into_iter().find(|s| s.mark(1, text).is_some_and(|(at, _)| at == 0))
    }

    /// Where the n-th number stands in a text, and where it ends.
    fn mark(self, n: usize, text: &str) -> Option<(usize, usize)> {
        let whole = |mark: String| {
            let mut from = 0;
            while let Some(at) = text[from..].find(&mark).map(|at| at + from) {
                let end = at + mark.len();
                // 1.5毫米 and 11. are other numbers.
                let alone = !text[..at].ends_with(|c: char| c.is_ascii_digit() || c == '.');
                if alone && !text[end..].starts_with(|c: char| c.is_ascii_digit()) {
                    return Some((at, end));
                }
                from = end;
            }
            None
        };
        match self {
            Self::Digits(mark) => whole(format!("{n}{mark}")),
            Self::Brackets => {
                let round = text.find(&format!("({n})")).map(|at| (at, at + format!("({n})").len()));
                let wide = text.find(&format!("（{n}）")).map(|at| (at, at + format!("（{n}）").len()));
                round.into_iter().chain(wide).min()
            }
            Self::Circles => {
                let mark = char::from_u32('①' as u32 + n as u32 - 1).filter(|_| n <= 20)?;
                text.find(mark).map(|at| (at, at + mark.len_utf8()))
            }
            Self::Chinese => {
                let mark = format!("{}、", CHINESE.get(n - 1)?);
                text.find(&mark).map(|at| (at, at + mark.len()))
            }
        }
    }
}

/// A text cut at its numbers, when it is numbered; else the text.
fn numbered(text: &str) -> Vec<&str> {
    let Some(style) = Style::of(text) else { return vec![text] };
    let Some((_, first)) = style.mark(1, text) else { return vec![text] };
    let (mut pieces, mut rest) = (Vec::new(), &text[first..]);
    for n in 2..=99 {
        let Some((at, end)) = style.mark(n, rest) else { break };
        pieces.push(rest[..at].trim());
        rest = &rest[end..];
    }
    // A number alone may be part of a name.
    if pieces.is_empty() && !matches!(style, Style::Digits(_) | Style::Circles | Style::Brackets) {
        return vec![text];
    }
    pieces.push(rest.trim());
    pieces
}

/// Without 等, 等产品 and dots at the end; 高等 and 中等 end so by themselves.
fn without_and_so_on(item: &str) -> &str {
    let item = item.trim_end_matches(['…', '.', '。', '；', ';', ',', '，', ' ']);
    let ends = ["等系列产品", "等相关产品", "等产品", "等系列", "等业务", "等"];
    match ends.iter().find_map(|end| item.strip_suffix(end)) {
        Some(rest) if !rest.is_empty() && !rest.ends_with(['高', '中', '初', '同', '均', '平', '优', '上', '一', '二', '三']) => {
            rest
        }
        _ => item,
    }
}
