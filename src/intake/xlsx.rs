//! Workbooks (XLSX, also strict and with odd prefixes and slashes), row by row from the zipped parts.

use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::enterprise::day;
use crate::error::{Error, Kind};
use crate::intake::IntakeOptions;
use crate::intake::date::DAYS_TO_1904;
use crate::intake::sheet::check;
use crate::intake::zipped::{Archive, bad};
use crate::order::sort_by_key;

/// Excel itself writes no more sheets and styles than these.
const MOST_SHEETS: usize = 1_024;
const MOST_STYLES: usize = 70_000;
/// Merged ranges beyond these are left as they are.
const MOST_MERGES: usize = 200_000;

/// Takes a row: its number, its cells, and the share of the sheet that is read; false ends the reading.
type Give<'g> = &'g mut dyn FnMut(u32, &[String], f64) -> Result<bool, Error>;

/// A sheet of a workbook.
#[derive(Debug, Clone)]
pub(crate) struct Tab {
    pub name: String,
    pub hidden: bool,
    part: usize,
}

/// An open workbook: everything but its sheets' rows.
pub(crate) struct Book<'b> {
    archive: Archive<'b>,
    pub tabs: Vec<Tab>,
    /// Added to serials of days.
    pub day_shift: i32,
    strings: Strings,
    styles: Vec<u16>,
    formats: Vec<Format>,
    /// Bytes of shared texts that may still be given out: one text named by every row is many.
    texts_left: u64,
}

/// The shared texts, one behind the other.
#[derive(Default)]
struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)? as usize;
        let start = index.checked_sub(1).and_then(|i| self.ends.get(i)).map_or(0, |e| *e as usize);
        self.text.get(start..end)
    }
}

/// What a number is shown as.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Format {
    Plain,
    Day,
    /// A unit written behind it.
    Unit(String),
}

/// Where an element's attribute of that name, whatever its prefix, stands.
fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    tag.attributes().with_checks(false).filter_map(Result::ok).find(|a| a.key.local_name().as_ref() == name).map(|a| unescaped(&a.value))
}

/// A text with its entities read.
fn unescaped(text: &str) -> String {
    quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned)
}

fn reader<R: BufRead>(part: R) -> Reader<R> {
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_unmatched_ends = true;
    reader
}

/// Adds what a text event holds.
fn add_text(event: &Event<'_>, into: &mut String) -> bool {
    match event {
        Event::Text(text) => into.push_str(text),
        Event::CData(text) => into.push_str(text),
        Event::GeneralRef(name) => {
            let named = match &**name {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "quot" => Some('"'),
                "apos" => Some('\''),
                other => other
                    .strip_prefix('#')
                    .and_then(|n| match n.strip_prefix(['x', 'X']) {
                        Some(hex) => u32::from_str_radix(hex, 16).ok(),
                        None => n.parse().ok(),
                    })
                    .and_then(char::from_u32),
            };
            let Some(c) = named else { return false };
            into.push(c);
        }
        _ => {}
    }
    true
}

/// The rooms of a budget for texts: what is kept of a file stands in proportion to the file.
pub(crate) fn most_text(bytes: u64) -> u64 {
    (64 << 20) + bytes.saturating_mul(30)
}

