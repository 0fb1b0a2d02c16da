//! Whole files: any bytes, workbooks by their parts, and what workers send each other.

use std::sync::{LazyLock, Mutex, PoisonError};

use xiangma::{Enterprise, FileKind, IntakeOptions, Session, intake as read, preview};

use super::DAY;
use super::cursor::Cursor;
use super::workbook::{new_kind, old_kind};

/// Built once: what locates takes longer to build than an input to be read.
static SITTING: LazyLock<Mutex<Session>> = LazyLock::new(|| Mutex::new(Session::new(DAY).expect("builds")));

/// Low enough that an input shows what lies beyond.
fn options() -> IntakeOptions {
    IntakeOptions::new().as_of(DAY).max_rows(5_000).max_columns(300).max_cells(100_000).max_cell_bytes(20_000).max_expanded_bytes(1 << 24)
}

/// A file is read or refused, every row is accounted for, what was read can be written and read again, and a file that can be ranked where it lies
/// gives the list that it gives when it is opened.
pub(super) fn intake(data: &[u8]) {
    let options = options();
    let looked = preview(data, &options);
    let Ok(table) = read(data, &options) else { return };
    assert!(looked.is_ok(), "read, and not to be looked at: {looked:?}");
    assert!(table.report.adds_up(), "rows that nothing tells of");
    assert_eq!(table.report.read, table.enterprises.len() as u64);
    for e in &table.enterprises {
        let text = serde_json::to_string(e).expect("is written");
        assert_eq!(serde_json::from_str::<Enterprise>(&text).expect("is read back"), *e);
        e.cells();
    }
    let mut session = SITTING.lock().unwrap_or_else(PoisonError::into_inner);
    session.clear_residents();
    session.open(FileKind::Candidates, data, &options).expect("is read as before");
    if table.enterprises.is_empty() {
        // Every row was rejected, each with its reason.
        assert_eq!(session.assess().expect_err("nobody is there").code(), "NOTHING_LOADED");
        return;
    }
    session.assess().expect("is judged");
    let digest = session.ranking().expect("a ranking").digest();
    let top = session.top(20);
    for row in &top {
        let score = session.ranking().and_then(|r| r.score(*row as usize)).expect("a score");
        assert!(score.low <= score.score && score.score <= score.high && score.high <= 100.0 && score.low >= 0.0, "{score:?}");
        session.explain(*row as usize).expect("reasons");
        session.lift(*row as usize, 1);
    }
    session.find(table.enterprises.first().map_or("", |e| e.name.as_str()), 5);
    session.facets();
    session.edition();
    let whole = session.report().clone();
    let Some(roll) = session.stream(data.to_vec(), &options, &mut |_| true).expect("is read where it lies") else { return };
    assert_eq!(roll.ranking().digest(), digest, "ranked where it lies it is another list");
    assert_eq!((roll.report().read, roll.report().rejected_rows), (whole.read, whole.rejected_rows));
    roll.read(&top).expect("rows are read again");
}

/// The same of a workbook that the input says the parts of: of the new kind, or of the old.
pub(super) fn workbook(data: &[u8]) {
    let mut cursor = Cursor::new(data);
    let file = if cursor.byte().is_multiple_of(3) { old_kind(&mut cursor) } else { new_kind(&mut cursor) };
    intake(&file);
}

const FIRMS: &str = "企业名称,统一社会信用代码,主营产品,经营范围\n示例甲有限公司,91350211M000100Y46,光模块:0.6|光芯片,光电子器件制造；货物进出口\n\
示例乙有限公司,,动力电池,\n示例丙有限公司,,,集成电路设计；餐饮服务\n示例丁有限公司,,碳纤维,\n";

/// What workers send each other is checked like any file: bytes of anybody are refused, or change nothing but what they may.
#[cfg(feature = "batches")]
pub(super) fn batches(data: &[u8]) {
    let mut session = SITTING.lock().unwrap_or_else(PoisonError::into_inner);
    session.clear_residents();
    session.load_candidates(FIRMS.as_bytes()).expect("reads");
    let mut cursor = Cursor::new(data);
    let asked = session.hand_out(1 + cursor.below(4)).expect("a batch");
    let located = WORKER.with(|worker| {
        if cursor.flag() {
            // The batch is broken on its way out.
            let broken = bent(asked.clone(), &mut cursor);
            let _ = worker.locate_batch(&broken);
        }
        worker.locate_batch(&asked).expect("a sound batch")
    });
    // Or the answer on its way back; or it is something else.
    let answer = match cursor.below(3) {
        0 => cursor.rest().to_vec(),
        _ => bent(located.clone(), &mut cursor),
    };
    let _ = session.take_back(&answer);
    session.take_back(&located).expect("the sound answer is taken after it");
    session.assess().expect("is judged");
    for row in session.top(10) {
        session.explain(row as usize).expect("reasons");
    }
}

#[cfg(feature = "batches")]
thread_local! {
    static WORKER: xiangma::Locator = xiangma::Locator::new(&xiangma::Catalogue::builtin()).expect("builds");
}

/// Without the feature there is nothing to send.
#[cfg(not(feature = "batches"))]
pub(super) fn batches(data: &[u8]) {
    intake(&[FIRMS.as_bytes(), data].concat());
}

/// Bytes changed, put in, cut out.
#[cfg(feature = "batches")]
fn bent(mut bytes: Vec<u8>, cursor: &mut Cursor<'_>) -> Vec<u8> {
    for _ in 0..=cursor.below(8) {
        if bytes.is_empty() {
            break;
        }
        let at = cursor.below(bytes.len());
        match cursor.below(5) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, cursor.byte()),
            2 => drop(bytes.remove(at)),
            3 => bytes[at] = cursor.pick(&[0xff, 0x80, 0x7f, 0]),
            _ => bytes[at] = cursor.byte(),
        }
    }
    bytes
}
