"""The page's server: what the page asks for is what the commands print, and how the command starts and ends."""

import json
import os
import re
import socket
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from serving import MOMENT, OWN, TOKEN, answered, asked, client, file, page, served, text

import planparse as library
from planparse.cli import serve
from planparse.errors import MissingPackage
from planparse.formats import OUTPUTS
from planparse.web import api, app

PLAN = "青岑县2024年工作计划\n一、重点工作\n1．新建幼儿园,增加学位360个。\n3．总务处9月1日前维修围墙。\n"
OPEN = "工作计划\n一、9月2日（星期一）开学典礼。\n二、10月8日（星期二）家长会。\n"
WORD = """<html xmlns:w="urn:schemas-microsoft-com:office:word"><body><!--StartFragment-->
<p>苇渡镇2025年工作计划</p><p>一、任务</p><p>1．修路，3公里。</p>
<table border="1"><tr><td>项目</td><td>完成时限</td></tr><tr><td>修桥,1座</td><td>6月底前</td></tr></table><!--EndFragment--></body></html>"""


@pytest.fixture(scope="module")
def web():
    """A client of the application."""
    return client()


# -- parse -------------------------------------------------------------------------------------------------------


def test_a_pasted_text_comes_back_with_its_document(web):
    answer = answered(web, "parse", input=text(PLAN))
    assert (answer["name"], answer["text"], answer["editable"]) == ("plan.txt", PLAN, True)
    assert (answer["media_type"], answer["encoding"]) == ("text/plain", "utf-8")
    assert answer["document"] == json.loads(library.parse_bytes(PLAN.encode(), "plan.txt"))
    assert answer["milliseconds"] > 0


def test_findings_are_those_of_check(web):
    findings = answered(web, "parse", input=text(PLAN))["findings"]
    expected = library.check(library.Source("plan.txt", PLAN))
    assert [(found["code"], found["start"], found["message"]) for found in findings] == [
        (found.code, found.place.offset if found.place else None, found.text()) for found in expected
    ]
    comma = next(found for found in findings if found["code"] == "PN404")
    assert (comma["severity"], comma["line"], comma["column"], comma["origin"]) == ("information", 3, 8, None)
    assert comma["fix"]["safety"] == "safe"
    assert comma["fix"]["edits"] == [{"start": comma["start"], "end": comma["end"], "text": "，"}]


@pytest.mark.parametrize(("command", "key"), [("table", "promises"), ("dates", "dates")])
def test_promises_and_dates_are_those_of_the_commands(web, planparse, tmp_path, command, key):
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    printed = json.loads(planparse(command, "plan.txt", "-f", "json").stdout)
    records = answered(web, "parse", input=text(PLAN))[key]
    assert printed
    assert [{name: record[name] for name in expected} for record, expected in zip(records, printed, strict=True)] == printed


def test_times_tell_where_they_stand_and_why(web):
    (year, day) = answered(web, "parse", input=text(PLAN))["dates"]
    assert PLAN[year["offset"] : year["end_offset"]] == "2024年"
    assert (day["days"], day["because"]) == ("by 2024-09-01", "the plan's year")


def test_entries_are_the_events_of_a_calendar(web):
    (entry,) = answered(web, "parse", input=text(PLAN))["entries"]
    assert (entry["start"], entry["end"], entry["time"], entry["due"]) == ("2024-09-01", "2024-09-01", None, True)
    assert (entry["path"], entry["line"]) == (["重点工作"], 4)
    assert "维修围墙" in PLAN[entry["offset"] : entry["end_offset"]]
    clock = answered(web, "parse", input=text("2024年工作计划\n一、9月2日上午8:30—10:00 开学典礼\n"))["entries"][0]
    assert (clock["start"], clock["time"]) == ("2024-09-02", "08:30–10:00")


def test_what_is_in_no_calendar_is_listed_with_the_reason(web):
    answer = answered(web, "parse", input=text("工作计划\n一、9月1日前维修围墙。\n"))
    assert answer["entries"] == []
    assert [(left["when"], left["reason"]) for left in answer["left_out"]] == [("9月1日前", "its year is open")]


