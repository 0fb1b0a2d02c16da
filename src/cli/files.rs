//! Files, in and out: each read once, each written beside its place and moved there when it is whole.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::failure::Failure;

/// Bytes read of a file at most: one more than intake takes, so that intake says what is too much.
const MOST: u64 = xiangma::IntakeOptions::MAX_BYTES + 1;

/// Bytes read of a device at most: those that hold a table end before it, and others never do.
const MOST_OF_DEVICE: u64 = 1 << 20;

/// The name of the standard input and output among files.
fn is_standard(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// A file as messages name it.
pub(super) fn named(path: &Path) -> String {
    if is_standard(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// The library refuses what a file holds.
pub(super) fn of(path: &Path) -> impl Fn(xiangma::Error) -> Failure {
    let file = named(path);
    move |error| Failure::Library { file: Some(file.clone()), error }
}

/// A file; `-` is the standard input.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = if is_standard(path) {
        io::stdin().lock().take(MOST).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| {
            let about = file.metadata()?;
            let device = is_device(&about);
            bytes.reserve(about.len().min(MOST) as usize);
            let read = file.take(if device { MOST_OF_DEVICE } else { MOST }).read_to_end(&mut bytes)?;
            if device && read as u64 == MOST_OF_DEVICE {
                return Err(io::Error::other("a device without an end is no table"));
            }
            Ok(read)
        })
    };
    read.map_err(|error| Failure::Input { file: named(path), error })?;
    Ok(bytes)
}

/// A file that can be read from any place; none for the standard input, a pipe or a device.
pub(super) fn source(path: &Path) -> Result<Option<File>, Failure> {
    let unreadable = |error| Failure::Input { file: named(path), error };
    if is_standard(path) || !fs::metadata(path).map_err(unreadable)?.is_file() {
        return Ok(None);
    }
    File::open(path).map(Some).map_err(unreadable)
}

/// A device that reads as a file does, such as `/dev/zero`; a pipe is none.
#[cfg(unix)]
fn is_device(about: &fs::Metadata) -> bool {
    use std::os::unix::fs::FileTypeExt;
    about.file_type().is_char_device() || about.file_type().is_block_device()
}

#[cfg(not(unix))]
fn is_device(_: &fs::Metadata) -> bool {
    false
}

/// A file of text.
pub(super) fn text(path: &Path) -> Result<String, Failure> {
    let bytes = bytes(path)?;
    Ok(String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes)).into_owned())
}

/// Refuses, before any work, a run that would write over what it reads, write one file twice, read the standard input twice, or write where
/// it cannot.
pub(super) fn apart(inputs: &[&Path], outputs: &[&Path]) -> Result<(), Failure> {
    if inputs.iter().filter(|path| is_standard(path)).count() > 1 {
        return Err(Failure::Argument("`-`, the standard input, can be read once".to_owned()));
    }
    let read: Vec<PathBuf> = inputs.iter().filter_map(|path| place(path)).collect();
    let mut written: Vec<PathBuf> = Vec::new();
    for path in outputs {
        let Some(place) = place(path) else {
            if path.is_dir() {
                Draft::new(path)?;
            }
            continue;
        };
        if read.contains(&place) {
            return Err(Failure::Argument(format!("{} is read by this very run; write to another file", path.display())));
        }
        if written.contains(&place) {
            return Err(Failure::Argument(format!("{} would be written twice; name two files", path.display())));
        }
        written.push(place);
        // Made and taken away again: the folder is there, and may be written to.
        Draft::new(path)?;
    }
    Ok(())
}

/// Where a file stands, or would, by whatever name it is called; none for a device, which keeps nothing.
fn place(path: &Path) -> Option<PathBuf> {
    if is_standard(path) {
        return None;
    }
    match fs::canonicalize(path) {
        Ok(place) => place.metadata().is_ok_and(|m| m.is_file()).then_some(place),
        Err(_) => Some(folder(path).canonicalize().unwrap_or_default().join(path.file_name()?)),
    }
}

fn folder(path: &Path) -> PathBuf {
    path.parent().filter(|p| !p.as_os_str().is_empty()).map_or_else(|| PathBuf::from("."), Path::to_path_buf)
}

