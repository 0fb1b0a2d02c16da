//! Residents with signs that they may leave: every planted sign found, and none where a file says nothing.

use xiangma::{DiagnosisRules, Enterprise, IntakeOptions, Scorecard, Sign, at_risk, intake};

fn read(rows: &str) -> Vec<Enterprise> {
    let file = format!("企业名称,统一社会信用代码,登记状态,注册资本,参保人数,注册地址,曾用名\n{rows}");
    intake(file.as_bytes(), &IntakeOptions::new()).expect("reads").enterprises
}

fn found(before: &str, now: &str) -> Vec<(String, Vec<Sign>)> {
    let rates = Scorecard::attraction().rates;
    let found = at_risk(&read(before), &read(now), &DiagnosisRules::builtin(), &rates);
    assert!(found.iter().flat_map(|r| &r.signs).all(|s| !s.zh.is_empty() && !s.en.is_empty()));
    found.into_iter().map(|r| (r.name, r.signs.into_iter().map(|s| s.sign).collect())).collect()
}

#[test]
fn each_sign_is_found_and_the_gravest_stand_first() {
    let before = "甲公司,,存续,1000万元,100,浙江省金华市,\n乙公司,,存续,1000万元,100,浙江省金华市,\n丙公司,,存续,1000万元,100,浙江省金华市,\n\
        丁公司,,存续,1000万元,100,浙江省金华市,\n戊公司,,存续,1000万元,100,浙江省金华市,\n己公司,,存续,1000万元,100,浙江省金华市,\n";
    let now = "甲公司,,存续,1000万元,70,浙江省金华市,\n乙公司,,存续,900万元,71,浙江省金华市,\n丙新公司,,存续,1000万元,100,浙江省金华市,丙公司\n\
        丁公司,,注销,1000万元,20,浙江省金华市,\n戊公司,,存续,1000万元,100,江苏省苏州市,\n";
    let expected = [
        ("丁公司", vec![Sign::Status, Sign::Staff]),
        ("戊公司", vec![Sign::Moved]),
        ("己公司", vec![Sign::Gone]),
        ("乙公司", vec![Sign::Capital]),
        ("甲公司", vec![Sign::Staff]),
        ("丙新公司", vec![Sign::Renamed]),
    ];
    assert_eq!(found(before, now), expected.map(|(name, signs)| (name.to_owned(), signs)));
}

#[test]
fn what_is_not_told_is_no_sign() {
    let whole = "甲公司,,存续,1000万元,100,浙江省金华市,\n";
    let bare = "甲公司,,,,,,\n";
    assert!(found(whole, whole).is_empty() && found(whole, bare).is_empty() && found(bare, whole).is_empty());
    // A firm that was already gone out of business is no news.
    let closed = "甲公司,,注销,1000万元,100,浙江省金华市,\n";
    assert!(found(closed, closed).is_empty());
    // More staff, more capital, another currency of the same worth.
    assert!(found(whole, "甲公司,,存续,2000万元,140,浙江省金华市,\n").is_empty());
    // Another firm of the same name.
    let coded = |code: &str| format!("甲公司,{code},存续,1000万元,100,浙江省金华市,\n");
    assert_eq!(found(&coded("91320200MA9000002B"), &coded("91340100MA9000003H")), [("甲公司".to_owned(), vec![Sign::Gone])]);
}
