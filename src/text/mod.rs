//! Folding of text to one form, character for character, so that a position in the folded text is a position in the original.

mod traditional;

use std::fmt::Write;

/// Folds one character: full-width forms to ASCII, letters to upper case, odd spaces to a plain one, the bracket and stop variants
/// people mix to one of each, traditional characters to simplified ones.
fn fold_char(table: &[u16], c: char) -> char {
    let c = match c {
        '\u{4e00}'..='\u{9fff}' => return traditional::simplify(table, c),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    };
    match c {
        '\u{3000}' | '\u{a0}' | '\t' | '\r' => ' ',
        '【' | '〔' | '﹙' | '[' | '{' | '「' => '(',
        '】' | '〕' | '﹚' | ']' | '}' | '」' => ')',
        '﹔' => ';',
        '•' | '・' => '·',
        _ => c.to_ascii_uppercase(),
    }
}

/// Folds a whole text. The result has as many characters as the original.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_onto(text, &mut folded);
    folded
}

/// Folds a text onto the end of another.
pub(crate) fn fold_onto(text: &str, folded: &mut String) {
    let table = traditional::table();
    let bytes = text.as_bytes();
    // Most characters stay as they are: they are copied run by run, and Chinese ones are told by their bytes.
    let (mut start, mut at) = (0, 0);
    while let Some(first) = bytes.get(at) {
        if let (0xe4..=0xe9, Some([second, third])) = (first, bytes.get(at + 1..at + 3))
            && traditional::stays(table, [*first, *second, *third])
        {
            at += 3;
            continue;
        }
        let Some(c) = text[at..].chars().next() else { break };
        let (new, next) = (fold_char(table, c), at + c.len_utf8());
        if new != c {
            folded.push_str(&text[start..at]);
            folded.push(new);
            start = next;
        }
        at = next;
    }
    folded.push_str(&text[start..]);
}

/// Folds and drops every space.
pub(crate) fn squeeze(text: &str) -> String {
    let mut folded = fold(text);
    // Most texts hold no space: the bytes that spaces begin with tell.
    if folded.bytes().any(|b| matches!(b, 0x09..=0x0d | b' ' | 0xc2 | 0xe1 | 0xe2)) {
        folded.retain(|c| !c.is_whitespace());
    }
    folded
}

/// True for characters that nobody sees: joiners, marks of direction, soft hyphens, byte order marks, unassigned controls of format.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{61c}' | '\u{180e}')
}

#[rustfmt::skip]
const BLANKS: &[&str] = &[
    "-", "--", "---", "----", "—", "——", "－", "–", "/", "\\", "//", "／", "…", "……", "...", "暂无", "无", "未知", "不详", "空", "(空)", "（空）", "<空>",
    "暂无信息", "暂无数据", "无数据", "无信息", "未公开", "未公布", "未公示", "未披露", "不公示", "企业选择不公示", "未填", "未填写", "未填报", "待补充", "待定",
    "待核实", "暂缺", "缺失", "保密", "暂未公布", "没有数据", "*", "**", "***", "****", "*****", "?", "？", "??",
];
const LATIN_BLANKS: &[&str] = &[
    "N/A",
    "NA",
    "N.A.",
    "N.A",
    "NONE",
    "NULL",
    "NAN",
    "NIL",
    "NAT",
    "NOT AVAILABLE",
    "UNKNOWN",
    "UNDEFINED",
    "#N/A",
    "#N/A N/A",
    "#VALUE!",
    "#REF!",
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#SPILL!",
    "#CALC!",
    "(NULL)",
    "(BLANK)",
    "<NA>",
    "<NULL>",
    "\\N",
];

/// True for the many ways a spreadsheet says "nothing here".
pub(crate) fn is_blank(cell: &str) -> bool {
    let cell = cell.trim();
    // The longest of them; what is longer is not looked at further.
    if cell.len() > "企业选择不公示".len() {
        return false;
    }
    match cell.as_bytes() {
        [] => true,
        [b'N' | b'n' | b'U' | b'u' | b'#' | b'(' | b'<' | b'\\', ..] => {
            LATIN_BLANKS.iter().any(|b| b.eq_ignore_ascii_case(cell)) || BLANKS.contains(&cell)
        }
        [b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z', ..] => false,
        // What they begin with rules out nearly every cell.
        _ => {
            let first = cell.chars().next().unwrap_or(' ');
            "-—－–/\\／….暂无未不空(（<企没待缺保*?？".contains(first) && BLANKS.contains(&cell)
        }
    }
}

/// SHA-256 of a text, in hexadecimal.
pub(crate) fn sha256(text: &str) -> String {
    use sha2::Digest;
    let mut hex = String::with_capacity(64);
    for byte in sha2::Sha256::digest(text.as_bytes()) {
        // Writing to a string has nothing to fail at.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}
