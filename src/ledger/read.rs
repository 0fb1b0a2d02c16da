//! Reading a ledger, whatever happened to its file.

use serde::Deserialize;

use crate::chain::Finding;
use crate::error::{Error, Kind};
use crate::ledger::change::{BEGIN, Change, Known};
use crate::ledger::format::{FORMAT, HEAD, MOST, VERSION};
use crate::ledger::store::Ledger;

/// A ledger that was read, and what is to be said of its file.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Opened {
    /// The ledger.
    pub ledger: Ledger,
    /// What was odd about the file; what it had was taken in all the same.
    ///
    /// | code | error | meaning |
    /// |---|---|---|
    /// | `CUT_OFF` | no | the file ends in the middle of a change, as after a crash; every change before that is there |
    /// | `TORN` | no | a line holds the beginning of a change, and a whole one after it |
    /// | `EDITED` | no | a line was changed by hand: it is taken for a change of its own |
    /// | `REPEATED` | no | changes stand twice, as in two files put one after the other; each counts once |
    pub findings: Vec<Finding>,
    /// How many bytes of the file are whole lines: cut it there before adding to it.
    pub whole: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Head {
    format: String,
    version: u32,
}

impl Ledger {
    /// Reads a ledger. A file that was cut off, even in its first line, gives what is whole of it.
    ///
    /// # Errors
    ///
    /// `BAD_LEDGER`, with its line, when the file is no ledger, is of a later version, or holds a line that is no change; `LIMIT` for more than five
    /// million changes.
    ///
    /// ```
    /// use xiangma::ledger::Ledger;
    ///
    /// let later = r#"{"format":"xiangma-ledger","version":2}"#.to_owned() + "\n";
    /// assert_eq!(Ledger::open(later.as_bytes()).unwrap_err().code(), "BAD_LEDGER");
    /// assert!(Ledger::open(b"{\"format\":\"xiang").is_ok_and(|opened| opened.findings[0].code == "CUT_OFF"));
    /// ```
    pub fn open(bytes: &[u8]) -> Result<Opened, Error> {
        let marked = if bytes.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
        let bytes = bytes.get(marked..).unwrap_or_default();
        let whole = bytes.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let mut reader = Reader::default();
        let count = memchr::memchr_iter(b'\n', bytes).count().min(MOST);
        reader.reserve(count);
        let mut lines = bytes.get(..whole).unwrap_or_default().split(|b| *b == b'\n');
        match lines.next().filter(|_| whole > 0) {
            Some(first) => head(first)?,
            // Cut off within the first line, or something else.
            None if HEAD.as_bytes().starts_with(bytes) => {}
            None => head(bytes)?,
        }
        for (line, number) in lines.zip(2..) {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            // A second file put after the first begins with its head.
            if !line.is_empty() && line != HEAD.as_bytes() {
                reader.line(line, number)?;
            }
        }
        let rest = bytes.len() - whole;
        if rest > 0 || whole == 0 {
            reader.say(
                "CUT_OFF",
                0,
                format!("文件末尾有 {rest} 个字节不完整，已恢复到此前最后一次完整的改动"),
                format!("the last {rest} bytes are no whole change; every change before them is there"),
            );
        }
        Ok(reader.done(marked + whole))
    }
}

/// A file as it is read.
#[derive(Default)]
struct Reader {
    ledger: Ledger,
    findings: Vec<Finding>,
    repeated: usize,
    known: Known,
}

impl Reader {
    fn reserve(&mut self, lines: usize) {
        self.ledger.changes.reserve(lines);
        self.ledger.lines.reserve(lines);
        self.ledger.records.reserve(lines);
    }

    fn say(&mut self, code: &'static str, line: u32, zh: String, en: String) {
        let place = if line > 0 { line.to_string() } else { String::new() };
        self.findings.push(Finding { code, is_error: false, place, zh, en });
    }

    fn line(&mut self, line: &[u8], number: u32) -> Result<(), Error> {
        let bad = |why: &str| Error::from(Kind::BadLedger(format!("this line is no change ({why})"))).at_row(number);
        let text = std::str::from_utf8(line).map_err(|_| bad("not UTF-8"))?;
        let (change, text, anew) = match Change::read(text, &mut self.known) {
            Ok((change, anew)) => (change, text, anew),
            // A write that was cut off, and another after it.
            Err(why) => match text.rfind(BEGIN).filter(|at| *at > 0).and_then(|at| text.get(at..)) {
                Some(last) => {
                    let (change, anew) = Change::read(last, &mut self.known).map_err(|_| bad(&why))?;
                    let lost = text.len() - last.len();
                    self.say(
                        "TORN",
                        number,
                        format!("第 {number} 行前 {lost} 个字节不是完整的改动，已略去"),
                        format!("the first {lost} bytes of line {number} are no whole change, and are left out"),
                    );
                    (change, last, anew)
                }
                None => return Err(bad(&why)),
            },
        };
        if anew.is_some() {
            let (by, on) = (&change.by, &change.on);
            let zh = format!("第 {number} 行（{by} 对 {on} 的改动）被手工修改过，按现有内容计");
            let en = format!("line {number} (a change by {by} to {on}) was edited by hand; it is taken as it now is");
            self.say("EDITED", number, zh, en);
        }
        if self.ledger.records.places.contains_key(&change.id) {
            self.repeated += 1;
            return Ok(());
        }
        let line = anew.map_or_else(|| text.into(), String::into_boxed_str);
        self.ledger.push(change, line).map(|_| ())
    }

    fn done(mut self, whole: usize) -> Opened {
        if self.repeated > 0 {
            let n = self.repeated;
            self.say("REPEATED", 0, format!("{n} 条改动重复，各计一次"), format!("{n} changes stand twice; each counts once"));
        }
        Opened { ledger: self.ledger, findings: self.findings, whole }
    }
}

fn head(line: &[u8]) -> Result<(), Error> {
    let bad = |what: String| Error::from(Kind::BadLedger(what)).at_row(1);
    let head: Head = serde_json::from_slice(line).map_err(|_| bad(format!("this is no ledger: its first line must be {HEAD}")))?;
    if head.format != FORMAT {
        return Err(bad(format!("this is `{}`, not `{FORMAT}`", head.format)));
    }
    if head.version != VERSION {
        return Err(bad(format!("it is of version {}, and this program reads version {VERSION}; use a later program", head.version)));
    }
    Ok(())
}
