"""One state of a text: parsed and checked, once for all that an editor asks about it."""

from __future__ import annotations

from functools import cached_property
from typing import Any, NamedTuple

from planparse.checking.policy import Policy
from planparse.formatting import MARKDOWN, formatted
from planparse.lsp.positions import Positions
from planparse.readers.mojibake import find
from planparse.rules.engine import Violation, check
from planparse.rules.fixing import fix, viewer
from planparse.rules.view import View
from planparse.source import Notice, Source
from planparse.syntax.parse import Parsed
from planparse.syntax.tree import Node
from planparse.writers.dates import rows


class Time(NamedTuple):
    """A time that the text names: `text[start:end]`."""

    start: int
    end: int
    plan: Node
    record: dict[str, Any]
    """What `planparse dates` tells of it."""


class Analysis:
    """What there is to say about one state of a text."""

    def __init__(self, name: str, text: str, media_type: str, policy: Policy, encoding: str = "utf-16") -> None:
        source = Source(name, text, media_type=media_type)
        if span := find(text):
            source.notices.append(Notice("mojibake", *span, {"found": text[slice(*span)][:20]}))
        self.text = text
        self.policy = policy
        self.positions = Positions(text, encoding)
        self.times: list[Time] = []
        parsed = Parsed(source, policy.settings)
        plans = []
        for plan, records in rows(parsed):
            plans.append(plan)
            entries = [entry for entry in parsed.entries if entry.text]
            self.times += [Time(entry.start, entry.end, plan, record) for entry, record in zip(entries, records, strict=True)]
        self.view = View(source, plans, parsed, policy.options)
        self.violations: list[Violation] = check(self.view, policy.selection).violations

    @cached_property
    def fixed(self) -> str:
        """The text with all safe fixes that change no more than they may; as it is where they never come to an end."""
        done = fix(self.text, viewer(self.view.source, self.policy.settings, self.policy.options), self.policy.selection)
        return done.text if done.stable else self.text

    @cached_property
    def formatted(self) -> str:
        """The text in its normal form; as it is where it has none that stays the same."""
        source = self.view.source
        done = formatted(source, self.policy.settings, as_markdown=source.media_type == MARKDOWN)
        return done.text if done.stable else self.text
