//! A table being read: the first rows of a sheet wait until its header and its columns are decided, then row by row to enterprises.

use std::borrow::Cow;

use crate::enterprise::{Enterprise, region};
use crate::error::{Error, Kind};
use crate::intake::columns::Columns;
use crate::intake::merge::Keeper;
use crate::intake::reader::{self, Piece, RowReader, Standing};
use crate::intake::sheet::{Mark, ReadPart, Sheet, Sink};
use crate::intake::{Field, IntakeOptions, IntakeReport, SheetReport, ValueReport, header, report, value};
use crate::parallel::{Idle, each, parts, threads};
use crate::text::{is_blank, squeeze};

/// So many rows of a sheet are looked at before its columns are decided.
const SAMPLE: usize = 240;

/// A row that waits.
struct Waiting {
    number: u32,
    cells: Vec<String>,
}

/// Takes rows in, gives enterprises.
pub(crate) struct Table<'o, K> {
    options: &'o IntakeOptions,
    report: IntakeReport,
    keeper: K,
    /// Names of the columns nobody knows, of all sheets.
    extra: Vec<String>,
    /// Where the parts of the last sheet begin, for reading their rows again; none where nobody will.
    starts: Option<Vec<Start>>,
    progress: &'o mut dyn FnMut(f64, &[Enterprise]) -> bool,
    waiting: Vec<Waiting>,
    /// The sheet being read, once its columns are decided.
    part: Option<Part<'o>>,
    /// Its name, and whether that is a tag of its rows.
    sheet: Option<String>,
    several: bool,
    /// Sheets that are done.
    told: Vec<SheetReport>,
    begun: bool,
    /// The highest row number among the sheets before this one.
    offset: u32,
    last: u32,
    day_shift: i32,
    /// First cells of a file without a header.
    seen: Vec<String>,
    searched: usize,
    /// How it stands to the whole.
    pub shard: Shard,
}

/// How a table stands to the one that it is a part of.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Shard {
    /// True where the rows that wait are a sample of the whole: they decide the columns, and are no rows of the part.
    pub sampled: bool,
    /// True where every row stands alone.
    pub apart: bool,
}

/// Where a part of a sheet begins, and what it stands below.
#[derive(Debug)]
pub(crate) struct Start {
    pub mark: Mark,
    pub standing: Standing,
}

/// What a table comes to.
pub(crate) struct Finished<K> {
    pub keeper: K,
    pub report: IntakeReport,
    pub extra: Vec<String>,
    /// Of the last sheet, what its rows are read by, and where its parts begin; none where nobody will read them again.
    pub again: Option<(Columns, Vec<Start>)>,
}

/// A sheet below its header.
struct Part<'o> {
    sheet: reader::Sheet<'o>,
    reader: RowReader,
    /// Places that readers of parts named before.
    places: Idle<region::Places>,
    header_row: u32,
    /// Rows below it that hold anything.
    rows: u64,
    /// Of each column, how its cells were understood.
    values: Vec<ValueReport>,
    /// What the next rows stand below.
    standing: Standing,
}

/// So many enterprises are read before they are merged with those of before.
const PIECE: usize = 1_024;

impl<'o, K: Keeper> Table<'o, K> {
    pub fn new(options: &'o IntakeOptions, keeper: K, progress: &'o mut dyn FnMut(f64, &[Enterprise]) -> bool) -> Self {
        Self {
            options,
            report: IntakeReport::default(),
            keeper,
            extra: Vec::new(),
            starts: None,
            progress,
            waiting: Vec::new(),
            part: None,
            sheet: None,
            several: false,
            told: Vec::new(),
            begun: false,
            offset: 0,
            last: 0,
            day_shift: 0,
            seen: Vec::new(),
            searched: 0,
            shard: Shard::default(),
        }
    }

    /// Remembers where parts begin from here on, the first of them at a mark.
    pub fn begins_at(&mut self, first: Mark) {
        self.starts = Some(vec![Start { mark: first, standing: Standing::default() }]);
    }

