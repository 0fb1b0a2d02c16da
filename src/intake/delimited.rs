//! Delimited text: the separator and the escapes told from the first lines, quoted cells of any length, and quotes that are never
//! closed repaired line by line. Cells are slices of the text; only what holds an escaped quote is copied.

use std::borrow::Cow;

use crate::error::{Error, Kind};
use crate::intake::sheet::{EachRow, Mark, STEP, Sheet, Sink, check, emptied};
use crate::intake::{IntakeOptions, IntakeReport, header};
use crate::order::sort;
use crate::parallel::meanwhile;

/// A quoted cell is followed over so many lines that open a quoted cell of their own, then taken for one whose quote was never closed.
/// So no line is looked at by more than as many torn ones, whatever a file holds.
const QUOTES_IN_QUOTE: usize = 12;

/// How many bytes of the head tell the separator.
const HEAD: usize = 1 << 16;

/// How cells are parted and quoted.
#[derive(Debug, Clone, Copy)]
struct Dialect {
    separator: u8,
    /// Quotes within quoted cells are written `\"`.
    backslash: bool,
}

/// Reads delimited text.
pub(crate) fn read(text: &str, options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink) -> Result<(), Error> {
    let mut reading = Reading::begin(text, 0, options, report, sink);
    reading.window(text, true, options, report, sink, &mut |at| at as f64 / text.len() as f64)?;
    Ok(())
}

/// Delimited text being read, window by window.
#[derive(Debug)]
pub(crate) struct Reading {
    dialect: Dialect,
    /// Where the next record begins in the window, what was before it, and where the window begins in the text.
    mark: Mark,
    base: u64,
    rows: u64,
}

impl Reading {
    /// Tells the dialect from the first window of a text; `skip` bytes of it are none of the table.
    pub(crate) fn begin(window: &str, skip: usize, options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink) -> Self {
        let (declared, text, line) = declared(&window[skip..]);
        let dialect = dialect(text, declared, options);
        if dialect.separator == b'\t' { "tsv" } else { "csv" }.clone_into(&mut report.format);
        sink.sheet(Sheet { name: None, several: false, day_shift: 0 });
        Self { dialect, mark: Mark { at: (window.len() - text.len()) as u64, line, width: 0 }, base: 0, rows: 0 }
    }

    /// Where the next record begins.
    pub(crate) fn mark(&self) -> Mark {
        self.mark
    }

    /// Reads the records that a window of the text holds whole, and gives how many bytes of it are done with: the next window is to begin
    /// there. `share` says which share of the text is read, of a place in it.
    pub(crate) fn window(
        &mut self,
        window: &str,
        is_last: bool,
        options: &IntakeOptions,
        report: &mut IntakeReport,
        sink: &mut dyn Sink,
        share: &mut dyn FnMut(u64) -> f64,
    ) -> Result<usize, Error> {
        let mut next = Cursor::new(window, self.base, self.mark, self.dialect, options);
        if !is_last {
            next.complete = window.len().saturating_sub(2 * options.max_cell_bytes as usize);
        }
        let (mut cells, mut spare) = (Vec::new(), Vec::new());
        while next.at < next.complete && !sink.takes_parts() {
            let Some(record) = next.record(&mut cells)? else { break };
            record.tell(report, options);
            if record.is_blank {
                continue;
            }
            self.rows += 1;
            check("the number of rows", self.rows, options.max_rows)?;
            let mut row = emptied(spare);
            row.extend(cells.iter().map(|c| &**c));
            sink.row(record.number, &row)?;
            spare = emptied(row);
            if self.rows.is_multiple_of(STEP) && !sink.share(share(next.mark().at)) {
                return Err(Kind::Cancelled.into());
            }
        }
        let mut parts = if sink.takes_parts() { next.parts(&mut self.rows, report)? } else { Vec::new() };
        while !parts.is_empty() {
            let (line, read_to) = (next.line, next.mark().at);
            let marks: Vec<Mark> = parts.iter().map(|part| part.start.mark()).collect();
            let read = |part: usize, row: &mut EachRow<'_>| parts.get(part).into_iter().for_each(|p| p.read(row));
            // While these are read, the next are looked for.
            let (mut more, rows, found) = (Ok(Vec::new()), &mut self.rows, &mut next);
            meanwhile(|| sink.parts(&marks, line, &read), || more = found.parts(rows, report));
            if !sink.share(share(read_to)) {
                return Err(Kind::Cancelled.into());
            }
            parts = more?;
        }
        self.mark = next.mark();
        self.base += next.at as u64;
        Ok(next.at)
    }

