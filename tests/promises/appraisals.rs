//! Projects appraised by the thresholds of a zone: what is published comes out as published, and what is not known decides nothing by itself.

use proptest::prelude::*;
use serde::Deserialize;
use xiangma::pipeline::{AppraisalRules, Demand, PolicyClass, Project, ProjectFact, ProjectKind, Verdict, appraise, check_appraisal};
use xiangma::{Currency, Money, Scorecard};

use super::data::own;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    of: String,
    /// Id of a preset.
    rules: String,
    project: Project,
    verdict: String,
    score: Option<u32>,
    low: u32,
    high: u32,
    missing: Vec<Demand>,
    /// Codes of errors, and the test that they are of.
    why: Vec<String>,
}

#[test]
fn projects_are_appraised_as_the_sheets_say() {
    let rates = Scorecard::attraction().rates;
    let cases: Vec<Case> = serde_json::from_str(&own("appraisal_cases.json")).expect("cases");
    for case in &cases {
        let rules = AppraisalRules::presets().into_iter().find(|r| r.id == case.rules).expect("a preset");
        let a = appraise(&case.project, &rules, &rates);
        assert_eq!((a.verdict.as_str(), a.score, a.low, a.high), (case.verdict.as_str(), case.score, case.low, case.high), "{}", case.of);
        assert_eq!(a.missing, case.missing, "{}", case.of);
        let mut why: Vec<String> = a.vetoes.iter().filter(|t| t.holds == Some(true)).map(|t| format!("VETOED {}", t.id)).collect();
        why.extend(a.floors.iter().filter(|t| t.holds == Some(true)).map(|t| format!("UNDER_FLOOR {}", t.id)));
        why.extend(a.passes_from.is_some_and(|least| a.high < least).then(|| "SCORE_LOW".to_owned()));
        assert_eq!(why, case.why, "{}", case.of);
        let codes: Vec<&str> = a.reasons.iter().filter(|r| r.is_error).map(|r| r.code).collect();
        assert_eq!(codes, why.iter().map(|w| w.split(' ').next().unwrap_or_default()).collect::<Vec<_>>(), "{}", case.of);
        assert_eq!(a.reasons.iter().filter(|r| r.code == "FACT_MISSING").count(), a.missing.len(), "{}", case.of);
        assert_eq!(a.reasons.iter().any(|r| r.code == "NO_PASSING_SCORE"), rules.passes_from.is_none(), "{}", case.of);
        assert!(a.reasons.iter().all(|r| !r.zh.is_empty() && !r.en.is_empty() && r.place == "1"));
    }
}

#[test]
fn a_reason_tells_the_figure_its_unit_and_the_threshold() {
    let project: Project = serde_json::from_value(serde_json::json!({
        "number": "1", "kind": "land_supply", "land": "150亩", "tax": {"amount": 2.8e7, "currency": "CNY"}
    }))
    .expect("a project");
    let a = appraise(&project, &AppraisalRules::default(), &Scorecard::attraction().rates);
    let told: Vec<(&str, &str)> = a.reasons.iter().filter(|r| r.is_error).map(|r| (r.zh.as_str(), r.en.as_str())).collect();
    let en = "least tax per mu: 18.6667, and the least is 30 (in 10,000 yuan a mu)";
    assert_eq!(told, [("亩均税收门槛：18.6667万元/亩，门槛为 30万元/亩", en)]);
}

#[test]
fn money_without_a_rate_is_not_known() {
    let mut project = Project::new("1");
    project.investment = Some(Money { amount: 1e8, currency: Currency::USD });
    let rules = AppraisalRules::default();
    let mut rates = Scorecard::attraction().rates;
    assert_eq!(ProjectFact::Investment.number(&project, &rates), Some(71_000.0));
    rates.yuan.clear();
    assert_eq!(ProjectFact::Investment.number(&project, &rates), None);
    assert!(appraise(&project, &rules, &rates).missing.contains(&Demand::Investment));
}