def test_an_open_year_is_chosen(web):
    answer = answered(web, "parse", input=text(OPEN))
    assert answer["year"]["value"] is None
    assert [(clue["kind"], clue["name"], clue["agrees"]) for clue in answer["year"]["evidence"]] == [
        ("weekday", "a date with its weekday", None)
    ] * 2
    assert 2024 in answer["year"]["candidates"]
    assert [when["start"] for when in answer["dates"]] == [None, None]
    chosen = answered(web, "parse", input=text(OPEN, year=2024))
    assert chosen["year"]["value"] == 2024
    assert [when["start"] for when in chosen["dates"]] == ["2024-09-02", "2024-10-08"]


def test_the_first_day_of_term_dates_weeks(web):
    weeks = "第一学期周工作安排\n第1周\n1．开学典礼\n第2周\n1．家访\n"
    answer = answered(web, "parse", input=text(weeks, term_start="2024-09-02"))
    assert "2024-09-09" in [when["start"] for when in answer["dates"]]


def test_a_text_of_markdown_is_read_as_such(web):
    answer = answered(web, "parse", input=text("# 工作计划\n\n一、备课\n", "plan.md"))
    assert (answer["media_type"], answer["editable"]) == ("text/markdown", True)
    assert answer["document"]["plans"][0]["title"] == "工作计划"


def test_text_that_looks_like_another_format_stays_text(web):
    for words in ("<html><p>工作计划</p></html>", "%PDF-1.4 工作计划", "{\\rtf1 工作计划}"):
        response = asked(web, "parse", input=text(words))
        assert response.status_code in (200, 422)
        if response.status_code == 200:
            assert response.json()["text"] == words


def test_words_clipboard_keeps_tables_and_places(web):
    answer = answered(web, "parse", input=page(WORD))
    assert (answer["media_type"], answer["editable"]) == ("text/html", False)
    (plan,) = answer["document"]["plans"]
    assert plan["title"] == "苇渡镇2025年工作计划"
    section, table = plan["children"]
    assert section["children"][0]["number"]["text"] == "1．"
    assert table["rows"] == [["修桥,1座", "6月底前"]]
    origins = [found["origin"] for found in answer["findings"] if found["code"] == "PN404"]
    assert origins == ["table 1, row 2, cell 1"]


def test_words_list_labels_survive_the_clipboard(web, samples):
    html = (samples / "clipboard-list.html").read_text(encoding="utf-8")
    pasted, read = (
        answered(web, "parse", input=page(html, "clipboard-list.html")),
        answered(web, "parse", input=file(samples / "clipboard-list.html")),
    )
    assert pasted["text"] == read["text"]
    assert any(child.get("number") for child in pasted["document"]["plans"][0]["children"])


@pytest.mark.parametrize("name", ["automatic-numbers.docx", "week-table.xlsx", "gbk-notice.txt", "school-site.html"])
def test_a_dropped_file_is_read_as_by_the_command(web, samples, name):
    answer = answered(web, "parse", input=file(samples / name))
    assert answer["document"] == json.loads(library.parse_bytes((samples / name).read_bytes(), name))
    assert answer["editable"] is name.endswith(".txt")


def test_half_a_character_is_replaced(web):
    body = '{"input":{"name":"a\\udfff.txt","text":"计划\\ud800\\n一、备课\\n"},"lang":"en"}'.encode()
    response = web.post(f"/{TOKEN}/api/parse", content=body, headers={"Origin": OWN, "Content-Type": "application/json"})
    assert response.status_code == 200
    assert response.json()["text"] == "计划\ufffd\n一、备课\n"


def test_answers_come_in_the_language_asked_for(web):
    english, chinese = (answered(web, "parse", lang=language, input=text(PLAN))["findings"] for language in ("en", "zh"))
    assert [found["code"] for found in english] == [found["code"] for found in chinese]
    assert all(re.search("[\u4e00-\u9fff]", found["message"]) for found in chinese)
    assert english[0]["message"] != chinese[0]["message"]


