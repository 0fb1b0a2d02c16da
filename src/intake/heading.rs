//! What a heading says: a field's stem, with whatever people write around it — owner, year, unit, brackets, order numbers, marks.

use std::sync::LazyLock;

use crate::intake::{Field, personal, qualification};
use crate::order::sort;
use crate::text::{is_invisible, squeeze};

/// What a heading says of its column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Heading {
    pub means: Means,
    /// The unit in its brackets or at its end.
    pub unit: Option<String>,
    /// The year it speaks of; 9999 for the latest (上年度, 最新).
    pub year: Option<u16>,
    /// How far it is from the field's own name: 0 is the name itself. Of several columns the nearest is asked first.
    pub rank: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Means {
    Field(Field),
    /// A column of flags named after an official title.
    Flag,
    /// Known, and not needed for anything.
    Unused,
    /// Personal data: dropped at the door.
    Personal,
}

/// Stems of fields as the field's language has them, nearest first; `|` parts what is a step further off. Folded: no spaces, no
/// brackets, Latin letters upper case and without `_`, `-` and `.`.
#[rustfmt::skip]
const STEMS: &[(Field, &str)] = &[
    (Field::Name, "企业名称 公司名称 单位名称 企业全称 公司全称 企业名 公司名 单位名 机构名称 法人单位名称 市场主体名称 主体名称 经营主体名称 组织名称 \
        ENTNAME ENTERPRISENAME COMPANYNAME CORPNAME ORGNAME FIRMNAME NAMECN CNNAME CHINESENAME QIYEMINGCHENG QYMC GONGSIMINGCHENG GSMC DWMC JGMC \
        | 名称 全称 厂名 中文名称 中文名 纳税人名称 客户名称 系统匹配企业名称 匹配企业名称 申报单位 申报企业 申请单位 法人单位 项目单位 实施单位 承担单位 \
        企业中文名 NAME FULLNAME MINGCHENG COMPANYNAMECN ENTITYNAME \
        | 单位 公司 企业 机构 客户 厂商 厂家 企业简称 公司简称 证券简称 简称 COMPANY ENTERPRISE FIRM ORGANIZATION ORGANISATION CORP BUSINESSNAME"),
    (Field::AskedName, "原文件导入名称 导入名称 原始名称 提供企业名称 提供名称 查询名称 查询企业名称 查询关键词 原名单名称 原企业名称 上传企业名称 INPUTNAME QUERYNAME"),
    (Field::CreditCode, "统一社会信用代码 社会统一信用代码 社会信用代码 统一信用代码 统一社会信用代码证号 信用代码 统一代码 统一社会信用号 统一社会信用编码 \
        CREDITCODE USCC UNISCID UNISCCODE UNIFIEDSOCIALCREDITCODE SOCIALCREDITCODE UNIFIEDCODE CREDITNO TYSHXYDM TYXYDM SHXYDM XYDM TONGYISHEHUIXINYONGDAIMA \
        | 统一社会信用代码/注册号 注册号/统一社会信用代码 统一社会信用代码/组织机构代码 营业执照号 营业执照号码 营业执照编号 税号 证照号码 \
        | ID CODE 代码 企业代码 主体代码 企业ID 编码"),
    (Field::Status, "登记状态 经营状态 企业状态 存续状态 经营状况 企业登记状态 营业状态 工商状态 主体状态 ENTSTATUS REGSTATUS BUSINESSSTATUS OPERATINGSTATUS \
        OPENSTATUS JINGYINGZHUANGTAI DENGJIZHUANGTAI JYZT DJZT QYZT | 状态 STATUS STATE ZHUANGTAI"),
    (Field::Kind, "企业类型 公司类型 主体类型 机构类型 企业机构类型 市场主体类型 登记注册类型 注册类型 经济类型 经济性质 企业性质 单位性质 组织形式 ENTTYPE \
        ENTERPRISETYPE ECONKIND COMPANYTYPE COMPANYORGTYPE ORGTYPE CHARACTER QYLX QIYELEIXING | 类型 性质 TYPE"),
    (Field::Established, "成立日期 成立时间 成立年份 成立年月 成立年 注册日期 注册时间 登记日期 登记时间 设立日期 设立时间 注册登记日期 成立注册时间 创立时间 \
        创办时间 建立时间 建厂时间 ESDATE ESTDATE STARTDATE ESTABLISHDATE ESTABLISHTIME ESTIBLISHTIME ESTABLISHED ESTABLISHMENTDATE DATEOFESTABLISHMENT \
        FOUNDDATE FOUNDED FOUNDEDDATE REGDATE REGTIME REGISTRATIONDATE REGISTRATIONDAY REGISTERDATE INCORPORATIONDATE SETUPDATE CLRQ CLSJ ZCRQ \
        CHENGLIRIQI CHENGLISHIJIAN"),
    (Field::RegisteredCapital, "注册资本 注册资金 认缴资本 认缴注册资本 认缴出资额 注册资本金 注册资本金额 注册资本总额 注册资金总额 开办资金 出资额 注资 \
        REGCAP REGCAPITAL REGISTCAPI REGISTCAPITAL REGISTEREDCAPITAL REGISTERCAPITAL REGCAPITALAMOUNT CAPITAL CAPITALRAW REGMONEY ZCZB ZCZJ ZHUCEZIBEN"),
    (Field::PaidInCapital, "实缴资本 实缴资金 实缴注册资本 实收资本 实缴出资额 实缴金额 RECCAP RECCAPI ACTUALCAPITAL PAIDINCAPITAL PAIDCAPITAL REALCAPITAL SJZB SHIJIAOZIBEN"),
    (Field::CapitalCurrency, "币种 注册资本币种 注册资金币种 资本币种 货币种类 REGCAPCUR REGCAPCURRENCY CURRENCY CAPITALCURRENCY"),
    (Field::Revenue, "营业收入 年营业收入 营业总收入 营收 年营收 主营业务收入 营业额 年营业额 销售收入 年销售收入 销售额 年销售额 主营收入 营业收入总额 营收规模 \
        REVENUE OPERATINGREVENUE ANNUALREVENUE TOTALREVENUE TURNOVER SALES VENDINC MAIBUSINC YYSR YINGYESHOURU YINGSHOU \
        | 产值 年产值 工业总产值 总产值 工业产值"),
    (Field::Staff, "参保人数 社保人数 社保缴纳人数 缴纳社保人数 员工人数 员工数 员工总数 从业人数 从业人员 从业人员数 从业人员人数 从业人员平均人数 职工人数 职工总数 \
        职工数 人员规模 人数规模 员工规模 公司规模 人数 用工人数 在职人数 在职员工 在职员工数 在册人数 员工数量 人员数量 员工 职工 缴纳社保人数合计 \
        STAFF EMPLOYEES EMPNUM EMPLOYEECOUNT EMPLOYEENUM STAFFNUM STAFFCOUNT STAFFSIZE SOCIALSTAFFNUM INSUREDNUMBER INSUREDCOUNT HEADCOUNT PERSONNEL \
        PERSONNELCOUNT CBRS YGRS CANBAORENSHU YUANGONGRENSHU"),
    (Field::Size, "企业规模 企业规模类型 规模类型 企业划型 划型 企业大小 规模划分 大中小微 SIZE ENTSCALE SCALE QYGM | 规模"),
    (Field::Province, "所属省份 所在省份 省份 省 所属省 所在省 注册省份 省市 省级 省(自治区直辖市) PROVINCE PROV SHENG SHENGFEN"),
    (Field::City, "所属城市 所在城市 城市 市 所属地市 所在地市 地市 地级市 所属市 所在市 注册城市 设区市 市州 CITY CHENGSHI SHI | 地区 所属地区 所在地区 \
        所在地 所属区域 注册地 注册所在地 REGION AREA LOCATION"),
    (Field::County, "所属区县 所在区县 区县 区 县 县区 区(县) 县(市区) 县市区 区市县 市区县 市(区县) 市(区、县) 县(市、区) 区(市、县) 县(区) 所属区 所属县区 所属县 所在区 所在县区 所在县 行政区 行政区划 COUNTY DISTRICT QUXIAN QU"),
    (Field::Address, "注册地址 企业地址 公司地址 单位地址 地址 住所 经营地址 企业注册地址 登记地址 详细地址 企业住所 主要经营场所 经营场所 营业场所 生产地址 \
        生产经营地址 办公地址 实际经营地址 所在地址 注册详细地址 ADDRESS ADDR DOM REGLOCATION REGADDRESS REGADDR REGISTEREDADDRESS ADDRESSMASKED OPLOC \
        BUSINESSADDRESS ZCDZ ZHUCEDIZHI DIZHI QYDZ"),
    (Field::IndustrySection, "国标行业门类 行业门类 国民经济行业门类 INDUSTRYPHY INDUSTRYSECTION"),
    (Field::IndustryDivision, "国标行业大类 所属行业 行业 行业大类 国民经济行业大类 所属行业大类 行业类别 行业分类 行业名称 所属国标行业 所处行业 国标行业 INDUSTRY \
        INDUSTRYNAME CATEGORY HANGYE SSHY HYMC"),
    (Field::IndustryGroup, "国标行业中类 行业中类 国民经济行业中类"),
    (Field::IndustryClass, "国标行业小类 行业小类 国民经济行业小类 国民经济行业 国民经济行业分类 行业代码 国民经济行业代码 行业细分 细分行业 INDUSTRYCO INDUSTRYCODE \
        NICCODE HYDM"),
    (Field::Scope, "经营范围 业务范围 经营业务范围 许可经营项目 一般经营项目 经营(业务)范围 经营项目 营业范围 SCOPE BUSINESSSCOPE OPSCOPE OPERSCOPE OPERATINGSCOPE JYFW JINGYINGFANWEI"),
    (Field::Profile, "企业简介 公司简介 简介 单位简介 企业介绍 公司介绍 企业概况 公司概况 企业基本情况 企业情况 企业简况 PROFILE DESCRIPTION INTRO INTRODUCTION \
        COMPANYPROFILE ABOUT JIANJIE QYJJ GSJJ"),
    (Field::MainBusiness, "主营业务 主要业务 主营 主营业务及产品 主营业务和产品 主营业务与产品 主要业务及产品 主要经营业务 主营业务范围 业务介绍 核心业务 主业 主要从事 \
        主要经营活动 主要从事业务 主营业务领域 MAINBUSINESS BUSINESS MAINBUSI ZYYW ZHUYINGYEWU"),
    (Field::Products, "主营产品 主要产品 主导产品 核心产品 拳头产品 产品 产品服务 产品及服务 产品与服务 产品和服务 产品名称 产品名称及型号 主要产品服务 主要产品或服务 \
        主要产品及服务 主要产品名称 主导产品名称 主营产品名称 代表产品 关键产品 特色产品 主打产品 生产产品 产品类型 产品类别 主要生产产品 产品信息 产品及型号 主要产品及产能 \
        PRODUCTS PRODUCT MAINPRODUCTS MAINPRODUCT TOPPRODUCTS PRODUCTNAME ZYCP CHANPIN CPMC"),
    (Field::Patents, "专利名称 专利清单 核心专利 专利标题 发明名称 专利列表 专利明细 PATENTS PATENTTITLES PATENTNAME PATENTNAMES | 专利 专利情况"),
    (Field::PatentCount, "专利数 专利数量 专利总数 专利个数 专利件数 发明专利 发明专利数 发明专利数量 发明专利总数 专利授权数 专利授权量 专利拥有量 知识产权数 知识产权数量 \
        授权专利 授权专利数 有效专利数 有效发明专利数 发明专利授权量 授权发明专利 PATENTCOUNT PATENTNUM PATENTSCOUNT PATENTTOTAL ZLSL"),
    (Field::Bids, "中标 中标项目 中标信息 招投标 招投标信息 中标公告 中标结果 BIDS TENDERS BIDDING"),
    (Field::Tags, "标签 企业标签 产业链节点 产业链 产业标签 产业链环节 所属产业链 所在产业链 产业链条 重点产业链 产业领域 所属领域 领域 技术领域 产业方向 所属产业 产业类别 \
        产业 主导产业 细分领域 赛道 关键词 所属赛道 产业链名称 环节 所属环节 TAGS TAG LABELS LABEL KEYWORDS INDUSTRYCHAIN"),
    (Field::Qualification, "资质 企业资质 荣誉资质 资质荣誉 科技型企业资质 荣誉 企业荣誉 认定 企业称号 称号 资质证书 企业认定 认定情况 科技资质 资质认定 企业梯度 梯度培育 \
        资质标签 荣誉称号 认定类型 认定类别 企业级别 QUALIFICATION QUALIFICATIONS HONOR HONORS HONOUR CERTIFICATION CERTIFICATIONS"),
    (Field::Listing, "融资上市 上市状态 上市 上市情况 上市板块 是否上市 上市公司 上市类型 融资轮次 融资阶段 融资情况 融资信息 融资 最新融资轮次 挂牌情况 LISTING LISTED \
        LISTSTATUS FINANCING FINANCINGROUND FINANCINGSTAGE ROUND"),
    (Field::FinancingDate, "融资日期 最近融资日期 最新融资日期 融资时间 最近融资时间 最新融资时间 FINANCINGDATE FINANCINGTIME"),
    (Field::FormerName, "曾用名 历史名称 原名称 原名 更名前名称 曾用名称 FORMERNAME HISTORYNAMES HISTORYNAME USEDNAME CYM"),
    (Field::Shareholders, "股东 股东信息 主要股东 股东名称 股东名单 投资方 投资机构 投资人 控股股东 第一大股东 大股东 母公司 集团公司 出资人 出资方 SHAREHOLDERS \
        SHAREHOLDER INVESTORS INVESTOR PARENTCOMPANY"),
];

