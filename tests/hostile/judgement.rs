//! What judges: scorecards, chains, models; and texts that are located.

use std::fmt::Write;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};
use xiangma::learn::{Conversion, Frame};
use xiangma::{
    AssessOptions, Catalogue, Enterprise, Locator, Match, Park, Product, Ranking, Scorecard, assess, check_chains, explain, intake,
};

use super::DAY;
use super::cursor::Cursor;
use super::document::{changes, document};

const FIRMS: &str = "企业名称,注册资本,参保人数,主营产品,经营范围,企业状态,成立日期,专利数量,自有列\n\
示例甲有限公司,500万美元,120,光模块,光电子器件制造,存续,2015-03-08,12,3\n示例乙有限公司,,8,,钢材销售,注销,,,\n\
示例丙有限公司,1亿元,,动力电池,锂离子电池制造；货物进出口,在业,2020-01-01,0,高\n";

struct Pool {
    enterprises: Vec<Enterprise>,
    extra: Vec<String>,
    catalogue: Catalogue,
    locator: Locator,
    matches: Vec<Vec<Match>>,
    park: Park,
}

static POOL: LazyLock<Pool> = LazyLock::new(|| {
    let table = intake(FIRMS.as_bytes(), &xiangma::IntakeOptions::new()).expect("reads");
    let catalogue = Catalogue::builtin();
    let locator = Locator::new(&catalogue).expect("builds");
    let matches: Vec<_> = table.enterprises.iter().map(|e| locator.locate(e)).collect();
    let all: Vec<String> = catalogue.chains().iter().map(|c| c.id.clone()).collect();
    let park = Park::diagnose(&catalogue, &all, &table.enterprises, &matches, &Scorecard::attraction().rates).expect("diagnoses");
    Pool { enterprises: table.enterprises, extra: table.extra_columns, catalogue, locator, matches, park }
});

/// A card is refused, or written and read as the same; whatever it asks, points are within bounds, parts add up, and reasons can be given.
pub(super) fn scorecard(data: &[u8]) {
    static CARDS: LazyLock<Vec<String>> = LazyLock::new(|| Scorecard::presets().iter().map(Scorecard::to_json).collect());
    let sound: Vec<&str> = CARDS.iter().map(String::as_str).collect();
    let Ok(card) = Scorecard::from_json(&document(data, &sound)) else { return };
    assert_eq!(Scorecard::from_json(&card.to_json()).expect("is read back"), card);
    card.signature();
    card.printed();
    card.changes(&Scorecard::attraction());
    let pool = &*POOL;
    let options = AssessOptions::new(DAY).target_regions(["江苏"]);
    let judged = assess(&card, &options, &pool.enterprises, &pool.extra, &pool.matches, Some(&pool.park), &pool.enterprises[..1]);
    let Ok(judged) = judged else { return };
    let ranking = Ranking::new(&judged);
    for row in 0..judged.rows() {
        let score = ranking.score(row).expect("a score");
        assert!(score.low >= 0.0 && score.low <= score.score && score.score <= score.high && score.high <= 100.0, "{score:?}");
        let context = xiangma::Context { catalogue: &pool.catalogue, park: Some(&pool.park), extra_columns: &pool.extra };
        explain(&ranking, row, &pool.enterprises[row], &pool.matches[row], context).expect("reasons");
        ranking.grade(row);
    }
    let _ = ranking.robustness(1, 50, xiangma::DrawOptions::default());
}

/// Everything that a chain may say.
const WIDE: &str = r#"[{"id": "own", "zh": "自有产业", "en": "Own", "terms": ["自有产业"], "traps": ["自有产业园"], "links": [
  {"id": "own_a", "zh": "甲件", "en": "A", "is": {"zh": "甲", "en": "a"}, "stage": "upstream", "core": "develop", "sink": false, "also": ["other"],
   "terms": ["甲件", "甲组件"], "with": [{"terms": ["丙片"], "near": ["甲片"]}], "weak": ["零件甲"], "exclude": ["甲件罐"],
   "exclude_in": {"name": ["餐饮"]}, "classes": ["3976 光电子器件制造"], "feeds": ["own_b", "other_c"]},
  {"id": "own_b", "from": "own_z", "zh": "乙件", "en": "B", "stage": "downstream", "peripheral": true, "terms": ["乙件"], "equipment_for": ["own_a"],
   "materials_for": ["own_a"], "classes": ["光电子器件制造"], "feeds": []}]},
 {"id": "other", "zh": "别样产业", "en": "Other", "links": [
  {"id": "other_c", "zh": "丁件", "en": "C", "stage": "midstream", "core": "serve", "sink": true, "terms": ["丁件检测"], "feeds": []}]}]"#;

