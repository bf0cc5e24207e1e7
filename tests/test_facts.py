"""Targets, owners, deadlines and documents: what counts, what does not, and what holds for what is below."""

import subprocess
import sys

import pytest
from conftest import ROOT, environment
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse import parse
from planparse.facts.citations import find_citations
from planparse.facts.owners import find_owners
from planparse.facts.targets import find_targets


class NoTimes:
    """A text without time expressions."""

    def holds(self, start, end):
        return False

    def ends_at(self, place):
        return False


def targets(text):
    return [
        (t.comparator, t.figure.value if t.figure.upper is None else (t.figure.value, t.figure.upper), t.figure.unit, t.change)
        for t in find_targets(text, 0, len(text), NoTimes())
    ]


def subjects(text):
    return ["".join(text[a:b] for a, b in t.subject or ()) for t in find_targets(text, 0, len(text), NoTimes())]


def owners(text):
    return [(text[o.start : o.end], o.kind, o.duty) for o in find_owners(text, 0, len(text))]


def citations(text):
    found = find_citations(text, 0, len(text))
    return [(text[slice(*c.title)], text[slice(*c.number)] if c.number else None) for c in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("建成标准化实验室35间。", [("=", 35, "间", None)]),
        ("完好率达９６％以上", [(">=", 96, "%", None)]),
        ("投入经费440万元", [("=", 4_400_000, "元", None)]),
        ("总投资约1.2亿元", [("~", 120_000_000, "元", None)]),
        ("惠及群众46万人次以上", [(">=", 460_000, "人次", None)]),
        ("覆盖率达到百分之九十", [("=", 90, "%", None)]),
        ("党员占三分之二以上", [(">=", 0.6667, None, None)]),
        ("八成以上的班级", [(">=", 80, "%", None)]),
        ("演练不少于2次", [(">=", 2, "次", None)]),
        ("至少开展两次演练", [(">=", 2, "次", None)]),
        ("经费控制在30万元以内", [("<=", 300_000, "元", None)]),
        ("培训1,200人", [("=", 1200, "人", None)]),
        ("选择1-2个村", [("=", (1, 2), "个", None)]),
        ("走访三至五户", [("=", (3, 5), "户", None)]),
        ("开展两三次检查", [("=", (2, 3), "次", None)]),
        ("选派十几名教师", [("~", (11, 19), "名", None)]),
        ("首次突破6000人大关", [(">", 6000, "人", None)]),
        ("拨款1600多万元", [(">", 16_000_000, "元", None)]),
        ("举办培训20余场", [(">", 20, "场", None)]),
        ("近万人参加", [("~", 10_000, "人", None)]),
        ("增加3000平方米绿地", [("=", 3000, "平方米", "increase")]),
        ("合格率提高5个百分点", [("=", 5, "百分点", "increase")]),
        ("事故起数下降10%", [("=", 10, "%", "decrease")]),
        ("合格率提高到95%", [("=", 95, "%", None)]),
        ("产值翻一番", [("=", 1, "倍", "increase")]),
        ("比去年多37人", [("=", 37, "人", "increase")]),
        ("实现零事故", [("=", 0, None, None)]),
        ("培训40学时，每天锻炼不少于1小时", [("=", 40, "学时", None), (">=", 1, "小时", None)]),
        ("每学期召开一次家长会", [("=", 1, "次", None)]),
        ("新建一所幼儿园", [("=", 1, "所", None)]),
        ("在校生数达到56852", [("=", 56852, None, None)]),
        ("小学、初中、高中分别不少于10册、14册、16册", [(">=", 10, "册", None), (">=", 14, "册", None), (">=", 16, "册", None)]),
        ("长3.5公里，宽12米", [("=", 3.5, "公里", None), ("=", 12, "米", None)]),
    ],
)
def test_figures_that_bind(text, expected):
    assert targets(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "第27个教师节", "按照213号令执行", "开展一校三天视导", "安全设施“三同时”审验", "落实“五率”", "宽带网络校校通、优质资源班班通", "十四五期间", "违反“八不准”",
        "到44中听课", "电话65826216", "坚持收支两条线", "分三个阶段进行", "从两个方面抓起", "做好以下五项工作：", "这是一个核心环节", "建设一支队伍", "打造一批精品",
        "学校一把手负责", "利用三年时间", "高一年级", "二次供水", "贯彻十八届三中、五次全会精神", "一人一档", "A4纸", "前三名", "这三个文件", "一元复始", "十分重要",
        "做到四个意识", "坚持两个维护", "《关于八条措施的意见》", "在302室开会",
    ],
)  # fmt: skip
def test_figures_that_do_not(text):
    assert targets(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("努力建成数字化校园35个", ["数字化校园"]),
        ("持证上岗率达到100%", ["持证上岗率"]),
        ("20%的学校达标", ["学校"]),
        ("年底前，14家危化企业完成验收", ["危化企业"]),
        ("小学、初中、高中生均图书达10册、14册、16册", ["小学生均图书", "初中生均图书", "高中生均图书"]),
        ("合格率提高2个百分点，达到95%", ["合格率", "合格率"]),
        ("投入资金440万元", ["资金"]),
        ("投入440万元", [""]),
    ],
)
def test_subjects(text, expected):
    assert subjects(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（责任单位：安监局；配合单位：公安局、消防大队）", [("安监局", "unit", "responsible"), ("公安局", "unit", "support"), ("消防大队", "unit", "support")]),
        ("责任人：张三", [("张三", "person", "responsible")]),
        ("器材搬运：王小明", [("王小明", "person", "responsible")]),
        ("成绩登记：王小明、李晓红。", [("王小明", "person", "responsible"), ("李晓红", "person", "responsible")]),
        ("牵头单位:教务处 完成时限:6月底", [("教务处", "unit", "lead")]),
        ("由总务处牵头，工会配合", [("总务处", "unit", "lead"), ("工会", "unit", "support")]),
        ("办公室主任由王强同志兼任", [("王强", "person", "responsible")]),
        ("领导小组办公室设在基础教育股", [("基础教育股", "unit", "office")]),
        ("组  长：石秉文", [("石秉文", "person", "head")]),
        ("副组长：鲁可欣 闻人杰", [("鲁可欣", "person", "deputy"), ("闻人杰", "person", "deputy")]),
        ("成 员：陈汉、周宇、各班班主任", [("陈汉", "person", "member"), ("周宇", "person", "member"), ("各班班主任", "role", "member")]),
        ("完善台账。（教务处、总务处）", [("教务处", "unit", "responsible"), ("总务处", "unit", "responsible")]),
        ("（县教育局牵头，县财政局、县人社局按职责分工负责）", [("县教育局", "unit", "lead"), ("县财政局", "unit", "responsible"), ("县人社局", "unit", "responsible")]),
        ("以校长为组长", [("校长", "role", "head")]),
        ("教研室负责组织考核", [("教研室", "unit", "responsible")]),
        ("李敏：负责全面工作", [("李敏", "person", "responsible")]),
        ("组长：纪检组长；成员：纪检委员、车间主任、各裁判长", [("纪检组长", "role", "head"), ("纪检委员", "role", "member"), ("车间主任", "role", "member"), ("各裁判长", "role", "member")]),
        ("成员：文书记、安主任", [("文书记", "person", "member"), ("安主任", "person", "member")]),
        ("责任人：技术负责人 韩磊", [("技术负责人 韩磊", "person", "responsible")]),
        ("组长：校长 王强 副组长：副校长 李敏 教导主任 张丽", [("校长 王强", "person", "head"), ("副校长 李敏", "person", "deputy"), ("教导主任 张丽", "person", "deputy")]),
        ("成员：班主任 王强 李敏", [("班主任", "role", "member"), ("王强", "person", "member"), ("李敏", "person", "member")]),
        ("责任人：教务处 王强", [("教务处", "unit", "responsible"), ("王强", "person", "responsible")]),
        ("成员：居民代表5名", [("居民代表", "role", "member")]),
        ("成员：王强、李敏、各年级组长，形成长效机制", [("王强", "person", "member"), ("李敏", "person", "member"), ("各年级组长", "role", "member")]),
        ("成员：王强、各校校长（责任单位：德育处）", [("王强", "person", "member"), ("各校校长", "role", "member"), ("德育处", "unit", "responsible")]),
    ],
)  # fmt: skip
def test_who_answers(text, expected):
    assert owners(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "认真负责，一丝不苟", "责任到人", "对本学校安全工作负总责", "谁主管，谁负责", "责任重于泰山", "增强责任感", "负责人要亲自抓", "由专人负责", "学习先进（小学、初中）", "推进示范校建设(试行)", "集合地点：万寿路", "校园环境：明德楼", "活动主题：马拉松", "检查内容：高年级", "落实评价办法（暂行）",
        "召开座谈会（含退休教师）", "个别下校（44中、47中）", "由此可见", "理由是", "配合做好检查", "各学校要高度重视", "周一下午（会议室）", "安全：要高度负责",
    ],
)  # fmt: skip
def test_who_does_not(text):
    assert owners(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("按照《关于加强管理的意见》（国发〔2023〕5号）执行", [("关于加强管理的意见", "国发〔2023〕5号")]),
        ("落实《未成年人保护法》、《义务教育法》", [("未成年人保护法", None), ("义务教育法", None)]),
        ("转发《关于印发〈办法〉的通知》", [("关于印发〈办法〉的通知", None)]),
        ("学习《关于贯彻《条例》的意见》", [("关于贯彻《条例》的意见", None)]),
        ("严格按照省政府213号令", [("省政府213号令", "省政府213号令")]),
        ("根据教育部令第12号", [("教育部令第12号", "教育部令第12号")]),
        ("根据苏教办[20xx]6号文件", [("苏教办[20xx]6号", "苏教办[20xx]6号")]),
        ("住5号楼，3月5号开会", []),
        ("缺一边的《意见", []),
        ("《建筑工程冬期施工规程》（JGJ/T 104—2011）", [("建筑工程冬期施工规程", "JGJ/T 104—2011")]),
        (
            "按GB/T 9704-2012《党政机关公文格式》和《住宅设计规范》（GB50096-2011）",
            [("党政机关公文格式", "GB/T 9704-2012"), ("住宅设计规范", "GB50096-2011")],
        ),
        ("《方案》A4 120页，执行ISO 9001", [("方案", None)]),
    ],
)
def test_documents(text, expected):
    assert citations(text) == expected


