//! OpenDocument spreadsheets (.ods), as LibreOffice and WPS save them.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::error::Error;
use crate::intake::IntakeOptions;
use crate::intake::sheet::check;
use crate::intake::zipped::{Archive, bad};

/// Repeated cells and rows that hold something are laid out so many times at most: what a sheet repeats to its edge is a format.
const MOST_REPEATS: u32 = 1_000;

/// Takes a row: its number and its cells; false ends the reading.
type Give<'g> = &'g mut dyn FnMut(u32, &[String]) -> Result<bool, Error>;

/// The names of the tables.
pub(crate) fn names(archive: &mut Archive<'_>) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    walk(
        archive,
        &mut |_, _| Ok(true),
        &mut |name| {
            names.push(name.to_owned());
            false
        },
        &IntakeOptions::new(),
    )?;
    Ok(names)
}

/// Reads the rows of one table, until `row` says to stop.
pub(crate) fn rows(archive: &mut Archive<'_>, table: usize, options: &IntakeOptions, row: Give<'_>) -> Result<(), Error> {
    let mut at = 0;
    walk(
        archive,
        row,
        &mut |_| {
            at += 1;
            at == table + 1
        },
        options,
    )
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().with_checks(false).filter_map(Result::ok).find(|a| a.key.local_name().as_ref() == name);
    found.map(|a| quick_xml::escape::unescape(&a.value).map_or_else(|_| a.value.to_string(), std::borrow::Cow::into_owned))
}

fn repeats(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|n| n.parse().ok()).unwrap_or(1).max(1)
}

/// Walks the tables; `begin` says of each whether its rows are wanted.
fn walk(archive: &mut Archive<'_>, give: Give<'_>, begin: &mut dyn FnMut(&str) -> bool, options: &IntakeOptions) -> Result<(), Error> {
    let index = archive.find("content.xml").ok_or_else(|| bad(&"content.xml is missing"))?;
    let outcome = walk_part(archive, index, give, begin, options);
    match outcome {
        Ok(()) => Ok(()),
        Err(Failure::Ours(error)) => Err(error),
        Err(Failure::Theirs(text)) => Err(archive.failure(&text)),
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

fn walk_part(
    archive: &mut Archive<'_>,
    index: usize,
    give: Give<'_>,
    begin: &mut dyn FnMut(&str) -> bool,
    options: &IntakeOptions,
) -> Result<(), Failure> {
    let (part, _) = archive.part(index)?;
    let mut reader = Reader::from_reader(part);
    reader.config_mut().check_end_names = false;
    let mut buffer = Vec::new();
    let (mut wanted, mut number, mut row_repeats) = (false, 0_u32, 1);
    let mut cells: Vec<String> = Vec::new();
    let (mut column, mut text, mut cell_repeats, mut paragraphs, mut in_cell) = (0_usize, String::new(), 1, 0, false);
    let (mut counted, mut rows) = (0_u64, 0_u64);
    let mut skipped = 0_u32;
    loop {
        buffer.clear();
        let event = reader.read_event_into(&mut buffer).map_err(|e| Failure::Theirs(e.to_string()))?;
        match &event {
            Event::Start(tag) | Event::Empty(tag) => {
                let empty = matches!(event, Event::Empty(_));
                match tag.local_name().as_ref() {
                    "table" => {
                        wanted = begin(&attribute(tag, "name").unwrap_or_default());
                        number = 0;
                    }
                    _ if !wanted => {}
                    "annotation" | "shapes" if !empty => skipped += 1,
                    "table-row" => {
                        row_repeats = repeats(tag, "number-rows-repeated");
                        (column, cells) = (0, Vec::new());
                        if empty {
                            number = number.saturating_add(row_repeats);
                        }
                    }
                    "table-cell" | "covered-table-cell" => {
                        cell_repeats = repeats(tag, "number-columns-repeated");
                        text.clear();
                        // Days are told by their value, not as they are shown.
                        if let Some(day) = attribute(tag, "date-value") {
                            text = day;
                        } else if attribute(tag, "value-type").as_deref() == Some("float") {
                            text = attribute(tag, "value").unwrap_or_default();
                        }
                        paragraphs = u32::from(!text.is_empty()) * 1_000_000;
                        in_cell = !empty;
                        if empty {
                            put(&mut cells, &mut column, &text, cell_repeats, options)?;
                        }
                        counted += 1;
                        check("the number of cells", counted, options.max_cells)?;
                    }
                    "p" if in_cell && skipped == 0 => {
                        if (1..1_000_000).contains(&paragraphs) {
                            text.push('\n');
                        }
                        paragraphs += 1;
                    }
                    "s" if in_cell && skipped == 0 && paragraphs < 1_000_000 => text.push(' '),
                    _ => {}
                }
            }
            Event::End(tag) => match tag.local_name().as_ref() {
                "table" if wanted => {
                    return Ok(());
                }
                _ if !wanted => {}
                "annotation" | "shapes" => skipped = skipped.saturating_sub(1),
                "table-cell" | "covered-table-cell" => {
                    in_cell = false;
                    put(&mut cells, &mut column, &text, cell_repeats, options)?;
                }
                "table-row" => {
                    let filled = cells.iter().any(|c| !c.is_empty());
                    for repeat in 0..if filled { row_repeats.min(MOST_REPEATS) } else { 0 } {
                        rows += 1;
                        check("the number of rows", rows, options.max_rows)?;
                        if !give(number.saturating_add(repeat + 1), &cells)? {
                            return Ok(());
                        }
                    }
                    number = number.saturating_add(row_repeats);
                }
                _ => {}
            },
            Event::Eof => return Ok(()),
            Event::Text(piece) if in_cell && skipped == 0 && (1..1_000_000).contains(&paragraphs) => text.push_str(piece),
            Event::GeneralRef(name) if in_cell && skipped == 0 && (1..1_000_000).contains(&paragraphs) => {
                let entity = format!("&{};", &**name);
                let plain = quick_xml::escape::unescape(&entity).map_err(|e| Failure::Theirs(e.to_string()))?;
                text.push_str(&plain);
            }
            _ => {}
        }
        check("the length of a cell in bytes", text.len() as u64, options.max_cell_bytes)?;
    }
}

fn put(cells: &mut Vec<String>, column: &mut usize, text: &str, repeats: u32, options: &IntakeOptions) -> Result<(), Error> {
    if !text.is_empty() {
        let times = repeats.min(MOST_REPEATS) as usize;
        check("the number of columns", (*column + times) as u64, options.max_columns)?;
        cells.resize(*column, String::new());
        cells.extend(std::iter::repeat_n(text.to_owned(), times));
    }
    *column = column.saturating_add(repeats as usize);
    Ok(())
}