/// Headings that are known, and that nothing needs.
#[rustfmt::skip]
const UNUSED: &str = "序号 序 编号 行号 NO NUM INDEX XUHAO 纳税人识别号 注册号 工商注册号 组织机构代码 机构代码 参保人数所属年报 参保人数年份 参保年份 年报年份 营业期限 营业期限自 \
    营业期限至 经营期限 经营期限自 经营期限至 有效期 英文名 英文名称 企业英文名 外文名称 官网网址 官网 网址 网站 企业网站 官方网站 公司网站 通信地址 通讯地址 通信地址邮编 邮政编码 \
    邮编 最新年报年份 最新年报地址 核准日期 核准时间 发照日期 登记机关 注册机关 企查查行业门类 企查查行业大类 企查查行业中类 企查查行业小类 产业位置 备注 说明 更新时间 数据来源 \
    来源 提供代码匹配 代码匹配 匹配结果 匹配状态 REGNUMBER REGNO REGISTRATIONNO ORGNUMBER ORGNO ORGANIZATIONCODE TAXNUMBER TAXNO TERMSTART TERMEND OPFROM OPTO APPRDATE \
    APPROVEDTIME CHECKDATE UPDATETIME UPDATEDDATE REGORG BELONGORG REGINSTITUTE ENGLISHNAME NAMEEN ENNAME WEBSITE URL LOGO REMARK REMARKS";

