//! What a program that links the library may count on of every public type: it goes from thread to thread, and what is told of a ranking
//! is written as text and read back.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use xiangma::monitor::{Balance, Basis, Edition};
use xiangma::*;

const fn is_sent<T: Send + Sync>() {}

macro_rules! sent {
    ($($name:ty),* $(,)?) => { $(const _: () = is_sent::<$name>();)* };
}

sent![
    Acceptability,
    AssessOptions,
    Assessment,
    Balance,
    Basis,
    Catalogue,
    Chain,
    CompiledCard,
    Context<'static>,
    CreditCode,
    DiagnosisRules,
    DrawOptions,
    Edition,
    Enterprise,
    EnterpriseKey,
    Error,
    ErrorKind,
    FactId,
    Filter,
    Intake,
    IntakeOptions,
    IntakeReport,
    Locator,
    Match,
    MatchView<'static>,
    Opinion,
    Park,
    Passages,
    Preview,
    Query,
    Ranking<'static>,
    Reader,
    Reasons,
    Roll<'static, std::fs::File>,
    Scorecard,
    Selection,
    Session,
    View,
];

/// What is written, read back and written again says the same; of a fraction the last digit may differ, as readers of JSON are.
fn goes_round<T: Serialize + DeserializeOwned>(value: &T) {
    let written = serde_json::to_value(value).expect("writes");
    let read: T = serde_json::from_str(&written.to_string()).unwrap_or_else(|e| panic!("{}: {e}", std::any::type_name::<T>()));
    assert!(is_same(&serde_json::to_value(&read).expect("writes"), &written), "{}: {written}", std::any::type_name::<T>());
}

fn is_same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => {
            let (a, b) = (a.as_f64().expect("a number"), b.as_f64().expect("a number"));
            (a - b).abs() <= 1e-12 * a.abs().max(1.0)
        }
        (Json::Array(a), Json::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| is_same(a, b)),
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, its)| b.get(key).is_some_and(|other| is_same(its, other)))
        }
        _ => a == b,
    }
}

#[test]
fn what_is_told_of_a_ranking_is_read_back() {
    let mut session = Session::new(Date::constant(2026, 11, 1)).expect("builds");
    let candidates = "企业名称,主营产品,注册资本,成立日期,省份,企业资质,登记状态\n示例甲有限公司,光模块,8000万元,2018-03-01,江苏,专精特新“小巨人”,存续\n\
                      示例乙有限公司,光学镜头,300万美元,2009-03-01,浙江,,存续\n示例丙有限公司,光芯片,,,江苏,,存续\n示例丁有限公司,光模块,,,,,注销\n";
    session.load_candidates(candidates.as_bytes()).expect("reads");
    session.load_residents("企业名称,主营产品\n示例芯片有限公司,光芯片\n示例光缆有限公司,光缆\n".as_bytes()).expect("reads");
    session.target(&["optoelectronics".to_owned()], &["江苏".to_owned()]).expect("a chain");
    session.assess().expect("assesses");
    goes_round(session.report());
    goes_round(session.park().expect("a park"));
    goes_round(session.scorecard());
    goes_round(&session.facets());
    goes_round(&session.basis());
    goes_round(&session.explain(0).expect("a row"));
    goes_round(&session.compare(0, 1).expect("two rows"));
    goes_round(&session.lift(2, 1).expect("a row"));
    goes_round(&session.candidates()[0]);
    let query = Query { filter: Some(Filter { founded_from: Some(Date::constant(2010, 1, 1)), ..Filter::default() }), ..Query::default() };
    goes_round(&query);
    goes_round(&session.view(&Query { count: 4, ..query }).expect("a view"));
    session.set_filter(Filter::default());
    let ranking = session.ranking().expect("a ranking");
    goes_round(&ranking.robustness(2, 100, DrawOptions::new()).expect("draws"));
    for kind in [Role::Maker, Role::Trader] {
        goes_round(&kind);
    }
    goes_round(&[Stand::Confirmed, Stand::RuledOut]);
    goes_round(&[Need::Fill, Need::None]);
    goes_round(&[Evidence::Weak, Evidence::Strong]);
    goes_round(&[ReasonKind::Promising, ReasonKind::NoPlace]);
}
