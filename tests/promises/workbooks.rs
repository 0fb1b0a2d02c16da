//! Workbooks: read cell by cell, never past a limit.

use std::io::{Cursor, Write};

use rust_xlsxwriter::Workbook;
use xiangma::{IntakeOptions, intake};
use zip::write::SimpleFileOptions;

fn code(bytes: &[u8]) -> &'static str {
    intake(bytes, &IntakeOptions::new()).expect_err("an error").code()
}

/// A workbook with a cover sheet, a preface and typed cells.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().set_name("说明").expect("a name").write_string(0, 0, "本表由数据服务导出").expect("a cell");
    let sheet = book.add_worksheet().set_name("企业").expect("a name");
    sheet.write_string(0, 0, "声明：仅供参考").expect("a cell");
    for (column, title) in ["企业名称", "成立日期", "注册资本(万元)", "参保人数", "经营范围", "电话"].into_iter().enumerate()
    {
        sheet.write_string(2, column as u16, title).expect("a cell");
    }
    sheet.write_string(3, 0, "示例光学有限公司").expect("a cell");
    sheet.write_number(3, 1, 43_831.0).expect("a cell");
    sheet.write_number(3, 2, 500.0).expect("a cell");
    sheet.write_number(3, 3, 42.0).expect("a cell");
    sheet.write_string(3, 4, "光学镜头制造").expect("a cell");
    sheet.write_string(3, 5, "13800000000").expect("a cell");
    book.save_to_buffer().expect("a workbook")
}

/// A zip with the parts of a minimal workbook and a given sheet.
fn zipped(sheet: &mut dyn FnMut(&mut dyn Write)) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let parts = [
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
        ),
        (
            "_rels/.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
    ];
    for (name, text) in parts {
        zip.start_file(name, SimpleFileOptions::default()).expect("a part");
        zip.write_all(text.as_bytes()).expect("text");
    }
    zip.start_file("xl/worksheets/sheet1.xml", SimpleFileOptions::default()).expect("a part");
    sheet(&mut zip);
    zip.finish().expect("a zip").into_inner()
}

const HEAD: &[u8] = br#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>"#;
const FOOT: &[u8] = b"</sheetData></worksheet>";

#[test]
fn the_sheet_with_a_header_is_found_and_typed_cells_are_read() {
    let table = intake(&workbook(), &IntakeOptions::new()).expect("reads");
    assert_eq!((table.report.sheet.as_deref(), table.report.header_row), (Some("企业"), 3));
    let e = &table.enterprises[0];
    assert_eq!((e.row, e.staff), (4, Some(42)));
    assert_eq!(e.established, Some(xiangma::Date::constant(2020, 1, 1)));
    assert_eq!(e.registered_capital.map(|m| m.amount), Some(5e6));
}

#[test]
fn damaged_workbooks_are_refused() {
    let whole = workbook();
    assert_eq!(code(&whole[..whole.len() / 2]), "BAD_WORKBOOK");
    let mut broken = whole.clone();
    let middle = broken.len() / 3;
    broken[middle..middle + 64].fill(0xff);
    // Either part may be the one that is hit; what matters is one clear answer.
    if let Err(error) = intake(&broken, &IntakeOptions::new()) {
        assert!(error.is_input(), "{error}");
    }
}

#[test]
fn a_zip_bomb_stops_at_the_limit() {
    let bomb = zipped(&mut |w| {
        w.write_all(HEAD).expect("text");
        let blank = vec![b' '; 1 << 20];
        (0..64).for_each(|_| w.write_all(&blank).expect("text"));
        w.write_all(FOOT).expect("text");
    });
    assert!(bomb.len() < 1 << 20);
    let error = intake(&bomb, &IntakeOptions::new().max_expanded_bytes(16 << 20)).expect_err("a limit");
    assert!(error.is_limit(), "{error}");
}

#[test]
fn millions_of_empty_cells_cost_nothing() {
    let empty = zipped(&mut |w| {
        w.write_all(HEAD).expect("text");
        for row in 1..=10_000 {
            let cells = "<c/>".repeat(1_000);
            write!(w, "<row r=\"{row}\">{cells}</row>").expect("text");
        }
        w.write_all(FOOT).expect("text");
    });
    let error = intake(&empty, &IntakeOptions::new()).expect_err("nothing in it");
    assert!(error.is_input() || error.is_limit(), "{error}");
    // One cell at the far corner does not lay out what lies between.
    let far = zipped(&mut |w| {
        w.write_all(HEAD).expect("text");
        w.write_all(br#"<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>"#).expect("text");
        w.write_all(FOOT).expect("text");
    });
    assert!(intake(&far, &IntakeOptions::new()).expect_err("a limit").is_limit());
}
