//! The file of a team: nothing that was written is lost, whatever happens to the file, and whoever joins whom.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};
use xiangma::Date;
use xiangma::ledger::{Change, ChangeId, LeadStatus, Ledger, Moment, Outcome, RecordId, RecordKind, outcomes, read_field};
use xiangma::pipeline::{Phases, PolicyClass};

fn moment(minutes: i64) -> Moment {
    "2026-03-02T01:00:00Z".parse::<Moment>().expect("a moment") + jiff::SignedDuration::from_mins(minutes)
}

fn id(text: &str) -> RecordId {
    text.parse().expect("a record")
}

fn ids(ledger: &Ledger) -> BTreeSet<ChangeId> {
    ledger.changes().iter().map(|c| c.id).collect()
}

/// A small ledger with something of every kind.
fn small() -> Ledger {
    let mut ledger = Ledger::new();
    let mut write = |on: &str, fields: Vec<(&str, Value)>, minutes| {
        ledger.change(&id(on), fields, "李", moment(minutes)).unwrap_or_else(|e| panic!("{e}"));
    };
    write("lead:示例光电有限责任公司|湖北省", vec![("name", json!("示例光电有限公司")), ("status", json!("visited"))], 0);
    write("project:2026-001", vec![("name", json!("光模块\n产线")), ("land", json!("150亩")), ("officers", json!(["李", "王"]))], 1);
    write("event:e1", vec![("project", json!("2026-001")), ("day", json!("2026-03-01")), ("event", json!("intent"))], 2);
    write("visit:v1", vec![("day", json!("2026-02-27")), ("officers", json!(["李"])), ("project", json!("2026-001"))], 3);
    write("issue:i1", vec![("title", json!("用电扩容")), ("raised", json!("2026-02-27"))], 4);
    write("project:2026-001", vec![("land", json!("160亩")), ("jobs", json!(300))], 5);
    write("issue:i1", vec![("closed", json!("2026-03-02"))], 6);
    ledger
}

#[test]
fn a_file_cut_off_at_any_byte_has_every_change_before_that() {
    let ledger = small();
    let text = ledger.text();
    let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).collect();
    for cut in 0..=text.len() {
        let opened = Ledger::open(&text.as_bytes()[..cut]).unwrap_or_else(|e| panic!("cut at {cut}: {e}"));
        let lines = ends.iter().filter(|end| **end <= cut).count();
        let whole = lines.checked_sub(1).map_or(0, |last| ends[last]);
        assert_eq!((opened.ledger.changes().len(), opened.whole), (lines.saturating_sub(1), whole), "cut at {cut}");
        assert_eq!(opened.ledger.changes(), &ledger.changes()[..lines.saturating_sub(1)]);
        let is_cut = cut == 0 || whole < cut;
        assert_eq!(
            opened.findings.iter().map(|f| f.code).collect::<Vec<_>>(),
            if is_cut { vec!["CUT_OFF"] } else { vec![] },
            "cut at {cut}"
        );
        // Whoever goes on writes after what is whole, and the join with the other brings all back.
        let mut again = opened.ledger;
        again.change(&id("project:2026-002"), [("name", json!("乙"))], "王", moment(60)).expect("written");
        let added = again.join(&ledger).added;
        assert_eq!(added, ledger.changes().len() - lines.saturating_sub(1));
        assert_eq!(again.book().0.projects.len(), 2);
    }
}

#[test]
fn what_is_added_to_a_file_after_a_crash_is_read() {
    let ledger = small();
    let text = ledger.text();
    let lines: Vec<&str> = text.lines().collect();
    // A program that did not cut the file first: half a change, and a whole one behind it on the same line.
    let half: String = lines[3].chars().take(40).collect();
    let torn = format!("{}\n{half}{}\n", lines[..3].join("\n"), lines[4..].join("\n"));
    let opened = Ledger::open(torn.as_bytes()).expect("opens");
    assert_eq!(opened.ledger.changes().len(), ledger.changes().len() - 1);
    assert_eq!(opened.findings.iter().map(|f| (f.code, f.place.as_str())).collect::<Vec<_>>(), [("TORN", "4")]);
}

