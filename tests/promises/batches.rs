//! It does not matter who locates, nor when, nor whether it comes back.

use proptest::prelude::*;
use xiangma::{Catalogue, Date, Locator, Match, Session};

const DAY: Date = Date::constant(2026, 11, 1);

/// What may happen to the rows of a table.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// So many are located here.
    Here(usize),
    /// So many are handed out.
    Out(usize),
    /// Of the batches out there, one comes back; perhaps not for the first time.
    Back(usize),
    /// The table is loaded again: batches of before are of another.
    Again,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (0_usize..4).prop_map(Step::Here),
        (0_usize..4).prop_map(Step::Out),
        (0_usize..8).prop_map(Step::Back),
        Just(Step::Again),
    ];
    prop::collection::vec(step, 0..24)
}

const FILE: &str = "企业名称,经营范围,主营产品,行业\n\
    甲光电有限公司,光模块的研发、制造；钢材销售,光模块:0.64|光器件:0.2,光电子器件制造\n\
    乙有限公司,餐饮服务,,\n\
    丙电池有限公司,锂离子电池制造,动力电池、储能电池,C3841\n\
    丁半导体,集成电路设计；集成电路芯片销售,,\n\
    戊贸易有限公司,LED灯具销售,,\n\
    己新材料有限公司,碳纤维及其复合材料的生产,碳纤维,\n";

fn session() -> Session {
    let mut session = Session::new(DAY).expect("builds");
    session.load_candidates(FILE.as_bytes()).expect("reads");
    session
}

fn all(session: &Session) -> Vec<Vec<Match>> {
    (0..session.candidates().len()).map(|row| session.matches(row).to_vec()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_way_of_sharing_the_work_gives_the_same(steps in steps()) {
        let mut alone = session();
        while alone.locate(usize::MAX) > 0 {}
        let elsewhere = Locator::new(&Catalogue::builtin()).expect("builds");
        let mut shared = session();
        let mut out: Vec<Vec<u8>> = Vec::new();
        for step in steps {
            match step {
                Step::Here(count) => {
                    shared.locate(count);
                }
                Step::Out(count) => out.extend(shared.hand_out(count)),
                Step::Back(nth) => {
                    if let Some(batch) = out.get(nth) {
                        shared.take_back(&elsewhere.locate_batch(batch).expect("a batch")).expect("is taken");
                    }
                }
                Step::Again => {
                    shared.load_candidates(FILE.as_bytes()).expect("reads");
                }
            }
        }
        shared.assess().expect("assesses");
        prop_assert_eq!(all(&shared), all(&alone));
    }

    #[test]
    fn bytes_that_are_no_batch_change_nothing(bytes in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>()) {
        let elsewhere = Locator::new(&Catalogue::builtin()).expect("builds");
        let mut session = session();
        let batch = session.hand_out(3).expect("a batch");
        let located = elsewhere.locate_batch(&batch).expect("a batch");
        // A cut batch is never taken for a whole one.
        let cut = at.index(located.len());
        prop_assert_eq!(session.take_back(&located[..cut]).expect_err("cut").code(), "BAD_ARGUMENT");
        prop_assert_eq!(elsewhere.locate_batch(&batch[..at.index(batch.len())]).expect_err("cut").code(), "BAD_ARGUMENT");
        // Anything else is refused, or is some batch; neither stops the session.
        let _ = (session.take_back(&bytes), elsewhere.locate_batch(&bytes));
        session.assess().expect("assesses");
        for row in 0..6 {
            session.explain(row).expect("reasons");
        }
    }
}

#[test]
fn what_comes_too_late_is_not_taken() {
    let elsewhere = Locator::new(&Catalogue::builtin()).expect("builds");
    let mut session = session();
    assert!(session.hand_out(0).is_none());
    let batch = session.hand_out(2).expect("a batch");
    assert_eq!(session.locate(0), 6);
    let located = elsewhere.locate_batch(&batch).expect("a batch");
    // Not out any more: it was located here.
    while session.locate(1) > 0 {}
    session.take_back(&located).expect("is taken");
    assert!(session.hand_out(2).is_none());
}
