"""A comparison as a web page: what it says, that nothing in a plan can act in it, and how it behaves in a browser."""

import base64
import hashlib
import json
import re
from html.parser import HTMLParser
from types import SimpleNamespace

import browser
import pytest
from changes import comparison, due, figure, record, school, side, target

from planparse.diff.model import Candidate, FieldChange, Head
from planparse.diff.pairs import read_pairs
from planparse.messages import translator
from planparse.report.changes import html, page_order, wording

SCHOOL = school()
AT = "/plans/0/children"


class Page(HTMLParser):
    """A page taken apart: its elements in order, with their attributes and the words in them."""

    VOID = ("meta", "input", "rect")

    def __init__(self, text):
        super().__init__()
        self.elements, self.open = [], []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attributes):
        element = SimpleNamespace(tag=tag, words="", within=list(self.open), attributes=dict(attributes))
        assert len(element.attributes) == len(attributes)
        self.elements.append(element)
        if tag not in self.VOID:
            self.open.append(element)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            assert self.open.pop().tag == tag

    def handle_data(self, data):
        for element in self.open:
            element.words += data

    def all(self, tag=None, within=None, **attributes):
        wanted = {name.replace("_", "-").strip("-"): value for name, value in attributes.items()}
        return [
            element for element in self.elements
            if tag in (None, element.tag) and (within is None or within in element.within)
            and all(value in (element.attributes.get(name) or "").split() if name == "class" else element.attributes.get(name) == value
                    for name, value in wanted.items())
        ]  # fmt: skip

    def one(self, tag=None, within=None, **attributes):
        (element,) = self.all(tag, within, **attributes)
        return element


def page(compared=SCHOOL, language="en"):
    return Page(html.write(compared, translate=translator(language)))


def number_of(node, which="new"):
    """The number of the record whose side stands there."""
    found = [k for k, entry in enumerate(SCHOOL.records, 1) if getattr(entry, which) and getattr(entry, which).node == node]
    assert len(found) == 1
    return found[0]


# -- what it says ------------------------------------------------------------------------------------------------


def test_the_head_names_both_files_and_what_made_the_page():
    shown = page()
    rows = [
        [cell.words for cell in shown.all(within=row) if cell.tag in ("td", "th")] for row in shown.all("tr", shown.one(class_="files"))
    ]
    assert rows[:4] == [
        ["", "2025", "2026"],
        ["File", "计划/云桥小学2025.docx", "计划/云桥小学2026.docx"],
        ["Title", "云桥小学2025年工作计划", "云桥小学2026年工作计划"],
        ["Year", "2025", "2026"],
    ]
    assert rows[4] == ["SHA-256", SCHOOL.old.sha256, SCHOOL.new.sha256]  # paper shows all of it, a screen its beginning
    assert [code.attributes["title"] for code in shown.all("code")] == [SCHOOL.old.sha256, SCHOOL.new.sha256]
    assert "planparse 9.9; options: --threshold 0.5, --words" in shown.one("header").words


def test_the_counts_are_those_of_the_comparison_and_add_up():
    shown = page()
    cells = [[cell.words for cell in shown.all("td", row)] for row in shown.all("tr", shown.one(class_="sums"))][1:]
    *addends, total = [[int(cell or 0) for cell in row] for row in cells]
    assert [sum(column) for column in zip(*addends, strict=True)] == total == [SCHOOL.count.old, SCHOOL.count.new]
    amounts = {element.words for element in shown.all(class_="amount")}
    assert amounts >= {"removed 4", "target lowered 4", "renumbered 8", "only punctuation 1", "low 1"}


def test_what_to_look_at_first_leads_to_its_records():
    shown = page()
    section = shown.one(id="first")
    assert [heading.words for heading in shown.all("h3", section)] == [
        "target lowered 4", "target dropped 2", "deadline later 1", "owner replaced 1", "removed, and had a target 1",
    ]  # fmt: skip
    for link in shown.all("a", section):
        entry = SCHOOL.records[int(link.attributes["href"].removeprefix("#record-")) - 1]
        assert wording.exceptional(entry)
    last = shown.all("li", section)[-1].words
    assert last.startswith("二、（四） “书香班级” 10 个 → —")


