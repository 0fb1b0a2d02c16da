//! Measured against enterprises read by people, and against products of today, locating stays as good as it was.

#[path = "../../examples/evaluate_locate/gold.rs"]
#[allow(dead_code, reason = "the evaluation prints more than a test needs")]
pub(crate) mod readings;

use std::path::Path;

use readings::{Figures, Ids};
use serde::Deserialize;
use xiangma::{Catalogue, Enterprise, Locator, Product};

use super::data::{own, shared};

/// What comes out for sets of labels, each enterprise judged by a model of confidence that was fitted without it.
fn measured(sets: &[(&str, &Ids)]) -> Option<Figures> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let locator = Locator::new(&Catalogue::builtin()).expect("builds");
    let folds = readings::folds(&locator).expect("the models of the folds");
    let mut all = Figures::default();
    for (file, ids) in sets {
        let path = if file.starts_with("tests/") {
            shared("chain_kg/products_labelled_dev.csv")?;
            Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
        } else {
            shared(file)?;
            folder.join(file)
        };
        for g in readings::read(&path, &folder).expect("labels") {
            all.add(&g, &folds[g.fold(folds.len() as u64)].locate(&g.enterprise), ids, &mut |_| {});
        }
    }
    Some(all)
}

fn tell(figures: &Figures) {
    let [first, f1, alarms, roles] = figures.summary();
    let [precision, recall] = figures.precision_and_recall();
    eprintln!("first {first:.3}, precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}, alarms {alarms:.3}, roles {roles:.3}");
}

/// What `docs/locating.md` states, less what a few enterprises more or less would change.
#[test]
fn the_right_link_comes_first_and_nothing_is_made_up() {
    let catalogue = Catalogue::builtin();
    let (then, now) = (Ids::new(&catalogue), Ids::now(&catalogue));
    let sets = [("gold_links/dev.jsonl", &then), ("tests/data/labels.jsonl", &then), ("gold_links/dev2.jsonl", &now)];
    let Some(figures) = measured(&sets) else { return };
    tell(&figures);
    let [first, f1, alarms, roles] = figures.summary();
    let [precision, recall] = figures.precision_and_recall();
    assert!(first >= 0.965, "first link acceptable: {first:.3}");
    assert!(precision >= 0.90, "precision of pairs: {precision:.3}");
    assert!(recall >= 0.78, "recall of pairs: {recall:.3}");
    assert!(f1 >= 0.84, "F1 of pairs: {f1:.3}");
    assert!(alarms <= 0.02, "enterprises of no chain with a link named: {alarms:.3}");
    assert!(figures.chains_made_up() <= 0.017, "with any chain named: {:.3}", figures.chains_made_up());
    assert!(roles >= 0.945, "role right: {roles:.3}");
}

/// On the set that tells every link there is now.
#[test]
fn on_the_links_there_are_now_it_is_as_good_as_the_page_says() {
    let Some(figures) = measured(&[("gold_links/dev2.jsonl", &Ids::now(&Catalogue::builtin()))]) else { return };
    tell(&figures);
    let [first, _, alarms, roles] = figures.summary();
    let [precision, recall] = figures.precision_and_recall();
    assert!(first >= 0.95, "first link acceptable: {first:.3}");
    assert!(precision >= 0.90, "precision of pairs: {precision:.3}");
    assert!(recall >= 0.73, "recall of pairs: {recall:.3}");
    assert!(alarms <= 0.02, "enterprises of no chain with a link named: {alarms:.3}");
    assert!(roles >= 0.95, "role right: {roles:.3}");
}

/// A product of today, made up, and the link it belongs to.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Made {
    product: String,
    link: String,
    /// Links that would be as right.
    #[serde(default)]
    or: Vec<String>,
}

#[test]
fn who_makes_what_is_new_is_located() {
    let made: Vec<Made> = own("products_2026.jsonl").lines().map(|l| serde_json::from_str(l).expect("a product")).collect();
    let locator = Locator::new(&Catalogue::builtin()).expect("builds");
    assert!(made.len() >= 500, "only {} products", made.len());
    let share = |of: &dyn Fn(&Made) -> Enterprise| {
        let right = made.iter().filter(|m| {
            let found = locator.locate(&of(m));
            let first = found.iter().find(|f| f.is_believed()).and_then(|f| f.link.as_deref());
            first.is_some_and(|l| l == m.link || m.or.iter().any(|o| o == l))
        });
        right.count() as f64 / made.len() as f64
    };
    let firm = || Enterprise { name: "示例有限公司".to_owned(), ..Enterprise::default() };
    let by_scope = share(&|m| Enterprise { scope: Some(format!("{}的研发、生产、销售", m.product)), ..firm() });
    let by_product = share(&|m| Enterprise { products: vec![Product { name: m.product.clone(), share: Some(0.8) }], ..firm() });
    eprintln!("by scope {by_scope:.3}, by product {by_product:.3}, of {}", made.len());
    assert!(by_scope >= 0.97 && by_product >= 0.94, "by scope {by_scope:.3}, by product {by_product:.3}");
}
