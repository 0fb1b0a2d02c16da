//! Projects from the spreadsheet that a zone keeps, by its headings.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use crate::chain::{Catalogue, Finding};
use crate::enterprise::Date;
use crate::error::Error;
use crate::intake::{Reading, read_date};
use crate::learn::Frame;
use crate::ledger::change::Moment;
use crate::ledger::kinds::{RecordId, RecordKind};
use crate::ledger::store::Ledger;
use crate::ledger::words::{NONE, is_money, is_there_or_not, read_field};
use crate::pipeline::Phases;
use crate::pipeline::amounts::{parted, with_unit};

/// What an import brought.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "types", derive(ts_rs::TS))]
#[non_exhaustive]
pub struct Imported {
    /// Projects that were not in the ledger.
    pub new: usize,
    /// Projects that were there, and of which the table says something new.
    pub changed: usize,
    /// Projects that the ledger already has as the table says.
    pub same: usize,
    /// Events that were not in the ledger.
    pub events: usize,
    /// What was not taken in, each with its row and heading.
    ///
    /// | code | meaning |
    /// |---|---|
    /// | `HEADING_UNKNOWN` | a column whose heading names nothing that a project has; it was not read |
    /// | `NUMBER_MISSING` | a row with neither a number nor a name; it was not read |
    /// | `NUMBER_TWICE` | a row whose number an earlier one has; it was not read |
    /// | `CELL_UNREAD` | a cell that is not what its heading says; the rest of its row was read |
    pub findings: Vec<Finding>,
}

/// What a heading begins with or is, and the field; the longest that fits counts.
const HEADINGS: [(&str, &str); 87] = [
    ("项目编号", "number"),
    ("编号", "number"),
    ("项目名称", "name"),
    ("名称", "name"),
    ("投资主体", "enterprise"),
    ("投资方", "enterprise"),
    ("投资企业", "enterprise"),
    ("企业名称", "enterprise"),
    ("项目公司", "founding"),
    ("拟设公司", "founding"),
    ("项目类型", "kind"),
    ("项目类别", "kind"),
    ("类型", "kind"),
    ("所属产业链", "chain"),
    ("产业链", "chain"),
    ("所属环节", "link"),
    ("产业链环节", "link"),
    ("片区", "district"),
    ("属地", "district"),
    ("落户片区", "district"),
    ("落地园区", "district"),
    ("总投资", "investment"),
    ("计划总投资", "investment"),
    ("投资总额", "investment"),
    ("投资额", "investment"),
    ("年税收", "tax"),
    ("预计年税收", "tax"),
    ("预计税收", "tax"),
    ("税收", "tax"),
    ("年产值", "output"),
    ("预计年产值", "output"),
    ("预计产值", "output"),
    ("产值", "output"),
    ("用地面积", "land"),
    ("用地", "land"),
    ("占地面积", "land"),
    ("占地", "land"),
    ("土地面积", "land"),
    ("年综合能耗", "energy"),
    ("综合能耗", "energy"),
    ("能耗", "energy"),
    ("就业人数", "jobs"),
    ("就业", "jobs"),
    ("用工人数", "jobs"),
    ("固定资产投资", "fixed_investment"),
    ("固定资产投资额", "fixed_investment"),
    ("固投", "fixed_investment"),
    ("年营业收入", "revenue"),
    ("预计年营业收入", "revenue"),
    ("营业收入", "revenue"),
    ("年销售收入", "revenue"),
    ("预计年销售收入", "revenue"),
    ("年工业增加值", "added_value"),
    ("工业增加值", "added_value"),
    ("年增加值", "added_value"),
    ("年研发投入", "research"),
    ("研发投入", "research"),
    ("研发费用", "research"),
    ("研发经费", "research"),
    ("产业目录类别", "policy_class"),
    ("产业政策类别", "policy_class"),
    ("产业结构调整目录类别", "policy_class"),
    ("是否两高", "two_highs"),
    ("两高", "two_highs"),
    ("是否两高项目", "two_highs"),
    ("是否排放重金属", "heavy_metals"),
    ("重金属排放", "heavy_metals"),
    ("是否涉重金属", "heavy_metals"),
    ("是否排放氮磷废水", "nitrogen_phosphorus"),
    ("氮磷废水", "nitrogen_phosphorus"),
    ("含氮磷废水", "nitrogen_phosphorus"),
    ("是否高挥发性有机物排放", "high_voc"),
    ("高VOCS排放", "high_voc"),
    ("是否高VOCS排放", "high_voc"),
    ("高VOCS", "high_voc"),
    ("计划投产日期", "target"),
    ("计划投产时间", "target"),
    ("计划投产", "target"),
    ("标签", "tags"),
    ("引荐人", "introducer"),
    ("引荐", "introducer"),
    ("包干专员", "officers"),
    ("专员", "officers"),
    ("招商专员", "officers"),
    ("交办领导", "ordered_by"),
    ("电话核实", "contact_verified"),
    ("相关文件", "documents"),
];