impl<'b> Book<'b> {
    pub fn open(mut archive: Archive<'b>, size: u64) -> Result<Self, Error> {
        let root = archive.find("_rels/.rels").map(|i| relations(&mut archive, i)).transpose()?.unwrap_or_default();
        let main = root.iter().find(|r| r.kind.ends_with("/officedocument")).map_or("xl/workbook.xml", |r| &r.target);
        let workbook = archive.find(main).or_else(|| archive.find("xl/workbook.xml"));
        let workbook = workbook.ok_or_else(|| bad(&"there is no workbook in it"))?;
        let folder = main.trim_start_matches('/').rsplit_once('/').map_or("", |(f, _)| f).to_owned();
        let file = main.rsplit('/').next().unwrap_or("workbook.xml");
        let rels = archive.find(&format!("{folder}/_rels/{file}.rels"));
        let rels = rels.map(|i| relations(&mut archive, i)).transpose()?.unwrap_or_default();
        let place = |target: &str| match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("{folder}/{}", target.trim_start_matches("./")).replace("/../", "/"),
        };
        let (listed, day_shift) = sheets(&mut archive, workbook)?;
        let mut tabs: Vec<Tab> = Vec::new();
        for (position, (name, id, hidden)) in listed.into_iter().enumerate() {
            let by_relation = rels.iter().find(|r| r.id == id);
            if by_relation.is_some_and(|r| r.kind.ends_with("/chartsheet") || r.kind.ends_with("/dialogsheet")) {
                continue;
            }
            let usual = || archive.find(&format!("xl/worksheets/sheet{}.xml", position + 1));
            let Some(part) = by_relation.and_then(|r| archive.find(&place(&r.target))).or_else(usual) else {
                return Err(bad(&format!("the part of sheet {name} is missing")));
            };
            // Sheets of one part are one.
            if !tabs.iter().any(|t| t.part == part) {
                tabs.push(Tab { name, hidden, part });
            }
        }
        let of_kind = |kind: &str, usual: &str| {
            rels.iter().find(|r| r.kind.ends_with(kind)).and_then(|r| archive.find(&place(&r.target))).or_else(|| archive.find(usual))
        };
        let (strings, styles) = (of_kind("/sharedstrings", "xl/sharedStrings.xml"), of_kind("/styles", "xl/styles.xml"));
        let strings = strings.map(|i| shared(&mut archive, i, most_text(size))).transpose()?.unwrap_or_default();
        let (styles, formats) = styles.map(|i| formats(&mut archive, i)).transpose()?.unwrap_or_default();
        Ok(Self { archive, tabs, day_shift, strings, styles, formats, texts_left: most_text(size) })
    }

    /// Reads the rows of a sheet, one by one, until `row` says to stop: their numbers, their cells, and the share of the sheet read.
    pub fn rows(&mut self, tab: usize, options: &IntakeOptions, row: Give<'_>) -> Result<(), Error> {
        let Some(part) = self.tabs.get(tab).map(|t| t.part) else { return Ok(()) };
        let mut merges = merges(&mut self.archive, part)?;
        let mut seen: Seen<'_> = Seen {
            strings: &self.strings,
            styles: &self.styles,
            formats: &self.formats,
            day_shift: self.day_shift,
            texts_left: &mut self.texts_left,
        };
        let outcome = {
            let (part, size) = self.archive.part(part)?;
            read_rows(part, size, &mut seen, &mut merges, options, row)
        };
        outcome.map_err(|failure| match failure {
            Failure::Ours(error) => error,
            Failure::Theirs(text) => self.archive.failure(&text),
        })
    }
}

enum Failure {
    Ours(Error),
    Theirs(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Ours(error)
    }
}

impl From<quick_xml::Error> for Failure {
    fn from(error: quick_xml::Error) -> Self {
        Self::Theirs(error.to_string())
    }
}

struct Relation {
    id: String,
    kind: String,
    target: String,
}

fn relations(archive: &mut Archive<'_>, index: usize) -> Result<Vec<Relation>, Error> {
    let mut found = Vec::new();
    each_tag(archive, index, |tag, name| {
        if name == "Relationship" && found.len() < 4 * MOST_SHEETS {
            let get = |n| attribute(tag, n).unwrap_or_default();
            found.push(Relation { id: get("Id"), kind: get("Type").to_ascii_lowercase(), target: get("Target").replace('\\', "/") });
        }
    })?;
    Ok(found)
}

/// Calls back for every tag that opens in a small part.
fn each_tag(archive: &mut Archive<'_>, index: usize, mut see: impl FnMut(&BytesStart<'_>, &str)) -> Result<(), Error> {
    let outcome = {
        let (part, _) = archive.part(index)?;
        let mut reader = reader(part);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(tag) | Event::Empty(tag)) => see(&tag, tag.local_name().as_ref()),
                Ok(Event::Eof) => break Ok(()),
                Ok(_) => {}
                Err(e) => break Err(e.to_string()),
            }
        }
    };
    outcome.map_err(|e: String| archive.failure(&e))
}

