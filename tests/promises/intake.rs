//! Headings and cells are read by their grammar, whatever list they come from: the cases are data.

use serde_json::{Value, json};
use xiangma::{Date, Field, Intake, IntakeOptions, intake, preview};

use super::data::own;

fn options() -> IntakeOptions {
    IntakeOptions::new().as_of(Date::constant(2026, 11, 1))
}

fn read(text: &str) -> Intake {
    intake(text.as_bytes(), &options()).unwrap_or_else(|e| panic!("{e}: {text}"))
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

fn cases(file: &str) -> Vec<Value> {
    own(file).lines().map(|line| serde_json::from_str(line).expect("a case")).collect()
}

fn text<'c>(case: &'c Value, key: &str) -> &'c str {
    case[key].as_str().unwrap_or("")
}

#[test]
fn headings_are_read_by_their_grammar() {
    let mut wrong = Vec::new();
    let cases = cases("intake/headings.jsonl");
    for case in &cases {
        let (heading, wanted) = (text(case, "heading"), text(case, "as"));
        let names = matches!(wanted, "name" | "asked_name");
        let cell = if wanted == "credit_code" { "91350211M000100Y46" } else { "12" };
        let file = if names {
            format!("序号,{},主营产品\n1,示例光电有限公司,光学镜头\n", quoted(heading))
        } else {
            format!("企业名称,{}\n示例光电有限公司,{cell}\n", quoted(heading))
        };
        match intake(file.as_bytes(), &options()) {
            Ok(table) if table.report.columns[1].role == wanted => {}
            Ok(table) => wrong.push(format!("{heading}: {} and not {wanted}", table.report.columns[1].role)),
            Err(e) => wrong.push(format!("{heading}: {e}")),
        }
    }
    assert!(cases.len() >= 400);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn values_are_read_by_their_grammar() {
    let mut wrong = Vec::new();
    let cases = cases("intake/values.jsonl");
    for case in &cases {
        let (heading, cell) = (text(case, "heading"), text(case, "cell"));
        let file = format!("企业名称,{},经营范围\n示例光电有限公司,{},光学镜头制造\n", quoted(heading), quoted(cell));
        let table = read(&file);
        let enterprise = serde_json::to_value(&table.enterprises[0]).expect("serialises");
        let field = text(case, "field");
        let found = match field {
            "region" => json!({ "province": enterprise["region"]["province"], "city": enterprise["region"]["city"],
                "county": enterprise["region"]["county"] }),
            field => enterprise[field].clone(),
        };
        let same = found == case["value"]
            || matches!((found["amount"].as_f64(), case["value"]["amount"].as_f64()), (Some(a), Some(b))
            if (a - b).abs() <= b * 1e-12 && found["currency"] == case["value"]["currency"]);
        if !same {
            wrong.push(format!("{heading} {cell:?}: {found} and not {}", case["value"]));
        }
    }
    assert!(cases.len() >= 1_500);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

#[test]
fn what_is_not_understood_is_counted() {
    for case in cases("intake/values.jsonl").iter().filter(|c| c["value"].is_null() && text(c, "field") != "region") {
        let (heading, cell, field) = (text(case, "heading"), text(case, "cell"), text(case, "field"));
        let table = read(&format!("企业名称,{},经营范围\n示例光电有限公司,{},光学镜头制造\n", quoted(heading), quoted(cell)));
        // Titles under 专利 are titles, bands of staff under 企业规模 are staff, and zero is what it is.
        let counts = table.report.values.values().map(|v| v.understood + v.missing + v.not_understood).sum::<u64>();
        assert!(counts >= 2, "{heading} {cell:?} is in no count of {field}");
    }
}

#[test]
fn the_best_of_several_columns_is_taken_and_the_others_fill_its_gaps() {
    let code = "91350211M000100Y46";
    let table = read(&format!("ID,企业名称,统一社会信用代码\n1,示例甲有限公司,{code}\n2,示例乙有限公司,\n3,示例甲有限公司,{code}\n"));
    assert_eq!((table.report.read, table.report.merged), (2, 1));
    let table = read("名称,企业名称,经营范围\n项目一,示例甲有限公司,光学镜头\n项目二,示例乙有限公司,光纤\n");
    assert_eq!(table.enterprises[0].name, "示例甲有限公司");
    let table = read("企业名称,状态,经营状态\n示例甲有限公司,已联系,注销\n");
    assert_eq!(table.enterprises[0].status.map(xiangma::Status::as_str), Some("deregistered"));
    let table = read("企业名称,产品,主营产品\n示例甲有限公司,其他,光模块\n示例乙有限公司,光纤,\n");
    assert_eq!(table.enterprises[0].products[0].name, "光模块");
    assert_eq!(table.enterprises[1].products[0].name, "光纤");
    let table = read("企业名称,2021年营业收入（万元）,2023年营业收入（万元）,2022年营业收入（万元）\n示例甲有限公司,100,300,200\n");
    assert_eq!(table.enterprises[0].revenue.map(|m| m.amount), Some(3_000_000.0));
}

#[test]
fn personal_data_stay_outside_whatever_their_heading() {
    let file = "企业名称,谁,怎么找,另一列,再一列,备忘,经营范围,企业简介\n\
        示例甲有限公司,张三丰,13800000001,a@b.cn,11010519900307123X,王五 13900000009,光学镜头,热线 13712345678 邮箱 x.y@z.com\n\
        示例乙有限公司,李四光,138-0000-0002,c@d.com,110105199003071248,无,光纤,无\n\
        示例丙有限公司,欧阳锋,+86 13800000003,e@f.org,110105199003071256,已对接,激光器,无\n";
    let table = read(file);
    let kept = format!("{:?}{}", table.enterprises, serde_json::to_string(&table.report).expect("serialises"));
    for leak in ["张三丰", "李四光", "欧阳锋", "1380000", "138-0000", "@", "19900307", "13900000009", "13712345678"] {
        assert!(!kept.contains(leak), "{leak} is kept: {kept}");
    }
    assert_eq!(table.report.columns.iter().filter(|c| c.role == "personal_dropped").count(), 4);
    assert!(table.report.personal_cells >= 1);
    // People who hold shares are people; firms and funds who do are a way to a firm.
    let table = read("企业名称,股东\n示例甲有限公司,张三、示例产业基金合伙企业、李四（30%）\n");
    assert_eq!(table.enterprises[0].shareholders.as_deref(), Some("示例产业基金合伙企业"));
}

#[test]
fn rows_that_are_no_enterprises_are_named_and_not_ranked() {
    let file = "企业名称,统一社会信用代码,主营产品\n必填，填写营业执照全称,18位,多个产品用顿号分隔\n一、新材料产业,,\n示例甲材料有限公司,,碳纤维\n\
        小计,1,\n企业名称,统一社会信用代码,主营产品\n（二）光电产业（2家）,,\n1、示例乙光电有限公司,,光学镜头\n示例丙光电有限公司,,光纤\n合计：3家,,\n\
        注：以上企业按产业排序,,\n数据来源:示例,,\n制表人：某甲   审核人：某乙,,\n第1页 共1页,,\n";
    let table = read(file);
    let names: Vec<&str> = table.enterprises.iter().map(|e| e.name.as_str()).collect();
    assert_eq!(names, ["示例甲材料有限公司", "示例乙光电有限公司", "示例丙光电有限公司"]);
    assert_eq!(table.enterprises[0].tags, ["新材料产业"]);
    assert_eq!(table.enterprises[2].tags, ["光电产业"]);
    assert!(table.report.adds_up(), "{:?}", table.report);
    let reasons: Vec<&str> = table.report.others.iter().map(|o| o.reason.as_str()).collect();
    assert_eq!(
        reasons,
        ["instruction", "section", "total", "header_again", "section", "total", "note", "note", "note", "note"],
        "{:?}",
        table.report.others
    );
}

#[test]
fn a_firm_over_several_rows_is_one_with_its_products() {
    let table = read("序号,企业名称,主营产品,注册资本\n1,示例甲有限公司,光模块,500万元\n,,光器件,\n,,激光器,\n2,示例乙有限公司,光纤,\n");
    let products: Vec<&str> = table.enterprises[0].products.iter().map(|p| p.name.as_str()).collect();
    assert_eq!(products, ["光模块", "光器件", "激光器"]);
    assert_eq!((table.report.read, table.report.merged, table.report.rejected_rows), (2, 2, 0));
}

#[test]
fn one_enterprise_is_one_by_code_or_by_name_and_two_names_are_told() {
    let code = "91350211M000100Y46";
    let table = read(&format!(
        "企业名称,信用代码,所属省份,参保人数\n示例（苏州）光电有限责任公司,,江苏,\n示例(苏州)光电有限公司,,江苏省,20\n示例甲有限公司,{code},,\n旧名称有限公司,{code},,\n示例同名有限公司,,江苏,\n示例同名有限公司,,浙江,\n"
    ));
    assert_eq!((table.report.read, table.report.merged), (4, 2));
    assert_eq!(table.enterprises[0].staff, Some(20));
    assert_eq!(table.report.merges[1].name.as_deref(), Some("旧名称有限公司"));
    assert_eq!(table.enterprises[1].former_name.as_deref(), Some("旧名称有限公司"));
    assert_ne!(table.enterprises[2].key(), table.enterprises[3].key());
    assert!(table.report.adds_up());
}

#[test]
fn the_caller_may_know_a_heading_better() {
    let file = "客商,干什么的,编号x\n示例甲有限公司,光学镜头制造,7\n";
    assert_eq!(intake(file.as_bytes(), &options()).expect_err("no name").code(), "NO_HEADER");
    let seen = preview(file.as_bytes(), &options()).expect("a look");
    assert_eq!(seen.sheets[0].columns[0].examples, ["示例甲有限公司"]);
    let mapped = options().map("客商", Field::Name).map("干什么的", "main_business".parse().expect("a field"));
    let table = intake(file.as_bytes(), &mapped).expect("reads");
    assert_eq!(table.enterprises[0].main_business.as_deref(), Some("光学镜头制造"));
    assert_eq!("no_such".parse::<Field>().expect_err("none").code(), "BAD_ARGUMENT");
    for field in Field::ALL.into_iter().filter(|f| f.as_str() != "industry") {
        assert_eq!(field.as_str().parse::<Field>().expect("itself"), field);
    }
}

#[test]
fn text_of_any_separator_quoting_and_line_break() {
    for separator in [",", ";", "\t", "|", "^", "~", "\u{1}", "\u{1f}"] {
        for line in ["\n", "\r\n", "\r"] {
            let row = |cells: [&str; 3]| cells.join(separator) + line;
            let file = row(["企业名称", "注册资本", "经营范围"])
                + &row(["示例甲有限公司", "500万元", "光学镜头制造"])
                + &row(["示例乙有限公司", "-", "光纤"]);
            let table = read(&file);
            assert_eq!(table.report.read, 2, "{separator:?} {line:?}");
            assert_eq!(table.enterprises[0].scope.as_deref(), Some("光学镜头制造"), "{separator:?} {line:?}");
        }
    }
    // A cell of three hundred quoted lines, some with separators in them.
    let long = (0..300).fold(String::new(), |long, i| long + &format!("第{i}项，光学镜头\n"));
    let table = read(&format!("企业名称,经营范围,所属城市\n示例甲有限公司,\"{long}\",苏州\n示例乙有限公司,光纤,南京\n"));
    assert_eq!(table.report.read, 2);
    assert_eq!(table.enterprises[0].region.city.as_deref(), Some("苏州"));
    // Quotes escaped by a backslash, doubled, and torn.
    let table = read("\"企业名称\",\"主营业务\",\"所属城市\"\n\"示例甲有限公司\",\"主营\\\"光模块\\\",光器件\",\"苏州\"\n");
    assert_eq!(table.enterprises[0].main_business.as_deref(), Some("主营\"光模块\",光器件"));
    let table = read("企业名称,主营业务\n示例甲有限公司,\"生产\"\"甲\"\"牌镜头\"\n\"示例乙有限公司,光纤\n示例丙有限公司,激光器\n");
    assert_eq!(table.enterprises[0].main_business.as_deref(), Some("生产\"甲\"牌镜头"));
    assert_eq!((table.report.read, table.report.repaired_quotes.as_slice()), (3, &[3][..]));
}

#[test]
fn json_of_any_envelope() {
    let row = r#"{"企业名称":"示例甲有限公司","注册资本":"100万元"}"#;
    let files = [
        format!("[{row}]"),
        format!("\u{feff}[{row},]"),
        row.to_owned(),
        format!("{row}\n{}", row.replace('甲', "乙")),
        format!(r#"{{"Status":"200","Result":{row}}}"#),
        format!(r#"{{"result":{{"total":1,"items":[{row}]}}}}"#),
        format!(r#"{{"code":200,"data":{{"data":[{row}]}}}}"#),
        format!(r#"{{"errors":[],"rows":[{row}]}}"#),
        format!(r#"{{"rows":[{row}],"errors":[{{"code":1}}]}}"#),
        r#"{"columns":["企业名称","注册资本"],"data":[["示例甲有限公司","100万元"]]}"#.to_owned(),
        r#"{"data":[["示例甲有限公司","100万元"]],"columns":["企业名称","注册资本"]}"#.to_owned(),
        r#"[["企业名称","注册资本"],["示例甲有限公司","100万元"]]"#.to_owned(),
        r#"{"企业名称":["示例甲有限公司"],"注册资本":["100万元"]}"#.to_owned(),
        r#"{"企业名称":{"0":"示例甲有限公司"},"注册资本":{"0":"100万元"}}"#.to_owned(),
        format!(r#"[{{"x":NaN,"y":Infinity,"z":None,{}]"#, &row[1..]),
        r#"[{"company":{"name":"示例甲有限公司","regCapital":"100万元"}}]"#.to_owned(),
    ];
    for file in &files {
        let table = read(file);
        assert_eq!(table.enterprises[0].name, "示例甲有限公司", "{file}");
        assert_eq!(table.enterprises[0].registered_capital.map(|m| m.amount), Some(1e6), "{file}");
        assert!(table.report.adds_up(), "{file}");
    }
    for file in ["[{\"企业名称\": 1,]x", "{\"a\":", "[{\"企业名称\":\"甲\"}", "[tru]", "{\"a\":1}", "[1,2]"] {
        let error = intake(file.as_bytes(), &options()).expect_err(file);
        assert!(matches!(error.code(), "BAD_JSON" | "NO_HEADER" | "EMPTY_FILE"), "{file}: {error}");
    }
}

#[test]
fn markup_named_xls() {
    let page = "<html><head><style>td{x:y}</style></head><body><table><tr><th>企业名称</th><th>经营范围</th></tr>\
        <tr><td rowspan=2>示例A&amp;B有限公司</td><td>光学镜头制造；<br>光纤</td></tr><tr><td>激光器</td></tr></table></body></html>";
    let table = read(page);
    assert_eq!((table.enterprises.len(), table.enterprises[0].name.as_str()), (1, "示例A&B有限公司"));
    assert_eq!(table.report.merged, 1);
    let xml = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" \
        xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"企业\"><Table><Row><Cell><Data ss:Type=\"String\">企业名称</Data></Cell>\
        <Cell ss:Index=\"3\"><Data ss:Type=\"String\">注册资本(万元)</Data></Cell></Row><Row><Cell><Data ss:Type=\"String\">示例甲有限公司</Data></Cell>\
        <Cell ss:Index=\"3\"><Data ss:Type=\"Number\">500</Data></Cell></Row></Table></Worksheet></Workbook>";
    assert_eq!(read(xml).enterprises[0].registered_capital.map(|m| m.amount), Some(5e6));
    assert_eq!(intake(b"<html><body>none</body></html>", &options()).expect_err("no table").code(), "UNSUPPORTED_FORMAT");
}

#[test]
fn encodings_with_and_without_marks() {
    let text = "企业名称,经营范围\n示例光电科技有限公司,光学镜头制造\n示例乙有限公司,光纤制造\n";
    let wide = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    for bytes in
        [wide(u16::to_le_bytes), wide(u16::to_be_bytes), text.as_bytes().to_vec(), encoding_rs::GB18030.encode(text).0.into_owned()]
    {
        let table = intake(&bytes, &options()).expect("reads");
        assert_eq!(table.enterprises[1].name, "示例乙有限公司", "{}", table.report.encoding);
    }
    let mut mixed = encoding_rs::GB18030.encode("企业名称,经营范围\n示例甲有限公司,光学镜头制造\n示例乙有限公司,光纤\n").0.into_owned();
    mixed.extend("示例丙有限公司,激光器制造\n示例丁有限公司,棱镜\n示例戊有限公司,滤光片\n".as_bytes());
    let table = intake(&mixed, &options()).expect("reads");
    assert_eq!(
        table.enterprises.iter().map(|e| e.name.as_str()).collect::<Vec<_>>().join("|"),
        "示例甲有限公司|示例乙有限公司|示例丙有限公司|示例丁有限公司|示例戊有限公司"
    );
}

#[test]
#[cfg(feature = "xlsx")]
fn big5_is_told_from_gb18030() {
    let text = "企業名稱,登記狀態,註冊資本,所屬省份,聯絡人,備忘,主要產品\n示例光電股份有限公司,核准設立,新臺幣1000萬元,臺灣省,陳某某,洽談中,光學鏡頭、光纖\n\
        示例精密工業有限公司,停業,500萬美元,香港,黃某某,待訪,雷射器\n";
    let big5 = encoding_rs::BIG5.encode(text);
    assert!(!big5.2);
    let table = intake(&big5.0, &options()).expect("reads");
    assert_eq!((table.report.encoding.as_str(), table.enterprises[0].name.as_str()), ("Big5", "示例光電股份有限公司"));
    assert_eq!(table.enterprises[0].registered_capital.map(|m| (m.amount, m.currency)), Some((1e7, xiangma::Currency::TWD)));
    assert_eq!(table.enterprises[1].status.map(xiangma::Status::as_str), Some("suspended"));
    assert!(!format!("{table:?}").contains("陳某某"));
    // The same characters in GB18030, which has them all, and every text there is at hand.
    let mut texts = vec![text.to_owned(), own("sample_candidates.csv"), own("sample_residents.csv"), own("near_misses.csv")];
    for file in ["enterprise_registration/dev_kw.csv", "enterprise_registration/dev_rand.csv"] {
        texts.extend(super::data::shared(file).map(|bytes| String::from_utf8(bytes).expect("UTF-8")));
    }
    // Every case of a value as a file: they are short, and the shorter a file the harder it is to tell.
    let row =
        |case: &Value| format!("企业名称,{}\n示例光电有限公司,{}\n", quoted(self::text(case, "heading")), quoted(self::text(case, "cell")));
    texts.extend(cases("intake/values.jsonl").iter().map(row));
    for text in &texts {
        let bytes = encoding_rs::GB18030.encode(text).0;
        if std::str::from_utf8(&bytes).is_ok() {
            continue;
        }
        let table = intake(&bytes, &options()).unwrap_or_else(|e| panic!("{e}: {text}"));
        assert_eq!(table.report.encoding, "gb18030", "{}", text.chars().take(200).collect::<String>());
    }
}

/// A table as it is exported.
fn exported(table: &Intake) -> String {
    let row = |cells: &[String]| cells.iter().map(|c| quoted(c)).collect::<Vec<_>>().join(",") + "\n";
    table.enterprises.iter().fold(xiangma::Enterprise::COLUMNS.join(",") + "\n", |file, e| file + &row(&e.cells()))
}

#[test]
fn an_exported_list_imports_into_itself() {
    let samples = [own("sample_candidates.csv"), own("sample_residents.csv")];
    let cases = cases("intake/values.jsonl");
    // Every case of a value, a row each under its heading.
    let rows = cases
        .iter()
        .enumerate()
        .map(|(i, case)| format!("企业名称,{}\n示例第{i}光电有限公司,{}\n", quoted(text(case, "heading")), quoted(text(case, "cell"))));
    for file in samples.into_iter().chain(rows) {
        let mut before = read(&file);
        let mut after = read(&exported(&before));
        for e in before.enterprises.iter_mut().chain(&mut after.enterprises) {
            (e.row, e.extra) = (0, Vec::new());
        }
        assert_eq!(before.enterprises, after.enterprises, "{file}");
        assert_eq!(after.report.merged + after.report.rejected_rows + after.report.other_rows, 0, "{file}");
    }
}

#[test]
#[cfg(feature = "xlsx")]
fn the_layouts_that_teams_have_are_read_right() {
    let files = super::data::layouts();
    let expected = cases("intake/layouts.jsonl");
    assert_eq!(files.len(), expected.len());
    for case in expected {
        let name = text(&case, "file");
        let (_, bytes) = files.iter().find(|(file, _)| file == name).unwrap_or_else(|| panic!("{name} is not there"));
        let table = intake(bytes, &options()).unwrap_or_else(|e| panic!("{name}: {e}"));
        let names: Vec<&str> = table.enterprises.iter().map(|e| e.name.as_str()).collect();
        assert_eq!(json!(names), case["names"], "{name}");
        for fact in case["facts"].as_array().expect("facts") {
            let e = table.enterprises.iter().find(|e| fact[0] == e.name.as_str()).expect("the enterprise");
            let all = serde_json::to_value(e).expect("serialises");
            assert_eq!(all.pointer(fact[1].as_str().expect("a place")), Some(&fact[2]), "{name}: {fact}");
        }
        let kept = format!("{:?}{:?}", table.enterprises, table.report);
        assert!(!["某某", "13800000000", "a@example"].iter().any(|p| kept.contains(p)), "{name} keeps personal data: {kept}");
    }
}

#[test]
#[cfg(feature = "xlsx")]
fn every_row_of_every_file_is_accounted_for() {
    let mut files = 0;
    for (name, bytes) in super::data::layouts() {
        let table = intake(&bytes, &options()).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(table.report.adds_up(), "{name}: {:?}", table.report);
        let sheets: u64 = table.report.sheets.iter().map(|s| s.rows).sum();
        assert!(table.report.sheets.is_empty() || sheets == table.report.rows, "{name}");
        files += 1;
    }
    assert!(files >= 6);
}
