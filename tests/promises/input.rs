//! Whatever file is dropped in, there is one clear answer.

use xiangma::{Intake, IntakeOptions, intake};

use super::data::shared;

fn read(text: &str) -> Result<Intake, xiangma::Error> {
    intake(text.as_bytes(), &IntakeOptions::new())
}

fn code(bytes: &[u8]) -> &'static str {
    intake(bytes, &IntakeOptions::new()).expect_err("an error").code()
}

#[test]
fn the_four_encodings_give_identical_enterprises() {
    let files = ["reg50_utf8.csv", "reg50_utf8_bom_crlf.csv", "reg50_gb18030.csv", "reg50_tab_utf16le.txt"];
    let Some(files) = files.iter().map(|f| shared(&format!("fixtures/{f}"))).collect::<Option<Vec<_>>>() else { return };
    let tables: Vec<Intake> = files.iter().map(|bytes| intake(bytes, &IntakeOptions::new()).expect("reads")).collect();
    assert!(tables.len() == 4 && tables[0].enterprises.len() == 50);
    for table in tables.windows(2) {
        for (a, b) in table[0].enterprises.iter().zip(&table[1].enterprises) {
            assert_eq!(a, b);
        }
        assert_eq!(table[0].enterprises.len(), table[1].enterprises.len());
    }
}

#[test]
fn every_real_row_is_read_or_named() {
    let mut rows = 0;
    for file in ["dev_kw.csv", "dev_rand.csv"] {
        let Some(bytes) = shared(&format!("enterprise_registration/{file}")) else { return };
        let report = intake(&bytes, &IntakeOptions::new()).expect("reads").report;
        assert_eq!(report.rows, report.read + report.merged + report.rejected_rows + report.other_rows, "{file}");
        rows += report.rows;
    }
    assert_eq!(rows, 17_165);
}

#[test]
fn hopeless_files_are_refused_with_a_code() {
    assert_eq!(code(b""), "EMPTY_FILE");
    assert_eq!(code(b" \r\n,,,\r\n"), "EMPTY_FILE");
    assert_eq!(code("企业名称,经营范围\n".as_bytes()), "NO_ROWS");
    assert_eq!(code("甲,乙\n丙,丁\n".as_bytes()), "NO_HEADER");
    assert_eq!(code(b"\x89PNG\r\n\x1a\n123"), "UNSUPPORTED_FORMAT");
    assert_eq!(code(b"<html><body>"), "UNSUPPORTED_FORMAT");
    assert_eq!(code(b"PK\x03\x04truncated"), "BAD_WORKBOOK");
    assert_eq!(code(b"[{\"name\": 1,]"), "BAD_JSON");
    let wide = format!("企业名称,{}\n甲\n", vec!["x"; 2_000].join(","));
    assert_eq!(code(wide.as_bytes()), "LIMIT");
    let long = format!("企业名称,经营范围\n甲,{}\n", "光".repeat(400_000));
    assert_eq!(code(long.as_bytes()), "LIMIT");
}

#[test]
fn repairs_are_reported() {
    let table = read("企业名称,经营范围\n\"甲公司,光学镜头制造\n乙公司,软件开发\n丙公司,销售\n").expect("reads");
    assert_eq!(table.report.repaired_quotes, [2]);
    assert_eq!(table.enterprises.len(), 3);

    let table = read("名单声明\n\n企业名称,统一社会信用代码,注册资本,注册资本,成立日期\n甲公司,9.13E+17,-5万元,3,#REF!\n").expect("reads");
    assert_eq!(table.report.header_row, 3);
    assert_eq!(table.report.columns[3].role, "duplicate");
    let example = |field: &str| table.report.values[field].examples.first().map(|e| e.reason.clone());
    assert_eq!(example("credit_code"), Some("lost_to_scientific_notation".to_owned()));
    assert_eq!(example("registered_capital"), Some("negative".to_owned()));
    assert_eq!(table.report.values["established"].missing, 1);

    let as_of = IntakeOptions::new().as_of(xiangma::Date::constant(2026, 1, 1));
    let table = intake("企业名称,成立日期\n甲公司,2030-01-01\n".as_bytes(), &as_of).expect("reads");
    assert_eq!(table.report.values["established"].examples[0].reason, "in_the_future");
}

