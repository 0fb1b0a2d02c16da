//! Personal data by kind: told by the parts of a heading, and by what stands in the cells under any heading.

use crate::enterprise::is_identity_number;
use crate::order::sort;
use crate::text::squeeze;

/// Parts of a heading that speak of a person. Folded: no spaces, letters upper case.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "法定代表", "法人代表", "法人姓名", "法人名字", "法人电话", "法人手机", "法人身份", "法人证件", "代表人", "负责人",
    "联系人", "联络人", "联络员", "经办人", "填表人", "填报人", "审核人", "制表人", "对接人", "接待人", "申请人", "委托人",
    "实控人", "实际控制人", "受益人", "受益所有人", "自然人", "姓名", "名字", "董事", "监事", "总经理", "副总", "经理人",
    "高管", "董监高", "厂长", "财务总监", "法务", "秘书", "创始人", "企业家", "手机", "电话", "座机", "固话", "传真", "联系方式",
    "联系号码", "号码", "邮箱", "邮件", "电邮", "微信", "QQ", "钉钉", "身份证", "证件号", "护照", "出生", "生日", "性别",
    "民族", "籍贯", "住址", "家庭", "学历", "职务", "职称", "银行账号", "银行卡", "开户账号",
];

/// The same in the letters of registers, interfaces and scripts, without separators: a heading that begins or ends with one.
#[rustfmt::skip]
const LETTERS: &[&str] = &[
    "PHONE", "MOBILE", "TEL", "TELEPHONE", "CELLPHONE", "FAX", "EMAIL", "MAIL", "CONTACT", "CONTACTS", "CONTACTPERSON",
    "WECHAT", "WEIXIN", "LEGALPERSON", "LEGALPERSONNAME", "LEGALREP", "LEGALREPRESENTATIVE", "LEGALNAME", "OPERNAME",
    "LEREP", "LEREPNAME", "PRINCIPAL", "REPRESENTATIVE", "IDCARD", "IDNO", "IDNUMBER", "CERNO",
    "PASSPORT", "BIRTHDAY", "BIRTHDATE", "GENDER", "PERSON", "PERSONNAME", "LINKMAN", "MANAGER", "CHAIRMAN",
    "DIRECTOR", "SUPERVISOR", "FADINGDAIBIAOREN", "FARENDAIBIAO", "FAREN", "FRDB", "FDDBR", "LIANXIREN", "LXR",
    "LIANXIDIANHUA", "LXDH", "DIANHUA", "SHOUJI", "SHOUJIHAO", "YOUXIANG", "XINGMING", "FUZEREN", "SHENFENZHENG", "SFZH",
    "PHONENUMBER", "MOBILENUMBER", "TELNUMBER", "EMAILADDRESS", "LEGALPERSONPHONE", "ACTUALCONTROLLER",
];

/// Parts that say a heading is of something else after all: a number of people, a kind of legal person, a day.
#[rustfmt::skip]
const NOT_PERSONAL: &[&str] = &[
    "人数", "数量", "法人单位", "法人企业", "法人类型", "法人库", "自然人投资", "自然人独资", "董事会", "注册号码", "代码",
    "许可证号码", "证书号码", "批准号码", "邮件地址数", "民族地区", "民族自治", "电话机", "手机产", "手机零", "手机配",
    "传真机",
];

/// True when a heading speaks of a person: a name, a way to reach one, a number or a trait of one.
pub(crate) fn is_heading(heading: &str) -> bool {
    let folded = squeeze(heading);
    if NOT_PERSONAL.iter().any(|part| folded.contains(part)) {
        return false;
    }
    if PARTS.iter().any(|part| folded.contains(part)) {
        return true;
    }
    // 法人 alone is the person; 公司法人 and 企业法人 too, as people use the word.
    let core = folded.trim_matches(|c: char| !c.is_alphanumeric());
    if core.ends_with("法人") || core.starts_with("法人(") || core.starts_with("法人/") {
        return true;
    }
    // The last part of a path, its separators dropped: data.legalPerson_name.
    let last = core.rsplit('.').next().unwrap_or(core);
    let letters: String = last.chars().filter(char::is_ascii_alphanumeric).collect();
    let whole = last.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | ' '));
    let bare = letters.trim_end_matches(|c: char| c.is_ascii_digit());
    whole && LETTERS.iter().any(|w| bare == *w || (w.len() >= 5 && *w != "PERSON" && (bare.starts_with(w) || bare.ends_with(w))))
}

/// What personal thing a cell is, as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Phone,
    Mail,
    Identity,
}

/// Tells a cell that is a telephone number, an e-mail address or an identity number (or a list of them) as a whole.
pub(crate) fn cell(text: &str) -> Option<Kind> {
    let text = text.trim();
    if !(6..=200).contains(&text.len()) {
        return None;
    }
    let bytes = text.as_bytes();
    if memchr::memchr(b'@', bytes).is_some() {
        return text.split([';', ',', ' ', '；', '，', '、', '|', '/']).filter(|p| !p.is_empty()).all(is_mail).then_some(Kind::Mail);
    }
    let first = bytes.first().copied().unwrap_or(0);
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'(')) {
        return None;
    }
    let parts: Vec<&str> = text.split([';', ',', '；', '，', '、', '|', '/', ' ']).filter(|p| !p.is_empty()).collect();
    if parts.iter().all(|p| is_identity_number(p)) {
        return Some(Kind::Identity);
    }
    parts.iter().all(|p| is_phone(p)).then_some(Kind::Phone)
}

