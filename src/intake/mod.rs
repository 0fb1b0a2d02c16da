//! Bytes to enterprises: encodings, the header wherever it stands, values, duplicates, and a report that accounts for every row.

mod code;
mod decode;
mod gb18030;
mod header;
mod merge;
mod money;
mod options;
#[allow(dead_code, reason = "the readers of columns take it up step by step")]
pub(crate) mod personal;
mod region;
mod report;
mod sheet;
mod value;
#[cfg(feature = "xlsx")]
mod workbook;

pub use code::CreditCode;
pub use money::{Currency, Money, MoneyReading, read_money};
pub use options::IntakeOptions;
pub use report::{ColumnReport, Example, IntakeReport, Merge, Rejected, ValueReport};

pub(crate) use sheet::read as read_rows;
pub(crate) use value::Reading;
pub(crate) use value::{date as read_date, flag as read_flag, number as read_number};

use crate::enterprise::{Date, Enterprise};
use crate::error::{Error, Kind};
use crate::text::is_blank;
use header::Field;
use merge::Merger;

/// What [`intake`] found in a file.
#[derive(Debug, Clone, Default)]
pub struct Intake {
    /// The enterprises, in the order of the file.
    pub enterprises: Vec<Enterprise>,
    /// What became of every row and column.
    pub report: IntakeReport,
    /// Headers of the columns the library does not know; a scorecard names them as `column:HEADER`.
    pub extra_columns: Vec<String>,
}

/// Reads a table of enterprises: CSV, TSV, text saved by Excel, XLSX (feature `xlsx`), JSON or JSON Lines.
///
/// Personal columns (legal representatives, phones, e-mails) are dropped. Rows with the same credit code are merged: the fullest
/// stays and takes what the others know.
///
/// # Errors
///
/// `EMPTY_FILE`, `NO_HEADER`, `NO_ROWS`, `BAD_WORKBOOK`, `BAD_JSON`, `UNSUPPORTED_FORMAT` or `LIMIT`. A cell that cannot be
/// understood is not an error: the report counts it and shows examples.
///
/// # Example
///
/// ```
/// let file = "企业名称,注册资本,经营范围\n示例光电有限公司,500万美元,光学镜头制造\n";
/// let table = xiangma::intake(file.as_bytes(), &xiangma::IntakeOptions::new())?;
/// assert_eq!(table.enterprises[0].name, "示例光电有限公司");
/// assert_eq!(table.enterprises[0].registered_capital.map(|m| m.amount), Some(5_000_000.0));
/// assert_eq!(table.report.read, 1);
/// # Ok::<(), xiangma::Error>(())
/// ```
pub fn intake(bytes: &[u8], options: &IntakeOptions) -> Result<Intake, Error> {
    intake_with(bytes, options, &mut |_, _| {})
}

/// As [`intake`], and tells from time to time which share of the file is read, 0 to 1, and the enterprises so far. Only those that rows
/// still to come are merged into will change.
///
/// # Errors
///
/// As [`intake`].
pub fn intake_with(bytes: &[u8], options: &IntakeOptions, progress: &mut dyn FnMut(f64, &[Enterprise])) -> Result<Intake, Error> {
    let mut report = IntakeReport::default();
    let mut table = Table { options, head: Vec::new(), reader: None, merger: Merger::default(), progress };
    sheet::read(bytes, options, &mut report, &mut table)?;
    if table.reader.is_none() {
        table.begin();
    }
    let Table { head, reader, merger, .. } = table;
    let Some(reader) = reader else { return Err(no_header(&head)) };
    let extra_columns = reader.finish(&mut report);
    if report.rows == 0 {
        return Err(Error::from(Kind::NoRows).at_row(report.header_row));
    }
    report.merged = merger.merges.len() as u64;
    report.merges = merger.merges;
    report.read = merger.kept.len() as u64;
    Ok(Intake { enterprises: merger.kept, report, extra_columns })
}

/// A table being read: the first rows wait until the header is found among them.
struct Table<'o> {
    options: &'o IntakeOptions,
    head: Vec<sheet::Row>,
    reader: Option<RowReader<'o>>,
    merger: Merger,
    progress: &'o mut dyn FnMut(f64, &[Enterprise]),
}

