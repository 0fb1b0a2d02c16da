//! The sample that comes with the project ranks the same everywhere.
//!
//! Where judging changes on purpose, `XIANGMA_REWRITE=1 cargo test --test promises sample` writes the list and its digest anew.

use serde_json::{Value, json};
use xiangma::{Date, Session};

fn path(name: &str) -> String {
    format!("{}/tests/data/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(path(name)).expect("a sample")
}

#[test]
fn the_sample_has_the_stated_order_and_digest() {
    let mut cases: Value = serde_json::from_slice(&sample("sample_ranking.json")).expect("JSON");
    let text = |key: &str| cases[key].as_str().expect("a text").to_owned();
    let day: Date = text("as_of").parse().expect("a day");
    let mut session = Session::new(day).expect("builds");
    session.load_candidates(&sample(&text("candidates"))).expect("reads");
    session.load_residents(&sample(&text("residents"))).expect("reads");
    session.target(&["optoelectronics".to_owned()], &[]).expect("a chain");
    session.assess().expect("assesses");
    let ranking = session.ranking().expect("a ranking");
    let top: Vec<&str> = ranking.top(5).into_iter().map(|row| session.candidates()[row as usize].name.as_str()).collect();
    let digest = format!("{:016x}", ranking.digest());
    // The whole list, which every build and every runtime reproduces byte for byte.
    let mut list = "rank,row,name,score\n".to_owned();
    let order = ranking.top(1000);
    for (row, rank) in order.iter().zip(ranking.ranks_of(&order)) {
        let score = ranking.score(*row as usize).expect("a score").shown();
        list += &format!("{},{row},{},{score}\n", rank.expect("a rank"), session.candidates()[*row as usize].name);
    }
    if std::env::var_os("XIANGMA_REWRITE").is_some() {
        (cases["top"], cases["digest"]) = (json!(top), json!(digest));
        std::fs::write(path("sample_ranking.csv"), &list).expect("writes");
        std::fs::write(path("sample_ranking.json"), serde_json::to_string_pretty(&cases).expect("JSON")).expect("writes");
    }
    let stated: Vec<&str> = cases["top"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert_eq!(top, stated);
    assert_eq!(digest, cases["digest"].as_str().expect("a text"));
    assert_eq!(list, String::from_utf8(sample("sample_ranking.csv")).expect("UTF-8"));
}

/// Regions offered are those of the list, and counted as the target reads them.
#[test]
fn regions_of_the_list() {
    let list =
        "企业名称,所属省份,所属城市,注册地址\n甲公司,江苏,苏州,江苏省苏州市工业园区1号\n乙公司,江苏,南京,\n丙公司,上海,上海,\n丁公司,,,\n";
    let mut session = Session::new(Date::constant(2026, 11, 1)).expect("builds");
    assert!(session.regions().is_empty());
    session.load_candidates(list.as_bytes()).expect("reads");
    let regions = session.regions();
    assert_eq!(regions[0], ("江苏", 2));
    let mut rest: Vec<_> = regions[1..].to_vec();
    rest.sort_unstable();
    assert_eq!(rest, [("上海", 1), ("南京", 1), ("苏州", 1)]);
    for (region, count) in regions {
        assert_eq!(session.count_in(region), count, "{region}");
    }
    assert_eq!(session.count_in("工业园区"), 1);
    assert_eq!(session.count_in("长三角"), 0);
}
