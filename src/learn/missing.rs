//! Cells that say nothing.

/// True for the ways in which exports say that nothing is known.
pub(crate) fn is_missing(cell: &str) -> bool {
    let cell = cell.trim();
    let mut lower = [0; 12];
    let Some(lower) = lower.get_mut(..cell.len()) else { return false };
    lower.copy_from_slice(cell.as_bytes());
    lower.make_ascii_lowercase();
    let words = ["", "-", "--", "na", "n/a", "nan", "null", "unknown", "select", "未知", "不详", "无数据"];
    words.iter().any(|word| word.as_bytes() == lower)
}
