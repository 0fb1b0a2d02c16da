//! Where an enterprise stands among those of its link: a table of reference, so that no list decides of itself who is large in it.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde::Deserialize;

/// Made by `cargo run --release --example make_standing`.
const TABLE: &str = include_str!("standing.json");

/// Registered capital by quantiles, for each link and, under the empty id, for all enterprises.
#[derive(Debug, Deserialize)]
struct Standing {
    /// Shares of enterprises, in percent, rising.
    percent: Vec<f64>,
    /// Of each link, the capital in ten thousand yuan that so many do not exceed, rising.
    capital: BTreeMap<String, Vec<f64>>,
}

fn table() -> &'static Standing {
    static STANDING: OnceLock<Standing> = OnceLock::new();
    STANDING.get_or_init(|| {
        // The tests hold the file to its shape.
        serde_json::from_str(TABLE).unwrap_or(Standing { percent: Vec::new(), capital: BTreeMap::new() })
    })
}

/// The share of a link's enterprises, in percent with one decimal, whose registered capital in yuan lies under this; of all enterprises
/// where there is no link, or none that the table knows.
pub(crate) fn of_capital(link: Option<&str>, yuan: f64) -> Option<f64> {
    let Standing { percent, capital } = table();
    let known = link.and_then(|id| capital.get(id)).or_else(|| capital.get(""))?;
    let wan = yuan / 10_000.0;
    let above = known.partition_point(|at| *at <= wan);
    let share = match (above.checked_sub(1), known.get(above)) {
        // Between two of them by the logarithm, in which capital spreads evenly.
        (Some(under), Some(over)) => {
            let (least, most) = (libm::log(known[under].max(0.01)), libm::log(over.max(0.01)));
            let (from, to) = (percent.get(under)?, percent.get(above)?);
            let part = if most > least { (libm::log(wan.max(0.01)) - least) / (most - least) } else { 1.0 };
            from + (to - from) * part
        }
        (None, Some(over)) => percent.first()? * (wan / over.max(0.01)),
        (_, None) => 100.0,
    };
    Some(libm::floor(share.clamp(0.0, 100.0) * 10.0) / 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole_and_standing_never_falls_with_capital() {
        let Standing { percent, capital } = table();
        assert!(percent.is_sorted_by(|a, b| a < b) && percent.iter().all(|p| (0.0..=100.0).contains(p)), "{percent:?}");
        let links: Vec<String> = crate::Catalogue::builtin().links().map(|(_, l)| l.id.clone()).collect();
        for id in links.iter().map(String::as_str).chain([""]) {
            let known = capital.get(id).unwrap_or_else(|| panic!("{id}"));
            assert_eq!(known.len(), percent.len(), "{id}");
            assert!(known.is_sorted() && known[0] > 0.0, "{id}: {known:?}");
            let amounts = (0..=70).map(|tenth| libm::pow(10.0, 5.0 + f64::from(tenth) / 10.0));
            let told: Vec<f64> = amounts.map(|yuan| of_capital(Some(id), yuan).expect("a share")).collect();
            assert!(told.is_sorted() && told.iter().all(|t| (0.0..=100.0).contains(t)), "{id}: {told:?}");
            assert!(of_capital(Some(id), 0.0).expect("a share") < percent[0] + 0.1, "{id}");
        }
        assert_eq!(of_capital(Some("no such link"), 1e8), of_capital(None, 1e8));
    }
}
