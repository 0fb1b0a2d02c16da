//! Folding of text to one form, character for character, so that a position in the folded text is a position in the original.

/// Folds one character: full-width forms to ASCII, letters to upper case, odd spaces to a plain one, and the bracket and stop
/// variants people mix to one of each.
pub(crate) fn fold_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).map_or(c, |c| c.to_ascii_uppercase()),
        '\u{3000}' | '\u{a0}' | '\t' | '\r' => ' ',
        '【' | '〔' | '﹙' => '(',
        '】' | '〕' | '﹚' => ')',
        '﹔' => ';',
        '·' | '•' | '・' => '·',
        _ => c.to_ascii_uppercase(),
    }
}

/// Folds a whole text. The result has as many characters as the original.
pub(crate) fn fold(text: &str) -> String {
    text.chars().map(fold_char).collect()
}

/// Folds and drops every space.
pub(crate) fn squeeze(text: &str) -> String {
    text.chars().map(fold_char).filter(|c| !c.is_whitespace()).collect()
}

/// True for the many ways a spreadsheet says "nothing here".
pub(crate) fn is_blank(cell: &str) -> bool {
    let cell = cell.trim();
    matches!(
        cell,
        "" | "-"
            | "--"
            | "---"
            | "—"
            | "——"
            | "/"
            | "\\"
            | "暂无"
            | "无"
            | "未知"
            | "不详"
            | "暂无信息"
            | "暂无数据"
            | "未公开"
            | "空"
            | "***"
            | "****"
    ) || matches!(
        cell.to_ascii_uppercase().as_str(),
        "N/A" | "NA" | "NONE" | "NULL" | "NAN" | "NIL" | "#N/A" | "#VALUE!" | "#REF!" | "#DIV/0!" | "#NAME?" | "#NULL!" | "#NUM!"
    )
}