    /// Reads the records of a text again that begin at a mark.
    pub(crate) fn again(&self, text: &str, from: Mark, options: &IntakeOptions, row: &mut EachRow<'_>) {
        let start = Cursor::new(text, from.at, from, self.dialect, options);
        Part { start, end: text.len() }.read(row);
    }
}

/// How far a window of a text is read.
#[derive(Debug, Clone, Copy)]
struct Cursor<'t> {
    text: &'t str,
    /// Where the window begins in the text.
    base: u64,
    dialect: Dialect,
    options: &'t IntakeOptions,
    /// The byte the next record begins at.
    at: usize,
    /// A record that ends behind this may go on behind the window.
    complete: usize,
    /// Lines before it.
    line: u32,
    width: usize,
}

/// A record read.
struct Record {
    /// The line it begins in.
    number: u32,
    is_blank: bool,
    /// Its quote was never closed.
    is_repaired: bool,
}

impl Record {
    fn tell(&self, report: &mut IntakeReport, options: &IntakeOptions) {
        if self.is_repaired {
            report.repaired_lines += 1;
            if report.repaired_quotes.len() < options.max_listed {
                report.repaired_quotes.push(self.number);
            }
        }
    }
}

impl<'t> Cursor<'t> {
    fn new(text: &'t str, base: u64, from: Mark, dialect: Dialect, options: &'t IntakeOptions) -> Self {
        let at = (from.at - base) as usize;
        Self { text, base, dialect, options, at, complete: text.len(), line: from.line, width: from.width as usize }
    }

    fn mark(&self) -> Mark {
        Mark { at: self.base + self.at as u64, line: self.line, width: self.width as u32 }
    }

    /// Reads the next record into `cells`; none where it may go on behind the window.
    fn record(&mut self, cells: &mut Vec<Cow<'t, str>>) -> Result<Option<Record>, Error> {
        let number = self.line + 1;
        let Outcome { end, lines, repaired } =
            record(self.text, self.at, self.dialect, self.width, self.options, cells).map_err(|e| e.at_row(number))?;
        if end > self.complete {
            return Ok(None);
        }
        self.at = end;
        self.line += lines;
        let is_blank = cells.iter().all(|c| c.is_empty());
        if !is_blank {
            self.width = self.width.max(cells.len());
        }
        Ok(Some(Record { number, is_blank, is_repaired: repaired }))
    }

    /// Goes over records and gives them in parts, to be read again by whoever has time. What each begins with is what reading one after
    /// another comes to, so the same is read of it.
    fn parts(&mut self, rows: &mut u64, report: &mut IntakeReport) -> Result<Vec<Part<'t>>, Error> {
        let (mut parts, mut cells) = (Vec::new(), Vec::new());
        while self.at < self.complete && parts.len() < PARTS {
            let start = *self;
            for _ in 0..ROWS_OF_A_PART {
                if self.at >= self.complete {
                    break;
                }
                let Some(record) = self.record(&mut cells)? else {
                    // What is left belongs to the next window.
                    self.complete = self.at;
                    break;
                };
                record.tell(report, self.options);
                if !record.is_blank {
                    *rows += 1;
                    check("the number of rows", *rows, self.options.max_rows)?;
                }
            }
            if self.at > start.at {
                parts.push(Part { start: Self { complete: self.text.len(), ..start }, end: self.at });
            }
        }
        Ok(parts)
    }
}

/// So many rows make a part, and so many parts are out at once.
const ROWS_OF_A_PART: usize = 1_024;
const PARTS: usize = 32;

