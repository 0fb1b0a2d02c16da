//! A table in memory is read as the file of it is, whole or in parts.

use proptest::prelude::*;
use xiangma::{CellReader, Cells, Enterprise, Intake, IntakeOptions, intake, merge};

use super::data::own;
use super::shards::WARES;

const HEADINGS: [&str; 7] = ["企业名称", "统一社会信用代码", "主营产品", "注册资本", "参保人数", "所属省份", "负责人手机"];

/// So many rows; some are of an enterprise above, by its name or by its code.
fn table(rows: usize, seed: u64) -> Vec<Vec<String>> {
    let mut state = seed | 1;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let codes = ["91110000802100433B", "91310000631230126P", ""];
    (0..rows)
        .map(|row| {
            let who = if next(6) == 0 { next(row as u64 + 1) } else { row as u64 };
            let code = if next(9) == 0 { codes[next(3) as usize] } else { "" };
            let (name, ware) = (format!("第{who}示例科技有限公司"), WARES[next(8) as usize].to_owned());
            let (capital, staff) = (format!("{}万元", next(9_000)), next(900).to_string());
            let province = ["江苏", "浙江", ""][next(3) as usize].to_owned();
            vec![name, code.to_owned(), ware, capital, staff, province, format!("138{:08}", next(100_000_000))]
        })
        .collect()
}

fn file(rows: &[Vec<String>]) -> Vec<u8> {
    let lines = rows.iter().map(|row| row.join(","));
    std::iter::once(HEADINGS.join(",")).chain(lines).collect::<Vec<_>>().join("\n").into_bytes()
}

fn reader() -> CellReader {
    CellReader::new(HEADINGS, &IntakeOptions::new())
}

fn read(rows: &dyn Cells) -> Intake {
    reader().read(rows).expect("reads")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_table_is_read_as_its_file_is(rows in 1_usize..3_000, seed in any::<u64>()) {
        let rows = table(rows, seed);
        let (one, other) = (read(&rows), intake(&file(&rows), &IntakeOptions::new()).expect("reads"));
        prop_assert_eq!(&one.enterprises, &other.enterprises);
        prop_assert_eq!(&one.report.merges, &other.report.merges);
        prop_assert_eq!(&one.report.columns, &other.report.columns);
        prop_assert!(one.report.adds_up());
    }

    /// Each row by itself, in parts of any size, then joined: as the whole.
    #[test]
    fn parts_that_are_joined_are_the_whole(rows in 1_usize..900, size in 1_usize..400, seed in any::<u64>()) {
        let rows = table(rows, seed);
        let sample: Vec<Vec<String>> = rows.iter().take(CellReader::SAMPLE).cloned().collect();
        let reader = reader().sample(sample);
        let mut all: Vec<Enterprise> = Vec::new();
        for part in rows.chunks(size) {
            let before = all.len() as u32;
            let its = reader.read_apart(&part.to_vec()).expect("reads").enterprises;
            prop_assert_eq!(its.len(), part.len());
            all.extend(its.into_iter().map(|e| Enterprise { row: e.row + before, ..e }));
        }
        let (whole, joined) = (read(&rows), merge(all));
        prop_assert_eq!(whole.enterprises, joined.enterprises);
        prop_assert_eq!(whole.report.merges, joined.report.merges);
    }
}

#[test]
fn the_first_rows_decide_for_all_parts() {
    // By itself a part of it would be read otherwise: the codes stand in a column of no name, far down.
    let row = |name: &str, cell: &str| vec![name.to_owned(), cell.to_owned()];
    let head = vec![row("甲示例有限公司", "91110000802100433B"), row("乙示例有限公司", "91310000631230126P")];
    let tail = vec![row("丙示例有限公司", "待办"), row("丁示例有限公司", "")];
    let plain = CellReader::new(["企业名称", "编码"], &IntakeOptions::new());
    let told = plain.clone().sample(head.clone());
    assert_eq!(told.read(&head).expect("reads").enterprises, plain.read(&head).expect("reads").enterprises);
    assert_eq!(plain.read(&tail).expect("reads").extra_columns, ["编码"]);
    assert!(told.read(&tail).expect("reads").extra_columns.is_empty());
    assert_eq!(told.read(&Vec::new()).expect("reads").enterprises.len(), 0);
    assert_eq!(plain.read(&Vec::new()).unwrap_err().code(), "NO_ROWS");
}

/// In a table of parts, what stands above a row is chance.
#[test]
fn rows_apart_depend_on_nothing_above_them() {
    let row = |cells: [&str; 2]| cells.map(str::to_owned).to_vec();
    let rows = vec![row(["一、光电企业", ""]), row(["甲示例有限公司", "光模块"]), row(["", "光芯片"]), row(["合计", "2"])];
    let reader = CellReader::new(["企业名称", "主营产品"], &IntakeOptions::new());
    let (joined, apart) = (reader.read(&rows).expect("reads"), reader.read_apart(&rows).expect("reads"));
    assert_eq!((joined.enterprises[0].products.len(), joined.enterprises[0].tags.len()), (2, 1));
    assert_eq!((apart.enterprises[0].products.len(), apart.enterprises[0].tags.len()), (1, 0));
    assert_eq!((apart.report.other_rows, apart.report.rejected_rows), (2, 1));
    assert!(apart.report.adds_up());
}

#[test]
fn limits_hold_and_personal_cells_are_dropped() {
    let cells = vec![vec!["甲示例有限公司".to_owned(), "光".repeat(200)]];
    let limited = |options: IntakeOptions| CellReader::new(["企业名称", "经营范围"], &options).read(&cells).map(|t| t.enterprises.len());
    assert_eq!(limited(IntakeOptions::new()), Ok(1));
    for options in [IntakeOptions::new().max_cell_bytes(599), IntakeOptions::new().max_columns(1), IntakeOptions::new().max_rows(1)] {
        assert_eq!(limited(options).unwrap_err().code(), "LIMIT");
    }
    let rows = table(9, 1);
    assert_eq!(read(&rows).report.columns[6].role, "personal_dropped");
    assert_eq!(Cells::rows(&rows), 9);
}

#[test]
fn the_sample_is_one_table_in_a_file_and_in_memory() {
    let text = own("sample_candidates.csv");
    let rows: Vec<Vec<String>> = text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect();
    let from_file = intake(text.as_bytes(), &IntakeOptions::new()).expect("reads");
    let from_memory = CellReader::new(rows[1].clone(), &IntakeOptions::new()).read(&rows[2..].to_vec()).expect("reads");
    assert_eq!(from_file.enterprises.len(), from_memory.enterprises.len());
    for (one, other) in from_file.enterprises.into_iter().zip(from_memory.enterprises) {
        // The file has a line above its header.
        assert_eq!(Enterprise { row: 0, ..one }, Enterprise { row: 0, ..other });
    }
}
