//! Where an enterprise stands among those of its link: a table of reference, so that no list decides of itself who is large in it.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

/// Made by `cargo run --release --example make_standing`.
const TABLE: &str = include_str!("standing.json");

/// Registered capital by quantiles, for each link and, under the empty id, for all enterprises. Never iterated.
#[derive(Debug, Default, Deserialize)]
struct Standing {
    /// Shares of enterprises, in percent, rising.
    percent: Vec<f64>,
    /// Of each link, the capital in ten thousand yuan that so many do not exceed, rising; read as its logarithms.
    capital: HashMap<String, Vec<f64>>,
}

fn table() -> &'static Standing {
    static STANDING: OnceLock<Standing> = OnceLock::new();
    STANDING.get_or_init(|| {
        // The tests hold the file to its shape.
        let mut table: Standing = serde_json::from_str(TABLE).unwrap_or_default();
        table.capital.values_mut().flatten().for_each(|wan| *wan = logarithm(*wan));
        table
    })
}

/// In which capital spreads evenly. A hundred yuan is the least there is.
fn logarithm(wan: f64) -> f64 {
    libm::log(wan.max(0.01))
}

/// The share of a link's enterprises, in percent with one decimal, whose registered capital in yuan lies under this; of all enterprises
/// where there is no link, or none that the table knows.
pub(crate) fn of_capital(link: Option<&str>, yuan: f64) -> Option<f64> {
    let Standing { percent, capital } = table();
    let known = link.and_then(|id| capital.get(id)).or_else(|| capital.get(""))?;
    let wan = logarithm(yuan / 10_000.0);
    let above = known.partition_point(|at| *at <= wan);
    let (least, first) = (logarithm(0.0), percent.first()?);
    let between = |(from, under): (f64, f64), (to, over): (f64, f64)| {
        let part = if over > under { (wan - under) / (over - under) } else { 1.0 };
        from + (to - from) * part
    };
    let share = match (above.checked_sub(1), known.get(above)) {
        (Some(under), Some(over)) => between((*percent.get(under)?, known[under]), (*percent.get(above)?, *over)),
        (None, Some(over)) => between((0.0, least), (*first, *over)),
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
            assert!(known.is_sorted() && known[0] > logarithm(0.0), "{id}: {known:?}");
            let amounts = (0..=70).map(|tenth| libm::pow(10.0, 5.0 + f64::from(tenth) / 10.0));
            let told: Vec<f64> = amounts.map(|yuan| of_capital(Some(id), yuan).expect("a share")).collect();
            assert!(told.is_sorted() && told.iter().all(|t| (0.0..=100.0).contains(t)), "{id}: {told:?}");
            assert!(of_capital(Some(id), 0.0).expect("a share") < percent[0] + 0.1, "{id}");
        }
        assert_eq!(of_capital(Some("no such link"), 1e8), of_capital(None, 1e8));
    }
}
