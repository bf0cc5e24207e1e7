"""The page of `planparse serve` in a browser: pasting, mending, dating, taking away, comparing, by hand and by keyboard."""

import base64
import io
import json
import re
import zipfile
from importlib.resources import files

import browser
import pytest
from conftest import ROOT
from icalendar import Calendar
from serving import served

PAGE = ROOT / "planparse" / "web" / "page"
PICTURE = ROOT / "docs" / "serve.png"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
FAULTY = (
    "青岑县2024年工作计划\n一、重点工作\n1．新建幼儿园,增加学位360个。\n2．总务处9月1日前维修围墙。。\n二、其他工作\n安全办每月检查一次。\n"
)
OPEN = "春季活动安排\n一、时间\n1．3月4日—3月10日，动员。\n2．星期三（4月17日）义务植树。\n"
EVIL = "<script>hacked = 1</script><img src=x onerror='hacked = 1'><svg onload='hacked = 1'></svg><b onmouseover='hacked = 1'>甲</b>"


@pytest.fixture(scope="module")
def address():
    """Where the page of a running server is."""
    with served() as server:
        yield server.url


@pytest.fixture
def opened():
    """The pages that a test has opened."""
    return []


@pytest.fixture
def visit(chromium, address, opened):
    """Opens the page. None may ask another host for anything, or write to the console."""

    def visit(viewport=DESK, **settings):
        opened.append(browser.Shown(chromium, address, viewport=viewport, locale="zh-CN", accept_downloads=True, **settings))
        return opened[-1].page

    yield visit
    for shown in opened:
        assert [url for url in shown.requests if not url.startswith((address, f"blob:{address.rsplit('/', 2)[0]}"))] == []
        assert shown.complaints == []
        shown.close()


def give(page, event, target, text="", html="", path=None):
    """Pastes or drops: an event with a DataTransfer, as the browser makes it."""
    data = [path.name, base64.b64encode(path.read_bytes()).decode()] if path else None
    page.locator(target).evaluate(
        """(target, [event, text, html, file]) => {
            const transfer = new DataTransfer();
            if (text) transfer.setData("text/plain", text);
            if (html) transfer.setData("text/html", html);
            if (file) transfer.items.add(new File([Uint8Array.from(atob(file[1]), c => c.charCodeAt(0))], file[0]));
            const given = { bubbles: true, cancelable: true };
            target.dispatchEvent(event === "paste"
                ? new ClipboardEvent("paste", { ...given, clipboardData: transfer })
                : new DragEvent("drop", { ...given, dataTransfer: transfer }));
        }""",
        [event, text, html, data],
    )


def paste(page, text="", html=""):
    """Pastes into the empty page and waits until the plan is shown."""
    give(page, "paste", "#paste", text, html)
    page.locator("#work").wait_for()


def source(page):
    """The text as it is shown, line by line."""
    return page.locator("#source .words").all_text_contents()


def labels(page):
    """The labels in the outline."""
    return page.locator("[role=tree] .label").all_text_contents()


# -- what comes in -----------------------------------------------------------------------------------------------


def test_the_clipboard_of_word_keeps_list_labels_and_tables(visit, samples):
    page = visit()
    words = (samples / "clipboard-list.html").read_text(encoding="utf-8")
    paste(page, "编号都没有了", words[words.index("<html") :])
    assert labels(page)[:6] == ["一、", "二、", "（一）", "1.", "2.", "（二）"]
    page.get_by_role("tab", name="日程").click()
    rows = page.get_by_role("table").get_by_role("row")
    assert rows.count() == 4
    assert "6月1日—6月7日" in rows.nth(1).inner_text()
    assert not any("\v" in line for line in source(page))
    assert page.get_by_role("button", name="编辑").is_hidden()  # it is no plain text


