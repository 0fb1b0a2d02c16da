//! Numbers as people write them: digits with marks, Chinese numerals of both kinds, scales, signs of about, at least and at most.

/// What stands at the head of a text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Amount {
    /// The value, all scales applied.
    pub value: f64,
    /// True when a scale (万, 亿, 千 …) was written.
    pub scaled: bool,
}

/// How a quantity is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Bound {
    /// As written, or about so.
    Exact,
    /// No less than this.
    AtLeast,
    /// No more than this: what it is cannot be told.
    AtMost,
}

const AT_LEAST: &[&str] =
    &["不少于", "不低于", "不小于", "大于等于", "大于", "多于", "高于", "超过", "超", "过", "逾", "上", "至少", ">=", ">", "≥", "﹥", "＞"];
const AT_MOST: &[&str] = &[
    "不超过",
    "不多于",
    "不高于",
    "不大于",
    "小于等于",
    "小于",
    "少于",
    "低于",
    "不足",
    "不到",
    "至多",
    "最多",
    "<=",
    "<",
    "≤",
    "﹤",
    "＜",
];
const ABOUT: &[&str] =
    &["大约", "约为", "约合", "大概", "将近", "接近", "估计", "折合", "合计", "共计", "总计", "约", "近", "共", "计", "~", "≈"];

/// Takes the words of a bound off the head.
pub(crate) fn bound_before(text: &str) -> (Bound, &str) {
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return (Bound::Exact, text);
    }
    let mut rest = text;
    while let Some(word) = ABOUT.iter().find(|w| rest.starts_with(**w)) {
        rest = &rest[word.len()..];
    }
    if let Some(word) = AT_LEAST.iter().find(|w| rest.starts_with(**w)) {
        return (Bound::AtLeast, &rest[word.len()..]);
    }
    if let Some(word) = AT_MOST.iter().find(|w| rest.starts_with(**w)) {
        return (Bound::AtMost, &rest[word.len()..]);
    }
    (Bound::Exact, rest)
}

/// Takes the words of a bound off the tail.
pub(crate) fn bound_after(text: &str) -> (Bound, &str) {
    if text.is_empty() {
        return (Bound::Exact, text);
    }
    let trimmed = ["及以上", "以上", "以內", "以内", "及以下", "以下", "左右", "上下", "不等", "+", "＋", "起"]
        .iter()
        .find_map(|w| Some((*w, text.strip_suffix(w)?)));
    match trimmed {
        Some(("及以上" | "以上" | "+" | "＋" | "起", rest)) => (Bound::AtLeast, rest),
        Some(("及以下" | "以下" | "以内" | "以內", rest)) => (Bound::AtMost, rest),
        Some((_, rest)) => (Bound::Exact, rest),
        None => (Bound::Exact, text),
    }
}

/// Reads the number a squeezed text begins with, and gives what follows: `1,200.5`, `1.2E+07`, `1亿5000万`, `3千万`, `五百二十`, `壹仟万`.
pub(crate) fn leading(text: &str) -> Option<(Amount, &str)> {
    let mut rest = text;
    let mut value = 0.0;
    let mut scaled = false;
    let mut last_power = u32::MAX;
    let mut any = false;
    while let Some((number, after)) = digits(rest).or_else(|| chinese(rest)) {
        // 500余万, 300多人, 1.5个亿, 一个多亿.
        let measured = after.strip_prefix('个').unwrap_or(after);
        let measured = measured.strip_prefix(['余', '多']).unwrap_or(measured);
        let after = if scale(measured).0 >= 4 { measured } else { after.strip_prefix(['余', '多']).unwrap_or(after) };
        let (power, after) = scale(after);
        if any && power >= last_power {
            break;
        }
        value += apply(&number, power)?;
        scaled |= power > 0 || matches!(number, Digits::Chinese(_));
        (any, last_power, rest) = (true, power, after);
        if power == 0 {
            break;
        }
        // 1亿5000万: another number may follow. 1亿元5000万元: over a unit as well.
        if digits(rest).or_else(|| chinese(rest)).is_none() {
            let over = rest.strip_prefix(['元', '零']).unwrap_or(rest);
            if digits(over).or_else(|| chinese(over)).is_none() {
                break;
            }
            rest = over;
        }
    }
    any.then_some((Amount { value, scaled }, rest))
}

/// Reads a scale that stands for one of it, where a bound makes a figure of it: 过亿元, 百余人, 千人以上. `bounded` says that the words of a
/// bound stood before.
pub(crate) fn bare(text: &str, bounded: bool) -> Option<(Amount, &str)> {
    let (power, rest) = scale(text);
    let behind = rest.starts_with(['余', '多']) || ["以上", "左右", "+"].iter().any(|w| rest.ends_with(w));
    let rest = rest.strip_prefix(['余', '多']).unwrap_or(rest);
    // 百余万: the scale goes on.
    let (more, rest) = scale(rest);
    let power = if more > power || more == 4 { power + more } else { power };
    ((bounded || behind) && power > 0).then(|| (Amount { value: libm::pow(10.0, f64::from(power)), scaled: true }, rest))
}

/// A number read, before its scale.
enum Digits<'t> {
    /// In digits, its marks still in it.
    Plain(&'t str),
    Chinese(f64),
}

