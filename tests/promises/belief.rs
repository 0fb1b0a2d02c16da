//! A near miss stands nowhere: it has no role, no need and no points of a chain, until somebody confirms it.

use proptest::prelude::*;
use xiangma::{
    AssessOptions, Assessment, Catalogue, Date, Enterprise, IntakeOptions, Locator, Match, Park, Ranking, Scorecard, Session, assess,
    intake,
};

use super::data::{own, shared};

const DAY: Date = Date::constant(2026, 11, 1);

thread_local! {
    static LOCATOR: Locator = Locator::new(&Catalogue::builtin()).expect("builds");
}

fn locate(enterprises: &[Enterprise]) -> Vec<Vec<Match>> {
    LOCATOR.with(|locator| enterprises.iter().map(|e| locator.locate(e)).collect())
}

fn firm(name: &str, scope: &str) -> Enterprise {
    Enterprise { name: name.to_owned(), scope: (!scope.is_empty()).then(|| scope.to_owned()), ..Enterprise::default() }
}

/// A park with something on many links.
fn park(catalogue: &Catalogue) -> (Vec<Enterprise>, Park) {
    let residents: Vec<Enterprise> = ["光芯片的研发、生产", "光学镜头制造", "激光器制造", "锂电池制造", "集成电路设计", "显示面板制造"]
        .iter()
        .map(|scope| firm("示例园内有限公司", scope))
        .collect();
    let chains: Vec<String> = catalogue.chains().iter().map(|c| c.id.clone()).collect();
    let park = Park::diagnose(catalogue, &chains, &residents, &locate(&residents), &Scorecard::attraction().rates).expect("a park");
    (residents, park)
}

struct Judged {
    matches: Vec<Vec<Match>>,
    park: Park,
    assessment: Assessment,
}

fn judge(card: &Scorecard, chain: Option<&str>, enterprises: &[Enterprise]) -> Judged {
    let (residents, park) = park(&Catalogue::builtin());
    let matches = locate(enterprises);
    let options = AssessOptions::new(DAY).chains(chain);
    let assessment = assess(card, &options, enterprises, &[], &matches, Some(&park), &residents).expect("assesses");
    Judged { matches, park, assessment }
}

/// Points of the criteria `chain_fit`, `need` and `relatedness`.
fn of_the_chain(j: &Judged, row: usize) -> [u16; 3] {
    [0, 1, 2].map(|c| j.assessment.points(c, row).expect("points"))
}

/// What no near miss may have, and no believed one may lack beside it.
fn check(j: &Judged, rows: usize) -> Result<(), TestCaseError> {
    let (mut most_near, mut least_sure) = (0, 10_001);
    for row in 0..rows {
        let its = &j.matches[row];
        let [fit, need, related] = of_the_chain(j, row);
        for m in its {
            prop_assert_eq!(m.is_believed(), m.confidence >= 75 || (m.link.is_none() && m.doubt.is_none()), "{:?}", m);
        }
        if j.assessment.confirmed(row, its).is_some() {
            least_sure = least_sure.min(fit);
        } else {
            most_near = most_near.max(fit);
            prop_assert_eq!((need, related), (0, 0));
            prop_assert_eq!(j.assessment.strategy(row, its, Some(&j.park)), None);
        }
    }
    prop_assert!(most_near < least_sure, "a near miss has {} points of the chain, a believed firm {}", most_near, least_sure);
    Ok(())
}

