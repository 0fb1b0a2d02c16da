//! What a team keeps and hands about: the ledger, editions of the list, and the tables of a month's plan.

use std::sync::LazyLock;

use xiangma::learn::Frame;
use xiangma::ledger::{Ledger, Moment, outcomes};
use xiangma::mcdm::{Panel, run_cases};
use xiangma::monitor::Edition;
use xiangma::pipeline::{Phases, Tasks, WorkCalendar};
use xiangma::plan::{
    AssignCosts, BlindSheet, Introductions, Listed, Officer, Push, Quota, Review, Ties, TripOptions, assign, blind_sheets, trips,
};
use xiangma::{Catalogue, Query, Scorecard, Session};

use super::DAY;
use super::cursor::Cursor;
use super::document::{document, lines};
use super::rules::reckon;

fn now() -> Moment {
    "2026-11-01T01:00:00Z".parse().expect("a moment")
}

/// A ledger is refused or opened; opened, it is written as the same, joins with itself to itself, and with another to the same from either side.
pub(super) fn ledger(data: &[u8]) {
    const SOUND: [&str; 2] = [include_str!("../command_line/files/by_hand.ledger"), include_str!("../command_line/files/team.ledger")];
    let text = lines(data, &SOUND);
    let Ok(opened) = Ledger::open(text.as_bytes()) else { return };
    let ledger = opened.ledger;
    let again = Ledger::open(ledger.text().as_bytes()).expect("what was written is read");
    assert_eq!((again.ledger.text(), again.findings.len()), (ledger.text(), 0), "{:?}", again.findings);
    let mut joined = again.ledger;
    assert_eq!(joined.join(&ledger).added, 0);
    assert_eq!(joined.changes().len(), ledger.changes().len());
    let other = Ledger::open(SOUND[1].as_bytes()).expect("sound").ledger;
    let (mut here, mut there) = (ledger.clone(), other.clone());
    here.join(&other);
    there.join(&ledger);
    assert_eq!(here.text(), there.text(), "it matters who joins whom");
    for ledger in [&ledger, &here] {
        let (book, _) = ledger.book();
        reckon(&book.projects, &Phases::default(), &Tasks::default(), DAY, WorkCalendar::china());
        ledger.leads();
        ledger.findings(&Phases::default(), DAY, now());
        let _ = outcomes(ledger, &Phases::default(), "signed", DAY);
    }
    let ids: Vec<_> = ledger.changes().iter().map(|c| c.id).take(20).collect();
    for id in ids {
        let before = here.changes().len();
        if here.undo(id, "李", now()).is_ok() {
            assert!(here.changes().len() > before);
        }
    }
    Ledger::open(here.text().as_bytes()).expect("what was taken back is read");
}

/// An edition is refused or read; read, it is written as the same, and held against others.
pub(super) fn editions(data: &[u8]) {
    static SOUND: LazyLock<(Edition, String)> = LazyLock::new(|| {
        let mut session = Session::new(DAY).expect("builds");
        session.load_candidates(FIRMS.as_bytes()).expect("reads");
        session.assess().expect("is judged");
        let edition = session.edition().expect("an edition").on(session.basis().expect("a basis"));
        let text = edition.to_jsonl();
        (edition, text)
    });
    let (sound, text) = &*SOUND;
    let Ok(edition) = Edition::from_jsonl(&lines(data, &[text])) else { return };
    assert_eq!(Edition::from_jsonl(&edition.to_jsonl()).as_ref(), Ok(&edition), "read back it is another");
    for (before, now) in [(sound, &edition), (&edition, sound), (&edition, &edition)] {
        for k in [0, 1, usize::MAX] {
            let _ = now.movement(before, k);
        }
        let _ = now.drift(before);
        for top in [None, Some(1)] {
            if let Ok(push) = Push::new(before, now, &Scorecard::attraction(), top) {
                push.counts();
                push.text(5);
            }
        }
    }
}

const FIRMS: &str = "企业名称,统一社会信用代码,所属省份,主营产品,参保人数\n示例甲有限公司,91350211M000100Y46,福建省,光模块,120\n\
示例乙有限公司,,江苏省,动力电池,\n示例丙有限公司,,,钢材,8\n";