/// What a column holds.
enum Column {
    Field {
        field: &'static str,
        unit: Option<String>,
    },
    /// The day of an event.
    Event(String),
    Unknown,
}

fn column(heading: &str, phases: &Phases) -> Column {
    let (name, unit) = parted(heading);
    if let Some((_, field)) = HEADINGS.iter().find(|(known, _)| *known == name) {
        return Column::Field { field, unit };
    }
    let event = ["日期", "时间", "日"].iter().find_map(|end| name.strip_suffix(end)).and_then(|stem| {
        let phase = phases.phases.iter().find(|p| p.zh == stem).map(|p| p.event.clone());
        phase.or_else(|| phases.events.iter().find(|e| e.zh == stem).map(|e| e.id.clone()))
    });
    event.map_or(Column::Unknown, Column::Event)
}

impl Ledger {
    /// Takes in projects from a table: a row each, its columns told by their headings. A project that is there already is changed where the table says
    /// something else; an empty cell changes nothing. Dates under the name of a phase or an event (签约日期) are events.
    ///
    /// ```
    /// use xiangma::Catalogue;
    /// use xiangma::learn::Frame;
    /// use xiangma::ledger::Ledger;
    /// use xiangma::pipeline::Phases;
    ///
    /// let table = "项目编号,项目名称,总投资（亿元）,用地面积（亩）,签约日期\n2026-001,光模块产线,12,150,2026年2月27日\n";
    /// let mut ledger = Ledger::new();
    /// let frame = Frame::read(table.as_bytes())?;
    /// let imported = ledger.import_projects(&frame, (&Phases::default(), &Catalogue::builtin()), "李", "2026-03-02T01:00:00Z".parse()?)?;
    /// assert_eq!((imported.new, imported.events, imported.findings.len()), (1, 1, 0));
    /// let project = &ledger.book().0.projects[0];
    /// assert_eq!((project.investment.map(|m| m.amount), project.events[0].event.as_str()), (Some(1.2e9), "signed"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// `LIMIT` when the ledger takes no more changes. What is wrong with a row or a cell is a finding.
    pub fn import_projects(
        &mut self,
        table: &Frame,
        (phases, catalogue): (&Phases, &Catalogue),
        by: &str,
        now: Moment,
    ) -> Result<Imported, Error> {
        let mut imported = Imported::default();
        let columns: Vec<(&str, Column, &[String])> =
            table.headers().iter().zip(table.columns()).map(|(h, cells)| (h.as_str(), column(h, phases), cells.as_slice())).collect();
        for (heading, ..) in columns.iter().filter(|(_, c, _)| matches!(c, Column::Unknown)) {
            let (zh, en) = (
                format!("“{heading}”列不是项目的内容，未读入"),
                format!("the column `{heading}` is nothing a project has, and was not read"),
            );
            imported.findings.push(Finding { code: "HEADING_UNKNOWN", is_error: false, place: (*heading).to_owned(), zh, en });
        }
        // What the ledger has: events by project.
        let mut known: BTreeMap<String, Vec<(String, Date)>> = BTreeMap::new();
        for project in self.book().0.projects {
            known.insert(project.number, project.events.into_iter().map(|e| (e.event, e.day)).collect());
        }
        let mut seen: BTreeMap<String, u32> = BTreeMap::new();
        for (at, number) in table.numbers().iter().enumerate() {
            let row = Row { columns: &columns, catalogue, at, number: *number };
            self.import_row(&row, (by, now), &mut known, &mut seen, &mut imported)?;
        }
        Ok(imported)
    }

