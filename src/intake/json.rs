//! JSON of any envelope as sheets of rows: an array of objects, arrays within objects, columns and data apart, columns of arrays, JSON
//! Lines. Keys keep their order; what Python writes for a missing number (`NaN`) is nothing. Read value by value: the tree of a file
//! that is one array never stands whole.

use std::borrow::Cow;

use crate::error::{Error, Kind};
use crate::intake::sheet::{STEP, Sheet, Sink, check};
use crate::intake::{ColumnReport, IntakeOptions, IntakeReport, SheetReport, header};
use crate::order::map;
use crate::text::is_blank;

/// Values nest so deep at most.
const DEEPEST: usize = 64;

/// A value; texts are slices where nothing in them is escaped.
#[derive(Debug, Clone, PartialEq)]
enum Value<'t> {
    Null,
    /// A number, true or false, as written.
    Plain(&'t str),
    Text(Cow<'t, str>),
    List(Vec<Value<'t>>),
    Map(Vec<(Cow<'t, str>, Value<'t>)>),
}

/// Reads a JSON text.
pub(crate) fn read(text: &str, options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink) -> Result<(), Error> {
    "json".clone_into(&mut report.format);
    let mut parser = Parser { text, at: 0, values: 0, most: options.max_cells };
    parser.space();
    if parser.peek() == Some(b'[') && parser.rows_follow() {
        return parser.array(options, report, sink);
    }
    let first = parser.value(0)?;
    parser.space();
    if parser.at < text.len() {
        return lines(text, options, report, sink);
    }
    let mut lists = Vec::new();
    lists_of(first, String::new(), options, &mut lists);
    pour(lists, options, report, sink)
}

/// JSON Lines, or values one after another.
fn lines(text: &str, options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink) -> Result<(), Error> {
    let mut parser = Parser { text, at: 0, values: 0, most: options.max_cells };
    let mut table = Table::default();
    sink.sheet(Sheet { name: None, several: false, day_shift: 0 });
    let (mut line, mut counted) = (1, 0);
    loop {
        parser.space();
        while parser.text[parser.at..].starts_with(',') {
            parser.at += 1;
            parser.space();
        }
        if parser.at >= text.len() {
            break;
        }
        line += memchr::memchr_iter(b'\n', &text.as_bytes()[counted..parser.at]).count() as u32;
        counted = parser.at;
        parser.values = 0;
        let value = parser.value(0)?;
        table.row(line, value, options, sink)?;
        if table.rows.is_multiple_of(STEP) && !sink.share(parser.at as f64 / text.len() as f64) {
            return Err(Kind::Cancelled.into());
        }
    }
    table.finish(report, sink)
}

/// A list found within a value: its place, and its rows.
struct List<'t> {
    name: String,
    columns: Option<Vec<Value<'t>>>,
    rows: Vec<Value<'t>>,
}

/// Finds the tables within a value: arrays of objects or of arrays, columns of values, an object that is a row itself.
fn lists_of<'t>(value: Value<'t>, name: String, options: &IntakeOptions, into: &mut Vec<List<'t>>) {
    let within = |key: &str| if name.is_empty() { key.to_owned() } else { format!("{name}.{key}") };
    match value {
        Value::List(rows) if rows.iter().any(|r| matches!(r, Value::Map(_) | Value::List(_))) => {
            into.push(List { name, columns: None, rows });
        }
        Value::Map(entries) => {
            if let Some(list) = of_columns(&entries, options) {
                into.push(List { name, columns: None, rows: list });
                return;
            }
            let keys: Vec<&str> = entries.iter().map(|(k, _)| &**k).collect();
            if header::known(&keys, options) > 0 && entries.iter().any(|(_, v)| matches!(v, Value::Text(_) | Value::Plain(_))) {
                into.push(List { name, columns: None, rows: vec![Value::Map(entries)] });
                return;
            }
            // Columns and data apart: the names, and rows of values in their order.
            let names = entries.iter().position(|(k, v)| is_names(k, v));
            let data = entries
                .iter()
                .position(|(_, v)| matches!(v, Value::List(r) if !r.is_empty() && r.iter().all(|r| matches!(r, Value::List(_)))));
            if let (Some(names), Some(data)) = (names, data) {
                let (mut columns, mut rows) = (None, Vec::new());
                for (index, (key, value)) in entries.into_iter().enumerate() {
                    match value {
                        Value::List(items) if index == names => columns = Some(items),
                        Value::List(items) if index == data => rows = items,
                        other => lists_of(other, within(&key), options, into),
                    }
                }
                into.push(List { name, columns, rows });
                return;
            }
            for (key, value) in entries {
                let inner = within(&key);
                lists_of(value, inner, options, into);
            }
        }
        _ => {}
    }
}

