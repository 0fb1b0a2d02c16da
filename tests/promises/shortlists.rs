//! Shortlists: near the best list there is, and true to what they say of those who are not on it.

use std::collections::BTreeMap;

use rand_pcg::Pcg32;
use rand_pcg::rand_core::Rng;
use xiangma::plan::{Gap, Prospect, Quota, Shortlist, ShortlistOptions, Tier};

struct Case {
    prospects: Vec<Prospect>,
    gaps: Vec<Gap>,
    count: usize,
    quota: Quota,
    must: Vec<usize>,
    never: Vec<usize>,
}

impl Case {
    fn options(&self) -> ShortlistOptions {
        ShortlistOptions::new().count(self.count).quota(self.quota.clone()).must(self.must.clone()).never(self.never.clone())
    }

    fn choose(&self) -> Shortlist {
        Shortlist::choose(&self.prospects, &self.gaps, &self.options()).expect("chosen")
    }

    /// By the words of the documentation, from nothing.
    fn value(&self, list: &[usize]) -> u64 {
        let mut on: BTreeMap<&str, u32> = BTreeMap::new();
        let mut sum = 0;
        for p in list {
            sum += u64::from(self.prospects[*p].score);
            for link in &self.prospects[*p].links {
                *on.entry(link).or_default() += 1;
            }
        }
        let worth = |gap: &Gap| (0..on.get(gap.link.as_str()).copied().unwrap_or(0)).map(|n| u64::from(gap.value) >> n).sum::<u64>();
        sum + self.gaps.iter().map(worth).sum::<u64>()
    }

    fn allowed(&self, list: &[usize]) -> bool {
        let count = |of: &dyn Fn(&Prospect) -> bool| list.iter().filter(|p| of(&self.prospects[**p])).count() as u32;
        let links = (0..5).map(|l| format!("l{l}")).all(|link| {
            let most = self.quota.links.get(&link).copied().or(self.quota.each_link);
            most.is_none_or(|most| count(&|p| p.links.first() == Some(&link)) <= most)
        });
        let regions = ["甲省", "乙省"].into_iter().all(|region| {
            let most = self.quota.regions.get(region).copied().or(self.quota.each_region);
            most.is_none_or(|most| count(&|p| p.region.as_deref() == Some(region)) <= most)
        });
        links && regions && self.quota.tiers.iter().all(|(tier, most)| count(&|p| p.tier == *tier) <= *most)
    }

    /// The best list there is.
    fn best(&self) -> u64 {
        let many = self.prospects.len();
        let sets = (0_u32..1 << many).filter(|set| set.count_ones() as usize <= self.count);
        let lists = sets.map(|set| (0..many).filter(|p| set >> p & 1 == 1).collect::<Vec<usize>>());
        let fit = |list: &Vec<usize>| self.must.iter().all(|m| list.contains(m)) && !self.never.iter().any(|n| list.contains(n));
        lists.filter(|list| fit(list) && self.allowed(list)).map(|list| self.value(&list)).max().expect("a list")
    }
}

fn case(draws: &mut Pcg32, many: usize, with_quota: bool) -> Case {
    let mut below = |n: u32| draws.next_u32() % n;
    let gaps: Vec<Gap> = (0..5).map(|l| Gap { link: format!("l{l}"), value: below(4_000) }).collect();
    let prospects: Vec<Prospect> = (0..many)
        .map(|_| {
            let mut links: Vec<String> = (0..below(4)).map(|_| format!("l{}", below(5))).collect();
            links.dedup();
            links.sort();
            links.dedup();
            Prospect {
                score: 1_000 + below(8_000),
                links,
                region: [None, Some("甲省"), Some("乙省")][below(3) as usize].map(str::to_owned),
                tier: Tier::ALL[below(4) as usize],
            }
        })
        .collect();
    let mut quota = Quota::default();
    let (mut must, mut never) = (Vec::new(), Vec::new());
    if with_quota {
        quota.each_link = Some(1 + below(2));
        quota.each_region = Some(1 + below(3));
        quota.tiers.insert(Tier::Leader, below(3));
        never.push(below(many as u32) as usize);
        let wanted = below(many as u32) as usize;
        // A must may go over a quota; the best list is looked for among those within.
        let over = prospects[wanted].tier == Tier::Leader && quota.tiers[&Tier::Leader] == 0;
        if !never.contains(&wanted) && !over {
            must.push(wanted);
        }
    }
    Case { prospects, gaps, count: 2 + below(4) as usize, quota, must, never }
}