#[test]
fn what_is_no_ledger_is_refused_and_what_is_odd_is_said() {
    let text = small().text();
    let lines: Vec<&str> = text.lines().collect();
    for (file, row) in [
        (String::from("企业名称,主营产品\n示例光电有限公司,光模块\n"), 1),
        (text.replacen("\"version\":1", "\"version\":2", 1), 1),
        (text.replacen("xiangma-ledger", "xiangma-edition", 1), 1),
        (format!("{}\nnonsense\n", lines.join("\n")), 9),
        (text.replacen("\"by\"", "\"who\"", 1), 2),
        (text.replacen("project:2026", "plan:2026", 1), 3),
        (text.replacen("{\"land\"", "{\"land\":\"1亩\",\"land\"", 1), 3),
    ] {
        let refused = Ledger::open(file.as_bytes()).expect_err(&file);
        assert_eq!((refused.code(), refused.row()), ("BAD_LEDGER", Some(row)), "{refused}");
        assert!(refused.is_input());
    }
    let by_hand = text.replacen("150亩", "155亩", 1);
    let spaced = text.replacen("\",\"at\":", "\", \"at\": ", 1);
    let windows = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    for (file, codes) in [(by_hand, &["EDITED"][..]), (spaced, &["EDITED"]), (text.repeat(2), &["REPEATED"]), (windows, &[])] {
        let opened = Ledger::open(file.as_bytes()).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!(opened.findings.iter().map(|f| f.code).collect::<Vec<_>>(), codes);
        assert_eq!(opened.ledger.changes().len(), 7);
        assert!(!opened.findings.iter().any(|f| f.is_error || f.zh.is_empty() || f.en.is_empty()));
        // What was read is written as it was read, and reads again without a word.
        let again = Ledger::open(opened.ledger.text().as_bytes()).expect("opens");
        assert!(again.findings.is_empty() && again.ledger.changes() == opened.ledger.changes());
    }
}

#[test]
fn what_somebody_wrote_by_hand_is_joined_with_what_stood_there() {
    let ledger = small();
    let mut by_hand = Ledger::open(ledger.text().replacen("160亩", "165亩", 1).as_bytes()).expect("opens").ledger;
    let mut other = ledger.clone();
    by_hand.join(&ledger);
    other.join(&Ledger::open(ledger.text().replacen("160亩", "165亩", 1).as_bytes()).expect("opens").ledger);
    assert_eq!(by_hand.text(), other.text());
    let conflicts = by_hand.conflicts();
    assert_eq!(
        conflicts.iter().map(|c| (c.on.to_string(), c.field.as_str())).collect::<Vec<_>>(),
        [("project:2026-001".to_owned(), "land")]
    );
    let values: BTreeSet<&str> = conflicts[0].values.iter().filter_map(|v| v.value.as_str()).collect();
    assert_eq!(values, BTreeSet::from(["160亩", "165亩"]));
}

#[test]
fn a_record_takes_only_what_is_its_own() {
    let mut ledger = small();
    let before = ledger.text();
    for (on, field, value, told) in [
        ("project:1", "land", json!("-3亩"), "negative"),
        ("project:1", "land", json!(150), "string"),
        ("project:1", "jobs", json!(-4), "u32"),
        ("project:1", "kind", json!("lend"), "unknown variant"),
        ("project:1", "phone", json!("1"), "unknown field"),
        ("project:1", "phone", Value::Null, "unknown field"),
        ("project:1", "events", json!([]), "records of their own"),
        ("project:1", "number", json!("2"), "name of a record"),
        ("project:1", "removed", json!("yes"), "removed"),
        ("event:1", "day", json!("2026-02-30"), "day"),
        ("event:1", "event", json!("signed"), "missing field"),
        ("lead:甲|", "status", json!("won"), "unknown variant"),
        ("issue:1", "title", json!("t"), "raised"),
        ("issue:1", "record", json!("issue:2"), "record"),
        ("project:1", "policy_class", json!("encouragd"), "unknown variant"),
        ("project:1", "two_highs", json!("是"), "bool"),
        ("visit:1", "note", json!("n"), "day"),
    ] {
        let refused = ledger.change(&id(on), [(field, value)], "李", moment(9)).expect_err(field);
        assert!(refused.code() == "BAD_LEDGER" && refused.to_string().contains(told), "{field}: {refused}");
        assert_eq!(refused.column(), Some(on));
    }
    assert!(ledger.change(&id("project:1"), [], "李", moment(9)).is_err());
    for wrong in ["project:", "project", "plan:1", ":1", ""] {
        assert!(wrong.parse::<RecordId>().is_err(), "{wrong}");
    }
    assert_eq!(ledger.text(), before, "nothing was changed");
}