/// Digits with thousands marks, a decimal point and a power of ten.
fn digits(text: &str) -> Option<(Digits<'_>, &str)> {
    let bytes = text.as_bytes();
    let mut end = 0;
    while let Some(b) = bytes.get(end) {
        let mark = matches!(b, b',' | b'.') && end > 0 && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
        let first_point = *b == b'.' && end == 0 && bytes.get(1).is_some_and(u8::is_ascii_digit);
        if b.is_ascii_digit() || mark || first_point {
            end += 1;
        } else {
            break;
        }
    }
    if end == 0 {
        return None;
    }
    // 12,500. is a number with a point left over from a format.
    let mut stop = end;
    if bytes.get(end) == Some(&b'.') {
        stop += 1;
    }
    // 1.2E+07, as spreadsheets save large numbers.
    let power = &bytes[end..];
    if let [b'E' | b'e', tail @ ..] = power {
        let sign = usize::from(tail.first() == Some(&b'+'));
        let count = tail[sign..].iter().take_while(|b| b.is_ascii_digit()).count();
        if (1..=3).contains(&count) {
            let to = end + 1 + sign + count;
            return Some((Digits::Plain(&text[..to]), &text[to..]));
        }
    }
    Some((Digits::Plain(&text[..end]), &text[stop..]))
}

fn digit(c: char) -> Option<f64> {
    Some(match c {
        '零' | '〇' | '○' => 0.0,
        '一' | '壹' | '幺' => 1.0,
        '二' | '贰' | '两' | '貳' | '弍' => 2.0,
        '三' | '叁' | '參' | '叄' => 3.0,
        '四' | '肆' => 4.0,
        '五' | '伍' => 5.0,
        '六' | '陆' | '陸' => 6.0,
        '七' | '柒' => 7.0,
        '八' | '捌' => 8.0,
        '九' | '玖' => 9.0,
        _ => return None,
    })
}

fn place(c: char) -> Option<f64> {
    Some(match c {
        '十' | '拾' => 10.0,
        '百' | '佰' => 100.0,
        '千' | '仟' => 1000.0,
        _ => return None,
    })
}

/// Chinese numerals below ten thousand: 五百二十, 壹仟, 十二, 一点五, and digits in a row, 二〇一五.
fn chinese(text: &str) -> Option<(Digits<'_>, &str)> {
    let (mut total, mut current, mut seen, mut end) = (0.0, None::<f64>, false, 0);
    let (mut point, mut fraction) = (false, 0.1);
    for (at, c) in text.char_indices() {
        if let Some(d) = digit(c) {
            if point {
                current = Some(current.unwrap_or(0.0) + d * fraction);
                fraction /= 10.0;
            } else {
                // A zero between places counts nothing: 一千零五.
                current = Some(match current {
                    Some(held) if total == 0.0 => held * 10.0 + d,
                    _ => d,
                });
            }
        } else if let Some(p) = place(c) {
            if point || (!seen && p > 10.0) {
                break;
            }
            total += current.take().unwrap_or(1.0) * p;
        } else if c == '点' && seen && !point {
            point = true;
        } else {
            break;
        }
        seen = true;
        end = at + c.len_utf8();
    }
    seen.then(|| (Digits::Chinese(total + current.unwrap_or(0.0)), &text[end..]))
}

/// The scales that follow a number, as a power of ten.
fn scale(text: &str) -> (u32, &str) {
    let mut rest = text;
    let mut power = 0;
    while let Some(c) = rest.chars().next() {
        let more = match c {
            '亿' | '億' => 8,
            '万' | '萬' => 4,
            '千' | '仟' if power == 0 => 3,
            '百' | '佰' if power == 0 => 2,
            _ => break,
        };
        // 百万, 千万, 万亿 are scales; 亿万 is none.
        if power >= more && power != 0 {
            break;
        }
        power += more;
        rest = &rest[c.len_utf8()..];
    }
    (power, rest)
}

/// Multiplies by a power of ten by moving the decimal point in the text, so that 27,850.0875 万 is exactly 278,500,875.
pub(crate) fn shifted(text: &str, power: u32) -> Option<f64> {
    if let Some(value) = decimal(text, power) {
        return Some(value);
    }
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.contains('.') {
        return None;
    }
    let moved: String = fraction.chars().chain(std::iter::repeat('0')).take(power as usize).collect();
    let left = fraction.get(power as usize..).unwrap_or("");
    format!("{whole}{moved}.{left}0").parse().ok()
}

/// Digits with marks of thousands and a point, times a power of ten: exactly, as reading the moved text would give it, since both the
/// digits and the power of ten are whole numbers that a double holds. `None` for more digits than that.
fn decimal(text: &str, power: u32) -> Option<f64> {
    let (mut digits, mut places, mut point) = (0_u64, 0_u32, false);
    for b in text.bytes() {
        match b {
            b'0'..=b'9' => {
                digits = digits * 10 + u64::from(b - b'0');
                places += u32::from(point);
            }
            b',' => {}
            b'.' if !point => point = true,
            _ => return None,
        }
        if digits >= 1 << 53 || places > 15 {
            return None;
        }
    }
    if power >= places {
        let whole = 10_u64.checked_pow(power - places).and_then(|p| digits.checked_mul(p)).filter(|w| *w < 1 << 53);
        return whole.map(|w| w as f64);
    }
    Some(digits as f64 / 10_u64.pow(places - power) as f64)
}

fn apply(number: &Digits<'_>, power: u32) -> Option<f64> {
    let value = match number {
        Digits::Chinese(value) => value * libm::pow(10.0, f64::from(power)),
        Digits::Plain(text) if let Some(value) = decimal(text, power) => value,
        Digits::Plain(text) => {
            let text: String = text.chars().filter(|c| *c != ',').collect();
            if text.contains(['E', 'e']) { text.parse::<f64>().ok()? * libm::pow(10.0, f64::from(power)) } else { shifted(&text, power)? }
        }
    };
    value.is_finite().then_some(value)
}
