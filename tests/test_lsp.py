"""The language server, asked by a real client: most tests start the command and speak with it over its standard streams."""

import asyncio
import re
import subprocess
import sys

import pytest
import pytest_asyncio
from conftest import ROOT, environment
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.workspace import Workspace
from pytest_lsp import ClientServerConfig, client_capabilities

from planparse.lsp import server as module
from planparse.lsp.fixes import differences, wanted
from planparse.lsp.positions import STEP, Positions
from planparse.lsp.server import PlanServer

RULES = ["PN101", "PN201", "PN402", "PN409"]
"""What is checked where a test does not say otherwise: more rules must not change these tests."""
GOOD = "青岑县2024年工作计划\n一、重点工作\n1．新建幼儿园。\n2．9月1日前维修围墙。\n"
GAP = GOOD.replace("2．", "3．")
ENCODINGS = {"utf-8": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}
PATIENCE = 30
PUBLISH = types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS


asynchronous = pytest.mark.asyncio(loop_scope="module")


async def started(editor="visual-studio-code", locale=None, encodings=None, language="C.UTF-8", arguments=()):
    """A client with a server of its own."""
    command = [sys.executable, "-m", "planparse", "lsp", *arguments]
    client = await ClientServerConfig(server_command=command, server_env=environment(language)).start()
    client.registered, client.opened = [], []

    @client.feature(types.CLIENT_REGISTER_CAPABILITY)
    def register(params: types.RegistrationParams):
        client.registered += params.registrations

    capabilities = client_capabilities(editor) if editor else types.ClientCapabilities()
    capabilities.general = types.GeneralClientCapabilities(position_encodings=encodings)
    client.told = await client.initialize_session(types.InitializeParams(capabilities=capabilities, locale=locale))
    return client


async def ended(client):
    """Ends a server, which must have told of no fault and leave as it should."""
    await client.shutdown_session()
    assert client._server.returncode == 0
    await client.stop()
    assert client.log_messages == []


def at_home(client, folder):
    """A client whose plan is in a folder with a configuration."""
    (folder / "planparse.toml").write_text(f"select = {RULES}\n", encoding="utf-8")
    client.uri = (folder / "plan.txt").as_uri()
    return client


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def shared():
    """A client and its server for all tests that want nothing special: starting one takes longer than a test."""
    client = await started()
    yield client
    await ended(client)


@pytest_asyncio.fixture(loop_scope="module")
async def client(shared, tmp_path):
    """The shared client; what a test opens is closed after it."""
    yield at_home(shared, tmp_path)
    for uri in shared.opened:
        await closed(shared, uri)
    shared.opened.clear()
    shared.messages.clear()
    assert shared.log_messages == []


@pytest_asyncio.fixture(loop_scope="module")
async def connect(tmp_path):
    """Starts servers for a test's own use."""
    clients = []

    async def start(*arguments, **named):
        clients.append(await started(*arguments, **named))
        return at_home(clients[-1], tmp_path)

    yield start
    for client in clients:
        await ended(client)


async def opened(client, text, language="plaintext", uri=None):
    """Opens a text and gives what is published about it."""
    published = client.wait_for_notification(PUBLISH)
    client.opened.append(uri or client.uri)
    client.text_document_did_open(types.DidOpenTextDocumentParams(types.TextDocumentItem(uri or client.uri, language, 1, text)))
    return (await asyncio.wait_for(published, PATIENCE)).diagnostics


async def closed(client, uri):
    published = client.wait_for_notification(PUBLISH)
    client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
    return await asyncio.wait_for(published, PATIENCE)


def change(client, text, version):
    identifier = types.VersionedTextDocumentIdentifier(version, client.uri)
    client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [types.TextDocumentContentChangeWholeDocument(text)]))


async def changed(client, text, version=2):
    published = client.wait_for_notification(PUBLISH)
    change(client, text, version)
    return (await asyncio.wait_for(published, PATIENCE)).diagnostics


def file(client):
    return types.TextDocumentIdentifier(client.uri)


async def actions(client, place=None, only=None):
    place = place or types.Range(types.Position(0, 0), types.Position(9999, 0))
    asked = types.CodeActionParams(file(client), place, types.CodeActionContext([], only))
    return await client.text_document_code_action_async(asked)


