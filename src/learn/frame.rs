//! Any table, as columns of text: outcomes are learned from more than enterprises.

use std::collections::BTreeSet;

use crate::enterprise::fold_name;
use crate::error::{Error, Kind};
use crate::intake::{CreditCode, Field, IntakeOptions, IntakeReport, Means, find_header, personal, read_rows};
use crate::learn::missing::is_missing;
use crate::learn::outcome::{Answer, answer};
use crate::order::{set, sort};

/// A table: a header, and a column of cells under each heading. Every column has a cell a row. Of a file that is [read](Self::read),
/// personal columns never get in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    headers: Vec<String>,
    columns: Vec<Vec<String>>,
    numbers: Vec<u32>,
    personal: Vec<String>,
    /// What tells whom a row is of, where headings say so: credit codes, names. A cell a row each.
    leads: Vec<Vec<String>>,
}

/// How many rows from the top may stand before the header.
const SEARCHED: usize = 30;

impl Frame {
    /// A table from headings, columns and the number of each row in its file. It is taken as it is: personal columns are not looked for.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` when there is not one column a heading, or not one cell a row in each, and for two columns of one name; headings that
    /// are empty may repeat.
    pub fn new(headers: Vec<String>, columns: Vec<Vec<String>>, numbers: Vec<u32>) -> Result<Self, Error> {
        let bad = |what: String| Err(Kind::BadArgument(what).into());
        if headers.len() != columns.len() {
            return bad(format!("{} headings for {} columns", headers.len(), columns.len()));
        }
        if let Some(c) = columns.iter().position(|column| column.len() != numbers.len()) {
            return bad(format!("{} cells under `{}` for {} rows", columns[c].len(), headers[c], numbers.len()));
        }
        let mut named = BTreeSet::new();
        if let Some(twice) = headers.iter().find(|h| !h.is_empty() && !named.insert(h.as_str())) {
            return bad(format!("two columns are named `{twice}`"));
        }
        Ok(Self { headers, columns, numbers, ..Self::default() })
    }

    /// Reads a table in any form [`intake`](crate::intake()) reads; of a workbook the first. The header is found as there; where no row of
    /// the first thirty names a column for the enterprise's name, it is the first of them with two cells or more, none of which is a
    /// `label: value`. Blank rows and repetitions of the header are left out. Personal columns, told by their headings or their cells, are
    /// dropped, and cells that hold a telephone number, an e-mail address or an identity number are emptied; a personal heading over
    /// nothing but yes and no is kept.
    ///
    /// # Errors
    ///
    /// As [`intake`](crate::intake()), but `NO_ROWS` where there is no header; `BAD_ARGUMENT` for two columns of one name.
    pub fn read(bytes: &[u8]) -> Result<Self, Error> {
        let (mut numbers, mut rows) = (Vec::new(), Vec::new());
        let mut report = IntakeReport::default();
        let options = IntakeOptions::new();
        read_rows(bytes, &options, &mut report, &mut |number: u32, cells: &[&str]| {
            numbers.push(number);
            rows.push(cells.iter().map(|c| c.trim().trim_start_matches('\u{feff}').to_owned()).collect::<Vec<String>>());
        })?;
        let (last, headers, means) = match find_header(&rows, &options) {
            Some(found) => (found.last, found.headings, found.read.into_iter().map(|read| read.map(|h| h.means)).collect()),
            None => match rows.iter().take(SEARCHED).position(|cells| is_header(cells)) {
                Some(at) => (at, rows[at].clone(), Vec::new()),
                None => return Err(Kind::NoRows.into()),
            },
        };
        // A header comes again at the head of every printed page.
        let again = rows[last].clone();
        let below = numbers.into_iter().zip(rows).skip(last + 1);
        let below: Vec<(u32, Vec<String>)> = below.filter(|(_, cells)| cells.iter().any(|c| !c.is_empty()) && *cells != again).collect();
        if below.is_empty() {
            return Err(Kind::NoRows.into());
        }
        let mut columns = vec![Vec::with_capacity(below.len()); headers.len()];
        let mut numbers = Vec::with_capacity(below.len());
        for (number, cells) in below {
            numbers.push(number);
            let mut cells = cells.into_iter();
            columns.iter_mut().for_each(|column: &mut Vec<String>| column.push(cells.next().unwrap_or_default()));
        }
        let (mut kept, mut names, mut dropped, mut leads) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for (at, (header, mut column)) in headers.into_iter().zip(columns).enumerate() {
            if is_personal(&header, &column) {
                dropped.push(header);
                continue;
            }
            match means.get(at).copied().flatten() {
                Some(Means::Field(Field::Name | Field::AskedName)) => leads.push(column.iter().map(|cell| lead_name(cell)).collect()),
                Some(Means::Field(Field::CreditCode)) => leads.push(column.iter().map(|cell| lead_code(cell)).collect()),
                _ => {}
            }
            let holds_one = |cell: &str| personal::cell(cell).is_some() || !personal::inside(cell).is_empty();
            column.iter_mut().filter(|cell| holds_one(cell)).for_each(String::clear);
            names.push(header);
            kept.push(column);
        }
        Ok(Self { personal: dropped, leads, ..Self::new(names, kept, numbers)? })
    }