def test_targets_stand_by_their_fall_with_bars_on_one_scale():
    shown = page()
    table = shown.one(class_="targets")
    rows = shown.all("tr", table)[1:]
    assert [shown.one("th", row).words for row in rows][:4] == ["培训教师", "投入资金", "中层干部", "毕业班合格率"]
    assert [row.attributes["class"] for row in rows] == ["lowered"] * 4 + ["dropped"] * 3 + ["raised"] * 2 + ["added"] * 3
    bars = [(bar.attributes["class"], bar.attributes["width"]) for bar in shown.all("rect", rows[0])]
    assert bars == [("old", "100%"), ("new", "65%")]
    assert "−140, −35 %" in shown.one(within=rows[0], class_="difference").words
    assert [bar.attributes["class"] for bar in shown.all("rect", rows[4])] == ["old"]


def test_figures_in_different_units_are_not_drawn_on_one_scale():
    change = figure(target("3场", 3, "场"), target("200人", 200, "人"), "replaced")
    entry = record(side(f"{AT}/0", "讲座3场。"), side(f"{AT}/0", "讲座200人。"), "target", fields=[change])
    assert page(comparison([entry])).all("rect") == []


def test_each_side_has_its_own_words_and_marks_what_the_other_has_not():
    shown = page()
    for number, entry in enumerate(SCHOOL.records, 1):
        for which, tag, given in (("old", "del", entry.old), ("new", "ins", entry.new)):
            if given is None:
                continue
            words = shown.one(within=shown.one(id=f"{which}-{number}"), class_="words")
            assert words.words == given.text
            marked = "".join(element.words for element in shown.all(tag, words))
            other = entry.new if which == "old" else entry.old
            if other is None:
                assert marked == given.text
            elif entry.marks:
                assert marked == "".join(getattr(mark, which) for mark in entry.marks if mark.verb != "equal")
            else:
                assert marked == ("" if other.text == given.text else given.text)


def test_a_heading_is_bold_though_marks_cut_through_it():
    shown = page()
    number = number_of(f"{AT}/2/children/0")
    for which, heading in (("old", "加强集体备课"), ("new", "深化集体备课")):
        bold = shown.all("b", shown.one(within=shown.one(id=f"{which}-{number}"), class_="words"))
        assert "".join(element.words for element in bold) == heading


def test_typed_changes_stand_with_their_values():
    shown = page()
    badges = [element.words for element in shown.all("span", shown.one(id=f"kinds-{number_of(f'{AT}/1/children/1')}"))]
    assert badges == ["target raised: 新建教室 35 → 50 间 (+15, +42.9 %)", "94 % alike"]


