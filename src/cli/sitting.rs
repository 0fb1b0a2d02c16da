//! What the verbs that rank begin with: files read, enterprises located, points given.

use std::path::Path;

use indicatif::{ProgressBar, ProgressStyle};
use xiangma::{Assessment, Enterprise, FileKind, Ranking, Region, Session};

use super::failure::Failure;
use super::files;
use super::flags::{Judging, Out, card};

/// How many are located between two steps of the progress bar, and from how many on there is one.
const STEP: usize = 10_000;
const MANY: usize = 20_000;

/// Candidates, judged: a session with a ranking.
pub(super) struct Sitting {
    pub(super) session: Session,
}

impl Sitting {
    pub(super) fn new(file: &Path, judging: &Judging, out: &Out) -> Result<Self, Failure> {
        Self::of(file, files::bytes(file)?, judging, out)
    }

    /// The same, of a file that is read; its bytes are let go as soon as they are taken in.
    pub(super) fn of(file: &Path, bytes: Vec<u8>, judging: &Judging, out: &Out) -> Result<Self, Failure> {
        Self::open(ready(judging)?, file, bytes, judging, out)
    }

    /// The same, in a session that is ready.
    pub(super) fn open(mut session: Session, file: &Path, bytes: Vec<u8>, judging: &Judging, out: &Out) -> Result<Self, Failure> {
        session.open(FileKind::Candidates, &bytes, &judging.reading.options()).map_err(files::of(file))?;
        drop(bytes);
        let is_known = |name: &str| session.candidates().iter().any(|e| e.region.is_within(name));
        check_regions(judging, is_known)?;
        locate(&mut session, out);
        session.assess()?;
        Ok(Self { session })
    }

    pub(super) fn ranking(&self) -> Result<Ranking<'_>, Failure> {
        self.session.ranking().ok_or_else(|| Failure::Argument("there is nothing to rank".to_owned()))
    }

    pub(super) fn enterprise(&self, row: usize) -> Result<&Enterprise, Failure> {
        self.session.candidates().get(row).ok_or_else(|| Failure::Argument(format!("there is no row {row}")))
    }

    /// The row of an enterprise by name, by credit code, or by a part of the name that no other has.
    pub(super) fn find(&self, name: &str) -> Result<usize, Failure> {
        let (name, all) = (name.trim(), self.session.candidates());
        let rows = |fits: &dyn Fn(&Enterprise) -> bool| all.iter().enumerate().filter(|(_, e)| fits(e)).map(|(row, _)| row).collect();
        let exact: Vec<usize> = rows(&|e| e.name == name || e.credit_code.is_some_and(|c| c.as_str().eq_ignore_ascii_case(name)));
        let found = if exact.is_empty() { rows(&|e| e.name.contains(name)) } else { exact };
        match found[..] {
            [row] if !name.is_empty() => Ok(row),
            [] => Err(Failure::Argument(format!("no enterprise named `{name}` in the file"))),
            _ => Err(Failure::Argument(format!(
                "`{name}` may be any of {}: {}; name one by its full name or credit code",
                found.len(),
                found.iter().take(10).filter_map(|row| all.get(*row)).map(one).collect::<Vec<_>>().join("; ")
            ))),
        }
    }

    /// What the table could not tell, once for all.
    pub(super) fn left_out(assessment: &Assessment) -> impl Iterator<Item = String> {
        let unread = assessment.readings().iter().filter_map(|reading| {
            let (row, cell) = reading.example.as_ref()?;
            let (by, fact, takes, cells) = (&reading.by, &reading.fact, reading.takes, reading.not_understood);
            Some(format!(
                "note: `{by}` reads `{fact}` as a {takes}; {cells} cells are none, such as `{cell}` in row {row}, and count as unknown"
            ))
        });
        assessment
            .left_out()
            .map(|id| format!("note: `{id}` is left out, nothing in this run knows it; its weight is shared among the others"))
            .chain(unread)
    }
}

/// An enterprise, told from others of its name.
fn one(e: &Enterprise) -> String {
    let code = e.credit_code.map_or_else(String::new, |c| format!(", {}", c.as_str()));
    format!("{} (row {}{code})", e.name, e.row)
}

/// A session that lacks its candidates alone: by the card, the chains, the regions and the residents asked for.
pub(super) fn ready(judging: &Judging) -> Result<Session, Failure> {
    let card = card(&judging.scorecard)?;
    let mut session = Session::new(judging.day())?;
    if let Some(path) = &judging.chains.own {
        session.add_chains(&files::text(path)?).map_err(files::of(path))?;
    }
    session.set_scorecard(card)?;
    session.target(&judging.chains.ids, &judging.regions)?;
    if let Some(path) = &judging.residents {
        session.load_residents(&files::bytes(path)?).map_err(files::of(path))?;
    }
    Ok(session)
}

/// A name misspelt would put everybody out of reach.
pub(super) fn check_regions(judging: &Judging, is_known: impl Fn(&str) -> bool) -> Result<(), Failure> {
    match judging.regions.iter().find(|name| !Region::is_province(name) && !is_known(name)) {
        Some(name) => Err(Failure::Argument(format!("--region {name}: no province, and no candidate is in a place of that name"))),
        None => Ok(()),
    }
}

/// A bar for work of so many steps.
pub(super) fn bar(steps: usize, is_shown: bool, words: &str) -> ProgressBar {
    let bar = if is_shown { ProgressBar::new(steps as u64) } else { ProgressBar::hidden() };
    if let Ok(style) = ProgressStyle::with_template(words) {
        bar.set_style(style);
    }
    bar
}

fn locate(session: &mut Session, out: &Out) {
    let total = session.locate(0);
    let bar = bar(total, !out.quiet && total >= MANY, "{bar:40} {pos}/{len} {per_sec}");
    let mut left = total;
    while left > 0 {
        left = session.locate(STEP);
        bar.set_position((total - left.min(total)) as u64);
    }
    bar.finish_and_clear();
}