    fn import_row(
        &mut self,
        row: &Row<'_>,
        (by, now): (&str, Moment),
        known: &mut BTreeMap<String, Vec<(String, Date)>>,
        seen: &mut BTreeMap<String, u32>,
        imported: &mut Imported,
    ) -> Result<(), Error> {
        let Some(name) = row.cell("number").or_else(|| row.cell("name")) else {
            row.say(
                imported,
                "NUMBER_MISSING",
                "",
                ("没有项目编号，也没有项目名称，未读入", "there is no number and no name; it was not read"),
            );
            return Ok(());
        };
        if let Some(before) = seen.insert(name.to_owned(), row.number) {
            let zh = format!("编号“{name}”与第 {before} 行重复，未读入");
            row.say(imported, "NUMBER_TWICE", "", (&zh, &format!("its number `{name}` is that of row {before}; it was not read")));
            return Ok(());
        }
        let on = RecordId::new(RecordKind::Project, name)?;
        let mut fields: Vec<(&str, Value)> = Vec::new();
        let mut events: Vec<(&str, Date)> = Vec::new();
        for (heading, column, cell) in row.cells() {
            let read = match column {
                Column::Field { field: "number", .. } | Column::Unknown => continue,
                Column::Field { field, unit } => row.value(field, cell, unit.as_deref()).map(|value| fields.push((field, value))),
                Column::Event(event) => day(cell).map(|day| events.push((event, day))),
            };
            if read.is_none() {
                row.say(
                    imported,
                    "CELL_UNREAD",
                    heading,
                    (&format!("“{cell}”无法识别，未读入"), &format!("`{cell}` cannot be read, and was left out")),
                );
            }
        }
        let is_new = !known.contains_key(name);
        fields.retain(|(field, value)| self.value(&on, field) != Some(value));
        let before = self.changes().len();
        if !fields.is_empty() || is_new {
            if fields.iter().all(|(field, _)| *field != "name") && is_new {
                fields.push(("name", json!(name)));
            }
            self.change(&on, fields, by, now)?;
        }
        let has = known.entry(name.to_owned()).or_default();
        for (event, day) in events.into_iter().filter(|(event, day)| !has.iter().any(|(e, d)| e == event && d == day)) {
            self.add(RecordKind::Event, [("project", json!(name)), ("event", json!(event)), ("day", json!(day))], by, now)?;
            imported.events += 1;
        }
        *(if is_new {
            &mut imported.new
        } else if self.changes().len() > before {
            &mut imported.changed
        } else {
            &mut imported.same
        }) += 1;
        Ok(())
    }
}

/// A row of the table.
struct Row<'t> {
    catalogue: &'t Catalogue,
    columns: &'t [(&'t str, Column, &'t [String])],
    at: usize,
    number: u32,
}

impl<'t> Row<'t> {
    /// The cells that hold something.
    fn cells(&self) -> impl Iterator<Item = (&'t str, &'t Column, &'t str)> {
        let at = self.at;
        self.columns.iter().filter_map(move |(heading, column, cells)| {
            let cell = cells.get(at)?.trim();
            let is_answer = cell == NONE && matches!(column, Column::Field { field, .. } if is_there_or_not(field));
            (is_answer || !crate::text::is_blank(cell)).then_some((*heading, column, cell))
        })
    }

    /// What stands under a field.
    fn cell(&self, wanted: &str) -> Option<&'t str> {
        self.cells().find(|(_, column, _)| matches!(column, Column::Field { field, .. } if *field == wanted)).map(|(_, _, cell)| cell)
    }

    fn say(&self, imported: &mut Imported, code: &'static str, heading: &str, (zh, en): (&str, &str)) {
        let number = self.number;
        let (column_zh, column_en) =
            if heading.is_empty() { (String::new(), String::new()) } else { (format!("“{heading}”"), format!(", `{heading}`")) };
        imported.findings.push(Finding {
            code,
            is_error: true,
            place: number.to_string(),
            zh: format!("第 {number} 行{column_zh}：{zh}"),
            en: format!("row {number}{column_en}: {en}"),
        });
    }
}

impl Row<'_> {
    /// What a cell says; none for what its heading does not take.
    fn value(&self, field: &'static str, cell: &str, unit: Option<&str>) -> Option<Value> {
        let with_unit = match field {
            "land" | "energy" => with_unit(cell, unit),
            "jobs" => cell.replace(',', ""),
            _ if is_money(field) => with_unit(cell, unit),
            _ => cell.to_owned(),
        };
        match field {
            "land" => with_unit.parse::<crate::pipeline::Land>().ok().map(|_| json!(with_unit)),
            "target" => day(cell).map(|day| json!(day)),
            // By the name of a chain or a link, where there is one of it.
            "chain" => {
                let name = cell.strip_suffix("产业链").unwrap_or(cell);
                Some(json!(self.catalogue.chains().iter().find(|c| c.zh == name).map_or(cell, |c| c.id.as_str())))
            }
            "link" => Some(json!(self.catalogue.links().find(|(_, l)| l.zh == cell).map_or(cell, |(_, l)| l.id.as_str()))),
            _ => read_field(RecordKind::Project, field, &with_unit).ok(),
        }
    }
}

fn day(cell: &str) -> Option<Date> {
    match read_date(cell) {
        Reading::Ok(day) => Some(day),
        _ => None,
    }
}
