//! Properties by which a list is narrowed: region, link, role and so on, a number for each row.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::enterprise::{Date, day};
use crate::order::sort;
use crate::points::Selection;

/// A property of every row.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facet {
    /// Of each row, which of `values`; [`NONE`](Self::NONE) for none.
    codes: Vec<u16>,
    values: Vec<String>,
}

/// How many of the enterprises selected share a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The value: a region, the id of a link, a role, a need, a grade.
    pub value: String,
    /// How many.
    pub count: u32,
}

/// How many of the enterprises selected share each value, the most frequent first, grades from the best down. A property's own counts leave its own condition
/// out, so that they say what choosing another value would give.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Facets {
    /// By province.
    pub regions: Vec<Count>,
    /// By link of the target chains.
    pub links: Vec<Count>,
    /// By role.
    pub roles: Vec<Count>,
    /// By what the park needs of their link; empty without residents.
    pub needs: Vec<Count>,
    /// By grade; who is ruled out has none.
    pub grades: Vec<Count>,
    /// By how they stand to the target chains.
    pub standings: Vec<Count>,
    /// By official qualification, of which an enterprise may have several.
    pub qualifications: Vec<Count>,
    /// By size.
    pub sizes: Vec<Count>,
}

/// How a candidate stands to the target chains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stand {
    /// 已确认: on a link of them, and believed to be.
    Confirmed,
    /// 待核实: near a link of them; a person must look.
    Possible,
    /// 不在链上: nothing it says leads to them.
    OffChain,
    /// 不予推荐: a veto rules it out, wherever it stands.
    RuledOut,
}

impl Stand {
    /// All of them, in this order.
    pub const ALL: [Self; 4] = [Self::Confirmed, Self::Possible, Self::OffChain, Self::RuledOut];

    /// The name a filter uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Possible => "possible",
            Self::OffChain => "off_chain",
            Self::RuledOut => "ruled_out",
        }
    }
}

/// What narrows a list. Every condition that is not empty must hold; within one, any value does.
///
/// | name | default | purpose |
/// |---|---|---|
/// | `regions` | all | provinces, as the candidates have them |
/// | `links` | all | ids of links |
/// | `roles` | all | `maker`, `developer`, `operator`, `service`, `trader` |
/// | `needs` | all | `fill`, `strengthen`, `extend`, `establish`, `none` |
/// | `grades` | all | grades of the scorecard, and `ask` |
/// | `standings` | all | `confirmed`, `possible`, `off_chain`, `ruled_out`: see [`Stand`] |
/// | `qualifications` | all | those of [`Qualification`](crate::Qualification), as a scorecard names them |
/// | `sizes` | all | `micro`, `small`, `medium`, `large` |
/// | `capital_from`, `capital_to` | any | registered capital in yuan, both ends included |
/// | `founded_from`, `founded_to` | any | the day it was founded, both ends included |
/// | `score_from`, `score_to` | any | the score, whole points of 0 to 100, both ends included |
/// | `text` | none | words, each of which its name, former name, credit code, products or initials hold |
/// | `hide_vetoed` | no | leave out who is ruled out |
///
/// Who does not say its capital or its day is not let through where that is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filter {
    /// Provinces.
    pub regions: Vec<String>,
    /// Ids of links.
    pub links: Vec<String>,
    /// Roles.
    pub roles: Vec<String>,
    /// Needs.
    pub needs: Vec<String>,
    /// Grades.
    pub grades: Vec<String>,
    /// How they stand to the target chains.
    pub standings: Vec<Stand>,
    /// Official qualifications.
    pub qualifications: Vec<String>,
    /// Sizes.
    pub sizes: Vec<String>,
    /// The least registered capital, in yuan.
    pub capital_from: Option<u64>,
    /// The greatest registered capital, in yuan.
    pub capital_to: Option<u64>,
    /// The first day of founding.
    #[serde(with = "day")]
    pub founded_from: Option<Date>,
    /// The last day of founding.
    #[serde(with = "day")]
    pub founded_to: Option<Date>,
    /// The least score, 0 to 100.
    pub score_from: Option<u8>,
    /// The greatest score, 0 to 100.
    pub score_to: Option<u8>,
    /// Words that are looked for; see [`Session::find`](crate::Session::find).
    pub text: String,
    /// Leave out who is ruled out.
    pub hide_vetoed: bool,
}