PLAN = """某县教育局2024年工作要点
一、学位建设（牵头单位：规划股）
1．新建幼儿园3所，9月1日前投入使用，12月底前验收2所。
2．改造厕所26处。
（1）先改造农村学校的。
二、队伍建设（完成时限：11月底前）
1．培训教师300人次。（责任人：闻人杰）
2．选派校长2名。
责任单位：人事股　完成时限：10月20日
三、安全
按《条例》执行。一是开展演练2次；二是配备保安18名。（责任单位：安全办）
"""


def sections(document):
    return {section.heading or section.text: section for plan in document.plans for section in walk(plan.children)}


def walk(nodes):
    for node in nodes:
        if node.type == "section":
            yield node
        yield from walk(getattr(node, "children", ()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("更换灭火器86具，开发文创产品50款", [("=", 86, "具", None), ("=", 50, "款", None)]),
        ("培训两期，每期不少于60人", [("=", 2, "期", None), (">=", 60, "人", None)]),
        ("编发简报十二期", [("=", 12, "期", None)]),
        ("评选书香班级18个、阅读之星百名", [("=", 18, "个", None), ("=", 100, "名", None)]),
        ("完好率达到九成五", [("=", 95, "%", None)]),
        ("组织生活会一次，推进会两次", [("=", 1, "次", None), ("=", 2, "次", None)]),
        ("二次供水设施改造15处，二次装修不得超过3次", [("=", 15, "处", None), ("<=", 3, "次", None)]),
        ("产值1.2亿元，增幅8%，降幅为3%", [("=", 120_000_000, "元", None), ("=", 8, "%", "increase"), ("=", 3, "%", "decrease")]),
        ("人均收入增速不低于9%", [(">=", 9, "%", "increase")]),
        ("等候时间不超过24小时", [("<=", 24, "小时", None)]),
        ("如期改造3处，若干学校新建教室30间，当前在建5个", [("=", 3, "处", None), ("=", 30, "间", None), ("=", 5, "个", None)]),
        ("如消防演练2次、地震演练3次", [("=", 2, "次", None), ("=", 3, "次", None)]),
        ("当年新增学位200个，达到3小时", [("=", 200, "个", None), ("=", 3, "小时", None)]),
        ("周边道路硬化5公里", [("=", 5, "公里", None)]),
        ("连续举办培训5期", [("=", 5, "期", None)]),
    ],
)
def test_more_figures(text, expected):
    assert targets(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "当3小时降雨量达到50毫米或水库水位超过汛限水位0.5米时，发出指令", "若合格率低于90%的，予以通报", "如超过3次未完成", "一旦水位超过35米，启动响应",
        "气温低于5℃时停止施工", "对连续两次排名末位的学校约谈", "完成率每超1个百分点予以奖励", "每低2个百分点扣罚", "周边5公里范围内道路硬化", "方圆500米内禁止",
        "须在2分30秒内撤离", "耗时1小时30分钟", "两期工程同步推进", "二次结构施工", "百名教师进千家", "提供24小时服务",
    ],
)  # fmt: skip
def test_cases_and_words_are_no_figures(text):
    assert targets(text) == []


