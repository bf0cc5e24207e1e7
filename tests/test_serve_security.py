"""Who may ask the page's server, and what it does with what is meant to harm."""

import asyncio
import json
import re
import socket

import pytest
from serving import HOST, LAUNCH, OWN, PORT, TOKEN, answered, asked, client, file, page, served, text

from planparse.web.guard import HEADERS, POLICY, Tokens
from planparse.web.inputs import LONGEST_NAME, label
from planparse.web.server import ADDRESS, listen

PLAN = "青岑县2024年工作计划\n一、新建幼儿园。\n"
ASK = f"/{TOKEN}/api/parse"
JSON = {"Content-Type": "application/json"}
BODY = json.dumps({"input": text(PLAN)})
ATTACKS = """<html><body onload="document.title='ran'"><script>window.ran = 1</script><p onclick="ran()">工作计划</p>
<p>一、<img src=x onerror="ran()">备课</p><iframe src="javascript:ran()"></iframe><svg><script>ran()</script></svg>
<a href="javascript:ran()">二、&lt;script&gt;ran()&lt;/script&gt;</a><style>*{background:url(http://evil.example/)}</style></body></html>"""


@pytest.fixture(scope="module")
def web():
    """A client of the application."""
    return client()


def post(web, path=ASK, body=BODY, **headers):
    return web.post(path, content=body, headers=JSON | {name.replace("_", "-"): value for name, value in headers.items()})


# -- the token ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "",
        "/wrong/",
        "/api/parse",
        f"/{TOKEN[:-1]}/",
        f"/{TOKEN}x/",
        f"/{TOKEN.upper()}/",
        f"//{TOKEN}/",
        "/favicon.ico",
        "/%F0%9F%98%80/",
        "/wrong",
    ],
)
def test_without_the_token_there_is_nothing(web, path):
    for response in (web.get(path), post(web, path, Origin=OWN)):
        assert (response.status_code, response.content) == (404, b"")


def test_without_the_last_slash_the_page_is_found(web):
    response = web.get(f"/{TOKEN}")
    assert (response.status_code, response.headers["location"]) == (307, f"/{TOKEN}/")


def test_the_word_a_browser_is_started_with_works_once():
    web = client()
    assert web.get(f"/{LAUNCH}", headers={"Host": "evil.example"}).status_code == 421
    response = web.get(f"/{LAUNCH}")
    assert (response.status_code, response.headers["location"]) == (303, f"/{TOKEN}/")
    assert web.get(f"/{LAUNCH}").status_code == 404


def test_tokens_are_long_and_random():
    made = [word for tokens in (Tokens(), Tokens()) for word in (tokens.token, tokens.launch)]
    assert len(set(made)) == 4
    assert all(re.fullmatch("[A-Za-z0-9_-]{32}", word) for word in made)


# -- the host ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", f"{HOST}.evil.example", "127.0.0.1", f"127.0.0.1:{PORT + 1}", f"0.0.0.0:{PORT}", ""]
)
def test_a_name_that_was_bent_to_this_machine_is_turned_away(web, host):
    for response in (web.get(f"/{TOKEN}/", headers={"Host": host}), post(web, Host=host, Origin=f"http://{host}")):
        assert (response.status_code, response.content) == (421, b"")


@pytest.mark.parametrize("host", [HOST, f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"])
def test_this_machines_own_names_are_taken(web, host):
    assert post(web, Host=host, Origin=f"http://{host}").status_code == 200


# -- the origin --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", f"https://{HOST}", f"http://localhost:{PORT}", f"http://127.0.0.1:{PORT + 1}", ""]
)
def test_other_sites_are_turned_away(web, origin):
    for response in (post(web, Origin=origin), web.get(f"/{TOKEN}/", headers={"Origin": origin})):
        assert (response.status_code, response.content) == (403, b"")
        assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none"])
def test_what_a_browser_says_about_the_site_counts(web, site):
    assert post(web, Origin=OWN, Sec_Fetch_Site=site).status_code == 403
    assert post(web, Sec_Fetch_Site=site).status_code == 403


def test_a_request_that_does_not_say_whence_it_comes_is_turned_away(web):
    assert post(web).status_code == 403
    assert post(web, Sec_Fetch_Site="same-origin").status_code == 200


def test_other_sites_cannot_take_the_page_apart(web):
    """Scripts and pictures of other sites get nothing, a link that is clicked leads to the page."""
    apart = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "script"}
    assert web.get(f"/{TOKEN}/", headers=apart).status_code == 403
    assert web.get(f"/{TOKEN}/", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}).status_code == 200