#[test]
fn personal_data_stay_outside() {
    let table = read("企业名称,法定代表人,有效手机号,邮箱\n甲公司,张三,13800000000,a@b.cn\n").expect("reads");
    let kept = format!("{:?}", table.enterprises);
    assert!(!kept.contains("张三") && !kept.contains("138") && !kept.contains("a@b"));
    assert_eq!(table.report.columns.iter().filter(|c| c.role == "personal_dropped").count(), 3);
}

#[test]
fn duplicates_merge_into_the_fullest() {
    let code = "91350211M000100Y46";
    let table = read(&format!("企业名称,信用代码,参保人数,经营范围\n甲,{code},,光学镜头\n甲公司,{code},20,\n乙,,,\n")).expect("reads");
    assert_eq!((table.report.read, table.report.merged), (2, 1));
    assert_eq!(table.enterprises[0].staff, Some(20));
    assert_eq!(table.enterprises[0].scope.as_deref(), Some("光学镜头"));
}

#[test]
fn json_reads_like_a_table() {
    let json = r#"[{"企业名称":"甲公司","注册资本":"100万元"},{"企业名称":"乙公司","主营产品":["光模块","光器件"]}]"#;
    let lines = "{\"企业名称\":\"甲公司\",\"注册资本\":\"100万元\"}\n{\"企业名称\":\"乙公司\",\"主营产品\":[\"光模块\",\"光器件\"]}\n";
    let (a, b) = (read(json).expect("reads"), read(lines).expect("reads"));
    assert_eq!(a.enterprises, b.enterprises);
    assert_eq!(a.enterprises[1].products.len(), 2);
}

#[test]
fn mixed_encodings_are_read_and_counted() {
    let mut bytes = "企业名称,经营范围\n甲公司,光学镜头制造\n".as_bytes().to_vec();
    bytes.extend_from_slice(&[0xd2, 0xd2, 0xb9, 0xab, 0xcb, 0xbe, b',', b'x', b'\n']);
    let table = intake(&bytes, &IntakeOptions::new()).expect("reads");
    assert_eq!((table.enterprises[0].name.as_str(), table.enterprises[1].name.as_str()), ("甲公司", "乙公司"));
    assert!(table.report.encoding.contains("line by line"));
    assert_eq!(table.report.rows, 2);
}

#[test]
fn prefaces_of_every_length_are_passed_over() {
    for lines in 0..=10 {
        let preface = "数据来源：示例,,\n".repeat(lines);
        let table = read(&format!("{preface}公司名称,统一社会信用代码,经营范围（营业执照）\n甲公司,-,光学镜头制造\n")).expect("reads");
        assert_eq!(table.report.header_row as usize, lines + 1);
        assert_eq!(table.enterprises[0].scope.as_deref(), Some("光学镜头制造"));
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 30, failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_row_is_found_by_its_number_in_the_file(rows in proptest::collection::vec(0_u8..4, 1..60), asked in 0_u32..80) {
        // Blank lines and rows without a name leave gaps in the numbers; equal codes are merged.
        let line = |(i, kind): (usize, &u8)| match kind {
            0 => "\n".to_owned(),
            1 => ",钢材\n".to_owned(),
            _ => format!("企业{i}有限公司,光模块\n"),
        };
        let file: String = std::iter::once("企业名称,主营产品\n始末有限公司,钢材\n".to_owned()).chain(rows.iter().enumerate().map(line)).collect();
        let mut session = xiangma::Session::new(xiangma::Date::constant(2026, 11, 1)).expect("builds");
        session.load_candidates(file.as_bytes()).expect("reads");
        proptest::prop_assert_eq!(session.row_at(asked), session.candidates().iter().position(|e| e.row == asked));
    }
}