/// What may stand before a stem without changing what it is.
#[rustfmt::skip]
const BEFORE: &[&str] = &[
    "企业", "公司", "单位", "机构", "主体", "申报", "申请", "本", "该", "贵", "集团", "工商", "所属", "所在", "目前", "现有", "现", "当前", "最新", "最近", "实际", "主要",
    "纳税人", "客户", "供应商", "会员", "商户", "目标", "拟引进", "入驻", "入园", "落户", "园区", "推荐", "参评", "入选", "获评", "被评", "有效", "年度", "全年", "年", "期末", "年末",
    "累计", "拥有", "已获", "获得", "取得", "在职", "授权", "已授权", "境内", "国内", "法人", "市场", "重点", "意向", "基本", "经营", "生产", "登记", "注册", "人民币", "全部", "总", "预计", "必填", "选填",
    "填写", "是否", "上报", "ENT", "COMPANY", "CORP", "ENTERPRISE", "FIRM", "DATA", "BASIC", "BASE", "INFO", "MAIN", "RESULT", "T", "F",
];
/// What may stand behind a stem without changing what it is.
#[rustfmt::skip]
const BEHIND: &[&str] = &[
    "情况", "信息", "明细", "列表", "清单", "内容", "名录", "数据", "资料", "全文", "详情", "描述", "一览", "文本", "金额", "总额", "合计", "数额", "额", "数值", "值", "总数", "数量", "规模",
    "中文", "必填", "选填", "全称", "名称", "名", "等", "说明", "概述", "情况说明", "TEXT", "VALUE", "STR", "RAW", "CN", "ZH", "LIST", "INFO", "NAME", "S",
];
/// Units, longest first.
#[rustfmt::skip]
const UNITS: &[&str] = &[
    "万元人民币", "人民币万元", "亿元人民币", "万人民币元", "万人民币", "万美元", "亿美元", "百万元", "千万元", "万港元", "万欧元", "万元", "亿元", "千元", "百万", "千万", "美元", "港元", "欧元",
    "万", "亿", "元", "人次", "人", "名", "家", "件", "项", "个", "年", "%", "RMB", "CNY", "USD",
];