#[test]
fn a_change_is_taken_back_without_what_came_after_it() {
    let (mut ledger, on) = (small(), id("project:2026-001"));
    let value = |ledger: &Ledger, field: &str| ledger.value(&on, field).cloned().unwrap_or(Value::Null);
    let second = ledger.changes()[5].id;
    ledger.change(&on, [("jobs", json!(350))], "王", moment(20)).expect("written");
    let undone = ledger.undo(second, "李", moment(21)).expect("undone");
    assert_eq!((undone.kept, undone.change.undoes), (vec!["jobs".to_owned()], Some(second)));
    assert_eq!((value(&ledger, "land"), value(&ledger, "jobs")), (json!("150亩"), json!(350)));
    // Taking back the taking back.
    ledger.undo(undone.change.id, "李", moment(22)).expect("undone");
    assert_eq!(value(&ledger, "land"), json!("160亩"));
    let refused = ledger.undo(second, "李", moment(23)).expect_err("all is written over");
    assert!(refused.to_string().contains("land, jobs") || refused.to_string().contains("jobs, land"), "{refused}");
    assert!(ledger.undo("00000000000000000000".parse().expect("an id"), "李", moment(23)).is_err());
    // The first writing of a field leaves it empty, and one of a record that was removed brings it back.
    let first = ledger.change(&on, [("tags", json!(["千项万亿"]))], "李", moment(30)).expect("written").id;
    ledger.undo(first, "李", moment(31)).expect("undone");
    assert_eq!(ledger.book().0.projects[0].tags, Vec::<String>::new());
    let removal = ledger.change(&on, [("removed", json!(true))], "李", moment(32)).expect("written").id;
    assert!(ledger.book().0.projects.is_empty());
    assert_eq!(ledger.book().1.iter().map(|f| f.code).collect::<Vec<_>>(), ["EVENT_OF_NOTHING"]);
    ledger.undo(removal, "李", moment(33)).expect("undone");
    assert_eq!(ledger.book().0.projects.len(), 1);
    // Of two that did not know of each other, the other holds when one is taken back.
    let mut other = ledger.clone();
    let ours = ledger.change(&on, [("district", json!("东区"))], "李", moment(41)).expect("written").id;
    other.change(&on, [("district", json!("西区"))], "王", moment(40)).expect("written");
    let mut both = ledger.clone();
    both.join(&other);
    both.undo(ours, "李", moment(42)).expect("undone");
    assert_eq!((value(&both, "district"), both.conflicts().len()), (json!("西区"), 0));
    let who: Vec<&str> = ledger.history(Some(&on)).iter().map(|c| &*c.by).collect();
    assert_eq!(who, ["李", "李", "王", "李", "李", "李", "李", "李", "李", "李"]);
}

#[test]
fn a_slow_clock_does_not_lose_an_edit() {
    let (mut ledger, on) = (Ledger::new(), id("project:1"));
    ledger.change(&on, [("name", json!("甲"))], "李", moment(100)).expect("written");
    ledger.change(&on, [("name", json!("乙"))], "王", moment(0)).expect("written");
    assert_eq!(ledger.value(&on, "name"), Some(&json!("乙")));
    assert!(ledger.conflicts().is_empty());
    // The same twice, as when a button is pressed twice.
    let count = ledger.changes().len();
    ledger.change(&on, [("jobs", json!(1))], "王", moment(200)).expect("written");
    ledger.change(&on, [("jobs", json!(1))], "王", moment(200)).expect("written");
    assert!(ledger.changes().len() > count && ledger.conflicts().is_empty());
}

#[test]
fn a_team_is_told_what_is_wrong() {
    let mut ledger = small();
    ledger
        .change(
            &id("issue:i2"),
            [("title", json!("用工")), ("raised", json!("2026-03-02")), ("closed", json!("2026-03-01"))],
            "王",
            moment(9),
        )
        .expect("written");
    let mut other = ledger.clone();
    ledger.change(&id("project:2026-001"), [("jobs", json!(310))], "李", moment(10)).expect("written");
    other.change(&id("project:2026-001"), [("jobs", json!(320))], "王", moment(11)).expect("written");
    ledger.join(&other);
    let findings = ledger.findings(&Phases::default(), Date::constant(2026, 3, 2), moment(10));
    let told: Vec<(&str, bool)> = findings.iter().map(|f| (f.code, f.is_error)).collect();
    assert_eq!(
        told,
        [("FIELD_MISSING", true), ("FIELD_MISSING", true), ("ISSUE_CLOSED_EARLY", true), ("CONFLICT", false), ("AHEAD_OF_TIME", false)]
    );
    let conflict = &findings[3];
    assert!(conflict.zh.contains("王 320；李 310") && conflict.en.contains("王 320; 李 310"), "{conflict:?}");
}

