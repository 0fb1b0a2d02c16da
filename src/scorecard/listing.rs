//! Listing and financing as one ladder, read word by word: 非上市, 终止上市 and 拟上市 all hold 上市.

use crate::text::squeeze;

/// The rungs, as scorecards name them.
pub(crate) const RUNGS: [&str; 7] = ["none", "financed", "new_third_board", "pre_listing", "listed", "delisted", "other"];

/// What a word does to its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    /// What is talked of: a place on the ladder.
    Listed,
    Board,
    Round,
    /// What follows is not so, until something is affirmed.
    Not,
    Yes,
    /// The clause is of what is to come.
    Planned,
    /// The clause is of what has ended.
    Ended,
    /// The clause is of somebody else, such as a parent that is listed.
    Others,
}

/// The words there are; where several begin at one place the longest is meant.
const WORDS: [(&str, Word); 129] = [
    ("上市", Word::Listed),
    ("主板", Word::Listed),
    ("中小板", Word::Listed),
    ("科创板", Word::Listed),
    ("创业板", Word::Listed),
    ("北交所", Word::Listed),
    ("北京证券交易所", Word::Listed),
    ("上交所", Word::Listed),
    ("深交所", Word::Listed),
    ("港交所", Word::Listed),
    ("上海证券交易所", Word::Listed),
    ("深圳证券交易所", Word::Listed),
    ("沪市", Word::Listed),
    ("深市", Word::Listed),
    ("A股", Word::Listed),
    ("B股", Word::Listed),
    ("H股", Word::Listed),
    ("港股", Word::Listed),
    ("美股", Word::Listed),
    ("中概股", Word::Listed),
    ("红筹", Word::Listed),
    ("纳斯达克", Word::Listed),
    ("纽交所", Word::Listed),
    ("NASDAQ", Word::Listed),
    ("NYSE", Word::Listed),
    ("LISTED", Word::Listed),
    ("PUBLIC", Word::Listed),
    ("新三板", Word::Board),
    ("新四板", Word::Board),
    ("四板", Word::Board),
    ("挂牌", Word::Board),
    ("股转系统", Word::Board),
    ("全国股转", Word::Board),
    ("区域股权", Word::Board),
    ("区域性股权", Word::Board),
    ("股权交易中心", Word::Board),
    ("NEEQ", Word::Board),
    ("轮", Word::Round),
    ("融资", Word::Round),
    ("天使", Word::Round),
    ("种子", Word::Round),
    ("战略投资", Word::Round),
    ("定增", Word::Round),
    ("战投", Word::Round),
    ("并购", Word::Round),
    ("定向增发", Word::Round),
    ("风险投资", Word::Round),
    ("风投", Word::Round),
    ("非", Word::Not),
    ("未", Word::Not),
    ("没", Word::Not),
    ("没有", Word::Not),
    ("无", Word::Not),
    ("不", Word::Not),
    ("否", Word::Not),
    ("尚未", Word::Not),
    ("暂未", Word::Not),
    ("从未", Word::Not),
    ("暂无", Word::Not),
    ("未完成", Word::Not),
    ("未获", Word::Not),
    ("未获得", Word::Not),
    ("未成功", Word::Not),
    ("未曾", Word::Not),
    ("未进行", Word::Not),
    ("尚未完成", Word::Not),
    ("NOTLISTED", Word::Not),
    ("UNLISTED", Word::Not),
    ("NON", Word::Not),
    ("PRIVATE", Word::Not),
    ("已", Word::Yes),
    ("完成", Word::Yes),
    ("获得", Word::Yes),
    ("获", Word::Yes),
    ("成功", Word::Yes),
    ("现为", Word::Yes),
    ("拟", Word::Planned),
    ("辅导", Word::Planned),
    ("IPO", Word::Planned),
    ("申报", Word::Planned),
    ("过会", Word::Planned),
    ("受理", Word::Planned),
    ("排队", Word::Planned),
    ("筹备", Word::Planned),
    ("筹划", Word::Planned),
    ("计划", Word::Planned),
    ("准备", Word::Planned),
    ("待", Word::Planned),
    ("即将", Word::Planned),
    ("后备", Word::Planned),
    ("培育", Word::Planned),
    ("股改", Word::Planned),
    ("申请", Word::Planned),
    ("备案", Word::Planned),
    ("问询", Word::Planned),
    ("预披露", Word::Planned),
    ("终止", Word::Ended),
    ("退市", Word::Ended),
    ("摘牌", Word::Ended),
    ("撤回", Word::Ended),
    ("撤销", Word::Ended),
    ("失败", Word::Ended),
    ("被否", Word::Ended),
    ("子公司", Word::Others),
    ("暂停", Word::Others),
    ("上市前", Word::Planned),
    ("创新层", Word::Board),
    ("基础层", Word::Board),
    ("NON-", Word::Not),
    ("上证", Word::Listed),
    ("深证", Word::Listed),
    ("沪主板", Word::Listed),
    ("深主板", Word::Listed),
    ("德交所", Word::Listed),
    ("新交所", Word::Listed),
    ("专板", Word::Board),
    ("SERIES", Word::Round),
    ("SEED", Word::Round),
    ("ANGEL", Word::Round),
    ("入股", Word::Round),
    ("获投", Word::Round),
    ("报会", Word::Planned),
    ("在审", Word::Planned),
    ("审核中", Word::Planned),
    ("招股", Word::Planned),
    ("提交注册", Word::Planned),
    ("报辅", Word::Planned),
    ("暂缓", Word::Others),
    ("收购", Word::Others),
];

