//! What facts and their values are called, in Chinese and English.

/// The name of a fact.
pub(crate) fn fact_title(fact: &str) -> (&str, &str) {
    match fact {
        "chain.score" => ("产业链匹配度", "fit on the chain"),
        "chain.role" => ("产业链角色", "role on the chain"),
        "chain.evidence" => ("证据强度", "evidence on the chain"),
        "link.focus" => ("该环节占主营业务的比重（%）", "share of its business on the link (%)"),
        "link.standing" => ("注册资本在同环节企业中的位次（%）", "its registered capital among those of the link (%)"),
        "park.need" => ("园区对该环节的需求", "the park's need of the link"),
        "park.related" => ("与落户企业的上下游关联", "residents up and down the chain"),
        "capital" => ("注册资本（有实缴的以实缴计）", "capital (paid in before registered)"),
        "registered_capital" => ("注册资本", "registered capital"),
        "paid_in_capital" => ("实缴资本", "paid-in capital"),
        "paid_ratio" => ("实缴比例", "share of capital paid in"),
        "revenue" => ("年营业收入", "yearly revenue"),
        "staff" => ("参保人数", "staff insured"),
        "size" => ("企业规模", "size band"),
        "age_years" => ("成立年限", "age in years"),
        "financing_date" => ("最近一次融资", "last financing round"),
        "qualification" => ("资质", "official qualification"),
        "listing" => ("上市与融资", "listing and financing"),
        "patent_count" => ("专利数量", "number of patents"),
        "status" => ("登记状态", "registration status"),
        "branch" => ("分支机构或经营网点", "branch or outlet"),
        "resident" => ("本园区落户企业", "resident of the park"),
        "province" => ("省份", "province"),
        "city" => ("城市", "city"),
        "reach.target_region" => ("位于重点区域", "in a target region"),
        "reach.introducer" => ("股东中有本园区企业", "introduced by a resident"),
        other => {
            let header = other.strip_prefix("column:").unwrap_or(other);
            (header, header)
        }
    }
}

/// A word of a fact, as people say it.
pub(crate) fn word_shown(fact: &str, word: &str) -> (String, String) {
    let zh = match fact {
        "chain.role" => role_words(word).0,
        "chain.evidence" => match word {
            "strong" => "强",
            "medium" => "中",
            "weak" => "弱",
            _ => "无",
        },
        "qualification" => qualification_zh(word),
        "listing" => listing_zh(word),
        "size" => size_zh(word),
        "status" => match word {
            "active" => "存续",
            "moved" => "迁入迁出",
            "suspended" => "停业",
            "liquidation" => "清算",
            "revoked" => "吊销",
            "deregistered" => "注销",
            other => other,
        },
        _ => word,
    };
    (zh.to_owned(), word.replace('_', " "))
}

/// A number of a fact, with its unit.
pub(crate) fn number_shown(fact: &str, number: f64) -> (String, String) {
    let plain = |n: f64| if n.fract() == 0.0 { format!("{n:.0}") } else { format!("{n}") };
    match fact {
        "capital" | "registered_capital" | "paid_in_capital" | "revenue" => yuan_shown(number),
        "staff" => (format!("{} 人", plain(number)), plain(number)),
        "patent_count" => (format!("{} 件", plain(number)), plain(number)),
        "age_years" => (format!("{} 年", plain(number)), format!("{} years", plain(number))),
        "paid_ratio" => (format!("{}%", plain((number * 100.0).round())), format!("{}%", plain((number * 100.0).round()))),
        _ => (plain(number), plain(number)),
    }
}

/// Money in 万元 and 亿元, and in millions.
pub(crate) fn yuan_shown(yuan: f64) -> (String, String) {
    if yuan >= 1e8 {
        (format!("{:.2} 亿元", yuan / 1e8), format!("CNY {:.0} million", yuan / 1e6))
    } else {
        (format!("{:.0} 万元", yuan / 1e4), format!("CNY {:.1} million", yuan / 1e6))
    }
}

/// A role in Chinese and English.
pub(crate) fn role_words(role: &str) -> (&'static str, &'static str) {
    match role {
        "maker" => ("制造", "maker"),
        "developer" => ("研发", "developer"),
        "operator" => ("运营", "operator"),
        "service" => ("服务", "service"),
        "trader" => ("贸易", "trader"),
        _ => ("无", "none"),
    }
}

pub(crate) fn qualification_zh(word: &str) -> &'static str {
    match word {
        "single_champion" => "单项冠军",
        "unicorn" => "独角兽",
        "little_giant" => "专精特新“小巨人”",
        "gazelle" => "瞪羚企业",
        "specialised" => "专精特新中小企业",
        "high_tech" => "高新技术企业",
        "tech_sme" => "科技型中小企业",
        "none" => "无资质",
        _ => "创新型中小企业",
    }
}

pub(crate) fn listing_zh(word: &str) -> &'static str {
    match word {
        "listed" => "已上市",
        "pre_listing" => "拟上市",
        "new_third_board" => "新三板或区域股权市场挂牌",
        "financed" => "有融资记录",
        "delisted" => "已退市或终止上市",
        "none" => "未上市、未融资",
        _ => "融资情况见原表",
    }
}

pub(crate) fn size_zh(word: &str) -> &'static str {
    match word {
        "large" => "大型企业",
        "medium" => "中型企业",
        "small" => "小型企业",
        _ => "微型企业",
    }
}