#[test]
fn what_became_of_leads_is_an_outcome_and_what_is_open_is_none() {
    let mut ledger = Ledger::new();
    let mut minutes = 0;
    let mut write = |on: &str, fields: Vec<(&str, Value)>| {
        minutes += 1;
        ledger.change(&id(on), fields, "李", moment(minutes)).unwrap_or_else(|e| panic!("{e}"));
    };
    for (lead, status) in
        [("一", "given_up"), ("二", "in_talks"), ("三", "signed"), ("四", "visited"), ("五", "given_up"), ("六", "uncontacted")]
    {
        write(&format!("lead:{lead}公司|"), vec![("status", json!(status))]);
    }
    let mut number = 0;
    let mut project = |enterprise: &str, events: &[(&str, &str)]| {
        number += 1;
        write(&format!("project:{number}"), vec![("enterprise", json!(format!("{enterprise}公司|")))]);
        for (at, (event, day)) in events.iter().enumerate() {
            let fields =
                vec![("project", json!(number.to_string())), ("event", json!(event)), ("day", json!(day)), ("note", json!("原因"))];
            write(&format!("event:{number}-{at}"), fields);
        }
    };
    project("三", &[("intent", "2026-01-05"), ("signed", "2026-02-05")]);
    project("四", &[("intent", "2026-01-05"), ("returned", "2026-02-05")]);
    project("五", &[("intent", "2026-01-05")]);
    project("七", &[("intent", "2026-01-05"), ("returned", "2026-02-01")]);
    project("七", &[("started", "2026-03-01")]);
    project("八", &[("signed", "2026-12-01")]);
    project("九", &[("signed", "2026-01-05"), ("returned", "2026-02-01"), ("intent", "2026-03-01")]);
    let today = Date::constant(2026, 11, 1);
    let (found, findings) = outcomes(&ledger, &Phases::default(), "signed", today).expect("a phase");
    assert!(findings.is_empty(), "{findings:?}");
    let told: BTreeMap<String, (Outcome, Option<Date>)> =
        found.into_iter().map(|o| (o.enterprise.to_string().replace("公司|", ""), (o.outcome, o.day))).collect();
    let day = |m, d| Some(Date::constant(2026, m, d));
    let expected = [
        ("一", (Outcome::Lost, None)),
        ("二", (Outcome::Open, None)),
        ("三", (Outcome::Reached, day(2, 5))),
        ("四", (Outcome::Lost, day(2, 5))),
        // A project that is under way says more than a lead that somebody forgot to take up again.
        ("五", (Outcome::Open, None)),
        ("六", (Outcome::Open, None)),
        ("七", (Outcome::Reached, day(3, 1))),
        ("八", (Outcome::Open, None)),
        ("九", (Outcome::Reached, day(1, 5))),
    ];
    assert_eq!(told, expected.into_iter().map(|(name, o)| (name.to_owned(), o)).collect());
    assert_eq!(outcomes(&ledger, &Phases::default(), "dinner", today).expect_err("no phase").code(), "BAD_ARGUMENT");
    assert_eq!(LeadStatus::ALL.map(|s| s.words().0).join(" "), "未联系 已约 已访 在谈 签约 放弃");
}

/// What the ledger says is learned from as it is: who is open teaches nothing, and is not taken for lost.
#[cfg(feature = "learn")]
#[test]
fn what_became_of_leads_is_learned_from_without_retyping() {
    use xiangma::learn::{Frame, TrainOptions, train};

    let mut ledger = Ledger::new();
    let mut write = |on: String, fields: Vec<(&str, Value)>| {
        ledger.change(&id(&on), fields, "李", moment(0)).unwrap_or_else(|e| panic!("{e}"));
    };
    for n in 0..240 {
        let name = format!("示例{n}公司");
        let status = if n < 20 { "given_up" } else { "in_talks" };
        write(format!("lead:{name}|"), vec![("status", json!(status))]);
        // Given up, in talks, returned, signed.
        if n >= 90 {
            write(format!("project:{n}"), vec![("enterprise", json!(format!("{name}|")))]);
            let event = |event: &str, day: &str| vec![("project", json!(n.to_string())), ("event", json!(event)), ("day", json!(day))];
            write(format!("event:{n}-1"), event("intent", "2026-01-05"));
            write(format!("event:{n}-2"), event(if n < 150 { "returned" } else { "signed" }, "2026-02-05"));
        }
    }
    let (found, _) = outcomes(&ledger, &Phases::default(), "signed", Date::constant(2026, 11, 1)).expect("a phase");
    let said: BTreeMap<String, Outcome> = found.into_iter().map(|o| (o.enterprise.to_string(), o.outcome)).collect();
    let mut table = "企业名称,参保人数,落地结果\n".to_owned();
    for n in 0..250 {
        let outcome = said.get(&format!("示例{n}公司|")).map_or("", |o| o.word());
        table += &format!("示例{n}公司,{},{outcome}\n", 10 + (n * 37) % 400 + if n >= 150 { 60 } else { 0 });
    }
    let frame = Frame::read(table.as_bytes()).expect("a table");
    let (_, report) = train(&frame, &TrainOptions::new("落地结果").positive("是")).expect("learned");
    assert_eq!((report.rows, report.events, report.without_outcome), (170, 90, 10));
    assert_eq!(report.open_outcomes, [("跟进中".to_owned(), 70)]);
}

