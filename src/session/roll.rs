//! A file ranked where it lies: of each enterprise its points, its name and its key are kept, and its texts are read again when somebody
//! asks for them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use crate::chain::{Locator, Match, Reader};
use crate::enterprise::Enterprise;
use crate::error::{Error, Kind};
use crate::explain::{Context, Reasons, explain};
use crate::intake::{
    Identities, Identity, Index, IntakeOptions, IntakeReport, Keeper, Lists, Merge, ReadAt, Streamed, changed, long_lists, stream, unite,
};
use crate::order::sort;
use crate::parallel::{Crew, Idle, parts, with_crew};
use crate::park::Park;
use crate::rank::{Ranking, Weighing};
use crate::scorecard::{AssessOptions, Assessment, Judging, Rows, Scorecard};
use crate::session::Session;

/// So many enterprises are located and judged at a time: two whole blocks of points.
const CHUNK: usize = 1_024;

/// So many chunks wait to be judged; what is read beyond waits for them.
const BEGUN: usize = 48;

/// So many rows of several are held at once.
const HELD: usize = 1 << 16;

/// A file ranked where it lies; see [`Session::stream`].
#[derive(Debug)]
pub struct Roll<'s, S> {
    session: &'s Session,
    source: S,
    index: Index,
    report: IntakeReport,
    extra_columns: Vec<String>,
    park: Option<Park>,
    assessment: Assessment,
    weighing: Weighing,
    /// Of each enterprise that several rows tell of, their numbers.
    several: BTreeMap<u32, Vec<u32>>,
    /// The target regions that somebody is in.
    regions: Vec<String>,
}

impl Session {
    /// Ranks a file of any length by the card, the weights, the chains, the regions and the residents of this sitting, without keeping it:
    /// some 200 bytes of each enterprise stay in memory. The list is the same, to the last digit, as that of the file
    /// [opened](Self::open) and [assessed](Self::assess). `progress` is told which share is read, 0 to 1, and answers whether to go on.
    ///
    /// None for a file that is no delimited text in UTF-8: such a file is to be opened. [`IntakeOptions::max_bytes`] is of files that
    /// are held, and does not count here.
    ///
    /// ```
    /// use xiangma::{Date, IntakeOptions, Session};
    ///
    /// let file = "企业名称,主营产品,参保人数\n示例光电有限公司,光模块,120\n示例商贸有限公司,钢材销售,8\n";
    /// let mut session = Session::new(Date::constant(2026, 11, 1))?;
    /// let roll = session.stream(file.as_bytes().to_vec(), &IntakeOptions::new(), &mut |_| true)?.ok_or("not CSV")?;
    /// let best = roll.ranking().top(1);
    /// let (enterprise, matches) = &roll.read(&best)?[0];
    /// assert_eq!((enterprise.name.as_str(), matches[0].link.as_deref()), ("示例光电有限公司", Some("oc_module")));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`open`](Self::open) and [`assess`](Self::assess); `UNREADABLE` where the file cannot be read.
    pub fn stream<S: ReadAt>(
        &mut self,
        source: S,
        options: &IntakeOptions,
        progress: &mut dyn FnMut(f64) -> bool,
    ) -> Result<Option<Roll<'_, S>>, Error> {
        while self.residents.as_ref().is_some_and(|r| r.left() > 0) {
            self.locate(usize::MAX);
        }
        let session: &Self = self;
        let settings = &session.settings;
        let chains = session.chains_of(settings);
        let park = session.park_of(settings, &chains)?;
        let by = By {
            locator: &session.locator,
            card: &settings.card,
            options: AssessOptions::new(session.as_of).chains(chains).target_regions(settings.regions.clone()),
            park: park.as_ref(),
            residents: session.residents(),
            readers: Idle::default(),
            done: Mutex::default(),
        };
        let done = with_crew(|crew| {
            let Some(streamed) = stream(&source, &session.dated(options), || Judge::new(&by, crew), progress)? else { return Ok(None) };
            let Streamed { keeper: judge, mut report, extra_columns, index } = streamed;
            let done = judge.finish(&source, &index, &mut report)?;
            Ok::<_, Error>(Some((done, report, extra_columns, index)))
        });
        let Some((Done { assessment, several, regions }, report, extra_columns, index)) = done? else { return Ok(None) };
        let mut weighing = Weighing::new(&assessment);
        weighing.set(&assessment, &settings.wanted.in_force(|c| assessment.is_left_out(c)))?;
        Ok(Some(Roll { session, source, index, report, extra_columns, park, assessment, weighing, several, regions }))
    }
}

