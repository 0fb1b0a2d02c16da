//! The push: every change of a planted month told, and every cause right.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use xiangma::monitor::Edition;
use xiangma::plan::{CauseKind, Change, Push};
use xiangma::{Date, EnterpriseKey, Scorecard, Session};

const CHAIN: &str = "optoelectronics";

fn edition(file: &str, residents: Option<&str>, day: Date) -> Edition {
    let mut session = Session::new(day).expect("opens");
    session.load_candidates(file.as_bytes()).expect("reads");
    if let Some(residents) = residents {
        session.load_residents(residents.as_bytes()).expect("reads");
    }
    session.target(&[CHAIN.to_owned()], &[]).expect("known");
    session.assess().expect("assessed");
    session.edition().expect("an edition")
}

const HEAD: &str = "企业名称,所属省份,主营产品,参保人数,成立日期,专利数量\n";

fn line(i: usize, product: &str, staff: &str, patents: &str) -> String {
    let provinces = ["江苏", "浙江", "广东"];
    format!("示例{i:04}光电有限公司,{},{product},{staff},2008-05-0{},{patents}\n", provinces[i % 3], 1 + i % 9)
}

fn staff(i: usize) -> String {
    (20 + i % 2_000).to_string()
}

fn plain(i: usize) -> String {
    line(i, ["光模块:0.9", "光纤:0.9", "激光器:0.9"][i % 3], &staff(i), "12")
}

fn causes(push: &Push) -> BTreeMap<String, (Change, Vec<(CauseKind, Option<String>)>)> {
    let of = |row: &xiangma::plan::Pushed| {
        let causes = row.causes.iter().map(|c| (c.kind, c.criterion.clone())).collect();
        (row.name.clone(), (row.change, causes))
    };
    push.rows.iter().map(of).collect()
}

#[test]
fn planted_changes_have_their_causes() {
    let many = 900;
    let product = |i: usize| ["光模块:0.9", "光纤:0.9", "激光器:0.9"][i % 3];
    let before: String = HEAD.to_owned() + &(0..many).map(plain).collect::<String>();
    let mut now = HEAD.to_owned();
    for i in 0..many + 30 {
        now += &match i {
            // Thirty go, thirty come.
            0..30 => continue,
            30..60 => line(i, product(i), "1900", "12"),
            60..90 => line(i, product(i), "", "12"),
            90..120 => line(i, product(i), &staff(i), "240"),
            120..150 => line(i, "钢材:0.9", &staff(i), "12"),
            _ => plain(i),
        };
    }
    let day = Date::constant(2026, 10, 1);
    let (was, is) = (edition(&before, None, day), edition(&now, None, day));
    let card = Scorecard::attraction();
    let push = Push::new(&was, &is, &card, None).expect("compared");
    let found = causes(&push);
    assert_eq!(found.len(), many + 30, "everybody once");
    let name = |i: usize| format!("示例{i:04}光电有限公司");
    // What others did to a rank stands beside what changed of its own, and is looked at below.
    let kinds =
        |i: usize| found[&name(i)].1.iter().filter(|c| !(30..150).contains(&i) || c.0 != CauseKind::Others).cloned().collect::<Vec<_>>();
    let own = |kind: CauseKind, criterion: &str| vec![(kind, Some(criterion.to_owned()))];
    for i in 0..many + 30 {
        match i {
            0..30 => assert_eq!((found[&name(i)].0, kinds(i)), (Change::Left, vec![(CauseKind::LeftFile, None)])),
            30..60 => assert_eq!(kinds(i), own(CauseKind::Fact, "scale"), "{i}"),
            60..90 => assert_eq!(kinds(i), own(CauseKind::Unknown, "scale"), "{i}"),
            90..120 => assert_eq!(kinds(i), own(CauseKind::Fact, "innovation"), "{i}"),
            120..150 => assert!(kinds(i).contains(&(CauseKind::Fact, Some("chain_fit".to_owned()))), "{i}: {:?}", kinds(i)),
            900.. => assert_eq!((found[&name(i)].0, kinds(i)), (Change::Entered, vec![(CauseKind::NewInFile, None)])),
            _ => {
                let (change, its) = &found[&name(i)];
                let expected = if *change == Change::Unchanged { vec![] } else { vec![(CauseKind::Others, None)] };
                assert_eq!(*its, expected, "{i}: {change:?}");
            }
        }
    }
    // The other way round, what was lost is found.
    let back = causes(&Push::new(&is, &was, &card, None).expect("compared"));
    assert!(back[&name(70)].1.contains(&(CauseKind::Known, Some("scale".to_owned()))));
    // Others are the cause where it would stand elsewhere than before with the score it had; the first, where that is all.
    let score: BTreeMap<&str, f64> = was.placed.iter().map(|p| (p.name.as_str(), p.score)).collect();
    for row in push.rows.iter().filter(|r| matches!(r.change, Change::Risen | Change::Fallen)) {
        let had = score[row.name.as_str()];
        let would = 1 + is.placed.iter().filter(|p| p.name != row.name && p.score > had).count();
        let others = row.causes.iter().position(|c| c.kind == CauseKind::Others);
        let expected = match Some(would) {
            rank if rank == row.to => Some(0),
            rank if rank == row.from => None,
            _ => Some(row.causes.len() - 1),
        };
        assert_eq!(others, expected, "{row:?}, would be {would}");
    }
    // What is said of ranks is so.
    for row in &push.rows {
        let change = match (row.from, row.to) {
            (None, Some(_)) => Change::Entered,
            (Some(_), None) => Change::Left,
            (Some(from), Some(to)) if to < from => Change::Risen,
            (Some(from), Some(to)) if to > from => Change::Fallen,
            _ => Change::Unchanged,
        };
        assert_eq!(row.change, change, "{row:?}");
        let listed = |edition: &Edition, rank: Option<usize>| edition.placed.iter().find(|p| p.name == row.name).map(|p| p.rank) == rank;
        assert!(listed(&was, row.from) && listed(&is, row.to));
        assert_eq!(
            row.key,
            EnterpriseKey::Name(row.name.clone(), ["江苏", "浙江", "广东"][row.name[6..10].parse::<usize>().expect("a number") % 3].into())
        );
    }
    assert_eq!(push.counts().iter().sum::<usize>(), push.rows.len());
}