#[test]
fn an_enterprise_is_one_however_it_is_written() {
    let lead = |text: &str| id(&format!("lead:{text}")).name;
    for (one, other) in [
        ("示例（武汉）光电有限责任公司|湖北省", "示例(武汉)光电有限公司|湖北"),
        ("示例光电有限公司|内蒙古自治区", "示例光电有限公司|内蒙古"),
        ("示例光电有限公司", "示例光电有限公司|"),
    ] {
        assert_eq!(lead(one), lead(other));
    }
    assert_ne!(lead("示例光电有限公司|湖北"), lead("示例光电有限公司|湖南"));
    // As intake names it, and as a field of a project has it.
    let table = "企业名称,所属省份\n示例（武汉）光电有限责任公司,湖北省\n";
    let read = xiangma::intake(table.as_bytes(), &xiangma::IntakeOptions::new()).expect("a table");
    assert_eq!(RecordId::lead(&read.enterprises[0].key()).expect("a lead").name, lead("示例武汉光电有限公司|湖北省"));
    let field = read_field(RecordKind::Project, "enterprise", "示例(武汉)光电有限公司|湖北省").expect("read");
    assert_eq!(field, json!(read.enterprises[0].key()));
}

#[test]
fn projects_come_from_the_table_that_a_zone_keeps() {
    let table = "2026 年项目清单\n项目编号,项目名称,投资方,项目类型,所属产业链,总投资(万元),用地(公顷),预计年产值（亿元）,招商专员,计划投产日期,上会通过日期,供地时间,投产日期,备注\n\
        A-1,甲项目,示例光电有限公司,供地类,光电,\"120,000\",10,20,李、王,2027年12月31日,2026-02-02,2026年4月13日,,重点\n\
        A-2,乙项目,,租赁,,2亿元,,,,,,,,\n\
        A-2,乙项目,,租赁,,2亿元,,,,,,,,\n\
        ,丙项目,,,,abc,-3,,,,2026-13-01,,,\n\
        ,,,,,5,,,,,,,,\n";
    let read = |ledger: &mut Ledger, table: &str, minutes| {
        let frame = xiangma::learn::Frame::read(table.as_bytes()).expect("a table");
        ledger.import_projects(&frame, (&Phases::default(), &xiangma::Catalogue::builtin()), "李", moment(minutes)).expect("taken in")
    };
    let mut ledger = Ledger::new();
    let imported = read(&mut ledger, table, 0);
    assert_eq!((imported.new, imported.changed, imported.same, imported.events), (3, 0, 0, 2));
    let told: Vec<(&str, &str)> = imported.findings.iter().map(|f| (f.code, f.place.as_str())).collect();
    let expected = [
        ("HEADING_UNKNOWN", "备注"),
        ("NUMBER_TWICE", "5"),
        ("CELL_UNREAD", "6"),
        ("CELL_UNREAD", "6"),
        ("CELL_UNREAD", "6"),
        ("NUMBER_MISSING", "7"),
    ];
    assert_eq!(told, expected);
    let (book, findings) = ledger.book();
    assert!(findings.is_empty());
    let one = &book.projects[0];
    assert_eq!((one.number.as_str(), one.investment.map(|m| m.amount), one.output.map(|m| m.amount)), ("A-1", Some(1.2e9), Some(2e9)));
    assert_eq!((one.land.map(|l| l.to_string()).as_deref(), one.chain.as_deref()), (Some("150亩"), Some("optoelectronics")));
    assert_eq!((one.target, one.officers.as_slice()), (Some(Date::constant(2027, 12, 31)), ["李".to_owned(), "王".to_owned()].as_slice()));
    let events: Vec<(&str, Date)> = one.events.iter().map(|e| (e.event.as_str(), e.day)).collect();
    assert_eq!(events, [("approved", Date::constant(2026, 2, 2)), ("land", Date::constant(2026, 4, 13))]);
    assert_eq!(book.projects[2].name, "丙项目", "a row with a cell that cannot be read is there all the same");
    // Again nothing is new; what the table says otherwise is changed, and what it leaves empty stays.
    let text = ledger.text();
    let again = read(&mut ledger, table, 10);
    assert_eq!((again.new, again.changed, again.same, again.events, ledger.text() == text), (0, 0, 3, 0, true));
    let changed = read(&mut ledger, "项目编号,项目名称,用地面积（亩）\nA-1,,160\nA-2,乙项目,\n", 20);
    assert_eq!((changed.changed, changed.same), (1, 1));
    let (land, name) = (ledger.value(&id("project:A-1"), "land"), ledger.value(&id("project:A-1"), "name"));
    assert_eq!((land, name), (Some(&json!("160亩")), Some(&json!("甲项目"))));
}