    /// Ends the last sheet; gives what was read, with what `file` tells of the file. An error when no sheet had a header.
    pub fn finish(mut self, file: IntakeReport) -> Result<Finished<K>, Error> {
        self.decide();
        let columns = self.part.as_ref().filter(|_| self.starts.is_some()).map(|part| part.sheet.columns.clone());
        let again = columns.zip(self.starts.take());
        self.end_sheet();
        if self.report.columns.is_empty() {
            if self.seen.is_empty() {
                return Err(Kind::EmptyFile.into());
            }
            return Err(Kind::NoHeader { searched: self.searched, seen: self.seen.join(" | ") }.into());
        }
        if self.report.rows == 0 && !self.shard.sampled {
            return Err(Error::from(Kind::NoRows).at_row(self.report.header_row));
        }
        let Self { mut report, keeper, extra, told, .. } = self;
        report.merged = report.merges.len() as u64;
        report.read = keeper.count();
        let IntakeReport { format, encoding, mut sheets, repaired_quotes, repaired_lines, unreadable_characters, columns, .. } = file;
        for (sheet, told) in sheets.iter_mut().filter(|s| s.state == "read").zip(told) {
            (sheet.header_row, sheet.rows, sheet.offset) = (told.header_row, told.rows, told.offset);
        }
        report.columns.extend(columns);
        let report = IntakeReport { format, encoding, sheets, repaired_quotes, repaired_lines, unreadable_characters, ..report };
        Ok(Finished { keeper, report, extra, again })
    }

    /// Decides what waits.
    pub fn decide(&mut self) {
        if self.part.is_none() && !self.waiting.is_empty() {
            self.begin();
        }
    }

    /// Tells the report of the sheet.
    fn end_sheet(&mut self) {
        self.decide();
        self.waiting.clear();
        self.take_piece();
        let mut told = SheetReport { offset: self.offset, ..SheetReport::default() };
        if let Some(part) = self.part.take() {
            let Columns { fields, flags, reports, .. } = part.sheet.columns;
            let of = fields.iter().flat_map(|(f, columns)| columns.iter().map(move |c| (*f, c.index)));
            for (field, index) in of.chain(flags.iter().map(|(index, _)| (Field::Qualification, *index))) {
                if let Some(its) = part.values.get(index).filter(|v| **v != ValueReport::default()) {
                    self.report.values.entry(field.as_str().to_owned()).or_default().add(its.clone());
                }
            }
            if self.report.header_row == 0 {
                self.report.header_row = part.header_row;
                self.report.sheet.clone_from(&self.sheet);
            }
            (told.header_row, told.rows) = (part.header_row, part.rows);
            self.report.columns.extend(reports);
        }
        if self.begun {
            self.told.push(told);
        }
    }

    /// Takes in what was read of the sheet since the last time.
    fn take_piece(&mut self) {
        if let Some(part) = &mut self.part {
            let piece = part.reader.piece.taken(&part.sheet);
            self.join(piece);
        }
    }

    /// Joins a piece to those before it.
    fn join(&mut self, piece: Piece) {
        let some = self.put(piece);
        let kept = self.keeper.keep(some);
        self.keeper.add(kept, &mut self.report, self.options.max_listed);
    }

    /// Puts a piece below what stands above it; its enterprises are then what they are.
    fn put(&mut self, mut piece: Piece) -> Vec<(Enterprise, String)> {
        let Some(part) = &mut self.part else { return Vec::new() };
        piece.put(&part.sheet, &mut part.standing, &mut part.reader.places);
        part.rows += piece.report.rows;
        part.values.iter_mut().zip(piece.values).for_each(|(all, its)| all.add(its));
        self.report.append(piece.report, self.options.max_listed);
        piece.enterprises
    }

    /// Finds the header among the rows that wait, decides the columns, and reads the rows below. Without one nothing changes.
    fn begin(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        let rows: Vec<Vec<Cow<'_, str>>> = waiting.iter().map(|w| w.cells.iter().map(|c| value::clean(c)).collect()).collect();
        let Some(header) = header::find(&rows, self.options) else {
            self.searched = rows.len().min(header::SEARCHED);
            let cells = rows.iter().take(header::SEARCHED).flatten().filter(|c| !is_blank(c));
            if self.seen.is_empty() {
                self.seen = cells.take(4).map(|c| report::shorten(c)).collect();
            }
            return;
        };
        // 单位：万元, above the table.
        let unit = rows[..header.first].iter().flatten().find_map(|c| unit_of_preface(c));
        let sample: Vec<Vec<&str>> = rows[header.last + 1..].iter().map(|r| r.iter().map(|c| &**c).collect()).collect();
        let columns = Columns::new(&header, &sample, unit.as_deref(), self.options, &mut self.extra);
        self.keeper.begin(&self.extra);
        let header_row = waiting[header.last].number;
        let tag = self.sheet.clone().filter(|s| self.several && !is_plain_sheet(s));
        let sheet =
            reader::Sheet { columns, options: self.options, day_shift: self.day_shift, tag, offset: self.offset, apart: self.shard.apart };
        let reader = RowReader::new(&sheet, region::Places::default());
        let values = vec![ValueReport::default(); sheet.columns.width()];
        drop(sample);
        drop(rows);
        let mut part = Part { sheet, reader, places: Idle::default(), header_row, rows: 0, values, standing: Standing::default() };
        let below = if self.shard.sampled { waiting.len() } else { header.last + 1 };
        for row in waiting.iter().skip(below) {
            let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
            part.reader.read(&part.sheet, row.number, &cells);
        }
        self.part = Some(part);
    }
}

