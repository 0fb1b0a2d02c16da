//! What the README promises, a test of its name for each promise. They are held to more elsewhere; here a promise that has gone, or has none
//! to hold it, is seen.

use xiangma::{Assessment, Date, DrawOptions, IntakeOptions, Ranking, Score, Session, intake};

use super::data::own;
use super::gold::readings::{self, Figures, Ids};

fn page(name: &str) -> String {
    std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).expect("a page")
}

/// The sample, ranked; its lines in an order of one's own.
fn ranked(order: impl FnOnce(&mut Vec<String>)) -> Session {
    let text = own("sample_candidates.csv");
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut rows = lines.split_off(2);
    order(&mut rows);
    let mut session = Session::new(Date::constant(2026, 11, 1)).expect("a session");
    session.load_candidates(lines.into_iter().chain(rows).collect::<Vec<_>>().join("\n").as_bytes()).expect("candidates");
    session.load_residents(own("sample_residents.csv").as_bytes()).expect("residents");
    session.target(&["optoelectronics".to_owned()], &[]).expect("a chain");
    session.assess().expect("assessed");
    session
}

/// The list as it is shown.
fn list(session: &Session) -> Vec<(String, String)> {
    let ranking = session.ranking().expect("a ranking");
    let rows = ranking.top(usize::MAX).into_iter().map(|row| row as usize);
    rows.map(|row| (session.candidates()[row].name.clone(), ranking.score(row).expect("a score").shown())).collect()
}

#[test]
fn every_promise_has_its_test() {
    let readme = page("README.md");
    let promises = readme.split("## What it promises").nth(1).and_then(|rest| rest.split("\n## ").next()).expect("promises");
    let tests = include_str!("readme.rs");
    let mut count = 0;
    for promise in promises.lines().filter_map(|line| line.strip_prefix("- **")?.split(".**").next()) {
        let name = promise.to_lowercase().replace(", ", "_").replace([' ', '-'], "_");
        assert!(tests.contains(&format!("fn {name}()")), "`{promise}` is promised, and no test is named {name}");
        count += 1;
    }
    assert!(count >= 8, "{count} promises found");
}

#[test]
fn unknown_is_not_zero() {
    let table = intake(
        "企业名称,主营产品,参保人数,成立日期\n甲光模块有限公司,光模块,,\n甲光模块二有限公司,光模块,1,2026-10-01\n".as_bytes(),
        &IntakeOptions::new(),
    )
    .expect("reads");
    assert_eq!((table.enterprises[0].staff, table.enterprises[1].staff), (None, Some(1)));
    let session = ranked(|_| ());
    let ranking = session.ranking().expect("a ranking");
    let mut open = 0;
    for row in 0..session.candidates().len() {
        let Score { score, low, high, coverage, .. } = ranking.score(row).expect("a score");
        assert!(0.0 <= low && low <= score && score <= high && high <= 100.0 && (0.0..=100.0).contains(&coverage));
        // What is not known could be better as well as worse: where something is not, the score is no certainty.
        assert_eq!(coverage >= 100.0, high - low < 1e-9, "{low} {high} {coverage}");
        open += usize::from(coverage < 100.0);
    }
    assert!(open > 0);
}

#[test]
fn parts_add_up() {
    let session = ranked(|_| ());
    let ranking = session.ranking().expect("a ranking");
    for row in 0..session.candidates().len() {
        let parts = session.explain(row).expect("reasons").contributions;
        let sum: u64 = parts.iter().map(|p| u64::from(p.weight) * u64::from(p.points)).sum();
        let total: u64 = parts.iter().map(|p| u64::from(p.weight)).sum();
        assert_eq!(total, 10_000);
        assert!((ranking.score(row).expect("a score").score - sum as f64 / 1e6).abs() < 1e-9);
    }
}

#[test]
fn the_same_everywhere() {
    let session = ranked(|_| ());
    let stated = own("sample_ranking.csv");
    let stated = stated.lines().skip(1).map(|line| line.split(',').collect::<Vec<_>>());
    let stated: Vec<(String, String)> = stated.map(|cells| (cells[2].to_owned(), cells[3].to_owned())).collect();
    assert_eq!(list(&session), stated);
    // Nor does it matter in which order the rows stand.
    assert_eq!(list(&ranked(|rows| rows.reverse())), stated);
}

#[test]
fn quick() {
    // Told as it was measured; how quick it is, the benches see.
    let measured: serde_json::Value = serde_json::from_str(&page("docs/benchmarks.json")).expect("JSON");
    let runs = measured["runs"].as_array().expect("runs");
    let run = runs.iter().find(|r| r["set"] == "rank" && r["run"] == "WASM with vectors, Chromium").expect("in a browser");
    let ms = |what: &str| {
        let figures = run["figures"].as_array().expect("figures");
        figures.iter().find(|f| f["rows"] == 1_000_000 && f["what"] == what).and_then(|f| f["ms"].as_f64()).expect("measured")
    };
    let (again, moved) = (ms("new weights and top 100"), ms("one weight moved and top 100"));
    assert!(page("README.md").contains(&format!("ranked again in {again:.1} ms in a browser, one weight moved in a quarter of that")));
    assert!(moved <= again / 4.0, "{moved} and {again}");
}

