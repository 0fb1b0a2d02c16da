//! What kind of file it is, told by its bytes and never by its name, and its rows poured into one stream. Of a workbook's sheets all
//! that are visible and have a header are read, unless the caller names some.

use crate::error::{Error, Kind};
#[cfg(feature = "xlsx")]
use crate::intake::sheet::Sheet;
use crate::intake::sheet::{Sink, check};
use crate::intake::{IntakeOptions, IntakeReport, decode, delimited, json};
#[cfg(feature = "xlsx")]
use crate::intake::{SheetReport, header, markup, ods, xls, xlsx, zipped::Archive};

/// Reads any supported file, row by row. `report` learns of the file, not of its rows.
pub(crate) fn read(bytes: &[u8], options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink) -> Result<(), Error> {
    check("the file's size in bytes", bytes.len() as u64, options.max_bytes)?;
    if bytes.is_empty() {
        return Err(Kind::EmptyFile.into());
    }
    if is_zip(bytes) {
        return zipped(bytes, options, report, sink, 0);
    }
    if bytes.starts_with(COMPOUND) {
        return compound(bytes, options, report, sink);
    }
    if let Some(format) = foreign(bytes) {
        return Err(Kind::UnsupportedFormat(format.to_owned()).into());
    }
    let (text, encoding, unreadable) = decode::decode(bytes);
    encoding.clone_into(&mut report.encoding);
    report.unreadable_characters = unreadable as u64;
    let start = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if start.is_empty() || start.chars().all(|c| c.is_whitespace() || matches!(c, ',' | ';' | '\0')) {
        return Err(Kind::EmptyFile.into());
    }
    if start.starts_with(['[', '{']) {
        return json::read(start, options, report, sink);
    }
    #[cfg(feature = "xlsx")]
    if markup::is_markup(start) {
        return markup::read(start, options, report, sink);
    }
    delimited::read(text.trim_start_matches('\u{feff}'), options, report, sink)
}

/// True when a file that begins so, and is UTF-8 throughout, is delimited text.
pub(crate) fn is_delimited(head: &str) -> bool {
    let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let bytes = head.as_bytes();
    let other = is_zip(bytes) || foreign(bytes).is_some();
    #[cfg(feature = "xlsx")]
    let other = other || markup::is_markup(start);
    !(other || start.chars().all(|c| matches!(c, ',' | ';' | '\0')) || start.starts_with(['[', '{']))
}

fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// What compound files begin with: old workbooks, and new ones with a password.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// The name of a format that people rename into a table by mistake.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"\x89PNG", "a PNG picture"),
        (b"\xff\xd8\xff", "a JPEG picture"),
        (b"GIF8", "a GIF picture"),
        (b"RIFF", "a WebP picture or a sound"),
        (b"%PDF", "a PDF document"),
        (b"{\\rtf", "an RTF document"),
        (b"ID;P", "a SYLK table"),
        (b"SQLite format 3\0", "an SQLite database"),
        (b"PAR1", "a Parquet file"),
        (b"ARROW1", "an Arrow file"),
        (b"Rar!", "a RAR archive"),
        (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
        (b"\x1f\x8b", "a gzip archive"),
        (b"\xfd7zXZ", "an XZ archive"),
        (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
        (b"BZh", "a bzip2 archive"),
        (b"\x09\x00\x04\x00", "a workbook of Excel 2"),
        (b"\x09\x02\x06\x00", "a workbook of Excel 3"),
        (b"\x09\x04\x06\x00", "a workbook of Excel 4"),
        (b"MIME-Version:", "a web archive"),
    ];
    MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, name)| *name)
}

#[cfg(not(feature = "xlsx"))]
fn zipped(_: &[u8], _: &IntakeOptions, _: &mut IntakeReport, _: &mut dyn Sink, _: u32) -> Result<(), Error> {
    Err(Kind::UnsupportedFormat("a zipped workbook".to_owned()).into())
}

/// What tables in an archive are named.
#[cfg(feature = "xlsx")]
const TABLES: &[&str] = &["xlsx", "xlsm", "xls", "et", "xlsb", "ods", "csv", "tsv", "txt", "json", "jsonl"];