fn is_mail(text: &str) -> bool {
    let Some((user, host)) = text.split_once('@') else { return false };
    let plain = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+' | b'*'));
    plain(user) && plain(host) && host.contains('.')
}

/// A mobile (eleven digits from 13 to 19, also masked, spaced or with +86), or a land line with its area code.
fn is_phone(text: &str) -> bool {
    let kept: String = text.chars().filter(|c| !matches!(c, '-' | ' ' | '(' | ')')).collect();
    let digits = kept.strip_prefix("+86").or_else(|| kept.strip_prefix("0086")).or_else(|| kept.strip_prefix("86")).unwrap_or(&kept);
    let bytes = digits.as_bytes();
    let shown = bytes.iter().filter(|b| b.is_ascii_digit()).count();
    if bytes.len() != shown + memchr::memchr_iter(b'*', bytes).count() || shown < 7 {
        return false;
    }
    match bytes {
        [b'1', b'3'..=b'9', ..] => bytes.len() == 11,
        // A land line is told by its area code and its dash or bracket: ten digits alone may be any number.
        [b'0', b'1'..=b'9', ..] => (10..=12).contains(&bytes.len()) && text.contains(['-', '(']),
        [b'4' | b'8', b'0', b'0', ..] => bytes.len() == 10 && text.contains('-'),
        _ => false,
    }
}

/// Where in a free text personal numbers stand: e-mail addresses, mobiles and identity numbers, as byte ranges.
pub(crate) fn inside(text: &str) -> Vec<std::ops::Range<usize>> {
    let bytes = text.as_bytes();
    let mut found: Vec<std::ops::Range<usize>> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        let (end, run) = (at, &text[start..at]);
        let tail = end + usize::from(matches!(bytes.get(end), Some(b'X' | b'x')));
        let alone = start == 0 || !bytes[start - 1].is_ascii_alphanumeric();
        if run.len() == 11 && alone && is_phone(run) {
            found.push(start..end);
        } else if alone && (run.len() == 17 || run.len() == 18) && is_identity_number(&text[start..tail.max(end)]) {
            found.push(start..tail);
        }
    }
    for sign in memchr::memchr_iter(b'@', bytes) {
        let part = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+');
        let start = sign - bytes[..sign].iter().rev().take(64).take_while(|b| part(b)).count();
        let end = sign + 1 + bytes[sign + 1..].iter().take(64).take_while(|b| part(b)).count();
        if is_mail(&text[start..end]) {
            found.push(start..end);
        }
    }
    found
}

/// The surnames that nine in ten people bear, and the usual ones of two characters.
const SURNAMES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤\
    温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚\
    岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉\
    禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由";
#[rustfmt::skip]
const LONG_SURNAMES: &[&str] = &[
    "欧阳", "上官", "司马", "诸葛", "司徒", "皇甫", "令狐", "东方", "尉迟", "公孙", "慕容", "夏侯", "端木", "独孤", "宇文",
    "长孙",
];
/// Characters that stand in the names of firms, places, wares and states, hardly in those of people.
const NO_PERSON: &str = "公司厂店部社局院所校园区县市省镇村街路号楼业品器机件材料膜片板管线缆池灯电网科技股份有限集团工程制造销售服务贸易属化类级型式数量是否未已无元";

/// True for what looks like a person's name: two to four Chinese characters, a surname first.
pub(crate) fn is_person(text: &str) -> bool {
    let text = text.trim();
    let text = text.strip_suffix("先生").or_else(|| text.strip_suffix("女士")).unwrap_or(text);
    let count = text.chars().count();
    if !(2..=4).contains(&count) || !text.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)) {
        return false;
    }
    let long = LONG_SURNAMES.iter().find(|s| text.starts_with(*s));
    let given = match long {
        Some(surname) => &text[surname.len()..],
        None if count < 4 => {
            let first = text.chars().next().unwrap_or(' ');
            if !SURNAMES.contains(first) {
                return false;
            }
            &text[first.len_utf8()..]
        }
        None => return false,
    };
    !given.is_empty() && !given.chars().any(|c| NO_PERSON.contains(c))
}

/// True when the cells of a column are personal, whatever its heading says: most of them telephone numbers, addresses or identity
/// numbers, or nearly all of them people's names, and hardly two alike (names of towns repeat, names of people do not).
pub(crate) fn is_column<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let (mut all, mut numbers, mut people) = (0, 0, Vec::new());
    for text in cells.map(str::trim).filter(|c| !crate::text::is_blank(c)) {
        all += 1;
        if cell(text).is_some() {
            numbers += 1;
        } else if text.split(['、', ',', '，', ' ', '/', ';', '；']).filter(|p| !p.is_empty()).all(is_person) {
            people.push(text);
        }
    }
    if all == 0 {
        return false;
    }
    let named = people.len();
    sort(&mut people, &|a, b| a.cmp(b));
    people.dedup();
    // Two in three: lists keep masked and empty numbers beside whole ones.
    numbers * 3 >= all * 2 || (numbers + named) * 5 >= all * 4 && (numbers > 0 || all >= 3) && people.len() * 10 >= named * 7
}
