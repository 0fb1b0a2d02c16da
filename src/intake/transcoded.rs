//! A file in GB18030 as the UTF-8 it stands for, decoded piece by piece wherever it is read.

use std::io::Result;

use crate::intake::read_at::{changed, fill};
use crate::intake::{ReadAt, decode, gb18030};

/// So many bytes of a file are decoded at a time, and on to the end of the line.
const PIECE: usize = 1 << 16;
/// A line that is longer is none of a table in this encoding: such a file is read whole.
const LONGEST_LINE: usize = 1 << 22;

/// Where the pieces of a file begin.
#[derive(Debug)]
pub(crate) struct Pieces {
    /// Of each piece, its first byte in UTF-8 and in the file; behind the last, both ends.
    starts: Vec<(u64, u64)>,
    /// Characters that could not be decoded.
    pub unreadable: u64,
}

impl Pieces {
    /// Looks through a file; none where it is not in GB18030 throughout.
    pub(crate) fn of(source: &dyn ReadAt, size: u64) -> Result<Option<Self>> {
        let mut pieces = Self { starts: vec![(0, 0)], unreadable: 0 };
        let mut kinds = decode::Lines::default();
        let (mut at, mut text_at) = (0, 0);
        while at < size {
            let Some(bytes) = piece(source, at, size)? else { return Ok(None) };
            kinds.count(&bytes);
            let text = gb18030::decode(&bytes);
            pieces.unreadable += decode::unreadable(&text) as u64;
            at += bytes.len() as u64;
            text_at += text.len() as u64;
            pieces.starts.push((text_at, at));
        }
        Ok((!kinds.are_mixed()).then_some(pieces))
    }
}

/// The bytes from a place on to the end of a line; none where that is too far.
fn piece(source: &dyn ReadAt, at: u64, size: u64) -> Result<Option<Vec<u8>>> {
    let mut length = PIECE;
    loop {
        let mut bytes = vec![0; length.min(usize::try_from(size - at).unwrap_or(usize::MAX))];
        fill(source, at, &mut bytes)?;
        let is_last = at + bytes.len() as u64 == size;
        match memchr::memrchr(b'\n', &bytes) {
            _ if is_last => return Ok(Some(bytes)),
            Some(end) => {
                bytes.truncate(end + 1);
                return Ok(Some(bytes));
            }
            None if length >= LONGEST_LINE => return Ok(None),
            None => length *= 2,
        }
    }
}

/// The same bytes as UTF-8.
pub(crate) struct Transcoded<'s> {
    pub source: &'s dyn ReadAt,
    pub pieces: &'s Pieces,
}

impl ReadAt for Transcoded<'_> {
    fn size(&self) -> Result<u64> {
        Ok(self.pieces.starts.last().map_or(0, |end| end.0))
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> Result<usize> {
        let starts = &self.pieces.starts;
        let first = starts.partition_point(|start| start.0 <= at).saturating_sub(1);
        let mut read = 0;
        for pair in starts[first..].windows(2) {
            if read == into.len() {
                break;
            }
            let [(text_at, from), (text_to, to)] = [pair[0], pair[1]];
            let mut bytes = vec![0; (to - from) as usize];
            fill(self.source, from, &mut bytes)?;
            let text = gb18030::decode(&bytes);
            if text.len() as u64 != text_to - text_at {
                return Err(changed());
            }
            // Only of the first something was passed.
            let rest = &text.as_bytes()[(at + read as u64).saturating_sub(text_at).min(text.len() as u64) as usize..];
            let count = rest.len().min(into.len() - read);
            into[read..read + count].copy_from_slice(&rest[..count]);
            read += count;
        }
        Ok(read)
    }
}