/// Records that follow one another.
#[derive(Debug)]
struct Part<'t> {
    start: Cursor<'t>,
    end: usize,
}

impl Part<'_> {
    fn read(&self, row: &mut EachRow<'_>) {
        let (mut next, mut cells, mut spare) = (self.start, Vec::new(), Vec::new());
        while next.at < self.end {
            // It was read before, without a fault.
            let Ok(Some(record)) = next.record(&mut cells) else { return };
            if !record.is_blank {
                let mut its = emptied(spare);
                its.extend(cells.iter().map(|c| &**c));
                row(record.number, &its);
                spare = emptied(its);
            }
        }
    }
}

/// The separator a first line `sep=;` declares, the text below it, and how many lines that took.
fn declared(text: &str) -> (Option<u8>, &str, u32) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let line = first.trim().trim_matches('"');
    match line.strip_prefix("sep=").or_else(|| line.strip_prefix("SEP=")).map(str::as_bytes) {
        Some([separator]) => (Some(*separator), rest, 1),
        // sep= and a tab that was trimmed.
        Some([]) if first.contains('\t') => (Some(b'\t'), rest, 1),
        _ => (None, text, 0),
    }
}

/// Tells the dialect: the separator that makes the best header of the first lines, then the one that parts them most evenly.
fn dialect(text: &str, declared: Option<u8>, options: &IntakeOptions) -> Dialect {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = match text.match_indices('\n').nth(header::SEARCHED) {
        Some((at, _)) if at < end => &text[..at],
        _ => &text[..end],
    };
    // A quote behind a backslash, with neither a separator nor the end of a line behind it, closes nothing.
    let escaped = head
        .match_indices("\\\"")
        .filter(|(at, _)| !matches!(head.as_bytes().get(at + 2), None | Some(b',' | b';' | b'\t' | b'|' | b'\r' | b'\n')))
        .count();
    let backslash = escaped > 0;
    if let Some(separator) = declared {
        return Dialect { separator, backslash };
    }
    let quality = |separator: u8| {
        let dialect = Dialect { separator, backslash };
        let mut cells = Vec::new();
        let (mut at, mut known, mut widths) = (0, 0, Vec::new());
        while at < head.len() {
            let Ok(outcome) = record(head, at, dialect, 0, options, &mut cells) else { return (0, 0) };
            at = outcome.end;
            widths.push(cells.len());
            known = known.max(header::known(&cells.iter().map(|c| &**c).collect::<Vec<_>>(), options));
        }
        // Lines of as many cells as most have.
        sort(&mut widths, &|a, b| a.cmp(b));
        let usual = widths.get(widths.len() / 2).copied().unwrap_or(1);
        (known, if usual > 1 { widths.iter().filter(|w| **w == usual).count() * 100 + usual } else { 0 })
    };
    // The last of equals wins: a comma when nothing tells them apart.
    let separator = [b'~', b'^', 0x1f, 0x01, b'|', b';', b'\t', b','].into_iter().max_by_key(|s| quality(*s)).unwrap_or(b',');
    Dialect { separator, backslash }
}

/// What became of one record.
struct Outcome {
    /// Where the next begins.
    end: usize,
    /// Lines it took, as a spreadsheet counts: breaks within a cell are none.
    lines: u32,
    repaired: bool,
}