impl sheet::Sink for Table<'_> {
    fn row(&mut self, number: u32, cells: &[&str]) {
        if let Some(reader) = &mut self.reader {
            if let Some(enterprise) = reader.read(number, cells) {
                self.merger.add(enterprise);
            }
            return;
        }
        if self.head.len() >= header::SEARCHED {
            // No header was found: the rest of the file is only counted out.
            return;
        }
        self.head.push(sheet::Row { number, cells: cells.iter().map(|c| (*c).to_owned()).collect() });
        if self.head.len() == header::SEARCHED {
            self.begin();
        }
    }

    fn share(&mut self, read: f64) {
        (self.progress)(read, &self.merger.kept);
        self.merger.expect(read);
    }
}

impl Table<'_> {
    /// Finds the header among the rows that wait, and reads those below it. Without one nothing changes, and nothing more can be read.
    fn begin(&mut self) {
        let Some(at) = header::find(self.head.iter().map(|r| r.cells.as_slice())) else { return };
        let mut reader = RowReader::new(&self.head[at], self.options);
        for row in self.head.split_off(at + 1) {
            let cells: Vec<&str> = row.cells.iter().map(String::as_str).collect();
            if let Some(enterprise) = reader.read(row.number, &cells) {
                self.merger.add(enterprise);
            }
        }
        self.reader = Some(reader);
    }
}

#[cold]
fn no_header(rows: &[sheet::Row]) -> Error {
    let rows = &rows[..rows.len().min(header::SEARCHED)];
    let seen = rows.iter().flat_map(|r| &r.cells).filter(|c| !is_blank(c)).take(4).map(|c| report::shorten(c)).collect::<Vec<_>>();
    if seen.is_empty() {
        return Kind::EmptyFile.into();
    }
    Kind::NoHeader { searched: rows.len(), seen: seen.join(" | ") }.into()
}

/// What every column is read as.
struct Columns {
    roles: Vec<Role>,
    extra: Vec<String>,
}

enum Role {
    Field(Field, Option<String>),
    Flag(crate::enterprise::Qualification),
    Extra(usize),
    Skip,
}

impl Columns {
    fn new(header: &[String], ignored: &[String], report: &mut IntakeReport) -> Self {
        let mut extra = Vec::new();
        let mut seen: Vec<Field> = Vec::new();
        let mut roles = Vec::with_capacity(header.len());
        for cell in header {
            let title = value::clean(cell);
            let (role, label) = match header::field(title) {
                _ if is_blank(title) => (Role::Skip, "unused".to_owned()),
                found if ignored.iter().any(|i| i == title) && !matches!(found, Some((Field::Name, _))) => {
                    (Role::Skip, "unused".to_owned())
                }
                Some((Field::Personal, _)) => (Role::Skip, "personal_dropped".to_owned()),
                Some((Field::Unused, _)) => (Role::Skip, "unused".to_owned()),
                Some((field, unit)) => {
                    let repeats = seen.contains(&field) && !matches!(field, Field::Tags | Field::Qualification | Field::Industry(_));
                    seen.push(field);
                    if repeats { (Role::Skip, "duplicate".to_owned()) } else { (Role::Field(field, unit), field_name(field).to_owned()) }
                }
                None => match header::qualification_flag(title) {
                    Some(flag) => (Role::Flag(flag), "qualifications".to_owned()),
                    None if extra.iter().any(|e| e == title) => (Role::Skip, "duplicate".to_owned()),
                    None => {
                        extra.push(title.to_owned());
                        (Role::Extra(extra.len() - 1), "extra".to_owned())
                    }
                },
            };
            roles.push(role);
            report.columns.push(ColumnReport { header: title.to_owned(), role: label });
        }
        Self { roles, extra }
    }
}

fn field_name(field: Field) -> &'static str {
    match field {
        Field::Name => "name",
        Field::AskedName => "asked_name",
        Field::CreditCode => "credit_code",
        Field::Status => "status",
        Field::Kind => "kind",
        Field::Established => "established",
        Field::RegisteredCapital => "registered_capital",
        Field::PaidInCapital => "paid_in_capital",
        Field::Revenue => "revenue",
        Field::Staff => "staff",
        Field::Size => "size",
        Field::Province => "province",
        Field::City => "city",
        Field::County => "county",
        Field::Address => "address",
        Field::Industry(_) => "industry",
        Field::Scope => "scope",
        Field::Profile => "profile",
        Field::MainBusiness => "main_business",
        Field::Products => "products",
        Field::Patents => "patents",
        Field::Bids => "bids",
        Field::PatentCount => "patent_count",
        Field::Tags => "tags",
        Field::Qualification => "qualifications",
        Field::Listing => "listing",
        Field::FinancingDate => "financing_date",
        Field::FormerName => "former_name",
        Field::Shareholders => "shareholders",
        Field::Unused => "unused",
        Field::Personal => "personal_dropped",
    }
}

