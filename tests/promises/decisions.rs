//! What a review meeting is told: why one stands above another, what would lift one, what changed, and who the selected are.

use proptest::prelude::*;
use xiangma::monitor::{Basis, Edition, Placed, balance, stability};
use xiangma::{
    AssessOptions, Assessment, Catalogue, Context, Date, Enterprise, Locator, Match, Ranking, Region, Scorecard, assess, compare, lift,
};

const DAY: Date = Date::constant(2026, 11, 1);

thread_local! {
    static LOCATOR: Locator = Locator::new(&Catalogue::builtin()).expect("builds");
}

fn enterprise(row: u32, seed: u32) -> Enterprise {
    let scopes = ["光模块的研发、制造", "光学镜头制造；钢材销售", "集成电路设计", ""];
    let scope = scopes[(seed % 4) as usize];
    Enterprise {
        row,
        name: format!("企业{}", seed % 11),
        scope: (!scope.is_empty()).then(|| scope.to_owned()),
        staff: (seed & 16 != 0).then_some((seed >> 20) % 900 + 1),
        patent_count: (seed & 32 != 0).then_some((seed >> 24) % 200),
        established: (seed & 64 != 0).then(|| Date::constant(1990 + (seed >> 27) as i16, 3, 2)),
        ..Enterprise::default()
    }
}

struct Table {
    enterprises: Vec<Enterprise>,
    matches: Vec<Vec<Match>>,
    assessment: Assessment,
}

fn judged(enterprises: Vec<Enterprise>) -> Table {
    let matches: Vec<_> = LOCATOR.with(|locator| enterprises.iter().map(|e| locator.locate(e)).collect());
    let options = AssessOptions::new(DAY).chains(["optoelectronics"]);
    let assessment = assess(&Scorecard::attraction(), &options, &enterprises, &[], &matches, None, &[]).expect("assesses");
    Table { enterprises, matches, assessment }
}

