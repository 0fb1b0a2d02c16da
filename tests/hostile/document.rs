//! Documents that were once sound: JSON changed here and there.

use serde_json::{Value, json};

use super::cursor::Cursor;

/// An input that begins as JSON does is taken as it is; any other says what is changed in one of the sound documents.
pub(super) fn document(data: &[u8], sound: &[&str]) -> String {
    if is_written(data) {
        return String::from_utf8_lossy(data).into_owned();
    }
    let mut cursor = Cursor::new(data);
    let text = cursor.pick(sound);
    let mut value: Value = serde_json::from_str(text).expect("a sound document");
    changes(&mut value, &mut cursor);
    value.to_string()
}

/// The same of documents of a line each.
pub(super) fn lines(data: &[u8], sound: &[&str]) -> String {
    if is_written(data) {
        return String::from_utf8_lossy(data).into_owned();
    }
    let mut cursor = Cursor::new(data);
    let mut lines: Vec<String> = cursor.pick(sound).lines().map(str::to_owned).collect();
    for _ in 0..=cursor.below(6) {
        if cursor.is_done() || lines.is_empty() {
            break;
        }
        let at = cursor.below(lines.len());
        match cursor.below(6) {
            0 => drop(lines.remove(at)),
            1 => lines.insert(at, lines[at].clone()),
            2 => lines.swap(at, 0),
            3 => lines[at].truncate(0),
            _ => {
                let Ok(mut value) = serde_json::from_str(&lines[at]) else { continue };
                change(&mut value, &mut cursor);
                lines[at] = value.to_string();
            }
        }
    }
    let end = if cursor.flag() { "" } else { "\n" };
    lines.join("\n") + end
}

fn is_written(data: &[u8]) -> bool {
    data.trim_ascii_start().first().is_some_and(|b| b"{[\"\xef".contains(b))
}

/// A few changes, as long as there is input.
pub(super) fn changes(value: &mut Value, cursor: &mut Cursor<'_>) {
    for _ in 0..=cursor.below(6) {
        if cursor.is_done() {
            break;
        }
        change(value, cursor);
    }
}

/// Goes down to some part, and changes it: most of the time into another of its kind, so that what comes of it is not refused at once.
fn change(value: &mut Value, cursor: &mut Cursor<'_>) {
    let words = if cursor.flag() { texts(value) } else { Vec::new() };
    let mut part = value;
    for _ in 0..cursor.below(10) {
        let length = part.as_array().map(Vec::len).or(part.as_object().map(serde_json::Map::len)).unwrap_or(0);
        if length == 0 {
            break;
        }
        let at = cursor.below(length);
        part = match part {
            Value::Array(list) => &mut list[at],
            Value::Object(keys) => keys.values_mut().nth(at).expect("one of them"),
            _ => return,
        };
    }
    if cursor.below(8) == 7 {
        *part = match cursor.below(6) {
            0 => Value::Null,
            1 => json!(cursor.flag()),
            2 => json!([]),
            3 => json!({}),
            4 => json!(cursor.text()),
            _ => number(cursor),
        };
        return;
    }
    match part {
        Value::Null => *part = number(cursor),
        Value::Bool(flag) => *flag = !*flag,
        Value::Number(n) => {
            let near = n.as_u64().filter(|_| cursor.flag()).map(|n| match cursor.below(4) {
                0 => n.saturating_add(1),
                1 => n.saturating_sub(1),
                2 => n.saturating_mul(2),
                _ => n / 2,
            });
            *part = near.map_or_else(|| number(cursor), |n| json!(n));
        }
        Value::String(text) if words.is_empty() => *text = cursor.text(),
        // Another word of the same document: an id where another id stood.
        Value::String(text) => text.clone_from(&words[cursor.below(words.len())]),
        Value::Array(list) if list.is_empty() => list.push(number(cursor)),
        Value::Array(list) => {
            let (a, b) = (cursor.below(list.len()), cursor.below(list.len()));
            match cursor.below(4) {
                0 => drop(list.remove(a)),
                1 => list.swap(a, b),
                2 if list.len() < 500 => list.extend(vec![list[a].clone(); 1 << cursor.below(8)]),
                _ => list.push(list[a].clone()),
            }
        }
        Value::Object(keys) => {
            let key = keys.keys().nth(cursor.below(keys.len().max(1))).cloned().unwrap_or_default();
            match cursor.below(4) {
                0 => drop(keys.insert(cursor.text(), json!(1))),
                _ => drop(keys.remove(&key)),
            }
        }
    }
}

/// The words that stand in a document.
fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Object(keys) => keys.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

/// A number that some bound lies near.
fn number(cursor: &mut Cursor<'_>) -> Value {
    let byte = cursor.byte();
    let whole: [u64; 14] = [0, 1, 2, 10, 100, 10_000, 10_001, 32_768, 65_535, 65_536, (1 << 31) - 1, 1 << 31, u32::MAX as u64, u64::MAX];
    let broken = [-1.0, 0.5, 1e308, -1e308, 5e-324, 1e-9, 1e15, 9_007_199_254_740_993.0, 0.1];
    match usize::from(byte) {
        at @ 0..14 => json!(whole[at]),
        at @ 14..23 => json!(broken[at - 14]),
        23 => json!(i64::MIN),
        _ => json!(byte - 24),
    }
}
