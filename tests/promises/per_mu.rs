//! Enterprises in production by what they give on their land: the published formulas give the published points.

use proptest::prelude::*;
use xiangma::learn::Frame;
use xiangma::pipeline::{Figure, PerMu, PerMuFigures, PerMuRules, check_per_mu, per_mu};

fn rules(id: &str) -> PerMuRules {
    PerMuRules::presets().into_iter().find(|rules| rules.id == id).expect("a preset")
}

/// An enterprise of ten mu whose figures are what the formula divides by, times a factor.
fn at_base(id: &str, factor: f64) -> PerMuFigures {
    let [tax, added, energy, emission, labour, research] = match id {
        "huangyan_2022" => [24.097, 136.16, 2.694, 4929.81, 18.14, 0.0302],
        _ => [26.01, 132.27, 2.54, 4861.08, 17.45, 0.0305],
    };
    let value_added = added * 10.0 * factor;
    PerMuFigures::new("示例公司")
        .with(Figure::Land, 10.0)
        .with(Figure::Tax, tax * 10.0 * factor)
        .with(Figure::AddedValue, value_added)
        .with(Figure::Energy, value_added / (energy * factor))
        .with(Figure::Emissions, value_added / (emission * factor))
        .with(Figure::Staff, value_added / (labour * factor))
        .with(Figure::Revenue, 5_000.0)
        .with(Figure::Research, 5_000.0 * research * factor)
}

#[test]
fn the_published_divisors_get_the_published_weights() {
    for id in ["huangyan_2022", "huangyan_2021"] {
        for factor in [0.5, 1.0, 2.0] {
            let one = per_mu(&[at_base(id, factor)], &rules(id)).remove(0);
            let points: Vec<f64> = one.items.iter().filter_map(|item| item.points).collect();
            assert_eq!(points, [30.0, 20.0, 20.0, 10.0, 10.0, 10.0].map(|weight| weight * factor), "{id}");
            assert_eq!((one.score, one.missing.len()), (Some(100.0 * factor), 0), "{id}");
        }
    }
    // By hand: 20/24.097*30 + 100/136.16*20 + 2/2.694*20 + 3000/4929.81*10 + 15/18.14*10 + 0.02/0.0302*10.
    let one = PerMuFigures::new("示例公司")
        .with(Figure::Land, 50.0)
        .with(Figure::Tax, 1_000.0)
        .with(Figure::AddedValue, 5_000.0)
        .with(Figure::Energy, 2_500.0)
        .with(Figure::Emissions, 5.0 / 3.0)
        .with(Figure::Staff, 1_000.0 / 3.0)
        .with(Figure::Revenue, 20_000.0)
        .with(Figure::Research, 400.0);
    let points: Vec<f64> = per_mu(&[one], &rules("huangyan_2022"))[0].items.iter().filter_map(|item| item.points).collect();
    assert_eq!(points, [24.8994, 14.6886, 14.8478, 6.0854, 8.2690, 6.6225]);
    // Below scale: 5/11.5932*50 + 0.1/0.2352*50.
    let small = PerMuFigures::new("示例公司").with(Figure::Land, 4.0).with(Figure::Tax, 20.0).with(Figure::Power, 200.0);
    assert_eq!(per_mu(&[small], &rules("huangyan_2022_small"))[0].score, Some(42.8229));
}