/// The rung a cell tells of; none for a cell that tells of none.
pub(crate) fn listing(cell: &str) -> Option<&'static str> {
    let text = squeeze(cell);
    // 是否上市 is answered in one word.
    match text.as_str() {
        "是" | "Y" | "YES" | "TRUE" | "1" | "√" | "✓" | "有" | "ST" | "*ST" => return Some("listed"),
        "否" | "N" | "NO" | "FALSE" | "0" | "×" | "无" | "自有资金" => return Some("none"),
        _ => {}
    }
    text.split([',', ';', '、', '|', '/', '。', '，', '；', '\n']).filter_map(clause).max_by_key(|rung| height(rung))
}

/// How much a rung says where several clauses tell of several.
fn height(rung: &str) -> usize {
    ["none", "other", "delisted", "financed", "new_third_board", "pre_listing", "listed"].iter().position(|r| *r == rung).unwrap_or(0)
}

/// The code of a share: 600000.SH, SZ300750, 00981.HK, or its six digits alone.
fn is_share(text: &str) -> bool {
    let places = ["SH", "SZ", "BJ", "HK"];
    let head = places.iter().find_map(|p| text.strip_prefix(p));
    let tail = places.iter().find_map(|p| text.strip_suffix(p)?.strip_suffix('.'));
    let code = head.or(tail).unwrap_or(text);
    let digits = code.len() >= 4 && code.bytes().all(|b| b.is_ascii_digit());
    let alone = code.len() == 6 && ["60", "68", "00", "30", "83", "87", "88", "92"].iter().any(|p| code.starts_with(p));
    digits && (alone || code.len() <= 6 && (head.is_some() || tail.is_some()))
}

/// A round by its letter: A+, Pre-B, C1.
fn is_round(text: &str) -> bool {
    let bare = text.strip_prefix("PRE-").or_else(|| text.strip_prefix("PRE")).unwrap_or(text).trim_end_matches(['+', '1', '2', '3']);
    matches!(bare.as_bytes(), [b'A'..=b'H'])
}

fn clause(text: &str) -> Option<&'static str> {
    if is_share(text) {
        return Some("listed");
    }
    if is_round(text) {
        return Some("financed");
    }
    let (mut listed, mut board, mut round) = (false, false, false);
    // What was named and denied, what the clause as a whole is of.
    let (mut denied, mut planned, mut ended, mut others, mut offered) = (false, false, false, false, false);
    let mut is_not = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let found = WORDS.iter().filter(|(word, _)| rest.starts_with(word)).max_by_key(|(word, _)| word.len());
        let Some((word, does)) = found else {
            // A bracket or a dash begins what explains; it is not denied with what stands before.
            is_not &= !matches!(c, '(' | ')' | '-' | '—' | ':');
            others |= ["控股", "参股", "旗下", "关联", "股东", "母公司"].iter().any(|w| rest.starts_with(w));
            rest = &rest[c.len_utf8()..];
            continue;
        };
        match does {
            Word::Not => is_not = true,
            Word::Yes => is_not = false,
            Word::Planned => {
                planned = true;
                offered |= *word == "IPO";
            }
            Word::Ended => ended = true,
            Word::Others => others = true,
            Word::Listed | Word::Board | Word::Round if is_not => denied = true,
            Word::Listed => listed = true,
            Word::Board => board = true,
            Word::Round => round = true,
        }
        if *word == "UNLISTED" || *word == "NOTLISTED" || *word == "PRIVATE" {
            denied = true;
        }
        rest = &rest[word.len()..];
    }
    match () {
        () if ended && (planned || offered) => Some("none"),
        // 退市 names no market, and says what became of it all the same.
        () if ended && (listed || !board && !round) => Some("delisted"),
        () if ended => Some("none"),
        () if listed && others => Some("other"),
        // IPO上市 is over; IPO过会 is not.
        () if listed && planned && !(offered && text.contains("IPO上市")) => Some("pre_listing"),
        () if listed => Some("listed"),
        () if offered => Some("pre_listing"),
        () if (board || round) && planned => Some("other"),
        () if board => Some("new_third_board"),
        () if round => Some("financed"),
        () if denied => Some("none"),
        () if planned && !is_not => Some("pre_listing"),
        () => None,
    }
}
