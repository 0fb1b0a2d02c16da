//! Old workbooks (.xls of Excel 5 to 2003 and WPS .et): the records of BIFF5 and BIFF8, read one after another. Cells are kept by where
//! they stand, never laid out as a rectangle; a record that is cut off ends its sheet.

use crate::error::{Error, Kind};
use crate::intake::compound::Compound;
use crate::intake::date::DAYS_TO_1904;
use crate::intake::sheet::check;
use crate::intake::xlsx::{Format, day_of, format_of, plain};
use crate::intake::zipped::bad;
use crate::intake::{IntakeOptions, gb18030};
use crate::order::sort_by_key;

/// A sheet read: its rows with their numbers.
pub(crate) struct Tab {
    pub name: String,
    pub hidden: bool,
    pub rows: Vec<(u32, Vec<String>)>,
}

/// Reads every sheet, and the shift of the workbook's calendar.
pub(crate) fn read(bytes: &[u8], options: &IntakeOptions) -> Result<(Vec<Tab>, i32), Error> {
    let file = Compound::open(bytes).ok_or_else(|| bad(&"its envelope is damaged"))?;
    if file.has("EncryptedPackage") || file.has("EncryptionInfo") {
        return Err(Kind::Protected.into());
    }
    let Some(stream) = file.stream("Workbook").or_else(|| file.stream("Book")) else {
        return Err(Kind::UnsupportedFormat("an old Office file that is no workbook".to_owned()).into());
    };
    let book = globals(&stream, options)?;
    let mut kept = 0_u64;
    let mut tabs = Vec::new();
    for sheet in &book.sheets {
        let rows = book.rows(&stream, sheet.at, options, &mut kept)?;
        tabs.push(Tab { name: sheet.name.clone(), hidden: sheet.hidden, rows });
    }
    Ok((tabs, book.shift))
}

struct Listed {
    name: String,
    at: usize,
    hidden: bool,
}

/// What all sheets share.
struct Book {
    sheets: Vec<Listed>,
    strings: Vec<String>,
    /// Of each style the number of its format.
    styles: Vec<u16>,
    formats: Vec<(u16, Format)>,
    shift: i32,
    /// BIFF8: texts are Unicode.
    unicode: bool,
    chinese: bool,
}

/// The records of a stream from a place on: their kind and their bytes.
struct Records<'s> {
    stream: &'s [u8],
    at: usize,
}

