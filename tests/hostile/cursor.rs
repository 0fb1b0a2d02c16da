//! Bytes as decisions: how many, which, what is written there.

/// Pieces that cells, headings, scopes and figures are made of, and what breaks them.
const PIECES: [&str; 96] = [
    "企业名称",
    "统一社会信用代码",
    "注册资本",
    "（万元）",
    "成立日期",
    "主营产品",
    "经营范围",
    "参保人数",
    "所属省份",
    "地址",
    "示例光电有限公司",
    "91350211M000100Y46",
    "江苏省",
    "苏州市",
    "吴中区",
    "内蒙古自治区",
    "上海",
    "南京西路",
    "县",
    "光模块",
    "集成电路",
    "芯片",
    "动力电池",
    "制造",
    "研发",
    "销售",
    "安装",
    "不含",
    "除外",
    "（依法须经批准的项目，",
    "经相关部门批准后方可开展经营活动）",
    "一般项目：",
    "许可项目：",
    "仅限分支机构经营",
    "万",
    "亿",
    "千",
    "百",
    "壹",
    "贰",
    "零",
    "半",
    "元",
    "美元",
    "人民币",
    "USD",
    "欧元",
    "亩",
    "平方米",
    "公顷",
    "年",
    "月",
    "日",
    "号",
    "至",
    "以来",
    "2026",
    "2026-11-01",
    "20261101",
    "46327",
    "0",
    "1",
    "-1",
    "1.5",
    "1e308",
    "5e-324",
    "9999999999999999999999",
    "%",
    "、",
    "，",
    "。",
    "；",
    "：",
    "(",
    ")",
    "（",
    "）",
    "[",
    "]",
    "\"",
    "'",
    "|",
    ",",
    "\t",
    "\n",
    "\r\n",
    " ",
    "\u{3000}",
    "\u{feff}",
    "\u{202e}",
    "\0",
    "=1+1",
    "小巨人",
    "高新技术企业",
    "存续",
    "专精特新",
];

/// What is left of the bytes of an input; after their end everything is 0.
pub(super) struct Cursor<'d>(&'d [u8]);

impl<'d> Cursor<'d> {
    pub(super) fn new(data: &'d [u8]) -> Self {
        Self(data)
    }

    pub(super) fn is_done(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().map_or((0, self.0), |(first, rest)| (*first, rest));
        self.0 = rest;
        first
    }

    /// Less than `count`, which is not 0.
    pub(super) fn below(&mut self, count: usize) -> usize {
        let byte = usize::from(self.byte());
        if count > 256 { (byte * 256 + usize::from(self.byte())) % count } else { byte % count }
    }

    pub(super) fn flag(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    pub(super) fn pick<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }

    pub(super) fn bytes(&mut self, count: usize) -> &'d [u8] {
        let (some, rest) = self.0.split_at(count.min(self.0.len()));
        self.0 = rest;
        some
    }

    pub(super) fn rest(&mut self) -> &'d [u8] {
        std::mem::take(&mut self.0)
    }

    /// A few pieces, or characters of the input.
    pub(super) fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.below(9) {
            let of = usize::from(self.byte());
            match PIECES.get(of) {
                Some(piece) => text += piece,
                None => text += &String::from_utf8_lossy(self.bytes(of % 16)),
            }
        }
        text
    }
}