#[test]
fn names_and_side_words_bring_no_points_of_a_chain() {
    let table = intake(own("near_misses.csv").as_bytes(), &IntakeOptions::new()).expect("reads");
    let mut enterprises = table.enterprises;
    let near = enterprises.len();
    // The least that is believed: a dealer's product list, an operator, words for the chain as a whole.
    enterprises.extend([
        firm("示例甲有限公司", "光模块的研发、制造"),
        firm("示例乙有限公司", "光伏电站的运营"),
        firm("示例丙有限公司", "光电子器件的生产；钢材销售；餐饮服务"),
    ]);
    for card in Scorecard::presets() {
        let j = judge(&card, None, &enterprises);
        check(&j, enterprises.len()).expect("no points for a near miss");
        for (row, e) in enterprises.iter().enumerate().take(near) {
            assert!(j.assessment.confirmed(row, &j.matches[row]).is_none(), "{} is believed: {:?}", e.name, j.matches[row]);
        }
        for row in near..enterprises.len() {
            assert!(j.assessment.confirmed(row, &j.matches[row]).is_some(), "{} is not believed", enterprises[row].name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_near_miss_passes_a_believed_firm_by_its_chain(
        seeds in prop::collection::vec((0_usize..8, 0_usize..8, 0_usize..8, prop::option::of(0_usize..6)), 1..25),
        chain in prop::option::of(0_usize..5),
    ) {
        const THINGS: [&str; 8] = ["光模块", "LED灯具", "锂电池", "显示面板", "芯片", "饰面板", "机床", "服装"];
        const DEEDS: [&str; 8] = ["的研发、制造", "销售", "租赁", "维修", "广告发布", "设备的安装", "的技术咨询", ""];
        const TRADES: [&str; 8] = ["餐饮", "酒店", "文化传媒", "商贸", "科技", "新能源", "光电", "农业"];
        let enterprises: Vec<Enterprise> = seeds.iter().map(|(thing, deed, trade, more)| {
            let scope = if *deed == 7 { String::new() } else { format!("{}服务；{}{}", TRADES[*trade], THINGS[*thing], DEEDS[*deed]) };
            let mut e = firm(&format!("示例{}{}有限公司", THINGS[(*thing + *trade) % 8], TRADES[*trade]), &scope);
            e.tags = more.iter().map(|m| THINGS[*m].to_owned()).collect();
            e
        }).collect();
        let chains = ["optoelectronics", "integrated_circuit", "new_energy", "new_materials", "advanced_equipment"];
        check(&judge(&Scorecard::attraction(), chain.map(|c| chains[c]), &enterprises), enterprises.len())?;
    }
}

#[test]
fn on_real_rows_a_near_miss_has_no_points_of_a_chain() {
    let Some(bytes) = shared("enterprise_registration/dev_kw.csv") else { return };
    let head: String = String::from_utf8_lossy(&bytes).lines().take(2_500).collect::<Vec<_>>().join("\n");
    let table = intake(head.as_bytes(), &IntakeOptions::new()).expect("reads");
    let j = judge(&Scorecard::attraction(), Some("optoelectronics"), &table.enterprises);
    check(&j, table.enterprises.len()).expect("no points for a near miss");
}

#[test]
fn what_nothing_tells_is_unknown_and_not_nought() {
    // A name alone says neither where it stands nor what the park needs of it; a place without a link says the first only.
    let enterprises =
        [firm("示例光电有限公司", ""), firm("示例乙有限公司", "餐饮服务"), firm("示例丙有限公司", "光电子器件的生产；钢材销售；餐饮服务")];
    let j = judge(&Scorecard::attraction(), Some("optoelectronics"), &enterprises);
    let ranking = Ranking::new(&j.assessment);
    let score = |row: usize| ranking.score(row).expect("a score");
    assert_eq!(j.assessment.confirmed(2, &j.matches[2]).map(|m| m.link.is_none()), Some(true), "{:?}", j.matches[2]);
    // The restaurant is known to be on no chain; of the bare name that is open.
    assert!(score(0).coverage < score(1).coverage - 40.0, "{:?} {:?}", score(0), score(1));
    assert!(score(0).high > score(1).high + 40.0);
    // 15 of need and 5 of relatedness are open.
    assert!((score(1).coverage - score(2).coverage - 18.6).abs() < 3.0, "{:?} {:?}", score(1), score(2));
}

#[test]
fn facets_count_believed_places_alone() {
    let mut session = Session::new(DAY).expect("builds");
    let file = own("near_misses.csv") + "示例甲有限公司,光模块,光模块的研发、制造,,,,\n";
    session.load_candidates(file.as_bytes()).expect("reads");
    session.load_residents("企业名称,主营产品\n示例芯片有限公司,光芯片\n".as_bytes()).expect("reads");
    session.assess().expect("assesses");
    let facets = session.facets();
    for counts in [&facets.links, &facets.roles, &facets.needs] {
        assert_eq!(counts.iter().map(|c| c.count).sum::<u32>(), 1, "{facets:?}");
    }
}