impl<'s> Iterator for Records<'s> {
    type Item = (u16, &'s [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let head = self.stream.get(self.at..self.at + 4)?;
        let (kind, length) = (u16::from_le_bytes([head[0], head[1]]), usize::from(u16::from_le_bytes([head[2], head[3]])));
        let data = self.stream.get(self.at + 4..self.at + 4 + length)?;
        self.at += 4 + length;
        Some((kind, data))
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn globals(stream: &[u8], options: &IntakeOptions) -> Result<Book, Error> {
    let mut book =
        Book { sheets: Vec::new(), strings: Vec::new(), styles: Vec::new(), formats: Vec::new(), shift: 0, unicode: true, chinese: false };
    let mut records = Records { stream, at: 0 };
    let mut listed: Vec<(&[u8], usize)> = Vec::new();
    while let Some((kind, data)) = records.next() {
        match kind {
            0x0809 => book.unicode = u16_at(data, 0) == Some(0x0600),
            // A password: what follows is encrypted.
            0x002f => return Err(Kind::Protected.into()),
            0x0022 if u16_at(data, 0) == Some(1) => book.shift = DAYS_TO_1904,
            0x0042 => book.chinese = u16_at(data, 0) == Some(936),
            0x041e => {
                if let Some(id) = u16_at(data, 0)
                    && book.formats.len() < 4_000
                {
                    let code = if book.unicode { wide(data, 2) } else { book.narrow(data, 2, 1) };
                    book.formats.push((id, format_of(&code.unwrap_or_default())));
                }
            }
            0x00e0 if book.styles.len() < 70_000 => book.styles.push(u16_at(data, 2).unwrap_or(0)),
            0x0085 => listed.push((data, listed.len())),
            0x00fc => {
                // The texts go on in the records that follow.
                let mut parts = vec![data];
                while stream.get(records.at..records.at + 2) == Some(&[0x3c, 0]) {
                    let Some((_, more)) = records.next() else { break };
                    parts.push(more);
                }
                book.strings = Texts { parts: &parts, part: 0, at: 8 }.all(options)?;
            }
            0x000a => break,
            _ => {}
        }
    }
    check("the number of sheets", listed.len() as u64, 1_024)?;
    for (data, _) in listed {
        let Some(at) = u32_at(data, 0) else { continue };
        let (state, kind) = (data.get(4).copied().unwrap_or(0), data.get(5).copied().unwrap_or(0));
        if kind != 0 {
            continue;
        }
        let name = if book.unicode { short(data, 6) } else { book.narrow(data, 6, 1) };
        book.sheets.push(Listed { name: name.unwrap_or_default(), at: at as usize, hidden: state & 3 != 0 });
    }
    Ok(book)
}

/// A Unicode text with a count of two bytes and a byte of flags before it.
fn wide(data: &[u8], at: usize) -> Option<String> {
    let count = usize::from(u16_at(data, at)?);
    characters(data, at + 3, count, *data.get(at + 2)?)
}

/// A Unicode text with a count of one byte.
fn short(data: &[u8], at: usize) -> Option<String> {
    let count = usize::from(*data.get(at)?);
    characters(data, at + 2, count, *data.get(at + 1)?)
}

fn characters(data: &[u8], at: usize, count: usize, flags: u8) -> Option<String> {
    if flags & 1 == 0 {
        return Some(data.get(at..(at + count).min(data.len()))?.iter().map(|b| char::from(*b)).collect());
    }
    let bytes = data.get(at..(at + 2 * count).min(data.len()))?;
    let units: Vec<u16> = bytes.as_chunks::<2>().0.iter().map(|u| u16::from_le_bytes(*u)).collect();
    Some(String::from_utf16_lossy(&units))
}

/// The shared texts, over the records they are cut into: a text that is cut begins again with a byte of flags.
struct Texts<'s> {
    parts: &'s [&'s [u8]],
    part: usize,
    at: usize,
}

impl Texts<'_> {
    fn all(mut self, options: &IntakeOptions) -> Result<Vec<String>, Error> {
        let mut texts = Vec::new();
        // The count that is stated is not looked at: texts are read while there are any.
        while let Some(text) = self.text() {
            check("the length of a cell in bytes", text.len() as u64, options.max_cell_bytes)?;
            texts.push(text);
        }
        Ok(texts)
    }

    /// Moves on to the next record at the end of one; false at the end of all.
    fn settle(&mut self) -> bool {
        while self.parts.get(self.part).is_some_and(|p| self.at >= p.len()) {
            self.part += 1;
            self.at = 0;
        }
        self.part < self.parts.len()
    }

    fn take(&mut self, count: usize) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        while bytes.len() < count {
            if !self.settle() {
                return None;
            }
            let part = self.parts[self.part];
            let n = (count - bytes.len()).min(part.len() - self.at);
            bytes.extend_from_slice(&part[self.at..self.at + n]);
            self.at += n;
        }
        Some(bytes)
    }

    fn skip(&mut self, mut count: usize) {
        while count > 0 && self.settle() {
            let n = count.min(self.parts[self.part].len() - self.at);
            self.at += n;
            count -= n;
        }
    }

    fn text(&mut self) -> Option<String> {
        let head = self.take(3)?;
        let mut left = usize::from(u16::from_le_bytes([head[0], head[1]]));
        let mut flags = head[2];
        let runs = if flags & 8 != 0 { self.take(2).map(|b| usize::from(u16::from_le_bytes([b[0], b[1]])))? } else { 0 };
        let phonetic = if flags & 4 != 0 { self.take(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]) as usize)? } else { 0 };
        let mut units: Vec<u16> = Vec::new();
        while left > 0 {
            let part = self.parts.get(self.part)?;
            if self.at >= part.len() {
                // The rest of a text that is cut: its flags are said again.
                self.part += 1;
                self.at = 0;
                flags = *self.parts.get(self.part)?.first()?;
                self.at = 1;
                continue;
            }
            let rest = &part[self.at..];
            if flags & 1 == 0 {
                let n = left.min(rest.len());
                units.extend(rest[..n].iter().map(|b| u16::from(*b)));
                (self.at, left) = (self.at + n, left - n);
            } else {
                let n = left.min(rest.len() / 2);
                if n == 0 {
                    return None;
                }
                units.extend(rest[..2 * n].as_chunks::<2>().0.iter().map(|u| u16::from_le_bytes(*u)));
                (self.at, left) = (self.at + 2 * n, left - n);
            }
        }
        self.skip(4 * runs + phonetic);
        Some(String::from_utf16_lossy(&units))
    }
}