def test_an_empty_plan_is_no_error(web):
    answer = answered(web, "parse", input=text(""))
    assert (answer["document"]["plans"], answer["year"], answer["promises"]) == ([], None, [])


def test_plans_are_parsed_side_by_side(web):
    plans = [PLAN.replace("2024", str(year)) for year in range(2010, 2026)]
    one_by_one = [answered(web, "parse", input=text(plan)) for plan in plans]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda plan: answered(web, "parse", input=text(plan)), plans))
    for answer in (*one_by_one, *together):
        del answer["milliseconds"]
    assert together == one_by_one


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="一二三、（）1.．\n\t ,，年月日周2024计划\r\u3000<>&😀", max_size=80))
def test_any_text_is_parsed_as_it_is(words):
    answer = answered(client(), "parse", input=text(words))
    assert answer["text"] == words
    for found in answer["findings"]:
        assert found["start"] is None or 0 <= found["start"] < found["end"] <= len(words)


# -- fix ---------------------------------------------------------------------------------------------------------


def test_all_safe_fixes_are_those_of_check(web):
    answer = answered(web, "fix", input=text(PLAN))
    assert answer["text"] == library.fix(PLAN) != PLAN
    assert [(made["code"], made["count"]) for made in answer["applied"]] == [("PN404", 1)]
    assert answer["applied"][0]["message"]
    assert answer["refused"] == answer["notes"] == []


@pytest.mark.parametrize("codec", ["gb18030", "big5"])
def test_a_file_in_an_old_encoding_is_mended(web, tmp_path, codec):
    plan = "工作安排\n一、校園活動,社團活動。。\n二、第一學期教師會議,聽課二十節。\n" * 4
    path = tmp_path / "plan.txt"
    path.write_bytes(plan.encode(codec))
    answer = answered(web, "fix", input=file(path))
    assert answer["text"] == library.fix(plan) != plan
    assert answer["notes"] == []


def test_the_fixes_of_one_rule(web):
    plan = PLAN + "4．完成排课。。\n"
    answer = answered(web, "fix", input=text(plan), code="PN404")
    assert answer["text"] == library.fix(plan, rules=["PN404"])
    assert answer["text"].endswith("。。\n")


def test_unsafe_fixes_are_made_when_asked_for(web):
    assert answered(web, "fix", input=text(PLAN), code="PN101")["text"] == PLAN
    assert answered(web, "fix", input=text(PLAN), code="PN101", unsafe=True)["text"] == PLAN.replace("3．", "2．")


def test_one_finding_is_mended_and_no_other(web):
    plan = PLAN.replace("个。", "个。。").replace("围墙。", "围墙。。")
    places = [found["start"] for found in answered(web, "parse", input=text(plan))["findings"] if found["code"] == "PN409"]
    assert len(places) == 2
    answer = answered(web, "fix", input=text(plan), code="PN409", at=places[1])
    assert answer["text"] == PLAN.replace("个。", "个。。")
    assert [(made["code"], made["count"]) for made in answer["applied"]] == [("PN409", 1)]


def test_one_unsafe_finding_is_mended_because_it_was_clicked(web):
    (gap,) = [found for found in answered(web, "parse", input=text(PLAN))["findings"] if found["code"] == "PN101"]
    assert gap["fix"]["safety"] == "unsafe"
    assert answered(web, "fix", input=text(PLAN), code="PN101", at=gap["start"])["text"] == PLAN.replace("3．", "2．")


def test_a_finding_that_is_gone(web):
    response = asked(web, "fix", input=text(PLAN), code="PN404", at=0)
    assert (response.status_code, response.json()) == (422, {"error": "plan.txt: there is nothing to mend here any more"})


def test_a_rule_that_is_not_there(web):
    response = asked(web, "fix", input=text(PLAN), code="PN999")
    assert response.status_code == 422
    assert response.json()["error"].startswith("there is no rule PN999")


