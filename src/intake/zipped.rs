//! What is zipped: workbooks, and archives that hold one table. Parts are inflated as they are read, within one budget for the file; no
//! number a file states of itself is trusted.

use std::cell::Cell;
use std::io::{BufReader, Cursor, Read};

use zip::ZipArchive;

use crate::error::{Error, Kind};
use crate::intake::IntakeOptions;

/// A zip file, its parts found whatever slash and case their names are written with.
pub(crate) struct Archive<'b> {
    zip: ZipArchive<Cursor<&'b [u8]>>,
    names: Vec<String>,
    budget: Budget,
}

/// What may still be inflated, and what was passed.
#[derive(Debug)]
pub(crate) struct Budget {
    left: Cell<u64>,
    limit: u64,
    passed: Cell<Option<(&'static str, u64)>>,
    /// The longest piece between two marks of markup.
    longest: usize,
}

pub(crate) fn bad(error: &impl std::fmt::Display) -> Error {
    let text = error.to_string();
    Kind::BadWorkbook(text.chars().take(200).collect()).into()
}

impl<'b> Archive<'b> {
    pub fn open(bytes: &'b [u8], options: &IntakeOptions) -> Result<Self, Error> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| bad(&e))?;
        if zip.len() > 10_000 {
            return Err(Kind::Limit { what: "the number of parts in the archive", found: zip.len() as u64, limit: 10_000 }.into());
        }
        let names = (0..zip.len()).map(|i| zip.name_for_index(i).and_then(Result::ok).map_or_else(String::new, |n| normal(&n))).collect();
        let limit = options.max_expanded_bytes;
        // A cell's text is at most so long, escapes and marks around it included.
        let longest = usize::try_from(options.max_cell_bytes.saturating_mul(8)).unwrap_or(usize::MAX);
        Ok(Self { zip, names, budget: Budget { left: Cell::new(limit), limit, passed: Cell::new(None), longest } })
    }

    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn find(&self, name: &str) -> Option<usize> {
        let wanted = normal(name);
        self.names.iter().position(|n| *n == wanted)
    }

    /// A part to be read as markup, and its stated size.
    pub fn part(&mut self, index: usize) -> Result<(BufReader<Bounded<'_, impl Read>>, u64), Error> {
        let part = self.zip.by_index(index).map_err(|e| bad(&e))?;
        let size = part.size();
        Ok((BufReader::with_capacity(1 << 16, Bounded { part, budget: &self.budget, since: 0 }), size))
    }

    /// A part whole, up to a limit of its own.
    pub fn bytes(&mut self, index: usize, limit: u64) -> Result<Vec<u8>, Error> {
        let part = self.zip.by_index(index).map_err(|e| bad(&e))?;
        let mut bytes = Vec::new();
        part.take(limit + 1).read_to_end(&mut bytes).map_err(|e| bad(&e))?;
        if bytes.len() as u64 > limit {
            return Err(Kind::Limit { what: "the unzipped size of a part in bytes", found: limit + 1, limit }.into());
        }
        Ok(bytes)
    }

    /// Inflates a part into nothing and looks at it piece by piece.
    pub fn scan(&mut self, index: usize, mut see: impl FnMut(&[u8])) -> Result<(), Error> {
        let Self { zip, budget, .. } = self;
        let part = zip.by_index(index).map_err(|e| bad(&e))?;
        let mut part = Bounded { part, budget, since: 0 };
        let mut piece = vec![0; 1 << 16];
        let outcome = loop {
            match part.read(&mut piece) {
                Ok(0) => break Ok(()),
                Ok(n) => see(&piece[..n]),
                Err(e) => break Err(e),
            }
        };
        outcome.map_err(|e| budget.failure(&e))
    }

    /// What a failure of reading a part was: a limit passed, or a damaged part.
    pub fn failure(&self, error: &impl std::fmt::Display) -> Error {
        self.budget.failure(error)
    }
}

impl Budget {
    fn failure(&self, error: &impl std::fmt::Display) -> Error {
        match self.passed.get() {
            Some((what, limit)) => Kind::Limit { what, found: limit.saturating_add(1), limit }.into(),
            None => bad(error),
        }
    }
}

fn normal(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// A part that ends with an error where the budget does, or where nothing but one endless piece of markup follows.
pub(crate) struct Bounded<'a, R> {
    part: R,
    budget: &'a Budget,
    since: usize,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let n = self.part.read(into)?;
        let left = self.budget.left.get();
        if n as u64 > left {
            self.budget.passed.set(Some(("the unzipped size of the workbook in bytes", self.budget.limit)));
            return Err(std::io::Error::other("over the limit"));
        }
        self.budget.left.set(left - n as u64);
        self.since = match memchr::memrchr2(b'<', b'>', &into[..n]) {
            Some(at) => n - at,
            None => self.since + n,
        };
        if self.since > self.budget.longest {
            self.budget.passed.set(Some(("the length of a piece of the workbook's markup in bytes", self.budget.longest as u64)));
            return Err(std::io::Error::other("a piece without end"));
        }
        Ok(n)
    }
}
