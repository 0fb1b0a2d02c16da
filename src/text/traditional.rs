//! Traditional characters to simplified ones: those that the chains' words are written with.

use std::sync::LazyLock;

/// Pairs of a traditional character and its simplified form.
const PAIRS: &[&str] = &[
    "並并乾干亞亚佈布併并侷局係系俬私倉仓側侧偵侦偽伪傘伞備备傢家傳传傷伤傾倾僞伪價价儀仪償偿優优儲储兒儿內内兩两冊册",
    "凈净凍冻別别剋克剎刹剛刚剝剥剷铲劃划劍剑劑剂動动務务勞劳勻匀匯汇區区協协卻却卽即吶呐員员啓启啟启單单噴喷嚮向嚴严",
    "囌苏國国圍围園园圓圆圖图埰采執执堝埚報报場场塊块塗涂塵尘墊垫墻墙壓压壟垄夾夹奧奥妝妆娛娱嬰婴學学孿孪寀采實实審审",
    "寫写寬宽寶宝專专對对導导屜屉層层屬属峯峰島岛巖岩帳帐帶带幣币幹干幾几庫库廂厢廚厨廠厂廢废廣广廳厅弔吊張张強强彆别",
    "彈弹彎弯彔录彙汇彫雕後后徑径從从復复恆恒態态慣惯憑凭憶忆應应懸悬戰战戲戏戶户拋抛捲卷掃扫掛挂採采揀拣揚扬換换揮挥",
    "損损搖摇搶抢摺折摻掺撐撑撓挠撥拨擇择擊击擋挡據据擠挤擬拟擴扩擺摆攜携攝摄攤摊攪搅敎教數数斷断於于昇升時时暫暂曏向",
    "書书會会朮术東东柵栅査查桿杆條条棄弃棲栖業业極极榘矩榦干構构槍枪槓杠槳桨樁桩樂乐樑梁樓楼標标樣样樹树橋桥機机橢椭",
    "橫横檔档檢检檯台櫃柜欄栏權权歐欧歸归殺杀殻壳殼壳氈毡氣气氫氢氬氩氾泛汎泛汙污決决沒没沖冲洩泄淨净減减渦涡測测準准",
    "溝沟溫温溼湿滅灭滌涤滙汇滲渗滷卤滾滚漁渔漬渍漲涨漿浆潔洁潛潜潤润澆浇澱淀濃浓濕湿濟济濺溅濾滤瀝沥灑洒灘滩災灾為为",
    "烴烃無无煉炼煙烟熒荧熱热燈灯燒烧燙烫營营爍烁爐炉爲为爾尔牀床牆墙牽牵狀状獨独獲获現现琱雕環环產产産产甦苏畫画異异",
    "畵画疊叠痠酸療疗發发皁皂盃杯盜盗監监盤盘盪荡眞真矯矫碼码磚砖礎础礦矿禦御稅税稈秆稜棱種种稱称穀谷積积穩稳穫获窩窝",
    "窯窑窺窥竈灶竊窃競竞筆笔節节範范築筑篩筛簽签簾帘籃篮籌筹籠笼籤签糧粮紅红紉纫紋纹納纳紐纽純纯紗纱紙纸級级紡纺紮扎",
    "細细終终組组絎绗結结絕绝絞绞絡络給给絨绒統统絲丝絶绝綁绑綉绣綑捆經经綜综綠绿綫线維维網网綵彩綸纶綿绵緊紧緑绿線线",
    "緣缘編编緩缓緯纬練练緻致縫缝縮缩縴纤總总織织繞绕繡绣繩绳繪绘繫系繼继續续纏缠纖纤纜缆羅罗習习翫玩聯联聲声聽听脈脉",
    "脩修脫脱脹胀腦脑腳脚膚肤膠胶臍脐臟脏臥卧臨临臺台與与興兴舊旧舘馆艙舱茲兹華华菸烟萬万葉叶葯药蓋盖蕩荡藍蓝藝艺藥药",
    "蘆芦蘇苏蘭兰處处虛虚號号蝕蚀蝸蜗蟲虫蠟蜡術术衕同衛卫衝冲裏里補补裝装裡里製制複复褲裤襬摆襯衬覈核見见規规視视親亲",
    "覺觉覽览觀观觸触訂订計计訊讯訓训託托記记設设許许診诊註注証证評评詞词詢询試试話话誌志誘诱調调諧谐諮咨講讲證证識识",
    "譜谱譟噪議议護护讀读變变讓让貓猫負负財财貧贫貨货貯贮貴贵買买貸贷費费貼贴貿贸賃赁資资賓宾賣卖質质購购賽赛蹤踪車车",
    "軋轧軌轨軍军軟软軸轴載载輔辅輕轻輛辆輝辉輥辊輪轮輯辑輸输輻辐轂毂轉转轎轿辦办農农迴回連连週周進进遊游運运過过達达",
    "遙遥遞递遠远適适選选還还邊边邏逻郵邮醣糖醫医釀酿釋释釔钇釘钉針针釦扣釩钒釹钕鈉钠鈎钩鈑钣鈔钞鈡钟鈣钙鈦钛鈮铌鈰铈",
    "鈷钴鉀钾鉅巨鉆钻鉍铋鉑铂鉗钳鉚铆鉛铅鉤钩鉬钼鉭钽鉸铰鉺铒鉻铬銀银銅铜銑铣銥铱銦铟銨铵銩铥銫铯銷销銹锈銻锑鋁铝鋅锌",
    "鋇钡鋪铺鋯锆鋰锂鋱铽鋸锯鋼钢錄录錐锥錘锤錠锭錨锚錫锡録录錳锰錶表鍊炼鍋锅鍍镀鍛锻鍵键鍺锗鍼针鍾钟鎂镁鎖锁鎘镉鎚锤",
    "鎢钨鎧铠鎭镇鎮镇鎳镍鎵镓鏇旋鏈链鏜镗鏟铲鏡镜鏽锈鐓镦鐘钟鐳镭鐵铁鐿镱鑄铸鑥镥鑭镧鑲镶鑽钻鑿凿長长門门閃闪閉闭開开",
    "閑闲閒闲間间閘闸閤合閥阀閱阅閲阅闆板關关陞升陣阵陰阴陸陆陽阳階阶際际隨随險险隱隐隻只雙双雜杂離离雲云電电霧雾靈灵",
    "靜静韆千響响頁页頂顶項项順顺須须預预領领頭头頻频顆颗額额類类顯显風风颱台颳刮飛飞飯饭飲饮飼饲飾饰餅饼養养餘余館馆",
    "餬糊餵喂餾馏饋馈馬马駐驻駕驾駛驶驅驱驗验髒脏體体髮发鬚须鬥斗魚鱼魯鲁鮮鲜鳴鸣鵰雕鹵卤鹼碱鹽盐麥麦麪面麫面麯曲麴曲",
    "麵面黃黄點点齒齿齣出龍龙",
];