def test_a_fix_that_would_change_more_than_it_may_is_refused(web, monkeypatch):
    monkeypatch.setattr("planparse.rules.fixing.likeness", lambda *_: object())  # no text is like any other
    (comma,) = [found for found in answered(web, "parse", input=text(PLAN))["findings"] if found["code"] == "PN404"]
    for at in (comma["start"], None):
        answer = answered(web, "fix", input=text(PLAN), code="PN404", at=at)
        assert (answer["text"], answer["applied"]) == (PLAN, [])
        assert [(refused["code"], refused["line"], refused["column"]) for refused in answer["refused"]] == [("PN404", 3, 8)]


def test_what_is_no_text_is_mended_as_the_text_that_is_written_of_it(web):
    given = page(WORD)
    written = asked(web, "write", input=given, form="text", numbering="keep").text
    answer = answered(web, "fix", input=given)
    assert answer["text"] == library.fix(written) != written
    assert "修桥，1座" in answer["text"]


def test_one_finding_of_what_is_no_text(web):
    (comma,) = [found for found in answered(web, "parse", input=page(WORD))["findings"] if found["code"] == "PN404"]
    answer = answered(web, "fix", input=page(WORD), code="PN404", at=comma["start"])
    assert "修桥，1座" in answer["text"]
    assert len(answer["applied"]) == 1


# -- write -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", OUTPUTS)
def test_files_are_those_that_parse_writes(web, planparse, tmp_path, form):
    (tmp_path / "plan.txt").write_text(PLAN, encoding="utf-8")
    suffix = OUTPUTS[form].suffixes[0]
    stamp = {"SOURCE_DATE_EPOCH": str(int(MOMENT.timestamp()))}
    assert planparse("parse", "plan.txt", "-f", form, "-o", f"out{suffix}", env=stamp).returncode == 0
    response = asked(web, "write", input=text(PLAN), form=form)
    assert response.status_code == 200
    assert response.content == (tmp_path / f"out{suffix}").read_bytes()
    assert response.headers["content-type"].partition(";")[0] == OUTPUTS[form].media_type
    assert response.headers["content-disposition"].startswith(f'attachment; filename="plan{suffix}"')


def test_a_files_name_may_be_chinese(web):
    told = asked(web, "write", input=text(PLAN, '县里"的"计划%41.txt'), form="markdown").headers["content-disposition"]
    plain, encoded = re.fullmatch('attachment; filename="([^"%]*)"; filename\\*=UTF-8\'\'([A-Za-z0-9%._-]*)', told).groups()
    assert (plain, unquote(encoded)) == ("________41.md", "县里_的_计划%41.md")


def test_the_clipboards_html_without_its_package(web, monkeypatch):
    monkeypatch.setitem(sys.modules, "selectolax.lexbor", None)
    response = asked(web, "parse", input=page(WORD))
    assert response.status_code == 422
    expected = "paste.html: this format needs the package selectolax; install it with: pip install 'planparse[html]'"
    assert response.json() == {"error": expected}


def test_labels_are_kept_when_asked_for(web):
    assert "1．新建" in asked(web, "write", input=text(PLAN), form="text", numbering="keep").text
    assert "（一）新建" in asked(web, "write", input=text(PLAN), form="text").text


def test_a_format_whose_package_is_not_there(web, monkeypatch):
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    response = asked(web, "write", input=text(PLAN), form="xlsx")
    assert response.status_code == 422
    assert response.json()["error"] == "this format needs the package xlsxwriter; install it with: pip install 'planparse[sheets]'"


# -- compare -----------------------------------------------------------------------------------------------------


def test_two_plans_are_compared(web):
    new = PLAN.replace("2024", "2025").replace("360", "300")
    answer = answered(web, "compare", old=text(PLAN, "old.txt"), new=text(new, "new.txt"))
    assert answer["count"]["fields"] == {"target/lowered": 1}
    assert answer["records"] >= 1
    report = web.get(answer["report"])
    assert report.status_code == 200
    assert report.headers["content-type"] == "text/html; charset=utf-8"
    assert "old.txt" in report.text
    assert "新建幼儿园" in report.text


