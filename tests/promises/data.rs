//! Where the real data are, when they are there.

use std::path::PathBuf;

/// A file of the shared data set beside the checkout; `None`, said loudly, when it is not there.
pub(crate) fn shared(path: &str) -> Option<Vec<u8>> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    let bytes = std::fs::read(&file).ok();
    if bytes.is_none() {
        eprintln!("SKIPPED: {path} is not there; this test needs the shared data set");
    }
    bytes
}

/// A file of the project's own cases.
pub(crate) fn own(name: &str) -> String {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name);
    std::fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()))
}
