//! One writer at a time: a file beside the ledger says that somebody is writing it.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use super::failure::Failure;

/// Whoever has not finished after this has stopped in the middle: writing a ledger takes a moment.
const STALE: Duration = Duration::from_secs(10);
/// How long is waited, and how long between two looks.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(15);
const DENIED: Duration = Duration::from_secs(1);

/// Held while a file is read, changed and written; let go when dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    /// What is written in it, by which it is known from that of another run.
    token: String,
}

impl Lock {
    /// Waits until nobody else writes a file, by whatever name it is called.
    pub(super) fn of(path: &Path) -> Result<Self, Failure> {
        let failed = |error: &io::Error| Failure::writing(&path.display().to_string(), error);
        let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf());
        let Some(name) = place.file_name() else { return Err(failed(&io::ErrorKind::IsADirectory.into())) };
        let lock = place.with_file_name(format!(".{}.lock", name.to_string_lossy()));
        let (mut looked, mut waited) = (0_u32, Duration::ZERO);
        loop {
            let token = format!("{} {looked}", std::process::id());
            match File::options().write(true).create_new(true).open(&lock) {
                Ok(mut file) => {
                    file.write_all(token.as_bytes()).map_err(|e| failed(&e))?;
                    return Ok(Self { path: lock, token });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                // Windows denies for a moment what another is just deleting.
                Err(error) if cfg!(windows) && error.kind() == io::ErrorKind::PermissionDenied && waited < DENIED => {}
                Err(error) => return Err(failed(&error)),
            }
            if age(&lock).is_some_and(|age| age > STALE) {
                take_away(&lock);
            } else if waited > PATIENCE {
                let (file, lock) = (path.display(), lock.display());
                let why = format!("another program is writing it; if none is, delete {lock}");
                return Err(Failure::Output { place: file.to_string(), why });
            } else {
                thread::sleep(PAUSE);
                waited += PAUSE;
            }
            looked += 1;
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Not that of another, should this have been taken for one that stopped.
        if fs::read_to_string(&self.path).is_ok_and(|token| token == self.token) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// How long ago a file was written; none where it is gone, or the clocks disagree.
fn age(path: &Path) -> Option<Duration> {
    path.metadata().ok()?.modified().ok()?.elapsed().ok()
}

/// Takes away the lock of a run that stopped. Of several that try one succeeds, and a fresh one that came in between is put back.
fn take_away(lock: &Path) {
    let aside = lock.with_extension(format!("lock-{}", std::process::id()));
    if fs::rename(lock, &aside).is_err() {
        return;
    }
    if age(&aside).is_none_or(|age| age <= STALE) {
        // Refused where yet another holds it now.
        let _ = fs::hard_link(&aside, lock);
    }
    let _ = fs::remove_file(aside);
}
