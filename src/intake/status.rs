//! 登记状态, read as words with their negations and not by what a text happens to contain: 非正常 is not 正常.

use crate::enterprise::Status;
use crate::intake::Reading;
use crate::text::{is_blank, squeeze};

/// The words of registers, services and lists, longest first where one begins another.
#[rustfmt::skip]
const WORDS: &[(&str, Status)] = &[
    ("责令关闭", Status::Deregistered), ("依法关闭", Status::Deregistered), ("强制注销", Status::Deregistered), ("除名", Status::Deregistered),
    ("注销", Status::Deregistered), ("撤销", Status::Deregistered), ("解散", Status::Deregistered), ("倒闭", Status::Deregistered),
    ("关闭", Status::Deregistered), ("关停", Status::Deregistered), ("终止", Status::Deregistered), ("废止", Status::Deregistered), ("吸收合并", Status::Deregistered),
    ("不再经营", Status::Deregistered), ("吊销", Status::Revoked),
    ("破产", Status::Liquidation), ("清算", Status::Liquidation), ("清盘", Status::Liquidation), ("重整", Status::Liquidation),
    ("停业", Status::Suspended), ("歇业", Status::Suspended), ("停产", Status::Suspended), ("休眠", Status::Suspended), ("停办", Status::Suspended),
    ("停止营业", Status::Suspended), ("停止经营", Status::Suspended), ("暂停营业", Status::Suspended), ("暂停经营", Status::Suspended),
    ("中止经营", Status::Suspended), ("停工", Status::Suspended), ("冻结", Status::Suspended), ("失联", Status::Suspended),
    ("迁入", Status::Moved), ("迁出", Status::Moved), ("迁移", Status::Moved), ("外迁", Status::Moved), ("迁往", Status::Moved), ("迁至", Status::Moved), ("搬迁", Status::Moved), ("搬离", Status::Moved), ("搬走", Status::Moved), ("搬至", Status::Moved),
    ("登记成立", Status::Active), ("仍注册", Status::Active), ("正常经营", Status::Active), ("正常营业", Status::Active), ("在营在册", Status::Active),
    ("在业在册", Status::Active), ("存续", Status::Active), ("续存", Status::Active), ("在业", Status::Active), ("在营", Status::Active),
    ("在册", Status::Active), ("开业", Status::Active), ("正常", Status::Active), ("营业", Status::Active), ("经营", Status::Active),
    ("运营", Status::Active), ("运行", Status::Active), ("确立", Status::Active), ("无效", Status::Deregistered), ("失效", Status::Deregistered), ("有效", Status::Active), ("登记", Status::Active),
    ("成立", Status::Active), ("设立", Status::Active), ("在产", Status::Active), ("投产", Status::Active), ("生产", Status::Active), ("满产", Status::Active),
    ("开工", Status::Active), ("复工", Status::Active), ("复产", Status::Active), ("INOPERATION", Status::Active), ("GOODSTANDING", Status::Active),
    ("REGISTERED", Status::Active), ("OPERATING", Status::Active), ("EXISTING", Status::Active), ("IN BUSINESS", Status::Active),
    ("INBUSINESS", Status::Active), ("NORMAL", Status::Active), ("ACTIVE", Status::Active), ("LIVE", Status::Active), ("OPEN", Status::Active),
    ("DEREGISTERED", Status::Deregistered), ("DISSOLVED", Status::Deregistered), ("CANCELLED", Status::Deregistered),
    ("CANCELED", Status::Deregistered), ("CLOSED", Status::Deregistered), ("REVOKED", Status::Revoked), ("SUSPENDED", Status::Suspended),
    ("DORMANT", Status::Suspended), ("LIQUIDATION", Status::Liquidation), ("BANKRUPT", Status::Liquidation), ("MOVED", Status::Moved),
    ("STRUCKOFF", Status::Deregistered), ("CEASED", Status::Deregistered), ("WOUNDUP", Status::Deregistered), ("INLIQUIDATION", Status::Liquidation),
];

const NOT: &[&str] = &["非", "未", "不", "没有", "无", "拟", "暂未", "尚未", "INACTIVE", "NOT", "UN", "IN", "DE", "NON-", "NON"];
/// Around 注销: it is asked for, and not done yet. Such firms wind up.
const CLOSING_BEFORE: &[&str] = &["拟", "正在", "申请", "办理", "待", "准备", "即将", "拟申请"];
const CLOSING_BEHIND: &[&str] = &["中", "公告", "备案", "申请", "办理", "流程", "登记中"];
/// Of negated words, those that say the opposite: 非正常, 未营业.
const OPPOSITE: &[&str] =
    &["正常", "营业", "经营", "开业", "在业", "运营", "生产", "正常经营", "正常营业", "运行", "ACTIVE", "OPERATING", "NORMAL"];

/// Reads a status. The gravest word that is not negated counts: `吊销，未注销` is revoked, `存续（在营、开业、在册）` is active.
pub(crate) fn status(cell: &str) -> Reading<Status> {
    if is_blank(cell) {
        return Reading::Missing;
    }
    let text = squeeze(cell);
    let mut found: Vec<Status> = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at..];
        let longest = WORDS.iter().filter(|(w, _)| rest.starts_with(w)).max_by_key(|(w, _)| w.len());
        let Some((word, status)) = longest else {
            at += c.len_utf8();
            continue;
        };
        let before = &text[..at];
        // 无效 and INACTIVE hold their negation as well.
        let negated = NOT.iter().any(|n| before.ends_with(n));
        let closing = *word == "注销"
            && (CLOSING_BEFORE.iter().any(|w| before.ends_with(w)) || CLOSING_BEHIND.iter().any(|w| rest[word.len()..].starts_with(w)));
        if closing {
            found.push(Status::Liquidation);
        } else if !negated {
            found.push(*status);
        } else if OPPOSITE.contains(word) && !before.ends_with('拟') {
            found.push(Status::Suspended);
        } else if *word == "有效" || *word == "存续" {
            found.push(Status::Deregistered);
        }
        at += word.len();
    }
    let gravity = |s: &Status| match s {
        Status::Revoked => 5,
        Status::Deregistered => 4,
        Status::Liquidation => 3,
        Status::Suspended => 2,
        Status::Moved => 0,
        Status::Active => 1,
    };
    match found.into_iter().max_by_key(gravity) {
        Some(status) => Reading::Ok(status),
        None => Reading::Bad,
    }
}