def test_no_site_is_given_leave_to_ask(web):
    asks = {"Origin": "http://evil.example", "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    response = web.options(ASK, headers=asks)
    assert response.status_code == 403
    assert not [name for name in response.headers if name.startswith("access-control")]


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_taken(web, method):
    assert web.request(method, ASK, headers={"Origin": OWN}).status_code in (404, 405)


# -- the body ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "", "application/jsonp"]
)
def test_forms_of_other_sites_are_no_requests(web, kind):
    response = web.post(ASK, content=BODY, headers={"Origin": OWN, "Content-Type": kind})
    assert response.status_code == 415
    assert response.json() == {"error": "requests must be JSON (Content-Type: application/json)"}


def test_the_charset_may_be_told(web):
    assert web.post(ASK, content=BODY, headers={"Origin": OWN, "Content-Type": "application/json; charset=utf-8"}).status_code == 200


def test_a_body_that_says_it_is_too_long_is_not_read():
    web = client(most_bytes=3 << 20)
    response = post(web, body=b" " * ((3 << 20) + 1), Origin=OWN, Accept_Language="zh-CN,zh;q=0.9")
    assert (response.status_code, response.json()) == (413, {"error": "内容过大：此处不接受超过 2 MB 的文件"})
    assert post(web, body=b" " * (3 << 20), Origin=OWN).status_code == 400


@pytest.mark.parametrize("length", ["-1", "1e9", "9" * 30, "٣"])
def test_a_length_that_is_none(web, length):
    assert answer_to([b"{}"], length=length)[0] == 413


def answer_to(pieces, *, length=None, waits=False, leaves=False, **settings):
    """The status and the body that answer a request whose body comes in pieces, and how many of them were taken."""
    taken, sent = [], []
    left = list(pieces)

    async def receive():
        if not left:
            if waits:
                await asyncio.Event().wait()
            return {"type": "http.disconnect"}
        taken.append(left.pop(0))
        return {"type": "http.request", "body": taken[-1], "more_body": bool(left) or waits or leaves}

    async def send(message):
        sent.append(message)

    headers = [(b"host", HOST.encode()), (b"origin", OWN.encode()), (b"content-type", b"application/json"), (b"accept-language", b"en")]
    if length is not None:
        headers.append((b"content-length", length.encode()))
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "scheme": "http", "path": ASK,
        "raw_path": ASK.encode(), "query_string": b"", "root_path": "", "headers": headers, "client": ("127.0.0.1", 5), "server": ("127.0.0.1", PORT),
    }  # fmt: skip
    asyncio.run(client(**settings).app(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], json.loads(body) if body else None, len(taken)


def test_a_body_without_a_length_is_counted_as_it_comes():
    status, answer, taken = answer_to([b" " * 1000] * 100, most_bytes=10_000)
    assert (status, taken) == (413, 11)
    assert answer["error"].startswith("this is too big")


def test_a_body_that_never_ends_is_not_waited_for():
    status, answer, _ = answer_to([b"{"], waits=True, patience=0.05)
    assert (status, answer) == (408, {"error": "the request took too long to arrive"})


def test_a_client_that_leaves_harms_nobody():
    assert answer_to([b"{"], leaves=True) == (400, None, 1)


def test_garbage_on_the_line_ends_the_connection_and_says_nothing():
    with served() as running:
        for garbage in (b"\0\1\2\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\n\r\n"):
            with socket.create_connection(("127.0.0.1", running.port), timeout=60) as line:
                line.sendall(garbage)
                line.shutdown(socket.SHUT_WR)
                assert not line.recv(1 << 16).startswith(b"HTTP/1.1 200")
        assert running.interrupted() == (0, "")


# -- what is answered --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", f"/{TOKEN}/", 200), ("GET", "/", 404), ("GET", f"/{TOKEN}/no.js", 404), ("POST", ASK, 403)]
)
def test_every_answer_is_locked_up(web, method, path, status):
    response = web.request(method, path)
    assert response.status_code == status
    assert {name: response.headers[name] for name in HEADERS} == HEADERS


