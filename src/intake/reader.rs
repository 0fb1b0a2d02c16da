//! Rows below a header become enterprises, piece by piece: pieces know nothing of one another, so they may be read in any order and on
//! any thread, and are joined in the order of the file.

use std::borrow::Cow;

use crate::enterprise::{CreditCode, Enterprise, fold_name, region};
use crate::intake::cell::{Cell, text};
use crate::intake::columns::Columns;
use crate::intake::sheet::emptied;
use crate::intake::{ColumnReport, Field, IntakeOptions, IntakeReport, Rejected, ValueReport, personal, report, rows, value};
use crate::text::is_blank;

/// A name longer than this is text of another column that slipped.
const LONGEST_NAME: usize = 80;

/// What the rows of one sheet are read by.
#[derive(Debug)]
pub(crate) struct Sheet<'o> {
    pub columns: Columns,
    pub options: &'o IntakeOptions,
    pub day_shift: i32,
    /// The sheet's name, where it is a tag of its rows.
    pub tag: Option<String>,
    /// Added to the numbers of its rows.
    pub offset: u32,
    /// True where no row depends on those above it: none goes on with an enterprise there, and titles are tags of nobody.
    pub apart: bool,
}

/// Whom a row without a name goes on with: the enterprise above it.
type Above = Option<(String, Option<CreditCode>)>;

/// What rows depend on of those above them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Standing {
    /// The title they stand below.
    section: Option<String>,
    above: Above,
}

/// What was made of some rows that follow one another.
#[derive(Debug, Default)]
pub(crate) struct Piece {
    /// The enterprises, each with its name as it is compared.
    pub enterprises: Vec<(Enterprise, String)>,
    /// How many of the first stand below no title in the piece: they are of the part that begins before it.
    of_before: usize,
    /// Rows without a name above the first enterprise.
    orphans: Vec<Orphan>,
    /// The last title in it.
    section: Option<String>,
    /// The last enterprise in it.
    last: Above,
    pub report: IntakeReport,
    /// Of each column, how its cells were understood.
    pub values: Vec<ValueReport>,
}

/// A row without a name. Whom it goes on with, if anybody, is told by the piece before.
#[derive(Debug)]
struct Orphan {
    e: Enterprise,
    /// What is said of it when it goes on with nobody.
    rejected: Rejected,
    /// The title above it in its piece.
    section: Option<String>,
}

impl Standing {
    /// True below a title.
    pub fn has_title(&self) -> bool {
        self.section.is_some()
    }
}

impl Piece {
    fn new(sheet: &Sheet<'_>) -> Self {
        Self { values: vec![ValueReport::default(); sheet.columns.width()], ..Self::default() }
    }

    /// What was made so far; what follows begins another piece.
    pub fn taken(&mut self, sheet: &Sheet<'_>) -> Self {
        std::mem::replace(self, Self::new(sheet))
    }

    /// True where no row of it depends on those above it, but for a title that may stand there.
    pub fn stands_alone(&self) -> bool {
        self.orphans.is_empty() && self.section.is_none()
    }

    /// Puts it below what stands above it: rows that go on with an enterprise there, titles that reach into it. `standing` is then what
    /// the next piece stands below.
    pub fn put(&mut self, sheet: &Sheet<'_>, standing: &mut Standing, places: &mut region::Places) {
        let mut all = Vec::new();
        for Orphan { mut e, rejected, section } in self.orphans.drain(..) {
            if !take_name(&mut e, &standing.above) {
                self.report.rejected_rows += 1;
                self.report.rejected.push(rejected);
                continue;
            }
            for tag in sheet.tag.iter().chain(section.as_ref().or(standing.section.as_ref())) {
                add_tag(&mut e, tag);
            }
            region::complete(&mut e.region, e.credit_code, places);
            let folded = fold_name(&e.name);
            all.push((e, folded));
        }
        if let Some(title) = &standing.section {
            let of_before = if self.section.is_some() { self.of_before } else { self.enterprises.len() };
            self.enterprises.iter_mut().take(of_before).for_each(|(e, _)| add_tag(e, title));
        }
        if !all.is_empty() {
            all.append(&mut self.enterprises);
            self.enterprises = all;
        }
        standing.section = self.section.take().or(standing.section.take());
        standing.above = self.last.take().or(standing.above.take());
    }
}

/// Reads the rows of a piece.
#[derive(Debug, Default)]
pub(crate) struct RowReader {
    pub piece: Piece,
    /// Places read before.
    pub places: region::Places,
    /// Memory for the cells of a row.
    spare: Vec<&'static str>,
}

impl RowReader {
    /// For the next piece of a sheet, with the places that other pieces named.
    pub fn new(sheet: &Sheet<'_>, places: region::Places) -> Self {
        Self { piece: Piece::new(sheet), places, spare: Vec::new() }
    }

    /// Reads one row below the header.
    pub fn read(&mut self, sheet: &Sheet<'_>, number: u32, cells: &[&str]) {
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
        self.read_clean(sheet, number, &row);
        self.spare = emptied(row);
    }

