//! Properties by which a list is narrowed: region, link, role and so on, a number for each row.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

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
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The value: a region, the id of a link, a role, a need, a grade.
    pub value: String,
    /// How many.
    pub count: u32,
}

/// How many of the enterprises selected share each value, the most frequent first, grades from the best down. A property's own counts leave its own condition
/// out, so that they say what choosing another value would give.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
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
/// | `text` | none | part of a name |
/// | `hide_vetoed` | no | leave out who is ruled out |
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
    /// Part of a name.
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
