//! Rows that are alike are found, and what they share is said.

use proptest::prelude::*;
use xiangma::learn::{Frame, Space};

/// Three kinds of firms, in turn.
fn firms(rows: usize) -> Frame {
    let mut text = "kind,staff,age,odd\n".to_owned();
    for i in 0..rows {
        let jitter = i * 7 % 11;
        let (kind, staff, age) = [("optics", 900 + jitter, 20), ("wafers", 40 + jitter, 3), ("cables", 300 + jitter, 11)][i % 3];
        text += &format!("{kind},{staff},{},{}\n", age + jitter % 3, if i % 5 == 0 { "" } else { "x" });
    }
    Frame::read(text.as_bytes()).expect("a table")
}

#[test]
fn segments_are_the_kinds_there_are_and_say_so() {
    let frame = firms(90);
    let space = Space::of(&frame, &[]).expect("a space");
    let segments = space.segments(&frame, 3, 1).expect("segments");
    assert_eq!(segments.iter().map(|s| s.rows.len()).collect::<Vec<_>>(), [30, 30, 30]);
    for segment in &segments {
        let kinds: std::collections::BTreeSet<u32> = segment.rows.iter().map(|row| (row - 2) % 3).collect();
        assert_eq!(kinds.len(), 1, "{segment:?}");
        let kind = segment.profile.iter().find(|t| t.feature == "kind").expect("told by its kind");
        assert!((kind.within - 1.0).abs() < 1e-12 && (kind.overall - 1.0 / 3.0).abs() < 1e-12);
    }
    assert_eq!(space.segments(&frame, 3, 1).expect("segments"), segments);
    for count in [0, 91] {
        assert_eq!(space.segments(&frame, count, 1).expect_err("cannot").code(), "BAD_ARGUMENT");
    }
    let level = Frame::read("a,b\n1,2\n1,2\n".as_bytes()).expect("a table");
    assert_eq!(Space::of(&level, &[]).expect_err("nothing tells apart").code(), "BAD_ARGUMENT");
}

#[test]
fn the_nearest_to_the_best_are_named_with_what_they_share() {
    let (frame, residents) = (firms(60), firms(30));
    let best = residents.best_fifth("staff").expect("numbers");
    assert!(best.rows() == 6 && best.column("kind").expect("a column").iter().all(|k| k == "optics"));
    let found = Space::of(&frame, &["staff"]).expect("a space").nearest(&frame, &best, 20).expect("little work");
    assert!(found.iter().all(|a| (a.row - 2) % 3 == 0 && a.shared.contains(&"kind".to_owned()) && a.distance <= 1.0), "{found:?}");
    assert!(found.windows(2).all(|w| w[0].distance <= w[1].distance));
    assert_eq!(residents.best_fifth("kind").expect_err("no numbers").code(), "BAD_ARGUMENT");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_row_is_nearest_to_itself(rows in 3_usize..40, pick in 0_usize..40) {
        let frame = firms(rows);
        let pick = pick % rows;
        let found = Space::of(&frame, &[]).expect("a space").nearest(&frame, &frame.select(&[pick]), rows).expect("little work");
        prop_assert_eq!(found.len(), rows);
        prop_assert!(found[0].distance.abs() < 1e-12);
        prop_assert!(found.iter().any(|a| a.row as usize == pick + 2 && a.distance.abs() < 1e-12));
        prop_assert!(found.iter().all(|a| (0.0..=1.0 + 1e-12).contains(&a.distance)));
    }
}
