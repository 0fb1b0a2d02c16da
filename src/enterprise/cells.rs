//! An enterprise as the cells of a row, in words that intake reads back.

use crate::enterprise::{Enterprise, Money, Qualification, Size, Status, day};

impl Enterprise {
    /// The headings of [`cells`](Self::cells).
    pub const COLUMNS: [&'static str; 28] = [
        "企业名称",
        "统一社会信用代码",
        "登记状态",
        "企业类型",
        "成立日期",
        "注册资本",
        "实缴资本",
        "营业收入",
        "参保人数",
        "企业规模",
        "所属省份",
        "所属城市",
        "所属区县",
        "注册地址",
        "国标行业小类",
        "经营范围",
        "企业简介",
        "主营业务",
        "主营产品",
        "专利名称",
        "中标项目",
        "专利数量",
        "企业标签",
        "企业资质",
        "融资阶段",
        "融资日期",
        "曾用名",
        "股东信息",
    ];

    /// The facts as texts, one under each of [`COLUMNS`](Self::COLUMNS); empty where unknown. A table of them is read back by
    /// [`intake`](crate::intake()) as the same enterprises, but for their rows and extra columns.
    ///
    /// ```
    /// use xiangma::{Enterprise, IntakeOptions, intake};
    ///
    /// let file = "企业名称,注册资本,主营产品\n示例光电有限公司,500万美元,光模块:0.6|光器件:0.2\n";
    /// let read = intake(file.as_bytes(), &IntakeOptions::new())?.enterprises;
    /// let again = format!("{}\n{}\n", Enterprise::COLUMNS.join(","), read[0].cells().join(","));
    /// assert_eq!(intake(again.as_bytes(), &IntakeOptions::new())?.enterprises, read);
    /// # Ok::<(), xiangma::Error>(())
    /// ```
    pub fn cells(&self) -> [String; 28] {
        let text = |t: &Option<String>| t.clone().unwrap_or_default();
        let shown = |d: Option<String>| d.unwrap_or_default();
        let money = |m: Option<Money>| shown(m.map(|m| format!("{}{}", m.amount, m.currency.code())));
        let product = |p: &crate::enterprise::Product| p.share.map_or_else(|| p.name.clone(), |share| format!("{}:{share}", p.name));
        [
            self.name.clone(),
            shown(self.credit_code.map(|c| c.to_string())),
            shown(self.status.map(|s| status(s).to_owned())),
            text(&self.kind),
            shown(self.established.map(day::written)),
            money(self.registered_capital),
            money(self.paid_in_capital),
            money(self.revenue),
            shown(self.staff.map(|n| n.to_string())),
            shown(self.size.map(|s| size(s).to_owned())),
            text(&self.region.province),
            text(&self.region.city),
            text(&self.region.county),
            text(&self.region.address),
            text(&self.industry),
            text(&self.scope),
            text(&self.profile),
            text(&self.main_business),
            list(&self.products.iter().map(product).collect::<Vec<_>>()),
            text(&self.patents),
            text(&self.bids),
            shown(self.patent_count.map(|n| n.to_string())),
            list(&self.tags),
            self.qualifications.iter().map(|q| title(*q)).collect::<Vec<_>>().join("|"),
            text(&self.listing),
            shown(self.financing_date.map(day::written)),
            text(&self.former_name),
            text(&self.shareholders),
        ]
    }
}

/// Several in one cell, between strokes. A stroke behind the last says that nothing else parts them, where something would: 、 in the only one, or
/// 等 at the end.
fn list(items: &[String]) -> String {
    let closed = match items {
        [only] => is_parted(only) || is_cut_short(only),
        [.., last] => is_cut_short(last),
        [] => false,
    };
    items.join("|") + if closed { "|" } else { "" }
}

/// Whether one item alone would be read as several: marks within brackets part nothing, if the brackets close.
fn is_parted(item: &str) -> bool {
    let (mut closing, mut depth) = (item.matches([')', '）', ']', '】']).count(), 0_usize);
    item.starts_with('[')
        || item.chars().any(|c| {
            match c {
                '(' | '（' | '[' | '【' if closing > 0 => depth += 1,
                ')' | '）' | ']' | '】' => (closing, depth) = (closing.saturating_sub(1), depth.saturating_sub(1)),
                _ => {}
            }
            depth == 0 && matches!(c, '、' | ';' | '；' | ',' | '，')
        })
}

/// Whether the end of an item would be read as "and so on".
fn is_cut_short(item: &str) -> bool {
    item.ends_with(['等', '…', '.', '。', '；', ';', ',', '，', ' '])
        || ["等系列产品", "等相关产品", "等产品", "等系列", "等业务"].iter().any(|end| item.ends_with(end))
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Active => "存续",
        Status::Moved => "迁出",
        Status::Suspended => "停业",
        Status::Liquidation => "清算",
        Status::Revoked => "吊销",
        Status::Deregistered => "注销",
    }
}

fn size(size: Size) -> &'static str {
    match size {
        Size::Micro => "微型",
        Size::Small => "小型",
        Size::Medium => "中型",
        Size::Large => "大型",
    }
}

fn title(rung: Qualification) -> &'static str {
    match rung {
        Qualification::SingleChampion => "制造业单项冠军",
        Qualification::Unicorn => "独角兽企业",
        Qualification::LittleGiant => "专精特新小巨人",
        Qualification::Gazelle => "瞪羚企业",
        Qualification::Specialised => "专精特新中小企业",
        Qualification::HighTech => "高新技术企业",
        Qualification::TechSme => "科技型中小企业",
        Qualification::InnovativeSme => "创新型中小企业",
    }
}
