//! Workbooks that are sound as a zip and anything as a workbook, and old ones whose records are anything.

use std::io::Write;

use super::cursor::Cursor;

/// Parts of a workbook: each as it should be, or what the input says.
pub(super) fn new_kind(cursor: &mut Cursor<'_>) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let tabs = 1 + cursor.below(3);
    let mut part = |name: &str, text: &str| {
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file(name, options).expect("a part");
        zip.write_all(text.as_bytes()).expect("written");
    };
    let sheets: String = (0..tabs)
        .map(|n| {
            format!(
                "<sheet name=\"{}\" sheetId=\"{n}\" r:id=\"r{n}\"{}/>",
                escaped(&cursor.text()),
                cursor.pick(&["", "", " state=\"hidden\""])
            )
        })
        .collect();
    let date = cursor.pick(&["", "<workbookPr date1904=\"1\"/>", "<workbookPr date1904=\"true\"/>"]);
    part("xl/workbook.xml", &format!("<workbook xmlns:r=\"r\">{date}<sheets>{sheets}</sheets></workbook>"));
    let links: String = (0..tabs)
        .map(|n| {
            format!(
                "<Relationship Id=\"r{n}\" Target=\"{}worksheets/sheet{n}.xml\"/>",
                if cursor.below(6) < 5 { "" } else { cursor.pick(&["/xl/", "../"]) }
            )
        })
        .collect();
    part("xl/_rels/workbook.xml.rels", &format!("<Relationships>{links}</Relationships>"));
    let strings: String = (0..4 + cursor.below(6)).map(|_| item(cursor)).collect();
    let count = figure(cursor);
    part("xl/sharedStrings.xml", &format!("<sst uniqueCount=\"{count}\">{strings}</sst>"));
    let formats: String = (0..cursor.below(4))
        .map(|n| {
            format!(
                "<numFmt numFmtId=\"{}\" formatCode=\"{}\"/>",
                164 + n,
                escaped(cursor.pick(&["yyyy-mm-dd", "0.00", "yyyy\"年\"m\"月\"", "[h]:mm", ";;;", "\"\\"]))
            )
        })
        .collect();
    let looks: String = (0..cursor.below(4))
        .map(|_| format!("<xf numFmtId=\"{}\"/>", cursor.pick(&["0", "14", "164", "165", "57", "99999999999"])))
        .collect();
    part("xl/styles.xml", &format!("<styleSheet><numFmts>{formats}</numFmts><cellXfs>{looks}</cellXfs></styleSheet>"));
    for n in 0..tabs {
        // A table that can be read, most of the time, before what comes.
        let head = if cursor.below(6) == 5 { "" } else { HEAD };
        let rows: String = (0..cursor.below(8)).map(|_| row(cursor)).collect();
        let rows = format!("{head}{rows}");
        let merged = if cursor.flag() {
            format!("<mergeCells><mergeCell ref=\"{}:{}\"/></mergeCells>", place(cursor), place(cursor))
        } else {
            String::new()
        };
        let head = cursor.pick(&["", "<dimension ref=\"A1:C3\"/>", "<dimension ref=\"XFD1048576:A1\"/>", "<dimension ref=\"A1\"/>"]);
        let tail = if cursor.below(6) < 5 { "</worksheet>" } else { cursor.pick(&["", "</sheetData>", "<sheetData><row><c><v>1"]) };
        part(&format!("xl/worksheets/sheet{n}.xml"), &format!("<worksheet>{head}<sheetData>{rows}</sheetData>{merged}{tail}"));
    }
    let mut bytes = zip.finish().expect("a zip").into_inner();
    // Now and then the file itself is broken as well.
    for _ in 0..cursor.below(8).saturating_sub(5) {
        let at = cursor.below(bytes.len());
        bytes[at] = cursor.byte();
    }
    bytes
}

/// A header, and a firm.
const HEAD: &str = "<row><c t=\"inlineStr\"><is><t>企业名称</t></is></c><c t=\"inlineStr\"><is><t>主营产品</t></is></c>\
<c t=\"inlineStr\"><is><t>成立日期</t></is></c></row><row><c t=\"inlineStr\"><is><t>示例甲有限公司</t></is></c><c t=\"inlineStr\"><is><t>光模块</t></is></c>\
<c s=\"1\"><v>44927</v></c></row>";