#[test]
fn a_zone_writes_its_own_thresholds() {
    let rules = r#"{"format": "xiangma-appraisal", "version": 1, "id": "own", "zh": "自定", "en": "own",
        "vetoes": [{"id": "energy", "zh": "单位产值能耗超限", "en": "too much energy per output", "fact": "energy_per_output", "above": 0.05}],
        "floors": [{"id": "tax", "zh": "亩均税收", "en": "tax per mu", "fact": "tax_per_mu", "below": 30.1},
                   {"id": "chain", "zh": "非主导产业", "en": "another chain", "fact": "chain", "any_of": ["new_materials"]}],
        "criteria": [{"id": "jobs", "zh": "就业", "en": "jobs", "weight": 10000, "fact": "jobs", "value": {"kind": "range", "min": 50, "max": 1e9, "inside": 8000, "outside": 2000}}],
        "bonuses": [{"points": 300, "when": {"id": "large", "zh": "投资大", "en": "large", "fact": "investment", "above": 100000}},
                    {"points": 400, "when": {"id": "clean", "zh": "清洁", "en": "clean", "fact": "high_voc", "is": false}}],
        "most_bonus": 500, "passes_from": 8200}"#;
    let rules = AppraisalRules::from_json(rules).expect("sound");
    let rates = Scorecard::attraction().rates;
    let mut project = Project::new("1");
    let wan = |n: f64| Some(Money { amount: n * 1e4, currency: Currency::CNY });
    (project.tax, project.land, project.jobs) = (wan(90.3), "3亩".parse().ok(), Some(50));
    (project.energy, project.output, project.chain) = (Some(50.0), wan(1_000.0), Some("optoelectronics".to_owned()));
    // 90.3 ÷ 3 is 30.1, not a last bit less, and 50 ÷ 1000 is not over 0.05.
    let a = appraise(&project, &rules, &rates);
    assert_eq!((a.verdict, a.score, a.low, a.high), (Verdict::Unknown, None, 8_000, 8_500));
    assert_eq!(a.missing, [Demand::Investment, Demand::HighVoc]);
    project.investment = wan(100_000.5);
    let a = appraise(&project, &rules, &rates);
    assert_eq!((a.verdict, a.low, a.high), (Verdict::Passes, 8_300, 8_500), "with the other bonus or without");
    project.high_voc = Some(false);
    assert_eq!(appraise(&project, &rules, &rates).score, Some(8_500), "bonuses have a most");
    project.energy = Some(50.1);
    assert_eq!(appraise(&project, &rules, &rates).verdict, Verdict::Vetoed);
    (project.energy, project.chain) = (Some(50.0), Some("new_materials".to_owned()));
    assert_eq!(appraise(&project, &rules, &rates).verdict, Verdict::Conditional);
}

#[test]
fn a_file_of_thresholds_is_told_everything_that_is_wrong_with_it() {
    for rules in AppraisalRules::presets() {
        let text = serde_json::to_string(&rules).expect("JSON");
        assert_eq!(check_appraisal(&text).expect("reads"), [], "{}", rules.id);
        assert_eq!(AppraisalRules::from_json(&text).expect("sound"), rules);
    }
    let changed = |change: &dyn Fn(&mut AppraisalRules)| {
        let mut own = AppraisalRules::default();
        change(&mut own);
        serde_json::to_string(&own).expect("JSON")
    };
    let cases: [(&dyn Fn(&mut AppraisalRules), &[&str]); 10] = [
        (&|r| r.version = 2, &["OTHER_FORMAT"]),
        (&|r| r.criteria.clear(), &["CRITERIA_COUNT", "WEIGHTS"]),
        (&|r| r.criteria[0].weight += 1, &["WEIGHTS"]),
        (&|r| r.passes_from = Some(10_001), &["OUT_OF_RANGE"]),
        (&|r| r.vetoes[0].zh.clear(), &["NAME_EMPTY"]),
        (&|r| r.floors[0].id = r.vetoes[0].id.clone(), &["ID_TWICE"]),
        (&|r| r.floors[0].below = None, &["TEST_BAD"]),
        (&|r| r.vetoes[0].any_of = vec!["encouragd".to_owned()], &["TEST_BAD"]),
        (&|r| r.vetoes[1].fact = ProjectFact::Tax, &["TEST_BAD"]),
        (&|r| r.criteria[1].fact = ProjectFact::PolicyClass, &["VALUE_BAD"]),
    ];
    for (change, codes) in cases {
        let text = changed(change);
        assert_eq!(check_appraisal(&text).expect("reads").iter().map(|f| f.code).collect::<Vec<_>>(), codes);
        assert_eq!(AppraisalRules::from_json(&text).expect_err("wrong").code(), "BAD_RULES");
    }
    for (wrong, right) in
        [("\"investment_per_acre\"", "\"investment_per_mu\""), ("\"under\"", "\"below\""), ("\"lend\"", "\"land_supply\"")]
    {
        let text = changed(&|_| {});
        assert!(text.contains(right));
        assert_eq!(check_appraisal(&text.replace(right, wrong)).expect_err("no file of thresholds").code(), "BAD_RULES", "{wrong}");
    }
}

