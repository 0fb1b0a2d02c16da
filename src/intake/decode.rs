//! Bytes to text: UTF-8, UTF-16, GB18030 and Big5, and files that mix UTF-8 and GB18030.

use std::borrow::Cow;

#[cfg(feature = "xlsx")]
use crate::intake::big5;
use crate::intake::gb18030;

/// An encoding of text files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
    Gb18030,
    #[cfg(feature = "xlsx")]
    Big5,
}

/// Decodes a text file. Returns the text, the encoding's name, and how many characters could not be decoded.
///
/// A byte order mark decides; then valid UTF-8; then a zero in every other byte means UTF-16; then the characters of daily use tell
/// Big5; the rest is GB18030, the superset of GBK and GB 2312 that Chinese spreadsheet programs write. Where files were pasted together, most lines are valid UTF-8 and some are not:
/// then each line is read by itself.
pub(crate) fn decode(bytes: &[u8]) -> (Cow<'_, str>, &'static str, usize) {
    let (encoding, rest) = match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (Encoding::Utf8, rest),
        [0xff, 0xfe, rest @ ..] => (Encoding::Utf16Le, rest),
        [0xfe, 0xff, rest @ ..] => (Encoding::Utf16Be, rest),
        _ => match simdutf8::basic::from_utf8(bytes) {
            Ok(text) => return (text.into(), "UTF-8", 0),
            Err(_) => match guess(bytes) {
                Some(encoding) => (encoding, bytes),
                None => return by_line(bytes),
            },
        },
    };
    let (text, name) = match encoding {
        Encoding::Utf8 => (String::from_utf8_lossy(rest), "UTF-8"),
        Encoding::Utf16Le => (utf16(rest, u16::from_le_bytes), "UTF-16LE"),
        Encoding::Utf16Be => (utf16(rest, u16::from_be_bytes), "UTF-16BE"),
        Encoding::Gb18030 => (gb18030::decode(rest).into(), "gb18030"),
        #[cfg(feature = "xlsx")]
        Encoding::Big5 => (big5::decode(rest).into(), "Big5"),
    };
    // What a valid file holds of replacement characters was lost before.
    let unreadable = if matches!(text, Cow::Borrowed(_)) { 0 } else { unreadable(&text) };
    (text, name, unreadable)
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Cow<'_, str> {
    let (units, cut) = bytes.as_chunks::<2>();
    let characters = char::decode_utf16(units.iter().map(|u| unit(*u))).map(|c| c.unwrap_or('\u{fffd}'));
    characters.chain((!cut.is_empty()).then_some('\u{fffd}')).collect::<String>().into()
}

pub(crate) fn unreadable(text: &str) -> usize {
    text.matches('\u{fffd}').count()
}

/// The encoding of bytes that are not UTF-8 as a whole; `None` when lines differ.
fn guess(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(4096) & !1];
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|b| **b == 0).count();
    if zeros(1) * 8 > head.len() {
        return Some(Encoding::Utf16Le);
    }
    if zeros(0) * 8 > head.len() {
        return Some(Encoding::Utf16Be);
    }
    // Chinese text in UTF-16 holds few zeros; read in the wrong order, or as what it is not, it is no text of tables.
    if plausible(head, u16::from_le_bytes) {
        return Some(Encoding::Utf16Le);
    }
    if plausible(head, u16::from_be_bytes) {
        return Some(Encoding::Utf16Be);
    }
    let mut lines = Lines::default();
    lines.count(bytes);
    if lines.are_mixed() {
        return None;
    }
    #[cfg(feature = "xlsx")]
    if big5::is_likely(bytes) {
        return Some(Encoding::Big5);
    }
    Some(Encoding::Gb18030)
}

/// The lines of a file that are not plain ASCII, and those of them that are UTF-8.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    all: usize,
    utf8: usize,
}

impl Lines {
    /// Counts some lines more, the last of them whole.
    pub(crate) fn count(&mut self, bytes: &[u8]) {
        for line in bytes.split(|b| *b == b'\n').filter(|line| !line.is_ascii()) {
            self.all += 1;
            self.utf8 += usize::from(std::str::from_utf8(line).is_ok());
        }
    }

    /// True where files were pasted together. A line or two of GB18030 may be valid UTF-8 by chance.
    pub(crate) fn are_mixed(&self) -> bool {
        let Self { all, utf8 } = *self;
        utf8 * 20 >= all && utf8 > 0 && (utf8 > 2 || utf8 * 2 >= all)
    }
}

/// True when a file that begins so, and is not UTF-8 throughout, is in GB18030.
pub(crate) fn is_gb18030(head: &[u8]) -> bool {
    let has_mark = matches!(head, [0xef, 0xbb, 0xbf, ..] | [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    let lines = memchr::memrchr(b'\n', head).map_or(head, |end| &head[..end]);
    !has_mark && guess(lines) == Some(Encoding::Gb18030)
}

/// True when bytes read as UTF-16 are the text of a table: Chinese characters, ASCII, their punctuation, and breaks.
fn plausible(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> bool {
    let (units, _) = bytes.as_chunks::<2>();
    let (mut good, mut breaks) = (0, 0);
    for u in units.iter().map(|u| unit(*u)) {
        good += usize::from(
            matches!(u, 0x20..=0x7e | 0x09 | 0x0a | 0x0d | 0x4e00..=0x9fa5 | 0x3000..=0x303f | 0xff01..=0xff5e | 0x2010..=0x2030),
        );
        breaks += usize::from(matches!(u, 0x0a | 0x0d));
    }
    units.len() >= 8 && breaks > 0 && good * 20 >= units.len() * 19
}

fn by_line(bytes: &[u8]) -> (Cow<'_, str>, &'static str, usize) {
    let mut text = String::with_capacity(bytes.len());
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        match std::str::from_utf8(line) {
            Ok(line) => text.push_str(line),
            Err(_) => text.push_str(&gb18030::decode(line)),
        }
    }
    let bad = unreadable(&text);
    (Cow::Owned(text), "UTF-8 and gb18030, line by line", bad)
}
