//! The command line, run as a user runs it: whole outputs, word for word.
//!
//! A file of `tests/command_line` is a transcript: commands after `$`, then what they print and, where it is not 0, their exit code. They run
//! in order, in a folder of their own that holds `tests/data` and `tests/command_line/files`. `cargo xtask rewrite` writes the transcripts
//! anew from what is printed now; read the difference before you keep it.

#![cfg(not(target_arch = "wasm32"))]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

const PROGRAM: &str = env!("CARGO_BIN_EXE_xiangma");

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A folder to run in, with the files that commands read.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("command_line").join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder to run in");
        for from in ["tests/data", "tests/command_line/files"] {
            for file in fs::read_dir(root().join(from)).expect("files").map(|f| f.expect("a file").path()).filter(|f| f.is_file()) {
                fs::copy(&file, folder.join(file.file_name().expect("a name"))).expect("copied");
            }
        }
        Self(folder)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(args).current_dir(&self.0).env("TZ", "UTC").stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().expect("the program starts")
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.0.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    /// Names of all files that are there.
    fn names(&self) -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(&self.0).expect("a folder").map(|f| f.expect("a file").file_name().to_string_lossy().into_owned()).collect();
        names.sort_unstable();
        names
    }

    /// One command of a transcript, and what it prints.
    fn say(&self, line: &str) -> String {
        if let Some(name) = line.strip_prefix("cat ") {
            return String::from_utf8(self.read(name)).expect("text");
        }
        let (line, input) = line.split_once(" < ").map_or((line, None), |(line, name)| (line, Some(name)));
        let args: Vec<&str> = line.strip_prefix("xiangma").unwrap_or_else(|| panic!("no command: {line}")).split_whitespace().collect();
        // `''` is an empty argument.
        let args: Vec<&str> = args.into_iter().map(|a| if a == "''" { "" } else { a }).collect();
        let mut command = self.command(&args);
        if let Some(name) = input {
            command.stdin(fs::File::open(self.0.join(name)).expect("the input"));
        }
        let Output { status, stdout, stderr } = command.output().expect("the program starts");
        let mut said = String::from_utf8(stdout).expect("UTF-8");
        for line in String::from_utf8(stderr).expect("UTF-8").lines() {
            let _ = writeln!(said, "! {line}");
        }
        if status.code() != Some(0) {
            let _ = writeln!(said, "? {}", status.code().map_or_else(|| "signal".to_owned(), |code| code.to_string()));
        }
        said
    }
}

/// What a transcript would say now.
fn replayed(folder: &Folder, transcript: &str) -> String {
    let mut now = String::new();
    // Words before the first command say what it is about.
    for line in transcript.lines().take_while(|line| !line.starts_with("$ ")) {
        now += &format!("{line}\n");
    }
    for line in transcript.lines().filter_map(|line| line.strip_prefix("$ ")) {
        now += &format!("$ {line}\n{}\n", folder.say(line).trim_start_matches('\u{feff}'));
    }
    now
}

fn transcript(name: &str) {
    let file = root().join("tests/command_line").join(format!("{name}.txt"));
    let before = fs::read_to_string(&file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let now = replayed(&Folder::new(name), &before);
    if std::env::var_os("XIANGMA_REWRITE").is_some() {
        fs::write(&file, now).expect("written");
        return;
    }
    for (number, (was, is)) in (1..).zip(before.lines().zip(now.lines())) {
        assert!(was == is, "{name}.txt, line {number}\nwas: {was}\nis:  {is}\n(cargo xtask rewrite writes the transcripts anew)");
    }
    assert!(before.trim_end() == now.trim_end(), "{name}.txt is {} lines, now {}", before.lines().count(), now.lines().count());
}

macro_rules! transcripts {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            transcript(stringify!($name));
        })*
        #[test]
        fn every_transcript_is_run() {
            let names = [$(stringify!($name)),*];
            for file in fs::read_dir(root().join("tests/command_line")).expect("transcripts").map(|f| f.expect("a file").path()) {
                let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
                assert!(file.is_dir() || names.contains(&name.as_str()), "{name} is in no list");
            }
        }
    };
}