impl Book {
    /// A text of BIFF5, in the workbook's code page: Chinese, or Latin.
    fn narrow(&self, data: &[u8], at: usize, bytes_of_count: usize) -> Option<String> {
        let count = if bytes_of_count == 1 { usize::from(*data.get(at)?) } else { usize::from(u16_at(data, at)?) };
        let from = at + bytes_of_count;
        let bytes = data.get(from..(from + count).min(data.len()))?;
        Some(if self.chinese { gb18030::decode(bytes) } else { bytes.iter().map(|b| char::from(*b)).collect() })
    }

    fn label(&self, data: &[u8]) -> Option<String> {
        if self.unicode { wide(data, 6) } else { self.narrow(data, 6, 2) }
    }

    /// A number as its style shows it.
    fn number(&self, number: f64, style: u16) -> String {
        if !number.is_finite() {
            return String::new();
        }
        let text = plain(number, &number.to_string());
        let format = match self.styles.get(usize::from(style)) {
            Some(14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58) => Format::Day,
            Some(id) => self.formats.iter().find(|(i, _)| i == id).map_or(Format::Plain, |(_, f)| f.clone()),
            None => Format::Plain,
        };
        match format {
            Format::Day if (1.0..2_958_466.0).contains(&number) => day_of(number, self.shift).unwrap_or(text),
            Format::Unit(unit) => text + &unit,
            _ => text,
        }
    }