    /// How many rows.
    pub fn rows(&self) -> usize {
        self.numbers.len()
    }

    /// The headings.
    pub fn headers(&self) -> &[String] {
        &self.headers
    }

    /// Column by column, in the order of the headings, a cell a row; empty for what is not there.
    pub fn columns(&self) -> &[Vec<String>] {
        &self.columns
    }

    /// The number of each row in its file, as a spreadsheet counts, from 1.
    pub fn numbers(&self) -> &[u32] {
        &self.numbers
    }

    /// Headings of personal columns, which were dropped.
    pub fn personal(&self) -> &[String] {
        &self.personal
    }

    /// Of each row, what tells whom it is of: credit codes, names.
    #[cfg(feature = "train")]
    pub(crate) fn leads(&self) -> &[Vec<String>] {
        &self.leads
    }

    /// The cells under a heading.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT`, with the headings there are, or that the column is personal.
    pub fn column(&self, name: &str) -> Result<&[String], Error> {
        let at = self.headers.iter().position(|h| h == name);
        let missing = || {
            if self.personal.iter().any(|h| h == name) {
                return Kind::BadArgument(format!("the column `{name}` is personal, and was not read"));
            }
            Kind::BadArgument(format!("there is no column `{name}`; there are: {}", self.headers.join(", ")))
        };
        at.map(|i| self.columns[i].as_slice()).ok_or_else(|| missing().into())
    }

    /// The same table with some rows only, in the order given; rows that are not there are left out.
    pub fn select(&self, rows: &[usize]) -> Self {
        let of = |cells: &Vec<String>| rows.iter().filter_map(|r| cells.get(*r).cloned()).collect();
        Self {
            headers: self.headers.clone(),
            columns: self.columns.iter().map(of).collect(),
            numbers: rows.iter().filter_map(|r| self.numbers.get(*r).copied()).collect(),
            personal: self.personal.clone(),
            leads: self.leads.iter().map(of).collect(),
        }
    }

    /// Of the rows with a number under a heading, the fifth with the highest, rounded down, one row at the least; the highest first.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` for a column that is not there, or without numbers.
    pub fn best_fifth(&self, column: &str) -> Result<Self, Error> {
        let cells = self.column(column)?;
        let mut numbers: Vec<(f64, usize)> =
            cells.iter().enumerate().filter_map(|(row, cell)| Some((crate::learn::features::number(cell)?, row))).collect();
        if numbers.is_empty() {
            return Err(Kind::BadArgument(format!("there are no numbers under `{column}`")).into());
        }
        sort(&mut numbers, &|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        numbers.truncate((numbers.len() / 5).max(1));
        Ok(self.select(&numbers.into_iter().map(|n| n.1).collect::<Vec<_>>()))
    }

    /// Keeps the columns told, and adds others, of a cell a row each.
    pub(crate) fn exchange(&mut self, kept: &dyn Fn(&str) -> bool, added: impl Iterator<Item = (String, Vec<String>)>) {
        let its = std::mem::take(&mut self.headers).into_iter().zip(std::mem::take(&mut self.columns));
        (self.headers, self.columns) = its.filter(|(header, _)| kept(header)).chain(added).unzip();
    }
}

/// A name that tells whom a row is of: long enough to be a firm's.
fn lead_name(cell: &str) -> String {
    if is_missing(cell) || cell.chars().count() < 4 { String::new() } else { fold_name(cell) }
}

fn lead_code(cell: &str) -> String {
    CreditCode::parse(cell).map_or_else(String::new, |code| code.as_str().to_owned())
}

/// A row that may be the header: two cells or more, none of which is a label with its value.
fn is_header(cells: &[String]) -> bool {
    let filled: Vec<&String> = cells.iter().filter(|c| !c.is_empty()).collect();
    let is_labelled = |cell: &str| {
        cell.split_once(['：', ':']).is_some_and(|(label, value)| {
            // A unit in brackets is part of a heading.
            !label.is_empty() && !label.contains(['(', '（']) && !value.trim().is_empty()
        })
    };
    filled.len() >= 2 && !filled.iter().any(|cell| is_labelled(cell))
}

/// Told by its heading, unless all it says is yes or no; by its cells; or by values that come again and again and are people's names:
/// who dealt with a lead.
fn is_personal(header: &str, cells: &[String]) -> bool {
    let known = || cells.iter().map(String::as_str).filter(|cell| !is_missing(cell));
    if personal::is_heading(header) {
        return !known().all(|cell| matches!(answer(cell), Some(Answer::Yes | Answer::No)));
    }
    if personal::is_column(known()) {
        return true;
    }
    let values: BTreeSet<&str> = set(known());
    let people = values.iter().filter(|value| personal::is_person(value));
    // Names of places are of two characters where those of people are of three.
    let (people, long) = people.fold((0, 0), |(all, long), value| (all + 1, long + usize::from(value.chars().count() == 3)));
    values.len() > 1 && people * 10 >= values.len() * 7 && long * 10 >= values.len() * 4
}