async def hovered(client, line, character):
    return await client.text_document_hover_async(types.HoverParams(file(client), types.Position(line, character)))


async def symbols(client):
    return await client.text_document_document_symbol_async(types.DocumentSymbolParams(file(client)))


def codes(diagnostics):
    return [diagnostic.code for diagnostic in diagnostics]


def applied(text, edits, encoding="utf-16"):
    """The text after edits, made as editors make them: counted in units of the encoding, the last one first."""
    codec = ENCODINGS[encoding]
    width = len("a".encode(codec))
    starts = [0, *(found.end() for found in re.finditer("\r\n|\n|\r", text))]

    def at(position):
        start = starts[position.line]
        units = text[start:].encode(codec)[: position.character * width]
        return start + len(units.decode(codec))

    spans = sorted(((at(edit.range.start), at(edit.range.end), edit.new_text) for edit in edits), reverse=True)
    for start, end, new in spans:
        text = text[:start] + new + text[end:]
    return text


def edits_of(client, action):
    """The edits of an action that are those of one file."""
    if action.edit.changes is not None:
        return action.edit.changes[client.uri]
    (change,) = action.edit.document_changes
    assert change.text_document.uri == client.uri
    assert change.text_document.version == 1
    return change.edits


# -- findings --------------------------------------------------------------------------------------------------------


@asynchronous
async def test_findings_when_a_text_is_opened(client):
    (found,) = await opened(client, GAP)
    assert (found.code, found.source, found.severity) == ("PN101", "planparse", types.DiagnosticSeverity.Warning)
    assert found.message == "number 3 follows where 2 was due"
    assert found.range == types.Range(types.Position(3, 0), types.Position(3, 2))


@asynchronous
async def test_debris_is_shown_as_what_may_go(client):
    (found,) = await opened(client, GOOD + "\n上一页 1 2 3 下一页\n")
    assert (found.code, found.tags) == ("PN402", (types.DiagnosticTag.Unnecessary,))


@asynchronous
async def test_findings_follow_the_text(client):
    assert codes(await opened(client, GAP)) == ["PN101"]
    assert await changed(client, GOOD) == ()
    assert codes(await changed(client, GAP, 3)) == ["PN101"]


@asynchronous
async def test_saving_tells_again(client):
    await opened(client, GAP)
    published = client.wait_for_notification(PUBLISH)
    client.text_document_did_save(types.DidSaveTextDocumentParams(file(client)))
    assert codes((await asyncio.wait_for(published, PATIENCE)).diagnostics) == ["PN101"]


@asynchronous
async def test_closing_clears(client):
    await opened(client, GAP)
    told = await closed(client, client.opened.pop())
    assert (told.uri, told.diagnostics) == (client.uri, ())
    assert await symbols(client) is None


@asynchronous
async def test_markdown_is_looked_at(client):
    found = await opened(client, "# 青岑县2024年工作计划\n\n## 重点工作\n\n1. 新建幼儿园。\n3. 改造食堂。\n", "markdown")
    assert codes(found) == ["PN101"]


@asynchronous
async def test_other_languages_are_left_alone(client):
    text = types.TextDocumentItem(client.uri, "python", 1, GAP)
    client.text_document_did_open(types.DidOpenTextDocumentParams(text))
    change(client, GAP + "\n", 2)
    client.text_document_did_save(types.DidSaveTextDocumentParams(file(client)))
    assert await symbols(client) is None
    assert await hovered(client, 3, 0) is None
    assert await actions(client) is None
    client.text_document_did_close(types.DidCloseTextDocumentParams(file(client)))
    assert "PN101" in codes(await opened(client, GAP, uri="untitled:Untitled-1"))
    assert client.uri not in client.diagnostics


