"""A comparison on a screen: sums, what to look at first, changes in order, both years' words with what differs marked."""

import re
from io import BytesIO

import pytest
from comparisons import (
    BUSES_ADDED,
    CANTEENS_REMOVED,
    DEADLINE_LATER,
    RENUMBERED,
    SAME,
    SCHOOLS_LOWERED,
    TRAINING_MOVED,
    WORK,
    YEAR_ONLY,
    YEAR_STEP,
    comparison,
    deadlines,
    everyday,
    figures,
    owners,
    record,
    side,
    target,
)
from hypothesis import given
from hypothesis import strategies as st

from planparse.diff.model import FieldChange, Shift
from planparse.messages import translator
from planparse.model import Citation, Measure, Target
from planparse.report.changes import wording
from planparse.report.changes.choose import Choice, chosen, named
from planparse.report.changes.formats import Screen, render
from planparse.report.changes.lines import beside, hanging, wrapped
from planparse.report.changes.text import write
from planparse.width import Span, display_width

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


def shown(compared, translate=str, **screen):
    return write(compared, translate=translate, screen=Screen(**screen)).splitlines()


class TestHead:
    def test_files_titles_years_and_digests(self):
        assert shown(everyday())[:2] == [
            "--- 2024.txt  2024年工作计划  2024  sha256 aaaaaaaaaaaa",
            "+++ 2025.txt  2025年工作计划  2025  sha256 bbbbbbbbbbbb",
        ]

    def test_it_tells_what_was_chosen(self):
        left = chosen(everyday(), Choice(only=named(["dropped"]), ignore=named(["numbering"])))
        assert shown(left)[2] == "planparse 1.0  only: removed, target/dropped  left out: renumbered"

    def test_it_tells_the_version_and_what_shaped_the_comparison(self):
        assert shown(everyday())[2] == "planparse 1.0"
        options = {"threshold": 0.7, "words": True, "plans": (1, 3), "everything": False}
        assert shown(comparison(options=options))[2] == "planparse 1.0  --threshold 0.7  --words  --plan 1:3"

    def test_a_name_cannot_steer_the_terminal(self):
        compared = everyday()
        evil = compared.model_copy(update={"old": compared.old.model_copy(update={"name": "a\x1b[2J.txt"})})
        assert shown(evil)[0].startswith("--- a\\x1b[2J.txt")


class TestCounts:
    def test_they_add_up(self):
        lines = shown(everyday())
        assert "last year's entries: 6 = kept 5 + removed 1 + in splits and mergers 0" in lines
        assert "this year's entries: 6 = kept 5 + added 1 + in splits and mergers 0" in lines

    def test_splits_are_a_part_of_the_sum(self):
        whole, first, second = side("培训教师，检查食堂。", "1."), side("培训教师。", "1."), side("检查食堂。", "2.")
        compared = comparison(record(whole, first, "split", group=1), record(whole, second, "split", group=1), SAME)
        old, new = wording.balances(compared)
        assert old == (2, 1, 0, 1)
        assert new == (3, 1, 0, 2)

    def test_every_kind_has_a_line_typed_changes_by_their_values(self):
        rows = dict(re.findall(r"^  (\S.*?) +(\d+)$", "\n".join(shown(everyday(), summary=True)), re.MULTILINE))
        assert rows == {
            "unchanged": "2", "removed": "1", "added": "1", "reworded": "2", "moved": "1", "target lowered": "1", "target dropped": "1",
            "deadline later": "1", "owner replaced": "1", "to be confirmed": "1",
        }  # fmt: skip

    def test_a_summary_is_head_and_counts_only(self):
        lines = shown(everyday(), summary=True)
        assert "To look at first" not in lines
        assert not any("食堂" in line for line in lines)
        assert "  target lowered       1" in lines

    def test_nothing_differs(self):
        assert "no differences" in shown(comparison(SAME))
        assert "no differences" in shown(comparison())
        assert "no differences" not in shown(comparison(RENUMBERED))