/// Reads a heading. `None` when it names nothing that is known.
pub(crate) fn read(heading: &str) -> Option<Heading> {
    // Sixty characters are the longest; texts of cells are passed over unread.
    if heading.len() > 400 {
        return None;
    }
    let text: String = squeeze(heading).chars().filter(|c| !is_invisible(*c) && !c.is_control()).collect();
    if text.is_empty() || text.chars().count() > 60 {
        return None;
    }
    let (core, notes) = without_brackets(trimmed(&text));
    let mut unit = notes.iter().find_map(|n| unit_of(n));
    let english = notes.iter().any(|n| matches!(n.as_str(), "英文" | "英语" | "EN" | "ENGLISH"));
    let means = |found: Option<(Means, u8)>, unit: Option<String>, year: Option<u16>| {
        found.map(|(means, rank)| Heading { means, unit, year, rank })
    };
    // The field names of the register are of ten thousands.
    if unit.is_none() && matches!(core.as_str(), "REGCAP" | "RECCAP") {
        unit = Some("万元".to_owned());
    }
    // The whole with its brackets' words in it first: 企业(机构)类型, 区(县); then without them.
    let with_notes = text_of(trimmed(&text));
    if let Some(found) = exact(&with_notes) {
        return means(Some(found).filter(|_| !english), unit, None);
    }
    if english {
        return means(Some((Means::Unused, 1)), None, None);
    }
    let (year, timeless) = year_of(&core);
    // A part of a year is no year: 2023年1-9月营业收入 stays what it is.
    let (bare, own_unit) = without_unit(timeless);
    unit = unit.or(own_unit.map(str::to_owned));
    // 单位：万元 speaks of the table, not of a column.
    if unit.is_some() && matches!(bare, "单位" | "金额单位" | "计量单位" | "货币单位") {
        return None;
    }
    // The nearest reading of all that is known, people last: 单位联系人 is a person, 法人单位名称 a firm.
    let found = exact(&core).or_else(|| exact(timeless)).or_else(|| exact(bare));
    if found.is_none() && personal::is_heading(heading) {
        return means(Some((Means::Personal, 0)), None, None);
    }
    let found = found.or_else(|| flagged(&with_notes)).or_else(|| stripped(bare)).or_else(|| stripped(timeless)).or_else(|| path(heading));
    means(found, unit, year)
}