transcripts! {
    help intake locate diagnose plan rank explain robustness compare weigh scorecard chains mcdm ledger pipeline learn likeness refusals unlucky hostile
}

const DAY: [&str; 2] = ["--as-of", "2026-11-01"];

fn with_day<'a>(args: &[&'a str]) -> Vec<&'a str> {
    args.iter().copied().chain(DAY).collect()
}

#[test]
fn a_file_that_is_read_is_not_written_over() {
    let folder = Folder::new("apart");
    fs::create_dir(folder.0.join("sub")).expect("a folder");
    for (args, kept) in [
        (&["rank", "small.csv", "--out", "small.csv"][..], "small.csv"),
        (&["rank", "small.csv", "--out", "./sub/../small.csv"], "small.csv"),
        (&["rank", "small.csv", "--residents", "sample_residents.csv", "--out", "sample_residents.csv"], "sample_residents.csv"),
        (&["rank", "small.csv", "--chain-file", "tea_chain.json", "--out", "tea_chain.json"], "tea_chain.json"),
        (&["intake", "small.csv", "--out", "small.csv"], "small.csv"),
        (&["locate", "small.csv", "--out", "small.csv"], "small.csv"),
        (&["explain", "small.csv", "--name", "甲", "--out", "small.csv"], "small.csv"),
        (&["robustness", "small.csv", "--out", "small.csv"], "small.csv"),
        (&["diagnose", "--residents", "small.csv", "--out", "small.csv"], "small.csv"),
        (&["compare", "small.csv", "sample_residents.csv", "--out", "sample_residents.csv"], "sample_residents.csv"),
        (&["chains", "check", "tea_chain.json", "--out", "tea_chain.json"], "tea_chain.json"),
        (&["chains", "check", "tea_chain.json", "--on", "small.csv", "--out", "small.csv"], "small.csv"),
        (&["weigh", "panel.json", "--save", "panel.json"], "panel.json"),
        (&["weigh", "panel.json", "--on", "small.csv", "--save", "small.csv"], "small.csv"),
        (&["train", "leads.csv", "--outcome", "结果", "--out", "leads.csv"], "leads.csv"),
        (&["train", "leads.csv", "--outcome", "结果", "--out", "m", "--report", "leads.csv"], "leads.csv"),
        (&["predict", "leads.csv", "--model", "small.csv", "--out", "small.csv"], "small.csv"),
        (&["predict", "leads.csv", "--model", "small.csv", "--report", "leads.csv"], "leads.csv"),
    ] {
        let (before, names) = (folder.read(kept), folder.names());
        let out = folder.run(args);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.starts_with("error[BAD_ARGUMENT]") && said.contains("is read by this very run"), "{args:?}: {said}");
        assert_eq!((folder.read(kept), folder.names()), (before, names), "{args:?}");
    }
    let out = folder.run(&["train", "leads.csv", "--outcome", "结果", "--out", "one", "--report", "one"]);
    assert_eq!(out.status.code(), Some(2), "two results in one file");
    let out = folder.run(&["rank", "-", "--residents", "-"]);
    assert_eq!(out.status.code(), Some(2), "the standard input twice");
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("small.csv", folder.0.join("link.csv")).expect("a link");
        let out = folder.run(&["rank", "small.csv", "--out", "link.csv"]);
        assert_eq!(out.status.code(), Some(2), "by another name");
        // A link to another file stays a link, and what it points to is new.
        fs::write(folder.0.join("old.csv"), "old").expect("written");
        std::os::unix::fs::symlink("old.csv", folder.0.join("current.csv")).expect("a link");
        assert_eq!(folder.run(&with_day(&["rank", "small.csv", "--out", "current.csv"])).status.code(), Some(0));
        assert!(fs::symlink_metadata(folder.0.join("current.csv")).expect("there").is_symlink());
        assert_ne!(folder.read("old.csv"), b"old");
    }
}