class TestWhatComesFirst:
    def test_losses_are_told_before_the_changes_in_order(self):
        lines = shown(everyday())
        first = lines.index("To look at first")
        told = [line for line in lines[first:] if line.startswith("! ")]
        assert told == [
            "! 二、（一）2. 新建学校35所，由后勤处负责。  target lowered: 学校 50 → 35 所 (−15, −30 %)",
            "! 二、（一）2. 新建学校35所，由后勤处负责。  owner replaced: 基建处 → 后勤处",
            "! 二、（一）4. 改造食堂20个。  removed  target dropped: 食堂 20 个 → —",
            "! 二、5. 8月底前完成验收。  deadline later: 2024-06-30 → 2025-08-31 (62 days later)",
        ]
        assert first < lines.index("二、重点工作 / （一）办学条件")

    def test_gains_are_not_among_them(self):
        raised = record(
            side("建35所。"), side("建50所。"), "target", fields=[figures(target("35所", 35, "所"), target("50所", 50, "所"), "raised")]
        )
        earlier = record(side("6月完成。"), side("5月完成。"), "deadline", fields=[deadlines("2024-06-30", "2025-05-31", -30)])
        assert "To look at first" not in shown(comparison(raised, earlier, BUSES_ADDED))

    @pytest.mark.parametrize(
        ("comparators", "old", "new", "first"),
        [
            (("<=", "<="), 3, 2, False),
            (("<=", "<="), 2, 3, True),
            (("<", "<="), 3, 2, False),
            (("<=", "="), 2, 3, True),
            ((">=", ">="), 3, 2, True),
            ((">=", ">="), 2, 3, False),
            (("=", "="), 3, 2, True),
            (("=", "="), 2, 3, False),
            ((">=", "<="), 3, 2, True),
            (("<=", ">="), 2, 3, True),
        ],
    )
    @pytest.mark.parametrize("form", ["text", "markdown", "html", "xlsx"])
    def test_the_weaker_promise_is_among_them_whichever_way_its_figure_went(self, form, comparators, old, new, first):
        before, after = (target(f"{n}起", n, "起", "事故", how) for n, how in zip((old, new), comparators, strict=True))
        change = figures(before, after, "raised" if new > old else "lowered")
        assert wording.is_exception(change) == first
        compared = comparison(record(side(f"事故{old}起。"), side(f"事故{new}起。"), "target", fields=[change]))
        if form == "xlsx":
            calamine = pytest.importorskip("python_calamine")
            pytest.importorskip("xlsxwriter")
        written = render(compared, form, translate=str, screen=Screen())
        if form == "xlsx":
            summary = calamine.CalamineWorkbook.from_filelike(BytesIO(written)).get_sheet_by_index(0).to_python()
            assert (wording.told(change, str) in str(summary)) == first
        elif form == "html":
            page = written.decode().split("</style>")[1]
            assert ("No target is weaker or dropped" in page) != first
            assert ('class="raised ceiling"' in page or 'class="lowered ceiling"' in page) == ((new > old) == first)
        else:
            assert ("To look at first" in written.decode()) == first


