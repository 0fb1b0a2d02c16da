//! A table being read: the first rows of a sheet wait until its header and its columns are decided, then row by row to enterprises.

use std::borrow::Cow;

use crate::enterprise::{Enterprise, region};
use crate::error::{Error, Kind};
use crate::intake::cell::{Cell, text};
use crate::intake::columns::Columns;
use crate::intake::merge::Merger;
use crate::intake::sheet::{Sheet, Sink, emptied};
use crate::intake::{
    ColumnReport, Field, Intake, IntakeOptions, IntakeReport, Rejected, SheetReport, ValueReport, header, personal, report, rows, value,
};
use crate::text::{is_blank, squeeze};

/// So many rows of a sheet are looked at before its columns are decided.
const SAMPLE: usize = 240;

/// A name longer than this is text of another column that slipped.
const LONGEST_NAME: usize = 80;

/// A row that waits.
struct Waiting {
    number: u32,
    cells: Vec<String>,
}

/// Takes rows in, gives enterprises.
pub(crate) struct Table<'o> {
    options: &'o IntakeOptions,
    pub report: IntakeReport,
    pub merger: Merger,
    /// Names of the columns nobody knows, of all sheets.
    pub extra: Vec<String>,
    progress: &'o mut dyn FnMut(f64, &[Enterprise]) -> bool,
    waiting: Vec<Waiting>,
    reader: Option<Part>,
    /// The sheet being read: its name, and whether that is a tag of its rows.
    sheet: Option<String>,
    several: bool,
    /// Sheets that are done.
    told: Vec<SheetReport>,
    begun: bool,
    /// The highest row number among the sheets before this one.
    offset: u32,
    last: u32,
    day_shift: i32,
    /// Places read before.
    places: region::Places,
    /// First cells of a file without a header.
    seen: Vec<String>,
    searched: usize,
    /// Memory for the cells of a row.
    spare: Vec<&'static str>,
}

/// Reads the rows of one sheet.
struct Part {
    columns: Columns,
    /// Of each column, how its cells were understood.
    values: Vec<ValueReport>,
    /// The title of the part that rows stand in.
    section: Option<String>,
    /// The last enterprise read, for rows that go on below it.
    last: Option<(String, Option<crate::enterprise::CreditCode>)>,
    header_row: u32,
    /// Rows below it that hold anything.
    rows: u64,
}

impl<'o> Table<'o> {
    pub fn new(options: &'o IntakeOptions, progress: &'o mut dyn FnMut(f64, &[Enterprise]) -> bool) -> Self {
        Self {
            options,
            report: IntakeReport::default(),
            merger: Merger::default(),
            extra: Vec::new(),
            progress,
            waiting: Vec::new(),
            reader: None,
            sheet: None,
            several: false,
            told: Vec::new(),
            begun: false,
            offset: 0,
            last: 0,
            day_shift: 0,
            places: region::Places::default(),
            seen: Vec::new(),
            searched: 0,
            spare: Vec::new(),
        }
    }

    /// Ends the last sheet; gives what was read, with what `file` tells of the file. An error when no sheet had a header.
    pub fn finish(mut self, file: IntakeReport) -> Result<Intake, Error> {
        self.end_sheet();
        if self.report.columns.is_empty() {
            if self.seen.is_empty() {
                return Err(Kind::EmptyFile.into());
            }
            return Err(Kind::NoHeader { searched: self.searched, seen: self.seen.join(" | ") }.into());
        }
        if self.report.rows == 0 {
            return Err(Error::from(Kind::NoRows).at_row(self.report.header_row));
        }
        let Self { mut report, merger, extra, told, .. } = self;
        report.merged = report.merges.len() as u64;
        report.read = merger.kept.len() as u64;
        let IntakeReport { format, encoding, mut sheets, repaired_quotes, repaired_lines, unreadable_characters, columns, .. } = file;
        for (sheet, told) in sheets.iter_mut().filter(|s| s.state == "read").zip(told) {
            (sheet.header_row, sheet.rows, sheet.offset) = (told.header_row, told.rows, told.offset);
        }
        report.columns.extend(columns);
        let report = IntakeReport { format, encoding, sheets, repaired_quotes, repaired_lines, unreadable_characters, ..report };
        Ok(Intake { enterprises: merger.kept, report, extra_columns: extra })
    }