impl<S: ReadAt> Roll<'_, S> {
    /// What became of every row and column.
    pub fn report(&self) -> &IntakeReport {
        &self.report
    }

    /// Headings of the columns the library does not know.
    pub fn extra_columns(&self) -> &[String] {
        &self.extra_columns
    }

    /// The park's diagnosis, where there are residents.
    pub fn park(&self) -> Option<&Park> {
        self.park.as_ref()
    }

    /// The ranking. Its rows are the places of the enterprises in the file, counted from 0.
    pub fn ranking(&self) -> Ranking<'_> {
        Ranking::borrowed(&self.assessment, &self.weighing)
    }

    /// The target regions that some enterprise is in.
    pub fn regions(&self) -> &[String] {
        &self.regions
    }

    /// Reads some enterprises again, and locates them: in the order asked for. Of each, a part of the file of some hundred kilobytes is
    /// read.
    ///
    /// # Errors
    ///
    /// `BAD_ARGUMENT` for a row that is not there; `UNREADABLE` where the file is no longer what it was.
    pub fn read(&self, rows: &[u32]) -> Result<Vec<(Enterprise, Vec<Match>)>, Error> {
        let numbers = |row: u32| match self.several.get(&row) {
            Some(numbers) => Ok(numbers.clone()),
            None => self
                .assessment
                .names()
                .number(row as usize)
                .map(|n| vec![n])
                .ok_or_else(|| Kind::BadArgument(format!("there is no row {row}"))),
        };
        let wanted = rows.iter().map(|row| numbers(*row)).collect::<Result<Vec<Vec<u32>>, Kind>>()?;
        let all: BTreeMap<u32, Enterprise> = self.index.rows(&self.source, &wanted.concat())?.into_iter().map(|e| (e.row, e)).collect();
        let made = parts(wanted.len(), 16, |part| {
            let mut reader = Reader::default();
            let one = |numbers: &Vec<u32>| {
                let mut its = numbers.iter().filter_map(|n| all.get(n)).cloned();
                let first = its.next().unwrap_or_default();
                let (e, _) = its.fold((first, None), |(e, lists), next| joined(e, next, lists).0);
                let matches = self.session.locator.locate_with(&e, &mut reader);
                (e, matches)
            };
            wanted[part].iter().map(one).collect::<Vec<_>>()
        });
        let made: Vec<(Enterprise, Vec<Match>)> = made.into_iter().flatten().collect();
        let is_same = |(row, (e, _)): (&u32, &(Enterprise, _))| self.assessment.names().is(*row as usize, e);
        if rows.iter().zip(&made).all(is_same) { Ok(made) } else { Err(changed()) }
    }

    /// What words are drawn from.
    pub fn context(&self) -> Context<'_> {
        Context { catalogue: &self.session.catalogue, park: self.park(), extra_columns: &self.extra_columns }
    }

    /// Explains one enterprise, as it was [read](Self::read) again; none for a row that is not there.
    pub fn explain(&self, row: usize, enterprise: &Enterprise, matches: &[Match]) -> Option<Reasons> {
        explain(&self.ranking(), row, enterprise, matches, self.context())
    }
}

