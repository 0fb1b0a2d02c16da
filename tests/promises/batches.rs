//! It does not matter who locates, nor when, nor whether it comes back.

use proptest::prelude::*;
use xiangma::{Catalogue, Date, IntakeOptions, Locator, Match, Session};

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
    /// The same, and a share is handed out while it is read.
    Sharing(f64),
    /// A file is loaded that is none.
    Broken,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        (0_usize..4_000).prop_map(Step::Here),
        (0_usize..4_000).prop_map(Step::Out),
        (0_usize..8).prop_map(Step::Back),
        Just(Step::Again),
        (0.0..1.2).prop_map(Step::Sharing),
        Just(Step::Broken),
    ];
    prop::collection::vec(step, 0..12)
}

/// Long enough that progress is told while it is read; the first rows come again at the end, and know more.
fn file() -> String {
    const KINDS: [&str; 6] = [
        "光模块的研发、制造；钢材销售,光模块:0.64|光器件:0.2,光电子器件制造",
        "餐饮服务,,",
        "锂离子电池制造,动力电池、储能电池,C3841",
        "集成电路设计；集成电路芯片销售,,",
        "LED灯具销售,,",
        "碳纤维及其复合材料的生产,碳纤维,",
    ];
    let mut file = "企业名称,统一社会信用代码,经营范围,主营产品,行业\n".to_owned();
    for row in 0..9_000 {
        file += &format!("示例{row}有限公司,,{}\n", KINDS[row % KINDS.len()]);
        if row % 4_000 == 3_900 {
            file += &format!("甲有限公司,91320206135904189F,{}\n", ["", "光学镜头制造"][row / 4_000]);
        }
    }
    file
}

const SHORT: &str =
    "企业名称,主营产品\n甲有限公司,光模块\n乙有限公司,\n丙有限公司,动力电池\n丁有限公司,芯片\n戊有限公司,\n己有限公司,碳纤维\n";

fn session(file: &str) -> Session {
    let mut session = Session::new(DAY).expect("builds");
    session.load_candidates(file.as_bytes()).expect("reads");
    session
}

fn all(session: &Session) -> Vec<Vec<Match>> {
    (0..session.candidates().len()).map(|row| session.matches(row).to_vec()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_way_of_sharing_the_work_gives_the_same(steps in steps()) {
        let file = file();
        let mut alone = session(&file);
        while alone.locate(usize::MAX) > 0 {}
        let elsewhere = Locator::new(&Catalogue::builtin()).expect("builds");
        let mut shared = session(&file);
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
                    shared.load_candidates(file.as_bytes()).expect("reads");
                }
                Step::Sharing(share) => {
                    shared.load_and_hand_out(file.as_bytes(), &IntakeOptions::new(), share, &mut |_, batch| out.extend(batch)).expect("reads");
                }
                Step::Broken => {
                    shared.load_and_hand_out(b"a,b\n1,2\n", &IntakeOptions::new(), 0.5, &mut |_, _| {}).expect_err("no header");
                }
            }
        }
        shared.assess().expect("assesses");
        prop_assert_eq!(all(&shared), all(&alone));
    }

    #[test]
    fn bytes_that_are_no_batch_change_nothing(bytes in prop::collection::vec(any::<u8>(), 0..200), at in any::<prop::sample::Index>()) {
        let elsewhere = Locator::new(&Catalogue::builtin()).expect("builds");
        let (mut session, mut alone) = (session(SHORT), session(SHORT));
        let batch = session.hand_out(3).expect("a batch");
        let located = elsewhere.locate_batch(&batch).expect("a batch");
        // A cut batch is never taken for a whole one.
        let cut = at.index(located.len());
        prop_assert_eq!(session.take_back(&located[..cut]).expect_err("cut").code(), "BAD_ARGUMENT");
        prop_assert_eq!(elsewhere.locate_batch(&batch[..at.index(batch.len())]).expect_err("cut").code(), "BAD_ARGUMENT");
        // Anything else is refused, or is some batch; neither stops the session.
        let _ = (session.take_back(&bytes), elsewhere.locate_batch(&bytes));
        session.assess().expect("assesses");
        alone.assess().expect("assesses");
        prop_assert_eq!(all(&session), all(&alone));
    }
}

#[test]
fn what_comes_too_late_is_not_taken() {
    let elsewhere = Locator::new(&Catalogue::builtin()).expect("builds");
    let mut session = session(SHORT);
    assert!(session.hand_out(0).is_none());
    let batch = session.hand_out(2).expect("a batch");
    assert_eq!(session.locate(0), 6);
    let located = elsewhere.locate_batch(&batch).expect("a batch");
    // Not out any more: it was located here.
    while session.locate(1) > 0 {}
    session.take_back(&located).expect("is taken");
    assert!(session.hand_out(2).is_none());
}

