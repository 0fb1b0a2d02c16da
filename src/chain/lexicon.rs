//! The words of a business scope that are not products: what is done, what only looks like doing, what rules out.

use crate::chain::Role;

/// Verbs, by what whoever does it is.
pub(crate) const VERBS: &[(Role, &[&str])] = &[
    (
        Role::Maker,
        &[
            "制造",
            "生产",
            "加工",
            "研制",
            "组装",
            "装配",
            "冶炼",
            "铸造",
            "锻造",
            "制作",
            "产销",
            "精加工",
            "深加工",
            "生产加工",
            "加工制造",
            "生产制造",
            "自产",
            "制备",
            "压延",
            "总装",
            "改装",
            "提炼",
            "熔炼",
            "制售",
            "再制造",
            "造粒",
            "制备加工",
            "MANUFACTURE OF",
            "MANUFACTURING OF",
            "PRODUCTION OF",
        ],
    ),
    (
        Role::Developer,
        &[
            "研发",
            "研究",
            "开发",
            "设计",
            "技术开发",
            "技术研发",
            "研究开发",
            "研究与开发",
            "研究和试验发展",
            "研究与试验发展",
            "试验发展",
            "科研",
            "开发研究",
            "技术研究",
            "工程和技术研究",
            "科技开发",
            "产品开发",
        ],
    ),
    (
        Role::Service,
        &[
            "安装",
            "维修",
            "检测",
            "服务",
            "技术服务",
            "技术咨询",
            "咨询",
            "施工",
            "维护",
            "保养",
            "调试",
            "修理",
            "检修",
            "技术转让",
            "技术推广",
            "技术交流",
            "技术培训",
            "售后服务",
            "咨询服务",
            "设计服务",
            "测试服务",
            "检测服务",
            "推广",
            "培训",
            "承包",
            "安装服务",
            "维修服务",
            "推广服务",
            "租赁服务",
            "工程设计",
            "工程施工",
            "承接",
            "应用服务",
            "信息咨询",
            "清洗",
            "回收",
            "拆解",
            "回收利用",
            "综合利用",
            "处置",
            "INSTALLATION OF",
            "MAINTENANCE OF",
        ],
    ),
    (
        Role::Trader,
        &[
            "销售",
            "批发",
            "零售",
            "进出口",
            "代理",
            "租赁",
            "经销",
            "贸易",
            "批零",
            "购销",
            "代购",
            "代销",
            "出口",
            "进口",
            "收购",
            "批发兼零售",
            "批发零售",
            "批发和零售",
            "批发与零售",
            "批发、零售",
            "销售代理",
            "国内贸易",
            "商贸",
            "出租",
            "分销",
            "买卖",
            "采购",
            "零售业",
            "SALE OF",
            "SALES OF",
            "TRADING OF",
            "IMPORT OF",
            "EXPORT OF",
            "WHOLESALE OF",
        ],
    ),
    (
        Role::Operator,
        &[
            "运营",
            "投资",
            "建设",
            "投资建设",
            "开发建设",
            "运行",
            "建设运营",
            "运维",
            "经营管理",
            "管理",
            "运营管理",
            "投资管理",
            "项目投资",
        ],
    ),
];

/// What turns a verb before it into part of a noun: 生产线 is a thing, 加工中心 is a machine.
pub(crate) const AFTER_VERB_NOUN: &[&str] = &[
    "设备", "装备", "机械", "装置", "仪器", "仪表", "仪", "系统", "工具", "线", "软件", "中心", "基地", "工艺", "用", "业", "商", "企业",
    "机", "器", "平台", "材料", "耗材", "产品", "制品", "件", "材", "用品", "院", "所", "室", "区", "园", "费",
];

/// Ends of a list that say something of their own and nothing of the items before them.
pub(crate) const CLOSED: &[&str] = &[
    "机械加工", "机加工", "来料加工", "来样加工", "金属加工", "五金加工", "精密加工", "表面处理加工", "软件开发", "房地产开发", "装饰设计", "装修设计",
    "广告设计", "平面设计", "图文设计", "工业设计", "网页设计", "园林设计", "建筑设计", "农产品加工", "食品加工", "服装加工", "木材加工",
    "石材加工", "模具加工", "模具制造", "国内贸易", "进出口", "进出口业务", "对外贸易", "会议服务", "物业服务",
];

/// Verbs that, even first in an item, make a noun with what follows: 检测设备 is equipment, 生产设备 may well be producing it.
pub(crate) const NOUN_VERBS: &[&str] =
    &[
    "检测", "测试", "加工", "安装", "维修", "服务", "检修", "修理", "装配", "焊接", "设计", "铸造", "锻造", "压延", "冶炼", "熔炼", "组装", "采购",
    "开发", "研究", "科研", "管理", "运行", "培训", "租赁", "清洗", "回收", "拆解", "处置", "回收利用", "综合利用",
];