#[test]
fn what_was_there_stays_until_the_new_is_whole() {
    let folder = Folder::new("whole");
    fs::write(folder.0.join("old.csv"), "old").expect("written");
    fs::write(folder.0.join("model"), "old").expect("written");
    let names = folder.names();
    for args in [
        &["rank", "missing.csv", "--out", "old.csv"][..],
        &["rank", "small.csv", "--scorecard", "missing.json", "--out", "old.csv"],
        &["rank", "small.csv", "--chain", "nowhere", "--out", "old.csv"],
        &["rank", "small.csv", "--method", "dice", "--out", "old.csv"],
        // The report cannot be written: the model is not replaced.
        &["train", "leads.csv", "--outcome", "结果", "--positive", "落地", "--out", "model", "--report", "nowhere/report.json"],
        &["train", "leads.csv", "--outcome", "结果", "--positive", "落地", "--out", "model", "--report", "."],
    ] {
        let out = folder.run(args);
        assert!(matches!(out.status.code(), Some(1 | 2)), "{args:?}");
        assert_eq!(folder.names(), names, "{args:?} leaves nothing behind");
        assert_eq!((folder.read("old.csv"), folder.read("model")), (b"old".to_vec(), b"old".to_vec()), "{args:?}");
    }
    // Errors of writing say where.
    for (place, word) in [("nowhere/list.csv", "nowhere/list.csv"), (".", "error[OUTPUT]: .:")] {
        let out = folder.run(&with_day(&["rank", "small.csv", "--out", place]));
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.code() == Some(1) && said.contains(word), "{said}");
    }
    for form in ["csv", "jsonl", "xlsx", "txt"] {
        let name = format!("list.{form}");
        for _ in 0..2 {
            assert_eq!(folder.run(&with_day(&["rank", "small.csv", "--out", &name])).status.code(), Some(0));
        }
        assert!(!folder.read(&name).is_empty());
        fs::remove_file(folder.0.join(&name)).expect("removed");
        assert_eq!(folder.names(), names);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told_and_a_device_is_written_to() {
    let folder = Folder::new("full");
    for args in [&["rank", "small.csv", "--out", "/dev/full"][..], &["rank", "small.csv", "--format", "csv", "--out", "/dev/full"]] {
        let out = folder.run(&with_day(args));
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.code() == Some(1) && said.contains("/dev/full"), "{said}");
    }
    for args in VERBS {
        let full = fs::File::options().write(true).open("/dev/full").expect("the device");
        let out = folder.command(args).stdout(full).output().expect("starts");
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.code() == Some(1) && said.contains("standard output"), "{args:?}: {said}");
    }
    assert_eq!(folder.run(&with_day(&["rank", "small.csv", "--out", "/dev/null"])).status.code(), Some(0));
    // One that never ends is not read to the end of memory.
    for device in ["/dev/zero", "/dev/urandom"] {
        let out = folder.run(&["intake", device]);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert!(out.status.code() == Some(1) && said.contains("a device without an end"), "{device}: {said}");
    }
    assert!(String::from_utf8_lossy(&folder.run(&["intake", "/dev/null"]).stderr).contains("EMPTY_FILE"));
}

/// Every verb that prints.
const VERBS: [&[&str]; 14] = [
    &["intake", "small.csv"],
    &["locate", "small.csv", "--format", "csv"],
    &["diagnose", "--residents", "sample_residents.csv", "--format", "table"],
    &["rank", "small.csv", "--as-of", "2026-11-01", "--format", "table"],
    &["rank", "small.csv", "--as-of", "2026-11-01"],
    &["explain", "small.csv", "--name", "甲", "--as-of", "2026-11-01"],
    &["chains"],
    &["scorecard", "attraction"],
    &["scorecard", "attraction", "--against", "gaps_first", "--format", "csv"],
    &["mcdm", "cases.json"],
    &["weigh", "panel.json"],
    &["segments", "leads.csv", "--count", "2"],
    &["completions", "bash"],
    &["man", "rank"],
];

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = Folder::new("closed");
    for args in VERBS {
        // A pipe whose other end is closed before a byte is written.
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let out = folder.command(args).stdout(writer).stderr(Stdio::piped()).output().expect("starts");
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(0), "{args:?}: {said}");
        assert!(!said.contains("error") && !said.contains("panicked"), "{args:?}: {said}");
    }
    // Nobody reads the messages either.
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let status = folder.command(&["rank", "missing.csv"]).stderr(writer).status().expect("starts");
    assert_eq!(status.code(), Some(1));
}