/// Chains are found fault with or built; what they find stands in the texts.
pub(super) fn chains(data: &[u8]) {
    let text = document(data, &[include_str!("../data/tea_chain.json"), WIDE]);
    let found = check_chains(&text, &POOL.enterprises);
    let Ok(own) = Catalogue::from_json(&text) else { return };
    if let Ok(findings) = found {
        assert!(findings.iter().all(|f| !f.zh.is_empty() && !f.en.is_empty()));
    }
    let Ok(locator) = Locator::new(&own) else { return };
    let mut cursor = Cursor::new(data);
    let terms: String = own.links().flat_map(|(_, link)| link.zh.chars()).take(200).collect();
    let firm = Enterprise {
        name: "示例茶业有限公司".to_owned(),
        scope: Some(format!("茶叶种植；{terms}；{}", cursor.text())),
        main_business: Some(terms),
        ..Enterprise::default()
    };
    let matches = vec![stand_in_the_texts(&locator, &firm)];
    let ids: Vec<String> = own.chains().iter().map(|c| c.id.clone()).collect();
    let park = Park::diagnose(&own, &ids, &[firm], &matches, &Scorecard::attraction().rates).expect("chains of its own");
    park.advise(&own, &xiangma::DiagnosisRules::builtin(), &[]).expect("advice");
    own.chains().iter().for_each(|chain| drop(xiangma::ChainMap::new(chain)));
    let _ = Catalogue::builtin().with(own);
}

/// Any texts may stand in an enterprise.
pub(super) fn locate(data: &[u8]) {
    let mut cursor = Cursor::new(data);
    // Plain text is located as it is.
    let mut text = |plain: bool| if plain { String::from_utf8_lossy(data).into_owned() } else { cursor.text() };
    let plain = data.first().is_some_and(|b| *b >= 0xc0);
    let firm = Enterprise {
        name: text(false),
        scope: Some(text(plain)),
        main_business: Some(text(false)),
        profile: Some(text(false)),
        products: vec![Product { name: text(plain), share: Some(0.5) }, Product { name: text(false), share: None }],
        tags: vec![text(false), text(plain)],
        patents: Some(text(false)),
        bids: Some(text(false)),
        industry: Some(text(false)),
        former_name: Some(text(false)),
        ..Enterprise::default()
    };
    stand_in_the_texts(&POOL.locator, &firm);
}

fn stand_in_the_texts(locator: &Locator, firm: &Enterprise) -> Vec<Match> {
    let matches = locator.locate(firm);
    for found in &matches {
        assert!((1..=99).contains(&found.confidence) && found.score <= 100 && found.focus <= 100, "{found:?}");
        for span in &found.spans {
            assert!(!span.term(firm).is_empty(), "evidence that is nowhere: {found:?} of {firm:?}");
            span.text(firm);
        }
    }
    assert_eq!(locator.locate(firm), matches, "located twice it stands elsewhere");
    matches
}

/// A model that hangs together gives chances for every table. The input changes it, and the sum is made right again: anybody can do that.
pub(super) fn model(data: &[u8]) {
    const SOUND: &str = include_str!("../data/hostile/model/sound.json");
    const LEADS: &str =
        "企业名称,人数,城市,结果\n示例甲有限公司,900,苏州,\n示例乙有限公司,30,成都,落地\n示例丙有限公司,,,\n示例丁有限公司,x,武汉,未落地\n";
    let text = String::from_utf8_lossy(data);
    let given = Conversion::from_json(&text);
    if let Ok(given) = &given {
        assert_eq!(Conversion::from_json(&given.to_json()).as_ref(), Ok(given), "read back it is another");
    }
    let mut cursor = Cursor::new(data);
    let model = given.or_else(|_| {
        let mut value: serde_json::Value = serde_json::from_str(SOUND).expect("a sound model");
        changes(&mut value, &mut cursor);
        Conversion::from_json(&sealed(&value))
    });
    let Ok(model) = model else { return };
    let frame = Frame::read(LEADS.as_bytes()).expect("reads");
    let chances = model.predict_anyway(&frame);
    assert_eq!(chances.len(), frame.rows());
    for chance in &chances {
        let in_order = chance.low <= chance.probability && chance.probability <= chance.high;
        assert!(in_order && chance.low >= 0.0 && chance.high <= 1.0, "{chance:?}");
    }
    model.drift(&frame, &chances);
    let _ = model.outcomes(&frame);
    xiangma::learn::explore(&chances, 2);
}

/// The model as text, with its sum: that stands last.
fn sealed(value: &serde_json::Value) -> String {
    let mut value = value.clone();
    value.as_object_mut().map(|keys| keys.remove("checksum"));
    let text = serde_json::to_string_pretty(&value).expect("is written");
    let Some(text) = text.strip_suffix("\n}") else { return text };
    let before = format!("{text},\n  ");
    let mut sum = String::new();
    for byte in Sha256::digest(before.as_bytes()) {
        write!(sum, "{byte:02x}").expect("a text");
    }
    format!("{before}\"checksum\": \"{sum}\"\n}}")
}