    /// Decides what waits, and tells the report of the sheet.
    fn end_sheet(&mut self) {
        if self.reader.is_none() && !self.waiting.is_empty() {
            self.begin();
        }
        self.waiting.clear();
        let mut told = SheetReport { offset: self.offset, ..SheetReport::default() };
        if let Some(reader) = self.reader.take() {
            let Columns { fields, flags, reports, .. } = reader.columns;
            let of = fields.iter().flat_map(|(f, columns)| columns.iter().map(move |c| (*f, c.index)));
            for (field, index) in of.chain(flags.iter().map(|(index, _)| (Field::Qualification, *index))) {
                if let Some(its) = reader.values.get(index).filter(|v| **v != ValueReport::default()) {
                    self.report.values.entry(field.as_str().to_owned()).or_default().add(its.clone());
                }
            }
            if self.report.header_row == 0 {
                self.report.header_row = reader.header_row;
                self.report.sheet.clone_from(&self.sheet);
            }
            (told.header_row, told.rows) = (reader.header_row, reader.rows);
            self.report.columns.extend(reports);
        }
        if self.begun {
            self.told.push(told);
        }
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
        let header_row = waiting[header.last].number;
        let values = vec![ValueReport::default(); columns.width()];
        self.reader = Some(Part { columns, values, section: None, last: None, header_row, rows: 0 });
        drop(sample);
        drop(rows);
        for row in waiting.iter().skip(header.last + 1) {
            let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
            self.read(row.number, &cells);
        }
    }

    /// Reads one row below the header.
    fn read(&mut self, number: u32, cells: &[&str]) {
        // Few cells are other than they stand in the file.
        let mut copies: Vec<(usize, String)> = Vec::new();
        let mut row = emptied(std::mem::take(&mut self.spare));
        for (index, cell) in cells.iter().enumerate() {
            match value::clean(cell) {
                Cow::Borrowed(cell) => row.push(cell),
                Cow::Owned(copy) => {
                    row.push("");
                    copies.push((index, copy));
                }
            }
        }
        for (index, copy) in &copies {
            row[*index] = copy;
        }
        self.read_clean(number, &row);
        self.spare = emptied(row);
    }

    fn read_clean(&mut self, number: u32, cells: &[&str]) {
        let Some(reader) = &mut self.reader else { return };
        let Some(width) = cells.iter().rposition(|c| !is_blank(c)).map(|i| i + 1) else { return };
        let row = self.offset.saturating_add(number);
        let report = &mut self.report;
        report.rows += 1;
        reader.rows += 1;
        let most = self.options.max_listed;
        if width > reader.columns.width() {
            report.ragged_rows += 1;
            if report.ragged.len() < most {
                report.ragged.push(row);
            }
        }
        let at = |field: Field| reader.columns.of(field).first().and_then(|c| cells.get(c.index)).copied().unwrap_or("");
        let (name, asked) = (at(Field::Name), at(Field::AskedName));
        let name = if is_blank(name) { "" } else { rows::unnumbered(name) };
        // What is far too long for a name is told below; here it would only cost time.
        let firm = plainly_a_firm(name);
        if !firm && name.len() <= 8 * LONGEST_NAME {
            let list = match rows::kind(cells, if name.is_empty() { asked } else { name }, &reader.columns.headings) {
                rows::Row::Enterprise => None,
                rows::Row::Section(title) => {
                    reader.section = Some(title);
                    Some("section")
                }
                rows::Row::Other(reason) => Some(reason),
            };
            if let Some(reason) = list {
                report.other_rows += 1;
                if report.others.len() < most {
                    report.others.push(Rejected { row, reason: reason.to_owned(), seen: seen(cells, &reader.columns.reports) });
                }
                return;
            }
        }
        let mut e = reader.enterprise(row, cells, self.options, self.day_shift, report);
        name.clone_into(&mut e.name);
        let mut reason = match () {
            () if e.name.contains('未') && ["未匹配", "未找到", "未查到"].iter().any(|w| e.name.contains(w)) => "not_matched",
            () if e.name.is_empty() && !is_blank(asked) => {
                asked.clone_into(&mut e.name);
                ""
            }
            () if e.name.is_empty() => match &reader.last {
                Some((name, code)) if e.credit_code.is_none() && goes_on(&e) => {
                    (e.name, e.credit_code) = (name.clone(), *code);
                    ""
                }
                _ => "no_name",
            },
            () => "",
        };
        if reason.is_empty() && e.name.chars().count() > LONGEST_NAME {
            reason = "shifted";
        }
        if reason.is_empty() && (!e.name.chars().any(char::is_alphabetic) || personal::cell(&e.name).is_some()) {
            reason = "not_a_name";
        }
        if !reason.is_empty() {
            report.rejected_rows += 1;
            if report.rejected.len() < most {
                report.rejected.push(Rejected { row, reason: reason.to_owned(), seen: seen(cells, &reader.columns.reports) });
            }
            return;
        }
        let doubt = if firm {
            None
        } else if personal::is_person(&e.name) {
            Some("person")
        } else if !rows::has_form(&e.name) && e.name.chars().count() > 3 {
            Some("no_legal_form")
        } else {
            None
        };
        if let Some(reason) = doubt.filter(|_| report.doubtful.len() < most) {
            report.doubtful.push(Rejected { row, reason: reason.to_owned(), seen: report::shorten(&e.name) });
        }
        let (last, code) = reader.last.get_or_insert_default();
        last.clone_from(&e.name);
        *code = e.credit_code;
        let sheet = self.sheet.as_ref().filter(|s| self.several && !is_plain_sheet(s));
        for tag in sheet.into_iter().chain(&reader.section) {
            if !e.tags.contains(tag) {
                e.tags.push(tag.clone());
            }
        }
        region::complete(&mut e.region, e.credit_code, &mut self.places);
        self.merger.add(e, &mut self.report, most);
    }
}