#[test]
fn two_runs_to_one_file_leave_one_whole_result() {
    let folder = Folder::new("two");
    let start = |card: &str| {
        folder
            .command(&with_day(&["rank", "sample_candidates.csv", "--quiet", "--scorecard", card, "--out", "list.jsonl"]))
            .stderr(Stdio::null())
            .spawn()
            .expect("starts")
    };
    let runs = [start("attraction"), start("gaps_first"), start("promising_first")];
    for mut run in runs {
        assert!(run.wait().expect("ends").success());
    }
    let text = String::from_utf8(folder.read("list.jsonl")).expect("UTF-8");
    let cards: std::collections::BTreeSet<String> =
        text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a whole line")["scorecard"].to_string()).collect();
    assert_eq!(cards.len(), 1, "{cards:?}");
    assert!(folder.names().iter().all(|name| !name.starts_with(".xiangma-")));
}

#[test]
fn many_that_write_one_ledger_at_once_lose_nothing() {
    use xiangma::ledger::Ledger;

    let folder = Folder::new("ledger_at_once");
    let set = |n: usize| {
        let (record, field) = (format!("project:{n}"), format!("name=示例{n}"));
        let args = ["ledger", "set", "shared.ledger", &record, &field, "jobs=3", "--by", "示例甲"];
        folder.command(&args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("starts")
    };
    let wait = |run: std::process::Child| {
        let out = run.wait_with_output().expect("ends");
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    };
    let open = || {
        let opened = Ledger::open(&folder.read("shared.ledger")).expect("a ledger");
        assert!(opened.findings.is_empty(), "{:?}", opened.findings);
        opened.ledger
    };
    let runs: Vec<_> = (0..16).map(set).collect();
    runs.into_iter().for_each(wait);
    assert_eq!((open().changes().len(), open().book().0.projects.len()), (16, 16));
    // A table, a change taken back, and more records, all at once.
    let first = open().changes()[0].id.to_string();
    let spawn = |args: &[&str]| folder.command(args).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("starts");
    let mut runs = vec![
        spawn(&["ledger", "import", "shared.ledger", "projects.csv", "--by", "示例乙"]),
        spawn(&["ledger", "undo", "shared.ledger", &first, "--by", "示例丙"]),
    ];
    runs.extend((16..24).map(set));
    runs.into_iter().for_each(wait);
    let ledger = open();
    let by = |who: &str| ledger.changes().iter().filter(|c| &*c.by == who).count();
    assert!(by("示例甲") == 24 && by("示例乙") > 0 && by("示例丙") == 1, "{}", ledger.text());
    // One that stopped in the middle holds nobody up for ever, and one that is at work is waited for.
    let lock = folder.0.join(".shared.ledger.lock");
    fs::write(&lock, "0 0").expect("written");
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(60);
    fs::File::options().write(true).open(&lock).and_then(|file| file.set_modified(long_ago)).expect("aged");
    wait(set(24));
    fs::write(&lock, "0 0").expect("written");
    let waiting = set(25);
    fs::remove_file(&lock).expect("removed");
    wait(waiting);
    assert_eq!(open().book().0.projects.iter().filter(|p| p.name.starts_with("示例")).count(), 25, "the name of one was taken back");
    assert!(folder.names().iter().all(|name| !name.starts_with('.')), "{:?}", folder.names());
}

#[test]
fn the_command_line_says_what_the_library_says() {
    let folder = Folder::new("same");
    let args = ["rank", "sample_candidates.csv", "--residents", "sample_residents.csv", "--chain", "optoelectronics"];
    let out = folder.run(&with_day(&args));
    let mut session = xiangma::Session::new(xiangma::Date::constant(2026, 11, 1)).expect("a session");
    session.load_candidates(&folder.read("sample_candidates.csv")).expect("candidates");
    session.load_residents(&folder.read("sample_residents.csv")).expect("residents");
    session.target(&["optoelectronics".to_owned()], &[]).expect("a chain");
    session.assess().expect("assessed");
    let ranking = session.ranking().expect("a ranking");
    let text = String::from_utf8(out.stdout).expect("UTF-8");
    let lines: Vec<serde_json::Value> = text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines.len(), session.candidates().len());
    for (line, row) in lines.iter().zip(ranking.top(usize::MAX)) {
        let row = row as usize;
        assert_eq!(line["name"], session.candidates()[row].name.as_str());
        let score = line["score"].as_f64().expect("a score");
        assert_eq!(format!("{score:.2}"), ranking.score(row).expect("a score").shown(), "{line}");
    }
}