@asynchronous
@pytest.mark.parametrize("encoding", [None, *ENCODINGS])
async def test_positions_count_in_the_unit_agreed_on(connect, encoding):
    client = await connect(encodings=[encoding] if encoding else None)
    encoding = encoding or "utf-16"
    assert client.told.capabilities.position_encoding == encoding
    line = "2．𠮷镇𠮷村9月31日前维修围墙。"
    await opened(client, GOOD.replace("2．9月1日前维修围墙。", line))
    units = {name: len(line[: line.index("9月")].encode(codec)) // len("a".encode(codec)) for name, codec in ENCODINGS.items()}
    assert len(set(units.values())) == 3
    (found,) = [found for found in client.diagnostics[client.uri] if found.code == "PN201"]
    assert found.range.start == types.Position(3, units[encoding])
    told = await hovered(client, 3, units[encoding])
    assert "PN201" in told.contents.value
    assert await hovered(client, 3, units[encoding] - 1) is None


HOSTILE = [
    "", "\n", "\r", "\ufeff", "\x00\x01\x02", "\ud800一、\udfff", "一、\x0b1．\u2028\x0c3．\x85", "一、甲\r二、乙\r\n四、丙\n\r", "（" * 3000,
    "1.1" * 3000, "|" * 2000 + "\n" + "---|" * 2000, "<!-- planparse: ignore", "\t".join("一二三") * 500, "锟斤拷" * 50, "𠮷" * 5000,
]  # fmt: skip


@asynchronous
async def test_no_text_breaks_the_server(client, tmp_path):
    (tmp_path / "planparse.toml").write_text('select = ["ALL"]\n', encoding="utf-8")
    for number, text in enumerate(HOSTILE):
        identifier = types.TextDocumentIdentifier(f"{client.uri}.{number}.txt")
        await opened(client, text, uri=identifier.uri)
        await client.text_document_document_symbol_async(types.DocumentSymbolParams(identifier))
        for position in (types.Position(0, 0), types.Position(0, 10**6), types.Position(10**6, 0)):
            await client.text_document_hover_async(types.HoverParams(identifier, position))
        whole = types.Range(types.Position(0, 0), types.Position(10**6, 10**6))
        await client.text_document_code_action_async(types.CodeActionParams(identifier, whole, types.CodeActionContext([])))
    assert client.log_messages == []


# -- fixes -----------------------------------------------------------------------------------------------------------

DOUBLED = GOOD.replace("幼儿园。", "𠮷村幼儿园，，改造食堂。").replace("重点工作", "重点、、工作")


@asynchronous
@pytest.mark.parametrize("editor", ["visual-studio-code", None])
async def test_a_quick_fix_mends_its_finding(connect, editor):
    client = await connect(editor)
    before = await opened(client, DOUBLED)
    assert codes(before) == ["PN409", "PN409"]
    here = before[1].range
    (action,) = await actions(client, types.Range(here.start, here.start), [types.CodeActionKind.QuickFix])
    assert (action.kind, action.is_preferred) == ("quickfix", True)
    assert codes(action.diagnostics) == ["PN409"]
    text = applied(DOUBLED, edits_of(client, action))
    assert text == DOUBLED.replace("，，", "，")
    assert codes(await changed(client, text)) == ["PN409"]


@asynchronous
async def test_unsafe_fixes_say_so(client):
    await opened(client, GAP)
    (action,) = await actions(client)
    assert action.title.endswith("(unsafe: check what it changes)")
    assert action.is_preferred is False
    assert applied(GAP, edits_of(client, action)) == GOOD


@asynchronous
@pytest.mark.parametrize("editor", ["visual-studio-code", None])
async def test_all_safe_fixes_at_once(connect, editor):
    client = await connect(editor)
    text = DOUBLED + "4．扩建图书馆。\n"
    assert codes(await opened(client, text)) == ["PN409", "PN409", "PN101"]
    (action,) = await actions(client, only=[types.CodeActionKind.SourceFixAll])
    assert action.kind == "source.fixAll.planparse"
    if editor:  # it is worked out when it is chosen
        assert action.edit is None
        action = await client.code_action_resolve_async(action)
    mended = applied(text, edits_of(client, action))
    assert mended == text.replace("，，", "，").replace("、、", "、")
    assert codes(await changed(client, mended)) == ["PN101"]
    assert await actions(client, only=["source.fixAll"]) == ()


@asynchronous
async def test_formatting(client):
    text = "某局2024年工作计划\n一、总体要求\n(1)强化责任,落实到人。\n(3)加强检查。\n"
    await opened(client, text)
    wish = types.DocumentFormattingParams(file(client), types.FormattingOptions(4, insert_spaces=True))
    edits = await client.text_document_formatting_async(wish)
    mended = applied(text, edits)
    assert mended == "某局2024年工作计划\n一、总体要求\n（一）强化责任，落实到人。\n（二）加强检查。\n"
    await changed(client, mended)
    assert list(await client.text_document_formatting_async(wish)) == []


@asynchronous
async def test_only_the_kinds_asked_for(client):
    await opened(client, DOUBLED)
    assert {action.kind for action in await actions(client)} == {"quickfix", "source.fixAll.planparse"}
    assert await actions(client, only=[types.CodeActionKind.Refactor]) == ()


@pytest.mark.parametrize(
    ("kind", "only", "is_wanted"),
    [
        ("quickfix", None, True),
        ("quickfix", [], False),
        ("quickfix", [""], True),
        ("quickfix", ["source"], False),
        ("source.fixAll.planparse", ["source"], True),
        ("source.fixAll.planparse", ["source.fixAll"], True),
        ("source.fixAll.planparse", ["source.fixAll.planparse"], True),
        ("source.fixAll.planparse", ["source.fixAll.other"], False),
        ("source.fixAll.planparse", ["source.fix"], False),
    ],
)
def test_kinds_of_actions(kind, only, is_wanted):
    assert wanted(kind, only) is is_wanted


# -- outline and hover -----------------------------------------------------------------------------------------------

WEEKS = "青岑中学2024年秋季工作安排\n周次\t日期\t工作\n1\t9月2日—9月8日\t1．开学典礼。\n2\t9月9日—9月15日\t1．教师节表彰。\n"


def told(outline, depth=0):
    """The outline as lines: indented names, with details in brackets."""
    for symbol in outline:
        yield "  " * depth + symbol.name + (f" ({symbol.detail})" if symbol.detail else "")
        yield from told(symbol.children or (), depth + 1)


def nested(outline):
    """Whether every symbol holds its name and its children, as editors demand."""
    for symbol in outline:
        whole = symbol.range
        for part in (symbol.selection_range, *(child.range for child in symbol.children or ())):
            assert whole.start <= part.start <= part.end <= whole.end
        nested(symbol.children or ())


@asynchronous
async def test_the_outline(client):
    await opened(client, GOOD)
    outline = await symbols(client)
    assert list(told(outline)) == [
        "青岑县2024年工作计划",
        "  一、 重点工作",
        "    1． 新建幼儿园。",
        "    2． 9月1日前维修围墙。 (2024-09-01)",
    ]
    nested(outline)
    assert outline[0].children[0].selection_range == types.Range(types.Position(1, 0), types.Position(1, 6))


@asynchronous
async def test_the_outline_of_a_schedule(connect):
    client = await connect(locale="zh-cn")
    await opened(client, WEEKS)
    outline = await symbols(client)
    assert list(told(outline)) == [
        "青岑中学2024年秋季工作安排",
        "  周历 (2 行)",
        "    第 1 周 (2024-09-02 – 2024-09-08)",
        "    第 2 周 (2024-09-09 – 2024-09-15)",
    ]
    nested(outline)


@asynchronous
async def test_the_outline_for_clients_without_trees(connect):
    client = await connect(editor=None)
    await opened(client, GOOD)
    outline = await symbols(client)
    assert [(symbol.name, symbol.container_name) for symbol in outline[:2]] == [
        ("青岑县2024年工作计划", None),
        ("一、 重点工作", "青岑县2024年工作计划"),
    ]


@asynchronous
async def test_the_outline_of_every_sample(client, samples):
    for path in sorted(samples.glob("*.txt")):
        text = path.read_bytes().decode("gb18030" if path.name.startswith("gbk") else "utf-8")
        await opened(client, text)
        outline = await symbols(client)
        assert outline, path.name
        assert all(line.strip() for line in told(outline))
        nested(outline)
        await closed(client, client.opened.pop())


@asynchronous
async def test_what_a_date_resolved_to(client):
    await opened(client, GOOD)
    hover = await hovered(client, 3, 4)
    assert hover.range == types.Range(types.Position(3, 2), types.Position(3, 7))
    assert hover.contents.kind == types.MarkupKind.Markdown
    assert hover.contents.value.split("\n\n") == [
        "**9月1日前: by 2024-09-01**",
        "the plan's year",
        "plan 1 青岑县2024年工作计划 the year is 2024",
        r"for it: the title: 2024年 \(line 1\)",
    ]
    assert await hovered(client, 3, 9) is None


@asynchronous
async def test_what_a_finding_is_about(connect):
    client = await connect(editor=None)
    await opened(client, GAP)
    hover = await hovered(client, 3, 0)
    assert hover.contents.kind == types.MarkupKind.PlainText
    lines = hover.contents.value.split("\n")
    assert lines[:2] == ["PN101 numbering-gap: number 3 follows where 2 was due", "A number is missing in a list."]
    assert lines[2].startswith("Basis: practice.")


@asynchronous
@pytest.mark.parametrize(
    ("locale", "language", "arguments", "chinese"),
    [
        ("zh-cn", "C.UTF-8", (), True),
        ("de", "C.UTF-8", ("--lang", "zh"), True),
        ("en-GB", "zh_CN.UTF-8", (), False),
        (None, "C.UTF-8", ("--stdio",), False),
    ],
)
async def test_the_language_of_the_editor(connect, locale, language, arguments, chinese):
    client = await connect(locale=locale, language=language, arguments=arguments)
    (found,) = await opened(client, GAP)
    texts = [found.message, (await hovered(client, 3, 3)).contents.value.replace("2024年", "").replace("9月1日前", "")]
    texts = [text.replace("青岑县工作计划", "") for text in texts]
    assert [bool(re.search("[一-鿿]", text)) for text in texts] == [chinese, chinese]


# -- configuration ---------------------------------------------------------------------------------------------------


@asynchronous
async def test_the_nearest_configuration_holds(client, tmp_path):
    assert codes(await opened(client, GAP)) == ["PN101"]
    (wish,) = client.registered
    assert wish.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    configuration = tmp_path / "planparse.toml"
    for text, expected in (
        ('select = ["PN409"]\n', []),
        ('exclude = ["plan.txt"]\n', []),
        ('select = ["PN101"]\nseverity = { PN101 = "error" }\noutput-format = "sarif"\n', ["PN101"]),
    ):
        configuration.write_text(text, encoding="utf-8")
        published = client.wait_for_notification(PUBLISH)
        event = types.FileEvent(configuration.as_uri(), types.FileChangeType.Changed)
        client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
        diagnostics = (await asyncio.wait_for(published, PATIENCE)).diagnostics
        assert codes(diagnostics) == expected
    assert diagnostics[0].severity == types.DiagnosticSeverity.Error


@asynchronous
async def test_a_wrong_configuration_is_told_once(client, tmp_path):
    (tmp_path / "planparse.toml").write_text('ignroe = ["PN1"]\n', encoding="utf-8")
    assert "PN101" in codes(await opened(client, GAP))
    await changed(client, GAP + "4．改造食堂。\n")
    (message,) = client.messages
    assert message.type == types.MessageType.Warning
    assert "did you mean ignore?" in message.message


# -- faults and endings ----------------------------------------------------------------------------------------------


URI = "file:///plans/plan.txt"
FILE = types.TextDocumentIdentifier(URI)


@pytest.fixture
def inner(monkeypatch):
    """A server in this process, and what it says."""
    said, published = [], []
    monkeypatch.setattr(LanguageServer, "window_log_message", lambda self, params: said.append(params))
    monkeypatch.setattr(LanguageServer, "text_document_publish_diagnostics", lambda self, params: published.append(params))
    server = PlanServer(str)
    server.protocol._workspace = Workspace(None)
    server.protocol.client_capabilities = types.ClientCapabilities()
    yield server, said, published
    server.worker.shutdown()


@asynchronous
async def test_a_fault_is_logged_and_the_server_goes_on(inner, monkeypatch):
    server, said, published = inner
    right = module.Analysis

    def wrong(*arguments):
        raise RecursionError("too deep")

    monkeypatch.setattr(module, "Analysis", wrong)
    await server._open(types.DidOpenTextDocumentParams(types.TextDocumentItem(URI, "plaintext", 1, GAP)))
    assert await server._symbols(types.DocumentSymbolParams(FILE)) is None
    assert [(entry.type, "RecursionError: too deep" in entry.message) for entry in said] == [(types.MessageType.Error, True)]
    assert [params.diagnostics for params in published] == [[]]
    monkeypatch.setattr(module, "Analysis", right)
    await server._save(types.DidSaveTextDocumentParams(FILE))
    assert "PN101" in codes(published[-1].diagnostics)
    monkeypatch.setattr(module, "hover", wrong)
    handler = server.protocol.fm.features[types.TEXT_DOCUMENT_HOVER]
    assert await handler(types.HoverParams(FILE, types.Position(0, 0))) is None
    assert len(said) == 2


@asynchronous
async def test_a_text_is_checked_when_its_user_pauses(inner, monkeypatch):
    server, _, published = inner
    monkeypatch.setattr(module, "DELAY", 0.01)
    await server._open(types.DidOpenTextDocumentParams(types.TextDocumentItem(URI, "plaintext", 1, GOOD)))
    for version in range(2, 9):
        whole = types.TextDocumentContentChangeWholeDocument(GAP + " " * version)
        await server._change(types.DidChangeTextDocumentParams(types.VersionedTextDocumentIdentifier(version, URI), [whole]))
    assert await server._symbols(types.DocumentSymbolParams(FILE))  # asked at once, answered for the text as it is
    await server.opened[URI].waiting
    assert [params.version for params in published] == [1, 8]


def test_a_client_that_leaves_without_a_word(planparse):
    done = planparse("lsp")
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


def test_nonsense_is_answered_with_a_message(planparse):
    done = planparse("lsp", stdin=b"Content-Length: 8\r\n\r\nnonsense")
    assert done.returncode == 1
    assert b"window/logMessage" in done.stdout
    assert done.stderr == b""


def run(code, *arguments):
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment(), check=False, timeout=60)


