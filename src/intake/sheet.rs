//! Files to rows of text: delimited text and JSON. Workbooks are read in `workbook.rs`.

use crate::error::{Error, Kind};
use crate::intake::{IntakeOptions, IntakeReport, decode};

/// A row of cells and its number in the file.
#[derive(Debug)]
pub(crate) struct Row {
    pub number: u32,
    pub cells: Vec<String>,
}

/// A quoted cell that runs over more lines than this is taken for a quote that was never closed.
const LONGEST_QUOTE: u32 = 60;

/// Takes the rows of a file, one after another.
pub(crate) trait Sink {
    /// A row: its number and cells.
    fn row(&mut self, number: u32, cells: &[&str]);

    /// Is told from time to time which share of the file is read, 0 to 1.
    fn share(&mut self, _read: f64) {}
}

impl<F: FnMut(u32, &[&str])> Sink for F {
    fn row(&mut self, number: u32, cells: &[&str]) {
        self(number, cells);
    }
}

/// The share that is read is told once in so many rows.
pub(super) const STEP: u64 = 4096;

/// Reads any supported file, row by row. `report` learns of the file, not of its rows.
pub(crate) fn read(bytes: &[u8], options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink) -> Result<(), Error> {
    check("the file's size in bytes", bytes.len() as u64, options.max_bytes)?;
    if bytes.is_empty() {
        return Err(Kind::EmptyFile.into());
    }
    if bytes.starts_with(b"PK\x03\x04") {
        #[cfg(feature = "xlsx")]
        return super::workbook::read(bytes, options, report).map(|rows| pour(&rows, sink));
        #[cfg(not(feature = "xlsx"))]
        return Err(Kind::UnsupportedFormat("a zipped workbook".to_owned()).into());
    }
    if let Some(format) = foreign(bytes) {
        return Err(Kind::UnsupportedFormat(format.to_owned()).into());
    }
    let (text, encoding, unreadable) = decode::decode(bytes);
    encoding.clone_into(&mut report.encoding);
    report.unreadable_characters = unreadable as u64;
    let start = text.trim_start();
    if start.is_empty() || start.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';' | '\0')) {
        return Err(Kind::EmptyFile.into());
    }
    if start.starts_with(['[', '{']) {
        "json".clone_into(&mut report.format);
        return json(&text, options).map(|rows| pour(&rows, sink));
    }
    delimited(&text, options, report, sink)
}

fn pour(rows: &[Row], sink: &mut dyn Sink) {
    for row in rows {
        sink.row(row.number, &row.cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
}

/// The name of a format that people rename into a table by mistake.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"%PDF", "a PDF document"),
        (b"\xd0\xcf\x11\xe0", "the Excel format of before 2007 (.xls)"),
        (b"Rar!", "a RAR archive"),
        (b"7z\xbc\xaf", "a 7z archive"),
        (b"\x1f\x8b", "a gzip archive"),
    ];
    let start = bytes.trim_ascii_start();
    if start
        .get(..5)
        .is_some_and(|s| s.eq_ignore_ascii_case(b"<html") || s.eq_ignore_ascii_case(b"<!doc") || s.eq_ignore_ascii_case(b"<?xml"))
    {
        return Some("a web page or XML");
    }
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
}

pub(crate) fn check(what: &'static str, found: u64, limit: u64) -> Result<(), Error> {
    if found > limit { Err(Kind::Limit { what, found, limit }.into()) } else { Ok(()) }
}

/// Tells the separator: the one that makes the best header of the first lines, then the most frequent.
fn separator(text: &str) -> u8 {
    let head = text.match_indices('\n').nth(super::header::SEARCHED).map_or(text, |(end, _)| &text[..end]);
    let quality = |separator: u8| {
        let mut reader = csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(head.as_bytes());
        let rows: Vec<Vec<String>> = reader.records().filter_map(Result::ok).map(|r| r.iter().map(str::to_owned).collect()).collect();
        let header = super::header::find(rows.iter().map(Vec::as_slice));
        let known = header.map_or(0, |at| rows[at].iter().filter(|c| super::header::field(c).is_some()).count());
        (known, head.bytes().filter(|b| *b == separator).count())
    };
    // The last of equals wins: a comma when nothing tells them apart.
    [b'|', b';', b'\t', b','].into_iter().max_by_key(|s| quality(*s)).unwrap_or(b',')
}

fn delimited(text: &str, options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink) -> Result<(), Error> {
    let separator = separator(text);
    if separator == b'\t' { "tsv" } else { "csv" }.clone_into(&mut report.format);
    let mut rest = text;
    let mut reached = Reached { of: text.len(), ..Reached::default() };
    while let Some(offset) = chunk(rest, (separator, true), &mut reached, options, sink)? {
        // A quote is never closed: read that one line without quoting, and go on below it.
        let tail = &rest[offset..];
        let end = tail.find('\n').map_or(tail.len(), |i| i + 1);
        let repaired = &mut report.repaired_quotes;
        let mut broken = |number: u32, cells: &[&str]| {
            repaired.push(number);
            sink.row(number, &cells.iter().map(|c| c.trim_matches('"')).collect::<Vec<_>>());
        };
        chunk(&tail[..end], (separator, false), &mut reached, options, &mut broken)?;
        reached.lines += 1;
        reached.bytes += offset + end;
        rest = &tail[end..];
    }
    Ok(())
}