/// A zip: a workbook, or an archive with one table in it.
#[cfg(feature = "xlsx")]
fn zipped(bytes: &[u8], options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink, depth: u32) -> Result<(), Error> {
    let mut archive = Archive::open(bytes, options)?;
    "UTF-8".clone_into(&mut report.encoding);
    if archive.find("xl/workbook.bin").is_some() {
        return binary(bytes, options, report, sink);
    }
    let is_book = archive.find("[content_types].xml").is_some() && archive.names().iter().any(|n| n.ends_with("workbook.xml"));
    if is_book || archive.find("xl/workbook.xml").is_some() {
        "xlsx".clone_into(&mut report.format);
        return workbook(archive, bytes.len() as u64, options, report, sink);
    }
    if archive.find("content.xml").is_some() && archive.find("mimetype").is_some() {
        "ods".clone_into(&mut report.format);
        return document(archive, options, report, sink);
    }
    if archive.find("word/document.xml").is_some() || archive.find("ppt/presentation.xml").is_some() {
        return Err(Kind::UnsupportedFormat("a Word document or a presentation".to_owned()).into());
    }
    if archive.names().iter().any(|n| n.rsplit_once('.').is_some_and(|(_, e)| e == "iwa")) {
        return Err(Kind::UnsupportedFormat("a table of Numbers".to_owned()).into());
    }
    if archive.find("[content_types].xml").is_some() {
        return Err(Kind::BadWorkbook("there is no workbook in it".to_owned()).into());
    }
    let is_table = |n: &String| {
        !n.starts_with("__macosx/")
            && !n.rsplit('/').next().unwrap_or("").starts_with('.')
            && n.rsplit_once('.').is_some_and(|(_, e)| TABLES.contains(&e))
    };
    let inside: Vec<usize> = archive.names().iter().enumerate().filter(|(_, n)| is_table(n)).map(|(i, _)| i).collect();
    match inside.as_slice() {
        [one] if depth == 0 => {
            let bytes = archive.bytes(*one, options.max_bytes.min(options.max_expanded_bytes))?;
            if bytes.starts_with(b"PK\x03\x04") { zipped(&bytes, options, report, sink, 1) } else { read(&bytes, options, report, sink) }
        }
        [] | [_] => Err(Kind::UnsupportedFormat("an archive without a table".to_owned()).into()),
        several => Err(Kind::UnsupportedFormat(format!("an archive of {} tables, of which one is to be chosen,", several.len())).into()),
    }
}

#[cfg(all(feature = "xlsx", not(feature = "xlsb")))]
fn binary(_: &[u8], _: &IntakeOptions, _: &mut IntakeReport, _: &mut dyn Sink) -> Result<(), Error> {
    Err(Kind::UnsupportedFormat("a binary workbook (.xlsb)".to_owned()).into())
}

#[cfg(feature = "xlsb")]
fn binary(bytes: &[u8], options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink) -> Result<(), Error> {
    "xlsb".clone_into(&mut report.format);
    laid_out(&crate::intake::binary::read(bytes)?, 0, options, report, sink)
}

#[cfg(not(feature = "xlsx"))]
fn compound(_: &[u8], _: &IntakeOptions, _: &mut IntakeReport, _: &mut dyn Sink) -> Result<(), Error> {
    Err(Kind::UnsupportedFormat("an old workbook (.xls)".to_owned()).into())
}

/// A compound file: an old workbook, or one that is protected.
#[cfg(feature = "xlsx")]
fn compound(bytes: &[u8], options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink) -> Result<(), Error> {
    "xls".clone_into(&mut report.format);
    let (tabs, shift) = xls::read(bytes, options)?;
    laid_out(&tabs, shift, options, report, sink)
}

/// Pours sheets that were read whole.
#[cfg(feature = "xlsx")]
fn laid_out(tabs: &[xls::Tab], shift: i32, options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink) -> Result<(), Error> {
    "UTF-8".clone_into(&mut report.encoding);
    let head = |tab: &xls::Tab| tab.rows.iter().take(header::SEARCHED).map(|r| r.1.clone()).collect::<Vec<_>>();
    let heads: Vec<Head> = tabs.iter().map(|tab| Head::new(&tab.name, tab.hidden, &head(tab), options)).collect();
    let chosen = choose(&heads, options, report)?;
    let several = chosen.len() > 1;
    for tab in chosen {
        sink.sheet(Sheet { name: Some(&tabs[tab].name), several, day_shift: shift });
        for (done, (number, cells)) in tabs[tab].rows.iter().enumerate() {
            sink.row(*number, &cells.iter().map(String::as_str).collect::<Vec<_>>())?;
            let share = done as f64 / tabs[tab].rows.len() as f64;
            if (done as u64 + 1).is_multiple_of(crate::intake::sheet::STEP) && !sink.share(share) {
                return Err(Kind::Cancelled.into());
            }
        }
    }
    Ok(())
}

