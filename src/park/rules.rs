//! The thresholds of a diagnosis: judgement, and therefore data.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind};

/// Every threshold of a diagnosis, as strict JSON with a version: an unknown or a missing key is an error.
///
/// ```
/// use xiangma::{DiagnosisRules, Level};
///
/// let rules = DiagnosisRules::builtin();
/// assert_eq!(rules.level(2, 2, 55.0), Level::Strong);
/// // One firm alone makes no strong link: all hangs on it.
/// assert_eq!(rules.level(1, 1, 55.0), Level::Potential);
/// let text = serde_json::to_string(&rules)?.replace("\"strong\":55", "\"strong\":70");
/// assert_eq!(DiagnosisRules::from_json(&text)?.level(2, 2, 55.0), Level::Potential);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct DiagnosisRules {
    /// `xiangma-diagnosis`.
    pub format: String,
    /// Version of the format: 1.
    pub version: u32,
    /// What coverage is made of.
    pub coverage: CoverageRule,
    /// What the capital of a resident counts for.
    pub size: SizeRule,
    /// What technology counts for.
    pub technology: TechnologyRule,
    /// From which coverage on a link is potential, and strong.
    pub levels: LevelRule,
    /// On how many links a resident counts, the best first: 1 to 10. It counts on further ones where its products tell that they are part of its
    /// business.
    pub links_per_resident: u8,
    /// How much a link is needed.
    pub urgency: UrgencyRule,
    /// A link with nobody on it nor beside it is to be established while its chain is less complete than this, 0 to 100; otherwise it is left.
    pub establish_below: u8,
    /// A resident without whom this share of the whole passages breaks, 1 to 100 %, is an anchor.
    pub anchor_from: u8,
    /// What another park has of a link stands in for this share of what the park would have itself, 0 to 100 %, where parks are compared.
    pub nearby: u8,
    /// A fall of the number of staff by this share, 1 to 100 %, from one edition of the residents to the next is a sign that one may leave.
    pub staff_fall: u8,
}

/// What coverage is made of, in hundredths that sum to 100.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverageRule {
    /// Of the scale of those there.
    pub scale: u8,
    /// Of the share of neighbouring links with residents.
    pub linkage: u8,
    /// Of technology.
    pub technology: u8,
}

/// What the capital of a resident counts for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeRule {
    /// From so much on, the most first.
    pub steps: Vec<SizeStep>,
    /// Below all steps, or where it is not known: 0 to 100.
    pub otherwise: u8,
    /// How much of a link one resident of full size covers in scale, in hundredths, 1 to 100.
    pub each: u8,
}

/// From this capital on.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SizeStep {
    /// Yuan.
    pub from: u64,
    /// 0 to 100.
    pub share: u8,
}

/// What technology counts for, 0 to 100.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TechnologyRule {
    /// Where a resident is a high-technology enterprise or higher.
    pub high: u8,
    /// Where that is not known.
    pub unknown: u8,
}

/// From which coverage on a link is potential, and strong; below both it is weak, and without residents blank.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelRule {
    /// 0 to 100.
    pub potential: u8,
    /// 0 to 100, not below `potential`.
    pub strong: u8,
    /// How many residents at least are engaged in what is strong: what hangs on fewer is not, however well it is covered.
    pub strong_residents: u8,
}

/// How much a link is needed, 0 to 100.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UrgencyRule {
    /// Nobody is there, and somebody upstream and downstream of it.
    pub between: u8,
    /// Nobody is there, and somebody on one side of it.
    pub beside: u8,
    /// More for each hundred of linkage.
    pub beside_linkage: u8,
    /// Nobody is there, and a link beside it is strong.
    pub extend: u8,
    /// Nobody is there nor beside it.
    pub establish: u8,
    /// Somebody is there, and it is not strong.
    pub strengthen: u8,
    /// Less for each hundred of coverage.
    pub strengthen_coverage: u8,
    /// It is strong.
    pub strong: u8,
}

