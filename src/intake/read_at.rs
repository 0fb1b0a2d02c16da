//! Bytes that stay where they are and are read again when they are asked for.

use std::fs::File;
use std::io::{Error, Read, Result, Seek, SeekFrom};

/// Bytes that can be read from any place, again and again: a file, or a buffer.
///
/// ```
/// use xiangma::ReadAt;
///
/// let bytes = b"0123456789".to_vec();
/// let mut some = [0; 4];
/// assert_eq!(bytes.read_at(8, &mut some)?, 2);
/// assert_eq!(&some[..2], b"89");
/// # Ok::<(), std::io::Error>(())
/// ```
pub trait ReadAt {
    /// How many bytes there are.
    ///
    /// # Errors
    ///
    /// As reading a file.
    fn size(&self) -> Result<u64>;

    /// Reads from a place on into `into`, and gives how many bytes were read: fewer than it holds only at the end, 0 behind it.
    ///
    /// # Errors
    ///
    /// As reading a file.
    fn read_at(&self, at: u64, into: &mut [u8]) -> Result<usize>;
}

impl ReadAt for Vec<u8> {
    fn size(&self) -> Result<u64> {
        Ok(self.len() as u64)
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> Result<usize> {
        let rest = usize::try_from(at).ok().and_then(|at| self.get(at..)).unwrap_or_default();
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        Ok(count)
    }
}

impl ReadAt for File {
    fn size(&self) -> Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> Result<usize> {
        let mut file = self;
        file.seek(SeekFrom::Start(at))?;
        let mut read = 0;
        while read < into.len() {
            match file.read(&mut into[read..])? {
                0 => break,
                some => read += some,
            }
        }
        Ok(read)
    }
}

/// Fills `into` from a place on; an error where the bytes are no longer all there.
pub(crate) fn fill(source: &dyn ReadAt, at: u64, into: &mut [u8]) -> Result<()> {
    if source.read_at(at, into)? < into.len() { Err(changed()) } else { Ok(()) }
}

/// A file is not what it was.
pub(crate) fn changed() -> Error {
    Error::other("it changed while it was read")
}
