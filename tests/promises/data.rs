//! Where the real data are, when they are there.

use std::io::Write;
use std::path::PathBuf;

/// A file of the shared data set beside the checkout; `None` when it is not there, which is said loudly, and written where
/// `cargo xtask test` reads it and names at its end what was skipped.
pub(crate) fn shared(path: &str) -> Option<Vec<u8>> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    let bytes = std::fs::read(&file).ok();
    if bytes.is_none() {
        let thread = std::thread::current();
        // In WASM all tests run in one thread.
        let test = thread.name().filter(|name| *name != "main").unwrap_or("a test in WASM").to_owned();
        // Past what catches the output of a test that passes.
        let _ = writeln!(std::io::stderr(), "SKIPPED: {test}: ../shared/data/{path} is not there");
        let list = std::fs::OpenOptions::new().create(true).append(true).open(concat!(env!("CARGO_TARGET_TMPDIR"), "/skipped.txt"));
        let _ = list.and_then(|mut list| writeln!(list, "{test}: {path}"));
    }
    bytes
}

/// A file of the project's own cases.
pub(crate) fn own(name: &str) -> String {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}

/// A credit code of these seventeen characters, with the check character it must have.
pub(crate) fn credit_code(body: &str) -> String {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let (mut sum, mut weight) = (0, 1);
    for c in body.bytes() {
        sum += ALPHABET.iter().position(|a| *a == c).expect("a letter of codes") * weight;
        weight = weight * 3 % 31;
    }
    format!("{body}{}", char::from(ALPHABET[(31 - sum % 31) % 31]))
}

/// The made-up files of every layout that teams have, by name.
pub(crate) fn layouts() -> Vec<(String, Vec<u8>)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/intake/layouts");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder).expect("the layouts").map(|f| f.expect("a file").path()).collect();
    files.sort_unstable();
    let read = |file: PathBuf| {
        (file.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned()), std::fs::read(&file).expect("reads"))
    };
    files.into_iter().map(read).collect()
}