/// A sheet as the workbook lists it: its name, its relation, whether it is hidden.
type Listed = (String, String, bool);

/// The sheets a workbook lists, and the calendar of its days.
fn sheets(archive: &mut Archive<'_>, index: usize) -> Result<(Vec<Listed>, i32), Error> {
    let (mut listed, mut shift, mut number) = (Vec::new(), 0, 0_usize);
    each_tag(archive, index, |tag, name| match name {
        "sheet" => {
            number += 1;
            if number <= MOST_SHEETS {
                let hidden = attribute(tag, "state").is_some_and(|s| s != "visible");
                listed.push((attribute(tag, "name").unwrap_or_default(), attribute(tag, "id").unwrap_or_default(), hidden));
            }
        }
        "workbookPr" if matches!(attribute(tag, "date1904").as_deref(), Some("1" | "true" | "on")) => shift = DAYS_TO_1904,
        _ => {}
    })?;
    check("the number of sheets", number as u64, MOST_SHEETS as u64)?;
    Ok((listed, shift))
}

/// The shared texts. The count a file states is not looked at; what is kept is bounded by the size of the file.
fn shared(archive: &mut Archive<'_>, index: usize, most: u64) -> Result<Strings, Error> {
    let mut strings = Strings::default();
    let outcome = {
        let (part, _) = archive.part(index)?;
        shared_of(part, &mut strings, most)
    };
    match outcome {
        Ok(()) => Ok(strings),
        Err(Failure::Ours(error)) => Err(error),
        Err(Failure::Theirs(text)) => Err(archive.failure(&text)),
    }
}

fn shared_of<R: BufRead>(part: R, strings: &mut Strings, most: u64) -> Result<(), Failure> {
    let mut reader = reader(part);
    let mut buffer = Vec::new();
    // Reading help over characters (rPh) is no text; marks of format within a text are.
    let (mut help, mut text) = (0_u32, false);
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer)?;
        match &event {
            Event::Start(tag) => match tag.local_name().as_ref() {
                "rPh" => help += 1,
                "t" => text = help == 0,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "rPh" => help = help.saturating_sub(1),
                "t" => text = false,
                "si" => strings.ends.push(u32::try_from(strings.text.len()).unwrap_or(u32::MAX)),
                _ => {}
            },
            Event::Empty(tag) if tag.local_name().as_ref() == "si" => {
                strings.ends.push(u32::try_from(strings.text.len()).unwrap_or(u32::MAX));
            }
            Event::Eof => return Ok(()),
            event if text && !add_text(event, &mut strings.text) => return Err(Failure::Theirs("unrecognized entity".to_owned())),
            _ => {}
        }
        check(
            "the shared texts of the workbook in bytes",
            (strings.text.len() + 4 * strings.ends.len()) as u64,
            most.min(u64::from(u32::MAX)),
        )?;
    }
}