#[test]
fn no_reversal() {
    let all = list(&ranked(|_| ()));
    for gone in (0..all.len()).step_by(17) {
        let rest = list(&ranked(|rows| rows.retain(|row| !row.starts_with(&format!("{},", all[gone].0)))));
        let expected: Vec<_> = all.iter().filter(|(name, _)| *name != all[gone].0).cloned().collect();
        assert_eq!(rest, expected, "without {}", all[gone].0);
    }
}

#[test]
fn firm_and_how_firm() {
    let session = ranked(|_| ());
    let ranking: Ranking<'_> = session.ranking().expect("a ranking");
    let assessment: &Assessment = ranking.assessment();
    let found = ranking.robustness(10, 200, DrawOptions::new()).expect("firm");
    assert!(found.rows.len() >= 10 && found.consensus.methods.len() > 3);
    for firm in &found.rows {
        assert_eq!(Some(firm.rank), ranking.rank_of(firm.row as usize));
        assert!(firm.best <= firm.rank && firm.rank <= firm.worst && firm.votes <= found.consensus.methods.len());
        if firm.rank <= 10 {
            assert_eq!(firm.holds.len(), assessment.card().criteria.len());
            for hold in &firm.holds {
                let weight = ranking.weights()[hold.criterion];
                assert!(hold.from <= weight && weight <= hold.to, "it is selected under the weights there are: {hold:?}");
            }
        }
    }
}

#[test]
fn evidence_with_every_claim() {
    let session = ranked(|_| ());
    let mut misses = 0;
    for (row, e) in session.candidates().iter().enumerate() {
        for found in session.matches(row) {
            assert!((1..=100).contains(&found.confidence));
            assert!(found.spans.iter().all(|span| !span.text(e).is_empty()) && !found.spans.is_empty(), "{}: {found:?}", e.name);
            misses += usize::from(found.doubt.is_some_and(|doubt| !doubt.words().0.is_empty()));
        }
    }
    assert!(misses > 0, "near misses say why");
    // Of those stated at about 80 %, about 80 % are right, as far as people have read them.
    let Some(_) = super::data::shared("gold_links/dev.jsonl") else { return };
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let catalogue = xiangma::Catalogue::builtin();
    let (locator, ids) = (xiangma::Locator::new(&catalogue).expect("builds"), Ids::new(&catalogue));
    let mut figures = Figures::default();
    for gold in readings::read(&folder.join("gold_links/dev.jsonl"), &folder).expect("labels") {
        figures.add(&gold, &locator.locate(&gold.enterprise), &ids, &mut |_| {});
    }
    for (from, to) in [(0, 50), (50, 90), (90, 101)] {
        let some: Vec<&(u8, bool)> = figures.stated.iter().filter(|(sure, _)| (from..to).contains(sure)).collect();
        let stated = some.iter().map(|(sure, _)| f64::from(*sure)).sum::<f64>() / some.len() as f64;
        let right = 100.0 * some.iter().filter(|(_, right)| *right).count() as f64 / some.len() as f64;
        let margin = 3.0 * (stated * (100.0 - stated) / some.len() as f64).sqrt() + 5.0;
        assert!((stated - right).abs() <= margin, "{from}–{to}: stated {stated:.0}, right {right:.0}, of {}", some.len());
    }
}

#[test]
fn nothing_lost_silently() {
    let text = "企业名称,统一社会信用代码,法定代表人,联系人手机,自有编号\n\
        甲公司,91320594MA1MYXKK5T,张三,13800000000,1\n\
        甲公司,91320594MA1MYXKK5T,张三,13800000000,1\n\
        ,,李四,13900000000,2\n\
        乙公司,,王五,13700000000,3\n";
    let table = intake(text.as_bytes(), &IntakeOptions::new()).expect("reads");
    let report = &table.report;
    assert_eq!(report.rows, report.read + report.merged + report.rejected_rows);
    assert_eq!((report.rows, report.rejected.len()), (4, 1));
    assert!(report.rejected.iter().all(|r| r.row == 4 && !r.reason.is_empty()));
    assert_eq!(table.extra_columns, ["自有编号"]);
    let kept = format!("{table:?}");
    for personal in ["张三", "李四", "王五", "13800000000", "13900000000", "13700000000"] {
        assert!(!kept.contains(personal), "{personal} is kept");
    }
}