#[test]
fn the_park_and_the_days_are_causes_of_their_own() {
    let file: String = HEAD.to_owned() + &(0..300).map(plain).collect::<String>();
    let (october, november) = (Date::constant(2026, 10, 1), Date::constant(2026, 11, 1));
    let residents = "企业名称,主营产品\n示例园区光芯片有限公司,光芯片:0.9\n";
    let more = format!("{residents}示例园区光通信有限公司,光传输设备:0.9\n示例园区光模块有限公司,光模块:0.9\n");
    let card = Scorecard::attraction();
    let was = edition(&file, Some(residents), october);
    let parks = Push::new(&was, &edition(&file, Some(&more), october), &card, None).expect("compared");
    let moved: Vec<&CauseKind> = parks.rows.iter().flat_map(|r| r.causes.iter().map(|c| &c.kind)).collect();
    assert!(moved.iter().filter(|k| ***k == CauseKind::Park).count() >= 100);
    assert!(moved.iter().all(|k| matches!(k, CauseKind::Park | CauseKind::Others)), "{moved:?}");
    let days = Push::new(&was, &edition(&file, Some(residents), november), &card, None).expect("compared");
    let moved: Vec<&CauseKind> = days.rows.iter().flat_map(|r| r.causes.iter().map(|c| &c.kind)).collect();
    assert!(moved.iter().filter(|k| ***k == CauseKind::Day).count() >= 100, "{moved:?}");
    assert!(moved.iter().all(|k| matches!(k, CauseKind::Day | CauseKind::Others)), "{moved:?}");
    assert_eq!((days.before, days.now), (Some(october), Some(november)));
}