fn is_names(key: &str, value: &Value<'_>) -> bool {
    let named = ["columns", "header", "headers", "fields", "cols", "keys", "titles", "表头", "字段", "列"]
        .iter()
        .any(|k| k.eq_ignore_ascii_case(key));
    named && matches!(value, Value::List(items) if !items.is_empty() && items.iter().all(|i| matches!(i, Value::Text(_) | Value::Map(_))))
}

/// Columns of values, `{"企业名称": ["甲", "乙"]}` or as a data frame is written, `{"企业名称": {"0": "甲", "1": "乙"}}`: as rows.
fn of_columns<'t>(entries: &[(Cow<'t, str>, Value<'t>)], options: &IntakeOptions) -> Option<Vec<Value<'t>>> {
    let keys: Vec<&str> = entries.iter().map(|(k, _)| &**k).collect();
    let plain = |v: &Value<'_>| !matches!(v, Value::List(_) | Value::Map(_));
    let column = |v: &Value<'t>| match v {
        Value::List(items) if items.iter().all(plain) => Some(items.clone()),
        Value::Map(items) if items.iter().all(|(k, v)| plain(v) && k.bytes().all(|b| b.is_ascii_digit())) => {
            Some(items.iter().map(|(_, v)| v.clone()).collect())
        }
        _ => None,
    };
    if entries.len() < 2 || header::known(&keys, options) == 0 {
        return None;
    }
    let columns: Vec<Vec<Value<'t>>> = entries.iter().map(|(_, v)| column(v)).collect::<Option<_>>()?;
    let length = columns.first().map(Vec::len)?;
    if length == 0 || columns.iter().any(|c| c.len() != length) {
        return None;
    }
    let row = |i: usize| Value::Map(entries.iter().zip(&columns).map(|((key, _), cells)| (key.clone(), cells[i].clone())).collect());
    Some((0..length).map(row).collect())
}

/// Reads the lists that have a header; names the others.
fn pour(lists: Vec<List<'_>>, options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink) -> Result<(), Error> {
    let several = lists.len() > 1;
    let strength: Vec<usize> = lists.iter().map(|l| l.known(options)).collect();
    let best = strength.iter().copied().max().unwrap_or(0);
    let mut any = false;
    for (list, known) in lists.into_iter().zip(strength) {
        // A list of a name and nothing else beside a real table is a list of something else; the last resort is any list there is.
        let taken = known > 0 && (known > 1 || best == 1) || (best == 0 && !any && !list.rows.is_empty());
        if several {
            let state = if taken {
                "read"
            } else if known == 0 {
                "no_header"
            } else {
                "few_columns"
            };
            report.sheets.push(SheetReport { name: list.name.clone(), state: state.to_owned(), ..SheetReport::default() });
        }
        if !taken {
            continue;
        }
        any = true;
        sink.sheet(Sheet { name: several.then_some(&*list.name), several: false, day_shift: 0 });
        let mut table = Table::default();
        if let Some(columns) = list.columns {
            for column in columns {
                let name = match column {
                    // [{"name": "企业名称"}, …]
                    Value::Map(entries) => entries.into_iter().find_map(|(_, v)| if let Value::Text(t) = v { Some(t) } else { None }),
                    Value::Text(text) => Some(text),
                    _ => None,
                };
                table.header.push(name.unwrap_or_default().into_owned());
            }
            table.places = map(table.header.iter().enumerate().map(|(i, h)| (h.clone(), i)));
        }
        for (index, row) in list.rows.into_iter().enumerate() {
            table.row(index as u32 + 1, row, options, sink)?;
        }
        table.finish(report, sink)?;
    }
    if any { Ok(()) } else { Err(Kind::BadJson("there is no list of objects in it".to_owned()).into()) }
}