#[test]
fn a_run_that_is_stopped_leaves_the_old_file_or_the_whole_new_one() {
    let folder = Folder::new("stopped");
    let args = with_day(&["rank", "sample_candidates.csv", "--quiet", "--out", "list.csv"]);
    let start = std::time::Instant::now();
    assert!(folder.run(&args).status.success());
    let (whole, took) = (folder.read("list.csv"), start.elapsed());
    for part in 0..12 {
        fs::write(folder.0.join("list.csv"), "old").expect("written");
        let mut run = folder.command(&args).stderr(Stdio::null()).spawn().expect("starts");
        std::thread::sleep(took * part / 10);
        // It may have ended already.
        let _ = run.kill();
        run.wait().expect("ends");
        let now = folder.read("list.csv");
        assert!(now == b"old" || now == whole, "after {part} tenths there are {} bytes", now.len());
    }
}

#[test]
fn a_workbook_holds_text_as_it_is() {
    let folder = Folder::new("workbook");
    fs::write(folder.0.join("odd.csv"), "企业名称,主营产品\n\"=1+1公司\",光模块\n＠乙公司,光缆\n").expect("written");
    assert!(folder.run(&with_day(&["rank", "odd.csv", "--out", "odd.xlsx"])).status.success());
    let table = xiangma::intake(&folder.read("odd.xlsx"), &xiangma::IntakeOptions::new()).expect("a workbook");
    let names: Vec<&str> = table.enterprises.iter().map(|e| e.name.as_str()).collect();
    assert!(names.contains(&"=1+1公司") && names.len() == 2, "{names:?}");
    // In CSV, where nothing says what is a formula, a quote does.
    let out = folder.run(&with_day(&["rank", "odd.csv", "--format", "csv"]));
    let csv = String::from_utf8(out.stdout).expect("UTF-8");
    assert!(csv.contains(",'=1+1公司,") && csv.contains(",'＠乙公司,"), "{csv}");
}

#[test]
fn a_document_holds_the_message_and_the_table() {
    let folder = Folder::new("document");
    fs::write(folder.0.join("a.csv"), "企业名称,主营产品,参保人数\n示例<甲>&有限公司,光模块,90\n示例乙有限公司,光缆,20\n")
        .expect("written");
    fs::write(folder.0.join("b.csv"), "企业名称,主营产品,参保人数\n示例<甲>&有限公司,光模块,20\n示例乙有限公司,光缆,900\n")
        .expect("written");
    assert!(folder.run(&with_day(&["push", "a.csv", "b.csv", "--lang", "zh", "--out", "十一月推送.docx"])).status.success());
    let bytes = folder.read("十一月推送.docx");
    let mut parts = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a document");
    let mut part = |name: &str| std::io::read_to_string(parts.by_name(name).expect(name)).expect("text");
    let body = part("word/document.xml");
    assert!(part("[Content_Types].xml").contains("wordprocessingml.document.main"));
    assert!(body.contains(">十一月推送<") && body.contains("<w:tblHeader/>") && body.contains("示例&lt;甲&gt;&amp;有限公司"), "{body}");
    assert_eq!(body.matches("<w:tr>").count(), 3, "a header and two");
    // It needs a file, and holds no more than a word processor lays out.
    let out = folder.run(&with_day(&["push", "a.csv", "b.csv", "--format", "docx"]));
    assert!(out.status.code() == Some(2) && String::from_utf8_lossy(&out.stderr).contains("add --out FILE.docx"));
    let mut many = "企业名称,主营产品\n".to_owned();
    (0..5_001).for_each(|n| many += &format!("第{n}示例有限公司,光模块\n"));
    fs::write(folder.0.join("many.csv"), many).expect("written");
    let out = folder.run(&with_day(&["rank", "many.csv", "--out", "many.docx"]));
    assert!(
        !out.status.success()
            && String::from_utf8_lossy(&out.stderr).contains("too many for a document")
            && !folder.0.join("many.docx").exists()
    );
}