#[test]
fn of_the_best_so_many_who_came_and_who_went() {
    let before: String = HEAD.to_owned() + &(0..60).map(plain).collect::<String>();
    let now: String =
        HEAD.to_owned() + &(0..60).map(|i| if i == 3 { line(i, "激光器:0.9", "1900", "290") } else { plain(i) }).collect::<String>();
    let day = Date::constant(2026, 10, 1);
    let (was, is) = (edition(&before, None, day), edition(&now, None, day));
    let push = Push::new(&was, &is, &Scorecard::attraction(), Some(10)).expect("compared");
    let of = |change: Change| push.rows.iter().filter(|r| r.change == change).collect::<Vec<_>>();
    let entered = of(Change::Entered);
    assert!(entered.len() == 1 && entered[0].name.contains("0003") && entered[0].from.is_some_and(|rank| rank > 10));
    let left = of(Change::Left);
    assert!(
        !left.is_empty() && left.iter().all(|r| r.to.is_some_and(|rank| rank > 10) && r.causes[0].kind == CauseKind::Others),
        "{left:?}"
    );
    let text = push.text(5);
    assert!(text.zh.starts_with("【招商名单推送】2026-10-01，较上期（2026-10-01）：新进 1 家，"), "{}", text.zh);
    assert!(text.zh.contains("\n新进：\n1. 示例0003光电有限公司（第 "), "{}", text.zh);
    assert!(text.en.contains("\nentered:\n1. 示例0003光电有限公司 (no. "), "{}", text.en);
}

#[test]
fn what_cannot_be_compared_is_refused() {
    let file: String = HEAD.to_owned() + &(0..5).map(plain).collect::<String>();
    let (october, november) = (Date::constant(2026, 10, 1), Date::constant(2026, 11, 1));
    let (was, card) = (edition(&file, None, october), Scorecard::attraction());
    let push =
        |before: &Edition, now: &Edition, card: &Scorecard| Push::new(before, now, card, None).map(|p| p.rows.len()).map_err(|e| e.code());
    assert_eq!(push(&was, &was, &card), Ok(5));
    assert_eq!(push(&edition(&file, None, november), &was, &card), Err("BAD_ARGUMENT"), "the earlier is the later");
    let mut session = Session::new(october).expect("opens");
    session.load_candidates(file.as_bytes()).expect("reads");
    session.set_scorecard(Scorecard::gaps_first()).expect("set");
    session.target(&[CHAIN.to_owned()], &[]).expect("known");
    session.assess().expect("assessed");
    assert_eq!(push(&was, &session.edition().expect("an edition"), &card), Err("OTHER_SCORECARD"));
    let mut other = card.clone();
    other.criteria.pop();
    assert_eq!(push(&was, &was, &other), Err("OTHER_SCORECARD"), "not the card they were made with");
    let mut session = Session::new(october).expect("opens");
    session.load_candidates(file.as_bytes()).expect("reads");
    session.target(&["integrated_circuit".to_owned()], &[]).expect("known");
    session.assess().expect("assessed");
    assert_eq!(push(&was, &session.edition().expect("an edition"), &card), Err("OTHER_BASIS"));
}

#[test]
fn a_hundred_thousand_rows() {
    // Editions as files: locating so many takes longer than what is tested here.
    let head = |day: &str| {
        format!(
            r#"{{"format":"xiangma-edition","version":2,"signature":"s","basis":{{"as_of":"{day}"}},"criteria":[{}]}}"#,
            Scorecard::attraction().criteria.iter().map(|c| format!("\"{}\"", c.id)).collect::<Vec<_>>().join(",")
        )
    };
    let file = |day: &str, from: usize, moved: &dyn Fn(usize) -> bool| {
        let mut text = head(day) + "\n";
        for (rank, i) in (from..from + 100_000).enumerate() {
            let points = if moved(i) { 9_000 } else { 5_000 };
            let (rank, score) = (rank + 1, f64::from(100_000 - rank as u32) / 1_000.0);
            let _ = writeln!(
                text,
                r#"{{"rank":{rank},"name":"示例{i}有限公司","credit_code":null,"province":"江苏","score":"{score}","points":[5000,5000,5000,{points},5000,5000,5000,5000,5000],"known":[10000,10000,10000,10000,10000,10000,10000,10000,10000]}}"#,
            );
        }
        Edition::from_jsonl(&text).expect("reads")
    };
    let was = file("2026-10-01", 0, &|_| false);
    let is = file("2026-11-01", 50, &|i| i % 10 == 0);
    let push = Push::new(&was, &is, &Scorecard::attraction(), None).expect("compared");
    assert_eq!(push.counts(), [50, 99_950, 0, 50, 0]);
    let facts = push.rows.iter().filter(|r| r.causes.iter().any(|c| c.kind == CauseKind::Fact && c.criterion.as_deref() == Some("scale")));
    assert_eq!(facts.count(), 9_995);
}