def test_others_in_a_list_of_names_share_out():
    assert subjects("CT、MRI等大型检查等候时间分别不超过24小时和72小时") == ["CT大型检查等候时间", "MRI大型检查等候时间"]
    assert subjects("产值1.2亿元，增幅8%") == ["产值", "产值"]


class TestInheritance:
    def owners_of(self, body):
        document = parse(f"2024年工作计划\n{body}")
        return [[(o.text, o.duty, o.inherited) for o in section.owners] for section in walk(document.plans[0].children)]

    def test_a_closing_line_holds_for_a_list_without_lines_of_its_own(self):
        document = parse(
            "2024年工作计划\n一、整治\n1．摸底。\n2．整改12处。\n3．复查。\n责任单位：总务处　完成时限：6月底\n二、其他\n1．学习。\n"
        )
        found = list(walk(document.plans[0].children))
        assert [[(o.text, o.inherited) for o in s.owners] for s in found] == [[("总务处", True)]] * 4 + [[], []]
        assert [[(d.end, d.bound, d.inherited) for d in s.deadlines] for s in found[:4]] == [[("2024-06-30", "by", True)]] * 4

    @pytest.mark.parametrize(
        "first",
        [
            "1．摸底。（责任单位：教务处）",
            "1．摸底。\n责任单位：教务处",
            "1．摸底。\n（1）甲。（责任人：王强）",
            "1．摸底。（完成时限：5月底）",
        ],
    )
    def test_else_it_holds_for_the_last_entry(self, first):
        found = self.owners_of(f"一、整治\n{first}\n2．整改。\n责任单位：总务处\n")
        assert found[0] == []
        assert found[-1] == [("总务处", "responsible", True)]

    def test_a_lead_stays_where_only_support_is_named(self):
        found = self.owners_of(
            "一、整治（牵头单位：教务处；配合单位：工会）\n1．甲。（配合单位：团委）\n2．乙。（责任单位：总务处）\n3．丙。（牵头单位：安全办；配合单位：团委）\n4．丁。（责任单位：工会）\n"
        )
        assert found[1] == [("团委", "support", False), ("教务处", "lead", True)]
        assert found[2] == [("总务处", "responsible", False), ("工会", "support", True)]
        assert found[3] == [("安全办", "lead", False), ("团委", "support", False)]
        assert found[4] == [("工会", "responsible", False)]

    def test_whom_to_ask_does_not_answer_for_what_stands_above(self):
        document = parse("2024年工作计划\n一、目标\n1．甲。\n二、依据\n按条例执行。\n联系人：审管办 方圆，联系电话：7612035。\n")
        assert [section.owners for section in walk(document.plans[0].children)] == [[], [], []]

    @pytest.mark.parametrize("words", ["比上半年多1400台", "比去年下半年减少3%", "与一季度相比增长5%", "较一季度增长5%", "与上半年持平"])
    def test_a_time_compared_with_is_no_deadline(self, words):
        assert parse(f"2024年工作计划\n一、生产\n1．产量{words}。\n").plans[0].children[0].children[0].deadlines == []

    @pytest.mark.parametrize(
        "words", ["控制在8天以内", "不超过8天以内", "降至8天以内", "缩短到8天之内", "控制在8天以内完成", "压缩至8天内"]
    )
    def test_how_long_something_lasts_is_a_figure_and_no_deadline(self, words):
        [section] = parse(f"2024年工作计划\n一、质量\n1．平均住院日{words}。\n").plans[0].children[0].children
        assert [(t.comparator, t.value, t.unit, t.subject) for t in section.targets] == [("<=", 8, "天", "平均住院日")]
        assert section.deadlines == []
        assert section.targets[0].deadline is None

    @pytest.mark.parametrize("words", ["三季度末完成改造", "6月底，全面建成", "年末前完成改造", "年底投入使用"])
    def test_the_end_of_a_time_by_which_something_is_done_is_a_deadline(self, words):
        section = parse(f"2024年工作计划\n一、基建\n1．操场{words}。\n").plans[0].children[0].children[0]
        assert [d.text for d in section.deadlines] == [section.when.text]

    @pytest.mark.parametrize("words", ["三季度末检查完成情况", "年底召开总结会", "年底表彰完成的班级", "6月底，食堂检查，完成改造"])
    def test_the_end_of_a_time_at_which_something_happens_is_none(self, words):
        assert parse(f"2024年工作计划\n一、基建\n1．{words}。\n").plans[0].children[0].children[0].deadlines == []

    @pytest.mark.parametrize("words", ["8天以内完成", "在8天内办结", "签收后8天内上报"])
    def test_how_long_there_is_to_do_something_is_a_deadline(self, words):
        [section] = parse(f"2024年工作计划\n一、质量\n1．整改报告{words}。\n").plans[0].children[0].children
        assert len(section.deadlines) == 1
        assert section.targets == []

    def test_recurring_limits_are_deadlines(self):
        section = parse("2024年工作计划\n一、报告\n1．各科室每月25日前报表，每周五17时前报周报。\n").plans[0].children[0].children[0]
        assert [(d.text, d.bound, d.rrule) for d in section.deadlines] == [
            ("每月25日前", "by", "FREQ=MONTHLY;BYMONTHDAY=25"),
            ("每周五17时前", "by", "FREQ=WEEKLY;BYDAY=FR"),
        ]

    def test_a_heading_hands_down_its_owner(self):
        found = sections(parse(PLAN))
        own = found["学位建设（牵头单位：规划股）"]
        assert [(o.text, o.duty, o.inherited) for o in own.owners] == [("规划股", "lead", False)]
        for key in ("改造厕所26处。", "先改造农村学校的。"):
            assert [(o.text, o.duty, o.inherited) for o in found[key].owners] == [("规划股", "lead", True)]

    def test_each_figure_has_the_deadline_of_its_clause(self):
        section = sections(parse(PLAN))["新建幼儿园3所，9月1日前投入使用，12月底前验收2所。"]
        assert [(d.text, d.inherited) for d in section.deadlines] == [("9月1日前", False), ("12月底前", False)]
        assert [(t.value, t.deadline.end) for t in section.targets] == [(3, "2024-09-01"), (2, "2024-12-31")]

    def test_a_heading_hands_down_its_deadline(self):
        found = sections(parse(PLAN))
        section = (
            found["培训教师300人次。（责任人：闻人杰）"] if "培训教师300人次。（责任人：闻人杰）" in found else found["培训教师300人次"]
        )
        assert [(d.end, d.inherited) for d in section.deadlines] == [("2024-11-30", True)]
        assert [(o.text, o.kind, o.inherited) for o in section.owners] == [("闻人杰", "person", False)]

    def test_a_closing_line_holds_for_its_section(self):
        section = sections(parse(PLAN))["选派校长2名。"]
        assert [(o.text, o.inherited) for o in section.owners] == [("人事股", True)]
        assert [(d.end, d.inherited) for d in section.deadlines] == [("2024-10-20", True)]

    def test_a_bracket_behind_the_last_point_holds_for_all_points(self):
        points = [s for s in walk(parse(PLAN).plans[0].children) if (s.heading or s.text or "").startswith(("开展演练", "配备保安"))]
        assert [[o.text for o in point.owners] for point in points] == [["安全办"], ["安全办"]]
        assert [point.owners[0].inherited for point in points] == [True, False]

    def test_the_members_of_a_group_do_not_answer_for_what_is_below(self):
        document = parse("工作方案\n一、组织领导（组长：石秉文）\n1．加强管理。\n2．抓好落实。\n二、其他\n")
        assert [section.owners for section in walk(document.plans[0].children) if section.level == 2] == [[], []]

    def test_columns_hold_for_their_row(self):
        rows = "2024年秋学期安排\n周次\t日期\t工作\t负责人\n1\t9/2-9/8\t1、备课 2、听课4节\t教务处\n2\t9/9-9/15\t周三 检查\t王强、李敏\n"
        schedule = parse(rows).plans[0].children[0]
        first, second = schedule.children[0].items
        assert [(o.text, o.kind, o.inherited) for o in first.owners] == [("教务处", "unit", True)]
        assert (second.targets[0].value, second.targets[0].unit) == (4, "节")
        assert [(d.start, d.end, d.inherited) for d in second.deadlines] == [("2024-09-02", "2024-09-08", True)]
        other = schedule.children[1].items[0]
        assert [(o.text, o.kind) for o in other.owners] == [("王强", "person"), ("李敏", "person")]
        assert other.deadlines == []  # it has a day of its own

    def test_tables_by_their_columns(self):
        table = "2024年任务\n一、分解表\n序号\t任务\t投资（万元）\t牵头单位\t完成时间\n1\t食堂改造14处\t120\t后勤中心\t8月底前\n2\t围墙维修\t35.5\t规划股、安全办\t7月15日\n"
        table = parse(table).plans[0].children[0].children[0]
        assert table.type == "table"
        assert [fact.row for fact in table.facts] == [1, 2]
        first, second = table.facts
        assert [(t.value, t.unit, t.subject) for t in first.targets] == [(14, "处", "食堂"), (1_200_000, "元", "投资")] or [
            (t.value, t.unit) for t in first.targets
        ] == [(14, "处"), (1_200_000, "元")]
        assert [(o.text, o.duty) for o in second.owners] == [("规划股", "lead"), ("安全办", "lead")]
        assert [(d.end, d.bound) for d in second.deadlines] == [("2024-07-15", "by")]