/// One enterprise of two rows, with what its lists hold where they are long.
fn joined(first: Enterprise, next: Enterprise, lists: Option<Lists>) -> ((Enterprise, Option<Lists>), Merge) {
    let mut lists = lists.or_else(|| long_lists(&first));
    let (one, merge) = unite(first, next, lists.as_mut());
    ((one, lists), merge)
}

/// What enterprises are judged by, and those that are done.
struct By<'s> {
    locator: &'s Locator,
    card: &'s Scorecard,
    options: AssessOptions,
    park: Option<&'s Park>,
    residents: &'s [Enterprise],
    readers: Idle<Reader>,
    /// Chunks that are judged, by their numbers, until those before them are there.
    done: Mutex<BTreeMap<usize, (Rows, Vec<bool>)>>,
}

impl By<'_> {
    /// Locates and judges a chunk, and lets it go; tells as well who is in which of the target regions.
    fn judge(&self, judging: &Judging, chunk: Vec<Enterprise>) -> (Rows, Vec<bool>) {
        self.readers.lend(|reader| {
            let mut rows = judging.rows();
            let mut seen = vec![false; self.options.target_regions.len()];
            for e in chunk {
                rows.push(judging, self.park, &e, &self.locator.locate_with(&e, reader));
                seen.iter_mut().zip(&self.options.target_regions).for_each(|(seen, region)| *seen |= e.region.is_within(region));
            }
            (rows, seen)
        })
    }
}

/// Judges enterprises as they are read, and lets them go.
struct Judge<'c, 'w> {
    by: &'w By<'w>,
    crew: &'c Crew<'c, 'w>,
    /// What they are judged by and what is kept of them, once the columns are known.
    judged: Option<(Arc<Judging>, Rows)>,
    fault: Option<Error>,
    identities: Identities,
    /// Enterprises that are not judged yet.
    waiting: Vec<Enterprise>,
    /// How many chunks were begun, and how many of them are kept.
    begun: usize,
    kept: usize,
    several: BTreeMap<u32, Vec<u32>>,
    is_in: Vec<bool>,
}

struct Done {
    assessment: Assessment,
    several: BTreeMap<u32, Vec<u32>>,
    regions: Vec<String>,
}

impl Keeper for Judge<'_, '_> {
    fn begin(&mut self, extra_columns: &[String]) {
        match Judging::new(self.by.card, &self.by.options, extra_columns, self.by.park, self.by.residents) {
            Ok(judging) => {
                let rows = judging.rows();
                self.judged = Some((Arc::new(judging), rows));
            }
            Err(error) => self.fault = Some(error),
        }
    }

    fn add(&mut self, next: Enterprise, name: &str, report: &mut IntakeReport, listed: usize) {
        if let Identity::Known(at) = self.identities.tell(&next, name, report, listed) {
            let first = self.identities.first_row(at);
            self.several.entry(at as u32).or_insert_with(|| vec![first]).push(next.row);
            return;
        }
        self.waiting.push(next);
        if self.waiting.len() == CHUNK {
            self.hand_over();
        }
    }

    fn count(&self) -> u64 {
        self.identities.len() as u64
    }

    fn expect(&mut self, _read: f64) {
        self.crew.catch_up(BEGUN);
        self.keep();
    }
}

impl<'c, 'w> Judge<'c, 'w> {
    fn new(by: &'w By<'w>, crew: &'c Crew<'c, 'w>) -> Self {
        Self {
            by,
            crew,
            judged: None,
            fault: None,
            identities: Identities::default(),
            waiting: Vec::new(),
            begun: 0,
            kept: 0,
            several: BTreeMap::new(),
            is_in: vec![false; by.options.target_regions.len()],
        }
    }

    /// Gives what waits to whoever has time.
    fn hand_over(&mut self) {
        let chunk = std::mem::replace(&mut self.waiting, Vec::with_capacity(CHUNK));
        let Some((judging, _)) = &self.judged else { return };
        let (by, judging, number) = (self.by, judging.clone(), self.begun);
        self.begun += 1;
        self.crew.begin(move || {
            let judged = by.judge(&judging, chunk);
            if let Ok(mut done) = by.done.lock() {
                done.insert(number, judged);
            }
        });
    }

