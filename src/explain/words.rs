//! The words of reasons and questions.

use crate::enterprise::Enterprise;
use crate::scorecard::Fact;
use crate::scorecard::words::{listing_zh, number_shown, qualification_zh, size_zh, yuan_shown};

pub(super) fn field_words(field: &str) -> (&'static str, &'static str) {
    match field {
        "name" => ("名称", "the name"),
        "products" => ("主营产品", "the product list"),
        "main_business" => ("主营业务", "the main business"),
        "profile" => ("企业简介", "the profile"),
        "patents" => ("专利", "the list of patents"),
        "bids" => ("中标", "the list of bids won"),
        "tags" => ("标签", "the list of tags"),
        "industry" => ("国标行业", "the official class"),
        _ => ("经营范围", "the business scope"),
    }
}

/// A fact in words; none where there is nothing to say of it.
pub(super) fn fact_words(name: &str, fact: &Fact<'_>, e: &Enterprise) -> Option<(String, String)> {
    let shown = fact.shown();
    Some(match name {
        "capital" | "registered_capital" | "paid_in_capital" | "revenue" => {
            let Fact::Number(yuan) = fact else { return None };
            let (zh, en) = yuan_shown(*yuan);
            let is_paid = name == "paid_in_capital" || name == "capital" && e.paid_in_capital.is_some();
            match name {
                "revenue" => (format!("年营业收入 {zh}"), format!("revenue {en}")),
                _ if is_paid => (format!("实缴资本 {zh}"), format!("paid-in capital {en}")),
                _ if e.paid_in_capital.is_none() => {
                    (format!("注册资本 {zh}（实缴未知）"), format!("registered capital {en} (paid in: unknown)"))
                }
                _ => (format!("注册资本 {zh}"), format!("registered capital {en}")),
            }
        }
        "staff" => (format!("参保 {shown} 人"), format!("{shown} staff insured")),
        "age_years" => {
            let year = e.established.map_or_else(String::new, |d| d.year().to_string());
            (format!("{year} 年成立"), format!("founded {year}"))
        }
        "patent_count" => (format!("专利 {shown} 件"), format!("{shown} patents")),
        "financing_date" => (format!("最近融资 {shown}"), format!("financed {shown}")),
        "paid_ratio" => match fact {
            Fact::Number(n) => (format!("实缴 {:.0}%", n * 100.0), format!("{:.0}% paid in", n * 100.0)),
            _ => return None,
        },
        // Who is among the lower half is not praised for it.
        "link.standing" => match fact {
            Fact::Number(share) if *share >= 50.0 => {
                let part = top(*share);
                (format!("资本居同环节企业前 {part}"), format!("capital in the top {part} of its link"))
            }
            _ => return None,
        },
        "qualification" => (qualification_zh(&shown).to_owned(), shown.replace('_', " ")),
        "listing" => (listing_zh(&shown).to_owned(), shown.replace('_', " ")),
        "size" => (size_zh(&shown).to_owned(), format!("{shown} enterprise")),
        "reach.target_region" => match fact {
            Fact::Flag(true) => ("位于重点区域".to_owned(), "in a target region".to_owned()),
            _ => ("不在重点区域".to_owned(), "outside the target regions".to_owned()),
        },
        "reach.introducer" => match fact {
            Fact::Flag(true) => ("股东中有本园区企业".to_owned(), "a resident is among its shareholders".to_owned()),
            _ => ("股东中没有本园区企业".to_owned(), "no resident among its shareholders".to_owned()),
        },
        _ => {
            let title = name.strip_prefix("column:").unwrap_or(name);
            let (zh, en) = match fact {
                Fact::Number(n) => number_shown(name, *n),
                Fact::Flag(true) => ("是".to_owned(), "yes".to_owned()),
                Fact::Flag(false) => ("否".to_owned(), "no".to_owned()),
                _ => (shown.clone(), shown.clone()),
            };
            (format!("{title} {zh}"), format!("{title}: {en}"))
        }
    })
}

/// Which part from the top who exceeds a share of all, in percent, belongs to.
fn top(share: f64) -> String {
    let part = (100.0 - share).max(0.1);
    let shown = if part < 1.0 { format!("{part:.1}") } else { format!("{:.0}", libm::ceil(part)) };
    format!("{shown}%")
}

/// What to ask for.
pub(super) fn question_words(fact: &str) -> (String, String) {
    let (zh, en) = match fact {
        "chain.score" | "chain.role" | "chain.evidence" | "link.focus" => ("主营产品", "what are its main products"),
        "capital" | "registered_capital" | "link.standing" => ("注册资本", "what is its registered capital"),
        "paid_in_capital" | "paid_ratio" => ("实缴资本", "how much capital is paid in"),
        "revenue" => ("年营业收入", "what is its yearly revenue"),
        "staff" => ("参保人数", "how many staff has it"),
        "size" => ("企业规模（大、中、小、微型）", "which size band is it in"),
        "age_years" => ("成立日期", "when was it founded"),
        "financing_date" => ("最近一次融资时间", "when was its last financing round"),
        "qualification" => ("是否为高新技术企业、专精特新（“小巨人”）企业", "which official qualifications has it"),
        "listing" => ("是否上市、挂牌或融资", "is it listed or financed"),
        "patent_count" => ("专利数量", "how many patents has it"),
        "reach.introducer" => ("股东、客户或供应商中有无本园区企业", "is a resident among its shareholders, customers or suppliers"),
        "reach.target_region" => ("所在地", "where is it"),
        "status" => ("登记状态", "is it in business"),
        other => {
            let title = other.strip_prefix("column:").unwrap_or(other);
            return (format!("“{title}”的数值"), format!("the value of “{title}”"));
        }
    };
    (zh.to_owned(), en.to_owned())
}
