//! What the file of a ledger begins with, and how much it may hold.

pub(super) const FORMAT: &str = "xiangma-ledger";
pub(super) const VERSION: u32 = 1;
/// The first line.
pub(super) const HEAD: &str = r#"{"format":"xiangma-ledger","version":1}"#;
/// Changes at most.
pub(super) const MOST: usize = 5_000_000;