#[cfg(feature = "xlsx")]
fn workbook(archive: Archive<'_>, size: u64, options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink) -> Result<(), Error> {
    let mut book = xlsx::Book::open(archive, size)?;
    let tabs = book.tabs.clone();
    let mut heads = Vec::with_capacity(tabs.len());
    for (index, tab) in tabs.iter().enumerate() {
        let mut rows = Vec::new();
        // Hidden sheets are looked into only when asked for.
        if !tab.hidden || options.wants(&tab.name) {
            book.rows(index, options, &mut |_, cells, _| {
                rows.push(cells.to_vec());
                Ok(rows.len() < header::SEARCHED)
            })?;
        }
        heads.push(Head::new(&tab.name, tab.hidden, &rows, options));
    }
    let chosen = choose(&heads, options, report)?;
    let parts = chosen.len().max(1) as f64;
    for (done, index) in chosen.into_iter().enumerate() {
        sink.sheet(Sheet { name: Some(&tabs[index].name), several: parts > 1.0, day_shift: book.day_shift });
        let mut rows = 0_u64;
        book.rows(index, options, &mut |number, cells, share| {
            sink.row(number, &cells.iter().map(String::as_str).collect::<Vec<_>>())?;
            rows += 1;
            if rows.is_multiple_of(crate::intake::sheet::STEP) && !sink.share((done as f64 + share) / parts) {
                return Err(Kind::Cancelled.into());
            }
            Ok(true)
        })?;
    }
    Ok(())
}

#[cfg(feature = "xlsx")]
fn document(mut archive: Archive<'_>, options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink) -> Result<(), Error> {
    let names = ods::names(&mut archive)?;
    check("the number of sheets", names.len() as u64, 1_024)?;
    let mut heads = Vec::with_capacity(names.len());
    for (index, name) in names.iter().enumerate() {
        let mut rows = Vec::new();
        ods::rows(&mut archive, index, options, &mut |_, cells| {
            rows.push(cells.to_vec());
            Ok(rows.len() < header::SEARCHED)
        })?;
        heads.push(Head::new(name, false, &rows, options));
    }
    let chosen = choose(&heads, options, report)?;
    let several = chosen.len() > 1;
    for index in chosen {
        sink.sheet(Sheet { name: Some(&names[index]), several, day_shift: 0 });
        ods::rows(&mut archive, index, options, &mut |number, cells| {
            sink.row(number, &cells.iter().map(String::as_str).collect::<Vec<_>>())?;
            Ok(true)
        })?;
    }
    Ok(())
}

/// What the first rows of a sheet say.
#[cfg(feature = "xlsx")]
struct Head {
    name: String,
    hidden: bool,
    empty: bool,
    /// How many columns its header names; 0 without one.
    known: usize,
}

#[cfg(feature = "xlsx")]
impl Head {
    fn new(name: &str, hidden: bool, rows: &[Vec<String>], options: &IntakeOptions) -> Self {
        let known = header::find(rows, options).map_or(0, |h| h.known);
        Self { name: name.to_owned(), hidden, empty: rows.is_empty(), known }
    }
}

/// The sheets to read: those the caller names; else all that are visible and have a header, but for lists of names alone beside real
/// tables; without any header the first that holds something, so that the error can say what was seen.
#[cfg(feature = "xlsx")]
fn choose(heads: &[Head], options: &IntakeOptions, report: &mut IntakeReport) -> Result<Vec<usize>, Error> {
    let asked = !options.sheets.is_empty();
    if let Some(missing) = options.sheets.iter().find(|s| !heads.iter().any(|h| h.name == **s)) {
        let there: Vec<&str> = heads.iter().map(|h| h.name.as_str()).collect();
        return Err(Kind::BadArgument(format!("there is no sheet `{missing}`; the sheets are {}", there.join(", "))).into());
    }
    let best = heads.iter().filter(|h| !h.hidden || asked).map(|h| h.known).max().unwrap_or(0);
    let mut chosen = Vec::new();
    for (index, head) in heads.iter().enumerate() {
        let state = match () {
            () if asked && !options.wants(&head.name) => "not_chosen",
            () if head.hidden && !asked => "hidden",
            () if head.empty => "empty",
            () if head.known == 0 && !(asked && best == 0) => "no_header",
            () if head.known == 1 && best > 1 && !asked => "few_columns",
            () => {
                chosen.push(index);
                "read"
            }
        };
        report.sheets.push(SheetReport { name: head.name.clone(), state: state.to_owned(), ..SheetReport::default() });
    }
    if chosen.is_empty() {
        let first = heads.iter().position(|h| !h.empty && (!h.hidden || asked));
        chosen.extend(first);
    }
    if chosen.is_empty() {
        return Err(Kind::EmptyFile.into());
    }
    Ok(chosen)
}