#[test]
fn what_an_appraisal_looks_at_comes_from_the_table_too() {
    let table = "项目编号,固定资产投资(万元),年营业收入（亿元）,工业增加值（万元）,研发投入（万元）,综合能耗（万吨标准煤）,产业目录类别,是否两高,高VOCs排放,就业人数\n\
        1,90000,20,50000,6000,1.2,鼓励类,否,无,\"1,200\"\n2,,,,,1200吨标煤,一类,,,\n";
    let mut ledger = Ledger::new();
    let frame = xiangma::learn::Frame::read(table.as_bytes()).expect("a table");
    let imported = ledger.import_projects(&frame, (&Phases::default(), &xiangma::Catalogue::builtin()), "李", moment(0)).expect("taken in");
    assert_eq!(imported.findings.iter().map(|f| (f.code, f.place.as_str())).collect::<Vec<_>>(), [("CELL_UNREAD", "3")]);
    let book = ledger.book().0;
    let (one, two) = (&book.projects[0], &book.projects[1]);
    let yuan = [one.fixed_investment, one.revenue, one.added_value, one.research].map(|m| m.map(|m| m.amount));
    assert_eq!(yuan, [Some(9e8), Some(2e9), Some(5e8), Some(6e7)]);
    // A heading in ten thousand tonnes is not one in tonnes.
    assert_eq!((one.energy, two.energy, one.jobs), (Some(12_000.0), Some(1_200.0), Some(1_200)));
    assert_eq!((one.policy_class.map(PolicyClass::as_str), one.two_highs, one.high_voc), (Some("encouraged"), Some(false), Some(false)));
    assert_eq!((two.policy_class, two.two_highs, two.heavy_metals), (None, None, None), "an empty cell is not a no");
}

#[test]
fn what_a_book_tells_names_the_record_that_says_it() {
    let mut ledger = small();
    let project = json!("2026-001");
    // Two events of one day and one kind: which is which, only their records tell.
    let fields =
        |note: &str| [("project", project.clone()), ("day", json!("2026-03-01")), ("event", json!("intent")), ("note", json!(note))];
    ledger.add(RecordKind::Event, fields("甲"), "李", moment(20)).expect("added");
    ledger.add(RecordKind::Event, fields("乙"), "李", moment(21)).expect("added");
    let book = ledger.book().0;
    let records: BTreeSet<&str> = book.projects[0].events.iter().filter_map(|e| e.record.as_deref()).collect();
    assert_eq!((records.len(), records.contains("event:e1")), (3, true));
    assert_eq!((book.visits[0].record.as_deref(), book.issues[0].record.as_deref()), (Some("visit:v1"), Some("issue:i1")));
    // One of them is mended, one is taken back, and the third stays.
    let record = |note: &str| book.projects[0].events.iter().find(|e| e.note.as_deref() == Some(note)).and_then(|e| e.record.clone());
    let (mended, gone) = (record("甲").expect("told"), record("乙").expect("told"));
    ledger.change(&id(&mended), [("day", json!("2026-03-05"))], "李", moment(22)).expect("mended");
    let last = ledger.history(Some(&id(&gone))).last().expect("a change").id;
    ledger.undo(last, "李", moment(23)).expect("taken back");
    let (book, findings) = ledger.book();
    let days: Vec<(String, &str)> =
        book.projects[0].events.iter().map(|e| (e.day.to_string(), e.record.as_deref().unwrap_or_default())).collect();
    assert_eq!(days, [("2026-03-01".to_owned(), "event:e1"), ("2026-03-05".to_owned(), mended.as_str())]);
    assert!(findings.is_empty(), "all that the third said is taken back, and it is no event: {findings:?}");
    // The taking back is taken back.
    let undo = ledger.history(Some(&id(&gone))).last().expect("a change").id;
    ledger.undo(undo, "李", moment(24)).expect("taken back");
    assert_eq!(ledger.book().0.projects[0].events.len(), 3);
    // A visit, an issue, a project and a lead of which nothing is left are gone as well.
    for (kind, fields) in [
        (RecordKind::Visit, vec![("day", json!("2026-03-02"))]),
        (RecordKind::Issue, vec![("title", json!("用工")), ("raised", json!("2026-03-02"))]),
    ] {
        let record = ledger.add(kind, fields, "李", moment(30)).expect("added");
        let last = ledger.history(Some(&record)).last().expect("a change").id;
        ledger.undo(last, "李", moment(31)).expect("taken back");
    }
    for record in ["project:9", "lead:示例九公司|"] {
        let change = ledger.change(&id(record), [("name", json!("九"))], "李", moment(30)).expect("written").id;
        ledger.undo(change, "李", moment(31)).expect("taken back");
    }
    let ((book, findings), (leads, more)) = (ledger.book(), ledger.leads());
    assert_eq!((book.projects.len(), book.visits.len(), book.issues.len(), leads.len()), (1, 1, 1, 1));
    assert!(findings.is_empty() && more.is_empty());
}