class TestWords:
    """The dictionary is asked only where rules end."""

    def loaded(self, text):
        code = "import sys, planparse; planparse.parse(sys.stdin.read()); print('jieba' in sys.modules)"
        done = subprocess.run(
            [sys.executable, "-c", code],
            input=text.encode(),
            capture_output=True,
            check=True,
            env=environment() | {"PYTHONUTF8": "1"},
            timeout=60,
        )
        return done.stdout.decode().strip() == "True"

    def test_rules_settle_what_is_labelled(self):
        assert not self.loaded(PLAN)
        assert not self.loaded((ROOT / "samples" / "annual-targets.txt").read_text("utf-8"))

    def test_a_lone_name_is_looked_up(self):
        assert self.loaded("值班安排\n一、分工\n1．李敏：负责全面工作。\n")

    def test_words_that_begin_like_names_are_none(self):
        assert owners("安全：负责到底") == []
        assert owners("周末负责巡查") == []


@pytest.mark.parametrize("name", ["sentences.txt", "unseen.txt"])
def test_the_labelled_sentences_are_read(name):
    """The floor under the benchmark: precision and recall of each kind of fact."""
    import importlib.util

    place = ROOT / "tests" / "benchmarks" / "facts.py"
    spec = importlib.util.spec_from_file_location("benchmark_of_facts", place)
    benchmark = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(benchmark)
    cases = benchmark.cases_of(place.with_suffix("") / name)
    assert len(cases) >= 150
    assert sum(not case.facts for case in cases) >= 60
    read = benchmark.planparse_reader()
    scores = benchmark.score(cases, [read(case.text) for case in cases])
    for kind in benchmark.KINDS:
        assert scores[kind]["precision"] >= 0.95, kind
        assert scores[kind]["recall"] >= 0.95, kind