/// Words at the end of an item that make it something else than the product before them, and how much of the product is left (percent).
pub(crate) const SUFFIXES: &[(u32, &[&str])] = &[
    (100, &[
        "产品", "系列", "系列产品", "器件", "制品", "成品", "半成品", "等", "类", "类产品", "业务", "板块", "分部", "收入", "整机", "带材", "板材", "棒材", "线材",
        "管材", "箔材", "型材", "片材", "粉体", "粉末", "颗粒", "薄膜", "板", "带", "棒", "管", "片", "丝", "膜", "SENSOR", "SENSORS", "PRODUCTS",
    ]),
    (85, &["技术", "领域", "项目", "系统", "工程", "领域内", "专业领域", "科技", "产业", "行业", "电站", "及系统", "成套", "应用", "装置"]),
    (70, &["配件", "零部件", "零配件", "部件", "元件", "组件", "零件", "附件", "模块", "配套", "配套产品", "元器件", "构件", "总成"]),
    (
        30,
        &[
            "设备",
            "装备",
            "机",
            "机械",
            "材料",
            "原料",
            "原材料",
            "辅料",
            "模具",
            "工具",
            "仪器",
            "仪",
            "包装",
            "软件",
            "生产线",
            "添加剂",
            "助剂",
            "辅材",
            "耗材",
            "专用设备",
            "工装",
            "夹具",
            "支架",
            "外壳",
            "机器",
            "车间",
            "厂房",
            "炉",
            "塔",
            "窑",
            "产业园",
            "园区",
            "租金",
            "线",
        ],
    ),
];

/// Small words that carry no product.
pub(crate) const PARTICLES: &[&str] = &[
    "的",
    "并",
    "及其",
    "及",
    "与",
    "和",
    "或",
    "以及",
    "从事",
    "主营",
    "兼营",
    "本公司",
    "公司",
    "自产",
    "相关",
    "有关",
    "其",
    "以",
    "等",
    "各类",
    "各种",
    "一体化",
    "专业",
    "主要",
    "内",
    "为",
    "上述",
    "以上",
    "产品",
    "技术",
    "业务",
    "可",
    "自有",
    "提供",
    "进行",
    "对",
    "经营",
    "范围",
    "一般",
    "项目",
    "许可",
    "许可项目",
    "一般项目",
    "许可经营项目",
    "一般经营项目",
    "经营范围",
    "筹建",
    "兼",
    "含",
];

/// Particles that never begin a noun.
pub(crate) const LEADING_PARTICLES: &[&str] = &[
    "的", "并", "还", "也", "同时", "另", "除", "从事", "本公司", "主营", "兼营", "一般项目", "许可项目", "许可经营项目", "一般经营项目", "经营范围", "提供",
    "及其", "各类", "各种", "相关", "有关", "主要", "专业", "其他", "其它", "新型", "进行", "对",
];

/// Particles that never end a noun.
pub(crate) const TRAILING_PARTICLES: &[&str] =
    &["的", "及其", "并", "等", "以及", "其", "为", "领域内", "业务", "的相关", "相关的", "方面", "专业领域内", "科技领域内", "之", "外", "进行"];

/// What stands in brackets for the lawyers.
pub(crate) const CONDITIONS: &[&str] = &[
    "依法须经", "凭许可证", "凭资质", "除外", "不含", "许可证", "审批", "法律、法规", "法律法规", "国家禁止", "国家限", "有效期", "涉及",
    "凭营业执照", "批准", "自主选择", "不得", "未取得", "不包括", "不包含", "专项规定", "专营", "前置", "后置", "许可经营的", "有效许可",
    "不另附", "以外", "行政许可", "按许可", "以许可", "凭有效", "有效资质", "资质证", "凭证", "不从事", "严禁", "禁止",
];

/// Words after which comes what is not done.
pub(crate) const NOT_WHAT_FOLLOWS: &[&str] =
    &["不含", "不包括", "不包含", "不得从事", "不得生产", "不得销售", "不得经营", "不得", "不从事", "不生产", "不涉及", "严禁", "禁止", "未取得", "除去", "不经营", "不再", "EXCLUDING", "EXCEPT"];

/// Words before which stands what is not done.
pub(crate) const NOT_WHAT_PRECEDES: &[&str] = &["除外", "以外", "不在此列", "暂停经营"];

/// Sentences that say only what the law says.
pub(crate) const LEGAL: &[&str] = &[
    "依法须经批准",
    "自主选择经营",
    "未获审批",
    "法律、法规禁止",
    "法律、行政法规",
    "法律法规",
    "凭许可证经营",
    "相关部门批准",
    "国家有专项",
    "限定企业经营",
    "限定公司经营",
    "须经批准",
    "不得经营",
    "后方可开展",
    "后方可经营",
];

/// Ends of names that belong to a part of an enterprise, not to an enterprise.
pub(crate) const BRANCH_SUFFIXES: &[&str] = &[
    "分公司",
    "支行",
    "分行",
    "营业部",
    "办事处",
    "门市部",
    "分店",
    "分厂",
    "分理处",
    "储蓄所",
    "营业所",
    "经营部分部",
    "支公司",
    "分部",
    "代表处",
    "分社",
];

/// Words in a name that say its owner trades.
pub(crate) const TRADER_NAMES: &[&str] =
    &["商贸", "贸易", "经营部", "商行", "经销", "销售", "批发", "商店", "超市", "加油站", "加气站", "门市"];

/// Ends of a noun that make it the equipment for what stands before.
pub(crate) const EQUIPMENT_HEADS: &[&str] =
    &["设备", "装备", "机", "机械", "生产线", "装置", "产线", "设备零部件", "设备配件", "设备及配件", "自动化线", "仪", "机器"];

/// Ends of a noun that make it the material for what stands before.
pub(crate) const MATERIAL_HEADS: &[&str] = &["材料", "原料", "原材料", "辅料", "辅材", "浆料", "用料", "基材", "耗材"];