/// The last part of a path: `data.company.name`, `data/regCapital`.
fn path(heading: &str) -> Option<(Means, u8)> {
    let (_, last) = heading.rsplit_once(['.', '/', ':']).filter(|(head, _)| head.is_ascii() && !head.is_empty())?;
    let found = read(last)?;
    Some((found.means, found.rank.saturating_add(1)))
}

/// Without marks and order numbers around it: `*企业名称：`, `1、企业名称`, `（必填）企业名称`, `①企业名称`.
fn trimmed(text: &str) -> &str {
    let mark = |c: char| {
        matches!(
            c,
            '*' | '#'
                | '※'
                | '★'
                | '☆'
                | '▲'
                | '●'
                | '■'
                | '"'
                | '\''
                | ':'
                | '：'
                | '、'
                | ','
                | '，'
                | '。'
                | ';'
                | '|'
                | '_'
                | '-'
        ) || ('①'..='⑳').contains(&c)
    };
    let mut rest = text.trim_matches(mark);
    loop {
        let before = rest;
        // (1)企业名称, (一)企业名称.
        if let Some((inner, tail)) = rest.strip_prefix('(').and_then(|r| r.split_once(')'))
            && !tail.is_empty()
            && (inner.chars().all(|c| c.is_ascii_digit() || "一二三四五六七八九十".contains(c))
                || matches!(inner, "必填" | "选填" | "必填项" | "选填项" | "*"))
        {
            rest = tail.trim_start_matches(mark);
        }
        // 1、企业名称, 1.企业名称, 01企业名称, A1.企业名称, 一、企业名称.
        let number = rest.chars().take_while(char::is_ascii_digit).count();
        let after = &rest[number..];
        if (1..=3).contains(&number)
            && !after.is_empty()
            && !after.starts_with(['年', '-', '/'])
            && !after.starts_with(|c: char| c.is_ascii_digit())
        {
            rest = after.trim_start_matches(['.', '．', ')']).trim_start_matches(mark);
        }
        let chinese: usize = rest.chars().take_while(|c| "一二三四五六七八九十".contains(*c)).map(char::len_utf8).sum();
        if chinese > 0
            && let Some(tail) = rest[chinese..].strip_prefix(['、', '.', '．'])
        {
            rest = tail;
        }
        if rest == before {
            return rest.trim_matches(mark);
        }
    }
}