/// How far a text is read. Lines are counted as a spreadsheet does: line breaks between records, not those inside quoted cells.
#[derive(Default)]
struct Reached {
    lines: u32,
    /// Rows that hold anything.
    rows: u64,
    /// Bytes, before what is being read.
    bytes: usize,
    of: usize,
}

/// Reads records until the text ends or a record is broken; returns the byte offset of a broken one.
fn chunk(
    text: &str,
    (separator, quoting): (u8, bool),
    reached: &mut Reached,
    options: &IntakeOptions,
    sink: &mut dyn Sink,
) -> Result<Option<usize>, Error> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).quoting(quoting).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut record = csv::ByteRecord::new();
    let mut counted = 0;
    // The text is valid UTF-8 and comes from memory: neither the reader nor the check of what it read has anything to fail at.
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        let Ok(cells) = simdutf8::basic::from_utf8(record.as_slice()) else { break };
        let cells: Vec<&str> = (0..record.len()).map(|i| record.range(i).and_then(|r| cells.get(r)).unwrap_or("")).collect();
        let start = record.position().map_or(0, |p| p.byte() as usize);
        // The position may lie on the line breaks before the record.
        let start = text.len() - text[start..].trim_start_matches(['\n', '\r']).len();
        let end = reader.position().byte() as usize;
        let ends = start + text[start..end].trim_end_matches(['\n', '\r']).len();
        reached.lines += breaks(&text[counted..start]);
        counted = ends;
        let torn = || end >= text.len() && cells.iter().any(|c| c.contains('\n')) && unclosed(&text[start..]);
        if quoting && (breaks(&text[start..ends]) > LONGEST_QUOTE || torn()) {
            return Ok(Some(start));
        }
        let number = reached.lines + 1;
        reached.rows += 1;
        check("the number of columns", cells.len() as u64, options.max_columns)?;
        check("the number of rows", reached.rows, options.max_rows)?;
        if let Some(long) = cells.iter().position(|c| c.len() as u64 > options.max_cell_bytes) {
            let found = cells[long].len() as u64;
            let limit = Kind::Limit { what: "the length of a cell in bytes", found, limit: options.max_cell_bytes };
            return Err(Error::from(limit).at_row(number).at_column((long + 1).to_string()));
        }
        sink.row(number, &cells);
        if reached.rows.is_multiple_of(STEP) {
            sink.share((reached.bytes + end) as f64 / reached.of as f64);
        }
    }
    Ok(None)
}

fn breaks(text: &str) -> u32 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u32
}

/// True when the text holds an odd number of quotes, so the last one was never closed.
fn unclosed(text: &str) -> bool {
    text.bytes().filter(|b| *b == b'"').count() % 2 == 1
}

/// JSON (an array of objects, or an object holding one) and JSON Lines, made into a header and rows.
fn json(text: &str, options: &IntakeOptions) -> Result<Vec<Row>, Error> {
    use serde_json::Value;
    let bad = |e: serde_json::Error, line: usize| Error::from(Kind::BadJson(e.to_string())).at_row(line as u32);
    let objects: Vec<(u32, Value)> = match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(items)) => items.into_iter().enumerate().map(|(i, v)| (i as u32 + 1, v)).collect(),
        Ok(Value::Object(mut map)) => {
            let table = map.iter().find(|(_, v)| v.as_array().is_some_and(|a| a.iter().all(Value::is_object))).map(|(k, _)| k.clone());
            match table.and_then(|k| map.get_mut(&k)).map(Value::take) {
                Some(Value::Array(items)) => items.into_iter().enumerate().map(|(i, v)| (i as u32 + 1, v)).collect(),
                _ => vec![(1, Value::Object(map))],
            }
        }
        Ok(_) => return Err(Kind::BadJson("expected an array of objects".to_owned()).into()),
        Err(whole) => {
            let lines: Vec<(usize, &str)> = text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()).collect();
            if lines.len() < 2 || text.trim_start().starts_with('[') {
                return Err(bad(whole, whole_line(text)));
            }
            let parsed: Result<Vec<_>, Error> =
                lines.into_iter().map(|(i, l)| serde_json::from_str(l).map(|v| (i as u32 + 1, v)).map_err(|e| bad(e, i + 1))).collect();
            parsed?
        }
    };
    let mut header: Vec<String> = Vec::new();
    let mut rows = Vec::new();
    for (number, object) in objects {
        let Value::Object(map) = object else {
            return Err(Error::from(Kind::BadJson("expected an object".to_owned())).at_row(number));
        };
        let mut cells = vec![String::new(); header.len()];
        for (key, value) in map {
            let column = header.iter().position(|h| *h == key).unwrap_or_else(|| {
                header.push(key);
                cells.push(String::new());
                header.len() - 1
            });
            cells[column] = match value {
                Value::Null => String::new(),
                Value::String(s) => s,
                Value::Array(items) => {
                    items.iter().map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned)).collect::<Vec<_>>().join("|")
                }
                other => other.to_string(),
            };
        }
        check("the number of columns", header.len() as u64, options.max_columns)?;
        check("the number of rows", rows.len() as u64 + 1, options.max_rows)?;
        rows.push(Row { number, cells });
    }
    rows.insert(0, Row { number: 0, cells: header });
    Ok(rows)
}

fn whole_line(text: &str) -> usize {
    serde_json::from_str::<serde::de::IgnoredAny>(text).err().map_or(1, |e| e.line())
}