/// Reads the record that begins at `from` into `cells`.
fn record<'t>(
    text: &'t str,
    from: usize,
    dialect: Dialect,
    width: usize,
    options: &IntakeOptions,
    cells: &mut Vec<Cow<'t, str>>,
) -> Result<Outcome, Error> {
    cells.clear();
    let bytes = text.as_bytes();
    let line_end = line_end(bytes, from);
    // Most lines hold no quote and are cut at their separators at once.
    if memchr::memchr(b'"', &bytes[from..line_end]).is_none() {
        let mut at = from;
        for next in memchr::memchr_iter(dialect.separator, &bytes[from..line_end]) {
            push(cells, Cow::Borrowed(&text[at..from + next]), options)?;
            at = from + next + 1;
        }
        push(cells, Cow::Borrowed(text[at..line_end].trim_end_matches('\r')), options)?;
        return Ok(Outcome { end: after_break(bytes, line_end), lines: 1, repaired: false });
    }
    let mut at = from;
    loop {
        // Blanks before a quote are none of the cell.
        let start = at + bytes[at..].iter().take_while(|b| **b == b' ').count();
        if bytes.get(start) == Some(&b'"') {
            let Some((cell, close)) = quoted(text, start, dialect, width, options)? else {
                return unquoted(text, from, line_end, dialect, options, cells);
            };
            push(cells, cell, options)?;
            at = close;
        } else {
            let end = memchr::memchr3(dialect.separator, b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |n| at + n);
            // A lone carriage return inside a line parts nothing unless the file breaks its lines so.
            push(cells, Cow::Borrowed(&text[at..end]), options)?;
            at = end;
        }
        match bytes.get(at) {
            Some(b) if *b == dialect.separator => at += 1,
            _ => return Ok(Outcome { end: after_break(bytes, at), lines: 1, repaired: false }),
        }
        if at == bytes.len() {
            push(cells, Cow::Borrowed(""), options)?;
            return Ok(Outcome { end: at, lines: 1, repaired: false });
        }
    }
}

/// The line read without quoting: its quote is never closed.
fn unquoted<'t>(
    text: &'t str,
    from: usize,
    end: usize,
    dialect: Dialect,
    options: &IntakeOptions,
    cells: &mut Vec<Cow<'t, str>>,
) -> Result<Outcome, Error> {
    cells.clear();
    let bytes = text.as_bytes();
    let mut at = from;
    for next in memchr::memchr_iter(dialect.separator, &bytes[from..end]).map(|n| from + n).chain([end]) {
        push(cells, Cow::Borrowed(text[at..next].trim_end_matches('\r').trim_matches('"')), options)?;
        at = next + 1;
    }
    Ok(Outcome { end: after_break(bytes, end), lines: 1, repaired: true })
}

fn push<'t>(cells: &mut Vec<Cow<'t, str>>, cell: Cow<'t, str>, options: &IntakeOptions) -> Result<(), Error> {
    check("the number of columns", cells.len() as u64 + 1, options.max_columns)?;
    if cell.len() as u64 > options.max_cell_bytes {
        let limit = Kind::Limit { what: "the length of a cell in bytes", found: cell.len() as u64, limit: options.max_cell_bytes };
        return Err(Error::from(limit).at_column((cells.len() + 1).to_string()));
    }
    cells.push(cell);
    Ok(())
}

/// A quoted cell, its quote at `start`, and where it ends; `None` when its quote is never closed.
///
/// A closing quote has a separator, a break or the end behind it. Between the two may stand any number of lines; but where most of those
/// lines look like rows themselves (as many separators as the table is wide), the quote is torn.
fn quoted<'t>(
    text: &'t str,
    start: usize,
    dialect: Dialect,
    width: usize,
    options: &IntakeOptions,
) -> Result<Option<(Cow<'t, str>, usize)>, Error> {
    let bytes = text.as_bytes();
    let mut copy: Option<String> = None;
    let mut held = start + 1;
    let mut at = held;
    let mut swallowed = Swallowed { lines: 0, rows: 0, quotes: 0, counted: held };
    loop {
        let found = if dialect.backslash { memchr::memchr2(b'"', b'\\', &bytes[at..]) } else { memchr::memchr(b'"', &bytes[at..]) };
        let stop = found.map_or(bytes.len(), |n| at + n);
        swallowed.count(bytes, stop, dialect, width);
        if swallowed.quotes >= QUOTES_IN_QUOTE || (stop - start) as u64 > options.max_cell_bytes {
            return Ok(None);
        }
        let Some(_) = found else { return Ok(None) };
        if bytes[stop] == b'\\' {
            // \" and \\ stand for what follows them; a backslash before anything else is itself.
            match bytes.get(stop + 1) {
                Some(b'"') if !closes(bytes, stop + 1, dialect) || copy.is_some() || rest_has_quote(bytes, stop + 2) => {
                    let into = copy.get_or_insert_with(String::new);
                    into.push_str(&text[held..stop]);
                    into.push('"');
                    held = stop + 2;
                    at = held;
                }
                _ => at = stop + 1,
            }
            continue;
        }
        match bytes.get(stop + 1) {
            // A doubled quote is one of the text.
            Some(b'"') => {
                let into = copy.get_or_insert_with(String::new);
                into.push_str(&text[held..=stop]);
                held = stop + 2;
                at = held;
            }
            _ if closes(bytes, stop, dialect) => {
                let tail = &text[held..stop];
                let cell = match copy {
                    Some(mut copy) => {
                        copy.push_str(tail);
                        Cow::Owned(copy)
                    }
                    None => Cow::Borrowed(tail),
                };
                let end = stop + 1 + bytes[stop + 1..].iter().take_while(|b| **b == b' ').count();
                return Ok((!swallowed.is_table()).then_some((cell, end)));
            }
            // A quote within the text that nobody doubled.
            _ => at = stop + 1,
        }
    }
}