fn table(seeds: &[u32]) -> Table {
    judged(seeds.iter().zip(1..).map(|(seed, row)| enterprise(row, *seed)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_differences_add_up_to_the_lead(seeds in prop::collection::vec(any::<u32>(), 2..8)) {
        let t = table(&seeds);
        let ranking = Ranking::new(&t.assessment);
        for a in 0..seeds.len() {
            for b in 0..seeds.len() {
                let found = compare(&ranking, (a, &t.enterprises[a].name), (b, &t.enterprises[b].name));
                prop_assert_eq!(found.is_none(), a == b);
                let Some(found) = found else { continue };
                let ranks = [found.above, found.below].map(|row| ranking.rank_of(row));
                prop_assert!(ranks[0] < ranks[1] || ranks[0] == ranks[1] && found.lead.abs() < 1e-12);
                prop_assert_eq!(&found, &compare(&ranking, (b, &t.enterprises[b].name), (a, &t.enterprises[a].name)).expect("the same two"));
                let sum: f64 = found.differences.iter().map(|d| d.lead).sum();
                let [up, down] = [found.above, found.below].map(|row| ranking.score(row).expect("a score"));
                prop_assert!((sum - found.lead).abs() < 1e-9 && (up.score - down.score - found.lead).abs() < 1e-9);
                prop_assert_eq!(found.is_certain, up.low > down.high);
            }
        }
    }

    /// What is said to lift does lift, and one step less does not.
    #[test]
    fn a_lift_lifts_and_less_does_not(seeds in prop::collection::vec(any::<u32>(), 3..9), k in 1_usize..4) {
        let t = table(&seeds);
        let ranking = Ranking::new(&t.assessment);
        let catalogue = Catalogue::builtin();
        let context = Context { catalogue: &catalogue, park: None, extra_columns: &[] };
        for row in 0..seeds.len() {
            let found = lift(&ranking, row, k, &t.enterprises[row], &t.matches[row], context).expect("a row");
            prop_assert_eq!(Some(found.rank), ranking.rank_of(row));
            prop_assert_eq!(found.missing > 0.0, found.rank > k);
            let with = |change: &dyn Fn(&mut Enterprise)| {
                let mut enterprises = t.enterprises.clone();
                change(&mut enterprises[row]);
                let moved = judged(enterprises);
                Ranking::new(&moved.assessment).rank_of(row).expect("a rank")
            };
            for fact in &found.facts {
                let to = fact.to.as_f64();
                match (fact.fact.as_str(), to) {
                    ("staff", Some(to)) => {
                        let to = to as u32;
                        prop_assert!(with(&|e| e.staff = Some(to)) <= k, "{:?}", fact);
                        let less = to - 1;
                        prop_assert!(less == 0 || fact.from.as_ref().is_some_and(|f| f.as_f64() > Some(f64::from(less))) || with(&|e| e.staff = Some(less)) > k, "{:?}", fact);
                    }
                    ("patent_count", Some(to)) => {
                        let to = to as u32;
                        prop_assert!(with(&|e| e.patent_count = Some(to)) <= k, "{:?}", fact);
                        prop_assert!(to == 0 || with(&|e| e.patent_count = Some(to - 1)) > k, "{:?}", fact);
                    }
                    _ => {}
                }
                prop_assert!(fact.gain > 0.0 && fact.gain + 1e-9 >= found.missing);
            }
            if !found.together.is_empty() {
                prop_assert!(found.facts.is_empty());
                // The gains of single facts may not simply add up, but leaving one out is not enough.
                prop_assert!(found.together.len() >= 2);
            }
        }
    }
}

#[test]
fn a_pair_is_told_in_words_that_name_both() {
    let t = table(&[0x00ff_fff0, 0x0000_0003]);
    let found = compare(&Ranking::new(&t.assessment), (0, "甲公司"), (1, "乙公司")).expect("two rows");
    for text in [&found.words.zh, &found.words.en] {
        assert!(text.contains("甲公司") && text.contains("乙公司") && !text.contains("  "), "{text}");
    }
}

type Edit = fn(&mut Scorecard);

#[test]
fn a_card_is_known_by_its_signature_and_its_changes() {
    let card = Scorecard::attraction();
    let again = Scorecard::from_json(&card.to_json()).expect("the same card");
    assert_eq!(card.signature(), again.signature());
    assert!(card.changes(&again).is_empty());
    let edits: [(&str, Edit); 9] = [
        ("criteria/growth/weight", |c| c.criteria[5].weight += 1),
        ("criteria/scale/inputs/staff/share", |c| c.criteria[3].inputs[2].share = 31),
        ("criteria/scale/inputs/capital/value", |c| {
            if let xiangma::Value::Linear { knots } = &mut c.criteria[3].inputs[0].value {
                knots[1].1 += 100;
            }
        }),
        ("criteria/reach/inputs/reach.introducer/unknown", |c| c.criteria[7].inputs[1].unknown += 5),
        ("criteria/risk", |c| drop(c.criteria.pop())),
        ("criteria/order", |c| c.criteria.swap(0, 1)),
        ("vetoes/branch", |c| c.vetoes.retain(|v| v.id != "branch")),
        ("grades/A/from", |c| c.grades[0].from += 1),
        ("coverage_floor", |c| c.coverage_floor += 1),
    ];
    for (path, edit) in edits {
        let mut other = card.clone();
        edit(&mut other);
        assert_ne!(card.signature(), other.signature(), "{path}");
        let changes = card.changes(&other);
        assert_eq!(changes.iter().map(|c| c.path.as_str()).collect::<Vec<_>>(), [path]);
        assert!(changes[0].words.zh.chars().count() > 3 && changes[0].words.en.len() > 6, "{:?}", changes[0].words);
    }
    let printed = card.printed();
    for criterion in &card.criteria {
        assert!(printed.zh.contains(&criterion.title.zh) && printed.en.contains(&criterion.title.en));
    }
    assert!(printed.zh.contains(&card.signature()) && printed.en.contains(&card.signature()));
    assert!(printed.zh.contains("签字") && printed.en.contains("Signed"));
}

#[test]
fn a_ranking_bears_the_signature_of_its_weights() {
    let t = table(&[1, 2, 3]);
    let mut ranking = Ranking::new(&t.assessment);
    let before = ranking.signature();
    ranking.set_weight(0, 1).expect("a weight");
    assert_ne!(ranking.signature(), before);
    let given = Assessment::from_points(Scorecard::attraction(), 1, |_, _| 0).expect("a card");
    assert_eq!(Ranking::new(&given).signature(), Scorecard::attraction().signature());
}

#[test]
fn editions_compare_under_one_card_only() {
    let (old, new) = (table(&[16, 33, 50, 66]), table(&[16, 50, 0x6000_0060, 66, 97]));
    let mut ranking = Ranking::new(&new.assessment);
    let was = Edition::new(&Ranking::new(&old.assessment), &old.enterprises);
    let is = Edition::new(&ranking, &new.enterprises);
    let moved = is.movement(&was, 2).expect("one card");
    assert_eq!(moved.entered.len() + moved.stayed.len(), 2);
    assert_eq!(moved.left.len() + moved.stayed.len(), 2);
    assert!(moved.entered.iter().chain(&moved.stayed).all(|m| m.now.is_some_and(|r| r <= 2)));
    assert!(moved.left.iter().all(|m| m.before.is_some_and(|r| r <= 2) && m.now.is_none_or(|r| r > 2)));
    assert_eq!(Edition::from_jsonl(&is.to_jsonl()).expect("an edition"), is);
    // An edition and itself: nobody moves, nothing drifts.
    let still = is.movement(&is, 3).expect("one card");
    assert!(still.entered.is_empty() && still.left.is_empty() && still.spearman.is_some_and(|r| (r - 1.0).abs() < 1e-12));
    let drift = is.drift(&is).expect("one card");
    assert_eq!(drift.len(), Scorecard::attraction().criteria.len() + 1);
    assert!(drift.iter().all(|d| d.stability.index.abs() < 1e-12 && d.verdict == "steady"));
    ranking.set_weight(0, 17).expect("a weight");
    let other = Edition::new(&ranking, &new.enterprises);
    assert_eq!(other.movement(&was, 2).expect_err("other weights").code(), "OTHER_SCORECARD");
    assert_eq!(other.drift(&was).expect_err("other weights").code(), "OTHER_SCORECARD");
}

/// An edition with what it came from.
fn edition(placed: &[(&str, &str, &str)], basis: &Basis) -> Edition {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let placed = placed.iter().zip(1..).map(|((name, credit_code, province), rank)| Placed {
        name: (*name).to_owned(),
        credit_code: some(credit_code),
        province: some(province),
        rank,
        score: 100.0 / rank as f64,
        points: vec![5_000],
        known: vec![10_000],
    });
    Edition { signature: "s".to_owned(), basis: basis.clone(), criteria: vec!["a".to_owned()], placed: placed.collect() }
}

#[test]
fn lists_that_came_from_different_things_are_not_compared_and_what_differs_is_told() {
    let t = table(&[16, 33, 50, 66]);
    let ranking = Ranking::new(&t.assessment);
    let basis = Basis::new(&ranking).located_on(&Catalogue::builtin());
    assert!(basis.as_of.is_some() && basis.chains.is_some() && basis.regions.is_some() && basis.residents.is_some());
    assert!(basis.catalogue.as_ref().is_some_and(|sum| sum.len() == 64) && basis.library.is_some());
    assert_eq!(basis.method.as_deref(), Some("weighted_sum"));
    let list = |change: &dyn Fn(&mut Basis)| {
        let mut basis = basis.clone();
        change(&mut basis);
        edition(&[("甲", "", ""), ("乙", "", "")], &basis)
    };
    let was = list(&|_| {});
    let some = |text: &str| Some(text.to_owned());
    let refused: [(&str, &dyn Fn(&mut Basis)); 4] = [
        ("chains", &|b| b.chains = Some(vec!["new_energy".to_owned()])),
        ("regions", &|b| b.regions = Some(vec!["江苏".to_owned()])),
        ("method", &|b| b.method = some("topsis")),
        ("catalogue", &|b| b.catalogue = some("of another day")),
    ];
    for (what, change) in refused {
        for error in [list(change).movement(&was, 2).expect_err(what), list(change).drift(&was).expect_err(what)] {
            assert!(error.code() == "OTHER_BASIS" && error.is_model() && error.to_string().contains(what), "{error}");
        }
        // What an older list does not say is told as not known, and no reason to refuse.
        let silent = list(&|b| *b = Basis::default());
        let told = list(change).movement(&silent, 2).expect(what).unlike;
        assert!(told.iter().any(|u| u.what == what && u.before.is_none() && u.now.is_some()), "{told:?}");
    }
    let several = list(&|b| (b.method, b.chains) = (some("vikor"), Some(vec!["new_energy".to_owned()])));
    let error = several.movement(&was, 2).expect_err("two things").to_string();
    assert!(error.contains("method (weighted_sum before, vikor now)") && error.contains("chains"), "{error}");
    let told: [(&str, &dyn Fn(&mut Basis)); 3] =
        [("as_of", &|b| b.as_of = None), ("residents", &|b| b.residents = some("others")), ("library", &|b| b.library = some("0.0.9"))];
    for (what, change) in told {
        let movement = list(change).movement(&was, 2).expect(what);
        assert_eq!(movement.unlike.iter().map(|u| u.what).collect::<Vec<_>>(), [what]);
        assert_eq!(movement.common, 2);
    }
    // The order in which chains and regions were named is no difference.
    let two = |names: [&str; 2]| list(&|b| b.chains = Some(names.map(str::to_owned).to_vec()));
    assert!(two(["a", "b"]).movement(&two(["b", "a"]), 2).expect("the same").unlike.is_empty());
}

#[test]
fn an_enterprise_is_found_again_whatever_was_learned_of_it() {
    type List = &'static [(&'static str, &'static str, &'static str)];
    // Before, now, and of everybody now the rank before (0 for who is new); names that stand twice.
    let cases: [(&str, List, List, &[usize], &[&str]); 12] = [
        ("by code, though renamed", &[("甲", "1", ""), ("乙", "2", "")], &[("丙", "2", ""), ("甲", "1", "")], &[2, 1], &[]),
        ("gains a code", &[("甲", "", "江苏"), ("乙", "", "")], &[("乙", "2", ""), ("甲", "1", "江苏")], &[2, 1], &[]),
        ("loses its code", &[("甲", "1", "江苏")], &[("甲", "", "江苏")], &[1], &[]),
        ("two codes are two firms", &[("甲", "1", "")], &[("甲", "2", "")], &[0], &[]),
        ("two provinces are two firms", &[("甲", "", "江苏")], &[("甲", "", "浙江")], &[0], &[]),
        ("a province that was not known", &[("甲", "", "")], &[("甲", "", "浙江")], &[1], &[]),
        ("a province that is not known", &[("甲", "", "江苏")], &[("甲", "", "")], &[1], &[]),
        ("the same province first", &[("甲", "", ""), ("甲", "", "江苏")], &[("甲", "", "江苏"), ("甲", "", "浙江")], &[2, 1], &[]),
        ("spelled wider", &[("甲（中国）ABC", "", "")], &[("甲(中国)ＡＢＣ", "", "")], &[1], &[]),
        (
            "twice, nothing tells them apart",
            &[("甲", "", ""), ("乙", "", ""), ("甲", "", "")],
            &[("甲", "", ""), ("乙", "", ""), ("甲", "", "")],
            &[1, 2, 3],
            &["甲"],
        ),
        ("one of two is gone", &[("甲", "", ""), ("甲", "", "")], &[("甲", "", "")], &[1], &["甲"]),
        ("a code is worth more than a name", &[("甲", "", ""), ("甲", "1", "")], &[("甲", "1", ""), ("甲", "", "")], &[2, 1], &[]),
    ];
    for (what, before, now, ranks, twice) in cases {
        let (was, is) = (edition(before, &Basis::default()), edition(now, &Basis::default()));
        let movement = is.movement(&was, 9).expect(what);
        let found: Vec<usize> = {
            let mut all: Vec<(Option<usize>, usize)> =
                movement.stayed.iter().chain(&movement.entered).map(|m| (m.now, m.before.unwrap_or(0))).collect();
            all.sort_unstable();
            all.into_iter().map(|m| m.1).collect()
        };
        assert_eq!((found.as_slice(), movement.common), (ranks, ranks.iter().filter(|r| **r > 0).count()), "{what}");
        assert_eq!(movement.left.len(), before.len() - movement.common, "{what}");
        assert_eq!(movement.duplicates, twice, "{what}");
        let still = was.movement(&was, 9).expect(what);
        assert!(still.entered.is_empty() && still.left.is_empty() && still.stayed.iter().all(|m| m.before == m.now), "{what}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever an edition holds, it is read back as it was.
    #[test]
    fn an_edition_is_read_back_as_it_was(
        placed in prop::collection::vec((".{0,12}", prop::option::of(".{0,6}"), prop::option::of(".{0,4}"), any::<usize>(), prop::num::f64::NORMAL | prop::num::f64::SUBNORMAL | prop::num::f64::ZERO, any::<u16>(), any::<u16>()), 0..6),
        chains in prop::option::of(prop::collection::vec(".{0,5}", 0..3)),
        method in prop::option::of(".{0,8}"),
        signature in ".{0,9}",
        dated in any::<bool>(),
    ) {
        let mut basis = Basis::default();
        (basis.chains, basis.method) = (chains, method);
        basis.as_of = dated.then(|| xiangma::Date::constant(2026, 11, 1));
        let placed = placed.into_iter().map(|(name, credit_code, province, rank, score, points, known)| Placed {
            name, credit_code, province, rank, score, points: vec![points], known: vec![known],
        });
        let edition = Edition { signature, basis, criteria: vec!["a".to_owned()], placed: placed.collect() };
        prop_assert_eq!(Edition::from_jsonl(&edition.to_jsonl()).expect("an edition"), edition);
    }
}

#[test]
fn older_editions_are_read_and_newer_ones_refused() {
    let line = r#"{"rank":1,"name":"甲","credit_code":null,"score":50.5,"signature":"s","contributions":[{"criterion":"a","points":5050,"known":10000}]}"#;
    let old = Edition::from_jsonl(line).expect("an older edition");
    assert_eq!((&old.basis, old.placed[0].province.as_deref()), (&Basis::default(), None));
    let export = line.replace(r#""signature":"s""#, r#""signature":"s","method":"topsis","method_score":0.5"#);
    assert_eq!(Edition::from_jsonl(&export).expect("an export").basis.method.as_deref(), Some("topsis"));
    let now = edition(&[("甲", "", "")], &Basis::new(&Ranking::new(&table(&[16]).assessment)));
    let told = now.movement(&old, 1).expect("comparable as far as is known").unlike;
    assert!(told.len() >= 5 && told.iter().all(|u| u.before.is_none()), "{told:?}");
    assert_eq!(now.movement(&Edition::from_jsonl(&export).expect("an export"), 1).expect_err("topsis").code(), "OTHER_BASIS");
    let head = now.to_jsonl().lines().next().expect("a head").to_owned();
    for (text, word) in [
        (head.replace("\"version\":2", "\"version\":3"), "version 3"),
        (head.replace("xiangma-edition", "xiangma-panel"), "xiangma-panel"),
        (head.clone() + "\n{\"rank\":1}", "missing field"),
        (now.to_jsonl().replace("\"points\":[5000]", "\"points\":[]"), "every criterion"),
        (now.to_jsonl().replace("\"score\":\"100\"", "\"score\":\"NaN\""), "score"),
        (now.to_jsonl().replace("\"rank\"", "\"rnak\""), "rnak"),
    ] {
        let error = Edition::from_jsonl(&text).expect_err(word);
        assert!(error.code() == "BAD_JSON" && error.row().is_some() && error.to_string().contains(word), "{word}: {error}");
    }
    // Lines of one file that came from different things.
    let mixed = format!("{line}\n{}", line.replace(r#""signature":"s""#, r#""signature":"s","basis":{"method":"vikor"}"#));
    assert_eq!(Edition::from_jsonl(&mixed).expect_err("two methods").code(), "OTHER_BASIS");
}

#[test]
fn an_export_reads_back() {
    let line = |rank: u32, name: &str, signature: &str| {
        format!(
            r#"{{"rank":{rank},"name":"{name}","credit_code":null,"score":50.5,"signature":"{signature}","contributions":[{{"criterion":"a","weight":1,"points":5050,"known":10000,"contribution":50.5}}],"more":1}}"#
        )
    };
    let text = [line(1, "甲", "s"), line(2, "乙", "s")].join("\n");
    let edition = Edition::from_jsonl(&text).expect("an export");
    assert_eq!((edition.signature.as_str(), edition.placed.len(), edition.placed[1].points[0]), ("s", 2, 5_050));
    for (text, code, row) in [
        ([line(1, "甲", "s"), line(2, "乙", "t")].join("\n"), "OTHER_SCORECARD", Some(2)),
        (line(1, "甲", ""), "OTHER_SCORECARD", Some(1)),
        ("{}".to_owned(), "BAD_JSON", Some(1)),
        (String::new(), "NO_ROWS", None),
    ] {
        let error = Edition::from_jsonl(&text).expect_err(&text);
        assert_eq!((error.code(), error.row()), (code, row));
    }
}

/// A heavy value, wherever it lies, left for anything near: the index sees it, and nothing where nothing moved.
#[test]
fn a_move_away_from_a_heavy_value_is_seen() {
    let spread: Vec<f64> = (0..500).map(f64::from).collect();
    let heavy =
        |value: f64, share: usize| spread.iter().enumerate().map(|(i, x)| if i * 10 % 500 / 50 < share { value } else { *x }).collect();
    let samples: [(&str, Vec<f64>, f64); 7] = [
        ("constant", vec![100.0; 80], 100.0),
        ("constant at zero", vec![0.0; 80], 0.0),
        ("half at the least", heavy(0.0, 5), 0.0),
        ("half in the middle", heavy(250.0, 5), 250.0),
        ("half at the greatest", heavy(499.0, 5), 499.0),
        ("a fifth in the middle", heavy(250.0, 2), 250.0),
        ("two values", (0..90).map(|i| f64::from(i % 2)).collect(), 1.0),
    ];
    for (name, before, value) in samples {
        assert!(stability(&before, &before).index.abs() < 1e-12, "{name}");
        for other in [value - 0.001, value - 1000.0, value + 0.001, value + 1000.0] {
            let after: Vec<f64> = before.iter().map(|x| if x.total_cmp(&value).is_eq() { other } else { *x }).collect();
            let found = stability(&before, &after);
            assert_eq!(found.verdict(), "shifted", "{name}: {value} to {other}: {}", found.index);
            assert_eq!(found.bins.iter().map(|b| b.before).sum::<usize>(), before.len());
            assert_eq!(found.bins.iter().map(|b| b.after).sum::<usize>(), after.len());
        }
    }
}

#[test]
fn the_index_of_stability_is_the_formula() {
    // Ten values a decile; after, all in the first half.
    let before: Vec<f64> = (0..100).map(f64::from).collect();
    let after: Vec<f64> = (0..100).map(|i| f64::from(i / 2)).collect();
    let found = stability(&before, &after);
    let by_hand: f64 = found
        .bins
        .iter()
        .map(|bin| {
            let n = 100.0 + 0.5 * found.bins.len() as f64;
            let (a, b) = ((bin.before as f64 + 0.5) / n, (bin.after as f64 + 0.5) / n);
            (b - a) * libm::log(b / a)
        })
        .sum();
    assert!((found.index - by_hand).abs() < 1e-9 && found.verdict() == "shifted");
    assert_eq!(found.bins.iter().map(|b| b.before).sum::<usize>(), 100);
    assert_eq!(found.bins.iter().map(|b| b.after).sum::<usize>(), 100);
    assert!(stability(&[], &[1.0]).bins.is_empty() && stability(&[1.0; 50], &[1.0; 9]).index.abs() < 1e-12);
}

#[test]
fn the_balance_counts_everybody_once() {
    let pool: Vec<Enterprise> = (0..200_u32)
        .map(|i| Enterprise {
            region: Region {
                province: (i % 5 != 0).then(|| ["江苏", "浙江", "广东"][(i % 3) as usize].to_owned()), ..Region::default()
            },
            kind: [
                "有限责任公司(自然人投资或控股)",
                "有限责任公司(国有独资)",
                "有限责任公司(台港澳与境内合资)",
                "外商投资企业",
                "股份有限公司",
            ]
            .get((i % 7) as usize)
            .map(|k| (*k).to_owned()),
            ..Enterprise::default()
        })
        .collect();
    let selected: Vec<u32> = (0..40).collect();
    for found in balance(&pool, &selected) {
        assert_eq!(found.groups.iter().map(|g| g.pool).sum::<usize>(), 200, "{}", found.by);
        assert_eq!(found.groups.iter().map(|g| g.selected).sum::<usize>(), 40, "{}", found.by);
    }
    let owners = &balance(&pool, &selected)[1];
    let ids: Vec<&str> = owners.groups.iter().map(|g| g.group.as_str()).collect();
    for id in ["private", "state", "hmt", "foreign", "other", "unknown"] {
        assert!(ids.contains(&id), "{ids:?}");
    }
    assert!(balance(&[], &[]).iter().all(|b| b.groups.is_empty()));
    let whole: Vec<u32> = (0..200).collect();
    assert!(balance(&pool, &whole).iter().flat_map(|b| &b.groups).all(|g| (g.ratio - 1.0).abs() < 1e-12 && !g.is_unusual));
}