@pytest.mark.parametrize(
    ("line", "bound"),
    [
        ("值班时间：2024年2月9日至2月17日", None),
        ("时间：2月9日", None),
        ("完成时间：6月底", "by"),
        ("整改时限：3月5日", "by"),
        ("完成时间：3月至5月", None),
    ],
)
def test_only_a_slot_for_deadlines_makes_one(line, bound):
    section = parse(f"2024年工作计划\n一、任务\n1．{line}\n").plans[0].children[0].children[0]
    assert section.when.bound == bound


PIECES = [
    "第", "3", "十四五", "一", "个", "所", "万", "元", "%", "百分之", "不少于", "以上", "、", "，", "。", "（", "）", "《", "》", "责任单位", "：", "教务处", "由", "负责", "王强",
    "办公室", "设在", "分别", "提高", "达到", "零", "事故", "号令", "〔2023〕", "5号", "翻", "番", "—", " ", "\n", "&nbs\np;", "组长", "等", "和", "12月底前",
]  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_every_fact_stands_where_it_says(text):
    source = f"工作计划\n一、任务\n1．{text}\n"
    for section in walk(parse(source).plans[0].children) if parse(source).plans else ():
        for target in section.targets:
            span = source[target.position.start.offset : target.position.end.offset]
            assert section.position.start.offset <= target.position.start.offset < target.position.end.offset <= section.position.end.offset
            assert "".join(target.text.split())[0] in span
        for citation in section.citations:
            assert citation.position.end.offset <= section.position.end.offset