    /// Keeps what is done, in the order of the file.
    fn keep(&mut self) {
        let Some((_, rows)) = &mut self.judged else { return };
        let Ok(mut done) = self.by.done.lock() else { return };
        while let Some((its, seen)) = done.remove(&self.kept) {
            self.kept += 1;
            rows.append(its);
            self.is_in.iter_mut().zip(seen).for_each(|(all, seen)| *all |= seen);
        }
    }

    /// Judges what is left, then anew those that several rows tell of.
    fn finish(mut self, source: &dyn ReadAt, index: &Index, report: &mut IntakeReport) -> Result<Done, Error> {
        self.hand_over();
        self.crew.catch_up(0);
        self.keep();
        // What tells enterprises apart is large, and is done with.
        let Self { by, judged, fault, several, is_in, .. } = self;
        if let Some(error) = fault {
            return Err(error);
        }
        let (judging, mut rows) = judged.ok_or(Kind::NothingLoaded)?;
        let again = Again { locator: by.locator, park: by.park, judging: &judging, reader: Reader::default(), merges: Vec::new() };
        report.merges = again.run(&mut rows, &several, source, index)?;
        report.merged = report.merges.len() as u64;
        let regions = by.options.target_regions.iter().zip(is_in).filter(|(_, is)| *is).map(|(region, _)| region.clone()).collect();
        Ok(Done { assessment: Arc::unwrap_or_clone(judging).finish(rows), several, regions })
    }
}

/// Joins the rows of enterprises that several tell of, and judges them anew.
struct Again<'j> {
    locator: &'j Locator,
    park: Option<&'j Park>,
    judging: &'j Judging,
    reader: Reader,
    /// The rows joined, each by its number.
    merges: Vec<(u32, Merge)>,
}

impl Again<'_> {
    fn run(mut self, rows: &mut Rows, several: &BTreeMap<u32, Vec<u32>>, source: &dyn ReadAt, index: &Index) -> Result<Vec<Merge>, Error> {
        let all: Vec<(u32, u32)> = several.iter().flat_map(|(at, numbers)| numbers.iter().map(|n| (*at, *n))).collect();
        let (mut places, mut before, mut now) = (Vec::new(), self.judging.rows(), self.judging.rows());
        let mut open: Option<(u32, (Enterprise, Option<Lists>))> = None;
        for some in all.chunks(HELD) {
            let numbers: Vec<u32> = some.iter().map(|(_, number)| *number).collect();
            let mut read: BTreeMap<u32, Enterprise> = index.rows(source, &numbers)?.into_iter().map(|e| (e.row, e)).collect();
            for (at, number) in some {
                let next = read.remove(number).unwrap_or_default();
                match open.take() {
                    Some((place, (first, lists))) if place == *at => {
                        let (one, merge) = joined(first, next, lists);
                        self.merges.push((*number, merge));
                        open = Some((place, one));
                    }
                    done => {
                        if let Some((_, (e, _))) = done {
                            self.push(&mut now, &e);
                        }
                        if !rows.names.is(*at as usize, &next) {
                            return Err(changed());
                        }
                        places.push(*at);
                        self.push(&mut before, &next);
                        open = Some((*at, (next, None)));
                    }
                }
            }
        }
        if let Some((_, (e, _))) = open {
            self.push(&mut now, &e);
        }
        rows.replace(&places, before, now);
        sort(&mut self.merges, &|a, b| a.0.cmp(&b.0));
        Ok(self.merges.into_iter().map(|(_, merge)| merge).collect())
    }

    fn push(&mut self, rows: &mut Rows, e: &Enterprise) {
        rows.push(self.judging, self.park, e, &self.locator.locate_with(e, &mut self.reader));
    }
}
