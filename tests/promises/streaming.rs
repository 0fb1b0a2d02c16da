//! A file ranked where it lies gives what the file gives when it is held.

use std::io::{Error as IoError, Result as IoResult};
use std::sync::atomic::{AtomicU64, Ordering};

use xiangma::{Date, IntakeOptions, ReadAt, Roll, Scorecard, Session, Value};

use super::data;
use super::shards::WARES;

const DAY: Date = Date::constant(2026, 11, 1);

fn code(number: u64) -> String {
    data::credit_code(&format!("91320500{number:09}"))
}

/// A list with all that makes one row depend on others: titles, rows that go on, torn quotes, cells of several lines, and firms of
/// several rows, by code under another name, by name with more or less known.
fn list(rows: u64, seed: u64) -> String {
    let mut text = "\u{feff}名单,,,,,,\n企业名称,统一社会信用代码,主营产品,经营范围,所属省份,上市状态,内部打分\n".to_owned();
    let mut state = seed | 1;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for row in 0..rows {
        let (ware, other) = (WARES[next(8) as usize], WARES[next(8) as usize]);
        let place = ["江苏", "湖北", ""][next(3) as usize];
        match next(40) {
            0 => text += &format!("一、第{row}部分产业,,,,,,\n"),
            1..=3 => text += &format!(",,{ware}、{other},,,,\n"),
            4 => text += &format!("第{row}示例有限公司,,{ware},\"第一行{ware}\n第二行，\"\"引号\"\"\n\n第三行{other}\",{place},,\n"),
            5 => text += &format!("第{row}示例有限公司,,\"{ware},没有收尾\n"),
            6..=8 => text += &format!("第{}示例有限公司,,{other},{ware}制造,{place},A股,{}\n", next(row + 1), next(90)),
            9 => text += "合计,,,,,,\n",
            10 => text += &format!("13800138000,,{ware},,,,\n\n\n"),
            11 => text += &format!("第{row}示例有限公司,,{ware},很长,{place},,,多一格,再多一格\n"),
            12..=14 => text += &format!("第{row}改名有限公司,{},{other},{ware}生产,{place},看不懂,{row}\n", code(next(row / 9 + 1))),
            15 => text += &format!("第{}示例有限责任公司,{},{ware},,{place},新三板,7\n", next(row + 1), code(next(row / 5 + 1))),
            _ => text += &format!("第{row}示例有限公司,,{ware},{ware}制造；{other}销售,{place},,{}\n", next(9)),
        }
    }
    text
}

/// Windows as small as they come, so that records lie across their ends.
fn options() -> IntakeOptions {
    IntakeOptions::new().max_cell_bytes(2_000)
}

fn sitting() -> Session {
    let mut session = Session::new(DAY).expect("chains");
    let residents = "企业名称,主营产品,注册资本\n驻区光芯片有限公司,光芯片,5000万元\n第3示例有限公司,碳纤维,800万元\n";
    session.load_residents(residents.as_bytes()).expect("reads");
    session.target(&[], &["江苏".to_owned(), "宁夏".to_owned()]).expect("chains");
    session
}

/// All that the two ways tell.
fn same<S: ReadAt>(roll: &Roll<'_, S>, held: &Session) {
    assert_eq!(roll.report(), held.report());
    assert!(roll.report().adds_up());
    assert_eq!(roll.extra_columns(), held.extra_columns());
    let (one, other) = (roll.ranking(), held.ranking().expect("assessed"));
    assert_eq!(one.digest(), other.digest());
    let order = other.top(held.candidates().len());
    assert_eq!(one.top(order.len()), order);
    let counts = |ranking: &xiangma::Ranking<'_>| {
        let readings = ranking.assessment().readings().iter();
        readings.map(|r| (r.fact.clone(), r.understood, r.not_understood)).collect::<Vec<_>>()
    };
    assert_eq!(counts(&one), counts(&other));
    // Those at both ends, and some between; each is read again, and reads as it did.
    let some: Vec<u32> = order.iter().copied().step_by(order.len() / 40 + 1).chain(order.last().copied()).collect();
    for (row, (enterprise, matches)) in some.iter().zip(roll.read(&some).expect("reads again")) {
        let row = *row as usize;
        assert_eq!(Some(&enterprise), held.candidates().get(row), "row {row}");
        assert_eq!(matches, held.matches(row));
        assert_eq!(roll.explain(row, &enterprise, &matches), held.explain(row));
    }
}

#[test]
fn a_file_ranked_where_it_lies_gives_the_same_list() {
    for (rows, seed) in [(1, 5), (30, 1), (300, 2), (2_000, 3), (9_000, 4)] {
        let text = list(rows, seed);
        let mut held = sitting();
        held.open(xiangma::FileKind::Candidates, text.as_bytes(), &options()).expect("reads");
        held.assess().expect("assessed");
        let mut session = sitting();
        let roll = session.stream(text.into_bytes(), &options(), &mut |_| true).expect("reads").expect("delimited");
        same(&roll, &held);
        assert!(rows < 300 || roll.report().merged > 3 && roll.report().merges.iter().any(|m| m.name.is_some()));
        assert!(rows < 300 || roll.regions() == ["江苏"]);
    }
}

