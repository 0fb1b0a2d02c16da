//! Whether a row is an enterprise at all, or a part of one: by its official kind, and by the grammar of its name.

use crate::chain::lexicon::BRANCH_SUFFIXES;
use crate::enterprise::Enterprise;
use crate::text::squeeze;

/// Words of an official kind (企业类型) that say it is a part.
const KINDS: [&str; 6] = ["分公司", "分支机构", "代表处", "代表机构", "办事处", "营业单位"];

/// Ends of names of companies; after one of these a name has ended.
const COMPANIES: [&str; 3] = ["有限公司", "有限责任公司", "股份公司"];

/// Ends that are a body of their own even after the name of a company.
const BODIES: [&str; 5] = ["公司", "合伙企业", "事务所", "合作社", "集团"];

/// Ends of names of outlets, which belong to somebody or are one man's shop.
const OUTLETS: [&str; 23] = [
    "店",
    "加油站",
    "加气站",
    "加油加气站",
    "招待所",
    "经营部",
    "门市部",
    "门市",
    "营业部",
    "服务部",
    "销售部",
    "经销部",
    "维修部",
    "项目部",
    "服务区",
    "服务站",
    "供应站",
    "收购站",
    "经营点",
    "销售点",
    "网点",
    "专卖柜",
    "经销处",
];

/// True for a branch, an office, a sub-unit or an outlet: nobody who can decide to come.
pub(crate) fn is_part(e: &Enterprise) -> bool {
    e.kind.as_deref().is_some_and(|kind| KINDS.iter().any(|word| kind.contains(word))) || is_part_by_name(&e.name)
}

fn is_part_by_name(name: &str) -> bool {
    // Most names are Chinese characters throughout and end as those of companies do: nothing in them wants folding.
    if name.ends_with("公司") && name.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        return BRANCH_SUFFIXES.iter().any(|end| name.ends_with(end));
    }
    let name = without_brackets(&squeeze(name));
    let ends = |list: &[&str]| list.iter().any(|end| name.ends_with(end));
    if ends(BRANCH_SUFFIXES) {
        return true;
    }
    if ends(&BODIES) {
        return false;
    }
    // 示例光学有限公司文武店: what follows the end of a company's name is a part of the company.
    ends(&OUTLETS) || COMPANIES.iter().any(|company| name.contains(company))
}

/// What stands outside brackets: (普通合伙) and (苏州) say nothing of this.
fn without_brackets(name: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}