def test_text_and_results_point_at_each_other(visit):
    page = visit()
    paste(page, FAULTY)
    assert source(page) == FAULTY.splitlines()
    page.get_by_role("treeitem").filter(has_text="维修围墙").last.hover()
    assert page.locator(".line.linked").evaluate_all("lines => lines.map(line => line.dataset.n)") == ["4"]
    page.locator(".line").nth(5).hover()
    assert "每月检查" in page.locator("#panel-outline .linked").inner_text()
    page.locator("#source mark").first.click()
    assert page.get_by_role("tab", name="问题").get_attribute("aria-selected") == "true"
    assert page.evaluate("document.activeElement.id") == "finding-" + page.locator("#source mark").first.get_attribute("data-finding")
    paste_of_signs = "😀😀青岑县2024年工作计划\n一、工作\n1．绿化😀,植树。\n"  # offsets count signs, a browser counts halves of them
    page.get_by_role("button", name="换一份").click()
    paste(page, paste_of_signs)
    assert "," in page.locator("#source mark").all_text_contents()


def test_a_fix_is_made_undone_and_made_again(visit):
    page = visit()
    paste(page, FAULTY)
    page.get_by_role("tab", name="问题").click()
    page.locator(".finding", has_text="PN409").get_by_role("button", name="修改").first.dblclick()  # mends once
    page.get_by_text("已修改 1 处。").wait_for()
    mended = FAULTY.replace("。。", "。")
    assert source(page) == mended.splitlines()
    page.locator("#undo").click()
    assert source(page) == FAULTY.splitlines()
    page.locator("#redo").click()
    assert source(page) == mended.splitlines()
    page.locator("#mend-all").click()
    page.get_by_text("已修改", exact=False).wait_for()
    page.locator("#source", has_text="幼儿园，增加").wait_for()
    page.locator("body").press("Control+z")
    assert source(page) == mended.splitlines()
    page.get_by_role("button", name="编辑").click()
    page.get_by_label("编辑原文").fill(mended + "三、新的一条\n")
    page.get_by_role("button", name="完成").click()
    page.get_by_role("tab", name="大纲").click()
    page.locator("[role=tree]", has_text="新的一条").wait_for()
    assert labels(page)[-1] == "三、"


def test_what_is_no_text_goes_on_as_text_once_it_is_mended(visit):
    page = visit()
    paste(page, html="<h1>青岑县2024年工作计划</h1><ol><li>新建幼儿园,增加学位360个。</li><li>维修围墙。</li></ol>")
    assert "粘贴的计划.html" in page.locator("#facts").inner_text()
    page.locator("#mend-all").click()
    page.get_by_text("粘贴的计划.txt").wait_for()
    assert any("新建幼儿园，增加学位360个。" in line for line in source(page))
    assert page.get_by_role("button", name="编辑").is_visible()
    page.locator("#undo").click()
    assert "粘贴的计划.html" in page.locator("#facts").inner_text()


def test_a_word_file_is_dropped_and_one_is_chosen(visit, samples):
    page = visit()
    file = samples / "automatic-numbers.docx"
    give(page, "drop", "#well", path=file)
    page.locator("#work").wait_for()
    assert labels(page)[:4] == ["一、", "二、", "（一）", "1."]
    assert page.locator("#facts").inner_text().count("automatic-numbers.docx") == 1
    page.get_by_role("button", name="换一份").click()
    page.locator("#file").set_input_files(samples / "gbk-notice.txt")
    page.locator("#work").wait_for()
    assert page.locator("#title").inner_text() in (samples / "gbk-notice.txt").read_bytes().decode("gb18030")


def test_what_cannot_be_read_is_said_and_what_was_there_stays(visit, opened):
    page = visit()
    paste(page, FAULTY)
    page.get_by_role("button", name="换一份").click()
    page.locator("#file").set_input_files({"name": "画.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n\0\0\0"})
    page.get_by_role("alert").get_by_text("画.png").wait_for()
    assert page.locator("#work").is_hidden()
    page.get_by_role("button", name="回到刚才的计划").click()
    assert source(page) == FAULTY.splitlines()
    # That the server refused it is in the console, whatever a page does.
    (complaint,) = opened[0].complaints
    assert "422" in complaint
    opened[0].complaints.clear()