fn item(cursor: &mut Cursor<'_>) -> String {
    let text = escaped(&cursor.text());
    match cursor.below(5) {
        0 => "<si/>".to_owned(),
        1 => format!("<si><r><t>{text}</t></r><rPh><t>x</t></rPh></si>"),
        2 => format!("<si><t xml:space=\"preserve\"> {text} _x000D_ _xD800_</t></si>"),
        3 if cursor.below(8) == 7 => format!("<si><t>{text}"),
        _ => format!("<si><t>{text}</t></si>"),
    }
}

fn row(cursor: &mut Cursor<'_>) -> String {
    let cells: String = (0..cursor.below(8)).map(|_| cell(cursor)).collect();
    match cursor.below(16) {
        15 => format!("<row r=\"{}\" hidden=\"1\">{cells}</row>", figure(cursor)),
        14 => format!("<row r=\"{}\">{cells}</row>", figure(cursor)),
        13 => format!("<row>{cells}"),
        10..13 => format!("<row r=\"{}\">{cells}</row>", 3 + cursor.below(9)),
        _ => format!("<row>{cells}</row>"),
    }
}

fn cell(cursor: &mut Cursor<'_>) -> String {
    let r = match cursor.below(16) {
        15 => format!(" r=\"{}\"", place(cursor)),
        _ => String::new(),
    };
    let style = cursor.pick(&["", "", " s=\"1\"", " s=\"4294967296\"", " s=\"-1\""]);
    let value = escaped(&cursor.text());
    match cursor.below(8) {
        7 if cursor.below(8) < 7 => format!("<c{r}{style} t=\"s\"><v>{}</v></c>", cursor.below(4)),
        7 => format!("<c{r}{style} t=\"s\"><v>{}</v></c>", figure(cursor)),
        1 => format!("<c{r}{style}><v>{}</v></c>", figure(cursor)),
        2 => format!("<c{r}{style} t=\"d\"><v>{value}</v></c>"),
        3 => format!("<c{r}{style} t=\"e\"><v>#REF!</v></c>"),
        4 => format!("<c{r}{style} t=\"str\"><f>{value}</f><v>{value}</v></c>"),
        5 => format!("<c{r}{style}/>"),
        6 => format!("<c{r}{style} t=\"b\"><v>1</v></c>"),
        _ => format!("<c{r}{style} t=\"inlineStr\"><is><t>{value}</t></is></c>"),
    }
}

fn figure(cursor: &mut Cursor<'_>) -> String {
    const FIGURES: [&str; 14] =
        ["0", "1", "2", "3", "5", "44927", "44927.5", "1e300", "-1", "0.1", "1048577", "4294967296", "18446744073709551616", "x"];
    cursor.pick(&FIGURES).to_owned()
}

