//! The header: the row, or the rows, that name the columns, behind whatever stands before them.

use crate::intake::heading::{self, Heading, Means};
use crate::intake::{Field, IntakeOptions};
use crate::text::is_blank;

/// How many rows from the top may stand before the header.
pub(crate) const SEARCHED: usize = 30;

/// Headers of government tables have up to three rows: groups above, names below.
const DEEPEST: usize = 3;

/// A header found among rows.
#[derive(Debug, Clone)]
pub(crate) struct Header {
    /// Index of its first row.
    pub first: usize,
    /// Index of its last row.
    pub last: usize,
    /// What each column is called, the rows joined.
    pub headings: Vec<String>,
    /// What each heading says.
    pub read: Vec<Option<Heading>>,
    /// How many columns it names.
    pub known: usize,
}

/// Finds the header among the first [`SEARCHED`] rows: the row, or rows that stand together, that name the most columns, one for the
/// enterprise's name among them. Of equals the fewer rows, then the upper.
pub(crate) fn find<C: AsRef<str>>(rows: &[Vec<C>], options: &IntakeOptions) -> Option<Header> {
    let rows = &rows[..rows.len().min(SEARCHED)];
    let mut best: Option<Header> = None;
    for first in 0..rows.len() {
        for last in first..rows.len().min(first + DEEPEST) {
            let Some(found) = header(rows, first, last, options) else { continue };
            let deep = |h: &Header| h.last - h.first;
            if best.as_ref().is_none_or(|b| found.known > b.known || found.known == b.known && deep(&found) < deep(b)) {
                best = Some(found);
            }
        }
    }
    best
}

/// How many columns of a row are known by their heading, when one of them is the name; 0 otherwise.
pub(crate) fn known(cells: &[&str], options: &IntakeOptions) -> usize {
    let read: Vec<Option<Heading>> = cells.iter().map(|c| says(c, options)).collect();
    if names(&read) { count(&read) } else { 0 }
}

/// What rows taken together as a header say.
fn header<C: AsRef<str>>(rows: &[Vec<C>], first: usize, last: usize, options: &IntakeOptions) -> Option<Header> {
    let cell = |row: usize, column: usize| rows[row].get(column).map_or("", |c| c.as_ref().trim());
    let width = (first..=last).map(|r| rows[r].len()).max()?;
    if (first..=last).any(|row| rows[row].iter().all(|c| is_blank(c.as_ref()))) {
        return None;
    }
    // The lowest row of several has to name something itself, or it is the first row of data.
    if last > first {
        let lowest = (0..width).filter(|c| says(cell(last, *c), options).is_some()).count();
        let cells = (0..width).filter(|c| !is_blank(cell(last, *c))).count();
        if lowest == 0 || lowest * 2 < cells {
            return None;
        }
    }
    let (mut headings, mut read) = (Vec::with_capacity(width), Vec::with_capacity(width));
    // A group's name stands over all its columns, but is written over the first.
    let mut groups = vec![String::new(); last - first];
    for column in 0..width {
        let mut own = cell(last, column).to_owned();
        let mut found = says(&own, options);
        for (depth, row) in (first..last).enumerate().rev() {
            let here = cell(row, column);
            if !here.is_empty() {
                here.clone_into(&mut groups[depth]);
            } else if own.is_empty() {
                // Nothing above and nothing below: the group has ended.
                groups[depth].clear();
            }
            if own.is_empty() {
                here.clone_into(&mut own);
                found = says(&own, options);
            } else if !here.is_empty() && found.is_none() && says(here, options).is_some() {
                // Data under a heading: these rows are no header together.
                let joined = format!("{here}{own}");
                found = says(&joined, options);
                found.as_ref()?;
                own = joined;
            } else if found.is_none() || here.is_empty() {
                let group = groups[depth].clone();
                if found.is_none() && !group.is_empty() && !own.is_empty() {
                    found = says(&format!("{group}{own}"), options);
                }
            }
            if let Some(found) = &mut found
                && found.year.is_none()
                && found.means == Means::Field(Field::Revenue)
            {
                // 2023年 over 营业收入, 税收 and 利润.
                found.year = heading::read(&format!("{}营业收入", groups[depth])).and_then(|h| h.year);
            }
        }
        headings.push(own);
        read.push(found);
    }
    if !names(&read) {
        return None;
    }
    let known = count(&read);
    Some(Header { first, last, headings, read, known })
}

/// What a heading says: what the caller maps it to, else what its words say.
fn says(heading: &str, options: &IntakeOptions) -> Option<Heading> {
    match options.mapped(heading) {
        Some(field) => Some(Heading { means: Means::Field(field), unit: None, year: None, rank: 0 }),
        None => heading::read(heading),
    }
}

fn names(read: &[Option<Heading>]) -> bool {
    read.iter().flatten().any(|h| matches!(h.means, Means::Field(Field::Name | Field::AskedName)))
}

fn count(read: &[Option<Heading>]) -> usize {
    read.iter().flatten().count()
}