/// A file in the making. Until it is [done](Self::done) its place keeps what it held.
#[derive(Debug)]
pub(super) struct Draft {
    /// As the arguments have it.
    name: String,
    file: BufWriter<File>,
    /// The file beside, and where it goes; none for a device, which is written to as it is.
    moves: Option<(PathBuf, PathBuf)>,
}

impl Draft {
    /// A draft for a path. A link is followed: what it points to is replaced, and the link stays.
    pub(super) fn new(path: &Path) -> Result<Self, Failure> {
        let name = path.display().to_string();
        let failed = |error: &io::Error| Failure::writing(&name, error);
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let before = place.metadata().ok();
        if before.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(failed(&io::ErrorKind::IsADirectory.into()));
        }
        if before.as_ref().is_some_and(|m| m.is_file() && m.permissions().readonly()) {
            return Err(failed(&io::ErrorKind::PermissionDenied.into()));
        }
        if before.as_ref().is_some_and(|m| !m.is_file()) {
            let file = File::options().write(true).open(&place).map_err(|e| failed(&e))?;
            return Ok(Self { name, file: BufWriter::new(file), moves: None });
        }
        let (file, beside) = beside(&folder(&place)).map_err(|e| failed(&e))?;
        let draft = Self { name, file: BufWriter::new(file), moves: Some((beside, place)) };
        if let Some(before) = before {
            draft.file.get_ref().set_permissions(before.permissions()).map_err(|e| draft.failed(&e))?;
        }
        Ok(draft)
    }

    /// A draft that holds a text.
    pub(super) fn of(path: &Path, text: &str) -> Result<Self, Failure> {
        let mut draft = Self::new(path)?;
        draft.write_all(text.as_bytes()).and_then(|()| draft.flush()).map_err(|e| draft.failed(&e))?;
        Ok(draft)
    }

    pub(super) fn failed(&self, error: &io::Error) -> Failure {
        Failure::writing(&self.name, error)
    }

    /// Puts it in its place, whole.
    pub(super) fn done(mut self) -> Result<(), Failure> {
        self.file.flush().map_err(|e| self.failed(&e))?;
        if let Some((beside, place)) = self.moves.take() {
            let moved = self.file.get_ref().sync_all().and_then(|()| fs::rename(&beside, place));
            if let Err(error) = moved {
                let _ = fs::remove_file(beside);
                return Err(self.failed(&error));
            }
        }
        Ok(())
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Draft {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some((beside, _)) = self.moves.take() {
            let _ = fs::remove_file(beside);
        }
    }
}

/// A new file in a folder, of no other run.
fn beside(folder: &Path) -> io::Result<(File, PathBuf)> {
    let mut number = 0_u32;
    loop {
        let path = folder.join(format!(".xiangma-{}-{number}.part", std::process::id()));
        match File::options().write(true).create_new(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 1_000 => number += 1,
            made => return Ok((made?, path)),
        }
    }
}

/// Where a result goes: a file, or the standard output.
#[derive(Debug)]
pub(super) enum Place {
    File(Draft),
    Standard(BufWriter<io::Stdout>),
}

impl Place {
    /// A file; the standard output when none is named, or `-`.
    pub(super) fn new(path: Option<&Path>) -> Result<Self, Failure> {
        match path.filter(|path| !is_standard(path)) {
            Some(path) => Ok(Self::File(Draft::new(path)?)),
            None => Ok(Self::Standard(BufWriter::new(io::stdout()))),
        }
    }

    pub(super) fn is_terminal(&self) -> bool {
        matches!(self, Self::Standard(_)) && io::stdout().is_terminal()
    }

    pub(super) fn failed(&self, error: &io::Error) -> Failure {
        match self {
            Self::File(draft) => draft.failed(error),
            Self::Standard(_) => Failure::writing("standard output", error),
        }
    }

    pub(super) fn text(&mut self, text: &str) -> Result<(), Failure> {
        self.write_all(text.as_bytes()).map_err(|e| self.failed(&e))
    }

    pub(super) fn done(mut self) -> Result<(), Failure> {
        self.flush().map_err(|e| self.failed(&e))?;
        match self {
            Self::File(draft) => draft.done(),
            Self::Standard(_) => Ok(()),
        }
    }
}

impl Write for Place {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::File(draft) => draft.write(bytes),
            Self::Standard(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::File(draft) => draft.flush(),
            Self::Standard(out) => out.flush(),
        }
    }
}