fn place(cursor: &mut Cursor<'_>) -> &'static str {
    cursor.pick(&["A1", "B2", "C3", "D1", "ZZ99", "XFD1048576", "A0", "A99999999999", "AAAAAAAAAAAA1", "1A", "", "$A$1", "b2"])
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;").replace('\0', "&#0;")
}

/// Kinds of records: the sheets, the shared strings, labels, numbers, and whatever else.
const KINDS: [u16; 20] = [
    0x0085, 0x00FC, 0x003C, 0x00FD, 0x0203, 0x0204, 0x027E, 0x00BD, 0x00BE, 0x0201, 0x0006, 0x0207, 0x0205, 0x00E5, 0x041E, 0x00E0, 0x0022,
    0x0809, 0x000A, 0x002F,
];

/// A compound file with one stream of records: a sheet and shared strings that hang together, unless the input says otherwise, and cells of every kind.
pub(super) fn old_kind(cursor: &mut Cursor<'_>) -> Vec<u8> {
    let shared: Vec<u8> = ["企业名称", "主营产品"]
        .map(str::to_owned)
        .into_iter()
        .chain((0..cursor.below(5)).map(|_| cursor.text()))
        .flat_map(|t| text(&t))
        .collect();
    let count = if cursor.below(8) == 7 { u32::MAX } else { 7 };
    let strings = record(0x00FC, &[&count.to_le_bytes()[..], &count.to_le_bytes(), &shared].concat());
    let date = record(0x0022, &[cursor.byte() & 1, 0]);
    let begin = |kind: u8| record(0x0809, &[0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    // Where the sheet begins is said before it is known.
    let before = begin(5).len() + 4 + 4 + 4 + 2 + date.len() + strings.len() + 4;
    let start = if cursor.below(8) == 7 { u32::from(cursor.byte()) * 8 } else { before as u32 };
    let sheet = record(0x0085, &[&start.to_le_bytes()[..], &[0, 0, 1, 0], b"ab"].concat().into_iter().take(10).collect::<Vec<u8>>());
    let mut stream = [begin(5), sheet, date, strings, record(0x000A, &[]), begin(16)].concat();
    stream.extend([(0, 0, 0), (0, 1, 1)].into_iter().flat_map(|(row, column, at)| record(0x00FD, &[row, 0, column, 0, 0, 0, at, 0, 0, 0])));
    while !cursor.is_done() && stream.len() < 60_000 {
        let place = [1 + cursor.byte() % 6, 0, cursor.byte() % 3, 0, 0, 0];
        let of = |body: &[u8]| [&place[..], body].concat();
        let (kind, body) = match cursor.below(8) {
            0 => (0x00FD, of(&[cursor.byte() % 8, 0, 0, 0])),
            1 => (0x0203, of(cursor.bytes(8))),
            2 => (0x0204, of(&text(&cursor.text()))),
            3 => (0x027E, of(cursor.bytes(4))),
            4 => (0x00BD, [&place[..4], cursor.bytes(12), &[3, 0]].concat()),
            5 => (0x0006, of(&[0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0])),
            6 => (0x0207, text(&cursor.text())),
            _ => {
                let (kind, length) = (cursor.pick(&KINDS), cursor.below(64));
                (kind, cursor.bytes(length).to_vec())
            }
        };
        stream.extend(record(kind, &body));
    }
    stream.extend(record(0x000A, &[]));
    compound(&stream)
}

/// A text of two bytes a character, with its length.
fn text(of: &str) -> Vec<u8> {
    let units: Vec<u16> = of.encode_utf16().collect();
    [&(units.len() as u16).to_le_bytes()[..], &[1], &units.iter().flat_map(|u| u.to_le_bytes()).collect::<Vec<u8>>()].concat()
}

fn record(kind: u16, body: &[u8]) -> Vec<u8> {
    [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat()
}

/// The least compound file there is: a header, a table of sectors, a folder, and the stream `Workbook`.
fn compound(stream: &[u8]) -> Vec<u8> {
    const END: u32 = 0xffff_fffe;
    let mut stream = stream.to_vec();
    // Below 4,096 bytes it would stand among the small ones.
    stream.resize(stream.len().max(4_096).next_multiple_of(512), 0);
    let sectors = (stream.len() / 512) as u32;
    let mut header = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    header.resize(24, 0);
    for field in [0x003e_u16, 3, 0xfffe, 9, 6] {
        header.extend(field.to_le_bytes());
    }
    header.resize(44, 0);
    for field in [1_u32, 1, 0, 4_096, END, 0, END, 0, 0] {
        header.extend(field.to_le_bytes());
    }
    header.resize(512, 0xff);
    let mut table: Vec<u32> = vec![0xffff_fffd, END];
    table.extend((0..sectors).map(|n| if n + 1 == sectors { END } else { n + 3 }));
    table.resize(128, 0xffff_ffff);
    let entry = |name: &str, kind: u8, start: u32, size: u32| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let length = entry.len() as u16 + 2;
        entry.resize(64, 0);
        entry.extend(length.to_le_bytes());
        entry.extend([kind, 1]);
        let (right, child) = if kind == 5 { (u32::MAX, 1) } else { (u32::MAX, u32::MAX) };
        for link in [u32::MAX, right, child] {
            entry.extend(link.to_le_bytes());
        }
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend(u64::from(size).to_le_bytes());
        entry
    };
    let folder = [entry("Root Entry", 5, END, 0), entry("Workbook", 2, 2, stream.len() as u32), vec![0; 256]].concat();
    [header, table.into_iter().flat_map(u32::to_le_bytes).collect(), folder, stream].concat()
}