impl Sink for Table<'_> {
    fn sheet(&mut self, sheet: Sheet<'_>) {
        self.end_sheet();
        self.begun = true;
        self.offset = self.last;
        (self.day_shift, self.several) = (sheet.day_shift, sheet.several);
        self.sheet = sheet.name.map(str::to_owned);
    }

    fn row(&mut self, number: u32, cells: &[&str]) -> Result<(), Error> {
        self.last = self.last.max(self.offset.saturating_add(number));
        if self.reader.is_some() {
            self.read(number, cells);
            return Ok(());
        }
        if self.waiting.len() >= SAMPLE {
            // No header was found among as many: the rest of the sheet is passed over.
            return Ok(());
        }
        self.waiting.push(Waiting { number, cells: cells.iter().map(|c| (*c).to_owned()).collect() });
        if self.waiting.len() == SAMPLE {
            self.begin();
            if self.reader.is_none() {
                // Kept full, so that no further row is looked at.
                self.waiting.resize_with(SAMPLE, || Waiting { number: 0, cells: Vec::new() });
            }
        }
        Ok(())
    }

    fn share(&mut self, read: f64) -> bool {
        let goes_on = (self.progress)(read, &self.merger.kept);
        self.merger.expect(read);
        goes_on
    }
}

impl Part {
    /// What the cells of a row say, all but the name.
    fn enterprise(&mut self, row: u32, cells: &[&str], options: &IntakeOptions, day_shift: i32, report: &mut IntakeReport) -> Enterprise {
        let mut e = Enterprise { row, ..Enterprise::default() };
        let cell = |index: usize| cells.get(index).copied().unwrap_or("");
        let currency = self.columns.of(Field::CapitalCurrency).first().map(|c| cell(c.index));
        let Self { columns, values, .. } = self;
        for (field, of) in &columns.fields {
            if matches!(field, Field::Name | Field::AskedName | Field::CapitalCurrency) {
                continue;
            }
            let currency = currency.filter(|_| matches!(field, Field::RegisteredCapital | Field::PaidInCapital));
            for column in of {
                let Some(values) = values.get_mut(column.index) else { continue };
                let read = Cell { row, text: cell(column.index), as_of: options.as_of, day_shift, currency, values };
                if read.fill(&mut e, *field, column.unit.as_deref()) && !field.gathers() {
                    break;
                }
            }
        }
        for (index, heading) in &columns.flags {
            let Some(values) = values.get_mut(*index) else { continue };
            Cell { row, text: cell(*index), as_of: options.as_of, day_shift, currency: None, values }.flag(heading, &mut e);
        }
        for (index, place) in columns.extra.iter().take_while(|(index, _)| *index < cells.len()) {
            let Some(text) = text(cell(*index)) else { continue };
            if personal::cell(&text).is_some() {
                report.personal_cells += 1;
                continue;
            }
            if e.extra.len() <= *place {
                e.extra.resize(*place + 1, None);
            }
            e.extra[*place] = Some(match report::masked(&text) {
                Some(masked) => {
                    report.personal_cells += 1;
                    masked
                }
                None => text,
            });
        }
        if let Some(shareholders) = e.shareholders.take() {
            let (kept, dropped) = without_people(&shareholders);
            report.personal_cells += u64::from(dropped);
            e.shareholders = kept;
        }
        e
    }
}