class TestChanges:
    def test_unified_words_that_differ_are_marked(self):
        lines = shown(everyday())
        at = lines.index("  - 3. 新建学校[-50-]所，由[-基建-]处负责。")
        assert lines[at - 2 : at + 4] == [
            "二、重点工作 / （一）办学条件",
            "  reworded, target lowered, owner replaced, renumbered  line 12 → line 14",
            "  - 3. 新建学校[-50-]所，由[-基建-]处负责。",
            "  + 2. 新建学校{+35+}所，由{+后勤+}处负责。",
            "      target lowered: 学校 50 → 35 所 (−15, −30 %)",
            "      owner replaced: 基建处 → 后勤处",
        ]

    def test_removed_with_what_it_may_have_become(self):
        lines = shown(everyday())
        at = lines.index("  - 4. 改造食堂20个。")
        assert lines[at - 1] == "  removed, target dropped, to be confirmed  line 13"
        assert lines[at + 2] == "      ? perhaps this (0.41): 更新厨房设备。  1-食堂,1-厨房"

    def test_a_row_without_a_label_has_none_to_tell(self):
        row = record(side("第6周 3月23日—3月29日"), side("第7周 4月12日—4月18日"), "renumbered", "moved", similarity=0.4)
        bare = record(side("第6周"), side("第7周"), "renumbered", "when", similarity=0.4)
        assert not any("— → —" in line for line in shown(comparison(row, bare), everything=True))

    def test_the_old_key_stands_first_in_a_pair_to_confirm(self):
        candidate = CANTEENS_REMOVED.possible[0].model_copy(update={"kind": "partly"})
        added = BUSES_ADDED.model_copy(update={"possible": [candidate]})
        assert "      ? perhaps partly in this (0.41): 更新厨房设备。  1-厨房,1-校车" in shown(comparison(added))

    def test_a_move_among_the_same_labels_is_told_by_its_lines(self):
        path = (WORK,)
        within = record(side("开展培训。", path=path, line=3), side("开展培训。", path=path, line=9), "moved")
        bare = record(side("组织体检。", line=3), side("组织体检。", line=9), "moved")
        lines = shown(comparison(within, bare))
        assert lines.count("  moved  line 3 → line 9") == 2
        assert not any("from" in line for line in lines)

    def test_moved_entries_say_whence_and_are_shown_once(self):
        lines = shown(everyday())
        at = lines.index("  moved, renumbered  line 20 → line 30")
        assert lines[at - 1 : at + 3] == [
            "三、保障措施",
            "  moved, renumbered  line 20 → line 30",
            "  = 2. 开展教师培训。",
            "      from 二、（二）1. to 三、2.",
        ]

    def test_a_doubtful_pair_says_how_alike_it_is(self):
        assert "  reworded, deadline later  line 22 → line 24  alike 0.60, confidence medium" in shown(everyday())

    def test_a_section_of_last_year_only_says_so(self):
        gone = record(side("召开例会。", "1.", ("九、会议",)), None, "removed")
        renumbered = record(side("检查食堂。", "1.", ("三、重点工作", "（一）办学条件")), None, "removed")
        lines = shown(comparison(SCHOOLS_LOWERED, renumbered, gone))
        assert "last year: 九、会议" in lines
        assert not any(line.startswith("last year: 三、") for line in lines), "a section with another number is the same"

    def test_wide_screens_show_the_years_side_by_side(self):
        line = next(line for line in shown(everyday(), width=130) if "[-50-]" in line)
        left, right = line.split(" │ ")
        assert left.rstrip() == "  - 3. 新建学校[-50-]所，由[-基建-]处负责。"
        assert right == "+ 2. 新建学校{+35+}所，由{+后勤+}处负责。"
        bars = {display_width(line.split("│")[0]) for line in shown(everyday(), width=130) if "│" in line}
        assert len(bars) == 1

    def test_cells_of_rows_are_parted_by_bars(self):
        assert any("校车 | 3辆" in line for line in shown(comparison(record(None, side("校车\t3辆"), "added"))))

    def test_colours_take_the_place_of_signs(self):
        text = "\n".join(shown(everyday(), colour=True))
        assert "[-" not in text
        assert "\x1b[1;7;31m50\x1b[0m" in text
        plainly = ESCAPE.sub("", text)
        assert "  - 3. 新建学校50所，由基建处负责。" in plainly
        assert "\x1b" not in plainly

    def test_in_chinese(self):
        text = "\n".join(shown(everyday(), translate=translator("zh")))
        for word in ("文字调整", "目标下调", "责任调整", "取消", "新增", "移动", "时限推后", "待确认", "重新编号"):
            assert word in text
        assert not re.search("[a-z]{5,}", re.sub("sha256|planparse|[0-9ab.]+txt|a{12}|b{12}|--all", "", text))


