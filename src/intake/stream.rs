//! Delimited text that is never held whole: read window by window, and of chosen rows again.

use std::collections::BTreeMap;

use crate::enterprise::{Enterprise, region};
use crate::error::{Error, Kind};
use crate::intake::columns::Columns;
use crate::intake::delimited::Reading;
use crate::intake::merge::Keeper;
use crate::intake::reader::{RowReader, Sheet};
use crate::intake::table::{Finished, Start, Table};
use crate::intake::transcoded::{Pieces, Transcoded};
use crate::intake::{IntakeOptions, IntakeReport, ReadAt, decode, format, gb18030, read_at};
use crate::parallel::parts;

/// How many of the longest cells a window holds: 16 MB, unless the options say otherwise; more where a record is longer.
const CELLS_OF_A_WINDOW: u64 = 32;
/// The least a window holds: what the separator is told from, several times.
const LEAST_WINDOW: u64 = 1 << 18;

/// What comes of a file that was read and left where it is.
pub(crate) struct Streamed<K> {
    pub keeper: K,
    pub report: IntakeReport,
    pub extra_columns: Vec<String>,
    pub index: Index,
}

/// Where the rows of a file lie, a part at a time, and what they are read by.
#[derive(Debug)]
pub(crate) struct Index {
    options: IntakeOptions,
    columns: Columns,
    reading: Reading,
    starts: Vec<Start>,
    header_row: u32,
    size: u64,
    /// Of a file that is not UTF-8.
    pieces: Option<Pieces>,
}

/// Reads a file row by row and holds no more of it than a window; none where it is no delimited text in UTF-8 or GB18030, which is read
/// whole.
pub(crate) fn stream<K: Keeper>(
    source: &dyn ReadAt,
    options: &IntakeOptions,
    keeper: impl FnOnce() -> K,
    progress: &mut dyn FnMut(f64) -> bool,
) -> Result<Option<Streamed<K>>, Error> {
    let size = source.size().map_err(|e| unreadable(&e))?;
    let usual = options.max_cell_bytes.saturating_mul(CELLS_OF_A_WINDOW).clamp(LEAST_WINDOW, 1 << 30) as usize;
    let pieces = if is_utf8(source, size)? {
        None
    } else {
        let mut head = vec![0; usual.min(usize::try_from(size).unwrap_or(usize::MAX))];
        read_at::fill(source, 0, &mut head).map_err(|e| unreadable(&e))?;
        if !decode::is_gb18030(&head) || !format::is_delimited(&gb18030::decode(&head[..head.len().min(1 << 16)])) {
            return Ok(None);
        }
        let Some(pieces) = Pieces::of(source, size).map_err(|e| unreadable(&e))? else { return Ok(None) };
        Some(pieces)
    };
    let transcoded = pieces.as_ref().map(|pieces| Transcoded { source, pieces });
    let source = transcoded.as_ref().map_or(source, |transcoded| transcoded as &dyn ReadAt);
    let size = source.size().map_err(|e| unreadable(&e))?;
    let mut window = Window { source, size, at: 0, bytes: Vec::new() };
    let Some(head) = window.text(usual)?.filter(|head| format::is_delimited(head)) else { return Ok(None) };
    let mut told = |read: f64, _: &[Enterprise]| progress(read);
    let encoding = if pieces.is_some() { "gb18030" } else { "UTF-8" }.to_owned();
    let unreadable_characters = pieces.as_ref().map_or(0, |pieces| pieces.unreadable);
    let mut file = IntakeReport { encoding, unreadable_characters, ..IntakeReport::default() };
    let skip = head.len() - head.trim_start_matches('\u{feff}').len();
    let mut table = Table::new(options, keeper(), &mut told);
    let mut reading = Reading::begin(head, skip, options, &mut file, &mut table);
    table.begins_at(reading.mark());
    let mut length = usual;
    loop {
        let is_last = window.at + length as u64 >= size;
        let text = window.text(length)?.ok_or_else(changed)?;
        let done = reading.window(text, is_last, options, &mut file, &mut table, &mut |at| at as f64 / size as f64)?;
        if is_last {
            break;
        }
        // A record longer than the window.
        length = if done == 0 { 2 * length } else { usual };
        window.pass(done);
    }
    let Finished { keeper, report, extra, again } = table.finish(file)?;
    let Some((columns, starts)) = again else { return Ok(None) };
    let index = Index { options: options.clone(), columns, reading, starts, header_row: report.header_row, size, pieces };
    Ok(Some(Streamed { keeper, report, extra_columns: extra, index }))
}

fn unreadable(error: &std::io::Error) -> Error {
    Kind::Unreadable(error.to_string()).into()
}