/// What a quoted cell ran over so far.
struct Swallowed {
    lines: usize,
    /// Lines with as many separators as the table is wide.
    rows: usize,
    /// Lines that open a quoted cell.
    quotes: usize,
    counted: usize,
}

impl Swallowed {
    /// Counts the lines that begin before `stop`.
    fn count(&mut self, bytes: &[u8], stop: usize, dialect: Dialect, width: usize) {
        while let Some(n) = memchr::memchr(b'\n', &bytes[self.counted..stop]) {
            let line = self.counted + n + 1;
            let end = memchr::memchr(b'\n', &bytes[line..]).map_or(bytes.len(), |n| line + n);
            let text = &bytes[line..end];
            let separators = memchr::memchr_iter(dialect.separator, text).count();
            self.lines += 1;
            self.rows += usize::from(separators > 0 && separators + 1 >= width.max(2));
            // Only the last of the lines counted here can hold a quote: the next one stands at `stop`.
            let opens = || {
                text.trim_ascii_start().first() == Some(&b'"')
                    || memchr::memmem::find(text, &[dialect.separator, b'"']).is_some()
                    || memchr::memmem::find(text, &[dialect.separator, b' ', b'"']).is_some()
            };
            self.quotes += usize::from(end > stop && opens());
            self.counted = line;
        }
    }

    /// True when more rows than text were swallowed.
    fn is_table(&self) -> bool {
        self.rows >= 2 && self.rows * 2 > self.lines
    }
}

/// True when what follows a quote ends a cell.
fn closes(bytes: &[u8], quote: usize, dialect: Dialect) -> bool {
    let mut at = quote + 1;
    while bytes.get(at) == Some(&b' ') {
        at += 1;
    }
    match bytes.get(at) {
        None | Some(b'\n' | b'\r') => true,
        Some(b) => *b == dialect.separator,
    }
}

/// True when the line goes on to another quote: the escaped one before it closed nothing.
fn rest_has_quote(bytes: &[u8], from: usize) -> bool {
    let end = line_end(bytes, from.min(bytes.len()));
    bytes.get(from..end).is_some_and(|line| memchr::memchr(b'"', line).is_some())
}

/// Where the line ends: at its break, or at the end of the text. Files with carriage returns alone break at those.
fn line_end(bytes: &[u8], from: usize) -> usize {
    let end = memchr::memchr(b'\n', &bytes[from..]).map_or(bytes.len(), |n| from + n);
    match memchr::memchr(b'\r', &bytes[from..end]) {
        Some(n) if from + n + 1 < end => from + n,
        Some(n) if from + n + 1 == end => from + n,
        _ => end,
    }
}

/// Where the next line begins, of a break at `at`.
fn after_break(bytes: &[u8], at: usize) -> usize {
    match (bytes.get(at), bytes.get(at + 1)) {
        (Some(b'\r'), Some(b'\n')) => at + 2,
        (Some(b'\r' | b'\n'), _) => at + 1,
        // The end; or text behind a closing quote: nothing is lost, it is the head of the next record.
        _ => at,
    }
}