#[test]
fn a_field_is_read_as_people_write_it() {
    let read = |field: &str, text: &str| read_field(RecordKind::Project, field, text);
    for (field, text, value) in [
        ("investment", "12亿元", json!({"amount": 1.2e9, "currency": "CNY"})),
        ("tax", "600 万美元", json!({"amount": 6e6, "currency": "USD"})),
        ("officers", "李、王，赵", json!(["李", "王", "赵"])),
        ("documents", "投资协议；可研报告", json!([{"name": "投资协议"}, {"name": "可研报告"}])),
        ("kind", "增资扩产", json!("expansion")),
        ("kind", "lease", json!("lease")),
        ("jobs", "300", json!(300)),
        ("energy", "3000.5", json!(3000.5)),
        ("energy", "1.2万吨标准煤", json!(12_000.0)),
        ("energy", "3,000 tce", json!(3_000.0)),
        ("fixed_investment", "9亿元", json!({"amount": 9e8, "currency": "CNY"})),
        ("research", "600万元", json!({"amount": 6e6, "currency": "CNY"})),
        ("policy_class", "鼓励类", json!("encouraged")),
        ("policy_class", "限制", json!("restricted")),
        ("two_highs", "否", json!(false)),
        ("high_voc", "有", json!(true)),
        ("contact_verified", "是", json!(true)),
        ("land", "10公顷", json!("10公顷")),
        ("name", "  ", Value::Null),
    ] {
        assert_eq!(read(field, text).unwrap_or_else(|e| panic!("{e}")), value, "{field}");
        let mut ledger = Ledger::new();
        ledger.change(&id("project:1"), [("name", json!("甲")), (field, value)], "李", moment(0)).expect("a project takes it");
    }
    for (field, text) in [
        ("investment", "12"),
        ("investment", "很多"),
        ("added_value", "12"),
        ("jobs", "-3"),
        ("energy", "NaN"),
        ("energy", "300度"),
        ("kind", "买地"),
        ("policy_class", "一类"),
        ("heavy_metals", "少量"),
        ("contact_verified", "或许"),
    ] {
        let refused = read(field, text).expect_err(text);
        assert!(refused.code() == "BAD_LEDGER" && refused.to_string().contains(text), "{refused}");
    }
    assert_eq!(read_field(RecordKind::Lead, "status", "在谈").expect("read"), json!("in_talks"));
    assert!(read_field(RecordKind::Lead, "status", "成了").is_err());
}

/// What happens to a team's copies of a file.
#[derive(Debug, Clone)]
enum Step {
    /// Somebody writes a field of a record, by a clock that may be wrong.
    Edit { side: usize, record: usize, field: usize, value: u8, minutes: i64 },
    /// Somebody takes back the latest but so many changes.
    Undo { side: usize, back: usize, minutes: i64 },
    /// A program stops in the middle of writing: part of a change is in the file.
    Crash { side: usize, bytes: usize },
    /// One side takes in what another has.
    Join { to: usize, from: usize },
}

const SIDES: usize = 3;

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let (side, minutes) = (0..SIDES, -30_i64..400);
    let edit = (side.clone(), 0..4_usize, 0..4_usize, 0..4_u8, minutes.clone())
        .prop_map(|(side, record, field, value, minutes)| Step::Edit { side, record, field, value, minutes });
    let undo = (side.clone(), 0..6_usize, minutes).prop_map(|(side, back, minutes)| Step::Undo { side, back, minutes });
    let crash = (side.clone(), 0..400_usize).prop_map(|(side, bytes)| Step::Crash { side, bytes });
    let join = (side.clone(), side).prop_map(|(to, from)| Step::Join { to, from });
    prop::collection::vec(prop_oneof![6 => edit, 1 => undo, 1 => crash, 2 => join], 1..110)
}