/// The first byte says which table the rest is.
pub(super) fn tables(data: &[u8]) {
    let (kind, rest) = data.split_first().map_or((0, data), |(first, rest)| (*first, rest));
    match kind % 9 {
        0 => {
            let Ok(ties) = Ties::read(rest) else { return };
            let names: Vec<String> = ties.ties.iter().take(20).flat_map(|t| [t.from.clone(), t.to.clone()]).collect();
            let ways = Introductions::new(ties.ties.clone(), names.iter().step_by(3).map(String::as_str).chain([Ties::PARK]));
            names.iter().for_each(|name| drop(ways.to(name)));
            ties.without_persons();
        }
        1 => {
            let Ok(officers) = Officer::read(rest) else { return };
            let leads: Vec<_> = Listed::read(LISTED.as_bytes()).expect("sound").iter().map(Listed::lead).collect();
            let _ = assign(&leads, &officers, AssignCosts::default());
            officers.into_iter().take(3).for_each(|o| drop(o.by_chain_ids(&Catalogue::builtin())));
        }
        2 => {
            let Ok(list) = Listed::read(rest) else { return };
            let leads: Vec<_> = list.iter().map(Listed::lead).collect();
            let officers = Officer::read("专员,上限,产业链\n示例甲,2,\n示例乙,1,optoelectronics\n".as_bytes()).expect("sound");
            let _ = assign(&leads, &officers, AssignCosts::default());
            let at: Vec<Option<u32>> = list.iter().map(|l| l.region.code).collect();
            let _ = trips(&at, TripOptions { days: 2, visits: 3, home: Some(330_700) });
        }
        3 => {
            let keyed: Vec<_> = Listed::read(LISTED.as_bytes()).expect("sound").into_iter().map(|l| (l.key, l.name)).collect();
            for sheet in blind_sheets(&keyed, &["专家甲"], 7) {
                BlindSheet::read(sheet.to_csv().as_bytes()).expect("what was written is read");
            }
            let Ok(sheets) = BlindSheet::read(rest) else { return };
            let _ = Review::of(&keyed, &sheets);
        }
        4 => {
            const PANEL: &str = include_str!("../command_line/files/panel.json");
            let Ok(panel) = Panel::from_json(&document(rest, &[PANEL])) else { return };
            let Ok(weights) = panel.weigh() else { return };
            let sum: f64 = weights.weights.iter().sum();
            assert!(weights.weights.iter().all(|w| (0.0..=1.0 + 1e-9).contains(w)) && (sum - 1.0).abs() < 1e-6, "{:?}", weights.weights);
        }
        5 => {
            const CASES: &str = include_str!("../command_line/files/cases.json");
            let _ = run_cases(&document(rest, &[CASES]));
        }
        6 => {
            let _ = Quota::from_json(&document(rest, &[r#"{"each_link": 2, "links": {"oc_module": 1}, "regions": {"上海": 1}}"#]));
            let text = document(rest, &[QUERY]);
            let Ok(query) = serde_json::from_str::<Query>(&text) else { return };
            let mut session = Session::new(DAY).expect("builds");
            session.load_candidates(FIRMS.as_bytes()).expect("reads");
            if let Ok(view) = session.view(&query) {
                assert_eq!(session.view(&query).expect("as before"), view, "asked twice, answered otherwise");
            }
        }
        7 => {
            let Ok(frame) = Frame::read(rest) else { return };
            let mut ledger = Ledger::new();
            let _ = ledger.import_projects(&frame, (&Phases::default(), &Catalogue::builtin()), "李", now());
            reckon(&ledger.book().0.projects, &Phases::default(), &Tasks::default(), DAY, WorkCalendar::china());
            Ledger::open(ledger.text().as_bytes()).expect("what was written is read");
        }
        _ => {
            let mut cursor = Cursor::new(rest);
            let at: Vec<Option<u32>> = (0..cursor.below(40)).map(|_| code(&mut cursor)).collect();
            let options = TripOptions { days: u32::from(cursor.byte()), visits: u32::from(cursor.byte()), home: code(&mut cursor) };
            let Ok(plan) = trips(&at, options) else { return };
            let visited = plan.trips.iter().flat_map(|t| t.days.iter().flatten()).count();
            assert_eq!(visited + plan.unplaced.len(), at.len(), "somebody is left out");
        }
    }
}

fn code(cursor: &mut Cursor<'_>) -> Option<u32> {
    let codes = [Some(320_500), Some(320_505), Some(440_300), Some(110_105), Some(460_300), Some(0), Some(u32::MAX), None];
    cursor.pick(&codes)
}

const LISTED: &str = "企业名称,所属城市,得分,chain,专员\n示例甲有限公司,苏州市,81.50,optoelectronics,示例甲\n示例乙有限公司,深圳市,70,new_energy,\n\
示例丙有限公司,,,,\n";

const QUERY: &str = r#"{"chains": ["optoelectronics"], "regions": ["江苏"], "weights": [1, 2, 3, 4, 5, 6, 7, 8], "by": null, "from": 0, "count": 5,
  "filter": {"chains": ["optoelectronics"], "min_score": 10.0}}"#;