const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

/// By code point from [`FIRST`]: the simplified form, or 0 where the character stays.
static SIMPLIFIED: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table = vec![0; (LAST - FIRST + 1) as usize];
    for row in PAIRS {
        let chars: Vec<char> = row.chars().collect();
        for pair in chars.chunks_exact(2) {
            if let Some(slot) = table.get_mut((pair[0] as u32 - FIRST) as usize) {
                *slot = pair[1] as u32 as u16;
            }
        }
    }
    table
});

/// The table, to be taken once for a text.
pub(super) fn table() -> &'static [u16] {
    &SIMPLIFIED
}

/// True for a character whose simplified form is itself, told by the three bytes of its UTF-8.
pub(super) fn stays(table: &[u16], [first, second, third]: [u8; 3]) -> bool {
    let code = u32::from(first & 0x0f) << 12 | u32::from(second & 0x3f) << 6 | u32::from(third & 0x3f);
    code.checked_sub(FIRST).and_then(|at| table.get(at as usize)) == Some(&0)
}

/// The simplified form of a character.
pub(super) fn simplify(table: &[u16], c: char) -> char {
    let code = c as u32;
    if !(FIRST..=LAST).contains(&code) {
        return c;
    }
    match table[(code - FIRST) as usize] {
        0 => c,
        simple => char::from_u32(u32::from(simple)).unwrap_or(c),
    }
}
