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
    while !cursor.is_done() && !lines.is_empty() {
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

/// Changes until the input ends.
pub(super) fn changes(value: &mut Value, cursor: &mut Cursor<'_>) {
    while !cursor.is_done() {
        change(value, cursor);
    }
}

/// Goes down to some part, and changes it.
fn change(value: &mut Value, cursor: &mut Cursor<'_>) {
    let depth = cursor.below(8);
    let mut part = value;
    for _ in 0..depth {
        let is_leaf = match part {
            Value::Array(list) => list.is_empty(),
            Value::Object(keys) => keys.is_empty(),
            _ => true,
        };
        if is_leaf {
            break;
        }
        part = match part {
            Value::Array(list) => {
                let at = cursor.below(list.len());
                &mut list[at]
            }
            Value::Object(keys) => {
                let at = cursor.below(keys.len());
                keys.values_mut().nth(at).expect("one of them")
            }
            _ => return,
        };
    }
    match (cursor.below(12), part) {
        (0, part) => *part = Value::Null,
        (1, part) => *part = json!(cursor.flag()),
        (2, part) => *part = json!([]),
        (3, part) => *part = json!({}),
        (4 | 5, part) => *part = json!(cursor.text()),
        (6, Value::Array(list)) if !list.is_empty() && list.len() < 2_000 => {
            let at = cursor.below(list.len());
            list.extend(vec![list[at].clone(); 1 << cursor.below(8)]);
        }
        (7, Value::Array(list)) if !list.is_empty() => drop(list.remove(cursor.below(list.len()))),
        (7, Value::Object(keys)) if !keys.is_empty() => {
            let key = keys.keys().nth(cursor.below(keys.len())).cloned().unwrap_or_default();
            keys.remove(&key);
        }
        (8, Value::Object(keys)) => drop(keys.insert(cursor.text(), json!(1))),
        (9, Value::Array(list)) if !list.is_empty() => {
            let (a, b) = (cursor.below(list.len()), cursor.below(list.len()));
            list.swap(a, b);
        }
        (_, part) => *part = number(cursor),
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