#[test]
fn every_fact_says_what_it_is_made_of() {
    let rates = Scorecard::attraction().rates;
    for fact in ProjectFact::ALL {
        let (over, under) = fact.fields();
        let wanted: Vec<Demand> = std::iter::once(over).chain(under).collect();
        assert_eq!(fact.missing(&Project::new("1"), &rates), wanted, "{fact:?}");
        let name = serde_json::to_value(fact).expect("JSON");
        assert_eq!(serde_json::from_value::<ProjectFact>(name).expect("reads"), fact);
    }
}

/// A project of which everything is known.
fn whole() -> impl Strategy<Value = Project> {
    let wan = |most: u32| (0..most).prop_map(|n| Some(Money { amount: f64::from(n) * 1e4, currency: Currency::CNY }));
    let amounts = (wan(200_000), wan(20_000), wan(300_000), wan(300_000), wan(20_000));
    let rest = (1_u32..500, 0_u32..40_000, 0_u32..900, 0_usize..4, prop::bool::weighted(0.1), 0_usize..4);
    (amounts, rest).prop_map(|((investment, tax, output, revenue, research), (mu, energy, jobs, class, veto, kind))| {
        let mut p = Project::new("1");
        (p.investment, p.tax, p.output, p.revenue, p.research) = (investment, tax, output, revenue, research);
        (p.land, p.energy, p.jobs) = (format!("{mu}亩").parse().ok(), Some(f64::from(energy)), Some(jobs));
        (p.policy_class, p.kind) = (Some(PolicyClass::ALL[class]), Some(ProjectKind::ALL[kind]));
        (p.two_highs, p.heavy_metals, p.nitrogen_phosphorus, p.high_voc) = (Some(veto), Some(false), Some(false), Some(false));
        p
    })
}

/// The same, with some of it not known.
fn hidden(project: &Project, hide: u32) -> Project {
    let mut p = project.clone();
    let mut forget: [&mut dyn FnMut(&mut Project); 14] = [
        &mut |p| p.investment = None,
        &mut |p| p.tax = None,
        &mut |p| p.output = None,
        &mut |p| p.revenue = None,
        &mut |p| p.research = None,
        &mut |p| p.land = None,
        &mut |p| p.energy = None,
        &mut |p| p.jobs = None,
        &mut |p| p.policy_class = None,
        &mut |p| p.two_highs = None,
        &mut |p| p.heavy_metals = None,
        &mut |p| p.nitrogen_phosphorus = None,
        &mut |p| p.high_voc = None,
        &mut |p| p.kind = None,
    ];
    for (bit, forget) in forget.iter_mut().enumerate() {
        if hide >> bit & 1 == 1 {
            forget(&mut p);
        }
    }
    p
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// Whatever is learned of a project, its score stays between the bounds that were told before, and a verdict that was one stays.
    #[test]
    fn what_is_learned_stays_within_what_was_told(project in whole(), hide in 0_u32..1 << 14, spare in any::<u32>()) {
        let rates = Scorecard::attraction().rates;
        // Not known are few, or many.
        let hide = if spare % 2 == 0 { hide } else { hide & spare.rotate_left(7) };
        for rules in AppraisalRules::presets() {
            let (less, all) = (appraise(&hidden(&project, hide), &rules, &rates), appraise(&project, &rules, &rates));
            prop_assert!(less.low <= all.low && all.high <= less.high, "{less:?}\n{all:?}");
            prop_assert!(less.verdict == Verdict::Unknown || less.verdict == all.verdict, "{less:?}\n{all:?}");
            prop_assert!(less.verdict != Verdict::Unknown || !less.missing.is_empty() || less.passes_from.is_none());
            if let Some(score) = less.score {
                prop_assert_eq!(Some(score), all.score);
            }
            // Parts that are shown add up to the score that is shown, and weights to a hundred points.
            if let Some(score) = all.score {
                prop_assert_eq!(all.criteria.iter().filter_map(|c| c.gets).sum::<u32>(), score);
                prop_assert_eq!(all.criteria.iter().map(|c| c.weight).sum::<u32>(), 10_000);
                for c in &all.criteria {
                    let exact = f64::from(c.weight) * f64::from(c.points.unwrap_or_default()) / 1e4;
                    prop_assert!((exact - f64::from(c.gets.unwrap_or_default())).abs() <= 2.0, "{c:?}");
                }
            }
        }
    }
}
