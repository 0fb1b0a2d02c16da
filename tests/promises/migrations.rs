//! Files of ledgers that programs wrote before: one of each version, kept as it was, and read to the last value.

use serde_json::Value;
use xiangma::ledger::Ledger;

use super::data::own;

/// Every version there has been.
const VERSIONS: [u32; 1] = [1];

/// What is expected is there, and nothing else is said.
fn agrees(what: &str, found: &Value, expected: &Value) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            for (key, expected) in expected {
                agrees(&format!("{what}.{key}"), found.get(key).unwrap_or(&Value::Null), expected);
            }
            // Fields that later versions have are empty.
            let more = found.iter().filter(|(key, value)| !expected.contains_key(*key) && !matches!(value, Value::Null));
            let said: Vec<&String> =
                more.filter(|(_, value)| value.as_array().is_none_or(|all| !all.is_empty())).map(|(key, _)| key).collect();
            assert!(said.is_empty(), "{what} says more: {said:?}");
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{what}");
            found.iter().zip(expected).enumerate().for_each(|(at, (f, e))| agrees(&format!("{what}[{at}]"), f, e));
        }
        _ => assert_eq!(found, expected, "{what}"),
    }
}

#[test]
fn a_ledger_of_every_version_opens_to_the_last_value() {
    for version in VERSIONS {
        let file = own(&format!("ledgers/version_{version}.ledger"));
        let expected: Value = serde_json::from_str(&own(&format!("ledgers/version_{version}.json"))).expect("JSON");
        let opened = Ledger::open(file.as_bytes()).unwrap_or_else(|e| panic!("version {version}: {e}"));
        assert_eq!((opened.findings.as_slice(), opened.whole), ([].as_slice(), file.len()), "version {version}");
        let ledger = opened.ledger;
        let ((book, wrong), (leads, more)) = (ledger.book(), ledger.leads());
        assert!(wrong.is_empty() && more.is_empty(), "{wrong:?} {more:?}");
        for (what, found) in [
            ("leads", serde_json::to_value(&leads)),
            ("projects", serde_json::to_value(&book.projects)),
            ("visits", serde_json::to_value(&book.visits)),
            ("issues", serde_json::to_value(&book.issues)),
            ("people", serde_json::to_value(ledger.changes().iter().map(|c| &*c.by).collect::<Vec<_>>())),
        ] {
            agrees(what, &found.expect("JSON"), &expected[what]);
        }
        let conflicts: Vec<Vec<String>> = ledger
            .conflicts()
            .iter()
            .map(|c| {
                let values = c.values.iter().flat_map(|v| [v.by.clone(), v.value.as_str().unwrap_or_default().to_owned()]);
                [c.on.to_string(), c.field.clone()].into_iter().chain(values).collect()
            })
            .collect();
        agrees("conflicts", &serde_json::to_value(conflicts).expect("JSON"), &expected["conflicts"]);
        // It is written as this version writes it, and says the same.
        let again = Ledger::open(ledger.text().as_bytes()).expect("opens");
        assert!(again.findings.is_empty() && again.ledger.changes() == ledger.changes());
        assert!(version != VERSIONS[VERSIONS.len() - 1] || ledger.text() == file, "the latest is written as it was");
    }
}

#[test]
fn there_is_a_file_of_every_version() {
    // An empty ledger says which version is written now.
    let head: Value = serde_json::from_str(Ledger::new().text().trim()).expect("a head");
    assert_eq!(head["version"].as_u64(), VERSIONS.last().map(|v| u64::from(*v)), "keep a file of the version before");
}

#[test]
fn a_ledger_of_a_later_version_is_refused_whole() {
    let file = own("ledgers/version_1.ledger");
    for later in [2, 3, 99, u32::MAX] {
        let file = file.replacen("\"version\":1", &format!("\"version\":{later}"), 1);
        let refused = Ledger::open(file.as_bytes()).expect_err("later");
        assert_eq!((refused.code(), refused.row()), ("BAD_LEDGER", Some(1)));
        assert!(refused.to_string().contains(&format!("version {later}")) && refused.to_string().contains("later program"), "{refused}");
    }
}

/// A later program of the same version may give records fields that this one does not know.
#[test]
fn what_a_later_program_wrote_besides_stays_and_hides_nothing() {
    let line = |rest: &str| format!("{{\"id\":\"00000000000000000000\",{rest}\n");
    let file = Ledger::new().text()
        + &line(r#""at":"2026-03-02T01:00:00Z","by":"示例甲","on":"project:1","set":{"land":"150亩","name":"甲","water":{"tonnes":3}}}"#)
        + &line(
            r#""at":"2026-03-02T01:01:00Z","by":"示例甲","on":"event:e","set":{"day":"2026-03-01","event":"intent","place":"东区","project":"1"}}"#,
        );
    let mut ledger = Ledger::open(file.as_bytes()).expect("opens").ledger;
    let (book, findings) = ledger.book();
    assert_eq!((book.projects[0].name.as_str(), book.projects[0].events.len()), ("甲", 1));
    let told: Vec<(&str, bool, &str)> = findings.iter().map(|f| (f.code, f.is_error, f.place.as_str())).collect();
    assert_eq!(told, [("FIELD_UNKNOWN", false, "project:1"), ("FIELD_UNKNOWN", false, "event:e")]);
    assert!(findings[0].zh.contains("water") && findings[0].en.contains("water"));
    // Somebody goes on writing the record; what is not known here is still in the file.
    let now = "2026-03-03T01:00:00Z".parse().expect("a moment");
    let project = "project:1".parse().expect("a record");
    ledger.change(&project, [("land", "160亩".into())], "示例乙", now).expect("written");
    assert_eq!(ledger.value(&project, "water"), Some(&serde_json::json!({"tonnes": 3})));
    // Nobody writes here what is not known here, and a value that is none is refused as ever.
    for (field, value) in [("water", serde_json::json!({"tonnes": 4})), ("land", serde_json::json!("-3亩"))] {
        assert_eq!(ledger.change(&project, [(field, value)], "示例乙", now).expect_err(field).code(), "BAD_LEDGER");
    }
    assert_eq!(ledger.book().0.projects[0].land.map(|l| l.to_string()).as_deref(), Some("160亩"));
}