/// Of each style the format of its numbers.
fn formats(archive: &mut Archive<'_>, index: usize) -> Result<(Vec<u16>, Vec<Format>), Error> {
    let mut codes: Vec<(u32, Format)> = Vec::new();
    let mut known = vec![Format::Plain, Format::Day];
    let mut styles: Vec<u16> = Vec::new();
    let mut within = false;
    let outcome = {
        let (part, _) = archive.part(index)?;
        let mut reader = reader(part);
        let mut buffer = Vec::new();
        loop {
            buffer.clear();
            match reader.read_event_into(&mut buffer) {
                Ok(Event::Start(tag) | Event::Empty(tag)) => match tag.local_name().as_ref() {
                    "numFmt" if codes.len() < 1_000 => {
                        let id = attribute(&tag, "numFmtId").and_then(|i| i.parse().ok()).unwrap_or(0);
                        let code = attribute(&tag, "formatCode").unwrap_or_default();
                        codes.push((id, format_of(&code)));
                    }
                    "cellXfs" => within = true,
                    "xf" if within && styles.len() < MOST_STYLES => {
                        let id = attribute(&tag, "numFmtId").and_then(|i| i.parse().ok()).unwrap_or(0);
                        let format = match id {
                            14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Format::Day,
                            id => codes.iter().find(|(i, _)| *i == id).map_or(Format::Plain, |(_, f)| f.clone()),
                        };
                        let place = known.iter().position(|f| *f == format).unwrap_or_else(|| {
                            known.push(format);
                            known.len() - 1
                        });
                        styles.push(place as u16);
                    }
                    _ => {}
                },
                Ok(Event::End(tag)) if tag.local_name().as_ref() == "cellXfs" => break Ok(()),
                Ok(Event::Eof) => break Ok(()),
                Ok(_) => {}
                Err(e) => break Err(e.to_string()),
            }
        }
    };
    outcome.map_err(|e: String| archive.failure(&e))?;
    Ok((styles, known))
}

/// What a format code shows a number as: a day, or a number with a unit behind it (`0"万元"`).
pub(crate) fn format_of(code: &str) -> Format {
    let first = code.split(';').next().unwrap_or("");
    let (mut bare, mut literal) = (String::new(), String::new());
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    for c in first.chars().take(255) {
        match c {
            _ if escaped => {
                literal.push(c);
                escaped = false;
            }
            '"' => quoted = !quoted,
            c if quoted => literal.push(c),
            '\\' | '!' => escaped = true,
            '[' => bracket = true,
            ']' => bracket = false,
            _ if bracket => {}
            '_' | '*' => escaped = true,
            c if ('\u{4e00}'..='\u{9fff}').contains(&c) => literal.push(c),
            c => bare.push(c.to_ascii_lowercase()),
        }
    }
    if bare.contains(['y', 'd']) || (bare.contains('m') && !bare.contains(['0', '#', 'h', 's'])) {
        return Format::Day;
    }
    // 0!.0,"万" shows yuan as ten thousands: the number itself is in yuan.
    let shrunk = bare.trim_end().ends_with(',') || first.contains("!.") || first.contains("\\.");
    let unit = literal.trim();
    if !shrunk && unit.contains(['万', '亿', '元', '人']) && unit.chars().count() <= 6 && bare.contains(['0', '#']) {
        return Format::Unit(unit.to_owned());
    }
    Format::Plain
}

/// A range of cells that stand as one, and the text of its first.
#[derive(Debug)]
struct Merged {
    top: u32,
    bottom: u32,
    left: usize,
    text: String,
}

/// The ranges merged downwards, from the tail of a sheet's part.
fn merges(archive: &mut Archive<'_>, part: usize) -> Result<Vec<Merged>, Error> {
    let mut kept: Vec<u8> = Vec::new();
    let mut from = false;
    archive.scan(part, |piece| {
        if from {
            if kept.len() < MOST_MERGES * 40 {
                kept.extend_from_slice(piece);
            }
            return;
        }
        // The mark may lie over two pieces: the tail of the last is kept.
        kept.extend_from_slice(piece);
        if let Some(at) = memchr::memmem::find(&kept, b"mergeCells") {
            kept.drain(..at);
            from = true;
        } else {
            let keep = kept.len().min(16);
            kept.drain(..kept.len() - keep);
        }
    })?;
    let mut found = Vec::new();
    if from {
        let text = String::from_utf8_lossy(&kept);
        for range in text.split("ref=").skip(1).take(MOST_MERGES) {
            let range = range.trim_start_matches(['"', '\'']).split(['"', '\'']).next().unwrap_or("");
            let Some((first, last)) = range.split_once(':') else { continue };
            let (Some((left, top)), Some((_, bottom))) = (reference(first), reference(last)) else { continue };
            if bottom > top {
                found.push(Merged { top, bottom, left, text: String::new() });
            }
        }
        sort_by_key(&mut found, |m| (m.top, m.left));
    }
    Ok(found)
}

