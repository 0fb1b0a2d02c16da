//! The tasks of a schedule as data: a graph without circles.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::chain::Finding;
use crate::error::Error;
use crate::order::map;
use crate::pipeline::project::ProjectKind;
use crate::pipeline::rules_file::{other_format, read, sound};

/// Tasks, how long each takes, and after which others it can begin. Strict JSON: an unknown key is an error.
///
/// The default is a set for a project with land. Its durations are a beginning; a zone writes its own, and [`check_tasks`] says everything that is
/// wrong with them.
///
/// ```
/// use xiangma::pipeline::Tasks;
///
/// let circle = r#"{"format": "xiangma-tasks", "version": 1, "id": "own", "zh": "自定", "en": "own", "tasks": [
///     {"id": "a", "zh": "甲", "en": "A", "days": 3, "after": ["b"]}, {"id": "b", "zh": "乙", "en": "B", "days": 1, "after": ["a"]}]}"#;
/// assert!(Tasks::from_json(circle).unwrap_err().to_string().contains("a → b → a"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Tasks {
    /// `xiangma-tasks`.
    pub format: String,
    /// The version of the format, 1.
    pub version: u32,
    /// Its id, which a zone chooses.
    pub id: String,
    /// Its title in Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// Where the durations come from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The tasks.
    pub tasks: Vec<Task>,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[serde(deny_unknown_fields)]
#[non_exhaustive]
pub struct Task {
    /// Its id.
    pub id: String,
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
    /// How many working days it takes; 0 for a milestone.
    pub days: u32,
    /// The tasks that must be done before it begins.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<String>,
    /// The event of a project that says that it is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// For which kinds of project; for all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub kinds: Vec<ProjectKind>,
}

/// What an error calls these rules.
const RULES: &str = "tasks";
const FORMAT: &str = "xiangma-tasks";
const VERSION: u32 = 1;
/// The longest task, in working days: forty years of them.
const MOST_DAYS: u32 = 10_000;
/// The most tasks.
const MOST_TASKS: usize = 10_000;

impl Default for Tasks {
    fn default() -> Self {
        #[allow(clippy::expect_used, reason = "an embedded constant that every test reads")]
        Self::from_json(include_str!("tasks.json")).expect("the embedded tasks are sound")
    }
}