impl List<'_> {
    /// How many columns its first rows name, an enterprise's name among them.
    fn known(&self, options: &IntakeOptions) -> usize {
        if let Some(columns) = &self.columns {
            let names: Vec<&str> = columns.iter().map(|c| if let Value::Text(t) = c { &**t } else { "" }).collect();
            return header::known(&names, options);
        }
        let head = self.rows.iter().take(header::SEARCHED);
        head.map(|row| match row {
            Value::Map(entries) => header::known(&entries.iter().map(|(k, _)| &**k).collect::<Vec<_>>(), options),
            Value::List(cells) => {
                header::known(&cells.iter().map(|c| if let Value::Text(t) = c { &**t } else { "" }).collect::<Vec<_>>(), options)
            }
            _ => 0,
        })
        .max()
        .unwrap_or(0)
    }
}

/// Objects as rows under one header. The header is told once the first rows are seen, for later ones may know more keys.
#[derive(Default)]
struct Table {
    header: Vec<String>,
    /// Of each key its column.
    places: std::collections::BTreeMap<String, usize>,
    waiting: Vec<(u32, Vec<String>)>,
    told: bool,
    /// Keys that came up after the header was told.
    late: Vec<String>,
    rows: u64,
    cells: u64,
}

/// So many rows are looked at for their keys before the header is told; keys that come up later are named in the report as unused.
const LOOKED_AT: usize = 1_000;

impl Table {
    fn row(&mut self, number: u32, value: Value<'_>, options: &IntakeOptions, sink: &mut dyn Sink) -> Result<(), Error> {
        self.rows += 1;
        check("the number of rows", self.rows, options.max_rows)?;
        let mut cells: Vec<String> = Vec::new();
        match value {
            Value::Map(entries) => self.fill(&mut cells, entries, "", options).map_err(|e| e.at_row(number))?,
            Value::List(items) => {
                for (at, item) in items.into_iter().enumerate() {
                    put(&mut cells, at, flat(item), options).map_err(|e| e.at_row(number))?;
                }
            }
            Value::Null => {}
            _ => return Err(Error::from(Kind::BadJson("expected an object".to_owned())).at_row(number)),
        }
        if self.told {
            return give(number, &cells, sink);
        }
        self.cells += cells.len() as u64;
        self.waiting.push((number, cells));
        if self.waiting.len() >= LOOKED_AT || self.cells > 1_000_000 {
            self.tell(sink)?;
        }
        Ok(())
    }

    fn fill(
        &mut self,
        cells: &mut Vec<String>,
        entries: Vec<(Cow<'_, str>, Value<'_>)>,
        path: &str,
        options: &IntakeOptions,
    ) -> Result<(), Error> {
        for (key, value) in entries {
            let key = if path.is_empty() { key.into_owned() } else { format!("{path}.{key}") };
            match value {
                Value::Map(inner) if path.len() < 200 => self.fill(cells, inner, &key, options)?,
                value => {
                    let at = match self.places.get(&key) {
                        Some(at) => *at,
                        None if self.told => {
                            if self.late.len() < 100 && !self.late.contains(&key) {
                                self.late.push(key);
                            }
                            continue;
                        }
                        None => {
                            check("the number of columns", self.header.len() as u64 + 1, options.max_columns)?;
                            self.places.insert(key.clone(), self.header.len());
                            self.header.push(key);
                            self.header.len() - 1
                        }
                    };
                    put(cells, at, flat(value), options)?;
                }
            }
        }
        Ok(())
    }

    fn tell(&mut self, sink: &mut dyn Sink) -> Result<(), Error> {
        if !self.header.is_empty() {
            sink.row(0, &self.header.iter().map(String::as_str).collect::<Vec<_>>())?;
        }
        self.told = true;
        for (number, cells) in std::mem::take(&mut self.waiting) {
            give(number, &cells, sink)?;
        }
        Ok(())
    }

    fn finish(mut self, report: &mut IntakeReport, sink: &mut dyn Sink) -> Result<(), Error> {
        let late = std::mem::take(&mut self.late).into_iter();
        report.columns.extend(late.map(|header| ColumnReport { header, role: "unused".to_owned() }));
        if self.told { Ok(()) } else { self.tell(sink) }
    }
}

