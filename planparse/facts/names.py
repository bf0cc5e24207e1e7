"""Tells units, persons and posts apart by how their names are made."""

from __future__ import annotations

from planparse.syntax.lazy import lazy

SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤"
    "尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薄伏岑习胥保和蔺" + "馮陳楊張劉趙黃吳孫馬羅鄭謝韓許呂蘇盧蔣賈葉閻鄒鐘陸譚萬錢湯賴龔龐顏溫魯韋畢聶齊莊"
)  # fmt: skip
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "夏侯", "端木", "令狐", "南宫", "歐陽")
UNIT_ENDINGS = lazy(
    "(?:[局科处處室办委组股部厅署所站院队会社馆园团校镇乡县市区村厂司行课課組隊會團辦園館廳縣區鄉鎮場场店库]|(?<!家)庭|中心|大队|中队|支队|小组|街道|社区|学校|小学|中学|大学|幼儿园|公司|集团|支部|党委|党组|"
    "党总支|工会|妇联|团委|残联|文联|科协|工商联|红十字会|医院|派出所|办事处|委员会|指挥部|领导小组|工作组|专班|单位|部门|科室|处室|年级|年级组|教研组|班子|机关|系统|企业|银行|法院|检察院|公安|财政|民政|教育|城管|"
    "人社|住建|司法|卫健|国土|水利|农业|交通|文旅|应急|林业|环保|规划|消防|政协|人大|政府|联席会议|一中|二中|三中|[一二三四五六七八九十]+[中小]|\\d+中)(?:等)?\\Z"
)
"""How names of offices, schools, groups and companies end."""
ROLE_ENDINGS = lazy(
    "(?:校长|園長|园长|院长|局长|科长|处长|主任|组长|書記|书记|主席|所长|站长|队长|经理|厂长|董事长|村长|镇长|乡长|县长|市长|区长|厅长|部长|馆长|会长|裁判长|裁判员?|教练员?|领队|[楼栋]长|网格长|秘书长?|班主任|辅导员|教师|老师|负责人|责任人|干事|"
    "干部|员工|专员|管理员|联络员|信息员|安全员|网格员|指导员|教导员|保管员|宣传员|教研员|医生|护士长?|护士|保安|厨师|家长|班长|领导|委员|总监|主管|校医|会计|出纳|馆员|人员|志愿者|代表|同志|党员|支书|值周\\S{0,3}|站长|带班人|负责同志)(?:等)?\\Z"
)
_TITLE = (
    "(?:同志|老师|教师|副?校长|副?园长|副?院长|副?局长|副?科长|副?处长|副?主任|副?书记|副?主席|副?所长|副?站长|副?队长|副?经理|副?厂长|副?组长|副?部长|副?镇长|副?乡长|副?县长|副?区长|副?会长|主任科员|医生|护士长|"
    "总经理|董事长|工程师|总监|委员|局領導|老師)"
)
_SIGNS = "[\u4e00-\u9fff]"
_TITLED = lazy(f"(?:(?P<name>{_SIGNS}{{2,4}}?)|(?P<surname>{_SIGNS})){_TITLE}{{1,2}}\\Z")
_LED = lazy(f"(?:\\S{{0,12}}?){_TITLE}[ ]?(?P<name>{_SIGNS}{{2,4}})\\Z")
NOBODY = lazy(
    "(?:专人|他人|别人|谁|其|此|本人|个人|有人|自己|大家|我们|他们|你们|各自|双方|全体|主要|直接|具体|全面|统一|共同|分别|首问|终身|认真|高度|切实|严格|全程|主动|不|是|要|能|使|让|对|向|为|[试暂施执推]行|修订稿?|草案)\\Z"
)
"""Words in the place of a name that name nobody."""
_NO_NAME = frozenset("的了要是在对为和与及其这那各全一二三四五六七八九十不应须并将把被由从到以可能会做好抓管")
"""Signs that stand in no person's name."""


_ASIDE = lazy("[（(][^（()）]{0,12}[）)]")
_FIELDS = frozenset(
    [
        "纪检",
        "安全",
        "安保",
        "安监",
        "安防",
        "安置",
        "文体",
        "文艺",
        "文娱",
        "文秘",
        "文化",
        "文明",
        "文宣",
        "卫生",
        "卫健",
        "党建",
        "党务",
        "党群",
        "车间",
        "车队",
        "计生",
        "计财",
        "计划",
        "应急",
        "项目",
        "房管",
        "单位",
        "管理",
        "管片",
        "商务",
        "商贸",
        "景区",
        "段长",
        "路段",
        "路长",
        "施工",
        "包村",
        "包片",
        "包保",
        "包组",
        "包联",
        "解说",
        "阳光",
        "高级",
        "高年级",
        "全科",
        "水电",
        "水利",
        "金融",
        "林业",
        "林长",
        "河湖",
        "江河",
        "华侨",
    ]
)
"""Words that begin like names and stand before posts: 纪检委员, 项目经理 are posts, no persons."""


def is_person(name: str) -> bool:
    """Whether a name is made like a person's: a surname and one or two signs."""
    if 3 <= len(name) <= 4 and name.startswith(COMPOUND):
        return True
    return 2 <= len(name) <= 3 and name[0] in SURNAMES and not any(c in _NO_NAME for c in name[1:])


def is_titled(name: str) -> bool:
    """Whether a name is a person's with a title: 王强副局长, 教导主任李敏, 刘老师."""
    titled, led = _TITLED.match(name), _LED.match(name)
    if titled is not None:
        given = titled["name"]
        if given in _FIELDS:
            return False
        if (is_person(given) and not UNIT_ENDINGS.search(given)) if given else titled["surname"] in SURNAMES:
            return True
    return led is not None and is_person(led["name"]) and not UNIT_ENDINGS.search(led["name"])


_HELD_BY = lazy("(?P<post>\\S{2,20}?)[ \u3000]+(?P<who>[\u4e00-\u9fff]{2,4})")


def kind_of(name: str, default: str = "unit") -> str:
    """`unit`, `person` or `role`; `default` where the name's making does not tell."""
    held = _HELD_BY.fullmatch(name)
    if held is not None and ROLE_ENDINGS.search(held["post"]) and is_person(held["who"]):
        return "person"  # 技术负责人 韩磊
    bare = _ASIDE.sub("", name).replace(" ", "").replace("\u3000", "") or name
    if is_titled(bare):
        return "person"
    if ROLE_ENDINGS.search(bare):
        return "role"
    if UNIT_ENDINGS.search(bare) and not (len(bare) == 2 and default == "person" and is_person(bare)):
        return "unit"
    if is_person(bare) and default != "unit":
        return "person"
    return "person" if is_person(bare) and len(bare) in (2, 3) else default


def is_unit(name: str) -> bool:
    """Whether a name ends as names of units do, and is more than the ending."""
    return len(name) >= 2 and UNIT_ENDINGS.search(name) is not None


def is_role(name: str) -> bool:
    """Whether a name is a post."""
    return ROLE_ENDINGS.search(name) is not None