impl<K: Keeper> Sink for Table<'_, K> {
    fn sheet(&mut self, sheet: Sheet<'_>) {
        self.end_sheet();
        self.begun = true;
        self.offset = self.last;
        (self.day_shift, self.several) = (sheet.day_shift, sheet.several);
        self.sheet = sheet.name.map(str::to_owned);
    }

    fn row(&mut self, number: u32, cells: &[&str]) -> Result<(), Error> {
        self.last = self.last.max(self.offset.saturating_add(number));
        if let Some(part) = &mut self.part {
            part.reader.read(&part.sheet, number, cells);
            if part.reader.piece.enterprises.len() >= PIECE {
                self.take_piece();
            }
            return Ok(());
        }
        if self.waiting.len() >= SAMPLE {
            // No header was found among as many: the rest of the sheet is passed over.
            return Ok(());
        }
        self.waiting.push(Waiting { number, cells: cells.iter().map(|c| (*c).to_owned()).collect() });
        if self.waiting.len() == SAMPLE {
            self.begin();
            if self.part.is_none() {
                // Kept full, so that no further row is looked at.
                self.waiting.resize_with(SAMPLE, || Waiting { number: 0, cells: Vec::new() });
            }
        }
        Ok(())
    }

    fn takes_parts(&self) -> bool {
        self.part.is_some() && (threads() > 1 || self.starts.is_some())
    }

    fn parts(&mut self, marks: &[Mark], line: u32, read: &ReadPart<'_>) {
        self.take_piece();
        self.last = self.last.max(self.offset.saturating_add(line));
        let Some(part) = &mut self.part else { return };
        let (sheet, places, keeper) = (&part.sheet, &part.places, &self.keeper);
        // Where no title stands above, most pieces are done with at once, by the thread that has them at hand.
        let at_once = !part.standing.has_title();
        let pieces = parts(marks.len(), 1, |at| {
            let mut piece = piece(sheet, places, read, at.start);
            let kept = (at_once && piece.stands_alone()).then(|| keeper.keep(std::mem::take(&mut piece.enterprises)));
            (piece, kept)
        });
        let mut made = Vec::with_capacity(pieces.len());
        for (at, (mut its, kept)) in pieces.into_iter().enumerate() {
            let Some(part) = &self.part else { return };
            if let Some(starts) = &mut self.starts {
                starts.push(Start { mark: marks[at], standing: part.standing.clone() });
            }
            let is_below = part.standing.has_title();
            if is_below && kept.is_some() {
                // A title came up among them.
                its = piece(&part.sheet, &part.places, read, at);
            }
            let some = self.put(its);
            made.push(kept.filter(|_| !is_below).ok_or(some));
        }
        let keeper = &self.keeper;
        for kept in each(made, |made| made.unwrap_or_else(|some| keeper.keep(some))) {
            self.keeper.add(kept, &mut self.report, self.options.max_listed);
        }
    }

    fn share(&mut self, read: f64) -> bool {
        self.take_piece();
        let goes_on = (self.progress)(read, self.keeper.so_far());
        self.keeper.expect(read);
        goes_on
    }
}

/// Reads a part of a sheet.
fn piece(sheet: &reader::Sheet<'_>, places: &Idle<region::Places>, read: &ReadPart<'_>, at: usize) -> Piece {
    places.lend(|known| {
        let mut reader = RowReader::new(sheet, std::mem::take(known));
        read(at, &mut |number, cells| reader.read(sheet, number, cells));
        *known = reader.places;
        reader.piece
    })
}

/// The sheet names that programs give.
fn is_plain_sheet(name: &str) -> bool {
    let bare = name.trim().trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()).to_ascii_lowercase();
    matches!(bare.as_str(), "sheet" | "工作表" | "表" | "table" | "")
}

/// The unit a row above the table declares for all of it: 单位：万元, 金额单位:亿元.
fn unit_of_preface(cell: &str) -> Option<String> {
    let folded = squeeze(cell);
    let after = folded.split_once("单位:").or_else(|| folded.split_once("单位："))?.1;
    let unit: String = after.chars().take_while(|c| !matches!(c, ')' | ',' | '，' | ';' | '；' | '、')).collect();
    ["万元", "亿元", "元", "千元", "百万元", "万美元", "万元人民币", "人民币万元", "人民币元"].contains(&&*unit).then_some(unit)
}