#[test]
fn weights_and_a_card_that_looks_at_columns_of_its_own_hold_for_a_file_ranked_where_it_lies() {
    let text = list(700, 8);
    let mut card = Scorecard::attraction();
    let mut own = card.criteria[0].clone();
    own.inputs.truncate(1);
    own.inputs[0].from = "column:内部打分".to_owned();
    own.inputs[0].value = Value::Linear { knots: vec![(0.0, 0), (90.0, 10_000)] };
    own.id = "remark".to_owned();
    own.weight /= 2;
    card.criteria[0].weight -= own.weight;
    card.criteria.push(own);
    let weights: Vec<u32> = (0..card.criteria.len() as u32).map(|c| 100 + 37 * c).collect();
    let ready = || {
        let mut session = sitting();
        session.set_scorecard(card.clone()).expect("a card");
        session.set_weights(&weights).expect("weights");
        session
    };
    let mut held = ready();
    held.load_candidates(text.as_bytes()).expect("reads");
    held.assess().expect("assessed");
    let mut session = ready();
    let roll = session.stream(text.into_bytes(), &IntakeOptions::new(), &mut |_| true).expect("reads").expect("delimited");
    same(&roll, &held);
    // And a column that is not there is told.
    let none = "企业名称,主营产品\n示例光电有限公司,光模块\n".as_bytes().to_vec();
    assert_eq!(ready().stream(none, &options(), &mut |_| true).expect_err("no such column").code(), "BAD_SCORECARD");
}

#[test]
fn what_is_no_delimited_text_is_to_be_opened() {
    let mut session = sitting();
    for bytes in [b"".to_vec(), b"[{\"name\": 1}]".to_vec(), b"PK\x03\x04".to_vec(), b"\xff\xfe\x01\x4f".to_vec(), b"  \n".to_vec()] {
        assert!(session.stream(bytes, &options(), &mut |_| true).expect("told").is_none());
    }
    let error = |session: &mut Session, text: &str| {
        session.stream(text.as_bytes().to_vec(), &options(), &mut |_| true).expect_err("an error").code()
    };
    assert_eq!(error(&mut session, "a,b\n1,2\n"), "NO_HEADER");
    assert_eq!(error(&mut session, "企业名称,主营产品\n"), "NO_ROWS");
    assert_eq!(error(&mut session, &format!("企业名称,主营产品\n示例有限公司,{}\n", "长".repeat(2_000))), "LIMIT");
    let stopped = session.stream(list(9_000, 1).into_bytes(), &options(), &mut |read| read < 0.5);
    assert_eq!(stopped.expect_err("stopped").code(), "CANCELLED");
}

#[test]
fn a_file_in_gb18030_is_ranked_where_it_lies_as_well() {
    for (rows, seed) in [(20, 7), (9_000, 5)] {
        let text = list(rows, seed).replacen('\u{feff}', "", 1) + "第\u{20bb7}示例有限公司,,光模块,,,,\n";
        let (bytes, _, lost) = encoding_rs::GB18030.encode(&text);
        assert!(!lost);
        let mut bytes = bytes.into_owned();
        // What cannot be read is counted the same.
        bytes.extend_from_slice(b"\xb5\xda\xff\xff\xca\xbe\xc0\xfd,,\xb9\xe2,\x81\n");
        let mut held = sitting();
        held.open(xiangma::FileKind::Candidates, &bytes, &options()).expect("reads");
        held.assess().expect("assessed");
        assert_eq!(held.report().encoding, "gb18030");
        assert!(held.report().unreadable_characters > 0);
        let mut session = sitting();
        same(&session.stream(bytes, &options(), &mut |_| true).expect("reads").expect("delimited"), &held);
    }
    // Files that were pasted together are read line by line, and whole.
    let mut mixed = encoding_rs::GB18030.encode(&list(40, 1).replacen('\u{feff}', "", 1)).0.into_owned();
    mixed.extend_from_slice(list(40, 2).as_bytes());
    assert!(sitting().stream(mixed, &options(), &mut |_| true).expect("reads").is_none());
}

/// A file that is another when it is read again.
struct Fickle {
    text: Vec<u8>,
    /// So many reads go well.
    good: AtomicU64,
    then: fn() -> IoResult<Vec<u8>>,
}

impl ReadAt for Fickle {
    fn size(&self) -> IoResult<u64> {
        Ok(self.text.len() as u64)
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> IoResult<usize> {
        let is_good = self.good.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok();
        if is_good { self.text.read_at(at, into) } else { (self.then)()?.read_at(at, into) }
    }
}

#[test]
fn a_file_that_changes_or_goes_is_told() {
    let others: [fn() -> IoResult<Vec<u8>>; 3] =
        [|| Err(IoError::other("gone")), || Ok(Vec::new()), || Ok("企业名称,主营产品\n别的有限公司,光模块\n".repeat(9_999).into_bytes())];
    let chinese = encoding_rs::GB18030.encode(&list(400, 6).replacen('\u{feff}', "", 1)).0.into_owned();
    for (then, text) in others.iter().flat_map(|then| [(*then, list(400, 6).into_bytes()), (*then, chinese.clone())]) {
        // What is read once, to tell the encoding, may be of another file than all the rest.
        let mut good = 2;
        // However far the first reading comes.
        loop {
            let mut session = sitting();
            let source = Fickle { text: text.clone(), good: AtomicU64::new(good), then };
            match session.stream(source, &options(), &mut |_| true) {
                Ok(Some(roll)) => {
                    assert_eq!(roll.read(&[0]).expect_err("another file").code(), "UNREADABLE");
                    break;
                }
                Ok(None) => {}
                Err(error) => assert!(["UNREADABLE", "NO_ROWS", "NO_HEADER"].contains(&error.code()), "{error}"),
            }
            good += 1;
        }
        assert!(good > 2);
    }
    let mut session = sitting();
    let roll = session.stream(list(40, 6).into_bytes(), &options(), &mut |_| true).expect("reads").expect("delimited");
    assert_eq!(roll.read(&[9_999]).expect_err("no such row").code(), "BAD_ARGUMENT");
}