impl Tasks {
    /// Tasks of one's own, each given with its id, its working days, and the ids of those before it.
    ///
    /// # Errors
    ///
    /// `BAD_RULES`, as [`from_json`](Self::from_json).
    pub fn of<'t>(tasks: impl IntoIterator<Item = (&'t str, u32, &'t [&'t str])>) -> Result<Self, Error> {
        let name = str::to_owned;
        let task = |(id, days, after): (&str, u32, &[&str])| Task {
            id: name(id),
            zh: name(id),
            en: name(id),
            days,
            after: after.iter().map(|id| name(id)).collect(),
            event: None,
            kinds: Vec::new(),
        };
        let tasks = tasks.into_iter().map(task).collect();
        Self { format: name(FORMAT), version: VERSION, id: name("own"), zh: name("自定"), en: name("own"), note: String::new(), tasks }
            .sound()
    }

    /// Reads tasks that a zone wrote.
    ///
    /// # Errors
    ///
    /// `BAD_RULES`, with the first finding of [`check_tasks`].
    pub fn from_json(text: &str) -> Result<Self, Error> {
        read::<Self>(RULES, text)?.sound()
    }

    fn sound(self) -> Result<Self, Error> {
        let findings = self.findings();
        sound(RULES, self, findings)
    }

    /// Of each task, the places of those before it.
    pub(super) fn before(&self) -> Vec<Vec<usize>> {
        let places: BTreeMap<&str, usize> = map(self.tasks.iter().enumerate().map(|(at, t)| (t.id.as_str(), at)));
        self.tasks.iter().map(|t| t.after.iter().filter_map(|id| places.get(id.as_str()).copied()).collect()).collect()
    }

    /// The places of the tasks, each after all before it; those of a circle, and after one, are left out.
    pub(super) fn order(before: &[Vec<usize>]) -> Vec<usize> {
        let mut open: Vec<usize> = before.iter().map(Vec::len).collect();
        let mut next = vec![Vec::new(); before.len()];
        for (at, those) in before.iter().enumerate() {
            those.iter().for_each(|b| next[*b].push(at));
        }
        let mut order: Vec<usize> = (0..before.len()).filter(|at| open[*at] == 0).collect();
        let mut done = 0;
        while let Some(at) = order.get(done).copied() {
            done += 1;
            for n in &next[at] {
                open[*n] -= 1;
                if open[*n] == 0 {
                    order.push(*n);
                }
            }
        }
        order
    }

    /// A circle, each task before the next of it, the first again at the end.
    fn circle(&self) -> Option<Vec<&str>> {
        let before = self.before();
        let mut is_in_order = vec![false; before.len()];
        Self::order(&before).into_iter().for_each(|at| is_in_order[at] = true);
        // Whoever was left out has somebody before it that was left out too: walking back comes round.
        let mut at = is_in_order.iter().position(|sorted| !sorted)?;
        let mut walked: Vec<usize> = Vec::new();
        while !walked.contains(&at) {
            walked.push(at);
            at = *before[at].iter().find(|b| !is_in_order[**b])?;
        }
        let start = walked.iter().position(|w| *w == at)?;
        let mut circle: Vec<usize> = walked[start..].iter().rev().copied().collect();
        // Told from the task that stands first in the file.
        let first = circle.iter().enumerate().min_by_key(|(_, at)| **at).map_or(0, |(place, _)| place);
        circle.rotate_left(first);
        circle.push(*circle.first()?);
        Some(circle.into_iter().map(|at| self.tasks[at].id.as_str()).collect())
    }

    fn findings(&self) -> Vec<Finding> {
        let mut all: Vec<Finding> = other_format(&self.id, (&self.format, self.version), (FORMAT, VERSION)).into_iter().collect();
        let mut say =
            |code, place: &str, zh: String, en: String| all.push(Finding { code, is_error: true, place: place.to_owned(), zh, en });
        if self.tasks.is_empty() || self.tasks.len() > MOST_TASKS {
            let count = self.tasks.len();
            say(
                "NO_TASKS",
                &self.id,
                format!("共 {count} 项任务，应为 1 至 {MOST_TASKS} 项"),
                format!("{count} tasks; there must be 1 to {MOST_TASKS}"),
            );
            return all;
        }
        let mut ids = BTreeSet::new();
        for task in &self.tasks {
            let id = &task.id;
            if [id, &task.zh, &task.en].iter().any(|text| text.trim().is_empty()) {
                say("NAME_EMPTY", id, "编号和中英文名称均须填写".to_owned(), "an id and a name in both languages must be there".to_owned());
            }
            if !ids.insert(id.as_str()) {
                say("ID_TWICE", id, format!("编号“{id}”重复"), format!("the id `{id}` stands twice"));
            }
            if task.days > MOST_DAYS {
                let days = task.days;
                say(
                    "TOO_LONG",
                    id,
                    format!("工期 {days} 个工作日，最多 {MOST_DAYS} 个"),
                    format!("it takes {days} working days; at most {MOST_DAYS}"),
                );
            }
        }
        for task in &self.tasks {
            for other in task.after.iter().filter(|other| !ids.contains(other.as_str())) {
                say(
                    "TASK_UNKNOWN",
                    &task.id,
                    format!("前置任务“{other}”不存在"),
                    format!("it begins after `{other}`, and there is no such task"),
                );
            }
        }
        if let Some(circle) = self.circle() {
            let path = circle.join(" → ");
            let first = circle.first().copied().unwrap_or_default();
            say("CYCLE", first, format!("任务互为前置，形成循环：{path}"), format!("tasks wait for each other in a circle: {path}"));
        }
        all
    }
}

/// Says everything that is wrong with a file of tasks; nothing when it can be used.
///
/// | code | meaning |
/// |---|---|
/// | `OTHER_FORMAT` | not a file of tasks, or of a later version |
/// | `NO_TASKS` | no task, or too many |
/// | `ID_TWICE`, `NAME_EMPTY` | an id and a name must be there, and the id its own |
/// | `TASK_UNKNOWN` | a task waits for one that is not there |
/// | `TOO_LONG` | a task of more than ten thousand working days |
/// | `CYCLE` | tasks wait for each other in a circle, which is named |
///
/// ```
/// use xiangma::pipeline::{Tasks, check_tasks};
///
/// let text = serde_json::to_string(&Tasks::default())?;
/// assert!(check_tasks(&text)?.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// `BAD_RULES` when the text is no file of tasks at all: a key is unknown or missing, a number is negative.
pub fn check_tasks(text: &str) -> Result<Vec<Finding>, Error> {
    Ok(read::<Tasks>(RULES, text)?.findings())
}