impl Facet {
    /// The code of a row without a value.
    pub(crate) const NONE: u16 = u16::MAX;

    /// A facet of the values of each row.
    pub(crate) fn new<'v>(rows: impl Iterator<Item = Option<&'v str>>) -> Self {
        let mut seen: BTreeMap<String, u16> = BTreeMap::new();
        let mut facet = Self::default();
        for value in rows {
            let code = match value.filter(|v| !v.is_empty()) {
                None => Self::NONE,
                Some(value) => seen.get(value).copied().unwrap_or_else(|| {
                    // Past 65 534 values the rest have none: no list of that length is chosen from.
                    let code = u16::try_from(facet.values.len()).unwrap_or(Self::NONE);
                    if code != Self::NONE {
                        facet.values.push(value.to_owned());
                        seen.insert(value.to_owned(), code);
                    }
                    code
                }),
            };
            facet.codes.push(code);
        }
        facet
    }

    /// A facet of known values.
    pub(crate) fn of_codes(codes: Vec<u16>, values: Vec<String>) -> Self {
        Self { codes, values }
    }

    /// The rows with any of some values; all rows for no value.
    pub(crate) fn select(&self, wanted: &[String]) -> Selection {
        if wanted.is_empty() {
            return Selection::all(self.codes.len());
        }
        let wanted: Vec<bool> = self.values.iter().map(|v| wanted.contains(v)).collect();
        Selection::from_fn(self.codes.len(), |row| wanted.get(usize::from(self.codes[row])).is_some_and(|w| *w))
    }

    /// How many of the rows selected have each value, the most frequent first.
    pub(crate) fn count(&self, rows: &Selection) -> Vec<Count> {
        let mut counts = self.count_in_order(rows);
        sort(&mut counts, &|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        counts
    }

    /// The same in the order of the values.
    pub(crate) fn count_in_order(&self, rows: &Selection) -> Vec<Count> {
        let mut counts = vec![0_u32; self.values.len()];
        for row in rows.rows() {
            if let Some(count) = counts.get_mut(usize::from(self.codes[row as usize])) {
                *count += 1;
            }
        }
        let counted = self.values.iter().zip(counts).filter(|(_, count)| *count > 0);
        counted.map(|(value, count)| Count { value: value.clone(), count }).collect()
    }
}

/// A property of which a row may have several values.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tags(Vec<(&'static str, Selection)>);

impl Tags {
    /// Tags of the values there are, with the rows that have each.
    pub(crate) fn new(values: impl Iterator<Item = (&'static str, Selection)>) -> Self {
        Self(values.filter(|(_, rows)| !rows.is_empty()).collect())
    }

    /// The rows with any of some values; all of `rows` rows for no value.
    pub(crate) fn select(&self, rows: usize, wanted: &[String]) -> Selection {
        if wanted.is_empty() {
            return Selection::all(rows);
        }
        let mut selected = Selection::from_fn(rows, |_| false);
        self.0.iter().filter(|(value, _)| wanted.iter().any(|w| w == value)).for_each(|(_, its)| selected.or(its));
        selected
    }

    /// How many of the rows selected have each value, in the order of the values.
    pub(crate) fn count(&self, rows: &Selection) -> Vec<Count> {
        let counts = self.0.iter().map(|(value, its)| {
            let mut both = its.clone();
            both.and(rows);
            Count { value: (*value).to_owned(), count: both.count() as u32 }
        });
        counts.filter(|c| c.count > 0).collect()
    }
}
