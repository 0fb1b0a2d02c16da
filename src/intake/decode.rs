//! Bytes to text: UTF-8, UTF-16, GB18030, and files that mix the first and the last.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Decodes a text file. Returns the text, the encoding's name, and how many characters could not be decoded.
///
/// A byte order mark decides; then valid UTF-8; then a zero in every other byte means UTF-16; the rest is GB18030, the superset of GBK
/// and GB 2312 that Chinese spreadsheet programs write. Where files were pasted together, most lines are valid UTF-8 and some are not:
/// then each line is read by itself.
pub(crate) fn decode(bytes: &[u8]) -> (Cow<'_, str>, &'static str, usize) {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => match guess(bytes) {
            Some(encoding) => encoding,
            None => return by_line(bytes),
        },
    };
    let (text, encoding, bad) = encoding.decode(bytes);
    let unreadable = if bad { unreadable(&text) } else { 0 };
    (text, encoding.name(), unreadable)
}

fn unreadable(text: &str) -> usize {
    text.matches('\u{fffd}').count()
}

/// The encoding of bytes that are not UTF-8 as a whole; `None` when lines differ.
fn guess(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    if zeros(1) * 8 > head.len() {
        return Some(UTF_16LE);
    }
    if zeros(0) * 8 > head.len() {
        return Some(UTF_16BE);
    }
    let foreign = || bytes.split(|b| *b == b'\n').filter(|line| !line.is_ascii());
    let (all, utf8) = (foreign().count(), foreign().filter(|line| std::str::from_utf8(line).is_ok()).count());
    if utf8 * 2 >= all { None } else { Some(GB18030) }
}

fn by_line(bytes: &[u8]) -> (Cow<'_, str>, &'static str, usize) {
    let mut text = String::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => text.push_str(&GB18030.decode_without_bom_handling(line).0),
        }
    }
    let bad = unreadable(&text);
    (Cow::Owned(text), "UTF-8 and gb18030, line by line", bad)
}