def test_the_policy_lets_nothing_in_from_outside():
    rules = dict(rule.split(" ", 1) for rule in POLICY.split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["base-uri"] == rules["form-action"] == rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in POLICY
    assert "http" not in POLICY


def test_an_answer_is_data_whatever_was_pasted(web):
    response = asked(web, "parse", input=page(ATTACKS))
    assert response.headers["content-type"] == "application/json"
    assert response.headers["x-content-type-options"] == "nosniff"
    answer = response.json()
    assert answer["text"].split() == ["工作计划", "一、备课", "二、<script>ran()</script>"]


def test_a_pasted_page_asks_the_network_for_nothing(web, monkeypatch):
    def connect(*_):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", connect)
    assert answered(web, "parse", input=page(ATTACKS))["document"]["plans"]


def test_nothing_acts_in_a_report(web):
    old = page(ATTACKS, '"><script>ran()</script>.html')
    response = web.get(answered(web, "compare", old=old, new=text("工作计划\n一、备课\n二、<img src=x onerror=ran()>\n"))["report"])
    assert "<img" not in response.text
    assert len(re.findall("<script", response.text)) == 1
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert policy.endswith("; frame-ancestors 'self'; sandbox allow-scripts allow-downloads")
    assert "unsafe" not in policy
    assert "allow-same-origin" not in policy
    assert response.headers["cache-control"] == "no-store"


def test_reports_cannot_be_guessed(web):
    reports = {answered(web, "compare", old=text(PLAN), new=text(PLAN))["report"] for _ in range(3)}
    assert len(reports) == 3
    assert all(re.fullmatch(f"/{TOKEN}/report/[A-Za-z0-9_-]{{22}}", report) for report in reports)
    for path in ("report", "report/", "report/1", f"report/{'A' * 22}"):
        assert web.get(f"/{TOKEN}/{path}").status_code == 404


# -- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\win.ini", "win.ini"),
        ("C:\\Users\\张三\\计划.docx", "计划.docx"),
        ("C:计划.txt", "计划.txt"),
        ("/etc/", "paste.txt"),
        ("..", "paste.txt"),
        (" . ", "paste.txt"),
        ("", "paste.txt"),
        ("计\0划\r\n\x1b[31m.txt", "计划[31m.txt"),
        ("计划\u202etxt.exe", "计划txt.exe"),
        ("计划\u2028.txt", "计划.txt"),
        ("计划\ud800.txt", "计划\ufffd.txt"),
        ("a" * 300 + ".docx", "a" * (LONGEST_NAME - 11) + "….docx"),
        ("a" * 300, "a" * (LONGEST_NAME - 1) + "…"),
        ("a." + "b" * 300, "a." + "b" * (LONGEST_NAME - 3) + "…"),
    ],
)
def test_names_are_labels(name, expected):
    assert label(name) == expected
    assert len(expected) <= LONGEST_NAME


@pytest.mark.parametrize(
    "name", ["../../x.txt", "C:\\x.txt", "x\r\nSet-Cookie: a=b.txt", '"; filename=evil.exe; x=".txt', "x" * 5000 + ".txt"]
)
def test_a_name_opens_and_writes_no_file(web, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    given = text(PLAN, name)
    assert "/" not in answered(web, "parse", input=given)["name"]
    response = asked(web, "write", input=given, form="docx")
    assert "set-cookie" not in response.headers
    told = response.headers["content-disposition"]
    assert re.fullmatch('attachment; filename="[^"\\\\/]*\\.docx"; filename\\*=UTF-8\'\'[A-Za-z0-9%._~-]*\\.docx', told)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "path",
    [
        "../app.py", "..%2fapp.py", "%2e%2e/app.py", "..%5capp.py", "....//app.py", "/etc/passwd", "%2fetc%2fpasswd", "index.html/../../app.py",
        "index.html%00.js", "__pycache__", "../../web/page/index.html", "./index.html", "INDEX.HTML.bak",
    ],
)  # fmt: skip
def test_the_server_gives_out_no_file_but_the_pages(web, path):
    assert answer_of(f"/{TOKEN}/{path}") == 404


def answer_of(path):
    """The status of a path as it is: clients would tidy it up."""
    from urllib.parse import unquote

    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": unquote(path),
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "headers": [(b"host", HOST.encode())], "client": None, "server": None,
    }  # fmt: skip
    asyncio.run(client().app(scope, receive, send))
    return sent[0]["status"]


def test_the_pages_own_files_are_given_out():
    assert answer_of(f"/{TOKEN}/") == answer_of(f"/{TOKEN}/index.html") == 200


# -- the network -------------------------------------------------------------------------------------------------


def test_only_this_machine_is_listened_to():
    with listen(0) as listener:
        assert listener.getsockname()[0] == ADDRESS == "127.0.0.1"


def test_sockets_of_pages_are_turned_away():
    sent = []

    async def send(message):
        sent.append(message)

    asyncio.run(client().app({"type": "websocket", "path": f"/{TOKEN}/", "headers": []}, None, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]


def test_a_zip_bomb_is_turned_away_in_one_line(web, tmp_path):
    import zipfile

    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b" " * (300 << 20))
    response = asked(web, "parse", input=file(path))
    assert response.status_code == 422
    assert response.json()["error"].startswith("bomb.docx: ")