#[cfg(feature = "parallel")]
fn on_one_thread<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread").install(work)
}

#[cfg(not(feature = "parallel"))]
fn on_one_thread<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[test]
fn what_is_merged_after_it_was_handed_out_is_located_with_all_it_knows() {
    let file = file();
    let mut alone = session(&file);
    assert_eq!(alone.report().merged, 1);
    while alone.locate(usize::MAX) > 0 {}
    let elsewhere = Locator::new(&Catalogue::builtin()).expect("builds");
    // On one thread, as in a page: more of them read further before they tell, and merge before they hand out.
    let (mut shared, out) = on_one_thread(|| {
        let (mut shared, mut out) = (Session::new(DAY).expect("builds"), Vec::new());
        shared.load_and_hand_out(file.as_bytes(), &IntakeOptions::new(), 1.0, &mut |_, batch| out.extend(batch)).expect("reads");
        (shared, out)
    });
    assert_eq!(out.len(), 2);
    for batch in out {
        shared.take_back(&elsewhere.locate_batch(&batch).expect("a batch")).expect("is taken");
    }
    while shared.locate(1_000) > 0 {}
    assert_eq!(all(&shared), all(&alone));
}

#[test]
fn a_batch_of_another_session_or_of_other_chains_is_refused() {
    let builtin = Locator::new(&Catalogue::builtin()).expect("builds");
    let own = Catalogue::builtin().with_json(&super::data::own("tea_chain.json")).expect("joins");
    let with_tea = Locator::new(&own).expect("builds");
    let (mut one, mut other) = (session(SHORT), session(SHORT));
    let mine = one.hand_out(3).expect("a batch");
    let yours = other.hand_out(3).expect("a batch");
    // Chains the session does not have.
    let refused = with_tea.locate_batch(&mine).expect_err("other chains");
    assert_eq!(refused.code(), "BAD_ARGUMENT");
    assert!(refused.to_string().contains("chains"), "{refused}");
    // Rows of the same numbers, in the same table, of somebody else.
    let refused = one.take_back(&builtin.locate_batch(&yours).expect("a batch")).expect_err("another session's");
    assert_eq!(refused.code(), "BAD_ARGUMENT");
    assert!(refused.to_string().contains("session"), "{refused}");
    assert!(all(&one).iter().all(Vec::is_empty), "nothing was taken");
    // Its own is taken, and once chains come, what was handed out before them changes nothing.
    let late = one.hand_out(3).expect("a batch");
    one.take_back(&builtin.locate_batch(&mine).expect("a batch")).expect("is taken");
    assert!(all(&one).iter().any(|its| !its.is_empty()));
    one.add_chains(&super::data::own("tea_chain.json")).expect("joins");
    one.take_back(&builtin.locate_batch(&late).expect("a batch")).expect("changes nothing");
    assert!(all(&one).iter().all(Vec::is_empty), "everything is located anew");
    let now = one.hand_out(6).expect("a batch");
    assert_eq!(builtin.locate_batch(&now).expect_err("the tea is missing").code(), "BAD_ARGUMENT");
    one.take_back(&with_tea.locate_batch(&now).expect("a batch")).expect("is taken");
    while one.locate(1_000) > 0 {}
    let mut alone = session(SHORT);
    alone.add_chains(&super::data::own("tea_chain.json")).expect("joins");
    while alone.locate(1_000) > 0 {}
    assert_eq!(all(&one), all(&alone));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_comes_back_changed_states_no_figure_that_is_none_and_no_place_that_is_not(
        at in any::<prop::sample::Index>(),
        byte in any::<u8>(),
    ) {
        let catalogue = Catalogue::builtin();
        let elsewhere = Locator::new(&catalogue).expect("builds");
        let mut session = session(SHORT);
        let batch = session.hand_out(6).expect("a batch");
        let mut located = elsewhere.locate_batch(&batch).expect("a batch");
        let at = at.index(located.len());
        located[at] = byte;
        if session.take_back(&located).is_ok() {
            for m in all(&session).iter().flatten() {
                prop_assert!(m.confidence <= 99 && m.score <= 100);
                prop_assert_eq!(m.doubt.is_none(), m.evidence > xiangma::Evidence::Weak);
                let chain = catalogue.chain(&m.chain).expect("a chain");
                if let Some(id) = m.link.as_deref() {
                    let (own, link) = catalogue.link(id).expect("a link");
                    prop_assert!(own.id == chain.id || link.also.contains(&chain.id));
                }
            }
        }
    }
}
