//! What is said of an enterprise: by name, once, and nothing that is not so.

use xiangma::{Assessment, Date, Ranking, Scorecard, Session, compare};

const DAY: Date = Date::constant(2026, 11, 1);

fn session(candidates: &str, residents: &str) -> Session {
    let mut session = Session::new(DAY).expect("builds");
    session.load_candidates(candidates.as_bytes()).expect("reads");
    if !residents.is_empty() {
        session.load_residents(residents.as_bytes()).expect("reads");
    }
    session.target(&["optoelectronics".to_owned()], &[]).expect("a chain");
    session.assess().expect("assesses");
    session
}

/// What is said of the first row under a key, in Chinese.
fn said(session: &Session, key: &str) -> Vec<String> {
    let reasons = session.explain(0).expect("reasons").reasons;
    reasons.into_iter().filter(|r| r.key.as_str() == key).map(|r| r.zh).collect()
}

#[test]
fn need_names_the_residents_it_speaks_of() {
    let candidate = "企业名称,主营产品\n示例候选有限公司,光模块\n";
    let residents = "企业名称,主营产品,注册资本\n示例芯片甲有限公司,光芯片,1000万元\n示例芯片乙有限公司,光芯片,900万元\n示例芯片丙有限公司,光芯片,800万元\n示例芯片丁有限公司,光芯片,700万元\n";
    let fill = said(&session(candidate, residents), "need").concat();
    // Three of the four, and that there are more.
    assert_eq!(["甲", "乙", "丙", "丁"].iter().filter(|n| fill.contains(&format!("示例芯片{n}有限公司"))).count(), 3, "{fill}");
    assert!(fill.contains("等落户"), "{fill}");
    let strengthen = said(&session(candidate, "企业名称,主营产品\n示例模块有限公司,光模块\n"), "need").concat();
    assert!(strengthen.contains("强链") && strengthen.contains("示例模块有限公司") && strengthen.contains("满分 100"), "{strengthen}");
    // Without residents there is no need to speak of.
    assert!(said(&session(candidate, ""), "need").is_empty());
}

#[test]
fn what_nobody_can_know_here_is_no_part_of_the_sum() {
    let s = session("企业名称,主营产品\n示例候选有限公司,光模块\n", "");
    let parts = s.explain(0).expect("reasons").contributions;
    let ids: Vec<&str> = parts.iter().map(|p| p.criterion.as_str()).collect();
    assert_eq!(ids, ["chain_fit", "scale", "qualification", "growth", "innovation", "risk"]);
    assert_eq!(parts.iter().map(|p| p.weight).sum::<u32>(), 10_000);
}

#[test]
fn a_fact_is_told_once() {
    let s = session("企业名称,主营产品,成立日期,注册资本,实缴资本\n示例候选有限公司,光模块,2019-03-02,11.76亿元,\n", "");
    let told = said(&s, "criterion").concat();
    assert_eq!(told.matches("2019 年成立").count(), 1, "{told}");
    assert!(told.contains("注册资本 11.76 亿元（实缴未知）"), "{told}");
}

#[test]
fn who_is_ruled_out_is_not_recommended_and_nothing_more() {
    let s = session("企业名称,主营产品\n示例光电有限公司招待所,光模块\n", "");
    assert_eq!(said(&s, "veto"), ["不予推荐：分支机构或经营网点"]);
    let words = s.explain(0).expect("reasons").reasons.iter().map(|r| r.zh.clone()).collect::<String>();
    assert!(!words.contains("一票否决"), "{words}");
}

#[test]
fn who_cannot_be_told_apart_is_not_argued_over() {
    let mut card = Scorecard::attraction();
    card.criteria.truncate(2);
    card.criteria.iter_mut().for_each(|c| c.weight = 5_000);
    card.vetoes.clear();
    // A lead of 0.00, one of a hundredth, and none.
    for (points, argued) in
        [([[5_000, 5_000], [4_999, 5_000]], false), ([[5_000, 5_000], [4_998, 5_000]], true), ([[6_000, 4_000], [4_000, 6_000]], false)]
    {
        let assessment = Assessment::from_points(card.clone(), 2, |row, c| points[row][c]).expect("a card");
        let ranking = Ranking::new(&assessment);
        let found = compare(&ranking, (0, "甲"), (1, "乙")).expect("two rows");
        for word in ["优势", "不足", "互换", "高 0.00", " 0.0%"] {
            assert!(!found.words.zh.contains(word) || argued && word == "优势" || argued && word == "互换", "{}", found.words.zh);
        }
        assert_eq!(found.words.zh.contains("优势"), argued, "{}", found.words.zh);
        assert_eq!(found.words.en.contains("ahead in"), argued, "{}", found.words.en);
    }
}

#[test]
fn nobody_is_told_to_move_a_weight_for_one_firm() {
    let s = session("企业名称,主营产品,参保人数,专利数\n示例甲有限公司,光模块,300,40\n示例乙有限公司,光学镜头,,\n", "");
    let lift = serde_json::to_value(s.lift(1, 1).expect("a row")).expect("JSON");
    assert!(lift.get("weights").is_none(), "{lift}");
    // Only what is not known may turn out otherwise.
    for fact in lift["facts"].as_array().into_iter().chain(lift["together"].as_array()).flatten() {
        assert!(fact["from"].is_null(), "{fact}");
    }
}
