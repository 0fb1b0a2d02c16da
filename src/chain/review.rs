//! Chains a team wrote, looked through before they are used, and tried on a file of enterprises.

use std::collections::BTreeSet;

use crate::chain::check::{Finding, finding, structure, surprises};
use crate::chain::format::{self, Chain};
use crate::chain::{Catalogue, Locator, Source};
use crate::enterprise::Enterprise;
use crate::error::Error;
use crate::text::fold;

/// Looks through chains a team wrote, and says everything that is wrong or will surprise: errors first. With enterprises, also which
/// terms and links none of them meets.
///
/// # Errors
///
/// `BAD_JSON` or `BAD_CHAIN` when the text is not a chain file at all; everything else is a finding.
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
    // A team's chain may feed links of the built-in ones.
    let builtin = Catalogue::builtin();
    let mut findings = structure(&chains, &builtin.ids());
    let broken = findings.iter().any(|f| f.is_error);
    findings.extend(surprises(&chains));
    if !broken && !enterprises.is_empty() {
        findings.extend(unused(&chains, enterprises)?);
    }
    Ok(findings)
}

/// Terms and links that none of the enterprises meets.
fn unused(chains: &[Chain], enterprises: &[Enterprise]) -> Result<Vec<Finding>, Error> {
    let locator = Locator::new(&Catalogue::builtin().with(Catalogue::of(chains.to_vec()))?)?;
    let mut terms: BTreeSet<String> = BTreeSet::new();
    let mut places: BTreeSet<String> = BTreeSet::new();
    for e in enterprises {
        for m in locator.locate(e) {
            places.extend(m.link.as_deref().map(str::to_owned));
            terms.extend(m.spans.iter().map(|s| fold(s.term(e))));
        }
    }
    let mut found = Vec::new();
    for link in chains.iter().flat_map(|c| &c.links) {
        if !places.contains(&link.id) {
            found.push(finding(
                "LINK_HITS_NOTHING",
                &link.id,
                format!("文件的 {} 行里没有一家在这个环节", enterprises.len()),
                format!("none of the {} rows stands on it", enterprises.len()),
            ));
            continue;
        }
        let text = |e: &Enterprise, term: &str| Source::texts(e).any(|(_, _, t)| fold(t).contains(term));
        for term in link.terms.iter().filter(|t| !terms.contains(&fold(t))) {
            let folded = fold(term);
            if !enterprises.iter().any(|e| text(e, &folded)) {
                found.push(finding(
                    "TERM_HITS_NOTHING",
                    &link.id,
                    format!("没有一行写有“{term}”"),
                    format!("no row has the term `{term}`"),
                ));
            }
        }
    }
    Ok(found)
}
