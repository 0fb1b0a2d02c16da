//! A file ranked where it lies: of each enterprise its points, its name and its key are kept, and its texts are read again when somebody
//! asks for them.

use std::collections::BTreeMap;

use crate::chain::{Locator, Match, Reader};
use crate::enterprise::Enterprise;
use crate::error::{Error, Kind};
use crate::explain::{Context, Reasons, explain};
use crate::intake::{
    Identities, Identity, Index, IntakeOptions, IntakeReport, Keeper, Lists, Merge, ReadAt, Streamed, Who, changed, long_lists, stream,
    unite,
};
use crate::order::sort;
use crate::parallel::{Idle, parts};
use crate::park::Park;
use crate::rank::{Ranking, Weighing};
use crate::scorecard::{AssessOptions, Assessment, Judging, Rows, Scorecard};
use crate::session::Session;

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
    /// None for a file that is no delimited text in UTF-8 or GB18030: such a file is to be opened. [`IntakeOptions::max_bytes`] is of files that
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
        let asked = AssessOptions::new(session.as_of).chains(chains).target_regions(settings.regions.clone());
        let judge = || Judge {
            locator: &session.locator,
            card: &settings.card,
            is_in: vec![false; asked.target_regions.len()],
            options: asked,
            park: park.as_ref(),
            residents: session.residents(),
            readers: Idle::default(),
            judged: None,
            fault: None,
            identities: Identities::default(),
            several: BTreeMap::new(),
        };
        let Some(streamed) = stream(&source, &session.dated(options), judge, progress)? else { return Ok(None) };
        let Streamed { keeper: judge, mut report, extra_columns, index } = streamed;
        let Done { assessment, several, regions } = judge.finish(&source, &index, &mut report)?;
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
        let all = self.index.rows(&self.source, &wanted.concat())?;
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

/// Judges enterprises as they are read, and lets them go.
struct Judge<'s> {
    locator: &'s Locator,
    card: &'s Scorecard,
    options: AssessOptions,
    park: Option<&'s Park>,
    residents: &'s [Enterprise],
    readers: Idle<Reader>,
    /// What they are judged by and what is kept of them, once the columns are known.
    judged: Option<(Judging, Rows)>,
    fault: Option<Error>,
    identities: Identities,
    several: BTreeMap<u32, Vec<u32>>,
    /// Of each target region, whether somebody is in it.
    is_in: Vec<bool>,
}

/// Enterprises that are judged, before it is known who they are.
struct Judged {
    who: Vec<Who>,
    rows: Option<Rows>,
    is_in: Vec<bool>,
}

struct Done {
    assessment: Assessment,
    several: BTreeMap<u32, Vec<u32>>,
    regions: Vec<String>,
}

impl Keeper for Judge<'_> {
    type Kept = Judged;

    fn begin(&mut self, extra_columns: &[String]) {
        match Judging::new(self.card, &self.options, extra_columns, self.park, self.residents) {
            Ok(judging) => {
                let rows = judging.rows();
                self.judged = Some((judging, rows));
            }
            Err(error) => self.fault = Some(error),
        }
    }

    fn keep(&self, some: Vec<(Enterprise, String)>) -> Judged {
        self.readers.lend(|reader| {
            let judging = self.judged.as_ref().map(|(judging, _)| judging);
            let mut rows = judging.map(Judging::rows);
            let mut who = Vec::with_capacity(some.len());
            let mut is_in = vec![false; self.options.target_regions.len()];
            for (e, name) in some {
                if let (Some(judging), Some(rows)) = (judging, &mut rows) {
                    rows.push(judging, self.park, &e, &self.locator.locate_with(&e, reader));
                }
                is_in.iter_mut().zip(&self.options.target_regions).for_each(|(is, region)| *is |= e.region.is_within(region));
                who.push(self.identities.who(&e, &name));
            }
            Judged { who, rows, is_in }
        })
    }

    fn add(&mut self, next: Judged, report: &mut IntakeReport, listed: usize) {
        let mut is_new = Vec::with_capacity(next.who.len());
        for who in next.who {
            let row = who.row;
            let identity = self.identities.tell(who, report, listed);
            is_new.push(identity == Identity::New);
            if let Identity::Known(at) = identity {
                let first = self.identities.first_row(at);
                self.several.entry(at as u32).or_insert_with(|| vec![first]).push(row);
            }
        }
        if let (Some((_, all)), Some(rows)) = (&mut self.judged, next.rows) {
            all.append_some(rows, &is_new);
        }
        self.is_in.iter_mut().zip(next.is_in).for_each(|(all, is)| *all |= is);
    }

    fn count(&self) -> u64 {
        self.identities.len() as u64
    }
}

impl Judge<'_> {
    /// Judges anew those that several rows tell of.
    fn finish(self, source: &dyn ReadAt, index: &Index, report: &mut IntakeReport) -> Result<Done, Error> {
        let Self { locator, park, options, judged, fault, several, is_in, identities, readers, .. } = self;
        // What tells enterprises apart is large, and is done with.
        drop((identities, readers));
        if let Some(error) = fault {
            return Err(error);
        }
        let (judging, mut rows) = judged.ok_or(Kind::NothingLoaded)?;
        let again = Again { locator, park, judging: &judging, reader: Reader::default(), merges: Vec::new() };
        report.merges = again.run(&mut rows, &several, source, index)?;
        report.merged = report.merges.len() as u64;
        let regions = options.target_regions.into_iter().zip(is_in).filter(|(_, is)| *is).map(|(region, _)| region).collect();
        Ok(Done { assessment: Assessment::of(judging, rows), several, regions })
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
            let mut read = index.rows(source, &numbers)?;
            for (at, number) in some {
                let next = read.remove(number).unwrap_or_default();
                before.count(self.judging, self.park, &next);
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
