//! Phases, gates and clocks as data: the file, and what is wrong with one that a zone wrote.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::chain::Finding;
use crate::error::Error;
use crate::pipeline::clock::Clock;
use crate::pipeline::project::{Project, ProjectKind};
use crate::pipeline::rules_file::{other_format, read, sound};

/// The phases of a project, the gates before them, and the clocks between events. Strict JSON: an unknown key is an error.
///
/// The default has 意向, 签约, 供地, 开工, 竣工 and 投产. A zone writes its own; [`check_phases`] says everything that is wrong with it.
///
/// ```
/// use xiangma::pipeline::Phases;
///
/// let phases = Phases::default();
/// let names: Vec<&str> = phases.phases.iter().map(|p| p.zh.as_str()).collect();
/// assert_eq!(names, ["意向", "签约", "供地", "开工", "竣工", "投产"]);
/// let text = serde_json::to_string(&phases).map_err(|e| e.to_string())?;
/// assert_eq!(Phases::from_json(&text).map_err(|e| e.to_string())?, phases);
/// # Ok::<(), String>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Phases {
    /// `xiangma-phases`.
    pub format: String,
    /// The version of the format, 1.
    pub version: u32,
    /// Its id, which a zone chooses.
    pub id: String,
    /// Its title in Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// What can happen to a project.
    pub events: Vec<EventKind>,
    /// The event by which a project goes back to the pool; its note says why.
    pub returned: String,
    /// The phases, in order.
    pub phases: Vec<Phase>,
    /// What must have happened before a phase.
    #[serde(default)]
    pub gates: Vec<Gate>,
    /// Time from an event to another.
    #[serde(default)]
    pub clocks: Vec<Clock>,
}

/// A kind of event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct EventKind {
    /// Its id, as projects name it.
    pub id: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

/// A phase of a project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Phase {
    /// Its id.
    pub id: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// The event by which a project enters it.
    pub event: String,
    /// The kinds of project that pass through it; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<ProjectKind>,
    /// What must be known of a project in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub demands: Vec<Demand>,
    /// What else must be known of one of a kind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub demands_of: BTreeMap<ProjectKind, Vec<Demand>>,
}

/// An event that must have happened before a phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
pub struct Gate {
    /// Id of the phase.
    pub before: String,
    /// The event.
    pub event: String,
    /// For which kinds of project; for all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<ProjectKind>,
}

/// A field that a phase demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs, reason = "each is the field of Project of its name")]
pub enum Demand {
    Name,
    /// The enterprise, or the name of one to be founded.
    Enterprise,
    Kind,
    Chain,
    Link,
    District,
    Investment,
    Tax,
    Output,
    Land,
    Energy,
    Jobs,
    FixedInvestment,
    Revenue,
    AddedValue,
    Research,
    PolicyClass,
    TwoHighs,
    HeavyMetals,
    NitrogenPhosphorus,
    HighVoc,
    Introducer,
    Officers,
    OrderedBy,
    ContactVerified,
    Documents,
}

impl Demand {
    /// Whether the project has it.
    pub fn is_met(self, project: &Project) -> bool {
        match self {
            Self::Name => !project.name.trim().is_empty(),
            Self::Enterprise => project.enterprise.is_some() || project.founding.is_some(),
            Self::Kind => project.kind.is_some(),
            Self::Chain => project.chain.is_some(),
            Self::Link => project.link.is_some(),
            Self::District => project.district.is_some(),
            Self::Investment => project.investment.is_some(),
            Self::Tax => project.tax.is_some(),
            Self::Output => project.output.is_some(),
            Self::Land => project.land.is_some(),
            Self::Energy => project.energy.is_some(),
            Self::Jobs => project.jobs.is_some(),
            Self::FixedInvestment => project.fixed_investment.is_some(),
            Self::Revenue => project.revenue.is_some(),
            Self::AddedValue => project.added_value.is_some(),
            Self::Research => project.research.is_some(),
            Self::PolicyClass => project.policy_class.is_some(),
            Self::TwoHighs => project.two_highs.is_some(),
            Self::HeavyMetals => project.heavy_metals.is_some(),
            Self::NitrogenPhosphorus => project.nitrogen_phosphorus.is_some(),
            Self::HighVoc => project.high_voc.is_some(),
            Self::Introducer => project.introducer.is_some(),
            Self::Officers => !project.officers.is_empty(),
            Self::OrderedBy => project.ordered_by.is_some(),
            Self::ContactVerified => project.contact_verified == Some(true),
            Self::Documents => !project.documents.is_empty(),
        }
    }