#[test]
fn emissions_that_are_not_known_get_the_mean_and_nothing_else_is_supposed() {
    let id = "huangyan_2022";
    let without = |figure: Figure| {
        let whole = at_base(id, 1.0);
        let all = [
            Figure::Land,
            Figure::Tax,
            Figure::AddedValue,
            Figure::Energy,
            Figure::Emissions,
            Figure::Staff,
            Figure::Revenue,
            Figure::Research,
        ];
        let rest = all.into_iter().filter(|f| *f != figure);
        rest.fold(PerMuFigures::new("缺"), |one, f| one.with(f, whole.get(f).expect("known")))
    };
    let all = per_mu(&[at_base(id, 1.0), at_base(id, 2.0), without(Figure::Emissions)], &rules(id));
    let emission = &all[2].items[3];
    assert_eq!((emission.value, emission.points, emission.supposed), (None, Some(15.0), true));
    assert_eq!((all[2].score, all[2].missing.as_slice()), (Some(105.0), [Figure::Emissions].as_slice()));
    let alone = per_mu(&[without(Figure::Emissions)], &rules(id));
    assert_eq!((alone[0].score, alone[0].grade.as_deref()), (None, None), "there is no mean of nobody");
    for figure in [Figure::Land, Figure::Tax, Figure::AddedValue, Figure::Energy, Figure::Staff, Figure::Revenue, Figure::Research] {
        let all = per_mu(&[at_base(id, 1.0), without(figure)], &rules(id));
        assert_eq!((all[1].score, all[1].rank, all[1].missing.as_slice()), (None, None, [figure].as_slice()), "{figure:?}");
        assert_eq!(all[0].rank, Some(1));
    }
    // Land of nought is no land to divide by.
    let none = at_base(id, 1.0).with(Figure::Land, 0.0);
    assert_eq!(per_mu(&[none], &rules(id))[0].missing, [Figure::Land]);
}

#[test]
fn grades_have_the_sizes_that_were_published() {
    let rules = rules("huangyan_2022_small");
    let one = |tax: u32| {
        PerMuFigures::new(format!("示例{tax}")).with(Figure::Land, 10.0).with(Figure::Tax, f64::from(tax)).with(Figure::Power, 100.0)
    };
    // 天台 in 2022: 10.7, 35.2, 46.1 and 8.0 %.
    let all = per_mu(&(0..1_000).map(one).collect::<Vec<_>>(), &rules);
    let count = |all: &[PerMu], grade: &str| all.iter().filter(|one| one.grade.as_deref() == Some(grade)).count();
    assert_eq!(["A", "B", "C", "D"].map(|grade| count(&all, grade)), [107, 352, 461, 80]);
    assert_eq!((all[999].grade.as_deref(), all[999].rank, all[0].grade.as_deref()), (Some("A"), Some(1), Some("D")));
    // Equal scores have one place and one grade, the better.
    let equal = per_mu(&[one(5), one(9), one(5), one(5), one(5)], &rules);
    assert_eq!(equal.iter().map(|one| one.rank).collect::<Vec<_>>(), [2, 1, 2, 2, 2].map(Some));
    assert_eq!(equal.iter().filter_map(|one| one.grade.as_deref()).collect::<Vec<_>>(), ["B", "A", "B", "B", "B"]);
}

#[test]
fn figures_are_read_with_their_units() {
    let table = "2022 年度亩均评价\n企业名称,税收（万元）,占地面积,工业增加值(亿元),综合能耗（万吨标准煤）,用电量（千瓦时）,平均职工人数,R&D经费,主营业务收入（万元）,排放量（千克）,法人\n\
        示例一公司,\"2,400\",10公顷,1.2,0.3,5000000,80人,300万元,\"20,000\",500,甲\n\
        示例二公司,-35,3,,-,很多,,12,,,乙\n\
        ,1,1亩,,,,,,,,丙\n";
    let (all, findings) = PerMuFigures::read(&Frame::read(table.as_bytes()).expect("a table"));
    let figures = [
        (Figure::Tax, 2_400.0),
        (Figure::Land, 150.0),
        (Figure::AddedValue, 12_000.0),
        (Figure::Energy, 3_000.0),
        (Figure::Power, 500.0),
        (Figure::Staff, 80.0),
        (Figure::Research, 300.0),
        (Figure::Revenue, 20_000.0),
        (Figure::Emissions, 0.5),
    ];
    for (figure, value) in figures {
        assert_eq!(all[0].get(figure), Some(value), "{figure:?}");
    }
    assert_eq!(
        (all.len(), all[1].get(Figure::Tax), all[1].get(Figure::Land), all[1].get(Figure::AddedValue)),
        (2, Some(-35.0), None, None)
    );
    let codes: Vec<(&str, &str)> = findings.iter().map(|f| (f.code, f.place.as_str())).collect();
    // A bare area, an amount of electricity that is none, and money without a unit; the last row names nobody.
    assert_eq!(codes, [("CELL_UNREAD", "4"), ("CELL_UNREAD", "4"), ("CELL_UNREAD", "4"), ("NAME_MISSING", "5")]);
}

