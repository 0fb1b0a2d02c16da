//! However a table is cut, and whoever works on the parts: the same comes of it, byte for byte.

use proptest::prelude::*;
use xiangma::{
    AssessOptions, Assessment, Catalogue, Date, Enterprise, IntakeOptions, Locator, Match, Park, Ranking, Scorecard, assess, intake,
};

const DAY: Date = Date::constant(2026, 11, 1);
pub(crate) const WARES: [&str; 8] = ["光模块", "锂电池", "工业机器人", "碳纤维", "集成电路设计", "钢材批发", "光学镜头", "餐饮服务"];

fn resident(name: &str, product: &str) -> Enterprise {
    let file = format!("企业名称,主营产品,注册资本\n{name},{product},5000万元\n");
    intake(file.as_bytes(), &IntakeOptions::new()).expect("reads").enterprises.remove(0)
}

/// A table of so many rows; one in seven is of an enterprise that stands above it.
fn table(rows: usize, seed: u64) -> Vec<Enterprise> {
    let mut file = "企业名称,主营产品,注册资本,参保人数,成立日期,所属省份,备注\n".to_owned();
    let mut state = seed | 1;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for row in 0..rows {
        let who = if next(7) == 0 { next(row as u64 + 1) } else { row as u64 };
        let staff = if next(3) == 0 { String::new() } else { next(900).to_string() };
        let (ware, capital, year) = (WARES[next(8) as usize], next(9_000), 1990 + next(36));
        file += &format!("第{who}示例科技有限公司,{ware},{capital}万元,{staff},{year}-03-04,江苏,{}\n", next(100));
    }
    intake(file.as_bytes(), &IntakeOptions::new()).expect("reads").enterprises
}

struct Judged {
    card: Scorecard,
    options: AssessOptions,
    park: Park,
    residents: Vec<Enterprise>,
    enterprises: Vec<Enterprise>,
    matches: Vec<Vec<Match>>,
}

impl Judged {
    fn new(enterprises: Vec<Enterprise>) -> Self {
        let catalogue = Catalogue::builtin();
        let locator = Locator::new(&catalogue).expect("chains");
        let residents = vec![resident("驻区光芯片有限公司", "光芯片"), resident("第3示例科技有限公司", "碳纤维")];
        let placed: Vec<Vec<Match>> = residents.iter().map(|e| locator.locate(e)).collect();
        let chains: Vec<String> = catalogue.chains().iter().map(|c| c.id.clone()).collect();
        let card = Scorecard::attraction();
        let park = Park::diagnose(&catalogue, &chains, &residents, &placed, &card.rates).expect("diagnosed");
        let matches = enterprises.iter().map(|e| locator.locate(e)).collect();
        let options = AssessOptions::new(DAY).chains(chains).target_regions(["江苏"]);
        Self { card, options, park, residents, enterprises, matches }
    }

    fn part(&self, rows: std::ops::Range<usize>) -> Assessment {
        let (enterprises, matches) = (&self.enterprises[rows.clone()], &self.matches[rows]);
        assess(&self.card, &self.options, enterprises, &["备注".to_owned()], matches, Some(&self.park), &self.residents).expect("assessed")
    }

