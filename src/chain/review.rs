//! Chains a team wrote, looked through before they are used, and tried on a file of enterprises.

use std::collections::{BTreeMap, BTreeSet};

use crate::chain::check::{Finding, finding, structure, surprises};
use crate::chain::format::{self, Chain, Link};
use crate::chain::words::Words;
use crate::chain::{Catalogue, Locator, Reader, Source};
use crate::enterprise::Enterprise;
use crate::error::Error;
use crate::order::{map, set};
use crate::text::fold;

/// Looks through chains a team wrote, beside the built-in ones, and says everything that is wrong or will surprise: errors first. With
/// enterprises, and without an error, also which terms and links none of them meets. Empty when there is nothing to say.
///
/// # Errors
///
/// `BAD_JSON` or `BAD_CHAIN` when the text is not a chain file at all. Everything else is a finding: [`Catalogue::with_json`] takes, to the
/// built-in chains, what has no error here.
///
/// ```
/// let own = r#"{"id": "tea", "zh": "茶", "en": "Tea", "links": [
///     {"id": "leaf", "zh": "茶叶", "en": "Leaf", "stage": "upstream", "terms": ["茶叶", "茶"], "feeds": ["cup"]}]}"#;
/// let findings = xiangma::check_chains(own, &[])?;
/// assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), ["EDGE_NOWHERE", "TERM_SHORT"]);
/// # Ok::<(), xiangma::Error>(())
/// ```
pub fn check_chains(text: &str, enterprises: &[Enterprise]) -> Result<Vec<Finding>, Error> {
    let chains = format::parse(text)?;
    // A team's chain may feed links of the built-in ones, and take the place of one.
    let beside = Catalogue::builtin().beside(&chains);
    let mut findings = structure(&chains, beside.chains());
    let broken = findings.iter().any(|f| f.is_error);
    findings.extend(surprises(&chains, beside.chains()));
    if !broken && !enterprises.is_empty() {
        findings.extend(unused(&chains, beside, enterprises)?);
    }
    Ok(findings)
}

/// Terms and links that none of the enterprises meets.
fn unused(chains: &[Chain], beside: Catalogue, enterprises: &[Enterprise]) -> Result<Vec<Finding>, Error> {
    let locator = Locator::new(&beside.joined(chains))?;
    let mut reader = Reader::default();
    let mut places: BTreeSet<String> = BTreeSet::new();
    // Of every term, whether some text has it; all are looked for at once.
    let terms: BTreeSet<String> = set(chains.iter().flat_map(|c| &c.links).flat_map(|l| &l.terms).map(|t| fold(t)));
    let mut stands: BTreeMap<&str, bool> = map(terms.iter().map(|t| (t.as_str(), false)));
    let words = Words::new(stands.keys().copied());
    let mut met = vec![false; stands.len()];
    for e in enterprises {
        places.extend(locator.locate_with(e, &mut reader).iter().filter_map(|m| m.link.as_deref().map(str::to_owned)));
        for (_, _, text) in Source::texts(e) {
            words.find_all(&fold(text)).for_each(|word| met[word as usize] = true);
        }
    }
    stands.values_mut().zip(met).for_each(|(stands, met)| *stands = met);
    let mut found = Vec::new();
    let (there, not_there): (Vec<&Link>, Vec<&Link>) = chains.iter().flat_map(|c| &c.links).partition(|l| places.contains(&l.id));
    found.extend(not_there.iter().map(|link| {
        finding(
            "LINK_HITS_NOTHING",
            &link.id,
            format!("文件的 {} 行里没有一家在这个环节，也没有接近它的", enterprises.len()),
            format!("none of the {} rows stands on it, or comes near it", enterprises.len()),
        )
    }));
    for link in there {
        for term in link.terms.iter().filter(|t| stands.get(fold(t).as_str()) == Some(&false)) {
            found.push(finding("TERM_HITS_NOTHING", &link.id, format!("没有一行写有“{term}”"), format!("no row has the term `{term}`")));
        }
    }
    Ok(found)
}
