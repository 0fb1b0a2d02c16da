//! Tables as a document for word processors (.docx): a title, paragraphs, and one table on landscape A4 whose header is repeated on every page.

use std::fmt::Write as _;
use std::io::{self, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::files::Draft;
use super::output::Cell;

/// Rows of a table at most. Word lays out more than this by the minute.
pub(super) const ROWS: usize = 5_000;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const OF_DOCUMENT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="仿宋"/><w:sz w:val="21"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:pPr><w:jc w:val="center"/><w:spacing w:after="240"/></w:pPr><w:rPr><w:rFonts w:eastAsia="黑体"/><w:sz w:val="36"/></w:rPr></w:style></w:styles>"#;
const OPENING: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;
/// A4, landscape, with margins of two centimetres.
const CLOSING: &str = r#"<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>"#;
const TABLE: &str = r#"<w:tbl><w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders><w:top w:val="single" w:sz="4"/><w:left w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/><w:right w:val="single" w:sz="4"/><w:insideH w:val="single" w:sz="4"/><w:insideV w:val="single" w:sz="4"/></w:tblBorders></w:tblPr>"#;

/// Writes the document: the first row is the table's header; a table of nothing but a header is left out where there are paragraphs.
pub(super) fn write(draft: &mut Draft, title: &str, paragraphs: &[String], rows: &[Vec<Cell>]) -> io::Result<()> {
    let mut zip = ZipWriter::new(draft);
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let parts = [
        ("[Content_Types].xml", TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("word/_rels/document.xml.rels", OF_DOCUMENT.to_owned()),
        ("word/styles.xml", STYLES.to_owned()),
        ("word/document.xml", body(title, paragraphs, rows)),
    ];
    for (name, text) in parts {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    zip.finish()?;
    Ok(())
}

fn body(title: &str, paragraphs: &[String], rows: &[Vec<Cell>]) -> String {
    let mut out = OPENING.to_owned();
    paragraph(&mut out, title, Some("Title"), false);
    paragraphs.iter().for_each(|text| paragraph(&mut out, text, None, false));
    if rows.len() > 1 || paragraphs.is_empty() {
        out += TABLE;
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        for (place, row) in rows.iter().enumerate() {
            out += "<w:tr><w:trPr><w:cantSplit/>";
            out += if place == 0 { "<w:tblHeader/></w:trPr>" } else { "</w:trPr>" };
            for column in 0..columns {
                out += "<w:tc>";
                paragraph(&mut out, &row.get(column).map_or_else(String::new, Cell::plain), None, place == 0);
                out += "</w:tc>";
            }
            out += "</w:tr>";
        }
        // A document does not end with a table.
        out += "</w:tbl><w:p/>";
    }
    out + CLOSING
}

fn paragraph(out: &mut String, text: &str, style: Option<&str>, is_bold: bool) {
    *out += "<w:p>";
    if let Some(style) = style {
        let _ = write!(out, r#"<w:pPr><w:pStyle w:val="{style}"/></w:pPr>"#);
    }
    *out += if is_bold { "<w:r><w:rPr><w:b/></w:rPr>" } else { "<w:r>" };
    for (place, line) in text.lines().enumerate() {
        if place > 0 {
            *out += "<w:br/>";
        }
        *out += r#"<w:t xml:space="preserve">"#;
        for c in line.chars() {
            match c {
                '&' => *out += "&amp;",
                '<' => *out += "&lt;",
                '>' => *out += "&gt;",
                // Nothing in XML stands for these.
                '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
                other => out.push(other),
            }
        }
        *out += "</w:t>";
    }
    *out += "</w:r></w:p>";
}