def test_a_document_that_was_parsed_before_is_compared(web, tmp_path):
    path = tmp_path / "old.json"
    path.write_bytes(library.parse_bytes(PLAN.encode(), "old.txt"))
    answer = answered(web, "compare", old=file(path), new=text(PLAN.replace("360", "300")))
    assert answer["count"]["fields"] == {"target/lowered": 1}
    path.write_text('{"schema": "other"}', encoding="utf-8")
    response = asked(web, "compare", old=file(path), new=text(PLAN))
    assert response.status_code == 422
    assert "no document of planparse" in response.json()["error"]


def test_what_holds_no_plan_is_not_compared(web):
    response = asked(web, "compare", old=text(PLAN, "old.txt"), new=text("", "new.txt"))
    assert (response.status_code, response.json()) == (422, {"error": "new.txt: there is no plan in it"})


def test_the_last_reports_are_kept(web):
    reports = [answered(web, "compare", old=text(PLAN), new=text(PLAN))["report"] for _ in range(app.MOST_REPORTS + 1)]
    assert [web.get(report).status_code for report in reports] == [404] + [200] * app.MOST_REPORTS


# -- formats, faults ---------------------------------------------------------------------------------------------


def test_formats_are_those_of_the_command(web, planparse):
    printed = json.loads(planparse("formats", "-f", "json").stdout)
    answer = answered(web, "formats")
    assert [{"direction": way, **row} for way in ("read", "write") for row in answer[way]] == printed


@pytest.mark.parametrize(
    ("action", "request_"),
    [
        ("parse", {}),
        ("parse", {"input": "计划"}),
        ("parse", {"input": {}}),
        ("parse", {"input": {"name": "a", "text": "a", "html": "a"}}),
        ("parse", {"input": {"name": 1, "text": "a"}}),
        ("parse", {"input": {"name": "a", "text": ["a"]}}),
        ("parse", {"input": {"name": "a", "data": "%%%"}}),
        ("parse", {"input": {"name": "a", "text": "a", "year": "2024"}}),
        ("parse", {"input": {"name": "a", "text": "a", "year": True}}),
        ("parse", {"input": {"name": "a", "text": "a"}, "lang": "fr"}),
        ("fix", {"input": {"name": "a", "text": "a"}, "at": 3}),
        ("fix", {"input": {"name": "a", "text": "a"}, "unsafe": "yes"}),
        ("write", {"input": {"name": "a", "text": "a"}}),
        ("write", {"input": {"name": "a", "text": "a"}, "form": "exe"}),
        ("write", {"input": {"name": "a", "text": "a"}, "form": "text", "numbering": "odd"}),
        ("compare", {"old": {"name": "a", "text": "a"}}),
    ],
)
def test_a_request_that_cannot_be_understood(web, action, request_):
    response = asked(web, action, **request_)
    assert response.status_code == 400
    assert response.json()["error"].startswith("this request cannot be understood (")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"input":' + b"9" * 5000 + b"}"])
def test_a_body_that_is_no_request(web, body):
    response = web.post(f"/{TOKEN}/api/parse", content=body, headers={"Origin": OWN, "Content-Type": "application/json"})
    assert response.status_code == 400
    assert "cannot be understood" in response.json()["error"] or "无法理解" in response.json()["error"]


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"name": "a.png", "data": "iVBORw0KGgo="}, "a.png: this is a picture"),
        ({"name": "a.txt", "text": "a", "year": 1}, "1: no plan is for this year; give one from 1900 to 2100"),
        ({"name": "a.txt", "text": "a", "term_start": "soon"}, "soon: this is no date; write it as 2024-09-01"),
    ],
)
def test_what_cannot_be_read_is_one_line(web, given, error):
    response = asked(web, "parse", input=given)
    assert response.status_code == 422
    assert response.json()["error"].startswith(error)
    assert "\n" not in response.json()["error"]