/// Above a hundred billion stand a few dozen state groups, and a great many slips of unit: such a cell is shown, not believed.
const IMPLAUSIBLE: f64 = 1e11;

/// A name longer than this is text of another column that slipped.
const LONGEST_NAME: usize = 80;

struct RowReader<'o> {
    columns: Columns,
    options: &'o IntakeOptions,
    report: IntakeReport,
    /// Of each column, how its cells were understood.
    values: Vec<ValueReport>,
}

impl<'o> RowReader<'o> {
    fn new(header: &sheet::Row, options: &'o IntakeOptions) -> Self {
        let mut report = IntakeReport { header_row: header.number, ..IntakeReport::default() };
        let columns = Columns::new(&header.cells, &options.ignore, &mut report);
        let values = vec![ValueReport::default(); columns.roles.len()];
        Self { columns, options, report, values }
    }

    /// Adds what the rows told to the report of the file; gives the columns the library does not know.
    fn finish(self, report: &mut IntakeReport) -> Vec<String> {
        for (role, its) in self.columns.roles.iter().zip(self.values) {
            if let Role::Field(field, _) = role
                && its != ValueReport::default()
            {
                report.values.entry(field_name(*field).to_owned()).or_default().add(its);
            }
        }
        let IntakeReport { header_row, rows, rejected, ragged, columns, .. } = self.report;
        *report = IntakeReport { header_row, rows, rejected, ragged, columns, ..std::mem::take(report) };
        self.columns.extra
    }

    /// Reads one row; `None` when it is blank or rejected (the report says so).
    fn read(&mut self, row: u32, cells: &[&str]) -> Option<Enterprise> {
        if cells.iter().all(|c| is_blank(value::clean(c))) {
            return None;
        }
        self.report.rows += 1;
        let columns = &self.columns;
        let mut e = Enterprise { row, extra: vec![None; columns.extra.len()], ..Enterprise::default() };
        let mut asked = None;
        let width = cells.iter().rposition(|c| !is_blank(c)).map_or(0, |i| i + 1);
        if width > columns.roles.len() {
            self.report.ragged.push(row);
        }
        for (index, role) in columns.roles.iter().enumerate() {
            let cell = cells.get(index).map_or("", |c| value::clean(c));
            match role {
                Role::Skip => {}
                Role::Extra(at) => e.extra[*at] = text(cell),
                Role::Flag(rung) => {
                    if value::flag(cell) == Some(true) && !e.qualifications.contains(rung) {
                        e.qualifications.push(*rung);
                        e.qualifications.sort_unstable();
                    }
                }
                Role::Field(Field::AskedName, _) => asked = text(cell),
                Role::Field(field, unit) => {
                    let cell = Cell { row, text: cell, as_of: self.options.as_of, values: &mut self.values[index] };
                    cell.fill(&mut e, *field, unit.as_deref());
                }
            }
        }
        let reason = match () {
            () if e.name.contains("未匹配") => "not_matched",
            () if e.name.is_empty() => match asked.take() {
                Some(name) => {
                    e.name = name;
                    ""
                }
                None => "no_name",
            },
            () if e.name.chars().count() > LONGEST_NAME => "shifted",
            () => "",
        };
        if !reason.is_empty() {
            let seen = cells.iter().map(|c| c.trim()).filter(|c| !is_blank(c)).collect::<Vec<_>>().join(" | ");
            self.report.rejected.push(Rejected { row, reason: reason.to_owned(), seen: report::shorten(&seen) });
            return None;
        }
        region::complete(&mut e.region, e.credit_code);
        Some(e)
    }
}

/// A cell being read, and the count of its column.
struct Cell<'c> {
    row: u32,
    text: &'c str,
    as_of: Option<Date>,
    values: &'c mut ValueReport,
}