#[test]
fn a_file_of_an_evaluation_is_told_everything_that_is_wrong_with_it() {
    for rules in PerMuRules::presets() {
        assert_eq!(check_per_mu(&serde_json::to_string(&rules).expect("JSON")).expect("reads"), [], "{}", rules.id);
    }
    let cases: [(&dyn Fn(&mut PerMuRules), &[&str]); 6] = [
        (&|r| r.format.clear(), &["OTHER_FORMAT"]),
        (&|r| r.items.clear(), &["ITEM_COUNT"]),
        (&|r| r.items[1].id = r.items[0].id.clone(), &["ID_TWICE"]),
        (&|r| r.items[1].en.clear(), &["NAME_EMPTY"]),
        (&|r| r.items[0].base = 0.0, &["OUT_OF_RANGE"]),
        (&|r| r.grades[0].share += 1, &["SHARES"]),
    ];
    for (change, codes) in cases {
        let mut own = PerMuRules::default();
        change(&mut own);
        let text = serde_json::to_string(&own).expect("JSON");
        assert_eq!(check_per_mu(&text).expect("reads").iter().map(|f| f.code).collect::<Vec<_>>(), codes);
        assert_eq!(PerMuRules::from_json(&text).expect_err("wrong").code(), "BAD_RULES");
    }
    assert_eq!(check_per_mu("{}").expect_err("nothing").code(), "BAD_RULES");
}

proptest! {
    /// In whatever order enterprises stand they come out alike, parts add up, and grades follow scores.
    #[test]
    fn order_changes_nothing(figures in prop::collection::vec((0_u32..500, 0_u32..40, prop::option::of(1_u32..900)), 1..60), turn in any::<prop::sample::Index>()) {
        let one = |(at, (tax, mu, power)): (usize, &(u32, u32, Option<u32>))| {
            let one = PerMuFigures::new(at.to_string()).with(Figure::Tax, f64::from(*tax)).with(Figure::Land, f64::from(*mu));
            power.iter().fold(one, |one, power| one.with(Figure::Power, f64::from(*power)))
        };
        let all: Vec<PerMuFigures> = figures.iter().enumerate().map(one).collect();
        let mut turned = all.clone();
        turned.rotate_left(turn.index(all.len()));
        turned.reverse();
        let rules = rules("huangyan_2022_small");
        let (mut here, mut there) = (per_mu(&all, &rules), per_mu(&turned, &rules));
        here.sort_by(|a, b| a.name.cmp(&b.name));
        there.sort_by(|a, b| a.name.cmp(&b.name));
        prop_assert_eq!(&here, &there);
        for one in &here {
            let sum: Option<f64> = one.items.iter().map(|item| item.points).sum();
            prop_assert_eq!(sum.map(|sum| (sum * 1e4).round()), one.score.map(|score| (score * 1e4).round()));
            prop_assert_eq!(one.score.is_none(), !one.missing.is_empty());
            prop_assert_eq!(one.score.is_some(), one.grade.is_some() && one.rank.is_some());
        }
        for (a, b) in here.iter().zip(here.iter().skip(1)) {
            if let (Some(x), Some(y)) = (a.score, b.score) {
                prop_assert_eq!(x.partial_cmp(&y), b.rank.partial_cmp(&a.rank));
                if x > y {
                    prop_assert!(a.grade <= b.grade);
                }
            }
        }
    }
}