def test_an_open_year_is_chosen(visit):
    page = visit()
    paste(page, OPEN)
    years = page.locator("#open-year").get_by_role("button").all_text_contents()
    assert "2024" in years
    assert page.get_by_role("button", name="年份未定").is_visible()
    page.locator("#open-year").get_by_role("button", name="2024").click()
    page.get_by_role("button", name="2024 年").wait_for()
    assert page.locator("#open-year").is_hidden()
    page.get_by_role("tab", name="日期").click()
    assert "2024-03-04 – 2024-03-10" in page.locator("#panel-dates").inner_text()
    page.get_by_role("tab", name="日程").click()
    page.get_by_role("region", name="4/15–4/21").get_by_text("义务植树").wait_for()
    page.locator("#undo").click()
    assert page.locator("#open-year").is_visible()
    page.get_by_role("tab", name="日期").click()
    page.get_by_label("年份", exact=True).fill("2030")
    page.get_by_role("button", name="应用").click()
    page.get_by_text("2030-03-04 – 2030-03-10").wait_for()


def test_promises_are_searched_and_sorted(visit, samples):
    page = visit()
    paste(page, (samples / "annual-targets.txt").read_text(encoding="utf-8"))
    page.get_by_role("tab", name="任务").click()
    rows = page.locator("#panel-promises tbody tr")
    total = rows.count()
    page.get_by_role("searchbox").fill("旱厕")
    assert 0 < rows.count() < total
    page.get_by_role("searchbox").fill("")
    page.get_by_label("排序").select_option("due")
    days = [day for day in page.locator("#panel-promises .days b").all_text_contents() if day]
    assert days == sorted(days)
    page.get_by_label("筛选").select_option("target")
    assert all(cell.strip() != "—" for cell in page.locator("#panel-promises td:nth-child(2)").all_text_contents())


# -- what goes out -----------------------------------------------------------------------------------------------


def opens(form, data, page):
    """Whether the file of a form holds the plan."""
    title = page.locator("#title").inner_text()
    if form == "docx":
        return title in re.sub("<[^>]*>", "", zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode())
    if form == "xlsx":
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return any(title in str(cell) for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row)
    if form == "ics":
        return len(Calendar.from_ical(data).walk("VEVENT")) > 0
    if form in ("json", "jsonl"):
        return json.loads(data)["plans"][0]["title"] == title
    return "改造农村学校旱厕" in data.decode("utf-8-sig")


def test_every_download_opens(visit, samples):
    page = visit()
    paste(page, (samples / "annual-targets.txt").read_text(encoding="utf-8"))
    page.get_by_role("button", name="下载").click()
    forms = page.locator("#formats button").evaluate_all("buttons => buttons.map(button => button.dataset.form)")
    assert set(forms) == {"docx", "xlsx", "ics", "markdown", "text", "json", "csv", "jsonl"}
    suffix = {"markdown": "md", "text": "txt"}
    for k, form in enumerate(forms):
        if k:
            page.get_by_role("button", name="下载").click()
        with page.expect_download() as taken:
            page.locator(f"#formats [data-form={form}]").click()
        assert taken.value.suggested_filename == "粘贴的计划." + suffix.get(form, form)
        assert opens(form, taken.value.path().read_bytes(), page), form
    page.get_by_role("button", name="下载").click()
    page.get_by_label("保留原来的编号").check()
    with page.expect_download() as taken:
        page.locator("#formats [data-form=text]").click()
    assert "1．新建公办幼儿园" in taken.value.path().read_text(encoding="utf-8")


