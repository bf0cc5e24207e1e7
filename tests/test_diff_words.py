"""The words of two entries side by side: what is never cut, what is joined, and that nothing is lost."""

import importlib.util
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.diff.words import cutter, marks

SIGNS = "加强学校安全工作王李敏年月日周星期分之个，。、（）《》0123456789.%,／/:AbC十二三百 \n－"
TEXTS = st.text(SIGNS, max_size=40)


def shown(old, new, **options):
    """The marks as git prints them: [-gone-]{+come+}."""

    def one(mark):
        return mark.old if mark.verb == "equal" else (f"[-{mark.old}-]" if mark.old else "") + (f"{{+{mark.new}+}}" if mark.new else "")

    return "".join(map(one, marks(old, new, **options)))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("培训班主任35人", "培训班主任50人", "培训班主任[-35-]{+50+}人"),
        ("完好率达到95.5%以上", "完好率达到95.8%以上", "完好率达到[-95.5%-]{+95.8%+}以上"),
        ("投入资金1,200万元", "投入资金1,300万元", "投入资金[-1,200-]{+1,300+}万元"),
        ("改造操场十五个", "改造操场二十五个", "改造操场[-十五-]{+二十五+}个"),
        ("合格率百分之九十", "合格率百分之九十五", "合格率[-百分之九十-]{+百分之九十五+}"),
        ("于2025年3月底完成验收", "于2026年5月底完成验收", "于[-2025年3月底-]{+2026年5月底+}完成验收"),
        ("8月27日全体教师报到", "8月25日全体教师报到", "[-8月27日-]{+8月25日+}全体教师报到"),
        ("例会定于周四召开", "例会定于周五召开", "例会定于[-周四-]{+周五+}召开"),
        ("例会定于星期四召开", "例会定于星期日召开", "例会定于[-星期四-]{+星期日+}召开"),
        ("听课每周四次并做记录", "听课每周五次并做记录", "听课每周[-四-]{+五+}次并做记录"),
        ("全校三分之一的班级", "全校三分之二的班级", "全校[-三分之一-]{+三分之二+}的班级"),
        ("早上8:30全体到校", "早上8:40全体到校", "早上[-8:30-]{+8:40+}全体到校"),
        ("早上8：30全体到校", "早上9：30全体到校", "早上[-8：30-]{+9：30+}全体到校"),
        ("27/8全体教师报到", "25/8全体教师报到", "[-27/8-]{+25/8+}全体教师报到"),
        ("教室接入WiFi5网络", "教室接入WiFi6网络", "教室接入[-WiFi5-]{+WiFi6+}网络"),
        ("落实“十三五”规划任务", "落实“十四五”规划任务", "落实“[-十三五-]{+十四五+}”规划任务"),
    ],
)
def test_a_figure_a_date_a_latin_word_is_shown_whole(old, new, expected):
    assert shown(old, new) == expected


def test_a_single_sign_between_two_changes_belongs_to_them():
    assert shown("切实加强图书管理员培训", "着力增强图书管理员培训") == "[-切实加-]{+着力增+}强图书管理员培训"
    assert shown("全校师生爱护花草树木", "全体师长爱护花草树木") == "全[-校师生-]{+体师长+}爱护花草树木"


def test_a_measure_word_or_a_mark_between_two_changes_stays():
    assert shown("每班订阅3份校报给学生", "每班订阅5份日报给学生") == "每班订阅[-3-]{+5+}份[-校-]{+日+}报给学生"
    assert shown("检查食堂，宿舍与图书室", "检查操场，教室与图书室") == "检查[-食堂-]{+操场+}，[-宿舍-]{+教室+}与图书室"


def test_names_that_are_given_are_not_cut():
    assert shown("值班教师由王强负责", "值班教师由王小强负责") == "值班教师由王{+小+}强负责"
    assert shown("值班教师由王强负责", "值班教师由王小强负责", whole=("王强", "王小强")) == "值班教师由[-王强-]{+王小强+}负责"


def test_where_too_little_is_alike_there_are_no_marks():
    assert marks("整理阅览室的旧报纸", "召开秋季运动会动员大会") == []
    assert marks("", "召开秋季运动会") == []


def test_width_counts_unless_it_is_folded():
    assert shown("检查食堂,宿舍", "检查食堂，宿舍") == "检查食堂[-,-]{+，+}宿舍"
    assert marks("检查食堂,宿舍", "检查食堂，宿舍", fold=True) == []
    folded = marks("检查食堂,宿舍两次", "检查食堂，宿舍三次", fold=True)
    assert [(mark.verb, mark.old, mark.new) for mark in folded] == [
        ("equal", "检查食堂,宿舍", "检查食堂，宿舍"),
        ("replace", "两", "三"),
        ("equal", "次", "次"),
    ]


def test_a_word_cutter_keeps_words_whole():
    def pairs_of_signs(text):
        return [text[k : k + 2] for k in range(0, len(text), 2)]

    assert shown("组织教师阅读名著8本", "组织教师阅历名著9本") == "组织教师阅[-读-]{+历+}名著[-8-]{+9+}本"
    assert shown("组织教师阅读名著8本", "组织教师阅历名著9本", cut=pairs_of_signs) == "组织教师[-阅读-]{+阅历+}名著[-8-]{+9+}本"


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::UserWarning")
def test_the_dictionary_cuts_words_and_leaves_figures_alone():
    cut = cutter()
    assert "".join(cut("加强学校安全工作")) == "加强学校安全工作"
    assert "学校" in cut("加强学校安全工作")
    assert shown("完好率达到95.5%以上", "完好率达到96%以上", cut=cut) == "完好率达到[-95.5%-]{+96%+}以上"


@pytest.mark.skipif(importlib.util.find_spec("rjieba") is not None, reason="the faster dictionary is installed")
def test_without_the_faster_dictionary_the_usual_one_cuts():
    assert cutter().__module__ == "planparse.facts.words"


@given(TEXTS, TEXTS, st.booleans())
def test_put_together_the_marks_are_the_two_texts(old, new, fold):
    found = marks(old, new, fold=fold, whole=("王李", "安全"))
    if found:
        assert ("".join(mark.old for mark in found), "".join(mark.new for mark in found)) == (old, new)
        assert all(mark.old or mark.new for mark in found)
        assert all(one.verb != other.verb for one, other in pairwise(found))


@given(TEXTS)
def test_a_text_beside_itself_has_no_marks(text):
    assert marks(text, text) == []


@given(TEXTS, TEXTS, st.booleans())
def test_the_other_way_round_the_marks_are_mirrored(old, new, fold):
    mirror = {"insert": "delete", "delete": "insert"}
    there, back = marks(old, new, fold=fold), marks(new, old, fold=fold)
    assert [(mirror.get(mark.verb, mark.verb), mark.new, mark.old) for mark in there] == [(mark.verb, mark.old, mark.new) for mark in back]


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_no_digit_of_a_changed_figure_is_shared(old, new):
    found = marks(f"全年培训各类教师共{old}人次", f"全年培训各类教师共{new}人次")
    assert [(mark.old, mark.new) for mark in found if mark.verb != "equal"] == ([(str(old), str(new))] if old != new else [])