/// A reference such as B12: the column from 0, the row from 1.
fn reference(text: &str) -> Option<(usize, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if !(1..=3).contains(&letters) || text.len() > 10 {
        return None;
    }
    let column = text[..letters].bytes().fold(0, |n, b| n * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    let row: u32 = text[letters..].parse().ok()?;
    (1..=1_048_576).contains(&row).then_some((column - 1, row))
}

/// What the cells of a sheet refer to.
struct Seen<'s> {
    strings: &'s Strings,
    styles: &'s [u16],
    formats: &'s [Format],
    day_shift: i32,
    texts_left: &'s mut u64,
}

/// A cell being read.
#[derive(Default)]
struct Open {
    column: usize,
    style: Option<usize>,
    kind: String,
    value: String,
    text: String,
}

fn read_rows<R: BufRead>(
    part: R,
    size: u64,
    seen: &mut Seen<'_>,
    merges: &mut [Merged],
    options: &IntakeOptions,
    give: Give<'_>,
) -> Result<(), Failure> {
    let mut reader = reader(part);
    let mut buffer = Vec::new();
    let mut cells: Vec<String> = Vec::new();
    let mut cell = Open::default();
    let (mut number, mut column, mut counted, mut rows) = (0_u32, 0_usize, 0_u64, 0_u64);
    let (mut in_value, mut in_text, mut help) = (false, false, 0_u32);
    let mut running = Running { next: 0, open: Vec::new() };
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer)?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let empty = matches!(event, Event::Empty(_));
                match tag.local_name().as_ref() {
                    "row" => {
                        number = match attribute(tag, "r") {
                            Some(text) => text
                                .parse()
                                .ok()
                                .filter(|n| (1..=1_048_576).contains(n))
                                .ok_or_else(|| Failure::Theirs(format!("row {text}")))?,
                            None => number + 1,
                        };
                        (column, rows) = (0, rows + u64::from(!empty));
                        cells.clear();
                    }
                    "c" => {
                        if let Some(text) = attribute(tag, "r") {
                            let (at, row) = reference(&text).ok_or_else(|| Failure::Theirs(format!("cell {text}")))?;
                            (column, number) = (at, if number == 0 { row } else { number });
                        }
                        check("the number of columns", column as u64 + 1, options.max_columns)?;
                        cell.column = column;
                        cell.style = attribute(tag, "s").and_then(|s| s.parse().ok());
                        cell.kind = attribute(tag, "t").unwrap_or_default();
                        cell.value.clear();
                        cell.text.clear();
                        column += 1;
                        counted += u64::from(!empty);
                        check("the number of cells", counted, options.max_cells)?;
                    }
                    "v" => in_value = !empty,
                    "t" => in_text = !empty && help == 0,
                    "rPh" if !empty => help += 1,
                    _ => {}
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "v" => in_value = false,
                "t" => in_text = false,
                "rPh" => help = help.saturating_sub(1),
                "c" => {
                    if let Some(text) = seen.text(&cell)?
                        && !text.is_empty()
                    {
                        check("the length of a cell in bytes", text.len() as u64, options.max_cell_bytes)?;
                        if cells.len() <= cell.column {
                            cells.resize(cell.column + 1, String::new());
                        }
                        cells[cell.column] = text;
                    }
                }
                "row" => {
                    running.fill(number, &mut cells, merges);
                    if cells.iter().any(|c| !c.is_empty()) {
                        check("the number of rows", rows, options.max_rows)?;
                        let share = reader.buffer_position() as f64 / size.max(1) as f64;
                        if !give(number, &cells, share.min(1.0))? {
                            return Ok(());
                        }
                    }
                }
                "sheetData" => return Ok(()),
                _ => {}
            },
            Event::Eof => return Ok(()),
            event if in_value && !add_text(event, &mut cell.value) => {
                return Err(Failure::Theirs("unrecognized entity".to_owned()));
            }
            event if in_text => {
                if !add_text(event, &mut cell.text) {
                    return Err(Failure::Theirs("unrecognized entity".to_owned()));
                }
                check("the length of a cell in bytes", cell.text.len() as u64, options.max_cell_bytes.saturating_mul(2))?;
            }
            _ => {}
        }
    }
}