/// The values that nobody has written over, by what the changes say of themselves: no order, no places.
fn standing(changes: &BTreeMap<ChangeId, Change>) -> BTreeMap<(String, String), Vec<ChangeId>> {
    let mut over: BTreeSet<(ChangeId, &str)> = BTreeSet::new();
    for change in changes.values() {
        for (field, ids) in &change.over {
            over.extend(ids.iter().map(|id| (*id, field.as_str())));
        }
    }
    let mut standing: BTreeMap<(String, String), Vec<ChangeId>> = BTreeMap::new();
    for change in changes.values() {
        for (field, _) in change.set.iter().filter(|(field, _)| !over.contains(&(change.id, *field))) {
            standing.entry((change.on.to_string(), field.to_owned())).or_default().push(change.id);
        }
    }
    standing
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Of ten thousand edits, crashes and joins none is lost, and in the end all sides have the same file, whoever joined whom first.
    #[test]
    fn no_edit_is_lost_and_all_sides_agree(steps in steps()) {
        let mut sides: Vec<Ledger> = vec![Ledger::new(); SIDES];
        let mut written: BTreeMap<ChangeId, Change> = BTreeMap::new();
        let records = ["project:1", "project:2", "lead:甲|", "lead:乙|"];
        for (number, step) in steps.iter().enumerate() {
            match *step {
                Step::Edit { side, record, field, value, minutes } => {
                    let fields = if record < 2 { ["name", "district", "chain", "link"] } else { ["name", "officer", "chain", "note"] };
                    let value = if value == 0 { Value::Null } else { json!(value.to_string()) };
                    let change = sides[side].change(&id(records[record]), [(fields[field], value)], &format!("{side}"), moment(minutes));
                    let change = change.expect("written").clone();
                    written.insert(change.id, change);
                }
                Step::Undo { side, back, minutes } => {
                    let chosen = sides[side].changes().iter().rev().nth(back).map(|c| c.id);
                    if let Some(undone) = chosen.and_then(|id| sides[side].undo(id, "u", moment(minutes)).ok()) {
                        written.insert(undone.change.id, undone.change);
                    }
                }
                Step::Crash { side, bytes } => {
                    let mut next = sides[side].clone();
                    next.change(&id("project:9"), [("name", json!(number.to_string()))], "c", moment(0)).expect("written");
                    let (before, after) = (sides[side].text(), next.lines_from(sides[side].changes().len()));
                    let part = &after.as_bytes()[..bytes.min(after.len() - 1)];
                    let opened = Ledger::open(&[before.as_bytes(), part].concat()).expect("opens");
                    prop_assert_eq!(opened.whole, before.len());
                    prop_assert_eq!(opened.ledger.changes(), sides[side].changes());
                    sides[side] = opened.ledger;
                }
                Step::Join { to, from } => {
                    let other = sides[from].clone();
                    let (had, both) = (ids(&sides[to]), &ids(&sides[to]) | &ids(&other));
                    let joined = sides[to].join(&other);
                    prop_assert_eq!(joined.added, both.len() - had.len());
                    prop_assert_eq!(&ids(&sides[to]), &both);
                    prop_assert_eq!(sides[to].join(&other).added, 0);
                }
            }
        }
        // A to B to C, and C to B to A.
        let mut forth = sides[0].clone();
        forth.join(&sides[1]);
        forth.join(&sides[2]);
        let mut back = sides[2].clone();
        let mut middle = sides[1].clone();
        middle.join(&sides[0]);
        back.join(&middle);
        prop_assert_eq!(forth.text(), back.text());
        prop_assert_eq!(forth.conflicts(), back.conflicts());
        prop_assert_eq!(&ids(&forth), &written.keys().copied().collect());
        // What holds is the newest of what nobody has written over, as the changes themselves say.
        let standing = standing(&written);
        let mut contested = 0;
        for ((on, field), ids) in &standing {
            let newest = ids.iter().map(|id| &written[id]).max_by_key(|c| (c.at, c.id)).expect("one");
            let value = newest.set.get(field).filter(|v| !v.is_null());
            prop_assert_eq!(forth.value(&id(on), field), value);
            let values: Vec<&Value> = ids.iter().filter_map(|id| written[id].set.get(field)).collect();
            contested += usize::from(values.iter().any(|v| *v != values[0]));
        }
        prop_assert_eq!(forth.conflicts().len(), contested);
        // Written and read again it is the same, and so it is from a file whose lines somebody put in another order.
        let text = forth.text();
        let again = Ledger::open(text.as_bytes()).expect("opens");
        prop_assert!(again.findings.is_empty() && again.ledger.text() == text);
        let (head, rest) = text.split_once('\n').expect("a head");
        let mixed = format!("{head}\n{}", rest.lines().rev().map(|l| format!("{l}\n")).collect::<String>());
        let mut mixed = Ledger::open(mixed.as_bytes()).expect("opens").ledger;
        for (on, field) in standing.keys() {
            prop_assert_eq!(mixed.value(&id(on), field), forth.value(&id(on), field), "{} {}", on, field);
        }
        prop_assert_eq!(mixed.conflicts(), forth.conflicts());
        mixed.join(&forth);
        prop_assert_eq!(mixed.text(), text);
    }
}
