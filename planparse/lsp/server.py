"""The server: what the client opens and asks, and what it is told."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import Any, BinaryIO

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from planparse import __version__
from planparse.checking.config import NAMES
from planparse.errors import PlanparseError
from planparse.lsp.analysis import Analysis
from planparse.lsp.diagnostics import diagnostics
from planparse.lsp.fixes import KINDS, differences, fix_all, quick_fixes, text_edits, wanted
from planparse.lsp.hover import hover
from planparse.lsp.policies import policy_of
from planparse.lsp.symbols import flat, symbols
from planparse.messages import Translate, fill, translator

DELAY = 0.25
"""So many seconds after the last key the text is checked."""
LANGUAGES = {"plaintext": "text/plain", "text": "text/plain", "markdown": "text/markdown"}
"""What editors call the languages that are looked at, with the media types; Vim calls plain text `text`."""


class Opened:
    """A text that the client has open, as the user last left it."""

    __slots__ = ("analysis", "media_type", "path", "text", "uri", "version", "waiting")

    def __init__(self, uri: str, media_type: str) -> None:
        self.uri = uri
        self.path = to_fs_path(uri) or uri
        self.media_type = media_type
        self.text = ""
        self.version: int | None = None
        self.analysis: asyncio.Task[Analysis | None] | None = None
        self.waiting: asyncio.Task[None] | None = None

    def put(self, text: str, version: int | None) -> None:
        """The text is now this one."""
        # Half a surrogate pair is no character: what takes its place is as long for the client.
        self.text = "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text) if not _whole(text) else text
        self.version = version
        self.analysis = None


def _whole(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class PlanServer(LanguageServer):
    """Tells a client what is wrong in the plans it has open."""

    def __init__(self, translate: Translate) -> None:
        # Whole texts: pygls counts the lines of changes by Python's ends of lines, of which there are more than LSP has.
        super().__init__("planparse", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.translate = translate
        """Into the language of the client, when it has told it."""
        self.opened: dict[str, Opened] = {}
        self.worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="planparse")
        """Parses and checks, one text after the other, while the client is listened to."""
        self.complaint = ""
        """What was last said about a configuration."""
        self.ended = False
        """Whether the client has said that it will leave."""
        self._serve(types.INITIALIZE, self._initialize)
        self._serve(types.INITIALIZED, self._initialized)
        self._serve(types.SHUTDOWN, self._shutdown)
        self._serve(types.TEXT_DOCUMENT_DID_OPEN, self._open)
        self._serve(types.TEXT_DOCUMENT_DID_CHANGE, self._change)
        self._serve(types.TEXT_DOCUMENT_DID_SAVE, self._save)
        self._serve(types.TEXT_DOCUMENT_DID_CLOSE, self._close)
        self._serve(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, self._reconfigured)
        self._serve(types.TEXT_DOCUMENT_DOCUMENT_SYMBOL, self._symbols)
        self._serve(types.TEXT_DOCUMENT_HOVER, self._hover)
        self._serve(types.TEXT_DOCUMENT_CODE_ACTION, self._actions, types.CodeActionOptions(code_action_kinds=KINDS, resolve_provider=True))
        self._serve(types.CODE_ACTION_RESOLVE, self._resolve)
        self._serve(types.TEXT_DOCUMENT_FORMATTING, self._format)

    def _serve(self, method: str, answer: Callable[[Any], Awaitable[Any]], options: object = None) -> None:
        """Answers a message; a fault on the way is told and makes the answer an empty one."""

        async def handle(params: Any = None) -> Any:
            try:
                return await answer(params)
            except Exception as error:  # noqa: BLE001 - no text and no request may end the server
                self.fault(error, method)
                return params if method == types.CODE_ACTION_RESOLVE else None

        self.feature(method, options)(handle)

    def fault(self, error: BaseException, name: str) -> None:
        """Tells the client of a fault of ours."""
        reason = f"{type(error).__name__}: {error}".replace("\n", " ")
        message = self.translate("{name}: this is a fault of planparse ({reason}); please report it with this file")
        text = message.format(name=name, reason=reason)
        if os.environ.get("PLANPARSE_DEBUG"):
            import traceback

            text += "\n" + "".join(traceback.format_exception(error))
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, text))

    def report_server_error(self, error: Exception, source: object) -> None:  # noqa: ARG002 - pygls names the arguments
        """Tells the client of what went wrong in pygls, such as a message that is no JSON; it need not pop up."""
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, f"planparse: {error}"))

    # -- what the client opens -----------------------------------------------------------------------------------

    async def _initialize(self, params: types.InitializeParams) -> None:
        locale = (params.locale or "").lower()
        for language in ("zh", "en"):
            if locale.startswith(language):
                self.translate = translator(language)

    async def _initialized(self, params: object) -> None:
        """Asks the client to tell when a configuration changes."""
        del params
        if not get_capability(self.client_capabilities, "workspace.did_change_watched_files.dynamic_registration"):
            return
        watchers = [types.FileSystemWatcher(f"**/{name}") for name in NAMES]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        wish = types.Registration("planparse-configurations", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        with suppress(JsonRpcException):  # then it takes the next change of a text
            await self.client_register_capability_async(types.RegistrationParams([wish]))

    async def _shutdown(self, params: object) -> None:
        del params
        self.ended = True
        for document in self.opened.values():
            if document.waiting is not None:
                document.waiting.cancel()

    async def _open(self, params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        media_type = LANGUAGES.get(item.language_id)
        if media_type is None:
            return
        document = self.opened[item.uri] = Opened(item.uri, media_type)
        document.put(item.text, item.version)
        await self._publish(document)

    async def _change(self, params: types.DidChangeTextDocumentParams) -> None:
        document = self.opened.get(params.text_document.uri)
        if document is None or not params.content_changes:
            return
        document.put(params.content_changes[-1].text, params.text_document.version)
        self._publish_later(document)

    async def _save(self, params: types.DidSaveTextDocumentParams) -> None:
        document = self.opened.get(params.text_document.uri)
        if document is not None:
            document.analysis = None  # the configuration may be another by now
            await self._publish(document)

    async def _close(self, params: types.DidCloseTextDocumentParams) -> None:
        document = self.opened.pop(params.text_document.uri, None)
        if document is not None:
            if document.waiting is not None:
                document.waiting.cancel()
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(document.uri, []))

    async def _reconfigured(self, params: object) -> None:
        del params
        for document in list(self.opened.values()):
            document.analysis = None
            await self._publish(document)

    # -- what it is told -----------------------------------------------------------------------------------------

    def _publish_later(self, document: Opened) -> None:
        if document.waiting is not None:
            document.waiting.cancel()

        async def later() -> None:
            await asyncio.sleep(DELAY)
            await self._publish(document)

        document.waiting = asyncio.create_task(later())

    async def _publish(self, document: Opened) -> None:
        """Tells what is wrong in a text, unless it is closed in the meantime."""
        analysis = await self._analysed(document)
        if self.opened.get(document.uri) is not document:
            return
        found = []
        if analysis is not None:
            found = diagnostics(analysis, self.translate, tags=self._tags())
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(document.uri, found, document.version))

    async def _analysed(self, document: Opened) -> Analysis | None:
        """The analysis of the text as it is when this returns; None where it fails, of which the client is told once."""
        while True:
            if document.analysis is None:
                document.analysis = asyncio.create_task(self._analyse(document))
            task = document.analysis
            analysis = await asyncio.shield(task)
            if document.analysis is task:
                return analysis

    async def _analyse(self, document: Opened) -> Analysis | None:
        work = partial(_analysis, document.path, document.text, document.media_type, self._encoding())
        try:
            analysis, wrong = await asyncio.get_running_loop().run_in_executor(self.worker, work)
        except Exception as error:  # noqa: BLE001 - see _serve
            self.fault(error, document.path)
            return None
        self._complain(wrong)
        return analysis

    def _complain(self, wrong: PlanparseError | None) -> None:
        """Says what is wrong with a configuration, once."""
        complaint = "" if wrong is None else fill(self.translate, wrong.message, wrong.values)
        if complaint and complaint != self.complaint:
            self.window_show_message(types.ShowMessageParams(types.MessageType.Warning, f"planparse: {complaint}"))
        self.complaint = complaint

    def _tags(self) -> bool:
        return bool(get_capability(self.client_capabilities, "text_document.publish_diagnostics.tag_support"))

    def _encoding(self) -> str:
        return types.PositionEncodingKind(self.workspace.position_encoding or types.PositionEncodingKind.Utf16).value

    async def _known(self, identifier: types.TextDocumentIdentifier) -> tuple[Opened, Analysis] | None:
        """The text that a request is about, if it is one of ours, with its analysis."""
        document = self.opened.get(identifier.uri)
        analysis = await self._analysed(document) if document is not None else None
        return (document, analysis) if document is not None and analysis is not None else None

    # -- what it asks --------------------------------------------------------------------------------------------

    async def _symbols(self, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
        known = await self._known(params.text_document)
        if known is None:
            return None
        document, analysis = known
        outline = symbols(analysis, self.translate)
        if get_capability(self.client_capabilities, "text_document.document_symbol.hierarchical_document_symbol_support"):
            return outline
        return list(flat(document.uri, outline))

    async def _hover(self, params: types.HoverParams) -> types.Hover | None:
        known = await self._known(params.text_document)
        if known is None:
            return None
        _, analysis = known
        forms = get_capability(self.client_capabilities, "text_document.hover.content_format") or ()
        markdown = types.MarkupKind.Markdown in forms
        return hover(analysis, analysis.positions.offset(params.position), self.translate, markdown=markdown)

    async def _actions(self, params: types.CodeActionParams) -> list[types.CodeAction] | None:
        known = await self._known(params.text_document)
        if known is None:
            return None
        document, analysis = known
        only = params.context.only
        actions: list[types.CodeAction] = []
        if wanted(types.CodeActionKind.QuickFix, only):
            start, end = (analysis.positions.offset(position) for position in (params.range.start, params.range.end))
            for action, edits in quick_fixes(analysis, start, end, self.translate, tags=self._tags()):
                action.edit = self._edit(document, edits)
                actions.append(action)
        everything = fix_all(analysis, self.translate) if wanted(KINDS[1], only) else None
        if everything is not None:
            lazily = get_capability(self.client_capabilities, "text_document.code_action.resolve_support.properties") or ()
            if "edit" in lazily:  # it costs several times as much as a check, and is asked for wherever the cursor goes
                everything.data = document.uri
                actions.append(everything)
            elif edit := await self._fix_all(document, analysis):
                everything.edit = edit
                actions.append(everything)
        return actions

    async def _resolve(self, action: types.CodeAction) -> types.CodeAction:
        document = self.opened.get(str(action.data))
        analysis = await self._analysed(document) if document is not None else None
        if document is not None and analysis is not None:
            action.edit = await self._fix_all(document, analysis)
        return action

    async def _format(self, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
        known = await self._known(params.text_document)
        if known is None:
            return None
        document, analysis = known
        text = await asyncio.get_running_loop().run_in_executor(self.worker, lambda: analysis.formatted)
        if document.text is not analysis.text:
            return None
        return text_edits(analysis.positions, differences(analysis.text, text))

    async def _fix_all(self, document: Opened, analysis: Analysis) -> types.WorkspaceEdit | None:
        """The edits of all safe fixes; None where each would change more than it may, or the text is another by now."""
        fixed = await asyncio.get_running_loop().run_in_executor(self.worker, lambda: analysis.fixed)
        if fixed == analysis.text or document.text is not analysis.text:
            return None
        return self._edit(document, text_edits(analysis.positions, differences(analysis.text, fixed)))

    def _edit(self, document: Opened, edits: list[types.TextEdit]) -> types.WorkspaceEdit:
        """Edits of a text, for the version that was looked at where the client can tell versions apart."""
        if not get_capability(self.client_capabilities, "workspace.workspace_edit.document_changes"):
            return types.WorkspaceEdit(changes={document.uri: edits})
        identifier = types.OptionalVersionedTextDocumentIdentifier(document.uri, document.version)
        return types.WorkspaceEdit(document_changes=[types.TextDocumentEdit(identifier, edits)])


def serve(translate: Translate, came: BinaryIO, goes: BinaryIO) -> bool:
    """Speaks with one client until it leaves; gives whether it said so before."""
    logging.getLogger("pygls").addHandler(logging.NullHandler())  # the client is told; standard error need not be
    server = PlanServer(translate)
    server.start_io(came, goes)
    server.worker.shutdown(cancel_futures=True)
    return server.ended


def _analysis(path: str, text: str, media_type: str, encoding: str) -> tuple[Analysis, PlanparseError | None]:
    policy, wrong = policy_of(path)
    return Analysis(path, text, media_type, policy, encoding), wrong