fn give(number: u32, cells: &[String], sink: &mut dyn Sink) -> Result<(), Error> {
    if cells.iter().all(|c| is_blank(c)) {
        return Ok(());
    }
    sink.row(number, &cells.iter().map(String::as_str).collect::<Vec<_>>())
}

fn put(cells: &mut Vec<String>, at: usize, text: String, options: &IntakeOptions) -> Result<(), Error> {
    check("the number of columns", at as u64 + 1, options.max_columns)?;
    check("the length of a cell in bytes", text.len() as u64, options.max_cell_bytes)?;
    if cells.len() <= at {
        cells.resize(at + 1, String::new());
    }
    // A key that comes twice: what is said first stays, what says more fills a gap.
    if cells[at].is_empty() {
        cells[at] = text;
    }
    Ok(())
}

/// A value as the text of a cell; lists joined, of objects their names.
fn flat(value: Value<'_>) -> String {
    match value {
        Value::Null => String::new(),
        Value::Plain(text) => text.to_owned(),
        Value::Text(text) => text.into_owned(),
        Value::List(items) => items.into_iter().map(flat).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("|"),
        Value::Map(entries) => {
            let named = entries.iter().find(|(k, _)| matches!(&*k.to_ascii_lowercase(), "name" | "名称" | "title" | "value" | "label"));
            let first = || entries.iter().find(|(_, v)| matches!(v, Value::Text(_)));
            named.or_else(first).map_or_else(String::new, |(_, v)| flat(v.clone()))
        }
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    values: u64,
    most: u64,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        let rest = &self.text[self.at..];
        let blank = |c: char| c.is_ascii_whitespace() || matches!(c, '\u{feff}' | '\u{a0}' | '\0');
        self.at += rest.len() - rest.trim_start_matches(blank).len();
    }

    #[cold]
    fn bad(&self, what: &str) -> Error {
        let before = &self.text[..self.at.min(self.text.len())];
        let line = memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1;
        let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
        Error::from(Kind::BadJson(format!("{what}, at line {line} column {column}"))).at_row(line as u32)
    }

    /// True when the array that begins here holds rows as far as its first value shows.
    fn rows_follow(&self) -> bool {
        let rest = self.text[self.at + 1..].trim_start();
        rest.starts_with('{')
    }

    /// An array of objects, each a row, read one by one.
    fn array(&mut self, options: &IntakeOptions, report: &mut IntakeReport, sink: &mut dyn Sink) -> Result<(), Error> {
        let mut table = Table::default();
        sink.sheet(Sheet { name: None, several: false, day_shift: 0 });
        self.at += 1;
        let mut number = 0;
        loop {
            self.space();
            match self.peek() {
                Some(b']') => {
                    self.at += 1;
                    break;
                }
                Some(b',') => {
                    self.at += 1;
                    continue;
                }
                None => return Err(self.bad("the list is not closed")),
                Some(_) => {}
            }
            number += 1;
            self.values = 0;
            let value = self.value(1)?;
            table.row(number, value, options, sink)?;
            if table.rows.is_multiple_of(STEP) && !sink.share(self.at as f64 / self.text.len() as f64) {
                return Err(Kind::Cancelled.into());
            }
        }
        self.space();
        if self.at < self.text.len() {
            return Err(self.bad("something follows the list"));
        }
        table.finish(report, sink)
    }

    fn value(&mut self, depth: usize) -> Result<Value<'t>, Error> {
        self.values += 1;
        check("the number of values", self.values, self.most.min(20_000_000))?;
        if depth > DEEPEST {
            return Err(self.bad("values nest too deep"));
        }
        self.space();
        match self.peek() {
            None => Err(self.bad("a value is missing")),
            Some(b'"') => self.string().map(Value::Text),
            Some(b'[') => self.list(depth),
            Some(b'{') => self.map(depth),
            Some(_) => self.word(),
        }
    }

    /// After a value: true when another follows, false when the list or object ends with `close`.
    fn goes_on(&mut self, close: u8) -> Result<bool, Error> {
        self.space();
        match self.peek() {
            Some(b',') => {
                self.at += 1;
                self.space();
                // A comma before the end, as people leave it.
                if self.peek() == Some(close) {
                    self.at += 1;
                    return Ok(false);
                }
                Ok(true)
            }
            Some(b) if b == close => {
                self.at += 1;
                Ok(false)
            }
            _ => Err(self.bad("expected a comma or the end")),
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value<'t>, Error> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.peek() == Some(b']') {
            self.at += 1;
            return Ok(Value::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if !self.goes_on(b']')? {
                return Ok(Value::List(items));
            }
        }
    }

    fn map(&mut self, depth: usize) -> Result<Value<'t>, Error> {
        self.at += 1;
        let mut entries = Vec::new();
        self.space();
        if self.peek() == Some(b'}') {
            self.at += 1;
            return Ok(Value::Map(entries));
        }
        loop {
            self.space();
            if self.peek() != Some(b'"') {
                return Err(self.bad("expected a key in quotes"));
            }
            let key = self.string()?;
            self.space();
            if self.peek() != Some(b':') {
                return Err(self.bad("expected a colon"));
            }
            self.at += 1;
            let value = self.value(depth + 1)?;
            entries.push((key, value));
            if !self.goes_on(b'}')? {
                return Ok(Value::Map(entries));
            }
        }
    }

    /// A number, true, false, null, or what programs write for a number that is none.
    fn word(&mut self) -> Result<Value<'t>, Error> {
        let rest = &self.text[self.at..];
        let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'+' | b'_')).count();
        let word = &rest[..length];
        let value = match word {
            "null" | "NaN" | "nan" | "Infinity" | "-Infinity" | "inf" | "-inf" | "None" | "undefined" | "NaT" | "NULL" => Value::Null,
            "true" | "false" => Value::Plain(word),
            "True" => Value::Plain("true"),
            "False" => Value::Plain("false"),
            _ if !word.is_empty() && word.parse::<f64>().is_ok_and(f64::is_finite) => Value::Plain(word),
            _ => return Err(self.bad("expected a value")),
        };
        self.at += length;
        Ok(value)
    }

    fn string(&mut self) -> Result<Cow<'t, str>, Error> {
        let start = self.at + 1;
        let bytes = self.text.as_bytes();
        let mut copy: Option<String> = None;
        let mut held = start;
        let mut at = start;
        loop {
            let Some(n) = memchr::memchr2(b'"', b'\\', &bytes[at..]) else { return Err(self.bad("a text is not closed")) };
            let stop = at + n;
            if bytes[stop] == b'"' {
                self.at = stop + 1;
                let tail = &self.text[held..stop];
                return Ok(match copy {
                    Some(mut copy) => {
                        copy.push_str(tail);
                        Cow::Owned(copy)
                    }
                    None => Cow::Borrowed(tail),
                });
            }
            let into = copy.get_or_insert_with(String::new);
            into.push_str(&self.text[held..stop]);
            let mut next = stop + 2;
            match bytes.get(stop + 1) {
                Some(b'n') => into.push('\n'),
                Some(b't') => into.push('\t'),
                Some(b'r') => into.push('\r'),
                Some(b'b' | b'f') => {}
                Some(b'u') => {
                    let unit = |at: usize| self.text.get(at..at + 4).and_then(|h| u16::from_str_radix(h, 16).ok());
                    let Some(first) = unit(next) else {
                        self.at = stop;
                        return Err(self.bad("an escape is cut off"));
                    };
                    next += 4;
                    let second = (0xd800..0xdc00)
                        .contains(&first)
                        .then(|| self.text.get(next..next + 2).filter(|t| *t == "\\u").and_then(|_| unit(next + 2)))
                        .flatten();
                    let mut units = [first, second.unwrap_or(0)].into_iter().take(1 + usize::from(second.is_some()));
                    next += if second.is_some() { 6 } else { 0 };
                    into.extend(char::decode_utf16(&mut units).map(|c| c.unwrap_or('\u{fffd}')));
                }
                Some(b) if b.is_ascii() => into.push(char::from(*b)),
                _ => {
                    self.at = stop;
                    return Err(self.bad("an escape is cut off"));
                }
            }
            held = next;
            at = next;
        }
    }
}