/// True for most names: they end as companies do and begin with nothing that a note begins with.
fn plainly_a_firm(name: &str) -> bool {
    name.ends_with("公司")
        && name.chars().count() >= 4
        && !name.contains([':', '：', '。', 'X', 'x', '×'])
        && !name.starts_with(|c: char| "注备说数资信来统截制填编指审复签盖单负部联打报以本免声版导查更生下附温提必选请按与营如例示样范格输文某不限字共合总小累平（(第一二三四五六七八九十".contains(c) || c.is_ascii())
}

/// The sheet names that programs give.
fn is_plain_sheet(name: &str) -> bool {
    let bare = name.trim().trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace()).to_ascii_lowercase();
    matches!(bare.as_str(), "sheet" | "工作表" | "表" | "table" | "")
}

/// True when a row without a name holds what a list goes on with: products, patents, tags, and nothing that tells who it is.
fn goes_on(e: &Enterprise) -> bool {
    let lists = !e.products.is_empty()
        || e.patents.is_some()
        || e.main_business.is_some()
        || !e.tags.is_empty()
        || e.bids.is_some()
        || e.shareholders.is_some();
    let own =
        e.established.is_some() || e.registered_capital.is_some() || e.status.is_some() || e.region.address.is_some() || e.staff.is_some();
    lists && !own
}

/// The start of a row, for a report; nothing of personal columns.
fn seen(cells: &[&str], columns: &[ColumnReport]) -> String {
    let is_personal = |index: usize| columns.get(index).is_some_and(|c| c.role == "personal_dropped");
    let filled: Vec<&str> = cells
        .iter()
        .enumerate()
        .filter(|(index, _)| !is_personal(*index))
        .map(|(_, c)| c.trim())
        .filter(|c| !is_blank(c) && personal::cell(c).is_none() && !crate::enterprise::is_identity_number(c))
        .collect();
    report::shorten(&filled.join(" | "))
}

/// The unit a row above the table declares for all of it: 单位：万元, 金额单位:亿元.
fn unit_of_preface(cell: &str) -> Option<String> {
    let folded = squeeze(cell);
    let after = folded.split_once("单位:").or_else(|| folded.split_once("单位："))?.1;
    let unit: String = after.chars().take_while(|c| !matches!(c, ')' | ',' | '，' | ';' | '；' | '、')).collect();
    ["万元", "亿元", "元", "千元", "百万元", "万美元", "万元人民币", "人民币万元", "人民币元"].contains(&&*unit).then_some(unit)
}

/// Shareholders without people: who is behind a firm is reached through firms and funds.
fn without_people(text: &str) -> (Option<String>, bool) {
    let separators = ['、', ',', '，', ';', '；', '|', '\n', '/'];
    let person = |item: &str| {
        let name = item.trim();
        let name = name.split(['(', '（', ':', '：', ' ']).next().unwrap_or(name);
        personal::is_person(name)
    };
    if !text.split(separators).any(person) {
        return (Some(text.to_owned()), false);
    }
    let kept: Vec<&str> = text.split(separators).map(str::trim).filter(|i| !i.is_empty() && !person(i)).collect();
    ((!kept.is_empty()).then(|| kept.join("、")), true)
}