class TestWhatIsNoFinding:
    def test_it_is_counted_at_the_foot(self):
        lines = shown(everyday())
        assert lines[-3:] == [
            "years 2024 → 2025; entries that differ in nothing else: 1",
            "renumbered: 4",
            "these are no findings, yet differences to the exit code; --all lists them",
        ]
        assert not any("组织体检" in line or "年总结" in line for line in lines)

    def test_all_lists_it(self):
        lines = shown(comparison(RENUMBERED, YEAR_ONLY, SAME, shifts=[YEAR_STEP]), everything=True)
        at = lines.index("  = 7. 组织体检。")
        assert lines[at - 1 : at + 2] == ["  renumbered  line 23 → line 26", "  = 7. 组织体检。", "      6. → 7."]
        assert "  + 8. 做好2025年总结。" in lines
        assert "    1. 召开例会。" in lines
        assert not any("--all" in line for line in lines)

    def test_asking_for_it_by_name_lists_it(self):
        left = chosen(everyday(), Choice(only=named(["numbering"])))
        assert "  = 7. 组织体检。" in shown(left)

    def test_steps_in_time(self):
        days = Shift(unit="day", amount=364, count=14, node="/plans/0/children/3", plan=1)
        compared = comparison(shifts=[YEAR_STEP, days])
        assert wording.shifted(days, compared, str) == "schedule moved by +364 days; rows that differ in nothing else: 14"
        open_year = compared.model_copy(update={"old": compared.old.model_copy(update={"year": None})})
        assert wording.shifted(YEAR_STEP, open_year, str) == "years moved by +1; entries that differ in nothing else: 1"


class TestValues:
    @pytest.mark.parametrize(
        ("old", "new", "words"),
        [
            (target("35所", 35, "所"), target("50所", 50, "所"), "35 → 50 所 (+15, +42.9 %)"),
            (target("95%以上", 95, "%", comparator=">="), target("96%以上", 96, "%", comparator=">="), "≥ 95 → ≥ 96 % (+1 point)"),
            (target("95%以上", 95, "%", comparator=">="), target("92%以上", 92, "%", comparator=">="), "≥ 95 → ≥ 92 % (−3 points)"),
            (target("35所", 35, "所"), target("2个", 2, "个"), "35 所 → 2 个 (−33 个, −94.3 %)"),
            (None, target("50所", 50, "所"), "— → 50 所"),
            (target("50所", 50, "所"), None, "50 所 → —"),
            (target("零事故", 0, None), target("1起", 1, "起"), "零事故 → 1 起 (+1 起)"),
        ],
    )
    def test_figures(self, old, new, words):
        assert wording.values(figures(old, new, "replaced"), str) == words

    def test_points_between_shares_are_told_in_the_readers_language(self):
        lower = figures(target("95%", 95, "%"), target("92%", 92, "%"), "lowered")
        assert wording.distance(lower, translator("zh")) == "−3 百分点"

    def test_amounts_are_told_in_the_unit_they_are_written_in(self):
        def money(value):
            written = Measure(value=value, unit="万元")
            return Target(text=f"{value}万元", value=value * 10000, unit="元", written=written)

        assert wording.values(figures(money(440), money(400), "lowered"), str) == "440 → 400 万元 (−40, −9.1 %)"

    @pytest.mark.parametrize(("days", "words"), [(31, "31 days later"), (1, "1 day later"), (-1, "1 day earlier"), (-9, "9 days earlier")])
    def test_deadlines(self, days, words):
        assert wording.values(deadlines("2024-06-30", "2025-07-31", days), str) == f"2024-06-30 → 2025-07-31 ({words})"

    def test_owners_and_documents(self):
        assert wording.told(owners("总务处", None), str) == "owner dropped: 总务处 → —"
        old, new = Citation(title="学校安全条例"), Citation(title="学校安全条例", number="国令第1号")
        cited = FieldChange(field="citation", change="replaced", old=old, new=new)
        assert wording.told(cited, str) == "document replaced: 《学校安全条例》 → 《学校安全条例》国令第1号"

    @pytest.mark.parametrize(
        ("path", "number", "place"),
        [
            (("二、重点工作", "（一）教学"), "3.", "二、（一）3."),
            (("重点工作", "（一）教学"), None, "重点工作 / （一）"),
            ((), "3.", "3."),
            ((), None, ""),
            (("关于进一步加强学校安全工作的若干意见",), "1.", "关于进一步加强学校安全… / 1."),
        ],
    )
    def test_places(self, path, number, place):
        assert wording.place(side("文字", number, path)) == place

    def test_every_field_change_has_a_name(self):
        for field in ("target", "deadline", "owner", "citation", "when"):
            for change in ("replaced", "added", "dropped"):
                assert wording.named(f"{field}/{change}", str)