    /// In Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Name => ("项目名称", "the name"),
            Self::Enterprise => ("投资主体", "the enterprise"),
            Self::Kind => ("项目类型", "the kind of project"),
            Self::Chain => ("所属产业链", "the chain"),
            Self::Link => ("所属环节", "the link"),
            Self::District => ("落户片区", "the district"),
            Self::Investment => ("总投资", "the investment"),
            Self::Tax => ("年税收", "the tax a year"),
            Self::Output => ("年产值", "the output a year"),
            Self::Land => ("用地面积", "the land"),
            Self::Energy => ("年综合能耗", "the energy a year"),
            Self::Jobs => ("就业人数", "the jobs"),
            Self::FixedInvestment => ("固定资产投资", "the investment in fixed assets"),
            Self::Revenue => ("年营业收入", "the revenue a year"),
            Self::AddedValue => ("年工业增加值", "the value added a year"),
            Self::Research => ("年研发投入", "the research expenses a year"),
            Self::PolicyClass => ("产业目录类别", "the class in the industry catalogue"),
            Self::TwoHighs => ("是否两高", "whether it is of high energy use and emission"),
            Self::HeavyMetals => ("是否排放重金属", "whether it discharges heavy metals"),
            Self::NitrogenPhosphorus => ("是否排放氮磷废水", "whether its waste water carries nitrogen or phosphorus"),
            Self::HighVoc => ("是否高挥发性有机物排放", "whether it emits much of volatile organic compounds"),
            Self::Introducer => ("引荐人", "the introducer"),
            Self::Officers => ("包干专员", "an officer"),
            Self::OrderedBy => ("交办领导", "who ordered it"),
            Self::ContactVerified => ("电话核实", "a contact that has been verified"),
            Self::Documents => ("相关文件", "a document"),
        }
    }
}

/// What an error calls these rules.
const RULES: &str = "phases";
const FORMAT: &str = "xiangma-phases";
const VERSION: u32 = 1;

impl Default for Phases {
    fn default() -> Self {
        #[allow(clippy::expect_used, reason = "an embedded constant that every test reads")]
        Self::from_json(include_str!("phases.json")).expect("the embedded phases are sound")
    }
}

