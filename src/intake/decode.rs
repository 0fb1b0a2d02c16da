//! Bytes to text: UTF-8, UTF-16 and GB18030.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// Decodes a text file. Returns the text, the encoding's name, and how many characters could not be decoded.
///
/// A byte order mark decides; then valid UTF-8; then a zero in every other byte means UTF-16; the rest is GB18030, the superset of
/// GBK and GB 2312 that Chinese spreadsheet programs write. A file that mixes encodings comes out as whichever reads with fewer
/// unreadable characters, and the report says how many there were.
pub(crate) fn decode(bytes: &[u8]) -> (Cow<'_, str>, &'static str, usize) {
    let encoding = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        None if std::str::from_utf8(bytes).is_ok() => UTF_8,
        None => guess(bytes),
    };
    let (text, encoding, bad) = encoding.decode(bytes);
    let unreadable = if bad { text.matches('\u{fffd}').count() } else { 0 };
    (text, encoding.name(), unreadable)
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 8 > head.len() {
        return UTF_16LE;
    }
    if even * 8 > head.len() {
        return UTF_16BE;
    }
    let bad = |encoding: &'static Encoding| encoding.decode_without_bom_handling(bytes).0.matches('\u{fffd}').count();
    if bad(UTF_8) < bad(GB18030) { UTF_8 } else { GB18030 }
}
