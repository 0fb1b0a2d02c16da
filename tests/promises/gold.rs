//! Measured against enterprises read by people, locating stays as good as it was.

#[path = "../../examples/evaluate_locate/gold.rs"]
#[allow(dead_code, reason = "the evaluation prints more than a test needs")]
pub(crate) mod readings;

use std::path::Path;

use readings::{Figures, Ids};
use xiangma::{Catalogue, Locator};

use super::data::shared;

#[test]
fn the_right_link_comes_first_and_nothing_is_made_up() {
    if shared("gold_links/dev.jsonl").is_none() {
        return;
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let catalogue = Catalogue::builtin();
    let locator = Locator::new(&catalogue).expect("builds");
    let ids = Ids::new(&catalogue);
    let mut figures = Figures::default();
    for g in readings::read(&folder.join("gold_links/dev.jsonl"), &folder).expect("labels") {
        figures.add(&g, &locator.locate(&g.enterprise), &ids, &mut |_| {});
    }
    let [first, f1, alarms, roles] = figures.summary();
    assert!(first >= 0.95, "first link acceptable: {first:.3}");
    assert!(f1 >= 0.83, "F1 of pairs: {f1:.3}");
    assert!(alarms <= 0.04, "enterprises of no chain with a link named: {alarms:.3}");
    assert!(roles >= 0.92, "role right: {roles:.3}");
}
