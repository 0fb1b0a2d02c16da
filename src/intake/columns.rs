//! What every column is read as: by its heading, and by what stands in the first rows below it.

use crate::enterprise::Enterprise;
use crate::intake::cell::Cell;
use crate::intake::header::Header;
use crate::intake::heading::{Heading, Means};
use crate::intake::{ColumnReport, CreditCode, Field, IntakeOptions, ValueReport, personal, rows, value};
use crate::order::sort;
use crate::text::{is_blank, squeeze};

/// What the columns of one sheet are.
#[derive(Debug, Clone)]
pub(crate) struct Columns {
    pub headings: Vec<String>,
    /// Of each field the columns that fill it, the best first; in the order in which fields are read.
    pub fields: Vec<(Field, Vec<Column>)>,
    /// Columns of flags, with the heading that says what for.
    pub flags: Vec<(usize, String)>,
    /// Columns nobody knows, and their places among the extra columns of the file.
    pub extra: Vec<(usize, usize)>,
    pub reports: Vec<ColumnReport>,
}

#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub index: usize,
    pub unit: Option<String>,
}

/// A column of a field before the best of several is chosen.
struct Candidate {
    field: Field,
    index: usize,
    heading: Heading,
}

impl Columns {
    /// Decides from the header and the first rows; names of unknown columns are added to `extra`.
    pub fn new(
        header: &Header,
        sample: &[Vec<&str>],
        preface_unit: Option<&str>,
        options: &IntakeOptions,
        extra: &mut Vec<String>,
    ) -> Self {
        let headings: Vec<String> = header.headings.iter().map(|h| value::clean(h).replace('\n', "")).collect();
        let mut roles: Vec<&'static str> = vec!["unused"; headings.len()];
        let mut candidates: Vec<Candidate> = Vec::new();
        let (mut flags, mut unknown) = (Vec::new(), Vec::new());
        let has_code = |index: usize| codes(sample, index);
        for (index, heading) in headings.iter().enumerate() {
            let read = match options.mapped(heading) {
                Some(field) => Some(Heading { means: Means::Field(field), unit: None, year: None, rank: 0 }),
                None => header.read.get(index).cloned().flatten(),
            };
            let ignored = options.ignore.iter().any(|i| i == heading);
            match read {
                _ if is_blank(heading) => {}
                read if ignored && !matches!(read, Some(Heading { means: Means::Field(Field::Name), .. })) => {}
                Some(Heading { means: Means::Personal, .. }) => roles[index] = "personal_dropped",
                Some(Heading { means: Means::Unused, .. }) => {}
                Some(Heading { means: Means::Flag, .. }) => {
                    roles[index] = Field::Qualification.as_str();
                    flags.push((index, squeeze(heading)));
                }
                // ID and 代码 are codes where codes stand below them.
                Some(Heading { means: Means::Field(Field::CreditCode), rank: 2.., .. }) if !has_code(index) => unknown.push(index),
                Some(heading @ Heading { means: Means::Field(field), .. }) => candidates.push(Candidate { field, index, heading }),
                None => unknown.push(index),
            }
        }
        // Codes are told by themselves, whatever their column is called.
        if !candidates.iter().any(|c| c.field == Field::CreditCode)
            && let Some(at) = unknown.iter().position(|index| codes(sample, *index))
        {
            let index = unknown.remove(at);
            candidates.push(Candidate {
                field: Field::CreditCode,
                index,
                heading: Heading { means: Means::Field(Field::CreditCode), unit: None, year: None, rank: 2 },
            });
        }
        let mut places = Vec::new();
        for index in unknown {
            let cells = || sample.iter().filter_map(|row| row.get(index).copied());
            // A person's name or number, under whatever heading.
            if personal::is_column(cells()) {
                roles[index] = "personal_dropped";
                continue;
            }
            let heading = &headings[index];
            if places.iter().any(|(i, _): &(usize, usize)| headings[*i] == *heading) {
                roles[index] = "duplicate";
                continue;
            }
            roles[index] = "extra";
            let place = extra.iter().position(|e| e == heading).unwrap_or_else(|| {
                extra.push(heading.clone());
                extra.len() - 1
            });
            places.push((index, place));
        }
        let fields = chosen(&candidates, sample, preface_unit, options, &mut roles);
        let reports =
            headings.iter().zip(&roles).map(|(header, role)| ColumnReport { header: header.clone(), role: (*role).to_owned() }).collect();
        Self { headings, fields, flags, extra: places, reports }
    }