def test_two_files_are_compared(visit, tmp_path):
    page = visit()
    old, new = tmp_path / "2023.txt", tmp_path / "2024.txt"
    old.write_text(FAULTY.replace("2024", "2023").replace("360个", "500个"), encoding="utf-8")
    new.write_text(FAULTY, encoding="utf-8")
    page.get_by_role("button", name="比较两份").click()
    assert page.get_by_role("button", name="开始比较").is_disabled()
    give(page, "drop", "[data-side=new] textarea", path=new)
    page.locator("[data-side=new]").get_by_text("2024.txt").wait_for()
    page.locator("[data-side=old] input[type=file]").set_input_files(old)
    page.get_by_role("button", name="开始比较").click()
    report = page.frame_locator("#frame")
    report.get_by_text("+500 → +360").first.wait_for()
    report.get_by_role("searchbox").fill("没有这样的词")  # its own script runs
    report.get_by_text("显示 2 条中的 0 条").wait_for()
    with page.expect_download() as taken:
        page.get_by_role("button", name="保存报告").click()
    assert "+500 → +360" in taken.value.path().read_text(encoding="utf-8")
    # The report has no rights in the page that shows it.
    assert page.evaluate("document.getElementById('frame').contentDocument") is None


# -- what must hold ----------------------------------------------------------------------------------------------


def test_nothing_in_what_is_pasted_runs(visit, tmp_path):
    page = visit()
    paste(
        page,
        html=f"<html><body><h1>青岑县2024年工作计划{EVIL}</h1><table><tr><td>一、{EVIL}</td></tr></table><p>1．甲,乙{EVIL}</p></body></html>",
    )
    everywhere(page)
    page.get_by_role("button", name="换一份").click()
    paste(
        page, f"{EVIL}2024年工作计划\n一、{EVIL}\n1．{EVIL}9月1日前完成100个。（责任单位：{EVIL}）\n周次\t日期\t工作\n1\t9.2—9.8\t{EVIL}\n"
    )
    everywhere(page)
    page.get_by_role("button", name="换一份").click()
    file = tmp_path / "<img src=x onerror=hacked=1>.txt"
    file.write_text(FAULTY, encoding="utf-8")
    give(page, "drop", "#well", path=file)
    page.locator("#work").wait_for()
    everywhere(page)


def everywhere(page):
    """Looks into every tab; no words of a plan have become an element, and no script of theirs has run."""
    for tab in page.get_by_role("tab").all():
        tab.click()
        assert page.locator("#work :is(img, script, svg[onload], [onmouseover])").count() == 0
    assert page.evaluate("typeof hacked") == "undefined"


@pytest.fixture(scope="module")
def axe():
    """The script of axe-core."""
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("viewport", "scheme", "tabs"),
    [(DESK, "light", ["大纲", "日期"]), (PHONE, "dark", ["问题", "任务", "日程"])],
    ids=["desk-light", "phone-dark"],
)
def test_axe_finds_no_serious_fault_and_nothing_is_wider_than_the_screen(visit, samples, axe, viewport, scheme, tabs):
    page = visit(viewport, color_scheme=scheme)
    page.evaluate(axe)

    def clean(where, part="body"):
        settings = {"resultTypes": ["violations"], "iframes": False, "preload": False}
        found = page.evaluate("([part, settings]) => axe.run(part, settings)", [part, settings])["violations"]
        bad = [(f["id"], [node["html"][:160] for node in f["nodes"][:3]]) for f in found if f["impact"] in ("serious", "critical")]
        assert bad == [], where
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), where

    clean("start")
    paste(page, (samples / "copied-week-table.txt").read_text(encoding="utf-8"))
    for name in tabs:
        page.get_by_role("tab", name=name).click()
        clean(name, "#panels")
    page.get_by_role("tab", name="日程").click()
    page.get_by_text("日历", exact=True).locator("visible=true").click()
    clean("calendar", "#panels")
    if viewport is PHONE:
        page.get_by_role("button", name="原文", exact=True).click()
    page.get_by_role("button", name="下载").click()
    clean("menu")
    page.get_by_role("button", name="比较两份").click()
    clean("compare")