impl Phases {
    /// Reads phases that a zone wrote.
    ///
    /// # Errors
    ///
    /// `BAD_RULES`, with the first finding of [`check_phases`].
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let phases: Self = read(RULES, text)?;
        let findings = phases.findings();
        sound(RULES, phases, findings)
    }

    /// A kind of event.
    pub fn event(&self, id: &str) -> Option<&EventKind> {
        self.events.iter().find(|e| e.id == id)
    }

    /// A phase.
    pub fn phase(&self, id: &str) -> Option<&Phase> {
        self.phases.iter().find(|p| p.id == id)
    }

    /// The phases that a project of a kind passes through; all where its kind is not known.
    pub fn of_kind(&self, kind: Option<ProjectKind>) -> impl Iterator<Item = &Phase> {
        self.phases.iter().filter(move |p| is_for(&p.kinds, kind))
    }

    /// The gates before a phase for a project of a kind.
    pub(super) fn gates_of<'p>(&'p self, phase: &'p str, kind: Option<ProjectKind>) -> impl Iterator<Item = &'p Gate> {
        self.gates.iter().filter(move |g| g.before == phase && kind.is_some() && is_for(&g.kinds, kind))
    }

    fn findings(&self) -> Vec<Finding> {
        let mut all: Vec<Finding> = other_format(&self.id, (&self.format, self.version), (FORMAT, VERSION)).into_iter().collect();
        let mut say =
            |code, place: &str, zh: String, en: String| all.push(Finding { code, is_error: true, place: place.to_owned(), zh, en });
        for (id, zh, en) in self.labels() {
            if [id, zh, en].iter().any(|text| text.trim().is_empty()) {
                say("NAME_EMPTY", id, "编号和中英文名称均须填写".to_owned(), "an id and a name in both languages must be there".to_owned());
            }
        }
        for ids in [
            self.events.iter().map(|e| &e.id).collect::<Vec<_>>(),
            self.phases.iter().map(|p| &p.id).collect(),
            self.clocks.iter().map(|c| &c.id).collect(),
        ] {
            let mut seen = BTreeSet::new();
            for id in ids.into_iter().filter(|id| !seen.insert(id.as_str())) {
                say("ID_TWICE", id, format!("编号“{id}”重复"), format!("the id `{id}` stands twice"));
            }
        }
        if self.phases.is_empty() {
            say("NO_PHASES", &self.id, "没有任何阶段".to_owned(), "there is no phase".to_owned());
        }
        for (place, event) in self.named_events() {
            if self.event(event).is_none() {
                let (known_zh, known) = (self.known("、"), self.known(", "));
                say(
                    "EVENT_UNKNOWN",
                    place,
                    format!("事件“{event}”未定义；已定义：{known_zh}"),
                    format!("the event `{event}` is not defined; defined: {known}"),
                );
            }
        }
        let mut entering = BTreeSet::new();
        for phase in &self.phases {
            if !entering.insert(&phase.event) || phase.event == self.returned {
                let event = &phase.event;
                say(
                    "EVENT_TWICE",
                    &phase.id,
                    format!("事件“{event}”已用于其他阶段或退库，一个事件只能进入一个阶段"),
                    format!("the event `{event}` already enters another phase, or is the return; an event enters one phase"),
                );
            }
        }
        for gate in self.gates.iter().filter(|g| self.phase(&g.before).is_none()) {
            let phase = &gate.before;
            say(
                "PHASE_UNKNOWN",
                &gate.event,
                format!("关口所在阶段“{phase}”未定义"),
                format!("the gate is before `{phase}`, which is no phase"),
            );
        }
        for clock in self.clocks.iter().filter(|c| c.to.is_empty() || c.to.contains(&c.from)) {
            say(
                "CLOCK_NOWHERE",
                &clock.id,
                "时限须有终点事件，且不得与起点相同".to_owned(),
                "a clock runs to another event than it started from".to_owned(),
            );
        }
        all
    }

    fn known(&self, between: &str) -> String {
        self.events.iter().map(|e| e.id.as_str()).collect::<Vec<_>>().join(between)
    }

    fn labels(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        let own = std::iter::once((self.id.as_str(), self.zh.as_str(), self.en.as_str()));
        let events = self.events.iter().map(|e| (e.id.as_str(), e.zh.as_str(), e.en.as_str()));
        let phases = self.phases.iter().map(|p| (p.id.as_str(), p.zh.as_str(), p.en.as_str()));
        own.chain(events).chain(phases).chain(self.clocks.iter().map(|c| (c.id.as_str(), c.zh.as_str(), c.en.as_str())))
    }

    /// Every event that is named, and where.
    fn named_events(&self) -> Vec<(&str, &str)> {
        let mut named = vec![("returned", self.returned.as_str())];
        named.extend(self.phases.iter().map(|p| (p.id.as_str(), p.event.as_str())));
        named.extend(self.gates.iter().map(|g| (g.before.as_str(), g.event.as_str())));
        named.extend(self.clocks.iter().flat_map(|c| std::iter::once(&c.from).chain(&c.to).map(|e| (c.id.as_str(), e.as_str()))));
        named
    }
}

/// Whether a list of kinds, all when empty, has this one; an unknown kind may be any.
pub(super) fn is_for(kinds: &[ProjectKind], kind: Option<ProjectKind>) -> bool {
    kinds.is_empty() || kind.is_none_or(|kind| kinds.contains(&kind))
}

/// Says everything that is wrong with a file of phases; nothing when it can be used.
///
/// | code | meaning |
/// |---|---|
/// | `OTHER_FORMAT` | not a file of phases, or of a later version |
/// | `ID_TWICE`, `NAME_EMPTY` | an id and a name must be there, and the id its own |
/// | `NO_PHASES` | there is no phase |
/// | `EVENT_UNKNOWN`, `PHASE_UNKNOWN` | a phase, gate or clock names what is not defined |
/// | `EVENT_TWICE` | two phases are entered by one event |
/// | `CLOCK_NOWHERE` | a clock that runs to no other event |
///
/// # Errors
///
/// `BAD_RULES` when the text is no file of phases at all: a key is unknown or missing, or a word is not one of those known.
///
/// ```
/// use xiangma::pipeline::{Phases, check_phases};
///
/// let mut own = Phases::default();
/// own.phases[0].event = "handshake".to_owned();
/// let text = serde_json::to_string(&own).map_err(|e| e.to_string())?;
/// let findings = check_phases(&text).map_err(|e| e.to_string())?;
/// assert_eq!((findings[0].code, findings[0].place.as_str()), ("EVENT_UNKNOWN", "intent"));
/// # Ok::<(), String>(())
/// ```
pub fn check_phases(text: &str) -> Result<Vec<Finding>, Error> {
    Ok(read::<Phases>(RULES, text)?.findings())
}