/// A file is not what it was.
pub(crate) fn changed() -> Error {
    unreadable(&read_at::changed())
}

/// What is held of a file.
struct Window<'s> {
    source: &'s dyn ReadAt,
    size: u64,
    /// Where it begins.
    at: u64,
    bytes: Vec<u8>,
}

impl Window<'_> {
    /// The text of so many bytes, or of all that are left, but for a character that is cut; none where it is not UTF-8.
    fn text(&mut self, length: usize) -> Result<Option<&str>, Error> {
        let held = self.bytes.len();
        let wanted = length.min(usize::try_from(self.size - self.at).unwrap_or(usize::MAX));
        if held < wanted {
            self.bytes.resize(wanted, 0);
            read_at::fill(self.source, self.at + held as u64, &mut self.bytes[held..]).map_err(|e| unreadable(&e))?;
        }
        Ok(match simdutf8::compat::from_utf8(&self.bytes) {
            Ok(text) => Some(text),
            Err(cut) if cut.error_len().is_none() && !self.is_last() => std::str::from_utf8(&self.bytes[..cut.valid_up_to()]).ok(),
            Err(_) => None,
        })
    }

    fn is_last(&self) -> bool {
        self.at + self.bytes.len() as u64 == self.size
    }

    /// Lets go of the first bytes.
    fn pass(&mut self, done: usize) {
        self.bytes.drain(..done);
        self.at += done as u64;
    }
}

/// True when a file is UTF-8 throughout.
fn is_utf8(source: &dyn ReadAt, size: u64) -> Result<bool, Error> {
    let mut window = Window { source, size, at: 0, bytes: Vec::new() };
    while !window.is_last() {
        let Some(done) = window.text(1 << 20)?.map(str::len) else { return Ok(false) };
        if !window.is_last() {
            window.pass(done);
        }
    }
    Ok(true)
}

impl Index {
    /// Reads the enterprises of some rows of the file again, as they were read: each by itself, not merged with others, by its row.
    ///
    /// # Errors
    ///
    /// `UNREADABLE` where the file is another than it was.
    pub(crate) fn rows(&self, source: &dyn ReadAt, wanted: &[u32]) -> Result<BTreeMap<u32, Enterprise>, Error> {
        let transcoded = self.pieces.as_ref().map(|pieces| Transcoded { source, pieces });
        let source = transcoded.as_ref().map_or(source, |transcoded| transcoded as &dyn ReadAt);
        let mut wanted = wanted.to_vec();
        wanted.sort_unstable();
        wanted.dedup();
        let start_of = |row: u32| self.starts.partition_point(|start| start.mark.line < row).saturating_sub(1);
        let mut all = BTreeMap::new();
        let groups: Vec<&[u32]> = wanted.chunk_by(|a, b| start_of(*a) == start_of(*b)).collect();
        // What is read again is held until its rows are made of it: not of all parts at once.
        for some in groups.chunks(32) {
            let texts = some.iter().map(|rows| self.text(source, start_of(rows[0]))).collect::<Result<Vec<String>, Error>>()?;
            let made = parts(some.len(), 1, |at| self.again(&texts[at.start], start_of(some[at.start][0]), some[at.start]));
            all.extend(made.into_iter().flatten().map(|e| (e.row, e)));
        }
        if all.len() == wanted.len() { Ok(all) } else { Err(changed()) }
    }

    /// The text of one part.
    fn text(&self, source: &dyn ReadAt, start: usize) -> Result<String, Error> {
        let from = self.starts[start].mark.at;
        let to = self.starts.get(start + 1).map_or(self.size, |next| next.mark.at);
        let mut bytes = vec![0; (to - from) as usize];
        read_at::fill(source, from, &mut bytes).map_err(|e| unreadable(&e))?;
        String::from_utf8(bytes).map_err(|_| changed())
    }

    fn again(&self, text: &str, start: usize, wanted: &[u32]) -> Vec<Enterprise> {
        let sheet = Sheet { columns: self.columns.clone(), options: &self.options, day_shift: 0, tag: None, offset: 0, apart: false };
        let Start { mark, standing } = &self.starts[start];
        let mut reader = RowReader::new(&sheet, region::Places::default());
        let last = wanted.last().copied().unwrap_or(0);
        self.reading.again(text, *mark, &self.options, &mut |number, cells| {
            if number > self.header_row && number <= last {
                reader.read(&sheet, number, cells);
            }
        });
        let mut piece = std::mem::take(&mut reader.piece);
        piece.put(&sheet, &mut standing.clone(), &mut reader.places);
        piece.enterprises.into_iter().map(|(e, _)| e).filter(|e| wanted.binary_search(&e.row).is_ok()).collect()
    }
}
