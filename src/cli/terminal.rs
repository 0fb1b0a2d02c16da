//! Everything that may reach a terminal passes here: what a file holds must not move the cursor, set the title or turn the line around.

use std::borrow::Cow;
use std::io::{self, Write};

/// Characters of a message at most; a header of a thousand columns is no message.
const MESSAGE: usize = 1_500;

/// Controls, marks of direction and what has no width: a terminal obeys them, and a reader does not see them.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e00ff}')
}

/// A text as one line of what can be seen: hidden characters are written out, as `\n` and `\u{202e}`.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut seen = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '\0' => seen.push_str("\\0"),
            '\t' | '\r' | '\n' => seen.extend(c.escape_default()),
            _ if is_hidden(c) => seen.extend(c.escape_unicode()),
            _ => seen.push(c),
        }
    }
    Cow::Owned(seen)
}

/// JSON with hidden characters written as JSON writes them: the same values.
pub(super) fn shown_json(json: String) -> String {
    // Line ends between values are JSON's own; those inside are written out already.
    let odd = |c: char| c >= ' ' && is_hidden(c);
    if !json.contains(odd) {
        return json;
    }
    let mut seen = String::with_capacity(json.len() + 16);
    for c in json.chars() {
        if odd(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                seen.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            seen.push(c);
        }
    }
    seen
}

/// A text of so many characters at most: the first of it, and the last, where an error says what to do.
pub(super) fn bounded(text: &str, most: usize) -> Cow<'_, str> {
    let count = text.chars().count();
    if count <= most {
        return Cow::Borrowed(text);
    }
    let (head, tail) = (most * 3 / 4, most / 4);
    let at = |n: usize| text.char_indices().nth(n).map_or(text.len(), |(i, _)| i);
    Cow::Owned(format!("{} … ({} characters left out) … {}", &text[..at(head)], count - head - tail, &text[at(count - tail)..]))
}

/// A message, one line on the standard error; nobody may be reading it.
pub(super) fn tell(message: &str) {
    let _ = writeln!(io::stderr(), "{}", bounded(&shown(message), MESSAGE));
}

/// Columns of a terminal: Chinese characters take two.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(|c| if (c as u32) < 0x1100 { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_hidden_reaches_a_terminal() {
        for (text, seen) in [
            ("示例光电 (苏州)", "示例光电 (苏州)"),
            ("a\u{1b}[2Jb", "a\\u{1b}[2Jb"),
            ("\u{1b}]0;title\u{7}", "\\u{1b}]0;title\\u{7}"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("a\r\nb\tc\u{8}", "a\\r\\nb\\tc\\u{8}"),
            ("甲\u{202e}乙\u{2066}丙", "甲\\u{202e}乙\\u{2066}丙"),
            ("a\u{200b}b\u{feff}c\u{0}", "a\\u{200b}b\\u{feff}c\\0"),
            ("a\u{e0041}b\u{2028}c\u{7f}", "a\\u{e0041}b\\u{2028}c\\u{7f}"),
        ] {
            assert_eq!(shown(text), seen);
            let json = serde_json::to_string(text).expect("a string");
            let safe = shown_json(json);
            assert!(!safe.contains(is_hidden), "{safe}");
            assert_eq!(serde_json::from_str::<String>(&safe).expect("the same JSON"), text);
        }
        // Every character: what is shown has nothing hidden in it.
        let all: String = ('\0'..=char::MAX).collect();
        assert!(!shown(&all).contains(is_hidden));
    }

    #[test]
    fn a_message_has_a_bound_and_keeps_its_end() {
        assert_eq!(bounded("short", 5), "short");
        let long = format!("{}；请改正", "甲".repeat(5_000));
        let cut = bounded(&long, 400);
        assert!(cut.chars().count() < 440 && cut.starts_with('甲') && cut.ends_with("请改正"), "{cut}");
    }
}