class TestLines:
    texts = st.lists(st.builds(Span, st.sampled_from(["", "old"]), st.text("新建学校50所，由（A）。 -−+", max_size=40)), max_size=5)

    @given(spans=texts, width=st.integers(8, 60))
    def test_wrapping_loses_only_blanks_at_line_ends_and_fits(self, spans, width):
        lines = wrapped(spans, width)
        assert all(sum(display_width(span.text) for span in line) <= width for line in lines)
        kept = "".join(span.text for line in lines for span in line)
        assert kept.replace(" ", "") == "".join(span.text for span in spans).replace(" ", "")

    @given(width=st.integers(8, 60), words=st.text("新建学校，由", max_size=60))
    def test_no_number_is_cut(self, width, words):
        lines = wrapped([Span("", f"{words}12345{words}")], width)
        assert sum("12345" in span.text for line in lines for span in line) == 1

    def test_words_of_one_style_are_one_text(self):
        lines = wrapped([Span("", "新建学校"), Span("", "，扩建")], 8)
        assert [line[0].text for line in lines] == ["新建学", "校，扩建"]

    def test_a_pair_of_keys_can_be_copied_from_one_line(self):
        lines = wrapped([Span("", "新建学校新建学校 k7902f481d4,kdc178b788b-2")], 30)
        assert lines[-1][0].text == "k7902f481d4,kdc178b788b-2"

    def test_no_line_begins_with_a_stop(self):
        assert [line[0].text for line in wrapped([Span("", "新建学校，扩建")], 8)] == ["新建学", "校，扩建"]

    def test_further_lines_hang(self):
        lines = hanging([Span("old", "- ")], [Span("", "新建学校")], 10)
        assert ["".join(span.text for span in line) for line in lines] == ["- 新建学校"]
        lines = hanging([Span("old", "- ")], [Span("", "新建学校五所")], 10)
        assert ["".join(span.text for span in line) for line in lines] == ["- 新建学校", "  五所"]

    def test_the_shorter_of_two_texts_is_filled_up(self):
        left, right = [[Span("", "甲")]], [[Span("", "乙")], [Span("", "丙")]]
        lines = ["".join(span.text for span in line) for line in beside(left, right, 11)]
        assert lines == ["甲   │ 乙", "     │ 丙"]


@pytest.mark.parametrize("width", [20, 40, 80, 119])
def test_no_line_is_wider_than_the_screen(width):
    compared = comparison(SCHOOLS_LOWERED, CANTEENS_REMOVED, DEADLINE_LATER, TRAINING_MOVED, shifts=[YEAR_STEP])
    for line in shown(compared, width=width)[7:]:
        assert display_width(line) <= width or re.fullmatch(r"  \S.* +\d+", line), line