#[test]
fn an_exported_list_ranks_as_before() {
    let folder = Folder::new("exported");
    let rank = |file: &str, more: &[&str]| {
        let args = ["rank", file, "--residents", "sample_residents.csv", "--chain", "optoelectronics", "--as-of", "2026-11-01"];
        let output = folder.run(&[&args, more].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let judged = |lines: &str| -> Vec<String> {
        let line = |l: &str| {
            let v: serde_json::Value = serde_json::from_str(l).expect("JSON");
            ["rank", "name", "score", "low", "high", "grade", "link", "vetoes"].map(|key| v[key].to_string()).join(" ")
        };
        lines.lines().map(line).collect()
    };
    let before = judged(&rank("sample_candidates.csv", &["--format", "jsonl"]));
    for file in ["again.csv", "again.xlsx", "again.jsonl"] {
        rank("sample_candidates.csv", &["--facts", "--out", file]);
        assert_eq!(judged(&rank(file, &["--format", "jsonl"])), before, "{file}");
    }
}

/// Files under the names that the manual gives them.
const CALLED: [(&str, &str); 7] = [
    ("zone_candidates.csv", "candidates.csv"),
    ("zone_residents.csv", "residents.csv"),
    ("zone_ties.csv", "ties.csv"),
    ("zone_officers.csv", "officers.csv"),
    ("zone_november.csv", "november.csv"),
    ("team_firms.csv", "firms.csv"),
    ("production.csv", "enterprises.csv"),
];

/// Runs what the blocks of a page say, in order, and gives how many commands those were. A block named `file=NAME` is that file. Commands of `sh`
/// succeed; those of `console` print what stands below them, as far as a line of `…`.
fn run_page(page: &str, text: &str) -> usize {
    let folder = Folder::new(&page.replace('/', "_"));
    for (from, to) in CALLED {
        fs::copy(folder.0.join(from), folder.0.join(to)).expect("copied");
    }
    let shell = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().skip(1).collect();
        let out = folder.run(&words);
        assert!(out.status.success(), "{page}: {line}\n{}", String::from_utf8_lossy(&out.stderr));
        String::from_utf8(out.stdout).expect("UTF-8")
    };
    let trimmed = |line: &str| line.trim_end().to_owned();
    let mut commands = 0;
    // Every second part lies within a fence.
    for block in text.split("\n```").skip(1).step_by(2) {
        let (info, body) = block.split_once('\n').unwrap_or((block, ""));
        if let Some((_, name)) = info.split_once("file=") {
            fs::write(folder.0.join(name), body).expect("written");
        }
        if info == "sh" {
            for line in body.lines().filter(|line| line.starts_with("xiangma ")) {
                shell(line);
                commands += 1;
            }
        }
        if info == "console" {
            for (line, shown) in body.split("$ ").skip(1).filter_map(|part| part.split_once('\n')) {
                let shown: Vec<String> = shown.lines().take_while(|line| *line != "…").map(trimmed).collect();
                let printed: Vec<String> = shell(line).lines().take(shown.len()).map(trimmed).collect();
                assert_eq!(printed, shown, "{page}: {line}");
                commands += 1;
            }
        }
    }
    commands
}

#[test]
fn what_the_manual_shows_runs() {
    let mut commands = 0;
    for language in ["docs/zh", "docs/en"] {
        for file in fs::read_dir(root().join(language)).expect("pages").map(|f| f.expect("a file").path()) {
            let page = format!("{language}/{}", file.file_name().expect("a name").to_string_lossy());
            commands += run_page(&page, &fs::read_to_string(&file).expect("a page"));
        }
    }
    assert!(commands >= 80, "{commands} commands");
}