#[test]
fn near_the_best_list_there_is() {
    let mut draws = Pcg32::new(21, 2);
    let (mut shares, mut best_itself): (Vec<f64>, u32) = (Vec::new(), 0);
    for number in 0..1_000 {
        let many = 6 + draws.next_u32() as usize % 5;
        let case = case(&mut draws, many, number % 2 == 1);
        let list = case.choose();
        let chosen: Vec<usize> = list.chosen().iter().map(|c| c.prospect).collect();
        assert!(case.allowed(&chosen) && case.must.iter().all(|m| chosen.contains(m)) && !case.never.iter().any(|n| chosen.contains(n)));
        assert_eq!(list.value(), case.value(&chosen), "case {number}");
        let best = case.best();
        best_itself += u32::from(list.value() == best);
        shares.push(list.value() as f64 / best as f64);
    }
    shares.sort_by(f64::total_cmp);
    let (least, median) = (shares[0], shares[500]);
    println!("shortlist: least {least:.4} of the best, median {median:.4}, {best_itself} of 1000 the best itself");
    assert!(least >= 0.632_120_558_828_557_7 && median >= 0.98, "least {least}, median {median}");
}

#[test]
fn what_is_said_of_who_is_not_on_it_is_true() {
    let mut draws = Pcg32::new(21, 3);
    let mut said = 0;
    while said < 500 {
        let case = case(&mut draws, 14, said % 2 == 1);
        let list = case.choose();
        let inside: Vec<usize> = list.chosen().iter().map(|c| c.prospect).collect();
        for x in 0..14 {
            let Some(why) = list.why_not(x) else {
                assert!(inside.contains(&x));
                continue;
            };
            said += 1;
            assert_eq!(why.never, case.never.contains(&x));
            let with: Vec<usize> = inside.iter().copied().chain([x]).collect();
            assert_eq!(why.adds, case.value(&with) - case.value(&inside), "what it would add");
            let put_in = |out: usize| inside.iter().copied().filter(|p| *p != out).chain([x]).collect::<Vec<usize>>();
            let swaps = inside.iter().filter(|out| !case.must.contains(out) && case.allowed(&put_in(**out)));
            let best = swaps.map(|out| case.value(&put_in(*out))).max();
            let now = case.value(&inside);
            let Some(exchange) = why.exchange else {
                assert!(best.is_none() || !case.allowed(&inside));
                continue;
            };
            let after = case.value(&put_in(exchange.out));
            assert_eq!(now + exchange.gains - exchange.loses, after, "putting it in");
            if case.allowed(&inside) {
                assert_eq!(Some(after), best, "no exchange is better");
                assert_eq!(why.full.is_some(), !case.allowed(&with));
            }
            if !why.never {
                assert!(after <= now, "no exchange would have been worth it");
                assert_eq!(exchange.needs, now - after + 1);
            }
        }
    }
}

#[test]
fn a_hundred_of_a_hundred_thousand() {
    let mut draws = Pcg32::new(21, 4);
    let mut below = |n: u32| draws.next_u32() % n;
    let gaps: Vec<Gap> = (0..40).map(|l| Gap { link: format!("l{l}"), value: below(4_000) }).collect();
    let prospect = |_| Prospect {
        score: 3_000 + below(6_000),
        links: (0..=below(2)).map(|_| format!("l{}", below(146))).collect(),
        region: Some(format!("r{}", below(31))),
        tier: Tier::ALL[below(4) as usize],
    };
    let prospects: Vec<Prospect> = (0..100_000).map(prospect).collect();
    let mut quota = Quota::default();
    quota.each_link = Some(5);
    quota.each_region = Some(10);
    let list = Shortlist::choose(&prospects, &gaps, &ShortlistOptions::new().count(100).quota(quota)).expect("chosen");
    assert_eq!(list.chosen().len(), 100);
    assert!(list.chosen().windows(2).all(|two| two[0].value >= two[1].value), "each adds no more than the one before");
    assert!((0..1_000).all(|x| list.why_not(x).is_none_or(|why| why.exchange.is_none_or(|e| e.needs >= 1))));
}

#[test]
fn what_cannot_be_is_refused() {
    let prospects = vec![Prospect::default(); 3];
    let choose = |options: ShortlistOptions| Shortlist::choose(&prospects, &[], &options).map(|l| l.chosen().len());
    assert_eq!(choose(ShortlistOptions::new().count(10)), Ok(3), "fewer where there are fewer");
    for options in [
        ShortlistOptions::new().count(0),
        ShortlistOptions::new().count(10_001),
        ShortlistOptions::new().count(1).must([0, 1]),
        ShortlistOptions::new().must([1]).never([1]),
        ShortlistOptions::new().must([3]),
    ] {
        assert_eq!(choose(options).expect_err("refused").code(), "BAD_ARGUMENT");
    }
    assert_eq!(Quota::from_json(r#"{"link":{}}"#).expect_err("strict").code(), "BAD_JSON");
}