impl Cell<'_> {
    /// Reads it as a field.
    fn fill(self, e: &mut Enterprise, field: Field, unit: Option<&str>) {
        let cell = self.text;
        match field {
            Field::Name => text(cell).unwrap_or_default().clone_into(&mut e.name),
            Field::CreditCode => e.credit_code = self.credit_code(),
            Field::Status => e.status = self.keep(value::status(cell)),
            Field::Established => e.established = self.past_date(),
            Field::FinancingDate => e.financing_date = self.past_date(),
            Field::RegisteredCapital => e.registered_capital = self.money(unit),
            Field::PaidInCapital => e.paid_in_capital = self.money(unit),
            Field::Revenue => e.revenue = self.money(unit),
            // Zero insured is what firms that insure through an agency show: it says nothing.
            Field::Staff => e.staff = self.keep(value::count(cell)).filter(|n| *n > 0),
            Field::PatentCount => e.patent_count = self.keep(value::count(cell)),
            Field::Size => e.size = self.keep(value::size(cell)),
            Field::Province => e.region.province = self.known_text(),
            Field::City => e.region.city = self.known_text(),
            Field::County => e.region.county = self.known_text(),
            Field::Address => e.region.address = self.known_text(),
            Field::Kind => e.kind = self.known_text(),
            // Columns stand from broad to fine: the last that says something wins.
            Field::Industry(_) => e.industry = text(cell).or_else(|| e.industry.take()),
            Field::Scope => e.scope = self.known_text(),
            Field::Profile => e.profile = self.known_text(),
            Field::MainBusiness => e.main_business = self.known_text(),
            Field::Products => e.products = value::products(cell),
            Field::Patents => match value::count(cell) {
                Reading::Ok(count) => e.patent_count = Some(count),
                _ => e.patents = self.known_text(),
            },
            Field::Bids => e.bids = self.known_text(),
            Field::Tags => {
                e.tags.extend(value::tags(cell));
                value::qualifications(cell, &mut e.qualifications);
            }
            Field::Qualification => value::qualifications(cell, &mut e.qualifications),
            Field::Listing => e.listing = self.known_text(),
            Field::FormerName => e.former_name = text(cell),
            Field::Shareholders => e.shareholders = text(cell),
            Field::AskedName | Field::Unused | Field::Personal => {}
        }
    }

    fn not_understood(self, reason: &'static str) {
        self.values.not_understood(self.row, self.text, reason);
    }

    fn known_text(self) -> Option<String> {
        let text = text(self.text);
        if text.is_some() {
            self.values.understood += 1;
        } else {
            self.values.missing += 1;
        }
        text
    }

    fn keep<T>(self, reading: Reading<T>) -> Option<T> {
        match reading {
            Reading::Ok(value) => {
                self.values.understood += 1;
                Some(value)
            }
            Reading::Missing => {
                self.values.missing += 1;
                None
            }
            Reading::Bad => {
                self.not_understood("not_a_value");
                None
            }
        }
    }

    fn past_date(self) -> Option<Date> {
        match value::date(self.text) {
            Reading::Ok(date) if self.as_of.is_some_and(|day| date > day) => {
                self.not_understood("in_the_future");
                None
            }
            reading => self.keep(reading),
        }
    }

    fn money(self, unit: Option<&str>) -> Option<Money> {
        match read_money(self.text, unit) {
            MoneyReading::Ok(money) if money.amount > IMPLAUSIBLE => {
                self.not_understood("implausible");
                None
            }
            MoneyReading::Ok(money) => {
                self.values.understood += 1;
                Some(money)
            }
            MoneyReading::Missing => {
                self.values.missing += 1;
                None
            }
            MoneyReading::AmbiguousUnit => {
                self.not_understood("ambiguous_unit");
                None
            }
            MoneyReading::Invalid => {
                let reason = if self.text.trim_start().starts_with('-') { "negative" } else { "not_a_value" };
                self.not_understood(reason);
                None
            }
        }
    }

    fn credit_code(self) -> Option<CreditCode> {
        let cell = self.text;
        if is_blank(cell) {
            self.values.missing += 1;
            return None;
        }
        let code = CreditCode::parse(cell);
        if code.is_some() {
            self.values.understood += 1;
        } else {
            let upper = cell.to_ascii_uppercase();
            let reason = if upper.contains("E+") && upper.parse::<f64>().is_ok() {
                "lost_to_scientific_notation"
            } else if cell.len() == 15 && cell.bytes().all(|b| b.is_ascii_digit()) {
                "old_number"
            } else {
                "check_character"
            };
            self.not_understood(reason);
        }
        code
    }
}

fn text(cell: &str) -> Option<String> {
    (!is_blank(cell)).then(|| cell.to_owned())
}