def test_every_link_leads_somewhere_on_the_page_and_names_are_unique():
    shown = page()
    ids = [element.attributes["id"] for element in shown.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    targets = [link.attributes["href"] for link in shown.all("a")]
    assert all(aim.startswith("#") for aim in targets)
    assert {aim[1:] for aim in targets} <= set(ids)


def test_a_moved_entry_and_where_it_stood_lead_to_each_other():
    shown = page()
    number = number_of(f"{AT}/5/children/1")
    note = shown.one(id=f"from-{number}")
    assert shown.one("a", note).attributes["href"] == f"#record-{number}"
    assert shown.one("a", note).words == "moved to 六、2."
    back = shown.one("a", shown.one(id=f"record-{number}"), href=f"#from-{number}")
    assert back.words == "moved from 二、（六）"
    assert note.within[-1] is shown.one(id=f"record-{number_of(f'{AT}/2/children/0')}").within[-1]  # under the heading it had


def test_the_parts_of_a_split_lead_to_each_other():
    shown = page()
    parts = [k for k, entry in enumerate(SCHOOL.records, 1) if entry.group == 1]
    assert len(parts) == 3
    for number in parts:
        links = shown.all("a", shown.one(within=shown.one(id=f"record-{number}"), class_="ties"))
        assert [link.attributes["href"] for link in links] == [f"#record-{other}" for other in parts if other != number]


def test_steps_in_time_are_said_once():
    shown = page()
    steps = [line.words for line in shown.all("li", shown.one(class_="steps"))]
    assert steps == [wording.shifted(shift, SCHOOL, str) for shift in SCHOOL.shifts]


def test_the_page_speaks_chinese():
    shown = page(language="zh")
    assert shown.one("html").attributes["lang"] == "zh-CN"
    assert [heading.words for heading in shown.all("h2")] == ["汇总", "首先关注", "指标", "明细"]
    spoken = re.sub(
        r"planparse|SHA-256|pairs|diff|json|docx|threshold|ignore|words|true|[0-9a-f]{12,}",
        "",
        shown.one("body").words.split('"use strict"')[0],
    )
    assert re.findall("[A-Za-z]{2,}", spoken) == []


def test_two_files_that_are_the_same():
    shown = page(comparison([]))
    assert "There is nothing to list." in shown.one(id="register").words
    assert "No target has changed." in shown.one(id="targets").words
    assert shown.all(class_="record") == []


def test_a_page_of_some_records_does_not_say_that_there_is_nothing_else():
    shown = page(SCHOOL.model_copy(update={"records": []}))
    assert "Counted, but left out of this page: target lowered 4 target dropped 3" in shown.one(id="first").words
    assert "Counted, but left out of this page: target lowered 4" in shown.one(id="targets").words
    assert "The entries are left out of this page." in shown.one(id="register").words
    owners = [entry for entry in SCHOOL.records if "owner" in entry.changes]
    shown = page(SCHOOL.model_copy(update={"records": owners}))
    assert [heading.words for heading in shown.all("h3", shown.one(id="first"))] == ["owner replaced 1"]
    assert "target lowered 4" in shown.one(id="first").words


def test_plans_without_years():
    heads = {name: Head(name=f"{name}.txt", sha256="0" * 64) for name in ("old", "new")}
    shown = page(comparison([record(None, side(f"{AT}/0", "备课。"), "added")], **heads))
    assert [head.words for head in shown.all("th", shown.one(class_="files"), scope="col")] == ["last year", "this year"]
    assert [row.words for row in shown.all("th", shown.one(class_="files"), scope="row")] == ["File", "SHA-256"]


def test_a_candidate_that_is_not_listed_has_no_link():
    possible = [Candidate(key="elsewhere", node=f"{AT}/9", text="备好课。", similarity=0.5, kind="similar")]
    shown = page(comparison([record(side(f"{AT}/0", "备课。"), None, "removed", possible=possible)]))
    line = shown.one("li", shown.one(class_="possible", id=None, tag="div"))
    assert shown.all("a", line) == []
    assert json.loads(shown.one(class_="verdict").attributes["data-pair"]) == [f"key of {AT}/0", "elsewhere"]


# -- where the records stand -------------------------------------------------------------------------------------


def headings(records):
    return [(part.path, part.gone, [line.number for line in part.lines]) for part in page_order.parts(records)]


def test_what_was_removed_stands_under_this_years_name_of_its_heading():
    records = [
        record(side(f"{AT}/0", "教学", label="一、", heading="教学"), side(f"{AT}/1", "教学", label="二、", heading="教学"), "renumbered"),
        record(side(f"{AT}/0/children/0", "备课。", path=["一、教学"]), None, "removed"),
        record(None, side(f"{AT}/1/children/0", "听课。", path=["二、教学"]), "added"),
    ]
    assert headings(records) == [((), False, [1]), (("二、教学",), False, [2, 3])]


def test_a_heading_with_another_number_is_the_same():
    records = [
        record(side(f"{AT}/0/children/0", "备课。", path=["一、教学"]), None, "removed"),
        record(None, side(f"{AT}/1/children/0", "听课。", path=["二、教学"]), "added"),
    ]
    assert headings(records) == [(("二、教学",), False, [1, 2])]


def test_what_was_removed_with_its_heading_keeps_it():
    records = [
        record(side(f"{AT}/0", "教学", label="一、", heading="教学"), None, "removed"),
        record(side(f"{AT}/0/children/0", "备课。", path=["一、教学"]), None, "removed"),
        record(None, side(f"{AT}/0/children/0", "听课。", path=["一、德育"]), "added"),
    ]
    assert headings(records) == [((), True, [1]), (("一、教学",), True, [2]), (("一、德育",), False, [3])]


def test_what_was_removed_goes_along_with_its_moved_heading():
    records = [
        record(
            side(f"{AT}/1", "德育", label="二、", heading="德育"), side(f"{AT}/0", "立德", label="一、", heading="立德"), "moved", "changed"
        ),
        record(side(f"{AT}/1/children/0", "备课。", path=["二、德育"]), None, "removed"),
        record(None, side(f"{AT}/0/children/0", "听课。", path=["一、立德"]), "added"),
    ]
    assert headings(records)[-1] == (("一、立德",), False, [2, 3])


def test_notes_of_moved_entries_stand_in_last_years_order():
    def kept(k):
        return record(side(f"{AT}/{k}", f"第{k}条"), side(f"{AT}/{k}", f"第{k}条"))

    def gone(old, new):
        return record(side(f"{AT}/{old}", "移动"), side(f"{AT}/{new}", "移动"), "moved")

    lines = [
        line for part in page_order.parts([kept(9), gone(11, 10), gone(2, 11), kept(12), gone(0, 13), gone(10, 14)]) for line in part.lines
    ]
    notes = [(5, True), (3, True), (1, False), (6, True), (2, True), (2, False), (3, False), (4, False), (5, False), (6, False)]
    assert [(line.number, line.note) for line in lines] == notes


# -- nothing in a plan acts --------------------------------------------------------------------------------------

EVIL = "</style></script><script>hacked = 1</script><img src=x onerror='hacked = 1'>\" onmouseover=\"hacked = 1\" '&amp;\u202e\x00\ud800"


def hostile():
    old = side(f"{AT}/0", f"{EVIL}\t旧的", label=EVIL, path=[EVIL], heading=EVIL).model_copy(update={"key": EVIL + "old"})
    new = side(f"{AT}/0", f"{EVIL}\t新的", label=EVIL + "2", path=[EVIL + "2"], heading=EVIL).model_copy(update={"key": EVIL + "new"})
    fields = [
        figure(target(EVIL, 3, EVIL, EVIL), target(EVIL, 2, EVIL, EVIL), "lowered"),
        FieldChange(field="deadline", change="later", old=due("2025-01-01"), new=due(EVIL), amount=3),
    ]
    possible = [Candidate(key=EVIL + "old", node=f"{AT}/0", text=EVIL, similarity=0.5, kind="partly")]
    records = [
        record(old, new, "target", "deadline", "changed", "moved", fields=fields, confidence="low"),
        record(None, side(f"{AT}/1", EVIL), "added", possible=possible, group=1),
        record(side(f"{AT}/2", EVIL), None, "removed", group=1),
    ]
    heads = {name: Head(name=EVIL, sha256=EVIL, title=EVIL) for name in ("old", "new")}
    return comparison(records, options={EVIL: EVIL, "pairs": [EVIL]}, **heads)


@pytest.mark.parametrize("compared", [SCHOOL, hostile()], ids=["school", "hostile"])
def test_the_page_needs_nothing_from_elsewhere_and_runs_nothing_but_its_script(compared):
    shown = page(compared)
    assert {element.tag for element in shown.elements} <= {
        "html", "head", "meta", "title", "style", "body", "header", "main", "section", "article", "div", "p", "span", "a", "b", "h1", "h2", "h3",
        "table", "thead", "tbody", "tr", "th", "td", "code", "ul", "li", "svg", "rect", "fieldset", "legend", "label", "input", "output",
        "button", "del", "ins", "script",
    }  # fmt: skip
    for element in shown.elements:
        assert not any(name in ("src", "style", "srcset", "action") or name.startswith("on") for name in element.attributes)
        assert (element.attributes.get("href") or "#").startswith("#")
    policy = shown.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    for tag in ("style", "script"):
        text = shown.one(tag).words
        assert f"{tag}-src 'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" in policy
        assert "hacked" not in text
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


def test_signs_that_are_not_seen_are_written_out():
    text = html.write(hostile(), translate=str)
    assert not set("\u202e\x00\ud800") & set(text)
    assert r"\u202e" in text


# -- in a browser ------------------------------------------------------------------------------------------------


@pytest.fixture
def show(chromium, tmp_path):
    """Opens a comparison's page. None may ask the network for anything or write to the console."""
    opened = []

    def show(compared=SCHOOL, **settings):
        file = tmp_path / "changes.html"
        file.write_text(html.write(compared, translate=str), encoding="utf-8")
        opened.append(browser.Shown(chromium, file, **settings))
        return opened[-1]

    yield show
    for shown in opened:
        assert set(shown.requests) <= {(tmp_path / "changes.html").as_uri()}
        assert shown.complaints == []
        shown.close()


def listed(shown):
    """The numbers of the records that are seen."""
    return [int(name.removeprefix("record-")) for name in shown.visible(".record")]


def numbers(wanted):
    return [k for k, entry in enumerate(SCHOOL.records, 1) if wanted(entry)]


def finding(entry):
    """Whether it is listed without being asked for."""
    return bool(entry.possible) or bool(set(wording.kinds(entry)) - set(wording.FOLDED))


def test_boxes_filter_by_kind(show):
    shown = show()
    state = shown.page.locator("#shown")
    assert listed(shown) == numbers(finding)
    assert state.inner_text() == f"{len(numbers(finding))} of {len(SCHOOL.records)} shown"
    shown.page.get_by_role("checkbox", name="renumbered").check()
    assert listed(shown) == numbers(lambda entry: finding(entry) or "renumbered" in entry.changes)
    shown.page.get_by_role("button", name="select none").click()
    assert listed(shown) == []
    assert shown.visible(".part, .note") == []
    assert state.inner_text() == f"0 of {len(SCHOOL.records)} shown"
    shown.page.get_by_role("checkbox", name="target dropped").check()
    assert listed(shown) == numbers(lambda entry: "target/dropped" in wording.kinds(entry))
    shown.page.get_by_role("button", name="select all").click()
    assert listed(shown) == numbers(lambda entry: True)


def test_boxes_tell_how_many_there_are(show):
    shown = show()
    for box in shown.page.locator("fieldset label").all():
        shown.page.get_by_role("button", name="select none").click()
        box.click()
        assert box.inner_text().split()[-1] == str(len(listed(shown)))


def test_the_search_looks_at_both_sides_and_at_headings(show):
    shown = show()
    shown.page.get_by_role("button", name="select all").click()
    search = shown.page.get_by_role("searchbox")
    for asked, wanted in (
        ("明厨亮灶", lambda entry: "明厨亮灶" in texts(entry)),
        ("９８%", lambda entry: "98%" in texts(entry)),  # full-width digits are digits
        ("安全工作 德育处", lambda entry: "德育处" in texts(entry)),
        ("没有这样的话", lambda entry: False),
        ("", lambda entry: True),
    ):
        search.fill(asked)
        assert listed(shown) == numbers(wanted)
        assert shown.page.locator("#shown").inner_text() == f"{len(numbers(wanted))} of {len(SCHOOL.records)} shown"
        assert bool(shown.visible(".part")) == bool(numbers(wanted))


def texts(entry):
    return "\n".join([*(given.text for given in (entry.old, entry.new) if given), *(candidate.text for candidate in entry.possible)])


def focused(shown):
    return shown.page.evaluate("document.activeElement.id")


def test_links_move_the_focus_there_and_back(show):
    shown = show()
    number = number_of(f"{AT}/5/children/1")
    shown.page.locator(f"#record-{number} a[href='#from-{number}']").click()
    assert focused(shown) == f"from-{number}"
    shown.page.locator(f"#from-{number} a").press("Enter")
    assert focused(shown) == f"record-{number}"
    assert shown.page.locator(f"#record-{number}").evaluate("part => part.getBoundingClientRect().top < innerHeight")
    shown.page.go_back()
    assert focused(shown) == f"from-{number}"


def test_links_lead_to_what_is_filtered_out(show):
    shown = show()
    shown.page.get_by_role("button", name="select none").click()
    shown.page.get_by_role("searchbox").fill("没有这样的话")
    link = shown.page.locator("#first a").first
    number = int(link.get_attribute("href").removeprefix("#record-"))
    link.click()
    assert focused(shown) == f"record-{number}"
    assert listed(shown) == [number]
    assert shown.page.locator("#shown").inner_text() == f"1 of {len(SCHOOL.records)} shown"
    shown.page.get_by_role("searchbox").fill("")
    assert listed(shown) == []


def downloaded(shown):
    with shown.page.expect_download() as waiting:
        shown.page.get_by_role("button", name="Download pairs.json").click()
    assert waiting.value.suggested_filename == "pairs.json"
    pairs = json.loads(waiting.value.path().read_text(encoding="utf-8"))
    read = read_pairs(str(waiting.value.path()))  # what --pairs makes of the file
    assert pairs == {"confirmed": list(map(list, read.confirmed)), "rejected": list(map(list, read.rejected))}
    return pairs


def test_verdicts_make_a_file_of_pairs(show):
    shown = show()
    removed = number_of(f"{AT}/3/children/5", "old")
    post, pairing, reading = f"key of {AT}/3/children/5", f"key of {AT}/4/children/0", f"key of {AT}/3/children/2"
    first, second = shown.page.locator(f"#record-{removed} .verdict").all()
    assert not shown.page.locator(".judged").is_visible()
    first.get_by_role("button", name="same").click()
    second.get_by_role("button", name="different").click()
    pair = [post, f"key of {AT}/0/children/1"]
    assert downloaded(shown) == {"confirmed": [pair], "rejected": [[post, pairing]]}
    other = shown.page.locator(f"#record-{number_of(f'{AT}/0/children/1')} .verdict button").first
    assert other.get_attribute("aria-pressed") == "true"  # the same pair, asked from its other side
    second.get_by_role("button", name="same").click()  # an entry has one partner
    assert downloaded(shown) == {"confirmed": [[post, pairing]], "rejected": []}
    shown.page.locator(f"#record-{number_of(f'{AT}/4/children/1')} .verdict").get_by_role("button", name="different").click()
    assert downloaded(shown)["rejected"] == [[reading, f"key of {AT}/4/children/1"]]
    second.get_by_role("button", name="same").click()  # pressed again: taken back
    shown.page.reload()
    assert downloaded(shown) == {"confirmed": [], "rejected": [[reading, f"key of {AT}/4/children/1"]]}


def test_the_page_is_used_by_keyboard(show):
    shown = show()
    shown.page.keyboard.press("Tab")
    assert shown.page.evaluate("document.activeElement.className") == "skip"
    shown.page.keyboard.press("Enter")
    assert shown.page.evaluate("location.hash") == "#register"
    shown.page.keyboard.press("Tab")
    before = listed(shown)
    shown.page.keyboard.press("Space")  # the first box: removed
    assert set(before) - set(listed(shown)) == set(numbers(lambda entry: wording.kinds(entry) == ["removed"] and not entry.possible))


def test_on_paper_there_is_nothing_to_click(show):
    shown = show()
    shown.page.locator(".verdict button").first.click()
    shown.page.emulate_media(media="print", color_scheme="dark")
    assert shown.visible("button, input, .judged, .asked, .skip") == []
    assert listed(shown) == numbers(finding)
    assert shown.page.locator(".rest").first.is_visible()
    assert shown.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    for tag, line in (("del", "line-through"), ("ins", "underline")):
        style = shown.page.locator(f".record {tag}:visible").first.evaluate('part => getComputedStyle(part)["text-decoration-line"]')
        assert style == line
    old, new = (shown.page.locator(f"#{which}-{number_of(f'{AT}/1/children/0')}").bounding_box() for which in ("old", "new"))
    assert old["y"] == new["y"]
    assert old["x"] < new["x"]


def test_without_its_script_the_page_reads_and_filters(show):
    shown = show(java_script_enabled=False)
    assert listed(shown) == numbers(finding)
    assert shown.visible("button, [type=search], .judged, .asked") == []
    shown.page.get_by_role("checkbox", name="only punctuation").check()
    assert listed(shown) == numbers(lambda entry: finding(entry) or "punctuation" in entry.changes)
    shown.page.get_by_role("checkbox", name="target lowered").uncheck()
    number = number_of(f"{AT}/2/children/1")
    assert number not in listed(shown)
    shown.page.locator(f"#first a[href='#record-{number}']").click()
    assert number in listed(shown)


def test_on_a_phone_one_side_stands_under_the_other(show):
    shown = show(viewport={"width": 390, "height": 844})
    assert shown.page.evaluate("document.documentElement.scrollWidth") <= 390
    old, new = (shown.page.locator(f"#{which}-{number_of(f'{AT}/1/children/0')}").bounding_box() for which in ("old", "new"))
    assert old["x"] == new["x"]
    assert old["y"] + old["height"] <= new["y"]


def test_the_page_is_dark_where_the_reader_is(show):
    shown = show(color_scheme="dark")
    assert shown.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 24, 28)"


def test_nothing_in_a_plan_acts_in_a_browser(show):
    shown = show(hostile())
    assert shown.page.evaluate("typeof hacked") == "undefined"
    assert shown.page.locator("img").count() == 0
    shown.page.locator(".verdict button:visible").first.click()
    assert downloaded(shown)["rejected"] == []
    assert shown.page.evaluate("typeof hacked") == "undefined"
