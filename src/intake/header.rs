//! Which column is which: the header row, behind whatever stands before it, and the names its columns go by.

use crate::text::squeeze;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    Name,
    AskedName,
    CreditCode,
    Status,
    Kind,
    Established,
    RegisteredCapital,
    PaidInCapital,
    Revenue,
    Staff,
    Size,
    Province,
    City,
    County,
    Address,
    /// The national class; the number is the level, finest last.
    Industry(u8),
    Scope,
    Profile,
    MainBusiness,
    Products,
    Patents,
    Bids,
    PatentCount,
    Tags,
    Qualification,
    Listing,
    FinancingDate,
    FormerName,
    Shareholders,
    /// Known, and not needed for anything.
    Unused,
    /// Personal data: dropped at the door.
    Personal,
}

const SYNONYMS: &[(Field, &[&str])] = &[
    (
        Field::Name,
        &[
            "企业名称",
            "公司名称",
            "单位名称",
            "名称",
            "企业全称",
            "公司全称",
            "全称",
            "机构名称",
            "系统匹配企业名称",
            "NAME",
            "FULL_NAME",
            "COMPANY",
            "COMPANYNAME",
            "COMPANY_NAME",
            "ENTERPRISE",
            "ENTERPRISENAME",
            "ENTERPRISE_NAME",
        ],
    ),
    (Field::AskedName, &["原文件导入名称", "导入名称", "原始名称"]),
    (
        Field::CreditCode,
        &[
            "统一社会信用代码",
            "社会信用代码",
            "信用代码",
            "统一信用代码",
            "统一代码",
            "ID",
            "CREDIT_CODE",
            "CREDITCODE",
            "USCC",
            "UNIFIEDSOCIALCREDITCODE",
        ],
    ),
    (Field::Status, &["登记状态", "经营状态", "企业状态", "状态", "经营状况", "STATUS"]),
    (Field::Kind, &["企业类型", "企业(机构)类型", "企业机构类型", "公司类型", "主体类型", "类型", "ENT_TYPE", "ENTERPRISE_TYPE", "TYPE"]),
    (Field::Established, &["成立日期", "注册日期", "成立时间", "注册时间", "REG_DATE", "ESTABLISHED", "FOUNDED", "REGISTRATION_DATE"]),
    (Field::RegisteredCapital, &["注册资本", "注册资金", "认缴资本", "认缴注册资本", "CAPITAL_RAW", "REGISTERED_CAPITAL", "CAPITAL"]),
    (Field::PaidInCapital, &["实缴资本", "实缴资金", "实缴注册资本", "实收资本", "PAID_IN_CAPITAL", "PAID_CAPITAL"]),
    (Field::Revenue, &["营业收入", "年营业收入", "营收", "主营业务收入", "年产值", "产值", "销售收入", "REVENUE"]),
    (Field::Staff, &["参保人数", "社保人数", "员工人数", "从业人数", "人员规模", "职工人数", "STAFF", "EMPLOYEES"]),
    (Field::Size, &["企业规模", "规模", "SIZE"]),
    (Field::Province, &["所属省份", "所在省份", "省份", "省", "PROVINCE"]),
    (Field::City, &["所属城市", "所在城市", "城市", "市", "地区", "CITY"]),
    (Field::County, &["所属区县", "所在区县", "区县", "区", "COUNTY", "DISTRICT"]),
    (Field::Address, &["注册地址", "企业地址", "地址", "住所", "经营地址", "ADDRESS", "ADDRESS_MASKED", "REGISTERED_ADDRESS"]),
    (Field::Industry(0), &["国标行业门类"]),
    (Field::Industry(1), &["国标行业大类", "所属行业", "行业", "INDUSTRY"]),
    (Field::Industry(2), &["国标行业中类"]),
    (Field::Industry(3), &["国标行业小类", "国民经济行业", "行业代码"]),
    (Field::Scope, &["经营范围", "业务范围", "SCOPE", "BUSINESS_SCOPE"]),
    (Field::Profile, &["企业简介", "公司简介", "简介", "PROFILE", "DESCRIPTION"]),
    (Field::MainBusiness, &["主营业务", "主要业务", "主营", "MAIN_BUSINESS", "BUSINESS"]),
    (
        Field::Products,
        &["主营产品", "主要产品", "产品", "产品服务", "产品及服务", "产品与服务", "产品名称", "PRODUCTS", "TOP_PRODUCTS", "MAIN_PRODUCTS"],
    ),
    (Field::Patents, &["专利", "专利名称", "专利清单", "核心专利", "PATENTS", "PATENT_TITLES"]),
    (Field::Bids, &["中标", "中标项目", "中标信息", "招投标", "中标公告", "BIDS", "TENDERS"]),
    (Field::PatentCount, &["专利数", "专利数量", "专利总数", "发明专利", "发明专利数", "发明专利数量", "PATENT_COUNT"]),
    (Field::Tags, &["标签", "企业标签", "产业链节点", "产业链", "产业标签", "TAGS"]),
    (
        Field::Qualification,
        &["资质", "企业资质", "荣誉资质", "资质荣誉", "科技型企业资质", "荣誉", "认定", "企业称号", "QUALIFICATION", "QUALIFICATIONS"],
    ),
    (Field::Listing, &["融资上市", "上市状态", "上市", "融资轮次", "融资阶段", "是否上市", "LISTING", "FINANCING"]),
    (Field::FinancingDate, &["融资日期", "最近融资日期", "最新融资日期", "融资时间", "FINANCING_DATE"]),
    (Field::FormerName, &["曾用名", "FORMER_NAME"]),
    (Field::Shareholders, &["股东", "股东信息", "主要股东", "投资方", "投资机构", "SHAREHOLDERS", "INVESTORS"]),
    (
        Field::Unused,
        &[
            "纳税人识别号",
            "注册号",
            "组织机构代码",
            "参保人数所属年报",
            "营业期限",
            "英文名",
            "官网网址",
            "官网",
            "网址",
            "通信地址",
            "通信地址邮编",
            "最新年报年份",
            "最新年报地址",
            "核准日期",
            "企查查行业门类",
            "企查查行业大类",
            "企查查行业中类",
            "企查查行业小类",
            "序号",
            "产业位置",
        ],
    ),
    (
        Field::Personal,
        &[
            "法定代表人",
            "法人",
            "法人代表",
            "负责人",
            "联系人",
            "有效手机号",
            "更多电话",
            "电话",
            "手机",
            "手机号",
            "手机号码",
            "联系电话",
            "联系方式",
            "邮箱",
            "其他邮箱",
            "更多邮箱",
            "电子邮箱",
            "EMAIL",
            "PHONE",
            "TEL",
            "MOBILE",
            "CONTACT",
            "LEGAL_REPRESENTATIVE",
            "LEGAL_REP",
            "身份证号",
        ],
    ),
];