    /// The whole list, as whoever reads it sees it: whatever the places of rows in memory.
    fn list(&self, assessment: &Assessment, rows: &[usize]) -> Vec<(Option<usize>, String, u32, String, String)> {
        let ranking = Ranking::new(assessment);
        let line = |row: u32| {
            let e = &self.enterprises[rows[row as usize]];
            let score = ranking.score(row as usize).expect("a score").shown();
            (ranking.rank_of(row as usize), e.name.clone(), e.row, format!("{score:?}"), ranking.grade(row as usize).to_owned())
        };
        ranking.top(assessment.rows()).into_iter().map(line).collect()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn shards_in_any_order_are_one_table(rows in 1_usize..1_400, seed in any::<u64>(), shards in prop::sample::select(vec![1_usize, 2, 3, 8, 64]), order in any::<u64>()) {
        let judged = Judged::new(table(rows, seed));
        let rows = judged.enterprises.len();
        let whole = judged.part(0..rows);
        // Cut anywhere, an empty shard among them now and then.
        let mut cuts: Vec<usize> = (1..shards).map(|i| (seed.rotate_left(i as u32 * 7) % (rows as u64 + 1)) as usize).collect();
        cuts.extend([0, rows]);
        cuts.sort_unstable();
        let mut parts: Vec<std::ops::Range<usize>> = cuts.windows(2).map(|w| w[0]..w[1]).collect();
        let in_order = parts.clone();
        let joined = |parts: &[std::ops::Range<usize>]| {
            let mut all = judged.part(parts[0].clone());
            parts[1..].iter().for_each(|p| all.append(judged.part(p.clone())).expect("alike"));
            all
        };
        let again = joined(&in_order);
        prop_assert_eq!(Ranking::new(&again).digest(), Ranking::new(&whole).digest());
        prop_assert_eq!(again.readings(), whole.readings());
        // In another order rows have other places, and the list is the same.
        let turn = order as usize % parts.len();
        parts.rotate_left(turn);
        if order.is_multiple_of(2) {
            parts.reverse();
        }
        let places: Vec<usize> = parts.iter().cloned().flatten().collect();
        prop_assert_eq!(judged.list(&joined(&parts), &places), judged.list(&whole, &(0..rows).collect::<Vec<_>>()));
        // And moves with its weights.
        let (mut one, mut other) = (Ranking::new(&whole), Ranking::new(&again));
        let weights: Vec<u32> = (0..judged.card.criteria.len() as u64).map(|c| (seed.rotate_right(c as u32 * 5) % 900) as u32 + 1).collect();
        one.set_weights(&weights).expect("weights");
        other.set_weights(&weights).expect("weights");
        prop_assert_eq!(one.digest(), other.digest());
    }
}

#[test]
fn what_was_not_assessed_alike_is_not_joined() {
    let judged = Judged::new(table(20, 3));
    let mut whole = judged.part(0..10);
    let digest = Ranking::new(&whole).digest();
    let elsewhere = AssessOptions::new(DAY);
    let (enterprises, matches) = (&judged.enterprises[10..], &judged.matches[10..]);
    let other = assess(&judged.card, &elsewhere, enterprises, &[], matches, None, &[]).expect("assessed");
    assert_eq!(whole.append(other).expect_err("other options").code(), "BAD_ARGUMENT");
    assert_eq!(Ranking::new(&whole).digest(), digest);
}

#[cfg(feature = "parallel")]
mod threads {
    use super::*;
    use xiangma::{Intake, Session};

    /// A list with everything that reaches over the end of a part: titles, rows that go on, torn quotes, cells of several lines, doubles.
    fn list(seed: u64) -> String {
        let mut text = "名单,,,\n企业名称,统一社会信用代码,主营产品,经营范围\n".to_owned();
        let mut state = seed | 1;
        let mut next = |below: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % below
        };
        for row in 0..17_000_u64 {
            let (ware, other) = (WARES[next(8) as usize], WARES[next(8) as usize]);
            match next(40) {
                0 => text += &format!("一、第{row}部分产业,,,\n"),
                1..=4 => text += &format!(",,{ware}、{other},\n"),
                5 => text += &format!("第{row}示例有限公司,,{ware},\"第一行{ware}\n第二行，\"\"引号\"\"\n\n第三行{other}\"\n"),
                6 => text += &format!("第{row}示例有限公司,,\"{ware},没有收尾\n"),
                7 => text += &format!("第{}示例有限公司,,{other},{ware}制造\n", next(row + 1)),
                8 => text += "合计,,,\n",
                9 => text += &format!("13800138000,,{ware},\n\n\n"),
                10 => text += &format!("第{row}示例有限公司,,{ware},很长,多一格,再多一格\n"),
                _ => text += &format!("第{row}示例有限公司,,{ware},{ware}制造；{other}销售\n"),
            }
        }
        text
    }

    fn with<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
        rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads").install(work)
    }

    fn read(text: &str) -> Intake {
        intake(text.as_bytes(), &IntakeOptions::new()).expect("reads")
    }

    #[test]
    fn any_number_of_threads_reads_the_same() {
        for seed in 0..3 {
            let text = list(seed);
            let one = with(1, || read(&text));
            assert!(one.report.adds_up() && one.report.merged > 0 && one.report.repaired_lines > 0 && one.report.rejected_rows > 0);
            for threads in [2, 3, 8] {
                let many = with(threads, || read(&text));
                assert_eq!(many.report, one.report, "{threads} threads");
                assert!(many.enterprises == one.enterprises, "{threads} threads");
            }
        }
    }

    #[test]
    fn any_number_of_threads_ranks_the_same() {
        let text = list(9);
        let digest = |threads| {
            with(threads, || {
                let mut session = Session::new(DAY).expect("chains");
                session.load_candidates(text.as_bytes()).expect("reads");
                session.assess().expect("assessed");
                session.ranking().map(|r| r.digest())
            })
        };
        let one = digest(1);
        assert!(one.is_some());
        for threads in 2..=8 {
            assert_eq!(digest(threads), one, "{threads} threads");
        }
    }
}
