"""Values that differ from last year's: which is which, up or down, earlier or later, and what is no change at all."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse import parse
from planparse.diff.fields import compare, holder
from planparse.diff.model import FieldChange
from planparse.diff.units import NOTHING, Values
from planparse.model import Basis, Citation, Deadline, Owner, Target, When
from planparse.report.changes.wording import distance


def read(entry, year):
    """The values of the one entry of a plan for a year, and its words."""
    section = parse(f"城南小学{year}年工作计划\n一、工作安排\n1．{entry}\n").plans[0].children[0].children[0]
    when = section.when
    if when is not None and any(when.position == due.position for due in section.deadlines):
        when = None
    words = "".join(filter(None, (section.heading, section.text)))
    return Values(section.targets, section.owners, section.deadlines, section.citations, when), words


def changes(old, new, years=1):
    """How an entry of 2023 differs from that of a later year."""
    (one, old_text), (other, new_text) = read(old, 2023), read(new, 2023 + years)
    return compare(one, other, years=years, old_text=old_text, new_text=new_text)


def named(value):
    return None if value is None else value.title if isinstance(value, Citation) else value.text


def told(old, new, years=1):
    return [(one.field, one.change, named(one.old), named(one.new)) for one in changes(old, new, years)]


# -- targets -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "change", "amount", "percent"),
    [
        ("培训骨干教师40人次。", "培训骨干教师60人次。", "raised", 20, 50.0),
        ("持证上岗率达到80%。", "持证上岗率达到88%以上。", "raised", 8, 10.0),
        ("投入经费440万元。", "投入经费400万元。", "lowered", -400_000, -9.09),
        ("投入经费9000万元。", "投入经费1亿元。", "raised", 10_000_000, 11.11),
        ("班额不超过50人。", "班额不超过45人。", "lowered", -5, -10.0),
        ("听课20至30节次，选择2-3个村联系。", "听课20至30节次，选择2-4个村联系。", "raised", 1, 33.33),
        ("选择1-2个村联系。", "选择2个村联系。", "raised", 1, 100.0),
        ("选择1-4个村联系。", "选择2-3个村联系。", "replaced", None, None),
        ("实现零事故。", "实现零事故，新建幼儿园2所。", "added", None, None),
        ("演练2次。", "演练不少于2次。", "replaced", None, None),
        ("合格率提高5个百分点。", "合格率达到95%。", "replaced", None, None),
        ("覆盖率达三分之二以上。", "覆盖率达80%以上。", "raised", 13.33, 19.99),
        ("覆盖率达三分之一以上。", "覆盖率达三分之二以上。", "raised", 0.3334, 100.03),
        ("建设数字化校园35个。", "建设数字化校园30所。", "lowered", -5, -14.29),
        ("招募志愿者35名。", "招募志愿者40人。", "raised", 5, 14.29),
        ("建设数字化校园35个。", "建设数字化校园30平方米。", "replaced", None, None),
    ],
)
def test_a_target_rises_or_falls_by_its_figure(old, new, change, amount, percent):
    [found] = changes(old, new)
    assert (found.field, found.change, found.amount, found.percent) == ("target", change, amount, percent)


@pytest.mark.parametrize(
    ("old", "new", "change", "amount", "percent"),
    [
        ("应急演练每年不少于2次。", "应急演练每季度不少于1次。", "raised", 2, 100.0),
        ("党员大会每季度至少召开一次。", "党员大会每半年至少召开一次。", "lowered", -1, -50.0),
        ("支委会每月召开一次。", "支委会每季度召开一次。", "lowered", -2, -66.67),
        ("全年组织演练1次。", "每两个月组织演练1次。", "raised", 5, 500.0),
        ("每学期听课20节。", "每学年听课50节。", "raised", 10, 25.0),
        ("每季度，检查食堂1次。", "每季度，检查食堂3次。", "raised", 2, 200.0),
        ("检查食堂2次/年。", "检查食堂1次/季度。", "raised", 2, 100.0),
        ("每月检查食堂2次。", "每年检查食堂2次。", "lowered", -22, -91.67),
        ("每周检查食堂2次。", "每月检查食堂4次。", "lowered", -4.666667, -53.85),
        ("每周检查食堂1次。", "每月检查食堂4次。", "replaced", None, None),
        ("检查食堂2次。", "每月检查食堂1次。", "replaced", None, None),
        ("检查食堂2次。", "全年检查食堂3次。", "raised", 1, 50.0),
        ("每月检查，出勤率达到90%。", "每季度检查，出勤率达到95%。", "raised", 5, 5.56),
    ],
)
def test_figures_for_two_periods_are_told_for_the_longer_one(old, new, change, amount, percent):
    found = [one for one in changes(old, new) if one.field == "target"]
    assert [(one.change, one.amount, one.percent) for one in found] == [(change, amount, percent)]


def test_reports_say_that_such_an_amount_is_for_one_period():
    [paced] = changes("应急演练每年不少于2次。", "应急演练每季度不少于1次。")
    [plain] = changes("投入经费440.2万元。", "投入经费400.1万元。")
    assert [distance(one, str) for one in (paced, plain)] == ["for one period +2, +100 %", "−40.1, −9.1 %"]


def test_a_figure_that_is_due_less_often_tells_the_new_recurrence():
    assert told("支委会每月召开一次。", "支委会每季度召开一次。") == [("target", "lowered", "一次", "一次")]
    assert told("支委会每月召开。", "支委会每季度召开。") == [("when", "replaced", "每月", "每季度")]
    assert told("应急演练每年4次。", "应急演练每季度1次。") == [("when", "replaced", "每年", "每季度")]


def test_each_target_is_compared_with_the_one_of_its_subject():
    assert told("小学巩固率达到90%，初中巩固率达到95%。", "初中巩固率达到97%，小学巩固率达到95%。") == [
        ("target", "raised", "95%", "97%"),
        ("target", "raised", "90%", "95%"),
    ]
    assert told("新建幼儿园3所，改造食堂5个。", "改造食堂6个，新建幼儿园3所。") == [("target", "raised", "5个", "6个")]


def test_figures_of_different_things_are_no_pair():
    assert told("购置图书500册。", "植树50棵。") == [("target", "added", None, "50棵"), ("target", "dropped", "500册", None)]
    assert told("新建公厕3座。", "维修桥梁5座。") == [("target", "added", None, "5座"), ("target", "dropped", "3座", None)]


def test_one_amount_in_two_units_is_no_change():
    assert told("投入经费10000万元。", "投入经费1亿元。") == []
    assert told("至少开展两次演练。", "开展演练不少于2次。") == []
    assert told("建设数字化校园35个。", "建设数字化校园35所。") == []


def several(*entries, year=2023):
    """The values and the words of several entries put together."""
    found = [read(entry, year) for entry in entries]
    lists = ([value for values, _ in found for value in getattr(values, name)] for name in ("targets", "owners", "deadlines", "citations"))
    return Values(*lists, None), " ".join(words for _, words in found)


@pytest.mark.parametrize(
    ("entries", "whole", "left"),
    [
        (["每月开展演练不少于1次。", "每月开展培训不少于1次。"], "每月开展演练、培训不少于1次。", []),
        (["每月开展演练不少于1次。", "每月开展培训不少于1次。"], "每月开展演练不少于1次。", ["不少于1次"]),
        (["每月开展演练不少于1次。", "每月开展培训不少于2次。"], "每月开展演练、培训不少于1次。", ["不少于2次"]),
    ],
)
def test_entries_that_promise_the_same_may_say_it_once_together(entries, whole, left):
    (parts, parts_text), (one, text) = several(*entries), several(whole)
    merged = compare(parts, one, years=0, old_text=parts_text, new_text=text, parts=True)
    assert [(found.change, found.old.text) for found in merged] == [("dropped", words) for words in left]
    split = compare(one, parts, years=0, old_text=text, new_text=parts_text, parts=True)
    assert [(found.change, found.new.text) for found in split] == [("added", words) for words in left]


def test_one_entry_that_promises_less_has_dropped_it():
    assert told("开展演练不少于1次，开展培训不少于1次。", "开展演练不少于1次，开展培训。") == [("target", "dropped", "不少于1次", None)]


# -- where a value stands ----------------------------------------------------------------------------------------


def test_a_value_stands_in_the_part_that_holds_it():
    parts = ["开展培训，听课21次。", "检查食堂1次，由总务处负责。", "教研1次，落实《安全工作要点》。"]
    hearing, checking = (Target(text=f"{n}次", value=n, unit="次", subject=subject) for n, subject in ((21, "听课"), (1, "教研")))
    change = FieldChange(field="target", change="replaced", old=hearing, new=checking)
    assert (holder(change, parts, "old"), holder(change, parts, "new")) == (0, 2)
    once = FieldChange(field="target", change="added", new=Target(text="1次", value=1, unit="次"))
    assert (holder(once, parts, "new"), holder(once, parts, "old")) == (1, 0)
    owner = FieldChange(field="owner", change="added", new=Owner(text="总务处", kind="unit"))
    assert holder(owner, parts, "new") == 1
    cited = FieldChange(field="citation", change="dropped", old=Citation(title="安全工作要点"))
    assert holder(cited, parts, "old") == 2
    assert holder(cited, parts[:2], "old") == 0


# -- deadlines and other times -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "change", "days"),
    [
        ("2023年8月底前完成改造。", "2024年5月底前完成改造。", "earlier", -92),
        ("2023年5月底前完成改造。", "2024年8月底前完成改造。", "later", 92),
        ("8月底前完成改造。", "9月10日前完成改造。", "later", 10),
        ("2026年8月底前完成改造。", "2026年10月底前完成改造。", "later", 61),
        ("2026年8月底前完成改造。", "2027年10月底前完成改造。", "later", 61),
        ("3月—5月完成改造。", "4月—5月完成改造。", "replaced", None),
        ("在15个工作日内办结。", "在10个工作日内办结。", "earlier", -5),
        ("在两周内办结。", "在15天内办结。", "replaced", None),
        ("学校完成改造。", "8月底前学校完成改造。", "added", None),
        ("8月底前学校完成改造。", "学校完成改造。", "dropped", None),
    ],
)
def test_a_deadline_comes_earlier_or_later_than_a_year_on(old, new, change, days):
    [found] = changes(old, new)
    assert (found.field, found.change, found.amount) == ("deadline", change, days)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2023年8月底前完成改造。", "2024年8月底前完成改造。"),
        ("2023年2月底前完成改造。", "2024年2月底前完成改造。"),
        ("年底前完成改造。", "年底前完成改造。"),
        ("2026年底前完成改造。", "2026年底前完成改造。"),
        ("2026年底前完成改造。", "2026年12月31日前完成改造。"),
        ("2026年底前完成改造。", "2027年底前完成改造。"),
        ("8月底前完成改造。", "2024年8月31日前完成改造。"),
        ("8月完成改造。", "8月底前完成改造。"),
        ("在15个工作日内办结。", "在十五个工作日内办结。"),
    ],
)
def test_a_deadline_that_moves_along_with_the_plan_is_no_change(old, new):
    assert told(old, new) == []


def test_each_deadline_is_compared_with_the_one_of_its_clause():
    assert told("3月底前制定改造方案；10月底前完成工程验收。", "4月底前制定改造方案；10月底前完成工程验收。") == [
        ("deadline", "later", "3月底前", "4月底前")
    ]


def test_a_deadline_may_stand_for_a_time_of_the_other_year():
    assert [(one.field, one.change, one.amount) for one in changes("操场6月底前完成改造。", "操场三季度末完成改造。")] == [
        ("deadline", "later", 92)
    ]
    assert [(one.field, one.change, one.amount) for one in changes("操场8月31日前完成改造。", "操场9月10日完成改造。")] == [
        ("deadline", "later", 10)
    ]
    assert [(one.field, one.change, one.amount) for one in changes("操场9月10日完成改造。", "操场8月31日前完成改造。")] == [
        ("deadline", "earlier", -10)
    ]
    assert told("8月底前完成操场改造。", "教师节那天即9月10日隆重表彰先进。") == [
        ("deadline", "dropped", "8月底前", None),
        ("when", "added", None, "9月10日"),
    ]


def test_the_words_of_its_clause_tell_which_deadline_it_is_before_its_day_does():
    assert told("举办科技节，10月学校初赛，11月全市组织决赛。", "举办科技节，11月学校初赛，12月全市组织决赛。") == [
        ("deadline", "later", "10月", "11月"),
        ("deadline", "later", "11月", "12月"),
    ]
    assert told("做好总结，3月底前完成。", "做好总结，年底前报送总结，2月底前完成。") == [
        ("deadline", "earlier", "3月底前", "2月底前"),
        ("deadline", "added", None, "年底前"),
    ]


def test_an_inherited_deadline_counts_only_against_one_of_the_entrys_own():
    heading, own = due("2023-12-31", inherited=True), due("2024-06-30")
    there, here = NOTHING._replace(deadlines=[heading]), NOTHING._replace(deadlines=[own])
    other = NOTHING._replace(deadlines=[due("2024-10-31", inherited=True)])
    assert compare(there, other, years=1, old_text="", new_text="") == []
    assert [(one.change, one.amount) for one in compare(there, here, years=1, old_text="", new_text="")] == [("earlier", -184)]
    assert compare(NOTHING, other, years=1, old_text="", new_text="") == []


def times(old, new, **step):
    found = compare(NOTHING._replace(when=old), NOTHING._replace(when=new), **{"years": 0} | step, old_text="", new_text="")
    return [(one.field, one.change, one.amount) for one in found]


def day(iso, end=None, **more):
    return When(text=iso, kind="range" if end else "date", start=iso, end=end or iso, edtf=iso, basis=Basis(year="inferred"), **more)


def due(iso, inherited=False):
    return Deadline(text=iso, kind="date", start=iso, end=iso, edtf=iso, bound="by", basis=Basis(year="written"), inherited=inherited)


def test_a_schedule_that_moves_as_a_whole_moves_its_times_along():
    assert times(day("2023-08-27", "2023-09-02"), day("2024-08-25", "2024-08-31"), days=364) == []
    assert times(day("2023-08-27", "2023-09-02"), day("2024-08-26", "2024-09-01"), days=364) == [("when", "later", 1)]
    assert times(day("2023-08-27"), day("2024-08-27"), days=364, years=1) == []
    assert times(day("2023-08-27", "2023-09-02"), day("2023-08-28", "2023-09-01")) == [("when", "replaced", None)]


def test_while_the_year_is_open_month_and_day_are_compared():
    def masked(edtf):
        return When(text=edtf, kind="date", edtf=edtf)

    assert times(masked("XXXX-08-27"), masked("XXXX-08-27"), years=1) == []
    assert times(masked("XXXX-08-27"), masked("XXXX-09-01"), years=1) == [("when", "later", 5)]
    assert times(masked("XXXX-12-30"), masked("XXXX-01-01"), days=2) == []
    assert times(masked("XXXX-12/XXXX-01"), day("2024-12-01", "2025-01-31"), years=1) == []
    assert times(masked("20XX-12"), masked("XXXX-12-31")) == [("when", "replaced", None)]


def test_a_weekday_is_compared_within_its_week():
    def weekday(text):
        return When(text=text, kind="weekday")

    assert times(weekday("周四"), weekday("星期四")) == []
    assert times(weekday("周四"), weekday("周五下午")) == [("when", "later", 1)]
    assert times(weekday("周三、周四"), weekday("周二、周三")) == [("when", "earlier", -1)]
    assert times(weekday("周三、周四"), weekday("周二、周四")) == [("when", "replaced", None)]


def test_the_hour_counts_where_both_name_one():
    morning, afternoon = (day("2023-09-04").model_copy(update={"time_of_day": hour, "text": hour}) for hour in ("上午", "下午"))
    assert times(morning, afternoon) == [("when", "replaced", None)]
    assert times(day("2023-09-04"), afternoon) == []


def test_the_plans_own_year_dates_no_entry():
    assert told("今年培训教师30人。", "着力培训教师30人。") == []


def test_a_time_that_still_stands_in_the_text_is_not_gone():
    there, text = NOTHING._replace(when=day("2023-09-04")), "2024-09-04开学，9月10日庆祝教师节"
    assert compare(there, NOTHING, years=1, old_text="", new_text=text) == []
    assert [one.change for one in compare(there, NOTHING, years=1, old_text="", new_text="开学")] == ["dropped"]


@pytest.mark.parametrize("time", ["本周", "每天", "每周五", "周五"])
def test_a_time_that_no_calendar_fixes_is_not_told_to_come_or_go(time):
    assert told(f"{time}检查食堂。", "检查食堂。") == []
    assert told("检查食堂。", f"{time}检查食堂。") == []


# -- owners ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("维修操场（责任人：王强）。", "维修操场（责任人：李敏）。", [("replaced", "王强", "李敏")]),
        ("成绩登记：王小明", "成绩登记：李晓红", [("replaced", "王小明", "李晓红")]),
        ("维修操场（责任单位：教务处、总务处）。", "维修操场（责任单位：总务处、教务处）。", []),
        ("维修操场（责任单位：教务处、总务处）。", "维修操场（责任单位：教务处、德育处）。", [("replaced", "总务处", "德育处")]),
        ("维修操场（责任单位：教务处、总务处）。", "维修操场（责任单位：教务处）。", [("dropped", "总务处", None)]),
        ("维修操场。", "维修操场（责任单位：总务处）。", [("added", None, "总务处")]),
        ("维修操场（责任单位：总务处）。", "维修操场（牵头单位：总务处）。", []),
        ("维修操场（责任单位：总务处）。", "维修操场（配合单位：总务处）。", [("replaced", "总务处", "总务处")]),
        ("维修操场（责任单位：教务处、总务处、工会）。", "维修操场（责任单位：办公室）。", None),
    ],
)
def test_owners_are_compared_duty_by_duty_in_any_order(old, new, expected):
    found = told(old, new)
    if expected is None:  # three offices gave way to one: which of them it replaced nobody can say
        assert sorted(change for _, change, _, _ in found) == ["added", "dropped", "dropped", "dropped"]
    else:
        assert found == [("owner", *one) for one in expected]


def test_who_is_named_once_instead_of_twice_still_answers():
    twice, once = owners("王强", "王强"), owners("王强")
    assert compare(twice, once, years=1, old_text="", new_text="") == []
    [found] = compare(twice, owners("王强", "李敏"), years=1, old_text="", new_text="")
    assert (found.change, named(found.old), named(found.new)) == ("replaced", "王强", "李敏")


def test_what_sort_of_owner_it_is_does_not_count():
    person = Values([], [Owner(text="王 强", kind="person")], [], [], None)
    assert compare(owners("王强同志"), person, years=1, old_text="", new_text="") == []


def owners(*names):
    return NOTHING._replace(owners=[Owner(text=name, kind="unit") for name in names])


# -- documents ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("落实《城南区教育“十三五”规划》。", "落实《城南区教育“十四五”规划》。", "replaced"),
        ("落实《2023年安全工作要点》。", "落实《2024年安全工作要点》。", None),
        ("落实《2022年安全工作要点》。", "落实《2024年安全工作要点》。", "replaced"),
        ("落实《安全工作要点》（城教〔2023〕5号）。", "落实《安全工作要点》（城教〔2024〕8号）。", "replaced"),
        ("落实《安全工作要点》（城教〔2023〕5号）。", "落实《安全工作要点》（城教〔2024〕5号）。", None),
        ("落实《二〇二三年安全工作要点》。", "落实《二〇二四年安全工作要点》。", None),
        ("落实《二〇二三年安全工作要点》。", "落实《2024年安全工作要点》。", None),
        ("落实《二〇二二年安全工作要点》。", "落实《二〇二四年安全工作要点》。", "replaced"),
        ("落实《第四届运动会方案》。", "落实《第五届运动会方案》。", None),
        ("落实工作要点。", "落实《安全工作要点》。", "added"),
        ("落实《安全工作要点》。", "落实工作要点。", "dropped"),
    ],
)
def test_a_document_is_replaced_by_one_of_its_kind(old, new, expected):
    assert [(one.field, one.change) for one in changes(old, new)] == ([("citation", expected)] if expected else [])


def test_documents_of_two_kinds_are_one_gone_and_one_new():
    assert told("落实《安全工作要点》。", "落实《家庭教育促进法》。") == [
        ("citation", "added", None, "家庭教育促进法"),
        ("citation", "dropped", "安全工作要点", None),
    ]


# -- laws --------------------------------------------------------------------------------------------------------

FIGURES = st.integers(0, 6).map(float)
TARGETS = st.builds(
    lambda value, more, unit, share, subject, comparator, change: Target(
        text=f"{value:g}{unit or share}", value=value, upper=value + more if more else None, unit=unit, subject=subject, comparator=comparator,
        change=change,
    ),
    FIGURES, st.integers(0, 2), st.sampled_from([None, "%", "所", "个"]), st.sampled_from(["", "分之一"]), st.sampled_from([None, "学校", "小学", "小学达标率"]),
    st.sampled_from(["=", ">="]), st.sampled_from([None, "increase"]),
)  # fmt: skip
DAYS = st.dates(min_value=date(2023, 1, 1), max_value=date(2024, 12, 31)).map(str)
OPEN = st.sampled_from(["XXXX-08-27", "XXXX-02", "XXXX-12/XXXX-01", "20XX-12-31", None])
DEADLINES = st.one_of(
    st.builds(due, DAYS, st.booleans()),
    st.builds(lambda edtf: Deadline(text=edtf or "本学期末", kind="date", edtf=edtf, bound="by"), OPEN),
    st.builds(lambda days: Deadline(text=f"{days}天内", kind="duration", bound="by"), st.integers(1, 3)),
)
OWNERS = st.builds(
    Owner, text=st.sampled_from(["王强", "李敏", "教务处", "总务处", "总务科"]), kind=st.just("unit"),
    duty=st.sampled_from(["responsible", "lead", "support"]), inherited=st.booleans(),
)  # fmt: skip
CITATIONS = st.builds(
    Citation, title=st.sampled_from(["2023年要点", "2024年要点", "2025年要点", "教育法"]), number=st.sampled_from([None, "城教〔2023〕5号"])
)
WHENS = st.one_of(st.none(), DAYS.map(day), st.sampled_from(["周三", "周五"]).map(lambda text: When(text=text, kind="weekday")))
VALUES = st.builds(
    Values, st.lists(TARGETS, max_size=4), st.lists(OWNERS, max_size=4), st.lists(DEADLINES, max_size=3), st.lists(CITATIONS, max_size=3),
    WHENS,
)  # fmt: skip
MIRROR = {"raised": "lowered", "earlier": "later", "added": "dropped"}
MIRROR |= {after: before for before, after in MIRROR.items()}


LEADS = st.sampled_from(["经费", "每年", "每季度", "每周", "每天", "每学期", "每月检查，每年"])


def words(values, lead="经费"):
    figures = "、".join([lead, *(one.text for one in values.targets)])
    return "，".join([figures, *(one.text for one in (*values.deadlines, *([values.when] if values.when else [])))])


@given(VALUES, VALUES, st.integers(-1, 1), st.sampled_from([0, 0, 364, -7]), LEADS, LEADS)
def test_the_other_way_round_the_changes_are_mirrored(old, new, years, days, lead, other):
    there = compare(old, new, years=years, days=days, old_text=words(old, lead), new_text=words(new, other))
    back = compare(new, old, years=-years, days=-days, old_text=words(new, other), new_text=words(old, lead))
    mirrored = [(one.field, MIRROR.get(one.change, one.change), one.new, one.old, one.amount and -one.amount) for one in there]
    assert sorted(mirrored, key=repr) == sorted(((one.field, one.change, one.old, one.new, one.amount) for one in back), key=repr)


@given(VALUES)
def test_an_entry_beside_itself_has_no_changes(values):
    assert compare(values, values, years=0, old_text=words(values), new_text=words(values)) == []


@given(VALUES, VALUES)
def test_each_own_value_is_told_at_most_once(old, new):
    found = compare(old, new, years=1, old_text=words(old), new_text=words(new))
    for side, values in (("old", old), ("new", new)):
        told = [id(value) for one in found if (value := getattr(one, side)) is not None]
        have = [id(one) for one in (*values.targets, *values.owners, *values.deadlines, *values.citations, values.when)]
        assert len(told) == len(set(told))
        assert set(told) <= set(have)