impl Seen<'_> {
    /// What a cell says, as a person would have typed it.
    fn text(&mut self, cell: &Open) -> Result<Option<String>, Failure> {
        let value = cell.value.trim();
        Ok(match cell.kind.as_str() {
            "s" if value.is_empty() => None,
            "s" => {
                let index = value.parse().map_err(|_| Failure::Theirs(format!("text number {value}")))?;
                let text = self.strings.get(index).ok_or_else(|| Failure::Theirs(format!("text number {value}")))?;
                let left = self.texts_left.checked_sub(text.len() as u64);
                *self.texts_left = left.ok_or_else(|| {
                    let limit = most_text(0);
                    Error::from(Kind::Limit { what: "the texts of the workbook in bytes", found: limit + 1, limit })
                })?;
                Some(text.to_owned())
            }
            "inlineStr" => Some(cell.text.clone()),
            "str" | "d" | "e" => Some(if cell.value.is_empty() { cell.text.clone() } else { cell.value.clone() }),
            "b" => Some(if value == "1" { "true".to_owned() } else { "false".to_owned() }),
            _ if value.is_empty() => Some(cell.text.clone()).filter(|t| !t.is_empty()),
            _ => Some(self.number(value, cell.style)),
        })
    }

    fn number(&self, text: &str, style: Option<usize>) -> String {
        let Some(number) = text.parse::<f64>().ok().filter(|n| n.is_finite()) else { return text.to_owned() };
        let format = style.and_then(|s| self.styles.get(s)).and_then(|f| self.formats.get(usize::from(*f)));
        match format {
            Some(Format::Day) if (1.0..2_958_466.0).contains(&number) => {
                day_of(number, self.day_shift).unwrap_or_else(|| plain(number, text))
            }
            Some(Format::Unit(unit)) => format!("{}{unit}", plain(number, text)),
            _ => plain(number, text),
        }
    }
}

/// A serial as a day.
pub(crate) fn day_of(serial: f64, shift: i32) -> Option<String> {
    let days = libm::floor(serial) as i64 + i64::from(shift) - 25_569;
    day::from_number(days).map(day::written)
}

/// A number as a person would have typed it: 100, not 100.0. From 10^15 on, where digits are lost, as the file writes it.
pub(crate) fn plain(number: f64, text: &str) -> String {
    match () {
        () if number.abs() >= 1e15 => text.to_owned(),
        () if number % 1.0 == 0.0 => format!("{number:.0}"),
        () => format!("{number}"),
    }
}

/// The merged ranges that reach the row being read.
struct Running {
    next: usize,
    open: Vec<usize>,
}

impl Running {
    /// Keeps the text of ranges that begin in a row, and fills the cells that ranges reach down to.
    fn fill(&mut self, row: u32, cells: &mut Vec<String>, merges: &mut [Merged]) {
        while let Some(merge) = merges.get_mut(self.next).filter(|m| m.top <= row) {
            let (left, bottom) = (merge.left, merge.bottom);
            if merge.top == row {
                merge.text = cells.get(merge.left).cloned().unwrap_or_default();
            }
            if bottom >= row && !merge.text.is_empty() {
                // Ranges do not overlap: of two in one column the later holds.
                self.open.retain(|m| merges.get(*m).is_some_and(|m| m.left != left));
                self.open.push(self.next);
            }
            self.next += 1;
        }
        self.open.retain(|m| merges.get(*m).is_some_and(|m| m.bottom >= row));
        for merge in self.open.iter().filter_map(|m| merges.get(*m)).filter(|m| m.top < row) {
            if cells.len() <= merge.left {
                cells.resize(merge.left + 1, String::new());
            }
            if cells[merge.left].is_empty() {
                cells[merge.left].clone_from(&merge.text);
            }
        }
    }
}