    /// The rows of the sheet whose records begin at a place.
    fn rows(&self, stream: &[u8], at: usize, options: &IntakeOptions, kept: &mut u64) -> Result<Vec<(u32, Vec<String>)>, Error> {
        let mut cells: Vec<(u16, u16, String)> = Vec::new();
        let mut merges: Vec<(u16, u16, u16)> = Vec::new();
        let records = Records { stream, at };
        let mut formula: Option<(u16, u16)> = None;
        let mut depth = 0;
        for (kind, data) in records {
            let place = || Some((u16_at(data, 0)?, u16_at(data, 2)?, u16_at(data, 4)?));
            let mut put = |row: u16, column: u16, text: String| -> Result<(), Error> {
                *kept += text.len() as u64;
                check("the number of cells", cells.len() as u64 + 1, options.max_cells)?;
                check("the texts of the workbook in bytes", *kept, crate::intake::xlsx::most_text(stream.len() as u64))?;
                if !text.is_empty() {
                    cells.push((row, column, text));
                }
                Ok(())
            };
            match (kind, place()) {
                (0x0809, _) => depth += 1,
                (0x000a, _) => {
                    depth -= 1;
                    if depth <= 0 {
                        break;
                    }
                }
                // What charts within the sheet hold is none of its cells.
                _ if depth > 1 => {}
                (0x00fd, Some((row, column, _))) => {
                    let text = u32_at(data, 6).and_then(|i| self.strings.get(i as usize)).cloned();
                    put(row, column, text.unwrap_or_default())?;
                }
                (0x0204 | 0x00d6, Some((row, column, _))) => put(row, column, self.label(data).unwrap_or_default())?,
                (0x0203, Some((row, column, style))) => {
                    let value = data.get(6..14).and_then(|b| b.try_into().ok()).map(f64::from_le_bytes);
                    put(row, column, value.map(|v| self.number(v, style)).unwrap_or_default())?;
                }
                (0x027e, Some((row, column, style))) => {
                    put(row, column, u32_at(data, 6).map(|v| self.number(packed(v), style)).unwrap_or_default())?;
                }
                (0x00bd, Some((row, first, _))) => {
                    for (index, cell) in data.get(4..data.len().saturating_sub(2)).unwrap_or(&[]).chunks_exact(6).enumerate() {
                        let (Some(style), Some(value)) = (u16_at(cell, 0), u32_at(cell, 2)) else { continue };
                        put(row, first.saturating_add(index as u16), self.number(packed(value), style))?;
                    }
                }
                (0x0006, Some((row, column, style))) => {
                    let value: Option<[u8; 8]> = data.get(6..14).and_then(|b| b.try_into().ok());
                    match value {
                        // A text follows in a record of its own.
                        Some([0, .., 0xff, 0xff]) => formula = Some((row, column)),
                        Some([1, _, flag, .., 0xff, 0xff]) => put(row, column, if flag == 0 { "false" } else { "true" }.to_owned())?,
                        Some([.., 0xff, 0xff]) | None => {}
                        Some(bytes) => put(row, column, self.number(f64::from_le_bytes(bytes), style))?,
                    }
                }
                (0x0207, _) => {
                    if let Some((row, column)) = formula.take() {
                        let text = if self.unicode { wide(data, 0) } else { self.narrow(data, 0, 2) };
                        put(row, column, text.unwrap_or_default())?;
                    }
                }
                (0x0205, Some((row, column, _))) if data.get(7) == Some(&0) => {
                    put(row, column, if data.get(6) == Some(&0) { "false" } else { "true" }.to_owned())?;
                }
                (0x00e5, _) => {
                    for range in data.get(2..).unwrap_or(&[]).chunks_exact(8) {
                        if let (Some(top), Some(bottom), Some(left)) = (u16_at(range, 0), u16_at(range, 2), u16_at(range, 4))
                            && bottom > top
                        {
                            merges.push((top, bottom, left));
                        }
                    }
                }
                _ => {}
            }
        }
        let mut rows = by_row(cells, options)?;
        for (top, bottom, left) in merges {
            fill(&mut rows, (top, bottom), usize::from(left));
        }
        Ok(rows)
    }
}

/// A number packed into four bytes: 30 bits of a double or of a whole number, and a hundredth of either.
fn packed(value: u32) -> f64 {
    let number = if value & 2 != 0 { f64::from((value as i32) >> 2) } else { f64::from_bits(u64::from(value & 0xffff_fffc) << 32) };
    if value & 1 != 0 { number / 100.0 } else { number }
}

fn by_row(mut cells: Vec<(u16, u16, String)>, options: &IntakeOptions) -> Result<Vec<(u32, Vec<String>)>, Error> {
    sort_by_key(&mut cells, |(row, column, _)| (*row, *column));
    let mut rows: Vec<(u32, Vec<String>)> = Vec::new();
    for (row, column, text) in cells {
        let number = u32::from(row) + 1;
        check("the number of columns", u64::from(column) + 1, options.max_columns)?;
        if rows.last().is_none_or(|(last, _)| *last != number) {
            rows.push((number, Vec::new()));
        }
        if let Some((_, last)) = rows.last_mut() {
            last.resize(usize::from(column), String::new());
            last.push(text);
        }
    }
    Ok(rows)
}

/// Fills a merged range downwards with the text of its first cell.
fn fill(rows: &mut [(u32, Vec<String>)], (top, bottom): (u16, u16), left: usize) {
    let at = |rows: &[(u32, Vec<String>)], row: u16| rows.binary_search_by_key(&(u32::from(row) + 1), |r| r.0).ok();
    let Some(text) = at(rows, top).and_then(|i| rows[i].1.get(left).cloned()).filter(|t| !t.is_empty()) else { return };
    let from = rows.partition_point(|r| r.0 <= u32::from(top) + 1);
    for (_, cells) in rows[from..].iter_mut().take_while(|r| r.0 <= u32::from(bottom) + 1) {
        if cells.len() <= left {
            cells.resize(left + 1, String::new());
        }
        if cells[left].is_empty() {
            cells[left].clone_from(&text);
        }
    }
}