def test_without_pygls_the_command_says_what_to_install():
    done = run("import sys; sys.modules['pygls'] = None; from planparse.cli import main; sys.exit(main())", "lsp")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "planparse: this command needs the package pygls; install it with: pip install 'planparse[lsp]'\n"


@pytest.mark.parametrize(
    "arguments", [["--version"], ["--help"], ["parse", "samples/month-sections.txt"], ["check", "samples/month-sections.txt"]]
)
def test_other_commands_do_not_load_it(arguments):
    code = "import sys; from planparse.cli import main; main(); print(*sys.modules, file=sys.stderr)"
    names = run(code, *arguments).stderr.split()
    assert "planparse.cli" in names
    assert [name for name in names if name.startswith(("pygls", "lsprotocol", "planparse.lsp", "asyncio"))] == []


# -- positions and differences ---------------------------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("a一𠮷é\n\r\x0b\u2028，"), max_size=60)


@given(TEXTS, st.sampled_from(sorted(ENCODINGS)))
def test_positions_there_and_back(text, encoding):
    positions = Positions(text, encoding)
    ends = {found.start() + 1 for found in re.finditer("\r\n", text)}
    for offset in range(len(text) + 1):
        expected = offset - 1 if offset in ends else offset
        assert positions.offset(positions.position(offset)) == expected


def test_positions_in_one_long_line():
    text = "𠮷a" * STEP + "\n" + "𠮷" * 3
    positions = Positions(text)
    assert positions.position(2 * STEP) == types.Position(0, 3 * STEP)
    assert positions.offset(types.Position(0, 3 * STEP)) == 2 * STEP
    assert positions.offset(types.Position(0, 10**9)) == 2 * STEP
    assert positions.offset(types.Position(1, 5)) == 2 * STEP + 3  # inside the last 𠮷: before it
    assert positions.offset(types.Position(5, 0)) == len(text)


@given(TEXTS, TEXTS)
def test_differences_make_the_new_text(old, new):
    positions = Positions(old)
    edits = [types.TextEdit(positions.range(start, end), text) for start, end, text in differences(old, new)]
    assert applied(old, edits) == new