/// Flags by header: a column named after a qualification, with yes or no in its cells.
pub(crate) fn qualification_flag(header: &str) -> Option<crate::enterprise::Qualification> {
    let header = squeeze(header);
    crate::enterprise::Qualification::ALL
        .into_iter()
        .find(|q| q.words().iter().any(|w| header.strip_prefix("是否").unwrap_or(&header).starts_with(w)))
}

/// The field a header names, and the unit in its brackets.
pub(crate) fn field(header: &str) -> Option<(Field, Option<String>)> {
    let whole = squeeze(super::value::clean(header));
    let whole = whole.trim_start_matches('*').trim_end_matches([':', '：', '*']);
    let exact = |name: &str| SYNONYMS.iter().find(|(_, names)| names.contains(&name)).map(|(field, _)| *field);
    if super::personal::is_heading(header) {
        return Some((Field::Personal, None));
    }
    if let Some(field) = exact(whole) {
        return Some((field, None));
    }
    let open = whole.find('(')?;
    let unit = whole[open + 1..].trim_end_matches(')').to_owned();
    exact(&whole[..open]).map(|field| (field, Some(unit)))
}

/// How many rows from the top may stand before the header.
pub(crate) const SEARCHED: usize = 30;

/// Finds the header: the row among the first [`SEARCHED`] that names the most known columns, a name among them.
pub(crate) fn find<'a, C: AsRef<str> + 'a>(rows: impl Iterator<Item = &'a [C]>) -> Option<usize> {
    let mut best: Option<(usize, usize)> = None;
    for (index, cells) in rows.take(SEARCHED).enumerate() {
        let known: Vec<Field> = cells.iter().filter_map(|c| field(c.as_ref())).map(|(f, _)| f).collect();
        let named = known.iter().any(|f| matches!(f, Field::Name | Field::AskedName));
        if named && best.is_none_or(|(_, most)| known.len() > most) {
            best = Some((index, known.len()));
        }
    }
    best.map(|(index, _)| index)
}