/// The text outside brackets, and what stands in them.
fn without_brackets(text: &str) -> (String, Vec<String>) {
    let (mut outside, mut notes, mut inside) = (String::new(), Vec::new(), None::<String>);
    for c in text.chars() {
        match (c, &mut inside) {
            ('(', None) => inside = Some(String::new()),
            (')', Some(note)) => {
                notes.push(std::mem::take(note));
                inside = None;
            }
            (c, Some(note)) => note.push(c),
            (c, None) => outside.push(c),
        }
    }
    notes.extend(inside);
    let outside = text_of(&outside);
    (outside, notes)
}

/// Without brackets, joiners and separators of Latin names.
fn text_of(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '(' | ')' | '_' | '-' | '·' | '\'' | '"' | '“' | '”' | '<' | '>')).collect()
}

fn unit_of(note: &str) -> Option<String> {
    let note = note.trim_start_matches("计量").trim_start_matches("单位").trim_start_matches([':', '：', '为']);
    UNITS.contains(&note).then(|| note.to_owned())
}

/// Takes a unit off the end: 注册资本万元, 注册资本/万元, 注册资本单位:万元.
fn without_unit(text: &str) -> (&str, Option<&str>) {
    for unit in UNITS {
        let Some(rest) = text.strip_suffix(unit).filter(|r| !r.is_empty()) else { continue };
        let tail =
            rest.trim_end_matches(['/', ':', '：', ',', '，']).trim_end_matches("单位").trim_end_matches(['/', ':', '：', ',', '，']);
        // 成立年 and 从业人 are not units; a sign, or an amount before it, says that it is one.
        if tail.len() < rest.len() || matches!(*unit, "%" | "RMB" | "CNY" | "USD") || unit.contains(['万', '亿', '元']) {
            return (tail, Some(unit));
        }
    }
    (text, None)
}