    /// The columns of a field, the best first.
    pub fn of(&self, field: Field) -> &[Column] {
        self.fields.iter().find(|(f, _)| *f == field).map_or(&[], |(_, columns)| columns)
    }

    /// How wide the header is.
    pub fn width(&self) -> usize {
        self.headings.len()
    }
}

/// Of the columns of each field, the best by content first: the one whose cells say most, of equals the nearer heading, the later year
/// and the one further left.
fn chosen(
    candidates: &[Candidate],
    sample: &[Vec<&str>],
    preface_unit: Option<&str>,
    options: &IntakeOptions,
    roles: &mut [&'static str],
) -> Vec<(Field, Vec<Column>)> {
    let mut fields = Vec::new();
    for field in Field::ALL {
        let mut of: Vec<(&Candidate, u64)> = candidates.iter().filter(|c| c.field == field).map(|c| (c, 0)).collect();
        if of.len() > 1 && !field.gathers() {
            for (candidate, worth) in &mut of {
                *worth = worth_of(field, candidate, sample, options);
            }
            let best = of.iter().map(|(_, w)| *w).max().unwrap_or(0);
            // A column that says nearly as much as the best is as good: then the heading decides. Of texts the fuller is the better.
            let text = matches!(
                field,
                Field::Scope | Field::Profile | Field::MainBusiness | Field::Products | Field::Patents | Field::Bids | Field::Address
            );
            let key = |(c, worth): &(&Candidate, u64)| {
                let good = u64::from(if text { *worth == best } else { *worth * 10 >= best * 7 } && *worth > 0);
                let year = std::cmp::Reverse(c.heading.year.unwrap_or(9998));
                (std::cmp::Reverse(good), c.heading.rank, year, std::cmp::Reverse(if good == 1 { 0 } else { *worth }), c.index)
            };
            sort(&mut of, &|a, b| key(a).cmp(&key(b)));
        }
        let mut columns = Vec::new();
        for (place, (candidate, _)) in of.iter().enumerate() {
            roles[candidate.index] = if place == 0 || field.gathers() { field.as_str() } else { "duplicate" };
            // What tells who it is comes from one column; a turnover of another year is another figure.
            let fills = place == 0 || !(field.identifies() || field == Field::Revenue);
            if fills {
                let unit = candidate.heading.unit.clone().or_else(|| preface_unit.map(str::to_owned));
                columns.push(Column { index: candidate.index, unit });
            }
        }
        if !columns.is_empty() {
            fields.push((field, columns));
        }
    }
    fields
}

/// How much the first cells of a column say of a field.
fn worth_of(field: Field, candidate: &Candidate, sample: &[Vec<&str>], options: &IntakeOptions) -> u64 {
    let cells = sample.iter().filter_map(|row| row.get(candidate.index).copied()).filter(|c| !is_blank(c));
    match field {
        Field::Name | Field::AskedName => cells.map(|c| if rows::has_form(c) { 10 } else { 1 }).sum(),
        Field::CreditCode => cells.filter(|c| CreditCode::parse(&squeeze(c)).is_some()).count() as u64,
        Field::Scope | Field::Profile | Field::MainBusiness | Field::Products | Field::Patents | Field::Bids | Field::Address => {
            let empty = ["其他", "见附件", "同上", "详见附件", "略", "见营业执照", "其它"];
            cells.filter(|c| !empty.contains(c)).map(|c| 1 + c.chars().count().min(40) as u64).sum()
        }
        _ => {
            let (mut scratch, mut values) = (Enterprise::default(), ValueReport::default());
            for cell in cells {
                Cell { row: 0, text: cell, as_of: options.as_of, day_shift: 0, currency: None, values: &mut values }.fill(
                    &mut scratch,
                    field,
                    candidate.heading.unit.as_deref(),
                );
                scratch = Enterprise::default();
            }
            values.understood
        }
    }
}

/// True when most of the filled cells of a column are credit codes.
fn codes(sample: &[Vec<&str>], index: usize) -> bool {
    let (mut filled, mut codes) = (0, 0);
    for cell in sample.iter().filter_map(|row| row.get(index)).filter(|c| !is_blank(c)) {
        filled += 1;
        codes += usize::from(CreditCode::parse(&squeeze(cell)).is_some());
    }
    codes > 0 && codes * 2 >= filled
}