def test_a_keyboard_is_enough(visit):
    page = visit()
    keys = page.keyboard

    def at():
        return page.evaluate("document.activeElement.id || document.activeElement.textContent")

    def until(wanted):
        for _ in range(40):
            if wanted in at():
                return
            keys.press("Tab")
        pytest.fail(f"Tab does not lead to {wanted}")

    assert at() == "paste"
    keys.insert_text(FAULTY)
    until("go")
    keys.press("Enter")
    page.locator("#work").wait_for()
    assert at() == "title"
    until("tab-outline")
    keys.press("ArrowRight")
    assert at() == "tab-findings"
    until("修改")
    keys.press("Enter")
    page.get_by_text("已修改", exact=False).wait_for()
    keys.press("Control+z")
    assert source(page) == FAULTY.splitlines()
    page.locator("#tab-findings").focus()
    keys.press("Home")
    until("青岑县2024年工作计划")  # the tree's first entry
    keys.press("ArrowDown")
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    keys.press("ArrowLeft")
    assert page.locator("[role=treeitem]", has_text="幼儿园").last.is_hidden()
    keys.press("ArrowDown")
    keys.press("Enter")
    assert page.locator(".line.linked").first.get_attribute("data-n") == "5"
    page.locator("#save").focus()
    keys.press("Enter")
    assert page.evaluate("document.activeElement.dataset.form") == "docx"
    keys.press("ArrowDown")
    assert page.evaluate("document.activeElement.dataset.form") == "xlsx"
    keys.press("Escape")
    assert at() == "save"
    assert page.locator("#menu").is_hidden()


def test_the_page_speaks_both_languages_whole(visit, samples):
    page = visit()
    words = page.evaluate("Promise.all([import('./chinese.js'), import('./english.js')]).then(([zh, en]) => [zh.chinese, en.english])")
    assert words[0].keys() == words[1].keys()
    fields = [{key: sorted(re.findall(r"\{\w+\}", text)) for key, text in side.items()} for side in words]
    assert fields[0] == fields[1]
    said = {key for file in PAGE.glob("*.js") for key in re.findall(r'say\("(\w+)"(?! \+)', file.read_text(encoding="utf-8"))}
    said |= set(re.findall(r'data-(?:say|label|title|placeholder)="(\w+)"', (PAGE / "index.html").read_text(encoding="utf-8")))
    assert said <= words[0].keys()
    paste(
        page,
        (samples / "annual-targets.txt").read_text(encoding="utf-8") + (samples / "mid-text-advertisement.txt").read_text(encoding="utf-8"),
    )
    page.get_by_role("tab", name="问题").click()
    chinese = page.locator(".message").first.inner_text()
    page.get_by_role("button", name="English").click()
    page.locator(".finding button", has_text="Mend").first.wait_for()
    assert page.evaluate("document.documentElement.lang") == "en-GB"
    assert page.locator(".message").first.inner_text() != chinese
    assert not re.search("[\u4e00-\u9fff]", page.locator(".tabs").inner_text() + page.locator(".tools").inner_text())
    for name in ("Outline", "Findings", "Schedule", "Tasks", "Dates"):  # no text is missing: its key would be seen
        page.get_by_role("tab", name=name).click()
        assert not re.search(r"\b[a-z]+_[a-z]+\b", page.locator("body").inner_text())


def test_the_picture_in_the_readme_is_of_this_page(visit, samples, update):
    """`--update` makes it anew."""
    if update:
        page = visit({"width": 1280, "height": 780})
        paste(page, (samples / "copied-week-table.txt").read_text(encoding="utf-8"))
        page.get_by_role("tab", name="日程").click()
        page.locator("#panel-schedule [data-start]", has_text="青年教师拜师").last.hover()
        page.screenshot(path=PICTURE)
    data = PICTURE.read_bytes()
    assert int.from_bytes(data[16:20]) == 1280
    assert len(data) <= 200_000