def test_a_fault_is_one_line_and_is_told(monkeypatch):
    faults = []

    def broken(*_):
        raise ZeroDivisionError("by\nzero")

    monkeypatch.setattr(api, "parse", broken)
    response = asked(client(faults), "parse", input=text(PLAN))
    assert response.status_code == 500
    expected = "this is a fault of planparse (ZeroDivisionError: by zero); please report it with this plan"
    assert response.json() == {"error": expected}
    assert len(faults) == 1


# -- the command -------------------------------------------------------------------------------------------------


def post(url, action, request):
    body = json.dumps(request).encode()
    headers = {"Content-Type": "application/json", "Origin": url.rpartition("/")[0].rpartition("/")[0]}
    with urllib.request.urlopen(urllib.request.Request(f"{url}api/{action}", body, headers), timeout=60) as response:
        return json.load(response)


def test_the_command_serves_until_ctrl_c(tmp_path):
    with served(cwd=tmp_path) as running:
        assert running.said == f"planparse: the page is at {running.url}; Ctrl-C ends it\n"
        with urllib.request.urlopen(running.url, timeout=60) as response:
            assert response.headers["content-type"] == "text/html; charset=utf-8"
        assert post(running.url, "parse", {"input": text(PLAN)})["text"] == PLAN
        assert running.interrupted() == (0, "")
        with pytest.raises(urllib.error.URLError):
            urllib.request.urlopen(running.url, timeout=5)
    assert list(tmp_path.iterdir()) == []


def test_the_command_ends_although_a_connection_is_open():
    with served() as running, socket.create_connection(("127.0.0.1", running.port), timeout=60) as open_one:
        open_one.sendall(b"POST /")
        assert running.interrupted() == (0, "")


def test_the_command_ends_although_a_plan_is_being_read():
    def ask(url):
        with pytest.raises((urllib.error.URLError, OSError)):
            post(url, "parse", {"input": text("工作计划\n" + "一、9月1日前维修围墙2处，完成率95%以上。\n" * 150_000)})

    with served() as running, ThreadPoolExecutor(1) as pool:
        asking = pool.submit(ask, running.url)
        time.sleep(2)  # it takes longer than a test waits
        assert urllib.request.urlopen(running.url, timeout=60).status == 200
        assert running.interrupted() == (0, "")
        asking.result()


def test_each_run_has_a_token_of_its_own():
    with served() as first, served(language="zh_CN.UTF-8") as second:
        assert first.token != second.token
        assert len(first.token) >= 32
        assert second.said == f"planparse: 页面地址：{second.url}；按 Ctrl-C 结束\n"


def test_a_port_that_is_in_use(planparse):
    with served() as running:
        done = planparse("serve", "--port", running.port)
    assert done.returncode == 2
    assert re.fullmatch(
        rf"planparse: port {running.port} cannot be used \(.*\); give another one with --port, or none\n", done.stderr.decode()
    )


def test_the_port_may_be_chosen():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with served("--port", port) as running:
        assert running.port == port


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for a browser is a shell script")
def test_the_page_is_opened(tmp_path):
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}.part && mv {opened}.part {opened}\n', encoding="utf-8")
    browser.chmod(0o755)
    with served("--open", BROWSER=f"{browser} %s") as running:
        while not opened.exists() and running.process.poll() is None:
            time.sleep(0.05)
        launch = opened.read_text(encoding="utf-8").strip()
        assert running.token not in launch  # all users of a machine see what a browser is started with
        with urllib.request.urlopen(launch, timeout=60) as response:
            assert response.url == running.url
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(launch, timeout=60)
        assert running.interrupted() == (0, "")


@pytest.mark.parametrize("package", serve.NEEDED)
def test_without_its_packages_the_command_says_what_to_install(monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(MissingPackage) as raised:
        serve.need(package)
    assert raised.value.values == {"package": package, "extra": "web"}