/// The year a heading speaks of, and the heading without it: 2023年度营业收入, 上年度营业收入, FY2023 REVENUE.
fn year_of(text: &str) -> (Option<u16>, &str) {
    let rest = text.trim_start_matches("截至").trim_start_matches("截止").trim_start_matches("FY");
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 4
        && let Ok(year) = rest[..4].parse::<u16>()
        && (1990..=2100).contains(&year)
    {
        let after = &rest[4..];
        let after = ["年度末", "年12月底", "年12月31日", "年底", "年末", "年度", "年全年", "年", "末"]
            .iter()
            .find_map(|w| after.strip_prefix(w))
            .unwrap_or(after);
        return (Some(year), after.trim_start_matches(['/', ':']));
    }
    for word in [
        "最近一个会计年度",
        "上一会计年度",
        "上一年度",
        "最近一年",
        "近一年",
        "上年度",
        "上一年",
        "上年末",
        "上年",
        "去年",
        "本年度",
        "本年",
        "当年",
        "今年",
        "年度",
        "全年",
    ] {
        if let Some(after) = rest.strip_prefix(word).filter(|a| !a.is_empty()) {
            return (Some(9999), after);
        }
    }
    // 营业收入2023年, REVENUE2023.
    let tail = text.trim_end_matches("年度").trim_end_matches('年');
    if let Some(at) = tail.len().checked_sub(4).filter(|at| tail.is_char_boundary(*at) && *at > 0)
        && let Ok(year) = tail[at..].parse::<u16>()
        && (1990..=2100).contains(&year)
    {
        return (Some(year), &text[..at]);
    }
    (None, text)
}

/// Every stem with what it means and how near it is, in order: made once, looked up by halving.
static TABLE: LazyLock<Vec<(String, Means, u8)>> = LazyLock::new(|| {
    let mut table: Vec<(String, Means, u8)> = Vec::new();
    for (field, stems) in STEMS {
        let mut rank = 0;
        for stem in stems.split_ascii_whitespace() {
            if stem == "|" {
                rank += 1;
            } else {
                table.push((stem.to_owned(), Means::Field(*field), rank));
                if stem.contains('(') {
                    table.push((text_of(stem), Means::Field(*field), rank));
                }
            }
        }
    }
    table.extend(UNUSED.split_ascii_whitespace().map(|stem| (stem.to_owned(), Means::Unused, 0)));
    // Of two that are the same the first one said holds.
    sort(&mut table, &|a, b| a.0.cmp(&b.0));
    table.dedup_by(|later, first| later.0 == first.0);
    table
});

/// The field whose stem the text is.
fn exact(text: &str) -> Option<(Means, u8)> {
    let at = TABLE.binary_search_by(|(stem, ..)| stem.as_str().cmp(text)).ok()?;
    TABLE.get(at).map(|(_, means, rank)| (*means, *rank))
}

/// True when a text is the field's own name, with nothing around it but marks.
pub(crate) fn is_stem(text: &str, field: Field) -> bool {
    let text = squeeze(text);
    matches!(exact(&text_of(trimmed(&text))), Some((Means::Field(found), 0)) if found == field)
}

/// The field whose stem is left when what may stand around it is taken off; the fewest pieces taken win.
fn stripped(text: &str) -> Option<(Means, u8)> {
    let mut now = vec![text];
    let mut seen: Vec<&str> = now.clone();
    for taken in 1..=4_u8 {
        let mut next: Vec<&str> = Vec::new();
        for text in now {
            let heads = BEFORE.iter().filter_map(|w| text.strip_prefix(w));
            let tails = BEHIND.iter().filter_map(|w| text.strip_suffix(w));
            for rest in heads.chain(tails) {
                let rest = rest.trim_matches(['/', ':', '的', '及', '和', '.', ',']);
                if !rest.is_empty() && !seen.contains(&rest) {
                    seen.push(rest);
                    next.push(rest);
                }
            }
        }
        // A stem that is one word of many meanings (单位, 代码, 类型) counts only where it stands alone.
        let found = next
            .iter()
            .filter_map(|text| exact(text))
            .filter(|(means, rank)| *rank < 2 && !matches!(means, Means::Unused))
            .min_by_key(|f| f.1);
        if let Some((means, rank)) = found {
            return Some((means, rank + taken));
        }
        now = next;
    }
    None
}

/// A column of flags: a title with what may stand around it. 培育 and 申报 around it make it something else.
fn flagged(text: &str) -> Option<(Means, u8)> {
    if !qualification::names_title(text) || text.chars().count() > 30 {
        return None;
    }
    let other = [
        "培育",
        "申报",
        "申请",
        "潜在",
        "种子",
        "候选",
        "后备",
        "数量",
        "家数",
        "奖励",
        "补贴",
        "科技小巨人",
        "产品",
        "产值",
        "收入",
        "占比",
    ];
    (!other.iter().any(|w| text.contains(w))).then_some((Means::Flag, 0))
}