    fn read_clean(&mut self, sheet: &Sheet<'_>, number: u32, cells: &[&str]) {
        let Sheet { columns, options, tag, offset, apart, .. } = sheet;
        let Some(width) = cells.iter().rposition(|c| !is_blank(c)).map(|i| i + 1) else { return };
        let row = offset.saturating_add(number);
        let report = &mut self.piece.report;
        report.rows += 1;
        let most = options.max_listed;
        if width > columns.width() {
            report.ragged_rows += 1;
            if report.ragged.len() < most {
                report.ragged.push(row);
            }
        }
        let at = |field: Field| columns.of(field).first().and_then(|c| cells.get(c.index)).copied().unwrap_or("");
        let (name, asked) = (at(Field::Name), at(Field::AskedName));
        let name = if is_blank(name) { "" } else { rows::unnumbered(name) };
        // What is far too long for a name is told below; here it would only cost time.
        let firm = plainly_a_firm(name);
        if !firm && name.len() <= 8 * LONGEST_NAME {
            let list = match rows::kind(cells, if name.is_empty() { asked } else { name }, &columns.headings) {
                rows::Row::Enterprise => None,
                rows::Row::Section(_) if *apart => Some("section"),
                rows::Row::Section(title) => {
                    if self.piece.section.is_none() {
                        self.piece.of_before = self.piece.enterprises.len();
                    }
                    self.piece.section = Some(title);
                    Some("section")
                }
                rows::Row::Other(reason) => Some(reason),
            };
            if let Some(reason) = list {
                report.other_rows += 1;
                if report.others.len() < most {
                    report.others.push(Rejected { row, reason: reason.to_owned(), seen: seen(cells, &columns.reports) });
                }
                return;
            }
        }
        let mut e = self.enterprise(sheet, row, cells);
        let report = &mut self.piece.report;
        name.clone_into(&mut e.name);
        let mut reason = match () {
            () if e.name.contains('未') && ["未匹配", "未找到", "未查到"].iter().any(|w| e.name.contains(w)) => "not_matched",
            () if e.name.is_empty() && !is_blank(asked) => {
                asked.clone_into(&mut e.name);
                ""
            }
            // Whom it goes on with stands in another piece.
            () if e.name.is_empty() && *apart => "no_name",
            () if e.name.is_empty() && self.piece.last.is_none() => {
                let seen = seen(cells, &columns.reports);
                let rejected = Rejected { row, reason: "no_name".to_owned(), seen };
                self.piece.orphans.push(Orphan { e, rejected, section: self.piece.section.clone() });
                return;
            }
            () if e.name.is_empty() && take_name(&mut e, &self.piece.last) => "",
            () if e.name.is_empty() => "no_name",
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
                report.rejected.push(Rejected { row, reason: reason.to_owned(), seen: seen(cells, &columns.reports) });
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
        let (last, code) = self.piece.last.get_or_insert_default();
        last.clone_from(&e.name);
        *code = e.credit_code;
        for tag in tag.iter().chain(&self.piece.section) {
            add_tag(&mut e, tag);
        }
        region::complete(&mut e.region, e.credit_code, &mut self.places);
        let folded = fold_name(&e.name);
        self.piece.enterprises.push((e, folded));
    }

    /// What the cells of a row say, all but the name.
    fn enterprise(&mut self, sheet: &Sheet<'_>, row: u32, cells: &[&str]) -> Enterprise {
        let Sheet { columns, options, day_shift, .. } = sheet;
        let (day_shift, report) = (*day_shift, &mut self.piece.report);
        let mut e = Enterprise { row, ..Enterprise::default() };
        let cell = |index: usize| cells.get(index).copied().unwrap_or("");
        let currency = columns.of(Field::CapitalCurrency).first().map(|c| cell(c.index));
        let values = &mut self.piece.values;
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

/// Gives a row the name of the enterprise above it, where it goes on with that.
fn take_name(e: &mut Enterprise, above: &Above) -> bool {
    let Some((name, code)) = above.as_ref().filter(|_| e.credit_code.is_none() && goes_on(e)) else { return false };
    (e.name, e.credit_code) = (name.clone(), *code);
    true
}

fn add_tag(e: &mut Enterprise, tag: &String) {
    if !e.tags.contains(tag) {
        e.tags.push(tag.clone());
    }
}

/// True for most names: they end as companies do and begin with nothing that a note begins with.
fn plainly_a_firm(name: &str) -> bool {
    name.ends_with("公司")
        && name.chars().count() >= 4
        && !name.contains([':', '：', '。', 'X', 'x', '×'])
        && !name.starts_with(|c: char| "注备说数资信来统截制填编指审复签盖单负部联打报以本免声版导查更生下附温提必选请按与营如例示样范格输文某不限字共合总小累平（(第一二三四五六七八九十".contains(c) || c.is_ascii())
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