/// How well a link is covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// 空白: nobody is there.
    Blank,
    /// 薄弱.
    Weak,
    /// 潜力.
    Potential,
    /// 强项.
    Strong,
}

impl Level {
    /// Every level, from blank on.
    pub const ALL: [Self; 4] = [Self::Blank, Self::Weak, Self::Potential, Self::Strong];

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Blank => "blank",
            Self::Weak => "weak",
            Self::Potential => "potential",
            Self::Strong => "strong",
        }
    }

    /// Its name in Chinese and in English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Blank => ("空白", "blank"),
            Self::Weak => ("薄弱", "weak"),
            Self::Potential => ("有潜力", "potential"),
            Self::Strong => ("强项", "strong"),
        }
    }
}

impl std::fmt::Display for Level {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::str::FromStr for Level {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let found = Self::ALL.into_iter().find(|level| level.as_str() == text);
        found.ok_or_else(|| Kind::BadArgument(format!("`{text}` is no level: blank, weak, potential or strong")).into())
    }
}

impl DiagnosisRules {
    /// The rules that come with the library.
    pub fn builtin() -> Self {
        serde_json::from_str(include_str!("diagnosis.json")).unwrap_or_default()
    }

    /// Reads rules.
    ///
    /// # Errors
    ///
    /// `BAD_JSON` for what does not parse; `BAD_ARGUMENT`, naming the key, for a figure out of its range.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        let rules: Self = serde_json::from_str(text).map_err(|e| Error::from(Kind::BadJson(e.to_string())))?;
        let bad = |what: &str| Err(Error::from(Kind::BadArgument(format!("diagnosis rules: {what}"))));
        if rules.format != "xiangma-diagnosis" || rules.version != 1 {
            return bad("expected `xiangma-diagnosis` version 1");
        }
        let CoverageRule { scale, linkage, technology } = rules.coverage;
        if u32::from(scale) + u32::from(linkage) + u32::from(technology) != 100 {
            return bad("`coverage` sums to 100");
        }
        if !rules.size.steps.windows(2).all(|two| two[0].from > two[1].from) {
            return bad("`size.steps` go from the most capital to the least");
        }
        if rules.size.each == 0
            || rules.links_per_resident == 0
            || rules.links_per_resident > 10
            || rules.anchor_from == 0
            || rules.staff_fall == 0
        {
            return bad("`size.each`, `anchor_from` and `staff_fall` are 1 to 100, `links_per_resident` 1 to 10");
        }
        if rules.levels.potential > rules.levels.strong {
            return bad("`levels.potential` is not above `levels.strong`");
        }
        let UrgencyRule { between, beside, beside_linkage, extend, establish, strengthen, strengthen_coverage, strong } = rules.urgency;
        let shares = rules.size.steps.iter().map(|step| step.share);
        let rest = [rules.size.otherwise, rules.size.each, rules.technology.high, rules.technology.unknown, rules.levels.strong];
        let urgencies = [between, beside, beside_linkage, extend, establish, strengthen, strengthen_coverage, strong];
        let mut all = shares.chain(rest).chain(urgencies).chain([rules.establish_below, rules.anchor_from, rules.nearby, rules.staff_fall]);
        if all.any(|figure| figure > 100) || beside.saturating_add(beside_linkage) > 100 {
            return bad("every figure is at most 100, and so is `urgency.beside` with `urgency.beside_linkage`");
        }
        Ok(rules)
    }

    /// How well a link is covered: `residents` are there, `engaged` of them as part of their business and not as an aside, and its coverage is
    /// 0 to 100.
    pub fn level(&self, residents: u32, engaged: u32, coverage: f64) -> Level {
        let enough = engaged >= u32::from(self.levels.strong_residents);
        match residents {
            0 => Level::Blank,
            _ if enough && coverage >= f64::from(self.levels.strong) => Level::Strong,
            _ if coverage >= f64::from(self.levels.potential) => Level::Potential,
            _ => Level::Weak,
        }
    }
}
